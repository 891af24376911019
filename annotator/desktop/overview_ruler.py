"""The scroll bar of a reading pane: the whole article on 10 px.

It shows where the viewport is, where the codes are and how dense, and what other articles share.
It stays a QScrollBar for the scroll area, the keyboard and screen readers; only its painting and
its mouse are its own. The article's picture is drawn once per change and then blitted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QScrollBar

from annotator.desktop.mark import OTHER_CODER, OWN, SHARED, SUGGESTION
from annotator.desktop.pane_document import RULER_WIDTH
from annotator.desktop.theme import faded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QTextDocument
    from PySide6.QtWidgets import QWidget

    from annotator.desktop.inks import Inks
    from annotator.desktop.span_layer import SpanLayer
    from annotator.desktop.theme import Theme

TICK_KINDS = {OWN: "code", OTHER_CODER: "code", SUGGESTION: "suggestion", SHARED: "shared"}
SHORTEST_THUMB = 18.0
SHARED_ALPHA = 0.35
TICK = QSize(4, 2)


class Tick(NamedTuple):
    """A stretch of the article.

    Args:
        top: Where it begins, 0 to 1 of the article's height.
        bottom: Where it ends.
        colour: Its colour.
        kind: "code", "suggestion" or "shared".
    """

    top: float
    bottom: float
    colour: QColor
    kind: str


def article_ticks(document: QTextDocument, layer: SpanLayer, inks: Inks) -> list[Tick]:
    """Return what the ruler shows of a text; lays the whole document out.

    Heights inside a paragraph are estimated from the characters before: exact enough for 2 px.
    """
    layout = document.documentLayout()
    total = max(1.0, layout.documentSize().height())
    result = []
    block = document.firstBlock()
    for paragraph in layer.paragraphs:
        if paragraph.pieces:
            rect = layout.blockBoundingRect(block)
            scale = rect.height() / max(1, paragraph.qt_end - paragraph.qt_start) / total
            for piece in paragraph.pieces:
                kind = TICK_KINDS.get(piece.placed.style.form)
                is_wanted = piece.opens or (kind == "shared" and piece.end > piece.start)
                if (
                    kind is None
                    or not is_wanted
                    or not layer.is_visible(piece.placed.style.code_id)
                ):
                    continue
                top = rect.top() / total + piece.start * scale
                bottom = rect.top() / total + piece.end * scale
                result.append(Tick(top, bottom, inks.colour(piece.placed.style), kind))
        block = block.next()
    return result


class OverviewRuler(QScrollBar):
    """A vertical scroll bar that shows the article.

    Args:
        theme: Its colours.
        parent: The pane.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self._theme = theme
        self._ticks: tuple[Tick, ...] = ()
        self._picture: QPixmap | None = None
        self.setAccessibleName("Overview of the article")
        self.setAccessibleDescription("Scrolls the article; shows where it is coded.")
        self.setFixedWidth(RULER_WIDTH)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colours."""
        self._theme = theme
        self._redraw()

    def set_ticks(self, ticks: Sequence[Tick]) -> None:
        """Show these stretches."""
        self._ticks = tuple(ticks)
        self._redraw()

    @property
    def ticks(self) -> tuple[Tick, ...]:
        """The stretches shown."""
        return self._ticks

    def thumb(self) -> QRectF:
        """Return where the viewport lies on the ruler."""
        length = self.maximum() - self.minimum() + self.pageStep()
        height = float(self.height())
        size = min(height, max(SHORTEST_THUMB, height * self.pageStep() / max(1, length)))
        way = self.maximum() - self.minimum()
        top = (height - size) * (self.value() - self.minimum()) / way if way else 0.0
        return QRectF(1.0, top, RULER_WIDTH - 3.0, size)

    def sizeHint(self) -> QSize:
        """Return the width of the ruler."""
        return QSize(RULER_WIDTH, 60)

    def minimumSizeHint(self) -> QSize:
        """Return the smallest useful size."""
        return QSize(RULER_WIDTH, 20)

    def _redraw(self) -> None:
        self._picture = None
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Draw the article at its new height."""
        self._picture = None
        super().resizeEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Blit the article and paint the viewport over it."""
        ratio = self.devicePixelRatioF()
        if self._picture is None or self._picture.devicePixelRatio() != ratio:
            self._picture = self._drawn(ratio)
        with QPainter(self) as painter:
            painter.drawPixmap(0, 0, self._picture)
            if self.maximum() > self.minimum():
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(self._theme.colour("text", self._theme.alpha.thumb))
                painter.drawRoundedRect(self.thumb(), 4.0, 4.0)

    def _drawn(self, ratio: float) -> QPixmap:
        picture = QPixmap(self.size() * ratio)
        picture.setDevicePixelRatio(ratio)
        picture.fill(self._theme.colour("base"))
        height = self.height()
        with QPainter(picture) as painter:
            for tick in self._ticks:
                if tick.kind == "shared":
                    top = round(tick.top * height)
                    size = max(2, round((tick.bottom - tick.top) * height))
                    painter.fillRect(1, top, 2, size, faded(tick.colour, SHARED_ALPHA))
            self._draw_density(painter, height)
            self._draw_codes(painter, height)
        return picture

    def _draw_density(self, painter: QPainter, height: int) -> None:
        """Shade a pixel's breadth at the right by how many suggestions lie there."""
        counts: dict[int, int] = {}
        for tick in self._ticks:
            if tick.kind == "suggestion":
                row = round(tick.top * height) // 2
                counts[row] = counts.get(row, 0) + 1
        for row, number in counts.items():
            shade = self._theme.colour("text", min(0.5, 0.10 * number))
            painter.fillRect(RULER_WIDTH - 2, row * 2, 1, 2, shade)

    def _draw_codes(self, painter: QPainter, height: int) -> None:
        """Draw codes side by side where they begin on the same pixels, three at most."""
        taken: dict[int, list[int]] = {}
        for tick in self._ticks:
            if tick.kind != "code":
                continue
            row = round(tick.top * (height - TICK.height())) // 2 * 2
            names = taken.setdefault(row, [])
            if tick.colour.rgb() in names or len(names) >= 3:
                continue
            names.append(tick.colour.rgb())
            left = 4 + (len(names) - 1) * 2
            painter.fillRect(left, row, TICK.width(), TICK.height(), tick.colour)

    # ---- the mouse: click to go there, drag to follow

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go to the place that was clicked."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._go_to(event.position().y())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Follow the pointer while the button is held."""
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._go_to(event.position().y())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Stop following."""
        event.accept()

    def _go_to(self, y: float) -> None:
        """Centre the viewport on a height of the ruler."""
        length = self.maximum() - self.minimum() + self.pageStep()
        centre = y / max(1, self.height()) * length
        self.setValue(round(self.minimum() + centre - self.pageStep() / 2))
