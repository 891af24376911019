"""Brushes, pens and label inks of every look in one theme, made once.

The only place where a mark's look becomes a colour. Suggestions take the theme's colour of their
kind, boilerplate and shared passages the theme's grey, all others the colour of their code.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush, QColor, QPen

from annotator.desktop.mark import (
    BARS,
    BOILERPLATE,
    HIT,
    OTHER_CODER,
    SHARED,
    SUGGESTION,
    MarkStyle,
)
from annotator.desktop.pane_document import LANE_HEIGHT
from annotator.desktop.theme import faded

if TYPE_CHECKING:
    from annotator.desktop.theme import Theme

HAIRLINES = {
    "person": Qt.PenStyle.SolidLine,
    "organisation": Qt.PenStyle.DashLine,
    "place": Qt.PenStyle.DotLine,
}
# In pen widths. Hatching cannot be drawn on a line of 2.5 px: dash and dot stand for it.
DASHES = {"dashed": (2.6, 1.0), "dotted": (1.0, 1.0), "hatched": (2.6, 0.8, 0.8, 0.8)}


class Inks:
    """What the painters dip into.

    Args:
        theme: Whose colours.
    """

    def __init__(self, theme: Theme) -> None:
        self.theme = theme
        self._colours: dict[MarkStyle, QColor] = {}
        self._brushes: dict[MarkStyle, QBrush] = {}
        self._pens: dict[MarkStyle, QPen] = {}
        self._labels: dict[MarkStyle, QColor] = {}

    def colour(self, style: MarkStyle) -> QColor:
        """Return the saturated colour of a look."""
        found = self._colours.get(style)
        if found is None:
            found = self._colours[style] = self._chosen(style)
        return found

    def _chosen(self, style: MarkStyle) -> QColor:
        theme = self.theme
        if style.form in BOILERPLATE:
            return theme.colour("boilerplate")
        if style.form == SHARED:
            return theme.colour("shared")
        if style.form == HIT:
            return theme.colour("text")
        if style.form == SUGGESTION and style.kind in theme.suggestion:
            return QColor(theme.suggestion[style.kind])
        return theme.code_colour(style.colour_light, style.colour_dark)

    def brush(self, style: MarkStyle) -> QBrush:
        """Return what a look's rectangles are filled with."""
        found = self._brushes.get(style)
        if found is None:
            found = QBrush(faded(self.colour(style), self._alpha(style)))
            self._brushes[style] = found
        return found

    def _alpha(self, style: MarkStyle) -> float:
        alpha = self.theme.alpha
        if style.form == SUGGESTION:
            return alpha.fill_inner if style.is_inner else alpha.fill
        return {SHARED: alpha.shared, HIT: alpha.hit, OTHER_CODER: alpha.other}.get(style.form, 1.0)

    def pen(self, style: MarkStyle) -> QPen:
        """Return what a look's lines are drawn with: hairlines, or bars with gaps."""
        found = self._pens.get(style)
        if found is None:
            found = self._pens[style] = self._new_pen(style)
        return found

    def _new_pen(self, style: MarkStyle) -> QPen:
        alpha = self.theme.alpha
        if style.form in BARS:
            opacity = alpha.other if style.form == OTHER_CODER else 1.0
            pen = QPen(faded(self.colour(style), opacity), LANE_HEIGHT)
            pen.setDashPattern(DASHES.get(style.pattern, (1.0,)))
        else:
            pen = QPen(faded(self.colour(style), alpha.hairline), 1.0)
            pen.setStyle(HAIRLINES.get(style.kind, Qt.PenStyle.SolidLine))
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        return pen

    def label(self, style: MarkStyle) -> QColor:
        """Return the colour of a look's margin label, dark enough to be read at 10 px."""
        found = self._labels.get(style)
        if found is None:
            found = self._labels[style] = self.theme.label_colour(self.colour(style))
        return found

    def hover(self, style: MarkStyle) -> QColor:
        """Return the fill of the annotation under the pointer."""
        return faded(self.colour(style), self.theme.alpha.hover)

    def current(self, style: MarkStyle) -> QColor:
        """Return the extra fill of the current annotation."""
        return faded(self.colour(style), self.theme.alpha.current)
