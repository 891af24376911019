"""A field for a name that is chosen from those known or typed as a new one.

It completes what is typed from anywhere in a name. Whether a new name becomes an outlet, a story
or a coder is decided by the dialog.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QCompleter, QLineEdit, QWidget

from annotator.desktop.kit.fields import ChoiceBox

if TYPE_CHECKING:
    from collections.abc import Mapping

    from annotator.desktop.theme import Theme


class NameBox(ChoiceBox):
    """An editable choice of names.

    Signals:
        edited(): the person typed or chose something.

    Args:
        theme: Its colours.
        name: What is named; its accessible name.
        names: Known names by id.
        placeholder: What an empty field means.
        parent: Its parent.
    """

    edited = Signal()

    def __init__(
        self,
        theme: Theme,
        name: str,
        names: Mapping[str, str],
        placeholder: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, name, (), parent)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        line = QLineEdit()
        self.setLineEdit(line)
        line.setPlaceholderText(placeholder)
        line.setAccessibleName(name)
        line.setStyleSheet("border: 0; padding: 0; background: transparent; min-height: 0")
        line.textEdited.connect(self._tell)
        self.activated.connect(self._tell)
        completer = QCompleter(self.model(), self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.activated.connect(self._tell)
        self.setCompleter(completer)
        self.set_names(names)

    def set_names(self, names: Mapping[str, str]) -> None:
        """Offer other names; what is typed stays."""
        typed = self.name
        ordered = sorted(names.items(), key=lambda pair: pair[1].casefold())
        self.set_options(tuple(ordered))
        self.set_name(typed)

    @property
    def name(self) -> str:
        """The name in the field."""
        return " ".join(self.currentText().split())

    def set_name(self, text: str) -> None:
        """Show a name; nobody is told."""
        self.setCurrentIndex(self._place(text))
        self.setEditText(text)

    @property
    def chosen_id(self) -> str:
        """The id of the known name in the field; "" for a new one or none."""
        place = self._place(self.name)
        return str(self.itemData(place)) if place >= 0 else ""

    def _place(self, text: str) -> int:
        wanted = " ".join(text.split()).casefold()
        names = (self.itemText(i).casefold() for i in range(self.count()))
        return next((i for i, name in enumerate(names) if name == wanted and wanted), -1)

    def _tell(self, *_what: object) -> None:
        self.edited.emit()
