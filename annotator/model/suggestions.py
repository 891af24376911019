"""Which suggestions a coder still sees, and whose boilerplate counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.model.annotation import decides
from annotator.model.span import Span, subtracted, united

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from annotator.model.annotation import Annotation, Coder, Decision
    from annotator.model.article import TextVersion
    from annotator.model.codebook import Codebook
    from annotator.model.span import Fragments


def open_suggestions(
    suggestions: Iterable[Annotation],
    own: Iterable[Annotation],
    decisions: Iterable[Decision],
    version: TextVersion,
    codebook: Codebook,
) -> list[Annotation]:
    """Return the suggestions of one article that a coder has neither accepted nor rejected.

    A skipped suggestion stays open, and so do those of a layer in which nothing was found.

    Args:
        suggestions: Annotations by machine coders.
        own: The coder's annotations; one closes the suggestion it derives from, and any that says
            the same of the same stretches.
        decisions: The coder's decisions on this article.
        version: The current text; suggestions without a place in it are left out.
        codebook: Says which layer and code a suggestion has.
    """
    mine = list(own)
    taken = {a.derived_from for a in mine}
    said = {(a.code_id, a.spans(version.id)) for a in mine}
    by_layer: dict[str, list[Decision]] = {}
    for decision in decisions:
        if decision.verdict == "rejected":
            by_layer.setdefault(decision.layer, []).append(decision)
    result = []
    for suggestion in suggestions:
        spans = suggestion.spans(version.id)
        code = codebook.code_by_id(suggestion.code_id)
        if not spans or code is None or suggestion.id in taken:
            continue
        if (suggestion.code_id, spans) in said:
            continue
        verdicts = by_layer.get(code.layer, ())
        if not any(decides(d, code.slug, version.text, spans) for d in verdicts):
            result.append(suggestion)
    return result


def content_mask(
    version: TextVersion,
    annotations: Sequence[Annotation],
    decisions: Iterable[Decision],
    coders: Mapping[str, Coder],
    codebook: Codebook,
    coder_id: str | None,
) -> Fragments:
    """Return the stretches that count as the article's own words: all but boilerplate.

    An adjudicator's boilerplate counts alone. Else the coder's own, and the machine's where the
    coder has not spoken: not rejected, not replaced by an own annotation over it, and not at all
    if the coder found nothing. Kinds with `counts_as_content` stay content.

    Args:
        version: The text in which the result counts.
        annotations: All annotations of the article.
        decisions: Decisions on the article.
        coders: Coders by id.
        codebook: Says which codes are boilerplate and which of them count as content.
        coder_id: For whom; None for nobody in particular: adjudicated, else machine.
    """
    rows = [a for a in annotations if _is_boilerplate(a, codebook)]
    kind = {a.id: coders[a.coder_id].kind for a in rows if a.coder_id in coders}
    verdicts = [d for d in decisions if d.layer == "boilerplate"]
    gold = [a for a in rows if kind.get(a.id) == "adjudicator"]
    judges = {c.id for c in coders.values() if c.kind == "adjudicator"}
    if gold or any(d.coder_id in judges and d.verdict == "nothing_found" for d in verdicts):
        chosen = gold
    else:
        own = [a for a in rows if a.coder_id == coder_id and kind.get(a.id) == "human"]
        mine = [d for d in verdicts if d.coder_id == coder_id]
        machine = [a for a in rows if kind.get(a.id) == "machine"]
        said = united(span for a in own for span in a.spans(version.id))
        if any(d.verdict == "nothing_found" for d in mine):
            machine = []
        suggested = open_suggestions(machine, own, mine, version, codebook)
        chosen = own + [
            a for a in suggested
            if not any(s.overlaps(o) for s in a.spans(version.id) for o in said)
        ]  # fmt: skip
    if not version.text:
        return ()
    furniture = [
        span
        for a in chosen
        if (code := codebook.code_by_id(a.code_id)) is not None and not code.counts_as_content
        for span in a.spans(version.id)
    ]
    return subtracted([Span(0, len(version.text))], furniture)


def _is_boilerplate(annotation: Annotation, codebook: Codebook) -> bool:
    code = codebook.code_by_id(annotation.code_id)
    return code is not None and code.layer == "boilerplate"
