"""The dialog on an unexpected exception: work is stored, here are the details, go on or close.

It promises nothing it does not know: every act is written when it is done, so that what was coded
is in the file whatever happens to the window. Catching is the subject of `bug_guard`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit

from annotator.desktop.bug_guard import install_bug_guard, log_path
from annotator.desktop.fonts import sans
from annotator.desktop.kit.buttons import PlainButton, PrimaryButton
from annotator.desktop.kit.labels import Sentence
from annotator.desktop.kit.sheet import Sheet
from annotator.desktop.recent import shown_folder

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from annotator.desktop.theme import Theme

__all__ = ["BugDialog", "install_bug_guard"]

CALMING = (
    "This is a mistake in the program, not yours. Everything you coded up to now is stored in the "
    "project file. You can go on; if it happens again, close the program and open it anew."
)
ASKING = (
    "The details help to mend it. They name the place in the program and the kind of computer; "
    "read them before you pass them on, as a message in them may quote your material."
)


class BugDialog(Sheet):
    """The dialog.

    Signals:
        close_requested(): the program shall be closed.

    Args:
        theme: Its colours.
        report: The details.
        parent: The window.
    """

    close_requested = Signal()

    def __init__(self, theme: Theme, report: str, parent: QWidget | None = None) -> None:
        super().__init__(theme, "Something went wrong", "bug", QSize(640, 480), parent)
        self._details = QPlainTextEdit(report)
        self._details.setReadOnly(True)
        self._details.setFont(sans(11))
        self._details.setTabChangesFocus(True)
        self._details.setAccessibleName("Details")
        self.body.addWidget(Sentence(CALMING, 13))
        self.body.addWidget(Sentence(ASKING, 12, "muted"))
        self.body.addWidget(self._details, 1)
        kept = log_path()
        self.set_note(f"Also kept in {shown_folder(kept.parent)}, {kept.name}.")
        copy = self.add_button(PlainButton("Copy details"))
        leave = self.add_button(PlainButton("Close program"))
        stay = self.add_button(PrimaryButton("Continue"))
        copy.clicked.connect(self.copy_details)
        leave.clicked.connect(self._leave)
        stay.clicked.connect(self.accept)
        stay.setFocus()

    @property
    def details(self) -> str:
        """What can be copied."""
        return self._details.toPlainText()

    def add_report(self, report: str) -> None:
        """Add another bug to the details, instead of opening another dialog."""
        self._details.appendPlainText(f"\n{report}")

    def copy_details(self) -> None:
        """Put the details on the clipboard."""
        QGuiApplication.clipboard().setText(self.details)
        self.set_note("The details are on the clipboard.")

    def _leave(self) -> None:
        self.accept()
        self.close_requested.emit()
