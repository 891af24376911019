"""The command palette: every command, code and article in one field, by Ctrl+K.

A child of the window, raised over it. It finds and shows; what an entry does is decided by who
listens.
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
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QLineEdit,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from annotator.desktop.fonts import sans
from annotator.desktop.fuzzy import match
from annotator.desktop.kit.keycaps import caps_width, key_caps, paint_caps

if TYPE_CHECKING:
    from collections.abc import Sequence

    from annotator.desktop.theme import Theme

Index = QModelIndex | QPersistentModelIndex
WIDTH, TOP, ROW, HEAD_ROW, FIELD, MOST_ROWS = 600, 96, 35, 26, 50, 8
KEY_COLUMN = 92
ENTRY, LETTERS = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1
PREFIXES = {">": "command", "#": "code", "@": "article"}
HEADS = {"code": "Codes", "command": "Commands", "article": "Articles"}


@dataclass(frozen=True, slots=True)
class Entry:
    """Something the palette can do.

    Args:
        kind: "command", "code" or "article"; "head" for the word above a group.
        id: What it stands for.
        name: What people look for.
        context: Where it belongs, at the right.
        key: Its key.
    """

    kind: str
    id: str
    name: str
    context: str = ""
    key: str = ""


class Found(QAbstractListModel):
    """The entries that match, in groups with heads."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._rows: list[tuple[Entry, tuple[int, ...]]] = []

    def show_matches(self, entries: Sequence[Entry], query: str, kinds: Sequence[str]) -> None:
        """Show what matches a query, of these kinds in this order."""
        self.beginResetModel()
        self._rows = []
        for kind in kinds:
            matched = []
            for place, entry in enumerate(entries):
                found = match(query, entry.name) if entry.kind == kind else None
                if found is not None:
                    matched.append((-found.score, place, entry, found.letters))
            if matched:
                self._rows.append((Entry("head", "", HEADS[kind]), ()))
                matched.sort(key=lambda row: row[:2])
                self._rows += [(entry, letters) for _, _, entry, letters in matched[:40]]
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        """Return the number of rows."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return an entry, its matched letters, or its name."""
        if not index.isValid():
            return None
        entry, letters = self._rows[index.row()]
        if role == ENTRY:
            return entry
        if role == LETTERS:
            return letters
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return ", ".join(part for part in (entry.name, entry.context, entry.key) if part)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let entries be chosen, heads not."""
        if self._rows[index.row()][0].kind == "head":
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


class Row(QStyledItemDelegate):
    """Paints an entry: matched letters bold in the accent, context, key."""

    def __init__(self, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self.theme = theme

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the row's height."""
        return QSize(100, HEAD_ROW if index.data(ENTRY).kind == "head" else ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint the row."""
        entry: Entry = index.data(ENTRY)
        rect: QRect = option.rect
        painter.save()
        if entry.kind == "head":
            painter.setFont(sans(11, 600))
            painter.setPen(self.theme.colour("muted"))
            painter.drawText(rect.adjusted(20, 4, 0, 0), Qt.AlignmentFlag.AlignVCenter, entry.name)
            painter.restore()
            return
        view = self.parent()
        if isinstance(view, QListView) and view.currentIndex() == index:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self.theme.colour("tint"))
            painter.drawRoundedRect(QRectF(rect.adjusted(8, 0, -8, 0)), 6, 6)
        self._paint_words(painter, rect, entry, index.data(LETTERS))
        painter.restore()

    def _paint_words(
        self, painter: QPainter, rect: QRect, entry: Entry, letters: tuple[int, ...]
    ) -> None:
        caps = key_caps(entry.key)
        right = rect.right() - 20
        if caps:
            paint_caps(painter, self.theme, caps, right - caps_width(caps), rect.center().y() + 1)
        painter.setFont(sans(12))
        context = QFontMetricsF(painter.font()).elidedText(
            entry.context, Qt.TextElideMode.ElideRight, 220
        )
        width = QFontMetricsF(painter.font()).horizontalAdvance(context)
        painter.setPen(self.theme.colour("muted"))
        edge = right - KEY_COLUMN
        painter.drawText(
            QRectF(edge - width, rect.top(), width + 2, rect.height()),
            int(Qt.AlignmentFlag.AlignVCenter), context,
        )  # fmt: skip
        self._paint_name(painter, rect, entry.name, letters, edge - width - 16)

    def _paint_name(
        self, painter: QPainter, rect: QRect, name: str, letters: tuple[int, ...], right: float
    ) -> None:
        plain, bold = sans(13), sans(13, 600)
        x = float(rect.left() + 20)
        baseline = rect.center().y() + QFontMetricsF(plain).capHeight() / 2 + 1
        name = QFontMetricsF(plain).elidedText(
            name, Qt.TextElideMode.ElideRight, max(40.0, right - x)
        )
        marked = set(letters)
        for place, letter in enumerate(name):
            font = bold if place in marked else plain
            painter.setFont(font)
            painter.setPen(self.theme.colour("accent" if place in marked else "text"))
            painter.drawText(QPointF(x, baseline), letter)
            x += QFontMetricsF(font).horizontalAdvance(letter)


class CommandPalette(QWidget):
    """Finds commands, codes and articles as one types.

    Args:
        theme: Its colours.
        window: The window it lies over.

    Signals:
        chosen(str, str): kind and id of what was chosen.
        closed(): it went away.
    """

    chosen = Signal(str, str)
    closed = Signal()

    def __init__(self, theme: Theme, window: QWidget) -> None:
        super().__init__(window)
        self._theme = theme
        self._entries: Sequence[Entry] = ()
        self._kinds: Sequence[str] = tuple(HEADS)
        self.setAccessibleName("Command palette")
        self._field = QLineEdit(self)
        self._field.setFrame(False)
        self._field.setObjectName("paletteField")
        self._field.setFont(sans(16))
        self._field.setAccessibleName("Search commands, codes and articles")
        self._field.setPlaceholderText("Search   > commands   # codes   @ articles")
        self._field.textChanged.connect(self._find)
        self._field.installEventFilter(self)
        self._list = QListView(self)
        self._list.setAccessibleName("Results")
        self._list.setFrameShape(QListView.Shape.NoFrame)
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self._found = Found(self)
        self._row = Row(theme, self._list)
        self._list.setModel(self._found)
        self._list.setItemDelegate(self._row)
        self._list.clicked.connect(self._choose_index)
        self._list.viewport().setAutoFillBackground(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 0, 1, 9)
        layout.setSpacing(0)
        layout.addWidget(self._field)
        layout.addWidget(self._list)
        self._field.setFixedHeight(FIELD)
        self._field.setTextMargins(20, 0, 20, 0)
        self.hide()

    def open_with(self, entries: Sequence[Entry], *, first: str = "command") -> None:
        """Show the palette.

        Args:
            entries: What can be found.
            first: Which kind stands first.
        """
        self._entries = entries
        self._kinds = (first, *(kind for kind in HEADS if kind != first))
        self._field.clear()
        self._find("")
        self._place()
        self.show()
        self.raise_()
        self._field.setFocus()

    def leave(self) -> None:
        """Go away."""
        if not self.isHidden():
            self.hide()
            self.closed.emit()

    def set_theme(self, theme: Theme) -> None:
        """Show other colours."""
        self._theme = theme
        self._row.theme = theme
        self.update()

    def _place(self) -> None:
        parent = self.parentWidget()
        if parent is None:
            return
        width = min(WIDTH, parent.width() - 32)
        heads = sum(
            self._found.index(row).data(ENTRY).kind == "head"
            for row in range(min(self._found.rowCount(), MOST_ROWS + 2))
        )
        rows = min(self._found.rowCount() - heads, MOST_ROWS)
        height = min(FIELD + rows * ROW + heads * HEAD_ROW + 18, parent.height() - TOP - 24)
        self.setGeometry((parent.width() - width) // 2, TOP, width, max(height, FIELD + 12))

    def _find(self, text: str) -> None:
        kinds, query = self._kinds, text
        if text[:1] in PREFIXES:
            kinds, query = (PREFIXES[text[0]],), text[1:]
        self._found.show_matches(self._entries, query, kinds)
        self._move(1, from_row=-1)
        self._place()

    def _move(self, step: int, from_row: int | None = None) -> None:
        """Make the next entry current, passing over heads."""
        count = self._found.rowCount()
        row = self._list.currentIndex().row() if from_row is None else from_row
        for _ in range(count):
            row = (row + step) % count
            index = self._found.index(row)
            if index.data(ENTRY).kind != "head":
                self._list.setCurrentIndex(index)
                self._list.viewport().update()
                return

    def _choose_index(self, index: QModelIndex) -> None:
        entry = index.data(ENTRY)
        if entry is not None and entry.kind != "head":
            self.leave()
            self.chosen.emit(entry.kind, entry.id)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the field's arrow keys move through the list, Enter choose, Esc leave."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            moves = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_Tab: 1,
                     Qt.Key.Key_Backtab: -1}  # fmt: skip
            key = Qt.Key(event.key())
            if key in moves:
                self._move(moves[key])
                return True
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._choose_index(self._list.currentIndex())
                return True
            if key == Qt.Key.Key_Escape:
                self.leave()
                return True
        if event.type() == QEvent.Type.FocusOut and watched is self._field and self.isVisible():
            self.leave()
        return super().eventFilter(watched, event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the raised ground, its edge and the line under the field."""
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(self._theme.colour("edge"), 1.0))
            painter.setBrush(self._theme.colour("raised"))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 10, 10)
            painter.setPen(QPen(self._theme.colour("rule"), 1.0))
            painter.drawLine(QPointF(0.5, FIELD + 0.5), QPointF(self.width() - 0.5, FIELD + 0.5))
