"""One field for each type of attribute: what is shown, what is typed, what is stored.

Choices store the value's slug, yes-no stores true or false, numbers numbers, all others text. A
stored value that the codebook does not know any more stays until somebody chooses another one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QCompleter, QWidget

from annotator.desktop.dialogs.name_box import NameBox
from annotator.desktop.kit.fields import ChoiceBox, TextField
from annotator.desktop.kit.segments import TRACK_INSET, Segment, SegmentButton, Segments

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from annotator.desktop.theme import Theme
    from annotator.model.codebook import Attribute

MOST_LINES = 3
BETWEEN = 2
SPARE = 6  # what segments take beside their title and need not
NOTHING: tuple[Any, ...] = (None, "", [])
CLEARS = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)


def letters(titles: Sequence[str]) -> list[str]:
    """Return a letter for each title: its first one that is free, else a figure.

    >>> letters(["For", "Against", "Favourable", "Aaa"])
    ['F', 'A', 'V', '1']
    """
    taken: list[str] = []
    for title in titles:
        free = (c.upper() for c in title if c.isalpha() and c.isascii() and c.upper() not in taken)
        spare = (str(n) for n in range(1, 10) if str(n) not in taken)
        taken.append(next(free, next(spare, "")))
    return taken


def broken(widths: Sequence[int], room: int, gap: int = BETWEEN) -> list[list[int]]:
    """Return which things stand on which line when they are filled one after the other.

    >>> broken([40, 50, 30], 100, 0)
    [[0, 1], [2]]
    """
    lines: list[list[int]] = []
    used = room + 1
    for number, width in enumerate(widths):
        if not lines or used + gap + width > room:
            lines.append([])
            used = -gap
        lines[-1].append(number)
        used += gap + width
    return lines


def balanced(widths: Sequence[int], room: int, gap: int = BETWEEN) -> list[list[int]]:
    """Return as few lines as `broken` makes, but of widths as equal as the order allows.

    >>> balanced([40, 40, 40, 40], 130, 0)
    [[0, 1], [2, 3]]
    """
    best = broken(widths, room, gap)
    for narrower in range(room - 1, max(widths, default=0) - 1, -1):
        lines = broken(widths, narrower, gap)
        if len(lines) > len(best):
            break
        best = lines
    return best


class WrappedSegments(Segments):
    """Segments on as many lines as they need; what is chosen can be taken back.

    Signals:
        cleared(): Del was pressed, or the chosen segment was clicked again.

    Args:
        theme: Its colours.
        name: What is chosen; its accessible name.
        segments: The values.
        width: Its width.
        can_clear: Whether nothing may be chosen.
    """

    cleared = Signal()

    def __init__(
        self, theme: Theme, name: str, segments: Sequence[Segment], width: int, *, can_clear: bool
    ) -> None:
        super().__init__(theme, name, segments)
        self._can_clear = can_clear
        self._was_chosen: QObject | None = None
        self._own = self.findChildren(SegmentButton)
        row = self.layout()
        while row is not None and row.count():
            row.takeAt(0)
        self._lines = self._break(width)
        self.setFixedHeight(self.sizeHint().height())

    @property
    def line_count(self) -> int:
        """How many lines it takes."""
        return len(self._lines)

    def _break(self, width: int) -> list[list[int]]:
        return balanced([_least(button) for button in self._own], width - 2 * TRACK_INSET)

    def sizeHint(self) -> QSize:
        """Return the size of all lines."""
        height = max((b.sizeHint().height() for b in self._own), default=24)
        lines = max(1, len(self._lines))
        return QSize(120, lines * (height + BETWEEN) - BETWEEN + 2 * TRACK_INSET)

    def minimumSizeHint(self) -> QSize:
        """Return the same: nothing is cut."""
        return self.sizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fill every line."""
        super().resizeEvent(event)
        y = TRACK_INSET
        for line in self._lines:
            self._fill(line, y)
            y += self._own[line[0]].sizeHint().height() + BETWEEN

    def _fill(self, line: list[int], y: int) -> None:
        widths = [_least(self._own[n]) for n in line]
        room = self.width() - 2 * TRACK_INSET - BETWEEN * (len(line) - 1)
        spare, x = room - sum(widths), TRACK_INSET
        for place, number in enumerate(line):
            share = spare * (place + 1) // len(line) - spare * place // len(line)
            button = self._own[number]
            width = widths[place] + share
            button.setGeometry(QRect(x, y, width, button.sizeHint().height()))
            x += width + BETWEEN

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the choice back by Del, or by a click on what is chosen."""
        if self._can_clear and isinstance(watched, SegmentButton):
            kind = event.type()
            if kind == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
                if event.key() in CLEARS:
                    self._clear()
                    return True
            elif kind == QEvent.Type.MouseButtonPress:
                self._was_chosen = watched if watched.isChecked() else None
            elif kind == QEvent.Type.MouseButtonRelease and self._was_chosen is watched:
                self._was_chosen = None
                watched.setDown(False)
                self._clear()
                return True
        return super().eventFilter(watched, event)

    def _clear(self) -> None:
        self.set_value("")
        self.cleared.emit()


def _least(button: SegmentButton) -> int:
    """Return the width in which a segment still shows its whole title and its letter."""
    return button.sizeHint().width() - SPARE


class AttributeField(QObject):
    """What the popover knows of a field, whatever its type.

    Signals:
        changed(): the person chose or typed something else.

    Args:
        attribute: What is asked.
        widget: Where it is answered.
    """

    changed = Signal()

    def __init__(self, attribute: Attribute, widget: QWidget) -> None:
        super().__init__(widget)
        self.attribute = attribute
        self.widget = widget

    def value(self) -> Any:
        """Return what would be stored; None for nothing."""
        raise NotImplementedError

    def set_value(self, value: Any) -> None:
        """Show a stored value; nobody is told."""
        raise NotImplementedError

    def problem(self) -> str:
        """Return what is wrong with what was typed, "" if nothing is."""
        return ""

    def _tell(self, *_what: object) -> None:
        self.changed.emit()


class ChoiceField(AttributeField):
    """One of a few values: as segments where they fit, else from a list.

    Args:
        theme: Its colours.
        attribute: What is asked.
        width: Room for it.
        values: What is stored, with the words for it.
    """

    def __init__(
        self, theme: Theme, attribute: Attribute, width: int, values: Sequence[tuple[Any, str, str]]
    ) -> None:
        self._stored = {str(n): value for n, (value, _, _) in enumerate(values)}
        self._unknown: Any = None
        self._known = [
            {str(value), *(str(v.code) for v in attribute.values if v.slug == value), title}
            for value, title, _ in values
        ]
        widget = self._segments(theme, attribute, width, values) or self._box(
            theme, attribute, values
        )
        super().__init__(attribute, widget)
        self._widget = widget
        if isinstance(widget, WrappedSegments):
            widget.chosen.connect(self._choose)
            widget.cleared.connect(self._choose)
        else:
            widget.activated.connect(self._choose)

    def _segments(
        self, theme: Theme, attribute: Attribute, width: int, values: Sequence[tuple[Any, str, str]]
    ) -> WrappedSegments | None:
        keys = letters([title for _, title, _ in values])
        made = [
            Segment(str(n), title, keys[n], detail) for n, (_, title, detail) in enumerate(values)
        ]
        widget = WrappedSegments(
            theme, attribute.name, made, width, can_clear=not attribute.required
        )
        widest = max((_least(b) for b in widget.findChildren(SegmentButton)), default=0)
        fits = bool(made) and widget.line_count <= MOST_LINES and widest <= width - 2 * TRACK_INSET
        return widget if fits else None

    def _box(
        self, theme: Theme, attribute: Attribute, values: Sequence[tuple[Any, str, str]]
    ) -> ChoiceBox:
        options = [(str(n), title) for n, (_, title, _) in enumerate(values)]
        if not attribute.required:
            options.insert(0, ("", "—"))
        box = ChoiceBox(theme, attribute.name, tuple(options))
        box.setPlaceholderText("Choose…")
        if attribute.required:
            box.setCurrentIndex(-1)
        return box

    def _choose(self, *_what: object) -> None:
        self._unknown = None
        self._tell()

    def value(self) -> Any:
        """Return the value chosen."""
        return self._stored.get(self._widget.value, self._unknown)

    def set_value(self, value: Any) -> None:
        """Show a value, stored by slug, number or words."""
        number = next((n for n, known in enumerate(self._known) if str(value) in known), -1)
        self._unknown = value if number < 0 and value not in NOTHING else None
        if number >= 0 or isinstance(self._widget, WrappedSegments):
            self._widget.set_value(str(number) if number >= 0 else "")
        else:
            self._widget.setCurrentIndex(self._widget.findData(""))


class WordsField(AttributeField):
    """Free text; what was written before is offered while one types."""

    def __init__(self, attribute: Attribute, earlier: Sequence[str]) -> None:
        placeholder = "Required" if attribute.required else "Optional"
        widget = TextField(attribute.name, "", placeholder)
        super().__init__(attribute, widget)
        self._line = widget
        if earlier:
            completer = QCompleter(list(earlier), widget)
            completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
            widget.setCompleter(completer)
        widget.textChanged.connect(self._tell)

    def value(self) -> Any:
        """Return the text, or None for nothing."""
        return " ".join(self._line.text().split()) or None

    def set_value(self, value: Any) -> None:
        """Show a text."""
        self._line.blockSignals(True)
        self._line.setText("" if value in NOTHING else str(value))
        self._line.blockSignals(False)


class NumberField(WordsField):
    """A number: whole, or with a decimal point or comma."""

    def __init__(self, attribute: Attribute) -> None:
        super().__init__(attribute, ())
        self._line.setInputMethodHints(Qt.InputMethodHint.ImhFormattedNumbersOnly)

    def value(self) -> Any:
        """Return the number, or None for nothing or for what is none."""
        return as_number(self._line.text())

    def problem(self) -> str:
        """Say that what was typed is no number."""
        is_wrong = bool(self._line.text().strip()) and self.value() is None
        return "This is no number: write it with figures, such as 12 or 3.5." if is_wrong else ""


def as_number(text: str) -> int | float | None:
    """Return the number that was typed, None if it is none.

    >>> as_number("12"), as_number("3,5"), as_number("-2"), as_number("many")
    (12, 3.5, -2, None)
    """
    plain = text.strip().replace("−", "-").replace(",", ".")
    if not plain or not set(plain) <= set("+-.0123456789"):
        return None
    try:
        return float(plain) if "." in plain else int(plain)
    except ValueError:
        return None


class ActorField(AttributeField):
    """A person or organisation: chosen among those named, or typed."""

    def __init__(self, theme: Theme, attribute: Attribute, names: Sequence[str]) -> None:
        placeholder = "Required" if attribute.required else "Optional"
        widget = NameBox(theme, attribute.name, {name: name for name in names}, placeholder)
        super().__init__(attribute, widget)
        self._box = widget
        widget.set_name("")
        widget.edited.connect(self._tell)

    def value(self) -> Any:
        """Return the name, or None for nothing."""
        return self._box.name or None

    def set_value(self, value: Any) -> None:
        """Show a name."""
        self._box.set_name("" if value in NOTHING else str(value))


def field_for(
    theme: Theme,
    attribute: Attribute,
    width: int,
    *,
    names: Sequence[str] = (),
    earlier: Sequence[str] = (),
) -> AttributeField:
    """Return the field of an attribute.

    Args:
        theme: Its colours.
        attribute: What is asked; type "spans" has no field.
        width: Room for it.
        names: Names that an actor can have.
        earlier: What was written for it before.
    """
    values = [(v.slug, v.label, v.definition) for v in attribute.values]
    makers: dict[str, Callable[[], AttributeField]] = {
        "choice": lambda: ChoiceField(theme, attribute, width, values),
        "scale": lambda: ChoiceField(theme, attribute, width, values),
        "yes-no": lambda: ChoiceField(
            theme, attribute, width, [(True, "Yes", ""), (False, "No", "")]
        ),
        "number": lambda: NumberField(attribute),
        "text": lambda: WordsField(attribute, earlier),
        "actor": lambda: ActorField(theme, attribute, names),
    }
    return makers[attribute.type]()
