"""Rows of a form: the label left, the field right, under it a hint and what is wrong.

A wrong field gets the ring and a sentence, read out by screen readers with the field. Which values
are wrong is decided by whoever made the form.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from annotator.desktop.kit.fields import FIELD_HEIGHT, show_ring
from annotator.desktop.kit.icons import IconLabel
from annotator.desktop.kit.labels import Sentence, Words
from annotator.desktop.kit.segments import Segments

if TYPE_CHECKING:
    from annotator.desktop.theme import Theme

LABEL_WIDTH = 104


class FormRow(QWidget):
    """What stands right of a label: field, hint, and the sentence that says what is wrong.

    Args:
        theme: Its colours.
        field: What is filled in.
        hint: What to know before filling in; may be "".
        parent: Its parent.
    """

    def __init__(
        self, theme: Theme, field: QWidget, hint: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.field = field
        self._hint = Sentence(hint, 11, "muted", self)
        self._hint.setVisible(bool(hint))
        self._error = Sentence("", 12, "err", self)
        self._icon = IconLabel(theme, "warning", "err", 14, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(field)
        column.addWidget(self._hint)
        self._fault = QWidget(self)
        line = QHBoxLayout(self._fault)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(6)
        line.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self._error, 1)
        column.addWidget(self._fault)
        self._fault.hide()

    @property
    def error(self) -> str:
        """What is wrong; "" when nothing is."""
        return self._error.text()

    def set_hint(self, hint: str) -> None:
        """Say something else under the field."""
        self._hint.set_text(hint)
        self._hint.setVisible(bool(hint))

    def set_error(self, sentence: str) -> None:
        """Say what is wrong with the field, or "" that nothing is."""
        self._error.set_text(sentence)
        self._fault.setVisible(bool(sentence))
        self.field.setAccessibleDescription(sentence)
        if isinstance(self.field, Segments):
            self.field.set_ring(bool(sentence))
        else:
            show_ring(self.field.focusProxy() or self.field, bool(sentence))

    def set_theme(self, theme: Theme) -> None:
        """Show other colours."""
        self._icon.set_theme(theme)


class Form(QWidget):
    """Rows of labels and fields, aligned.

    Args:
        theme: Its colours.
        parent: Its parent.
        label_width: Of the left column.
    """

    def __init__(
        self, theme: Theme, parent: QWidget | None = None, *, label_width: int = LABEL_WIDTH
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._rows: list[FormRow] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(12)
        self._grid.setColumnMinimumWidth(0, label_width)
        self._grid.setColumnStretch(1, 1)

    def add_row(self, label: str, field: QWidget, hint: str = "") -> FormRow:
        """Add a field under the others; it is named by its label when it has no name."""
        row = FormRow(self._theme, field, hint, self)
        name = Words(label, 12, 400, "muted", self)
        name.setMinimumHeight(FIELD_HEIGHT)
        name.setBuddy(field)
        if not field.accessibleName():
            field.setAccessibleName(label)
        at = self._grid.rowCount()
        self._grid.addWidget(name, at, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(row, at, 1)
        self._rows.append(row)
        return row

    def set_theme(self, theme: Theme) -> None:
        """Show other colours, also in rows that come later."""
        self._theme = theme
        for row in self._rows:
            row.set_theme(theme)

    def first_error(self) -> FormRow | None:
        """Return the first row with something wrong, to lead the focus there."""
        return next((row for row in self._rows if row.error), None)
