"""Colours by role, read from `resources/themes/*.toml`: light, dark and high contrast.

No other file of the program names a colour. This one also holds the little colour algebra that
the themes promise by: WCAG contrast, one colour laid over another, and the ink of small labels.
It paints nothing and chooses no theme; the person's settings do.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field, fields
from string import Template
from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QColor, QPalette

from annotator.errors import BadInput
from annotator.settings import resource

if TYPE_CHECKING:
    from pathlib import Path

LABEL_CONTRAST = 4.6
PALETTE_ROLES: dict[QPalette.ColorRole, str] = {
    QPalette.ColorRole.Window: "chrome",
    QPalette.ColorRole.WindowText: "text",
    QPalette.ColorRole.Base: "base",
    QPalette.ColorRole.AlternateBase: "chrome",
    QPalette.ColorRole.Text: "text",
    QPalette.ColorRole.Button: "raised",
    QPalette.ColorRole.ButtonText: "text",
    QPalette.ColorRole.BrightText: "err",
    QPalette.ColorRole.Highlight: "selection",
    QPalette.ColorRole.HighlightedText: "text",
    QPalette.ColorRole.ToolTipBase: "raised",
    QPalette.ColorRole.ToolTipText: "text",
    QPalette.ColorRole.PlaceholderText: "muted",
    QPalette.ColorRole.Link: "accent",
    QPalette.ColorRole.LinkVisited: "accent",
    QPalette.ColorRole.Light: "raised",
    QPalette.ColorRole.Midlight: "rule",
    QPalette.ColorRole.Mid: "edge",
    QPalette.ColorRole.Dark: "ctl",
    QPalette.ColorRole.Shadow: "shadow",
    QPalette.ColorRole.Accent: "accent",
}
DISABLED_ROLES = (
    QPalette.ColorRole.WindowText,
    QPalette.ColorRole.Text,
    QPalette.ColorRole.ButtonText,
)


@dataclass(frozen=True, slots=True)
class Alphas:
    """How opaque the layers of the reading pane are, 0 to 1."""

    fill: float
    fill_inner: float
    current: float
    hover: float
    shared: float
    veil: float
    hairline: float
    hit: float
    other: float
    thumb: float


@dataclass(frozen=True, slots=True)
class Roles:
    """Colours as #RRGGBB, by what they are for."""

    chrome: str
    base: str
    raised: str
    sunken: str
    hover: str
    tint: str
    text: str
    muted: str
    faint: str
    rule: str
    edge: str
    ctl: str
    accent: str
    on_accent: str
    selection: str
    ok: str
    warn: str
    err: str
    warn_ground: str
    err_ground: str
    shadow: str
    shared: str
    boilerplate: str


@dataclass(frozen=True, slots=True)
class Theme:
    """One theme.

    Args:
        id: The name of its file, as in the settings.
        name: What people call it.
        is_dark: Whether codes show their colour for dark grounds.
        tick: Path of the tick image of check boxes.
        label_contrast: What margin labels reach on the page.
        code_contrast: What bars reach on the page; 1 leaves the codebook's colours alone.
        roles: Colours by role.
        alpha: Opacities in the reading pane.
        suggestion: Colours of suggestions by kind: person, organisation, place, quote, attribution.
    """

    id: str
    name: str
    is_dark: bool
    tick: Path
    label_contrast: float
    code_contrast: float
    roles: Roles
    alpha: Alphas
    suggestion: dict[str, str] = field(default_factory=dict)

    def colour(self, role: str, alpha: float = 1.0) -> QColor:
        """Return the colour of a role, more or less opaque."""
        return faded(getattr(self.roles, role), alpha)

    def code_colour(self, light: str, dark: str) -> QColor:
        """Return the colour in which a code is shown; `muted` for a code without one."""
        chosen = (dark if self.is_dark else light) or self.roles.muted
        return ink(chosen, self.roles.base, self.code_contrast)

    def label_colour(self, colour: str | QColor) -> QColor:
        """Return a colour, moved as far from the page as small text needs."""
        return ink(colour, self.roles.base, self.label_contrast)


def theme_names() -> tuple[str, ...]:
    """Return the ids of the shipped themes, sorted."""
    return tuple(sorted(path.stem for path in resource("themes").glob("*.toml")))


def load_theme(name: str) -> Theme:
    """Return a theme by its id: "light", "dark" or "contrast".

    Raises:
        BadInput: if there is no such theme, or its file lacks a role or has a broken colour.
    """
    folder = resource("themes")
    path = folder / f"{name}.toml"
    if name not in theme_names():
        raise BadInput(
            f"There is no theme called “{name}”.",
            hint=f"Choose one of {', '.join(theme_names())}.",
        )
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    roles = _section(data, "roles", Roles, path)
    for role, value in {**roles, **data["suggestion"]}.items():
        if not QColor.isValidColorName(value):
            raise BadInput(f"The role {role} is no colour: “{value}”.", where=path.name)
    return Theme(
        id=name,
        name=data["name"],
        is_dark=data["is_dark"],
        tick=folder / data["tick"],
        label_contrast=data["label_contrast"],
        code_contrast=data["code_contrast"],
        roles=Roles(**roles),
        alpha=Alphas(**_section(data, "alpha", Alphas, path)),
        suggestion=dict(data["suggestion"]),
    )


def _section(
    data: dict[str, Any],  # TOML values are of any type
    section: str,
    kind: type[Roles | Alphas],
    path: Path,
) -> dict[str, Any]:
    values = data.get(section, {})
    wanted = {f.name for f in fields(kind)}
    if wanted != set(values):
        odd = ", ".join(sorted(wanted ^ set(values)))
        raise BadInput(f"Section [{section}] lacks or does not know: {odd}.", where=path.name)
    return dict(values)


def palette(theme: Theme) -> QPalette:
    """Return the palette of the whole application."""
    result = QPalette()
    for role, name in PALETTE_ROLES.items():
        result.setColor(role, theme.colour(name))
    for role in DISABLED_ROLES:
        result.setColor(QPalette.ColorGroup.Disabled, role, theme.colour("faint"))
    return result


def style_sheet(theme: Theme) -> str:
    """Return the style sheet of the whole application."""
    sheet = Template(resource("themes", "window.qss").read_text(encoding="utf-8"))
    colours = {f.name: getattr(theme.roles, f.name) for f in fields(Roles)}
    return sheet.substitute(colours, tick=theme.tick.as_posix())


def faded(colour: str | QColor, alpha: float) -> QColor:
    """Return the colour with another opacity, 0 to 1."""
    result = QColor(colour)
    result.setAlphaF(alpha)
    return result


def luminance(colour: str | QColor) -> float:
    """Return the relative luminance of a colour (WCAG 2.2), 0 black to 1 white."""
    c = QColor(colour)
    linear = [
        x / 12.92 if x <= 0.04045 else ((x + 0.055) / 1.055) ** 2.4
        for x in (c.redF(), c.greenF(), c.blueF())
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str | QColor, other: str | QColor) -> float:
    """Return the contrast of two opaque colours (WCAG 2.2), 1 to 21.

    >>> contrast("white", "black")
    21.0
    """
    low, high = sorted((luminance(one), luminance(other)))
    return round((high + 0.05) / (low + 0.05), 4)


def over(top: str | QColor, alpha: float, ground: str | QColor) -> QColor:
    """Return what one sees when a colour lies over an opaque ground.

    >>> over("#000000", 0.5, "#FFFFFF").name()
    '#808080'
    """
    t, g = QColor(top), QColor(ground)
    pairs = ((t.red(), g.red()), (t.green(), g.green()), (t.blue(), g.blue()))
    return QColor(*(round(a * alpha + b * (1 - alpha)) for a, b in pairs))


def ink(colour: str | QColor, ground: str | QColor, need: float = LABEL_CONTRAST) -> QColor:
    """Return the colour moved from the ground by steps of 4 % until small text is readable.

    >>> ink("#CC6FA8", "#FFFFFF").name()
    '#a85b8a'
    """
    result = QColor(colour)
    goes_lighter = luminance(ground) < 0.2
    for _ in range(60):
        if contrast(result, ground) >= need:
            break
        result = result.lighter(104) if goes_lighter else result.darker(104)
    return result
