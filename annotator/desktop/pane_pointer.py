"""What the pointer does over a reading pane: hover, click, tooltip.

An event filter on the viewport that turns places into annotations, in the text and in the margin.
It changes nothing that is shown; the pane decides what a hover or a click means.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, Signal
from PySide6.QtGui import QHelpEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QToolTip

from annotator.desktop.tooltips import tooltip

if TYPE_CHECKING:
    from annotator.desktop.mark import Mark
    from annotator.desktop.text_view import TextView


class PanePointer(QObject):
    """Watches the pointer over one pane.

    Args:
        pane: The pane.

    Signals:
        hovered(str): the pointer entered an annotation, given by id; "" when it left.
        clicked(str): an annotation was clicked without dragging.
    """

    hovered = Signal(str)
    clicked = Signal(str)

    def __init__(self, pane: TextView) -> None:
        super().__init__(pane)
        self._pane = pane
        self._over = ""
        self._pressed: QPointF | None = None
        pane.viewport().installEventFilter(self)

    def forget(self) -> None:
        """Stand over nothing: another text is shown."""
        self._over = ""
        self._pressed = None

    def marks_under(self, point: QPointF) -> list[Mark]:
        """Return the annotations under a point of the viewport, shortest first."""
        if point.x() < self._pane.metrics.margin - 2:
            found = self._pane.mark_in_margin(point)
            return [] if found is None else [found]
        position = self._pane.position_at(point)
        return [] if position is None else self._pane.layer.at(position)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Look at what passes; only tooltips are answered here."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            self._show_tooltip(event)
            return True
        if event.type() == QEvent.Type.Leave:
            self._hover("")
        elif isinstance(event, QMouseEvent):
            self._mouse(event)
        return False

    def _mouse(self, event: QMouseEvent) -> None:
        place = event.position()
        if event.type() == QEvent.Type.MouseMove and not event.buttons():
            marks = self.marks_under(place)
            self._hover(marks[0].id if marks else "")
        elif event.button() != Qt.MouseButton.LeftButton:
            return
        elif event.type() == QEvent.Type.MouseButtonPress:
            self._pressed = place
        elif event.type() == QEvent.Type.MouseButtonRelease:
            pressed, self._pressed = self._pressed, None
            if pressed is not None and _is_click(pressed, place):
                marks = self.marks_under(place)
                if marks:
                    self.clicked.emit(marks[0].id)

    def _hover(self, mark_id: str) -> None:
        if mark_id != self._over:
            self._over = mark_id
            self.hovered.emit(mark_id)

    def _show_tooltip(self, event: QHelpEvent) -> None:
        words = tooltip(self.marks_under(QPointF(event.pos())))
        if words:
            QToolTip.showText(event.globalPos(), words, self._pane)
        else:
            QToolTip.hideText()


def _is_click(pressed: QPointF, released: QPointF) -> bool:
    return (released - pressed).manhattanLength() < QApplication.startDragDistance()
