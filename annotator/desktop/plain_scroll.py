"""A column that scrolls: as wide as its region, as high as its words at that width.

Qt's own scroll area takes the height that wrapping labels would need if they were narrow, and so
scrolls over nothing. It has no frame, no ground and no focus of its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent


class PlainScroll(QScrollArea):
    """A scrolling column.

    Args:
        inside: What is scrolled; it has a layout.
        name: What it holds, for screen readers.
        parent: Its parent.
    """

    def __init__(self, inside: QWidget, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._inside = inside
        self.setWidgetResizable(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(name)
        self.setWidget(inside)
        inside.installEventFilter(self)
        self.viewport().setAutoFillBackground(False)
        inside.setAutoFillBackground(False)

    def height_for(self, width: int) -> int:
        """Return how high the words are at a width."""
        layout = self._inside.layout()
        if layout is None:
            return 0
        if layout.hasHeightForWidth():
            return layout.totalHeightForWidth(width)
        return layout.totalSizeHint().height()

    def sizeHint(self) -> QSize:
        """Return the size at which nothing is scrolled."""
        return QSize(self.width(), self.height_for(self.viewport().width()))

    def minimumSizeHint(self) -> QSize:
        """Return the least that is of use."""
        return QSize(80, 32)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Fit the column when its words change."""
        if watched is self._inside and event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the column to the region."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        width = self.viewport().width()
        height = max(self.height_for(width), self.viewport().height())
        if self._inside.size() != QSize(width, height):
            self._inside.resize(width, height)


def add_shown(layout: QVBoxLayout, widget: QWidget) -> None:
    """Add a widget that is measured at once; Qt counts new widgets only after the next event."""
    layout.addWidget(widget)
    widget.show()


def clear(layout: QVBoxLayout) -> None:
    """Take everything out of a layout."""
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
