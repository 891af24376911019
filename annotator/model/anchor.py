"""Re-anchoring: finding the stretches of one text again in a corrected one.

First by what the two texts have in common (`align`); what that broke is searched by its own words
and their context. A stretch whose inside was corrected keeps its ends and is said to be inexact.
What cannot be found, or could lie in two places, is said to be lost, never guessed.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import islice, pairwise
from typing import TYPE_CHECKING

from annotator.model.align import matching_blocks
from annotator.model.annotation import CONTEXT
from annotator.model.segment import MARKS, trim
from annotator.model.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


# A stretch whose inside changed is kept if at least this share of its characters survived; a short
# one also if its letters are that similar: a mended slip of the pen.
SIMILAR_ENOUGH = 0.5
SIMILAR_LETTERS = 0.6
SHORT = 200
# Words found elsewhere need this many characters of their old context beside them, clearly more
# than any other place has; what stands in too many places is not looked for.
ENOUGH_CONTEXT = 16
CLEARLY = 8
MOST_PLACES = 200
INSIDE_WORD = re.compile(rf"[\w{MARKS}]{{2}}")
# Words found in their place need this share of their context to have stayed with them.
CONTEXT_SHARE = 0.25


@dataclass(frozen=True, slots=True)
class Anchored:
    """Where a stretch lies in the new text; `exact` says whether its characters are the same."""

    span: Span
    exact: bool


class Reanchoring:
    """Finds stretches of an old text in a new one.

    >>> move = Reanchoring("The cat sat.", "Now the black cat sat.")
    >>> move.find(Span(4, 7))
    Anchored(span=Span(start=14, end=17), exact=True)
    """

    def __init__(self, old: str, new: str) -> None:
        self._old = old
        self._new = new
        self._blocks = matching_blocks(old, new)
        self._old_starts = [block[0] for block in self._blocks]
        self._new_starts = [block[1] for block in self._blocks]

    def find(self, span: Span) -> Anchored | None:
        """Return where the stretch lies now, or None if it is lost."""
        in_place = self._in_place(span)
        if in_place is not None and in_place.exact:
            return in_place
        return self._by_words(span) or in_place

    def find_all(self, spans: Sequence[Span]) -> tuple[Anchored, ...] | None:
        """Return where all fragments of one annotation lie now, or None if any is lost.

        The result ascends and is disjoint, as fragments must be.
        """
        found = [self.find(span) for span in spans]
        kept = [anchored for anchored in found if anchored is not None]
        if len(kept) < len(found):
            return None
        ascending = all(a.span.end <= b.span.start for a, b in pairwise(kept))
        return tuple(kept) if ascending else None

    def _in_place(self, span: Span) -> Anchored | None:
        """Find the stretch between what stayed around and inside it."""
        start, end = self._start(span.start), self._end(span.end)
        if start is None or end is None or end <= start:
            return None
        moved = Span(start, end)
        before, after = span.of(self._old), moved.of(self._new)
        if before != after and before == before.strip():
            moved = trim(self._new, moved)
            after = moved.of(self._new)
        if not self._is_supported(span, moved):
            return None
        if before == after:
            return Anchored(moved, exact=True)
        return Anchored(moved, exact=False) if self._is_similar(span, moved) else None

    def _start(self, position: int) -> int | None:
        """Map a start: it belongs to the character after it, else to the end of what stayed."""
        index = bisect_right(self._old_starts, position) - 1
        if index < 0:
            return 0 if position == 0 else None
        start, there, length = self._blocks[index]
        return there + position - start if position <= start + length else None

    def _end(self, position: int) -> int | None:
        """Map an end: it belongs to the character before it, else to the start of what stayed."""
        index = bisect_right(self._old_starts, position - 1) - 1
        if index >= 0:
            start, there, length = self._blocks[index]
            if position <= start + length:
                return there + position - start
        if index + 1 < len(self._blocks):
            start, there, _ = self._blocks[index + 1]
            return there if start == position else None
        return len(self._new) if position == len(self._old) else None

    def _stayed(self, span: Span, there: Span) -> Iterator[Span]:
        """Yield the parts of an old stretch that stayed and lie in this stretch now."""
        first = max(0, bisect_right(self._old_starts, span.start) - 1)
        for start, new, length in self._blocks[first:]:
            if start >= span.end:
                break
            shift = new - start
            begin = max(start, span.start, there.start - shift)
            end = min(start + length, span.end, there.end - shift)
            if begin < end:
                yield Span(begin, end)

    def _is_supported(self, span: Span, moved: Span) -> bool:
        """Say whether the stretch is long, or enough of what stood around it still does."""
        if moved.of(self._new) == span.of(self._old) and len(span) >= CONTEXT:
            return True
        around = stayed = 0
        for side, there in _sides(span, moved, len(self._old), len(self._new)):
            around += _black(side.of(self._old))
            if there is not None:
                stayed += sum(_black(p.of(self._old)) for p in self._stayed(side, there))
        return stayed >= around * CONTEXT_SHARE

    def _is_similar(self, span: Span, moved: Span) -> bool:
        both = len(span) + len(moved)
        stayed = sum(len(part) for part in self._stayed(span, moved))
        if 2 * stayed >= both * SIMILAR_ENOUGH:
            return True
        if both > 2 * SHORT:
            return False
        matcher = SequenceMatcher(None, span.of(self._old), moved.of(self._new), autojunk=False)
        return matcher.ratio() >= SIMILAR_LETTERS

    def _by_words(self, span: Span) -> Anchored | None:
        """Search the same characters elsewhere; context decides, and on a tie nothing does."""
        exact = span.of(self._old)
        prefix, suffix = _context(self._old, span)
        places = sorted(
            (
                (score, at)
                for score, at in _places(self._new, exact, prefix, suffix)
                if self._is_free(span, Span(at, at + len(exact)))
            ),
            reverse=True,
        )
        if not places:
            return None
        best, at = places[0]
        if any(best - score < CLEARLY for score, _ in places[1:]):
            return None
        found = Span(at, at + len(exact))
        rivals = _places(self._old, exact, *_context(self._new, found))
        if any(at != span.start and best - score < CLEARLY for score, at in rivals):
            return None
        return Anchored(found, exact=True)

    def _is_free(self, span: Span, place: Span) -> bool:
        """Say whether the place is not where an equal stretch of the old text stayed.

        Nor in the middle of a word, unless the stretch was.
        """
        for old, new in ((span.start, place.start), (span.end, place.end)):
            if _is_inside_word(self._new, new) and not _is_inside_word(self._old, old):
                return False
        index = bisect_right(self._new_starts, place.start) - 1
        if index < 0:
            return True
        start, there, length = self._blocks[index]
        if place.end > there + length:
            return True
        other = Span(place.start - there + start, place.end - there + start)
        return other == span or not self._is_supported(other, place)


def _sides(
    span: Span, moved: Span, old_length: int, new_length: int
) -> Iterator[tuple[Span, Span | None]]:
    """Yield what stands before and after a stretch, and where it may stand now."""
    reach = 2 * CONTEXT
    if span.start:
        there = Span(max(0, moved.start - reach), moved.start) if moved.start else None
        yield Span(max(0, span.start - CONTEXT), span.start), there
    if span.end < old_length:
        is_last = moved.end >= new_length
        there = None if is_last else Span(moved.end, min(new_length, moved.end + reach))
        yield Span(span.end, min(old_length, span.end + CONTEXT)), there


def _context(text: str, span: Span) -> tuple[str, str]:
    return text[max(0, span.start - CONTEXT) : span.start], text[span.end : span.end + CONTEXT]


def _places(text: str, exact: str, prefix: str, suffix: str) -> list[tuple[int, int]]:
    """Return where the words stand with enough of this context, and how much of it.

    Long words need no context. Of `ENOUGH_CONTEXT` characters, half must stand on one side, so
    that only places with those have to be looked at.
    """
    half = ENOUGH_CONTEXT // 2
    if len(exact) >= CONTEXT:
        needles = [(exact, 0)]
    else:
        needles = [(prefix[-half:] + exact, half)] if len(prefix) >= half else []
        needles += [(exact + suffix[:half], 0)] if len(suffix) >= half else []
    starts = set[int]()
    for needle, before in needles:
        found = list(islice(_finds(text, needle), MOST_PLACES + 1))
        if len(found) > MOST_PLACES:
            return []
        starts.update(at + before for at in found)
    scored = []
    for at in sorted(starts):
        left, right = _context(text, Span(at, at + len(exact)))
        score = _common(prefix[::-1], left[::-1]) + _common(suffix, right)
        if score >= ENOUGH_CONTEXT or len(exact) >= CONTEXT:
            scored.append((score, at))
    return scored


def _finds(text: str, words: str) -> Iterator[int]:
    at = text.find(words)
    while at >= 0:
        yield at
        at = text.find(words, at + 1)


def _is_inside_word(text: str, position: int) -> bool:
    return position > 0 and INSIDE_WORD.match(text, position - 1) is not None


def _black(text: str) -> int:
    """Return the number of characters that are no white space."""
    return len("".join(text.split()))


def _common(left: str, right: str) -> int:
    count = 0
    for a, b in zip(left, right, strict=False):
        if a != b:
            break
        count += 1
    return count
