"""The popover under a stretch of text: the attributes of its annotation, and a note.

A child of the window, raised over it; the keyboard stays inside until it is saved or left. It
stores nothing: `saved` says what to store.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QCoreApplication,
    QEvent,
    QMargins,
    QObject,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from annotator.desktop.attribute_form import AttributeForm
from annotator.desktop.attribute_rows import INSET, AttributeRow, holds_focus
from annotator.desktop.code_mark import MarkLabel, mark_style
from annotator.desktop.kit.buttons import KeyButton
from annotator.desktop.kit.dressing import Rule, dress
from annotator.desktop.kit.labels import ElidedLabel, Words
from annotator.desktop.kit.raised import SHADOW, paint_raised
from annotator.desktop.plain_scroll import PlainScroll

if TYPE_CHECKING:
    from collections.abc import Sequence

    from annotator.desktop.pane_data import PaneData
    from annotator.desktop.theme import Theme
    from annotator.model.annotation import Annotation
    from annotator.model.codebook import Code

WIDTH, GAP, EDGE, LEAST_ROWS = 376, 14, 8, 40
BELOW, ABOVE, RIGHT, LEFT, OVER = "below", "above", "right", "left", "over"
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


def side_of(popover_size: QSize, stretch_rect: QRect, limits: QRect) -> str:
    """Return the side of a stretch on which a card has room; "over" if it has none on any.

    Args:
        popover_size: The card, without its shadow.
        stretch_rect: Around the stretch it belongs to.
        limits: Where it may lie: not over the strip, not outside the window.
    """
    for side in (BELOW, ABOVE):
        if room(side, stretch_rect, limits) >= popover_size.height():
            return side
    for side in (RIGHT, LEFT):
        if room(side, stretch_rect, limits) >= popover_size.width():
            return side
    return OVER


def room(side: str, stretch_rect: QRect, limits: QRect) -> int:
    """Return how high a card may be below or above a stretch, or how wide beside it."""
    inner = limits.adjusted(EDGE, EDGE, -EDGE, -EDGE)
    return {
        BELOW: inner.bottom() - stretch_rect.bottom() - GAP,
        ABOVE: stretch_rect.top() - GAP - inner.top(),
        RIGHT: inner.right() - stretch_rect.right() - GAP,
        LEFT: stretch_rect.left() - GAP - inner.left(),
    }.get(side, 0)


def place(
    popover_size: QSize, stretch_rect: QRect, column_rect: QRect, limits: QRect, side: str = ""
) -> QPoint:
    """Return the upper left corner of the card: under the stretch, above it, or beside it.

    Its text begins where the column's text begins. It lies over the stretch only where there is
    no room on any side, and never outside the limits.

    Args:
        popover_size: The card, without its shadow.
        stretch_rect: Around the stretch it belongs to.
        column_rect: The column of text; its left edge is where the text begins.
        limits: Where it may lie: not over the strip, not outside the window.
        side: Where it shall stand, as from `side_of`; "" lets it be chosen.
    """
    width, height = popover_size.width(), popover_size.height()
    inner = limits.adjusted(EDGE, EDGE, -EDGE, -EDGE)
    x = _within(column_rect.left() - INSET, inner.left(), inner.right() + 1 - width)
    y = _within(stretch_rect.top(), inner.top(), inner.bottom() + 1 - height)
    return {
        BELOW: QPoint(x, stretch_rect.bottom() + 1 + GAP),
        ABOVE: QPoint(x, stretch_rect.top() - GAP - height),
        RIGHT: QPoint(stretch_rect.right() + 1 + GAP, y),
        LEFT: QPoint(stretch_rect.left() - GAP - width, y),
        OVER: QPoint(x, max(inner.top(), inner.bottom() + 1 - height)),
    }[side or side_of(popover_size, stretch_rect, limits)]


def _within(wanted: int, least: int, most: int) -> int:
    return max(least, min(wanted, most))


class AttributePopover(QWidget):
    """Asks for the attributes of an annotation.

    Signals:
        saved(str, dict, str): an annotation by id, its attributes by slug, its note.
        discarded(str, bool): an annotation by id was left without saving; whether it was new.

    Args:
        theme: Its colours.
        window: Over which it lies.
    """

    saved = Signal(str, dict, str)
    discarded = Signal(str, bool)

    def __init__(self, theme: Theme, window: QWidget) -> None:
        super().__init__(window)
        self._theme = theme
        self._annotation: Annotation | None = None
        self._is_new = False
        self._places = (QRect(), QRect(), QRect())
        self._side = BELOW
        self._mark = MarkLabel(theme)
        self._name = ElidedLabel("", 13, 600)
        self._size_words = Words("", 11, 400, "muted")
        self._form = AttributeForm(theme)
        self._area = PlainScroll(self._form, "Attributes")
        self._save = KeyButton(theme, "Save", "Return", self)
        self._next = KeyButton(theme, "Next field", "Tab", self)
        self._discard = KeyButton(theme, "Discard", "Esc", self)
        self._column = QVBoxLayout(self)
        self._build()
        self._form.height_changed.connect(self._fit)
        self._save.clicked.connect(self.save)
        self._next.clicked.connect(self._go_on)
        self._discard.clicked.connect(self.discard)
        self.hide()

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(INSET, 0, INSET, 0)
        head.setSpacing(8)
        head.addWidget(self._mark)
        head.addWidget(self._name, 1)
        head.addWidget(self._size_words)
        ruled = QHBoxLayout()
        ruled.setContentsMargins(INSET, 0, INSET, 0)
        ruled.addWidget(Rule(self._theme, self))
        foot = QHBoxLayout()
        foot.setContentsMargins(INSET - 8, 0, INSET - 8, 0)
        foot.setSpacing(0)
        for button in (self._save, self._next, self._discard):
            foot.addWidget(button)
        foot.addStretch(1)
        self._next.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column = self._column
        column.setContentsMargins(SHADOW, SHADOW + 14, SHADOW, SHADOW + 8)
        column.setSpacing(0)
        column.addLayout(head)
        column.addSpacing(12)
        column.addWidget(self._area, 1)
        column.addSpacing(12)
        column.addLayout(ruled)
        column.addSpacing(6)
        column.addLayout(foot)

    @property
    def annotation_id(self) -> str:
        """The annotation it asks about; "" when it is closed."""
        return self._annotation.id if self._annotation is not None else ""

    def set_theme(self, theme: Theme) -> None:
        """Show other colours."""
        self._theme = theme
        dress(self, theme)
        self.update()

    # Opening and closing

    def open_for(
        self,
        annotation: Annotation,
        data: PaneData,
        *,
        is_new: bool,
        stretch: QRect,
        column: QRect,
        limits: QRect,
        actors: Sequence[str] = (),
    ) -> None:
        """Ask for the attributes and note of an annotation.

        Args:
            annotation: As stored.
            data: Its article.
            is_new: Whether it was made just now: Esc discards it then.
            stretch: Around its stretch, in window coordinates.
            column: The column of text, in window coordinates; its left edge is the text's.
            limits: Where the popover may lie.
            actors: Names of the story's actors.
        """
        code = data.code(annotation)
        if code is None:
            return
        self.close_quietly()
        self._annotation, self._is_new = annotation, is_new
        self._show_head(annotation, code, data)
        self._form.ask(annotation, code, data, is_new=is_new, actors=actors)
        self.show()
        self.raise_()
        self.follow(stretch, column, limits)
        self._form.first_row().focus_field(Qt.FocusReason.PopupFocusReason)

    def _show_head(self, annotation: Annotation, code: Code, data: PaneData) -> None:
        self._mark.set_mark(mark_style(code))
        self._name.set_text(code.name)
        spans = data.spans(annotation)
        words = sum(len(span.of(data.version.text).split()) for span in spans)
        said = f"{words} word{'' if words == 1 else 's'}"
        said += f" in {len(spans)} stretches" if len(spans) > 1 else ""
        self._size_words.set_text(f"{said}, new" if self._is_new else said)
        self._discard.set_text("Discard" if self._is_new else "Close")
        self.setAccessibleName(f"Attributes of {code.name}, {said}")

    def follow(self, stretch: QRect, column: QRect, limits: QRect) -> None:
        """Stand at another place: the text scrolled, or the window has another size."""
        self._places = (stretch, column, limits)
        whole = QSize(WIDTH, self._height(self._form.whole_height(WIDTH)))
        self._side = side_of(whole, stretch, limits)
        self._fit()

    def close_quietly(self) -> None:
        """Close without saving and without a word: the annotation is gone."""
        self._annotation = None
        self.hide()

    def save(self) -> None:
        """Save if nothing is missing; else say what is."""
        annotation = self._annotation
        if annotation is None:
            return
        missing = self._form.check()
        if missing is not None:
            missing.focus_field()
            self._area.ensureWidgetVisible(missing)
            return
        attributes, note = self._form.attributes(), self._form.note()
        self._form.remember()
        self.close_quietly()
        self.saved.emit(annotation.id, attributes, note)

    def discard(self) -> None:
        """Leave without saving."""
        annotation, is_new = self._annotation, self._is_new
        if annotation is not None:
            self.close_quietly()
            self.discarded.emit(annotation.id, is_new)

    # The keyboard stays inside

    def _go_on(self) -> None:
        self.focusNextPrevChild(True)

    def focusNextPrevChild(self, is_next: bool) -> bool:
        """Go round the fields, and never out of the popover."""
        stops: list[QWidget] = [*self._form.rows(), self._save, self._discard]
        at = next((n for n, stop in enumerate(stops) if holds_focus(stop)), -1)
        stop = stops[(at + 1) % len(stops) if is_next else max(at, 0) - 1]
        reason = Qt.FocusReason.TabFocusReason if is_next else Qt.FocusReason.BacktabFocusReason
        if isinstance(stop, AttributeRow):
            stop.focus_field(reason)
            self._area.ensureWidgetVisible(stop)
        else:
            stop.setFocus(reason)
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Save by Enter, leave by Esc; no key goes on to the window."""
        if event.key() in ENTER:
            self.save()
        elif event.key() == Qt.Key.Key_Escape:
            self.discard()
        event.accept()

    def showEvent(self, event: QShowEvent) -> None:
        """Hear of clicks outside and of shortcuts inside."""
        super().showEvent(event)
        application = QCoreApplication.instance()
        if application is not None:
            application.installEventFilter(self)

    def hideEvent(self, event: QHideEvent) -> None:
        """Hear of nothing; it costs a call for every event of the program."""
        super().hideEvent(event)
        application = QCoreApplication.instance()
        if application is not None:
            application.removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Save by a click outside; keep the window's shortcuts from keys typed inside."""
        kind = event.type()
        if kind == QEvent.Type.MouseButtonPress and isinstance(watched, QWidget):
            return self._pressed_at(watched)
        if kind == QEvent.Type.ShortcutOverride and self._is_inside(watched):
            event.accept()
        return False

    def _is_inside(self, watched: QObject) -> bool:
        return isinstance(watched, QWidget) and (watched is self or self.isAncestorOf(watched))

    def _pressed_at(self, widget: QWidget) -> bool:
        """Save when all is filled in; else stay open and take the click."""
        if self._is_inside(widget) or widget.window() is not self.window():
            return False
        is_complete = not self._form.faults()
        self.save()
        return not is_complete

    # Place and paint

    def _height(self, rows: int) -> int:
        """Return how high the card is when the rows take so much."""
        self._area.setFixedHeight(rows)
        self._column.activate()
        return self._column.totalSizeHint().height() - 2 * SHADOW

    def _fit(self) -> None:
        """Be as high as the rows, up to the room there is, and stay on the side it opened on."""
        if self._annotation is None:
            return
        stretch, column, limits = self._places
        rows = self._area.height_for(WIDTH)
        wanted = self._height(rows)
        upright = (BELOW, ABOVE)
        most = (
            room(self._side, stretch, limits)
            if self._side in upright
            else (limits.height() - 2 * EDGE)
        )
        card = min(wanted, most)
        self._area.setFixedHeight(max(LEAST_ROWS, rows - (wanted - card)))
        size = QSize(WIDTH, card)
        corner = place(size, stretch, column, limits, self._side)
        around = QMargins(SHADOW, SHADOW, SHADOW, SHADOW)
        self.setGeometry(QRect(corner, size).marginsAdded(around))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint shadow and card."""
        with QPainter(self) as painter:
            paint_raised(painter, self._theme, QRectF(self.rect()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Keep clicks on the card from the window below."""
        event.accept()
