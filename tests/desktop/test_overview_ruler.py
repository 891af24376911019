"""The overview ruler: a scroll bar that shows the article."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt

from annotator.desktop.theme import load_theme
from annotator.model.span import Span
from tests.desktop.robots import BLUE, ORANGE, counted, own, suggested

TEXT = "\n".join(f"Paragraph {i} tells of the quay and of what it costs." for i in range(200))


@pytest.fixture
def ruler(reader):
    """Return the ruler of a long article with a code at its middle."""
    middle = TEXT.index("Paragraph 100 ")
    reader.read(TEXT, own("a", Span(middle, middle + 20)), suggested("s", Span(4, 9)))
    reader.pane.redraw_ruler()
    return reader.pane.verticalScrollBar()


def rows_of(ruler, colour):
    image = ruler.grab().toImage()
    return [
        y
        for y in range(image.height())
        if any(image.pixelColor(x, y).name() == colour for x in range(image.width()))
    ]


def test_a_code_is_a_tick_of_two_pixels_where_it_lies(ruler):
    rows = rows_of(ruler, ORANGE)
    assert len(rows) == 2
    assert abs(rows[0] - ruler.height() / 2) < 8


def test_a_hidden_code_has_no_tick(ruler, reader, qtbot):
    reader.pane.set_visible_codes({"person"})
    qtbot.waitUntil(lambda: not rows_of(ruler, ORANGE))


def test_a_new_annotation_appears_by_itself(ruler, reader, qtbot):
    reader.pane.add_mark(own("b", Span(len(TEXT) - 9, len(TEXT)), colour=BLUE))
    qtbot.waitUntil(lambda: bool(rows_of(ruler, BLUE)))


def test_codes_that_begin_together_stand_side_by_side(ruler, reader):
    middle = TEXT.index("Paragraph 100 ")
    reader.pane.add_mark(own("b", Span(middle, middle + 9), colour=BLUE))
    reader.pane.redraw_ruler()
    assert rows_of(ruler, BLUE) == rows_of(ruler, ORANGE)


def test_shared_passages_are_drawn_over_their_height(ruler, reader):
    before = counted(ruler.grab().toImage())
    reader.pane.set_shared([Span(0, len(TEXT) // 2)])
    reader.pane.redraw_ruler()
    after = counted(ruler.grab().toImage())
    assert sum((after - before).values()) > ruler.height() * 0.4


def test_a_click_goes_there_and_a_drag_follows(ruler, qtbot):
    height = ruler.height()
    qtbot.mousePress(ruler, Qt.MouseButton.LeftButton, pos=QPoint(5, height // 2))
    middle = ruler.maximum() / 2
    assert abs(ruler.value() - middle) < ruler.pageStep() * 0.1
    qtbot.mouseMove(ruler, QPoint(5, height - 1))
    qtbot.mouseRelease(ruler, Qt.MouseButton.LeftButton, pos=QPoint(5, height - 1))
    qtbot.mousePress(ruler, Qt.MouseButton.LeftButton, pos=QPoint(5, height - 1))
    assert ruler.value() == ruler.maximum()


def test_the_thumb_covers_what_is_in_view(ruler):
    ruler.setValue(0)
    first = ruler.thumb()
    assert first.top() == 0
    total = ruler.maximum() + ruler.pageStep()
    assert abs(first.height() / ruler.height() - ruler.pageStep() / total) < 0.02
    ruler.setValue(ruler.maximum())
    assert abs(ruler.thumb().bottom() - ruler.height()) < 0.01


def test_a_text_that_fits_has_no_thumb(reader):
    reader.read("Short.")
    reader.pane.redraw_ruler()
    ruler = reader.pane.verticalScrollBar()
    assert set(counted(ruler.grab().toImage())) == {"#ffffff"}


def test_colours_follow_the_theme(ruler, reader):
    dark = load_theme("dark")
    reader.pane.set_theme(dark)
    assert counted(ruler.grab().toImage()).most_common(1)[0][0] == dark.roles.base.lower()
