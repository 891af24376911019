"""Key caps: which keys do what, shown beside the words.

A key is written as in Qt's portable text ("Ctrl+Z"); here it becomes the caps people see, with the
signs of macOS there. One switch on a window hides the caps of everything in it. What a key does is
decided elsewhere.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from annotator.desktop.fonts import sans

if TYPE_CHECKING:
    from annotator.desktop.theme import Theme

CAP_HEIGHT, CAP_CORNER, CAP_GAP, CAP_INSET = 16.0, 3.5, 3.0, 4.0
HIDES_KEYS = "hidesKeys"
MODIFIERS = ("Ctrl", "Alt", "Shift", "Meta")
SIGNS = {
    "Return": "↵",
    "Enter": "↵",
    "Del": "Del",
    "Left": "←",
    "Right": "→",
    "Up": "↑",
    "Down": "↓",
    "PgUp": "Page ↑",
    "PgDown": "Page ↓",
    "Backspace": "⌫",
}
MAC_SIGNS = {"Ctrl": "⌘", "Alt": "⌥", "Shift": "⇧", "Meta": "⌃", "Del": "⌦", "Esc": "esc"}


def key_caps(key: str, *, is_mac: bool = sys.platform == "darwin") -> tuple[str, ...]:
    """Return the words on the caps of a key.

    Args:
        key: As in Qt's portable text; several keys with one meaning are parted by spaces.
        is_mac: Whether to use the signs of macOS.

    >>> key_caps("Ctrl+Z", is_mac=False)
    ('Ctrl', 'Z')
    >>> key_caps("Ctrl+Z", is_mac=True)
    ('⌘', 'Z')
    >>> key_caps("Shift+1", is_mac=False)
    ('⇧1',)
    >>> key_caps("Left Right", is_mac=False)
    ('←', '→')
    """
    caps: list[str] = []
    for one in key.split():
        caps += _caps_of_one(one, is_mac)
    return tuple(caps)


def _caps_of_one(key: str, is_mac: bool) -> list[str]:
    # "Ctrl++" ends in the key plus itself
    *modifiers, last = [*key[:-2].split("+"), "+"] if key.endswith("++") else key.split("+")
    if key == "+":
        modifiers, last = [], "+"
    if is_mac:
        return [*(MAC_SIGNS.get(m, m) for m in modifiers), MAC_SIGNS.get(last, _sign(last))]
    if modifiers == ["Shift"]:
        return [f"⇧{_sign(last)}"]
    return [*modifiers, _sign(last)]


def _sign(name: str) -> str:
    return SIGNS.get(name, name)


def key_words(key: str) -> str:
    """Return a key in words, for tooltips and screen readers: "Ctrl+Z or Del"."""
    return " or ".join(key.split())


def with_key(words: str, key: str) -> str:
    """Return a tooltip that names the key too.

    >>> with_key("Undo", "Ctrl+Z")
    'Undo (Ctrl+Z)'
    """
    return f"{words} ({key_words(key)})" if key else words


def cap_width(cap: str) -> float:
    """Return the width of one cap."""
    words = QFontMetricsF(sans(10, 500)).horizontalAdvance(cap)
    return max(CAP_HEIGHT, float(round(words + 2 * CAP_INSET)))


def caps_width(caps: tuple[str, ...]) -> float:
    """Return the width of caps in a row; 0 for none."""
    return sum(cap_width(cap) for cap in caps) + CAP_GAP * max(0, len(caps) - 1)


def paint_caps(
    painter: QPainter,
    theme: Theme,
    caps: tuple[str, ...],
    x: float,
    centre_y: float,
    *,
    is_current: bool = False,
) -> float:
    """Paint caps in a row; return the width they took.

    Args:
        painter: Where; left as it was.
        theme: Their colours.
        caps: The words on them, as from `key_caps`.
        x: Their left edge.
        centre_y: Their middle.
        is_current: Whether they belong to the current row.
    """
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setFont(sans(10, 500))
    left = x
    for cap in caps:
        width = cap_width(cap)
        rect = QRectF(left, centre_y - CAP_HEIGHT / 2, width, CAP_HEIGHT)
        painter.setPen(QPen(theme.colour("accent" if is_current else "edge"), 1.0))
        painter.setBrush(theme.colour("raised"))
        painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), CAP_CORNER, CAP_CORNER)
        painter.setPen(theme.colour("accent" if is_current else "muted"))
        painter.drawText(rect, int(Qt.AlignmentFlag.AlignCenter), cap)
        left += width + CAP_GAP
    painter.restore()
    return max(0.0, left - x - CAP_GAP)


def are_keys_shown(widget: QWidget) -> bool:
    """Say whether caps are shown in this widget, as its windows have it."""
    at: QWidget | None = widget
    while at is not None:
        if at.property(HIDES_KEYS) is not None:
            return not at.property(HIDES_KEYS)
        at = at.parentWidget()
    return True


def show_keys(window: QWidget, is_shown: bool) -> None:
    """Show or hide the caps of everything in a window, also of what is built later."""
    window.setProperty(HIDES_KEYS, not is_shown)
    for widget in (window, *window.findChildren(QWidget)):
        widget.updateGeometry()
        widget.update()


class KeyCaps(QWidget):
    """The caps of one key, beside words that say what it does.

    Args:
        theme: Its colours.
        key: As in Qt's portable text; "" for none.
        parent: Its parent.
    """

    def __init__(self, theme: Theme, key: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._key = key
        self._is_current = False
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.set_key(key)

    @property
    def key(self) -> str:
        """The key, as in Qt's portable text."""
        return self._key

    def set_key(self, key: str) -> None:
        """Show another key."""
        self._key = key
        self.setAccessibleName(key_words(key))
        self.updateGeometry()
        self.update()

    def set_current(self, is_current: bool) -> None:
        """Show by the accent whether the key belongs to the current row."""
        self._is_current = is_current
        self.update()

    def set_theme(self, theme: Theme) -> None:
        """Show other colours."""
        self._theme = theme
        self.update()

    def sizeHint(self) -> QSize:
        """Return the size of the caps; none when keys are hidden."""
        width = caps_width(key_caps(self._key)) if are_keys_shown(self) else 0.0
        return QSize(round(width), round(CAP_HEIGHT) if width else 0)

    def minimumSizeHint(self) -> QSize:
        """Return the same: caps are never cut."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the caps."""
        if not are_keys_shown(self):
            return
        with QPainter(self) as painter:
            caps = key_caps(self._key)
            middle = self.height() / 2
            paint_caps(painter, self._theme, caps, 0.0, middle, is_current=self._is_current)
