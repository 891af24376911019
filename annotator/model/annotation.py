"""What coders say: annotations, answers, links and decisions, and who they are.

A machine is a coder and so is the adjudicator; a suggestion is simply an annotation by a machine
coder. All records are frozen: a change is a new value, written through an `Edit`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from annotator.model.span import Span, check_fragments

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from annotator.model.article import TextVersion

CONTEXT = 32
MISSING_CODES = {
    -9: "not coded",
    -8: "not applicable",
    -7: "cannot decide",
    -6: "article defective",
}
CODER_KINDS = ("human", "machine", "adjudicator")
ROUND_KINDS = ("pilot", "reliability", "main", "retest", "adjudication")
STATUSES = ("todo", "doing", "done")
LINK_KINDS = ("source", "cue", "evidence", "same_quote", "same_passage", "not_same")
VERDICTS = ("rejected", "skipped", "nothing_found")


@dataclass(frozen=True, slots=True)
class Coder:
    """Somebody or something that annotates; kind is one of `CODER_KINDS`."""

    id: str
    name: str
    kind: str = "human"


@dataclass(frozen=True, slots=True)
class Round:
    """A phase of coding; kind is one of `ROUND_KINDS`."""

    id: str
    name: str
    kind: str = "main"
    position: int = 0


@dataclass(frozen=True, slots=True)
class Assignment:
    """One article given to one coder in a round."""

    id: str
    article_id: str
    coder_id: str
    round_id: str | None = None
    position: int = 0
    mode: str = "single"
    blinds: tuple[str, ...] = ()
    status: str = "todo"


@dataclass(frozen=True, slots=True)
class Run:
    """One run of a machine coder over articles."""

    id: str
    coder_id: str
    component: str
    version: str
    parameters: dict[str, Any] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    created: str = ""


@dataclass(frozen=True, slots=True)
class Actor:
    """A person, organisation or place that articles name; project-wide when story_id is None."""

    id: str
    name: str
    kind: str = ""
    story_id: str | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Alias:
    """Another way in which an actor is named."""

    id: str
    actor_id: str
    name: str


@dataclass(frozen=True, slots=True)
class Fragment:
    """One stretch of one text version, with the characters that stand there.

    Args:
        text_version_id: The text in which the offsets count.
        start: First code point.
        end: One after the last code point.
        exact: The characters; the database refuses anything else.
    """

    text_version_id: str
    start: int
    end: int
    exact: str

    @property
    def span(self) -> Span:
        """The stretch."""
        return Span(self.start, self.end)


def fragments_in(version: TextVersion, spans: Sequence[Span]) -> tuple[Fragment, ...]:
    """Return fragments of this text for these spans (code points).

    Raises:
        BadSpan: if the spans descend, overlap or leave the text.
    """
    checked = check_fragments(spans, len(version.text))
    return tuple(Fragment(version.id, s.start, s.end, s.of(version.text)) for s in checked)


@dataclass(frozen=True, slots=True)
class Annotation:
    """A code applied to one or more stretches of an article by one coder.

    Args:
        id: Identifier; deterministic for machine coders.
        article_id: The article.
        coder_id: Whose judgement it is.
        code_id: The code.
        fragments: Stretches, ordered by text version and start; every version's stretches ascend.
        round_id: Phase of coding.
        codebook_version_id: The snapshot under which it was made.
        attributes: Values by attribute slug.
        note: Free text of the coder.
        certainty: The coder's own, 0 to 1.
        score: A machine's confidence, 0 to 1.
        derived_from: The suggestion or annotation it was accepted or carried over from.
        run_id: The machine run that made it.
        created: UTC.
        modified: UTC.
    """

    id: str
    article_id: str
    coder_id: str
    code_id: str
    fragments: tuple[Fragment, ...]
    round_id: str | None = None
    codebook_version_id: str | None = None
    attributes: dict[str, Any] = field(default_factory=dict)
    note: str = ""
    certainty: float | None = None
    score: float | None = None
    derived_from: str | None = None
    run_id: str | None = None
    created: str = ""
    modified: str = ""

    def spans(self, text_version_id: str) -> tuple[Span, ...]:
        """Return the stretches in one text version, ascending; empty if it has none there."""
        return tuple(
            [Span(f.start, f.end) for f in self.fragments if f.text_version_id == text_version_id]
        )


@dataclass(frozen=True, slots=True)
class Answer:
    """A coder's value for a variable on an article or a story: a value or a missing code."""

    id: str
    variable_id: str
    unit_id: str
    coder_id: str
    round_id: str | None = None
    value: Any = None
    missing: int | None = None
    note: str = ""
    codebook_version_id: str | None = None
    created: str = ""
    modified: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """A relation between two annotations, or from an answer to its evidence."""

    id: str
    coder_id: str
    kind: str
    from_id: str
    to_id: str
    run_id: str | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """A coder's word on a suggestion, kept by the words it stood on and their context.

    Args:
        id: Identifier.
        coder_id: Whose decision; it binds nobody else.
        article_id: The article; it says nothing about other articles.
        layer: Slug of the layer.
        code: Slug of the code, or "" for the whole layer.
        exact: The characters of all fragments, joined by " … ".
        prefix: Up to 32 code points before the first fragment.
        suffix: Up to 32 code points after the last fragment.
        verdict: "rejected", "skipped" or "nothing_found".
        component: The machine coder's component.
        created: UTC.
    """

    id: str
    coder_id: str
    article_id: str
    layer: str
    code: str
    exact: str
    prefix: str
    suffix: str
    verdict: str
    component: str = ""
    created: str = ""


def quotation(text: str, spans: Sequence[Span]) -> tuple[str, str, str]:
    """Return (exact, prefix, suffix) of spans in a text: what a decision remembers.

    >>> quotation("He said no to it.", [Span(8, 10)])
    ('no', 'He said ', ' to it.')
    """
    exact = " … ".join(span.of(text) for span in spans)
    first, last = spans[0].start, spans[-1].end
    return exact, text[max(0, first - CONTEXT) : first], text[last : last + CONTEXT]


def decides(decision: Decision, code: str, text: str, spans: Sequence[Span]) -> bool:
    """Say whether the decision is about this suggestion.

    The words must be the same, and the context on one side; where the words occur only once in
    the text, they are enough, so that a corrected neighbourhood does not bring a reject back.

    Args:
        decision: A decision on the same article and layer.
        code: Slug of the suggestion's code.
        text: The text version in which the spans count.
        spans: The suggestion's stretches.
    """
    if decision.code not in {"", code}:
        return False
    exact, prefix, suffix = quotation(text, spans)
    if decision.exact != exact:
        return False
    if decision.prefix == prefix or decision.suffix == suffix:
        return True
    return text.count(spans[0].of(text)) == 1


def origin(annotation: Annotation, coder: Coder, sources: Mapping[str, Annotation]) -> str:
    """Return how the annotation came about: it is derived, never stored.

    Args:
        annotation: The annotation.
        coder: Its coder.
        sources: Annotations by id, among them the one it derives from.

    Returns:
        "adjudicated", "machine", "manual", "accepted" (same code as its source, and the same
        stretches in every text version in which both have any) or "edited".
    """
    if coder.kind != "human":
        return "adjudicated" if coder.kind == "adjudicator" else "machine"
    if annotation.derived_from is None:
        return "manual"
    source = sources.get(annotation.derived_from)
    if source is None or source.code_id != annotation.code_id:
        return "edited"
    shared = {f.text_version_id for f in source.fragments}
    shared &= {f.text_version_id for f in annotation.fragments}
    mine, theirs = (
        {f for f in a.fragments if f.text_version_id in shared} for a in (annotation, source)
    )
    return "accepted" if shared and mine == theirs else "edited"
