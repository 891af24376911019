"""One open project as the window works on it: who codes, what was done, what changed.

Every write of the window goes through `Session.do`, every view hears of it through
`Session.changed` and reads again what it shows. Long work is a `Job` (see `worker`).
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from annotator.errors import AnnotatorError
from annotator.model.annotation import Coder
from annotator.model.codebook import Attribute, Code, CodebookVersion, Layer, Scale, Variable
from annotator.model.history import History
from annotator.tasks.founding import desk_of

if TYPE_CHECKING:
    from annotator.model.acts import Desk
    from annotator.model.codebook import Codebook
    from annotator.model.edit import Edit
    from annotator.store.project import Project

CODEBOOK_KINDS = frozenset({Layer, Code, Attribute, Variable, Scale, CodebookVersion})


class Session(QObject):
    """A project, its coder and its history.

    Signals:
        changed(Edit): an edit was written; views that it touches read again.
        failed(AnnotatorError): something could not be done; nothing was written.
        history_changed(): what undo and redo would do is another act now.
        coder_changed(): somebody else codes.
    """

    changed = Signal(object)
    failed = Signal(object)
    history_changed = Signal()
    coder_changed = Signal()

    def __init__(self, project: Project, coder: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.project = project
        self.history = History()
        self.saved_at: datetime | None = None
        self._codebook: Codebook | None = None
        self._version: CodebookVersion | None = None
        self._numbers: dict[str, int] | None = None
        self._coders: dict[str, Coder] | None = None
        self.desk: Desk
        self._sit_down(coder)

    def _sit_down(self, coder: str, round_name: str = "") -> None:
        desk, edit = desk_of(self.project, coder, round_name)
        if edit is not None and not self.project.read_only:
            self.project.apply(edit)
        self.desk = desk
        self._coders = None

    def change_coder(self, coder: str, round_name: str = "") -> None:
        """Let somebody code (made if new), in a round; undo starts anew."""
        self._sit_down(coder, round_name)
        self.history.clear()
        self.history_changed.emit()
        self.coder_changed.emit()

    @property
    def codebook(self) -> Codebook:
        """The codebook now, read once until it changes."""
        if self._codebook is None:
            self._codebook = self.project.codebook
        return self._codebook

    @property
    def codebook_version(self) -> CodebookVersion | None:
        """The newest snapshot of the codebook, read once until it changes."""
        if self._version is None:
            self._version = self.project.codebook_version()
        return self._version

    @property
    def version_numbers(self) -> dict[str, int]:
        """Numbers of the codebook's snapshots by id, read once until one is added."""
        if self._numbers is None:
            found = self.project.codebook_versions.values()
            self._numbers = {version.id: version.number for version in found}
        return self._numbers

    @property
    def coders(self) -> dict[str, Coder]:
        """Coders by id, read once until they change."""
        if self._coders is None:
            self._coders = dict(self.project.coders)
        return self._coders

    @property
    def coder(self) -> Coder | None:
        """Who codes."""
        return self.coders.get(self.desk.coder_id)

    def do(self, edit: Edit) -> bool:
        """Write an edit, remember it for undo and tell everybody; say whether it was written."""
        if not self._apply(edit):
            return False
        self.history.did(edit)
        self._announce(edit)
        return True

    def undo(self) -> bool:
        """Take back the newest act; say whether it was."""
        act = self.history.undoable
        if act is None:
            return False
        if act.edit is not None:
            back = act.edit.inverted()
        else:
            back = self.project.undoing_batch(act.batch or "").edit
        if not self._apply(back):
            self.history.drop_undoable()
            self.history_changed.emit()
            return False
        self.history.undid(back)
        self._announce(back)
        return True

    def redo(self) -> bool:
        """Do the act last taken back again; say whether it was."""
        act = self.history.redoable
        if act is None or act.edit is None:
            return False
        if not self._apply(act.edit):
            self.history.drop_redoable()
            self.history_changed.emit()
            return False
        self.history.redid()
        self._announce(act.edit)
        return True

    def _apply(self, edit: Edit) -> bool:
        try:
            self.project.apply(edit)
        except AnnotatorError as error:
            self.failed.emit(error)
            return False
        return True

    def _announce(self, edit: Edit) -> None:
        self.saved_at = datetime.now().astimezone()
        if edit.kinds() & CODEBOOK_KINDS:
            self._codebook = self._version = self._numbers = None
        if Coder in edit.kinds():
            self._coders = None
        self.changed.emit(edit)
        self.history_changed.emit()
