"""The left rail: what one works on. A filter field over the stories and their articles.

It lists, filters, folds and says what was chosen; dropping articles on a story moves them. Opening
panes, importing files and all dialogs are done by whoever hears its signals.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from annotator.desktop.article_list import ArticleList
from annotator.desktop.article_model import (
    ARTICLE,
    LIST,
    MORE,
    SPINE,
    STORIES,
    STORY,
    ArticleModel,
)
from annotator.desktop.kit.dressing import Surface
from annotator.desktop.kit.fields import FilterField
from annotator.desktop.rail_head import RailHead, RailNote, counted
from annotator.desktop.rail_menu import BESIDE, MOVE, OPEN, RailMenu
from annotator.model import article_acts
from annotator.model.annotation import Annotation, Answer, Assignment, Decision
from annotator.model.article import Article, Outlet, Story, TextVersion
from annotator.store.listing import Wanted

if TYPE_CHECKING:
    from PySide6.QtGui import QAction

    from annotator.desktop.session import Session
    from annotator.desktop.theme import Theme
    from annotator.model.edit import Edit

WIDTH, FOLDED_WIDTH = 208, 48
SETTLE_MS = 150  # how long bulk work may write before the list is read again
TYPING_MS = 60
STRUCTURE = (Article, Story, Outlet)
CONTENT = (TextVersion, Annotation, Answer, Assignment, Decision)


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
        self._shown: tuple[str, Wanted] = (STORIES, Wanted())
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
        self._head.wanted_changed.connect(self._search)
        rows = self._list
        rows.row_opened.connect(self._open_row)
        rows.facts_wanted.connect(self._edit_current)
        rows.deletion_wanted.connect(self._delete_selected)
        rows.menu_wanted.connect(self._show_menu)
        rows.articles_dropped.connect(self._move_to_row)
        rows.files_dropped.connect(self.files_dropped)
        rows.text_dropped.connect(self.text_pasted)
        rows.went_up.connect(self.focus_filter)
        rows.went_away.connect(self._clear)
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
        self._search()

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
        return self._filter.text() if self._filter.text().strip() else ""

    def _clear(self) -> None:
        """Take what was typed away and list everything again."""
        if self._filter.text():
            self._filter.clear()
            self._go_to_list()

    def _typed(self) -> None:
        self._typing.start()

    def _search(self) -> None:
        """List what the head asks for and what was typed."""
        wanted = replace(self._head.wanted, search=self._search_words())
        mode = LIST if wanted.search else self._head.mode
        mode = SPINE if self._is_folded else mode
        if (mode, wanted) == self._shown:
            return
        self._shown = (mode, wanted)
        self._model.set_mode(mode)
        self._list.follow_mode()
        self._model.show(wanted)
        self._list.scrollToTop()
        self._show_state()

    def _show_state(self) -> None:
        """Say what the rows are, or why there are none."""
        model = self._model
        is_list = model.mode == LIST
        self._head.set_text(counted(model.articles, "article") if is_list else "Stories")
        has_rows = model.rowCount() > 0
        for widget in (self._filter, self._head):
            widget.setVisible(not self._is_folded)
        self._head.setVisible(not self._is_folded and (has_rows or is_list))
        self._list.setVisible(has_rows or self._is_folded)
        self._note.setVisible(not has_rows and not self._is_folded)
        if has_rows:
            return
        words = self._search_words().strip()
        if words:
            self._note.say(f"No article has “{words}”.", "Esc clears.", offers_import=False)
        elif is_list and self._session.project.count():
            self._note.say(
                "No article is like that.",
                "“Show everything” in the menu above takes the filter away.",
                offers_import=False,
            )
        else:
            self._note.say(
                "No articles yet", "Drop files or text here, or choose:", offers_import=True
            )

    def _go_to_list(self) -> None:
        self._typing.stop()
        self._search()
        if self._model.rowCount():
            self._list.setFocus(Qt.FocusReason.OtherFocusReason)
            if not self._list.currentIndex().isValid():
                self._list.go_to(0)

    # Acting on rows

    def _open_row(self, place: int, is_beside: bool) -> None:
        row = self._model.row(place)
        if row is None:
            return
        if row.kind == ARTICLE:
            self.article_chosen.emit(row.id, is_beside)
        elif row.kind == MORE:
            self._head.ask_for_story(row.id or None)
        else:
            self._model.toggle(row.id or None)
            self._list.go_to(self._model.place_of_story(row.id or None))

    def _edit_current(self) -> None:
        row = self._list.current_row()
        if row is not None and row.kind == ARTICLE:
            self.action_requested.emit("edit-facts", [row.id])
        elif row is not None and row.kind == STORY:
            self.action_requested.emit("stories", [row.id])

    def _delete_selected(self) -> None:
        ids = self._list.selected_articles()
        if ids:
            self.action_requested.emit("delete-article", ids)

    def _move_to_row(self, ids: list[str], place: int) -> None:
        row = self._model.row(place)
        if row is not None and row.kind == STORY:
            self.move_articles(ids, row.id)

    def move_articles(self, ids: list[str], story_id: str) -> None:
        """Move articles to a story, or out of any for ""."""
        articles = list(self._session.project.get_all(Article, ids).values())
        story = self._session.project.get(Story, story_id) if story_id else None
        edit = article_acts.move(self._session.desk, articles, story)
        if edit:
            self._session.do(edit)

    def _ask_import(self) -> None:
        self.action_requested.emit("import-files", [])

    def _ask_paste(self) -> None:
        self.action_requested.emit("paste-article", [])

    # The context menu

    def _show_menu(self, place: QPoint) -> None:
        menu = self.context_menu()
        if menu is not None:
            menu.aboutToHide.connect(menu.deleteLater)
            menu.popup(place)

    def context_menu(self) -> QMenu | None:
        """Return the menu for the selected articles, or for the current story."""
        ids, row = self._list.selected_articles(), self._list.current_row()
        menu = RailMenu(self)
        if ids:
            menu.be_for_articles(ids, self._model.listing.stories())
        elif row is not None and row.kind == STORY:
            menu.be_for_story(row.id)
        else:
            menu.deleteLater()
            return None
        menu.triggered.connect(self._do_entry)
        return menu

    def _do_entry(self, chosen: QAction) -> None:
        action, about = chosen.data()
        if action == OPEN:
            self.article_chosen.emit(about[0], False)
        elif action == BESIDE:
            for article_id in about:
                self.article_chosen.emit(article_id, True)
        elif action == MOVE:
            self.move_articles(about[1:], about[0])
        else:
            self.action_requested.emit(action, about)


def _once(owner: QWidget, ms: int) -> QTimer:
    """Return a timer that rings once."""
    timer = QTimer(owner)
    timer.setSingleShot(True)
    timer.setInterval(ms)
    return timer
