"""What the window's tests share: offscreen Qt, the shipped typefaces, robots."""

from __future__ import annotations

import gc
import os
import threading

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from PySide6.QtCore import QEvent, QTimer
from PySide6.QtWidgets import QApplication

from annotator.desktop.fonts import load_fonts
from annotator.desktop.theme import load_theme, palette
from tests.desktop.robots import ReadingPaneRobot


@pytest.fixture(autouse=True)
def shipped_fonts(qapp):
    """Draw with the shipped typefaces and the light palette, on every machine alike."""
    assert load_fonts() == ()
    qapp.setStyle("Fusion")
    qapp.setPalette(palette(load_theme("light")))


@pytest.fixture
def light():
    """Return the light theme."""
    return load_theme("light")


@pytest.fixture
def reader(qtbot, light):
    """Return a robot that reads in a pane of 720 x 900."""
    return ReadingPaneRobot(qtbot, light)


@pytest.fixture(autouse=True)
def nothing_leaks(qapp, qtbot):
    """Fail a test that leaves a thread, a running timer or a window behind."""
    threads = set(threading.enumerate())
    yield
    for widget in QApplication.topLevelWidgets():
        if widget.isVisible():
            widget.close()
    qapp.sendPostedEvents()
    # What was told to delete itself goes now: a hundred left widgets slow every later test.
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    gc.collect()
    left = [t.name for t in threading.enumerate() if t not in threads and t.is_alive()]
    assert left == [], f"threads left running: {left}"
    timers = [t for t in qapp.findChildren(QTimer) if t.isActive()]
    assert timers == [], f"timers left running: {timers}"
