"""A plain table for dialogs: head in 11 px, rows of 32 px, cells edited in place.

It wears the colours of the theme and knows nothing of what it shows; its model says what can be
edited and writes it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QAbstractItemModel,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    Qt,
)
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from annotator.desktop.fonts import sans
from annotator.desktop.kit.buttons import paint_ring
from annotator.desktop.kit.icons import paint_icon
from annotator.desktop.prose import elided

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QObject

    from annotator.desktop.theme import Theme

Index = QModelIndex | QPersistentModelIndex
ROW, HEAD, INSET = 32, 28, 8.0


class _CellDelegate(QStyledItemDelegate):
    """Paints ground, tick, words, the rule below and the focus."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.theme = theme

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint a cell."""
        rect, theme = QRectF(option.rect), self.theme
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, theme.colour("tint"))
        painter.setPen(QPen(theme.colour("rule"), 1))
        y = rect.bottom() - 0.5
        painter.drawLine(QPointF(rect.left(), y), QPointF(rect.right(), y))
        tick = index.data(Qt.ItemDataRole.CheckStateRole)
        if tick is not None:
            self._paint_tick(painter, rect, is_on=Qt.CheckState(tick) == Qt.CheckState.Checked)
        font = sans(13, has_tabular_figures=True)
        painter.setFont(font)
        painter.setPen(theme.colour("text"))
        room = rect.adjusted(INSET, 0, -INSET, 0)
        align = index.data(Qt.ItemDataRole.TextAlignmentRole)
        side = Qt.AlignmentFlag(align) if align else Qt.AlignmentFlag.AlignLeft
        words = str(index.data(Qt.ItemDataRole.DisplayRole) or "")
        where = int(side | Qt.AlignmentFlag.AlignVCenter)
        painter.drawText(room, where, elided(words, font, room.width()))
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            paint_ring(painter, theme, rect.adjusted(0, 0, -1, -2))
        painter.restore()

    def _paint_tick(self, painter: QPainter, rect: QRectF, *, is_on: bool) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(rect.left() + INSET, rect.center().y() - 8, 16, 16)
        painter.setPen(QPen(self.theme.colour("accent" if is_on else "ctl"), 1))
        painter.setBrush(self.theme.colour("accent" if is_on else "base"))
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        painter.restore()
        if is_on:
            paint_icon(painter, "tick", box.adjusted(1, 1, -1, -1), self.theme.colour("on_accent"))

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, index: Index) -> QWidget:
        """Return a line that fills the cell."""
        line = QLineEdit(parent)
        line.setFont(sans(13))
        head = index.model().headerData(index.column(), Qt.Orientation.Horizontal)
        line.setAccessibleName(str(head))
        return line


class _Head(QHeaderView):
    """The heads of the columns, 11 px."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.theme = theme
        self.setFixedHeight(HEAD)
        self.setHighlightSections(False)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        """Paint a head."""
        place, font = QRectF(rect), sans(11, 600)
        painter.save()
        painter.setPen(QPen(self.theme.colour("rule"), 1))
        y = place.bottom() - 0.5
        painter.drawLine(QPointF(place.left(), y), QPointF(place.right(), y))
        painter.setFont(font)
        painter.setPen(self.theme.colour("muted"))
        head, way = self.model().headerData, Qt.Orientation.Horizontal
        align = head(section, way, Qt.ItemDataRole.TextAlignmentRole)
        side = Qt.AlignmentFlag(align) if align else Qt.AlignmentFlag.AlignLeft
        room = place.adjusted(INSET, 0, -INSET, 0)
        words = elided(str(head(section, way) or ""), font, room.width())
        painter.drawText(room, int(side | Qt.AlignmentFlag.AlignVCenter), words)
        painter.restore()


class Grid(QTableView):
    """The table.

    Args:
        theme: Its colours.
        name: Its accessible name.
        model: What it shows.
        widths: Of the columns; 0 stretches.
        parent: Its parent.
    """

    def __init__(
        self,
        theme: Theme,
        name: str,
        model: QAbstractItemModel,
        widths: Sequence[int],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._delegate = _CellDelegate(theme, self)
        self._heads = _Head(theme, self)
        self.setHorizontalHeader(self._heads)
        self.setAccessibleName(name)
        self.setModel(model)
        self.setItemDelegate(self._delegate)
        self.setFont(sans(13, has_tabular_figures=True))
        self.setShowGrid(False)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(
            triggers.DoubleClicked | triggers.EditKeyPressed | triggers.SelectedClicked
        )
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        rows, head = self.verticalHeader(), self.horizontalHeader()
        rows.setVisible(False)
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(ROW)
        for column, width in enumerate(widths):
            if width:
                head.setSectionResizeMode(column, QHeaderView.ResizeMode.Interactive)
                self.setColumnWidth(column, width)
            else:
                head.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)

    def set_theme(self, theme: Theme) -> None:
        """Show other colours."""
        self._delegate.theme = self._heads.theme = theme
        self._heads.viewport().update()
        self.viewport().update()

    def selected_rows(self) -> list[int]:
        """Return the numbers of the selected rows, ascending."""
        return sorted({index.row() for index in self.selectionModel().selectedRows()})

    def select_row(self, row: int, column: int = 0) -> None:
        """Select one row, give it the focus and show it."""
        index = self.model().index(row, column)
        self.setCurrentIndex(index)
        self.selectRow(row)
        self.scrollTo(index)
