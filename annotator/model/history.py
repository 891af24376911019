"""Undo and redo as a list of acts: what was done, what was taken back.

Pure bookkeeping: it says which edit to apply next, and is told what was applied. A bulk act is
remembered by its batch alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from annotator.model.edit import Edit


@dataclass(frozen=True, slots=True)
class Act:
    """One thing that can be taken back: an edit, or a batch by its identifier."""

    label: str
    edit: Edit | None = None
    batch: str | None = None


class History:
    """Acts that can be undone and redone, newest last."""

    def __init__(self) -> None:
        self._done: list[Act] = []
        self._undone: list[Act] = []

    def did(self, edit: Edit) -> None:
        """Remember an edit that was applied; what was taken back before can not be redone."""
        self._undone.clear()
        if edit.batch is None:
            self._done.append(Act(edit.label, edit))
        elif not self._done or self._done[-1].batch != edit.batch:
            self._done.append(Act(edit.label, None, edit.batch))

    @property
    def undoable(self) -> Act | None:
        """The act that undo would take back."""
        return self._done[-1] if self._done else None

    @property
    def redoable(self) -> Act | None:
        """The act that redo would do again."""
        return self._undone[-1] if self._undone else None

    def undid(self, taken_back: Edit) -> None:
        """Remember that the newest act was taken back by this edit."""
        act = self._done.pop()
        self._undone.append(Act(act.label, taken_back.inverted()))

    def redid(self) -> None:
        """Remember that the act last taken back was done again."""
        self._done.append(self._undone.pop())

    def drop_undoable(self) -> None:
        """Forget the newest act: its rows have changed since."""
        self._done.pop()

    def drop_redoable(self) -> None:
        """Forget the act last taken back: its rows have changed since."""
        self._undone.pop()

    def clear(self) -> None:
        """Forget everything."""
        self._done.clear()
        self._undone.clear()
