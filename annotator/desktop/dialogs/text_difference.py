"""The difference of two texts, shown inside the new one: what went is struck, what came underlined.

Differences are shown by strike, underline and weight, never by colour alone. Paragraphs without
any are left out, with three dots in their place.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtGui import QTextBlockFormat, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit, QWidget

from annotator.desktop.fonts import serif
from annotator.model.align import matching_blocks

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from annotator.desktop.theme import Theme

SAME, GONE, NEW = "same", "gone", "new"
PITCH = 24
FIXED = QTextBlockFormat.LineHeightTypes.FixedHeight.value


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of the difference."""

    kind: str
    text: str


def difference(old: str, new: str) -> list[Run]:
    """Return the new text with what went from the old one, in order.

    >>> [(run.kind, run.text) for run in difference("the old boat", "the new boat")]
    [('same', 'the '), ('gone', 'old'), ('new', 'new'), ('same', ' boat')]
    """
    runs: list[Run] = []
    at_old = at_new = 0
    for start, there, length in (*matching_blocks(old, new), (len(old), len(new), 0)):
        runs.append(Run(GONE, old[at_old:start]))
        runs.append(Run(NEW, new[at_new:there]))
        runs.append(Run(SAME, new[there : there + length]))
        at_old, at_new = start + length, there + length
    return [run for run in runs if run.text]


def paragraphs_of(runs: Sequence[Run]) -> Iterator[list[Run]]:
    """Yield the runs of each paragraph; line ends part them."""
    line: list[Run] = []
    for run in runs:
        pieces = run.text.split("\n")
        for number, piece in enumerate(pieces):
            if number:
                yield line
                line = []
            if piece:
                line.append(Run(run.kind, piece))
    yield line


class TextDifference(QTextEdit):
    """Shows a difference.

    Args:
        theme: Its colours.
        parent: Its parent.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._texts = ("", "")
        self.setReadOnly(True)
        self.setObjectName("field")
        self.setAccessibleName("What changes in the text")
        self.setTabChangesFocus(True)

    def set_theme(self, theme: Theme) -> None:
        """Show other colours."""
        self._theme = theme
        self.show_difference(*self._texts)

    def show_difference(self, old: str, new: str) -> None:
        """Show what went from one text to the other."""
        self._texts = (old, new)
        document = self.document()
        document.clear()
        cursor = QTextCursor(document)
        cursor.beginEditBlock()
        is_first, was_left_out = True, False
        for runs in paragraphs_of(difference(old, new)) if old != new else ():
            if all(run.kind == SAME for run in runs):
                was_left_out = was_left_out or bool(runs)
                continue
            if was_left_out:
                self._add(cursor, [Run(SAME, "⋯")], is_first=is_first)
                is_first = False
            self._add(cursor, runs, is_first=is_first)
            is_first, was_left_out = False, False
        if was_left_out and not is_first:
            self._add(cursor, [Run(SAME, "⋯")], is_first=False)
        cursor.endEditBlock()
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def _add(self, cursor: QTextCursor, runs: Sequence[Run], *, is_first: bool) -> None:
        block = QTextBlockFormat()
        block.setLineHeight(PITCH, FIXED)
        block.setBottomMargin(8)
        if is_first:
            cursor.setBlockFormat(block)
        else:
            cursor.insertBlock(block)
        for run in runs:
            cursor.insertText(run.text, self._format(run.kind))

    def _format(self, kind: str) -> QTextCharFormat:
        look = QTextCharFormat()
        look.setFont(serif(14, 700 if kind == NEW else 400))
        look.setForeground(self._theme.colour("muted" if kind == GONE else "text"))
        look.setFontStrikeOut(kind == GONE)
        look.setFontUnderline(kind == NEW)
        return look
