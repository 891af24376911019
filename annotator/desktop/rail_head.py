"""What stands above the rows of the article rail: what is listed, and why nothing is.

The head says what the rows are and has the menu of orders and filters; the note says what is
missing and the ways on. Both only ask: the rail lists.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QMenu, QSizePolicy, QVBoxLayout, QWidget

from annotator.desktop.article_model import LIST, NO_OUTLET, STATUS_WORDS, STORIES
from annotator.desktop.fonts import sans
from annotator.desktop.kit.buttons import (
    KeyButton,
    PaintedButton,
    draw_words,
    paint_ring,
    plain_words,
)
from annotator.desktop.kit.icons import paint_icon
from annotator.desktop.kit.labels import Sentence
from annotator.desktop.prose import elided
from annotator.store.listing import SORTS, Wanted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from annotator.desktop.article_model import ArticleModel
    from annotator.desktop.theme import Theme

HEIGHT = 32
MOST_OUTLETS = 30
SORT_WORDS = {
    "story": "By story", "date": "By date", "outlet": "By outlet", "headline": "By headline",
    "status": "What is left to do first",
}  # fmt: skip


def counted(number: int, what: str) -> str:
    """Return a number with its noun.

    >>> counted(1, "article"), counted(1200, "article")
    ('1 article', '1,200 articles')
    """
    return f"{number:,} {what}{'' if number == 1 else 's'}"


class RailHead(PaintedButton):
    """Says what the rows are; pressed, it shows the menu of orders and filters.

    Signals:
        wanted_changed(): another order or filter was chosen.

    Args:
        theme: Its colours.
        model: The rows.
        parent: Its parent.
    """

    wanted_changed = Signal()

    def __init__(self, theme: Theme, model: ArticleModel, parent: QWidget | None = None) -> None:
        super().__init__(theme, "Stories", "", parent)
        self._model = model
        self._is_list = False
        self.wanted = Wanted()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self._show_menu)

    @property
    def mode(self) -> str:
        """Whether stories or a flat list are asked for; a filter asks for a list."""
        wanted = self.wanted
        is_narrowed = bool(wanted.stories or wanted.outlets or wanted.statuses or wanted.languages)
        return LIST if self._is_list or is_narrowed else STORIES

    def ask_for_story(self, story_id: str | None) -> None:
        """List all articles of one story."""
        self.wanted = replace(self.wanted, stories=(story_id,))
        self.wanted_changed.emit()

    def sizeHint(self) -> QSize:
        """Return its size."""
        return QSize(100, HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the words and a chevron after them."""
        with QPainter(self) as painter:
            ground = QRectF(8, 4, self.width() - 16, self.height() - 6)
            painter.save()
            painter.translate(ground.topLeft())
            self._paint_state(painter, ground)
            painter.restore()
            font = sans(11, 600, has_tabular_figures=True)
            words = elided(self.text(), font, self.width() - 48)
            middle = self.height() / 2 + 1
            painter.setPen(self.ink("muted"))
            draw_words(painter, words, font, QPointF(16, middle))
            x = 16 + QFontMetricsF(font).horizontalAdvance(words) + 4
            box = QRectF(x, middle - 6, 12, 12)
            paint_icon(painter, "chevron", box, self.theme.colour("muted"))

    def _paint_state(self, painter: QPainter, ground: QRectF) -> None:
        if not (self.underMouse() or self.hasFocus()):
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.theme.colour("hover"))
        rect = QRectF(0, 0, ground.width(), ground.height())
        if self.underMouse():
            painter.drawRoundedRect(rect, 6, 6)
        if self.hasFocus():
            paint_ring(painter, self.theme, rect)

    # The menu

    def _show_menu(self) -> None:
        menu = self.menu()
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.mapToGlobal(QPoint(16, self.height())))

    def menu(self) -> QMenu:
        """Return the menu of orders and filters, made for what is there now."""
        menu = QMenu(self)
        self._add_modes(menu)
        menu.addSeparator()
        self._add_sorts(menu)
        menu.addSeparator()
        wanted, listing = self.wanted, self._model.listing
        choices = [(status, words.capitalize()) for status, words in STATUS_WORDS.items()]
        self._add_filter(menu, "State", "statuses", choices)
        if not self._model.hides_outlets:
            groups = sorted(listing.outlets(), key=lambda group: -group.articles)[:MOST_OUTLETS]
            named = sorted((g.name.casefold(), g.id, g.name or NO_OUTLET) for g in groups if g.id)
            outlets: list[tuple[str | None, str]] = [(one, name) for _, one, name in named]
            outlets += [(None, NO_OUTLET)] if any(g.id is None for g in groups) else []
            self._add_filter(menu, "Outlet", "outlets", outlets)
        languages = [(tag, tag or "Not known") for tag, _ in listing.languages()]
        self._add_filter(menu, "Language", "languages", languages)
        if self.mode == LIST and wanted != Wanted(sort=wanted.sort):
            menu.addSeparator()
            menu.addAction("Show everything", self._show_everything)
        return menu

    def _add_modes(self, menu: QMenu) -> None:
        group = QActionGroup(menu)
        for is_list, words in ((False, "Stories"), (True, "One list")):
            action = menu.addAction(words)
            action.setCheckable(True)
            action.setChecked((self.mode == LIST) == is_list)
            action.setData(is_list)
            group.addAction(action)
        group.triggered.connect(self._choose_mode)

    def _choose_mode(self, action: QAction) -> None:
        self._is_list = bool(action.data())
        if not self._is_list:
            self.wanted = Wanted(sort=self.wanted.sort)
        self.wanted_changed.emit()

    def _add_sorts(self, menu: QMenu) -> None:
        group = QActionGroup(menu)
        for sort in SORTS:
            if sort == "outlet" and self._model.hides_outlets:
                continue
            action = menu.addAction(SORT_WORDS[sort])
            action.setCheckable(True)
            action.setChecked(self.mode == LIST and self.wanted.sort == sort)
            action.setData(sort)
            group.addAction(action)
        group.triggered.connect(self._choose_sort)
        last = menu.addAction("Last first", self._turn_round)
        last.setCheckable(True)
        last.setChecked(self.wanted.is_descending)

    def _choose_sort(self, action: QAction) -> None:
        self._is_list = True
        self.wanted = replace(self.wanted, sort=str(action.data()))
        self.wanted_changed.emit()

    def _turn_round(self) -> None:
        self._is_list = True
        self.wanted = replace(self.wanted, is_descending=not self.wanted.is_descending)
        self.wanted_changed.emit()

    def _add_filter(
        self, menu: QMenu, words: str, field: str, choices: Sequence[tuple[str | None, str]]
    ) -> None:
        """Add a submenu whose checked entries are listed; none checked means all."""
        below = menu.addMenu(words)
        chosen = getattr(self.wanted, field)
        for value, title in choices:
            action = below.addAction(plain_words(title))
            action.setCheckable(True)
            action.setChecked(value in chosen)
            action.setData((field, value))
        below.triggered.connect(self._choose_filter)

    def _choose_filter(self, action: QAction) -> None:
        field, value = action.data()
        chosen = getattr(self.wanted, field)
        rest = tuple(one for one in chosen if one != value)
        values = rest if len(rest) < len(chosen) else (*chosen, value)
        changes: dict[str, Any] = {field: values}  # fields of different types
        self.wanted = replace(self.wanted, **changes)
        self.wanted_changed.emit()

    def _show_everything(self) -> None:
        self.wanted = Wanted(sort=self.wanted.sort)
        self.wanted_changed.emit()


class RailNote(QWidget):
    """Says why there are no rows, with the ways on.

    Args:
        theme: Its colours.
        parent: Its parent.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = Sentence("", 14, "text", self, weight=600)
        self._detail = Sentence("", 12, "muted", self)
        self.import_button = KeyButton(theme, "Import files…", "Ctrl+I", self)
        self.paste_button = KeyButton(theme, "Paste text…", "Ctrl+Shift+V", self)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 24, 16, 16)
        column.setSpacing(8)
        for sentence in (self._title, self._detail):
            column.addWidget(sentence)
        column.addSpacing(4)
        for button in (self.import_button, self.paste_button):
            column.addWidget(button)
            column.setAlignment(button, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)

    @property
    def text(self) -> str:
        """Both sentences."""
        return f"{self._title.text()} {self._detail.text()}".strip()

    def say(self, title: str, detail: str, *, offers_import: bool) -> None:
        """Say what is missing."""
        self._title.set_text(title)
        self._detail.set_text(detail)
        for button in (self.import_button, self.paste_button):
            button.setVisible(offers_import)

    def set_theme(self, theme: Theme) -> None:
        """Show other colours."""
        for button in (self.import_button, self.paste_button):
            button.set_theme(theme)
