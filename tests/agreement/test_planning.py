"""How many units to code twice."""

from __future__ import annotations

import pytest

from annotator.agreement.planning import Rarity, convention, krippendorff, lacy_riffe, planned


@pytest.mark.parametrize(
    ("population", "agreement", "published"),
    [(1000, 0.85, 125), (1000, 0.90, 92), (1000, 0.95, 51), (200, 0.85, 84), (200, 0.90, 68),
     (200, 0.95, 43)],
)  # fmt: skip
def test_lacy_and_riffe_is_as_published(population, agreement, published):
    assert lacy_riffe(population, agreement) == published


@pytest.mark.parametrize(
    ("alpha", "rarest", "published"),
    [(0.8, 0.5, 103), (0.8, 0.25, 139), (0.8, 0.2, 163), (0.8, 0.1, 293), (0.667, 0.5, 60),
     (0.667, 0.25, 81), (0.667, 0.2, 95), (0.667, 0.1, 172)],
)  # fmt: skip
def test_krippendorff_is_as_published(alpha, rarest, published):
    assert krippendorff(alpha, rarest) == published


def test_the_convention_is_a_tenth_within_bounds():
    assert [convention(n) for n in (40, 400, 1234, 9000)] == [40, 50, 124, 300]


def test_the_largest_requirement_names_the_variable_that_causes_it():
    first, *rest = planned(
        1000, [Rarity("Tone", 0.4), Rarity("Moral frame", 0.06, is_measured=True)]
    )
    assert (first.rule, first.variable) == ("Krippendorff", "Moral frame")
    assert first.units > max(one.units for one in rest)
    assert "“Moral frame” makes up 6%" in first.because


def test_no_rule_asks_for_more_units_than_there_are():
    made = planned(60, [Rarity("Tone", 0.05)])
    assert max(one.units for one in made) == 60
    assert "code all" in made[0].because or "code all" in made[1].because
    assert [one.units for one in planned(1, [])] == [1, 1, 1]


def test_a_requirement_is_plain_json():
    plain = planned(400, [])[0].plain()
    assert set(plain) == {"rule", "units", "variable", "because", "source"}
    assert plain["variable"] is None
