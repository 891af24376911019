"""Find in the active article: words, how many places, next and previous."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from annotator.desktop.kit.buttons import KeyButton
from annotator.desktop.kit.dressing import Surface
from annotator.desktop.kit.fields import FilterField
from annotator.desktop.kit.labels import Words
from annotator.model.span import Span

if TYPE_CHECKING:
    from annotator.desktop.article_pane import ArticlePane
    from annotator.desktop.theme import Theme


class FindBar(Surface):
    """A field above the panes.

    Args:
        theme: Colours.
        parent: The region.

    Signals:
        left(): it was closed.
    """

    left = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "chrome", parent)
        self._pane: ArticlePane | None = None
        self._places: list[Span] = []
        self._at = -1
        self.setAccessibleName("Find in article")
        self._field = FilterField(theme, "Find in this article", "", self)
        self._field.setFixedWidth(280)
        self._count = Words("", 12, 400, "muted", has_tabular_figures=True)
        self._next = KeyButton(theme, "Next", "Return", self)
        self._close = KeyButton(theme, "Close", "Esc", self)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 6, 16, 6)
        for widget in (self._field, self._count):
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(self._next)
        row.addWidget(self._close)
        self._field.textChanged.connect(self._find)
        self._next.clicked.connect(self._go_to_next)
        self._close.clicked.connect(self.leave)
        self._field.installEventFilter(self)
        self.hide()

    def open_for(self, pane: ArticlePane) -> None:
        """Search in this pane; what is selected there is looked for."""
        self._clear_hits()
        self._pane = pane
        selection = pane.reading.selection()
        if selection is not None and len(selection) < 80 and pane.data is not None:
            self._field.setText(selection.of(pane.data.version.text))
        self.show()
        self._field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._field.selectAll()
        self._find()

    def leave(self) -> None:
        """Close and go back to the text."""
        self._clear_hits()
        self.hide()
        self.left.emit()

    def follow(self, pane: ArticlePane | None) -> None:
        """Search in another pane from now on, if the bar is open."""
        if self.isVisible() and pane is not self._pane:
            self._clear_hits()
            self._pane = pane
            self._find()

    def _find(self) -> None:
        words = self._field.text()
        self._places, self._at = [], -1
        if self._pane is None or self._pane.data is None:
            return
        text = self._pane.data.version.text
        if words.strip():
            pattern = re.compile(re.escape(words), re.IGNORECASE)
            self._places = [Span(m.start(), m.end()) for m in pattern.finditer(text)]
        self._pane.reading.set_hits(self._places)
        self._show_count()
        if self._places:
            caret = self._pane.reading.caret()
            after = [i for i, place in enumerate(self._places) if place.end >= caret]
            self._at = (after[0] if after else 0) - 1
            self.go_on()

    def _go_to_next(self) -> None:
        self.go_on()

    def go_on(self, step: int = 1) -> None:
        """Go to the next place, or the previous one."""
        if self._pane is None or not self._places:
            return
        self._at = (self._at + step) % len(self._places)
        place = self._places[self._at]
        self._pane.attend("")
        self._pane.reading.select(place)
        self._pane.reading.scroll_to(place)
        self._show_count()

    def _show_count(self) -> None:
        if not self._field.text():
            self._count.set_text("")
        elif not self._places:
            self._count.set_text("not found")
        else:
            self._count.set_text(f"{max(self._at, 0) + 1} of {len(self._places)}")

    def _clear_hits(self) -> None:
        if self._pane is not None:
            self._pane.reading.set_hits(())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let Enter go on, Shift+Enter go back and Esc close."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                is_back = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
                self.go_on(-1 if is_back else 1)
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.leave()
                return True
        return super().eventFilter(watched, event)
