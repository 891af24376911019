"""From ratings to an `Agreement`: every coefficient with its interval and reasons.

Nothing is computed here: `coefficients` and `alpha` hold the formulas, `bootstrap` the resamples.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from annotator.agreement.bootstrap import Plan, drawn_units, resampled, spread
from annotator.agreement.coefficients import TWO_CODERS, formulas
from annotator.agreement.results import (
    NO_VARIATION,
    NOT_TWICE,
    ONE_CODER,
    THRESHOLDS,
    Agreement,
    Coefficient,
    PairAgreement,
)
from annotator.agreement.units import as_options, tallied

if TYPE_CHECKING:
    from annotator.agreement.coefficients import Formula
    from annotator.agreement.units import Numbers, Ratings, Tally

# Pairs of coders are listed up to this many coders.
MANY_CODERS = 12


def measure(ratings: Ratings, *, name: str = "", plan: Plan | None = None) -> Agreement:
    """Return how far coders agree on one variable.

    Args:
        ratings: Who gave which unit which value.
        name: What the variable is called.
        plan: How intervals are made.
    """
    chosen = plan or Plan()
    tally = tallied(ratings)
    is_set = any(isinstance(value, frozenset) for value in ratings.values)
    table = formulas(ratings.level, is_set=is_set)
    samples = _samples(tally, table, chosen)
    coded = ratings.values_per_unit()
    clusters = ratings.clusters
    options = as_options(ratings) if is_set else {}
    return Agreement(
        name=name,
        level=ratings.level,
        units=int((coded >= 2).sum()),
        single=int((coded == 1).sum()),
        coders=ratings.coders,
        values=ratings.values,
        coefficients={
            key: _coefficient(key, formula, tally, samples.get(key), chosen)
            for key, formula in table.items()
        },
        distribution=_twice_coded(ratings).distribution(),
        pairs=_pairs(ratings),
        articles=None if clusters is None else len(np.unique(clusters[coded >= 2])),
        plan=chosen,
        options={
            option: measure(data, name=f"{name}: {option}", plan=chosen)
            for option, data in options.items()
        },
    )


def _applies(key: str, tally: Tally) -> bool:
    """Say whether a coefficient is defined for this number of coders."""
    return key not in TWO_CODERS or tally.patterns.shape[1] == 2


def _samples(tally: Tally, table: dict[str, Formula], plan: Plan) -> dict[str, Numbers]:
    """Return the values of each coefficient over all resamples."""
    if plan.resamples == 0 or drawn_units(tally) < 2:
        return {}
    found: dict[str, list[Numbers]] = {key: [] for key in table if _applies(key, tally)}
    for weights in resampled(tally, plan):
        for key, blocks in found.items():
            blocks.append(table[key](tally, weights).value)
    return {key: np.concatenate(blocks) for key, blocks in found.items()}


def _coefficient(
    key: str, formula: Formula, tally: Tally, samples: Numbers | None, plan: Plan
) -> Coefficient:
    if len(tally.ratings.coders) < 2:
        return Coefficient(None, why=ONE_CODER)
    if not _applies(key, tally):
        other = "fleiss_kappa" if key == "scott_pi" else "conger_kappa"
        return Coefficient(None, why=f"for two coders only; see {other}")
    if not (tally.frequency * tally.pairable).any():
        return Coefficient(None, why=NOT_TWICE)
    made = formula(tally, tally.frequency[None, :])
    value, observed, expected = (
        None if np.isnan(x[0]) else float(x[0]) for x in (made.value, made.observed, made.expected)
    )
    if value is None:
        return Coefficient(None, why=NO_VARIATION, observed=observed, expected=expected)
    if samples is None:
        return Coefficient(value, observed=observed, expected=expected)
    found = spread(samples, plan, THRESHOLDS if key.startswith("alpha") else ())
    return Coefficient(
        value, found.ci, observed=observed, expected=expected, undefined=found.undefined,
        below=found.below,
    )  # fmt: skip


def _twice_coded(ratings: Ratings) -> Ratings:
    """Return the units that two coders or more coded."""
    kept = ratings.values_per_unit() >= 2
    return replace(
        ratings,
        units=tuple(unit for unit, keep in zip(ratings.units, kept, strict=True) if keep),
        codes=ratings.codes[:, kept],
        clusters=None if ratings.clusters is None else ratings.clusters[kept],
    )


def _pairs(ratings: Ratings) -> tuple[PairAgreement, ...]:
    """Return each two of several coders, without intervals."""
    if not 2 < len(ratings.coders) <= MANY_CODERS:
        return ()
    made = []
    for i, j in combinations(range(len(ratings.coders)), 2):
        tally = tallied(ratings.of_coders((i, j)))
        shared = int(tally.frequency[tally.pairable].sum())
        table = formulas(ratings.level)
        numbers = [
            _coefficient(key, table[key], tally, None, Plan(0)).value
            for key in ("percent_agreement", "cohen_kappa", f"alpha_{ratings.level}")
        ]
        made.append(PairAgreement((ratings.coders[i], ratings.coders[j]), shared, *numbers))
    return tuple(made)
