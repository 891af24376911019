"""Which stretches stand between quotation marks, whatever the marks and their flaws."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.highlight.marks import stretches


def outer(text: str) -> list[str]:
    return [text[s.start : s.end] for s in stretches(text) if s.level == 0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"Go," he said. "Now."', ['"Go,"', '"Now."']),
        ("“Go,” he said.", ["“Go,”"]),
        ("”Go,” he said.", ["”Go,”"]),
        ("“Go,“ he said.", ["“Go,“"]),
        ("''Go,'' he said.", ["''Go,''"]),
        ("He calls it ‘a shame’ today.", ["‘a shame’"]),
        ("„Gut“, sagte er.", ["„Gut“"]),
        ("»Nein«, sagte sie.", ["»Nein«"]),
        ("« Oui », dit-elle.", ["« Oui »"]),
        ("”Hej”, sa hon.", ["”Hej”"]),
        ("„Tak”, powiedziała.", ["„Tak”"]),
        ("«Да», сказал он.", ["«Да»"]),
        ("–We agreed to \N{GRINNING FACE} “wait”.", ["“wait”"]),
    ],
)
def test_marks_of_many_languages_are_paired(text, expected):
    assert outer(text) == expected


def test_apostrophes_are_no_quotation_marks():
    assert outer("The workers’ rock 'n' roll of the '90s isn't O'Neill's.") == []


def test_plural_possessive_inside_single_marks_does_not_close_them():
    text = "She said: ‘The workers’ rights come first,’ and left."
    assert outer(text) == ["‘The workers’ rights come first,’"]


def test_quotation_inside_a_quotation_is_kept_inside():
    text = "“He told me, ‘Go home,’ twice,” she said."
    found = stretches(text)
    assert [(text[s.start : s.end], s.level) for s in found] == [
        ("“He told me, ‘Go home,’ twice,”", 0),
        ("‘Go home,’", 1),
    ]


def test_a_missing_closing_mark_does_not_flip_what_follows():
    text = "“We lost the vote. “We will try again,” she said. They said “no”."
    assert outer(text) == ["“We lost the vote.", "“We will try again,”", "“no”"]
    assert [s.flaw for s in stretches(text)] == ["unclosed", "", ""]


def test_a_missing_closing_mark_ends_with_its_paragraph():
    text = 'He said "we lost.\n\nThe town voted.\n\n"We won," said Bo.'
    found = [(text[s.start : s.end], s.flaw) for s in stretches(text)]
    assert found == [('"we lost.', "unclosed"), ('"We won,"', "")]


def test_a_missing_opening_mark_is_flagged():
    text = 'We lost the vote," she said. Then she said "no".'
    found = [(text[s.start : s.end], s.flaw) for s in stretches(text)]
    assert found == [('We lost the vote,"', "unopened"), ('"no"', "")]


def test_a_quotation_over_several_paragraphs_goes_on_at_each_opening_mark():
    text = "“First.\n\n“Second.\n\n“Third,” she said."
    assert [(s.continues, s.flaw) for s in stretches(text)] == [
        (False, ""), (True, ""), (True, ""),
    ]  # fmt: skip


def test_a_quotation_over_several_paragraphs_may_be_marked_only_at_its_ends():
    text = '"First.\n\nSecond.\n\nThird," she said.'
    assert outer(text) == ['"First.', "Second.", 'Third,"']


def test_inches_and_attributes_of_tags_are_no_quotations():
    assert outer("He is 6'2\" tall.") == []


@given(st.text(alphabet="ab .,\n\"'“”‘’«»„", max_size=60))
def test_stretches_lie_in_the_text_and_outer_ones_never_overlap(text):
    found = stretches(text)
    assert all(0 <= s.start < s.end <= len(text) for s in found)
    top = [s for s in found if s.level == 0]
    assert all(a.end <= b.start for a, b in pairwise(top))
