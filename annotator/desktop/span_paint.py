"""Painting marks under and over Qt's text, from cached geometry. It measures and decides nothing.

Order, from below: shared passages, suggestion fills, find hits, fill of the current annotation and
of the one under the pointer, selection, code bars, margin; then Qt's text; then the veil over
boilerplate, link frames and brackets. What is painted at a place depends on the document alone,
never on which strip of it is being painted.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QRegion

from annotator.desktop.inks import Inks
from annotator.desktop.line_measure import block_at, stretch_boxes
from annotator.desktop.margin_paint import MarginPainter
from annotator.desktop.overlay_paint import paint_brackets, paint_frames
from annotator.desktop.span_geometry import (
    BAR_PASS,
    FILL_PASS,
    HIT_PASS,
    SHARED_PASS,
    VEIL_PASS,
    GeometryCache,
    ParagraphGeometry,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from PySide6.QtGui import QColor, QTextDocument

    from annotator.desktop.line_measure import Box
    from annotator.desktop.mark import MarkStyle
    from annotator.desktop.pane_document import PaneMetrics
    from annotator.desktop.span_geometry import Bundle
    from annotator.desktop.span_layer import SpanLayer
    from annotator.desktop.theme import Theme
    from annotator.model.span import Fragments, Span


EDGE = 3.0  # how far a fill may reach beyond its letters' height


@dataclass(slots=True)
class Overlays:
    """What the reader is about at the moment.

    Args:
        hover: Id of the annotation under the pointer, or "".
        current: The stretch in brackets, or nothing.
        links: Stretches in dotted frames.
        selection: What is selected.
        lifted: Ids of boilerplate whose veil is lifted because the caret rests in it.
        has_veil: Whether boilerplate is veiled at all.
    """

    hover: str = ""
    current: Fragments = ()
    links: Fragments = ()
    selection: Span | None = None
    lifted: frozenset[str] = frozenset()
    has_veil: bool = True


class Visible(NamedTuple):
    """A paragraph that is in view: its number, place and geometry."""

    number: int
    x: float
    y: float
    geometry: ParagraphGeometry


class SpanPainter:
    """Paints the marks of one text in document coordinates, on a widget or on paper.

    Args:
        layer: The marks.
        metrics: The pane's sizes.
        theme: Its colours.
    """

    def __init__(self, layer: SpanLayer, metrics: PaneMetrics, theme: Theme) -> None:
        self.layer = layer
        self.metrics = metrics
        self.geometry = GeometryCache(layer, metrics)
        self._hint = 0
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colours; nothing is measured anew."""
        self.inks = Inks(theme)
        self.margin = MarginPainter(self.layer, self.metrics, self.inks)

    def visible(self, document: QTextDocument, top: float, bottom: float) -> Iterator[Visible]:
        """Yield the paragraphs that may paint between two heights, laying them out if need be."""
        layout = document.documentLayout()
        self._hint = block_at(document, top, self._hint)
        block = document.findBlockByNumber(max(0, self._hint - 1))
        while block.isValid():
            if layout.blockBoundingRect(block).y() > bottom + self.metrics.pitch:
                return
            number, text_layout = block.blockNumber(), block.layout()
            if self.layer.paragraphs[number].pieces or self.metrics.number_width:
                origin = text_layout.position()
                geometry = self.geometry.paragraph(number, text_layout)
                yield Visible(number, origin.x(), origin.y(), geometry)
            block = block.next()

    def boxes(
        self, document: QTextDocument, fragments: Sequence[Span], top: float, bottom: float
    ) -> list[Box]:
        """Return where stretches lie between two heights."""
        return [
            box
            for span in fragments
            for box in stretch_boxes(document, self.layer, self.metrics, span, top, bottom)
        ]

    def paint_under(
        self, painter: QPainter, document: QTextDocument, clip: QRectF, overlays: Overlays
    ) -> None:
        """Paint what lies under the text within a rectangle of the document."""
        top, bottom = clip.top(), clip.bottom()
        shown = list(self.visible(document, top, bottom))
        painter.setPen(Qt.PenStyle.NoPen)
        for which in (SHARED_PASS, FILL_PASS, HIT_PASS):
            self._paint_pass(painter, shown, which, top, bottom)
        self._paint_attention(painter, document, overlays, top, bottom)
        self._paint_pass(painter, shown, BAR_PASS, top, bottom)
        if clip.left() < self.metrics.margin:
            self.margin.paint(painter, shown, top, bottom)

    def _paint_pass(
        self, painter: QPainter, shown: list[Visible], which: int, top: float, bottom: float
    ) -> None:
        for _, x, y, geometry in shown:
            painter.translate(x, y)
            for chunk in geometry.chunks_between(top - y, bottom - y):
                for style, bundle in chunk[which].items():
                    if self.layer.is_visible(style.code_id):
                        self._paint_bundle(painter, style, bundle, has_frame=which == HIT_PASS)
            painter.translate(-x, -y)

    def _paint_bundle(
        self, painter: QPainter, style: MarkStyle, bundle: Bundle, *, has_frame: bool
    ) -> None:
        if bundle.rects:
            if has_frame:
                painter.setPen(QPen(self.inks.theme.colour("text", 0.6), 1.0))
            painter.setBrush(self.inks.brush(style))
            painter.drawRects(bundle.rects)
            if has_frame:
                painter.setPen(Qt.PenStyle.NoPen)
        if bundle.lines:
            painter.setPen(self.inks.pen(style))
            painter.drawLines(bundle.lines)
            painter.setPen(Qt.PenStyle.NoPen)

    def _paint_attention(
        self,
        painter: QPainter,
        document: QTextDocument,
        overlays: Overlays,
        top: float,
        bottom: float,
    ) -> None:
        """Fill the current annotation, the one under the pointer, and the selection."""

        def fill(fragments: Sequence[Span], colour: QColor, above: float, below: float) -> None:
            painter.setBrush(colour)
            boxes = self.boxes(document, fragments, top - EDGE, bottom + EDGE)
            painter.drawRects([box.rect.adjusted(-0.5, above, 0.5, below) for box in boxes])

        current = self._style_of(overlays.current)
        if current is not None:
            fill(overlays.current, self.inks.current(current), 0.0, -1.0)
        hovered = self.layer.placed(overlays.hover)
        if hovered is not None and self.layer.is_visible(hovered.style.code_id):
            fill(hovered.mark.fragments, self.inks.hover(hovered.style), 0.0, 0.0)
        if overlays.selection is not None:
            fill((overlays.selection,), self.inks.theme.colour("selection"), -1.0, 0.5)

    def _style_of(self, fragments: Fragments) -> MarkStyle | None:
        if not fragments:
            return None
        for mark in self.layer.at(fragments[0].start):
            placed = self.layer.placed(mark.id)
            if mark.fragments == fragments and placed is not None:
                return placed.style
        return None

    def paint_over(
        self, painter: QPainter, document: QTextDocument, clip: QRectF, overlays: Overlays
    ) -> None:
        """Paint what lies over the text within a rectangle of the document."""
        top, bottom = clip.top() - self.metrics.pitch, clip.bottom() + self.metrics.pitch
        if overlays.has_veil:
            self._paint_veil(painter, document, clip, overlays)
        accent = self.inks.theme.colour("accent")
        if overlays.links:
            paint_frames(painter, self.boxes(document, overlays.links, top, bottom), accent)
        selection = overlays.selection
        stretch = overlays.current if selection is None else (selection,)
        if stretch:
            first = self.boxes(document, stretch[:1], top, bottom)
            last = self.boxes(document, stretch[-1:], top, bottom)
            paint_brackets(painter, first, last, accent)

    def _paint_veil(
        self, painter: QPainter, document: QTextDocument, clip: QRectF, overlays: Overlays
    ) -> None:
        theme = self.inks.theme
        brush = theme.colour("base", theme.alpha.veil)
        top, bottom = clip.top(), clip.bottom()
        veiled = [
            (x, y, bundle.rects)
            for _, x, y, geometry in self.visible(document, top, bottom)
            for chunk in geometry.chunks_between(top - y, bottom - y)
            for style, bundle in chunk[VEIL_PASS].items()
            if self.layer.is_visible(style.code_id)
        ]
        if not veiled:
            return
        painter.save()
        self._spare(painter, document, clip, overlays.lifted)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(brush)
        for x, y, rects in veiled:
            painter.translate(x, y)
            painter.drawRects(rects)
            painter.translate(-x, -y)
        painter.restore()

    def _spare(
        self, painter: QPainter, document: QTextDocument, clip: QRectF, lifted: frozenset[str]
    ) -> None:
        """Keep the veil from the annotations in which the caret rests."""
        region = QRegion(clip.toAlignedRect())
        for mark_id in lifted:
            placed = self.layer.placed(mark_id)
            if placed is None:
                continue
            for box in self.boxes(document, placed.mark.fragments, clip.top(), clip.bottom()):
                region -= QRegion(box.rect.adjusted(-2, -2, 2, 2).toAlignedRect())
        if lifted:
            painter.setClipRegion(region)
