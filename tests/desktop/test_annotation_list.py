"""All annotations of an article as a table that can be read out, sorted and searched."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from annotator.desktop.inspector_data import annotation_rows
from annotator.desktop.theme import load_theme
from annotator.model import acts
from tests.desktop.robots import counted
from tests.desktop.robots_codes import ListRobot, Study


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
    """Return a study with four annotations and suggestions."""
    study = new_study()
    study.tag("to fight for every crossing", "Strike")
    study.tag("Dockers called the vote a betrayal.", "Conflict")
    study.suggest("Jon Esker", "Person")
    study.suggest("Sign up for our morning letter", "Promotion")
    return study


@pytest.fixture
def table(qtbot, light, study):
    """Return a robot at the list."""
    return ListRobot(qtbot, light, study.data)


def test_every_annotation_is_a_row_in_reading_order(table):
    assert [row[:4] for row in table.cells()] == [
        ["2", "Conflict", "Dockers called the vote a betrayal.", "you"],
        ["3", "Person", "Jon Esker", "Entities (machine)"],
        ["3", "Conflict > Strike", "to fight for every crossing", "you"],
        ["4", "Promotion", "Sign up for our morning letter", "Entities (machine)"],
    ]


def test_origins_are_told(table):
    assert table.column(4) == ["coded", "suggested", "coded", "suggested"]


def test_an_accepted_suggestion_is_told_from_a_coded_one(study):
    person = next(a for a in study.data.suggestions if study.data.code(a).name == "Person")
    assert study.session.do(acts.accept(study.session.desk, person, study.data.version))
    assert [r.origin for r in annotation_rows(study.data) if r.code == "Person"] == [
        "from a suggestion"
    ]


def test_the_sheet_says_which_article_it_is_and_how_many_there_are(table):
    assert any("The Quay Courier" in words for words in table.words(table.sheet))
    assert table.note == "4 annotations and suggestions"


@pytest.mark.parametrize(
    ("column", "first"), [(1, "Conflict"), (2, "Dockers"), (3, "Entities"), (4, "coded")]
)
def test_a_click_on_a_head_sorts(table, column, first):
    heads = table.table.horizontalHeader()
    at = QPoint(heads.sectionViewportPosition(column) + 12, heads.height() // 2)
    QTest.mouseClick(heads.viewport(), Qt.MouseButton.LeftButton, pos=at)
    ascending = table.settle().column(column)
    assert ascending[0].startswith(first)
    assert ascending == sorted(ascending, key=str.casefold)
    QTest.mouseClick(heads.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert table.settle().column(column) == ascending[::-1]


def test_paragraphs_sort_as_numbers(qtbot, light, new_study):
    text = "\n".join(f"Line {n} of the page" for n in range(1, 13))
    study = new_study(text=text)
    for n in (11, 2, 9):
        study.tag(f"Line {n} of", "Economy")
    assert ListRobot(qtbot, light, study.data).column(0) == ["2", "9", "11"]


def test_the_filter_looks_into_every_column(table):
    assert table.filter("strike").column(2) == ["to fight for every crossing"]
    assert table.filter("suggested esker").column(2) == ["Jon Esker"]
    assert table.note == "1 of 4 annotations and suggestions"


def test_a_filter_without_a_find_says_so_and_offers_nothing(table):
    table.filter("xyz")
    assert table.note == "None of 4 has “xyz”. Esc clears."
    assert not table.button("Show in text", table.sheet).isEnabled()


def test_enter_leads_the_text_to_the_annotation_and_closes(table, study):
    table.select("to fight").press(Qt.Key.Key_Return)
    assert table.chosen == [next(a.id for a in study.data.own if study.data.code(a).name ==
                                 "Strike")]  # fmt: skip
    assert not table.sheet.isVisible()


def test_the_button_does_the_same(table, study):
    table.select("Jon Esker").click(table.button("Show in text", table.sheet))
    assert [study.data.code(study.data.annotation(i)).name for i in table.chosen] == ["Person"]


def test_a_double_click_does_the_same(table):
    place = table.table.visualRect(table.table.model().index(1, 2)).center()
    view = table.table.viewport()
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=place)
    QTest.mouseDClick(view, Qt.MouseButton.LeftButton, pos=place)
    assert len(table.chosen) == 1


def test_closing_chooses_nothing(table):
    table.click(table.button("Close", table.sheet))
    assert table.chosen == []
    assert not table.sheet.isVisible()


def test_slash_goes_to_the_filter_and_down_back_to_the_rows(table):
    table.select("Jon Esker")
    QTest.keyClick(table.table, Qt.Key.Key_Slash)
    table.settle().type("esker").press(Qt.Key.Key_Down).press(Qt.Key.Key_Return)
    assert len(table.chosen) == 1


def test_an_article_without_annotations_says_so(qtbot, light, new_study):
    study = new_study()
    table = ListRobot(qtbot, light, study.data)
    assert table.cells() == []
    assert table.note == "Nothing is tagged or suggested."


def test_heads_are_read_out_in_words(table):
    model = table.table.model()
    heads = [
        model.headerData(n, Qt.Orientation.Horizontal, Qt.ItemDataRole.AccessibleTextRole)
        or model.headerData(n, Qt.Orientation.Horizontal)
        for n in range(5)
    ]
    assert heads == ["Paragraph", "Code", "Words", "Coder", "Origin"]


def test_an_annotation_without_a_place_in_the_text_is_listed_but_leads_nowhere(qtbot, light, study):
    before = study.data.version
    corrected = before.text.replace("Dockers called the vote a betrayal. ", "").replace(
        "Dockers called the vote a betrayal.", "Nobody said a word."
    )
    correction = acts.correct_text(
        study.session.desk, before, corrected, study.session.project.annotations(study.article_id),
        number=2, reason="test",
    )  # fmt: skip
    assert study.session.do(correction.edit)
    table = ListRobot(qtbot, light, study.data)
    assert [row[0] for row in table.cells() if row[2].startswith("Dockers")] == ["older text"]
    table.select("Dockers").press(Qt.Key.Key_Return)
    assert table.chosen == []
    assert table.note == "This annotation has no place in the current text."


def test_another_theme_changes_all_of_it(table):
    table.sheet.set_theme(load_theme("dark"))
    seen = counted(table.settle().sheet.grab().toImage())
    assert seen[load_theme("dark").colour("base").name()] > 50_000
