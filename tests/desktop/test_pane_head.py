"""The head above a pane: what it says, what it elides, what it tells a screen reader."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QWidget

from annotator.desktop.fonts import sans, serif
from annotator.desktop.pane_head import HeadWords, PaneHead
from annotator.desktop.prose import prose_lines
from tests.desktop.robots import counted

SHORT = HeadWords("The Valley Gazette", "Kilns close", ("12 March", "612 words"), "1")
ENDLESS = HeadWords("The Valley Gazette", "Kilns close for good " * 12, ("12 March",), "1")


@pytest.fixture
def desk(qtbot):
    shown = QWidget()
    qtbot.addWidget(shown)
    shown.show()
    return shown


@pytest.fixture
def head(desk, light):
    made = PaneHead(light, desk, is_compact=True)
    made.resize(306, made.height())
    made.show()
    return made


def test_a_head_that_fits_has_no_tooltip(head):
    head.set_words(SHORT)
    assert not head.is_elided()
    assert head.toolTip() == ""


def test_a_headline_of_more_than_three_lines_is_elided_and_whole_in_the_tooltip(head):
    head.set_words(ENDLESS)
    assert head.is_elided()
    assert ENDLESS.headline in head.toolTip()
    head.resize(3000, head.height())
    assert not head.is_elided()
    assert head.toolTip() == ""


def test_details_that_do_not_fit_are_in_the_tooltip(head):
    details = ("12 March 2031, corrected 14 March", "by the whole desk", "612 words", "38 % shared")
    head.set_words(HeadWords("Gazette", "Kilns", details, ""))
    assert head.is_elided()
    assert "38 % shared" in head.toolTip()


def test_a_screen_reader_hears_outlet_headline_and_details(head):
    head.set_words(SHORT)
    assert head.accessibleName() == "The Valley Gazette · Kilns close"
    assert head.accessibleDescription() == "12 March · 612 words"
    head.set_words(HeadWords())
    assert head.accessibleName() == "Empty pane"


def test_the_focused_pane_has_a_line_of_the_accent(head, light):
    head.set_words(SHORT)
    accent = light.roles.accent.lower()
    line = QRect(0, 0, 306, 2)
    assert accent not in counted(head.grab(line).toImage())
    head.set_focused(True)
    assert counted(head.grab(line).toImage())[accent] == 306 * 2


def test_the_single_head_is_larger(head):
    compact = head.height()
    head.set_compact(False)
    assert head.height() > compact == 108


def test_the_head_can_follow_the_texts_left_edge(head):
    head.set_words(SHORT)
    left = QRect(40, 10, 20, 60)
    before = counted(head.grab(left).toImage())
    head.set_text_left(76)
    assert counted(head.grab(left).toImage()) != before


@pytest.mark.parametrize(
    "text", ["Kilns close for good", "Öfen schließen für immer", "😀 𝔘 😀 kilns 😀"]
)
def test_lines_hold_every_word_of_the_text(text):
    for width in (40, 90, 400):
        assert "".join(" ".join(prose_lines(text, serif(17), width)).split()) == "".join(
            text.split()
        )


def test_no_more_lines_than_asked_for_and_the_last_says_so():
    lines = prose_lines("one two three four five six seven", sans(13), 50, most=2)
    assert len(lines) == 2
    assert lines[-1].endswith("…")


def test_shipped_typefaces_are_used(qapp):
    from PySide6.QtGui import QFontInfo

    assert QFontInfo(serif(17)).family() == "Charis SIL"
    assert QFontInfo(serif(17, 700)).bold()
    assert QFontInfo(sans(13, 600)).family() == "Inter"
