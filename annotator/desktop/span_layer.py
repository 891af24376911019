"""The marks of one text, bucketed by paragraph: what lies where, in which lane, and is it shown.

The layer knows code points and UTF-16 units, but
no pixels, fonts or colours beyond the names that marks carry: `span_geometry` measures and
`span_paint` draws. It never changes a mark and never reads the store.

Paragraphs are Qt's text blocks: what stands between newlines. Positions inside a paragraph are
UTF-16 units (`qt_`), all others code points.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from itertools import count, pairwise
from typing import TYPE_CHECKING

from annotator.desktop.mark import (
    BARS,
    FORMS,
    HIT,
    IN_MARGIN,
    SHARED,
    SUGGESTION,
    Mark,
    MarkStyle,
    Piece,
    Placed,
)
from annotator.model.span import Span, Utf16Map, check_fragments, lanes

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")


@dataclass(slots=True)
class Paragraph:
    """One block of the text, in UTF-16 units."""

    qt_start: int
    qt_end: int
    is_rtl: bool = False
    pieces: list[Piece] = field(default_factory=list)


class SpanLayer:
    """The marks of one text.

    Args:
        text: The canonical text.
        marks: What is annotated.
        line_length: Characters that fit a line: stripes nearer than that take two columns.

    Raises:
        BadSpan: if a mark leaves the text or its fragments overlap.
    """

    def __init__(self, text: str, marks: Iterable[Mark] = (), line_length: int = 72) -> None:
        self.utf16 = Utf16Map(text)
        self.line_length = line_length
        self._visible: frozenset[str] | None = None
        self._styles: dict[tuple[object, ...], MarkStyle] = {}
        self._placed: dict[str, Placed] = {}
        self.paragraphs = self._split(text)
        self._starts = [p.qt_start for p in self.paragraphs]
        self.set_marks(marks)

    def _split(self, text: str) -> list[Paragraph]:
        to_utf16 = self.utf16.to_utf16
        starts = [0, *(m.end() for m in re.finditer("\n", text))]
        ends = [start - 1 for start in starts[1:]] + [len(text)]
        result = [Paragraph(to_utf16(a), to_utf16(b)) for a, b in zip(starts, ends, strict=True)]
        if not text.isascii():
            for match in RIGHT_TO_LEFT.finditer(text):
                result[bisect_right(starts, match.start()) - 1].is_rtl = True
        return result

    # ---- what is there

    @property
    def marks(self) -> tuple[Mark, ...]:
        """All annotations, in reading order; shared passages and find hits are none."""
        found = (p.mark for p in self._placed.values() if p.mark.form in FORMS)
        return tuple(sorted(found, key=lambda mark: (mark.fragments, mark.id)))

    def placed(self, mark_id: str) -> Placed | None:
        """Return a mark with its place, if it is there."""
        return self._placed.get(mark_id)

    def all_placed(self) -> Iterable[Placed]:
        """Return everything placed, shared passages and hits too, in no order."""
        return self._placed.values()

    def paragraph_at(self, qt_pos: int) -> int:
        """Return the number of the paragraph that holds a UTF-16 position."""
        return bisect_right(self._starts, qt_pos) - 1

    def at(self, position: int) -> list[Mark]:
        """Return the visible annotations over a character, shortest first, own before others."""
        qt_pos = self.utf16.to_utf16(position)
        paragraph = self.paragraphs[self.paragraph_at(qt_pos)]
        inside = qt_pos - paragraph.qt_start
        found = {
            piece.placed.mark.id: piece.placed.mark
            for piece in paragraph.pieces
            if piece.start <= inside < piece.end
            and piece.placed.mark.form in FORMS
            and self.is_visible(piece.placed.style.code_id)
        }
        return sorted(found.values(), key=lambda mark: mark.nearness)

    # ---- visibility

    def set_visible_codes(self, code_ids: Iterable[str] | None) -> None:
        """Show only these codes; None shows all."""
        self._visible = None if code_ids is None else frozenset(code_ids) | {""}

    def is_visible(self, code_id: str) -> bool:
        """Say whether marks of a code are shown."""
        return self._visible is None or code_id in self._visible

    # ---- changes; each returns the numbers of the paragraphs it touched

    def set_marks(self, marks: Iterable[Mark]) -> list[int]:
        """Show these annotations instead; shared passages and hits stay."""
        unique = {mark.id: mark for mark in marks}.values()
        new = sorted(unique, key=lambda mark: (mark.hull.start, -mark.hull.end, mark.id))
        for mark in new:
            check_fragments(mark.fragments, self.utf16.length)
        touched = self._clear(frozenset(FORMS))
        for placed in self._arranged(new):
            touched += self._put(placed)
        return sorted(set(touched))

    def add(self, mark: Mark) -> list[int]:
        """Add an annotation in the first lane and column that are free where it lies.

        Raises:
            BadSpan: if it leaves the text or its fragments overlap.
        """
        check_fragments(mark.fragments, self.utf16.length)
        touched = self.remove(mark.id) if mark.id in self._placed else []
        return sorted({*touched, *self._put(self._fitted(mark))})

    def replace(self, mark: Mark) -> list[int]:
        """Show an annotation as it is now; it keeps its lane when its stretches are unchanged.

        Raises:
            BadSpan: if it leaves the text or its fragments overlap.
            KeyError: if no annotation of that id is shown.
        """
        old = self._placed[mark.id]
        if (old.mark.fragments, old.mark.form, old.mark.lane) != (
            mark.fragments,
            mark.form,
            mark.lane,
        ):
            return self.add(mark)
        touched = self.remove(mark.id)
        style = self._style(mark, is_inner=old.style.is_inner)
        self._put(Placed(mark, style, old.lane, old.column))
        return touched

    def remove(self, mark_id: str) -> list[int]:
        """Take an annotation away.

        Raises:
            KeyError: if no annotation of that id is shown.
        """
        placed = self._placed.pop(mark_id)
        touched = list(self._between(placed.mark.hull))
        for number in touched:
            paragraph = self.paragraphs[number]
            paragraph.pieces = [p for p in paragraph.pieces if p.placed is not placed]
        return touched

    def set_hits(self, spans: Sequence[Span]) -> list[int]:
        """Show where a search found something."""
        return self._set_passages(HIT, spans)

    def set_shared(self, passages: Sequence[Span]) -> list[int]:
        """Show which passages other articles have too."""
        return self._set_passages(SHARED, passages)

    def _set_passages(self, form: str, spans: Sequence[Span]) -> list[int]:
        touched = self._clear(frozenset({form}))
        for number, span in enumerate(spans):
            check_fragments((span,), self.utf16.length)
            mark = Mark(f"{form} {number}", (span,), form)
            touched += self._put(Placed(mark, self._style(mark), 0, 0))
        return sorted(set(touched))

    # ---- placing

    def _clear(self, forms: frozenset[str]) -> list[int]:
        gone = [p for p in self._placed.values() if p.mark.form in forms]
        for placed in gone:
            del self._placed[placed.mark.id]
        touched = []
        for number, paragraph in enumerate(self.paragraphs if gone else ()):
            kept = [p for p in paragraph.pieces if p.placed.mark.form not in forms]
            if len(kept) < len(paragraph.pieces):
                paragraph.pieces = kept
                touched.append(number)
        return touched

    def _arranged(self, marks: list[Mark]) -> list[Placed]:
        """Give all marks lanes and columns at once; marks come sorted by their start."""
        lane = _packed([m for m in marks if m.form in BARS and m.lane is None])
        depth = _packed([m for m in marks if m.form == SUGGESTION])
        column = self._columns([m for m in marks if m.form in IN_MARGIN])
        joins = self._columns([m for m in marks if m.is_in_margin and m.form not in IN_MARGIN])
        column.update({mark_id: -1 - row for mark_id, row in joins.items()})
        return [
            Placed(
                mark,
                self._style(mark, is_inner=depth.get(mark.id, 0) > 0),
                lane.get(mark.id, mark.lane or 0),
                column.get(mark.id, 0),
            )
            for mark in marks
        ]

    def _fitted(self, mark: Mark) -> Placed:
        """Place one mark among those of the paragraphs it touches."""
        near: set[Placed] = set()
        for number in self._between(mark.hull):
            near.update(piece.placed for piece in self.paragraphs[number].pieces)
        beside = [p for p in near if p.mark.hull.overlaps(mark.hull)]
        room = self._room(mark.hull)
        lane = _first_free(p.lane for p in beside if p.mark.form in BARS)
        has_stripe = mark.form in IN_MARGIN
        column = _first_free(
            p.column if has_stripe else -1 - p.column
            for p in near
            if p.mark.is_in_margin
            and (p.mark.form in IN_MARGIN) == has_stripe
            and self._room(p.mark.hull).overlaps(room)
        )
        is_inner = any(p.mark.form == SUGGESTION for p in beside)
        return Placed(
            mark,
            self._style(mark, is_inner=is_inner and mark.form == SUGGESTION),
            lane if mark.lane is None else mark.lane,
            column if has_stripe else -1 - column,
        )

    def _columns(self, marks: list[Mark]) -> dict[str, int]:
        return _packed(marks, [self._room(mark.hull) for mark in marks])

    def _room(self, span: Span) -> Span:
        """Return the span with the rest of its last line, where another stripe would hide it."""
        paragraph = self.paragraphs[self.paragraph_at(self.utf16.to_utf16(span.end - 1))]
        border = self.utf16.to_code_point(paragraph.qt_end)
        return Span(span.start, max(span.end, min(span.end + self.line_length, border)))

    def _style(self, mark: Mark, *, is_inner: bool = False) -> MarkStyle:
        key = (
            mark.form,
            mark.kind,
            mark.pattern,
            mark.colour_light,
            mark.colour_dark,
            mark.code_id,
            is_inner,
        )
        style = self._styles.get(key)
        if style is None:
            style = self._styles[key] = MarkStyle(*key)
        return style

    def _between(self, span: Span) -> range:
        return self._qt_between(self.utf16.to_utf16(span.start), self.utf16.to_utf16(span.end))

    def _qt_between(self, start: int, end: int) -> range:
        first = bisect_right(self._starts, start) - 1
        if first + 1 == len(self._starts) or end <= self._starts[first + 1]:
            return range(first, first + 1)
        return range(first, bisect_left(self._starts, end, lo=first + 1))

    def _put(self, placed: Placed) -> list[int]:
        mark = placed.mark
        self._placed[mark.id] = placed
        touched: list[int] = []
        last = len(mark.fragments) - 1
        for i, fragment in enumerate(mark.fragments):
            touched += self._put_fragment(placed, fragment, is_first=i == 0, is_last=i == last)
        for before, after in pairwise(mark.fragments):
            low, high = self._between(before)[-1], self._between(after)[0]
            for number in range(low + 1, high):
                passing = Piece(0, 0, placed, False, False, joins_above=True, joins_below=True)
                self.paragraphs[number].pieces.append(passing)
                touched.append(number)
        return touched

    def _put_fragment(
        self, placed: Placed, fragment: Span, *, is_first: bool, is_last: bool
    ) -> range:
        start, end = self.utf16.to_utf16(fragment.start), self.utf16.to_utf16(fragment.end)
        numbers = self._qt_between(start, end)
        for number in numbers:
            paragraph = self.paragraphs[number]
            origin = paragraph.qt_start
            begins, ends = start >= origin, end <= paragraph.qt_end + 1
            piece = Piece(  # by position: opening a text makes thousands
                start - origin if begins else 0,
                min(end, paragraph.qt_end) - origin,
                placed,
                is_first and begins,
                is_last and ends,
                begins and not is_first,
                ends and not is_last,
            )
            paragraph.pieces.append(piece)
        return numbers


def _first_free(taken: Iterable[int]) -> int:
    busy = set(taken)
    return next(i for i in count() if i not in busy)


def _packed(marks: list[Mark], rooms: list[Span] | None = None) -> dict[str, int]:
    """Return for every mark the lowest row in which its hull, or the room it needs, is alone."""
    rooms = [mark.hull for mark in marks] if rooms is None else rooms
    return {mark.id: row for mark, row in zip(marks, lanes(rooms), strict=True)}
