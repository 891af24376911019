"""What two texts have in common, in order: paragraphs first, then sentences, then words.

Units that occur once in both texts hold the alignment together (patience difference); only small
rests are compared by all pairs, so that long and heavily changed texts cost little. Everything is
aligned twice, from the front and from the back, and only what both agree on counts: of two equal
sentences of which one was deleted, nobody can say which, and neither is aligned.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from difflib import SequenceMatcher
from itertools import pairwise
from typing import TYPE_CHECKING

from annotator.model.segment import MARKS, paragraphs, sentences
from annotator.model.span import Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

# Start in the old text, start in the new one, length; in code points.
Block = tuple[int, int, int]
Pair = tuple[int, int]
# Half-open ranges in two sequences.
Area = tuple[int, int, int, int]

# Chinese and Japanese put no blanks between words: every character is a token there.
IDEOGRAPHS = "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
TOKEN = re.compile(rf"[{IDEOGRAPHS}]|(?:(?![{IDEOGRAPHS}])[\w{MARKS}])+|[^\w\s]")
MOST_PAIRS = 10_000


def tokens(text: str) -> list[Span]:
    """Return all that is no white space: words with their accents, and single marks.

    >>> [span.of("He's 5.") for span in tokens("He's 5.")]
    ['He', "'", 's', '5', '.']
    """
    return [Span(*match.span()) for match in TOKEN.finditer(text)]


LEVELS: tuple[Callable[[str], list[Span]], ...] = (paragraphs, sentences, tokens)


def matching_blocks(old: str, new: str) -> list[Block]:
    """Return what stayed: ascending, disjoint stretches with the same characters in both texts."""
    if old == new:
        return [(0, 0, len(old))] if old else []
    area = (0, len(old), 0, len(new))
    forward = list(_aligned(old, new, area, 0, from_end=False))
    backward = list(_aligned(old, new, area, 0, from_end=True))
    agreed = _agreed(_with_blanks(forward, old, new), _with_blanks(backward, old, new))
    return _with_blanks(agreed, old, new)


def _aligned(old: str, new: str, area: Area, level: int, *, from_end: bool) -> Iterator[Block]:
    """Yield the common units of an area, and what lies between them by the next finer units."""
    a, b, c, d = area
    left, right = LEVELS[level](old[a:b]), LEVELS[level](new[c:d])
    pairs = common_units(
        [s.of(old[a:b]) for s in left], [s.of(new[c:d]) for s in right], from_end=from_end
    )
    is_last = level + 1 == len(LEVELS)
    after_old, after_new = a, c
    for i, j in pairs:
        start, there, length = a + left[i].start, c + right[j].start, len(left[i])
        if not is_last:
            gap = (after_old, start, after_new, there)
            yield from _aligned(old, new, gap, level + 1, from_end=from_end)
        yield start, there, length
        after_old, after_new = start + length, there + length
    if not is_last:
        gap = (after_old, b, after_new, d)
        yield from _aligned(old, new, gap, level + 1, from_end=from_end)


def common_units(left: Sequence[str], right: Sequence[str], *, from_end: bool) -> list[Pair]:
    """Return ascending pairs of positions of equal units; doubts are settled from one end.

    >>> common_units("abc", "xbc", from_end=False)
    [(1, 1), (2, 2)]
    >>> common_units("aa", "a", from_end=False), common_units("aa", "a", from_end=True)
    ([(0, 0)], [(1, 0)])
    """
    if not from_end:
        return _common(left, right)
    mirrored = _common(left[::-1], right[::-1])
    return [(len(left) - 1 - i, len(right) - 1 - j) for i, j in reversed(mirrored)]


def _common(left: Sequence[str], right: Sequence[str]) -> list[Pair]:
    found: list[Pair] = []
    areas: list[Area] = [(0, len(left), 0, len(right))]
    while areas:
        a, b, c, d = areas.pop()
        while a < b and c < d and left[a] == right[c]:
            found.append((a, c))
            a, c = a + 1, c + 1
        while a < b and c < d and left[b - 1] == right[d - 1]:
            b, d = b - 1, d - 1
            found.append((b, d))
        if a == b or c == d:
            continue
        anchors = _anchors(left, right, (a, b, c, d))
        if anchors:
            found += anchors
            areas += _between(anchors, (a, b, c, d))
        elif (b - a) * (d - c) <= MOST_PAIRS:
            matcher = SequenceMatcher(None, left[a:b], right[c:d], autojunk=False)
            for i, j, n in matcher.get_matching_blocks():
                found += [(a + i + k, c + j + k) for k in range(n)]
    return sorted(found)


def _anchors(left: Sequence[str], right: Sequence[str], area: Area) -> list[Pair]:
    """Return pairs of units that occur once on both sides: the longest ascending series."""
    a, b, c, d = area
    counts = Counter(left[a:b])
    others = Counter(right[c:d])
    places = {unit: j for j, unit in enumerate(right[c:d], c) if others[unit] == 1}
    unique = [(i, places[left[i]]) for i in range(a, b)
              if counts[left[i]] == 1 and left[i] in places]  # fmt: skip
    return _longest_ascending(unique)


def _longest_ascending(pairs: Sequence[Pair]) -> list[Pair]:
    """Return a longest part of the pairs in which the second members ascend too."""
    tops: list[int] = []
    top_at: list[int] = []
    below: list[int] = []
    for n, (_, j) in enumerate(pairs):
        pile = bisect_left(tops, j)
        below.append(top_at[pile - 1] if pile else -1)
        tops[pile : pile + 1] = [j]
        top_at[pile : pile + 1] = [n]
    result: list[Pair] = []
    n = top_at[-1] if top_at else -1
    while n >= 0:
        result.append(pairs[n])
        n = below[n]
    return result[::-1]


def _between(anchors: Sequence[Pair], area: Area) -> Iterator[Area]:
    a, b, c, d = area
    for i, j in anchors:
        yield a, i, c, j
        a, c = i + 1, j + 1
    yield a, b, c, d


def _agreed(left: Sequence[Block], right: Sequence[Block]) -> list[Block]:
    """Return what both alignments map to the same place."""
    result: list[Block] = []
    m = n = 0
    while m < len(left) and n < len(right):
        (i, j, length), (i2, j2, length2) = left[m], right[n]
        start, end = max(i, i2), min(i + length, i2 + length2)
        if start < end and j - i == j2 - i2:
            result.append((start, start + j - i, end - start))
        if i + length < i2 + length2:
            m += 1
        else:
            n += 1
    return result


def _with_blanks(blocks: Iterable[Block], old: str, new: str) -> list[Block]:
    """Return the blocks widened over equal white space and joined where they touch."""
    ends = (len(old), len(new), 0)
    pieces = [(0, 0, 0), *blocks, ends]
    result: list[Block] = []
    for (i, j, n), (next_i, next_j, _) in pairwise(pieces):
        after = _common_blanks(old[i + n : next_i], new[j + n : next_j])
        result.append((i, j, n + after))
        gap_old, gap_new = old[i + n + after : next_i], new[j + n + after : next_j]
        before = _common_blanks(gap_old[::-1], gap_new[::-1])
        result.append((next_i - before, next_j - before, before))
    result.append(ends)
    return _joined(result)


def _common_blanks(left: str, right: str) -> int:
    count = 0
    for a, b in zip(left, right, strict=False):
        if a != b or not a.isspace():
            break
        count += 1
    return count


def _joined(blocks: Iterable[Block]) -> list[Block]:
    result: list[Block] = []
    for i, j, n in blocks:
        if not n:
            continue
        if result and result[-1][0] + result[-1][2] == i and result[-1][1] + result[-1][2] == j:
            first = result[-1]
            result[-1] = (first[0], first[1], first[2] + n)
        else:
            result.append((i, j, n))
    return result
