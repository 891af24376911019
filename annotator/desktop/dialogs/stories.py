"""The stories: made, renamed, dated, merged, split, dissolved; articles moved between them.

Left the stories, right the articles of the chosen one. Every change is written at once and can be
undone; the dialog has nothing to save.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelectionModel, QSize, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QListView,
    QVBoxLayout,
    QWidget,
)

from annotator.desktop.article_model import LIST, ArticleModel
from annotator.desktop.article_rows import RowDelegate
from annotator.desktop.dialogs.grid import Grid
from annotator.desktop.dialogs.name_box import NameBox
from annotator.desktop.dialogs.record_table import Column, Counted, RecordTable
from annotator.desktop.kit.buttons import PlainButton, PrimaryButton
from annotator.desktop.kit.labels import SectionTitle, Sentence
from annotator.desktop.kit.sheet import Sheet
from annotator.desktop.rail_head import counted
from annotator.formats.dates import read_date
from annotator.model import article_acts
from annotator.model.annotation import Actor
from annotator.model.article import Article, Outlet, Story
from annotator.store.listing import Listing, Wanted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from annotator.desktop.session import Session
    from annotator.desktop.theme import Theme
    from annotator.model.edit import Edit

COLUMNS = (Column("Title", "title"), Column("Date", "date"), Column("Articles"))
NEW_TITLE = "New story"


class Stories(Sheet):
    """The dialog.

    Args:
        theme: Its colours.
        session: Where it is written.
        parent: The window.
        story_id: The story that is chosen at first.
        article_ids: Articles that are selected at first, to be moved.
    """

    def __init__(
        self,
        theme: Theme,
        session: Session,
        parent: QWidget | None = None,
        *,
        story_id: str = "",
        article_ids: Sequence[str] = (),
    ) -> None:
        super().__init__(
            theme, "Stories", "stories", QSize(960, 600), parent,
            detail="double-click or F2 edits title and date",
        )  # fmt: skip
        self._session = session
        self._listing = Listing(session.project)
        self._table: RecordTable[Story] = RecordTable(COLUMNS, self)
        self._grid = Grid(theme, "Stories", self._table, (0, 104, 72))
        self._empty = Sentence("There are no stories yet. A story is one event, told by several "
                               "outlets.", 13)  # fmt: skip
        self._rows = ArticleModel(session, self)
        self._rows.set_mode(LIST)
        self._articles = QListView()
        self._delegate = RowDelegate(theme, self)
        self._head = SectionTitle("Articles", 11)
        self._target = NameBox(theme, "Story to move to", {}, "Story, known or new")
        self._new = PlainButton("New story")
        self._merge = PlainButton("Merge")
        self._dissolve = PlainButton("Dissolve")
        self._move = PlainButton("Move selected")
        self._close = self.add_button(PrimaryButton("Close"))
        self._compose()
        self._connect()
        self._read()
        self._begin(story_id, article_ids)

    def _compose(self) -> None:
        self._articles.setAccessibleName("Articles of the story")
        self._articles.setModel(self._rows)
        self._articles.setItemDelegate(self._delegate)
        self._articles.setUniformItemSizes(True)
        self._articles.setMouseTracking(True)
        self._articles.setFrameShape(QListView.Shape.NoFrame)
        self._articles.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self._articles.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._articles.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        left, right, both = QVBoxLayout(), QVBoxLayout(), QHBoxLayout()
        tools, moving = QHBoxLayout(), QHBoxLayout()
        for button in (self._new, self._merge, self._dissolve):
            tools.addWidget(button)
        tools.addStretch(1)
        moving.addWidget(self._target, 1)
        moving.addWidget(self._move)
        left.addWidget(self._empty)
        left.addWidget(self._grid, 1)
        left.addLayout(tools)
        right.addWidget(self._head)
        right.addWidget(self._articles, 1)
        right.addLayout(moving)
        for box in (left, right, tools, moving):
            box.setSpacing(8)
        both.setSpacing(24)
        both.addLayout(left, 11)
        both.addLayout(right, 9)
        self.body.addLayout(both, 1)

    def _connect(self) -> None:
        self._table.field_typed.connect(self._write)
        self._new.clicked.connect(self._make)
        self._merge.clicked.connect(self._merge_selected)
        self._dissolve.clicked.connect(self._dissolve_current)
        self._move.clicked.connect(self._move_selected)
        self._close.clicked.connect(self.accept)
        self._target.edited.connect(self._say_state)
        self._articles.selectionModel().selectionChanged.connect(self._say_state)
        self._grid.selectionModel().selectionChanged.connect(self._list_articles)
        self._session.changed.connect(self._hear)

    def _begin(self, story_id: str, article_ids: Sequence[str]) -> None:
        if article_ids:
            first = self._session.project.get(Article, article_ids[0])
            story_id = story_id or (first.story_id or "" if first else "")
        place = self._table.place_of(story_id)
        if place >= 0:
            self._grid.select_row(place)
        elif self._table.rows and not article_ids:
            self._grid.select_row(0)
        select = QItemSelectionModel.SelectionFlag.Select
        for article_id in article_ids:
            index = self._rows.index(self._rows.place_of(article_id))
            self._articles.selectionModel().select(index, select)
        self._grid.setFocus()

    # Reading

    def _hear(self, edit: Edit) -> None:
        if edit.touches(kinds=(Story, Article, Outlet)):
            self._read()

    def _read(self) -> None:
        story = self._current()
        stories = self._session.project.stories
        groups = [group for group in self._listing.stories() if group.id in stories]
        self._table.show_rows([Counted(stories[g.id or ""], g.articles) for g in groups])
        self._target.set_names({story.id: story.title for story in stories.values()})
        self._empty.setVisible(not groups)
        self._grid.setVisible(bool(groups))
        place = self._table.place_of(story.id) if story else -1
        if place >= 0:
            self._grid.select_row(place)
        self._list_articles()

    def _current(self) -> Story | None:
        place = self._grid.currentIndex().row()
        return self._table.rows[place].record if 0 <= place < len(self._table.rows) else None

    def _chosen(self) -> list[Story]:
        return [self._table.rows[row].record for row in self._grid.selected_rows()]

    def _numbers(self, story_ids: Sequence[str | None]) -> list[int]:
        return self._listing.numbers(Wanted(stories=tuple(story_ids), sort="date"))

    def _all_articles(self, story_ids: Sequence[str]) -> list[Article]:
        ids = self._listing.ids(self._numbers(story_ids))
        return list(self._session.project.get_all(Article, ids).values())

    def _list_articles(self) -> None:
        """List the articles of the chosen stories, or those in no story."""
        chosen: list[str | None] = [story.id for story in self._chosen()]
        self._rows.show(Wanted(stories=tuple(chosen) or (None,), sort="date"))
        where = "" if chosen else " in no story"
        self._head.set_text(f"{counted(self._rows.articles, 'article')}{where}")
        self._say_state()

    def _picked(self) -> list[str]:
        """Return the ids of the selected articles."""
        places = sorted(index.row() for index in self._articles.selectionModel().selectedRows())
        rows = [self._rows.row(place) for place in places]
        return [row.id for row in rows if row is not None]

    def set_theme(self, theme: Theme) -> None:
        """Show other colours."""
        super().set_theme(theme)
        self._delegate.theme = theme
        self._articles.viewport().update()

    def _say_state(self) -> None:
        chosen, picked = self._chosen(), self._picked()
        self._merge.setEnabled(len(chosen) > 1)
        self._dissolve.setEnabled(len(chosen) == 1)
        self._move.setEnabled(bool(picked) and bool(self._target.name))
        into = self._current() or (chosen[0] if chosen else None)
        many = len(chosen) > 1 and into is not None
        self._merge.set_text(f"Merge {len(chosen)} into “{into.title[:28]}”" if many and into
                             else "Merge")  # fmt: skip
        if picked:
            self.set_note(f"{counted(len(picked), 'article')} selected; name the story they go to.")
        else:
            self.set_note("Select several stories to merge them, or articles to move them.")

    # Writing

    def _write(self, story: Story, field: str, value: str) -> None:
        desk = self._session.desk
        if field == "title":
            if not value:
                self.set_note("A story needs a title.", "err")
                return
            self._session.do(article_acts.edit_story(desk, story, title=value))
            return
        when = read_date(value) if value else None
        if value and (when is None or when.is_ambiguous):
            self.set_note(f"“{value}” is no date that can be read; try 2026-03-12.", "err")
            return
        date = when.iso if when else ""
        self._session.do(article_acts.edit_story(desk, story, date=date))

    def _make(self) -> None:
        """Make a story and open its title for typing."""
        edit = article_acts.new_story(self._session.desk, NEW_TITLE)
        if self._session.do(edit):
            place = self._table.place_of(edit.after[0].id)
            self._grid.select_row(place)
            self._grid.edit(self._table.index(place, 0))

    def _move_selected(self) -> None:
        """Move the selected articles to the story named, making it if it is new."""
        articles = list(self._session.project.get_all(Article, self._picked()).values())
        desk, name = self._session.desk, self._target.name
        story = self._session.project.get(Story, self._target.chosen_id)
        if story is None:
            edit = article_acts.new_story(desk, name, articles)
        else:
            edit = article_acts.move(desk, articles, story)
        if edit and self._session.do(edit):
            self._target.set_name("")
            self._say_state()
            self.set_note(f"{counted(len(articles), 'article')} moved to “{name}”.", "ok")

    def _merge_selected(self) -> None:
        chosen, into = self._chosen(), self._current()
        if len(chosen) < 2 or into is None:
            return
        into = into if into in chosen else chosen[0]
        others = [story for story in chosen if story.id != into.id]
        gone = {story.id for story in others}
        project = self._session.project
        merged = article_acts.merge_stories(
            self._session.desk, into, others, self._all_articles(sorted(gone)),
            answers=[a for story in chosen for a in project.answers(story.id)],
            actors=[actor for actor in project.all(Actor) if actor.story_id in gone],
        )  # fmt: skip
        if self._session.do(merged.edit):
            self._grid.select_row(self._table.place_of(into.id))
            if merged.left:
                answers = counted(len(merged.left), "answer")
                self.set_note(
                    f"{answers} stayed behind, as “{into.title}” was answered already.", "warn"
                )

    def _dissolve_current(self) -> None:
        chosen = self._chosen()
        if len(chosen) == 1:
            articles = self._all_articles([chosen[0].id])
            self._session.do(article_acts.delete_story(self._session.desk, chosen[0], articles))
