"""Article words outside the reading pane: serif text with a line pitch of our own.

Labels take the line spacing of their font, which is far too wide in Charis SIL; this lays text out
with QTextLayout and a fixed pitch instead. It paints and measures; it holds no state.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QFontMetricsF, QTextLayout, QTextOption

if TYPE_CHECKING:
    from PySide6.QtGui import QFont, QPainter


def prose_lines(text: str, font: QFont, width: float, most: int = 0) -> list[str]:
    """Return the lines of a text as they fit a width; the last one elided when more are needed.

    Args:
        text: One paragraph.
        font: Its typeface.
        width: In logical pixels.
        most: How many lines there may be; 0 for any number.
    """
    layout = QTextLayout(text, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    units = text.encode("utf-16-le", "replace")
    starts = []
    layout.beginLayout()
    while (line := layout.createLine()).isValid():
        line.setLineWidth(max(1.0, width))
        starts.append(line.textStart())
    layout.endLayout()
    ends = [*starts[1:], len(units) // 2]
    found = [
        units[2 * a : 2 * b].decode("utf-16-le", "replace").rstrip()
        for a, b in zip(starts, ends, strict=True)
    ]
    if not most or len(found) <= most:
        return found
    rest = units[2 * starts[most - 1] :].decode("utf-16-le", "replace")
    return [*found[: most - 1], elided(rest, font, width)]


def elided(text: str, font: QFont, width: float) -> str:
    """Return the text, cut with an ellipsis where it does not fit."""
    return QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, width + 0.5)


def paint_lines(
    painter: QPainter, corner: QPointF, lines: list[str], font: QFont, pitch: float
) -> float:
    """Paint lines with a pitch, capitals centred in it; return the height used.

    Args:
        painter: Its pen is the colour.
        corner: Upper left corner of the first line.
        lines: As from `prose_lines`.
        font: Their typeface.
        pitch: From line to line.
    """
    painter.setFont(font)
    rise = (pitch + QFontMetricsF(font).capHeight()) / 2
    for number, line in enumerate(lines):
        painter.drawText(QPointF(corner.x(), corner.y() + number * pitch + rise), line)
    return len(lines) * pitch
