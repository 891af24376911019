"""Notices tell what was done and go; banners say what is wrong and stay."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QProxyStyle, QStyle, QVBoxLayout, QWidget

from annotator.desktop import notices
from annotator.desktop.banners import BannerAction
from annotator.desktop.kit.dressing import Surface
from annotator.desktop.notices import NoticeBoard
from annotator.errors import BadInput, ProjectError
from tests.desktop.robots_kit import QUIET, KitRobot, colours, shown

pytestmark = QUIET


class Ear:
    """Counts what was asked for."""

    def __init__(self):
        self.heard = []

    def undo(self):
        self.heard.append("undo")

    def save(self):
        self.heard.append("save")


@pytest.fixture
def window(qtbot, light):
    """Return a window with a strip and room for banners."""
    frame = QWidget()
    column = QVBoxLayout(frame)
    column.setContentsMargins(0, 0, 0, 0)
    frame.strip = Surface(light, "base")
    frame.strip.setFixedHeight(44)
    frame.board = NoticeBoard(light, frame, frame.strip)
    column.addWidget(frame.board.banners)
    column.addStretch(1)
    column.addWidget(frame.strip)
    return shown(qtbot, frame, 900, 600)


@pytest.fixture
def board(window):
    """Return its notice board."""
    return window.board


@pytest.fixture
def quick(monkeypatch):
    """Let notices go after a blink."""
    monkeypatch.setattr(notices, "SHOWN_MS", 40)
    monkeypatch.setattr(notices, "READING_MS", 0)


def test_a_notice_says_what_was_done_and_lies_above_the_strip(qtbot, window, board):
    board.say("Accepted 6 suggestions", "Undo", "Ctrl+Z")
    assert KitRobot(qtbot, window).says("Accepted 6 suggestions")
    lower_edge = board.notice.geometry().bottom() - notices.SHADOW
    assert lower_edge < window.strip.y()
    assert window.strip.y() - lower_edge <= 24


def test_a_notice_offers_to_undo_and_goes_when_pressed(qtbot, window, board):
    ear = Ear()
    board.say("Deleted an annotation", "Undo", "Ctrl+Z", ear.undo)
    KitRobot(qtbot, window).click("Undo")
    assert ear.heard == ["undo"]
    assert board.notice is None


@pytest.mark.usefixtures("quick")
def test_a_notice_goes_by_itself(qtbot, board):
    board.say("Saved")
    qtbot.waitUntil(lambda: board.notice is None)


@pytest.mark.usefixtures("quick")
def test_a_notice_stays_while_the_focus_is_on_it(qtbot, window, board):
    board.say("Deleted an annotation", "Undo", "Ctrl+Z", Ear().undo)
    KitRobot(qtbot, window).button("Undo").setFocus()
    qtbot.wait(120)
    assert board.notice is not None
    window.strip.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    window.strip.setFocus()
    qtbot.waitUntil(lambda: board.notice is None)


@pytest.mark.usefixtures("quick")
def test_a_notice_stays_while_the_pointer_is_on_it(qtbot, window, board):
    board.say("Saved")
    robot = KitRobot(qtbot, window)
    robot.point_at(board.notice)
    qtbot.wait(120)
    assert board.notice is not None
    robot.point_away(board.notice)
    qtbot.waitUntil(lambda: board.notice is None)


def test_a_long_notice_stays_as_long_as_it_takes_to_read(board):
    board.say("Saved")
    short = board.notice.findChild(notices.QTimer).interval()
    board.say("x " * 200)
    assert short == notices.SHOWN_MS
    assert board.notice.findChild(notices.QTimer).interval() > short


def test_the_newest_notice_takes_the_place_of_the_one_before(board):
    board.say("Accepted 1 suggestion")
    board.say("Accepted 2 suggestions")
    assert board.notice.sentence == "Accepted 2 suggestions"


def test_a_notice_one_is_on_is_not_taken_away_by_the_next(qtbot, window, board):
    board.say("Deleted an annotation", "Undo", "", Ear().undo)
    KitRobot(qtbot, window).button("Undo").setFocus()
    board.say("Saved")
    assert board.notice.sentence == "Deleted an annotation"
    KitRobot(qtbot, window).click("Undo")
    assert board.notice.sentence == "Saved"


def test_esc_takes_a_focused_notice_away(qtbot, window, board):
    board.say("Deleted an annotation", "Undo", "", Ear().undo)
    robot = KitRobot(qtbot, window)
    robot.button("Undo").setFocus()
    robot.press(Qt.Key.Key_Escape)
    assert board.notice is None


def test_a_very_long_notice_wraps_within_the_window(qtbot, window, board):
    window.resize(360, 400)
    board.say("The article could not be split " * 8, "Undo", "Ctrl+Z", Ear().undo)
    qtbot.waitUntil(lambda: board.notice.geometry().right() <= window.width())
    assert board.notice.height() > 100


def test_a_notice_is_read_out(monkeypatch, board):
    said = []
    monkeypatch.setattr(notices, "announce", lambda _widget, words, **_more: said.append(words))
    board.say("Accepted 6 suggestions", "Undo", "Ctrl+Z")
    assert said == ["Accepted 6 suggestions Undo Ctrl+Z"]


def test_a_notice_follows_the_window(qtbot, window, board):
    board.say("Saved")
    before = board.notice.y()
    window.resize(900, 700)
    qtbot.waitUntil(lambda: board.notice.y() > before)


def test_an_error_is_said_in_full_and_stays(qtbot, window, board):
    error = ProjectError(
        "The disk is full.", hint="Make room, then try again.", where="study.annot"
    )
    board.fail(error, [BannerAction("Save a copy…", Ear().save)])
    robot = KitRobot(qtbot, window)
    assert robot.says("study.annot: The disk is full. Make room, then try again.")
    assert "Save a copy…" in robot.names()


def test_an_error_banner_is_red_and_a_warning_amber(window, board, light):
    board.warn("Row 14 of survey.csv has no text; it was left out.")
    warned = colours(window)
    board.fail(BadInput("No."))
    assert light.colour("warn_ground").name() in warned
    assert light.colour("err_ground").name() not in warned
    assert light.colour("err_ground").name() in colours(window)


def test_a_warning_can_be_dismissed_and_leaves_no_room(qtbot, window, board):
    board.warn("Row 14 of survey.csv has no text; it was left out.")
    assert board.banners.isVisible()
    KitRobot(qtbot, window).click("Dismiss")
    assert board.banners.sentences == []
    assert not board.banners.isVisible()


def test_an_action_of_a_banner_is_done_once_and_ends_it(qtbot, window, board):
    ear = Ear()
    board.fail(BadInput("Not saved."), [BannerAction("Save a copy…", ear.save)])
    KitRobot(qtbot, window).click("Save a copy…")
    assert ear.heard == ["save"]
    assert board.banners.sentences == []


def test_a_banner_on_the_same_subject_takes_the_place_of_the_old_one(board):
    board.fail(BadInput("Not saved since 14:02."), subject="saving")
    board.fail(BadInput("Not saved since 14:05."), subject="saving")
    board.warn("Something else.")
    assert board.banners.sentences == ["Not saved since 14:05.", "Something else."]
    board.take_down("saving")
    assert board.banners.sentences == ["Something else."]


def test_read_only_cannot_be_dismissed_and_blinks_once(qtbot, window, board, light):
    banner = board.read_only("Read only: Ida has this project open since 13:40.")
    assert "Dismiss" not in KitRobot(qtbot, window).names()
    calm = colours(banner)
    banner.blink()
    assert light.colour("tint").name() in colours(banner)
    qtbot.waitUntil(lambda: colours(banner) == calm)


def test_a_long_banner_wraps_instead_of_being_cut(qtbot, window, board):
    sentence = "Row 14 of survey.csv has no text; it was left out. " * 6
    banner = board.warn(sentence, [BannerAction("Show row", Ear().save)])
    window.resize(480, 600)
    qtbot.waitUntil(lambda: banner.height() == banner.heightForWidth(banner.width()))
    words = next(w for w in banner.findChildren(QLabel) if w.text() == sentence)
    assert words.height() >= words.heightForWidth(words.width())
    assert words.height() > 4 * words.fontMetrics().height()


def test_opening_another_project_takes_everything_down(board):
    board.say("Saved")
    board.warn("Careful.")
    board.clear()
    assert board.notice is None
    assert board.banners.sentences == []


def test_every_control_of_notices_and_banners_has_a_name(qtbot, window, board):
    board.say("Deleted", "Undo", "Ctrl+Z", Ear().undo)
    board.warn("Careful.", [BannerAction("Show row", Ear().save)])
    robot = KitRobot(qtbot, window)
    assert robot.nameless() == []
    assert {"Undo", "Show row", "Dismiss"} <= set(robot.names())


class Still(QProxyStyle):
    """A style without motion."""

    def styleHint(self, hint, option=None, widget=None, data=None):  # noqa: N802  # Qt's name
        if hint == QStyle.StyleHint.SH_Widget_Animation_Duration:
            return 0
        return super().styleHint(hint, option, widget, data)


def test_where_the_system_wants_no_motion_a_notice_is_there_at_once(qapp, board):
    qapp.setStyle(Still("Fusion"))
    board.say("Saved")
    assert board.notice.graphicsEffect() is None
    qapp.setStyle("Fusion")


def test_a_notice_fades_in_and_is_plain_again_afterwards(qtbot, board):
    board.say("Saved")
    assert board.notice.graphicsEffect() is not None
    qtbot.waitUntil(lambda: board.notice.graphicsEffect() is None)
