"""The reading pane: one article's text with everything that is said about it.

`text_view` shows the text and paints; this widget is what a window talks to: marks, what the
reader is about, caret and selection. Everything public is in code points. The pane knows no
project and stores nothing: it is told what to show and says what a reader did.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QTextCursor

from annotator.desktop.mark import BOILERPLATE
from annotator.desktop.pane_pointer import PanePointer
from annotator.desktop.text_view import TextView
from annotator.desktop.widening import moved_end, moved_start, shrunk, unit_around, widened
from annotator.model.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtWidgets import QWidget

    from annotator.desktop.mark import Mark
    from annotator.desktop.theme import Theme
    from annotator.model.article import Block
    from annotator.model.span import Fragments


class ReadingPane(TextView):
    """One article's text, its marks, a caret and a selection.

    Args:
        theme: Its colours.
        parent: The widget it lies in.
        text_px: Size of the text.
        is_compact: Whether other panes stand beside it.

    Signals:
        selection_changed(): another stretch is selected, or none.
        caret_moved(int): the caret stands before another character.
        mark_hovered(str): the pointer entered an annotation, given by id; "" when it left.
        mark_clicked(str): an annotation was clicked, in the text or in the margin.
        scrolled(int): the upper edge shows another height of the document, in pixels.
    """

    selection_changed = Signal()
    caret_moved = Signal(int)
    mark_hovered = Signal(str)
    mark_clicked = Signal(str)
    scrolled = Signal(int)

    def __init__(
        self,
        theme: Theme,
        parent: QWidget | None = None,
        *,
        text_px: int = 17,
        is_compact: bool = False,
    ) -> None:
        self._steps: list[tuple[Span, Span]] = []
        self._codes_at_caret: tuple[str, ...] = ()
        super().__init__(theme, parent, text_px=text_px, is_compact=is_compact)
        self._pointer = PanePointer(self)
        self._pointer.hovered.connect(self._on_hovered)
        self._pointer.clicked.connect(self.mark_clicked)
        self.ruler.valueChanged.connect(self.scrolled)
        self.selectionChanged.connect(self._on_selected)
        self.cursorPositionChanged.connect(self._on_caret_moved)

    def show_text(
        self, text: str, marks: Iterable[Mark] = (), blocks: Iterable[Block] = ()
    ) -> None:
        """Show another article from its beginning.

        Args:
            text: The canonical text.
            marks: What is annotated.
            blocks: Roles of stretches; headlines are set in bold.

        Raises:
            BadSpan: if a mark leaves the text or its fragments overlap.
        """
        self._steps.clear()
        self._pointer.forget()
        super().show_text(text, marks, blocks)
        self.overlays.lifted = frozenset()  # nobody put the caret at the start on purpose

    # ---- marks

    def marks(self) -> tuple[Mark, ...]:
        """Return the annotations shown, in reading order."""
        return self.layer.marks

    def set_marks(self, marks: Iterable[Mark]) -> None:
        """Show these annotations instead of the present ones.

        Raises:
            BadSpan: if one leaves the text or its fragments overlap.
        """
        self.measure_again(self.layer.set_marks(marks))

    def add_mark(self, mark: Mark) -> None:
        """Show one more annotation; only the paragraphs it touches are measured again.

        Raises:
            BadSpan: if it leaves the text or its fragments overlap.
        """
        self.measure_again(self.layer.add(mark))

    def replace_mark(self, mark: Mark) -> None:
        """Show an annotation as it is now.

        Raises:
            BadSpan: if it leaves the text or its fragments overlap.
            KeyError: if no annotation of that id is shown.
        """
        self.measure_again(self.layer.replace(mark))

    def remove_mark(self, mark_id: str) -> None:
        """Take an annotation away.

        Raises:
            KeyError: if no annotation of that id is shown.
        """
        self.measure_again(self.layer.remove(mark_id))

    def set_visible_codes(self, code_ids: Iterable[str] | None) -> None:
        """Show only annotations with these codes; None shows all. Nothing is measured anew."""
        self.show_codes(None if code_ids is None else frozenset(code_ids))

    def set_hits(self, spans: Iterable[Span]) -> None:
        """Show where a search found something.

        Raises:
            BadSpan: if one leaves the text.
        """
        self._hits = tuple(spans)
        self.measure_again(self.layer.set_hits(self._hits))

    def set_shared(self, passages: Iterable[Span]) -> None:
        """Show which passages other articles have too.

        Raises:
            BadSpan: if one leaves the text.
        """
        self._shared = tuple(passages)
        self.measure_again(self.layer.set_shared(self._shared))

    # ---- what the reader is about

    def set_current(self, fragments: Fragments | None) -> None:
        """Put a stretch in brackets, and fill it if it is an annotation; None takes them away."""
        self._attend("current", tuple(fragments or ()))

    def set_links(self, stretches: Iterable[Span]) -> None:
        """Frame what the annotation under the pointer is linked to: speaker and cue of a quote."""
        self._attend("links", tuple(stretches))

    def set_veil(self, has_veil: bool) -> None:  # a setter, as Qt's are
        """Veil boilerplate, or show it like all text."""
        self.overlays.has_veil = has_veil
        self.viewport().update()

    def _attend(self, what: str, fragments: Fragments) -> None:
        before: Fragments = getattr(self.overlays, what)
        if before != fragments:
            setattr(self.overlays, what, fragments)
            self.update_stretches((*before, *fragments))

    # ---- caret and selection

    def caret(self) -> int:
        """Return the character before which the caret stands."""
        return self.layer.utf16.to_code_point(self.textCursor().position())

    def set_caret(self, position: int) -> None:
        """Put the caret before a character and select nothing."""
        self._put_cursor(position, position)

    def selection(self) -> Span | None:
        """Return what is selected, if anything is."""
        cursor, utf16 = self.textCursor(), self.layer.utf16
        start = utf16.to_code_point(cursor.selectionStart())
        end = utf16.to_code_point(cursor.selectionEnd())
        return Span(start, end) if start < end else None

    def select(self, span: Span) -> None:
        """Select a stretch; the caret stands at its end."""
        self._put_cursor(span.start, span.end)

    def clear_selection(self) -> None:
        """Select nothing; the caret stays."""
        self.set_caret(self.caret())

    def widen(self, unit: str) -> Span | None:
        """Widen the selection to whole units; without one, select the unit at the caret.

        Args:
            unit: "word", "clause", "sentence", "paragraph" or "quotation".

        Returns:
            What is selected now, or None where there is no such unit.
        """
        before = self.selection()
        if before is None:
            after = unit_around(self._text, self.caret(), unit)
        else:
            after = widened(self._text, before, unit)
        if after is None or after == before:
            return before
        self.select(after)
        if before is not None:
            self._steps.append((before, after))
        return after

    def shrink(self) -> Span | None:
        """Take the last widening back, or select the first smaller unit inside the selection."""
        now = self.selection()
        while self._steps:
            before, after = self._steps.pop()
            if after == now:
                self.select(before)
                return before
        if now is not None:
            self.select(shrunk(self._text, now))
        return self.selection()

    def move_start(self, words: int) -> Span | None:
        """Move the start of the selection by some words; negative is towards the beginning."""
        now = self.selection()
        if now is not None:
            self.select(moved_start(self._text, now, words))
        return self.selection()

    def move_end(self, words: int) -> Span | None:
        """Move the end of the selection by some words; negative is towards the beginning."""
        now = self.selection()
        if now is not None:
            self.select(moved_end(self._text, now, words))
        return self.selection()

    def marks_at(self, position: int) -> list[str]:
        """Return the ids of the visible annotations over a character, shortest first."""
        return [mark.id for mark in self.layer.at(position)]

    def _put_cursor(self, anchor: int, position: int) -> None:
        utf16, cursor = self.layer.utf16, self.textCursor()
        cursor.setPosition(utf16.to_utf16(anchor))
        cursor.setPosition(utf16.to_utf16(position), QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)

    def createMimeDataFromSelection(self) -> QMimeData:
        """Copy from the article: Qt's own text has other spaces and line ends."""
        data, span = QMimeData(), self.selection()
        data.setText("" if span is None else span.of(self._text))
        return data

    # ---- what happened

    def _on_selected(self) -> None:
        before, now = self.overlays.selection, self.selection()
        if before != now:
            self.overlays.selection = now
            self.update_stretches(span for span in (before, now) if span is not None)
            self.selection_changed.emit()

    def _on_caret_moved(self) -> None:
        position = self.caret()
        here = self.layer.at(position)
        self._lift_veil(frozenset(mark.id for mark in here if mark.form in BOILERPLATE))
        self._announce(tuple(mark.title or mark.label for mark in here))
        self.caret_moved.emit(position)

    def _lift_veil(self, mark_ids: frozenset[str]) -> None:
        """Let boilerplate be read where the caret rests."""
        changed = self.overlays.lifted ^ mark_ids
        self.overlays.lifted = mark_ids
        for mark_id in changed:
            placed = self.layer.placed(mark_id)
            if placed is not None:
                self.update_stretches(placed.mark.fragments)

    def _announce(self, names: tuple[str, ...]) -> None:
        """Tell a screen reader what is coded at the caret; it cannot see what is painted."""
        if names != self._codes_at_caret:
            self._codes_at_caret = names
            if names and QAccessible.isActive():
                event = QAccessibleAnnouncementEvent(self, ", ".join(names))
                QAccessible.updateAccessibility(event)

    def _on_hovered(self, mark_id: str) -> None:
        before, self.overlays.hover = self.overlays.hover, mark_id
        for one in (before, mark_id):
            placed = self.layer.placed(one)
            if placed is not None:
                self.update_stretches(placed.mark.fragments)
        self.mark_hovered.emit(mark_id)
