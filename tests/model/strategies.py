"""Texts and spans for property tests: ASCII, BMP, astral, combining, right to left, blanks."""

from __future__ import annotations

from hypothesis import strategies as st

from annotator.model.span import Span

ALPHABETS = {
    "ascii": "abc d.,",
    "bmp": "éüßжщ语。’“” ",
    "astral": "a😀𝔘🇩🇪 𐍈x",
    "combining": "e\u0301a\u0308o\u0323\u0302 n",
    "rtl": "שלום עברית ابجد\u064b\u05b8 ",
    "blanks": "a \n\t\u00a0\u2028\u200db\x1c",
}
MIXED = "".join(ALPHABETS.values())


def texts(max_size: int = 40):
    """Texts of one alphabet or of all, and whatever else Unicode has."""
    kinds = [st.text(letters, max_size=max_size) for letters in (*ALPHABETS.values(), MIXED)]
    return st.one_of(*kinds, st.text(max_size=max_size))


@st.composite
def spans(draw, length: int = 30):
    """One span within a text of this length."""
    start = draw(st.integers(0, length - 1))
    return Span(start, draw(st.integers(start + 1, length)))


def span_lists(length: int = 30, max_size: int = 8):
    return st.lists(spans(length), max_size=max_size)
