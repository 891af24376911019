"""Re-anchoring: finding the stretches of one text again in a corrected one.

First by the word-level difference of the two texts; what the difference broke is searched by its
own words and their context. A stretch whose inside was corrected keeps its ends. What cannot be
found is said to be lost, never guessed.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise
from typing import TYPE_CHECKING

from annotator.model.annotation import CONTEXT
from annotator.model.span import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

TOKEN = re.compile(r"\w+|\s+|[^\w\s]")
# A stretch whose inside changed is kept if at least this share of its characters survived.
SIMILAR_ENOUGH = 0.5


@dataclass(frozen=True, slots=True)
class Anchored:
    """Where a stretch lies in the new text; `exact` says whether its characters are the same."""

    span: Span
    exact: bool


def _shared_ends(old: str, new: str) -> tuple[int, int]:
    """Return the lengths of the common start and the common end, not overlapping."""
    limit = min(len(old), len(new))
    start = 0
    while start < limit and old[start] == new[start]:
        start += 1
    end = 0
    while end < limit - start and old[len(old) - 1 - end] == new[len(new) - 1 - end]:
        end += 1
    return start, end


def matching_blocks(old: str, new: str) -> list[tuple[int, int, int]]:
    """Return ascending (start in old, start in new, length) of what stayed, in code points."""
    head, tail = _shared_ends(old, new)
    blocks = [(0, 0, head)] if head else []
    middle_old, middle_new = old[head : len(old) - tail], new[head : len(new) - tail]
    if middle_old and middle_new:
        left = [m.span() for m in TOKEN.finditer(middle_old)]
        right = [m.span() for m in TOKEN.finditer(middle_new)]
        matcher = SequenceMatcher(
            None,
            [middle_old[a:b] for a, b in left],
            [middle_new[a:b] for a, b in right],
            autojunk=False,
        )
        for i, j, n in matcher.get_matching_blocks():
            if n:
                start = left[i][0]
                blocks.append((head + start, head + right[j][0], left[i + n - 1][1] - start))
    if tail:
        blocks.append((len(old) - tail, len(new) - tail, tail))
    return blocks


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
        self._starts = [block[0] for block in self._blocks]

    def find(self, span: Span) -> Anchored | None:
        """Return where the stretch lies now, or None if it is lost."""
        by_difference = self._through_blocks(span)
        if by_difference is not None and by_difference.exact:
            return by_difference
        return self._by_words(span) or by_difference

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

    def _border(self, position: int, *, is_end: bool) -> int | None:
        """Map a border: an end belongs to the character before it, a start to the one after."""
        character = position - 1 if is_end else position
        index = bisect_right(self._starts, character) - 1
        if index < 0:
            return None
        start, there, length = self._blocks[index]
        if character >= start + length:
            return None
        return there + (position - start)

    def _through_blocks(self, span: Span) -> Anchored | None:
        start = self._border(span.start, is_end=False)
        end = self._border(span.end, is_end=True)
        if start is None or end is None or end <= start:
            return None
        moved = Span(start, end)
        before, after = span.of(self._old), moved.of(self._new)
        if before == after:
            return Anchored(moved, exact=True)
        matcher = SequenceMatcher(None, before.split(), after.split(), autojunk=False)
        if matcher.ratio() < SIMILAR_ENOUGH:
            return None
        return Anchored(moved, exact=False)

    def _by_words(self, span: Span) -> Anchored | None:
        """Search the same characters; context decides between several, none is taken on a tie."""
        exact = span.of(self._old)
        prefix = self._old[max(0, span.start - CONTEXT) : span.start]
        suffix = self._old[span.end : span.end + CONTEXT]
        places = []
        at = self._new.find(exact)
        while at >= 0:
            places.append((self._context(prefix, suffix, at, at + len(exact)), at))
            at = self._new.find(exact, at + 1)
        if not places:
            return None
        places.sort(reverse=True)
        best, start = places[0]
        is_tie = len(places) > 1 and places[1][0] == best
        if is_tie or (best == 0 and len(exact) < CONTEXT):
            return None
        return Anchored(Span(start, start + len(exact)), exact=True)

    def _context(self, prefix: str, suffix: str, start: int, end: int) -> int:
        """Return how many characters of the context agree, counted outwards from the stretch."""
        before = self._new[max(0, start - CONTEXT) : start]
        after = self._new[end : end + CONTEXT]
        return _common(prefix[::-1], before[::-1]) + _common(suffix, after)


def _common(left: str, right: str) -> int:
    count = 0
    for a, b in zip(left, right, strict=False):
        if a != b:
            break
        count += 1
    return count
