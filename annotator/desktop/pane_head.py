"""The head of a pane: outlet and pane number, headline, date and other particulars.

It is painted whole: the headline is article text and so needs a pitch of its own. What does not
fit is elided and stands in full in the tooltip. Which words these are (an outlet's name, or
"Outlet hidden" in blind coding) is decided by whoever sets them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from annotator.desktop.fonts import sans, serif
from annotator.desktop.prose import elided, paint_lines, prose_lines

if TYPE_CHECKING:
    from PySide6.QtGui import QFont

    from annotator.desktop.theme import Theme

SEPARATOR = " · "
CAP_SIZE, CAP_CORNER = 16.0, 3.5


@dataclass(frozen=True, slots=True)
class HeadWords:
    """What a pane head says.

    Args:
        outlet: Who published; shown in capitals.
        headline: The article's own words.
        details: Date, byline, words, share that others have too; joined by middle dots.
        number: Of the pane, as in its key; "" for none.
    """

    outlet: str = ""
    headline: str = ""
    details: tuple[str, ...] = ()
    number: str = ""


@dataclass(frozen=True, slots=True)
class HeadSizes:
    """Lengths of a head in logical pixels."""

    height: int
    top: int
    left: int
    right: int
    headline_px: int
    headline_pitch: int
    most_lines: int
    details_px: int


COMPACT = HeadSizes(108, 12, 54, 12, 17, 22, 3, 11)
SINGLE = HeadSizes(120, 14, 98, 22, 24, 31, 2, 12)


class PaneHead(QWidget):
    """Says which article a pane shows.

    Args:
        theme: Its colours.
        parent: The pane.
        is_compact: Whether other panes stand beside it.
    """

    def __init__(
        self, theme: Theme, parent: QWidget | None = None, *, is_compact: bool = False
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._words = HeadWords()
        self._sizes = COMPACT if is_compact else SINGLE
        self._is_focused = False
        self._left: int | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(self._sizes.height)

    def set_words(self, words: HeadWords) -> None:
        """Say something else."""
        self._words = words
        name = SEPARATOR.join(part for part in (words.outlet, words.headline) if part)
        self.setAccessibleName(name or "Empty pane")
        self.setAccessibleDescription(SEPARATOR.join(words.details))
        self._refresh()

    def set_theme(self, theme: Theme) -> None:
        """Show other colours."""
        self._theme = theme
        self.update()

    def set_compact(self, is_compact: bool) -> None:
        """Use the small head of panes that stand side by side, or the large one."""
        self._sizes = COMPACT if is_compact else SINGLE
        self.setFixedHeight(self._sizes.height)
        self._refresh()

    def set_text_left(self, left: int | None) -> None:
        """Align with another left edge than the usual margin, as when lines are numbered."""
        self._left = left
        self._refresh()

    def set_focused(self, is_focused: bool) -> None:
        """Show by the line at the top whether the pane has the focus."""
        self._is_focused = is_focused
        self.update()

    def is_elided(self) -> bool:
        """Say whether something did not fit."""
        lines, details = self._headline(), SEPARATOR.join(self._words.details)
        whole = "".join(self._words.headline.split())
        return (
            "".join("".join(lines).split()) != whole
            or elided(details, self._details_font(), self._width()) != details
        )

    def sizeHint(self) -> QSize:
        """Return a comfortable size."""
        return QSize(320, self._sizes.height)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap the headline anew."""
        super().resizeEvent(event)
        self._refresh()

    def _refresh(self) -> None:
        words = self._words
        full = (words.outlet, words.headline, SEPARATOR.join(words.details))
        self.setToolTip("\n".join(part for part in full if part) if self.is_elided() else "")
        self.update()

    def _x(self) -> int:
        return self._sizes.left if self._left is None else self._left

    def _width(self) -> float:
        return self.width() - self._x() - self._sizes.right

    def _headline_font(self) -> QFont:
        return serif(self._sizes.headline_px, 700)

    def _details_font(self) -> QFont:
        return sans(self._sizes.details_px, 400, has_tabular_figures=True)

    def _headline(self) -> list[str]:
        return prose_lines(
            self._words.headline, self._headline_font(), self._width(), self._sizes.most_lines
        )

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the head."""
        sizes, theme, x = self._sizes, self._theme, self._x()
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), theme.colour("base"))
            if self._is_focused:
                painter.fillRect(0, 0, self.width(), 2, theme.colour("accent"))
            room = self._width() - self._paint_number(painter)
            corner = QPointF(x, sizes.top)
            painter.setPen(theme.colour("muted"))
            outlet, font = self._words.outlet.upper(), sans(11, 600)
            paint_lines(painter, corner, [elided(outlet, font, room)], font, 15)
            lines, font, corner = self._headline(), self._headline_font(), corner + QPointF(0, 16)
            painter.setPen(theme.colour("text"))
            used = paint_lines(painter, corner, lines, font, sizes.headline_pitch)
            gap = 1 if len(lines) == COMPACT.most_lines else 4
            details, font = SEPARATOR.join(self._words.details), self._details_font()
            painter.setPen(theme.colour("muted"))
            details = elided(details, font, self._width())
            paint_lines(painter, corner + QPointF(0, used + gap), [details], font, 14)

    def _paint_number(self, painter: QPainter) -> float:
        """Paint the pane's number as a key cap at the right; return the width it takes."""
        number = self._words.number
        if not number:
            return 0.0
        font = sans(10, 500)
        width = max(CAP_SIZE, QFontMetricsF(font).horizontalAdvance(number) + 8)
        left = self.width() - self._sizes.right - width
        rect = QRectF(left, self._sizes.top - 1, width, CAP_SIZE).adjusted(0.5, 0.5, -0.5, -0.5)
        theme = self._theme
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.colour("accent" if self._is_focused else "edge"), 1.0))
        painter.setBrush(theme.colour("raised"))
        painter.drawRoundedRect(rect, CAP_CORNER, CAP_CORNER)
        painter.setFont(font)
        painter.setPen(theme.colour("accent" if self._is_focused else "muted"))
        painter.drawText(rect, int(Qt.AlignmentFlag.AlignCenter), number)
        painter.restore()
        return width + 8
