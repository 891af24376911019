"""The code panel: what may be said, as legend, key list and filter of the text in one.

It shows codes in their groups, hides and shows their marks, and explains the one that is chosen.
Tagging is done by whoever hears `code_used`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetricsF, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from annotator.desktop.code_entry import CodeCard, CodeEntry
from annotator.desktop.code_list import CodeList
from annotator.desktop.code_model import CODE, CodeModel
from annotator.desktop.fonts import sans
from annotator.desktop.kit.dressing import Rule, Surface
from annotator.desktop.kit.fields import FilterField
from annotator.desktop.kit.icons import IconLabel
from annotator.desktop.kit.labels import ElidedLabel, Sentence, Words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from annotator.desktop.code_model import CodeRow
    from annotator.desktop.theme import Theme

SIDE = 16
# From this many codes on, the field to filter them is always there.
MANY_CODES = 18
CARD_SHARE = 0.42


class CodePanel(Surface):
    """The codes of the project, with their counts in one article.

    Signals:
        code_used(str): a code was clicked or chosen by Enter or its key, by id.
        code_toggled(str, bool): a code's annotations shall be shown (True) or hidden.
        code_focused(str): another code is chosen, by id; "" for none.
        left(): Esc was pressed with nothing to clear: the text takes the focus.

    Args:
        theme: Its colours.
        parent: The right column.
    """

    code_used = Signal(str)
    code_toggled = Signal(str, bool)
    code_focused = Signal(str)
    left = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "chrome", parent)
        self._codebook_name = ""
        self._model = CodeModel(self)
        self._list = CodeList(theme, self._model, self)
        self._filter = FilterField(theme, "Filter codes", "", self)
        self._source = ElidedLabel("", 11, 400, "muted")
        self._version = Words("", 11, 400, "muted", has_tabular_figures=True)
        self._lock = IconLabel(theme, "lock", "muted", 13, self)
        self._empty = Sentence("", 12, "muted")
        self._rule = Rule(theme, self)
        self._card = CodeCard(theme, self)
        self._entry: CodeEntry | None = None
        self._build()
        self._connect()
        self.show_codes([], "", "")

    def _build(self) -> None:
        self.setAccessibleName("Codes")
        head = QHBoxLayout()
        head.setContentsMargins(SIDE, 14, SIDE, 2)
        head.setSpacing(5)
        head.addWidget(Words("Codes", 12, 600))
        self._source.setAlignment(Qt.AlignmentFlag.AlignRight)
        head.addWidget(self._source, 1)
        head.addWidget(self._version)
        head.addWidget(self._lock)
        self._lock.setToolTip("The codebook is frozen.")
        self._lock.setAccessibleName("Frozen")
        self._field = QWidget(self)
        field = QHBoxLayout(self._field)
        field.setContentsMargins(12, 6, 12, 2)
        field.addWidget(self._filter)
        self._empty.setContentsMargins(SIDE, 10, SIDE, 0)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self._field)
        column.addWidget(self._empty, 1)
        column.addWidget(self._list, 1)
        column.addWidget(self._rule)
        column.addWidget(self._card)
        self.setFocusProxy(self._list)

    def _connect(self) -> None:
        rows = self._list
        rows.row_used.connect(self._use)
        rows.row_toggled.connect(self._toggle)
        rows.row_isolated.connect(self._isolate)
        rows.row_focused.connect(self._focus)
        rows.entry_wanted.connect(self.open_entry)
        rows.typed.connect(self._filter_by)
        rows.key_typed.connect(self._use_key)
        rows.went_away.connect(self._leave)
        rows.went_up.connect(self._go_to_filter)
        self._filter.textChanged.connect(self._on_filter)
        self._filter.went_down.connect(self._go_to_list)
        self._filter.went_away.connect(self._go_to_list)
        self._card.entry_wanted.connect(self.open_entry)
        self._card.closed.connect(self._close_card)

    # What the window asks for

    def show_codes(
        self, rows: Sequence[CodeRow], head: str, version: str, *, is_frozen: bool = False
    ) -> None:
        """Show other codes, or the same with other counts.

        Args:
            rows: As from `code_model.code_rows`.
            head: Name of the codebook.
            version: Number of its version, "" for none.
            is_frozen: Whether the codebook must not be changed any more.
        """
        chosen = self._list.delegate.chosen
        row = self._model.row(self._list.currentIndex().row())
        focused = row.id if row is not None and row.kind == CODE else ""
        self._codebook_name = " ".join(part for part in (head, version) if part)
        self._source.set_text(head)
        self._version.set_text(version)
        self._lock.setVisible(is_frozen)
        self._model.show_rows(rows)
        if focused and not self._list.currentIndex().isValid():
            self._list.go_to(self._model.place_of(focused))
        self._show_chosen(chosen)
        self._show_state()

    def choose(self, code_id: str) -> None:
        """Show the definition of a code and tint its row; "" closes the definition."""
        place = self._model.place_of(code_id)
        if place >= 0:
            self._list.scrollTo(self._model.index(place))
        self._show_chosen(code_id)

    def open_entry(self) -> None:
        """Open the whole codebook entry of the chosen code."""
        row = self._row_of(self._list.delegate.chosen)
        if row is None or row.code is None:
            return
        self._entry = CodeEntry(
            self.theme, row.code, self._codebook_name, row.attributes, self.window(), path=row.path
        )
        self._entry.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._entry.open()

    def set_theme(self, theme: Theme) -> None:
        """Show other colours."""
        super().set_theme(theme)
        for part in (self._list, self._filter, self._lock, self._rule, self._card):
            part.set_theme(theme)

    # What a person does

    def _use(self, place: int) -> None:
        row = self._model.row(place)
        if row is not None and row.id:
            self.code_used.emit(row.id)

    def _use_key(self, key: str) -> None:
        row = next((r for r in self._model.codes() if r.key == key and r.id), None)
        if row is not None:
            self.code_used.emit(row.id)

    def _toggle(self, place: int) -> None:
        row = self._model.row(place)
        if row is not None and row.kind == CODE:
            self._hide(row.codes, is_hidden=not row.is_hidden)

    def _hide(self, codes: Sequence[str], *, is_hidden: bool) -> None:
        self._model.set_hidden(codes, is_hidden=is_hidden)
        for code in codes:
            self.code_toggled.emit(code, not is_hidden)

    def _isolate(self, place: int) -> None:
        """Hide all other codes; if they are hidden already, show them all."""
        row = self._model.row(place)
        if row is None or row.kind != CODE:
            return
        others = dict.fromkeys(
            code for r in self._model.codes() for code in r.codes if code not in row.codes
        )
        hidden = {code for r in self._model.codes() if r.is_hidden for code in r.codes}
        is_alone = not row.is_hidden and hidden >= set(others)
        if row.is_hidden:
            self._hide(row.codes, is_hidden=False)
        changed = [code for code in others if (code in hidden) == is_alone]
        self._hide(changed, is_hidden=not is_alone)

    def _focus(self, place: int) -> None:
        row = self._model.row(place)
        if row is not None and row.kind == CODE and row.id:
            self._show_chosen(row.id)

    def _filter_by(self, letter: str) -> None:
        self._field.show()
        self._filter.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._filter.setText(self._filter.text() + letter)

    def _on_filter(self, words: str) -> None:
        self._model.set_filter(words)
        self._show_state()

    def _go_to_list(self) -> None:
        self._list.setFocus(Qt.FocusReason.TabFocusReason)
        rows = self._model.rows()
        if not self._list.currentIndex().isValid() or self._filter.text():
            place = next((n for n, row in enumerate(rows) if row.kind == CODE), -1)
            if place >= 0:
                self._list.go_to(place)
        self._show_state()

    def _go_to_filter(self) -> None:
        if not self._field.isHidden():
            self._filter.setFocus(Qt.FocusReason.BacktabFocusReason)

    def _leave(self) -> None:
        """Clear the filter first, then close the definition, then leave."""
        if self._filter.text():
            self._filter.clear()
        elif not self._card.isHidden():
            self._close_card()
        else:
            self.left.emit()

    # What is shown

    def _row_of(self, code_id: str) -> CodeRow | None:
        if not code_id:
            return None
        rows = [row for row in self._model.codes() if row.id == code_id]
        return rows[-1] if rows else None

    def _show_chosen(self, code_id: str) -> None:
        row = self._row_of(code_id)
        code = row.code if row is not None else None
        is_new = code_id != self._list.delegate.chosen
        self._list.set_chosen(code_id if code is not None else "")
        self._card.show_code(code)
        self._rule.setVisible(code is not None)
        self._fit_card()
        if is_new:
            self.code_focused.emit(self._list.delegate.chosen)

    def _close_card(self) -> None:
        self._show_chosen("")

    def _show_state(self) -> None:
        """Say what is missing when no row is shown; offer the filter where it helps."""
        has_rows = bool(self._model.rows())
        is_many = self._model.open_codes() >= MANY_CODES
        self._field.setVisible(is_many or bool(self._filter.text()) or self._filter.hasFocus())
        words = ""
        if not has_rows and self._filter.text():
            words = f"No code has “{self._filter.text()}”. Esc clears."
        elif not has_rows:
            words = "The codebook is empty."
        self._empty.set_text(words)
        self._empty.setVisible(bool(words))
        self._list.setVisible(has_rows)

    def _fit_card(self) -> None:
        """Let the card be as high as its words, up to a share of the panel."""
        most = round(self.height() * CARD_SHARE)
        least = round(QFontMetricsF(sans(12)).height() * 3)
        self._card.setFixedHeight(max(least, min(most, self._card.height_for(self.width()))))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the card to the panel."""
        super().resizeEvent(event)
        self._fit_card()

    def showEvent(self, event: QShowEvent) -> None:
        """Fit the rows to the window it came into."""
        super().showEvent(event)
        self._list.fit_rows()
        self._fit_card()
