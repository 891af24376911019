"""The list inside the code panel: keys and mouse on its rows.

It turns what a person does with rows into signals; the panel decides what they mean. A click on a
name uses the code, a click on its mark hides it or shows it again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QHelpEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QToolTip, QWidget

from annotator.desktop.code_delegate import LOW_ROW, ROW, CodeDelegate, is_cut, mark_place
from annotator.desktop.code_model import CODE, HEAD
from annotator.desktop.kit.keycaps import with_key
from annotator.desktop.kit.labels import plain_tooltip

if TYPE_CHECKING:
    from annotator.desktop.code_model import CodeModel, CodeRow
    from annotator.desktop.theme import Theme

LOW_WINDOW = 860
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
ALT, META = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.MetaModifier
MARK_REACH = 8.0


class CodeList(QListView):
    """The rows of the panel.

    Signals:
        row_used(int): a name was clicked, or Enter pressed.
        row_toggled(int): a mark was clicked, or Space pressed.
        row_isolated(int): the same with Ctrl or Shift: only this code shall be shown.
        row_focused(int): another row has the keyboard's focus; -1 for none.
        entry_wanted(): "?" was pressed.
        typed(str): a letter was typed, to filter with.
        key_typed(str): a figure was typed, perhaps the key of a code: "3" or "Shift+3".
        went_away(): Esc was pressed.
        went_up(): Up was pressed on the first row.

    Args:
        theme: Its colours.
        model: Its rows.
        parent: The panel.
    """

    row_used = Signal(int)
    row_toggled = Signal(int)
    row_isolated = Signal(int)
    row_focused = Signal(int)
    entry_wanted = Signal()
    typed = Signal(str)
    key_typed = Signal(str)
    went_away = Signal()
    went_up = Signal()

    def __init__(self, theme: Theme, model: CodeModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._codes = model
        self.delegate = CodeDelegate(theme, self)
        self.setModel(model)
        self.setItemDelegate(self.delegate)
        self.setAccessibleName("Codes")
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setMouseTracking(True)

    def set_theme(self, theme: Theme) -> None:
        """Show other colours."""
        self.delegate.theme = theme
        self.viewport().update()

    def set_chosen(self, code_id: str) -> None:
        """Tint the row of the code whose definition is shown."""
        if self.delegate.chosen != code_id:
            self.delegate.chosen = code_id
            self.viewport().update()

    def go_to(self, place: int) -> None:
        """Give a row the keyboard's focus and show it."""
        index = self._codes.index(place)
        self.setCurrentIndex(index)
        self.scrollTo(index)

    def fit_rows(self) -> None:
        """Take lower rows in a low window."""
        height = LOW_ROW if self.window().height() < LOW_WINDOW else ROW
        if height != self.delegate.row_height:
            self.delegate.row_height = height
            self.scheduleDelayedItemsLayout()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Begin at the first code."""
        if not self.currentIndex().isValid():
            rows = self._codes.rows()
            place = next((n for n, row in enumerate(rows) if row.kind == CODE), -1)
            if place >= 0:
                self.go_to(place)
        super().focusInEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the rows to the window."""
        super().resizeEvent(event)
        self.fit_rows()

    def currentChanged(self, current: object, previous: object) -> None:
        """Tell which row has the focus."""
        super().currentChanged(current, previous)  # type: ignore[arg-type]  # Qt's index types
        self.row_focused.emit(self.currentIndex().row())

    # Keys

    def event(self, event: QEvent) -> bool:
        """Keep the keys of rows from the window's own shortcuts."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            has_modifier = bool(event.modifiers() & (CONTROL | ALT | META))
            if not has_modifier and (event.text().strip() or event.key() in ENTER):
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Use by Enter, hide by Space, fold by Left and Right, filter by letters."""
        key, place = event.key(), self.currentIndex().row()
        row = self._codes.row(place)
        if row is not None and self._acted(event, place, row):
            return
        if key == Qt.Key.Key_Escape:
            self.went_away.emit()
        elif key == Qt.Key.Key_Up and place <= 0:
            self.went_up.emit()
        elif not self._type(event):
            super().keyPressEvent(event)

    def _acted(self, event: QKeyEvent, place: int, row: CodeRow) -> bool:
        """Do what a key means on a row; say whether it means anything."""
        key = event.key()
        if key in ENTER or (key == Qt.Key.Key_Space and row.kind == HEAD):
            self._use(place, row)
        elif key == Qt.Key.Key_Space:
            alone = event.modifiers() & (CONTROL | SHIFT)
            (self.row_isolated if alone else self.row_toggled).emit(place)
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self._fold(row, is_left=key == Qt.Key.Key_Left)
        else:
            return False
        return True

    def _type(self, event: QKeyEvent) -> bool:
        """Take what is typed for a filter, a code's key, or the wish for the whole entry."""
        text = event.text()
        if event.modifiers() & (CONTROL | ALT | META) or not text.strip() or not text.isprintable():
            return False
        figure = event.key() - Qt.Key.Key_0
        if text == "?":
            self.entry_wanted.emit()
        elif 0 <= figure <= 9:
            self.key_typed.emit(f"{'Shift+' if event.modifiers() & SHIFT else ''}{figure}")
        else:
            self.typed.emit(text)
        return True

    def _use(self, place: int, row: CodeRow) -> None:
        if row.kind == HEAD:
            self._codes.fold(row.group, is_folded=not row.is_folded)
            self.go_to(self._codes.place_of_head(row.group))
        elif row.kind == CODE:
            self.row_used.emit(place)

    def _fold(self, row: CodeRow, *, is_left: bool) -> None:
        """Fold the group by Left, unfold it by Right."""
        if is_left or row.kind == HEAD:
            self._codes.fold(row.group, is_folded=is_left)
            self.go_to(self._codes.place_of_head(row.group))

    # Mouse

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Use by a click on the name, hide by a click on the mark."""
        at = event.position().toPoint()
        index = self.indexAt(at)
        is_same = index.isValid() and index == self.currentIndex()
        super().mouseReleaseEvent(event)
        row = self._codes.row(index.row())
        if row is None or not is_same or event.button() != Qt.MouseButton.LeftButton:
            return
        if row.kind == CODE and self._is_on_mark(at):
            alone = event.modifiers() & (CONTROL | SHIFT)
            (self.row_isolated if alone else self.row_toggled).emit(index.row())
        else:
            self._use(index.row(), row)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show by the pointer what can be clicked."""
        super().mouseMoveEvent(event)
        row = self._codes.row(self.indexAt(event.position().toPoint()).row())
        is_live = row is not None and row.kind in (CODE, HEAD)
        shape = Qt.CursorShape.PointingHandCursor if is_live else Qt.CursorShape.ArrowCursor
        self.viewport().setCursor(shape)

    def _is_on_mark(self, at: QPoint) -> bool:
        index = self.indexAt(at)
        row = self._codes.row(index.row())
        if row is None or row.kind != CODE:
            return False
        mark = mark_place(QRectF(self.visualRect(index)), row)
        return at.x() <= mark.right() + MARK_REACH / 2 and at.x() >= mark.left() - MARK_REACH

    def viewportEvent(self, event: QEvent) -> bool:
        """Say in the tooltip what a click does and what a cut name is."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            words = self.tooltip_at(event.pos())
            if words:
                QToolTip.showText(event.globalPos(), plain_tooltip(words), self)
            else:
                QToolTip.hideText()
            return True
        return super().viewportEvent(event)

    def tooltip_at(self, at: QPoint) -> str:
        """Return what the tooltip says at a place, "" for nothing."""
        index = self.indexAt(at)
        row = self._codes.row(index.row())
        if row is None or row.kind != CODE:
            return ""
        if self._is_on_mark(at):
            verb = "Show" if row.is_hidden else "Hide"
            return with_key(f"{verb} {row.name} in the text", "Space")
        name = row.path or row.name
        is_short = row.depth == 0 and not is_cut(QRectF(self.visualRect(index)), row)
        meaning = row.code.definition if row.code is not None else ""
        return meaning if is_short else "\n".join(part for part in (name, meaning) if part)
