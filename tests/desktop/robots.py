"""Robots: they read and press like people, so that tests never speak to private parts."""

from __future__ import annotations

from collections import Counter

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QGuiApplication, QHelpEvent, QImage, QMouseEvent
from PySide6.QtWidgets import QApplication, QToolTip

from annotator.desktop.mark import Mark
from annotator.desktop.reading_pane import ReadingPane
from annotator.model.span import Span


def counted(image):
    """Return how often each colour stands in a picture, by #rrggbb."""
    plain = image.convertToFormat(QImage.Format.Format_RGB32)  # must outlive its bits
    pixels = plain.constBits().cast("I")
    return Counter({f"#{c & 0xFFFFFF:06x}": n for c, n in Counter(pixels).items()})


class PaintSpy(QObject):
    """Writes down which rectangles of a widget are painted."""

    def __init__(self, widget):
        super().__init__(widget)
        self.rects: list[QRect] = []
        widget.installEventFilter(self)

    def eventFilter(self, _watched, event):  # noqa: N802  # Qt's name
        if event.type() == QEvent.Type.Paint:
            self.rects.extend(event.region())
        return False

    @property
    def height(self):
        """The pixels painted, from the uppermost to the lowest."""
        if not self.rects:
            return 0
        return max(r.bottom() for r in self.rects) + 1 - min(r.top() for r in self.rects)


class ReadingPaneRobot:
    """Reads in a pane: finds words, selects, presses keys, points, looks at colours."""

    def __init__(self, qtbot, theme, width=720, height=900, **options):
        self.qtbot = qtbot
        self.pane = ReadingPane(theme, **options)
        qtbot.addWidget(self.pane)
        self.pane.resize(width, height)
        with qtbot.waitExposed(self.pane):
            self.pane.show()
        self.spy = PaintSpy(self.pane.viewport())
        self.settle()

    # ---- the article

    def read(self, text, *marks, blocks=()):
        """Open an article; marks are `Mark`s, or (words, form-and-more) for `mark`."""
        self.pane.show_text(text, marks, blocks)
        self.settle()
        return self

    def find(self, words, nth=0):
        """Return where words stand in the article."""
        start = -1
        for _ in range(nth + 1):
            start = self.pane.article_text.index(words, start + 1)
        return Span(start, start + len(words))

    # ---- hands

    def select(self, words, nth=0):
        """Select words."""
        self.pane.select(self.find(words, nth))
        self.settle()
        return self

    def press(self, key, modifier=Qt.KeyboardModifier.NoModifier, times=1):
        """Press a key, some times."""
        self.pane.setFocus()
        for _ in range(times):
            self.qtbot.keyClick(self.pane, key, modifier)
        self.settle()
        return self

    def copy(self):
        """Press the keys for copying; return what is in the clipboard."""
        self.press(Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
        return QGuiApplication.clipboard().text()

    def middle_of(self, words, nth=0):
        """Return a point of the viewport on the first line of words."""
        return self.pane.stretch_rects(self.find(words, nth))[0].center()

    def point_at(self, place):
        """Move the pointer to words or to a point."""
        point = self.middle_of(place) if isinstance(place, str) else place
        self._mouse(QEvent.Type.MouseMove, point, Qt.MouseButton.NoButton)
        self.settle()
        return self

    def leave(self):
        """Move the pointer away."""
        QApplication.sendEvent(self.pane.viewport(), QEvent(QEvent.Type.Leave))
        self.settle()
        return self

    def click(self, place):
        """Click on words or on a point."""
        point = self.middle_of(place) if isinstance(place, str) else place
        self.qtbot.mouseClick(self.pane.viewport(), Qt.MouseButton.LeftButton, pos=point)
        self.settle()
        return self

    def drag(self, start, end):
        """Select with the mouse from one point to another."""
        view = self.pane.viewport()
        self.qtbot.mousePress(view, Qt.MouseButton.LeftButton, pos=start)
        self._mouse(QEvent.Type.MouseMove, end, Qt.MouseButton.LeftButton)
        self.qtbot.mouseRelease(view, Qt.MouseButton.LeftButton, pos=end)
        self.settle()
        return self

    def tooltip_at(self, place):
        """Rest the pointer; return the words of the tooltip."""
        point = self.middle_of(place) if isinstance(place, str) else place
        view = self.pane.viewport()
        event = QHelpEvent(QEvent.Type.ToolTip, point, view.mapToGlobal(point))
        QApplication.sendEvent(view, event)
        words = QToolTip.text()
        QToolTip.hideText()
        self.qtbot.waitUntil(lambda: not QToolTip.text())
        return words

    def _mouse(self, kind, point, button):
        view = self.pane.viewport()
        event = QMouseEvent(
            kind,
            QPointF(point),
            QPointF(view.mapToGlobal(point)),
            Qt.MouseButton.NoButton,
            button,
            Qt.KeyboardModifier.NoModifier,
        )
        QApplication.sendEvent(view, event)

    def scroll(self, pixels):
        """Scroll down."""
        bar = self.pane.verticalScrollBar()
        bar.setValue(bar.value() + pixels)
        self.settle()
        return self

    # ---- eyes

    def settle(self):
        """Let the window do what is due."""
        for _ in range(3):
            QApplication.sendPostedEvents()
            QApplication.processEvents()
        return self

    def watch(self):
        """Forget what was painted so far; return the spy."""
        self.settle()
        self.spy.rects.clear()
        return self.spy

    def colours(self, rect):
        """Return how often each colour stands in a rectangle of the viewport."""
        return counted(self.pane.viewport().grab(rect).toImage())

    def under(self, words, nth=0):
        """Return the colours of the strip under the first line of words, where bars lie."""
        rect = self.pane.stretch_rects(self.find(words, nth))[0]
        return self.colours(QRect(rect.left(), rect.bottom() - 2, rect.width(), 8))

    def behind(self, words, nth=0):
        """Return the colours of the first line of words."""
        return self.colours(self.pane.stretch_rects(self.find(words, nth))[0])

    def beside(self, words, nth=0):
        """Return the colours of the margin left of the first line of words."""
        rect = self.pane.stretch_rects(self.find(words, nth))[0]
        return self.colours(QRect(0, rect.top(), self.pane.metrics.margin - 4, rect.height()))

    def picture(self):
        """Return the viewport as an image."""
        return self.pane.viewport().grab().toImage()

    def margin_point(self, words):
        """Return the point of the first label beside words."""
        rect = self.pane.stretch_rects(self.find(words))[0]
        return QPoint(int(self.pane.metrics.label_right) - 6, rect.top() + 8)


ORANGE, BLUE, GREEN = "#d55e00", "#0069a8", "#00875f"


def own(mark_id, *fragments, colour=ORANGE, **more):
    """Return an own annotation with a solid bar."""
    settings = {
        "form": "own",
        "colour_light": colour,
        "colour_dark": colour,
        "label": "Conf",
        "code_id": "conflict",
        "title": "Conflict",
    }
    return Mark(mark_id, tuple(fragments), **{**settings, **more})


def suggested(mark_id, *fragments, kind="person", **more):
    """Return a suggestion."""
    settings = {"form": "suggestion", "kind": kind, "code_id": kind, "title": kind.capitalize()}
    return Mark(mark_id, tuple(fragments), **{**settings, **more})


def boilerplate(mark_id, *fragments, form="boilerplate-own", **more):
    """Return boilerplate."""
    settings = {"form": form, "label": "Boil", "code_id": "boilerplate", "title": "Boilerplate"}
    return Mark(mark_id, tuple(fragments), **{**settings, **more})
