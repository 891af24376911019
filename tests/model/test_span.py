"""Stretches of text: their algebra against sets of positions, lanes, and UTF-16 positions."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.errors import BadSpan
from annotator.model.span import (
    Span,
    Utf16Map,
    check_fragments,
    covered,
    hull,
    intersected,
    lanes,
    subtracted,
    united,
)
from tests.model.strategies import ALPHABETS, span_lists, spans, texts


def positions(stretches):
    return {position for s in stretches for position in range(s.start, s.end)}


def is_canonical(stretches):
    return all(a.end < b.start for a, b in pairwise(stretches))


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (3, 3), (4, 2)])
def test_a_span_starts_in_the_text_and_is_never_empty(start, end):
    with pytest.raises(BadSpan, match=rf"not \[{start}, {end}\)"):
        Span(start, end)


@given(spans(), spans())
def test_overlap_and_containment_are_those_of_sets(left, right):
    mine, theirs = positions([left]), positions([right])
    assert left.overlaps(right) == bool(mine & theirs)
    assert left.contains(right) == (theirs <= mine)
    assert len(left) == len(mine)


@given(span_lists())
def test_union_covers_the_same_positions_in_disjoint_pieces(stretches):
    result = united(stretches)
    assert positions(result) == positions(stretches)
    assert is_canonical(result)
    assert covered(stretches) == len(positions(stretches))


@given(span_lists(), span_lists())
def test_intersection_is_that_of_sets(left, right):
    result = intersected(left, right)
    assert positions(result) == positions(left) & positions(right)
    assert is_canonical(result)


@given(span_lists(), span_lists())
def test_difference_is_that_of_sets(left, right):
    result = subtracted(left, right)
    assert positions(result) == positions(left) - positions(right)
    assert is_canonical(result)


def test_hull_goes_from_the_first_fragment_to_the_last():
    assert hull([Span(3, 5), Span(9, 12)]) == Span(3, 12)


def test_fragments_that_ascend_without_overlap_are_accepted():
    assert check_fragments([Span(0, 2), Span(2, 4), Span(7, 9)], 9) == (
        Span(0, 2),
        Span(2, 4),
        Span(7, 9),
    )


@pytest.mark.parametrize(
    ("fragments", "length", "words"),
    [
        ([], None, "at least one stretch"),
        ([Span(3, 5), Span(0, 2)], None, "ascend"),
        ([Span(0, 5), Span(4, 6)], None, "not overlap"),
        ([Span(0, 5)], 4, "ends after the text's 4 characters"),
    ],
)
def test_fragments_that_do_not_fit_are_refused_with_a_reason(fragments, length, words):
    with pytest.raises(BadSpan, match=words):
        check_fragments(fragments, length)


@given(span_lists(max_size=12))
def test_no_two_spans_of_a_lane_overlap_and_lanes_are_as_few_as_possible(stretches):
    result = lanes(stretches)
    for i, left in enumerate(stretches):
        for j in range(i):
            assert result[i] != result[j] or not left.overlaps(stretches[j])
    depth = max((sum(p in positions([s]) for s in stretches) for p in range(30)), default=0)
    assert len(set(result)) == depth
    assert set(result) == set(range(depth))


@given(span_lists(max_size=8), st.randoms(use_true_random=False))
def test_lanes_do_not_depend_on_the_order_of_different_spans(stretches, random):
    stretches = list(dict.fromkeys(stretches))
    shuffled = random.sample(stretches, len(stretches))
    in_order = dict(zip(stretches, lanes(stretches), strict=True))
    assert in_order == dict(zip(shuffled, lanes(shuffled), strict=True))


def test_what_is_nested_lies_further_out():
    assert lanes([Span(2, 4), Span(0, 10)]) == [1, 0]


def units(text):
    return len(text.encode("utf-16-le")) // 2


@given(texts())
def test_positions_go_to_utf16_and_back(text):
    both = Utf16Map(text)
    assert (both.length, both.length_utf16) == (len(text), units(text))
    for position in range(len(text) + 1):
        there = both.to_utf16(position)
        assert there == units(text[:position])
        assert both.to_code_point(there) == position


@given(texts())
def test_a_position_inside_a_pair_is_the_start_of_its_character(text):
    both = Utf16Map(text)
    for position, character in enumerate(text):
        if units(character) == 2:
            assert both.to_code_point(both.to_utf16(position) + 1) == position


@pytest.mark.gui
@pytest.mark.parametrize("kind", [*ALPHABETS, "long"])
def test_qt_counts_as_the_map_says(kind, qapp):
    from PySide6.QtGui import QTextCursor, QTextDocument

    text = ALPHABETS.get(kind) or "".join(ALPHABETS.values()) * 20
    text = text.replace("\x1c", "")
    document = QTextDocument()
    document.setPlainText(text)
    both = Utf16Map(text)
    assert document.characterCount() - 1 == both.length_utf16
    cursor = QTextCursor(document)
    for start in range(len(text)):
        cursor.setPosition(both.to_utf16(start))
        cursor.setPosition(both.to_utf16(start + 1), QTextCursor.MoveMode.KeepAnchor)
        shown = cursor.selectedText()
        assert shown == {"\n": "\u2029", "\u00a0": shown}.get(text[start], text[start])
        assert both.to_code_point(cursor.anchor()) == start
        assert both.to_code_point(cursor.position()) == start + 1


@pytest.mark.gui
def test_qt_keeps_positions_over_letters_with_several_code_points(qapp):
    from PySide6.QtGui import QTextCursor, QTextDocument

    text = "cafe\u0301 👩‍👩‍👧 said שָׁלוֹם."
    document = QTextDocument()
    document.setPlainText(text)
    both = Utf16Map(text)
    found = document.find("said")
    start, end = both.to_code_point(found.selectionStart()), both.to_code_point(found.position())
    assert text[start:end] == "said"
    cursor = QTextCursor(document)
    cursor.movePosition(QTextCursor.MoveOperation.End)
    assert both.to_code_point(cursor.position()) == len(text)
