"""The assistant for a new project: name and place, coder, languages, codebook.

What is wrong is said beside its field, before anything is written. The file is made beside the
window by the founding task and is whole or not there; opening it is the window's.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, QStandardPaths, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from annotator.desktop.dialogs.languages import LanguageList
from annotator.desktop.dialogs.template_choice import TemplateChoice
from annotator.desktop.kit.buttons import PlainButton, PrimaryButton
from annotator.desktop.kit.dressing import Rule
from annotator.desktop.kit.errand import Errand
from annotator.desktop.kit.fields import TextField
from annotator.desktop.kit.form import Form, FormRow
from annotator.desktop.kit.sheet import Sheet
from annotator.desktop.recent import shown_folder
from annotator.tasks.founding import new_project

if TYPE_CHECKING:
    from annotator.desktop.theme import Theme
    from annotator.errors import AnnotatorError
    from annotator.settings import Settings

SUFFIX = ".annot"
FORBIDDEN = '\\/:*?"<>|'
# Windows keeps these for devices.
RESERVED = {"con", "prn", "aux", "nul"} | {f"{p}{n}" for p in ("com", "lpt") for n in range(1, 10)}
MOST_NAME = 120


def wrong_name(name: str) -> str:
    """Return what is wrong with a project's name, as a sentence; "" when nothing is.

    >>> wrong_name("Ferry framing study")
    ''
    >>> wrong_name("a/b")
    'A name cannot hold “/”: it is also the name of the file.'
    """
    if not name:
        return "The project needs a name."
    bad = next((sign for sign in name if sign in FORBIDDEN or not sign.isprintable()), "")
    if bad:
        shown = f"“{bad}”" if bad.isprintable() else "line breaks or control signs"
        return f"A name cannot hold {shown}: it is also the name of the file."
    if name.casefold() in RESERVED or name.startswith(".") or name.endswith("."):
        return "Not every system takes a file of this name; choose another."
    if len(name) > MOST_NAME:
        return f"The name is longer than {MOST_NAME} signs; choose a shorter one."
    return ""


def wrong_folder(folder: str) -> str:
    """Return what is wrong with a folder, as a sentence; "" when nothing is."""
    path = Path(folder).expanduser()
    if not folder:
        return "Choose the folder in which the project file shall lie."
    if not path.is_dir():
        return "There is no such folder; choose another with “Browse…”."
    if not os.access(path, os.W_OK):
        return "Nothing can be written in this folder; choose another."
    return ""


class FolderField(QWidget):
    """A folder, typed or chosen.

    Signals:
        folder_changed(str): another folder.

    Args:
        folder: The folder at first.
        parent: The dialog.
    """

    folder_changed = Signal(str)

    def __init__(self, folder: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._field = TextField("Folder", folder)
        self._browse = PlainButton("Browse…")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._field, 1)
        row.addWidget(self._browse)
        self.setFocusProxy(self._field)
        self.setAccessibleName("Folder")
        self._field.textChanged.connect(self.folder_changed)
        self._browse.clicked.connect(self._ask)

    @property
    def folder(self) -> str:
        """The folder, as typed."""
        return self._field.text().strip()

    def set_folder(self, folder: str) -> None:
        """Take another folder."""
        self._field.setText(folder)

    def _ask(self) -> None:
        dialog = QFileDialog(self, "Folder of the project", self.folder)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(self.set_folder)
        dialog.open()


class NewProject(Sheet):
    """The assistant.

    Signals:
        project_made(str): the file is there, closed, and can be opened.

    Args:
        theme: Its colours.
        settings: Name of the coder, language and recent projects.
        parent: The window.
        folder: Where the project shall lie; beside the newest project if "".
    """

    project_made = Signal(str)

    def __init__(
        self, theme: Theme, settings: Settings, parent: QWidget | None = None, *, folder: str = ""
    ) -> None:
        super().__init__(theme, "New project", "new_project", QSize(920, 640), parent)
        self._errand: Errand | None = None
        self._form = Form(theme, label_width=72)
        self._name = TextField("Name", "", "Ferry framing study")
        self._folder = FolderField(folder or likely_folder(settings))
        self._coder = TextField("Your name", settings.coder)
        self._languages = LanguageList((settings.language,))
        self._templates = TemplateChoice(theme)
        self._rows: dict[str, FormRow] = {
            "name": self._form.add_row("Name", self._name),
            "folder": self._form.add_row("Folder", self._folder),
            "coder": self._form.add_row(
                "Your name", self._coder, "What you code is stored under this name."
            ),
            "languages": self._form.add_row("Languages", self._languages),
        }
        self._lay_out()
        self._cancel = self.add_button(PlainButton("Cancel"))
        self._make = self.add_button(PrimaryButton("Make project"))
        self._cancel.clicked.connect(self.reject)
        self._make.clicked.connect(self.make)
        for field in (self._name, self._coder):
            field.textChanged.connect(self._refresh)
        self._folder.folder_changed.connect(self._refresh)
        self._languages.languages_changed.connect(self._refresh)
        self._refresh()
        self._name.setFocus()

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.addWidget(self._form)
        left.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(24)
        row.addLayout(left, 5)
        row.addWidget(Rule(self.theme, is_upright=True))
        row.addWidget(self._templates, 6)
        self.body.addLayout(row)

    @property
    def path(self) -> Path:
        """The file that will be made."""
        return Path(self._folder.folder).expanduser() / f"{self.name}{SUFFIX}"

    @property
    def name(self) -> str:
        """The project's name."""
        return self._name.text().strip().removesuffix(SUFFIX)

    @property
    def coder(self) -> str:
        """The name of the first coder."""
        return " ".join(self._coder.text().split())

    @property
    def templates(self) -> TemplateChoice:
        """The choice of codebooks."""
        return self._templates

    @property
    def languages(self) -> LanguageList:
        """The choice of languages."""
        return self._languages

    def fill(self, name: str, coder: str = "", folder: str = "") -> None:
        """Put words into the fields."""
        self._name.setText(name)
        if coder:
            self._coder.setText(coder)
        if folder:
            self._folder.set_folder(folder)

    @property
    def errors(self) -> dict[str, str]:
        """What is said to be wrong, by field."""
        return {field: row.error for field, row in self._rows.items() if row.error}

    def make(self) -> None:
        """Make the project, or say what is wrong."""
        if self._errand is not None:
            return
        wrong = self._wrong()
        for field, row in self._rows.items():
            row.set_error(wrong.get(field, ""))
        first = self._form.first_error()
        if first is not None:
            first.field.setFocus()
            return
        self._set_busy(True)
        path, names = self.path, self._templates.chosen
        coder, languages = self.coder, self._languages.tags
        self._errand = Errand("new project", lambda: made(path, names, coder, languages), self)
        self._errand.done.connect(self._on_made)
        self._errand.failed.connect(self._on_failed)
        self._errand.ended.connect(self._on_ended)
        self._errand.start()

    def _wrong(self) -> dict[str, str]:
        """Return what is wrong now, by field."""
        wrong = {"name": wrong_name(self.name), "folder": wrong_folder(self._folder.folder)}
        if not any(wrong.values()) and self.path.exists():
            wrong["name"] = "There is a file of this name in the folder already; choose another."
        wrong["coder"] = "" if self.coder else "Say under which name you code."
        wrong["languages"] = "" if self._languages.tags else "Tick at least one language."
        return wrong

    def _refresh(self, _text: str = "") -> None:
        """Take back what is no longer wrong, and say what will be made."""
        wrong = self._wrong()
        for field, row in self._rows.items():
            if row.error and not wrong.get(field):
                row.set_error("")
        self._rows["languages"].set_hint(", ".join(self._languages.names))
        place = str(Path(shown_folder(self.path.parent)) / self.path.name)
        self.set_note(f"Makes one file: {place}" if self.name else "A project is one file.")

    def _set_busy(self, is_busy: bool) -> None:
        self._make.setEnabled(not is_busy)
        self._cancel.setEnabled(not is_busy)
        self._make.set_text("Making…" if is_busy else "Make project")

    def _on_made(self, path: str) -> None:
        self.accept()
        self.project_made.emit(path)

    def _on_failed(self, error: AnnotatorError) -> None:
        self.set_note(str(error), "err")

    def _on_ended(self) -> None:
        self._errand = None
        self._set_busy(False)

    def reject(self) -> None:
        """Close without a project; while one is being made, wait for it."""
        if self._errand is None:
            super().reject()


def made(path: Path, codebooks: list[str], coder: str, languages: list[str]) -> str:
    """Make a project and close it; return its path.

    Raises:
        ProjectError: if something is there or the folder cannot be written.
        BadInput: if a codebook is gone.
    """
    with new_project(path, codebooks, coder=coder, languages=languages):
        return str(path)


def likely_folder(settings: Settings) -> str:
    """Return the folder of the newest project, or the person's documents."""
    for recent in settings.recent:
        folder = Path(recent).parent
        if folder.is_dir():
            return str(folder)
    documents = QStandardPaths.StandardLocation.DocumentsLocation
    for place in (QStandardPaths.writableLocation(documents), str(Path.home())):
        if place and Path(place).is_dir():
            return place
    return ""
