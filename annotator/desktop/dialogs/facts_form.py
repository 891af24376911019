"""The form of what is known about an article: headline, outlet, date and the rest.

Used where articles are pasted and where their facts are edited. It reads what is typed into the
fields of an article and says what cannot be read; it writes nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from annotator.desktop.dialogs.name_box import NameBox
from annotator.desktop.fonts import sans
from annotator.desktop.kit.fields import TextField
from annotator.desktop.kit.form import Form
from annotator.formats.dates import When, read_date
from annotator.model.article import Outlet, Story
from annotator.model.ids import new_id

if TYPE_CHECKING:
    from collections.abc import Sequence

    from annotator.desktop.kit.form import FormRow
    from annotator.desktop.theme import Theme
    from annotator.model.edit import Record
    from annotator.store.project import Project

NAMES = {
    "headline": "Headline", "outlet": "Outlet", "byline": "Byline", "published": "Published",
    "url": "Address", "language": "Language", "section": "Section", "genre": "Genre",
    "wire_credit": "Wire credit", "story": "Story", "note": "Note",
}  # fmt: skip
EXAMPLES = {
    "published": "2026-03-12 or 12 March 2026", "url": "https://",
    "language": "en", "genre": "Reportage, opinion, analysis …", "wire_credit": "AFP, Reuters …",
    "outlet": "Not known", "story": "In no story",
}  # fmt: skip
PRECISION = {
    "minute": "to the minute", "day": "to the day", "month": "to the month", "year": "to the year",
}  # fmt: skip
NOTE_HEIGHT = 64


class FactsForm(Form):
    """Fields for some facts of an article.

    Signals:
        edited(str): the person changed a field, named as in `NAMES`.

    Args:
        theme: Its colours.
        project: Whose outlets and stories are offered.
        facts: Which fields, in order.
        parent: Its parent.
    """

    edited = Signal(str)

    def __init__(
        self, theme: Theme, project: Project, facts: Sequence[str], parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, parent, label_width=80)
        self._outlets = dict(project.outlets)
        self._stories = dict(project.stories)
        self._fields: dict[str, QWidget] = {}
        self._form_rows: dict[str, FormRow] = {}
        for fact in facts:
            field = self._new_field(theme, fact)
            field.setProperty("fact", fact)
            self._fields[fact] = field
            self._form_rows[fact] = self.add_row(NAMES[fact], field)

    def _new_field(self, theme: Theme, fact: str) -> QWidget:
        example = EXAMPLES.get(fact, "")
        if fact in ("outlet", "story"):
            box = NameBox(theme, NAMES[fact], self._known(fact), example)
            box.edited.connect(self._tell)
            return box
        if fact == "note":
            note = QPlainTextEdit()
            note.setFont(sans(13))
            note.setAccessibleName(NAMES[fact])
            note.setTabChangesFocus(True)
            note.setFixedHeight(NOTE_HEIGHT)
            return note
        field = TextField(NAMES[fact], placeholder=example)
        field.textEdited.connect(self._tell)
        return field

    def _known(self, fact: str) -> dict[str, str]:
        if fact == "outlet":
            return {one.id: one.name for one in self._outlets.values()}
        return {one.id: one.title for one in self._stories.values()}

    def _tell(self, *_what: object) -> None:
        fact = str(self.sender().property("fact"))
        if fact == "published":
            self.check()
        self.edited.emit(fact)

    def value(self, fact: str) -> str:
        """Return what stands in a field, tidied."""
        match self._fields[fact]:
            case NameBox() as box:
                return box.name
            case TextField() as field:
                return " ".join(field.text().split())
            case QPlainTextEdit() as note:
                return note.toPlainText().strip()
        return ""

    def set_value(self, fact: str, value: str) -> None:
        """Show a value in a field; nobody is told."""
        match self._fields[fact]:
            case NameBox() as box:
                box.set_name(value)
            case TextField() as field:
                if field.text() != value:
                    field.setText(value)
                    field.setCursorPosition(0)
            case QPlainTextEdit() as note:
                note.setPlainText(value)
        if fact == "published":
            self.check()

    def add_name(self, record: Outlet | Story) -> None:
        """Offer an outlet or a story that is new."""
        if isinstance(record, Outlet):
            self._outlets[record.id] = record
        else:
            self._stories[record.id] = record
        fact = "outlet" if isinstance(record, Outlet) else "story"
        box = self._fields.get(fact)
        if isinstance(box, NameBox):
            box.set_names(self._known(fact))

    def say_fault(self, fact: str, sentence: str) -> None:
        """Say what is wrong with a field."""
        self._form_rows[fact].set_error(sentence)

    def focus(self, fact: str) -> None:
        """Give a field the focus."""
        self._fields[fact].setFocus()

    # What was filled in

    def when(self) -> When | None:
        """Return the date as read; None when it cannot be read."""
        typed = self.value("published")
        return read_date(typed) if typed else When("", "")

    def check(self) -> bool:
        """Say beside the date what is wrong with it, or how precise it is; return if it is fit."""
        row = self._form_rows["published"]
        when, typed = self.when(), self.value("published")
        if when is None:
            row.set_hint("")
            row.set_error(f"“{typed}” is no date that can be read; try 2026-03-12.")
        elif when.is_ambiguous:
            row.set_hint("")
            row.set_error(f"“{typed}” could have day or month first; write the month as a word.")
        else:
            row.set_error("")
            row.set_hint(f"{when.iso}, {PRECISION[when.precision]}" if when.precision else "")
        return not row.error

    def facts(self) -> tuple[dict[str, Any], list[Record]]:
        """Return fields of an article, and outlets and stories that are new with it."""
        facts: dict[str, Any] = {}
        made: list[Record] = []
        for fact in self._fields:
            if fact == "published":
                when = self.when() or When("", "")
                facts["published"], facts["published_precision"] = when.iso, when.precision
            elif fact in ("outlet", "story"):
                facts[f"{fact}_id"] = self._named(fact, made)
            else:
                facts[fact] = self.value(fact)
        return facts, made

    def _named(self, fact: str, made: list[Record]) -> str | None:
        box = self._fields[fact]
        if not isinstance(box, NameBox) or not box.name:
            return None
        if box.chosen_id:
            return box.chosen_id
        new = Outlet(new_id(), box.name) if fact == "outlet" else Story(new_id(), box.name)
        made.append(new)
        return new.id
