"""Painting the rows of the code panel: mark, name, count in the article, key cap."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from annotator.desktop.code_mark import MARK_WIDTH, paint_mark
from annotator.desktop.code_model import HEAD, NOTE, ROW_ROLE, CodeRow
from annotator.desktop.fonts import sans
from annotator.desktop.kit.buttons import paint_ring
from annotator.desktop.kit.icons import paint_icon
from annotator.desktop.kit.keycaps import are_keys_shown, caps_width, key_caps, paint_caps
from annotator.desktop.prose import elided

if TYPE_CHECKING:
    from PySide6.QtGui import QFont

    from annotator.desktop.theme import Theme

Index = QModelIndex | QPersistentModelIndex
ROW, LOW_ROW, HEAD_MORE = 28, 25, 2
SIDE, INDENT, MOST_INDENT, MARK_GAP = 16.0, 12.0, 36.0, 10.0
KEY_COLUMN, COUNT_WIDTH = 36.0, 28.0
MIDDLE = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
AT_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
HIDDEN_OPACITY = 0.35


class CodeDelegate(QStyledItemDelegate):
    """Paints a row.

    Args:
        theme: Its colours.
        parent: The list.
    """

    def __init__(self, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self.theme = theme
        self.row_height = ROW
        self.chosen = ""  # the code whose definition is shown

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return how high a row is."""
        row = index.data(ROW_ROLE)
        is_head = isinstance(row, CodeRow) and row.kind == HEAD
        return QSize(100, self.row_height + HEAD_MORE if is_head else self.row_height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint the row."""
        row = index.data(ROW_ROLE)
        if not isinstance(row, CodeRow):
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = self.whole(QRectF(option.rect))
        if row.kind == NOTE:
            words = rect.adjusted(SIDE, 0, -SIDE, 0)
            self._words(painter, words, row.name, sans(12), "muted")
        else:
            ground = rect.adjusted(8, 0, -8, 0)
            ground.setRight(min(ground.right(), option.rect.right() - 1.0))
            self._ground(painter, option, ground, row)
            paint = self._paint_head if row.kind == HEAD else self._paint_code
            paint(painter, rect, row)
        painter.restore()

    def whole(self, rect: QRectF) -> QRectF:
        """Return the rectangle of a row as if no scroll bar stood beside it."""
        view = self.parent()
        bar = view.verticalScrollBar() if isinstance(view, QAbstractItemView) else None
        if bar is not None and bar.isVisible():
            return rect.adjusted(0, 0, bar.width(), 0)
        return rect

    def _ground(
        self, painter: QPainter, option: QStyleOptionViewItem, rect: QRectF, row: CodeRow
    ) -> None:
        state, role = option.state, ""
        if row.kind != HEAD and row.id and row.id == self.chosen:
            role = "tint"
        elif state & QStyle.StateFlag.State_MouseOver:
            role = "hover"
        if role:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self.theme.colour(role))
            painter.drawRoundedRect(rect, 6, 6)
        if state & QStyle.StateFlag.State_HasFocus:
            paint_ring(painter, self.theme, rect)

    def _paint_head(self, painter: QPainter, rect: QRectF, row: CodeRow) -> None:
        """Paint the name of a group; a chevron where it can be opened."""
        lower = rect.adjusted(SIDE, 4, -SIDE, 0)
        name = lower.adjusted(0, 0, -COUNT_WIDTH, 0)
        self._words(painter, name, row.name, sans(11, 600), "muted")
        if not row.is_folded:
            return
        place = QRectF(rect.right() - SIDE - 13, lower.center().y() - 6, 12, 12)
        paint_icon(painter, "chevron", place, self.theme.colour("muted"), turned=-90)
        if row.count:
            right = rect.right() - SIDE - KEY_COLUMN
            at = QRectF(right - COUNT_WIDTH, lower.top(), COUNT_WIDTH, lower.height())
            font = sans(11, has_tabular_figures=True)
            self._words(painter, at, str(row.count), font, "muted", AT_RIGHT)

    def _paint_code(self, painter: QPainter, rect: QRectF, row: CodeRow) -> None:
        mark = mark_place(rect, row)
        if row.style is not None:
            painter.setOpacity(HIDDEN_OPACITY if row.is_hidden else 1.0)
            paint_mark(painter, self.theme, row.style, mark)
            painter.setOpacity(1.0)
        right = rect.right() - SIDE - KEY_COLUMN
        left = mark.right() + MARK_GAP
        count = QRectF(right - COUNT_WIDTH, rect.top(), COUNT_WIDTH, rect.height())
        has_count = row.is_hidden or bool(row.count)
        room = QRectF(rect)
        room.setLeft(left)
        room.setRight(count.left() if has_count else right)
        self._words(painter, room, row.name, sans(13), "muted" if row.is_hidden else "text")
        if row.is_hidden:
            self._paint_closed_eye(painter, QPointF(count.right() - 7, count.center().y()))
        elif row.count:
            font = sans(11, has_tabular_figures=True)
            self._words(painter, count, str(row.count), font, "muted", AT_RIGHT)
        self._paint_key(painter, rect, row)

    def _paint_key(self, painter: QPainter, rect: QRectF, row: CodeRow) -> None:
        view = self.parent()
        if not row.key or (isinstance(view, QWidget) and not are_keys_shown(view)):
            return
        caps = key_caps(row.key)
        x = rect.right() - SIDE - caps_width(caps) + 1
        is_chosen = row.id == self.chosen
        paint_caps(painter, self.theme, caps, x, rect.center().y(), is_current=is_chosen)

    def _paint_closed_eye(self, painter: QPainter, centre: QPointF) -> None:
        """Paint an eye with a stroke through it: the code is hidden."""
        colour = self.theme.colour("muted")
        paint_icon(painter, "eye", QRectF(centre.x() - 7, centre.y() - 7, 14, 14), colour)
        painter.setPen(QPen(colour, 1.4))
        painter.drawLine(centre + QPointF(-5, 5), centre + QPointF(5, -5))

    def _words(
        self,
        painter: QPainter,
        rect: QRectF,
        words: str,
        font: QFont,
        role: str,
        alignment: Qt.AlignmentFlag = MIDDLE,
    ) -> None:
        painter.setFont(font)
        painter.setPen(self.theme.colour(role))
        painter.drawText(rect, int(alignment), elided(words, font, rect.width()))


def mark_place(rect: QRectF, row: CodeRow) -> QRectF:
    """Return where the mark of a row lies in its rectangle."""
    indent = min(row.depth * INDENT, MOST_INDENT)
    return QRectF(rect.left() + SIDE + indent, rect.top(), MARK_WIDTH, rect.height())


def is_cut(rect: QRectF, row: CodeRow) -> bool:
    """Say whether the name of a row does not fit."""
    room = rect.right() - SIDE - KEY_COLUMN - COUNT_WIDTH - mark_place(rect, row).right() - MARK_GAP
    return elided(row.name, sans(13), room) != row.name
