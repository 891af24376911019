"""Fields: the filter field of lists, one line of text, a choice from a list, a number by steps.

They wear the style sheet; icon, key cap and chevron are painted over it. What is filtered or
stored is decided elsewhere.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QSizePolicy, QSpinBox, QWidget

from annotator.desktop.fonts import sans
from annotator.desktop.kit.buttons import PaintedButton
from annotator.desktop.kit.icons import paint_icon
from annotator.desktop.kit.keycaps import are_keys_shown, caps_width, key_caps, paint_caps

if TYPE_CHECKING:
    from annotator.desktop.theme import Theme

FIELD_HEIGHT = 28


class GlyphButton(PaintedButton):
    """A small square button with one sign: × clears, − and + step.

    Args:
        theme: Its colours.
        glyph: The sign.
        name: What it does, in words.
        parent: Its parent.
        px: Its width and height.
    """

    def __init__(
        self, theme: Theme, glyph: str, name: str, parent: QWidget | None = None, px: int = 20
    ) -> None:
        self._px = px
        super().__init__(theme, glyph, "", parent)
        self.setAccessibleName(name)
        self.setToolTip(name)

    def sizeHint(self) -> QSize:
        """Return its size."""
        return QSize(self._px, self._px)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the sign."""
        with QPainter(self) as painter:
            self.paint_ground(painter)
            painter.setFont(sans(13, 500))
            painter.setPen(self.ink("text" if self._is_hovered else "muted"))
            painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignCenter), self.text())


class FilterField(QLineEdit):
    """A quiet field that filters a list while one types; `Esc` clears it, `Down` goes to the list.

    Signals:
        went_down(): `Down` or `Enter` was pressed: the list takes the focus.
        went_away(): `Esc` was pressed while it was empty.

    The text is heard of by `textChanged`.

    Args:
        theme: Its colours.
        placeholder: What is filtered: "Filter articles"; also its accessible name.
        key: Key that comes here, shown while it is empty; "" for none.
        parent: Its parent.
    """

    went_down = Signal()
    went_away = Signal()

    def __init__(
        self, theme: Theme, placeholder: str, key: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme, self._key = theme, key
        self.setObjectName("quiet")
        self.setFont(sans(12))
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(placeholder)
        self._clear = GlyphButton(theme, "×", "Clear", self)
        self._clear.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._clear.clicked.connect(self.clear)
        self._clear.hide()
        self.textChanged.connect(self._show_clear)
        self._make_room()

    def set_theme(self, theme: Theme) -> None:
        """Show other colours."""
        self._theme = theme
        self._clear.set_theme(theme)
        self.update()

    def set_key(self, key: str) -> None:
        """Show another key."""
        self._key = key
        self._make_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the clear button at the right."""
        super().resizeEvent(event)
        self._clear.setGeometry(self.width() - 24, (self.height() - 20) // 2, 20, 20)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Clear by `Esc`, go to the list by `Down` or `Enter`."""
        if event.key() == Qt.Key.Key_Escape:
            if self.text():
                self.clear()
            else:
                self.went_away.emit()
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.went_down.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint icon and cap over the field."""
        super().paintEvent(event)
        with QPainter(self) as painter:
            place = QRectF(8, (self.height() - 14) / 2, 14, 14)
            paint_icon(painter, "search", place, self._theme.colour("muted"))
            if self._caps() and not self.text():
                x = self.width() - 6 - caps_width(self._caps())
                paint_caps(painter, self._theme, self._caps(), x, self.height() / 2)

    def _caps(self) -> tuple[str, ...]:
        return key_caps(self._key) if self._key and are_keys_shown(self) else ()

    def _show_clear(self, text: str) -> None:
        self._clear.setVisible(bool(text))

    def _make_room(self) -> None:
        self.setTextMargins(18, 0, round(max(18.0, caps_width(key_caps(self._key)) + 2)), 0)
        self.update()


class TextField(QLineEdit):
    """One line of text.

    Args:
        name: What it holds; its accessible name.
        text: What stands in it.
        placeholder: An example, or what happens when it stays empty.
        parent: Its parent.
    """

    def __init__(
        self, name: str, text: str = "", placeholder: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(text, parent)
        self.setFont(sans(13))
        self.setAccessibleName(name)
        self.setPlaceholderText(placeholder)

    def set_ring(self, is_shown: bool) -> None:
        """Show the ring of a field that needs an answer."""
        show_ring(self, is_shown)


def show_ring(field: QWidget, is_shown: bool) -> None:
    """Show or remove the ring of the style sheet on a field that has not the focus."""
    field.setProperty("ring", "1" if is_shown else "")
    field.style().unpolish(field)
    field.style().polish(field)
    field.update()


class ChoiceBox(QComboBox):
    """A choice from a list, with our own chevron; the wheel scrolls past it.

    Args:
        theme: Its colours.
        name: What is chosen; its accessible name.
        options: Values and what people call them.
        parent: Its parent.
    """

    def __init__(
        self,
        theme: Theme,
        name: str,
        options: tuple[tuple[str, str], ...] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setFont(sans(13))
        self.setAccessibleName(name)
        self.setMinimumContentsLength(8)
        policy = QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        self.setSizeAdjustPolicy(policy)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_options(options)

    def set_options(self, options: tuple[tuple[str, str], ...]) -> None:
        """Offer other values; the chosen one stays when it is among them."""
        chosen = self.value
        self.clear()
        for value, title in options:
            self.addItem(title, value)
        self.set_value(chosen)

    @property
    def value(self) -> str:
        """The value chosen; "" for none."""
        return str(self.currentData() or "")

    def set_value(self, value: str) -> None:
        """Choose a value when it is offered."""
        at = self.findData(value)
        if at >= 0:
            self.setCurrentIndex(at)

    def set_theme(self, theme: Theme) -> None:
        """Show other colours."""
        self._theme = theme
        self.update()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Let the region scroll: an answer is never changed in passing."""
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the chevron over the field."""
        super().paintEvent(event)
        with QPainter(self) as painter:
            place = QRectF(self.width() - 21, (self.height() - 14) / 2, 14, 14)
            role = "muted" if self.isEnabled() else "faint"
            paint_icon(painter, "chevron", place, self._theme.colour(role))


class Stepper(QWidget):
    """A number within bounds: typed, by arrow keys, or by the buttons beside it.

    Signals:
        value_changed(int): another number.

    Args:
        theme: Its colours.
        name: What it counts; its accessible name.
        bounds: Least, most and step.
        unit: Shown after the number: " px".
        parent: Its parent.
    """

    value_changed = Signal(int)

    def __init__(
        self,
        theme: Theme,
        name: str,
        bounds: tuple[int, int, int],
        unit: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._box = _NumberBox()
        self._box.setAccessibleName(name)
        self._box.setRange(bounds[0], bounds[1])
        self._box.setSingleStep(bounds[2])
        self._box.setSuffix(unit)
        self._less = GlyphButton(theme, "−", f"{name}: less", self, FIELD_HEIGHT)
        self._more = GlyphButton(theme, "+", f"{name}: more", self, FIELD_HEIGHT)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        for widget in (self._less, self._box, self._more):
            row.addWidget(widget)
        row.addStretch(1)
        self.setFocusProxy(self._box)
        self._less.clicked.connect(self._box.stepDown)
        self._more.clicked.connect(self._box.stepUp)
        self._box.valueChanged.connect(self._tell)
        self._tell(self._box.value())

    @property
    def value(self) -> int:
        """The number."""
        return self._box.value()

    def set_value(self, value: int) -> None:
        """Show another number, within the bounds."""
        self._box.setValue(value)

    def set_theme(self, theme: Theme) -> None:
        """Show other colours."""
        self._less.set_theme(theme)
        self._more.set_theme(theme)

    def _tell(self, value: int) -> None:
        self._less.setEnabled(value > self._box.minimum())
        self._more.setEnabled(value < self._box.maximum())
        self.value_changed.emit(value)


class _NumberBox(QSpinBox):
    """A number field without arrows of its own."""

    def __init__(self) -> None:
        super().__init__()
        self.setFont(sans(13, has_tabular_figures=True))
        self.setButtonSymbols(QSpinBox.ButtonSymbols.NoButtons)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setKeyboardTracking(False)
        self.setMinimumWidth(72)
        # The field within must not wear the frame of a field once more.
        self.lineEdit().setStyleSheet("border: 0; padding: 0; min-height: 0; background: none")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the number all the room: without its buttons Qt 6.11 leaves it one pixel."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Do so again when the style has placed it anew."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange):
            self._fit()

    def _fit(self) -> None:
        self.lineEdit().setGeometry(self.rect().adjusted(3, 3, -3, -3))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Select the number, to type over it."""
        super().focusInEvent(event)
        self.selectAll()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Let the region scroll."""
        event.ignore()
