"""The drawing of the welcome page: three columns of text, and what they share.

It is the product in one picture, made of rectangles and curves by QPainter. It means nothing to
screen readers and takes no input.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from collections.abc import Sequence

    from annotator.desktop.theme import Theme

COLUMN, GUTTER, PITCH, PARAGRAPH_GAP = 132.0, 56.0, 12.0, 16.0
WIDTH, HEIGHT, TOP = 540, 440, 24.0
# How much of the column a line fills, in turn; the last line of a paragraph has its own.
FULL_LINES = (0.94, 0.91, 0.99, 0.93, 0.97, 0.9, 0.96)
LAST_LINES = (0.48, 0.6, 0.67, 0.45, 0.75, 0.55)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Some lines; shared with other columns when it has a letter, coded when it has a number."""

    lines: int
    shared: str = ""
    code: int = -1


COLUMNS = (
    (Paragraph(4), Paragraph(5, "a"), Paragraph(3), Paragraph(4, code=0), Paragraph(5, "b"),
     Paragraph(4)),
    (Paragraph(6, "a"), Paragraph(3), Paragraph(5, "c"), Paragraph(4), Paragraph(5, "b"),
     Paragraph(2)),
    (Paragraph(3), Paragraph(5, "b", code=1), Paragraph(4, code=2), Paragraph(3),
     Paragraph(5, "c"), Paragraph(4)),
)  # fmt: skip


class Motif(QWidget):
    """The drawing.

    Args:
        theme: Its colours.
        codes: Light and dark colour of three codes.
        parent: Its parent.
    """

    def __init__(
        self, theme: Theme, codes: Sequence[tuple[str, str]], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._codes = tuple(codes)
        self.setFixedSize(WIDTH, HEIGHT)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def set_theme(self, theme: Theme) -> None:
        """Show other colours."""
        self._theme = theme
        self.update()

    def sizeHint(self) -> QSize:
        """Return its size."""
        return QSize(WIDTH, HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint columns, then what joins them."""
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            left = (self.width() - 3 * COLUMN - 2 * GUTTER) / 2
            shared = [
                self._paint_column(painter, number, left + number * (COLUMN + GUTTER))
                for number in range(len(COLUMNS))
            ]
            for one, other in pairwise(shared):
                for letter in sorted(one.keys() & other.keys()):
                    self._paint_ribbon(painter, one[letter], other[letter])

    def _paint_column(self, painter: QPainter, number: int, x: float) -> dict[str, QRectF]:
        """Paint one column; return where its shared paragraphs are."""
        y, shared, at = TOP, {}, number * 3
        for paragraph in COLUMNS[number]:
            block = QRectF(x - 6, y - 4, COLUMN + 12, paragraph.lines * PITCH + 2)
            painter.setPen(Qt.PenStyle.NoPen)
            if paragraph.shared:
                painter.fillRect(block, self._theme.colour("text", 0.055))
                shared[paragraph.shared] = block
            for line in range(paragraph.lines):
                is_last = line == paragraph.lines - 1
                shares = LAST_LINES if is_last else FULL_LINES
                width = COLUMN * shares[(at + line) % len(shares)]
                painter.setBrush(self._theme.colour("text", 0.16))
                painter.drawRoundedRect(QRectF(x, y + line * PITCH, width, 3), 1.5, 1.5)
            if 0 <= paragraph.code < len(self._codes):
                self._paint_code(painter, paragraph, QPointF(x, y))
            y += paragraph.lines * PITCH + PARAGRAPH_GAP
            at += paragraph.lines
        return shared

    def _paint_code(self, painter: QPainter, paragraph: Paragraph, at: QPointF) -> None:
        colour = self._theme.code_colour(*self._codes[paragraph.code])
        height = paragraph.lines * PITCH - 4
        painter.fillRect(QRectF(at.x() - 14, at.y() - 2, 3, height), colour)
        for line in range(paragraph.lines):
            width = COLUMN * (0.5 if line == paragraph.lines - 1 else 0.9)
            painter.fillRect(QRectF(at.x(), at.y() + line * PITCH + 5, width, 2), colour)

    def _paint_ribbon(self, painter: QPainter, one: QRectF, other: QRectF) -> None:
        bend = (other.left() - one.right()) / 2
        upper = _curve(one.topRight(), other.topLeft(), bend)
        lower = _curve(one.bottomRight(), other.bottomLeft(), bend)
        ribbon = QPainterPath(upper)
        ribbon.connectPath(lower.toReversed())
        ribbon.closeSubpath()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour("text", 0.10))
        painter.drawPath(ribbon)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(self._theme.colour("text", 0.28), 1.0))
        painter.drawPath(upper)
        painter.drawPath(lower)


def _curve(start: QPointF, end: QPointF, bend: float) -> QPainterPath:
    path = QPainterPath(start)
    path.cubicTo(start + QPointF(bend, 0), end - QPointF(bend, 0), end)
    return path
