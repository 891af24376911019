"""The strip under the text: what is current at the left, what the keys do now at the right.

A key means one thing at a time, and this prints it. What that is, is decided by the view; the
strip shows it, cuts the quote before the actions, and leaves out the least important action first.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from annotator.desktop.kit.buttons import KeyButton
from annotator.desktop.kit.dressing import Rule, Surface
from annotator.desktop.kit.labels import ElidedLabel, Words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from annotator.desktop.theme import Theme

HEIGHT, SIDE, MARK_WIDTH, LEAST_QUOTE = 44, 16, 24, 96
PaintMark = Callable[[QPainter, QRectF], None]


@dataclass(frozen=True, slots=True)
class Current:
    """What is current.

    Args:
        kind: "Suggestion", "Selection", "Annotation".
        number: "5 of 34", "11 words".
        quote: Its words in the article.
        name: Its name in the codebook, when it has no quote.
        detail: Speaker, score, coder.
        paint_mark: Paints the mark of its code into 24 x 16 px.
    """

    kind: str = ""
    number: str = ""
    quote: str = ""
    name: str = ""
    detail: str = ""
    paint_mark: PaintMark | None = None


@dataclass(frozen=True, slots=True)
class StripAction:
    """What a key does now.

    Args:
        id: Told by the signal.
        text: "Accept".
        key: As in Qt's portable text; several keys are parted by spaces.
        priority: The lowest is left out first when it gets narrow.
        begins_group: Whether a hairline stands before it.
        is_enabled: Whether it can be done.
    """

    id: str
    text: str
    key: str = ""
    priority: int = 0
    begins_group: bool = False
    is_enabled: bool = True


class MarkBox(QWidget):
    """Room for the mark of a code.

    Args:
        parent: The strip.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._paint_mark: PaintMark | None = None
        self.setFixedSize(MARK_WIDTH, 16)
        self.hide()

    def set_mark(self, paint_mark: PaintMark | None) -> None:
        """Show a mark, or nothing."""
        self._paint_mark = paint_mark
        self.setVisible(paint_mark is not None)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the mark."""
        if self._paint_mark is not None:
            with QPainter(self) as painter:
                self._paint_mark(painter, QRectF(self.rect()))


class ActionStrip(Surface):
    """The strip.

    Signals:
        action_chosen(str): an action was clicked, by id.

    Args:
        theme: Its colours.
        parent: The view.
    """

    action_chosen = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "base", parent)
        self.setFixedHeight(HEIGHT + 1)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("What the keys do")
        self._current = Current()
        self._offered: tuple[StripAction, ...] = ()
        self._buttons: list[KeyButton] = []
        self._rules: list[Rule] = []
        self._kind = Words("", 11, 600, "muted")
        self._number = Words("", 11, 400, "muted", has_tabular_figures=True)
        self._mark = MarkBox()
        self._name = ElidedLabel("", 13, 500)
        self._quote = ElidedLabel("", 13, 400, is_serif=True)
        self._detail = ElidedLabel("", 11, 400, "muted")
        self._row = QHBoxLayout(self)
        self._row.setSizeConstraint(QHBoxLayout.SizeConstraint.SetNoConstraint)
        self._row.setContentsMargins(SIDE, 1, SIDE // 2, 0)
        self._row.setSpacing(8)
        for widget in (self._kind, self._number, self._mark, self._name, self._quote, self._detail):
            self._row.addWidget(widget)
        self._row.addStretch(1)
        self._keys = QHBoxLayout()
        self._keys.setSpacing(0)
        self._row.addLayout(self._keys)
        self.set_current(Current())

    @property
    def current(self) -> Current:
        """What it shows as current."""
        return self._current

    @property
    def shown(self) -> list[str]:
        """Ids of the actions that are shown."""
        pairs = zip(self._offered, self._buttons, strict=False)
        return [action.id for action, button in pairs if not button.isHidden()]

    def set_current(self, current: Current) -> None:
        """Show something else as current."""
        self._current = current
        pairs = (
            (self._kind, current.kind), (self._number, current.number),
            (self._name, current.name), (self._detail, current.detail),
            (self._quote, f"“{current.quote}”" if current.quote else ""),
        )  # fmt: skip
        for label, words in pairs:
            label.set_text(words)
            label.setVisible(bool(words))
        self._mark.set_mark(current.paint_mark)
        said = (current.kind, current.number, current.name, current.quote, current.detail)
        self.setAccessibleDescription(", ".join(part for part in said if part))
        self._arrange()

    def set_actions(self, actions: Sequence[StripAction]) -> None:
        """Show other actions."""
        if tuple(actions) == self._offered:
            return
        self._offered = tuple(actions)
        while len(self._buttons) < len(actions):
            self._add_button()
        for number, button in enumerate(self._buttons):
            is_used = number < len(actions)
            button.setVisible(is_used)
            self._rules[number].setVisible(is_used and actions[number].begins_group)
            if is_used:
                button.set_text(actions[number].text, actions[number].key)
                button.setEnabled(actions[number].is_enabled)
        self._arrange()

    def _add_button(self) -> None:
        rule = Rule(self.theme, self, is_upright=True)
        rule.setFixedHeight(16)
        button = KeyButton(self.theme, "", "", self)
        # A click acts on what is current in the text; the focus stays there.
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(self._choose)
        self._keys.addWidget(rule)
        self._keys.addWidget(button)
        self._rules.append(rule)
        self._buttons.append(button)

    def _choose(self) -> None:
        number = self._buttons.index(self.sender())  # type: ignore[arg-type]  # one of ours
        self.action_chosen.emit(self._offered[number].id)

    def set_theme(self, theme: Theme) -> None:
        """Show other colours."""
        super().set_theme(theme)
        for button, rule in zip(self._buttons, self._rules, strict=True):
            button.set_theme(theme)
            rule.set_theme(theme)

    def sizeHint(self) -> QSize:
        """Return a comfortable size."""
        return QSize(640, HEIGHT + 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as many actions as there is room for."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        """Leave out the least important actions until the rest leaves room for what is current."""
        room = self.width() - SIDE - SIDE // 2 - self._least_left()
        widths = [b.sizeHint().width() for b in self._buttons[: len(self._offered)]]
        kept = set(range(len(self._offered)))
        for number in sorted(kept, key=lambda n: (self._offered[n].priority, -n)):
            if sum(widths[n] + 1 for n in kept) <= room:
                break
            kept.discard(number)
        for number, action in enumerate(self._offered):
            self._buttons[number].setVisible(number in kept)
            self._rules[number].setVisible(number in kept and action.begins_group)
        detail = self._detail.sizeHint().width() + 8
        spare = room - sum(widths[n] + 1 for n in kept)
        has_words = not (self._quote.isHidden() and self._name.isHidden())
        self._detail.setVisible(bool(self._current.detail) and (detail <= spare or not has_words))
        self._detail.setMinimumWidth(detail - 8 if has_words else 0)

    def _least_left(self) -> int:
        """Return the width that what is current needs at least, its detail left out."""
        fixed = (self._kind, self._number, self._mark)
        needed = sum(w.sizeHint().width() + 8 for w in fixed if not w.isHidden())
        words = [w.sizeHint().width() for w in (self._name, self._quote) if not w.isHidden()]
        return needed + (min(sum(words), LEAST_QUOTE) + 8 if words else 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ground and the rule over it."""
        super().paintEvent(event)
        with QPainter(self) as painter:
            painter.fillRect(0, 0, self.width(), 1, self.theme.colour("rule"))
