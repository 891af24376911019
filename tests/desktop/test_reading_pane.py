"""Reading in the pane: caret, selection, copying, pointer, keys, scrolling, sizes."""

from __future__ import annotations

import sys

import pytest
from PySide6.QtCore import QObject, QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QKeyEvent
from PySide6.QtWidgets import QApplication

from annotator.desktop.theme import load_theme
from annotator.errors import BadSpan
from annotator.model.article import Block
from annotator.model.span import Span
from tests.desktop.robots import ORANGE, ReadingPaneRobot, boilerplate, own, suggested

PLAIN = (
    "The harbour council met on Monday. Nobody came.\n"
    "“We were not asked,” said Ida Moe. “Nobody wrote.”\n"
    "The paper is free. Subscribe now."
)
BMP = PLAIN.replace("harbour", "hæve\u0301rn").replace("Ida", "Żıđa\u00a0")
ASTRAL = PLAIN.replace("harbour", "😀 👩‍👩‍👧 𝔘").replace("Ida", "🇳🇴 Ida")
LONG = "\n".join(f"Paragraph {i} tells of the quay and of what it costs." for i in range(300))

QUIET = pytest.mark.qt_log_ignore("does not support raise")  # tooltips on the offscreen platform


@pytest.fixture(params=[PLAIN, BMP, ASTRAL], ids=["ascii", "bmp", "astral"])
def text(request):
    return request.param


# ---- caret and selection


def test_selection_is_in_code_points(reader, text):
    reader.read(text).select("Nobody wrote")
    assert reader.pane.selection().of(text) == "Nobody wrote"
    assert reader.pane.caret() == reader.pane.selection().end


def test_arrow_keys_move_the_caret_of_a_read_only_text(reader, text):
    reader.read(text)
    reader.pane.set_caret(text.index("Monday"))
    reader.press(Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier, times=6)
    assert reader.pane.selection().of(text) == "Monday"
    reader.press(Qt.Key.Key_Right)
    assert reader.pane.selection() is None


def test_copying_takes_the_articles_own_characters(reader):
    text = "Ten\u00a0euros\u2028and a\u00a0half.\nNext."
    reader.read(text).select("euros\u2028and a\u00a0half.\nNext")
    assert reader.copy() == "euros\u2028and a\u00a0half.\nNext"


def test_a_drag_selects_from_letter_to_letter(reader, text):
    reader.read(text)
    rect = reader.pane.stretch_rects(reader.find("Monday"))[0]
    reader.drag(QPoint(rect.left() + 1, rect.center().y()), QPoint(rect.right(), rect.center().y()))
    assert reader.pane.selection().of(text) == "Monday"


def test_odd_characters_of_foreign_texts_keep_every_position(reader):
    text = "a\rb\u2029c\ufdd0d\x00e\x0bf\x0cg\ufeffh\u00adi\ud800j end"
    reader.read(text).select("end")
    assert reader.pane.selection() == Span(len(text) - 3, len(text))
    assert reader.pane.article_text is text


def test_signals_tell_of_selection_and_caret_once(reader, qtbot):
    reader.read(PLAIN)
    carets = []
    reader.pane.caret_moved.connect(carets.append)
    with qtbot.waitSignal(reader.pane.selection_changed):
        reader.select("council")
    assert carets == [reader.find("council").end]


def test_widening_and_narrowing_step_back_the_same_way(reader):
    reader.read(PLAIN)
    reader.pane.set_caret(PLAIN.index("were"))
    steps = [reader.pane.widen(unit).of(PLAIN) for unit in ("word", "quotation", "paragraph")]
    assert steps == ["were", "We were not asked,", PLAIN.split("\n")[1]]
    assert reader.pane.shrink().of(PLAIN) == "We were not asked,"
    assert reader.pane.shrink().of(PLAIN) == "were"


def test_narrowing_a_selection_made_by_hand_goes_to_its_first_smaller_unit(reader):
    reader.read(PLAIN).select("The harbour council met on Monday. Nobody came.")
    assert reader.pane.shrink().of(PLAIN) == "The harbour council met on Monday."


def test_ends_move_by_a_word(reader):
    reader.read(PLAIN).select("council")
    assert reader.pane.move_end(2).of(PLAIN) == "council met on"
    assert reader.pane.move_start(-1).of(PLAIN) == "harbour council met on"
    reader.pane.clear_selection()
    assert reader.pane.move_end(1) is None


def test_an_empty_article_can_be_shown_and_read(reader):
    reader.read("")
    assert reader.pane.selection() is None
    assert reader.pane.caret() == 0
    assert reader.pane.widen("sentence") is None
    assert reader.pane.marks_at(0) == []


# ---- keys


@pytest.mark.parametrize("key", [Qt.Key.Key_3, Qt.Key.Key_S, Qt.Key.Key_Return, Qt.Key.Key_Delete])
def test_keys_that_mean_something_to_the_window_are_left_to_it(reader, key):
    reader.read(PLAIN)
    event = QKeyEvent(QKeyEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, "")
    event.setAccepted(True)
    QApplication.sendEvent(reader.pane, event)
    assert not event.isAccepted()
    assert reader.pane.article_text == PLAIN


# ---- the pointer


def test_hovering_names_the_shortest_annotation_and_leaving_names_none(reader):
    reader.read(
        PLAIN,
        own("wide", Span(0, 34)),
        suggested("narrow", Span(4, 19), kind="organisation"),
    )
    seen = []
    reader.pane.mark_hovered.connect(seen.append)
    reader.point_at("council").point_at("Monday").leave()
    assert seen == ["narrow", "wide", ""]


def test_hovering_fills_the_whole_annotation_and_moves_nothing(reader):
    first, second = Span(*PLAIN_QUOTE[0]), Span(*PLAIN_QUOTE[1])
    reader.read(PLAIN, own("q", first, second))
    places = reader.pane.stretch_rects(second)
    plain = reader.behind("Nobody wrote")
    reader.point_at("We were not")
    assert reader.behind("Nobody wrote")["#ffffff"] < plain["#ffffff"] / 4
    assert reader.pane.stretch_rects(second) == places


def test_a_click_names_the_annotation_but_a_drag_does_not(reader, qtbot):
    reader.read(PLAIN, own("a", Span(4, 19)))
    with qtbot.waitSignal(reader.pane.mark_clicked) as caught:
        reader.click("council")
    assert caught.args == ["a"]
    with qtbot.assertNotEmitted(reader.pane.mark_clicked):
        reader.drag(reader.middle_of("harbour"), reader.middle_of("Monday"))


@QUIET
def test_a_label_in_the_margin_can_be_clicked_and_hovered(reader, qtbot):
    reader.read(PLAIN, own("a", Span(4, 19)), own("b", Span(48, 60), code_id="other"))
    point = reader.margin_point("harbour")
    with qtbot.waitSignal(reader.pane.mark_clicked) as caught:
        reader.click(point)
    assert caught.args == ["a"]
    assert "Conflict" in reader.tooltip_at(point)


def test_a_stripe_can_be_clicked_where_it_runs_and_nowhere_else(reader, qtbot):
    reader.read(PLAIN, own("a", Span(48, 60)))
    rect = reader.pane.stretch_rects(reader.find("We were"))[0]
    x = int(reader.pane.metrics.stripe_left(0)) + 1
    with qtbot.waitSignal(reader.pane.mark_clicked) as caught:
        reader.click(QPoint(x, rect.center().y()))
    assert caught.args == ["a"]
    with qtbot.assertNotEmitted(reader.pane.mark_clicked):
        reader.click(QPoint(x, reader.middle_of("council").y()))
        reader.click(QPoint(x, 850))


@QUIET
def test_a_tooltip_of_many_annotations_says_how_many_more_there_are(reader):
    reader.read(PLAIN, *(own(f"m{i}", Span(4, 19 + i), title=f"Code {i}") for i in range(9)))
    words = reader.tooltip_at("council")
    assert "Code 5" in words and "Code 6" not in words
    assert "and 3 more" in words


@QUIET
def test_the_tooltip_says_every_annotation_shortest_first_and_escapes_names(reader):
    reader.read(
        PLAIN,
        own("wide", Span(0, 34), title="Conflict <a>", lines=("coded by you",)),
        suggested("narrow", Span(4, 19), title="Organisation"),
    )
    words = reader.tooltip_at("council")
    assert words.index("Organisation") < words.index("Conflict &lt;a&gt;")
    assert "coded by you" in words
    assert reader.tooltip_at("Subscribe") == ""


def test_marks_at_a_place_heed_what_is_shown(reader):
    reader.read(PLAIN, own("a", Span(0, 34)), suggested("p", Span(4, 19)))
    assert reader.pane.marks_at(5) == ["p", "a"]
    reader.pane.set_visible_codes({"conflict"})
    assert reader.pane.marks_at(5) == ["a"]


# ---- marks


def test_marks_can_be_added_replaced_and_removed(reader):
    reader.read(PLAIN)
    reader.pane.add_mark(own("a", Span(4, 19)))
    reader.pane.replace_mark(own("a", Span(0, 3)))
    assert [m.fragments for m in reader.pane.marks()] == [(Span(0, 3),)]
    reader.pane.remove_mark("a")
    assert reader.pane.marks() == ()
    with pytest.raises(KeyError):
        reader.pane.remove_mark("a")


def test_a_mark_beyond_the_text_is_refused_and_nothing_changes(reader):
    reader.read(PLAIN, own("a", Span(4, 19)))
    with pytest.raises(BadSpan):
        reader.pane.add_mark(own("b", Span(0, 9999)))
    assert [m.id for m in reader.pane.marks()] == ["a"]


def test_another_article_forgets_everything_of_the_last_one(reader):
    reader.read(PLAIN, own("a", Span(4, 19))).select("Monday")
    reader.pane.set_hits([Span(0, 3)])
    reader.pane.set_current((Span(0, 3),))
    reader.read("Short.")
    assert reader.pane.selection() is None
    assert reader.pane.marks() == ()
    assert reader.pane.verticalScrollBar().value() == 0
    assert set(reader.behind("Short")) <= set(reader.read("Short.").behind("Short"))


# ---- places and scrolling


def test_scrolling_to_a_stretch_brings_it_into_view_and_rests_if_it_is(reader):
    reader.read(LONG)
    span = reader.find("Paragraph 250")
    seen = []
    reader.pane.scrolled.connect(seen.append)
    reader.pane.scroll_to(span)
    view = reader.pane.viewport().rect()
    assert all(view.contains(rect) for rect in reader.pane.stretch_rects(span))
    assert seen
    seen.clear()
    reader.pane.scroll_to(reader.find("Paragraph 252"))
    assert not seen


def test_heights_of_a_stretch_agree_with_where_it_is_seen(reader):
    reader.read(LONG)
    reader.pane.scroll_to(reader.find("Paragraph 120"))
    span = reader.find("Paragraph 121 tells")
    top, bottom = reader.pane.heights_of(span)
    rect = reader.pane.stretch_rects(span)[0]
    scroll = reader.pane.verticalScrollBar().value()
    assert rect.top() - 1 <= top - scroll <= rect.top() + 4
    assert rect.bottom() - 4 <= bottom - scroll <= rect.bottom() + 1


def test_a_place_in_the_view_and_a_character_agree(reader, text):
    reader.read(text)
    point = reader.middle_of("Monday")
    span = reader.find("Monday")
    assert span.start <= reader.pane.position_at(point.toPointF()) < span.end
    assert reader.pane.position_at(QPoint(300, 800).toPointF()) is None


@pytest.mark.parametrize("paragraphs", [300, 3000], ids=["short", "long"])
def test_wrapping_anew_keeps_the_first_line_in_view(qtbot, light, paragraphs):
    reader = ReadingPaneRobot(qtbot, light)
    text = "\n".join(
        f"Paragraph {i} tells of the quay, and then again of it." for i in range(paragraphs)
    )
    reader.read(text)
    span = reader.find("Paragraph 200 ")
    reader.pane.scroll_to(span)
    reader.pane.verticalScrollBar().setValue(int(reader.pane.heights_of(span)[0]))
    reader.pane.resize(330, 900)
    qtbot.waitUntil(lambda: 0 <= reader.pane.stretch_rects(span)[0].bottom() < 60)


def test_a_pane_wider_than_the_column_wraps_no_line_anew(reader):
    reader.read(LONG.replace("\n", " ")[:4000])
    reader.pane.resize(900, 700)
    reader.settle()
    ends = reader.pane.stretch_rects(Span(0, 3000))
    reader.pane.resize(1200, 700)
    reader.settle()
    assert reader.pane.stretch_rects(Span(0, 3000)) == ends


def test_text_size_keeps_selection_marks_and_place(reader):
    reader.read(LONG, own("a", Span(4, 19))).select("Paragraph 200 tells")
    reader.pane.set_shared([Span(0, 30)])
    first = reader.find("Paragraph 198 ")
    reader.pane.verticalScrollBar().setValue(int(reader.pane.heights_of(first)[0]) - 4)
    before = reader.pane.stretch_rects(first)[0]
    reader.pane.set_text_size(24)
    reader.settle()
    after = reader.pane.stretch_rects(first)[0]
    assert after.height() > before.height()
    assert abs(after.top() - before.top()) < 20
    assert reader.pane.selection().of(LONG) == "Paragraph 200 tells"
    assert [m.id for m in reader.pane.marks()] == ["a"]


def test_compact_panes_have_the_narrow_margin_and_numbers_their_own_room(reader):
    reader.read(PLAIN)
    wide = reader.pane.stretch_rects(Span(0, 3))[0].left()
    reader.pane.set_compact(True)
    compact = reader.pane.stretch_rects(Span(0, 3))[0].left()
    reader.pane.set_line_numbers(True)
    numbered = reader.pane.stretch_rects(Span(0, 3))[0].left()
    assert wide - compact == 98 - 54
    assert 10 <= numbered - compact <= 20


def test_blank_lines_between_paragraphs_take_no_room(reader):
    reader.read("One.\nTwo.\nThree.")
    close = reader.pane.heights_of(Span(10, 12))[0]
    reader.read("One.\n\nTwo.\n\nThree.")
    assert abs(reader.pane.heights_of(Span(12, 14))[0] - close) <= 4


def test_headlines_in_the_text_are_bold(reader):
    reader.read(PLAIN)
    plain = reader.pane.stretch_rects(Span(0, 34))[0].width()
    reader.read(PLAIN, blocks=[Block(0, 34, "headline")])
    assert reader.pane.stretch_rects(Span(0, 34))[0].width() > plain + 5


# ---- a screen reader


def test_a_screen_reader_gets_name_text_and_caret(reader):
    reader.read(PLAIN)
    reader.pane.set_caret(10)
    interface = QAccessible.queryAccessibleInterface(reader.pane)
    assert interface.text(QAccessible.Text.Name) == "Article text"
    spoken = interface.textInterface()
    assert spoken.characterCount() == len(PLAIN)
    assert spoken.cursorPosition() == 10
    ruler = QAccessible.queryAccessibleInterface(reader.pane.verticalScrollBar())
    assert ruler.text(QAccessible.Text.Name) == "Overview of the article"
    assert ruler.role() == QAccessible.Role.ScrollBar


def test_marks_are_seen_from_any_scroll_position(reader):
    reader.read(LONG, *dense(900))
    for _ in range(60):
        reader.scroll(1)
        colours = reader.colours(QRect(90, 0, 600, 90))
        assert colours[ORANGE], reader.pane.verticalScrollBar().value()


def test_codes_at_the_caret_are_announced_once_while_a_screen_reader_runs(reader, monkeypatch):
    spoken = []
    monkeypatch.setattr(QAccessible, "isActive", lambda: True)
    monkeypatch.setattr(QAccessible, "updateAccessibility", lambda e: spoken.append(e.message()))
    reader.read(PLAIN, own("a", Span(4, 19)), suggested("p", Span(4, 11)))
    reader.pane.set_caret(5)
    reader.pane.set_caret(6)
    reader.pane.set_caret(14)
    reader.pane.set_caret(40)
    assert spoken == ["Person, Conflict", "Conflict"]


# ---- counters: exact on every machine


def dense(count=60):
    """Return marks all over the long text."""
    step = len(LONG) // count
    return [own(f"m{i}", Span(i * step, i * step + 90)) for i in range(count)]


def test_a_warm_frame_and_a_toggle_measure_nothing(reader):
    reader.read(LONG, *dense())
    before = reader.pane.measured_paragraphs
    assert before > 3
    reader.pane.viewport().update()
    reader.settle()
    reader.pane.set_visible_codes({"economy"})
    reader.settle()
    reader.pane.set_visible_codes(None)
    reader.settle()
    reader.pane.set_theme(load_theme("dark"))
    reader.settle()
    assert reader.pane.measured_paragraphs == before


def test_opening_measures_only_what_is_in_view(reader):
    reader.read(LONG, *dense(900))
    assert reader.pane.measured_paragraphs < 40


def test_a_scroll_paints_only_the_strip_that_comes_into_view(reader):
    reader.read(LONG, *dense())
    reader.scroll(500)
    spy = reader.watch()
    reader.scroll(56)
    assert 0 < spy.height <= 58


def test_adding_a_mark_measures_and_paints_only_the_paragraph_it_touches(reader):
    reader.read(LONG, *dense())
    before = reader.pane.measured_paragraphs
    spy = reader.watch()
    span = reader.find("Paragraph 5 tells")
    reader.pane.add_mark(own("new", span))
    reader.settle()
    assert reader.pane.measured_paragraphs == before + 1
    assert 0 < spy.height < 80


def test_ten_thousand_qt_calls_lose_no_reference_to_none(reader):
    thing = QObject()
    reader.read(LONG, *dense())
    before = sys.getrefcount(None)
    for i in range(10_000):
        thing.setObjectName("a" if i % 2 else "b")
    for _ in range(20):
        reader.pane.viewport().repaint()
    assert sys.getrefcount(None) > before - 200


PLAIN_QUOTE = (
    (PLAIN.index("We were"), PLAIN.index("We were") + 18),
    (PLAIN.index("Nobody wrote"), PLAIN.index("Nobody wrote") + 13),
)


def test_boilerplate_is_no_obstacle_to_the_caret(reader):
    start = PLAIN.index("The paper")
    reader.read(PLAIN, boilerplate("b", Span(start, len(PLAIN))))
    reader.click("Subscribe")
    assert reader.pane.marks_at(reader.pane.caret()) == ["b"]
