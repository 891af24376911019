"""The acts of coding, each as one edit: tag, recode, reshape, delete, link, accept, reject, answer.

Builders are pure: they take the records as they are stored and return the `Edit` that does it.
What removes an annotation removes its links with it; nothing here reads or writes a project.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from annotator.model.anchor import Reanchoring
from annotator.model.annotation import (
    Annotation,
    Answer,
    Decision,
    Fragment,
    Link,
    fragments_in,
    quotation,
)
from annotator.model.article import TextVersion, digest
from annotator.model.edit import Edit
from annotator.model.ids import new_id, now, stable_id
from annotator.model.span import check_fragments

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from annotator.model.codebook import Code, Variable
    from annotator.model.span import Span

LABEL_WORDS = 40


@dataclass(frozen=True, slots=True)
class Desk:
    """Who codes, in which round and under which codebook: goes into all that is made there."""

    coder_id: str
    round_id: str | None = None
    codebook_version_id: str | None = None


def excerpt(text: str, spans: Sequence[Span]) -> str:
    """Return the first words of the spans for a label, in curly quotes, on one line."""
    return _shortened(span.of(text) for span in spans)


def _quoted(fragments: Sequence[Fragment]) -> str:
    return _shortened(f.exact for f in fragments)


def _shortened(pieces: Iterable[str]) -> str:
    words = " ".join(" … ".join(pieces).split())
    cut = words if len(words) <= LABEL_WORDS else words[: LABEL_WORDS - 1].rstrip() + "…"
    return f"“{cut}”"


def tag(
    desk: Desk,
    version: TextVersion,
    spans: Sequence[Span],
    code: Code,
    *,
    attributes: Mapping[str, Any] | None = None,
    note: str = "",
) -> Edit:
    """Return the edit that applies a code to stretches of a text.

    Args:
        desk: Who codes.
        version: The text in which the spans count.
        spans: One or more stretches, ascending and disjoint.
        code: The code.
        attributes: Values by attribute slug.
        note: Free text.

    Raises:
        BadSpan: if the spans do not fit.
    """
    time = now()
    made = Annotation(
        id=new_id(),
        article_id=version.article_id,
        coder_id=desk.coder_id,
        code_id=code.id,
        fragments=fragments_in(version, spans),
        round_id=desk.round_id,
        codebook_version_id=desk.codebook_version_id,
        attributes=dict(attributes or {}),
        note=note,
        created=time,
        modified=time,
    )
    label = f"Tag {excerpt(version.text, spans)} as {code.name}"
    return Edit(label, desk.coder_id, after=(made,))


def recode(desk: Desk, annotation: Annotation, code: Code, *, keeps: Iterable[str] = ()) -> Edit:
    """Return the edit that gives an annotation another code.

    Args:
        desk: Who codes.
        annotation: As stored.
        code: The new code.
        keeps: Slugs of attributes that the new code asks too; the others are dropped.
    """
    kept = set(keeps)
    changed = replace(
        annotation,
        code_id=code.id,
        codebook_version_id=desk.codebook_version_id,
        attributes={k: v for k, v in annotation.attributes.items() if k in kept},
        modified=now(),
    )
    label = f"Recode {_quoted(annotation.fragments)} as {code.name}"
    return Edit(label, desk.coder_id, (annotation,), (changed,))


def reshape(
    desk: Desk, annotation: Annotation, version: TextVersion, spans: Sequence[Span]
) -> Edit:
    """Return the edit that moves an annotation's boundaries, adds or drops fragments.

    Fragments in other text versions stay as they are.

    Raises:
        BadSpan: if the spans do not fit.
    """
    others = tuple(f for f in annotation.fragments if f.text_version_id != version.id)
    changed = replace(
        annotation, fragments=(*others, *fragments_in(version, spans)), modified=now()
    )
    label = f"Move the boundaries of {excerpt(version.text, spans)}"
    return Edit(label, desk.coder_id, (annotation,), (changed,))


def describe(
    desk: Desk,
    annotation: Annotation,
    *,
    attributes: Mapping[str, Any] | None = None,
    note: str | None = None,
    certainty: float | None = None,
) -> Edit:
    """Return the edit that sets attributes (None: as they are), note or certainty."""
    changed = replace(
        annotation,
        attributes=annotation.attributes if attributes is None else dict(attributes),
        note=annotation.note if note is None else note,
        certainty=annotation.certainty if certainty is None else certainty,
        modified=now(),
    )
    label = f"Describe {_quoted(annotation.fragments)}"
    return Edit(label, desk.coder_id, (annotation,), (changed,))


def delete(desk: Desk, annotations: Sequence[Annotation], links: Iterable[Link] = ()) -> Edit:
    """Return the edit that removes annotations and the links that end in them."""
    gone = {a.id for a in annotations}
    loose = tuple(link for link in links if link.from_id in gone or link.to_id in gone)
    what = (
        _quoted(annotations[0].fragments)
        if len(annotations) == 1
        else f"{len(annotations)} annotations"
    )
    return Edit(f"Delete {what}", desk.coder_id, before=(*annotations, *loose))


def link(desk: Desk, kind: str, from_id: str, to_id: str) -> Edit:
    """Return the edit that relates two annotations, or an answer to its evidence."""
    made = _link(desk, kind, from_id, to_id)
    return Edit(f"Link ({kind.replace('_', ' ')})", desk.coder_id, after=(made,))


def _link(desk: Desk, kind: str, from_id: str, to_id: str) -> Link:
    made = stable_id("link", desk.coder_id, kind, from_id, to_id)
    return Link(made, desk.coder_id, kind, from_id, to_id)


def accept(
    desk: Desk,
    suggestion: Annotation,
    version: TextVersion,
    *,
    code: Code | None = None,
    companions: Sequence[Annotation] = (),
    links: Iterable[Link] = (),
) -> Edit:
    """Return the edit that copies a suggestion to the coder.

    Args:
        desk: Who accepts.
        suggestion: The machine's annotation.
        version: The current text; only fragments in it are copied.
        code: Accept as this code instead.
        companions: Suggestions accepted with it: the source and cue of a quote; those without a
            place in the text are left out.
        links: The machine's links; those between the copied ones are copied too.

    Raises:
        BadSpan: if the suggestion has no place in the text.
    """
    check_fragments(suggestion.spans(version.id))
    time = now()
    copies: dict[str, Annotation] = {}
    for source in (suggestion, *(c for c in companions if c.spans(version.id))):
        is_first = source is suggestion
        copies[source.id] = replace(
            source,
            id=new_id(),
            coder_id=desk.coder_id,
            code_id=code.id if code is not None and is_first else source.code_id,
            fragments=tuple(f for f in source.fragments if f.text_version_id == version.id),
            round_id=desk.round_id,
            codebook_version_id=desk.codebook_version_id,
            derived_from=source.id,
            run_id=None,
            score=None,
            created=time,
            modified=time,
        )
    copied_links = tuple(
        _link(desk, old.kind, copies[old.from_id].id, copies[old.to_id].id)
        for old in links
        if old.from_id in copies and old.to_id in copies
    )
    label = f"Accept {_quoted(copies[suggestion.id].fragments)}"
    if code is not None:
        label += f" as {code.name}"
    return Edit(label, desk.coder_id, after=(*copies.values(), *copied_links))


def decide(
    desk: Desk,
    suggestion: Annotation,
    version: TextVersion,
    code: Code,
    *,
    verdict: str,
    component: str = "",
    former: Decision | None = None,
) -> Edit:
    """Return the edit that rejects or skips a suggestion for this coder, in this article.

    `former` is this coder's decision on the same suggestion that stands now, if any.

    Raises:
        BadSpan: if the suggestion has no place in the text.
    """
    spans = check_fragments(suggestion.spans(version.id))
    exact, prefix, suffix = quotation(version.text, spans)
    parts = (desk.coder_id, suggestion.article_id, code.id, exact, prefix, suffix)
    made = Decision(
        id=former.id if former else stable_id("decision", *parts),
        coder_id=desk.coder_id,
        article_id=suggestion.article_id,
        layer=code.layer,
        code=code.slug,
        exact=exact,
        prefix=prefix,
        suffix=suffix,
        verdict=verdict,
        component=component,
        created=now(),
    )
    verb = {"rejected": "Reject", "skipped": "Skip"}[verdict]
    before = (former,) if former else ()
    return Edit(f"{verb} {excerpt(version.text, spans)}", desk.coder_id, before, (made,))


def nothing_found(desk: Desk, article_id: str, layer: str, component: str = "") -> Edit:
    """Return the edit that records that the coder read for this layer and found nothing."""
    made = Decision(
        id=stable_id("decision", desk.coder_id, article_id, layer, "nothing_found"),
        coder_id=desk.coder_id, article_id=article_id, layer=layer, code="", exact="", prefix="",
        suffix="", verdict="nothing_found", component=component, created=now(),
    )  # fmt: skip
    return Edit(f"Nothing found ({layer})", desk.coder_id, after=(made,))


def answer(
    desk: Desk,
    variable: Variable,
    unit_id: str,
    *,
    value: Any = None,
    missing: int | None = None,
    note: str = "",
    former: Answer | None = None,
) -> Edit:
    """Return the edit that answers a question of the coding sheet: a value or a missing code.

    Args:
        desk: Who answers.
        variable: The question.
        unit_id: The article or story.
        value: The value; codes of `variable.values` for choices, a list of them if several.
        missing: A missing code instead.
        note: Free text.
        former: The answer that stands there now, if any.

    Raises:
        ValueError: if there are both a value and a missing code, or neither.
    """
    if (value is None) == (missing is None):
        raise ValueError("an answer has either a value or a missing code")
    time = now()
    made = Answer(
        id=former.id if former else answer_id(desk, variable, unit_id),
        variable_id=variable.id,
        unit_id=unit_id,
        coder_id=desk.coder_id,
        round_id=desk.round_id,
        value=value,
        missing=missing,
        note=note,
        codebook_version_id=desk.codebook_version_id,
        created=former.created if former else time,
        modified=time,
    )
    label = f"Answer {variable.name}"
    return Edit(label, desk.coder_id, (former,) if former else (), (made,))


def answer_id(desk: Desk, variable: Variable, unit_id: str) -> str:
    """Return the identifier of a coder's answer: one a variable, unit, coder and round."""
    return stable_id("answer", variable.id, unit_id, desk.coder_id, desk.round_id or "")


@dataclass(frozen=True, slots=True)
class Correction:
    """A corrected text and what became of the annotations.

    Args:
        edit: What writes it all.
        version: The new text version.
        moved: Annotations whose characters are the same.
        adapted: Annotations whose ends were found but whose inside was corrected.
        lost: Annotations that stay on the old version only.
    """

    edit: Edit
    version: TextVersion
    moved: tuple[Annotation, ...]
    adapted: tuple[Annotation, ...]
    lost: tuple[Annotation, ...]


def correct_text(
    desk: Desk,
    version: TextVersion,
    text: str,
    annotations: Iterable[Annotation],
    *,
    number: int,
    reason: str = "",
) -> Correction:
    """Return the correction of a text: a new version with all annotations re-anchored.

    Args:
        desk: Who corrects.
        version: The current version.
        text: The corrected canonical text (see `article.clean_text`).
        annotations: All annotations of the article, of every coder.
        number: Number of the new version.
        reason: Why.
    """
    fresh = TextVersion(new_id(), version.article_id, number, text, digest(text), reason,
                        created=now())  # fmt: skip
    move = Reanchoring(version.text, text)
    blocks = []
    for block in version.blocks:
        found = move.find(block.span)
        if found is not None:
            blocks.append(replace(block, start=found.span.start, end=found.span.end))
    fresh = replace(fresh, blocks=tuple(sorted(blocks, key=lambda b: (b.start, b.end))))
    before: list[Annotation] = []
    after: list[Annotation] = []
    moved: list[Annotation] = []
    adapted: list[Annotation] = []
    lost: list[Annotation] = []
    for old in annotations:
        spans = old.spans(version.id)
        if not spans:
            continue
        places = move.find_all(spans)
        if places is None:
            lost.append(old)
            continue
        new = replace(
            old, fragments=(*old.fragments, *fragments_in(fresh, [p.span for p in places]))
        )
        before.append(old)
        after.append(new)
        (moved if all(p.exact for p in places) else adapted).append(new)
    edit = Edit("Correct the text", desk.coder_id, tuple(before), (fresh, *after))
    return Correction(edit, fresh, tuple(moved), tuple(adapted), tuple(lost))
