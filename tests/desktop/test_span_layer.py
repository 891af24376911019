"""The layer of marks: paragraphs, lanes, columns, what lies where. No widget is needed."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.desktop.span_layer import SpanLayer
from annotator.errors import BadSpan
from annotator.model.span import Span
from tests.desktop.robots import boilerplate, own, suggested

TEXT = "One two three.\nFour five six.\n\nSeven eight nine."
TEXTS = (TEXT, "Café au lait.\nNaïve — “œuvre”.", "A 😀 b.\n👩‍👩‍👧 c 𝔘 d.\n😀", "", "\n\n")


@st.composite
def texts_with_marks(draw):
    text = draw(st.sampled_from(TEXTS[:3]))
    result = []
    for number in range(draw(st.integers(0, 8))):
        cuts = draw(
            st.lists(st.integers(0, len(text)), min_size=2, max_size=4, unique=True).map(sorted)
        )
        spans = [Span(a, b) for a, b in zip(cuts[::2], cuts[1::2], strict=False)]
        make = draw(st.sampled_from((own, suggested, boilerplate)))
        result.append(make(f"m{number}", *spans))
    return text, result


def pieces_of(layer):
    """Return everything placed, by paragraph, in an order that does not matter."""
    return [
        sorted((p.start, p.end, p.placed.mark.id, p.opens, p.closes) for p in paragraph.pieces)
        for paragraph in layer.paragraphs
    ]


@pytest.mark.parametrize("text", TEXTS)
def test_paragraphs_are_the_lines_in_utf16_units(text):
    layer = SpanLayer(text)
    lengths = [len(line.encode("utf-16-le")) // 2 for line in text.split("\n")]
    assert [p.qt_end - p.qt_start for p in layer.paragraphs] == lengths


@given(texts_with_marks())
def test_at_a_character_lie_the_marks_that_cover_it_shortest_first(drawn):
    text, marks = drawn
    layer = SpanLayer(text, marks)
    for position, letter in enumerate(text):
        if letter == "\n":
            continue
        expected = {m.id for m in marks if any(f.start <= position < f.end for f in m.fragments)}
        found = layer.at(position)
        assert {m.id for m in found} == expected
        lengths = [sum(len(f) for f in m.fragments) for m in found]
        assert lengths == sorted(lengths)


@given(texts_with_marks())
def test_bars_that_overlap_never_share_a_lane(drawn):
    text, marks = drawn
    layer = SpanLayer(text, marks)
    bars = [layer.placed(m.id) for m in marks if m.form == "own"]
    for i, left in enumerate(bars):
        for right in bars[i + 1 :]:
            assert left.lane != right.lane or not left.mark.hull.overlaps(right.mark.hull)


@given(texts_with_marks())
def test_adding_one_by_one_puts_every_mark_where_opening_would(drawn):
    text, marks = drawn
    layer = SpanLayer(text)
    for mark in marks:
        layer.add(mark)
    assert pieces_of(layer) == pieces_of(SpanLayer(text, marks))
    bars = [layer.placed(m.id) for m in marks if m.form == "own"]
    for i, left in enumerate(bars):
        for right in bars[i + 1 :]:
            overlaps = any(a.overlaps(b) for a in left.mark.fragments for b in right.mark.fragments)
            assert left.lane != right.lane or not overlaps


@given(texts_with_marks())
def test_removing_takes_every_piece_away(drawn):
    text, marks = drawn
    layer = SpanLayer(text, marks)
    for mark in marks:
        touched = layer.remove(mark.id)
        hull = mark.hull
        lines = text.count("\n", hull.start, hull.end)
        assert lines <= len(touched) <= lines + 1
    assert all(not p.pieces for p in layer.paragraphs)
    assert layer.marks == ()


def test_adding_names_only_the_paragraphs_it_touches():
    layer = SpanLayer(TEXT)
    four = TEXT.index("Four")
    assert layer.add(own("a", Span(four, four + 4))) == [1]
    assert layer.add(own("b", Span(0, four + 4))) == [0, 1]


def test_a_mark_that_is_interrupted_by_paragraphs_passes_through_them():
    layer = SpanLayer(TEXT)
    layer.add(own("a", Span(0, 3), Span(len(TEXT) - 5, len(TEXT))))
    first, between, _, last = (p.pieces[0] for p in layer.paragraphs)
    assert first.opens and first.joins_below and not first.closes
    assert between.start == between.end and between.joins_above and between.joins_below
    assert last.closes and last.joins_above and not last.opens


def test_an_interrupted_suggestion_takes_a_column_at_the_far_side():
    layer = SpanLayer(TEXT, [suggested("q", Span(0, 3), Span(8, 13), kind="quote")])
    layer.add(own("a", Span(0, 13)))
    assert layer.placed("q").column == -1
    assert layer.placed("a").column == 0


def test_a_changed_label_keeps_lane_and_column():
    layer = SpanLayer(TEXT, [own("a", Span(0, 13)), own("b", Span(4, 7))])
    before = layer.placed("b")
    layer.remove("a")
    layer.replace(own("b", Span(4, 7), label="Econ"))
    after = layer.placed("b")
    assert (after.lane, after.column) == (before.lane, before.column) == (1, 1)
    assert after.mark.label == "Econ"


def test_a_moved_mark_takes_the_first_free_lane():
    layer = SpanLayer(TEXT, [own("a", Span(0, 7)), own("b", Span(4, 7))])
    layer.replace(own("b", Span(8, 13)))
    assert layer.placed("b").lane == 0


def test_a_lane_may_stand_for_a_coder():
    layer = SpanLayer(TEXT, [own("b", Span(0, 3), lane=1), own("c", Span(4, 7), lane=2)])
    assert [layer.placed(i).lane for i in "bc"] == [1, 2]


def test_stripes_on_one_line_take_two_columns_but_not_across_a_paragraph():
    layer = SpanLayer(TEXT, [own("a", Span(0, 3)), own("b", Span(8, 13)), own("c", Span(15, 19))])
    assert [layer.placed(i).column for i in "abc"] == [0, 1, 0]


def test_a_suggestion_on_a_suggestion_is_an_inner_one():
    layer = SpanLayer(TEXT, [suggested("q", Span(0, 13), kind="quote"), suggested("p", Span(4, 7))])
    assert not layer.placed("q").style.is_inner
    assert layer.placed("p").style.is_inner


def test_hidden_codes_are_not_found():
    layer = SpanLayer(TEXT, [own("a", Span(0, 3)), suggested("p", Span(0, 7))])
    layer.set_visible_codes({"person"})
    assert [m.id for m in layer.at(1)] == ["p"]
    layer.set_visible_codes(None)
    assert [m.id for m in layer.at(1)] == ["a", "p"]


def test_hits_and_shared_passages_are_no_annotations():
    layer = SpanLayer(TEXT, [own("a", Span(0, 3))])
    assert layer.set_hits([Span(0, 3), Span(15, 19)]) == [0, 1]
    assert layer.set_shared([Span(4, 13)]) == [0]
    assert [m.id for m in layer.at(1)] == ["a"]
    assert [m.id for m in layer.marks] == ["a"]
    layer.set_marks([own("b", Span(4, 7))])
    assert layer.set_hits([]) == [0, 1], "marks were changed, hits stayed until now"


def test_the_same_id_twice_is_shown_once():
    layer = SpanLayer(TEXT, [own("a", Span(0, 3)), own("a", Span(4, 7))])
    assert [m.fragments for m in layer.marks] == [(Span(4, 7),)]
    assert sum(len(p.pieces) for p in layer.paragraphs) == 1


def test_a_mark_beyond_the_text_is_refused_with_a_sentence():
    layer = SpanLayer(TEXT, [own("a", Span(0, 3))])
    with pytest.raises(BadSpan, match=re.escape(f"{len(TEXT)} characters")):
        layer.add(own("b", Span(0, len(TEXT) + 1)))
    with pytest.raises(BadSpan):
        layer.set_marks([own("b", Span(0, 4), Span(2, 6))])
    assert [m.id for m in layer.marks] == ["a"], "what was there is there still"


def test_paragraphs_with_hebrew_or_arabic_are_known():
    layer = SpanLayer("plain\nשלום עולם\nوقال")
    assert [p.is_rtl for p in layer.paragraphs] == [False, True, True]
