"""What is taken for a value, and what is refused."""

from __future__ import annotations

import pytest

from annotator.agreement.units import as_options, gathered, missing_cells, shown
from annotator.errors import BadInput


def test_numbers_are_ordered_as_numbers_and_words_as_words():
    assert gathered([("u", "A", 10), ("u", "B", 9.0)]).values == (9.0, 10)
    assert gathered([("u", "A", "b"), ("u", "B", "a")]).values == ("a", "b")


@pytest.mark.parametrize(
    ("entries", "level", "values", "sentence"),
    [
        ([("u", "A", "x"), ("u", "A", "y")], "nominal", (), "A has two values for u"),
        (
            [("u", "A", "low"), ("u", "B", "high")],
            "ordinal",
            (),
            "order of the values is not known",
        ),
        ([("u", "A", "x")], "interval", (), "“x” is no number"),
        ([("u", "A", -1)], "ratio", (), "“-1” is below zero"),
        ([("u", "A", "z")], "nominal", ("x", "y"), "A gave u the value “z”; allowed are x, y"),
        ([("u", "A", 1)], "metric", (), "The level is one of nominal"),
    ],
)
def test_what_cannot_be_is_refused_in_one_sentence(entries, level, values, sentence):
    with pytest.raises(BadInput, match=sentence):
        gathered(entries, level, values=values)


def test_words_have_the_order_that_is_named():
    made = gathered([("u", "A", "low"), ("u", "B", "high")], "ordinal",
                    values=("low", "middle", "high"))  # fmt: skip
    assert made.codes.tolist() == [[0], [2]]


def test_the_distribution_and_the_gaps_are_counted_by_coder():
    made = gathered([("u", "A", 1), ("u", "B", 0), ("v", "A", 1)])
    assert made.distribution() == {"A": {0: 0, 1: 2}, "B": {0: 1, 1: 0}}
    assert missing_cells(made) == {"B": 1}


def test_sets_become_one_question_for_each_option():
    made = gathered(
        [("u", "A", frozenset("xy")), ("u", "B", frozenset()), ("v", "A", frozenset("x"))]
    )
    options = as_options(made)
    assert {name: o.codes.tolist() for name, o in options.items()} == {
        "x": [[1, 1], [0, -1]], "y": [[1, 0], [0, -1]],
    }  # fmt: skip
    assert shown(frozenset("yx")) == "{x, y}"
