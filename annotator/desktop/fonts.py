"""The two typefaces of the program: Charis SIL for the words of articles, Inter for our own.

Both are shipped under the SIL Open Font License, so that a project looks and wraps alike on every
machine. This file loads them and makes `QFont`s; it decides no size and no colour.
"""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QFont, QFontDatabase

from annotator.settings import resource

SERIF = "Charis SIL"
SANS = "Inter"
LOADED = "shipped-fonts-loaded"  # a property of the application
FILES = (
    "CharisSIL-Regular.ttf",
    "CharisSIL-Bold.ttf",
    "Inter-Regular.otf",
    "Inter-Medium.otf",
    "Inter-SemiBold.otf",
)


def load_fonts() -> tuple[str, ...]:
    """Load the shipped fonts once per application; return the files that could not be loaded.

    Raises:
        BadInput: if the installation lacks the fonts.
    """
    application = QCoreApplication.instance()
    if application is None or application.property(LOADED):
        return ()
    application.setProperty(LOADED, True)
    folder = resource("fonts")
    return tuple(name for name in FILES if QFontDatabase.addApplicationFont(str(folder / name)) < 0)


def serif(px: int, weight: int = 400) -> QFont:
    """Return the typeface of article text at a size in logical pixels."""
    return QFont(_font(SERIF, px, weight))


def sans(px: int, weight: int = 400, *, has_tabular_figures: bool = False) -> QFont:
    """Return the typeface of the interface at a size in logical pixels.

    Args:
        px: Size.
        weight: 400, 500 or 600.
        has_tabular_figures: Whether all figures are equally wide, for columns of numbers.
    """
    font = QFont(_font(SANS, px, weight))
    if has_tabular_figures:
        font.setFeature(QFont.Tag("tnum"), 1)
    return font


@cache
def _font(family: str, px: int, weight: int) -> QFont:
    font = QFont(family)
    font.setPixelSize(px)
    font.setWeight(QFont.Weight(weight))
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font
