"""The ten icons of the program, drawn on 16 px and tinted with a colour of the theme.

They are SVG files in `resources/icons`; this paints them, as a `QIcon`, on a painter or as a small
widget. There are no other icons: what ten cannot say is said in words.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPaintEvent, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QSizePolicy, QWidget

from annotator.settings import resource

if TYPE_CHECKING:
    from annotator.desktop.theme import Theme

ICONS = ("menu", "search", "chevron", "tick", "half", "ring", "eye", "lock", "warning", "info")
ICON_PX = 16
PIXEL_RATIO = 2.0


@cache
def _drawing(name: str) -> str:
    return resource("icons", f"{name}.svg").read_text(encoding="utf-8")


def paint_icon(
    painter: QPainter, name: str, rect: QRectF, colour: QColor, *, turned: float = 0.0
) -> None:
    """Paint an icon into a square.

    Args:
        painter: Where; left as it was.
        name: One of `ICONS`.
        rect: Its place, 16 px wide at natural size.
        colour: Of its lines.
        turned: Clockwise, in degrees; a chevron turned by -90 points right.
    """
    drawing = _drawing(name).replace("currentColor", colour.name())
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setOpacity(painter.opacity() * colour.alphaF())
    painter.translate(rect.center())
    painter.rotate(turned)
    half = rect.width() / 2
    place = QRectF(-half, -half, rect.width(), rect.width())
    QSvgRenderer(QByteArray(drawing.encode())).render(painter, place)
    painter.restore()


def icon(name: str, colour: QColor, px: int = ICON_PX) -> QIcon:
    """Return an icon for Qt's own buttons and menus."""
    pixmap = QPixmap(QSize(px, px) * PIXEL_RATIO)
    pixmap.setDevicePixelRatio(PIXEL_RATIO)
    pixmap.fill(Qt.GlobalColor.transparent)
    with QPainter(pixmap) as painter:
        paint_icon(painter, name, QRectF(0, 0, px, px), colour)
    return QIcon(pixmap)


class IconLabel(QWidget):
    """An icon that stands beside words and says nothing by itself.

    Args:
        theme: Its colours.
        name: One of `ICONS`; "" paints nothing and keeps the place.
        role: Colour role of its lines.
        px: Its size.
        parent: Its parent.
        turned: Clockwise, in degrees.
    """

    def __init__(
        self,
        theme: Theme,
        name: str,
        role: str = "muted",
        px: int = ICON_PX,
        parent: QWidget | None = None,
        *,
        turned: float = 0.0,
    ) -> None:
        super().__init__(parent)
        self._theme, self._name, self._role, self._turned = theme, name, role, turned
        self.setFixedSize(px, px)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def set_icon(self, name: str, role: str) -> None:
        """Show another icon, or the same in another colour."""
        self._name, self._role = name, role
        self.update()

    def set_theme(self, theme: Theme) -> None:
        """Show other colours."""
        self._theme = theme
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the icon."""
        if not self._name:
            return
        with QPainter(self) as painter:
            colour = self._theme.colour(self._role)
            paint_icon(painter, self._name, QRectF(self.rect()), colour, turned=self._turned)
