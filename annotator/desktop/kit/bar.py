"""A bar of progress, four pixels high. What is counted is said in words beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from annotator.desktop.theme import Theme

THICK = 4.0


class Bar(QWidget):
    """A share of 1, or of an unknown whole.

    Args:
        theme: Its colours.
        width: Its width.
        parent: Its parent.
    """

    def __init__(self, theme: Theme, width: int = 96, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._share = 0.0
        self.setFixedSize(width, 12)
        self.set_share(0.0)

    @property
    def share(self) -> float:
        """How much is done, 0 to 1."""
        return self._share

    def set_share(self, share: float) -> None:
        """Show how much is done, 0 to 1."""
        self._share = min(1.0, max(0.0, share))
        self.setAccessibleName(f"{self._share:.0%} done")
        self.update()

    def set_theme(self, theme: Theme) -> None:
        """Show other colours."""
        self._theme = theme
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint track and share."""
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            track = QRectF(0, (self.height() - THICK) / 2, self.width(), THICK)
            painter.setBrush(self._theme.colour("edge"))
            painter.drawRoundedRect(track, THICK / 2, THICK / 2)
            if self._share > 0:
                track.setWidth(max(THICK, self.width() * self._share))
                painter.setBrush(self._theme.colour("accent"))
                painter.drawRoundedRect(track, THICK / 2, THICK / 2)
