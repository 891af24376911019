"""Square brackets around the current stretch, dotted frames around what it is linked to.

Both mark real ends only: where a stretch runs over a line break, nothing closes it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtGui import QColor

    from annotator.desktop.line_measure import Box

FOOT, STROKE, DISTANCE = 5, 2, 3
CORNER = 3.0


def paint_brackets(
    painter: QPainter, first: Iterable[Box], last: Iterable[Box], colour: QColor
) -> None:
    """Draw `[` where the first fragment begins and `]` where the last one ends."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    for box in first:
        if box.starts:
            _bracket(painter, box.rect, is_left=box.start_is_left)
    for box in last:
        if box.ends:
            _bracket(painter, box.rect, is_left=not box.end_is_right)
    painter.restore()


def _bracket(painter: QPainter, rect: QRectF, *, is_left: bool) -> None:
    top, bottom = round(rect.top()) - 2, round(rect.bottom()) + 1
    if is_left:
        x = feet = round(rect.left()) - DISTANCE
    else:
        x = round(rect.right()) + DISTANCE - STROKE
        feet = x + STROKE - FOOT
    painter.drawRect(QRectF(x, top, STROKE, bottom - top))
    painter.drawRect(QRectF(feet, top, FOOT, STROKE))
    painter.drawRect(QRectF(feet, bottom - STROKE, FOOT, STROKE))


def paint_frames(painter: QPainter, boxes: Iterable[Box], colour: QColor) -> None:
    """Draw dotted frames, open where a line breaks."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colour, 1.4, Qt.PenStyle.DotLine))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for box in boxes:
        has_left = box.starts if box.start_is_left else box.ends
        has_right = box.ends if box.end_is_right else box.starts
        rect = box.rect.adjusted(-2.0, -1.0, 2.0, 1.0)
        painter.drawPath(_frame(rect, has_left=has_left, has_right=has_right))
    painter.restore()


def _frame(rect: QRectF, *, has_left: bool, has_right: bool) -> QPainterPath:
    """Return the upper and lower edge, joined on the sides that are real ends."""
    path = QPainterPath()
    if has_left and has_right:
        path.addRoundedRect(rect, CORNER, CORNER)
        return path
    far, near = (rect.left(), rect.right()) if has_left else (rect.right(), rect.left())
    inward = CORNER if has_left else -CORNER
    path.moveTo(QPointF(near, rect.top()))
    if not (has_left or has_right):
        path.lineTo(QPointF(far, rect.top()))
        path.moveTo(QPointF(near, rect.bottom()))
        path.lineTo(QPointF(far, rect.bottom()))
        return path
    path.lineTo(QPointF(far + inward, rect.top()))
    path.quadTo(QPointF(far, rect.top()), QPointF(far, rect.top() + CORNER))
    path.lineTo(QPointF(far, rect.bottom() - CORNER))
    path.quadTo(QPointF(far, rect.bottom()), QPointF(far + inward, rect.bottom()))
    path.lineTo(QPointF(near, rect.bottom()))
    return path
