"""Widening and narrowing a stretch by what people read in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.desktop.widening import (
    UNIT_NAMES,
    moved_end,
    moved_start,
    shrunk,
    unit_around,
    widened,
)
from annotator.model.span import Span

TEXT = (
    "The mayor, Ane Holm, said: “We ‘never’ knew.” Then she left 😀 the room.\n"
    "\n"
    'Il a dit « non merci » hier. He wrote "go now" twice.'
)


def where(words):
    return Span(TEXT.index(words), TEXT.index(words) + len(words))


@pytest.mark.parametrize(
    ("words", "unit", "expected"),
    [
        ("ayo", "word", "mayor"),
        ("Holm", "clause", "Ane Holm,"),
        ("knew", "sentence", "The mayor, Ane Holm, said: “We ‘never’ knew.”"),
        ("😀", "sentence", "Then she left 😀 the room."),
        ("left", "paragraph", TEXT.split("\n", maxsplit=1)[0]),
        ("knew", "quotation", "We ‘never’ knew."),
        ("never", "quotation", "‘never’"),
        ("‘never’", "quotation", "We ‘never’ knew."),
        ("We ‘never’ knew.", "quotation", "“We ‘never’ knew.”"),
        ("non", "quotation", " non merci "),
        ("go", "quotation", "go now"),
        ("room", "quotation", "room"),
    ],
)
def test_widening_takes_the_whole_unit(words, unit, expected):
    assert widened(TEXT, where(words), unit).of(TEXT) == expected


@pytest.mark.parametrize(
    ("words", "unit", "expected"),
    [
        ("mayor", "word", "mayor"),
        ("mayor", "sentence", "The mayor, Ane Holm, said: “We ‘never’ knew.”"),
        ("never", "quotation", "never"),
        ("room", "quotation", None),
    ],
)
def test_a_caret_finds_the_unit_around_it(words, unit, expected):
    found = unit_around(TEXT, where(words).start + 1, unit)
    assert (found and found.of(TEXT)) == expected


def test_an_empty_text_has_no_unit():
    assert unit_around("", 0, "word") is None
    assert unit_around("", 0, "quotation") is None


def test_shrinking_goes_from_paragraph_to_word():
    span = Span(0, len(TEXT))
    seen = []
    for _ in range(6):
        span = shrunk(TEXT, span)
        seen.append(span.of(TEXT))
    assert seen[0] == TEXT.split("\n", maxsplit=1)[0]
    assert seen[1] == "The mayor, Ane Holm, said: “We ‘never’ knew.”"
    assert seen[2:] == ["The mayor,", "The", "The", "The"]


def test_ends_move_by_words_and_never_cross():
    span = where("mayor")
    assert moved_end(TEXT, span, 2).of(TEXT) == "mayor, Ane Holm"
    assert moved_end(TEXT, moved_end(TEXT, span, 2), -1).of(TEXT) == "mayor, Ane"
    assert moved_end(TEXT, span, -1) == span
    assert moved_start(TEXT, span, -1).of(TEXT) == "The mayor"
    assert moved_start(TEXT, span, 1) == span
    assert moved_start(TEXT, span, -99).start == 0
    assert moved_end(TEXT, span, 999).of(TEXT).endswith("twice")


def test_a_unit_far_into_a_long_text_is_found_at_the_right_place():
    text = "\n".join(f"Line {i} is short. It ends here." for i in range(2000))
    start = text.index("Line 1500 is")
    span = widened(text, Span(start + 5, start + 9), "sentence")
    assert span.of(text) == "Line 1500 is short."
    assert unit_around(text, start + 6, "paragraph").of(text).startswith("Line 1500")
    assert shrunk(text, span).of(text) == "Line"


@given(
    st.integers(0, len(TEXT) - 1).flatmap(
        lambda a: st.tuples(st.just(a), st.integers(a + 1, len(TEXT)))
    ),
    st.sampled_from(UNIT_NAMES),
)
def test_widening_never_loses_a_word_and_is_at_rest_for_plain_units(ends, unit):
    span = Span(*ends)
    wide = widened(TEXT, span, unit)
    lost = TEXT[span.start : wide.start] + TEXT[wide.end : span.end]
    assert not lost.strip()
    if unit != "quotation":
        assert widened(TEXT, wide, unit) == wide
