"""The list inside the article rail: keys, mouse, dragging and dropping on its rows.

It turns what a person does with rows into signals that name articles; the rail decides what they
mean. Articles are dragged as ids of this project and land on stories.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QMimeData, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QDrag,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from annotator.desktop.article_model import ARTICLE, LIST, SPINE, STORIES, STORY, RailRow
from annotator.desktop.article_rows import RowDelegate, SpineDelegate

if TYPE_CHECKING:
    from annotator.desktop.article_model import ArticleModel
    from annotator.desktop.theme import Theme

MIME = "application/x-parallax-articles"
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
DELETES = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)
OWN_KEYS = (*ENTER, *DELETES, Qt.Key.Key_F2, Qt.Key.Key_Left, Qt.Key.Key_Right)


class ArticleList(QListView):
    """The rows of the rail.

    Signals:
        row_opened(int, bool): a row was clicked or Enter was pressed; beside says whether it shall
            open in a pane of its own.
        facts_wanted(): F2 was pressed.
        deletion_wanted(): Del was pressed.
        menu_wanted(QPoint): the context menu was asked for, at a place on the screen.
        articles_dropped(list, int): articles by id were dropped on a row.
        files_dropped(list): files by path were dropped.
        text_dropped(str): text was dropped or pasted.
        went_up(): Up was pressed on the first row.
        went_away(): Esc was pressed.

    Args:
        theme: Its colours.
        model: Its rows.
        parent: Its parent.
    """

    row_opened = Signal(int, bool)
    facts_wanted = Signal()
    deletion_wanted = Signal()
    menu_wanted = Signal(QPoint)
    articles_dropped = Signal(list, int)
    files_dropped = Signal(list)
    text_dropped = Signal(str)
    went_up = Signal()
    went_away = Signal()

    def __init__(self, theme: Theme, model: ArticleModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = RowDelegate(theme, self)
        self._spine = SpineDelegate(theme, self)
        self._model = model
        self.setModel(model)
        self.setAccessibleName("Articles")
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setDragEnabled(True)
        self.setAcceptDrops(True)
        self.setDropIndicatorShown(False)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.follow_mode()

    def set_theme(self, theme: Theme) -> None:
        """Show other colours."""
        self._rows.theme = self._spine.theme = theme
        self.viewport().update()

    def follow_mode(self) -> None:
        """Paint and lay out the rows as the model's mode asks; before the model is reset."""
        is_spine = self._model.mode == SPINE
        self.setUniformItemSizes(self._model.mode in (LIST, SPINE))
        self.setItemDelegate(self._spine if is_spine else self._rows)
        off, needed = Qt.ScrollBarPolicy.ScrollBarAlwaysOff, Qt.ScrollBarPolicy.ScrollBarAsNeeded
        self.setVerticalScrollBarPolicy(off if is_spine else needed)

    def current_row(self) -> RailRow | None:
        """Return the row with the keyboard's focus."""
        return self._model.row(self.currentIndex().row())

    def selected_articles(self) -> list[str]:
        """Return the ids of the articles that are selected, in the order of the rows."""
        places = sorted({index.row() for index in self.selectedIndexes()})
        rows = [self._model.row(place) for place in places]
        return [row.id for row in rows if row is not None and row.kind == ARTICLE]

    def go_to(self, place: int) -> None:
        """Give a row the keyboard's focus and show it."""
        index = self._model.index(max(0, min(place, self._model.rowCount() - 1)))
        self.setCurrentIndex(index)
        self.scrollTo(index)

    # Keys and mouse

    def event(self, event: QEvent) -> bool:
        """Keep the keys of rows from the window's own shortcuts."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            is_ours = event.key() in OWN_KEYS and self.currentIndex().isValid()
            if is_ours or event.matches(QKeySequence.StandardKey.Paste):
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open by Enter, edit by F2, delete by Del, fold by Left and Right."""
        key, place = event.key(), self.currentIndex().row()
        if event.matches(QKeySequence.StandardKey.Paste):
            self._take(_clipboard())
        elif key in ENTER and place >= 0:
            self.row_opened.emit(
                place, bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            )
        elif key == Qt.Key.Key_Escape:
            self.went_away.emit()
        elif key == Qt.Key.Key_F2 and place >= 0:
            self.facts_wanted.emit()
        elif key in DELETES and place >= 0:
            self.deletion_wanted.emit()
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right) and self._model.mode == STORIES:
            self._fold(is_left=key == Qt.Key.Key_Left)
        elif key == Qt.Key.Key_Up and place <= 0:
            self.went_up.emit()
        else:
            super().keyPressEvent(event)

    def _fold(self, *, is_left: bool) -> None:
        """Go to the story from an article by Left; fold by Left, unfold by Right."""
        row, place = self.current_row(), self.currentIndex().row()
        if row is None:
            return
        if row.kind == STORY:
            if row.is_open == is_left:
                self.row_opened.emit(place, False)
        elif is_left:
            while place > 0 and (above := self._model.row(place)) and above.kind != STORY:
                place -= 1
            self.go_to(place)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Open a row by a click; with the middle button beside the others."""
        index = self.indexAt(event.position().toPoint())
        was_dragging = self.state() == QAbstractItemView.State.DraggingState
        super().mouseReleaseEvent(event)
        if not index.isValid() or was_dragging:
            return
        is_beside = event.button() == Qt.MouseButton.MiddleButton
        is_plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
        if is_beside or (event.button() == Qt.MouseButton.LeftButton and is_plain):
            self.row_opened.emit(index.row(), is_beside)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu of the row under the pointer, or of the current one."""
        place = event.globalPos()
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            rect = self.visualRect(self.currentIndex())
            place = self.viewport().mapToGlobal(rect.bottomLeft() + QPoint(24, 0))
        self.menu_wanted.emit(place)

    # Dragging

    def startDrag(self, _actions: Qt.DropAction) -> None:
        """Take the selected articles along."""
        ids = self.selected_articles()
        if not ids:
            return
        carried = QMimeData()
        carried.setData(MIME, json.dumps(ids).encode())
        drag = QDrag(self)
        drag.setMimeData(carried)
        drag.exec(Qt.DropAction.MoveAction)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take articles, files and text."""
        if _is_welcome(event.mimeData()):
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Show the story on which the articles would land."""
        if not _is_welcome(event.mimeData()):
            event.ignore()
            return
        is_ours = event.mimeData().hasFormat(MIME)
        self._show_target(self._target(event.position().toPoint()) if is_ours else -1)
        event.acceptProposedAction()

    def dragLeaveEvent(self, _event: QDragLeaveEvent) -> None:
        """Show no target any more."""
        self._show_target(-1)

    def dropEvent(self, event: QDropEvent) -> None:
        """Hand over what was dropped."""
        self._show_target(-1)
        carried = event.mimeData()
        if carried.hasFormat(MIME):
            place = self._target(event.position().toPoint())
            if place >= 0:
                ids = json.loads(bytes(carried.data(MIME).data()).decode())
                self.articles_dropped.emit(ids, place)
        else:
            self._take(carried)
        event.acceptProposedAction()

    def _take(self, carried: QMimeData | None) -> None:
        if carried is None:
            return
        files = [url.toLocalFile() for url in carried.urls() if url.isLocalFile()]
        if files:
            self.files_dropped.emit(files)
        elif carried.hasText() and carried.text().strip():
            self.text_dropped.emit(carried.text())

    def _target(self, at: QPoint) -> int:
        """Return the row of the story under the pointer, or -1."""
        index: QModelIndex = self.indexAt(at)
        place = index.row() if self._model.mode == STORIES else -1
        while place >= 0 and (row := self._model.row(place)) and row.kind != STORY:
            place -= 1
        return place

    def _show_target(self, place: int) -> None:
        if self._rows.drop_row != place:
            self._rows.drop_row = place
            self.viewport().update()


def _is_welcome(carried: QMimeData) -> bool:
    return carried.hasFormat(MIME) or carried.hasUrls() or carried.hasText()


def _clipboard() -> QMimeData | None:
    from PySide6.QtGui import QGuiApplication  # noqa: PLC0415  # there must be an application

    return QGuiApplication.clipboard().mimeData()
