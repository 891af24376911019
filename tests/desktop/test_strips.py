"""Top bar, status strip, action strip and empty regions: they show what is so and what keys do."""

from __future__ import annotations

import shutil
import threading
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor

from annotator.desktop.action_strip import ActionStrip, Current, StripAction
from annotator.desktop.empty_state import EmptyState, WayOn
from annotator.desktop.session import Session
from annotator.desktop.status_strip import StatusStrip
from annotator.desktop.theme import load_theme
from annotator.desktop.top_bar import TopBar, ViewTab
from annotator.desktop.worker import Job
from annotator.model.article import Story
from annotator.model.edit import Edit
from annotator.model.ids import new_id
from annotator.model.step import Step
from annotator.store.project import Project
from annotator.tasks.founding import new_project
from tests.desktop.robots_kit import QUIET, KitRobot, colours, shown

pytestmark = QUIET
VIEWS = (ViewTab("read", "Read", "Alt+1"), ViewTab("sheet", "Sheet", "Alt+2"))
ACTIONS = (
    StripAction("accept", "Accept", "Return", priority=9),
    StripAction("reject", "Reject", "Del", priority=8),
    StripAction("skip", "Skip", "S", priority=5),
    StripAction("all", "All 6 like this…", "A", priority=1, begins_group=True),
)


@pytest.fixture(scope="module")
def founded(tmp_path_factory):
    """Return a project file to copy."""
    path = tmp_path_factory.mktemp("founded") / "ferries.annot"
    new_project(path, ["entman"], coder="Ida").close()
    return path


@pytest.fixture
def session(tmp_path, founded, qapp):
    """Return a session on a new project, with Ida coding."""
    project = Project.open(Path(shutil.copy(founded, tmp_path / "ferries.annot")))
    yield Session(project, "Ida")
    project.close()


@pytest.fixture
def strip(qtbot, light, session):
    """Return the status strip of that session."""
    status = StatusStrip(light)
    status.follow(session)
    return shown(qtbot, status, 1280, 29)


def add_story(session, title):
    session.do(Edit(f"Add story {title}", session.desk.coder_id, after=(Story(new_id(), title),)))


# ---- top bar


@pytest.fixture
def bar(qtbot, light):
    """Return a top bar with two views."""
    top = TopBar(light, VIEWS)
    top.set_project("Ferry framing study")
    return shown(qtbot, top, 1280, 49)


def test_only_the_views_there_are_stand_in_the_bar(qtbot, bar):
    names = KitRobot(qtbot, bar).names()
    assert "Read" in names
    assert "Sheet" in names
    assert "Compare" not in names
    assert bar.view == "read"


def test_a_click_on_a_view_chooses_it(qtbot, bar):
    with qtbot.waitSignal(bar.view_chosen) as heard:
        KitRobot(qtbot, bar).click("Sheet")
    assert heard.args == ["sheet"]
    assert bar.view == "sheet"


def test_setting_the_view_is_silent(qtbot, bar):
    with qtbot.assertNotEmitted(bar.view_chosen):
        bar.set_view("sheet")
    assert bar.view == "sheet"


def test_another_set_of_views_keeps_the_current_one(bar):
    bar.set_view("sheet")
    bar.set_views((*VIEWS, ViewTab("compare", "Compare")))
    assert bar.view == "sheet"
    bar.set_views(VIEWS[:1])
    assert bar.view == "read"


def test_menu_project_and_command_field_ask_for_their_menus(qtbot, bar):
    robot = KitRobot(qtbot, bar)
    with qtbot.waitSignal(bar.menu_requested):
        robot.click("Menu")
    with qtbot.waitSignal(bar.project_menu_requested):
        robot.click("Project Ferry framing study")
    with qtbot.waitSignal(bar.command_requested):
        robot.click("Search or command")


def test_a_folded_rail_takes_the_projects_name_with_it(qtbot, bar):
    bar.set_rail_width(48)
    assert "Project Ferry framing study" not in KitRobot(qtbot, bar).names()
    bar.set_rail_width(208)
    assert "Project Ferry framing study" in KitRobot(qtbot, bar).names()


def test_the_command_field_makes_way_in_a_narrow_window(qtbot, bar):
    field = KitRobot(qtbot, bar).button("Search or command")
    wide = field.width()
    bar.resize(520, 49)
    qtbot.waitUntil(lambda: field.width() < wide)
    assert field.geometry().right() <= bar.width()


# ---- status strip


def test_without_a_project_the_strip_says_where_data_stay_and_which_keys_help(qtbot, light):
    strip = shown(qtbot, StatusStrip(light), 900, 29)
    robot = KitRobot(qtbot, strip)
    assert robot.says("Everything stays on this computer.")
    with qtbot.waitSignal(strip.hint_chosen) as heard:
        robot.click("Settings")
    assert heard.args == ["settings"]


def test_the_strip_says_who_codes_with_which_codebook(strip):
    assert strip.words == {"saved": "All saved", "coder": "Coder Ida", "codebook": "Codebook 1"}


def test_an_act_is_saved_at_once_and_named_for_undo(strip, session):
    add_story(session, "Nordhavn ferries")
    assert strip.words["saved"] == f"Saved {datetime.now().astimezone():%H:%M}"
    assert strip.words["undo"] == "Undo “Add story Nordhavn ferries”"
    session.undo()
    assert "undo" not in strip.words


def test_a_click_on_undo_or_coder_asks_for_it(qtbot, strip, session):
    add_story(session, "Storm Agda")
    robot = KitRobot(qtbot, strip)
    with qtbot.waitSignal(strip.undo_requested):
        robot.click("Undo “Add story Storm Agda”")
    with qtbot.waitSignal(strip.coder_clicked):
        robot.click("Coder Ida")


def test_another_coder_is_named_at_once(strip, session):
    session.change_coder("Ben")
    assert strip.words["coder"] == "Coder Ben"


def test_a_failed_save_is_said_until_something_is_saved(strip, session):
    strip.set_save_failed()
    assert strip.words["saved"] == "Not saved"
    add_story(session, "Storm Agda")
    assert strip.words["saved"].startswith("Saved ")


def test_a_read_only_project_says_so(light, qtbot, session):
    with Project.open(session.project.path, read_only=True) as reader:
        strip = StatusStrip(light)
        qtbot.addWidget(strip)
        strip.follow(Session(reader, "Ida"))
        assert strip.words["saved"] == "Read only"


def test_blind_mode_names_what_is_hidden(strip):
    strip.set_mode("Blind: outlets and suggestions are hidden")
    assert strip.words["mode"] == "Blind: outlets and suggestions are hidden"


def test_progress_is_said_in_words(strip):
    strip.set_progress(23, 1040)
    assert strip.words["progress"] == "23 of 1,040 articles"
    strip.set_progress(0, 0)
    assert "progress" not in strip.words


def test_a_narrow_strip_keeps_who_codes_and_leaves_undo_out_last(qtbot, strip, session):
    add_story(session, "Nordhavn ferries")
    strip.set_progress(23, 40)
    strip.resize(560, 29)
    qtbot.waitUntil(lambda: "progress" not in strip.words)
    names = KitRobot(qtbot, strip).names()
    assert "Coder Ida" in names
    assert "Codebook 1" not in names
    assert "Undo “Add story Nordhavn ferries”" in names


def test_the_strip_stops_listening_to_a_closed_session(strip, session):
    strip.follow(None)
    add_story(session, "Storm Agda")
    assert "undo" not in strip.words


def test_long_work_is_shown_until_it_ends_and_can_be_stopped(qtbot, strip, session):
    gate = threading.Event()

    def task(_reader):
        yield Step(142, 284)
        gate.wait(5)
        yield Step(284, 284)

    job = Job("Highlighting", task, session)
    strip.show_job(job)
    with qtbot.waitSignal(job.stepped):
        job.start()
    assert strip.words["job"].startswith("Highlighting 142 of 284")
    with qtbot.waitSignal(job.ended):
        KitRobot(qtbot, strip).click("Stop and keep")
        assert strip.words["job"].endswith("stopping…")
        gate.set()
    assert job.was_stopped
    assert "job" not in strip.words


def test_the_newest_of_two_jobs_is_shown_then_the_other(qtbot, strip, session):
    jobs = [Job(title, lambda _reader: iter(()), session) for title in ("Importing", "Comparing")]
    for job in jobs:
        strip.show_job(job)
    assert strip.words["job"] == "Comparing"
    with qtbot.waitSignal(jobs[1].ended):
        jobs[1].start()
    assert strip.words["job"] == "Importing"
    with qtbot.waitSignal(jobs[0].ended):
        jobs[0].start()
    assert not strip.jobs.is_busy


# ---- action strip


@pytest.fixture
def actions(qtbot, light):
    """Return an action strip on a suggestion."""
    strip = ActionStrip(light)
    strip.set_current(
        Current("Suggestion", "5 of 34", "My mother has missed two appointments",
                detail="Leyla Aydın, 0.94")
    )  # fmt: skip
    strip.set_actions(ACTIONS)
    return shown(qtbot, strip, 1100, 45)


def test_the_strip_says_what_is_current_and_what_keys_do(qtbot, actions):
    robot = KitRobot(qtbot, actions)
    assert robot.texts() == [
        "Suggestion", "5 of 34", "“My mother has missed two appointments”", "Leyla Aydın, 0.94",
    ]  # fmt: skip
    assert robot.names() == ["Accept", "Reject", "Skip", "All 6 like this…"]
    assert "My mother" in actions.accessibleDescription()


def test_a_click_does_what_the_key_does(qtbot, actions):
    with qtbot.waitSignal(actions.action_chosen) as heard:
        KitRobot(qtbot, actions).click("Reject")
    assert heard.args == ["reject"]


def test_a_click_leaves_the_focus_in_the_text(qtbot, actions):
    assert KitRobot(qtbot, actions).button("Accept").focusPolicy() == Qt.FocusPolicy.TabFocus


def test_a_narrow_strip_cuts_the_quote_then_leaves_out_the_least_important(qtbot, actions):
    actions.resize(640, 45)
    qtbot.waitUntil(lambda: "Leyla Aydın, 0.94" not in KitRobot(qtbot, actions).texts())
    assert actions.shown == ["accept", "reject", "skip", "all"]
    actions.resize(480, 45)
    qtbot.waitUntil(lambda: actions.shown == ["accept", "reject", "skip"])
    actions.resize(1100, 45)
    qtbot.waitUntil(lambda: len(actions.shown) == 4)


def test_what_is_shown_fits(qtbot, actions):
    for width in (1100, 700, 560, 420):
        actions.resize(width, 45)
        robot = KitRobot(qtbot, actions)
        qtbot.waitUntil(
            lambda: robot.button(robot.names()[-1]).geometry().right() <= actions.width()  # noqa: B023
        )


def test_fewer_actions_later_leave_no_old_button(qtbot, actions):
    actions.set_actions(ACTIONS[:1])
    assert KitRobot(qtbot, actions).names() == ["Accept"]
    actions.set_actions(())
    assert KitRobot(qtbot, actions).names() == []


def test_the_mark_of_a_code_is_painted_by_whoever_knows_it(qtbot, light, actions):
    def paint(painter, rect):
        painter.fillRect(rect, QColor("#123456"))

    actions.set_current(Current("Annotation", name="Conflict", paint_mark=paint))
    assert "#123456" in colours(actions)
    actions.set_current(Current("Selection", "11 words"))
    assert "#123456" not in colours(actions)


def test_an_action_that_cannot_be_done_is_not_chosen(qtbot, actions):
    actions.set_actions([StripAction("accept", "Accept", "Return", is_enabled=False)])
    with qtbot.assertNotEmitted(actions.action_chosen):
        KitRobot(qtbot, actions).click("Accept")


# ---- empty regions


def test_an_empty_region_says_what_is_missing_and_offers_ways_on(qtbot, light):
    ways = [WayOn("import", "Import…", "Ctrl+I"), WayOn("suggest", "Suggest articles", "G")]
    empty = EmptyState(light, "No articles in this story yet", "Drop files here.", ways)
    robot = KitRobot(qtbot, shown(qtbot, empty))
    assert robot.texts() == ["No articles in this story yet", "Drop files here."]
    with qtbot.waitSignal(empty.chosen) as heard:
        robot.click("Suggest articles")
    assert heard.args == ["suggest"]


def test_an_empty_region_can_say_something_else(qtbot, light):
    empty = shown(qtbot, EmptyState(light, "No articles", "Drop files.", [WayOn("a", "Import…")]))
    empty.say("No article has “ferry”")
    robot = KitRobot(qtbot, empty)
    assert robot.texts() == ["No article has “ferry”"]
    assert robot.names() == []


def test_every_control_of_the_frame_has_a_name(qtbot, bar, strip, actions):
    assert [KitRobot(qtbot, part).nameless() for part in (bar, strip, actions)] == [[], [], []]


def test_the_frame_takes_another_theme(qtbot, light, bar, strip, actions):
    dark = load_theme("dark")
    for part in (bar, strip, actions):
        part.set_theme(dark)
        assert light.colour("chrome").name() not in colours(part)
