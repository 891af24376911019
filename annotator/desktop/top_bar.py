"""The bar at the top: menu, project, views, and the field that opens the command palette.

It shows what it is told and says what was asked for; which views there are and what a menu holds
is decided by the window.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QHBoxLayout,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from annotator.desktop.fonts import sans
from annotator.desktop.kit.buttons import PaintedButton, draw_words, plain_words
from annotator.desktop.kit.dressing import Surface
from annotator.desktop.kit.icons import paint_icon
from annotator.desktop.kit.keycaps import caps_width, paint_caps, with_key
from annotator.desktop.prose import elided

if TYPE_CHECKING:
    from collections.abc import Sequence

    from annotator.desktop.theme import Theme

HEIGHT, RAIL_WIDTH, NARROW_RAIL = 48, 208, 160
FIELD_WIDTH, ICON_FIELD, NARROW_FIELD, EDGE = 216, 30, 120, 12
TABS_GAP = 16


@dataclass(frozen=True, slots=True)
class ViewTab:
    """One view that can be gone to.

    Args:
        id: "read", "sheet", "compare", "agreement" or "adjudicate".
        title: "Read".
        key: "Alt+1".
    """

    id: str
    title: str
    key: str = ""


class MenuButton(PaintedButton):
    """Three lines; opens the menu.

    Args:
        theme: Its colours.
        parent: Its parent.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "Menu", "F10", parent)

    def sizeHint(self) -> QSize:
        """Return its size."""
        return QSize(32, 32)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the lines."""
        with QPainter(self) as painter:
            self.paint_ground(painter)
            paint_icon(painter, "menu", QRectF(8, 8, 16, 16), self.ink())


class ProjectButton(PaintedButton):
    """The project's name; opens the menu of the project.

    Args:
        theme: Its colours.
        parent: Its parent.
    """

    def sizeHint(self) -> QSize:
        """Return the size of name and chevron."""
        width = QFontMetricsF(sans(13, 600)).horizontalAdvance(self.text())
        return QSize(round(width) + 32, 32)

    def minimumSizeHint(self) -> QSize:
        """Return the least that is shown."""
        return QSize(min(64, self.sizeHint().width()), 32)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint name and chevron."""
        with QPainter(self) as painter:
            self.paint_ground(painter)
            font = sans(13, 600)
            name = elided(self.text(), font, self.width() - 28)
            painter.setPen(self.ink())
            draw_words(painter, name, font, QPointF(6, self.height() / 2))
            x = 6 + QFontMetricsF(font).horizontalAdvance(name) + 4
            paint_icon(painter, "chevron", QRectF(x, 9, 14, 14), self.ink("muted"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Have the whole name in the tooltip when it is cut."""
        super().resizeEvent(event)
        is_cut = self.width() < self.sizeHint().width()
        self.setToolTip(self.text() if is_cut else "")


class CommandField(PaintedButton):
    """Looks like a search field and opens the command palette.

    Args:
        theme: Its colours.
        parent: Its parent.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "Search or command", "Ctrl+K", parent)
        self.setCursor(Qt.CursorShape.IBeamCursor)

    def sizeHint(self) -> QSize:
        """Return its size."""
        return QSize(FIELD_WIDTH, 28)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint ground, icon, words and caps."""
        theme, middle = self._theme, self.height() / 2
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("sunken"))
            painter.drawRoundedRect(QRectF(self.rect()), 6, 6)
            self.paint_ground(painter)
            icon = QRectF(8, middle - 7, 14, 14)
            paint_icon(painter, "search", icon, theme.colour("muted"))
            if self.width() < NARROW_FIELD:
                return
            taken = caps_width(self.caps)
            room = self.width() - 28 - 12 - taken
            painter.setPen(theme.colour("muted"))
            words = elided(self.text(), sans(12), room)
            draw_words(painter, words, sans(12), QPointF(28, middle))
            paint_caps(painter, theme, self.caps, self.width() - 6 - taken, middle)


class TopBar(Surface):
    """The bar.

    Signals:
        menu_requested(QPoint): the menu, its corner in coordinates of the screen.
        project_menu_requested(QPoint): the menu of the project, its corner likewise.
        view_chosen(str): another view, by id.
        command_requested(): the command palette.

    Args:
        theme: Its colours.
        views: Those there are now, in their order.
        parent: The window.
        has_menu_button: False where the system has a menu bar.
    """

    menu_requested = Signal(QPoint)
    project_menu_requested = Signal(QPoint)
    view_chosen = Signal(str)
    command_requested = Signal()

    def __init__(
        self,
        theme: Theme,
        views: Sequence[ViewTab] = (),
        parent: QWidget | None = None,
        *,
        has_menu_button: bool = True,
    ) -> None:
        super().__init__(theme, "chrome", parent)
        self.setFixedHeight(HEIGHT + 1)
        # A strip never makes the window wider: it leaves out what has no room.
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Top bar")
        self._menu = MenuButton(theme, self)
        self._menu.setVisible(has_menu_button)
        self._project = ProjectButton(theme, "", "", self)
        self._project.hide()
        self._field = CommandField(theme, self)
        self._field_width = FIELD_WIDTH
        self._left = QWidget(self)
        self._tabs = QHBoxLayout()
        self._group = QButtonGroup(self)
        self._lay_out()
        self._menu.clicked.connect(self._ask_menu)
        self._project.clicked.connect(self._ask_project_menu)
        self._field.clicked.connect(self.command_requested)
        self._group.buttonToggled.connect(self._on_toggled)
        self.set_views(views)

    def _lay_out(self) -> None:
        left = QHBoxLayout(self._left)
        left.setContentsMargins(8, 0, 8, 0)
        left.setSpacing(4)
        left.addWidget(self._menu)
        left.addWidget(self._project, 1)
        left.addStretch()
        self._left.setFixedWidth(RAIL_WIDTH)
        self._tabs.setSpacing(20)
        row = QHBoxLayout(self)
        row.setSizeConstraint(QHBoxLayout.SizeConstraint.SetNoConstraint)
        row.setContentsMargins(0, 0, EDGE, 1)
        row.setSpacing(0)
        row.addWidget(self._left)
        row.addSpacing(TABS_GAP)
        row.addLayout(self._tabs)
        row.addStretch(1)
        row.addWidget(self._field)

    def set_views(self, views: Sequence[ViewTab]) -> None:
        """Show other views; the current one stays when it is among them."""
        current = self.view
        for button in self._group.buttons():
            self._group.removeButton(button)
            self._tabs.removeWidget(button)
            button.hide()
            button.deleteLater()
        for number, view in enumerate(views, 1):
            button = _tab(view, f"View {number} of {len(views)}")
            self._group.addButton(button)
            self._tabs.addWidget(button)
        ids = [view.id for view in views]
        if ids:
            self.set_view(current if current in ids else ids[0])
        self._fit_field()

    @property
    def view(self) -> str:
        """The id of the current view; "" for none."""
        button = self._group.checkedButton()
        return "" if button is None else str(button.property("viewId"))

    def set_view(self, view_id: str) -> None:
        """Show a view as the current one; `view_chosen` stays silent."""
        self._group.blockSignals(True)
        for button in self._group.buttons():
            is_current = button.property("viewId") == view_id
            if is_current:
                button.setChecked(True)
            button.setFont(sans(13, 600 if is_current else 500))
        self._group.blockSignals(False)

    def set_project(self, name: str) -> None:
        """Show the project's name; "" when none is open."""
        self._project.set_text(name)
        self._project.setAccessibleName(f"Project {name}")
        self._show_project()

    def set_rail_width(self, width: int) -> None:
        """Begin the tabs where the centre begins."""
        self._left.setFixedWidth(max(width, HEIGHT))
        self._show_project()

    def set_field_width(self, width: int) -> None:
        """Make the command field as wide as the right column, within reason."""
        self._field_width = max(FIELD_WIDTH, width - 2 * EDGE)
        self._fit_field()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the command field make way for the views."""
        super().resizeEvent(event)
        self._fit_field()

    def _fit_field(self) -> None:
        taken = self._left.width() + self._tabs.sizeHint().width() + 2 * TABS_GAP + EDGE
        width = min(self._field_width, self.width() - taken)
        self._field.setFixedWidth(width if width >= NARROW_FIELD else ICON_FIELD)

    def _show_project(self) -> None:
        is_wide = self._left.width() >= NARROW_RAIL
        self._project.setVisible(bool(self._project.text()) and is_wide)

    def set_theme(self, theme: Theme) -> None:
        """Show other colours."""
        super().set_theme(theme)
        for button in (self._menu, self._project, self._field):
            button.set_theme(theme)

    @property
    def menu_button(self) -> QAbstractButton:
        """The menu button, for the focus when the menu closes."""
        return self._menu

    def _ask_menu(self) -> None:
        self.menu_requested.emit(_below(self._menu))

    def _ask_project_menu(self) -> None:
        self.project_menu_requested.emit(_below(self._project))

    def _on_toggled(self, button: QAbstractButton, is_checked: bool) -> None:
        button.setFont(sans(13, 600 if is_checked else 500))
        if is_checked:
            self.view_chosen.emit(str(button.property("viewId")))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ground and the rule under it."""
        super().paintEvent(event)
        with QPainter(self) as painter:
            painter.fillRect(0, HEIGHT, self.width(), 1, self.theme.colour("rule"))


def _tab(view: ViewTab, place: str) -> QToolButton:
    button = QToolButton()
    button.setObjectName("tab")
    button.setProperty("viewId", view.id)
    button.setText(plain_words(view.title))
    button.setAccessibleName(view.title)
    button.setAccessibleDescription(place)
    button.setToolTip(with_key(view.title, view.key))
    button.setCheckable(True)
    button.setFont(sans(13, 500))
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    # Wide enough for its bold form, so that nothing moves when it is chosen.
    widest = QFontMetricsF(sans(13, 600)).horizontalAdvance(view.title)
    button.setFixedSize(round(widest) + 8, HEIGHT)
    return button


def _below(button: QWidget) -> QPoint:
    return button.mapToGlobal(QPoint(0, button.height() + 2))
