"""The code panel: legend, key list and filter of the text in one."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter

from annotator.desktop.code_mark import SHARED_STYLE, mark_painter, mark_style
from annotator.desktop.code_model import code_rows
from annotator.desktop.kit.keycaps import show_keys
from annotator.desktop.mark import OTHER_CODER
from annotator.desktop.theme import load_theme
from annotator.model import acts
from annotator.model.codebook import Code, Codebook, Layer
from tests.desktop.robots import counted
from tests.desktop.robots_codes import FRAMES, PanelRobot, Study, mark_picture

CONTROL = Qt.KeyboardModifier.ControlModifier
MANY = Codebook(
    name="Many",
    layers=tuple(Layer(f"l{i}", f"Layer {i}", position=i) for i in range(8)),
    codes=tuple(
        Code(f"l{i}", f"c{j}", f"Code {i}.{j}", position=j) for i in range(8) for j in range(8)
    ),
)


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
    """Return a study with two annotations and some suggestions."""
    study = new_study()
    study.tag("Dockers called the vote a betrayal.", "Conflict")
    study.tag("to fight for every crossing", "In favour", target="ferry", direction="for")
    study.suggest_quote()
    study.suggest("Jon Esker", "Person", name="Jon Esker")
    return study


@pytest.fixture
def panel(qtbot, light, study):
    """Return a robot in a panel that shows the study's codes."""
    return PanelRobot(qtbot, light).show(study.rows())


# ---- what is listed


def test_researchers_layers_come_before_what_machines_suggest_and_write(panel):
    assert panel.heads() == [
        "Frames", "Stance", "Suggested", "Entities", "Quotes", "Attribution", "Boilerplate",
    ]  # fmt: skip


def test_codes_under_other_codes_follow_them_indented(panel):
    assert panel.names("frame") == ["Conflict", "Strike", "Economy"]
    assert [panel.row(name).depth for name in panel.names("frame")] == [0, 1, 0]


def test_a_row_says_count_and_key_to_screen_readers(panel):
    assert "Conflict, 1 in article, key 1" in panel.said()
    assert "Conflict > Strike, 0 in article, key 3" in panel.said()


def test_suggestions_are_counted_by_kind_until_they_are_decided_on(panel, study):
    assert [panel.row(name).count for name in ("Person", "Place", "Quote")] == [1, 0, 1]
    person = next(a for a in study.data.suggestions if study.data.code(a).name == "Person")
    edit = acts.accept(study.session.desk, person, study.data.version)
    assert study.session.do(edit)
    panel.show(study.rows())
    assert panel.row("Person").count == 0
    assert next(row for row in study.rows() if row.name == "Entities").count == 1


def test_names_that_machines_rarely_find_have_a_row_only_when_found(panel, study):
    assert "Other name" not in panel.names("suggested")
    study.suggest("Easter", "Other name")
    assert "Other name" in panel.show(study.rows()).names("suggested")


def test_speakers_and_cues_of_quotes_have_no_row_of_their_own(panel):
    assert set(panel.names("suggested")) == {
        "Person", "Organisation", "Place", "Quote", "Boilerplate",
    }  # fmt: skip


def test_layers_of_machines_are_folded_and_open_by_a_click(panel):
    assert panel.names("entity") == []
    panel.click_name("Entities")
    assert panel.names("entity")[:2] == ["Person", "Organisation"]


def test_layers_of_machines_are_open_when_there_are_no_others(qtbot, light, new_study):
    study = new_study(Codebook(name="Bare"))
    panel = PanelRobot(qtbot, light).show(study.rows())
    assert "Person" in panel.names("entity")


def test_folds_stay_when_the_article_is_read_again(panel, study):
    panel.click_name("Frames")
    assert panel.show(study.rows()).names("frame") == []


def test_left_folds_a_group_and_right_opens_it(panel):
    panel.go_to("Economy").press(Qt.Key.Key_Left)
    assert panel.names("frame") == []
    panel.press(Qt.Key.Key_Right)
    assert panel.names("frame") == ["Conflict", "Strike", "Economy"]


def test_the_head_names_codebook_and_version(panel):
    assert {"Codes", "Ferry frames", "1"} <= set(panel.words())


def test_a_frozen_codebook_shows_a_lock(panel, study):
    free = panel.picture()
    panel.show(study.rows(), is_frozen=True)
    assert panel.picture() != free


def test_without_an_article_nothing_is_counted(panel, study):
    panel.show(_rows_without_article(study))
    assert "Conflict, key 1" in panel.said()


def _rows_without_article(study):
    keys = {code.id: code.key for code in study.session.codebook.codes}
    return code_rows(study.session.codebook, None, keys=keys)


def test_an_empty_codebook_is_told(panel):
    panel.show([], "", "")
    assert "The codebook is empty." in panel.words()


def test_in_blind_coding_suggestions_are_hidden_and_this_is_said(panel, study):
    panel.show(study.rows(study.blind, is_blind=True))
    assert "Hidden in blind coding" in panel.said()
    assert panel.names("suggested") == []


def test_shared_passages_have_a_row_when_articles_are_compared(panel, study):
    panel.show(study.rows(shared_passages=3))
    assert panel.row("Shared passage").count == 3
    panel.click_name("Shared passage")
    assert panel.used == []


# ---- using codes


def test_a_click_on_a_name_uses_the_code(panel, study):
    panel.click_name("Economy")
    assert panel.used == [study.code("Economy").id]
    assert panel.toggled == []


def test_arrows_and_enter_use_a_code(panel, study):
    panel.go_to("Conflict").press(Qt.Key.Key_Down, times=2).press(Qt.Key.Key_Return)
    assert panel.used == [study.code("Economy").id]


def test_a_figure_uses_the_code_with_this_key(panel, study):
    panel.go_to("Conflict").type("5")
    assert panel.used == [study.code("In favour").id]


def test_a_suggested_row_of_several_codes_uses_the_plainest_of_them(panel, study):
    panel.click_name("Quote").click_name("Boilerplate")
    assert panel.used[0] == study.code("Direct quote").id
    used = study.session.codebook.code_by_id(panel.used[1])
    assert (used.layer, used.slug) == ("boilerplate", "other")


def test_a_click_on_a_head_uses_nothing(panel):
    panel.click_name("Stance")
    assert panel.used == []


def test_keys_vanish_where_nothing_can_be_tagged(panel, study):
    panel.show(study.rows(keys={}))
    assert not any("key" in words for words in panel.said())


def test_key_caps_can_be_hidden(panel):
    with_caps = panel.picture()
    show_keys(panel.window, is_shown=False)
    assert panel.settle().picture() != with_caps


# ---- hiding and showing


def test_a_click_on_a_mark_hides_the_code_and_a_second_shows_it(panel, study):
    code = study.code("Conflict").id
    panel.click_mark("Conflict")
    assert panel.row("Conflict").is_hidden
    panel.click_mark("Conflict")
    assert panel.toggled == [(code, False), (code, True)]
    assert panel.used == []


def test_space_hides_the_code_in_focus(panel, study):
    panel.go_to("Strike").press(Qt.Key.Key_Space)
    assert panel.toggled == [(study.code("Strike").id, False)]
    assert "Conflict > Strike, 0 in article, key 3, hidden" in panel.said()


def test_hiding_quotes_hides_every_kind_of_quote(panel, study):
    panel.click_mark("Quote")
    quotes = {code.id for code in study.session.codebook.codes_of("quote")}
    assert {code for code, _ in panel.toggled} == quotes


def test_control_click_on_a_mark_leaves_this_code_alone_and_again_shows_all(panel, study):
    panel.click_mark("Conflict", CONTROL)
    hidden = {code for code, is_visible in panel.toggled if not is_visible}
    assert hidden == {code.id for code in study.session.codebook.codes} - {
        study.code("Conflict").id
    }
    panel.toggled.clear()
    panel.click_mark("Conflict", CONTROL)
    assert {code for code, is_visible in panel.toggled if is_visible} == hidden


def test_hidden_codes_stay_hidden_when_the_rows_come_again(panel, study):
    panel.show(study.rows(hidden={study.code("Economy").id}))
    assert panel.row("Economy").is_hidden
    assert not panel.row("Conflict").is_hidden


def test_tooltips_say_what_a_click_on_the_mark_does_and_what_the_code_means(panel):
    assert "Hide Conflict in the text (Space)" in panel.tooltip("Conflict", is_on_mark=True)
    assert "Two sides are shown in dispute." in panel.tooltip("Conflict", is_on_mark=False)
    assert "Conflict > Strike" in panel.tooltip("Strike", is_on_mark=False)


# ---- filtering


def test_typing_letters_filters_and_esc_brings_all_codes_back(panel):
    before = panel.said()
    panel.go_to("Conflict").type("eco")
    assert panel.names() == ["Economy"]
    panel.press(Qt.Key.Key_Escape)
    assert panel.said() == before


def test_the_filter_finds_codes_in_folded_groups(panel):
    panel.go_to("Conflict").type("indirect")
    assert panel.names() == ["Indirect quote"]


def test_enter_in_the_filter_goes_to_the_first_code_found(panel, study):
    panel.go_to("Conflict").type("agai").press(Qt.Key.Key_Return).press(Qt.Key.Key_Return)
    assert panel.used == [study.code("Against").id]


def test_a_filter_without_a_find_says_so(panel):
    panel.go_to("Conflict").type("xyz")
    assert "No code has “xyz”. Esc clears." in panel.words()


def test_the_filter_field_is_always_there_for_many_codes_only(qtbot, light, panel, new_study):
    assert not panel.field.isVisible()
    study = new_study(MANY)
    crowded = PanelRobot(qtbot, light).show(study.rows())
    assert crowded.field.isVisible()
    assert len(crowded.names()) >= 64


# ---- the definition


def test_the_code_in_focus_shows_its_definition_and_rules(panel):
    panel.go_to("Conflict")
    assert {
        "Conflict", "Two sides are shown in dispute.", "Code when", "Strikes, quarrels, refusals.",
        "Not when", "A vote without a dispute.", "If in doubt", "Ask who is against whom.",
    } <= set(panel.definition())  # fmt: skip


def test_a_code_without_a_definition_says_so(panel):
    panel.go_to("Economy")
    assert "No definition yet." in panel.definition()


def test_esc_closes_the_definition_and_then_leaves(qtbot, panel):
    panel.go_to("Conflict").press(Qt.Key.Key_Escape)
    assert panel.definition() == []
    with qtbot.waitSignal(panel.panel.left):
        panel.press(Qt.Key.Key_Escape)


def test_the_close_button_closes_the_definition(panel):
    panel.go_to("Conflict").click(panel.button("Close the definition"))
    assert panel.definition() == []


def test_the_chosen_code_is_told(panel, study):
    panel.go_to("Conflict").go_to("Economy")
    assert panel.focused_codes[-2:] == [study.code("Conflict").id, study.code("Economy").id]


def test_the_window_can_show_the_definition_of_the_code_at_work(panel, study):
    panel.panel.choose(study.code("Against").id)
    assert panel.settle().definition()[0] == "Against"


def test_the_definition_follows_when_codes_are_read_again(panel, study):
    panel.go_to("Conflict")
    panel.show(study.rows())
    assert panel.definition()[0] == "Conflict"


def test_a_definition_whose_code_is_gone_closes(panel):
    panel.go_to("Conflict")
    panel.show([], "", "")
    assert panel.definition() == []


@pytest.mark.parametrize("by_key", [True, False])
def test_the_whole_entry_has_examples_near_misses_and_what_is_asked(panel, by_key):
    panel.go_to("Conflict")
    _ = panel.type("?") if by_key else panel.click(panel.button("Full entry"))
    said = panel.entry()
    assert {"The crews walked out.", "The crews met.", "in the margin: Conf"} <= set(said)
    assert "A selection is widened to the word." in said
    panel.close_entry()


def test_the_whole_entry_names_required_attributes_with_their_values(panel):
    panel.go_to("In favour").type("?")
    assert "Direction (required): For, Against, Neutral, Unclear" in panel.entry()
    panel.close_entry()


# ---- looks


def test_rows_are_lower_in_a_low_window(qtbot, light, study):
    low = PanelRobot(qtbot, light, (240, 700)).show(study.rows())
    high = PanelRobot(qtbot, light, (240, 900)).show(study.rows())
    heights = [robot.list.sizeHintForRow(1) for robot in (low, high)]
    assert heights == [25, 28]


def test_nothing_is_laid_out_again_while_nothing_changes(panel):
    panel.go_to("Conflict").settle()
    assert panel.layout_requests() == 0


def test_another_theme_changes_all_of_it(panel):
    panel.go_to("Conflict")
    panel.panel.set_theme(load_theme("dark"))
    ground = load_theme("dark").colour("chrome").name()
    assert counted(panel.settle().picture())[ground] > 10_000


def test_every_pattern_and_form_has_a_mark_of_its_own(light):
    def look(pattern, **more):
        return mark_picture(light, mark_style(Code("f", "c", "C", pattern=pattern), **more))

    person = mark_style(Code("entity", "PER", "Person"), is_own=False)
    place = mark_style(Code("entity", "LOC", "Place"), is_own=False)
    page = Code("boilerplate", "promo", "Promotion")
    pictures = [
        *(look(p) for p in ("solid", "dashed", "dotted", "double", "hatched")),
        look("solid", form=OTHER_CODER),
        *(mark_picture(light, s) for s in (person, place, mark_style(page), SHARED_STYLE)),
        mark_picture(light, mark_style(page, is_own=False)),
    ]
    for number, picture in enumerate(pictures):
        assert picture not in pictures[:number], number


def test_marks_differ_without_colour(light):
    """Kinds of suggestions are told apart by their hairline: solid, dashed, dotted, none."""
    codes = [("entity", "PER"), ("entity", "ORG"), ("entity", "LOC"), ("quote", "direct")]
    lines = []
    for layer, slug in codes:
        picture = mark_picture(light, mark_style(Code(layer, slug, slug), is_own=False))
        fill = picture.pixelColor(12, 4)
        lines.append(tuple(picture.pixelColor(x, 14) != fill for x in range(24)))
    assert len(set(lines)) == 4


def test_the_strip_gets_the_same_mark(light):
    code = FRAMES.codes[0]
    image = QImage(24, 16, QImage.Format.Format_RGB32)
    image.fill(light.colour("base"))
    with QPainter(image) as painter:
        mark_painter(light, code)(painter, QRectF(0, 0, 24, 16))
    assert image == mark_picture(light, mark_style(code))
    assert counted(image)["#d55e00"] >= 24 * 3
