"""The article rail as a coder uses it: stories, filter, keys, dragging, folding, blind coding."""

from __future__ import annotations

import json

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt
from PySide6.QtGui import QGuiApplication

from annotator.desktop.article_list import MIME
from annotator.desktop.article_model import MOST_IN_STORY
from annotator.desktop.session import Session
from annotator.desktop.theme import load_theme
from annotator.model import acts, article_acts
from annotator.model.annotation import Assignment
from annotator.model.article import Article
from annotator.model.edit import Edit
from annotator.model.ids import new_id
from annotator.model.span import Span
from annotator.store.project import Project
from tests.desktop.robots_articles import HEADLINES, OUTLETS, QUIET, RailRobot, Study, files

pytestmark = [pytest.mark.gui, QUIET]
CTRL = Qt.KeyboardModifier.ControlModifier
FOLDED = ["School merger vote", "Storm Agda", "Not in a story"]


@pytest.fixture
def study(tmp_path):
    made = Study.made(tmp_path / "study.annot")
    yield made
    made.project.close()


@pytest.fixture
def session(study):
    return Session(study.project, "Ada")


@pytest.fixture
def rail(qtbot, light, session):
    return RailRobot(qtbot, light, session)


@pytest.fixture
def empty_rail(qtbot, light):
    """Return a rail over a project without articles."""
    with Project.in_memory() as project:
        yield RailRobot(qtbot, light, Session(project, "Ada"))


def test_the_first_story_lists_its_articles_below_it(rail):
    assert rail.titles() == ["Nordhavn ferries", *OUTLETS, *FOLDED]
    assert rail.headlines() == list(HEADLINES)
    assert rail.rows()[0] == "Nordhavn ferries, 5 articles, open"


def test_a_click_on_a_story_unfolds_it_and_another_folds_it(rail):
    rail.click("Storm Agda,")
    assert "Storm Agda, part 2" in rail.headlines()
    rail.click("Storm Agda,")
    assert "Storm Agda, part 2" not in rail.headlines()


def test_all_stories_can_be_folded(rail):
    rail.click("Nordhavn ferries,")
    assert rail.titles() == ["Nordhavn ferries", *FOLDED]


def test_left_goes_to_the_story_then_folds_it_and_right_unfolds_it(rail):
    rail.go_to("A quay without boats")
    rail.press(Qt.Key.Key_Left)
    assert rail.list.currentIndex().row() == 0
    rail.press(Qt.Key.Key_Left)
    assert rail.headlines() == []
    rail.press(Qt.Key.Key_Right)
    assert rail.headlines() == list(HEADLINES)


def test_a_click_opens_an_article_in_the_active_pane(rail, qtbot, study):
    with qtbot.waitSignal(rail.rail.article_chosen) as heard:
        rail.click("A quay without boats")
    assert heard.args == [study.articles[3].id, False]


def test_enter_opens_and_control_enter_opens_beside(rail, qtbot, study):
    rail.go_to("A quay without boats")
    with qtbot.waitSignal(rail.rail.article_chosen) as heard:
        rail.press(Qt.Key.Key_Return)
    assert heard.args == [study.articles[3].id, False]
    with qtbot.waitSignal(rail.rail.article_chosen) as heard:
        rail.press(Qt.Key.Key_Return, CTRL)
    assert heard.args == [study.articles[3].id, True]


def test_the_middle_button_opens_beside(rail, qtbot, study):
    with qtbot.waitSignal(rail.rail.article_chosen) as heard:
        rail.click("A quay without boats", Qt.MouseButton.MiddleButton)
    assert heard.args == [study.articles[3].id, True]


def test_a_click_with_control_selects_and_opens_nothing(rail, qtbot):
    with qtbot.assertNotEmitted(rail.rail.article_chosen):
        rail.click("A quay without boats", keys=CTRL)


def test_f2_asks_for_the_facts_and_del_for_deletion_of_all_selected(rail, qtbot, study):
    rail.go_to("A quay without boats")
    with qtbot.waitSignal(rail.rail.action_requested) as heard:
        rail.press(Qt.Key.Key_F2)
    assert heard.args == ["edit-facts", [study.articles[3].id]]
    rail.click("Ferries: what we know", keys=CTRL)
    with qtbot.waitSignal(rail.rail.action_requested) as heard:
        rail.press(Qt.Key.Key_Delete)
    assert heard.args == ["delete-article", [study.articles[3].id, study.articles[4].id]]


def test_f2_on_a_story_asks_for_the_stories(rail, qtbot, study):
    rail.go_to("Storm Agda")
    with qtbot.waitSignal(rail.rail.action_requested) as heard:
        rail.press(Qt.Key.Key_F2)
    assert heard.args == ["stories", [study.stories[2].id]]


def test_open_articles_carry_the_number_of_their_pane(rail, study):
    ids = [study.articles[i].id for i in (2, 0)]
    rail.rail.set_open_articles(ids)
    rail.rail.set_current(ids[0])
    said = [row for row in rail.rows() if "in pane" in row]
    assert [row.split(", ")[-1] for row in said] == ["in pane 2", "in pane 1"]
    current = [rail.rail.model.row(i).is_current for i in range(4)]
    assert current == [False, False, False, True]


def test_the_story_of_the_current_article_unfolds(rail, study):
    rail.rail.set_current(study.articles[8].id)
    assert "Storm Agda, part 1" in rail.headlines()


def test_states_show_how_far_this_coder_is(rail, session, study):
    session.do(acts.tag(session.desk, study.texts[0], [Span(0, 5)], study.code))
    done = Assignment(
        new_id(), study.articles[1].id, session.desk.coder_id, session.desk.round_id, status="done"
    )
    session.do(Edit("Done", session.desk.coder_id, after=(done,)))
    states = [rail.rail.model.row(i).status for i in (1, 2, 3)]
    assert states == ["doing", "done", "todo"]
    session.change_coder("Ben")
    assert [rail.rail.model.row(i).status for i in (1, 2, 3)] == ["todo"] * 3


def test_typing_lists_what_fits_and_escape_lists_everything_again(rail, qtbot):
    rail.filter_by("harbour pos")
    assert rail.titles() == ["The Harbour Post"] * 3
    qtbot.keyClick(rail.field, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: rail.titles()[-1] == "Not in a story")


def test_enter_in_the_field_goes_to_the_first_hit_and_escape_there_clears(rail, qtbot):
    rail.filter_by("quay")
    qtbot.keyClick(rail.field, Qt.Key.Key_Return)
    assert rail.list.currentIndex().row() == 0
    rail.press(Qt.Key.Key_Escape)
    assert rail.field.text() == ""
    assert rail.titles()[0] == "Nordhavn ferries"


def test_no_match_says_so_and_what_to_do(rail):
    rail.filter_by("zebra")
    assert rail.rows() == []
    said = rail.note()
    assert said == "No article has “zebra”. Esc clears."


def test_an_empty_project_says_how_to_go_on(qtbot, empty_rail):
    rail = empty_rail
    assert rail.note().startswith("No articles yet")
    for button, action in (("Import files…", "import-files"), ("Paste text…", "paste-article")):
        with qtbot.waitSignal(rail.rail.action_requested) as heard:
            rail.press_button(button)
        assert heard.args == [action, []]


def test_articles_dropped_on_a_story_move_there_and_undo_brings_them_back(rail, session, study):
    carried = QMimeData()
    carried.setData(MIME, json.dumps([study.articles[0].id, study.articles[1].id]).encode())
    rail.drop("Storm Agda", carried)
    assert [rail.story_count(name) for name in ("Nordhavn ferries", "Storm Agda")] == [3, 4]
    session.undo()
    assert [rail.story_count(name) for name in ("Nordhavn ferries", "Storm Agda")] == [5, 2]


def test_articles_can_be_dropped_out_of_any_story(rail, study):
    carried = QMimeData()
    carried.setData(MIME, json.dumps([study.articles[0].id]).encode())
    rail.drop("Not in a story", carried)
    assert study.project.get(Article, study.articles[0].id).story_id is None


def test_files_and_text_that_are_dropped_are_told(rail, qtbot):
    with qtbot.waitSignal(rail.rail.files_dropped) as heard:
        rail.drop_at(QPoint(20, 400), files("/news/a.docx", "/news/b.html"))
    assert heard.args == [["/news/a.docx", "/news/b.html"]]
    words = QMimeData()
    words.setText("Ferry crews walk out")
    with qtbot.waitSignal(rail.rail.text_pasted) as heard:
        rail.drop_at(QPoint(20, 400), words)
    assert heard.args == ["Ferry crews walk out"]


def test_text_can_be_pasted_with_the_keyboard(rail, qtbot):
    QGuiApplication.clipboard().setText("A pasted page")
    rail.go_to("A quay")
    with qtbot.waitSignal(rail.rail.text_pasted) as heard:
        rail.press(Qt.Key.Key_V, CTRL)
    assert heard.args == ["A pasted page"]


def test_folded_it_shows_initials_of_the_open_story(rail):
    rail.rail.set_folded(True)
    assert rail.rail.width() == 48
    model = rail.rail.model
    shown = [model.row(i).initials for i in range(model.rowCount())]
    assert shown == ["HP", "NW", "ØT", "SB", "RA"]
    rail.rail.focus_filter()
    assert (rail.rail.is_folded, rail.rail.width()) == (False, 208)


def test_blind_coding_shows_numbers_and_does_not_search_outlets(rail):
    rail.rail.set_blind(True)
    assert rail.titles()[1:4] == ["Article 1", "Article 2", "Article 3"]
    assert not any(name in row for name in OUTLETS for row in rail.rows())
    rail.filter_by("harbour")
    assert rail.rows() == []
    assert "Outlet" not in rail.menu_words()


def test_an_order_from_the_menu_makes_one_list(rail):
    rail.choose("By headline")
    assert rail.headlines()[:3] == [HEADLINES[3], HEADLINES[2], HEADLINES[4]]
    assert rail.head() == "11 articles"
    rail.choose("Last first")
    assert rail.headlines()[-1] == HEADLINES[3]
    rail.choose("Stories")
    assert rail.titles()[0] == "Nordhavn ferries"


def test_filters_from_the_menu_narrow_together_with_the_search(rail):
    rail.choose("Outlet", "Radio Alba")
    assert rail.headlines() == [HEADLINES[4]]
    rail.choose("Outlet", "National Wire")
    assert len(rail.headlines()) == 4
    rail.filter_by("island")
    assert rail.headlines() == [HEADLINES[1]]
    rail.field.clear()
    rail.choose("Show everything")
    assert len(rail.headlines()) == 5
    rail.choose("Language", "da")
    assert rail.headlines() == ["Tides this week"]


def test_a_filter_that_nothing_fits_says_how_to_take_it_away(rail):
    rail.choose("State", "Done")
    assert rail.note().startswith("No article is like that.")


def test_the_context_menu_offers_acts_and_stories(rail, qtbot, study):
    rail.go_to("A quay without boats")
    words = [action.text().split("\t")[0] for action in rail.rail.context_menu().actions()]
    assert words == [
        "Open", "Open beside", "", "Headline, outlet, date…", "Correct the text…",
        "Split into articles…", "Move to", "", "Delete",
    ]  # fmt: skip
    rail.choose_in_context("Move to", "Storm Agda")
    assert rail.story_count("Storm Agda") == 3
    rail.go_to("Island ferry dispute")
    with qtbot.waitSignal(rail.rail.action_requested) as heard:
        rail.choose_in_context("Correct the text…")
    assert heard.args == ["correct-text", [study.articles[1].id]]
    with qtbot.waitSignal(rail.rail.action_requested) as heard:
        rail.choose_in_context("Move to", "New story…")
    assert heard.args == ["new-story", ["", study.articles[1].id]]


def test_what_is_for_one_article_is_not_offered_for_several(rail):
    rail.go_to("A quay without boats")
    rail.click("Ferries: what we know", keys=CTRL)
    enabled = {a.text().split("\t")[0]: a.isEnabled() for a in rail.rail.context_menu().actions()}
    assert not enabled["Correct the text…"]
    assert enabled["Delete"]


def test_a_deleted_article_goes_and_comes_back_with_the_focus_kept(rail, session, study):
    rail.go_to("A quay without boats")
    session.do(article_acts.delete(session.desk, [study.articles[0]]))
    assert rail.story_count("Nordhavn ferries") == 4
    assert "A quay" in rail.rows()[rail.list.currentIndex().row()]
    session.undo()
    assert rail.story_count("Nordhavn ferries") == 5
    assert "A quay" in rail.rows()[rail.list.currentIndex().row()]


def test_bulk_work_is_shown_once_it_settles(rail, session, qtbot):
    pair = article_acts.new_article("Text", headline="Late")
    session.do(Edit("Import", None, after=pair, batch=new_id()))
    qtbot.waitUntil(lambda: rail.story_count("Not in a story") == 2)


def test_a_long_story_leads_to_its_whole_list(qtbot, light, session, study):
    story = study.stories[0].id
    pairs = [
        article_acts.new_article(f"t{i}", headline=f"Part {i}", story_id=story)
        for i in range(MOST_IN_STORY)
    ]
    session.do(article_acts.add(session.desk, pairs))
    rail = RailRobot(qtbot, light, session)
    assert rail.titles()[MOST_IN_STORY + 1] == "All 305 in a list"
    rail.click("All 305 in a list")
    assert rail.head() == "305 articles"
    assert len(rail.headlines()) == 305


def test_every_row_and_control_has_a_name(rail):
    assert all(rail.rows())
    for widget in (rail.list, rail.field, rail.head_button()):
        assert widget.accessibleName()
    assert rail.rail.model.data(rail.rail.model.index(1), Qt.ItemDataRole.ToolTipRole) == (
        f"{OUTLETS[0]}\n{HEADLINES[0]}"
    )


@pytest.mark.parametrize("name", ["light", "dark"])
def test_it_is_painted_in_every_theme_and_mode(rail, name):
    theme = load_theme(name)
    rail.rail.set_theme(theme)
    ground = theme.colour("chrome").name()
    for is_folded in (False, True):
        rail.rail.set_folded(is_folded)
        picture = rail.rail.grab().toImage()
        colours = {
            picture.pixelColor(x, y).name()
            for x in range(0, picture.width(), 3)
            for y in range(0, 300, 3)
        }
        assert ground in colours
        assert len(colours) > 4
