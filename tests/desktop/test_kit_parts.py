"""The small parts: icons, key caps, buttons and labels."""

from __future__ import annotations

import re

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QAccessible, QImage, QPainter
from PySide6.QtWidgets import QVBoxLayout, QWidget

from annotator.desktop.kit.buttons import (
    CardButton,
    KeyButton,
    LinkButton,
    PlainButton,
    PrimaryButton,
)
from annotator.desktop.kit.dressing import Surface, dress
from annotator.desktop.kit.icons import ICONS, IconLabel, icon, paint_icon
from annotator.desktop.kit.keycaps import KeyCaps, caps_width, key_caps, show_keys, with_key
from annotator.desktop.kit.labels import ElidedLabel, Sentence, SerifText
from annotator.desktop.theme import load_theme, style_sheet
from annotator.settings import resource
from tests.desktop.robots_kit import QUIET, KitRobot, colours, picture, role, shown

pytestmark = QUIET

HEADLINE = "Council delays the vote on fares for the third time & nobody says <why>"


@pytest.fixture
def desk(qtbot, light):
    """Return a surface to put parts on."""
    surface = Surface(light)
    QVBoxLayout(surface)
    return surface


def put(desk, *widgets):
    for widget in widgets:
        desk.layout().addWidget(widget)
    return widgets[0]


@pytest.mark.parametrize("name", ICONS)
def test_each_icon_is_drawn_in_the_colour_asked_for(light, name):
    image = QImage(16, 16, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.white)
    with QPainter(image) as painter:
        paint_icon(painter, name, QRectF(0, 0, 16, 16), light.colour("err"))
    inked = [
        image.pixelColor(x, y) for x in range(16) for y in range(16)
        if image.pixelColor(x, y) != Qt.GlobalColor.white
    ]  # fmt: skip
    assert len(inked) > 10
    assert all(c.red() > c.green() and c.red() > c.blue() for c in inked)


def test_icon_files_are_drawn_with_one_stroke_and_no_colour_of_their_own():
    files = sorted(path.stem for path in resource("icons").glob("*.svg"))
    assert files == sorted(ICONS)
    for name in files:
        drawing = resource("icons", f"{name}.svg").read_text(encoding="utf-8")
        assert 'stroke-width="1.4"' in drawing
        assert not re.search(r"#[0-9a-fA-F]{3,6}", drawing)


def test_a_turned_chevron_points_right(light):
    down, right = IconLabel(light, "chevron"), IconLabel(light, "chevron", turned=-90)
    assert picture(down) != picture(right)
    assert not icon("menu", light.colour("text")).isNull()


@pytest.mark.parametrize(
    ("key", "caps"),
    [
        ("Ctrl+K", ("Ctrl", "K")),
        ("Shift+1", ("⇧1",)),
        ("Shift+Tab", ("⇧Tab",)),
        ("Ctrl+Shift+P", ("Ctrl", "Shift", "P")),
        ("Return", ("↵",)),
        ("Ctrl++", ("Ctrl", "+")),
        ("+", ("+",)),
        ("Ctrl+,", ("Ctrl", ",")),
        ("", ()),
    ],
)
def test_a_key_becomes_the_caps_people_see(key, caps):
    assert key_caps(key, is_mac=False) == caps


def test_on_macos_the_caps_show_its_signs():
    assert key_caps("Ctrl+Shift+P", is_mac=True) == ("⌘", "⇧", "P")
    assert key_caps("Alt+1", is_mac=True) == ("⌥", "1")


def test_caps_are_sixteen_high_and_grow_with_their_words(light):
    short, long = KeyCaps(light, "A"), KeyCaps(light, "Ctrl+Shift+P")
    assert short.sizeHint().height() == long.sizeHint().height() == 16
    assert short.sizeHint().width() == 16
    assert long.sizeHint().width() == round(caps_width(key_caps("Ctrl+Shift+P")))
    assert long.accessibleName() == "Ctrl+Shift+P"


def test_hiding_keys_takes_the_caps_out_of_a_window_and_what_is_built_later(qtbot, light, desk):
    button = put(desk, KeyButton(light, "Accept", "Return"))
    shown(qtbot, desk)
    wide = button.sizeHint().width()
    show_keys(desk, is_shown=False)
    later = KeyCaps(light, "Ctrl+K", desk)
    assert button.sizeHint().width() < wide
    assert later.sizeHint().width() == 0
    assert "Return" in button.toolTip()
    show_keys(desk, is_shown=True)
    assert button.sizeHint().width() == wide


def test_a_tooltip_names_the_key():
    assert with_key("Undo", "Ctrl+Z") == "Undo (Ctrl+Z)"
    assert with_key("Undo", "") == "Undo"


def every_button(light):
    return [
        PlainButton("Cancel"),
        PrimaryButton("Import 284 articles"),
        LinkButton(light, "Save list…"),
        KeyButton(light, "Accept", "Return"),
        CardButton(light, "New project", "A codebook template", "Ctrl+N"),
    ]


@pytest.mark.parametrize("number", range(5))
def test_a_button_is_a_button_to_mouse_keyboard_and_screen_reader(qtbot, light, desk, number):
    button = every_button(light)[number]
    put(desk, button)
    shown(qtbot, desk)
    presses = []
    button.clicked.connect(lambda: presses.append(1))
    robot = KitRobot(qtbot, desk)
    assert role(button) == QAccessible.Role.Button
    assert button.accessibleName()
    robot.click(button.accessibleName())
    button.setFocus()
    robot.press(Qt.Key.Key_Space)
    assert len(presses) == 2
    assert button.hasFocus()


@pytest.mark.parametrize("number", [2, 3, 4])
def test_enter_presses_a_painted_button_and_the_focus_ring_is_seen(qtbot, light, desk, number):
    button = every_button(light)[number]
    other = PlainButton("Elsewhere")
    put(desk, other, button)
    shown(qtbot, desk)
    other.setFocus()
    calm = picture(button)
    accent = light.colour("accent").name()
    with qtbot.waitSignal(button.clicked):
        button.setFocus()
        KitRobot(qtbot, desk).press(Qt.Key.Key_Return)
    assert picture(button) != calm
    assert accent in colours(button)


def test_an_ampersand_in_a_button_is_shown_and_makes_no_shortcut():
    assert PlainButton("Export & close").text() == "Export && close"
    assert PlainButton("Export & close").accessibleName() == "Export & close"


def test_a_disabled_button_is_not_pressed(qtbot, light, desk):
    button = put(desk, KeyButton(light, "Accept", "Return"))
    button.setEnabled(False)
    shown(qtbot, desk)
    with qtbot.assertNotEmitted(button.clicked):
        KitRobot(qtbot, desk).click("Accept")


def test_a_cut_name_has_the_whole_in_its_tooltip_as_it_stands(qtbot, desk):
    label = put(desk, ElidedLabel(HEADLINE, 17, 700, is_serif=True))
    shown(qtbot, desk, 240, 80)
    assert label.is_elided()
    assert "&lt;why&gt;" in label.toolTip()
    desk.resize(1200, 80)
    qtbot.waitUntil(lambda: not label.is_elided())
    assert label.toolTip() == ""


def test_a_sentence_wraps_and_is_not_cut(qtbot, desk):
    sentence = put(desk, Sentence(HEADLINE * 3, 12))
    desk.layout().addStretch(1)
    shown(qtbot, desk, 240, 400)
    assert sentence.height() >= sentence.heightForWidth(sentence.width())
    assert sentence.height() > 3 * sentence.fontMetrics().height()


def test_article_words_keep_their_line_pitch(qtbot, desk):
    text = SerifText(HEADLINE, 13, 19)
    lines = len(text.lines(200))
    assert lines > 1
    assert text.heightForWidth(200) == 19 * lines
    assert SerifText(HEADLINE, 13, 19, most_lines=1).heightForWidth(200) == 19


def test_a_label_takes_another_role_at_once(qtbot, qapp, light, desk):
    qapp.setStyleSheet(style_sheet(light))
    try:
        label = put(desk, ElidedLabel("Not saved", 13))
        shown(qtbot, desk)
        label.set_role("err")
        assert label.palette().windowText().color() == light.colour("err")
    finally:
        qapp.setStyleSheet("")


def test_a_theme_is_passed_on_to_everything_painted(qtbot, light, desk):
    put(desk, KeyButton(light, "Accept", "Return"), CardButton(light, "New project"))
    shown(qtbot, desk)
    dark = load_theme("dark")
    desk.set_theme(dark)
    dress(desk, dark)
    assert light.colour("base").name() not in colours(desk)
    assert dark.colour("base").name() in colours(desk)


def test_a_surface_paints_its_role(light):
    surface = Surface(light, "sunken")
    surface.resize(8, 8)
    assert colours(surface) == {light.colour("sunken").name()}
    assert isinstance(surface, QWidget)
