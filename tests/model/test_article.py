"""The canonical text: made once, storable everywhere, never changed again."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.model.article import BLOCK_ROLES, Block, clean, clean_text, digest, word_count
from annotator.model.span import Span
from tests.model.strategies import texts


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("a\r\nb\rc\u2029d\ne", "a\nb\nc\nd\ne"),
        ("a\r\n\r\nb", "a\n\nb"),
        ("one\x00two", "one\ufffdtwo"),
        ("half \ud83d pair", "half \ufffd pair"),
        ("\ufdd0\ufdd1", "\ufffd\ufffd"),
        ("e\u0301 \u00a0\u2028\t ", "e\u0301 \u00a0\u2028\t "),
        ("", ""),
    ],
)
def test_only_line_ends_and_unstorable_characters_change(raw, text):
    assert clean_text(raw) == text


def test_the_number_of_replaced_characters_is_told():
    assert clean("a\x00b\udc00").replaced == 2
    assert clean("a\r\nb").replaced == 0


@given(st.one_of(texts(), st.text(st.characters(), max_size=30)))
def test_cleaning_twice_is_cleaning_once_and_the_result_can_be_stored(raw):
    text = clean_text(raw)
    assert clean(text).text == text
    assert clean(text).replaced == 0
    assert text.encode("utf-8").decode("utf-8") == text


def test_the_digest_is_that_of_the_utf8_bytes():
    assert digest("né 😀") == hashlib.sha256("né 😀".encode()).hexdigest()


def test_words_are_counted_by_white_space():
    assert word_count("  The mayor's\u00a0so-called\nplan — ") == 5
    assert word_count("") == 0


def test_a_block_has_a_stretch_and_a_known_role():
    assert Block(2, 5, "main").span == Span(2, 5)
    assert {"headline", "main", "caption"} <= set(BLOCK_ROLES)
