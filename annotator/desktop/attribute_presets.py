"""What the attributes popover offers and presets: names in the article, the nearest source.

Pure functions of the article's data. A preset is an offer: it is shown, can be changed, and is
stored only with the rest.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from annotator.desktop.inspector_data import words_of
from annotator.model.segment import sentences
from annotator.model.span import hull

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from annotator.desktop.pane_data import PaneData
    from annotator.model.annotation import Annotation
    from annotator.model.codebook import Attribute, Code
    from annotator.model.span import Fragments, Span

# What a coder must judge anew every time.
NEVER_PRESET = frozenset({"direction"})
# Attributes that ask who speaks, by parts of their slugs.
SPEAKS = ("source", "speaker", "holder")
ACTORS = frozenset({"PER", "ORG", "NORP", "LOC"})
SPEAKERS = frozenset({"PER", "ORG"})


def article_names(data: PaneData, actors: Iterable[str] = ()) -> list[str]:
    """Return the names an actor can have: those given, then those the article has, sorted.

    Args:
        data: The article.
        actors: Names of the story's actors.
    """
    found = dict.fromkeys(name for name in actors if name.strip())
    for annotation in (*data.own, *data.suggestions):
        found.update(dict.fromkeys(_names(data, annotation)))
    return sorted(found, key=str.casefold)


def _names(data: PaneData, annotation: Annotation) -> Iterator[str]:
    code = data.code(annotation)
    if code is None:
        return
    if code.layer == "entity" and code.slug in ACTORS:
        yield _name_of(data, annotation)
    for attribute in data.codebook.attributes_of(code):
        value = annotation.attributes.get(attribute.slug)
        is_name = attribute.type == "actor" or attribute.slug == "speaker"
        if is_name and isinstance(value, str) and value.strip():
            yield value.strip()


def _name_of(data: PaneData, entity: Annotation) -> str:
    """Return the full name of a mention, else its words."""
    name = entity.attributes.get("name")
    return name.strip() if isinstance(name, str) and name.strip() else words_of(data, entity)


def nearest_source(data: PaneData, spans: Fragments) -> tuple[str, str]:
    """Return who probably speaks in a stretch, and where the name was found.

    The speaker of a quote that overlaps the stretch comes first, then the person or organisation
    named nearest to it in the same sentence.

    Args:
        data: The article.
        spans: The stretch, in its current text.

    Returns:
        The name and a few words on why; two empty texts if nobody is near.
    """
    if not spans:
        return "", ""
    whole = hull(spans)
    for quote in (*data.own, *data.suggestions):
        code = data.code(quote)
        if code is None or code.layer != "quote":
            continue
        speaker = _speaker(data, quote)
        if speaker and any(whole.overlaps(span) for span in data.spans(quote)):
            return speaker, "speaks here"
    return _nearest_named(data, whole)


def _speaker(data: PaneData, quote: Annotation) -> str:
    speaker = quote.attributes.get("speaker")
    if isinstance(speaker, str) and speaker.strip():
        return speaker.strip()
    sources = data.linked(quote, "source")
    return words_of(data, sources[0]) if sources else ""


def _nearest_named(data: PaneData, whole: Span) -> tuple[str, str]:
    around = [s for s in sentences(data.version.text) if s.overlaps(whole)]
    named: list[tuple[int, int, str]] = []
    for entity in (*data.own, *data.suggestions):
        code = data.code(entity)
        if code is None or code.layer != "entity" or code.slug not in SPEAKERS:
            continue
        for span in data.spans(entity):
            if any(sentence.overlaps(span) for sentence in around):
                distance = max(0, whole.start - span.end, span.start - whole.end)
                is_organisation = int(code.slug == "ORG")
                named.append((is_organisation, distance, _name_of(data, entity)))
    return (min(named)[2], "named in the same sentence") if named else ("", "")


def earlier_words(data: PaneData, attribute: Attribute) -> list[str]:
    """Return what was written for a text attribute in this article before, sorted."""
    said = {
        value.strip()
        for annotation in data.own
        if isinstance(value := annotation.attributes.get(attribute.slug), str) and value.strip()
    }
    return sorted(said, key=str.casefold)


def preset(
    data: PaneData, code: Code, spans: Fragments, last: Mapping[str, Any]
) -> tuple[dict[str, Any], dict[str, str]]:
    """Return the values offered for a new annotation, and hints on where names come from.

    Args:
        data: The article.
        code: Its code.
        spans: Its stretches.
        last: What was chosen last for this code.
    """
    values: dict[str, Any] = {}
    hints: dict[str, str] = {}
    name, why = nearest_source(data, spans)
    for attribute in data.codebook.attributes_of(code):
        slug = attribute.slug
        asks_speaker = attribute.type == "actor" and any(part in slug for part in SPEAKS)
        if asks_speaker and name:
            values[slug], hints[slug] = name, why
        elif slug in last and slug not in NEVER_PRESET and not asks_speaker:
            values[slug] = last[slug]
    return values, hints
