"""Where marks lie: bars, ticks, stripes, joins, right-to-left lines. Measured from real layouts."""

from __future__ import annotations

from itertools import pairwise

import pytest
from PySide6.QtCore import QObject
from PySide6.QtGui import QTextDocument

from annotator.desktop.line_measure import block_at, position_at_height, stretch_boxes
from annotator.desktop.pane_document import build_document, pane_metrics
from annotator.desktop.span_geometry import (
    BAR_PASS,
    FILL_PASS,
    SHARED_PASS,
    GeometryCache,
)
from annotator.desktop.span_layer import SpanLayer
from annotator.model.span import Span
from tests.desktop.robots import boilerplate, own, suggested

TEXT = "One two three four five six seven eight nine ten eleven twelve thirteen.\nFourteen."
HEBREW = "אמר ראש העיר אתמול כי יש פתרון"


class Page:
    """A text laid out on a column, and what is measured on it."""

    def __init__(self, text, marks=(), width=320, px=17):
        self.owner = QObject()
        self.metrics = pane_metrics(px, is_compact=True)
        self.layer = SpanLayer(text, marks)
        self.document = build_document(text, (), self.metrics, self.layer.utf16, self.owner)
        self.document.setTextWidth(width)
        self.document.documentLayout().documentSize()
        self.cache = GeometryCache(self.layer, self.metrics)

    def geometry(self, number=0):
        return self.cache.paragraph(number, self.document.findBlockByNumber(number).layout())

    def lines(self, number=0):
        return self.document.findBlockByNumber(number).layout().lineCount()

    def rects(self, which, number=0):
        return [r for c in self.geometry(number).chunks for b in c[which].values() for r in b.rects]

    def strokes(self, which, number=0):
        return [
            line
            for c in self.geometry(number).chunks
            for b in c[which].values()
            for line in b.lines
        ]

    def boxes(self, span, **limits):
        return list(stretch_boxes(self.document, self.layer, self.metrics, span, **limits))


@pytest.fixture(autouse=True)
def application(qapp):
    return qapp


def test_a_bar_has_one_stretch_a_line_and_a_tick_at_each_real_end():
    page = Page(TEXT, [own("a", Span(4, 72))])
    bars = [r for r in page.rects(BAR_PASS) if r.width() > 4]
    ticks = [r for r in page.rects(BAR_PASS) if r.width() <= 4]
    assert len(bars) == page.lines() > 1
    assert len(ticks) == 2
    assert ticks[0].left() == bars[0].left()
    assert ticks[1].right() == bars[-1].right()
    assert all(t.bottom() == b.top() for t, b in zip(ticks, (bars[0], bars[-1]), strict=True))


def test_an_interrupted_annotation_has_ticks_only_where_it_begins_and_ends():
    page = Page(TEXT, [own("a", Span(0, 7), Span(14, 23))])
    ticks = [r for r in page.rects(BAR_PASS) if r.width() <= 4]
    assert len(ticks) == 2


def test_bars_that_overlap_lie_one_under_the_other():
    page = Page(TEXT, [own("a", Span(0, 13)), own("b", Span(4, 13), colour="#0069a8")])
    tops = sorted({r.top() for r in page.rects(BAR_PASS) if r.width() > 4})
    assert [tops[1] - tops[0]] == [4.0]


def test_more_bars_than_lanes_leave_a_trace():
    spans = [Span(i, 13) for i in range(5)]
    page = Page(TEXT, [own(f"m{i}", s) for i, s in enumerate(spans)])
    assert len({baseline for _, baseline in page.geometry().crowded}) == 1
    assert len(page.geometry().crowded) == 2


@pytest.mark.parametrize(
    ("pattern", "has_rects", "has_lines"),
    [("solid", True, False), ("dashed", False, True), ("dotted", False, True),
     ("hatched", False, True), ("double", True, False)],
)  # fmt: skip
def test_patterns_are_drawn_as_rectangles_or_as_pens(pattern, has_rects, has_lines):
    page = Page(TEXT, [own("a", Span(4, 13), pattern=pattern)])
    assert bool([r for r in page.rects(BAR_PASS) if r.width() > 4]) is has_rects
    assert bool(page.strokes(BAR_PASS)) is has_lines
    assert len([r for r in page.rects(BAR_PASS) if r.width() > 4]) == 2 * (pattern == "double") + (
        pattern == "solid"
    )


@pytest.mark.parametrize(
    ("kind", "has_hairline"),
    [("person", True), ("organisation", True), ("place", True), ("quote", False),
     ("attribution", False)],
)  # fmt: skip
def test_suggestions_have_a_fill_and_most_a_hairline(kind, has_hairline):
    page = Page(TEXT, [suggested("s", Span(4, 13), kind=kind)])
    assert len(page.rects(FILL_PASS)) == 1
    assert bool(page.strokes(FILL_PASS)) is has_hairline


def test_a_stripe_runs_through_to_the_next_paragraph():
    page = Page(TEXT, [own("a", Span(4, len(TEXT)))])
    upper, lower = page.geometry(0).stripes[0], page.geometry(1).stripes[0]
    assert upper.bottom == page.geometry(0).height
    assert lower.top == 0.0 < lower.bottom < page.geometry(1).height
    assert upper.label_top == upper.top
    assert lower.label_top is None


def test_fragments_in_one_paragraph_are_joined_from_stripe_to_stripe():
    page = Page(TEXT, [own("a", Span(0, 3), Span(57, 63))])
    first, second = page.geometry().stripes
    assert first.joins == [(first.bottom, second.top)]
    assert second.joins == []


def test_fragments_in_two_paragraphs_are_joined_across_the_gap():
    page = Page(TEXT, [own("a", Span(0, 3), Span(len(TEXT) - 4, len(TEXT)))])
    upper, lower = page.geometry(0).stripes[0], page.geometry(1).stripes[0]
    assert upper.joins == [(upper.bottom, page.geometry(0).height)]
    assert lower.joins == [(0.0, lower.top)]


def test_a_shared_passage_is_a_block_as_wide_as_the_column():
    page = Page(TEXT)
    page.layer.set_shared([Span(0, 72)])
    blocks = page.rects(SHARED_PASS)
    assert len(blocks) == page.lines()
    assert len({round(r.right()) for r in blocks[:-1]}) == 1
    assert blocks[-1].right() < blocks[0].right()
    assert all(a.bottom() >= b.top() for a, b in pairwise(blocks))


def test_a_right_to_left_bar_begins_at_the_right():
    start = HEBREW.index("ראש")
    page = Page(HEBREW, [own("a", Span(start, start + 8))], width=600)
    bar = max(page.rects(BAR_PASS), key=lambda r: r.width())
    ticks = [r for r in page.rects(BAR_PASS) if r.width() <= 4]
    whole = page.boxes(Span(0, len(HEBREW)))[0].rect
    assert len(ticks) == 2
    assert ticks[0].left() > ticks[1].left()
    assert bar.left() - 1 <= ticks[1].left() and ticks[0].right() <= bar.right() + 1
    assert (
        bar.right()
        > whole.center().x() - page.document.findBlockByNumber(0).layout().position().x()
    )


def test_a_right_to_left_stretch_knows_on_which_side_it_begins():
    page = Page(HEBREW, width=600)
    (box,) = page.boxes(Span(4, 12))
    assert box.starts and box.ends
    assert not box.start_is_left and not box.end_is_right


def test_mixed_lines_give_two_stretches_where_the_text_is_torn():
    text = "abc אבג def"
    page = Page(text, width=600)
    boxes = page.boxes(Span(1, 6))
    assert len(boxes) == 2
    assert sum(box.starts for box in boxes) == sum(box.ends for box in boxes) == 1


@pytest.mark.parametrize(
    "text", ["plain words here", "na\u00efve w\u00f6rds here", "😀😀😀 𝔘 here"]
)
def test_a_stretch_ends_where_the_next_one_begins(text):
    page = Page(text, width=600)
    middle = text.index("here")
    (left,), (right,) = page.boxes(Span(0, middle)), page.boxes(Span(middle, len(text)))
    assert abs(left.rect.right() - right.rect.left()) < 1.5


def test_a_stretch_over_lines_and_paragraphs_has_its_ends_only_at_its_ends():
    page = Page(TEXT)
    boxes = page.boxes(Span(4, len(TEXT)))
    assert len(boxes) == page.lines() + 1
    assert [box.starts for box in boxes] == [True] + [False] * page.lines()
    assert [box.ends for box in boxes] == [False] * page.lines() + [True]


def test_a_stretch_is_found_only_between_the_heights_asked_for():
    page = Page("\n".join(f"Line {i}." for i in range(50)))
    boxes = page.boxes(Span(0, 300), top=200.0, bottom=260.0)
    assert 1 <= len(boxes) <= 4
    assert all(box.rect.bottom() >= 200 and box.rect.top() <= 260 for box in boxes)


def test_a_paragraph_is_measured_once_until_it_is_forgotten():
    page = Page(TEXT, [own("a", Span(4, 13))])
    assert page.geometry() is page.geometry()
    assert page.cache.builds == 1
    page.cache.forget(page.layer.add(boilerplate("b", Span(0, 3))))
    page.geometry()
    assert page.cache.builds == 2
    page.cache.clear()
    page.geometry()
    assert page.cache.builds == 3


def test_a_very_long_paragraph_is_measured_by_the_dozen_lines():
    text = "word " * 2000
    marks = [own(f"m{i}", Span(i * 100, i * 100 + 60)) for i in range(99)]
    page = Page(text, marks)
    geometry = page.geometry()
    assert len(geometry.chunks) > 5
    near = geometry.chunks_between(geometry.tops[200], geometry.tops[210])
    assert 1 <= len(near) <= 3
    wanted = [r for c in near for b in c[BAR_PASS].values() for r in b.rects]
    everything = page.rects(BAR_PASS)
    between = [r for r in everything if geometry.tops[200] < r.top() < geometry.tops[210]]
    assert between and all(any(r == w for w in wanted) for r in between)


@pytest.mark.parametrize("is_laid_out", [True, False])
@pytest.mark.parametrize("hint", [0, 57, 99])
def test_the_paragraph_at_a_height_is_found_in_gaps_too(is_laid_out, hint):
    text = "\n".join(f"Line {i} of many." for i in range(100))
    page = Page(text)
    layout = page.document.documentLayout()
    tops = [layout.blockBoundingRect(page.document.findBlockByNumber(i)).y() for i in range(100)]
    if not is_laid_out:
        page = Page.__new__(Page)
        Page.__init__(page, text)
    for y in (0.0, 5.0, tops[0], tops[1] - 3, tops[40] + 1, tops[41] - 1, tops[99] + 500):
        expected = max([i for i, top in enumerate(tops) if top <= y], default=0)
        assert block_at(page.document, y, hint) == expected


def test_the_first_line_below_a_height_is_found():
    page = Page(TEXT)
    line = page.document.firstBlock().layout().lineAt(1)
    y = page.document.firstBlock().layout().position().y() + line.y() + 3
    assert position_at_height(page.document, y) == line.textStart()
    assert position_at_height(page.document, 0) == 0


def test_an_empty_document_has_a_first_paragraph():
    assert block_at(QTextDocument(), 50.0) == 0
