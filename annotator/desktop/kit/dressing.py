"""Passing a theme on to everything painted below a widget, and the ground under it.

Widgets take their theme by the constructor and by `set_theme`; this is the loop that a window
would otherwise write by hand. It decides no theme.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, runtime_checkable

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

if TYPE_CHECKING:
    from annotator.desktop.theme import Theme


@runtime_checkable
class Themed(Protocol):
    """Whatever can be shown in other colours."""

    def set_theme(self, theme: Theme) -> None:
        """Show other colours."""


def dress(root: QWidget, theme: Theme) -> None:
    """Give a theme to everything below a widget that takes one, but not to the widget itself."""
    for widget in root.findChildren(QWidget):
        if isinstance(widget, Themed):
            widget.set_theme(theme)


class Surface(QWidget):
    """A plain ground of one colour role, for the widgets on it.

    Args:
        theme: Its colours.
        role: Of the ground: "chrome", "base", "sunken".
        parent: Its parent.
    """

    def __init__(self, theme: Theme, role: str = "base", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._role = theme, role
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    @property
    def theme(self) -> Theme:
        """Its theme now."""
        return self._theme

    def set_theme(self, theme: Theme) -> None:
        """Show other colours."""
        self._theme = theme
        self.update()

    def set_role(self, role: str) -> None:
        """Show the ground in the colour of another role."""
        self._role = role
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the ground."""
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), self._theme.colour(self._role))


class Rule(Surface):
    """A hairline between regions.

    Args:
        theme: Its colours.
        parent: Its parent.
        is_upright: Whether it runs from top to bottom.
    """

    def __init__(
        self, theme: Theme, parent: QWidget | None = None, *, is_upright: bool = False
    ) -> None:
        super().__init__(theme, "rule", parent)
        grows, stays = QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed
        if is_upright:
            self.setFixedWidth(1)
            self.setSizePolicy(stays, grows)
        else:
            self.setFixedHeight(1)
            self.setSizePolicy(grows, stays)
