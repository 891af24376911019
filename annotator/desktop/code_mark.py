"""The mark of a code: how the code looks in the text, small enough to stand before its name.

Panel, palette, popover, strip and inspector all paint it here, so that a code looks the same
everywhere: bars with ticks for what people code, pale fills with a hairline for suggestions,
hatching for boilerplate, a grey block for shared passages. Colours and patterns come from `inks`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QLineF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from annotator.desktop.inks import HAIRLINES, Inks
from annotator.desktop.mark import (
    BARS,
    BOILERPLATE,
    BOILERPLATE_OWN,
    BOILERPLATE_SUGGESTED,
    OTHER_CODER,
    OWN,
    SHARED,
    SUGGESTION,
    MarkStyle,
)
from annotator.desktop.pane_data import KINDS
from annotator.desktop.span_geometry import DASHED_PATTERNS, TICK_HEIGHT, TICK_WIDTH
from annotator.desktop.theme import faded

if TYPE_CHECKING:
    from collections.abc import Callable

    from annotator.desktop.theme import Theme
    from annotator.model.codebook import Code

MARK_WIDTH, MARK_HEIGHT = 24, 16
BLOCK_HEIGHT, BAR_HEIGHT, SIDE_BAR = 14.0, 3.0, 2.5
# Alone on a row a fill has less company than in the text, so it is a little stronger.
STRONGER = 0.06
FAINT_HATCHING = 0.45
SHARED_STYLE = MarkStyle(SHARED, "", "none", "", "", "", is_inner=False)


def mark_style(code: Code, *, is_own: bool = True, form: str = "") -> MarkStyle:
    """Return the look of a code.

    Args:
        code: The code.
        is_own: Whether a person coded it; else it is a suggestion.
        form: One of `mark.FORMS`, where it is neither.
    """
    form = form or (OWN if is_own else SUGGESTION)
    if code.layer == "boilerplate":
        form = {OWN: BOILERPLATE_OWN, SUGGESTION: BOILERPLATE_SUGGESTED}.get(form, form)
    kind = ""
    if form == SUGGESTION:
        default = "quote" if code.layer == "quote" else "organisation"
        kind = KINDS.get((code.layer, code.slug), default)
    return MarkStyle(
        form, kind, code.pattern, code.colour_light, code.colour_dark, code.id, is_inner=False
    )


def mark_painter(
    theme: Theme, code: Code, *, is_own: bool = True
) -> Callable[[QPainter, QRectF], None]:
    """Return a function that paints the mark of a code into a rectangle."""
    style = mark_style(code, is_own=is_own)

    def paint(painter: QPainter, rect: QRectF) -> None:
        paint_mark(painter, theme, style, rect)

    return paint


def paint_mark(painter: QPainter, theme: Theme, style: MarkStyle, rect: QRectF) -> None:
    """Paint a mark into a rectangle of 24 x 16, or wider.

    Args:
        painter: Where; left as it was.
        theme: Its colours.
        style: The look, as from `mark_style`.
        rect: Its place; the mark is as wide and stands in the middle of the height.
    """
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
    painter.setPen(Qt.PenStyle.NoPen)
    place = QRectF(round(rect.left()), round(rect.center().y()), round(rect.width()), 0)
    inks = Inks(theme)
    if style.form in BARS:
        _paint_bar(painter, inks, style, place.adjusted(0, 2, 0, 2 + BAR_HEIGHT))
    else:
        block = place.adjusted(0, -BLOCK_HEIGHT / 2, 0, BLOCK_HEIGHT / 2)
        if style.form in BOILERPLATE:
            _paint_hatching(painter, inks, style, block)
        elif style.form == SHARED:
            _paint_shared(painter, inks, block)
        else:
            _paint_fill(painter, inks, style, block)
    painter.restore()


def _paint_bar(painter: QPainter, inks: Inks, style: MarkStyle, bar: QRectF) -> None:
    """Paint a bar with upward ticks at both ends, as under the text."""
    alpha = inks.theme.alpha.other if style.form == OTHER_CODER else 1.0
    colour = faded(inks.colour(style), alpha)
    painter.setBrush(colour)
    if style.pattern in DASHED_PATTERNS:
        pen = inks.pen(style)
        painter.setPen(pen)
        painter.drawLine(QLineF(bar.left(), bar.center().y(), bar.right(), bar.center().y()))
        painter.setPen(Qt.PenStyle.NoPen)
    elif style.pattern == "double":
        painter.drawRect(QRectF(bar.left(), bar.top(), bar.width(), 1.0))
        painter.drawRect(QRectF(bar.left(), bar.top() + 2.0, bar.width(), 1.0))
    else:
        painter.drawRect(bar)
    top = bar.top() - TICK_HEIGHT
    painter.drawRect(QRectF(bar.left(), top, TICK_WIDTH, TICK_HEIGHT))
    painter.drawRect(QRectF(bar.right() - TICK_WIDTH, top, TICK_WIDTH, TICK_HEIGHT))


def _paint_fill(painter: QPainter, inks: Inks, style: MarkStyle, block: QRectF) -> None:
    """Paint a pale fill; a hairline under it tells the kinds apart without colour."""
    painter.setBrush(faded(inks.colour(style), inks.theme.alpha.fill + STRONGER))
    painter.drawRect(block)
    if style.kind in HAIRLINES:
        painter.setPen(inks.pen(style))
        y = block.bottom() - 0.5
        painter.drawLine(QLineF(block.left(), y, block.right(), y))


def _paint_hatching(painter: QPainter, inks: Inks, style: MarkStyle, block: QRectF) -> None:
    """Paint hatching for boilerplate; what is only suggested is fainter and has an outline."""
    colour = inks.colour(style)
    is_suggested = style.form == BOILERPLATE_SUGGESTED
    hatching = faded(colour, FAINT_HATCHING) if is_suggested else colour
    painter.setBrushOrigin(block.topLeft())
    painter.setBrush(QBrush(hatching, Qt.BrushStyle.BDiagPattern))
    if is_suggested:
        painter.setPen(QPen(colour, 1.0))
        block = block.adjusted(0.5, 0.5, -0.5, -0.5)
    painter.drawRect(block)


def _paint_shared(painter: QPainter, inks: Inks, block: QRectF) -> None:
    """Paint the grey block of a shared passage between the ends of its ribbons."""
    painter.setBrush(inks.theme.colour("shared", 0.2))
    painter.drawRect(block)
    painter.setBrush(inks.theme.colour("shared"))
    painter.drawRect(QRectF(block.left(), block.top(), SIDE_BAR, block.height()))
    painter.drawRect(QRectF(block.right() - SIDE_BAR, block.top(), SIDE_BAR, block.height()))


class MarkLabel(QWidget):
    """The mark of a code beside its name; it says nothing by itself.

    Args:
        theme: Its colours.
        style: The look; None leaves the place empty.
        parent: Its parent.
    """

    def __init__(
        self, theme: Theme, style: MarkStyle | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme, self._style = theme, style
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFixedSize(QSize(MARK_WIDTH, MARK_HEIGHT))
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def set_mark(self, style: MarkStyle | None) -> None:
        """Show another mark, or none."""
        self._style = style
        self.update()

    def set_theme(self, theme: Theme) -> None:
        """Show other colours."""
        self._theme = theme
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the mark."""
        if self._style is not None:
            with QPainter(self) as painter:
                paint_mark(painter, self._theme, self._style, QRectF(self.rect()))
