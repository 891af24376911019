"""A row of the list of recent projects: name, what it holds or what is wrong, when it changed.

Painted, and a real button. What is known of a project is the subject of `recent`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFontMetricsF, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QMenu, QSizePolicy, QWidget

from annotator.desktop.fonts import sans
from annotator.desktop.kit.buttons import PaintedButton, draw_words
from annotator.desktop.kit.labels import plain_tooltip
from annotator.desktop.prose import elided

if TYPE_CHECKING:
    from annotator.desktop.recent import RecentProject
    from annotator.desktop.theme import Theme

ROW_WIDTH, ROW_HEIGHT = 440, 44


class RecentRow(PaintedButton):
    """A recent project: name, what it holds or what is wrong, when it was changed.

    Signals:
        forgotten(str): it shall no longer be listed.

    Args:
        theme: Its colours.
        recent: What is known of it.
        parent: The page.
        has_rule: Whether a hairline stands over it.
    """

    forgotten = Signal(str)

    def __init__(
        self,
        theme: Theme,
        recent: RecentProject,
        parent: QWidget | None = None,
        *,
        has_rule: bool = False,
    ) -> None:
        self._recent = recent
        self._has_rule = has_rule
        super().__init__(theme, recent.name, "", parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.show_recent(recent)

    @property
    def recent(self) -> RecentProject:
        """What it shows."""
        return self._recent

    def show_recent(self, recent: RecentProject) -> None:
        """Show what is known by now."""
        self._recent = recent
        self.set_text(recent.name)
        self.setToolTip(plain_tooltip(recent.path))
        said = ", ".join(part for part in (recent.detail, recent.changed) if part)
        self.setAccessibleDescription(said)

    def sizeHint(self) -> QSize:
        """Return its size."""
        return QSize(ROW_WIDTH, ROW_HEIGHT)

    def minimumSizeHint(self) -> QSize:
        """Return the least size; words are elided then."""
        return QSize(160, ROW_HEIGHT)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take it off the list by `Del`."""
        if event.key() == Qt.Key.Key_Delete:
            self._forget()
            return
        super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer to take it off the list."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction("Remove from this list").triggered.connect(self._forget)
        menu.popup(event.globalPos())

    def _forget(self) -> None:
        self.forgotten.emit(self._recent.path)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the row."""
        recent, middle = self._recent, self.height() / 2
        with QPainter(self) as painter:
            if self._has_rule and not self.hasFocus():
                painter.fillRect(0, 0, self.width(), 1, self._theme.colour("rule"))
            self.paint_ground(painter)
            inset = 8.0 if self._is_hovered or self.hasFocus() else 0.0
            painter.setPen(self._theme.colour("muted"))
            taken = QFontMetricsF(sans(11)).horizontalAdvance(recent.changed)
            at = QPointF(self.width() - taken - inset, middle)
            draw_words(painter, recent.changed, sans(11), at)
            room = self.width() - taken - 2 * inset - 16
            detail = elided(recent.detail, sans(11), room)
            draw_words(painter, detail, sans(11), QPointF(inset, middle + 9))
            painter.setPen(self._theme.colour("text" if recent.is_there else "muted"))
            name = elided(recent.name, sans(13, 500), room)
            draw_words(painter, name, sans(13, 500), QPointF(inset, middle - 8))
