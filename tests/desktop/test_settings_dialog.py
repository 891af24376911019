"""Settings hold at once, are stored, and nothing else in the file is lost."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from annotator import settings as choices
from annotator.desktop.dialogs.settings import SettingsDialog
from annotator.desktop.kit.labels import SerifText
from annotator.settings import Settings
from tests.desktop.robots_kit import QUIET, KitRobot

pytestmark = QUIET


@pytest.fixture
def dialog(qtbot, light):
    """Return the dialog, open."""
    choices.save(Settings(coder="Ida", recent=("/a.annot",), window={"main": [1280, 800]}))
    sheet = SettingsDialog(light, choices.load())
    qtbot.addWidget(sheet)
    sheet.open()
    qtbot.waitExposed(sheet)
    return sheet


@pytest.fixture
def robot(qtbot, dialog):
    """Return a robot that chooses in it."""
    return KitRobot(qtbot, dialog)


def test_another_theme_holds_at_once_and_is_stored(qtbot, dialog, robot):
    with qtbot.waitSignal(dialog.settings_changed) as heard:
        robot.click("Dark")
    assert heard.args[0].theme == "dark"
    assert choices.load().theme == "dark"


def test_a_letter_chooses_a_theme(robot):
    robot.button("System").setFocus()
    robot.press(Qt.Key.Key_H)
    assert choices.load().theme == "contrast"


def test_text_grows_by_a_pixel_and_the_specimen_with_it(dialog, robot):
    specimen = next(w for w in dialog.findChildren(SerifText) if w.isVisible())
    before = specimen.heightForWidth(400)
    robot.click("Text size: more")
    assert choices.load().text_px == 18
    assert specimen.heightForWidth(400) > before


def test_sizes_stop_at_their_bounds(robot):
    for _ in range(12):
        robot.click("Text size: more")
        robot.click("Interface size: more")
    assert choices.load().text_px == 24
    assert choices.load().interface_percent == 150


def test_keys_can_be_hidden(dialog, robot):
    robot.click("Show keys beside what they do")
    assert not choices.load().shows_keys
    assert not dialog.settings.shows_keys


def test_a_name_is_taken_when_the_dialog_closes(dialog, robot):
    field = robot.named(type(dialog.focusWidget()), "Your name")
    field.clear()
    robot.type("Ada  Lund ", field)
    robot.click("Done")
    assert choices.load().coder == "Ada Lund"


def test_what_other_parts_stored_meanwhile_is_kept(robot):
    choices.save(Settings(coder="Ida", recent=("/b.annot", "/a.annot"), window={"main": [1, 2]}))
    robot.click("Dark")
    stored = choices.load()
    assert stored.recent == ("/b.annot", "/a.annot")
    assert stored.window["main"] == [1, 2]


def test_settings_that_cannot_be_stored_hold_anyway_and_say_so(
    qtbot, dialog, robot, monkeypatch, tmp_path
):
    blocked = tmp_path / "file"
    blocked.write_text("in the way", encoding="utf-8")
    monkeypatch.setenv("PARALLAX_CONFIG", str(blocked))
    with qtbot.waitSignal(dialog.settings_changed) as heard:
        robot.click("Dark")
    assert heard.args[0].theme == "dark"
    assert "could not be saved" in dialog.note


def test_every_setting_has_a_name_and_the_keyboard_reaches_it(robot):
    assert robot.nameless() == []
    reached = set(robot.tab_round())
    assert {"System", "Text size", "Interface size", "Done"} <= reached
