"""Sheets remember their size and close by Esc; errands keep slow calls off the window."""

from __future__ import annotations

import threading

import pytest
from PySide6.QtCore import QSize, Qt

from annotator import settings as choices
from annotator.desktop.kit.buttons import PlainButton, PrimaryButton
from annotator.desktop.kit.errand import Errand
from annotator.desktop.kit.sheet import Sheet, remembered_size
from annotator.desktop.theme import load_theme
from annotator.errors import BadInput
from annotator.settings import Settings
from tests.desktop.robots_kit import QUIET, KitRobot, colours

pytestmark = QUIET


@pytest.fixture
def make_sheet(qtbot, light):
    """Return a function that opens a sheet."""

    def make():
        sheet = Sheet(light, "Export", "export", QSize(480, 320), detail="Ferry framing study")
        sheet.add_button(PlainButton("Cancel")).clicked.connect(sheet.reject)
        sheet.add_button(PrimaryButton("Export…")).clicked.connect(sheet.accept)
        qtbot.addWidget(sheet)
        sheet.open()
        qtbot.waitExposed(sheet)
        return sheet

    return make


def test_a_sheet_has_title_body_and_buttons(qtbot, make_sheet):
    robot = KitRobot(qtbot, make_sheet())
    assert robot.texts()[:2] == ["Export", "Ferry framing study"]
    assert robot.names() == ["Cancel", "Export…"]


def test_esc_closes_a_sheet(qtbot, make_sheet):
    sheet = make_sheet()
    with qtbot.waitSignal(sheet.rejected):
        KitRobot(qtbot, sheet).press(Qt.Key.Key_Escape, sheet)


def test_enter_presses_the_primary_button(qtbot, make_sheet):
    sheet = make_sheet()
    with qtbot.waitSignal(sheet.accepted):
        KitRobot(qtbot, sheet).press(Qt.Key.Key_Return, sheet)


def test_a_sheet_comes_back_in_the_size_it_was_left_in(make_sheet):
    first = make_sheet()
    first.resize(600, 420)
    first.reject()
    assert make_sheet().size() == QSize(600, 420)


def test_remembering_a_size_leaves_other_settings_alone(make_sheet):
    choices.save(Settings(coder="Ida", window={"main": [1280, 800]}))
    sheet = make_sheet()
    sheet.resize(600, 420)
    sheet.reject()
    kept = choices.load()
    assert kept.coder == "Ida"
    assert kept.window == {"main": [1280, 800], "export": [600, 420]}


def test_a_spoilt_size_in_the_settings_is_no_size():
    choices.save(Settings(window={"export": ["wide", 3], "other": 7}))
    assert remembered_size("export").isEmpty()
    assert remembered_size("other").isEmpty()


def test_a_sheet_changes_its_theme_while_open(make_sheet):
    sheet, dark = make_sheet(), load_theme("dark")
    sheet.set_theme(dark)
    assert dark.colour("base").name() in colours(sheet)


def test_a_note_beside_the_buttons_can_be_an_error(qtbot, make_sheet):
    sheet = make_sheet()
    sheet.set_note("The disk is full.", "err")
    assert KitRobot(qtbot, sheet).says("The disk is full.")
    assert sheet.note == "The disk is full."


def test_an_errand_runs_beside_the_window_and_brings_its_result(qtbot):
    errand = Errand("count", lambda: threading.current_thread().name)
    with qtbot.waitSignal(errand.ended), qtbot.waitSignal(errand.done) as heard:
        errand.start()
    assert heard.args == ["errand count"]
    assert not errand.is_running


def test_an_errand_that_fails_says_so_in_words(qtbot):
    def fail():
        raise BadInput("The disk is full.")

    errand = Errand("fail", fail)
    with qtbot.waitSignal(errand.failed) as heard:
        errand.start()
    assert str(heard.args[0]) == "The disk is full."


def test_a_bug_in_an_errand_comes_up_in_the_window(qtbot):
    errand = Errand("bug", lambda: 1 / 0)
    with qtbot.capture_exceptions() as found, qtbot.waitSignal(errand.ended):
        errand.start()
    qtbot.waitUntil(lambda: len(found) == 1)
    assert found[0][0] is ZeroDivisionError


def test_an_errand_leaves_no_thread(qtbot):
    before = threading.active_count()
    errand = Errand("quick", lambda: None)
    errand.start()
    errand.wait()
    assert threading.active_count() == before
    with qtbot.waitSignal(errand.ended):
        pass
