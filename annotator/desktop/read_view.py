"""The desk: one to six articles side by side, one of them active.

It arranges panes and says which one keys go to; the gutters between them are where ribbons will
run. What to open is decided elsewhere.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSplitter, QSplitterHandle, QVBoxLayout, QWidget

from annotator.desktop.article_pane import ArticlePane

if TYPE_CHECKING:
    from collections.abc import Sequence

    from annotator.desktop.session import Session
    from annotator.desktop.theme import Theme

MOST_PANES = 6
NARROWEST = 300
GUTTER = 36
WIDE_GUTTER = 48
WIDE_FROM = 1500
FULL_FROM = 460  # a pane this wide has the margin and text size of a single one
SINGLE_PX = 17


class Gutter(QSplitterHandle):
    """The space between two panes: two hairlines, and the handle that moves them."""

    def __init__(self, theme: Theme, splitter: QSplitter) -> None:
        super().__init__(Qt.Orientation.Horizontal, splitter)
        self._theme = theme
        self.setAccessibleName("Border between two articles")

    def set_theme(self, theme: Theme) -> None:
        """Show other colours."""
        self._theme = theme
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the ground and a hairline at each side."""
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), self._theme.colour("base"))
            rule = self._theme.colour("rule")
            painter.fillRect(0, 0, 1, self.height(), rule)
            painter.fillRect(self.width() - 1, 0, 1, self.height(), rule)


class Desk(QSplitter):
    """A row of panes with gutters between them."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._theme = theme
        self.setHandleWidth(GUTTER)
        self.setChildrenCollapsible(False)

    def createHandle(self) -> QSplitterHandle:
        """Make a gutter."""
        return Gutter(self._theme, self)

    def set_theme(self, theme: Theme) -> None:
        """Show other colours, now and in gutters to come."""
        self._theme = theme
        for index in range(self.count()):
            handle = self.handle(index)
            if isinstance(handle, Gutter):
                handle.set_theme(theme)


class ReadView(QWidget):
    """Articles side by side.

    Args:
        session: The project and its coder.
        theme: Colours.
        text_px: Size of article text when one pane is open; side by side it is 2 px smaller.

    Signals:
        active_changed(): keys go to another pane, or to none.
        panes_changed(): other articles are open, or in another order.
        attended(): another annotation is current in the active pane.
        moved(): caret or selection moved in the active pane.
        reloaded(): the active article was read again.
        pane_taken(ArticlePane): a pane is about to go.
    """

    active_changed = Signal()
    panes_changed = Signal()
    attended = Signal()
    moved = Signal()
    reloaded = Signal()
    pane_taken = Signal(object)

    def __init__(self, session: Session, theme: Theme, *, text_px: int = SINGLE_PX) -> None:
        super().__init__()
        self._session = session
        self._theme = theme
        self._text_px = text_px
        self.panes: list[ArticlePane] = []
        self.active: ArticlePane | None = None
        self._is_sized_by_hand = False
        self._desk = Desk(theme)
        self._desk.splitterMoved.connect(self._on_splitter_moved)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._desk)

    # Opening and closing

    def article_ids(self) -> list[str]:
        """Return the open articles in the order of their panes."""
        return [pane.article_id for pane in self.panes]

    def open_article(self, article_id: str, *, beside: bool = False) -> None:
        """Show an article in the active pane, or in a new one beside it, and turn to it."""
        for pane in self.panes:
            if pane.article_id == article_id:
                self.activate(pane)
                pane.setFocus()
                return
        made = self._made(article_id)
        if made is None:
            return
        if self.active is None or (beside and len(self.panes) < MOST_PANES):
            place = self.panes.index(self.active) + 1 if self.active else 0
            self._put(made, place)
        else:
            place = self.panes.index(self.active)
            self._take(self.active)
            self._put(made, place)
        self._arrange()
        self.activate(made)
        made.setFocus()

    def open_articles(self, article_ids: Sequence[str]) -> None:
        """Show these articles instead of the present ones."""
        for pane in list(self.panes):
            self._take(pane)
        for article_id in article_ids[:MOST_PANES]:
            made = self._made(article_id)
            if made is not None:
                self._put(made, len(self.panes))
        self._arrange()
        self.activate(self.panes[0] if self.panes else None)

    def close_active(self) -> None:
        """Take the active article off the desk."""
        if self.active is None:
            return
        place = self.panes.index(self.active)
        self._take(self.active)
        self._arrange()
        left = self.panes[min(place, len(self.panes) - 1)] if self.panes else None
        self.activate(left)
        if left is not None:
            left.setFocus()

    def _made(self, article_id: str) -> ArticlePane | None:
        pane = ArticlePane(self._session, self._theme, article_id, text_px=self._text_px)
        if pane.data is None:
            pane.deleteLater()
            return None
        pane.activated.connect(self._on_activated)
        pane.attended.connect(self._on_attended)
        pane.moved.connect(self._on_moved)
        pane.reloaded.connect(self._on_reloaded)
        pane.vanished.connect(self._on_vanished)
        return pane

    def _put(self, pane: ArticlePane, place: int) -> None:
        self.panes.insert(place, pane)
        self._desk.insertWidget(place, pane)
        pane.show()

    def _take(self, pane: ArticlePane) -> None:
        self.pane_taken.emit(pane)
        self.panes.remove(pane)
        if pane is self.active:
            self.active = None
        pane.close_article()
        pane.hide()
        pane.setParent(None)
        pane.deleteLater()

    # The active pane

    def activate(self, pane: ArticlePane | None) -> None:
        """Let keys go to a pane."""
        if pane is self.active and pane is not None:
            return
        if self.active is not None:
            self.active.set_active(False)
        self.active = pane
        if pane is not None:
            pane.set_active(len(self.panes) > 1)
        self.active_changed.emit()

    def focus_pane(self, number: int) -> None:
        """Turn to the pane of this number, from 1."""
        if 0 < number <= len(self.panes):
            self.panes[number - 1].setFocus()
            self.activate(self.panes[number - 1])

    def next_pane(self, step: int = 1) -> None:
        """Turn to the next pane, or the previous one."""
        if self.active is not None:
            place = self.panes.index(self.active) + step
            self.focus_pane(place % len(self.panes) + 1)

    def _on_activated(self) -> None:
        pane = self.sender()
        if isinstance(pane, ArticlePane) and pane in self.panes:
            self.activate(pane)

    def _on_attended(self, _annotation_id: str) -> None:
        if self.sender() is self.active:
            self.attended.emit()

    def _on_moved(self) -> None:
        if self.sender() is self.active:
            self.moved.emit()

    def _on_reloaded(self) -> None:
        if self.sender() is self.active:
            self.reloaded.emit()

    def _on_vanished(self) -> None:
        pane = self.sender()
        if isinstance(pane, ArticlePane) and pane in self.panes:
            self._take(pane)
            self._arrange()
            self.activate(self.panes[0] if self.panes else None)

    # Arrangement

    def room(self) -> int:
        """Return how many panes fit side by side."""
        return max(1, (self.width() + GUTTER) // (NARROWEST + GUTTER))

    def _arrange(self) -> None:
        """Number the panes, size them alike, hide those for which there is no room."""
        self._is_sized_by_hand = False
        for number, pane in enumerate(self.panes, 1):
            pane.set_number(number if len(self.panes) > 1 else 0)
            pane.set_active(len(self.panes) > 1 and pane is self.active)
        self._fit()
        self.panes_changed.emit()

    def _fit(self) -> None:
        """Show as many panes as fit, alike in width, with the margins there is room for."""
        count = len(self.panes)
        room = min(self.room(), max(1, count))
        active = self.panes.index(self.active) if self.active in self.panes else 0
        first = max(0, min(active, count - room)) if active >= room else 0
        gutter = WIDE_GUTTER if self.width() >= WIDE_FROM else GUTTER
        self._desk.setHandleWidth(gutter)
        each = (self.width() - gutter * (room - 1)) // room
        is_compact = count > 1 and each < FULL_FROM
        for place, pane in enumerate(self.panes):
            pane.setMinimumWidth(NARROWEST if count > 1 else 0)
            pane.set_compact(is_compact, has_neighbours=count > 1)
            pane.set_text_size(self._text_px - 2 if is_compact else self._text_px)
            pane.setVisible(first <= place < first + room)
        if not self._is_sized_by_hand:
            shown = range(first, first + room)
            self._desk.setSizes([each if place in shown else 0 for place in range(count)])

    def _on_splitter_moved(self, _pos: int, _index: int) -> None:
        self._is_sized_by_hand = True

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as many panes as fit."""
        super().resizeEvent(event)
        if self.panes:
            self._fit()

    def sizeHint(self) -> QSize:
        """Return a size for three panes."""
        return QSize(3 * NARROWEST + 2 * GUTTER, 640)

    def set_theme(self, theme: Theme) -> None:
        """Show other colours."""
        self._theme = theme
        self._desk.set_theme(theme)
        for pane in self.panes:
            pane.set_theme(theme)

    def set_text_size(self, px: int) -> None:
        """Show article text smaller or larger."""
        self._text_px = px
        self._fit()
