"""The welcome page: three ways in, recent projects, dropped files."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from annotator.desktop.kit.errand import Errand
from annotator.desktop.recent import RecentProject, day_in_words, recent_project
from annotator.desktop.theme import load_theme
from annotator.desktop.welcome import Welcome, droppable_formats
from annotator.model.annotation import Coder
from annotator.model.edit import Edit
from annotator.model.ids import new_id
from annotator.tasks.founding import new_project
from tests.desktop.robots_kit import QUIET, KitRobot, colours, shown

pytestmark = QUIET


@pytest.fixture(scope="module")
def founded(tmp_path_factory):
    """Return a project file to copy, with two human coders."""
    path = tmp_path_factory.mktemp("founded") / "Ferry framing study.annot"
    with new_project(path, ["entman"], coder="Ida") as project:
        project.apply(Edit("Add Ben", None, after=(Coder(new_id(), "Ben"),)))
    return path


@pytest.fixture
def study(tmp_path, founded):
    """Return the path of a project with two human coders."""
    return Path(shutil.copy(founded, tmp_path / founded.name))


@pytest.fixture
def make_page(qtbot, light):
    """Return a function that shows the page with recent projects."""
    pages = []

    def make(*recent, width=1280, height=860):
        page = Welcome(light, [str(path) for path in recent])
        pages.append(page)
        return shown(qtbot, page, width, height)

    yield make
    for page in pages:
        page.stop_looking()


def test_the_sample_comes_first_and_has_the_focus(qtbot, make_page):
    page = make_page()
    robot = KitRobot(qtbot, page)
    assert robot.names()[:3] == ["Try the sample story", "New project", "Open a project"]
    assert page.focusWidget().accessibleName() == "Try the sample story"


@pytest.mark.parametrize(
    ("name", "signal"),
    [
        ("Try the sample story", "sample_requested"),
        ("New project", "new_requested"),
        ("Open a project", "open_requested"),
    ],
)
def test_each_way_in_is_one_click(qtbot, make_page, name, signal):
    page = make_page()
    with qtbot.waitSignal(getattr(page, signal)):
        KitRobot(qtbot, page).click(name)


def test_t_tries_the_sample(qtbot, make_page):
    page = make_page()
    page.activateWindow()
    with qtbot.waitSignal(page.sample_requested):
        KitRobot(qtbot, page).press(Qt.Key.Key_T, page.focusWidget())


def test_arrow_keys_go_from_way_to_way(qtbot, make_page):
    page = make_page()
    robot = KitRobot(qtbot, page)
    robot.press(Qt.Key.Key_Down, page.focusWidget())
    assert page.focusWidget().accessibleName() == "New project"
    robot.press(Qt.Key.Key_Up, page.focusWidget())
    assert page.focusWidget().accessibleName() == "Try the sample story"


def test_a_recent_project_is_listed_at_once_and_then_with_what_it_holds(qtbot, make_page, study):
    page = make_page(study)
    assert page.recent[0].name == "Ferry framing study"
    qtbot.waitUntil(lambda: page.recent[0].detail == "0 articles, 2 coders")
    assert page.recent[0].changed == "today"


def test_a_recent_project_is_opened_by_one_click(qtbot, make_page, study):
    page = make_page(study)
    with qtbot.waitSignal(page.recent_chosen) as heard:
        KitRobot(qtbot, page).click("Ferry framing study")
    assert heard.args == [str(study)]


def test_a_recent_project_is_taken_off_the_list_by_del(qtbot, make_page, study):
    page = make_page(study)
    robot = KitRobot(qtbot, page)
    row = robot.button("Ferry framing study")
    row.setFocus()
    with qtbot.waitSignal(page.recent_forgotten) as heard:
        robot.press(Qt.Key.Key_Delete, row)
    assert heard.args == [str(study)]


def test_the_list_shows_each_project_once_and_not_more_than_fit(make_page, tmp_path):
    paths = [tmp_path / f"{n}.annot" for n in range(9)]
    assert len(make_page(paths[0], *paths).recent) == 6


def test_without_recent_projects_there_is_no_empty_list(qtbot, make_page):
    assert not KitRobot(qtbot, make_page()).says("Recent")


def test_a_missing_file_says_where_it_was(tmp_path):
    gone = recent_project(str(tmp_path / "Gone.annot"))
    assert gone.detail == f"moved or deleted, it was in {tmp_path}"
    assert not gone.is_there


def test_a_drive_that_is_not_connected_is_called_so():
    assert recent_project("/media/stick/Pilot.annot").detail == "on a drive that is not connected"


def test_a_folder_that_went_away_is_named(tmp_path):
    assert recent_project(str(tmp_path / "old" / "Pilot.annot")).detail.startswith(
        "its folder is gone"
    )


def test_another_programs_file_is_no_project(tmp_path):
    (tmp_path / "Letter.annot").write_text("Dear Ida,", encoding="utf-8")
    letter = recent_project(str(tmp_path / "Letter.annot"))
    assert (letter.detail, letter.is_there) == ("no project, or damaged", False)


def test_looking_at_a_project_in_use_disturbs_nobody(study):
    from annotator.store.project import Project

    with Project.open(study) as project:
        assert recent_project(str(study)).detail == "0 articles, 2 coders"
        project.apply(Edit("Add Cy", None, after=(Coder(new_id(), "Cy"),)))


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 3, 12), "today"),
        (date(2026, 3, 11), "yesterday"),
        (date(2026, 1, 4), "4 January"),
        (date(2024, 12, 31), "December 2024"),
        (date(2026, 3, 13), "13 March"),
    ],
)
def test_days_are_said_as_people_say_them(day, words):
    assert day_in_words(day, date(2026, 3, 12)) == words


def test_what_can_be_dropped_is_what_importers_read(qtbot, make_page):
    page = make_page()
    assert {"Plain text", "Markdown"} <= set(droppable_formats())
    assert KitRobot(qtbot, page).says(", ".join(droppable_formats()))


def test_dropped_files_are_passed_on(qtbot, make_page, tmp_path):
    page = make_page()
    files = [tmp_path / "a.txt", tmp_path / "b.csv"]
    with qtbot.waitSignal(page.files_dropped) as heard:
        KitRobot(qtbot, page).drop(*files)
    assert heard.args == [[str(path) for path in files]]


def test_a_dropped_project_is_opened(qtbot, make_page, study):
    page = make_page()
    with qtbot.waitSignal(page.recent_chosen) as heard:
        KitRobot(qtbot, page).drop(study)
    assert heard.args == [str(study)]


def test_the_drawing_is_left_out_in_a_narrow_window(qtbot, make_page, light):
    page = make_page(width=1280)
    blue = light.code_colour("#0069a8", "#4fa9e6").name()
    assert blue in colours(page)
    page.resize(1000, 700)
    qtbot.waitUntil(lambda: blue not in colours(page))


def test_a_failure_stands_on_the_page_until_it_is_dismissed(qtbot, make_page):
    page = make_page()
    page.show_failure("Ferries.annot: The file is cut short.")
    robot = KitRobot(qtbot, page)
    assert robot.says("The file is cut short.")
    robot.click("Dismiss")
    assert page.failures == []


def test_every_control_of_the_page_has_a_name_and_tab_comes_to_it(qtbot, make_page, study):
    page = make_page(study)
    robot = KitRobot(qtbot, page)
    assert robot.nameless() == []
    assert {"New project", "Open a project", "Ferry framing study"} <= set(robot.tab_round())


def test_the_page_takes_another_theme(qtbot, make_page, light, study):
    page, dark = make_page(study), load_theme("dark")
    page.set_theme(dark)
    found = colours(page)
    assert dark.colour("base").name() in found
    assert light.colour("base").name() not in found


def test_a_result_that_comes_late_hurts_nobody(qtbot, make_page, study, tmp_path):
    page = make_page(study)
    page.set_recent([str(tmp_path / "Other.annot")])
    qtbot.waitUntil(lambda: page.recent[0].detail != "")
    assert isinstance(page.recent[0], RecentProject)
    assert page.recent[0].name == "Other"
    assert not any(errand.is_running for errand in page.findChildren(Errand))
