"""Measuring lines of a Qt text layout: where a stretch of text begins, ends and lies.

Left-to-right lines are measured by the x of the caret; lines of paragraphs with right-to-left
letters by their glyph runs, which agree with the selection that Qt itself would paint. Nothing
here is kept between frames.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QRectF

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtGui import QTextBlock, QTextDocument, QTextLine

    from annotator.desktop.pane_document import PaneMetrics
    from annotator.desktop.span_layer import Paragraph, SpanLayer
    from annotator.model.span import Span

ENDLESS = 1 << 60


class Line(NamedTuple):
    """One laid-out line: UTF-16 ends in its paragraph, and pixels."""

    start: int
    end: int
    baseline: float
    left: float
    right: float
    width: float
    top: float


class Box(NamedTuple):
    """The part of a stretch that lies in one line, in document coordinates.

    Args:
        rect: As high as letters get.
        starts: Whether the stretch begins at the rectangle's outer side.
        ends: Whether it ends there.
        start_is_left: Whether it begins at the left side.
        end_is_right: Whether it ends at the right side.
    """

    rect: QRectF
    starts: bool
    ends: bool
    start_is_left: bool = True
    end_is_right: bool = True


def measured(line: QTextLine, *, is_last: bool) -> Line:
    """Return the numbers of a Qt line; the last line of a paragraph has no end."""
    natural = line.naturalTextRect()
    start = line.textStart()
    return Line(
        start,
        ENDLESS if is_last else start + line.textLength(),
        line.y() + line.ascent(),
        natural.left(),
        natural.right(),
        line.width(),
        line.y(),
    )


def caret_x(line: QTextLine, qt_pos: int) -> float:
    """Return the x of the caret before a position."""
    answer = line.cursorToX(qt_pos)
    return float(answer[0] if isinstance(answer, tuple) else answer)  # type: ignore[arg-type]  # PySide's stub says object


def run_extents(line: QTextLine, start: int, end: int) -> list[tuple[float, float]]:
    """Return the stretches of x that the glyphs of a part of a line cover, left to right."""
    runs = line.glyphRuns(start, end - start)
    found = sorted({(r.left(), r.right()) for r in (run.boundingRect() for run in runs)})
    result: list[tuple[float, float]] = []
    for left, right in found:
        if result and left <= result[-1][1] + 0.6:
            result[-1] = (result[-1][0], max(result[-1][1], right))
        else:
            result.append((left, right))
    return result


def edge_x(
    line: QTextLine, qt_pos: int, extents: list[tuple[float, float]], *, at_end: bool
) -> tuple[float, bool]:
    """Return the x of the outer side of a stretch's first or last letter.

    Args:
        line: The line.
        qt_pos: The letter, in UTF-16 units of the paragraph.
        extents: Where the whole stretch lies; stands in for a letter without a glyph.
        at_end: Whether it is the last letter.

    Returns:
        The x, and whether the stretch lies right of it.
    """
    runs = line.glyphRuns(qt_pos, 1)
    if not runs:
        if not extents:
            return 0.0, not at_end
        return (extents[-1][1], False) if at_end else (extents[0][0], True)
    rect = runs[0].boundingRect()
    if runs[0].isRightToLeft() is at_end:
        return rect.left(), True
    return rect.right(), False


def block_at(document: QTextDocument, y: float, hint: int = 0) -> int:
    """Return the number of the last paragraph that begins at or above a height, else 0.

    Qt's own fuzzy hit test answers with the end of the text for the gap between two paragraphs
    while the text below is not laid out yet; this looks at the paragraphs' own places, and lays
    out little more than what it needs.

    Args:
        document: The document shown.
        y: In pixels of the document.
        hint: A paragraph near the answer, to search from.
    """
    layout = document.documentLayout()
    count = document.blockCount()

    def top(number: int) -> float:
        return layout.blockBoundingRect(document.findBlockByNumber(number)).y()

    low, step = min(hint, count - 1), 1
    while low > 0 and top(low) > y:
        low, step = max(0, low - step), step * 2
    high, step = low + 1, 1
    while high < count and top(high) <= y:
        low, high, step = high, min(count, high + step), step * 2
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if top(middle) <= y else (low, middle)
    return low


def position_at_height(document: QTextDocument, y: float) -> int:
    """Return the UTF-16 position of the first line that ends below a height."""
    block = document.findBlockByNumber(block_at(document, y))
    text_layout = block.layout()
    for index in range(text_layout.lineCount()):
        line = text_layout.lineAt(index)
        if text_layout.position().y() + line.y() + line.height() > y:
            return block.position() + line.textStart()
    return block.position()


def letters(metrics: PaneMetrics, baseline: float, left: float, right: float) -> QRectF:
    """Return a rectangle as high as letters get, with a little air.

    Carets lie on 64ths of a pixel: 0.4 keeps edges off the half pixel, where Qt rounds one way in
    a whole frame and another way in a strip of it.
    """
    return QRectF(
        left - 0.4,
        baseline + metrics.ascent - 2.0,
        right - left + 0.8,
        metrics.descent - metrics.ascent + 3.0,
    )


def stretch_boxes(
    document: QTextDocument,
    layer: SpanLayer,
    metrics: PaneMetrics,
    span: Span,
    top: float = float("-inf"),
    bottom: float = float("inf"),
) -> Iterator[Box]:
    """Yield where a stretch lies between two heights of the document, line by line.

    Args:
        document: The document shown; its paragraphs down to the stretch get laid out.
        layer: Knows the paragraphs of the text.
        metrics: The pane's sizes.
        span: In code points.
        top: Upper end of what is wanted.
        bottom: Lower end of it.
    """
    start, end = layer.utf16.to_utf16(span.start), layer.utf16.to_utf16(span.end)
    layout = document.documentLayout()
    number = layer.paragraph_at(start)
    while number < len(layer.paragraphs) and layer.paragraphs[number].qt_start < end:
        block = document.findBlockByNumber(number)
        bounds = layout.blockBoundingRect(block)  # lays the block out, too
        if bounds.top() > bottom + metrics.pitch:
            return
        if bounds.bottom() >= top - metrics.pitch:
            found = _paragraph_boxes(block, layer.paragraphs[number], start, end, metrics)
            yield from (b for b in found if b.rect.bottom() >= top and b.rect.top() <= bottom)
        number += 1


def _paragraph_boxes(
    block: QTextBlock, paragraph: Paragraph, start: int, end: int, metrics: PaneMetrics
) -> Iterator[Box]:
    text_layout = block.layout()
    origin = text_layout.position()
    count = text_layout.lineCount()
    part = (max(0, start - paragraph.qt_start), end - paragraph.qt_start)
    begins, closes = start >= paragraph.qt_start, end <= paragraph.qt_end + 1
    for index in range(count):
        line = text_layout.lineAt(index)
        if line.textStart() >= part[1]:
            return
        if line.textStart() + line.textLength() <= part[0]:
            continue
        boxes = _rtl_boxes if paragraph.is_rtl else _ltr_boxes
        for box in boxes(line, measured(line, is_last=index == count - 1), *part, metrics):
            yield Box(
                box.rect.translated(origin),
                box.starts and begins,
                box.ends and closes,
                box.start_is_left,
                box.end_is_right,
            )


def _ltr_boxes(
    line: QTextLine, numbers: Line, start: int, end: int, metrics: PaneMetrics
) -> Iterator[Box]:
    starts, ends = start >= numbers.start, end <= numbers.end
    left = caret_x(line, start) if start > numbers.start else numbers.left
    right = caret_x(line, end) if end < numbers.end else numbers.right
    yield Box(letters(metrics, numbers.baseline, left, right), starts, ends)


def _rtl_boxes(
    line: QTextLine, numbers: Line, start: int, end: int, metrics: PaneMetrics
) -> Iterator[Box]:
    stop = min(end, line.textStart() + line.textLength())
    first = max(start, numbers.start)
    extents = run_extents(line, first, stop)
    start_x, start_is_left = edge_x(line, first, extents, at_end=False)
    end_x, end_is_left = edge_x(line, stop - 1, extents, at_end=True)
    for left, right in extents:
        yield Box(
            letters(metrics, numbers.baseline, left, right),
            start >= numbers.start and abs((left if start_is_left else right) - start_x) < 1,
            end <= numbers.end and abs((left if end_is_left else right) - end_x) < 1,
            start_is_left,
            not end_is_left,
        )
