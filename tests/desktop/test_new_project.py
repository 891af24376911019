"""The assistant for a new project: what is wrong is said beside its field, then a file is made."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from annotator.desktop.dialogs.new_project import NewProject, likely_folder, wrong_name
from annotator.desktop.dialogs.template_choice import key_clashes
from annotator.desktop.theme import load_theme
from annotator.formats.codebooks import template, write_codebook
from annotator.model.codebook import Code, Codebook, Layer
from annotator.settings import Settings
from annotator.store.project import Project
from tests.desktop.robots_kit import QUIET, KitRobot, colours

pytestmark = QUIET


@pytest.fixture
def assistant(qtbot, light, tmp_path):
    """Return the assistant, open."""
    sheet = NewProject(light, Settings(coder="Ida"), folder=str(tmp_path))
    qtbot.addWidget(sheet)
    sheet.resize(920, 640)
    sheet.open()
    qtbot.waitExposed(sheet)
    return sheet


@pytest.fixture
def robot(qtbot, assistant):
    """Return a robot that fills it in."""
    return KitRobot(qtbot, assistant)


def made_by(qtbot, robot):
    """Press the button; return the path of the project."""
    with qtbot.waitSignal(robot.root.project_made) as heard:
        robot.click("Make project")
    return heard.args[0]


def test_a_name_is_enough_to_make_a_project(qtbot, assistant, robot, tmp_path):
    assistant.fill("Ferry framing study")
    path = made_by(qtbot, robot)
    assert path == str(tmp_path / "Ferry framing study.annot")
    assert not assistant.isVisible()
    with Project.open(tmp_path / "Ferry framing study.annot") as project:
        assert project.name == "Ferry framing study"
        assert [c.name for c in project.coders.values()] == ["Ida"]
        assert project.setting("languages") == ["en"]


def test_chosen_templates_and_languages_are_in_the_project(qtbot, assistant, robot, tmp_path):
    assistant.fill("Study", coder="Ada  Lund")
    robot.click("Framing functions (Entman 1993)")
    assistant.languages.tick("German")
    made_by(qtbot, robot)
    with Project.open(tmp_path / "Study.annot") as project:
        layers = {layer.slug for layer in project.codebook.layers}
        assert "entman" in layers
        assert "stance" not in layers
        assert project.setting("languages") == ["en", "de"]
        assert [c.name for c in project.coders.values()] == ["Ada Lund"]


def test_enter_makes_the_project(qtbot, assistant, robot):
    assistant.fill("Study")
    with qtbot.waitSignal(assistant.project_made):
        robot.press(Qt.Key.Key_Return, assistant)


def test_what_is_missing_is_said_beside_its_field_and_nothing_is_written(
    qtbot, assistant, robot, tmp_path
):
    assistant.fill("", folder=str(tmp_path / "nowhere"))
    assistant.languages.tick("English", is_ticked=False)
    with qtbot.assertNotEmitted(assistant.project_made):
        robot.click("Make project")
    assert set(assistant.errors) == {"name", "folder", "languages"}
    assert robot.says("The project needs a name.")
    assert assistant.focusWidget().accessibleName() == "Name"
    assert list(tmp_path.iterdir()) == []


def test_a_mended_field_is_no_longer_wrong_while_one_types(qtbot, assistant, robot):
    robot.click("Make project")
    assert "name" in assistant.errors
    robot.type("Study", assistant.focusWidget())
    assert assistant.errors == {}


def test_a_file_that_is_there_is_never_written_over(qtbot, assistant, robot, tmp_path):
    (tmp_path / "Study.annot").write_text("mine", encoding="utf-8")
    assistant.fill("Study")
    robot.click("Make project")
    assert "already" in assistant.errors["name"]
    assert (tmp_path / "Study.annot").read_text(encoding="utf-8") == "mine"


def test_a_name_with_the_files_ending_does_not_get_it_twice(assistant):
    assistant.fill("Study.annot")
    assert assistant.path.name == "Study.annot"


@pytest.mark.parametrize(
    ("name", "part"),
    [
        ("", "needs a name"),
        ("a/b", "cannot hold “/”"),
        ("what?", "cannot hold “?”"),
        ("a\tb", "control signs"),
        ("con", "Not every system"),
        (".hidden", "Not every system"),
        ("x" * 200, "longer than"),
    ],
)
def test_a_name_that_is_no_file_name_is_refused_in_words(name, part):
    assert part in wrong_name(name)


@pytest.mark.parametrize("name", ["Ferry framing study", "Østervig 2026", "新聞", "a & b"])
def test_a_name_in_any_script_is_taken(name):
    assert wrong_name(name) == ""


def test_the_sentence_beside_the_buttons_says_which_file_will_be_made(assistant):
    assistant.fill("Study")
    assert assistant.note.startswith("Makes one file: ")
    assert assistant.note.endswith("Study.annot")


def test_templates_that_want_the_same_keys_say_who_gives_them_up(assistant, robot):
    robot.click("Framing functions (Entman 1993)")
    assert assistant.templates.clashes == ""
    robot.click("Stance towards a target (SemEval-2016)")
    assert "Stance gives up its keys 1, 2, 3 and 4: Framing functions has them." in (
        assistant.templates.clashes
    )
    robot.click("Stance towards a target (SemEval-2016)")
    assert assistant.templates.clashes == ""


def test_key_clashes_name_layers_only_when_there_are_any():
    assert key_clashes([]) == []
    assert key_clashes([template("entman")]) == []


def test_pointing_at_a_template_shows_what_it_brings(assistant, robot):
    robot.button("Stance towards a target (SemEval-2016)").setFocus()
    assert robot.says("Stance towards a target (SemEval-2016) brings 4 codes and 4 questions")


def test_a_codebook_file_can_be_added_and_is_ticked(qtbot, assistant, robot, tmp_path):
    path = tmp_path / "mine.toml"
    book = Codebook(
        layers=(Layer("tone", "Tone"),), codes=(Code("tone", "calm", "Calm"),), name="Tones"
    )
    write_codebook(book, path)
    assert assistant.templates.add_file(str(path))
    assert assistant.templates.chosen == [str(path)]
    assistant.fill("Study")
    made_by(qtbot, robot)
    with Project.open(tmp_path / "Study.annot") as project:
        assert "tone" in {layer.slug for layer in project.codebook.layers}


def test_a_broken_codebook_file_is_said_so_and_not_offered(assistant, robot, tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text("[codebook", encoding="utf-8")
    assert not assistant.templates.add_file(str(path))
    assert robot.says("mine.toml")
    assert assistant.templates.chosen == []


def test_a_failure_while_making_is_said_and_the_assistant_stays(qtbot, assistant, robot, tmp_path):
    path = tmp_path / "mine.toml"
    write_codebook(Codebook(layers=(Layer("tone", "Tone"),), name="Tones"), path)
    assistant.templates.add_file(str(path))
    path.unlink()
    assistant.fill("Study")
    robot.click("Make project")
    qtbot.waitUntil(lambda: "mine.toml" in assistant.note)
    assert assistant.isVisible()
    qtbot.waitUntil(lambda: robot.button("Make project").isEnabled())
    assert not (tmp_path / "Study.annot").exists()


def test_esc_closes_the_assistant_without_a_file(qtbot, assistant, robot, tmp_path):
    assistant.fill("Study")
    robot.press(Qt.Key.Key_Escape, assistant)
    assert not assistant.isVisible()
    assert list(tmp_path.iterdir()) == []


def test_a_new_project_lies_beside_the_newest_one_that_is_still_there(tmp_path):
    recent = (str(tmp_path / "gone" / "a.annot"), str(tmp_path / "b.annot"))
    assert likely_folder(Settings(recent=recent)) == str(tmp_path)


def test_every_field_has_a_name_and_the_keyboard_reaches_all(assistant, robot):
    assert robot.nameless() == []
    reached = set(robot.tab_round())
    assert {"Folder", "Your name", "Languages", "Make project"} <= reached


def test_the_assistant_takes_another_theme(assistant, light):
    dark = load_theme("dark")
    assistant.set_theme(dark)
    assert dark.colour("base").name() in colours(assistant)
