"""Confidence intervals by resampling units: what would other articles have shown?

The percentile bootstrap over *units* (never over coders), as Zapf, A., Castell, S., Morawietz, L.,
& Karch, A. (2016), BMC Medical Research Methodology, 16, 93, recommend for alpha. Where units lie
within articles (spans, quotes), whole articles are drawn. A resample is not made of data but of
weights: drawing n units with replacement is one draw from the multinomial distribution of their
patterns, so that all resamples are a few products of matrices. Units with a single value are not
drawn: they add to no pair, and how many units were coded twice is by design. The same seed gives
the same interval.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from annotator.agreement.units import Numbers, Tally

RESAMPLES = 2000
SEED = 20_190_101
CONFIDENCE = 0.95
# Numbers in one block of weights: 16 MB.
BLOCK = 2_000_000
# Drawing a multinomial count costs about as much as drawing this many single units.
COST_OF_A_COUNT = 20


@dataclass(frozen=True, slots=True)
class Plan:
    """How intervals are made: number of resamples (0 for none), seed, confidence."""

    resamples: int = RESAMPLES
    seed: int = SEED
    confidence: float = CONFIDENCE


@dataclass(frozen=True, slots=True)
class Spread:
    """What the resamples of one coefficient came to.

    Args:
        ci: Lower and upper bound, None if there is no interval.
        undefined: Share of resamples in which the coefficient was not defined; they are left out.
        below: For each threshold the share of the others below it.
    """

    ci: tuple[float, float] | None
    undefined: float = 0.0
    below: tuple[tuple[float, float], ...] = ()


def resampled(tally: Tally, plan: Plan) -> Iterator[Numbers]:
    """Yield blocks of R × patterns: the weights of each resample.

    Units are drawn; if the ratings have clusters (articles), these.
    """
    random = np.random.default_rng(plan.seed)
    fixed = np.where(tally.pairable, 0.0, tally.frequency)
    clusters = _by_cluster(tally)
    if clusters is None:
        counts = np.where(tally.pairable, tally.frequency, 0.0)
    else:
        counts = np.ones(len(clusters))
    rows = max(1, BLOCK // max(len(counts), len(tally.patterns), len(tally.ratings.values)))
    for start in range(0, plan.resamples, rows):
        drawn = _drawn(counts, min(rows, plan.resamples - start), random)
        yield (drawn if clusters is None else drawn @ clusters) + fixed


def _by_cluster(tally: Tally) -> Numbers | None:
    """Return articles × patterns: how often each pattern occurs in each article."""
    groups = tally.ratings.clusters
    if groups is None:
        return None
    pairable = tally.pairable[tally.of_unit]
    used, place = np.unique(groups[pairable], return_inverse=True)
    width = len(tally.patterns)
    cells = np.bincount(
        place.reshape(-1) * width + tally.of_unit[pairable], minlength=len(used) * width
    )
    return cells.reshape(len(used), width).astype(float)


def _drawn(counts: Numbers, size: int, random: np.random.Generator) -> Numbers:
    """Return rows of counts of a sample with replacement, as large as the whole."""
    total = int(counts.sum())
    places = np.flatnonzero(counts)
    result = np.zeros((size, len(counts)))
    if not total:
        return result
    if len(places) * COST_OF_A_COUNT < total:
        result[:, places] = random.multinomial(total, counts[places] / total, size=size)
        return result
    units = np.repeat(places, counts[places].astype(np.int64))
    for row in range(size):
        drawn = units[random.integers(0, total, total)]
        result[row] = np.bincount(drawn, minlength=len(counts))
    return result


def draw_articles(number: int, plan: Plan) -> Numbers:
    """Return resamples × articles: how often each article was drawn."""
    return _drawn(np.ones(number), plan.resamples, np.random.default_rng(plan.seed))


def drawn_units(tally: Tally) -> int:
    """Return how many things a resample draws from: units, or articles."""
    clusters = _by_cluster(tally)
    if clusters is not None:
        return len(clusters)
    return int(tally.frequency[tally.pairable].sum())


def spread(samples: Numbers, plan: Plan, thresholds: tuple[float, ...] = ()) -> Spread:
    """Return the percentile interval of resamples, and how many lie below thresholds.

    >>> spread(np.array([0.0, 0.5, 1.0]), Plan(confidence=0.9)).ci
    (0.05, 0.95)
    """
    defined = samples[~np.isnan(samples)]
    if not len(defined):
        return Spread(None, 1.0 if len(samples) else 0.0)
    tail = (1.0 - plan.confidence) / 2
    low, high = np.quantile(defined, [tail, 1.0 - tail])
    below = tuple((t, float((defined < t).mean())) for t in thresholds)
    return Spread(
        (round(float(low), 12), round(float(high), 12)), 1.0 - len(defined) / len(samples), below
    )
