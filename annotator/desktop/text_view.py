"""A read-only view of one text: its document, its sizes, its painting, and where things lie.

A QTextEdit keeps Qt's layout, bidi, pixel scrolling and accessible text; marks are painted by
`span_paint` under and over it. What is shown and what a reader does with it (marks, caret,
selection, pointer) is `reading_pane`. Text is never read back from Qt.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect, QRectF, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QResizeEvent, QTextCursor, QTextDocument
from PySide6.QtWidgets import QFrame, QTextEdit

from annotator.desktop.line_measure import position_at_height
from annotator.desktop.overview_ruler import OverviewRuler, article_ticks
from annotator.desktop.pane_document import PaneMetrics, build_document, pane_metrics
from annotator.desktop.span_layer import SpanLayer
from annotator.desktop.span_paint import Overlays, SpanPainter

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from PySide6.QtWidgets import QWidget

    from annotator.desktop.mark import Mark
    from annotator.desktop.theme import Theme
    from annotator.model.article import Block
    from annotator.model.span import Span

LARGE = 40_000  # characters from which wrapping anew waits until a dragged splitter rests
RULER_DELAY_MS, WRAP_DELAY_MS = 40, 60
SURROUND = 8  # pixels around a stretch that brackets, frames and bars may reach
UPPER_PART = 0.25  # where in the view a stretch lands that is scrolled to


class TextView(QTextEdit):
    """One article's text and what is painted on it.

    Args:
        theme: Its colours.
        parent: The widget it lies in.
        text_px: Size of the text.
        is_compact: Whether other panes stand beside it.
    """

    def __init__(
        self,
        theme: Theme,
        parent: QWidget | None = None,
        *,
        text_px: int = 17,
        is_compact: bool = False,
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        self.overlays = Overlays()
        self._text_px, self._is_compact, self._has_numbers = text_px, is_compact, False
        self._text = ""
        self._blocks: tuple[Block, ...] = ()
        self._hits: tuple[Span, ...] = ()
        self._shared: tuple[Span, ...] = ()
        self._visible_codes: frozenset[str] | None = None
        self._top_position: int | None = None
        self._wrap_timer = self._delayed(WRAP_DELAY_MS, self.wrap_again)
        self._ruler_timer = self._delayed(RULER_DELAY_MS, self.redraw_ruler)
        self.ruler = OverviewRuler(theme, self)
        self._document = QTextDocument(self)
        self._prepare()
        self._build(())
        self.set_theme(theme)

    def _prepare(self) -> None:
        self.setReadOnly(True)
        self.setUndoRedoEnabled(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBar(self.ruler)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.ruler.setSingleStep(28)
        self.setLineWrapMode(QTextEdit.LineWrapMode.FixedPixelWidth)
        self.viewport().setMouseTracking(True)
        self.setCursorWidth(2)
        self.setAccessibleName("Article text")

    def _delayed(self, milliseconds: int, act: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(milliseconds)
        timer.timeout.connect(act)
        return timer

    # ---- what is shown

    @property
    def article_text(self) -> str:
        """The text as it was given, never as Qt would give it back."""
        return self._text

    @property
    def metrics(self) -> PaneMetrics:
        """The sizes it is drawn by."""
        return self._metrics

    @property
    def layer(self) -> SpanLayer:
        """The marks and where they are in the text."""
        return self._layer

    @property
    def measured_paragraphs(self) -> int:
        """How many paragraphs were measured since the text was shown or its size changed."""
        return self._spans.geometry.builds

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
        self._text, self._blocks = text, tuple(blocks)
        self._hits = self._shared = ()
        self.overlays = Overlays(has_veil=self.overlays.has_veil)
        self._build(tuple(marks))
        self.ruler.setValue(0)

    def _build(self, marks: Sequence[Mark]) -> None:
        """Make document, layer and painter anew: for another text or another size."""
        numbered = self._text.count("\n") + 1 if self._has_numbers else 0
        metrics = pane_metrics(self._text_px, is_compact=self._is_compact, paragraphs=numbered)
        layer = SpanLayer(self._text, marks, metrics.line_length)
        layer.set_visible_codes(self._visible_codes)
        layer.set_hits(self._hits)
        layer.set_shared(self._shared)
        document = build_document(self._text, self._blocks, metrics, layer.utf16, self)
        self._metrics, self._layer = metrics, layer
        self._spans = SpanPainter(layer, metrics, self.theme)
        self._wrap()
        old, self._document = self._document, document
        self.setDocument(document)
        old.deleteLater()
        self._ruler_timer.start()

    def _rebuild(self) -> None:
        """Build anew at another size; caret, selection and the first line stay."""
        cursor, top = self.textCursor(), self._position_at_top()
        anchor, position = cursor.anchor(), cursor.position()
        self._build(self._layer.marks)
        cursor = QTextCursor(self._document)
        cursor.setPosition(anchor)
        cursor.setPosition(position, QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)
        self._put_at_top(top)

    def show_codes(self, code_ids: frozenset[str] | None) -> None:
        """Paint only marks with these codes; None paints all. Nothing is measured anew."""
        self._visible_codes = code_ids
        self._layer.set_visible_codes(code_ids)
        self._ruler_timer.start()
        self.viewport().update()

    def measure_again(self, numbers: list[int]) -> None:
        """Forget what was measured of some paragraphs, and repaint them."""
        self._spans.geometry.forget(numbers)
        self._ruler_timer.start()
        layout = self._document.documentLayout()
        scroll = self.ruler.value()
        for number in numbers:
            rect = layout.blockBoundingRect(self._document.findBlockByNumber(number))
            top = int(rect.top()) - scroll - SURROUND
            if top > self.viewport().height():
                break
            height = int(rect.height()) + 2 * SURROUND
            self.viewport().update(QRect(0, top, self.viewport().width(), height))

    # ---- sizes and colours

    def set_theme(self, theme: Theme) -> None:
        """Show other colours; nothing is measured anew."""
        self.theme = theme
        colours = self.palette()
        colours.setColor(QPalette.ColorRole.Base, theme.colour("base"))
        colours.setColor(QPalette.ColorRole.Text, theme.colour("text"))
        colours.setColor(QPalette.ColorRole.HighlightedText, theme.colour("text"))
        # Qt would paint the selection over our bars; we paint it ourselves, under them.
        colours.setColor(QPalette.ColorRole.Highlight, Qt.GlobalColor.transparent)
        self.setPalette(colours)
        # Under an application style sheet the viewport keeps the palette it was first given.
        self.viewport().setPalette(colours)
        self._spans.set_theme(theme)
        self.ruler.set_theme(theme)
        self._ruler_timer.start()
        self.viewport().update()

    def set_text_size(self, px: int) -> None:
        """Show the text at another size; caret, selection and the first line stay."""
        if px != self._text_px:
            self._text_px = px
            self._rebuild()

    def set_compact(self, is_compact: bool) -> None:  # a setter, as Qt's are
        """Use the narrow margin of panes that stand side by side, or the wide one."""
        if is_compact != self._is_compact:
            self._is_compact = is_compact
            self._rebuild()

    def set_line_numbers(self, has_numbers: bool) -> None:  # a setter
        """Number the lines of the text (its paragraphs, whose numbers no wrapping changes)."""
        if has_numbers != self._has_numbers:
            self._has_numbers = has_numbers
            self._rebuild()

    # ---- wrapping

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap anew when the column changes; a long text waits until the drag rests."""
        if self._top_position is None:
            self._top_position = self._position_at_top()
        super().resizeEvent(event)
        if len(self._text) > LARGE and self.isVisible() and event.oldSize().width() > 0:
            self._wrap_timer.start()
        else:
            self.wrap_again()

    def wrap_again(self) -> None:
        """Wrap the text to the width of the view at once; the first line in view stays."""
        self._wrap_timer.stop()
        top, self._top_position = self._top_position, None
        if self._wrap():
            self._put_at_top(top)
            self._ruler_timer.start()

    def _wrap(self) -> bool:
        """Set the column's width; say whether that changed any line."""
        width = max(1, min(self.viewport().width(), self._metrics.width))
        if width == self.lineWrapColumnOrWidth():
            return False
        self.setLineWrapColumnOrWidth(width)
        self._spans.geometry.clear()
        return True

    def _position_at_top(self) -> int | None:
        """Return the UTF-16 position of the first line in view; None at the very beginning."""
        if not self.ruler.value():
            return None
        return position_at_height(self._document, self.ruler.value() + 2)

    def _put_at_top(self, qt_pos: int | None) -> None:
        if qt_pos is not None:
            self._document.documentLayout().documentSize()  # the ruler must know the whole height
            cursor = QTextCursor(self._document)
            cursor.setPosition(qt_pos)
            self.ruler.setValue(self.ruler.value() + self.cursorRect(cursor).top())

    # ---- places

    def position_at(self, point: QPointF) -> int | None:
        """Return the character under a point of the viewport, in code points."""
        place = point + QPointF(0, self.ruler.value())
        qt_pos = self._document.documentLayout().hitTest(place, Qt.HitTestAccuracy.ExactHit)
        return None if qt_pos < 0 else self._layer.utf16.to_code_point(qt_pos)

    def mark_in_margin(self, point: QPointF) -> Mark | None:
        """Return the annotation whose label or stripe is under a point of the viewport."""
        y = point.y() + self.ruler.value()
        for _, _, top, geometry in self._spans.visible(self._document, y, y):
            if top <= y < top + geometry.height:
                return self._spans.margin.mark_at(point.x(), y - top, geometry)
        return None

    def stretch_rects(self, span: Span) -> list[QRect]:
        """Return where a stretch lies in the viewport, one rectangle a line."""
        everywhere = (float("-inf"), float("inf"))
        boxes = self._spans.boxes(self._document, (span,), *everywhere)
        return [box.rect.translated(0, -self.ruler.value()).toAlignedRect() for box in boxes]

    def heights_of(self, span: Span) -> tuple[float, float]:
        """Return upper and lower edge of a stretch in pixels of the document.

        Subtract `verticalScrollBar().value()` for pixels of the viewport.
        """
        utf16, heights = self._layer.utf16, []
        for position in (span.start, span.end - 1):
            qt_pos = utf16.to_utf16(position)
            block = self._document.findBlock(qt_pos)
            self._document.documentLayout().blockBoundingRect(block)  # lays the block out
            line = block.layout().lineForTextPosition(qt_pos - block.position())
            heights.append(block.layout().position().y() + line.y() + line.ascent())
        return heights[0] + self._metrics.ascent, heights[1] + self._metrics.descent

    def scroll_to(self, span: Span) -> None:
        """Bring a stretch into view; if it is there already, nothing moves."""
        top, bottom = self.heights_of(span)
        view = self.viewport().height()
        if self.ruler.value() <= top and bottom <= self.ruler.value() + view:
            return
        self._document.documentLayout().documentSize()  # the ruler must know the whole height
        self.ruler.setValue(int(top - view * UPPER_PART))

    # ---- painting

    def update_stretches(self, spans: Iterable[Span]) -> None:
        """Repaint the lines of some stretches, as far as they are in view."""
        top = float(self.ruler.value())
        bottom = top + self.viewport().height()
        boxes = self._spans.boxes(self._document, tuple(spans), top, bottom)
        if boxes:
            first = int(min(box.rect.top() for box in boxes) - top) - SURROUND
            last = int(max(box.rect.bottom() for box in boxes) - top) + SURROUND
            self.viewport().update(QRect(0, first, self.viewport().width(), last - first))

    def redraw_ruler(self) -> None:
        """Show the present marks on the ruler."""
        self._ruler_timer.stop()
        self.ruler.set_ticks(article_ticks(self._document, self._layer, self._spans.inks))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint marks, Qt's text, and what lies over it."""
        scroll = self.ruler.value()
        clip = QRectF(event.rect()).translated(0, scroll)
        with QPainter(self.viewport()) as painter:  # ends the painter whatever happens
            painter.translate(0, -scroll)
            self._spans.paint_under(painter, self._document, clip, self.overlays)
        super().paintEvent(event)
        with QPainter(self.viewport()) as painter:
            painter.translate(0, -scroll)
            self._spans.paint_over(painter, self._document, clip, self.overlays)
