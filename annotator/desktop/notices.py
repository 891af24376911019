"""What the program says by itself: notices that go, banners that stay.

A notice tells that something was done and offers to undo it; it lies over the window above the
strip for six seconds, longer while the pointer or the focus is on it. A banner stands at the top
of a region until what it says is over. Neither ever has to be clicked away to go on.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QEasingCurve,
    QEvent,
    QObject,
    QPoint,
    QPropertyAnimation,
    QRectF,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QCloseEvent,
    QEnterEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import (
    QApplication,
    QGraphicsOpacityEffect,
    QHBoxLayout,
    QStyle,
    QWidget,
)

from annotator.desktop.banners import Banner, BannerAction, Banners
from annotator.desktop.kit.buttons import KeyButton
from annotator.desktop.kit.icons import IconLabel
from annotator.desktop.kit.labels import Sentence
from annotator.desktop.kit.raised import SHADOW, paint_raised

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from annotator.desktop.theme import Theme
    from annotator.errors import AnnotatorError

SHOWN_MS, FADE_MS, READING_MS = 6000, 120, 60
MARGIN = 16
MOST_WAITING = 3
MOST_WIDTH, LEAST_WIDTH = 560, 240


@dataclass(frozen=True, slots=True)
class Saying:
    """What a notice says.

    Args:
        sentence: What happened.
        action: What can be done about it: "Undo"; "" for nothing.
        key: The key that does the same.
        callback: Does it.
        icon: Icon and its colour role.
    """

    sentence: str
    action: str = ""
    key: str = ""
    callback: Callable[[], object] | None = None
    icon: tuple[str, str] = ("tick", "ok")


class Notice(QWidget):
    """A small card over the window.

    Signals:
        over(): it has gone.

    Args:
        theme: Its colours.
        saying: What it says.
        parent: The window it lies over.
    """

    over = Signal()

    def __init__(self, theme: Theme, saying: Saying, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._saying = saying
        self.setAccessibleName(saying.sentence)
        self._icon = IconLabel(theme, *saying.icon, parent=self)
        self._words = Sentence(saying.sentence, 13, "text", self, weight=500)
        self._button: KeyButton | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        # A long sentence stays as long as it takes to read it.
        self._timer.setInterval(max(SHOWN_MS, READING_MS * len(saying.sentence)))
        self._timer.timeout.connect(self.close)
        self._lay_out()
        self._timer.start()

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(SHADOW + 16, SHADOW + 8, SHADOW + 8, SHADOW + 8)
        row.setSpacing(10)
        row.addWidget(self._icon)
        row.addWidget(self._words, 1)
        if self._saying.action:
            self._button = KeyButton(self._theme, self._saying.action, self._saying.key, self)
            self._button.clicked.connect(self._act)
            self._button.installEventFilter(self)
            row.addSpacing(8)
            row.addWidget(self._button)

    @property
    def sentence(self) -> str:
        """What it says."""
        return self._saying.sentence

    def set_theme(self, theme: Theme) -> None:
        """Show other colours."""
        self._theme = theme
        self._icon.set_theme(theme)
        if self._button is not None:
            self._button.set_theme(theme)
        self.update()

    def fitting(self, room: int) -> QSize:
        """Return its size in a window with so much room, shadow included."""
        words = self._words.fontMetrics().horizontalAdvance(self._saying.sentence) + 4
        beside = self._beside()
        width = min(max(LEAST_WIDTH, words + beside), MOST_WIDTH, room)
        lines = self._words.heightForWidth(max(40, width - beside))
        button = self._button.sizeHint().height() if self._button is not None else 0
        return QSize(width + 2 * SHADOW, max(44, lines + 24, button + 16) + 2 * SHADOW)

    def _beside(self) -> int:
        """Return the width of everything but the words."""
        button = self._button.sizeHint().width() + 18 if self._button is not None else 8
        return 16 + 16 + 10 + button + 8

    def _act(self) -> None:
        callback = self._saying.callback
        self.close()
        if callback is not None:
            callback()

    def is_held(self) -> bool:
        """Say whether pointer or focus are on it."""
        is_focused = self._button is not None and self._button.hasFocus()
        return is_focused or self.underMouse()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Say that it has gone."""
        super().closeEvent(event)
        self._timer.stop()
        self.over.emit()

    def enterEvent(self, event: QEnterEvent) -> None:
        """Stay while the pointer is on it."""
        super().enterEvent(event)
        self._timer.stop()

    def leaveEvent(self, event: QEvent) -> None:
        """Begin to count anew."""
        super().leaveEvent(event)
        self._go_on()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay while the focus is on its button."""
        if event.type() == QEvent.Type.FocusIn:
            self._timer.stop()
        elif event.type() == QEvent.Type.FocusOut:
            self._go_on()
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go by `Esc`."""
        if event.key() == Qt.Key.Key_Escape:
            self.close()
            return
        super().keyPressEvent(event)

    def _go_on(self) -> None:
        if self.isVisible() and not self.is_held():
            self._timer.start()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the card."""
        with QPainter(self) as painter:
            paint_raised(painter, self._theme, QRectF(self.rect()))


class NoticeBoard(QObject):
    """Shows notices one after the other, and banners in their region.

    Put `banners` at the top of the region it speaks of. The notice lies over the window, its lower
    edge above `strip`.

    Args:
        theme: Its colours.
        window: What notices lie over.
        strip: What they lie above; the window's lower edge without it.
    """

    def __init__(self, theme: Theme, window: QWidget, strip: QWidget | None = None) -> None:
        super().__init__(window)
        self._theme = theme
        self._window = window
        self._strip = strip
        self._waiting: deque[Saying] = deque(maxlen=MOST_WAITING)
        self._notice: Notice | None = None
        self.banners = Banners(theme, window)
        window.installEventFilter(self)
        if strip is not None:
            strip.installEventFilter(self)

    def lie_above(self, strip: QWidget | None) -> None:
        """Let notices lie above another strip from now on."""
        if self._strip is not None:
            self._strip.removeEventFilter(self)
        self._strip = strip
        if strip is not None:
            strip.installEventFilter(self)

    def say(
        self,
        sentence: str,
        action_text: str = "",
        key: str = "",
        callback: Callable[[], object] | None = None,
    ) -> None:
        """Tell that something was done, and offer one action on it."""
        self._show(Saying(sentence, action_text, key, callback))

    def inform(self, sentence: str) -> None:
        """Tell something that was not done: why a key did nothing, what is missing."""
        self._show(Saying(sentence, icon=("info", "muted")))

    def warn(
        self, sentence: str, actions: Sequence[BannerAction] = (), *, subject: str = ""
    ) -> Banner:
        """Put up an amber banner that can be dismissed.

        Args:
            sentence: What happened, where, what to do.
            actions: What can be done.
            subject: A banner on the same subject is replaced.
        """
        return self._put_up("warning", sentence, actions, subject)

    def fail(
        self, error: AnnotatorError, actions: Sequence[BannerAction] = (), *, subject: str = ""
    ) -> Banner:
        """Put up a red banner in the words of an error; it stays until it is dismissed or over."""
        return self._put_up("error", str(error), actions, subject)

    def read_only(self, sentence: str, actions: Sequence[BannerAction] = ()) -> Banner:
        """Put up the banner that says who else has the project."""
        return self._put_up("read_only", sentence, actions, "read only")

    def take_down(self, subject: str) -> None:
        """Take the banner on a subject down, when what it says is over."""
        self.banners.take_down(subject)

    def set_theme(self, theme: Theme) -> None:
        """Show other colours."""
        self._theme = theme
        self.banners.set_theme(theme)
        if self._notice is not None:
            self._notice.set_theme(theme)

    @property
    def notice(self) -> Notice | None:
        """The notice shown now."""
        return self._notice

    def clear(self) -> None:
        """Take everything down: another project is opened."""
        self._waiting.clear()
        if self._notice is not None:
            self._notice.close()
        self.banners.clear()

    def _put_up(
        self, kind: str, sentence: str, actions: Sequence[BannerAction], subject: str
    ) -> Banner:
        announce(self._window, sentence, is_urgent=kind == "error")
        return self.banners.put_up(kind, sentence, actions, subject or sentence)

    def _show(self, saying: Saying) -> None:
        """Show it: in place of the one shown, or after it when somebody is on that."""
        shown = self._notice
        if shown is None:
            self._put(saying)
            return
        self._waiting.append(saying)
        if not shown.is_held():
            shown.close()

    def _put(self, saying: Saying) -> None:
        notice = Notice(self._theme, saying, self._window)
        self._notice = notice
        notice.over.connect(self._next)
        self._place()
        notice.show()
        notice.raise_()
        fade_in(notice)
        announce(notice, f"{saying.sentence} {saying.action} {saying.key}".strip())

    def _next(self) -> None:
        if self._notice is not None:
            self._notice.deleteLater()
            self._notice = None
        if self._waiting:
            self._put(self._waiting.popleft())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the notice in its place when window or strip change."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Move, QEvent.Type.LayoutRequest):
            self._place()
        return super().eventFilter(watched, event)

    def _place(self) -> None:
        if self._notice is None:
            return
        window, strip = self._window, self._strip
        left, floor, room = 0, window.height(), window.width()
        if strip is not None and strip.isVisibleTo(window):
            corner = strip.mapTo(window, QPoint(0, 0))
            left, floor, room = corner.x(), corner.y(), strip.width()
        size = self._notice.fitting(room - 2 * MARGIN)
        y = floor - MARGIN - size.height() + SHADOW
        self._notice.setGeometry(left + MARGIN - SHADOW, y, size.width(), size.height())


def announce(widget: QWidget, sentence: str, *, is_urgent: bool = False) -> None:
    """Have a screen reader say a sentence."""
    event = QAccessibleAnnouncementEvent(widget, sentence)
    if is_urgent:
        event.setPoliteness(QAccessible.AnnouncementPoliteness.Assertive)
    QAccessible.updateAccessibility(event)


def fade_in(widget: QWidget) -> None:
    """Let a widget appear in 120 ms, at once where the system asks for no motion."""
    hint = QStyle.StyleHint.SH_Widget_Animation_Duration
    if QApplication.style().styleHint(hint, None, widget) <= 0:
        return
    effect = QGraphicsOpacityEffect(widget)
    effect.setOpacity(0.0)
    widget.setGraphicsEffect(effect)
    fade = QPropertyAnimation(effect, b"opacity", effect)
    fade.setDuration(FADE_MS)
    fade.setStartValue(0.0)
    fade.setEndValue(1.0)
    fade.setEasingCurve(QEasingCurve.Type.OutCubic)
    # The effect owns the animation and goes with it, so that later paints are plain again.
    fade.finished.connect(effect.deleteLater)
    fade.start()
