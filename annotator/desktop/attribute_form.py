"""The questions on one annotation: which are asked now, what is missing, what would be stored.

Questions appear and vanish as others are answered. Attributes that are not asked here stay as they
are stored; answers to questions that vanished are not stored.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from annotator.desktop.attribute_fields import NOTHING, AttributeField, field_for
from annotator.desktop.attribute_presets import article_names, earlier_words, preset
from annotator.desktop.attribute_rows import FIELD_WIDTH, INSET, AttributeRow, NoteField
from annotator.desktop.plain_scroll import add_shown, clear
from annotator.model.codebook import is_shown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from annotator.desktop.pane_data import PaneData
    from annotator.desktop.theme import Theme
    from annotator.model.annotation import Annotation
    from annotator.model.codebook import Code


class AttributeForm(QWidget):
    """A row for each attribute of a code, and one for the note.

    Signals:
        height_changed(): rows appeared or vanished, or a row takes another height.

    Args:
        theme: Its colours.
    """

    height_changed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._annotation: Annotation | None = None
        self._code_id = ""
        self._last: dict[str, dict[str, Any]] = {}
        self._rows: list[AttributeRow] = []
        self._note = NoteField()
        self._note_row = AttributeRow(theme, "Note", self._note)
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(INSET, 0, INSET, 0)
        self._lines.setSpacing(8)
        self._note.height_changed.connect(self.height_changed)

    def ask(
        self,
        annotation: Annotation,
        code: Code,
        data: PaneData,
        *,
        is_new: bool,
        actors: Sequence[str] = (),
    ) -> None:
        """Ask about an annotation.

        Args:
            annotation: As stored.
            code: Its code.
            data: Its article.
            is_new: Whether it was made just now; what was chosen last is offered then.
            actors: Names of the story's actors.
        """
        self._annotation, self._code_id = annotation, code.id
        values, hints = dict(annotation.attributes), dict[str, str]()
        if is_new:
            offered, hints = preset(data, code, data.spans(annotation), self._last.get(code.id, {}))
            said = {slug: value for slug, value in values.items() if value not in NOTHING}
            values = {**offered, **said}
        self._lines.removeWidget(self._note_row)
        clear(self._lines)
        self._rows = []
        names = article_names(data, actors)
        for attribute in data.codebook.attributes_of(code):
            if attribute.type != "spans":
                earlier = earlier_words(data, attribute)
                field = field_for(self._theme, attribute, FIELD_WIDTH, names=names, earlier=earlier)
                field.set_value(values.get(attribute.slug))
                field.changed.connect(self._on_changed)
                self._add(field, hints.get(attribute.slug, ""))
        self._note.set_text(annotation.note)
        self._note_row.set_error("")
        add_shown(self._lines, self._note_row)
        self._show_asked()

    def _add(self, field: AttributeField, hint: str) -> None:
        row = AttributeRow(self._theme, field.attribute.name, field.widget, field, hint)
        self._rows.append(row)
        add_shown(self._lines, row)

    def rows(self) -> list[AttributeRow]:
        """Return the rows that are shown, the note last."""
        return [row for row in (*self._rows, self._note_row) if not row.isHidden()]

    def whole_height(self, width: int) -> int:
        """Return how high it would be if all questions were asked."""
        hidden = [row for row in self._rows if row.isHidden()]
        for row in hidden:
            row.show()
        self._lines.invalidate()
        height = self._lines.totalHeightForWidth(width)
        for row in hidden:
            row.hide()
        return height

    def first_row(self) -> AttributeRow:
        """Return the first row that must be filled in and is empty, else the first of all."""
        missing = self.faults()
        return next((row for row in self._rows if row in missing), self.rows()[0])

    def note(self) -> str:
        """Return the note."""
        return self._note.text()

    def attributes(self) -> dict[str, Any]:
        """Return what is to be stored: what is asked here, and what is not asked at all."""
        before = self._annotation.attributes if self._annotation is not None else {}
        ours = {field.attribute.slug for field in self._fields()}
        kept = {slug: value for slug, value in before.items() if slug not in ours}
        said = {slug: value for slug, value in self._asked().items() if value not in NOTHING}
        return {**kept, **said}

    def remember(self) -> None:
        """Offer what is chosen now when the same code is used again."""
        self._last[self._code_id] = {
            slug: value for slug, value in self._asked().items() if value not in NOTHING
        }

    def faults(self) -> dict[AttributeRow, str]:
        """Return the rows that are not filled in as they must be, with a sentence for each."""
        asked = self._asked()
        found = {}
        for row in self._rows:
            field = row.attribute_field
            if field is None or field.attribute.slug not in asked:
                continue
            if field.problem():
                found[row] = field.problem()
            elif field.attribute.required and asked[field.attribute.slug] in NOTHING:
                found[row] = f"{field.attribute.name} is required."
        return found

    def check(self) -> AttributeRow | None:
        """Say what is missing beside the fields; return the first of them."""
        found = self.faults()
        for row in self._rows:
            row.set_error(found.get(row, ""))
        self.height_changed.emit()
        return next(iter(found), None)

    def set_theme(self, theme: Theme) -> None:
        """Show other colours, also in rows that come later."""
        self._theme = theme

    def _fields(self) -> list[AttributeField]:
        return [row.attribute_field for row in self._rows if row.attribute_field is not None]

    def _asked(self) -> dict[str, Any]:
        """Return the values of the attributes that are asked now, by slug.

        An attribute that is not asked has no value, so what hangs on it is not asked either.
        """
        fields = self._fields()
        values = {field.attribute.slug: field.value() for field in fields}
        while True:
            gone = [
                field.attribute.slug
                for field in fields
                if field.attribute.slug in values and not is_shown(field.attribute.shown_if, values)
            ]
            if not gone:
                return values
            for slug in gone:
                del values[slug]

    def _show_asked(self) -> None:
        asked = self._asked()
        for row in self._rows:
            if row.attribute is not None:
                row.setVisible(row.attribute.slug in asked)

    def _on_changed(self) -> None:
        """Take back what was said about a field, and ask what follows from it."""
        field = self.sender()
        for row in self._rows:
            if row.attribute_field is field:
                row.set_error("")
                row.set_hint("")
        self._show_asked()
        self.height_changed.emit()
