"""What stands at the caret, as plain values: for the inspector and the list of annotations.

It turns annotations into words a person reads: whose, when, which attributes, who speaks, under
which codebook. It shows nothing itself.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from annotator.desktop.code_mark import mark_style
from annotator.desktop.mark import OTHER_CODER, OWN, SUGGESTION
from annotator.desktop.pane_data import shown
from annotator.model.annotation import origin
from annotator.model.span import hull

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from annotator.desktop.mark import MarkStyle
    from annotator.desktop.pane_data import PaneData
    from annotator.model.annotation import Annotation
    from annotator.model.codebook import Code

LINKS = (("source", "Speaker"), ("cue", "Cue"), ("evidence", "Evidence"))
MOST_LETTERS = 600
YOU = "you"
QUOTES = tuple('“”"„«»‘’‚‹›')


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing known of an annotation.

    Args:
        name: What: "Speaker", "Holder", "Note".
        words: What is said.
        is_theirs: Whether these are words of the article.
    """

    name: str
    words: str
    is_theirs: bool = False


@dataclass(frozen=True, slots=True)
class CaretItem:
    """One annotation at the caret.

    Args:
        id: The annotation's id.
        style: The mark of its code.
        name: The code's name.
        path: The same with those above it.
        words: What stands in its stretches.
        facts: Coder and time, attributes, links, note.
        state: "suggested", "coded under 1", or "".
        is_own: Whether it is the coder's.
        is_suggestion: Whether it is an open suggestion.
        is_stale: Whether it was made under an older codebook.
    """

    id: str
    style: MarkStyle = field(compare=False)
    name: str
    path: str
    words: str
    facts: tuple[Fact, ...] = ()
    state: str = ""
    is_own: bool = False
    is_suggestion: bool = False
    is_stale: bool = False

    @property
    def look(self) -> tuple[str, ...]:
        """What decides how its mark is drawn; looks have no equality of their own."""
        style = self.style
        return style.form, style.kind, style.pattern, style.colour_light, style.colour_dark


def caret_items(
    data: PaneData,
    ids: Sequence[str],
    *,
    versions: Mapping[str, int] | None = None,
    version_id: str | None = None,
    today: datetime | None = None,
) -> list[CaretItem]:
    """Return what the inspector shows, in the order of the ids.

    Args:
        data: The article.
        ids: Annotations at the caret, shortest first.
        versions: Numbers of codebook versions by id.
        version_id: The codebook version now; annotations of others are stale.
        today: Now, where the person is.
    """
    items = []
    for one in ids:
        annotation = data.annotation(one)
        code = data.code(annotation) if annotation is not None else None
        if annotation is not None and code is not None:
            under = _stale(annotation, versions or {}, version_id)
            items.append(_item(data, annotation, code, under, today))
    return items


def _item(
    data: PaneData, annotation: Annotation, code: Code, under: str, today: datetime | None
) -> CaretItem:
    is_own, is_suggestion = data.is_own(annotation), data.is_suggestion(annotation)
    form = OWN if is_own else SUGGESTION if is_suggestion else OTHER_CODER
    state = "suggested" if is_suggestion else under
    return CaretItem(
        annotation.id, mark_style(code, form=form), code.name,
        " > ".join(c.name for c in data.codebook.path(code)), words_of(data, annotation),
        tuple(_facts(data, annotation, code, today)), state, is_own, is_suggestion, bool(under),
    )  # fmt: skip


def _stale(annotation: Annotation, versions: Mapping[str, int], version_id: str | None) -> str:
    made_under = annotation.codebook_version_id
    if version_id is None or made_under is None or made_under == version_id:
        return ""
    return f"coded under {versions.get(made_under, 'an older codebook')}"


def words_of(data: PaneData, annotation: Annotation) -> str:
    """Return the words of an annotation on one line, its stretches parted by " … "."""
    text = data.version.text
    words = " ".join(" … ".join(span.of(text) for span in data.spans(annotation)).split())
    if not words:
        words = " ".join(" … ".join(f.exact for f in annotation.fragments).split())
    return words if len(words) <= MOST_LETTERS else words[: MOST_LETTERS - 1].rstrip() + "…"


def quoted(words: str) -> str:
    """Return words of an article in quotation marks, unless they bring their own.

    >>> quoted("no boats"), quoted("“No boats,” she said")
    ('“no boats”', '“No boats,” she said')
    """
    return words if words[:1] in QUOTES else f"“{words}”"


def _facts(
    data: PaneData, annotation: Annotation, code: Code, today: datetime | None
) -> list[Fact]:
    above = data.codebook.path(code)[:-1]
    facts = [Fact("Under", " > ".join(c.name for c in above))] if above else []
    facts += _made(data, annotation, today)
    for kind, name in LINKS:
        linked = [words_of(data, other) for other in data.linked(annotation, kind)]
        if linked:
            facts.append(Fact(name, " · ".join(linked), is_theirs=True))
    names = {fact.name for fact in facts}
    for attribute in data.codebook.attributes_of(code):
        value = annotation.attributes.get(attribute.slug)
        is_said = value not in (None, "", []) and attribute.type != "spans"
        if is_said and attribute.name not in names:
            facts.append(Fact(attribute.name, spoken(shown(attribute, value))))
    if annotation.certainty is not None:
        facts.append(Fact("Certainty", f"{annotation.certainty:.0%}"))
    if annotation.note:
        facts.append(Fact("Note", annotation.note))
    return facts


def _made(data: PaneData, annotation: Annotation, today: datetime | None) -> list[Fact]:
    """Return who made an annotation and when, and how it came about; how sure a machine is."""
    if data.is_suggestion(annotation):
        score = annotation.score
        return [Fact("Score", f"{score:.2f}")] if score is not None else []
    when = clock(annotation.modified or annotation.created, today)
    said = ", ".join(part for part in (coder_of(data, annotation), when) if part)
    facts = [Fact("Coded by", said)]
    how = origin_of(data, annotation)
    if how not in ("", "manual", "machine"):
        facts.append(Fact("Origin", how))
    return facts


def spoken(words: str) -> str:
    """Return yes and no for what is stored as true and false.

    >>> spoken("True"), spoken("Weak")
    ('yes', 'Weak')
    """
    return {"True": "yes", "False": "no"}.get(words, words)


def coder_of(data: PaneData, annotation: Annotation) -> str:
    """Return who made an annotation: "you" for the coder at the desk."""
    if data.is_own(annotation) or any(annotation.id == lost.id for lost in data.lost):
        return YOU
    coder = data.coders.get(annotation.coder_id)
    return coder.name if coder is not None else "somebody"


def origin_of(data: PaneData, annotation: Annotation) -> str:
    """Return how an annotation came about; "accepted" where its source is out of sight."""
    coder = data.coders.get(annotation.coder_id)
    if coder is None:
        return ""
    source = annotation.derived_from
    if coder.kind == "human" and source is not None and data.annotation(source) is None:
        return "from a suggestion"
    known = data.annotation(source) if source is not None else None
    return origin(annotation, coder, {known.id: known} if known is not None else {})


def clock(time: str, today: datetime | None = None) -> str:
    """Return a stored time as the person's clock shows it: "13:58", or with the day before it.

    Args:
        time: UTC, ISO 8601; "" gives "".
        today: Now, where the person is.
    """
    if not time:
        return ""
    now = today or datetime.now().astimezone()
    there = datetime.fromisoformat(time.replace("Z", "+00:00")).astimezone(now.tzinfo)
    if there.date() == now.date():
        return f"{there:%H:%M}"
    day = f"{there.day} {there:%b}" if there.year == now.year else f"{there:%Y-%m-%d}"
    return f"{day}, {there:%H:%M}"


@dataclass(frozen=True, slots=True)
class AnnotationRow:
    """One annotation in the list of all.

    Args:
        id: The annotation's id.
        paragraph: Number of the paragraph in which it begins, from 1; 0 if it has no place.
        place: What sorts by reading order.
        code: The code's name with those above it.
        words: What stands in its stretches.
        coder: Who made it.
        origin: "suggested", "coded", "accepted", "edited".
        style: The mark of its code.
    """

    id: str
    paragraph: int
    place: int
    code: str
    words: str
    coder: str
    origin: str
    style: MarkStyle


def annotation_rows(data: PaneData) -> list[AnnotationRow]:
    """Return all annotations of an article in reading order, those without a place last."""
    text = data.version.text
    filled = _paragraphs(text)
    rows = []
    for annotation in (*data.own, *data.suggestions, *data.others, *data.lost):
        code = data.code(annotation)
        if code is None:
            continue
        spans = data.spans(annotation)
        place = hull(spans).start if spans else len(text)
        coder = coder_of(data, annotation)
        is_suggestion = data.is_suggestion(annotation)
        form = OWN if coder == YOU else SUGGESTION if is_suggestion else OTHER_CODER
        how = "suggested" if is_suggestion else origin_of(data, annotation)
        row = AnnotationRow(
            id=annotation.id,
            paragraph=bisect_right(filled, place) if spans else 0,
            place=place,
            code=" > ".join(c.name for c in data.codebook.path(code)),
            words=words_of(data, annotation),
            coder=coder,
            origin="coded" if how == "manual" else how,
            style=mark_style(code, form=form),
        )
        rows.append(row)
    return sorted(rows, key=lambda row: (row.place, row.code))


def _paragraphs(text: str) -> list[int]:
    """Return where the paragraphs that are not empty begin."""
    starts, at = [], 0
    for line in text.split("\n"):
        if line.strip():
            starts.append(at)
        at += len(line) + 1
    return starts
