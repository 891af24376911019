"""The u-alpha family: did coders mark the same stretches, and code them the same?

Krippendorff, K., Mathet, Y., Bouvry, S., & Widlöcher, A. (2016), Quality & Quantity, 50(6),
2347-2364; Krippendorff, K. (2019), Content Analysis, 4th ed., section 12.6. Symbols: m coders; φ
the gap, what a coder left unmarked; l_ck the length over which a coder's c meets another's k,
l_c its row sums, l.. = Σ l_c = mL; W_c = Σ |S|² over the units S coded c, and the plain length for
φ, whose units have length 1; a star restricts to where both coders marked something.

What is summed for one article is a `Lengths`; articles are joined by adding them, so that units
never cross their borders, and an article drawn twice counts twice. A coder who marked nothing is
all gap. The family is blind to borders between touching units of one code.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from annotator.agreement.units import Indices, Numbers
    from annotator.model.span import Fragments, Span

GAP = 0


@dataclass(frozen=True, slots=True)
class Mark:
    """One annotation as agreement sees it.

    Args:
        coder: Who made it.
        code: What was said.
        fragments: Of which stretches, in code points of the continuum, ascending and disjoint.
        attributes: Values by attribute.
    """

    coder: str
    code: str
    fragments: Fragments
    attributes: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Continuum:
    """One article with the marks of all who read it.

    Args:
        article: Its name.
        length: In code points.
        coders: Who read it; one of them without marks found nothing.
        marks: What they marked.
        words: The stretches of its words, if its text is known.
    """

    article: str
    length: int
    coders: tuple[str, ...]
    marks: tuple[Mark, ...]
    words: Fragments | None = None


@dataclass(frozen=True, slots=True)
class Unit:
    """A stretch with the number of its code, counted from 1; 0 is the gap."""

    start: int
    end: int
    label: int


@dataclass(frozen=True, slots=True, eq=False)
class Lengths:
    """Sums over one or more articles; arrays may have a leading axis of R weightings.

    Args:
        shared: l_ck, (1 + codes)²; the gap comes first.
        squares: W_c.
        starred: W*_c.
    """

    shared: Numbers
    squares: Numbers
    starred: Numbers

    def flat(self) -> Numbers:
        """Return everything as one row, so that articles can be weighted and added."""
        return np.concatenate([self.shared.ravel(), self.squares, self.starred])


def unflat(rows: Numbers) -> Lengths:
    """Return the sums from R rows as `Lengths.flat` makes them."""
    # (1 + q)² + 2 (1 + q) numbers
    side = round(np.sqrt(rows.shape[1] + 1)) - 1
    square = side * side
    return Lengths(
        rows[:, :square].reshape(-1, side, side),
        rows[:, square : square + side],
        rows[:, square + side :],
    )


# Units


def united_overlaps(spans: Iterable[Span]) -> list[tuple[int, int]]:
    """Return stretches with overlapping ones united; those that only touch stay apart.

    >>> from annotator.model.span import Span
    >>> united_overlaps([Span(0, 4), Span(2, 6), Span(6, 8)])
    [(0, 6), (6, 8)]
    """
    result: list[tuple[int, int]] = []
    for span in sorted(spans):
        if result and span.start < result[-1][1]:
            result[-1] = (result[-1][0], max(result[-1][1], span.end))
        else:
            result.append((span.start, span.end))
    return result


def units_by_coder(continuum: Continuum, groups: Sequence[frozenset[str]]) -> list[list[Unit]]:
    """Return for each coder the units of each group of codes; the n-th group has label n + 1."""
    result = []
    for coder in continuum.coders:
        own = [mark for mark in continuum.marks if mark.coder == coder]
        units = [
            Unit(start, end, label)
            for label, codes in enumerate(groups, 1)
            for start, end in united_overlaps(
                span for mark in own if mark.code in codes for span in mark.fragments
            )
        ]
        result.append(sorted(units, key=lambda unit: (unit.start, unit.end)))
    return result


def is_exclusive(rows: Iterable[Sequence[Unit]]) -> bool:
    """Say whether no coder's units overlap: then several codes can be measured together."""
    return all(left.end <= right.start for row in rows for left, right in pairwise(row))


# Sums over one article


def lengths(rows: Sequence[Sequence[Unit]], length: int, labels: int) -> Lengths:
    """Return the sums over one article.

    Args:
        rows: For each coder the units, without overlap.
        length: Of the article.
        labels: Number of codes.
    """
    cuts = sorted({0, length, *(p for row in rows for u in row for p in (u.start, u.end))})
    borders = np.array(cuts)
    grid = np.zeros((len(rows), len(borders) - 1), dtype=np.int64)
    for line, row in zip(grid, rows, strict=True):
        for unit in row:
            first, last = np.searchsorted(borders, [unit.start, unit.end])
            line[first:last] = unit.label
    steps = np.diff(borders).astype(float)
    shared = _shared(grid, steps, labels)
    squares = np.zeros(labels + 1)
    starred = np.zeros(labels + 1)
    marking = (grid > GAP).sum(axis=0)
    met = np.concatenate([[0.0], np.cumsum(steps * (marking - 1))]) / (len(rows) - 1)
    for row in rows:
        for unit in row:
            first, last = np.searchsorted(borders, [unit.start, unit.end])
            squares[unit.label] += float(unit.end - unit.start) ** 2
            starred[unit.label] += (met[last] - met[first]) ** 2
    squares[GAP] = (steps * (grid == GAP).sum(axis=0)).sum()
    return Lengths(shared, squares, starred)


def token_lengths(
    rows: Sequence[Sequence[Unit]], words: Fragments, labels: int
) -> Numbers:  # fmt: skip
    """Return l_ck with words for lengths; a word is marked where a unit touches it."""
    starts = np.array([word.start for word in words])
    ends = np.array([word.end for word in words])
    grid = np.zeros((len(rows), len(words)), dtype=np.int64)
    for line, row in zip(grid, rows, strict=True):
        for unit in row:
            first = np.searchsorted(ends, unit.start, side="right")
            last = np.searchsorted(starts, unit.end, side="left")
            line[first:last] = unit.label
    return _shared(grid, np.ones(len(words)), labels)


def _shared(grid: Indices, steps: Numbers, labels: int) -> Numbers:
    """Return l_ck of a coders × steps table of labels."""
    counts = np.array([(grid == label).sum(axis=0) for label in range(labels + 1)], dtype=float)
    weighted = counts * steps
    both: Numbers = weighted @ counts.T - np.diag(weighted.sum(axis=1))
    both /= len(grid) - 1
    return both


# Coefficients; each returns R values, NaN where it is not defined


def u_alpha(sums: Lengths) -> Numbers:
    """Return uα = 1 - Σ_{c≠k} l_ck / Σ_{c≠k} e_ck: the same stretches with the same codes.

    e_ck = (l_c l_k - [c = k] W_c) / (l.. - W/l..).
    """
    return _off_diagonal(sums.shared, sums.squares)


def cu_alpha(sums: Lengths) -> Numbers:
    """Return cuα: uα of l* and W*: the same codes where both marked something."""
    return _off_diagonal(sums.shared[:, 1:, 1:], sums.starred[:, 1:])


def _off_diagonal(shared: Numbers, squares: Numbers) -> Numbers:
    margins = shared.sum(axis=2)
    whole = margins.sum(axis=1)
    differing = whole - np.trace(shared, axis1=1, axis2=2)
    with np.errstate(divide="ignore", invalid="ignore"):
        room = whole - squares.sum(axis=1) / whole
        expected = (whole**2 - (margins**2).sum(axis=1)) / room
        value = 1.0 - differing / expected
    defined = (whole > 0) & (room > 0) & (whole**2 - (margins**2).sum(axis=1) > 0)
    return np.where(defined, value, np.nan)


def ku_alpha(sums: Lengths, label: int) -> Numbers:
    """Return (k)uα of one code: how far others' codes agree where it was given and all marked.

    1 - (e*_.k / l*_.k) (l*_.k - l*_kk) / (e*_.k - e*_kk), where the common divisor of e* cancels.
    """
    star = sums.shared[:, 1:, 1:]
    margins = star.sum(axis=2)
    whole, own = margins.sum(axis=1), margins[:, label - 1]
    same = star[:, label - 1, label - 1]
    with np.errstate(divide="ignore", invalid="ignore"):
        chance = (own * whole - sums.starred[:, label]) / (own * (whole - own))
        value = 1.0 - chance * (own - same) / own
    return np.where((own > 0) & (whole > own), value, np.nan)


def coverage(sums: Lengths, label: int) -> Numbers:
    """Return l*_.k / l_.k: which part of a code's length rests on overlaps."""
    own = sums.shared[:, label, :].sum(axis=1)
    met = sums.shared[:, label, 1:].sum(axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(own > 0, met / own, np.nan)


def token_alpha(shared: Numbers) -> Numbers:
    """Return nominal alpha over words (or characters) from their l_ck."""
    margins = shared.sum(axis=2)
    n = margins.sum(axis=1)
    differing = n - np.trace(shared, axis1=1, axis2=2)
    between = n**2 - (margins**2).sum(axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        value = 1.0 - (n - 1) * differing / between
    return np.where(between > 0, value, np.nan)


def marks_by_coder(continua: Iterable[Continuum], codes: Iterable[str]) -> Counter[str]:
    """Return how many annotations of some codes each coder made; coders without any have 0."""
    wanted = set(codes)
    found: Counter[str] = Counter()
    for continuum in continua:
        found.update(dict.fromkeys(continuum.coders, 0))
        found.update(mark.coder for mark in continuum.marks if mark.code in wanted)
    return found
