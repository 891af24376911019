"""The margin left of the text: stripes, labels, joins of fragments, line numbers.

The label is the channel for readers who do not see the colours. Labels are stacked inside the
height of their paragraph, so that those of two paragraphs never meet; what does not fit is counted.
"""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QFontMetricsF, QPainter, QPen

from annotator.desktop.mark import BOILERPLATE_OWN, BOILERPLATE_SUGGESTED, OTHER_CODER, SUGGESTION
from annotator.desktop.pane_document import STRIPE_WIDTH

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QColor

    from annotator.desktop.inks import Inks
    from annotator.desktop.mark import Mark, MarkStyle
    from annotator.desktop.pane_document import PaneMetrics
    from annotator.desktop.span_geometry import ParagraphGeometry, Stripe
    from annotator.desktop.span_layer import SpanLayer
    from annotator.desktop.span_paint import Visible

LABEL_PITCH = 12.0
LEFT_EDGE = 4.0


class Label(NamedTuple):
    """A margin label: its upper edge in the paragraph, its words, whose it is.

    A label without a mark counts those for which there is no room.
    """

    top: float
    text: str
    mark: Mark | None
    style: MarkStyle | None


def stacked(labels: Sequence[Label], floor: float, pitch: float = LABEL_PITCH) -> list[Label]:
    """Return the labels one under the other, none below the floor; equal ones on a line are one.

    >>> [label.top for label in stacked([Label(0, "a", None, None), Label(4, "b", None, None)], 40)]
    [0, 12.0]
    """
    kept: list[Label] = []
    for label in sorted(labels, key=lambda item: item.top):
        if not any(k.text == label.text and label.top - k.top < pitch for k in kept):
            kept.append(label)
    if not kept:
        return []
    room = max(1, int((floor - kept[0].top) // pitch))
    if len(kept) > room:
        left_out = len(kept) - (room - 1)
        kept = [*kept[: room - 1], Label(kept[room - 1].top, f"+{left_out}", None, None)]
    tops = list(accumulate((label.top for label in kept), lambda y, top: max(top, y + pitch)))
    limit = floor
    for i in range(len(tops) - 1, -1, -1):
        limit = tops[i] = min(tops[i], limit - pitch)
    return [label._replace(top=top) for label, top in zip(kept, tops, strict=True)]


class MarginPainter:
    """Paints the margin and knows what lies at a place in it.

    Args:
        layer: The marks.
        metrics: The pane's sizes.
        inks: Its colours.
    """

    def __init__(self, layer: SpanLayer, metrics: PaneMetrics, inks: Inks) -> None:
        self.layer = layer
        self.metrics = metrics
        self.inks = inks
        self._measure = QFontMetricsF(metrics.label_font)
        self._cut: dict[str, str] = {}
        full = (int(p.qt_end > p.qt_start) for p in layer.paragraphs)
        self._line_numbers = list(accumulate(full)) if metrics.number_width else []

    def labels(self, geometry: ParagraphGeometry) -> list[Label]:
        """Return the labels of a paragraph as they stand, for the codes that are shown."""
        found = [
            Label(stripe.label_top, mark.label, mark, stripe.placed.style)
            for stripe in geometry.stripes
            if stripe.label_top is not None
            and (mark := stripe.placed.mark).label
            and self.layer.is_visible(mark.code_id)
        ]
        return stacked(found, geometry.height) if found else []

    def paint(self, painter: QPainter, shown: Sequence[Visible], top: float, bottom: float) -> None:
        """Paint the margin of paragraphs between two heights of the document."""
        painter.setFont(self.metrics.label_font)
        for number, _, y, geometry in shown:
            if y + geometry.height + LABEL_PITCH < top:
                continue
            painter.translate(0, y)
            for stripe in geometry.stripes:
                if y + stripe.top <= bottom and self.layer.is_visible(stripe.placed.mark.code_id):
                    self._paint_stripe(painter, stripe)
            self._paint_crowded(painter, geometry)
            self._paint_labels(painter, geometry)
            if self._line_numbers:
                self._paint_number(painter, number, geometry)
            painter.translate(0, -y)

    def _paint_stripe(self, painter: QPainter, stripe: Stripe) -> None:
        column, style = stripe.placed.column, stripe.placed.style
        if abs(column) >= self.metrics.stripes:
            return
        colour = self.inks.colour(style)
        left = self.metrics.stripe_left(column)
        for above, below in stripe.joins:
            if below - above > 2:
                painter.setPen(QPen(colour, 1.2, Qt.PenStyle.DotLine))
                x = left + STRIPE_WIDTH / 2
                painter.drawLine(QPointF(x, above + 1), QPointF(x, below - 1))
                painter.setPen(Qt.PenStyle.NoPen)
        if stripe.bottom > stripe.top and style.form != SUGGESTION:
            rect = QRectF(left, stripe.top, STRIPE_WIDTH, stripe.bottom - stripe.top)
            self._paint_bar(painter, rect, style.form, colour)

    def _paint_bar(self, painter: QPainter, rect: QRectF, form: str, colour: QColor) -> None:
        if form == BOILERPLATE_OWN:
            painter.fillRect(rect, QBrush(colour, Qt.BrushStyle.BDiagPattern))
        elif form == BOILERPLATE_SUGGESTED:
            painter.setPen(QPen(colour, 1.0))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(rect.adjusted(0.5, 0.5, -0.5, -0.5))
            painter.setPen(Qt.PenStyle.NoPen)
        elif form == OTHER_CODER:
            painter.fillRect(rect.adjusted(1.0, 0.0, -1.0, 0.0), colour)
        else:
            painter.fillRect(rect, colour)

    def _paint_crowded(self, painter: QPainter, geometry: ParagraphGeometry) -> None:
        """Mark with three dots the lines that have more bars than lanes."""
        baselines = {y for style, y in geometry.crowded if self.layer.is_visible(style.code_id)}
        painter.setBrush(self.inks.theme.colour("muted"))
        for baseline in baselines:
            middle = round(baseline + self.metrics.descent + 6.0)
            for dot in (-4, 0, 4):
                painter.drawRect(QRectF(self.metrics.margin - 6, middle + dot, 2, 2))

    def _paint_labels(self, painter: QPainter, geometry: ParagraphGeometry) -> None:
        for label in self.labels(geometry):
            muted = self.inks.theme.colour("muted")
            painter.setPen(muted if label.style is None else self.inks.label(label.style))
            painter.drawText(self._label_rect(label), _LABEL_FLAGS, self._shortened(label.text))
        painter.setPen(Qt.PenStyle.NoPen)

    def _label_rect(self, label: Label) -> QRectF:
        left = LEFT_EDGE / 2 + self.metrics.number_width
        return QRectF(left, label.top, self.metrics.label_right - left, LABEL_PITCH)

    def _shortened(self, text: str) -> str:
        """Return as many letters as fit the margin."""
        cut = self._cut.get(text)
        if cut is None:
            room = self.metrics.label_right - self.metrics.number_width - LEFT_EDGE / 2
            cut = text
            while len(cut) > 1 and self._measure.horizontalAdvance(cut) > room + 0.5:
                cut = cut[:-1].rstrip()
            self._cut[text] = cut
        return cut

    def _paint_number(self, painter: QPainter, number: int, geometry: ParagraphGeometry) -> None:
        paragraph = self.layer.paragraphs[number]
        if paragraph.qt_end == paragraph.qt_start:
            return
        painter.setPen(self.inks.theme.colour("muted"))
        baseline = QPointF(LEFT_EDGE, geometry.first_baseline)
        text = str(self._line_numbers[number])
        right = LEFT_EDGE + self.metrics.number_width - 8 - self._measure.horizontalAdvance(text)
        painter.drawText(QPointF(max(LEFT_EDGE, right), baseline.y()), text)
        painter.setPen(Qt.PenStyle.NoPen)

    def mark_at(self, x: float, y: float, geometry: ParagraphGeometry) -> Mark | None:
        """Return the mark whose label or stripe lies at a place of a paragraph."""
        if x <= self.metrics.label_right:
            hits = (m.mark for m in self.labels(geometry) if self._label_rect(m).contains(x, y))
            return next(hits, None)
        for stripe in geometry.stripes:
            left = self.metrics.stripe_left(stripe.placed.column)
            is_here = left - 1 <= x < left + STRIPE_WIDTH + 1 and stripe.top <= y <= stripe.bottom
            if is_here and self.layer.is_visible(stripe.placed.mark.code_id):
                return stripe.placed.mark
        return None


_LABEL_FLAGS = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
