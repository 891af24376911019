"""Spans: stretches of text in code points, half-open, and what can be done with them.

A `Span` is one stretch; an annotation holds one or more of them as *fragments*: ascending and
disjoint. Overlap and nesting happen between annotations, never inside one. `Utf16Map` is the only
place where UTF-16 units (Qt's positions) meet code points. Nothing here knows about codes,
coders or storage.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import pairwise
from typing import TYPE_CHECKING

from annotator.errors import BadSpan

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

ASTRAL = re.compile("[\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch `[start, end)` in code points; never empty.

    Raises:
        BadSpan: if start is negative or end is not after start.
    """

    start: int
    end: int

    def __post_init__(self) -> None:
        if self.start < 0 or self.end <= self.start:
            raise BadSpan(
                f"A stretch of text must start at 0 or later and end after its start, "
                f"not [{self.start}, {self.end})."
            )

    def __len__(self) -> int:
        """Return the length in code points."""
        return self.end - self.start

    def overlaps(self, other: Span) -> bool:
        """Say whether the two share at least one code point.

        >>> Span(0, 3).overlaps(Span(3, 5))
        False
        """
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        """Say whether the other lies wholly inside this one."""
        return self.start <= other.start and other.end <= self.end

    def of(self, text: str) -> str:
        """Return the stretch of this text."""
        return text[self.start : self.end]


Fragments = tuple[Span, ...]


def check_fragments(fragments: Sequence[Span], length: int | None = None) -> Fragments:
    """Return the fragments as a tuple after checking order, disjointness and the text's length.

    Args:
        fragments: Stretches of one annotation, in code points.
        length: Length of the text in code points, if known.

    Raises:
        BadSpan: if there is none, or they overlap, descend or leave the text.
    """
    if not fragments:
        raise BadSpan("An annotation needs at least one stretch of text.")
    for left, right in pairwise(fragments):
        if right.start < left.end:
            raise BadSpan(
                f"Fragments must ascend and not overlap: [{left.start}, {left.end}) is followed by "
                f"[{right.start}, {right.end})."
            )
    if length is not None and fragments[-1].end > length:
        raise BadSpan(
            f"The stretch [{fragments[-1].start}, {fragments[-1].end}) ends after the text's "
            f"{length} characters."
        )
    return tuple(fragments)


def united(spans: Iterable[Span]) -> Fragments:
    """Return the union as ascending, disjoint, non-touching spans.

    >>> united([Span(4, 6), Span(0, 2), Span(2, 3)])
    (Span(start=0, end=3), Span(start=4, end=6))
    """
    result: list[Span] = []
    for span in sorted(spans):
        if result and span.start <= result[-1].end:
            if span.end > result[-1].end:
                result[-1] = Span(result[-1].start, span.end)
        else:
            result.append(span)
    return tuple(result)


def intersected(left: Iterable[Span], right: Iterable[Span]) -> Fragments:
    """Return what both cover.

    >>> intersected([Span(0, 5)], [Span(3, 9)])
    (Span(start=3, end=5),)
    """
    a, b = united(left), united(right)
    result: list[Span] = []
    i = j = 0
    while i < len(a) and j < len(b):
        start, end = max(a[i].start, b[j].start), min(a[i].end, b[j].end)
        if start < end:
            result.append(Span(start, end))
        if a[i].end < b[j].end:
            i += 1
        else:
            j += 1
    return tuple(result)


def subtracted(left: Iterable[Span], right: Iterable[Span]) -> Fragments:
    """Return what the first covers and the second does not.

    >>> subtracted([Span(0, 9)], [Span(3, 5)])
    (Span(start=0, end=3), Span(start=5, end=9))
    """
    holes = united(right)
    result: list[Span] = []
    for span in united(left):
        start = span.start
        for hole in holes[max(0, bisect_right(holes, span) - 1) :]:
            if hole.start >= span.end:
                break
            if hole.end <= start:
                continue
            if hole.start > start:
                result.append(Span(start, hole.start))
            start = max(start, hole.end)
        if start < span.end:
            result.append(Span(start, span.end))
    return tuple(result)


def covered(spans: Iterable[Span]) -> int:
    """Return how many code points the spans cover together."""
    return sum(len(span) for span in united(spans))


def hull(fragments: Sequence[Span]) -> Span:
    """Return the span from the first fragment's start to the last one's end."""
    return Span(fragments[0].start, fragments[-1].end)


def lanes(spans: Sequence[Span]) -> list[int]:
    """Return for every span the lowest lane in which it overlaps no other.

    Longer spans that start at the same place come first, so that what is nested lies further out.
    The result does not depend on the order of the input, only on the spans.

    >>> lanes([Span(0, 10), Span(2, 4), Span(5, 9), Span(3, 6)])
    [0, 1, 1, 2]
    """
    order = sorted(range(len(spans)), key=lambda i: (spans[i].start, -spans[i].end, i))
    result = [0] * len(spans)
    busy: list[tuple[int, int]] = []
    free: list[int] = []
    used = 0
    for i in order:
        while busy and busy[0][0] <= spans[i].start:
            heappush(free, heappop(busy)[1])
        if free:
            lane = heappop(free)
        else:
            lane, used = used, used + 1
        result[i] = lane
        heappush(busy, (spans[i].end, lane))
    return result


class Utf16Map:
    r"""Both ways between code points and UTF-16 units of one text.

    Positions are borders between characters: 0 to the length, both inclusive. A UTF-16 position
    inside a surrogate pair maps to the character's start.

    >>> m = Utf16Map("a\N{GRINNING FACE}b")
    >>> m.to_utf16(2), m.to_code_point(3), m.to_code_point(2)
    (3, 2, 1)
    """

    __slots__ = ("_astral", "_astral_units", "length", "length_utf16")

    def __init__(self, text: str) -> None:
        self._astral = [] if text.isascii() else [match.start() for match in ASTRAL.finditer(text)]
        self._astral_units = [position + i for i, position in enumerate(self._astral)]
        self.length = len(text)
        self.length_utf16 = len(text) + len(self._astral)

    def to_utf16(self, position: int) -> int:
        """Return the UTF-16 position of a code-point position."""
        if not self._astral:
            return position
        return position + bisect_right(self._astral, position - 1)

    def to_code_point(self, qt_pos: int) -> int:
        """Return the code-point position of a UTF-16 position."""
        if not self._astral_units:
            return qt_pos
        before = bisect_right(self._astral_units, qt_pos - 1)
        if before and self._astral_units[before - 1] == qt_pos - 1:
            return self._astral[before - 1]
        return qt_pos - before
