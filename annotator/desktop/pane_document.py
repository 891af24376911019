"""The sizes of a reading pane and the Qt document it shows.

`PaneMetrics` holds every length the pane is drawn by; `build_document` makes the `QTextDocument`
completely before any view is attached to it, which costs 2 ms where formatting a shown document
costs 70. The document is for showing only: nobody reads text back from it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtGui import (
    QFont,
    QFontMetricsF,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
)

from annotator.desktop.fonts import sans, serif

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtCore import QObject

    from annotator.model.article import Block
    from annotator.model.span import Utf16Map

# Characters that Qt would turn into a paragraph of its own or drop. Stored texts have none; a
# text that has them all the same is shown with a stand-in of the same length.
STAND_INS = {ord(c): " " for c in "\r\u2029\ufdd0\ufdd1\x00"}
SURROGATE = re.compile("[\ud800-\udfff]")
PITCH = 1.72  # line pitch in ems; Charis SIL's own line spacing would be far wider
SAMPLE = "the quick brown fox jumps over the lazy dog and some more words of prose"
STRIPE_PITCH, STRIPE_WIDTH = 5.0, 3.0
LANE_TOPS = (0.0, 4.0, 8.0)
LANE_HEIGHTS = (2.5, 2.5, 1.5)  # the third is squeezed in above the next line's letters
LANES, LANE_HEIGHT = len(LANE_TOPS), LANE_HEIGHTS[0]
PARAGRAPH_GAP = 14
BLANK_HEIGHT = 1
RULER_WIDTH = 11
DIGIT_WIDTH = 6.4


@dataclass(frozen=True, slots=True)
class PaneMetrics:
    """Lengths in logical pixels; y grows downwards from a baseline.

    Args:
        text_px: Size of the article's text.
        pitch: From baseline to baseline.
        ascent: Top of tall letters, negative.
        descent: Bottom of letters with a tail, with a little air.
        column: Width of the longest line.
        margin: Left of the text: labels, stripes, line numbers.
        right: Right of the text.
        stripes: How many stripes fit the margin.
        stripe_offset: From the text to the left edge of the first stripe.
        number_width: Room for line numbers; 0 when they are off.
        line_length: Characters of a full line, about.
    """

    text_px: int
    pitch: int
    ascent: float
    descent: float
    column: float
    margin: int
    right: int
    stripes: int
    stripe_offset: int
    number_width: int
    line_length: int

    @property
    def font(self) -> QFont:
        """The typeface of the text."""
        return serif(self.text_px)

    @property
    def label_font(self) -> QFont:
        """The typeface of margin labels and line numbers."""
        return sans(10, 500, has_tabular_figures=True)

    @property
    def width(self) -> int:
        """The widest that the text with its margins gets."""
        return int(self.margin + self.column + self.right)

    @property
    def label_right(self) -> float:
        """Right edge of the margin labels."""
        return self.margin - self.stripe_offset - self.stripes * STRIPE_PITCH

    def stripe_left(self, column: int) -> float:
        """Return the left edge of a stripe; columns below 0 count from the labels."""
        if column < 0:
            column += self.stripes
        return self.margin - self.stripe_offset - column * STRIPE_PITCH


def pane_metrics(text_px: int, *, is_compact: bool, paragraphs: int = 0) -> PaneMetrics:
    """Return the sizes of a pane.

    Args:
        text_px: Size of the text.
        is_compact: Whether two or more panes stand side by side.
        paragraphs: How many lines are to be numbered; 0 for no numbers.
    """
    measure = QFontMetricsF(serif(text_px))
    number_width = round(len(str(paragraphs)) * DIGIT_WIDTH) + 8 if paragraphs else 0
    characters = 72
    return PaneMetrics(
        text_px=text_px,
        pitch=round(text_px * PITCH),
        ascent=measure.tightBoundingRect("ÅÉldfh").top(),
        descent=measure.tightBoundingRect("gjpqyç").bottom() + 1.5,
        column=measure.horizontalAdvance(SAMPLE) / len(SAMPLE) * characters,
        margin=(54 if is_compact else 98) + number_width,
        right=(16 if is_compact else 22) - RULER_WIDTH,
        stripes=3 if is_compact else 4,
        stripe_offset=11 if is_compact else 14,
        number_width=number_width,
        line_length=36 if is_compact else characters,
    )


def build_document(
    text: str, blocks: Iterable[Block], metrics: PaneMetrics, utf16: Utf16Map, parent: QObject
) -> QTextDocument:
    """Return the document of a text, complete and not yet laid out."""
    document = QTextDocument(parent)
    document.setUndoRedoEnabled(False)
    document.setDefaultFont(metrics.font)
    document.setDocumentMargin(0)
    cursor = QTextCursor(document)
    cursor.beginEditBlock()
    cursor.setBlockFormat(_block_format(metrics.pitch, PARAGRAPH_GAP))
    cursor.insertText(SURROGATE.sub("\ufffd", text.translate(STAND_INS)))
    _flatten_blank_lines(cursor, text, utf16)
    _embolden_headlines(cursor, blocks, utf16)
    cursor.endEditBlock()
    frame = document.rootFrame().frameFormat()
    frame.setLeftMargin(metrics.margin)
    frame.setRightMargin(metrics.right)
    frame.setTopMargin(10)
    frame.setBottomMargin(60)
    document.rootFrame().setFrameFormat(frame)
    return document


def _block_format(height: int, gap: int) -> QTextBlockFormat:
    result = QTextBlockFormat()
    result.setLineHeight(height, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
    result.setBottomMargin(gap)
    return result


def _flatten_blank_lines(cursor: QTextCursor, text: str, utf16: Utf16Map) -> None:
    """Take the height from blank lines: the gap between paragraphs is enough."""
    flat = _block_format(BLANK_HEIGHT, 0)
    for match in re.finditer(r"(?<=\n)\n", text):
        cursor.setPosition(utf16.to_utf16(match.start()))
        cursor.setBlockFormat(flat)


def _embolden_headlines(cursor: QTextCursor, blocks: Iterable[Block], utf16: Utf16Map) -> None:
    bold = QTextCharFormat()
    bold.setProperty(QTextFormat.Property.FontWeight, QFont.Weight.Bold.value)
    for block in blocks:
        if block.role == "headline":
            cursor.setPosition(utf16.to_utf16(block.start))
            cursor.setPosition(utf16.to_utf16(block.end), QTextCursor.MoveMode.KeepAnchor)
            cursor.mergeCharFormat(bold)
