"""Where marks lie: rectangles measured from Qt's layout and cached by paragraph.

Coordinates are the paragraph's own: adding or removing a mark throws away only the paragraphs it
touches, and a scroll nothing. Colours and visibility are no part of it, so that hiding a code or
changing the theme measures nothing. Layouts, lines and blocks are never kept: Qt frees them.
Lines with right-to-left letters are measured by their glyph runs, others by the caret's x.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PySide6.QtCore import QLineF, QRectF

from annotator.desktop.line_measure import caret_x, edge_x, letters, measured, run_extents
from annotator.desktop.mark import (
    BARS,
    BOILERPLATE_OWN,
    BOILERPLATE_SUGGESTED,
    HIT,
    IN_MARGIN,
    OTHER_CODER,
    OWN,
    SHARED,
    SUGGESTION,
    MarkStyle,
    Placed,
)
from annotator.desktop.pane_document import LANE_HEIGHTS, LANE_TOPS, LANES, PARAGRAPH_GAP

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QTextLayout

    from annotator.desktop.mark import Piece
    from annotator.desktop.pane_document import PaneMetrics
    from annotator.desktop.span_layer import SpanLayer

CHUNK = 12  # lines; a paragraph of a whole book is painted by the dozen
SHARED_PASS, FILL_PASS, HIT_PASS, BAR_PASS, VEIL_PASS = range(5)
HAIRLINE_KINDS = frozenset({"person", "organisation", "place"})
DASHED_PATTERNS = frozenset({"dashed", "dotted", "hatched"})
TICK_WIDTH, TICK_HEIGHT = 2.0, 3.0
OTHER_HEIGHT = 1.5  # bars of other coders are thinner than one's own


class Bundle:
    """What one look paints in one chunk: rectangles with its brush, lines with its pen."""

    __slots__ = ("lines", "rects")

    def __init__(self) -> None:
        self.rects: list[QRectF] = []
        self.lines: list[QLineF] = []


Chunk = tuple[dict[MarkStyle, Bundle], ...]


@dataclass(slots=True)
class Stripe:
    """A vertical stretch in the margin.

    Args:
        placed: Whose it is.
        top: Its upper end.
        bottom: Its lower end.
        label_top: Where its label would stand, if the annotation starts here.
        joins: Stretches of the dotted line to fragments above or below.
    """

    placed: Placed
    top: float
    bottom: float
    label_top: float | None = None
    joins: list[tuple[float, float]] = field(default_factory=list)


@dataclass(slots=True)
class ParagraphGeometry:
    """Everything to paint of one paragraph, in its own coordinates.

    Args:
        tops: Upper edge of every line.
        height: Lower edge of the last line and the gap below.
        chunks: By `CHUNK` lines, then by pass, then by look.
        stripes: In the margin.
        crowded: Looks that lie beyond the third lane, with the line's baseline.
        first_baseline: For the line number.
    """

    tops: list[float]
    height: float
    chunks: list[Chunk]
    stripes: list[Stripe]
    crowded: list[tuple[MarkStyle, float]]
    first_baseline: float

    def chunks_between(self, top: float, bottom: float) -> list[Chunk]:
        """Return the chunks that have lines between two heights."""
        if len(self.chunks) == 1:
            return self.chunks
        first = max(0, bisect_right(self.tops, top) - 2) // CHUNK
        last = bisect_left(self.tops, bottom) // CHUNK
        return self.chunks[first : last + 1]


class GeometryCache:
    """Measures paragraphs when they are first painted.

    Args:
        layer: The marks.
        metrics: The pane's sizes.

    Attributes:
        builds: How many paragraphs were measured so far; a warm frame adds none.
    """

    def __init__(self, layer: SpanLayer, metrics: PaneMetrics) -> None:
        self.layer = layer
        self.metrics = metrics
        self.builds = 0
        self._cache: dict[int, ParagraphGeometry] = {}

    def paragraph(self, number: int, layout: QTextLayout) -> ParagraphGeometry:
        """Return the geometry of a paragraph that is laid out."""
        found = self._cache.get(number)
        if found is None:
            self.builds += 1
            found = self._cache[number] = _Builder(self.layer, self.metrics, number, layout).build()
        return found

    def forget(self, numbers: list[int]) -> None:
        """Throw away what was measured of some paragraphs."""
        for number in numbers:
            self._cache.pop(number, None)

    def clear(self) -> None:
        """Throw away everything: the text was wrapped anew."""
        self._cache.clear()


class _Builder:
    """Measures one paragraph; lives as long as that takes, for it holds Qt's lines."""

    def __init__(
        self, layer: SpanLayer, metrics: PaneMetrics, number: int, layout: QTextLayout
    ) -> None:
        count = layout.lineCount()
        self.qt_lines = [layout.lineAt(i) for i in range(count)]
        self.lines = [
            measured(line, is_last=i == count - 1) for i, line in enumerate(self.qt_lines)
        ]
        self.starts = [line.start for line in self.lines]
        self.paragraph = layer.paragraphs[number]
        self.metrics = metrics
        self.chunks: list[Chunk] = [
            tuple({} for _ in range(5)) for _ in range(max(1, (count + CHUNK - 1) // CHUNK))
        ]
        self.stripes: list[Stripe] = []
        self.crowded: list[tuple[MarkStyle, float]] = []
        self.carets: dict[int, float] = {}
        self.ends: dict[int, float] = {}

    def build(self) -> ParagraphGeometry:
        height = (self.lines[-1].top + self.metrics.pitch + PARAGRAPH_GAP) if self.lines else 0.0
        for piece in self.paragraph.pieces if self.lines else ():
            style = piece.placed.style
            last = self._emit(piece, EMITTERS[style.form])
            if piece.placed.mark.is_in_margin:
                self._stripe(piece, last, height)
        self._join(height)
        return ParagraphGeometry(
            [line.top for line in self.lines],
            height,
            self.chunks,
            self.stripes,
            self.crowded,
            self.lines[0].baseline if self.lines else 0.0,
        )

    def line_of(self, qt_pos: int) -> int:
        return max(0, bisect_right(self.starts, qt_pos) - 1)

    def bundle(self, index: int, which: int, style: MarkStyle) -> Bundle:
        looks = self.chunks[index // CHUNK][which]
        found = looks.get(style)
        if found is None:
            found = looks[style] = Bundle()
        return found

    def _emit(self, piece: Piece, emitter: Emitter) -> int:
        """Let the emitter add shapes line by line; return the last line."""
        start, end = piece.start, piece.end
        index = first = self.line_of(start)
        while index < len(self.lines) and self.starts[index] < end:
            for left, right in self._extents(index, start, end):
                emitter(self, index, left, right, piece)
            index += 1
        last = max(first, index - 1)
        if piece.placed.lane < LANES and piece.placed.style.form in BARS and start < end:
            self._ticks(piece, first, last)
        return last

    def _ticks(self, piece: Piece, first: int, last: int) -> None:
        """Mark where the annotation really starts and ends, never a line break or an insertion."""
        for index, is_here, at_end in ((first, piece.opens, False), (last, piece.closes, True)):
            if is_here:
                x, is_left = self._edge(index, piece, at_end=at_end)
                left = x + 1.0 if is_left else x - 1.0 - TICK_WIDTH
                top = bar_top(self, index, piece.placed.lane) - TICK_HEIGHT
                rects = self.bundle(index, BAR_PASS, piece.placed.style).rects
                rects.append(QRectF(left, top, TICK_WIDTH, TICK_HEIGHT))

    def _extents(self, index: int, start: int, end: int) -> list[tuple[float, float]]:
        line, qt_line = self.lines[index], self.qt_lines[index]
        if self.paragraph.is_rtl:
            return run_extents(qt_line, max(start, line.start), min(end, self._stop(index)))
        left, right = line.left, line.right
        if start > line.start:
            known = self.carets.get(start)
            if known is None:
                known = self.carets[start] = caret_x(qt_line, start)
            left = known
        if end < line.end:
            known = self.ends.get(end)
            if known is None:
                known = self.ends[end] = caret_x(qt_line, end)
            right = known
        return [(left, right)]

    def _stop(self, index: int) -> int:
        line = self.lines[index]
        return min(line.end, line.start + self.qt_lines[index].textLength())

    def _edge(self, index: int, piece: Piece, *, at_end: bool) -> tuple[float, bool]:
        """Return the x of an end of a piece, and whether the piece lies right of it."""
        extents = self._extents(index, piece.start, piece.end)
        if not self.paragraph.is_rtl:
            return (extents[-1][1], False) if at_end else (extents[0][0], True)
        return edge_x(
            self.qt_lines[index], piece.end - 1 if at_end else piece.start, extents, at_end=at_end
        )

    def _stripe(self, piece: Piece, last: int, height: float) -> None:
        metrics, placed = self.metrics, piece.placed
        if piece.start == piece.end and piece.joins_above and piece.joins_below:
            self.stripes.append(Stripe(placed, 0.0, 0.0, joins=[(0.0, height)]))
            return
        first = self.lines[self.line_of(piece.start)]
        begins, ends = piece.opens or piece.joins_above, piece.closes or piece.joins_below
        above, below = metrics.ascent, metrics.descent
        if placed.mark.form not in IN_MARGIN:  # no stripe: the join goes from line to line
            above = below = metrics.ascent / 2
        top = first.baseline + above if begins else 0.0
        bottom = self.lines[last].baseline + below if ends else height
        stripe = Stripe(placed, top, bottom)
        if piece.opens and placed.mark.form in IN_MARGIN:
            stripe.label_top = top
        if piece.joins_above:
            stripe.joins.append((0.0, top))
        if piece.joins_below:
            stripe.joins.append((bottom, height))
        self.stripes.append(stripe)

    def _join(self, height: float) -> None:
        """Let the line between two fragments in this paragraph end where the next begins."""
        before: dict[Placed, Stripe] = {}
        for stripe in self.stripes:
            above = before.get(stripe.placed)
            if above is not None and above.joins and above.joins[-1][1] == height:
                above.joins[-1] = (above.bottom, stripe.top)
                stripe.joins = [join for join in stripe.joins if join[0] != 0.0]
            before[stripe.placed] = stripe


# ---- what each form adds for one line


def bar_top(builder: _Builder, index: int, lane: int) -> float:
    """Return the upper edge of a bar under a line."""
    under = builder.lines[index].baseline + builder.metrics.descent + 1.0
    return round(under + LANE_TOPS[lane])


def _emit_bar(builder: _Builder, index: int, left: float, right: float, piece: Piece) -> None:
    placed, line = piece.placed, builder.lines[index]
    style = placed.style
    if placed.lane >= LANES:
        builder.crowded.append((style, line.baseline))
        return
    if not builder.paragraph.is_rtl:  # a pixel of air keeps neighbours apart
        left += piece.opens and line.start <= piece.start
        right -= piece.closes and piece.end <= line.end
    top = bar_top(builder, index, placed.lane)
    bundle = builder.bundle(index, BAR_PASS, style)
    if style.pattern in DASHED_PATTERNS:
        middle = top + LANE_HEIGHTS[placed.lane] / 2
        bundle.lines.append(QLineF(left, middle, right, middle))
    elif style.pattern == "double":
        bundle.rects.append(QRectF(left, top, right - left, 1.0))
        bundle.rects.append(QRectF(left, top + 2.0, right - left, 1.0))
    else:
        height = OTHER_HEIGHT if style.form == OTHER_CODER else LANE_HEIGHTS[placed.lane]
        bundle.rects.append(QRectF(left, top, right - left, height))


def _emit_fill(builder: _Builder, index: int, left: float, right: float, piece: Piece) -> None:
    style, line, metrics = piece.placed.style, builder.lines[index], builder.metrics
    bundle = builder.bundle(index, FILL_PASS, style)
    bundle.rects.append(letters(metrics, line.baseline, left, right))
    if style.kind in HAIRLINE_KINDS:
        y = round(line.baseline + metrics.descent) + 0.5
        bundle.lines.append(QLineF(left, y, right, y))


def _emit_veil(builder: _Builder, index: int, left: float, right: float, piece: Piece) -> None:
    bundle = builder.bundle(index, VEIL_PASS, piece.placed.style)
    rect = letters(builder.metrics, builder.lines[index].baseline, left, right)
    bundle.rects.append(rect.adjusted(-1.0, -1.0, 1.0, 1.0))


def _emit_hit(builder: _Builder, index: int, left: float, right: float, piece: Piece) -> None:
    rect = letters(builder.metrics, builder.lines[index].baseline, left, right)
    rect = QRectF(rect.toRect()).adjusted(-0.5, 0.5, 0.5, -0.5)
    builder.bundle(index, HIT_PASS, piece.placed.style).rects.append(rect)


def _emit_shared(builder: _Builder, index: int, left: float, right: float, piece: Piece) -> None:
    line, metrics = builder.lines[index], builder.metrics
    goes_on = piece.end > line.end or not piece.closes
    top = line.baseline + metrics.ascent - 5.0
    height = metrics.pitch if goes_on else metrics.descent - metrics.ascent + 10.0
    width = (line.width if goes_on else right) - left + 6.0
    bundle = builder.bundle(index, SHARED_PASS, piece.placed.style)
    bundle.rects.append(QRectF(left - 3.0, top, width, height))


if TYPE_CHECKING:
    Emitter = Callable[[_Builder, int, float, float, Piece], None]
EMITTERS: dict[str, Emitter] = {
    OWN: _emit_bar,
    OTHER_CODER: _emit_bar,
    SUGGESTION: _emit_fill,
    BOILERPLATE_SUGGESTED: _emit_veil,
    BOILERPLATE_OWN: _emit_veil,
    SHARED: _emit_shared,
    HIT: _emit_hit,
}
