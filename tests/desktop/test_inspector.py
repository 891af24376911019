"""What stands at the caret, in words and with what can be done about it."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest
from PySide6.QtCore import Qt

from annotator.desktop.inspector_data import caret_items, clock
from annotator.desktop.theme import load_theme
from annotator.model import acts
from tests.desktop.robots import counted
from tests.desktop.robots_codes import InspectorRobot, Study


@pytest.fixture
def study(tmp_path):
    """Return a study."""
    study = Study.made(tmp_path / "study.annot")
    yield study
    study.session.project.close()


@pytest.fixture
def inspector(qtbot, light):
    """Return a robot in an empty inspector."""
    return InspectorRobot(qtbot, light)


def test_nothing_at_the_caret_is_said(inspector):
    assert "Nothing is tagged or suggested here." in inspector.words()


def test_an_annotation_shows_code_words_coder_attributes_and_note(inspector, study):
    made = study.tag(
        "wants the boats back", "In favour", note="Asked twice", target="The ferry",
        direction="for", holder="source", source="The island council", sure=True, lines=2,
    )  # fmt: skip
    inspector.show(caret_items(study.data, [made.id]))
    said = inspector.words()
    assert {"In favour", "“wants the boats back”", "Asked twice", "The ferry", "For", "Source",
            "The island council", "yes", "2"} <= set(said)  # fmt: skip
    assert said[said.index("Coded by") + 1].startswith("you, ")


def test_stretches_between_marks_are_not_shown_as_an_attribute(inspector, study):
    made = study.tag("every crossing", "In favour", parts=[[0, 3]])
    inspector.show(caret_items(study.data, [made.id]))
    assert "Parts" not in inspector.words()


def test_a_code_under_another_names_the_one_above(inspector, study):
    made = study.tag("to fight", "Strike")
    inspector.show(caret_items(study.data, [made.id]))
    said = inspector.words()
    assert said[said.index("Under") + 1] == "Conflict"
    assert inspector.titles() == ["Conflict > Strike"]


def test_a_suggested_quote_shows_speaker_cue_and_score(inspector, study):
    quote = study.suggest_quote()
    inspector.show(caret_items(study.data, [quote.id]))
    said = inspector.words()
    assert {"Direct quote", "suggested", "0.94", "Mira Tollund", "said"} <= set(said)
    assert "Coded by" not in said


def test_words_that_bring_their_own_marks_get_no_others(inspector, study):
    quote = study.suggest_quote()
    inspector.show(caret_items(study.data, [quote.id]))
    assert "“We cannot pay for empty decks,”" in inspector.words()


def test_items_stand_in_the_order_of_the_caret_with_their_number(inspector, study):
    short = study.tag("a betrayal", "Conflict")
    long = study.tag("Dockers called the vote a betrayal.", "Economy")
    inspector.show(caret_items(study.data, [short.id, long.id]))
    assert inspector.titles() == ["Conflict", "Economy"]
    assert "2" in inspector.words()


def test_ids_that_are_gone_are_left_out(study):
    assert caret_items(study.data, ["gone"]) == []


def test_an_accepted_suggestion_says_where_it_comes_from(study):
    person = study.suggest("Jon Esker", "Person")
    assert study.session.do(acts.accept(study.session.desk, person, study.data.version))
    item = caret_items(study.data, [study.data.own[0].id])[0]
    assert ("Origin", "from a suggestion") in [(f.name, f.words) for f in item.facts]


def test_an_annotation_under_an_older_codebook_says_so(inspector, study):
    made = study.tag("a betrayal", "Conflict")
    now = study.session.codebook_version.id
    items = caret_items(study.data, [made.id], versions={now: 3}, version_id="a newer one")
    inspector.show(items)
    assert "coded under 3" in inspector.words()


def test_an_annotation_under_the_codebook_of_today_does_not(study):
    made = study.tag("a betrayal", "Conflict")
    now = study.session.codebook_version.id
    assert caret_items(study.data, [made.id], version_id=now)[0].state == ""


# ---- doing


def test_an_own_annotation_can_be_described_and_deleted(inspector, study):
    made = study.tag("a betrayal", "Conflict")
    inspector.show(caret_items(study.data, [made.id]))
    inspector.click(inspector.button("Attributes, note")).click(inspector.button("Delete"))
    assert inspector.heard == [("describe", made.id), ("delete", made.id)]


def test_a_suggestion_can_be_accepted_and_rejected(inspector, study):
    quote = study.suggest_quote()
    inspector.show(caret_items(study.data, [quote.id]))
    inspector.click(inspector.button("Accept")).click(inspector.button("Reject"))
    assert inspector.heard == [("accept", quote.id), ("reject", quote.id)]


def test_buttons_name_their_keys(inspector, study):
    made = study.tag("a betrayal", "Conflict")
    inspector.show(caret_items(study.data, [made.id]))
    assert inspector.button("Delete").toolTip() == "Delete (Del)"


def test_only_the_first_has_buttons_and_a_click_on_another_chooses_it(inspector, study):
    short = study.tag("a betrayal", "Conflict")
    long = study.tag("Dockers called the vote a betrayal.", "Economy")
    inspector.show(caret_items(study.data, [short.id, long.id]))
    assert inspector.buttons() == ["Attributes, note", "Delete"]
    inspector.click_card(1)
    assert inspector.heard == [("chosen", long.id)]


def test_the_keyboard_chooses_another_one_too(inspector, study):
    short = study.tag("a betrayal", "Conflict")
    long = study.tag("Dockers called the vote a betrayal.", "Economy")
    inspector.show(caret_items(study.data, [short.id, long.id]))
    inspector.cards()[1].setFocus()
    inspector.press(Qt.Key.Key_Return)
    assert inspector.heard == [("chosen", long.id)]


def test_a_read_only_project_offers_nothing_to_do(inspector, study):
    made = study.tag("a betrayal", "Conflict")
    inspector.show(caret_items(study.data, [made.id]), is_read_only=True)
    assert inspector.buttons() == []
    assert "Conflict" in inspector.words()


def test_the_same_items_are_not_built_again(inspector, study):
    made = study.tag("a betrayal", "Conflict")
    inspector.show(caret_items(study.data, [made.id]))
    card = inspector.cards()[0]
    inspector.show(caret_items(study.data, [made.id]))
    assert inspector.cards()[0] is card


def test_nothing_is_laid_out_again_while_nothing_changes(inspector, study):
    made = study.tag("a betrayal", "Conflict", note="A note that is long enough for two lines")
    inspector.show(caret_items(study.data, [made.id])).settle()
    assert inspector.layout_requests() == 0


def test_a_crowd_at_the_caret_is_cut_and_counted(inspector, study):
    ids = [study.tag("a betrayal", "Conflict", note=str(n)).id for n in range(15)]
    inspector.show(caret_items(study.data, ids))
    assert len(inspector.cards()) == 12
    assert any(words.startswith("and 3 more") for words in inspector.words())


def test_screen_readers_hear_the_words_and_what_is_known(inspector, study):
    made = study.tag("a betrayal", "Conflict", note="Strong word")
    inspector.show(caret_items(study.data, [made.id]))
    said = inspector.cards()[0].accessibleDescription()
    assert said.startswith("“a betrayal”.")
    assert "Note Strong word" in said


def test_another_theme_changes_all_of_it(inspector, study):
    made = study.tag("a betrayal", "Conflict")
    inspector.show(caret_items(study.data, [made.id]))
    dark = load_theme("dark")
    inspector.inspector.set_theme(dark)
    seen = counted(inspector.settle().picture())
    assert seen[dark.colour("chrome").name()] > 10_000
    assert seen["#ff8a47"] > 20


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        ("2026-03-12T10:58:00+00:00", "11:58"),
        ("2026-03-12T23:30:00Z", "13 Mar, 00:30"),
        ("2026-03-10T10:00:00+00:00", "10 Mar, 11:00"),
        ("2025-12-31T22:00:00+00:00", "2025-12-31, 23:00"),
        ("", ""),
    ],
)
def test_times_are_the_clock_of_the_person(stored, shown):
    here = timezone(timedelta(hours=1))
    assert clock(stored, datetime(2026, 3, 12, 15, tzinfo=here)) == shown
