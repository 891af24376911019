"""The lines of a page with the role of each: headline, main text, or a kind of boilerplate.

Shows what is taken for what, one row a line, and where a page is cut into articles. Roles and cuts
come from outside; a row that is chosen or clicked is only told.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from annotator.desktop.fonts import sans, serif
from annotator.desktop.kit.buttons import paint_ring
from annotator.desktop.prose import elided

if TYPE_CHECKING:
    from collections.abc import Sequence

    from annotator.desktop.theme import Theme

Index = QModelIndex | QPersistentModelIndex
LINE_ROLE = Qt.ItemDataRole.UserRole
ROW, CUT = 25, 24
ROLE_WIDTH, GAP = 96.0, 12.0
MIDDLE = Qt.AlignmentFlag.AlignVCenter
TOGGLES = (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter)


@dataclass(frozen=True, slots=True)
class PageLine:
    """One line.

    Args:
        text: What stands there.
        role: One of `model.article.BLOCK_ROLES`.
        cut: What begins here: "Article 2"; "" for nothing.
        is_dropped: Whether it belongs to nothing that is kept.
    """

    text: str
    role: str
    cut: str = ""
    is_dropped: bool = False


class _Lines(QAbstractListModel):
    """The lines as a model."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.lines: list[PageLine] = []

    def rowCount(self, _parent: Index | None = None) -> int:
        return len(self.lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not 0 <= index.row() < len(self.lines):
            return None
        line = self.lines[index.row()]
        if role == LINE_ROLE:
            return line
        if role == Qt.ItemDataRole.ToolTipRole:
            return line.text[:2000]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            begins = f"{line.cut} begins: " if line.cut else ""
            return f"{begins}{role_words(line.role)}: {line.text}"
        return None


def role_words(role: str) -> str:
    """Return a role in words.

    >>> role_words("main"), role_words("wire-credit")
    ('text', 'wire credit')
    """
    return "text" if role == "main" else role.replace("-", " ")


class _LineDelegate(QStyledItemDelegate):
    """Paints a line."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.theme = theme

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        line = index.data(LINE_ROLE)
        return QSize(100, ROW + CUT if isinstance(line, PageLine) and line.cut else ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line = index.data(LINE_ROLE)
        if not isinstance(line, PageLine):
            return
        theme, rect = self.theme, QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if line.cut:
            self._paint_cut(painter, QRectF(rect.left(), rect.top(), rect.width(), CUT), line)
            rect = rect.adjusted(0, CUT, 0, 0)
        inner = rect.adjusted(2, 1, -2, -1)
        if option.state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("hover"))
            painter.drawRoundedRect(inner, 6, 6)
        if option.state & QStyle.StateFlag.State_HasFocus:
            paint_ring(painter, theme, inner)
        is_kept = line.role in ("main", "headline") and not line.is_dropped
        painter.setPen(theme.colour("muted"))
        painter.setFont(sans(10, 500))
        label = QRectF(rect.left() + 4, rect.top(), ROLE_WIDTH - 8, rect.height())
        painter.drawText(label, int(Qt.AlignmentFlag.AlignRight | MIDDLE), role_words(line.role))
        painter.setPen(theme.colour("text" if is_kept else "muted"))
        font = serif(13, 700 if line.role == "headline" and not line.is_dropped else 400)
        painter.setFont(font)
        room = rect.adjusted(ROLE_WIDTH + GAP, 0, -8, 0)
        words = elided(" ".join(line.text[:600].split()), font, room.width())
        painter.drawText(room, int(Qt.AlignmentFlag.AlignLeft | MIDDLE), words)
        painter.restore()

    def _paint_cut(self, painter: QPainter, rect: QRectF, line: PageLine) -> None:
        role = "muted" if line.is_dropped else "accent"
        painter.setPen(QPen(self.theme.colour(role), 2 if role == "accent" else 1))
        y = rect.top() + 6
        painter.drawLine(QPointF(rect.left() + 4, y), QPointF(rect.right() - 4, y))
        painter.setFont(sans(10, 600))
        words = QRectF(rect.left() + ROLE_WIDTH + GAP, y, rect.width(), rect.height() - 6)
        painter.drawText(words, int(Qt.AlignmentFlag.AlignLeft | MIDDLE), line.cut)


class PageLines(QListView):
    """Lines and roles; where cuts are allowed, Enter, Space or a click in the margin makes one.

    Signals:
        cut_toggled(int): a cut above the line shall be made or taken away.

    Args:
        theme: Its colours.
        name: Its accessible name.
        parent: Its parent.
        has_cuts: Whether lines can be cut apart.
    """

    cut_toggled = Signal(int)

    def __init__(
        self, theme: Theme, name: str, parent: QWidget | None = None, *, has_cuts: bool = False
    ) -> None:
        super().__init__(parent)
        self._lines = _Lines(self)
        self._delegate = _LineDelegate(theme, self)
        self._has_cuts = has_cuts
        self.setModel(self._lines)
        self.setItemDelegate(self._delegate)
        self.setAccessibleName(name)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setUniformItemSizes(not has_cuts)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)

    @property
    def lines(self) -> list[PageLine]:
        """The lines."""
        return list(self._lines.lines)

    def show_lines(self, lines: Sequence[PageLine]) -> None:
        """Show other lines; the focus and the view stay where they were."""
        place, scroll = self.currentIndex().row(), self.verticalScrollBar().value()
        self._lines.beginResetModel()
        self._lines.lines = list(lines)
        self._lines.endResetModel()
        if 0 <= place < len(lines):
            self.setCurrentIndex(self._lines.index(place))
        self.verticalScrollBar().setValue(scroll)

    def go_to(self, place: int) -> None:
        """Show a line at the top and give it the focus."""
        index = self._lines.index(place)
        self.setCurrentIndex(index)
        self.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtTop)

    def set_theme(self, theme: Theme) -> None:
        """Show other colours."""
        self._delegate.theme = theme
        self.viewport().update()

    def event(self, event: QEvent) -> bool:
        """Keep Enter from the dialog's button while lines can be cut."""
        is_override = event.type() == QEvent.Type.ShortcutOverride and self._has_cuts
        if is_override and isinstance(event, QKeyEvent) and event.key() in TOGGLES:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Cut above the current line by Enter or Space."""
        place = self.currentIndex().row()
        if self._has_cuts and place >= 0 and event.key() in TOGGLES:
            self.cut_toggled.emit(place)
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Cut above a line by a click in its margin, or by a double click's first half there."""
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        is_margin = event.position().x() < ROLE_WIDTH + GAP
        is_left = event.button() == Qt.MouseButton.LeftButton
        if self._has_cuts and index.isValid() and is_margin and is_left:
            self.cut_toggled.emit(index.row())
