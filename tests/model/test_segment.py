"""Where words, clauses, sentences and paragraphs begin and end, in several languages."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.model.segment import (
    UNITS,
    clauses,
    paragraphs,
    sentences,
    snap,
    trim,
    unit_at,
    words,
)
from annotator.model.span import Span
from tests.model.strategies import texts

PROSE = st.lists(
    st.sampled_from(
        ["The mayor", "spoke", "Dr", "no", "3", "a.m", "“Well", "”", ".", ". ", "! ", "? ", ", ",
         "; ", " — ", "。", "」", "\n", " ", "…", "U.S.", "café", "e\u0301", "😀", "שלום", "؟ "]
    ),
    max_size=25,
).map("".join)  # fmt: skip


def said(units, text):
    return [span.of(text) for span in units]


@given(st.one_of(texts(), PROSE), st.sampled_from(sorted(UNITS)))
def test_units_are_ascending_disjoint_and_within_the_text(text, unit):
    found = UNITS[unit](text)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert all(span.end <= len(text) and span.of(text).strip() for span in found)
    assert all(span.of(text) == span.of(text).strip() for span in found)


@given(st.one_of(texts(), PROSE))
def test_paragraphs_sentences_and_clauses_leave_out_nothing_but_white_space(text):
    for unit in (paragraphs, sentences, clauses):
        kept = "".join(span.of(text) for span in unit(text))
        assert "".join(kept.split()) == "".join(text.split())


@given(st.one_of(texts(), PROSE))
def test_finer_units_lie_within_coarser_ones(text):
    for coarse, fine in ((paragraphs, sentences), (sentences, clauses)):
        for span in fine(text):
            assert sum(above.contains(span) for above in coarse(text)) == 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It's the so-called U.S. plan", ["It's", "the", "so-called", "U", "S", "plan"]),
        ("3.5 percent, 12,000 people", ["3.5", "percent", "12,000", "people"]),
        ("cafe\u0301te\u0301ria", ["cafe\u0301te\u0301ria"]),
        ("l’été d'août", ["l’été", "d'août"]),
        ("Regie\u00adrung", ["Regie\u00adrung"]),
        ("col·lecció", ["col·lecció"]),
        ("שָׁלוֹם לכולם", ["שָׁלוֹם", "לכולם"]),
        ('דובר צה"ל אמר', ["דובר", 'צה"ל', "אמר"]),
        ("می‌خواهد برود", ["می‌خواهد", "برود"]),
        ("مُحَمَّد قال", ["مُحَمَّد", "قال"]),
        ("हिन्दी में।", ["हिन्दी", "में"]),
        ("snake_case 😀 𝔘nd", ["snake", "case", "𝔘nd"]),
        ("— … !", []),
    ],
)
def test_words_keep_their_apostrophes_hyphens_accents_and_vowel_points(text, expected):
    assert said(words(text), text) == expected


@pytest.mark.parametrize(
    "pieces",
    [
        # English
        ("The mayor left.", "Crowds cheered!", "Why?", "Nobody knows …"),
        ("“We are done.”", "He left.", "‘Good,’ she said."),
        ("He said “stop.” and left.",),
        ("Mr. J. K. Brand met Sen. Ito at 9 a.m. on Monday.", "Both smiled."),
        ("The ship, i.e. the ferry, sank.", "No. 10 stayed silent."),
        ("The answer is no.", "They sat.", "It is art.", "She left."),
        ("On Sat. 3 May they met.", "It ended."),
        ("It works in the U.S. and the U.K. today.", "Fine."),
        ("He works for Acme Inc. in Leeds.", "(He is 40.)", "Well."),
        ("“He runs Acme Inc.”", "Nobody objected."),
        ("Prices rose 3.5 percent.", "5 people came."),
        ("It grew in 2020.", "Then it fell to 12.", "Why?"),
        ("Wait... what?", "Yes."),
        ("Wait...", "What?"),
        ("See www.example.org for more.", "End."),
        # German
        ("Am 3. Oktober sprach Dr. Kern, d.h. der Sprecher.", "Dann ging er."),
        ("Im 19. Jahrhundert gab es das nicht.", "Er wurde 12.", "Dann kam er."),
        ("„Nein.“", "Er ging usw.", "Das war es."),
        ("Das gilt z.B. für Bremen.", "Aus."),
        # French, Spanish, Italian, Dutch, Danish
        ("M. Petit et Mme. Roux sont partis.", "« Jamais ! »", "Il est resté."),
        ("»Nein.«", "»Ja!« rief er.", "«\u00a0Non.\u00a0»", "Bien."),
        ("La Sra. Vega llegó.", "¿Quién sabe?", "¡Nadie!", "En EE. UU. gusta."),
        ("Il dott. Riva è qui.", "Va bene."),
        ("Dhr. Bos zei dat o.a. Ria kwam.", "Mooi."),
        ("Hun spiste bl.a. æbler.", "Så gik hun."),
        # Other scripts
        ("Мэр ушёл.", "Почему?"),
        ("ראש העיר הלך.", "למה?", "כך."),
        ("ذهب العمدة.", "لماذا؟", "نعم."),
        ("महापौर गए।", "क्यों?"),
    ],
)
def test_sentences_end_where_a_reader_ends_them(pieces):
    text = " ".join(pieces)
    assert tuple(said(sentences(text), text)) == pieces


def test_chinese_sentences_need_no_blank_between_them():
    pieces = ["市长走了。", "他说：“好。”", "为什么？", "「谁知道。」", "没有人"]
    assert said(sentences("".join(pieces)), "".join(pieces)) == pieces


def test_a_line_break_always_ends_a_sentence():
    text = "Ferry strike\n\nThe mayor\nleft"
    assert said(sentences(text), text) == ["Ferry strike", "The mayor", "left"]


def test_a_clause_ends_at_comma_colon_semicolon_and_dash():
    text = "He left, she said; “we stay: here” — so 3,000 did – 5 - well-known - more."
    assert said(clauses(text), text) == [
        "He left,", "she said;", "“we stay:", "here” —", "so 3,000 did –", "5 -", "well-known -",
        "more.",
    ]  # fmt: skip


def test_marks_alone_are_no_clause():
    text = "Well, — he said, “no”，so。"
    assert said(clauses(text), text) == ["Well,", "— he said,", "“no”，", "so。"]


def test_a_line_may_end_with_its_last_clause():
    assert said(clauses("好，来，"), "好，来，") == ["好，", "来，"]


def test_arabic_clauses_end_at_their_own_comma():
    text = "قال، ثم ذهب؛ نعم"
    assert said(clauses(text), text) == ["قال،", "ثم ذهب؛", "نعم"]


def test_the_unit_at_a_position_holds_or_touches_it():
    text = "One two  three"
    units = words(text)
    assert unit_at(units, 0) == Span(0, 3)
    assert unit_at(units, 3) == Span(0, 3)
    assert unit_at(units, 4) == Span(4, 7)
    assert unit_at(units, 8) is None
    assert unit_at([], 0) is None


def test_between_touching_units_the_later_one_is_taken():
    assert unit_at([Span(0, 2), Span(2, 4)], 2) == Span(2, 4)


@pytest.mark.parametrize(
    ("unit", "expected"),
    [
        ("word", "mayor left"),
        ("clause", "The mayor left,"),
        ("sentence", "The mayor left, angry."),
        ("paragraph", "The mayor left, angry. Crowds cheered."),
        ("none", "yor le"),
    ],
)
def test_a_selection_widens_to_whole_units(unit, expected):
    text = "Before.\nThe mayor left, angry. Crowds cheered.\nAfter."
    start = text.index("yor le")
    assert snap(text, Span(start - 0, start + 6), unit).of(text) == expected


def test_snapping_keeps_marks_and_drops_blanks_at_the_ends():
    text = "He said “no” twice."
    assert snap(text, Span(7, 13), "word").of(text) == "“no”"


def test_a_selection_of_marks_or_blanks_alone_stays():
    assert snap("a — b", Span(2, 3), "word") == Span(2, 3)
    assert snap("a   b", Span(1, 4), "word") == Span(1, 4)
    assert trim("a   b", Span(1, 4)) == Span(1, 4)


@given(texts().filter(bool), st.data())
def test_snapping_never_leaves_the_text_nor_loses_what_was_chosen(text, data):
    start = data.draw(st.integers(0, len(text) - 1))
    span = Span(start, data.draw(st.integers(start + 1, len(text))))
    unit = data.draw(st.sampled_from([*UNITS, "none"]))
    snapped = snap(text, span, unit)
    assert snapped.end <= len(text)
    assert snapped.contains(trim(text, span))
    assert snap(text, snapped, unit) == snapped


def test_a_very_long_line_is_cut_in_time_proportional_to_its_length():
    text = "The mayor of the town met Mr. Abe. " * 20_000
    start = time.perf_counter()
    assert len(sentences(text)) == 20_000
    assert time.perf_counter() - start < 5
