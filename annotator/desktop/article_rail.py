"""The left rail: what one works on. A filter field over the stories and their articles.

It lists, filters, folds and says what was chosen; dropping articles on a story moves them. Opening
panes, importing files and all dialogs are done by whoever hears its signals.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from annotator.desktop.article_list import ArticleList
from annotator.desktop.article_model import (
    ARTICLE,
    LIST,
    MORE,
    SPINE,
    STATUS_WORDS,
    STORIES,
    STORY,
    ArticleModel,
)
from annotator.desktop.kit.buttons import KeyButton
from annotator.desktop.kit.dressing import Surface
from annotator.desktop.kit.fields import FilterField
from annotator.desktop.kit.labels import Sentence
from annotator.desktop.rail_head import RailHead
from annotator.model import article_acts
from annotator.model.annotation import Annotation, Answer, Assignment, Decision
from annotator.model.article import Article, Outlet, Story, TextVersion

if TYPE_CHECKING:
    from annotator.desktop.session import Session
    from annotator.desktop.theme import Theme
    from annotator.model.edit import Edit

WIDTH, FOLDED_WIDTH = 208, 48
SETTLE_MS = 150  # how long bulk work may write before the list is read again
TYPING_MS = 60
STRUCTURE = (Article, Story, Outlet)
CONTENT = (TextVersion, Annotation, Answer, Assignment, Decision)
MOST_IN_MENU = 16


@dataclass(frozen=True, slots=True)
class MenuEntry:
    """An entry of the context menu: the action's id, its words, its key, for one article only?"""

    action: str
    words: str
    key: str = ""
    is_for_one: bool = False


OPEN, BESIDE = "open", "open-beside"
ARTICLE_MENU: tuple[MenuEntry | None, ...] = (
    MenuEntry(OPEN, "Open", "Return", is_for_one=True),
    MenuEntry(BESIDE, "Open beside", "Ctrl+Return"),
    None,
    MenuEntry("edit-facts", "Headline, outlet, date…", "F2", is_for_one=True),
    MenuEntry("correct-text", "Correct the text…", is_for_one=True),
    MenuEntry("split-article", "Split into articles…", is_for_one=True),
    None,
    MenuEntry("delete-article", "Delete", "Del"),
)
STORY_MENU: tuple[MenuEntry | None, ...] = (
    MenuEntry("stories", "Rename, merge or split…", "F2"),
    MenuEntry("import-files", "Import files…"),
)


class ArticleRail(Surface):
    """The list of articles at the left of the window.

    Signals:
        article_chosen(str, bool): an article by id; whether it shall open beside the others.
        files_dropped(list): paths of files that were dropped or pasted.
        text_pasted(str): text that was dropped or pasted.
        action_requested(str, list): id of an action (see `actions.ACTIONS`) and what it is about:
            ids of articles, or for "stories" and "new-story" the id of the story and the articles.

    Args:
        theme: Its colours.
        session: The project it lists.
        parent: Its parent.
    """

    article_chosen = Signal(str, bool)
    files_dropped = Signal(list)
    text_pasted = Signal(str)
    action_requested = Signal(str, list)

    def __init__(self, theme: Theme, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(theme, "chrome", parent)
        self._session = session
        self._model = ArticleModel(session, self)
        self._filter = FilterField(theme, "Filter articles", "/", self)
        self._head = RailHead(theme, self._model, self)
        self._list = ArticleList(theme, self._model, self)
        self._note = RailNote(theme, self)
        self._mode = STORIES
        self._settle = _once(self, SETTLE_MS)
        self._typing = _once(self, TYPING_MS)
        self._is_folded = False
        self._build()
        self._connect()
        self._model.reload()
        self._show_state()

    def _build(self) -> None:
        self.setAccessibleName("Article list")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 12, 0, 0)
        column.setSpacing(0)
        top = QVBoxLayout()
        top.setContentsMargins(12, 0, 12, 4)
        top.addWidget(self._filter)
        column.addLayout(top)
        column.addWidget(self._head)
        column.addWidget(self._note)
        column.addWidget(self._list, 1)
        self.setFixedWidth(WIDTH)
        self.setFocusProxy(self._list)

    def _connect(self) -> None:
        self._session.changed.connect(self._hear)
        self._session.coder_changed.connect(self.reload)
        self._filter.textChanged.connect(self._typed)
        self._filter.went_down.connect(self._go_to_list)
        self._filter.went_away.connect(self._go_to_list)
        self._typing.timeout.connect(self._search)
        self._settle.timeout.connect(self.reload)
        self._head.wanted_changed.connect(self._narrow)
        rows = self._list
        rows.row_opened.connect(self._open_row)
        rows.facts_wanted.connect(self._edit_current)
        rows.deletion_wanted.connect(self._delete_selected)
        rows.menu_wanted.connect(self._show_menu)
        rows.articles_dropped.connect(self._move_to_row)
        rows.files_dropped.connect(self.files_dropped)
        rows.text_dropped.connect(self.text_pasted)
        rows.went_up.connect(self.focus_filter)
        self._note.import_button.clicked.connect(self._ask_import)
        self._note.paste_button.clicked.connect(self._ask_paste)

    # What the window asks for

    @property
    def model(self) -> ArticleModel:
        """The rows."""
        return self._model

    @property
    def is_folded(self) -> bool:
        """Whether only initials are shown."""
        return self._is_folded

    def set_theme(self, theme: Theme) -> None:
        """Show other colours."""
        super().set_theme(theme)
        for widget in (self._filter, self._head, self._list, self._note):
            widget.set_theme(theme)

    def set_folded(self, is_folded: bool) -> None:
        """Show outlets' initials and states only, or everything."""
        self._is_folded = is_folded
        self.setFixedWidth(FOLDED_WIDTH if is_folded else WIDTH)
        self._show_list(replace(self._model.wanted, search=self._search_words()))

    def set_blind(self, hides_outlets: bool) -> None:
        """Show numbers in place of outlets, or the outlets."""
        self._model.hides_outlets = hides_outlets
        self.reload()

    def set_open_articles(self, article_ids: list[str]) -> None:
        """Say which articles are open, in the order of their panes."""
        self._model.set_panes(article_ids)

    def set_current(self, article_id: str) -> None:
        """Say which article's pane is the active one; its story unfolds when it becomes so."""
        self._model.set_current(article_id)
        if article_id and self._model.mode != LIST and self._model.place_of(article_id) < 0:
            article = self._session.project.get(Article, article_id)
            if article is not None:
                self._model.unfold(article.story_id)

    def focus_filter(self) -> None:
        """Give the filter field the focus, its words selected."""
        if self._is_folded:
            self.set_folded(False)
        self._filter.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._filter.selectAll()

    def reload(self) -> None:
        """Read everything again; the focus stays on its row, the view where it was."""
        row, scroll = self._list.current_row(), self._list.verticalScrollBar().value()
        self._model.reload()
        self._show_state()
        if row is not None and row.kind == ARTICLE:
            place = self._model.place_of(row.id)
        else:
            place = self._model.place_of_story(row.id or None) if row is not None else -1
        if place >= 0:
            self._list.setCurrentIndex(self._model.index(place))
        self._list.verticalScrollBar().setValue(scroll)

    # Listening

    def _hear(self, edit: Edit) -> None:
        if edit.touches(kinds=STRUCTURE):
            if edit.batch is None:
                self.reload()
            elif not self._settle.isActive():
                self._settle.start()
        elif edit.touches(kinds=CONTENT):
            if edit.touches(kinds=(Assignment,)) and self._model.wanted.statuses:
                self.reload()
            else:
                self._model.refresh()

    def _search_words(self) -> str:
        return self._filter.text().strip() and self._filter.text()

    def _typed(self) -> None:
        self._typing.start()

    def _search(self) -> None:
        self._show_list(replace(self._model.wanted, search=self._search_words()))

    def _narrow(self) -> None:
        """List what the head's menu asks for."""
        self._mode = self._head.mode
        self._show_list(replace(self._head.wanted, search=self._search_words()))

    def _show_list(self, wanted: object) -> None:
        from annotator.store.listing import Wanted  # noqa: PLC0415

        assert isinstance(wanted, Wanted)

    def _go_to_list(self) -> None:
        self._typing.stop()
        self._search()
        self._list.setFocus(Qt.FocusReason.OtherFocusReason)
        if not self._list.currentIndex().isValid():
            self._list.go_to(0)
