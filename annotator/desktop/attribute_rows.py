"""Rows of the attributes popover: the question left, the field right; and the field for notes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from annotator.desktop.fonts import sans
from annotator.desktop.kit.fields import FIELD_HEIGHT
from annotator.desktop.kit.form import FormRow
from annotator.desktop.kit.labels import Sentence

if TYPE_CHECKING:
    from annotator.desktop.attribute_fields import AttributeField
    from annotator.desktop.theme import Theme
    from annotator.model.codebook import Attribute

INSET, LABEL_WIDTH, GAP = 16, 72, 8
FIELD_WIDTH = 376 - 2 * INSET - LABEL_WIDTH - GAP
MOST_NOTE_LINES = 5
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


def holds_focus(widget: QWidget) -> bool:
    """Say whether the focus is in a widget."""
    focused = QApplication.focusWidget()
    return focused is not None and (focused is widget or widget.isAncestorOf(focused))


class AttributeRow(QWidget):
    """One question.

    Args:
        theme: Its colours.
        name: What is asked.
        widget: Where it is answered.
        field: What the widget means; None for the note.
        hint: Where the answer that stands there comes from.
    """

    def __init__(
        self,
        theme: Theme,
        name: str,
        widget: QWidget,
        field: AttributeField | None = None,
        hint: str = "",
    ) -> None:
        super().__init__()
        self.attribute_field = field
        self.widget = widget
        self._form = FormRow(theme, widget, hint)
        label = Sentence(name, 12, "muted")
        label.setFixedWidth(LABEL_WIDTH)
        label.setBuddy(widget)
        asked = QVBoxLayout()
        asked.setContentsMargins(0, 0, 0, 0)
        spare = FIELD_HEIGHT + 2 - QFontMetricsF(sans(12)).height()
        asked.addSpacing(max(0, round(spare / 2)))
        asked.addWidget(label)
        asked.addStretch(1)
        if field is not None and field.attribute.description:
            label.setToolTip(field.attribute.description)
            self.widget.setToolTip(field.attribute.description)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP)
        row.addLayout(asked)
        row.addWidget(self._form, 1)

    @property
    def attribute(self) -> Attribute | None:
        """What is asked; None for the note."""
        return self.attribute_field.attribute if self.attribute_field is not None else None

    @property
    def error(self) -> str:
        """What is wrong, "" when nothing is."""
        return self._form.error

    def set_error(self, sentence: str) -> None:
        """Say what is wrong, or "" that nothing is."""
        if sentence != self._form.error:
            self._form.set_error(sentence)

    def set_hint(self, hint: str) -> None:
        """Say something else under the field."""
        self._form.set_hint(hint)

    def focus_field(self, reason: Qt.FocusReason = Qt.FocusReason.TabFocusReason) -> None:
        """Give the field the focus."""
        self.widget.setFocus(reason)

    def has_focus_inside(self) -> bool:
        """Say whether the focus is in the field."""
        return holds_focus(self)

    def set_theme(self, theme: Theme) -> None:
        """Show other colours."""
        self._form.set_theme(theme)


class NoteField(QPlainTextEdit):
    """A note: one line that grows while one writes; Enter saves, Shift+Enter begins a line.

    Signals:
        height_changed(): it takes more or fewer lines.
    """

    height_changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setFont(sans(13))
        self.setAccessibleName("Note")
        self.setPlaceholderText("Optional")
        self.setTabChangesFocus(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(4)
        self.textChanged.connect(self._grow)
        self._grow()

    def text(self) -> str:
        """Return the note without space around it."""
        return self.toPlainText().strip()

    def set_text(self, text: str) -> None:
        """Show another note, the caret at its end."""
        self.setPlainText(text)
        self.moveCursor(self.textCursor().MoveOperation.End)

    def _grow(self) -> None:
        line = QFontMetricsF(self.font()).lineSpacing()
        lines = min(MOST_NOTE_LINES, max(1, round(self.document().size().height())))
        height = max(FIELD_HEIGHT + 2, round(lines * line + 14))
        is_full = self.document().size().height() > MOST_NOTE_LINES
        bar = Qt.ScrollBarPolicy
        self.setVerticalScrollBarPolicy(
            bar.ScrollBarAsNeeded if is_full else bar.ScrollBarAlwaysOff
        )
        if height != self.minimumHeight():
            self.setFixedHeight(height)
            self.height_changed.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Take as many lines as the width asks for."""
        super().resizeEvent(event)
        self._grow()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave Enter and Esc to the popover."""
        is_enter = event.key() in ENTER
        if is_enter and event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.insertPlainText("\n")
        elif is_enter or event.key() == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)
