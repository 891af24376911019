"""What a region says when it has nothing to show: what is missing, and the ways on.

One sentence on what is missing, one on the ways on, at most two actions with their keys. No
picture and no exclamation mark.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from annotator.desktop.kit.buttons import KeyButton
from annotator.desktop.kit.dressing import Surface
from annotator.desktop.kit.labels import Sentence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from annotator.desktop.theme import Theme

WIDTH = 400


@dataclass(frozen=True, slots=True)
class WayOn:
    """An action that ends the emptiness.

    Args:
        id: Told by the signal.
        text: "Import…".
        key: "Ctrl+I".
    """

    id: str
    text: str
    key: str = ""


class EmptyState(Surface):
    """A region without contents.

    Signals:
        chosen(str): one of the ways on, by id.

    Args:
        theme: Its colours.
        missing: What is missing: "No articles in this story yet".
        hint: On the ways on: "Drop files here, or drag articles from the list."
        ways: At most two.
        parent: The region.
        ground: Colour role of the ground.
    """

    chosen = Signal(str)

    def __init__(
        self,
        theme: Theme,
        missing: str,
        hint: str = "",
        ways: Sequence[WayOn] = (),
        parent: QWidget | None = None,
        *,
        ground: str = "base",
    ) -> None:
        super().__init__(theme, ground, parent)
        self._buttons: dict[KeyButton, str] = {}
        self._missing = Sentence("", 14, weight=600)
        self._hint = Sentence("", 12, "muted")
        self._row = QHBoxLayout()
        self._row.setSpacing(4)
        middle = QWidget(self)
        middle.setMaximumWidth(WIDTH)
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for words in (self._missing, self._hint):
            words.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter)
            column.addWidget(words)
        column.addSpacing(8)
        column.addLayout(self._row)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(16, 16, 16, 16)
        whole.addStretch(1)
        line = QHBoxLayout()
        line.addStretch(1)
        line.addWidget(middle, 100)
        line.addStretch(1)
        whole.addLayout(line)
        whole.addStretch(1)
        self.say(missing, hint, ways)

    def say(self, missing: str, hint: str = "", ways: Sequence[WayOn] = ()) -> None:
        """Say something else."""
        self.setAccessibleName(missing)
        self._missing.set_text(missing)
        self._hint.set_text(hint)
        self._hint.setVisible(bool(hint))
        while (item := self._row.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._buttons.clear()
        self._row.addStretch(1)
        for way in ways:
            button = KeyButton(self.theme, way.text, way.key, self)
            button.clicked.connect(self._choose)
            self._buttons[button] = way.id
            self._row.addWidget(button)
        self._row.addStretch(1)

    def set_theme(self, theme: Theme) -> None:
        """Show other colours."""
        super().set_theme(theme)
        for button in self._buttons:
            button.set_theme(theme)

    def _choose(self) -> None:
        self.chosen.emit(self._buttons[self.sender()])  # type: ignore[index]  # one of ours
