"""A second look at the types a model gave: what stands beside a name in the whole article."""

from __future__ import annotations

import pytest

from annotator.highlight.entities import find_entities


def typed(text: str, label: str, *names: str) -> dict[str, str]:
    """Return the types of names that a model all gave the same label."""
    seeds = sorted(
        (at, at + len(name), label)
        for name in names
        for at in range(len(text))
        if text.startswith(name, at)
    )
    found = find_entities(text, seeds)
    return {f.fragments[0].of(text): f.code for f in found if f.fragments[0].of(text) in names}


GAME = (
    "Portugal beat Norway 2-1 after a late goal. The coach said the match was lost in the first "
    "half, when Norway missed a penalty. Portugal scored twice in the qualifiers in Lisbon."
)


def test_countries_that_play_are_teams_and_the_city_is_none():
    assert typed(GAME, "LOC", "Portugal", "Norway", "Lisbon") == {
        "Portugal": "ORG", "Norway": "ORG", "Lisbon": "LOC",
    }  # fmt: skip


def test_governments_stay_places():
    text = "Portugal said on Monday it would build the wall. In Portugal the wall is disputed."
    assert typed(text, "LOC", "Portugal") == {"Portugal": "LOC"}


@pytest.mark.parametrize(
    ("text", "name", "given", "wanted"),
    [
        ("The harbour is run by HRBX and others.", "HRBX", "LOC", "ORG"),
        ("“It leaks,” Tarvo explains. The town waits.", "Tarvo", "LOC", "PER"),
        ("They met at the Elm Science Center on Monday.", "Elm Science Center", "ORG", "LOC"),
        ("They live in Brenk, near the sea.", "Brenk", "ORG", "LOC"),
        ("The retailer Murk closed its shops.", "Murk", "PER", "ORG"),
        ("Murk customers waited for hours.", "Murk", "PER", "ORG"),
        ("Cottam was born in 1832.", "Cottam", "ORG", "PER"),
    ],
)
def test_the_neighbourhood_of_a_name_corrects_its_type(text, name, given, wanted):
    assert typed(text, given, name) == {name: wanted}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("They signed the Lisbon Agreement.", "Lisbon"),
        ("Naturally, the wall was late.", "Naturally"),
        ("Portuguese bonds fell.", "Portuguese"),
        ("Boats left. The boats were late.", "Boats"),
    ],
)
def test_what_a_model_wrongly_took_for_a_name_is_left_out(text, name):
    at = text.index(name)
    assert find_entities(text, [(at, at + len(name), "LOC")]) == []


def test_a_direction_stands_outside_the_name():
    text = "It rained in south-east Lisbon."
    (found,) = find_entities(text, [(13, 30, "LOC")])
    assert found.fragments[0].of(text) == "Lisbon"
