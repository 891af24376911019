"""Labels that Qt does not have: elided words, sentences that wrap, article words, section titles.

Names and headlines are elided, with the whole in the tooltip; sentences wrap and are never cut.
Text is always plain: what a file says is shown as it stands. The style sheet colours them by the
property `ink`, so they need no theme.
"""

from __future__ import annotations

import html

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from annotator.desktop.fonts import sans, serif
from annotator.desktop.prose import elided, paint_lines, prose_lines

LEAST_WIDTH = 24


class Words(QLabel):
    """Plain words of the program in one colour role.

    Args:
        text: What it says.
        px: Size of the words.
        weight: 400, 500 or 600.
        role: "text", "muted", "accent", "ok", "warn" or "err".
        parent: Its parent.
        has_tabular_figures: Whether figures are equally wide.
    """

    def __init__(
        self,
        text: str = "",
        px: int = 13,
        weight: int = 400,
        role: str = "text",
        parent: QWidget | None = None,
        *,
        has_tabular_figures: bool = False,
    ) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFont(sans(px, weight, has_tabular_figures=has_tabular_figures))
        self.setProperty("ink", role)
        self.set_text(text)

    def set_text(self, text: str) -> None:
        """Say something else."""
        self.setText(text)

    def set_role(self, role: str) -> None:
        """Speak in the colour of another role."""
        if role != self.property("ink"):
            self.setProperty("ink", role)
            self.style().unpolish(self)
            self.style().polish(self)
            self.update()


class Sentence(Words):
    """A sentence of the program that wraps.

    Args:
        text: What it says.
        px: Size of the words.
        role: Colour role.
        parent: Its parent.
        weight: 400, 500 or 600.
    """

    def __init__(
        self,
        text: str = "",
        px: int = 12,
        role: str = "text",
        parent: QWidget | None = None,
        *,
        weight: int = 400,
    ) -> None:
        super().__init__(text, px, weight, role, parent)
        self.setWordWrap(True)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)


class SectionTitle(Words):
    """The title of a dialog or section (15 px), or of a group (11 px, muted).

    Args:
        text: What it says.
        px: Size of the words.
        parent: Its parent.
    """

    def __init__(self, text: str = "", px: int = 15, parent: QWidget | None = None) -> None:
        super().__init__(text, px, 600, "text" if px > 11 else "muted", parent)


class ElidedLabel(Words):
    """A name in one line, cut with an ellipsis where it does not fit; the tooltip has it whole.

    Args:
        text: The name.
        px: Size of the words.
        weight: 400, 500, 600 (or 700 in serif).
        role: Colour role.
        parent: Its parent.
        is_serif: Whether these are words of an article.
    """

    def __init__(
        self,
        text: str = "",
        px: int = 13,
        weight: int = 400,
        role: str = "text",
        parent: QWidget | None = None,
        *,
        is_serif: bool = False,
    ) -> None:
        self._face: QFont = serif(px, weight) if is_serif else sans(px, weight)
        super().__init__(text, px, weight, role, parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def set_text(self, text: str) -> None:
        """Say something else."""
        self.setText(" ".join(text.split()))
        self._refresh()

    def is_elided(self) -> bool:
        """Say whether something does not fit."""
        return QFontMetricsF(self._face).horizontalAdvance(self.text()) > self.width() + 0.5

    def sizeHint(self) -> QSize:
        """Return the size of the whole text."""
        metrics = QFontMetricsF(self._face)
        width = metrics.horizontalAdvance(self.text())
        return QSize(round(width + 1.5), round(metrics.capHeight() * 2.2))

    def minimumSizeHint(self) -> QSize:
        """Return the least that is shown."""
        hint = self.sizeHint()
        return QSize(min(LEAST_WIDTH, hint.width()), hint.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Say the whole in the tooltip when it is cut."""
        super().resizeEvent(event)
        self._refresh()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint what fits."""
        with QPainter(self) as painter:
            painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
            painter.setFont(self._face)
            words = elided(self.text(), self._face, self.width())
            base = (self.height() + QFontMetricsF(self._face).capHeight()) / 2
            painter.drawText(QPointF(self._left(words), base), words)

    def _left(self, words: str) -> float:
        spare = self.width() - QFontMetricsF(self._face).horizontalAdvance(words)
        if self.alignment() & Qt.AlignmentFlag.AlignRight:
            return max(0.0, spare)
        if self.alignment() & Qt.AlignmentFlag.AlignHCenter:
            return max(0.0, spare / 2)
        return 0.0

    def _refresh(self) -> None:
        self.setToolTip(plain_tooltip(self.text()) if self.is_elided() else "")
        self.updateGeometry()
        self.update()


def plain_tooltip(text: str) -> str:
    """Return a tooltip that wraps and shows a text as it stands, whatever signs it holds."""
    return f"<p>{html.escape(text, quote=False)}</p>" if text else ""


class SerifText(QLabel):
    """Words of an article with a line pitch of our own, as many lines as they need.

    Args:
        text: One paragraph.
        px: Size of the words.
        pitch: From line to line; 1.4 of the size if 0.
        weight: 400 or 700.
        role: Colour role.
        parent: Its parent.
        most_lines: How many lines there may be; 0 for any number.
    """

    def __init__(
        self,
        text: str = "",
        px: int = 13,
        pitch: int = 0,
        weight: int = 400,
        role: str = "text",
        *,
        parent: QWidget | None = None,
        most_lines: int = 0,
    ) -> None:
        super().__init__(parent)
        self._weight = weight
        self._face = serif(px, weight)
        self._pitch = pitch or round(px * 1.4)
        self._most_lines = most_lines
        self.setProperty("ink", role)
        self.setTextFormat(Qt.TextFormat.PlainText)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.set_text(text)

    def set_text(self, text: str) -> None:
        """Say something else."""
        self.setText(text)
        self._refresh()

    def set_size(self, px: int, pitch: int = 0) -> None:
        """Speak in another size."""
        self._face = serif(px, self._weight)
        self._pitch = pitch or round(px * 1.4)
        self._refresh()

    def lines(self, width: float) -> list[str]:
        """Return its lines as they fit a width."""
        return prose_lines(self.text(), self._face, width, self._most_lines)

    def hasHeightForWidth(self) -> bool:
        """Say that it grows downwards when it gets narrow."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return how high its lines are together."""
        return self._pitch * max(1, len(self.lines(width)))

    def sizeHint(self) -> QSize:
        """Return a comfortable size."""
        whole = QFontMetricsF(self._face).horizontalAdvance(self.text())
        width = min(320, round(whole + 1.5))
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """Return the least size; the layout asks for the height at its width."""
        return QSize(min(80, self.sizeHint().width()), self._pitch)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap anew."""
        super().resizeEvent(event)
        self._refresh()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the lines."""
        with QPainter(self) as painter:
            painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
            corner = QPointF(0, 0)
            paint_lines(painter, corner, self.lines(self.width()), self._face, self._pitch)

    def _refresh(self) -> None:
        shown = "".join("".join(self.lines(self.width())).split())
        is_cut = bool(self._most_lines) and shown != "".join(self.text().split())
        self.setToolTip(plain_tooltip(self.text()) if is_cut else "")
        self.updateGeometry()
        self.update()
