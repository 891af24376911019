"""The themes keep what they promise: contrasts are computed, not trusted."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor, QPalette

from annotator.desktop.mark import KINDS
from annotator.desktop.theme import (
    contrast,
    ink,
    load_theme,
    over,
    palette,
    style_sheet,
    theme_names,
)
from annotator.errors import BadInput

SURFACES = ("base", "chrome", "raised", "sunken", "tint", "hover")
CODES = {  # light, dark: the colours that the shipped codebooks use
    "conflict": ("#D55E00", "#FF8A47"),
    "economy": ("#0069A8", "#4FA9E6"),
    "human interest": ("#CC6FA8", "#F0A6D2"),
    "responsibility": ("#3A4048", "#C9D1DB"),
    "stance for": ("#00875F", "#3CCB9F"),
    "stance against": ("#7A2233", "#F48C96"),
}
PROMISES = {  # the least contrast on any surface
    "light": {"text": 13.2, "muted": 5.15, "accent": 4.91, "ok": 4.9, "warn": 4.9, "err": 4.9},
    "dark": {"text": 9.4, "muted": 5.19, "accent": 5.99, "ok": 5.9, "warn": 5.9, "err": 5.9},
    "contrast": dict.fromkeys(("text", "muted", "accent", "ok", "warn", "err"), 7.0),
}
FILLS = {  # text on a suggestion, on the current one, under the pointer, inside another when shared
    "light": (12.3, 9.1, 10.9, 4.5),
    "dark": (6.4, 5.2, 5.2, 4.5),
    "contrast": (12.0, 9.0, 9.0, 7.0),
}
TEXT_ON_SELECTION = {"light": 10.5, "dark": 5.7, "contrast": 10.0}
PRIMARY_BUTTON = {"light": 5.8, "dark": 7.9, "contrast": 7.0}
OUTLINE = {"light": 3.0, "dark": 3.06, "contrast": 4.5}
VEILED = {"light": (2.5, 3.2), "dark": (2.9, 3.8), "contrast": (4.5, 8.0)}


@pytest.fixture(params=["light", "dark", "contrast"])
def theme(request):
    return load_theme(request.param)


def test_every_theme_of_the_settings_is_shipped():
    assert set(theme_names()) == {"light", "dark", "contrast"}


def test_inks_are_readable_on_every_surface(theme):
    for role, promised in PROMISES[theme.id].items():
        least = min(contrast(getattr(theme.roles, role), getattr(theme.roles, s)) for s in SURFACES)
        assert least >= promised - 0.005, f"{role}: {least:.2f}"


def test_outlines_of_inputs_are_seen(theme):
    for surface in ("base", "chrome", "raised"):
        assert contrast(theme.roles.ctl, getattr(theme.roles, surface)) >= OUTLINE[theme.id]


def test_primary_button_and_selection_are_readable(theme):
    roles = theme.roles
    assert contrast(roles.on_accent, roles.accent) >= PRIMARY_BUTTON[theme.id]
    assert contrast(roles.text, roles.selection) >= TEXT_ON_SELECTION[theme.id]


def test_banners_are_readable(theme):
    roles = theme.roles
    assert contrast(roles.text, roles.warn_ground) >= 7
    assert contrast(roles.text, roles.err_ground) >= 7
    assert contrast(roles.warn, roles.warn_ground) >= 4.5
    assert contrast(roles.err, roles.err_ground) >= 4.5


@pytest.mark.parametrize("kind", KINDS)
def test_text_is_readable_on_suggestions(theme, kind):
    plain, current, _, nested = FILLS[theme.id]
    colour, alpha, text = theme.suggestion[kind], theme.alpha, theme.roles.text
    fill = over(colour, alpha.fill, theme.roles.base)
    assert contrast(text, fill) >= plain
    assert contrast(text, over(colour, alpha.current, fill)) >= current
    shared = over(theme.roles.shared, alpha.shared, theme.roles.base)
    for outer in theme.suggestion.values():
        ground = over(colour, alpha.fill_inner, over(outer, alpha.fill, shared))
        assert contrast(text, ground) >= nested


@pytest.mark.parametrize("code", CODES)
def test_text_is_readable_under_the_pointer(theme, code):
    colour = theme.code_colour(*CODES[code])
    ground = over(colour, theme.alpha.hover, theme.roles.base)
    assert contrast(theme.roles.text, ground) >= FILLS[theme.id][2] - 0.05


@pytest.mark.parametrize("code", CODES)
def test_margin_labels_and_bars_are_readable(theme, code):
    colour = theme.code_colour(*CODES[code])
    assert contrast(theme.label_colour(colour), theme.roles.base) >= theme.label_contrast >= 4.6
    assert contrast(colour, theme.roles.base) >= max(3.0, theme.code_contrast)


@pytest.mark.parametrize(
    ("colour", "label"),
    [
        ("#CC6FA8", "#a85b8a"),
        ("#D55E00", "#bd5400"),
        ("#00875F", "#00825b"),
        ("#8A8F98", "#6d7178"),
        ("#0069A8", "#0069a8"),
    ],
)
def test_label_ink_goes_by_steps_of_four_per_cent_and_no_further_than_needed(colour, label):
    assert ink(colour, "#FFFFFF").name() == label


def test_label_ink_gets_lighter_on_dark_ground():
    dark = load_theme("dark")
    label = dark.label_colour("#0069A8")
    assert contrast(label, dark.roles.base) >= 4.6
    assert label.lightnessF() > QColor("#0069A8").lightnessF()


def test_boilerplate_is_veiled_on_purpose_but_not_lost(theme):
    least, most = VEILED[theme.id]
    seen = over(theme.roles.base, theme.alpha.veil, theme.roles.text)
    assert least <= contrast(seen, theme.roles.base) <= most


def test_every_kind_of_suggestion_has_a_colour(theme):
    assert set(theme.suggestion) == set(KINDS)
    assert len(set(theme.suggestion.values())) == len(KINDS)


def test_palette_has_the_themes_colours(theme):
    made = palette(theme)
    assert made.color(QPalette.ColorRole.Base) == theme.colour("base")
    disabled = made.color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.Text)
    assert disabled == theme.colour("faint")


def test_style_sheet_leaves_no_role_unfilled_and_qt_accepts_it(theme, qtbot):
    from PySide6.QtWidgets import QCheckBox

    sheet = style_sheet(theme)
    assert "$" not in sheet.replace("$role", "").replace("$tick", "")
    assert theme.roles.accent in sheet
    assert theme.tick.exists()
    box = QCheckBox("Shown")
    qtbot.addWidget(box)
    box.setStyleSheet(sheet)  # a warning of the parser fails the test
    box.setChecked(True)
    box.resize(120, 30)
    shown = box.grab().toImage()
    colours = {shown.pixelColor(x, y).name() for x in range(40) for y in range(shown.height())}
    assert theme.colour("accent").name() in colours


def test_an_unknown_theme_is_named_with_the_ones_there_are():
    with pytest.raises(BadInput, match=r"no theme called “sepia”.*light"):
        load_theme("sepia")


def test_a_theme_that_lacks_a_role_says_which(tmp_path, monkeypatch):
    from annotator.desktop import theme as module

    folder = module.resource("themes")
    broken = (folder / "light.toml").read_text(encoding="utf-8").replace("muted =", "mutter =")
    (tmp_path / "light.toml").write_text(broken, encoding="utf-8")
    monkeypatch.setattr(module, "resource", lambda *_parts: tmp_path)
    with pytest.raises(BadInput, match=r"light\.toml.*muted, mutter"):
        load_theme("light")


def test_a_theme_with_a_broken_colour_says_which(tmp_path, monkeypatch):
    from annotator.desktop import theme as module

    folder = module.resource("themes")
    broken = (folder / "dark.toml").read_text(encoding="utf-8").replace("#93A8FF", "#93A8FG")
    (tmp_path / "dark.toml").write_text(broken, encoding="utf-8")
    monkeypatch.setattr(module, "resource", lambda *_parts: tmp_path)
    with pytest.raises(BadInput, match="accent is no colour"):
        load_theme("dark")
