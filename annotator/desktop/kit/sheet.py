"""The sheet that every dialog is: title, body, and a row of buttons.

It opens beside the window's event loop (`open()`, never `exec()`), can be resized and remembers
its size; `Esc` closes it. What it is for is the subject of whoever derives from it.
"""

from __future__ import annotations

import contextlib
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from annotator import settings as choices
from annotator.desktop.kit.dressing import Rule, Surface, dress
from annotator.desktop.kit.labels import ElidedLabel, SectionTitle, Sentence
from annotator.errors import AnnotatorError

if TYPE_CHECKING:
    from PySide6.QtGui import QShowEvent

    from annotator.desktop.theme import Theme

SIDE = 24
B = TypeVar("B", bound=QPushButton)


class Sheet(QDialog):
    """A dialog.

    The body's layout is `body`; buttons come by `add_button`, from left to right.

    Args:
        theme: Its colours.
        title: What it is for, in one or two words.
        name: Under which its size is remembered.
        size: Its size before anybody changed it.
        parent: The window it lies over.
        detail: What it concerns, beside the title.
    """

    def __init__(
        self,
        theme: Theme,
        title: str,
        name: str,
        size: QSize,
        parent: QWidget | None = None,
        *,
        detail: str = "",
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        self._sheet_name = name
        self.setObjectName("sheet")
        self.setWindowTitle(title)
        self.setSizeGripEnabled(False)
        self._sheet_title = SectionTitle(title)
        self._sheet_detail = ElidedLabel(detail, 12, 400, "muted")
        self._sheet_note = Sentence("", 12, "muted")
        self._sheet_ground = Surface(theme, "base", self)
        self.body = QVBoxLayout()
        self._sheet_buttons = QHBoxLayout()
        self._build()
        kept = remembered_size(name)
        self.resize(size if kept.isEmpty() else kept)

    def _build(self) -> None:
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._sheet_ground)
        column = QVBoxLayout(self._sheet_ground)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(SIDE, 16, SIDE, 16)
        head.setSpacing(10)
        head.addWidget(self._sheet_title)
        head.addWidget(self._sheet_detail, 1)
        column.addLayout(head)
        column.addWidget(Rule(self.theme))
        self.body.setContentsMargins(SIDE, 16, SIDE, 16)
        self.body.setSpacing(12)
        column.addLayout(self.body, 1)
        column.addWidget(Rule(self.theme))
        foot = QHBoxLayout()
        foot.setContentsMargins(SIDE, 14, SIDE, 14)
        foot.setSpacing(16)
        foot.addWidget(self._sheet_note, 1)
        self._sheet_buttons.setSpacing(8)
        foot.addLayout(self._sheet_buttons)
        column.addLayout(foot)

    def add_button(self, button: B) -> B:
        """Add a button at the right end of the foot; return it."""
        self._sheet_buttons.addWidget(button)
        return button

    def set_title(self, title: str, detail: str = "") -> None:
        """Say something else at the top."""
        self.setWindowTitle(title)
        self._sheet_title.set_text(title)
        self._sheet_detail.set_text(detail)

    def set_note(self, sentence: str, role: str = "muted") -> None:
        """Say a sentence beside the buttons: what pressing will do, or what is wrong."""
        self._sheet_note.set_role(role)
        self._sheet_note.set_text(sentence)

    @property
    def note(self) -> str:
        """The sentence beside the buttons."""
        return self._sheet_note.text()

    def set_theme(self, theme: Theme) -> None:
        """Show other colours."""
        self.theme = theme
        dress(self, theme)

    def showEvent(self, event: QShowEvent) -> None:
        """Stay within the screen."""
        super().showEvent(event)
        screen = self.screen().availableGeometry().size()
        self.resize(self.size().boundedTo(screen))

    def done(self, result: int) -> None:
        """Close, and remember the size."""
        keep_size(self._sheet_name, self.size())
        super().done(result)


def remembered_size(name: str) -> QSize:
    """Return the last size of a window by name; empty when there is none."""
    stored = choices.load().window.get(name)
    match stored:
        case [int(width), int(height)]:
            return QSize(width, height)
    return QSize()


def keep_size(name: str, size: QSize) -> None:
    """Remember the size of a window, beside whatever else the settings hold now."""
    settings = choices.load()
    wanted = [size.width(), size.height()]
    if settings.window.get(name) == wanted:
        return
    # A size that cannot be kept is no reason to trouble anybody; settings say so when changed.
    with contextlib.suppress(AnnotatorError):
        choices.save(replace(settings, window={**settings.window, name: wanted}))
