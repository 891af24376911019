"""Robots for the small parts: they find controls by their names, as screen readers do."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QAccessible, QDragEnterEvent, QDropEvent, QEnterEvent, QImage
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget

from tests.desktop.robots import counted

# The offscreen platform has no window manager to tell a least size to.
QUIET = pytest.mark.qt_log_ignore("propagateSizeHints")


def shown(qtbot, widget, width=640, height=400):
    """Show a widget and wait until it is there; the pointer is elsewhere."""
    qtbot.addWidget(widget)
    widget.resize(width, height)
    with qtbot.waitExposed(widget):
        widget.show()
    widget.activateWindow()
    QApplication.processEvents()
    return widget


def role(widget):
    """Return what a screen reader takes a widget for."""
    return QAccessible.queryAccessibleInterface(widget).role()


def picture(widget):
    """Return what is painted."""
    return widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)


def colours(widget):
    """Return the colours that are painted, as #rrggbb."""
    return set(counted(picture(widget)))


class KitRobot:
    """Finds and presses what is in a widget.

    Args:
        qtbot: The test's.
        root: Where to look.
    """

    def __init__(self, qtbot, root):
        self.qtbot = qtbot
        self.root = root

    def named(self, kind, name):
        """Return the visible widget of a kind with an accessible name or text."""
        found = [
            w
            for w in self.root.findChildren(kind)
            if w.isVisibleTo(self.root) and name in (w.accessibleName(), _text(w))
        ]
        assert found, f"no {kind.__name__} called {name!r} among {self.names(kind)}"
        return found[0]

    def names(self, kind=QAbstractButton):
        """Return the accessible names of the visible widgets of a kind."""
        return [
            w.accessibleName() or _text(w)
            for w in self.root.findChildren(kind)
            if w.isVisibleTo(self.root)
        ]

    def button(self, name):
        """Return a button by its name."""
        return self.named(QAbstractButton, name)

    def click(self, name):
        """Click a button by its name."""
        self.qtbot.mouseClick(self.button(name), Qt.MouseButton.LeftButton)

    def press(self, key, widget=None, modifiers=Qt.KeyboardModifier.NoModifier):
        """Press a key on a widget, or where the focus is."""
        target = widget or QApplication.focusWidget() or self.root
        self.qtbot.keyClick(target, key, modifiers)

    def type(self, words, widget):
        """Type words into a field."""
        widget.setFocus()
        self.qtbot.keyClicks(widget, words)

    def says(self, words):
        """Say whether a visible label holds these words."""
        return any(words in text for text in self.texts())

    def texts(self):
        """Return the words of all visible labels."""
        labels = self.root.findChildren(QLabel)
        return [w.text() for w in labels if w.isVisibleTo(self.root) and w.text()]

    def nameless(self):
        """Return controls that can take the focus and have no name for a screen reader."""
        return [
            widget
            for widget in self.root.findChildren(QWidget)
            if widget.focusPolicy() != Qt.FocusPolicy.NoFocus
            and widget.isVisibleTo(self.root)
            and not (widget.accessibleName() or _text(widget))
            and widget.objectName() not in {"qt_spinbox_lineedit", "qt_scrollarea_viewport"}
        ]

    def tab_round(self, most=80):
        """Return the names of what `Tab` comes to, until it comes round."""
        names, first = [], QApplication.focusWidget()
        for _ in range(most):
            self.press(Qt.Key.Key_Tab)
            at = QApplication.focusWidget()
            if at is None or at is first:
                break
            first = first or at
            names.append(at.accessibleName() or _text(at))
        return names

    def point_at(self, widget):
        """Move the pointer onto a widget."""
        middle = QPointF(widget.rect().center())
        QApplication.sendEvent(widget, QEnterEvent(middle, middle, middle))

    def point_away(self, widget):
        """Move the pointer off a widget."""
        QApplication.sendEvent(widget, QEvent(QEvent.Type.Leave))

    def drop(self, *paths):
        """Drop files onto the root."""
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
        place, button = QPointF(40, 40), Qt.MouseButton.LeftButton
        none = Qt.KeyboardModifier.NoModifier
        enter = QDragEnterEvent(place.toPoint(), Qt.DropAction.CopyAction, data, button, none)
        QApplication.sendEvent(self.root, enter)
        if enter.isAccepted():
            drop = QDropEvent(place, Qt.DropAction.CopyAction, data, button, none)
            QApplication.sendEvent(self.root, drop)


def _text(widget):
    text = getattr(widget, "text", None)
    return text() if callable(text) else ""
