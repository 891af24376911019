"""The popover under a stretch: attributes by type, presets, what is missing, where it stands."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QKeySequence, QShortcut

from annotator.desktop.attribute_fields import balanced, broken, letters
from annotator.desktop.attribute_popover import WIDTH, place
from annotator.desktop.attribute_presets import article_names, nearest_source
from annotator.desktop.theme import load_theme
from annotator.model.codebook import Attribute, Code, Codebook, Layer, ShownIf
from tests.desktop.robots import counted
from tests.desktop.robots_codes import PopoverRobot, Study, values

WORDS = "Dockers called the vote a betrayal."
SHIFT = Qt.KeyboardModifier.ShiftModifier
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def new_study(tmp_path):
    """Return a maker of studies, closed at the end."""
    made = []

    def make(*args, **more):
        made.append(Study.made(tmp_path / f"study {len(made)}.annot", *args, **more))
        return made[-1]

    yield make
    for study in made:
        study.session.project.close()


@pytest.fixture
def study(new_study):
    """Return a study in which machines found two people and a quote."""
    study = new_study()
    study.suggest_quote()
    study.suggest("Mira Tollund", "Person", name="Mira Tollund")
    study.suggest("Jon Esker", "Person", name="Jon Esker")
    return study


@pytest.fixture
def popover(qtbot, light):
    """Return a robot with a closed popover."""
    return PopoverRobot(qtbot, light)


@pytest.fixture
def opened(popover, study):
    """Return a robot whose popover asks about a new annotation."""
    return popover.open(study.tag(WORDS, "In favour"), study.data)


# ---- what is asked


def test_it_asks_every_attribute_but_stretches_and_then_the_note(opened):
    assert opened.rows() == [
        "Target", "Direction", "Holder", "Certain", "Strength", "Lines", "Note",
    ]  # fmt: skip


def test_its_head_names_the_code_and_counts_the_words(opened):
    assert opened.words()[:2] == ["In favour", "6 words, new"]


def test_an_old_annotation_is_not_called_new(popover, study):
    popover.open(study.tag(WORDS, "In favour"), study.data, is_new=False)
    assert "6 words" in popover.words()
    assert popover.button("Close").text() == "Close"


def test_an_attribute_that_hangs_on_another_appears_with_it_and_vanishes(opened):
    opened.choose("Holder", "Source")
    assert "Which source" in opened.rows()
    opened.choose("Holder", "Outlet")
    assert "Which source" not in opened.rows()


def test_a_code_without_attributes_asks_for_a_note_only(popover, study):
    made = study.tag(WORDS, "Conflict")
    popover.open(made, study.data).type("A quarrel").press(Qt.Key.Key_Return)
    assert popover.rows() == []
    assert popover.saved == [(made.id, {}, "A quarrel")]


def test_the_focus_begins_in_the_first_required_field_that_is_empty(popover, study):
    popover.open(study.tag(WORDS, "In favour", target="The ferry"), study.data)
    assert popover.current() == "Direction"


def test_stored_values_are_shown_whether_by_slug_number_or_words(popover, study):
    made = study.tag(
        WORDS, "In favour", target="The ferry", direction="against", holder=2, strength="Weak",
        sure=False, lines=3.5,
    )  # fmt: skip
    popover.open(made, study.data, is_new=False)
    shown = [popover.shown(n) for n in ("Target", "Direction", "Holder", "Strength", "Certain")]
    assert shown == ["The ferry", "Against", "Source", "Weak", "No"]
    assert popover.shown("Lines") == "3.5"


# ---- what is stored


def test_values_are_stored_by_slug_numbers_as_numbers_and_yes_as_true(opened, study):
    opened.fill("Target", "The  night ferry").choose("Direction", "Against")
    opened.choose("Holder", "Source").fill("Which source", "Jon Esker")
    opened.choose("Certain", "Yes").choose("Strength", "Middling").fill("Lines", "12")
    opened.press(Qt.Key.Key_Return)
    [(saved, attributes, note)] = opened.saved
    assert attributes == {
        "target": "The night ferry", "direction": "against", "holder": "source",
        "source": "Jon Esker", "sure": True, "strength": "middling", "lines": 12,
    }  # fmt: skip
    assert (saved, note) == (study.data.own[0].id, "")
    assert not opened.is_open()


def test_no_is_stored_as_false(opened):
    opened.fill("Target", "x").choose("Direction", "For").choose("Certain", "No")
    opened.press(Qt.Key.Key_Return)
    assert opened.saved[0][1]["sure"] is False


def test_what_is_not_asked_here_stays_stored(popover, study):
    made = study.tag(
        WORDS, "In favour", target="t", direction="for", parts=[[0, 3]], imported="old"
    )
    popover.open(made, study.data, is_new=False).press(Qt.Key.Key_Return)
    stored = popover.saved[0][1]
    assert (stored["parts"], stored["imported"]) == ([[0, 3]], "old")


def test_answers_to_questions_that_vanished_are_not_stored(popover, study):
    made = study.tag(
        WORDS, "In favour", target="t", direction="for", holder="source", source="Jon Esker"
    )
    popover.open(made, study.data, is_new=False).choose("Holder", "Public")
    popover.press(Qt.Key.Key_Return)
    assert "source" not in popover.saved[0][1]


def test_a_value_the_codebook_lost_stays_until_another_is_chosen(popover, study):
    made = study.tag(WORDS, "In favour", target="t", direction="for", holder="ghost")
    popover.open(made, study.data, is_new=False).press(Qt.Key.Key_Return)
    assert popover.saved[0][1]["holder"] == "ghost"
    popover.open(made, study.data, is_new=False).choose("Holder", "Writer")
    popover.press(Qt.Key.Key_Return)
    assert popover.saved[1][1]["holder"] == "writer"


@pytest.mark.parametrize("by_key", [True, False])
def test_an_optional_choice_can_be_taken_back(popover, study, by_key):
    made = study.tag(WORDS, "In favour", target="t", direction="for", holder="outlet")
    popover.open(made, study.data, is_new=False).go_to("Holder")
    _ = popover.press(Qt.Key.Key_Delete) if by_key else popover.choose("Holder", "Outlet")
    popover.press(Qt.Key.Key_Return)
    assert "holder" not in popover.saved[0][1]


def test_a_required_choice_cannot_be_taken_back(popover, study):
    made = study.tag(WORDS, "In favour", target="t", direction="for")
    popover.open(made, study.data, is_new=False).go_to("Direction").press(Qt.Key.Key_Delete)
    assert popover.shown("Direction") == "For"


def test_a_note_takes_lines_with_shift_and_enter(opened):
    opened.fill("Target", "t").choose("Direction", "For").go_to("Note")
    opened.type("one").press(Qt.Key.Key_Return, SHIFT).type("two").press(Qt.Key.Key_Return)
    assert opened.saved[0][2] == "one\ntwo"


# ---- what is missing


def test_enter_says_what_is_required_and_goes_there(opened):
    opened.press(Qt.Key.Key_Return)
    assert opened.errors() == {
        "Target": "Target is required.", "Direction": "Direction is required.",
    }  # fmt: skip
    assert opened.saved == []
    assert opened.current() == "Target"


def test_filling_in_takes_the_sentence_back(opened):
    opened.press(Qt.Key.Key_Return).fill("Target", "The ferry")
    assert opened.errors() == {"Direction": "Direction is required."}


def test_screen_readers_hear_what_is_wrong_with_the_field(opened):
    opened.press(Qt.Key.Key_Return)
    assert opened.row("Target").widget.accessibleDescription() == "Target is required."


def test_a_number_that_is_none_is_refused_with_a_sentence(opened):
    opened.fill("Target", "t").choose("Direction", "For").fill("Lines", "a few")
    opened.press(Qt.Key.Key_Return)
    assert list(opened.errors()) == ["Lines"]
    opened.fill("Lines", "2,5").press(Qt.Key.Key_Return)
    assert opened.saved[0][1]["lines"] == 2.5


def test_a_required_field_that_is_not_asked_is_not_missed(qtbot, light, new_study):
    book = Codebook(
        layers=(Layer("bias", "Bias"),),
        codes=(Code("bias", "word", "Loaded word"),),
        attributes=(
            Attribute("bias", "aim", "Aim", required=True, values=values("Direct", "Indirect")),
            Attribute("bias", "whom", "Through whom", "actor", required=True,
                      shown_if=ShownIf("aim", ("indirect",))),
        ),
    )  # fmt: skip
    study = new_study(book)
    popover = PopoverRobot(qtbot, light).open(study.tag(WORDS, "Loaded word"), study.data)
    popover.choose("Aim", "Indirect").press(Qt.Key.Key_Return)
    assert list(popover.errors()) == ["Through whom"]
    popover.choose("Aim", "Direct").press(Qt.Key.Key_Return)
    assert popover.saved[0][1] == {"aim": "direct"}


# ---- presets


def test_what_was_chosen_last_for_the_code_is_offered_except_the_direction(popover, study):
    popover.open(study.tag(WORDS, "In favour"), study.data)
    popover.fill("Target", "The ferry").choose("Direction", "For").choose("Strength", "Strong")
    popover.press(Qt.Key.Key_Return)
    popover.open(study.tag("every crossing", "In favour"), study.data)
    assert (popover.shown("Target"), popover.shown("Strength")) == ("The ferry", "Strong")
    assert popover.shown("Direction") == ""


def test_another_code_gets_no_preset_and_an_old_annotation_neither(popover, study):
    popover.open(study.tag(WORDS, "In favour"), study.data)
    popover.fill("Target", "The ferry").choose("Direction", "For").press(Qt.Key.Key_Return)
    popover.open(study.tag("every crossing", "Against"), study.data)
    assert popover.shown("Target") == ""
    popover.press(Qt.Key.Key_Escape)
    old = study.tag("the boats", "In favour", direction="for")
    assert popover.open(old, study.data, is_new=False).shown("Target") == ""


def test_the_source_named_in_the_same_sentence_is_offered_with_its_reason(popover, study):
    popover.open(study.tag("promised to fight for every crossing", "In favour"), study.data)
    popover.choose("Holder", "Source")
    assert popover.shown("Which source") == "Jon Esker"
    assert "named in the same sentence" in popover.words()


def test_the_speaker_of_the_quote_comes_before_whoever_is_named_nearer(study):
    study.suggest("The harbour board", "Organisation")
    assert nearest_source(study.data, (study.find("pay for empty decks"),)) == (
        "Mira Tollund", "speaks here",
    )  # fmt: skip


def test_nobody_is_offered_where_nobody_is_near(study):
    assert nearest_source(study.data, (study.find("Sign up for our"),)) == ("", "")


def test_names_offered_are_the_storys_actors_and_those_in_the_article(popover, study):
    made = study.tag(WORDS, "In favour", holder="source")
    popover.open(made, study.data, actors=("Ada Brenn",))
    assert popover.offered("Which source") == ["Ada Brenn", "Jon Esker", "Mira Tollund"]


def test_a_name_that_is_not_in_the_list_can_be_typed(popover, study):
    made = study.tag(WORDS, "In favour", target="t", direction="for", holder="source")
    popover.open(made, study.data).fill("Which source", "A passer-by").press(Qt.Key.Key_Return)
    assert popover.saved[0][1]["source"] == "A passer-by"


def test_names_given_to_actor_attributes_before_are_offered_again(study):
    study.tag("every crossing", "In favour", source="The dockers")
    assert "The dockers" in article_names(study.data)


# ---- keys


def test_tab_goes_round_the_fields_and_never_leaves(opened):
    seen = []
    for _ in range(9):
        seen.append(opened.current())
        opened.press(Qt.Key.Key_Tab)
    assert seen == ["Target", "Direction", "Holder", "Certain", "Strength", "Lines", "Note",
                    "Save", "Discard"]  # fmt: skip
    assert opened.current() == "Target"


def test_shift_tab_goes_back(opened):
    opened.press(Qt.Key.Key_Backtab, SHIFT)
    assert opened.current() == "Discard"
    opened.press(Qt.Key.Key_Backtab, SHIFT, times=2)
    assert opened.current() == "Note"


def test_letters_choose_inside_the_field_in_focus_only(opened):
    opened.go_to("Direction").type("a")
    assert opened.shown("Direction") == "Against"
    opened.go_to("Holder").type("p")
    assert (opened.shown("Holder"), opened.shown("Direction")) == ("Public", "Against")


def test_esc_discards_a_new_annotation(opened, study):
    opened.press(Qt.Key.Key_Escape)
    assert opened.discarded == [(study.data.own[0].id, True)]
    assert not opened.is_open()


def test_esc_closes_an_old_one_and_changes_nothing(popover, study):
    made = study.tag(WORDS, "In favour")
    popover.open(made, study.data, is_new=False).fill("Target", "x").press(Qt.Key.Key_Escape)
    assert popover.discarded == [(made.id, False)]
    assert popover.saved == []


def test_buttons_do_what_the_keys_do(opened):
    opened.fill("Target", "t").choose("Direction", "For").click(opened.button("Save"))
    assert len(opened.saved) == 1


def test_keys_typed_inside_do_not_reach_the_window(opened):
    heard = []
    undo = QShortcut(QKeySequence("Ctrl+Z"), opened.window)
    undo.activated.connect(lambda: heard.append("undo"))
    opened.go_to("Direction").press(Qt.Key.Key_Z, CONTROL)
    assert heard == []
    opened.press(Qt.Key.Key_Escape)
    opened.below.setFocus()
    opened.window.setFocus()
    opened.press(Qt.Key.Key_Z, CONTROL)
    assert heard == ["undo"]


# ---- clicks outside


def test_a_click_outside_saves_what_is_complete(opened):
    opened.fill("Target", "t").choose("Direction", "For").click_outside()
    assert len(opened.saved) == 1
    assert not opened.is_open()


def test_a_click_outside_keeps_open_what_is_not_and_says_why(opened):
    opened.click_outside()
    assert opened.is_open()
    assert "Target" in opened.errors()
    assert opened.current() == "Target"


def test_a_click_inside_closes_nothing(opened):
    opened.choose("Direction", "For")
    assert opened.is_open()


def test_opening_for_another_annotation_drops_the_first_quietly(opened, study):
    other = study.tag("every crossing", "Against")
    opened.open(other, study.data)
    assert opened.popover.annotation_id == other.id
    assert (opened.saved, opened.discarded) == ([], [])


def test_it_can_be_closed_when_its_annotation_is_gone(opened):
    opened.popover.close_quietly()
    assert (opened.is_open(), opened.popover.annotation_id) == (False, "")
    assert opened.discarded == []


# ---- fields


def test_choices_that_fit_stand_side_by_side_and_long_ones_on_more_lines(qtbot, light, new_study):
    study = new_study()
    popover = PopoverRobot(qtbot, light)
    popover.open(study.tag("said", "Direct quote"), study.data)
    one_line = popover.row("Named or not").widget.height()
    assert popover.row("Kind of source").widget.height() > 2 * one_line
    popover.go_to("Kind of source").type("e")
    assert popover.shown("Kind of source") == "Expert"


def test_too_many_choices_become_a_list_in_which_nothing_is_chosen_yet(qtbot, light, new_study):
    labels = [f"A rather long answer number {n}" for n in range(12)]
    book = Codebook(
        layers=(Layer("l", "L"),), codes=(Code("l", "c", "C"),),
        attributes=(
            Attribute("l", "must", "Must", required=True, values=values(*labels)),
            Attribute("l", "may", "May", values=values(*labels)),
        ),
    )  # fmt: skip
    study = new_study(book)
    made = study.tag(WORDS, "C")
    popover = PopoverRobot(qtbot, light).open(made, study.data)
    popover.press(Qt.Key.Key_Return)
    assert list(popover.errors()) == ["Must"]
    popover.choose("Must", labels[3]).choose("May", labels[1]).choose("May", "—")
    popover.press(Qt.Key.Key_Return)
    assert popover.saved[0][1] == {"must": "a-rather-long-answer-number-3"}


def test_letters_are_the_first_that_are_free_in_a_title():
    assert letters(["Writer", "Source", "Outlet", "Public"]) == ["W", "S", "O", "P"]
    assert letters(["Same", "Some", "Sum"]) == ["S", "O", "U"]
    assert letters(["Ελ", "中"]) == ["1", "2"]


@given(st.lists(st.integers(1, 60), max_size=12), st.integers(60, 200))
def test_lines_keep_the_order_lose_nothing_and_fit(widths, room):
    lines = balanced(widths, room, 2)
    assert [n for line in lines for n in line] == list(range(len(widths)))
    assert all(sum(widths[n] for n in line) + 2 * (len(line) - 1) <= room for line in lines)
    assert len(lines) == len(broken(widths, room, 2))


# ---- where it stands


def test_it_stands_14_px_under_the_stretch_at_the_columns_edge(opened):
    card, stretch = opened.card(), opened.stretch
    assert card.top() == stretch.bottom() + 1 + 14
    assert (card.left(), card.width()) == (opened.column.left() - 16, 376)


def test_it_stands_above_when_there_is_no_room_below(popover, study):
    low = QRect(480, 660, 300, 26)
    popover.open(study.tag(WORDS, "In favour"), study.data, stretch=low)
    assert popover.card().bottom() + 1 + 14 == low.top()


def test_it_stands_beside_a_stretch_that_leaves_no_room_above_or_below(popover, study):
    high = QRect(480, 120, 300, 480)
    popover.open(study.tag(WORDS, "In favour"), study.data, stretch=high)
    assert popover.card().left() == high.right() + 1 + 14
    assert not popover.card().intersects(high)


def test_it_grows_with_its_questions_and_stays_by_the_stretch(opened):
    before = opened.card()
    opened.choose("Holder", "Source")
    assert opened.card().height() > before.height()
    assert opened.card().top() == before.top()


def test_it_stays_on_its_side_when_it_grows_and_opens_where_it_can_grow(popover, study):
    low = QRect(480, 330, 300, 26)
    popover.open(study.tag(WORDS, "In favour"), study.data, stretch=low)
    before = popover.card()
    assert not before.intersects(low)
    popover.choose("Holder", "Source").press(Qt.Key.Key_Return)
    assert not popover.card().intersects(low)
    assert popover.card().left() == before.left()


def test_it_follows_the_stretch_when_the_text_scrolls(opened):
    moved = opened.stretch.translated(0, -120)
    opened.popover.follow(moved, opened.column, QRect(0, 0, 1280, 728))
    assert opened.card().top() == moved.bottom() + 1 + 14


@settings(max_examples=200)
@given(
    st.integers(120, 700), st.integers(0, 1200), st.integers(0, 700), st.integers(10, 400),
    st.integers(10, 400), st.integers(0, 1200),
)  # fmt: skip
def test_it_never_leaves_the_limits_nor_covers_the_stretch_where_there_is_room(
    height, x, y, width, stretch_height, column
):
    limits = QRect(0, 0, 1280, 728)
    stretch = QRect(x, y, width, stretch_height) & limits
    at = place(QSize(WIDTH, height), stretch, QRect(column, 0, 300, 728), limits)
    card = QRect(at, QSize(WIDTH, height))
    assert limits.contains(card)
    has_room = (
        728 - 8 - stretch.bottom() - 1 - 14 >= height
        or stretch.top() - 14 - 8 >= height
        or 1280 - 8 - stretch.right() - 1 - 14 >= WIDTH
        or stretch.left() - 14 - 8 >= WIDTH
    )
    assert not (has_room and card.intersects(stretch))


def test_place_prefers_below_above_and_then_the_sides():
    limits, size = QRect(0, 0, 1000, 600), QSize(376, 200)
    column = QRect(116, 0, 300, 600)
    assert place(size, QRect(116, 100, 200, 20), column, limits) == QPoint(100, 134)
    assert place(size, QRect(116, 500, 200, 20), column, limits) == QPoint(100, 286)
    assert place(size, QRect(116, 50, 200, 500), column, limits) == QPoint(330, 50)
    assert place(size, QRect(700, 50, 250, 500), column, limits) == QPoint(310, 50)


def test_more_questions_than_the_window_holds_scroll_and_the_field_in_focus_is_seen(
    qtbot, light, new_study
):
    asked = tuple(Attribute("l", f"a{n}", f"Question {n}", "text", position=n) for n in range(24))
    book = Codebook(layers=(Layer("l", "L"),), codes=(Code("l", "c", "C"),), attributes=asked)
    study = new_study(book)
    popover = PopoverRobot(qtbot, light).open(study.tag(WORDS, "C"), study.data)
    assert popover.card().height() <= 728
    popover.go_to("Question 0").press(Qt.Key.Key_Tab, times=20)
    row = popover.row("Question 20")
    assert row.visibleRegion().boundingRect().height() == row.height()


def test_nothing_is_laid_out_again_while_nothing_changes(opened):
    opened.choose("Holder", "Source").settle()
    assert opened.layout_requests() == 0


def test_another_theme_changes_all_of_it(opened):
    dark = load_theme("dark")
    opened.popover.set_theme(dark)
    seen = counted(opened.settle().popover.grab().toImage())
    assert seen[dark.colour("raised").name()] > 20_000


def test_values_without_code_numbers_of_their_own_are_told_apart(popover, study):
    """A value's slug may look like another one's number."""
    made = study.tag(WORDS, "In favour", direction="3")
    data = study.data
    popover.open(replace(made, attributes={"direction": "3"}), data, is_new=False)
    assert popover.shown("Direction") == "Neutral"
