"""Intervals: seeded, over units or articles, honest about what could not be drawn."""

from __future__ import annotations

import numpy as np
import pytest

from annotator.agreement.alpha import alpha
from annotator.agreement.bootstrap import Plan, resampled, spread
from annotator.agreement.measuring import measure
from annotator.agreement.units import Ratings, gathered, tallied
from tests.agreement.published import FOUR_CODERS, crossed, rated


def noisy(units, coders=3, seed=1, clusters=None):
    random = np.random.default_rng(seed)
    truth = random.integers(0, 4, units)
    codes = np.array([np.where(random.random(units) < 0.8, truth, random.integers(0, 4, units))
                      for _ in range(coders)])  # fmt: skip
    return Ratings("nominal", tuple("ABCDEF"[:coders]), tuple(map(str, range(units))),
                   (0, 1, 2, 3), codes, clusters)  # fmt: skip


def test_the_interval_of_the_worked_example_is_wide():
    low, high = measure(rated(FOUR_CODERS)).alpha.ci
    assert low == pytest.approx(0.42, abs=0.04)
    assert high == pytest.approx(1.0)


def test_the_same_seed_gives_the_same_interval_and_another_one_another():
    data = noisy(60)
    first, again, other = (measure(data, plan=Plan(500, seed)).alpha.ci for seed in (7, 7, 8))
    assert first == again != other


def test_the_interval_of_kappa_is_near_the_published_one():
    low, high = measure(crossed(((20, 5), (10, 15)))).coefficients["cohen_kappa"].ci
    assert (low, high) == (pytest.approx(0.151, abs=0.03), pytest.approx(0.649, abs=0.03))


@pytest.mark.parametrize("units", [40, 2000])
def test_weights_spread_as_a_plain_bootstrap_does(units):
    """The few-patterns and the many-patterns way draw from the same distribution."""
    data = noisy(units, coders=3)
    tally = tallied(data)
    ours = np.concatenate([alpha(tally, w).value for w in resampled(tally, Plan(1500))])
    random = np.random.default_rng(2)
    plain = []
    for _ in range(300):
        drawn = data.codes[:, random.integers(0, units, units)]
        made = tallied(Ratings("nominal", data.coders, data.units, data.values, drawn))
        plain.append(alpha(made, made.frequency[None, :]).value[0])
    assert ours.mean() == pytest.approx(np.mean(plain), abs=4 * np.std(plain) / np.sqrt(300))
    assert ours.std() == pytest.approx(np.std(plain), rel=0.2)


def test_articles_are_drawn_whole_where_units_lie_in_them():
    within = np.repeat(np.arange(10), 20)
    random = np.random.default_rng(3)
    truth = random.integers(0, 2, 200)
    good = np.repeat(random.random(10) < 0.5, 20)  # whole articles go wrong
    codes = np.array([truth, np.where(good, truth, 1 - truth)])
    plain = Ratings("nominal", ("A", "B"), tuple(map(str, range(200))), ("n", "y"), codes)
    grouped = Ratings("nominal", ("A", "B"), plain.units, plain.values, codes, within)
    narrow, wide = measure(plain).alpha.ci, measure(grouped).alpha.ci
    assert wide[1] - wide[0] > 2 * (narrow[1] - narrow[0])
    assert measure(grouped).articles == 10


def test_units_with_one_value_are_kept_as_they_are_in_every_resample():
    data = gathered(
        [("u1", "A", 1), ("u1", "B", 0), ("u2", "A", 1), ("u2", "B", 1), ("u3", "A", 0)]
    )
    tally = tallied(data)
    single = ~tally.pairable
    weights = np.concatenate(list(resampled(tally, Plan(50))))
    assert (weights[:, single] == tally.frequency[single]).all()
    assert (weights[:, ~single].sum(axis=1) == 2).all()


def test_resamples_without_variation_are_left_out_and_counted():
    made = measure(rated(("a a a b", "a a a b")), plan=Plan(2000))
    assert made.alpha.undefined == pytest.approx((3 / 4) ** 4 + (1 / 4) ** 4, abs=0.03)
    assert made.alpha.ci == (1.0, 1.0)


def test_one_unit_or_no_resamples_give_no_interval():
    assert measure(rated(("a", "b"))).alpha.ci is None
    assert measure(rated(("a b", "a a")), plan=Plan(0)).alpha.ci is None


def test_the_chance_of_lying_below_the_thresholds_is_told_for_alpha_only():
    made = measure(noisy(80)).coefficients
    (low, below_low), (high, below_high) = made["alpha_nominal"].below
    assert (low, high) == (0.667, 0.8)
    assert 0 <= below_low < below_high <= 1
    assert made["gwet_ac1"].below == ()


def test_nothing_defined_is_no_interval():
    assert spread(np.array([np.nan, np.nan]), Plan()).ci is None
    assert spread(np.array([np.nan, np.nan]), Plan()).undefined == 1.0
    assert spread(np.array([]), Plan()).undefined == 0.0


def test_without_a_pair_nothing_is_drawn():
    tally = tallied(gathered([("u1", "A", 1), ("u2", "B", 1)]))
    (weights,) = resampled(tally, Plan(3))
    assert (weights == tally.frequency).all()
