"""Errors of the world and of files: what happened, where, and what to do about it.

An `AnnotatorError` is something a person can act on (a file is unreadable, a project is locked).
It is caught at the edge (command line, window) and shown as one sentence. Bugs are every other
exception; nothing in the middle catches those.
"""

from __future__ import annotations


class AnnotatorError(Exception):
    """A problem a person can understand and mend.

    Args:
        message: One sentence saying what happened.
        hint: One sentence saying what to do.
        where: The file, row or field concerned.
    """

    def __init__(self, message: str, *, hint: str = "", where: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.where = where

    def __str__(self) -> str:
        """Return the sentence as shown to a person: where, what, what to do."""
        place = f"{self.where}: " if self.where else ""
        hint = f" {self.hint}" if self.hint else ""
        return f"{place}{self.message}{hint}"


class BadInput(AnnotatorError):
    """A file, a row or an argument cannot be used as it is."""


class BadCodebook(AnnotatorError):
    """A codebook contradicts itself or cannot be read."""


class BadSpan(AnnotatorError):
    """Fragments do not fit the text, are empty, out of order or overlap."""


class StaleEdit(AnnotatorError):
    """A row is no longer as the edit found it; nothing was written."""


class ProjectError(AnnotatorError):
    """A project file cannot be used."""


class LockedProject(ProjectError):
    """Another process is writing to the project."""


class NewerProject(ProjectError):
    """The project was written by a newer version of the program."""


class DamagedProject(ProjectError):
    """The file is no database, or its contents contradict themselves."""


class LossRefused(AnnotatorError):
    """An export would lose something and strictness was asked for."""
