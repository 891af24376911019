"""Words as comparison sees them: the same sign for what newsrooms write differently."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.compare.tokens import read
from annotator.compare.wording import differences, likeness
from annotator.model.span import Span


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("defence", "defense"), ("organisation", "organization"), ("centres", "center"),
        ("expansion", "expanding"), ("agreement", "agreed"), ("worries", "concerns"),
        ("nine trillion", "9tn"), ("9,000", "nine thousand"), ("twenty-five", "25"),
        ("1.5 billion", "1.5bn"), ("co-operation", "cooperation"), ("south-west", "southwest"),
        ("United States", "U.S."), ("Tokyo", "Japanese"), ("ramped up", "increased"),
        ("Prime Minister", "premier"), ("mayor’s", "mayor"), ("5 per cent", "5 percent"),
    ],
)  # fmt: skip
def test_two_ways_to_write_the_same_carry_one_sign(one, two):
    assert {s for s in read(one).signs if s} == {s for s in read(two).signs if s} != set()


def test_the_pronoun_us_is_not_the_country():
    assert read("They told us").signs[-1] == ""
    assert read("They told the US").signs[-1] == "@US"


def test_words_keep_their_places_beyond_the_basic_plane():
    text = "A \N{SHIP} \U0001f6a2 ferry, l’été"
    words = read(text)
    assert [text[s:e] for s, e in zip(words.starts, words.ends, strict=True)] == [
        "A", "ferry", "l’été",
    ]  # fmt: skip
    assert words.forms[-1] == "l'été"


def test_scripts_without_blanks_are_read_sign_by_sign():
    assert len(read("東京都")) == 3


@given(st.text(max_size=80))
def test_words_ascend_and_stand_in_the_text(text):
    words = read(text)
    assert len(words.forms) == len(words.signs) == len(words.starts)
    last = 0
    for start, end in zip(words.starts, words.ends, strict=True):
        assert last <= start < end <= len(text)
        last = end
    assert words.within(Span(0, len(text) + 1)) == range(len(words))


@given(st.lists(st.sampled_from(["pier", "ferry", "mayor", "quay"]), max_size=12),
       st.lists(st.sampled_from(["pier", "ferry", "mayor", "quay"]), max_size=12))  # fmt: skip
def test_a_difference_rebuilds_both_texts(left, right):
    one, two = " ".join(left), " ".join(right)
    found = differences(one, two)
    assert " ".join(d.left.of(one) for d in found if d.left) == one
    assert " ".join(d.right.of(two) for d in found if d.right) == two
    assert all(d.left.of(one) == d.right.of(two) for d in found if d.change == "same")


def test_a_difference_is_told_in_words_not_letters():
    found = differences("the two ministers met", "the two minister met")
    assert [(d.change, d.left.of("the two ministers met")) for d in found] == [
        ("same", "the two"), ("changed", "ministers"), ("same", "met"),
    ]  # fmt: skip


def test_likeness_of_nothing_is_no_error():
    assert likeness([], []).ratio == 1.0
    assert likeness([], ["a"]).contained == 0.0
