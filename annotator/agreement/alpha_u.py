"""The older unitizing alpha of 1995, for comparison with studies that report it.

    α_U = 1 - Σ_c D_oc / Σ_c D_ec

Krippendorff, K. (1995), On the reliability of unitizing continuous data, Sociological Methodology,
25, 47-76; (2004), Content Analysis, 2nd ed., section 11.6. Every code is unitised on its own, so
units of different codes may overlap. Symbols: L length of the continuum; m coders; a *section* is a
unit or a gap between units; δ² of two intersecting sections is (start difference)² + (end
difference)² for two units, the squared length of a unit that lies wholly in the other's gap, else
0. For new work use the family in `spans`.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import permutations
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from annotator.agreement.units import Numbers


@dataclass(frozen=True, slots=True)
class Unitizing:
    """α_U of all codes and of each, with the disagreements; None where it is not defined."""

    value: float | None
    by_code: dict[str, float | None]
    observed: dict[str, float]
    expected: dict[str, float]


@dataclass(frozen=True, slots=True)
class _Section:
    start: int
    end: int
    is_unit: bool


def alpha_u(
    codes: Mapping[str, Sequence[Sequence[tuple[int, int]]]], length: int, begin: int = 0
) -> Unitizing:
    """Return α_U.

    Args:
        codes: For each code, for each coder the units: stretches without overlap, ascending.
        length: L, the length of the continuum.
        begin: Where the continuum begins.
    """
    observed: dict[str, float] = {}
    expected: dict[str, float] = {}
    for code, rows in codes.items():
        sections = [_sections(row, begin, begin + length) for row in rows]
        observed[code] = _observed(sections, length)
        expected[code] = _expected(sections, length)
    by_code = {
        code: None if expected[code] <= 0 else 1.0 - observed[code] / expected[code]
        for code in codes
    }
    chance = sum(expected.values())
    value = None if chance <= 0 else 1.0 - sum(observed.values()) / chance
    return Unitizing(value, by_code, observed, expected)


def _sections(row: Sequence[tuple[int, int]], begin: int, end: int) -> list[_Section]:
    """Return units and the gaps between them, from the continuum's begin to its end."""
    result = []
    position = begin
    for start, stop in row:
        if start > position:
            result.append(_Section(position, start, is_unit=False))
        result.append(_Section(start, stop, is_unit=True))
        position = stop
    if position < end:
        result.append(_Section(position, end, is_unit=False))
    return result


def _observed(rows: Sequence[Sequence[_Section]], length: int) -> float:
    """Return D_o = Σ_i Σ_{j≠i} Σ_g Σ_h δ²_ighjh / (m (m - 1) L²)."""
    m = len(rows)
    total = sum(_differences(one, other) for one, other in permutations(rows, 2))
    return total / (m * (m - 1) * length**2)


def _differences(one: Sequence[_Section], other: Sequence[_Section]) -> float:
    """Return Σ δ² over the intersecting sections of two coders."""
    total = 0.0
    i = j = 0
    while i < len(one) and j < len(other):
        total += _difference(one[i], other[j])
        if one[i].end < other[j].end:
            i += 1
        elif one[i].end > other[j].end:
            j += 1
        else:
            i, j = i + 1, j + 1
    return total


def _difference(g: _Section, h: _Section) -> float:
    """Return δ² of two intersecting sections."""
    if g.is_unit and h.is_unit:
        return float((g.start - h.start) ** 2 + (g.end - h.end) ** 2)
    if g.is_unit != h.is_unit:
        unit, gap = (g, h) if g.is_unit else (h, g)
        if gap.start <= unit.start and unit.end <= gap.end:
            return float((unit.end - unit.start) ** 2)
    return 0.0


def _expected(rows: Sequence[Sequence[_Section]], length: int) -> float:
    """Return D_e (Krippendorff 2004, section 11.6), N units of lengths l and gaps in all rows.

    D_e = (2/L) Σ_units [ (N - 1)/3 (2 l³ - 3 l² + l) + l² Σ_{gaps ≥ l} (gap - l + 1) ]
          / [ m L (m L - 1) - Σ_units l (l - 1) ]
    """
    m = len(rows)
    units = np.array([s.end - s.start for row in rows for s in row if s.is_unit], dtype=float)
    gaps = np.sort([float(s.end - s.start) for row in rows for s in row if not s.is_unit])
    if not len(units):
        return 0.0
    within = (len(units) - 1) / 3 * (2 * units**3 - 3 * units**2 + units)
    numerator = float((within + units**2 * _room(units, gaps)).sum())
    denominator = m * length * (m * length - 1) - float((units * (units - 1)).sum())
    return 2 / length * numerator / denominator if denominator else 0.0


def _room(units: Numbers, gaps: Numbers) -> Numbers:
    """Return for each unit in how many places of all gaps it fits."""
    tail = np.concatenate([np.cumsum(gaps[::-1])[::-1], [0.0]])
    first = np.searchsorted(gaps, units, side="left")
    return tail[first] - (len(gaps) - first) * (units - 1)
