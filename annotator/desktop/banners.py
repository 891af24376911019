"""Banners: sentences at the top of a region that stay until what they say is over.

An error is red and stays, a warning is amber and can be dismissed, read only is grey. Each says
what, where and what to do, and has at most a few actions. When they come and go is decided by the
`NoticeBoard`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from annotator.desktop.fonts import sans
from annotator.desktop.kit.buttons import KeyButton
from annotator.desktop.kit.icons import IconLabel
from annotator.desktop.kit.labels import Sentence

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from annotator.desktop.theme import Theme

BLINK_MS = 180
NARROW = 420


@dataclass(frozen=True, slots=True)
class BannerKind:
    """How a banner looks.

    Args:
        icon: Its icon.
        ink: Colour role of the icon.
        ground: Colour role of the ground.
        word: What it is, for screen readers.
        can_go: Whether it can be dismissed.
    """

    icon: str
    ink: str
    ground: str
    word: str
    can_go: bool


KINDS = {
    "error": BannerKind("warning", "err", "err_ground", "Error", can_go=True),
    "warning": BannerKind("warning", "warn", "warn_ground", "Warning", can_go=True),
    "read_only": BannerKind("lock", "muted", "sunken", "Read only", can_go=False),
}


@dataclass(frozen=True, slots=True)
class BannerAction:
    """What can be done about it.

    Args:
        text: "Try again".
        callback: Does it.
        key: The key that does the same.
        ends: Whether the banner goes when it is pressed.
    """

    text: str
    callback: Callable[[], object]
    key: str = ""
    ends: bool = True


class Banner(QWidget):
    """One banner.

    Signals:
        dismissed(): somebody has read it.

    Args:
        theme: Its colours.
        kind: One of `KINDS`.
        sentence: What happened, where, what to do.
        actions: What can be done.
        parent: Its parent.
    """

    dismissed = Signal()

    def __init__(
        self,
        theme: Theme,
        kind: str,
        sentence: str,
        actions: Sequence[BannerAction] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._kind = KINDS[kind]
        self._is_blinking = False
        self._actions = {self._button(action): action for action in actions}
        self._icon = IconLabel(theme, self._kind.icon, self._kind.ink, parent=self)
        self._words = Sentence(sentence, 12, "text", self)
        self._dismiss = KeyButton(theme, "Dismiss", parent=self)
        self._dismiss.clicked.connect(self.dismissed)
        self._dismiss.setVisible(self._kind.can_go)
        self._blink = QTimer(self)
        self._blink.setSingleShot(True)
        self._blink.setInterval(BLINK_MS)
        self._blink.timeout.connect(self._calm)
        self.setAccessibleName(f"{self._kind.word}: {sentence}")
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._lay_out()

    def _button(self, action: BannerAction) -> KeyButton:
        button = KeyButton(self._theme, action.text, action.key, self)
        button.clicked.connect(self._act)
        return button

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 8, 9)
        row.setSpacing(10)
        top = Qt.AlignmentFlag.AlignTop
        icon = QVBoxLayout()
        icon.addSpacing(5)
        icon.addWidget(self._icon)
        icon.addStretch(1)
        row.addLayout(icon)
        words = QVBoxLayout()
        words.addSpacing(5)
        words.addWidget(self._words)
        words.addSpacing(4)
        words.addStretch(1)
        row.addLayout(words, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(2)
        for button in (*self._actions, self._dismiss):
            buttons.addWidget(button, 0, top)
        row.addLayout(buttons)

    @property
    def sentence(self) -> str:
        """What it says."""
        return self._words.text()

    def set_sentence(self, sentence: str) -> None:
        """Say something else."""
        self._words.set_text(sentence)
        self.setAccessibleName(f"{self._kind.word}: {sentence}")

    def set_theme(self, theme: Theme) -> None:
        """Show other colours."""
        self._theme = theme
        self._icon.set_theme(theme)
        for button in (self._dismiss, *self._actions):
            button.set_theme(theme)
        self.update()

    def blink(self) -> None:
        """Draw the eye here once: a key was pressed that cannot work now."""
        self._is_blinking = True
        self._blink.start()
        self.update()

    def _calm(self) -> None:
        self._is_blinking = False
        self.update()

    def _act(self) -> None:
        action = self._actions[self.sender()]  # type: ignore[index]  # one of our buttons
        if action.ends:
            self.dismissed.emit()
        action.callback()

    def hasHeightForWidth(self) -> bool:
        """Say that it grows downwards when it gets narrow."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return how high it is at a width."""
        shown = [b for b in (*self._actions, self._dismiss) if not b.isHidden()]
        buttons = sum(b.sizeHint().width() + 2 for b in shown)
        room = width - 16 - 8 - 16 - 20 - buttons
        lines = self._words.heightForWidth(max(60, room))
        return max(41, lines + 26, *(b.sizeHint().height() + 17 for b in shown))

    def sizeHint(self) -> QSize:
        """Return a comfortable size."""
        words = QFontMetricsF(sans(12)).horizontalAdvance(self.sentence)
        width = min(NARROW, round(words) + 80)
        return QSize(width, self.heightForWidth(self.width() if self.isVisible() else width))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint ground and lower edge."""
        with QPainter(self) as painter:
            ground = "tint" if self._is_blinking else self._kind.ground
            painter.fillRect(self.rect(), self._theme.colour(ground))
            colour = self._theme.colour("rule")
            painter.fillRect(0, self.height() - 1, self.width(), 1, colour)
            if self._is_blinking:
                painter.fillRect(0, 0, 3, self.height(), self._theme.colour("accent"))


class Banners(QWidget):
    """The banners of a region, newest at the top; no height when there are none.

    Args:
        theme: Their colours.
        parent: The region.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._banners: dict[str, Banner] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.hide()

    def put_up(
        self, kind: str, sentence: str, actions: Sequence[BannerAction], subject: str
    ) -> Banner:
        """Put a banner up; one on the same subject makes way. Return it."""
        self.take_down(subject)
        banner = Banner(self._theme, kind, sentence, actions, self)
        banner.dismissed.connect(self._on_dismissed)
        self._banners[subject] = banner
        self._column.insertWidget(0, banner)
        banner.show()
        self.show()
        return banner

    def take_down(self, subject: str) -> None:
        """Take the banner on a subject down, if there is one."""
        banner = self._banners.pop(subject, None)
        if banner is not None:
            self._column.removeWidget(banner)
            banner.hide()
            banner.deleteLater()
        self.setVisible(bool(self._banners))

    def clear(self) -> None:
        """Take all down."""
        for subject in list(self._banners):
            self.take_down(subject)

    def on(self, subject: str) -> Banner | None:
        """Return the banner on a subject."""
        return self._banners.get(subject)

    @property
    def sentences(self) -> list[str]:
        """What they say, oldest first."""
        return [banner.sentence for banner in self._banners.values()]

    def set_theme(self, theme: Theme) -> None:
        """Show other colours."""
        self._theme = theme
        for banner in self._banners.values():
            banner.set_theme(theme)

    def _on_dismissed(self) -> None:
        gone = [subject for subject, banner in self._banners.items() if banner is self.sender()]
        for subject in gone:
            self.take_down(subject)
