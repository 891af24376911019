"""Buttons: primary, plain, like a link, with key caps, and cards with two lines.

All are real buttons to the keyboard and to screen readers. The first two wear the style sheet, the
others are painted. What they do is connected elsewhere.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QEnterEvent, QFontMetricsF, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QPushButton, QSizePolicy, QWidget

from annotator.desktop.fonts import sans
from annotator.desktop.kit.keycaps import (
    are_keys_shown,
    caps_width,
    key_caps,
    paint_caps,
    with_key,
)
from annotator.desktop.prose import elided

if TYPE_CHECKING:
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QFont

    from annotator.desktop.theme import Theme

ENTER_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
CAPS_TO_WORDS = 6.0
CORNER, CARD_CORNER = 6.0, 8.0


def plain_words(text: str) -> str:
    """Return the text so that Qt does not take its “&” for the mark of a shortcut."""
    return text.replace("&", "&&")


class PlainButton(QPushButton):
    """A button with an outline.

    Args:
        text: What it does, one or two words.
        parent: Its parent.
    """

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(plain_words(text), parent)
        self.setFont(sans(13, 500))
        self.setAccessibleName(text)
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_text(self, text: str) -> None:
        """Say something else."""
        self.setText(plain_words(text))
        self.setAccessibleName(text)


class PrimaryButton(PlainButton):
    """The one button of a dialog that goes on; `Enter` presses it.

    Args:
        text: What it does, one or two words.
        parent: Its parent.
    """

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setObjectName("primary")
        self.setFont(sans(13, 600))
        self.setAutoDefault(True)
        self.setDefault(True)


class PaintedButton(QAbstractButton):
    """What the painted buttons share: colours, pointer, focus ring, and `Enter` as well as space.

    Args:
        theme: Its colours.
        text: What it does.
        key: The key that does the same, as in Qt's portable text; "" for none.
        parent: Its parent.
    """

    def __init__(
        self, theme: Theme, text: str, key: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._key = key
        self._is_hovered = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_text(text)

    @property
    def theme(self) -> Theme:
        """Its theme now."""
        return self._theme

    @property
    def key(self) -> str:
        """The key that does the same."""
        return self._key

    def set_text(self, text: str, key: str | None = None) -> None:
        """Say something else, with another key when given."""
        self._key = self._key if key is None else key
        self.setText(text)
        self.setAccessibleName(text)
        self.setToolTip(with_key(text, self._key) if self._key else "")
        self.updateGeometry()
        self.update()

    def set_theme(self, theme: Theme) -> None:
        """Show other colours."""
        self._theme = theme
        self.update()

    @property
    def caps(self) -> tuple[str, ...]:
        """The caps it shows: none when keys are hidden."""
        return key_caps(self._key) if self._key and are_keys_shown(self) else ()

    def minimumSizeHint(self) -> QSize:
        """Return the same as its size."""
        return self.sizeHint()

    def enterEvent(self, event: QEnterEvent) -> None:
        """Show that the pointer is over it."""
        super().enterEvent(event)
        self._is_hovered = True
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """Show that the pointer left."""
        super().leaveEvent(event)
        self._is_hovered = False
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Press it by `Enter` as well."""
        if event.key() in ENTER_KEYS:
            self.click()
            return
        super().keyPressEvent(event)

    def ink(self, role: str = "text") -> QColor:
        """Return the colour of words in it."""
        return self._theme.colour(role if self.isEnabled() else "faint")

    def paint_ground(self, painter: QPainter, corner: float = CORNER) -> None:
        """Paint what lies under the words: the pointer and the focus."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if (self._is_hovered or self.isDown()) and self.isEnabled():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.colour("sunken" if self.isDown() else "hover"))
            painter.drawRoundedRect(QRectF(self.rect()), corner, corner)
        if self.hasFocus():
            paint_ring(painter, self._theme, QRectF(self.rect()), corner)


def paint_ring(painter: QPainter, theme: Theme, rect: QRectF, corner: float = CORNER) -> None:
    """Paint the ring that shows the focus, inside a rectangle."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(theme.colour("accent"), 2.0))
    painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), corner - 1, corner - 1)


class LinkButton(PaintedButton):
    """Words of the accent colour that can be pressed.

    Args:
        theme: Its colours.
        text: What it does.
        parent: Its parent.
        px: Size of the words.
    """

    def __init__(
        self, theme: Theme, text: str, parent: QWidget | None = None, *, px: int = 12
    ) -> None:
        self._words_font = sans(px, 500)
        super().__init__(theme, text, "", parent)

    def sizeHint(self) -> QSize:
        """Return the size of the words with room for the ring."""
        metrics = QFontMetricsF(self._words_font)
        return QSize(round(metrics.horizontalAdvance(self.text()) + 9), round(metrics.height() + 8))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint it; the pointer underlines the words."""
        with QPainter(self) as painter:
            if self.hasFocus():
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                paint_ring(painter, self._theme, QRectF(self.rect()))
            self._words_font.setUnderline(self._is_hovered and self.isEnabled())
            painter.setFont(self._words_font)
            painter.setPen(self.ink("accent"))
            words = elided(self.text(), self._words_font, self.width() - 8)
            painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignCenter), words)


class KeyButton(PaintedButton):
    """An action with the caps of its key before the words, as strips show it.

    Args:
        theme: Its colours.
        text: What it does.
        key: Its key; "" for none.
        parent: Its parent.
        px: Size of the words: 12, or 11 in the status strip.
        role: Colour role of the words.
        is_key_last: Whether the caps stand after the words.
    """

    def __init__(
        self,
        theme: Theme,
        text: str,
        key: str = "",
        parent: QWidget | None = None,
        *,
        px: int = 12,
        role: str = "text",
        is_key_last: bool = False,
    ) -> None:
        self._words_font = sans(px, 500 if role == "text" else 400)
        self._role = role
        self._is_key_last = is_key_last
        super().__init__(theme, text, key, parent)

    def sizeHint(self) -> QSize:
        """Return the size of caps and words."""
        metrics = QFontMetricsF(self._words_font)
        caps = caps_width(self.caps)
        width = metrics.horizontalAdvance(self.text()) + 17 + (caps + CAPS_TO_WORDS if caps else 0)
        return QSize(round(width), max(24, round(metrics.height() + 12)))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint it."""
        with QPainter(self) as painter:
            self.paint_ground(painter)
            caps, middle, x = self.caps, self.height() / 2, 8.0
            taken = caps_width(caps) + CAPS_TO_WORDS if caps else 0.0
            words = elided(self.text(), self._words_font, self.width() - 16 - taken)
            if not self._is_key_last:
                paint_caps(painter, self._theme, caps, x, middle)
                x += taken
            painter.setPen(self.ink(self._role))
            draw_words(painter, words, self._words_font, QPointF(x, middle))
            if self._is_key_last:
                x += QFontMetricsF(self._words_font).horizontalAdvance(words) + CAPS_TO_WORDS
                paint_caps(painter, self._theme, caps, x, middle)


def draw_words(painter: QPainter, words: str, font: QFont, at: QPointF) -> None:
    """Paint words in one line, their capitals centred on a height; the pen is their colour."""
    painter.setFont(font)
    base = at.y() + QFontMetricsF(font).capHeight() / 2
    painter.drawText(QPointF(at.x(), base), words)


class CardButton(PaintedButton):
    """A large button with a title, a second line and key caps, as on the welcome page.

    Args:
        theme: Its colours.
        title: What it does.
        detail: What comes of it; may be "".
        key: Its key; "" for none.
        parent: Its parent.
    """

    def __init__(
        self,
        theme: Theme,
        title: str,
        detail: str = "",
        key: str = "",
        parent: QWidget | None = None,
    ) -> None:
        self._title_font, self._detail_font = sans(14, 600), sans(12)
        self._detail = detail
        super().__init__(theme, title, key, parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleDescription(detail)

    def sizeHint(self) -> QSize:
        """Return the size of both lines and the caps."""
        title, detail = QFontMetricsF(self._title_font), QFontMetricsF(self._detail_font)
        widest = max(title.horizontalAdvance(self.text()), detail.horizontalAdvance(self._detail))
        height = max(60.0, title.height() + detail.height() + 24)
        return QSize(round(widest + caps_width(self.caps) + 48), round(height))

    def minimumSizeHint(self) -> QSize:
        """Return a size that is still usable; words are elided then."""
        return QSize(160, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the card."""
        theme, caps = self._theme, self.caps
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            rect = QRectF(self.rect())
            painter.setPen(QPen(theme.colour("edge"), 1.0))
            painter.setBrush(theme.colour("hover" if self._is_hovered else "base"))
            painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), CARD_CORNER, CARD_CORNER)
            if self.hasFocus():
                paint_ring(painter, theme, rect, CARD_CORNER)
            taken = caps_width(caps)
            room = self.width() - 32 - (taken + 12 if taken else 0)
            middle = self.height() / 2
            painter.setPen(self.ink())
            at = QPointF(16, middle - 9 if self._detail else middle)
            draw_words(painter, elided(self.text(), self._title_font, room), self._title_font, at)
            painter.setPen(self.ink("muted"))
            at = QPointF(16, middle + 10)
            words = elided(self._detail, self._detail_font, room)
            draw_words(painter, words, self._detail_font, at)
            paint_caps(painter, theme, caps, self.width() - 14 - taken, middle)
