"""What the window's tests share: offscreen Qt, the shipped typefaces, robots."""

from __future__ import annotations

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest

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
