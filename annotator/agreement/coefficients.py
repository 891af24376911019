"""Agreement and chance-corrected agreement on nominal values, each with its source.

Every coefficient but the percentages has the form (A_o - A_e) / (1 - A_e); they differ in what
they hold for chance, A_e. All are computed for R rows of weights over the patterns of a `Tally`:
one row of frequencies gives the estimate, further rows a bootstrap. Symbols: p_k share of the
value k; p_gk share of k among what coder g gave; n_ik coders who gave unit i the value k; n_i
coders who gave unit i any; q number of values that may be given. Alpha stands in `alpha`.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TypeAlias

import numpy as np

from annotator.agreement.alpha import Estimate, alpha
from annotator.agreement.units import Indices, Numbers, Tally

Formula: TypeAlias = Callable[[Tally, Numbers], Estimate]

# 1 - A_e below this is no room for agreement beyond chance: all coders gave one and the same value.
NO_ROOM = 1e-12


def corrected(observed: Numbers, expected: Numbers) -> Estimate:
    """Return (A_o - A_e) / (1 - A_e); NaN where chance alone would give full agreement."""
    room = 1.0 - expected
    with np.errstate(divide="ignore", invalid="ignore"):
        value = (observed - expected) / room
    return Estimate(np.where(room > NO_ROOM, value, np.nan), observed, expected)


def _share(part: Numbers, whole: Numbers) -> Numbers:
    """Return part / whole, NaN where there is nothing."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(whole > 0, part / whole, np.nan)


def _uncorrected(observed: Numbers) -> Estimate:
    return Estimate(observed, observed, np.zeros_like(observed))


# Percentages


def percent_agreement(tally: Tally, weights: Numbers) -> Estimate:
    """Return the mean, over pairs of coders, of the share of shared units on which they agree.

    For two coders and one value a unit this is Holsti's (1969) coefficient of reliability.
    """
    shares = []
    for i, j in tally.pairs:
        one, other = tally.patterns[:, i], tally.patterns[:, j]
        both = ((one >= 0) & (other >= 0)).astype(float)
        shares.append(_share(weights @ (both * (one == other)), weights @ both))
    table = np.array(shares).reshape(len(shares), len(weights))
    known = ~np.isnan(table)
    return _uncorrected(_share(np.where(known, table, 0.0).sum(axis=0), known.sum(axis=0)))


def percent_all(tally: Tally, weights: Numbers) -> Estimate:
    """Return the share of units, with two values or more, to which all gave the same value."""
    same = tally.pairable & (tally.agreeing() == tally.sizes * (tally.sizes - 1))
    return _uncorrected(
        _share(weights @ same.astype(float), weights @ tally.pairable.astype(float))
    )


# Two coders


def _both(tally: Tally, weights: Numbers) -> Numbers:
    """Return the weights of the units that both of two coders coded."""
    return weights * (tally.patterns >= 0).all(axis=1)


def scott_pi(tally: Tally, weights: Numbers) -> Estimate:
    """Return Scott's π: A_e = Σ p_k², p_k pooled over both coders.

    Scott, W. A. (1955), Public Opinion Quarterly, 19(3), 321-325.
    """
    chosen = _both(tally, weights)
    n = chosen.sum(axis=1)
    pooled = _share(tally.totals(chosen), 2 * n[:, None])
    return corrected(_share(chosen @ (tally.agreeing() / 2), n), (pooled**2).sum(axis=1))


def cohen_kappa(tally: Tally, weights: Numbers, *, kind: str = "") -> Estimate:
    """Return Cohen's κ, plain or weighted.

    A_e = Σ p_1k p_2k: Cohen, J. (1960), Educational and Psychological Measurement, 20(1), 37-46.
    Weighted: 1 - Σ v o / Σ v e with v = |i - j| (linear) or (i - j)² (quadratic) for the i-th and
    j-th value: Cohen, J. (1968), Psychological Bulletin, 70(4), 213-220.

    Args:
        tally: Data of two coders.
        weights: R × patterns.
        kind: "" for plain, "linear" or "quadratic".
    """
    chosen = _both(tally, weights)
    n = chosen.sum(axis=1)
    power = {"": 0, "linear": 1, "quadratic": 2}[kind]

    def distance(left: Indices, right: Indices) -> Numbers:
        gaps: Numbers = np.abs(left - right).astype(float)
        return np.where(gaps > 0, gaps**power, 0.0)

    differing = _share(chosen @ (tally.summed_over_pairs(distance) / 2), n)
    one, other = (_share(tally.coder_totals(chosen, coder), n[:, None]) for coder in (0, 1))
    chance = _mean_distance(one, other, power)
    widest = float(max(len(tally.ratings.values) - 1, 1)) ** power  # agreement in 0 to 1
    return corrected(1.0 - differing / widest, 1.0 - chance / widest)


def _mean_distance(one: Numbers, other: Numbers, power: int) -> Numbers:
    """Return Σ p_i p_j |i - j|^power of two rows of shares; for power 0 Σ over i ≠ j.

    In closed form, for variables with thousands of values: E|i - j| = Σ_t F(t) + G(t) - 2 F(t) G(t)
    with the cumulated shares F and G; E(i - j)² = E i² + E j² - 2 E i E j.
    """
    result: Numbers
    if power == 0:
        result = 1.0 - (one * other).sum(axis=1)
    elif power == 1:
        f, g = one.cumsum(axis=1), other.cumsum(axis=1)
        result = (f + g - 2 * f * g)[:, :-1].sum(axis=1)
    else:
        places = np.arange(one.shape[1], dtype=float)
        squares = one @ places**2 + other @ places**2
        result = squares - 2 * (one @ places) * (other @ places)
    return np.maximum(result, 0.0)


# Any number of coders


def _mean_agreement(tally: Tally, weights: Numbers) -> Numbers:
    """Return A_a: the mean over units with n_i ≥ 2 of Σ n_ik (n_ik - 1) / n_i (n_i - 1).

    Fleiss (1971); with units of unequal n_i: Gwet (2014), ch. 2.
    """
    ordered = np.maximum(tally.sizes * (tally.sizes - 1), 1.0)
    agreeing = tally.agreeing() / ordered
    return _share(weights @ agreeing, weights @ tally.pairable.astype(float))


def _mean_shares(tally: Tally, weights: Numbers) -> Numbers:
    """Return π_k: the mean over units of n_ik / n_i (Gwet 2014, ch. 2)."""
    coded = (tally.sizes > 0).astype(float)
    totals = tally.totals(weights * (coded / np.maximum(tally.sizes, 1.0)))
    return _share(totals, (weights @ coded)[:, None])


def fleiss_kappa(tally: Tally, weights: Numbers) -> Estimate:
    """Return Fleiss' κ, which is π for many coders: A_e = Σ π_k².

    Fleiss, J. L. (1971), Psychological Bulletin, 76(5), 378-382; for missing values as Gwet,
    K. L. (2014), Handbook of Inter-Rater Reliability, 4th ed., ch. 2.
    """
    expected = (_mean_shares(tally, weights) ** 2).sum(axis=1)
    return corrected(_mean_agreement(tally, weights), expected)


def conger_kappa(tally: Tally, weights: Numbers) -> Estimate:
    """Return Conger's κ, which is Cohen's for many coders: A_e = mean over pairs of Σ p_gk p_hk.

    Conger, A. J. (1980), Psychological Bulletin, 88(2), 322-328; each coder's shares are of all
    units that this coder coded, as Gwet (2014), ch. 2.
    """
    first = np.zeros((len(weights), len(tally.ratings.values)))
    second = np.zeros(len(weights))
    coders = np.zeros(len(weights))
    for coder in range(tally.patterns.shape[1]):
        totals = tally.coder_totals(weights, coder)
        given = totals.sum(axis=1)
        shares = totals / np.where(given > 0, given, 1.0)[:, None]
        first += shares
        second += (shares**2).sum(axis=1)
        coders += given > 0
    expected = _share((first**2).sum(axis=1) - second, coders * (coders - 1))
    return corrected(_mean_agreement(tally, weights), expected)


def bennett_s(tally: Tally, weights: Numbers) -> Estimate:
    """Return Bennett's S, also Brennan and Prediger's κ: A_e = 1/q.

    Bennett, E. M., Alpert, R., & Goldstein, A. C. (1954), Public Opinion Quarterly, 18(3),
    303-308; Brennan, R. L., & Prediger, D. J. (1981), Educational and Psychological Measurement,
    41(3), 687-699.
    """
    q = len(tally.ratings.values)
    return corrected(_mean_agreement(tally, weights), np.full(len(weights), 1.0 / max(q, 1)))


def gwet_ac1(tally: Tally, weights: Numbers) -> Estimate:
    """Return Gwet's AC1: A_e = Σ π_k (1 - π_k) / (q - 1).

    Gwet, K. L. (2008), British Journal of Mathematical and Statistical Psychology, 61(1), 29-48.
    """
    q = len(tally.ratings.values)
    shares = _mean_shares(tally, weights)
    if q < 2:
        return corrected(_mean_agreement(tally, weights), np.ones(len(weights)))
    expected = (shares * (1 - shares)).sum(axis=1) / (q - 1)
    return corrected(_mean_agreement(tally, weights), expected)


TWO_CODERS = ("scott_pi", "cohen_kappa", "cohen_kappa_linear", "cohen_kappa_quadratic")
PERCENTAGES = ("percent_agreement", "percent_all")


def formulas(level: str, *, is_set: bool = False) -> dict[str, Formula]:
    """Return the coefficients that are reported at a level of measurement, by name, in order."""
    table: dict[str, Formula] = {
        "percent_agreement": percent_agreement,
        "percent_all": percent_all,
        "scott_pi": scott_pi,
        "cohen_kappa": cohen_kappa,
        "fleiss_kappa": fleiss_kappa,
        "conger_kappa": conger_kappa,
        "bennett_s": bennett_s,
        "gwet_ac1": gwet_ac1,
        f"alpha_{level}": partial(alpha, level=level),
    }
    if level != "nominal":
        table["cohen_kappa_linear"] = partial(cohen_kappa, kind="linear")
        table["cohen_kappa_quadratic"] = partial(cohen_kappa, kind="quadratic")
    if is_set:
        table["alpha_masi"] = partial(alpha, level="masi")
    return table
