"""How the rows of the article rail are painted, and how high they are.

One delegate paints all kinds of rows from one record; another one paints the folded rail. They
keep nothing but the theme and decide nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from annotator.desktop.article_model import ARTICLE, ROW_ROLE, STORY, RailRow
from annotator.desktop.fonts import sans, serif
from annotator.desktop.kit.buttons import paint_ring
from annotator.desktop.kit.icons import paint_icon
from annotator.desktop.kit.keycaps import paint_caps
from annotator.desktop.prose import elided

if TYPE_CHECKING:
    from PySide6.QtGui import QFont

    from annotator.desktop.theme import Theme

Index = QModelIndex | QPersistentModelIndex
HEIGHTS = {"story": 32, "article": 44, "more": 32}
SPINE_HEIGHT = 48
LEFT, INDENT, DOT = 16.0, 24.0, 15.0
LEFT_MIDDLE = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT_MIDDLE = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
LARGEST = 3.5  # radius of the dot that says how far a coder has come


def paint_status(painter: QPainter, centre: QPointF, status: str, colour: QColor) -> None:
    """Paint how far a coder has come: a ring, a ring half filled, or a full dot."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    box = QRectF(centre.x() - LARGEST, centre.y() - LARGEST, 2 * LARGEST, 2 * LARGEST)
    painter.setPen(QPen(colour, 1.2))
    painter.setBrush(colour if status == "done" else Qt.BrushStyle.NoBrush)
    painter.drawEllipse(box)
    if status == "doing":
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawPie(box, 90 * 16, -180 * 16)
    painter.restore()


class _Delegate(QStyledItemDelegate):
    """What both delegates share: theme, ground and words.

    Args:
        theme: Their colours.
        parent: Their owner.
    """

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.drop_row = -1  # where articles would be dropped

    def _ground(
        self, painter: QPainter, option: QStyleOptionViewItem, index: Index, row: RailRow
    ) -> None:
        """Paint what lies under a row: current, selected, pointed at, focused, dropped upon."""
        state = option.state
        rect = QRectF(option.rect).adjusted(self.margin, 1, -self.margin, -1)
        theme = self.theme
        role = ""
        if row.is_current:
            role = "tint"
        elif state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver):
            role = "hover"
        if role:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour(role))
            painter.drawRoundedRect(rect, 6, 6)
        if state & QStyle.StateFlag.State_HasFocus or index.row() == self.drop_row:
            paint_ring(painter, theme, rect)

    @property
    def margin(self) -> float:
        """How far the ground stays from the edges."""
        return 8.0

    def _words(
        self,
        painter: QPainter,
        rect: QRectF,
        words: str,
        font: QFont,
        role: str,
        alignment: Qt.AlignmentFlag = LEFT_MIDDLE,
    ) -> None:
        painter.setFont(font)
        painter.setPen(self.theme.colour(role))
        painter.drawText(rect, int(alignment), elided(words, font, rect.width()))

    def _row(self, index: Index) -> RailRow | None:
        row = index.data(ROW_ROLE)
        return row if isinstance(row, RailRow) else None


class RowDelegate(_Delegate):
    """Paints stories, and articles with pane number, outlet, headline and state."""

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return how high a row is."""
        row = self._row(index)
        return QSize(100, HEIGHTS[row.kind] if row else HEIGHTS[ARTICLE])

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint a row."""
        row = self._row(index)
        if row is None:
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._ground(painter, option, index, row)
        rect = QRectF(option.rect)
        if row.kind == ARTICLE:
            self._paint_article(painter, rect, row)
        elif row.kind == STORY:
            self._paint_story(painter, rect, row)
        else:
            words = rect.adjusted(LEFT + INDENT, 0, -LEFT, 0)
            self._words(painter, words, row.title, sans(12, 500), "accent")
        painter.restore()

    def _paint_article(self, painter: QPainter, rect: QRectF, row: RailRow) -> None:
        x = rect.left() + LEFT
        if row.pane:
            caps = (str(row.pane),)
            middle = rect.top() + 14
            paint_caps(painter, self.theme, caps, x, middle, is_current=row.is_current)
        x += INDENT
        name = QRectF(x, rect.top() + 5, rect.right() - x - 34, 18)
        font = sans(12, 600 if row.pane else 500)
        self._words(painter, name, row.title, font, "text")
        words = QRectF(x, rect.top() + 22, rect.right() - x - LEFT, 17)
        self._words(painter, words, row.detail, serif(12), "muted")
        role = "text" if row.status == "done" else "muted"
        at = QPointF(rect.right() - LEFT - DOT / 2 + 1, rect.top() + 14)
        paint_status(painter, at, row.status, self.theme.colour(role))

    def _paint_story(self, painter: QPainter, rect: QRectF, row: RailRow) -> None:
        chevron = QRectF(rect.left() + 13, rect.center().y() - 7, 14, 14)
        colour = self.theme.colour("muted")
        paint_icon(painter, "chevron", chevron, colour, turned=0 if row.is_open else -90)
        words = rect.adjusted(32, 0, -LEFT - 36, 0)
        self._words(painter, words, row.title, sans(12, 600 if row.is_open else 400), "text")
        number = QRectF(rect.right() - LEFT - 48, rect.top(), 48, rect.height())
        font = sans(11, has_tabular_figures=True)
        self._words(painter, number, f"{row.count:,}", font, "muted", RIGHT_MIDDLE)


class SpineDelegate(_Delegate):
    """Paints the folded rail: the outlet's initials above the state."""

    @property
    def margin(self) -> float:
        """How far the ground stays from the edges."""
        return 6.0

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """Return how high a row is."""
        return QSize(SPINE_HEIGHT, SPINE_HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint a row."""
        row = self._row(index)
        if row is None:
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._ground(painter, option, index, row)
        rect = QRectF(option.rect)
        name = QRectF(rect.left(), rect.top() + 6, rect.width(), 16)
        font = sans(11, 600 if row.pane else 500)
        role = "text" if row.pane else "muted"
        self._words(painter, name, row.initials, font, role, Qt.AlignmentFlag.AlignCenter)
        role = "text" if row.status == "done" else "muted"
        at = QPointF(rect.center().x(), rect.top() + 32)
        paint_status(painter, at, row.status, self.theme.colour(role))
        painter.restore()
