"""Krippendorff's alpha: nominal, ordinal, interval, ratio or any distance, with missing values.

    α = 1 - D_o / D_e = 1 - (n - 1) Σ_c Σ_k o_ck δ²_ck / Σ_c Σ_k n_c n_k δ²_ck

Krippendorff, K. (2011), Computing Krippendorff's Alpha-Reliability, section C; (2019), Content
Analysis, 4th ed., ch. 12. Symbols: o_ck coincidences of the values c and k, to which a unit with m
values adds 1/(m - 1) for each ordered pair; n_c their row sums; n all pairable values; δ² the
metric difference. Units with one value drop out. Where all values are the same, D_e = 0 and α is
not defined; it is never called 1.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from annotator.agreement.units import Indices, Numbers, Tally

# Columns of a distance matrix that are held at once.
COLUMNS = 1024


@dataclass(frozen=True, slots=True, eq=False)
class Estimate:
    """A coefficient for each of R rows of weights; NaN where it is not defined.

    Args:
        value: The coefficient.
        observed: What was observed: agreement; for alpha the disagreement D_o.
        expected: What chance would give: agreement; for alpha the disagreement D_e.
    """

    value: Numbers
    observed: Numbers
    expected: Numbers


def alpha(tally: Tally, weights: Numbers, level: str = "") -> Estimate:
    """Return alpha at a level of measurement.

    Args:
        tally: The data.
        weights: R × patterns.
        level: Of measurement, the data's own if empty; "masi" for sets.
    """
    return METRICS[level or tally.ratings.level](tally, weights)


def _estimate(within: Numbers, between: Numbers, n: Numbers) -> Estimate:
    """Return alpha from Σ o δ², Σ n n δ² and n."""
    with np.errstate(divide="ignore", invalid="ignore"):
        observed = within / n
        expected = between / (n * (n - 1))
        value = 1.0 - observed / expected
    undefined = ~(between > 0)
    return Estimate(np.where(undefined, np.nan, value), observed, expected)


def _within_factor(tally: Tally) -> Numbers:
    """Return 1/(m - 1) for each pattern, 0 for those with one value."""
    return np.where(tally.pairable, 1.0 / np.maximum(tally.sizes - 1.0, 1.0), 0.0)


def _nominal(tally: Tally, weights: Numbers) -> Estimate:
    """δ² = [c ≠ k]."""
    differing = tally.sizes * (tally.sizes - 1) - tally.agreeing()
    totals = tally.totals(weights * tally.pairable)
    n = totals.sum(axis=1)
    between = n**2 - (totals**2).sum(axis=1)
    return _estimate(weights @ (differing * _within_factor(tally)), between, n)


def _ordinal(tally: Tally, weights: Numbers) -> Estimate:
    """δ²_ck = (Σ_{g=c..k} n_g - (n_c + n_k)/2)² (Krippendorff 2011, section C).

    It is the squared difference of the values' mid-ranks in the data at hand, M_c = Σ_{g<c} n_g +
    n_c/2, whose mean is n/2. Over the ordered pairs of a unit: 2 (m Σ M² - (Σ M)²).
    """
    totals = tally.totals(weights * tally.pairable)
    n = totals.sum(axis=1)
    ranks = totals.cumsum(axis=1) - totals / 2 - n[:, None] / 2
    first = np.zeros_like(weights)
    second = np.zeros_like(weights)
    for column in tally.patterns.T:
        given = ranks[:, column] * (column >= 0)
        first += given
        second += given**2
    spread = 2 * (tally.sizes * second - first**2) * _within_factor(tally)
    between = 2 * n * (totals * ranks**2).sum(axis=1)
    within = np.maximum((weights * spread).sum(axis=1), 0.0)
    return _estimate(within, _without_dust(between, n**3), n)


def _interval(tally: Tally, weights: Numbers) -> Estimate:
    """δ² = (c - k)²; over the ordered pairs of a unit 2 (m Σ c² - (Σ c)²)."""
    numbers = tally.ratings.numbers()
    used = tally.totals((tally.frequency * tally.pairable)[None, :])[0]
    numbers = numbers - (numbers @ used) / max(used.sum(), 1.0)  # differences stay; digits are won
    given = np.where(tally.patterns >= 0, numbers[tally.patterns], 0.0)
    first, second = given.sum(axis=1), (given**2).sum(axis=1)
    spread = np.maximum(2 * (tally.sizes * second - first**2), 0.0) * _within_factor(tally)
    chosen = weights * tally.pairable
    n, a, b = chosen @ tally.sizes, chosen @ first, chosen @ second
    return _estimate(weights @ spread, _without_dust(2 * (n * b - a**2), 2 * n * b), n)


def _without_dust(sums: Numbers, scale: Numbers) -> Numbers:
    """Return the sums, zero where they are only rounding errors."""
    return np.where(sums <= 1e-12 * scale, 0.0, sums)


def _ratio(tally: Tally, weights: Numbers) -> Estimate:
    """δ² = ((c - k)/(c + k))², and 0 for two zeros."""
    numbers = tally.ratings.numbers()

    def distance(left: Indices, right: Indices) -> Numbers:
        total = numbers[left] + numbers[right]
        gap = numbers[left] - numbers[right]
        return np.square(gap / np.where(total == 0, 1.0, total))

    return _by_distance(tally, weights, distance)


def _masi(tally: Tally, weights: Numbers) -> Estimate:
    """Return alpha for sets of values, such as the answers to a question with several.

    δ = 1 - J M, with Jaccard's J and M = 1 for equal sets, 2/3 for one within the other, 1/3 for
    sets that share something, 0 for others (Passonneau 2006, LREC, section 4).
    """
    sets = [v if isinstance(v, frozenset) else frozenset({str(v)}) for v in tally.ratings.values]
    table = np.array([[masi_distance(a, b) for b in sets] for a in sets])
    return _by_distance(tally, weights, lambda left, right: table[left, right])


def masi_distance(left: frozenset[str], right: frozenset[str]) -> float:
    """Return the distance of two sets; two empty sets are equal.

    >>> masi_distance(frozenset("ab"), frozenset("a"))
    0.6666666666666667
    """
    if left == right:
        return 0.0
    shared = len(left & right)
    monotonic = 2 / 3 if left < right or right < left else 1 / 3
    return 1.0 - shared / len(left | right) * monotonic


def _by_distance(
    tally: Tally, weights: Numbers, distance: Callable[[Indices, Indices], Numbers]
) -> Estimate:
    """Return alpha for any distance of two values, given by their indices."""
    within = weights @ (tally.summed_over_pairs(distance) * _within_factor(tally))
    totals = tally.totals(weights * tally.pairable)
    between = np.zeros(len(weights))
    places = np.arange(totals.shape[1])
    for start in range(0, len(places), COLUMNS):
        columns = places[start : start + COLUMNS]
        table = distance(places[:, None], columns[None, :])
        between += ((totals @ table) * totals[:, columns]).sum(axis=1)
    return _estimate(within, between, totals.sum(axis=1))


METRICS = {
    "nominal": _nominal,
    "ordinal": _ordinal,
    "interval": _interval,
    "ratio": _ratio,
    "masi": _masi,
}
