"""The window as a person uses it: keys alone, mouse alone, and what stays when it is closed."""

from __future__ import annotations

import shutil
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from annotator.desktop.actions import ACTIONS, PANE_KEYS
from annotator.settings import Settings, sample_corpus
from annotator.store.project import Project
from annotator.tasks.founding import new_project
from annotator.tasks.highlighting import highlighting
from annotator.tasks.importing import importing
from annotator.tasks.running import run
from tests.desktop.robots_window import WindowRobot

pytestmark = pytest.mark.gui


CODEBOOK = """
[[layer]]
slug = "frame"
name = "Frames"

[[code]]
layer = "frame"
slug = "conflict"
name = "Conflict"
key = "1"

[[code]]
layer = "frame"
slug = "economy"
name = "Economy"
key = "2"

[[code]]
layer = "frame"
slug = "human-interest"
name = "Human interest"
key = "3"
snap = "none"

[[code]]
layer = "frame"
slug = "judged"
name = "Judged"
key = "4"

[[attribute]]
layer = "frame"
code = "judged"
slug = "direction"
name = "Direction"
required = true
values = [
  { code = 1, slug = "for", label = "For" },
  { code = -1, slug = "against", label = "Against" },
]
"""


@pytest.fixture(scope="module")
def highlighted(tmp_path_factory):
    """Return a closed project with the sample articles and suggestions, made once."""
    home = tmp_path_factory.mktemp("window")
    (home / "book.toml").write_text(CODEBOOK, encoding="utf-8")
    path = home / "study.annot"
    with new_project(path, [str(home / "book.toml")]) as project:
        run(project, importing(project, [sample_corpus("articles")], story="River port"))
        run(project, highlighting(project))
    return path


@pytest.fixture
def path(highlighted, tmp_path):
    return shutil.copy(highlighted, tmp_path / "study.annot")


@pytest.fixture
def start(qtbot):
    """Return a window without a project."""
    robot = WindowRobot(qtbot, replace(Settings(), theme="light", coder="Cem"))
    yield robot
    robot.window.close()


@pytest.fixture
def desk(start, path):
    """Return a window on the sample, coded by somebody new."""
    return start.open(path)


def test_opening_shows_articles_side_by_side_with_the_first_one_active(desk):
    assert len(desk.space.view.panes) == 3
    assert desk.pane is desk.space.view.panes[0]
    assert desk.pane.reading.hasFocus()
    assert desk.data.own == ()
    assert len(desk.data.suggestions) > 20


def test_a_code_key_tags_the_selection(desk):
    desk.select_by_keys("The provinces of Arvenne").press("1")
    assert desk.own() == [("conflict", "The provinces of Arvenne")]


def test_a_code_key_without_a_selection_tags_the_sentence_at_the_caret(desk):
    desk.caret_at("provinces of Arvenne").press("2")
    ((code, words),) = desk.own()
    assert code == "economy"
    assert words.startswith("The provinces of Arvenne")
    assert words.endswith(".")


def test_undo_and_redo_by_key(desk):
    desk.select_by_keys("The provinces").press("1")
    desk.press("Ctrl+Z")
    assert desk.own() == []
    desk.press("Ctrl+Shift+Z")
    assert desk.own() == [("conflict", "The provinces")]


def test_tagging_the_same_again_says_so_and_makes_no_second_one(desk):
    desk.select_by_keys("The provinces").press("1").press("1")
    assert len(desk.own()) == 1


def test_two_codes_on_one_selection(desk):
    desk.select_by_keys("The provinces").press("1").press("2")
    assert {code for code, _ in desk.own()} == {"conflict", "economy"}


def test_repeat_uses_the_last_code(desk):
    desk.select_by_keys("The provinces").press("3")
    desk.select_by_keys("Selmark").press("R")
    assert [code for code, _ in desk.own()] == ["human-interest"] * 2


def test_recode_delete_and_move_a_boundary_by_keys(desk):
    desk.select_by_keys("The provinces").press("1", "Esc")
    desk.caret_at("provinces").press("X", "2")
    assert desk.own() == [("economy", "The provinces")]
    desk.press("]")
    assert desk.own() == [("economy", "The provinces of")]
    desk.press("[").press("Shift+]")
    assert desk.own() == [("economy", "provinces")]
    desk.press("Del")
    assert desk.own() == []
    for _ in range(5):
        desk.press("Ctrl+Z")
    assert desk.own() == [("conflict", "The provinces")] or desk.own() == []


def test_a_second_fragment_is_added_and_dropped_by_keys(desk):
    desk.select_by_keys("The provinces").press("1")
    desk.select_by_keys("river port").press("F")
    assert desk.own() == [("conflict", "The provinces … river port")]
    desk.press("Esc").caret_at("river port").press("Shift+F")
    assert desk.own() == [("conflict", "The provinces")]


def test_suggestions_are_gone_through_accepted_and_rejected_by_keys(desk):
    before = len(desk.data.reviewable())
    desk.press("Tab")
    kind, number, quote = desk.strip()
    assert (kind, number) == ("Suggestion", f"1 of {before}")
    assert quote
    desk.press("Return")
    assert len(desk.data.own) >= 1
    assert len(desk.data.reviewable()) == before - 1
    assert desk.strip()[0] == "Suggestion"
    desk.press("Del")
    assert len(desk.data.reviewable()) == before - 2
    desk.press("S")
    assert desk.strip()[1] == f"2 of {before - 2}"
    desk.press("Ctrl+Z", "Ctrl+Z")
    assert len(desk.data.reviewable()) == before
    assert desk.data.own == ()


def test_a_code_key_on_a_suggestion_accepts_it_as_that_code(desk):
    desk.press("Tab")
    quote = desk.strip()[2]
    desk.press("1")
    assert desk.own()[0] == ("conflict", quote)


def test_an_accepted_quote_brings_its_speaker_and_cue(desk):
    data = desk.data
    quote = next(a for a in data.reviewable() if data.code(a).layer == "quote"
                 and len(data.companions(a)) == 2)  # fmt: skip
    desk.pane.attend(quote.id)
    desk.press("Return")
    layers = sorted(desk.data.code(a).layer for a in desk.data.own)
    assert layers == ["attribution", "attribution", "quote"]
    accepted = next(a for a in desk.data.own if desk.data.code(a).layer == "quote")
    assert len(desk.data.companions(accepted)) == 2


def test_boundaries_of_a_suggestion_move_before_it_is_accepted(desk):
    desk.press("Tab")
    quote = desk.strip()[2]
    desk.press("]").press("Return")
    words = desk.own()[0][1]
    assert words.startswith(quote)
    assert len(words) > len(quote)


def test_the_mouse_alone_selects_tags_and_deletes(desk):
    desk.drag_over("Arvenne and Selmark")
    panel = desk.space.right.panel
    code = next(c for c in desk.session.codebook.codes if c.slug == "conflict")
    panel.code_used.emit(code.id)
    assert desk.own() == [("conflict", "Arvenne and Selmark")]
    desk.click("and Selmark have")
    strip = desk.space.strip
    assert desk.pane.current_id
    strip.action_chosen.emit("delete")
    assert len(desk.own()) == 0


def test_what_is_coded_is_there_after_closing_and_opening(desk, path):
    desk.select_by_keys("The provinces").press("1")
    article = desk.pane.article_id
    desk.window.close_project()
    assert desk.window.workspace is None
    with Project.open(path) as project:
        human = [a for a in project.annotations(article) if a.coder_id
                 == next(c.id for c in project.coders.values() if c.name == "Cem")]  # fmt: skip
        assert len(human) == 1
    desk.open(path)
    assert desk.own() == [("conflict", "The provinces")]


def test_panes_are_reached_closed_and_replaced_by_keys(desk):
    first, second, third = desk.space.view.article_ids()
    desk.press("Ctrl+Tab")
    assert desk.pane.article_id == second
    desk.press("Ctrl+W")
    assert desk.space.view.article_ids() == [first, third]
    assert desk.pane.reading.hasFocus()


def test_done_marks_the_article_and_opens_the_next(desk):
    article = desk.pane.article_id
    desk.press("Ctrl+Return")
    assert desk.pane.article_id != article
    assignment = next(a for a in desk.session.project.assignments(article)
                      if a.coder_id == desk.session.desk.coder_id)  # fmt: skip
    assert assignment.status == "done"
    assert desk.window.status.words["progress"] == "1 of 5 articles"


def test_find_goes_from_place_to_place_and_back_to_the_text(desk):
    desk.press("Ctrl+F").type("Selmark")
    assert desk.words_selected() == "Selmark"
    place = desk.pane.reading.selection()
    desk.press("Return")
    assert desk.pane.reading.selection() != place
    desk.press("Esc")
    assert desk.pane.reading.hasFocus()


def test_the_palette_finds_a_command_a_code_and_an_article(desk):
    desk.press("Ctrl+K")
    desk.type(">fold the codes").press("Return")
    assert desk.space.right.isHidden()
    desk.select_by_keys("The provinces").press("Ctrl+K")
    desk.type("#confl").press("Return")
    assert desk.own() == [("conflict", "The provinces")]
    desk.press("Ctrl+K").type("@pulse").press("Down", "Up", "Return")
    assert desk.pane.reading.hasFocus()


def test_a_letter_typed_in_a_field_tags_nothing(desk):
    desk.press("/").type("1 river")
    assert desk.own() == []


def test_regions_are_gone_round_by_key(desk):
    seen = []
    for _ in range(5):
        desk.press("F6")
        focus = QApplication.focusWidget()
        seen.append(focus)
    assert len(set(seen)) == 5


def test_deleting_an_article_closes_its_pane_and_undo_brings_it_back(desk):
    article = desk.pane.article_id
    desk.press("Ctrl+Del")
    assert article not in desk.space.view.article_ids()
    assert desk.session.project.count() == 4
    desk.press("Ctrl+Z")
    assert desk.session.project.count() == 5


def test_highlighting_runs_beside_the_window_and_can_be_undone(start, sample_file, tmp_path):
    path = shutil.copy(sample_file, tmp_path / "plain.annot")
    start.open(path)
    start.press("Ctrl+H").wait_for_work()
    assert start.session.project.count_suggestions() > 100
    assert "read" in start.notice()
    start.press("Ctrl+Z")
    assert start.session.project.count_suggestions() == 0


def test_files_are_imported_and_highlighted(desk, tmp_path):
    page = tmp_path / "late.txt"
    page.write_text("Barges pass again\n\nBarges passed the lock at Quillhaven on Friday, "
                    "said Ilse Brånvik, the minister.\n", encoding="utf-8")  # fmt: skip
    desk.window.errands.jobs.import_files([page])
    desk.wait_for_work()
    desk.wait_for_work()
    assert desk.session.project.count() == 6


def test_an_export_in_the_background_says_what_it_wrote(desk, tmp_path):
    desk.window.errands.jobs.export("jsonl", tmp_path / "out.jsonl")
    desk.wait_for_work()
    assert (tmp_path / "out.jsonl").is_file()
    assert "out.jsonl" in desk.notice()


def test_a_project_somebody_else_writes_to_opens_read_only(start, path):
    with Project.open(path):
        start.open(path)
        assert start.session.project.read_only
        start.select_by_keys("The provinces").press("1")
        assert start.own() == []
        assert "read-only" in start.notice()


def test_a_file_that_is_no_project_puts_up_a_banner_and_keeps_the_open_one(desk, tmp_path):
    bad = tmp_path / "bad.annot"
    bad.write_text("nothing")
    assert not desk.window.open_project(bad)
    assert desk.session is not None
    assert desk.window.board.banners.isVisible()


def test_light_and_dark_change_everywhere_by_key(desk):
    desk.press("Ctrl+Shift+D")
    assert desk.window.theme.is_dark
    dark = desk.window.grab().toImage().pixelColor(4, 300)
    desk.press("Ctrl+Shift+D")
    assert desk.window.grab().toImage().pixelColor(4, 300) != dark


def test_the_window_folds_what_has_no_room(desk):
    desk.window.resize(1280, 800)
    QApplication.sendPostedEvents()
    assert desk.space.rail.is_folded
    assert not desk.space.right.isHidden()
    assert all(not pane.isHidden() for pane in desk.space.view.panes)
    desk.window.resize(1000, 700)
    QApplication.sendPostedEvents()
    assert desk.space.right.isHidden()


def test_every_control_has_an_accessible_name(desk):
    controls = [
        w for w in desk.window.findChildren(QWidget)
        if w.focusPolicy() != Qt.FocusPolicy.NoFocus and w.isVisibleTo(desk.window)
    ]  # fmt: skip
    assert len(controls) > 8
    nameless = [
        f"{type(w).__name__} in {type(w.parent()).__name__}"
        for w in controls
        if not w.accessibleName() and not getattr(w, "text", str)()
    ]
    assert nameless == []


def test_no_two_actions_share_a_key_in_one_place():
    for scope in ("window", "pane"):
        keys = [key for spec in ACTIONS if spec.scope == scope for key in spec.keys]
        assert len(keys) == len(set(keys)), scope


def test_the_sample_codebooks_keys_do_not_clash_with_the_panes():
    from annotator.formats.codebooks import read_codebook

    book = read_codebook(sample_corpus("codebook.toml"))
    assert all(code.key.upper() not in PANE_KEYS for code in book.codes)


def test_the_key_sheet_opens_and_closes_by_key(desk):
    desk.press("F1")
    sheet = QApplication.activeModalWidget()
    assert sheet is not None
    desk.bot.waitUntil(sheet.isActiveWindow)
    QTest.keyClick(sheet, Qt.Key.Key_Escape)
    desk.bot.waitUntil(lambda: QApplication.activeModalWidget() is None)


def test_a_code_with_a_required_attribute_asks_for_it_beside_the_span(desk):
    desk.select_by_keys("The provinces").press("4")
    popover = desk.space.describing.popover
    assert popover.isVisible()
    desk.press("Return")
    assert popover.isVisible(), "a required attribute is missing"
    desk.press("A").press("Return")
    assert not popover.isVisible()
    (annotation,) = desk.data.own
    assert annotation.attributes == {"direction": "against"}
    assert desk.pane.reading.hasFocus()


def test_leaving_the_attributes_of_a_new_annotation_takes_it_back(desk):
    desk.select_by_keys("The provinces").press("4", "Esc")
    assert desk.own() == []
    assert desk.pane.reading.hasFocus()
