"""Coefficients against published values, against other libraries, and as algebra."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.agreement.bootstrap import Plan
from annotator.agreement.coefficients import formulas
from annotator.agreement.measuring import measure
from annotator.agreement.results import NO_VARIATION, NOT_TWICE, ONE_CODER
from annotator.agreement.units import LEVELS, Ratings, gathered, tallied
from tests.agreement.published import (
    BINARY,
    FLEISS_COUNTS,
    FOUR_CODERS,
    GWET,
    NOMINAL,
    WIKIPEDIA,
    crossed,
    from_counts,
    rated,
)

NO_INTERVAL = Plan(0)


def value(ratings, name):
    return measure(ratings, plan=NO_INTERVAL).coefficients[name].value


@pytest.mark.parametrize(
    ("rows", "level", "published"),
    [
        (FOUR_CODERS, "nominal", 0.743),
        (FOUR_CODERS, "ordinal", 0.815),
        (FOUR_CODERS, "interval", 0.849),
        (FOUR_CODERS, "ratio", 0.797),
        (BINARY, "nominal", 0.095),
        (NOMINAL, "nominal", 0.692),
        (WIKIPEDIA, "nominal", 0.691),
        (WIKIPEDIA, "interval", 0.811),
    ],
)
def test_alpha_is_as_published(rows, level, published):
    assert value(rated(rows, level), f"alpha_{level}") == pytest.approx(published, abs=5e-4)


@pytest.mark.parametrize(
    ("name", "published"),
    [
        ("fleiss_kappa", 0.76117),
        ("gwet_ac1", 0.77544),
        ("bennett_s", 0.77273),
        ("conger_kappa", 0.76282),
        ("percent_agreement", 0.7782),
    ],
)
def test_gwets_worked_example_with_missing_values(name, published):
    assert value(rated(GWET), name) == pytest.approx(published, abs=5e-5)


def test_conger_hangs_on_who_gave_the_lone_value():
    assert value(rated(FOUR_CODERS), "conger_kappa") == pytest.approx(0.76207, abs=5e-6)


@pytest.mark.parametrize(
    ("table", "name", "published"),
    [
        (((20, 5), (10, 15)), "cohen_kappa", 0.400),
        (((46, 6, 0), (0, 32, 0), (0, 6, 10)), "cohen_kappa", 0.8013),
        (((46, 6, 0), (0, 32, 0), (0, 6, 10)), "scott_pi", 0.7995),
        (((46, 6, 0), (0, 32, 0), (0, 6, 10)), "bennett_s", 0.82),
        (((46, 6, 0), (0, 32, 0), (0, 6, 10)), "alpha_nominal", 0.8005),
        (((46, 6, 0), (0, 32, 0), (0, 6, 10)), "percent_agreement", 0.88),
        (((118, 5), (2, 0)), "gwet_ac1", 0.9408),
    ],
)
def test_two_coders_are_as_published(table, name, published):
    assert value(crossed(table), name) == pytest.approx(published, abs=5e-4)


def test_fleiss_worked_example():
    assert value(from_counts(FLEISS_COUNTS), "fleiss_kappa") == pytest.approx(0.2099, abs=5e-5)


def test_rare_codes_lower_alpha_while_ac1_stays_high():
    entries = [(f"u{i}", c, "no") for i in range(200) for c in "AB" if i > 5]
    entries += [(f"u{i}", c, "yes") for i in range(2) for c in "AB"]
    entries += [(f"u{i}", c, v) for i in (2, 3) for c, v in (("A", "yes"), ("B", "no"))]
    entries += [(f"u{i}", c, v) for i in (4, 5) for c, v in (("A", "no"), ("B", "yes"))]
    made = measure(gathered(entries), plan=NO_INTERVAL).coefficients
    assert made["percent_agreement"].value == pytest.approx(0.98)
    assert made["alpha_nominal"].value == pytest.approx(0.491, abs=5e-4)
    assert made["gwet_ac1"].value == pytest.approx(0.979, abs=5e-4)


def test_no_variation_is_undefined_and_never_one():
    made = measure(rated(("a a a", "a a a"))).coefficients
    undefined = {name for name, c in made.items() if c.value is None}
    assert undefined == {
        "scott_pi", "cohen_kappa", "fleiss_kappa", "conger_kappa", "bennett_s", "gwet_ac1",
        "alpha_nominal",
    }  # fmt: skip
    assert {made[name].why for name in undefined} == {NO_VARIATION}
    assert made["percent_agreement"].value == made["percent_all"].value == 1.0


def test_values_that_nobody_used_count_for_s_and_ac1_only():
    two = measure(rated(("a b a b", "a b b b")), plan=NO_INTERVAL).coefficients
    four = measure(rated(("a b a b", "a b b b"), values=tuple("abcd")), plan=NO_INTERVAL)
    assert four.coefficients["bennett_s"].value == pytest.approx((0.75 - 0.25) / 0.75)
    assert four.coefficients["gwet_ac1"].value > two["gwet_ac1"].value
    for same in ("alpha_nominal", "cohen_kappa", "fleiss_kappa", "percent_all"):
        assert four.coefficients[same].value == pytest.approx(two[same].value)


def test_one_coder_and_single_values_say_why_there_is_no_number():
    alone = measure(gathered([("u1", "A", "x"), ("u2", "A", "y")]))
    assert {c.why for c in alone.coefficients.values()} == {ONE_CODER}
    apart = measure(gathered([("u1", "A", "x"), ("u2", "B", "y")]))
    assert {c.why for c in apart.coefficients.values()} == {NOT_TWICE}
    assert (apart.units, apart.single) == (0, 2)
    empty = measure(gathered([], coders=("A", "B")))
    assert {c.why for c in empty.coefficients.values()} == {NOT_TWICE}


def test_coefficients_of_two_coders_refer_three_to_others():
    made = measure(rated(("a b a", "a b b", "a a a")), plan=NO_INTERVAL).coefficients
    assert made["scott_pi"].why == "for two coders only; see fleiss_kappa"
    assert made["cohen_kappa"].why == "for two coders only; see conger_kappa"


def test_pairs_of_three_coders_are_told_one_by_one():
    made = measure(rated(("a b a b", "a b b .", "a a a b")), plan=NO_INTERVAL)
    assert [(p.coders, p.units) for p in made.pairs] == [
        (("c0", "c1"), 3), (("c0", "c2"), 4), (("c1", "c2"), 3),
    ]  # fmt: skip
    assert made.pairs[0].percent_agreement == pytest.approx(2 / 3)


def test_sets_are_measured_by_masi_and_option_by_option():
    def entries(*sets):
        return [(f"u{i}", c, frozenset(s)) for i, pair in enumerate(sets) for c, s in
                zip("AB", pair, strict=True)]  # fmt: skip

    made = measure(gathered(entries(("x", "x"), ("xy", "x"), ("y", "y"), ("z", "y"))),
                   plan=NO_INTERVAL)  # fmt: skip
    assert made.decisive == "alpha_masi"
    assert made.coefficients["percent_all"].value == 0.5
    assert made.alpha.value > made.coefficients["alpha_nominal"].value
    assert list(made.options) == ["x", "y", "z"]
    assert made.options["x"].alpha.value == 1.0
    assert made.options["z"].coefficients["percent_agreement"].value == 0.75


@pytest.mark.parametrize("level", LEVELS)
def test_alpha_equals_the_krippendorff_package(level):
    package = pytest.importorskip("krippendorff")
    random = np.random.default_rng(3)
    for _ in range(40):
        codes = random.integers(0, 5, (random.integers(2, 6), 30))
        codes[random.random(codes.shape) < 0.25] = -1
        ratings = Ratings(level, tuple(map(str, range(len(codes)))), tuple(map(str, range(30))),
                          (1, 2, 3, 5, 8), codes)  # fmt: skip
        numbers = np.where(codes >= 0, np.array([1.0, 2, 3, 5, 8])[codes], np.nan)
        assert value(ratings, f"alpha_{level}") == pytest.approx(
            package.alpha(numbers, level_of_measurement=level), abs=1e-12
        )


@pytest.mark.parametrize(
    ("name", "weights"),
    [("cohen_kappa", None), ("cohen_kappa_linear", "linear"),
     ("cohen_kappa_quadratic", "quadratic")],
)  # fmt: skip
def test_kappa_equals_scikit_learn(name, weights):
    metrics = pytest.importorskip("sklearn.metrics")
    random = np.random.default_rng(4)
    for _ in range(20):
        codes = random.integers(0, 4, (2, 40))
        codes[0, :4] = range(4)
        ratings = Ratings("ordinal", ("A", "B"), tuple(map(str, range(40))), (0, 1, 2, 3), codes)
        assert value(ratings, name) == pytest.approx(
            metrics.cohen_kappa_score(*codes, weights=weights), abs=1e-12
        )


matrices = st.integers(2, 4).flatmap(
    lambda coders: st.lists(
        st.lists(st.integers(-1, 3), min_size=coders, max_size=coders), min_size=2, max_size=12
    )
)


def of(columns, level="nominal"):
    codes = np.array(columns).T
    return Ratings(level, tuple(map(str, range(len(codes)))),
                   tuple(map(str, range(codes.shape[1]))), (1.0, 2.0, 4.0, 7.0), codes)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(columns=matrices, level=st.sampled_from(LEVELS))
def test_the_order_of_units_and_of_coders_changes_nothing(columns, level):
    there = measure(of(columns, level), plan=NO_INTERVAL).coefficients
    turned = [list(reversed(column)) for column in reversed(columns)]
    back = measure(of(turned, level), plan=NO_INTERVAL).coefficients
    for name, coefficient in there.items():
        assert back[name].why == coefficient.why
        assert back[name].value == pytest.approx(coefficient.value, abs=1e-9)


@settings(max_examples=60, deadline=None)
@given(columns=matrices, level=st.sampled_from(LEVELS))
def test_alpha_of_a_tally_equals_the_sum_over_all_pairs(columns, level):
    """Compute alpha by its definition, pair by pair, and compare."""
    ratings = of(columns, level)
    units = [[c for c in column if c >= 0] for column in columns]
    units = [unit for unit in units if len(unit) >= 2]
    counts = np.bincount([c for unit in units for c in unit], minlength=4).astype(float)
    ranks = counts.cumsum() - counts / 2
    numbers = np.array([1.0, 2.0, 4.0, 7.0])

    def distance(c, k):
        return {
            "nominal": float(c != k),
            "ordinal": (ranks[c] - ranks[k]) ** 2,
            "interval": (numbers[c] - numbers[k]) ** 2,
            "ratio": ((numbers[c] - numbers[k]) / (numbers[c] + numbers[k])) ** 2,
        }[level]

    n = counts.sum()
    within = sum(distance(c, k) / (len(u) - 1) for u in units for i, c in enumerate(u)
                 for j, k in enumerate(u) if i != j)  # fmt: skip
    between = sum(counts[c] * counts[k] * distance(c, k) for c in range(4) for k in range(4))
    expected = None if between == 0 else 1 - (n - 1) * within / between
    assert value(ratings, f"alpha_{level}") == pytest.approx(expected, abs=1e-9)


@settings(max_examples=40, deadline=None)
@given(columns=matrices, times=st.integers(2, 5), level=st.sampled_from(LEVELS))
def test_weights_are_the_same_as_copies(columns, times, level):
    tally = tallied(of(columns, level))
    copies = tallied(of(columns * times, level))
    for name, formula in formulas(level).items():
        if name.startswith("cohen") or name == "scott_pi":
            continue
        weighted = formula(tally, tally.frequency[None, :] * times).value[0]
        copied = formula(copies, copies.frequency[None, :]).value[0]
        assert np.isnan(weighted) == np.isnan(copied)
        if not np.isnan(weighted):
            assert weighted == pytest.approx(copied, abs=1e-9)


def test_many_coders_with_many_values_do_not_overflow_the_keys():
    random = np.random.default_rng(5)
    codes = random.integers(0, 60, (14, 25))
    ratings = Ratings("nominal", tuple(map(str, range(14))), tuple(map(str, range(25))),
                      tuple(float(v) for v in range(60)), codes)  # fmt: skip
    assert abs(value(ratings, "alpha_nominal")) < 0.05
    assert measure(ratings, plan=NO_INTERVAL).pairs == ()
