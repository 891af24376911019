"""The dialogs on articles, outlets, stories and coders, worked with as a person does."""

from __future__ import annotations

from itertools import pairwise

import pytest
from PySide6.QtCore import QItemSelectionModel, QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

from annotator.desktop.article_model import ArticleModel
from annotator.desktop.dialogs.article_facts import ArticleFacts
from annotator.desktop.dialogs.article_text import CorrectText
from annotator.desktop.dialogs.coding_setup import CodingSetup
from annotator.desktop.dialogs.cuts import headline_in, pieces_of, proposed_cuts
from annotator.desktop.dialogs.grid import Grid
from annotator.desktop.dialogs.outlets import Outlets
from annotator.desktop.dialogs.page_lines import PageLines
from annotator.desktop.dialogs.paste_article import PasteArticle
from annotator.desktop.dialogs.split_article import SplitArticle
from annotator.desktop.dialogs.stories import Stories
from annotator.desktop.dialogs.text_difference import difference
from annotator.desktop.kit.segments import SegmentButton
from annotator.desktop.session import Session
from annotator.desktop.theme import load_theme
from annotator.errors import BadInput
from annotator.formats.page import blocks
from annotator.model import acts, article_acts
from annotator.model.annotation import Answer, Coder, Round
from annotator.model.article import Article, Outlet, Story
from annotator.model.codebook import Variable
from annotator.model.edit import Edit
from annotator.model.ids import new_id
from annotator.model.span import Span
from tests.desktop.robots_articles import FERRY, OUTLETS, QUIET, Study, named, press_button

pytestmark = [pytest.mark.gui, QUIET]
EDIT = Qt.ItemDataRole.EditRole
DIGEST = (
    "Morning Digest\n\nThe Harbour Post\nFerry crews walk out as council delays vote\n"
    "Crews in Nordhavn left the boats on Tuesday over a plan to raise fares, and say they will "
    "not return before Thursday.\n2 hours ago\n\n* * *\n\n"
    "Seven Bells\nA quay without boats\n"
    "For the second week the eastern quay lies empty, and the shops around it have begun to close "
    "early on weekdays.\n3 hours ago\n"
)


@pytest.fixture
def study(tmp_path):
    made = Study.made(tmp_path / "study.annot")
    yield made
    made.project.close()


@pytest.fixture
def session(study):
    return Session(study.project, "Ada")


@pytest.fixture
def opened(qtbot):
    """Return a function that opens a dialog and closes it after the test."""

    def show(dialog):
        qtbot.addWidget(dialog)
        dialog.open()
        qtbot.waitExposed(dialog)
        return dialog

    return show


def text_of(dialog) -> QPlainTextEdit:
    return named(dialog, QPlainTextEdit, "Text of the article")


def field(dialog, name) -> QLineEdit:
    return named(dialog, QLineEdit, name)


def type_in(dialog, name: str, words: str) -> None:
    """Write over what stands in a field."""
    line = field(dialog, name)
    line.selectAll()
    QTest.keyClicks(line, words) if words else QTest.keyClick(line, Qt.Key.Key_Delete)


def said(dialog) -> str:
    """Return all sentences that are shown."""
    labels = (label for label in dialog.findChildren(QLabel) if label.isVisible())
    return " ".join(label.text() for label in labels)


def newest(study, headline) -> Article:
    return next(a for a in study.project.all(Article) if a.headline == headline)


# Pasting


def paste(opened, light, session, text, **more):
    return opened(PasteArticle(light, session, text, **more))


def test_a_pasted_text_shows_what_is_found_in_it(opened, light, session):
    dialog = paste(opened, light, session, FERRY)
    assert field(dialog, "Headline").text() == "Ferry crews walk out as council delays vote"
    assert field(dialog, "Byline").text() == "Ines Halvorsen"
    roles = [
        line.role for line in named(dialog, PageLines, "Lines and what they are taken for").lines
    ]
    assert roles == ["headline", "byline", "main", "main", "promo"]
    assert "words" in dialog.note


def test_a_pasted_article_is_stored_with_text_blocks_and_provenance(
    opened, light, session, study, qtbot
):
    dialog = paste(opened, light, session, FERRY, story_id=study.stories[1].id)
    type_in(dialog, "Headline", "My own headline")
    type_in(dialog, "Outlet", "national wire")
    type_in(dialog, "Published", "12 March 2026")
    with qtbot.waitSignal(dialog.article_added) as heard:
        press_button(dialog, "Add article")
    stored = study.project.get(Article, heard.args[0])
    assert (stored.headline, stored.outlet_id) == ("My own headline", study.outlets[1].id)
    assert (stored.published, stored.published_precision) == ("2026-03-12", "day")
    assert stored.story_id == study.stories[1].id
    assert stored.provenance["importer"] == "paste"
    assert study.project.current_text(stored.id).text == FERRY
    assert study.project.current_text(stored.id).blocks
    assert not dialog.isVisible()
    session.undo()
    assert study.project.get(Article, stored.id) is None


def test_a_new_outlet_and_story_come_with_the_article_in_one_act(opened, light, session, study):
    dialog = paste(opened, light, session, FERRY)
    type_in(dialog, "Outlet", "Quay Gazette")
    type_in(dialog, "Story", "Fares")
    press_button(dialog, "Add article")
    assert "Quay Gazette" in {o.name for o in study.project.outlets.values()}
    assert "Fares" in {s.title for s in study.project.stories.values()}
    session.undo()
    assert "Quay Gazette" not in {o.name for o in study.project.outlets.values()}


def test_what_a_person_wrote_stays_when_the_text_changes(opened, light, session, qtbot):
    dialog = paste(opened, light, session, FERRY)
    type_in(dialog, "Byline", "Nobody")
    text_of(dialog).appendPlainText("Another paragraph of the article, long enough to be one.")
    qtbot.waitUntil(lambda: "Another paragraph" in dialog.findChild(PageLines).lines[-1].text)
    assert field(dialog, "Byline").text() == "Nobody"


def test_an_unreadable_date_is_said_and_nothing_can_be_stored(opened, light, session):
    dialog = paste(opened, light, session, FERRY)
    type_in(dialog, "Published", "the day before")
    assert "is no date that can be read" in said(dialog)
    assert not named(dialog, QWidget, "Add article").isEnabled()
    type_in(dialog, "Published", "03/04/2026")
    assert "could have day or month first" in said(dialog)


def test_the_same_text_of_the_same_outlet_is_refused_with_a_sentence(opened, light, session, study):
    dialog = paste(opened, light, session, study.texts[0].text)
    type_in(dialog, "Outlet", OUTLETS[0])
    press_button(dialog, "Add article")
    assert dialog.note == "The same text of this outlet is in the project already."
    assert dialog.isVisible()


def test_adding_goes_on_with_the_next_text_on_the_clipboard(opened, light, session, study):
    dialog = paste(opened, light, session, FERRY)
    type_in(dialog, "Story", "Storm Agda")
    QGuiApplication.clipboard().setText("A quay without boats\n\nNothing moved on Sunday at all.")
    press_button(dialog, "Add and paste next")
    assert text_of(dialog).toPlainText().startswith("A quay without boats")
    assert field(dialog, "Story").text() == "Storm Agda"
    press_button(dialog, "Add and paste next")
    assert text_of(dialog).toPlainText() == ""
    assert dialog.note.startswith("Stored.")
    assert study.project.count() == 13


def test_hard_blanks_and_signs_beyond_the_basic_plane_survive_pasting(
    opened, light, session, study
):
    text = "A headline with 5\u00a0km 😀\n\nA paragraph with a\u2028line mark and cafe\u0301."
    dialog = paste(opened, light, session, text)
    type_in(dialog, "Headline", "Signs")
    press_button(dialog, "Add article")
    assert study.project.current_text(newest(study, "Signs").id).text == text


# Facts


def test_facts_are_shown_and_saved_in_one_act(opened, light, session, study):
    dialog = opened(ArticleFacts(light, session, study.articles[0].id))
    assert field(dialog, "Published").text() == "2026-03-12"
    assert field(dialog, "Outlet").text() == OUTLETS[0]
    type_in(dialog, "Headline", "Crews leave")
    type_in(dialog, "Published", "March 2026")
    type_in(dialog, "Story", "")
    type_in(dialog, "Genre", "reportage")
    press_button(dialog, "Save")
    stored = study.project.get(Article, study.articles[0].id)
    assert (stored.headline, stored.genre, stored.story_id) == ("Crews leave", "reportage", None)
    assert (stored.published, stored.published_precision) == ("2026-03", "month")
    session.undo()
    assert study.project.get(Article, stored.id) == study.articles[0]


def test_saving_without_a_change_writes_nothing(opened, light, session, study):
    dialog = opened(ArticleFacts(light, session, study.articles[0].id))
    press_button(dialog, "Save")
    assert session.history.undoable is None


def test_a_date_that_cannot_be_read_keeps_the_dialog_open(opened, light, session, study):
    dialog = opened(ArticleFacts(light, session, study.articles[0].id))
    type_in(dialog, "Published", "soon")
    assert not named(dialog, QWidget, "Save").isEnabled()
    assert "“soon” is no date that can be read" in said(dialog)


@pytest.mark.parametrize("kind", [ArticleFacts, CorrectText, SplitArticle])
def test_an_article_that_is_gone_is_refused(light, session, kind):
    with pytest.raises(BadInput, match="not in the project"):
        kind(light, session, "gone")


# Correcting the text


@pytest.fixture
def coded(session, study):
    """Tag three stretches of the first article."""
    version = study.texts[0]
    for words in ("City Council", "second week", "Subscribe"):
        start = version.text.index(words)
        edit = acts.tag(session.desk, version, [Span(start, start + len(words))], study.code)
        session.do(edit)
    return version


def retype(dialog, qtbot, text: str) -> None:
    """Replace the text and wait until it was compared."""
    text_of(dialog).setPlainText(text)
    qtbot.waitUntil(lambda: named(dialog, QWidget, "Save the new text").isEnabled())


def test_a_correction_shows_live_what_becomes_of_the_annotations(
    opened, light, session, study, coded, qtbot
):
    dialog = opened(CorrectText(light, session, study.articles[0].id))
    assert not named(dialog, QWidget, "Save the new text").isEnabled()
    new = coded.text.replace("walked off", "left").replace("\n\nSubscribe to our newsletter", "")
    retype(dialog, qtbot, new)
    assert "2 stay with their words, 1 loses its words" in said(dialog)
    shown = named(dialog, QTextEdit, "What changes in the text").toPlainText()
    assert "walked off" in shown
    assert "second week" not in shown


def test_a_saved_correction_is_a_new_version_and_lists_what_was_lost(
    opened, light, session, study, coded, qtbot
):
    dialog = opened(CorrectText(light, session, study.articles[0].id))
    retype(dialog, qtbot, coded.text.replace("\n\nSubscribe to our newsletter", ""))
    type_in(dialog, "Reason", "page furniture")
    with qtbot.waitSignal(dialog.text_corrected):
        press_button(dialog, "Save the new text")
    version = study.project.current_text(study.articles[0].id)
    assert (version.number, version.reason) == (2, "page furniture")
    listed = named(dialog, QListWidget, "Annotations that lost their words")
    assert [listed.item(i).text() for i in range(listed.count())] == ["Conflict (Ada): “Subscribe”"]
    assert "One annotation has no place in it" in said(dialog)
    press_button(dialog, "Close")
    assert not dialog.isVisible()
    session.undo()
    assert study.project.current_text(study.articles[0].id).number == 1


def test_a_correction_without_losses_closes_at_once(opened, light, session, study, coded, qtbot):
    dialog = opened(CorrectText(light, session, study.articles[0].id))
    retype(dialog, qtbot, coded.text.replace("crossings", "sailings"))
    press_button(dialog, "Save the new text")
    assert not dialog.isVisible()


def test_an_empty_text_is_refused_and_an_unchanged_one_not_offered(
    opened, light, session, study, coded
):
    dialog = opened(CorrectText(light, session, study.articles[0].id))
    text_of(dialog).setPlainText("  ")
    assert dialog.note.startswith("A text cannot be empty")
    text_of(dialog).setPlainText(coded.text)
    assert dialog.note.startswith("Nothing is changed")


def test_opening_the_editor_changes_no_sign_of_the_text(opened, light, session, study, qtbot):
    odd = "Five\u00a0km 😀\u2028and\tcafe\u0301.\n\nEnd."
    pair = article_acts.new_article(odd, headline="Odd")
    session.do(article_acts.add(session.desk, [pair]))
    dialog = opened(CorrectText(light, session, pair[0].id))
    retype(dialog, qtbot, odd.replace("End", "The end"))
    press_button(dialog, "Save the new text")
    assert study.project.current_text(pair[0].id).text == odd.replace("End", "The end")


def test_closing_while_comparing_leaves_no_thread(opened, light, session, study, coded, qtbot):
    dialog = opened(CorrectText(light, session, study.articles[0].id))
    text_of(dialog).setPlainText(coded.text[::-1])
    qtbot.wait(260)
    dialog.reject()
    assert study.project.current_text(study.articles[0].id).number == 1


def test_a_difference_gives_both_texts_back():
    old, new = "One boat.\nTwo boats left.", "One boat.\nThree boats left."
    runs = difference(old, new)
    assert "".join(r.text for r in runs if r.kind != "new") == old
    assert "".join(r.text for r in runs if r.kind != "gone") == new


# Splitting


@pytest.fixture
def digest(session, study):
    """Add a page with two articles."""
    pair = article_acts.new_article(
        DIGEST, headline="Morning Digest", story_id=study.stories[0].id, language="en"
    )
    session.do(article_acts.add(session.desk, [pair]))
    return pair[0]


def rows_of(dialog) -> list[tuple[str, ...]]:
    model = named(dialog, Grid, "Articles to be made").model()
    return [tuple(model.index(r, c).data() for c in (1, 2)) for r in range(model.rowCount())]


def test_a_page_is_cut_where_rules_stand_and_pieces_get_their_headlines(
    opened, light, session, digest
):
    dialog = opened(SplitArticle(light, session, digest.id))
    assert rows_of(dialog) == [
        ("Ferry crews walk out as council delays vote", "The Harbour Post"),
        ("A quay without boats", "Seven Bells"),
    ]
    lines = dialog.findChild(PageLines).lines
    assert [line.cut for line in lines if line.cut] == ["Article 1", "Article 2"]


def test_splitting_makes_articles_that_name_their_parent(
    opened, light, session, study, digest, qtbot
):
    dialog = opened(SplitArticle(light, session, digest.id))
    with qtbot.waitSignal(dialog.article_split) as heard:
        press_button(dialog, "Make 2 articles")
    one, two = (study.project.get(Article, one) for one in heard.args[0])
    wanted = {"Ferry crews walk out as council delays vote", "A quay without boats"}
    assert {one.headline, two.headline} == wanted
    assert one.provenance["parent"] == two.provenance["parent"] == digest.id
    assert one.story_id == study.stories[0].id
    start, end = (one.provenance[f"parent_{side}"] for side in ("start", "end"))
    text = study.project.current_text(one.id)
    assert text.text == DIGEST[start:end]
    assert text.blocks
    assert study.project.get(Article, digest.id) is not None
    session.undo()
    assert study.project.get(Article, one.id) is None


def test_cuts_are_made_and_taken_away_by_space_and_by_mouse(opened, light, session, digest):
    dialog = opened(SplitArticle(light, session, digest.id))
    lines = dialog.findChild(PageLines)
    lines.go_to(1)
    QTest.keyClick(lines, Qt.Key.Key_Space)
    assert [name for name, _ in rows_of(dialog)][1] == "Ferry crews walk out as council delays vote"
    assert [line.cut for line in lines.lines if line.cut] == ["Left out", "Article 1", "Article 2"]
    rect = lines.visualRect(lines.model().index(1))
    place = rect.topLeft() + QPoint(20, 30)
    QTest.mouseClick(lines.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert len(rows_of(dialog)) == 2


def test_pieces_can_be_renamed_left_out_and_the_page_deleted(
    opened, light, session, study, digest, qtbot
):
    dialog = opened(SplitArticle(light, session, digest.id))
    model = named(dialog, Grid, "Articles to be made").model()
    model.setData(model.index(0, 0), Qt.CheckState.Unchecked, Qt.ItemDataRole.CheckStateRole)
    model.setData(model.index(1, 1), "Empty quay", EDIT)
    model.setData(model.index(1, 2), "Quay Gazette", EDIT)
    dialog.findChild(QCheckBox).setChecked(True)
    assert "1 piece left out" in dialog.note
    with qtbot.waitSignal(dialog.article_split) as heard:
        press_button(dialog, "Make 1 article")
    made = study.project.get(Article, heard.args[0][0])
    assert made.headline == "Empty quay"
    assert study.project.outlets[made.outlet_id].name == "Quay Gazette"
    assert study.project.get(Article, digest.id) is None


def test_a_page_without_a_place_to_cut_says_what_to_do(opened, light, session, study):
    dialog = opened(SplitArticle(light, session, study.articles[0].id))
    assert rows_of(dialog) == []
    assert dialog.note == "No place to cut was found. Choose a line and press Space."
    assert not named(dialog, QWidget, "Split").isEnabled()


def test_cards_of_an_aggregator_are_cut_at_blank_lines():
    card = "Outlet {0}\n{0} sources\nbroke the news in {0}\n12 articles\n"
    page = "\n".join(card.format(n) for n in (1, 2, 3))
    found = blocks(page)
    cuts = proposed_cuts(page, found)
    pieces = pieces_of(page, found, cuts)
    assert len(pieces) >= 3
    assert all(page[p.span.start : p.span.end].strip() for p in pieces)


def test_cards_that_end_in_a_link_are_whole_articles():
    card = (
        "Leans {0}\nThe {0} Gazette\n\nA quay without boats stays {0}\n\nThe quay has had no boat "
        "since the first of the month and none is promised, the {0} office said.\n\n·Port {0}\n"
        "Read Full Article\n"
    )
    page = "Quays stay empty\n\n" + "".join(card.format(w) for w in ("Left", "Right", "Left"))
    page += "Bias distribution\n"
    found = blocks(page)
    pieces = pieces_of(page, found, proposed_cuts(page, found))
    cards = [p for p in pieces if "Read Full Article" in page[p.span.start : p.span.end]]
    assert [page[p.span.start : p.span.end].split("\n")[0] for p in cards] == [
        "Leans Left",
        "Leans Right",
        "Leans Left",
    ]
    assert [headline_in(page, found, p) for p in cards] == [
        "A quay without boats stays Left",
        "A quay without boats stays Right",
        "A quay without boats stays Left",
    ]


def test_pieces_never_overlap_and_leave_rules_out():
    found = blocks(DIGEST)
    pieces = pieces_of(DIGEST, found, [1, 3, 6, 99])
    ends = [(p.span.start, p.span.end) for p in pieces]
    assert all(a[1] <= b[0] for a, b in pairwise(ends))
    assert not any(DIGEST[a:b].startswith("*") or DIGEST[a:b].endswith("*") for a, b in ends)


# Outlets, stories, coders


def select(grid: Grid, *rows: int) -> None:
    """Select rows; the first one has the focus."""
    grid.select_row(rows[0])
    flags = QItemSelectionModel.SelectionFlag
    for row in rows[1:]:
        index = grid.model().index(row, 0)
        grid.selectionModel().select(index, flags.Select | flags.Rows)


def cells(grid: Grid, column: int) -> list[str]:
    model = grid.model()
    return [model.index(row, column).data() for row in range(model.rowCount())]


def test_outlets_show_their_articles_and_are_edited_in_place(opened, light, session, study):
    dialog = opened(Outlets(light, session))
    grid = named(dialog, Grid, "Outlets")
    assert cells(grid, 0) == sorted(OUTLETS)
    assert cells(grid, 5) == ["3", "1", "1", "3", "2"]
    grid.model().setData(grid.model().index(0, 1), "DK", EDIT)
    assert study.project.outlets[study.outlets[1].id].country == "DK"
    session.undo()
    assert cells(grid, 1)[0] == ""


def test_an_outlet_keeps_a_name_of_its_own(opened, light, session):
    dialog = opened(Outlets(light, session))
    grid = named(dialog, Grid, "Outlets")
    grid.model().setData(grid.model().index(0, 0), " ", EDIT)
    assert dialog.note == "An outlet needs a name."
    grid.model().setData(grid.model().index(0, 0), "radio alba", EDIT)
    assert "merge the two instead" in dialog.note


def test_merged_outlets_share_their_articles_under_the_focused_name(opened, light, session, study):
    dialog = opened(Outlets(light, session))
    grid = named(dialog, Grid, "Outlets")
    select(grid, 3, 1, 2)
    press_button(dialog, "Merge 3 into “The Harbour Post”")
    assert cells(grid, 0) == ["National Wire", "The Harbour Post", "Østervig Tidende"]
    assert cells(grid, 5) == ["3", "5", "2"]
    session.undo()
    assert len(cells(grid, 0)) == 5


def test_a_new_outlet_is_named_at_once(opened, light, session, study, qtbot):
    dialog = opened(Outlets(light, session))
    press_button(dialog, "New outlet")
    editor = next(e for e in dialog.findChildren(QLineEdit) if e.accessibleName() == "Name")
    editor.setText("Quay Gazette")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "Quay Gazette" in cells(named(dialog, Grid, "Outlets"), 0))
    assert "Quay Gazette" in {o.name for o in study.project.outlets.values()}


def test_stories_are_renamed_and_dated_in_place(opened, light, session, study):
    dialog = opened(Stories(light, session))
    model = named(dialog, Grid, "Stories").model()
    model.setData(model.index(0, 0), "Ferry strike", EDIT)
    model.setData(model.index(0, 1), "11 March 2026", EDIT)
    stored = study.project.get(Story, study.stories[0].id)
    assert (stored.title, stored.date) == ("Ferry strike", "2026-03-11")
    model.setData(model.index(0, 1), "03/04/2026", EDIT)
    assert "is no date that can be read" in dialog.note


def test_selected_articles_are_split_off_into_a_new_story(opened, light, session, study):
    ids = [study.articles[0].id, study.articles[2].id]
    dialog = opened(Stories(light, session, article_ids=ids))
    type_in(dialog, "Story to move to", "Crews")
    press_button(dialog, "Move selected")
    crews = next(s for s in study.project.stories.values() if s.title == "Crews")
    stored = study.project.get_all(Article, ids).values()
    assert {a.story_id for a in stored} == {crews.id}
    session.undo()
    assert crews.id not in study.project.stories


def test_merging_stories_moves_their_articles_and_says_which_answers_stay(
    opened, light, session, study
):
    tone = Variable("tone", "Tone", unit="story", type="number")
    answers = [
        Answer(new_id(), tone.id, story.id, session.desk.coder_id, session.desk.round_id, value=1)
        for story in study.stories[:2]
    ]
    session.do(Edit("Answer", None, after=(tone, *answers)))
    dialog = opened(Stories(light, session))
    grid = named(dialog, Grid, "Stories")
    select(grid, 0, 1)
    press_button(dialog, "Merge 2 into “Nordhavn ferries”")
    assert cells(grid, 2) == ["8", "2"]
    assert dialog.note.startswith("1 answer stayed behind")
    session.undo()
    assert cells(grid, 2) == ["5", "3", "2"]


def test_a_dissolved_story_leaves_its_articles_without_one(opened, light, session, study):
    dialog = opened(Stories(light, session, story_id=study.stories[2].id))
    press_button(dialog, "Dissolve")
    assert study.stories[2].id not in study.project.stories
    assert study.project.get(Article, study.articles[8].id).story_id is None


def test_a_new_story_is_named_at_once(opened, light, session, study, qtbot):
    dialog = opened(Stories(light, session))
    press_button(dialog, "New story")
    editor = next(e for e in dialog.findChildren(QLineEdit) if e.accessibleName() == "Title")
    editor.setText("Tides")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "Tides" in cells(named(dialog, Grid, "Stories"), 0))
    assert "Tides" in {s.title for s in study.project.stories.values()}


def test_articles_in_no_story_are_listed_when_none_is_chosen(opened, light, session, study):
    dialog = opened(Stories(light, session, article_ids=[study.articles[10].id]))
    rows = dialog.findChild(ArticleModel)
    assert [rows.row(i).detail for i in range(rows.rowCount())] == ["Tides this week"]


def test_another_coder_and_a_new_round_are_made_and_sit_down(opened, light, session, study):
    dialog = opened(CodingSetup(light, session))
    type_in(dialog, "Coder", "Ben")
    type_in(dialog, "Round", "Second look")
    assert "A new coder." in said(dialog)
    assert "A new round." in said(dialog)
    named_kind = next(b for b in dialog.findChildren(SegmentButton) if b.text() == "Retest")
    named_kind.click()
    press_button(dialog, "Code")
    assert session.coder.name == "Ben"
    chosen = study.project.rounds[session.desk.round_id]
    assert (chosen.name, chosen.kind) == ("Second look", "retest")
    assert len(study.project.all(Coder)) == 2


def test_known_coders_and_rounds_are_chosen_not_doubled(opened, light, session, study):
    dialog = opened(CodingSetup(light, session))
    type_in(dialog, "Coder", "ada")
    press_button(dialog, "Code")
    assert session.coder.name == "Ada"
    assert len(study.project.all(Coder)) == len(study.project.all(Round)) == 1


def test_nobody_and_nowhere_are_refused_with_sentences(opened, light, session):
    dialog = opened(CodingSetup(light, session))
    type_in(dialog, "Coder", "")
    type_in(dialog, "Round", "")
    press_button(dialog, "Code")
    assert "Say who codes." in said(dialog)
    assert "Say in which round." in said(dialog)
    assert dialog.isVisible()


# All of them


def every_dialog(theme, session, study):
    """Return one of each."""
    first = study.articles[0].id
    return [
        PasteArticle(theme, session, FERRY),
        ArticleFacts(theme, session, first),
        CorrectText(theme, session, first),
        SplitArticle(theme, session, first),
        Outlets(theme, session),
        Stories(theme, session),
        CodingSetup(theme, session),
    ]


INTERACTIVE = (QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QCheckBox, Grid, PageLines)


@pytest.mark.parametrize("name", ["light", "dark"])
def test_every_control_has_a_name_and_every_theme_is_worn(opened, light, session, study, name):
    theme = load_theme(name)
    for dialog in every_dialog(light, session, study):
        opened(dialog)
        dialog.set_theme(theme)
        for widget in dialog.findChildren(QWidget):
            is_inner = isinstance(widget.parentWidget(), QComboBox)
            if isinstance(widget, INTERACTIVE) and not is_inner:
                assert widget.accessibleName(), (
                    f"{type(widget).__name__} in {type(dialog).__name__}"
                )
        ground = dialog.grab().toImage().pixelColor(4, 4).name()
        assert ground == theme.colour("base").name()
        dialog.reject()


def test_escape_closes_every_dialog_without_writing(opened, light, session, study):
    for dialog in every_dialog(light, session, study):
        opened(dialog)
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
        assert not dialog.isVisible()
    assert session.history.undoable is None
    assert study.project.all(Outlet) == sorted(study.outlets, key=lambda o: o.id)
