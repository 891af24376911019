"""Ground and shadow of what floats over the window: notice, popover, palette.

The shadow is painted once per size as rings of falling opacity; Qt's own shadow effect redraws the
whole child with every change. A floating widget is larger than its card by `SHADOW` on each side.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

if TYPE_CHECKING:
    from annotator.desktop.theme import Theme

SHADOW = 14
DROP = 4
CORNER = 10.0
DARK_ALPHA, LIGHT_ALPHA = 0.05, 0.014


def card_rect(outer: QRectF) -> QRectF:
    """Return where the card lies in a widget that has room for the shadow."""
    return outer.adjusted(SHADOW, SHADOW, -SHADOW, -SHADOW)


def paint_raised(painter: QPainter, theme: Theme, outer: QRectF, corner: float = CORNER) -> None:
    """Paint shadow and card into a rectangle.

    Args:
        painter: Where; left as it was.
        theme: Its colours.
        outer: The whole rectangle, shadow included.
        corner: Radius of the card's corners.
    """
    card = card_rect(outer)
    shade = QColor(theme.colour("shadow", DARK_ALPHA if theme.is_dark else LIGHT_ALPHA))
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(shade)
    for grown in range(SHADOW - DROP, 0, -1):
        ring = card.translated(0, DROP).adjusted(-grown, -grown, grown, grown)
        painter.drawRoundedRect(ring, corner + grown, corner + grown)
    painter.setPen(QPen(theme.colour("edge"), 1.0))
    painter.setBrush(theme.colour("raised"))
    painter.drawRoundedRect(card.adjusted(0.5, 0.5, -0.5, -0.5), corner, corner)
    painter.restore()
