"""Unexpected exceptions are written down, told once, and never name anybody's folders."""

from __future__ import annotations

import sys
import threading
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from annotator.desktop import bug_guard
from annotator.desktop.bug_report import bug_report, without_homes
from annotator.desktop.dialogs.bug import BugDialog, install_bug_guard
from tests.desktop.robots_kit import QUIET, KitRobot

pytestmark = QUIET


class Told:
    """Keeps the reports that were told, and in which thread."""

    def __init__(self):
        self.reports = []
        self.threads = []

    def __call__(self, report):
        self.reports.append(report)
        self.threads.append(threading.current_thread())


class Clumsy(QObject):
    """Has a slot with a bug."""

    asked = Signal()

    def __init__(self):
        super().__init__()
        self.asked.connect(self.stumble)

    def stumble(self):
        raise KeyError("speaker")


class Blot(QWidget):
    """Cannot paint itself."""

    def paintEvent(self, _event):  # noqa: N802  # Qt's name
        raise ValueError("no colour")


@pytest.fixture
def told(qapp, monkeypatch):
    """Stand guard; return what was told."""
    monkeypatch.setattr(sys, "stderr", None)
    reports = Told()
    uninstall = install_bug_guard(reports)
    yield reports
    uninstall()


def log_text():
    path = bug_guard.log_path()
    return path.read_text(encoding="utf-8") if path.exists() else ""


def test_a_bug_in_a_slot_is_told_and_written_down(qtbot, told):
    clumsy = Clumsy()
    clumsy.asked.emit()
    qtbot.waitUntil(lambda: told.reports != [])
    assert "KeyError: 'speaker'" in told.reports[0]
    assert "KeyError: 'speaker'" in log_text()


def test_a_bug_in_another_thread_is_told_in_the_windows_thread(qtbot, told):
    def stumble():
        raise KeyError("speaker")

    thread = threading.Thread(target=stumble)
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: told.reports != [])
    assert told.threads == [threading.main_thread()]


def test_a_bug_in_painting_is_told_once_not_with_every_frame(qtbot, told):
    blot = Blot()
    qtbot.addWidget(blot)
    blot.show()
    qtbot.waitUntil(lambda: told.reports != [])
    for _ in range(5):
        blot.update()
        qtbot.wait(10)
    assert log_text().count("ValueError: no colour") > 1
    assert len(told.reports) == 1


def test_two_different_bugs_are_both_told(qtbot, told):
    clumsy = Clumsy()
    clumsy.asked.emit()
    QTimer.singleShot(0, lambda: 1 / 0)
    qtbot.waitUntil(lambda: len(told.reports) == 2)


def test_a_bug_that_repeats_does_not_fill_the_log(qtbot, told):
    clumsy = Clumsy()
    for _ in range(100):
        clumsy.asked.emit()
    qtbot.waitUntil(lambda: told.reports != [])
    assert log_text().count("KeyError: 'speaker'") == bug_guard.MOST_LOGGED


def test_the_log_is_turned_over_before_it_grows_large(qtbot, told, monkeypatch):
    path = bug_guard.log_path()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("x" * bug_guard.LOG_BYTES, encoding="utf-8")
    clumsy = Clumsy()
    clumsy.asked.emit()
    assert path.stat().st_size < 20_000
    assert path.with_name("parallax.log.1").stat().st_size == bug_guard.LOG_BYTES


def test_without_a_place_for_the_log_bugs_are_still_told(qtbot, monkeypatch, tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("in the way", encoding="utf-8")
    monkeypatch.setenv("PARALLAX_CONFIG", str(blocked))
    monkeypatch.setattr(sys, "stderr", None)
    reports = Told()
    uninstall = install_bug_guard(reports)
    try:
        clumsy = Clumsy()
        clumsy.asked.emit()
        qtbot.waitUntil(lambda: reports.reports != [])
    finally:
        uninstall()


def test_uninstalling_gives_the_hooks_back():
    before = (sys.excepthook, threading.excepthook, sys.unraisablehook)
    uninstall = install_bug_guard(Told())
    assert sys.excepthook != before[0]
    uninstall()
    assert (sys.excepthook, threading.excepthook, sys.unraisablehook) == before


def test_stopping_the_program_by_the_keyboard_is_no_bug(qtbot, told):
    passed_on = []
    guard = bug_guard.BugGuard(told)
    guard._before = (lambda *args: passed_on.append(args[0]), *guard._before[1:])
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert passed_on == [KeyboardInterrupt]
    guard._before = (bug_guard.sys.__excepthook__, *guard._before[1:])
    guard.uninstall()
    assert told.reports == []


def report_of(error):
    try:
        raise error
    except type(error):
        return bug_report(*sys.exc_info())


def test_a_report_names_version_and_place_but_no_folder_of_the_person():
    report = report_of(KeyError("speaker"))
    assert report.startswith("Parallax ")
    assert "test_bug_guard.py" in report
    assert str(Path(__file__).parents[2]) not in report
    assert str(Path.home()) not in report or str(Path.home()) == "/"


def test_paths_below_the_home_folder_begin_with_a_tilde(monkeypatch, tmp_path):
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    said = without_homes(f"cannot read {tmp_path / 'Documents' / 'study.annot'}")
    assert str(tmp_path) not in said
    assert said.endswith("study.annot")


@pytest.fixture
def dialog(qtbot, light):
    """Return the dialog on a bug, open."""
    sheet = BugDialog(light, report_of(KeyError("speaker")))
    qtbot.addWidget(sheet)
    sheet.open()
    qtbot.waitExposed(sheet)
    return sheet


def test_the_dialog_says_that_work_is_stored(qtbot, dialog):
    assert KitRobot(qtbot, dialog).says("Everything you coded up to now is stored")


def test_details_can_be_copied(qtbot, dialog):
    KitRobot(qtbot, dialog).click("Copy details")
    assert "KeyError: 'speaker'" in QGuiApplication.clipboard().text()


def test_one_can_go_on_or_close_the_program(qtbot, light, dialog):
    with qtbot.waitSignal(dialog.accepted), qtbot.assertNotEmitted(dialog.close_requested):
        KitRobot(qtbot, dialog).click("Continue")
    other = BugDialog(light, "x")
    qtbot.addWidget(other)
    other.open()
    with qtbot.waitSignal(other.close_requested):
        KitRobot(qtbot, other).click("Close program")


def test_a_second_bug_is_added_to_the_details(qtbot, dialog):
    dialog.add_report("ValueError: no colour")
    assert "KeyError" in dialog.details
    assert "ValueError: no colour" in dialog.details
    assert KitRobot(qtbot, dialog).nameless() == []
