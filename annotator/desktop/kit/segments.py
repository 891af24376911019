"""A choice of a few values side by side, with a letter for each.

Real radio buttons in a group, painted as segments of a track: the keyboard and screen readers know
them as what they are. Letters choose while the focus is inside, and only then are they shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QButtonGroup,
    QHBoxLayout,
    QRadioButton,
    QSizePolicy,
    QWidget,
)

from annotator.desktop.fonts import sans
from annotator.desktop.kit.buttons import draw_words, paint_ring, plain_words
from annotator.desktop.kit.keycaps import are_keys_shown
from annotator.desktop.prose import elided

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QFont

    from annotator.desktop.theme import Theme

TRACK_INSET, TRACK_CORNER, SEGMENT_CORNER = 2, 7.0, 5.0


@dataclass(frozen=True, slots=True)
class Segment:
    """One value of a choice.

    Args:
        value: As stored.
        title: What people call it.
        key: A letter or figure that chooses it; "" for none.
        detail: What it means, for the tooltip.
    """

    value: str
    title: str
    key: str = ""
    detail: str = ""


class SegmentButton(QRadioButton):
    """One segment, painted by itself on the track of its choice.

    Args:
        theme: Its colours.
        segment: What it stands for.
        parent: The choice.
    """

    def __init__(self, theme: Theme, segment: Segment, parent: QWidget) -> None:
        super().__init__(plain_words(segment.title), parent)
        self._theme = theme
        self.segment = segment
        self.shows_key = False
        self.setAccessibleName(segment.title)
        self.setToolTip(segment.detail)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_theme(self, theme: Theme) -> None:
        """Show other colours."""
        self._theme = theme
        self.update()

    def show_key(self, is_shown: bool) -> None:
        """Show or hide the letter."""
        self.shows_key = is_shown
        self.update()

    def sizeHint(self) -> QSize:
        """Return the size of the title with its letter."""
        metrics = QFontMetricsF(sans(12, 500))
        letter = 14 if self.segment.key else 0
        width = metrics.horizontalAdvance(self.segment.title) + letter + 18
        return QSize(round(width), max(24, round(metrics.height() + 9)))

    def minimumSizeHint(self) -> QSize:
        """Return the least that is shown."""
        return QSize(32, self.sizeHint().height())

    def hitButton(self, place: QPoint) -> bool:
        """Say that all of it can be clicked."""
        return self.rect().contains(place)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the segment."""
        theme, rect = self._theme, QRectF(self.rect())
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            if self.isChecked():
                painter.setPen(QPen(theme.colour("edge"), 1.0))
                painter.setBrush(theme.colour("raised"))
                inner = rect.adjusted(0.5, 0.5, -0.5, -0.5)
                painter.drawRoundedRect(inner, SEGMENT_CORNER, SEGMENT_CORNER)
            font = sans(12, 500 if self.isChecked() else 400)
            letter = self.segment.key if self.shows_key and are_keys_shown(self) else ""
            self._paint_words(painter, font, letter)

    def _paint_words(self, painter: QPainter, font: QFont, letter: str) -> None:
        room = self.width() - 12 - (14 if letter else 0)
        words = elided(self.segment.title, font, room)
        width = QFontMetricsF(font).horizontalAdvance(words)
        x = (self.width() - width - (14 if letter else 0)) / 2
        is_lit = self.isChecked() or self.underMouse()
        role = ("text" if is_lit else "muted") if self.isEnabled() else "faint"
        painter.setPen(self._theme.colour(role))
        draw_words(painter, words, font, QPointF(x, self.height() / 2))
        if letter:
            painter.setPen(self._theme.colour("muted"))
            at = QPointF(x + width + 6, self.height() / 2)
            draw_words(painter, letter, sans(10, 500), at)


class Segments(QWidget):
    """A choice of one of a few values, or of none yet.

    Signals:
        chosen(str): the person chose another value.

    Args:
        theme: Its colours.
        name: What is chosen; its accessible name.
        segments: The values.
        parent: Its parent.
    """

    chosen = Signal(str)

    def __init__(
        self, theme: Theme, name: str, segments: Sequence[Segment], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._is_ringed = False
        self._buttons = [SegmentButton(theme, segment, self) for segment in segments]
        self._group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(*[TRACK_INSET] * 4)
        row.setSpacing(2)
        for button in self._buttons:
            button.installEventFilter(self)
            button.setAccessibleDescription(name)
            self._group.addButton(button)
            row.addWidget(button)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        if self._buttons:
            self.setFocusProxy(self._buttons[0])
        self._group.buttonToggled.connect(self._tell)

    @property
    def value(self) -> str:
        """The value chosen; "" for none."""
        button = self._group.checkedButton()
        return button.segment.value if isinstance(button, SegmentButton) else ""

    def set_value(self, value: str) -> None:
        """Show a value as chosen, or none; `chosen` stays silent."""
        self._group.blockSignals(True)
        self._group.setExclusive(False)
        for button in self._buttons:
            button.setChecked(button.segment.value == value)
        self._group.setExclusive(True)
        self._group.blockSignals(False)
        self._lead_focus()

    def set_theme(self, theme: Theme) -> None:
        """Show other colours."""
        self._theme = theme
        for button in self._buttons:
            button.set_theme(theme)
        self.update()

    def set_ring(self, is_shown: bool) -> None:
        """Show the ring of a field that needs an answer."""
        self._is_ringed = is_shown
        self.update()

    def has_focus_inside(self) -> bool:
        """Say whether one of the segments has the focus."""
        focused = QApplication.focusWidget()
        return focused is not None and self.isAncestorOf(focused)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Choose by letter, show letters and ring while the focus is inside."""
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            is_inside = event.type() == QEvent.Type.FocusIn
            for button in self._buttons:
                button.show_key(is_inside)
            self.update()
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._choose_by_key(event)
        return super().eventFilter(watched, event)

    def _choose_by_key(self, event: QKeyEvent) -> bool:
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if held or not event.text().strip():
            return False
        for button in self._buttons:
            if button.segment.key.casefold() == event.text().casefold() and button.isEnabled():
                button.setFocus(Qt.FocusReason.ShortcutFocusReason)
                button.setChecked(True)
                return True
        return False

    def _tell(self, button: QAbstractButton, is_checked: bool) -> None:
        if is_checked and isinstance(button, SegmentButton):
            self._lead_focus()
            self.chosen.emit(button.segment.value)

    def _lead_focus(self) -> None:
        self.setFocusProxy(self._group.checkedButton() or self._buttons[0])
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the track."""
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.colour("sunken"))
            painter.drawRoundedRect(QRectF(self.rect()), TRACK_CORNER, TRACK_CORNER)
            if self._is_ringed or self.has_focus_inside():
                paint_ring(painter, self._theme, QRectF(self.rect()), TRACK_CORNER)
