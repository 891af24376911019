"""From attributions and marked stretches to utterances: what one speaker says in one breath.

Quotations inside an attribution's content belong to it. The others carry on what was said before
in the same paragraph, or across paragraphs when a quotation was left open or announced by a
colon; failing that, long ones count as quotes of nobody known and short ones as terms.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from annotator.highlight.subjects import first_subject
from annotator.highlight.terms import EDGE, words_of
from annotator.model.span import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from annotator.highlight.attribution import Attribution
    from annotator.highlight.cues import Cue
    from annotator.highlight.marks import Stretch
    from annotator.highlight.masking import Masked

LOOK_BACK = 12  # line breaks between a quotation and what it may carry on
SHORT = 4  # fewer words are scare quotes as often as not, if nobody is said to say them


@dataclass(frozen=True, slots=True)
class Utterance:
    """What one speaker says in one breath.

    Args:
        code: direct, indirect, mixed or term.
        fragments: The content, marks included.
        quoted: The stretches between marks in it.
        source: Who, as the text has it.
        cue: By which words.
        pattern: Rule that attributed it.
        flaw: What is wrong with its marks, if anything.
        paragraph: Number of the paragraph in which it begins.
    """

    code: str
    fragments: tuple[Span, ...]
    quoted: tuple[Span, ...]
    source: Span | None
    cue: Cue | None
    pattern: str
    flaw: str = ""
    paragraph: int = 0

    @property
    def cue_span(self) -> Span | None:
        """Where the cue stands."""
        return Span(self.cue.start, self.cue.end) if self.cue else None


@dataclass(slots=True)
class _Draft:
    """An utterance being put together."""

    attribution: Attribution | None
    pattern: str
    paragraph: int
    content: list[Span] = field(default_factory=list)
    quoted: list[Stretch] = field(default_factory=list)
    source: Span | None = None


def utterances(
    text: str, masked: Masked, spoken: Sequence[Stretch], found: Sequence[Attribution]
) -> list[Utterance]:
    """Return the utterances of a text in order of their first fragment."""
    drafts = _Weaver(masked, found).weave(spoken)
    result = [_finished(text, draft) for draft in drafts]
    return sorted((u for u in result if u is not None), key=lambda u: u.fragments[0])


class _Weaver:
    """Gives every marked stretch to an attribution, an earlier utterance, or nobody."""

    def __init__(self, masked: Masked, found: Sequence[Attribution]) -> None:
        self.masked = masked
        self.starts = [s.start for s in masked.sentences]
        self.drafts = [
            _Draft(a, a.pattern, masked.paragraphs[a.sentence], list(a.content)) for a in found
        ]
        self.by_paragraph: dict[int, list[_Draft]] = {}
        self.by_sentence: dict[int, list[_Draft]] = {}
        for attribution, draft in zip(found, self.drafts, strict=True):
            self.by_sentence.setdefault(attribution.sentence, []).append(draft)
            self.by_paragraph.setdefault(draft.paragraph, []).append(draft)

    def weave(self, spoken: Sequence[Stretch]) -> list[_Draft]:
        """Return all drafts, those made for leftovers included."""
        left = [s for s in spoken if not self._claim(s)]
        for stretch in left:
            self._inherit(stretch)
        return self.drafts

    def _claim(self, stretch: Stretch) -> bool:
        covering = [
            draft
            for draft in self.by_sentence.get(self._sentence(stretch.start), [])
            if any(c.start <= stretch.start < c.end for c in draft.content)
        ]
        if not covering:
            return False
        nearest = min(covering, key=lambda draft: _distance(draft, stretch))
        nearest.quoted.append(stretch)
        return True

    def _paragraph(self, position: int) -> int:
        return self.masked.paragraphs[max(0, bisect_right(self.starts, position) - 1)]

    def _sentence(self, position: int) -> int:
        return max(0, bisect_right(self.starts, position) - 1)

    def _inherit(self, stretch: Stretch) -> None:
        number = self._paragraph(stretch.start)
        before = self._latest_before(stretch.start)
        if before is not None and stretch.continues and before.quoted:
            self._extend(before, stretch, number)
            return
        same = before if before is not None and before.paragraph == number else None
        if same is not None and same.attribution is not None and self._adjoins(same, stretch):
            self._extend(same, stretch, number)
            return
        announced = self._announced(stretch, number)
        if announced is not None:
            self._extend(announced, stretch, number)
            return
        owner, pattern = self._neighbour(stretch, number, same, before)
        draft = _Draft(owner.attribution if owner else None, pattern, number)
        if owner is None:
            draft.source = self._sentence_before(stretch)
            draft.pattern = "sentence before" if draft.source else pattern
        self._extend(draft, stretch, number)
        self.drafts.append(draft)

    def _neighbour(
        self, stretch: Stretch, number: int, same: _Draft | None, before: _Draft | None
    ) -> tuple[_Draft | None, str]:
        """Return from whom a stretch inherits its speaker, and by which rule."""
        if same is not None and same.attribution is not None and same.quoted:
            return same, "same paragraph"
        beside = [
            d for d in self.by_sentence.get(self._sentence(stretch.start), []) if d.attribution
        ]
        if beside:
            return min(beside, key=lambda d: abs(_distance(d, stretch)[1])), "same sentence"
        following = self._next_in_paragraph(stretch, number)
        if following is not None:
            return following, "same paragraph"
        if self._opens_paragraph(stretch) and not self._is_heading(stretch) and before is not None:
            is_near = number - before.paragraph <= 2
            if is_near and before.attribution and before.quoted:
                return before, "next paragraph"
        if same is not None and same.attribution is not None:
            return same, "same paragraph"
        return None, "nobody"

    def _sentence_before(self, stretch: Stretch) -> Span | None:
        """Return the subject of the sentence before one that is all quotation."""
        number = self._sentence(stretch.start)
        if self.starts[number] != stretch.start or number == 0:
            return None
        if self.masked.paragraphs[number - 1] != self.masked.paragraphs[number]:
            return None
        before = self.masked.sentences[number - 1]
        return first_subject(self.masked.text, before.start, before.end)

    def _extend(self, draft: _Draft, stretch: Stretch, number: int) -> None:
        """Add a stretch to an utterance, which from now on belongs to the stretch's paragraph."""
        draft.content.append(Span(stretch.start, stretch.end))
        draft.quoted.append(stretch)
        draft.paragraph = number
        here = self.by_paragraph.setdefault(number, [])
        if draft not in here[-1:]:
            here.append(draft)

    def _latest_before(self, position: int) -> _Draft | None:
        """Return the utterance that came last before a position, a few paragraphs back at most."""
        number = self._paragraph(position)
        for paragraph in range(number, number - LOOK_BACK, -1):
            reached = [(self._reach(d, position), d) for d in self.by_paragraph.get(paragraph, [])]
            earlier = [(at, d) for at, d in reached if 0 <= at < position]
            if earlier:
                return max(reversed(earlier), key=lambda pair: pair[0])[1]
        return None

    def _reach(self, draft: _Draft, position: int) -> int:
        spans = [s.start for s in draft.content if s.start < position]
        if spans:
            return max(spans)
        return draft.attribution.cue.start if draft.attribution else -1

    def _adjoins(self, draft: _Draft, stretch: Stretch) -> bool:
        """Say whether a stretch follows `"…," X said.` directly."""
        if not draft.quoted or draft.attribution is None:
            return False
        last = max(
            [s.end for s in draft.content if s.start < stretch.start]
            + [draft.attribution.cue.end]
            + ([draft.attribution.source.end] if draft.attribution.source else [])
        )
        here, there = self._sentence(stretch.start), self._sentence(last - 1)
        begins = self.starts[here] == stretch.start
        return begins and here - there <= 1 and last <= stretch.start

    def _announced(self, stretch: Stretch, number: int) -> _Draft | None:
        """Return the attribution whose paragraph ends in a colon right before this stretch."""
        if not self._opens_paragraph(stretch):
            return None
        before = self.masked.text[: stretch.start].rstrip()
        if not before.endswith(":"):
            return None
        sentence = self._sentence(len(before) - 1)
        for draft in reversed(self.by_paragraph.get(self.masked.paragraphs[sentence], [])):
            if draft.attribution is not None and draft.attribution.sentence == sentence:
                if not draft.quoted:
                    draft.content.clear()
                    draft.pattern = "announced"
                    return draft
                twin = _Draft(draft.attribution, "announced", number)
                self.drafts.append(twin)
                return twin
        return None

    def _next_in_paragraph(self, stretch: Stretch, number: int) -> _Draft | None:
        for draft in self.by_paragraph.get(number, []):
            if (
                draft.attribution is not None
                and draft.quoted
                and draft.quoted[0].start > stretch.start
            ):
                return draft
        return None

    def _is_heading(self, stretch: Stretch) -> bool:
        """Say whether a short quotation in single marks is all there is in its line."""
        after = self.masked.text[stretch.end : stretch.end + 3]
        is_alone = not after.strip(" .") or after.lstrip(" .").startswith("\n")
        return is_alone and stretch.family == "single" and stretch.end - stretch.start <= 60

    def _opens_paragraph(self, stretch: Stretch) -> bool:
        line = self.masked.text.rfind("\n", 0, stretch.start) + 1
        return not self.masked.text[line : stretch.start].strip()


def _distance(draft: _Draft, stretch: Stretch) -> tuple[int, int]:
    """Return how far a cue stands from a stretch; one right behind it comes first."""
    if draft.attribution is None:
        return (2, 0)
    cue = draft.attribution.cue
    if cue.start >= stretch.end:
        return (0 if draft.pattern == "right" else 1, cue.start - stretch.end)
    return (0, stretch.start - cue.end)


def _finished(text: str, draft: _Draft) -> Utterance | None:
    """Return the utterance, its fragments in order and disjoint, or None if nothing is left."""
    if not draft.content:
        return None
    quoted = tuple(Span(s.start, s.end) for s in sorted(draft.quoted, key=lambda s: s.start))
    fragments = _snapped(_merged(draft.content), quoted)
    share = sum(len(q) for q in quoted) / max(1, sum(len(f) for f in fragments))
    flaws = [s.flaw for s in draft.quoted if s.flaw]
    code = "mixed"
    if not quoted:
        code = "indirect"
    elif share >= 0.9:
        code, fragments = "direct", quoted
    attribution = draft.attribution
    said = Utterance(
        code, fragments, quoted, attribution.source if attribution else draft.source,
        attribution.cue if attribution else None, draft.pattern, flaws[0] if flaws else "",
        draft.paragraph,
    )  # fmt: skip
    return _as_term(text, said)


def _as_term(text: str, said: Utterance) -> Utterance:
    """Turn a short marked stretch that nobody says into a term."""
    if said.pattern not in {"nobody", "next paragraph", "same paragraph", "sentence before"}:
        return said
    words = words_of(said.fragments[0].of(text).strip(EDGE))
    inside = said.fragments[0].of(text).strip(EDGE)
    if len(words) < SHORT and not inside.endswith((".", "!", "?", ",")):
        return replace(said, code="term", pattern="term", source=None, cue=None)
    if said.pattern == "nobody" and len(words) < SHORT:
        return replace(said, code="term", pattern="term")
    return said


def _snapped(fragments: tuple[Span, ...], quoted: tuple[Span, ...]) -> tuple[Span, ...]:
    """End fragments where their last quotation ends, without the sentence's own full stop."""
    ends = {q.end for q in quoted}
    result = []
    for fragment in fragments:
        end = fragment.end
        if end not in ends and end - 1 in ends:
            end -= 1
        result.append(Span(fragment.start, end))
    return tuple(result)


def _merged(content: Sequence[Span]) -> tuple[Span, ...]:
    result: list[Span] = []
    for span in sorted(content):
        if result and span.start < result[-1].end:
            result[-1] = Span(result[-1].start, max(span.end, result[-1].end))
        else:
            result.append(span)
    return tuple(result)
