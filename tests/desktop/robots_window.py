"""A robot that uses the window as a person does: keys, mouse, what can be read on it."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from annotator.desktop.window import Window
from annotator.model.span import Span


class WindowRobot:
    """Uses one window.

    Args:
        qtbot: pytest-qt's.
        settings: The person's choices.
        size: Of the window.
    """

    def __init__(self, qtbot, settings, size=(1440, 900)):
        self.bot = qtbot
        self.window = Window(settings)
        qtbot.addWidget(self.window)
        self.window.resize(*size)
        self.window.show()
        qtbot.waitExposed(self.window)
        self.window.activateWindow()

    # What is there

    @property
    def space(self):
        return self.window.workspace

    @property
    def session(self):
        return self.window.session

    @property
    def pane(self):
        """The active pane."""
        return self.space.view.active

    @property
    def data(self):
        """What the active pane knows, as it is stored now."""
        return self.pane.data

    def own(self):
        """Return the coder's annotations of the active article as (code, words)."""
        data = self.data
        return [
            (data.code(a).slug, " … ".join(s.of(data.version.text) for s in data.spans(a)))
            for a in data.own
        ]

    def strip(self):
        """Return what the strip says is current: kind, number, quote."""
        current = self.space.strip.current
        return current.kind, current.number, current.quote

    def notice(self):
        """Return what the notice says, "" if there is none."""
        notice = self.window.board.notice
        return notice.accessibleName() if notice is not None else ""

    def words_selected(self):
        """Return the selected words of the active pane."""
        span = self.pane.reading.selection()
        return span.of(self.data.version.text) if span else ""

    # What a person does

    def open(self, path):
        """Open a project and wait until it is painted."""
        assert self.window.open_project(path)
        self.bot.waitUntil(lambda: self.pane is None or self.pane.reading.hasFocus())
        return self

    def press(self, *keys):
        """Press keys, one after the other, where the focus is."""
        for key in keys:
            focus = QApplication.focusWidget() or self.window
            combination = QKeySequence(key)[0]
            QTest.keyClick(focus, combination.key(), combination.keyboardModifiers())
            QApplication.sendPostedEvents()
        return self

    def type(self, text):
        """Type text where the focus is."""
        QTest.keyClicks(QApplication.focusWidget(), text)
        return self

    def find(self, words, occurrence=1):
        """Return where words stand in the active article."""
        text, at = self.data.version.text, -1
        for _ in range(occurrence):
            at = text.index(words, at + 1)
        return Span(at, at + len(words))

    def caret_at(self, words):
        """Put the caret before words, as arrow keys would."""
        self.pane.setFocus()
        self.pane.reading.set_caret(self.find(words).start)
        return self

    def select_by_keys(self, words):
        """Select words with Shift and arrow keys."""
        span = self.find(words)
        self.caret_at(words)
        for _ in range(len(span)):
            QTest.keyClick(self.pane.reading, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
        return self

    def drag_over(self, words):
        """Select words with the mouse."""
        span = self.find(words)
        reading = self.pane.reading
        reading.scroll_to(span)
        QApplication.sendPostedEvents()
        first = reading.stretch_rects(Span(span.start, span.start + 1))[0]
        last = reading.stretch_rects(Span(span.end - 1, span.end))[-1]
        start = QPoint(first.left() + 1, first.center().y())
        end = QPoint(last.right() + 1, last.center().y())
        port = reading.viewport()
        QTest.mousePress(port, Qt.MouseButton.LeftButton, pos=start)
        QTest.mouseMove(port, (start + end) / 2)
        QTest.mouseMove(port, end)
        QTest.mouseRelease(port, Qt.MouseButton.LeftButton, pos=end)
        QApplication.sendPostedEvents()
        return self

    def click(self, words):
        """Click into words."""
        span = self.find(words)
        reading = self.pane.reading
        reading.scroll_to(span)
        rect = reading.stretch_rects(span)[0]
        QTest.mouseClick(reading.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())
        QApplication.sendPostedEvents()
        return self

    def wait_for_work(self, msecs=60_000):
        """Wait until no long work runs."""
        self.bot.waitUntil(lambda: not self.window.errands.jobs.is_busy, timeout=msecs)
        return self

    def picture(self, path):
        """Save a picture of the window."""
        self.window.grab().save(str(path))
        return self
