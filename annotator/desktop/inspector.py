"""The inspector: every annotation at the caret, and what can be done with the first of them.

The first is the one the keys mean: the one in brackets, else the shortest. A click on another one
makes it the first. It shows; whoever hears its signals acts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from annotator.desktop.code_mark import MarkLabel
from annotator.desktop.inspector_data import quoted
from annotator.desktop.kit.buttons import KeyButton, paint_ring
from annotator.desktop.kit.dressing import Surface
from annotator.desktop.kit.labels import ElidedLabel, Sentence, SerifText, Words
from annotator.desktop.plain_scroll import PlainScroll, add_shown, clear

if TYPE_CHECKING:
    from collections.abc import Sequence

    from annotator.desktop.inspector_data import CaretItem, Fact
    from annotator.desktop.theme import Theme

SIDE, NAME_WIDTH = 16, 64
MOST_LINES, MOST_ITEMS = 5, 12
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
OWN_BUTTONS = (("describe", "Attributes, note", "E"), ("delete", "Delete", "Del"))
SUGGESTION_BUTTONS = (("accept", "Accept", "Return"), ("reject", "Reject", "Del"))


class ItemCard(QWidget):
    """One annotation.

    Signals:
        chosen(str): it was clicked, by id.
        asked(str, str): one of its buttons was pressed: what, and the annotation's id.

    Args:
        theme: Its colours.
        item: The annotation.
        parent: The inspector.
        is_first: Whether the keys mean it.
        is_read_only: Whether nothing can be changed.
    """

    chosen = Signal(str)
    asked = Signal(str, str)

    def __init__(
        self,
        theme: Theme,
        item: CaretItem,
        parent: QWidget | None = None,
        *,
        is_first: bool = True,
        is_read_only: bool = False,
    ) -> None:
        super().__init__(parent)
        self._theme, self.item = theme, item
        self._buttons: dict[KeyButton, str] = {}
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus if is_first else Qt.FocusPolicy.TabFocus)
        if not is_first:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._is_first = is_first
        said = ", ".join(f"{fact.name} {fact.words}" for fact in item.facts)
        self.setAccessibleName(", ".join(part for part in (item.path, item.state) if part))
        self.setAccessibleDescription(f"{quoted(item.words)}. {said}")
        column = QVBoxLayout(self)
        column.setContentsMargins(SIDE, 4, SIDE, 6)
        column.setSpacing(4)
        column.addLayout(self._head())
        column.addWidget(SerifText(quoted(item.words), 13, 19, most_lines=MOST_LINES))
        for fact in item.facts:
            column.addLayout(_fact_row(fact))
        if is_first and not is_read_only and (item.is_own or item.is_suggestion):
            column.addLayout(self._actions())

    def _head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(MarkLabel(self._theme, self.item.style))
        row.addWidget(ElidedLabel(self.item.name, 13, 600), 1)
        if self.item.state:
            role = "warn" if self.item.is_stale else "muted"
            row.addWidget(Words(self.item.state, 11, 400, role))
        return row

    def _actions(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(0, 2, 0, 0)
        row.setSpacing(0)
        # the words of the buttons align with the text above them
        row.addSpacing(-8)
        offered = SUGGESTION_BUTTONS if self.item.is_suggestion else OWN_BUTTONS
        for what, words, key in offered:
            button = KeyButton(self._theme, words, key, self)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(self._ask)
            self._buttons[button] = what
            row.addWidget(button)
        row.addStretch(1)
        return row

    def _ask(self) -> None:
        self.asked.emit(self._buttons[self.sender()], self.item.id)  # type: ignore[index]  # ours

    def set_theme(self, theme: Theme) -> None:
        """Show other colours."""
        self._theme = theme
        for mark in self.findChildren(MarkLabel):
            mark.set_theme(theme)
        for button in self._buttons:
            button.set_theme(theme)
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Become the one that the keys mean."""
        is_here = self.rect().contains(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and is_here:
            self.chosen.emit(self.item.id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Become the one that the keys mean, by Enter or Space."""
        if event.key() in ENTER and not self._is_first:
            self.chosen.emit(self.item.id)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Show the focus and the pointer."""
        if self._is_first:
            return
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            place = QRectF(self.rect()).adjusted(8, 0, -8, 0)
            if self.underMouse():
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(self._theme.colour("hover"))
                painter.drawRoundedRect(place, 6, 6)
            if self.hasFocus():
                paint_ring(painter, self._theme, place)


def _fact_row(fact: Fact) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(6)
    name = Sentence(fact.name, 12, "muted")
    name.setFixedWidth(NAME_WIDTH)
    words: QWidget
    if fact.is_theirs:
        words = SerifText(fact.words, 13, 17, most_lines=2)
    else:
        words = Sentence(fact.words, 12)
    words.setMinimumWidth(0)
    row.addWidget(name, 0, Qt.AlignmentFlag.AlignTop)
    row.addWidget(words, 1, Qt.AlignmentFlag.AlignTop)
    return row


class Inspector(Surface):
    """What stands at the caret.

    Signals:
        describe_asked(str): attributes and note of an annotation, by id, shall be filled in.
        delete_asked(str): an annotation shall be deleted.
        accept_asked(str): a suggestion shall be accepted.
        reject_asked(str): a suggestion shall be rejected.
        item_chosen(str): an annotation shall be the one in brackets.

    Args:
        theme: Its colours.
        parent: The right column.
    """

    describe_asked = Signal(str)
    delete_asked = Signal(str)
    accept_asked = Signal(str)
    reject_asked = Signal(str)
    item_chosen = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "chrome", parent)
        self.setAccessibleName("At the caret")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        self._items: tuple[CaretItem, ...] = ()
        self._is_read_only = False
        self._cards: list[ItemCard] = []
        self._count = Words("", 11, 400, "muted", has_tabular_figures=True)
        head = QHBoxLayout()
        head.setContentsMargins(SIDE, 12, SIDE, 4)
        head.addWidget(Words("At the caret", 12, 600), 1)
        head.addWidget(self._count)
        inside = QWidget()
        self._lines = QVBoxLayout(inside)
        self._lines.setContentsMargins(0, 0, 0, 8)
        self._lines.setSpacing(4)
        self._area = PlainScroll(inside, "Annotations at the caret")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self._area, 1)
        self._rebuild()

    @property
    def items(self) -> tuple[CaretItem, ...]:
        """What it shows."""
        return self._items

    def show_items(self, items: Sequence[CaretItem], *, is_read_only: bool = False) -> None:
        """Show annotations, the one that the keys mean first.

        Args:
            items: As from `inspector_data.caret_items`.
            is_read_only: Whether nothing can be changed.
        """
        is_same = tuple(items) == self._items and is_read_only == self._is_read_only
        if is_same and [i.look for i in items] == [i.look for i in self._items]:
            return
        self._items, self._is_read_only = tuple(items), is_read_only
        self._rebuild()

    def _rebuild(self) -> None:
        clear(self._lines)
        self._cards = []
        self._count.set_text(str(len(self._items)) if self._items else "")
        for number, item in enumerate(self._items[:MOST_ITEMS]):
            card = ItemCard(
                self.theme, item, self, is_first=number == 0, is_read_only=self._is_read_only
            )
            card.chosen.connect(self.item_chosen)
            card.asked.connect(self._ask)
            self._cards.append(card)
            add_shown(self._lines, card)
        rest = len(self._items) - MOST_ITEMS
        if rest > 0:
            self._say(f"and {rest} more: Ctrl+L lists all annotations of the article.")
        elif not self._items:
            self._say("Nothing is tagged or suggested here.")
        self._lines.addStretch(1)
        self._area.verticalScrollBar().setValue(0)

    def _say(self, sentence: str) -> None:
        words = Sentence(sentence, 12, "muted")
        words.setContentsMargins(SIDE, 0, SIDE, 0)
        add_shown(self._lines, words)

    def _ask(self, what: str, annotation_id: str) -> None:
        getattr(self, f"{what}_asked").emit(annotation_id)

    def set_theme(self, theme: Theme) -> None:
        """Show other colours."""
        super().set_theme(theme)
        for card in self._cards:
            card.set_theme(theme)
