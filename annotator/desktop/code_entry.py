"""A code's entry in the codebook: a card in the panel, and the whole of it in a sheet.

The card says what decides at a glance: what the code means, when to use it and when not. The sheet
adds examples, near misses, the rule for ties, attributes and where it comes from.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from annotator.desktop.code_mark import MarkLabel, mark_style
from annotator.desktop.kit.buttons import KeyButton, PrimaryButton
from annotator.desktop.kit.dressing import dress
from annotator.desktop.kit.fields import GlyphButton
from annotator.desktop.kit.labels import ElidedLabel, SectionTitle, Sentence, SerifText, Words
from annotator.desktop.kit.sheet import Sheet
from annotator.desktop.plain_scroll import PlainScroll, add_shown, clear

if TYPE_CHECKING:
    from collections.abc import Sequence

    from annotator.desktop.theme import Theme
    from annotator.model.codebook import Attribute, Code

SIDE = 16
SHEET_SIZE = QSize(560, 640)


class CodeCard(QWidget):
    """The entry in short, below the list of codes.

    Signals:
        entry_wanted(): the whole entry was asked for.
        closed(): the card was closed.

    Args:
        theme: Its colours.
        parent: The panel.
    """

    entry_wanted = Signal()
    closed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._code: Code | None = None
        self._name = ElidedLabel("", 12, 600)
        self._full = KeyButton(theme, "Full entry", "?", self, px=11, role="muted")
        self._close = GlyphButton(theme, "×", "Close the definition", self)
        for button in (self._full, self._close):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        head = QHBoxLayout()
        head.setContentsMargins(SIDE, 4, 8, 0)
        head.setSpacing(2)
        head.addWidget(self._name, 1)
        head.addWidget(self._full)
        head.addWidget(self._close)
        inside = QWidget()
        self._lines = QVBoxLayout(inside)
        self._lines.setContentsMargins(SIDE, 2, SIDE, 12)
        self._lines.setSpacing(2)
        self._area = PlainScroll(inside, "Definition")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self._area, 1)
        self._full.clicked.connect(self.entry_wanted)
        self._close.clicked.connect(self.closed)

    @property
    def code(self) -> Code | None:
        """The code whose entry it shows."""
        return self._code

    def show_code(self, code: Code | None) -> None:
        """Show the entry of a code, or nothing."""
        self.setVisible(code is not None)
        if code is None or code == self._code:
            self._code = code
            return
        self._code = code
        self._name.set_text(code.name)
        clear(self._lines)
        add_shown(self._lines, Sentence(code.definition or "No definition yet.", 12))
        self._add("Code when", code.include)
        self._add("Not when", code.exclude)
        self._add("If in doubt", (code.decision_rule,) if code.decision_rule else ())
        self._lines.addStretch(1)
        self._area.verticalScrollBar().setValue(0)
        self.updateGeometry()

    def _add(self, title: str, sentences: Sequence[str]) -> None:
        if sentences:
            self._lines.addSpacing(6)
            add_shown(self._lines, SectionTitle(title, 11))
            for sentence in sentences:
                add_shown(self._lines, Sentence(sentence, 12))

    def height_for(self, width: int) -> int:
        """Return how high it is when nothing is scrolled."""
        return self._area.height_for(width) + self._full.sizeHint().height() + 8

    def set_theme(self, theme: Theme) -> None:
        """Show other colours."""
        dress(self, theme)


class CodeEntry(Sheet):
    """The whole entry.

    Args:
        theme: Its colours.
        code: The code.
        codebook_name: The codebook it stands in.
        attributes: What is asked for the code.
        parent: The window.
        path: The code's name with those above it.
    """

    def __init__(
        self,
        theme: Theme,
        code: Code,
        codebook_name: str,
        attributes: Sequence[Attribute] = (),
        parent: QWidget | None = None,
        *,
        path: str = "",
    ) -> None:
        super().__init__(theme, code.name, "code-entry", SHEET_SIZE, parent, detail=codebook_name)
        inside = QWidget()
        self._lines = QVBoxLayout(inside)
        self._lines.setContentsMargins(0, 0, 8, 0)
        self._lines.setSpacing(4)
        self._show_head(code, path)
        add_shown(self._lines, Sentence(code.definition or "No definition yet.", 13))
        self._add("Code when", code.include)
        self._add("Not when", code.exclude)
        self._add_passages("Examples", code.examples)
        self._add_passages("Near misses", code.near_misses)
        self._add("If in doubt", _one(code.decision_rule))
        self._add("Asked for it", [asked(attribute) for attribute in attributes])
        self._add("In the text", _one(_habits(code)))
        self._add("Source", _one(code.citation))
        self._lines.addStretch(1)
        self.body.addWidget(PlainScroll(inside, "Codebook entry"))
        close = PrimaryButton("Close")
        close.clicked.connect(self.accept)
        self.add_button(close)

    def _show_head(self, code: Code, path: str) -> None:
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(MarkLabel(self.theme, mark_style(code)))
        row.addWidget(ElidedLabel(path or code.name, 13, 600), 1)
        row.addWidget(Words(f"in the margin: {code.label}", 11, 400, "muted"))
        self._lines.addLayout(row)
        self._lines.addSpacing(8)

    def _add(self, title: str, sentences: Sequence[str]) -> None:
        if sentences:
            self._lines.addSpacing(10)
            add_shown(self._lines, SectionTitle(title, 11))
            for sentence in sentences:
                add_shown(self._lines, Sentence(sentence, 13))

    def _add_passages(self, title: str, passages: Sequence[str]) -> None:
        if passages:
            self._lines.addSpacing(10)
            add_shown(self._lines, SectionTitle(title, 11))
            for passage in passages:
                add_shown(self._lines, SerifText(passage, 14, 20))


def _one(sentence: str) -> tuple[str, ...]:
    return (sentence,) if sentence else ()


def asked(attribute: Attribute) -> str:
    """Return what is asked about a code in one line."""
    values = ", ".join(value.label for value in attribute.values)
    must = " (required)" if attribute.required else ""
    said = f": {values}" if values else ""
    about = f". {attribute.description}" if attribute.description else ""
    return f"{attribute.name}{must}{said}{about}"


def _habits(code: Code) -> str:
    """Return how selections are widened and what may overlap."""
    said = (
        "A selection is taken as it is."
        if code.snap == "none"
        else (f"A selection is widened to the {code.snap}.")
    )
    return said if code.may_overlap else f"{said} It may not overlap itself."
