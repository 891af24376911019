"""The outlets: name, country, kind and leaning of each, edited in place; several made one.

Every change is written at once and can be undone; the dialog has nothing to save.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QHBoxLayout, QWidget

from annotator.desktop.dialogs.grid import Grid
from annotator.desktop.dialogs.record_table import Column, Counted, RecordTable
from annotator.desktop.kit.buttons import PlainButton, PrimaryButton
from annotator.desktop.kit.labels import Sentence
from annotator.desktop.kit.sheet import Sheet
from annotator.desktop.rail_head import counted
from annotator.model import article_acts
from annotator.model.article import Article, Outlet
from annotator.store.listing import Listing, Wanted

if TYPE_CHECKING:
    from annotator.desktop.session import Session
    from annotator.desktop.theme import Theme
    from annotator.model.edit import Edit

COLUMNS = (
    Column("Name", "name"), Column("Country", "country"), Column("Kind", "kind"),
    Column("Leaning", "leaning"), Column("Address", "url"), Column("Articles"),
)  # fmt: skip
NEW_NAME = "New outlet"


class Outlets(Sheet):
    """The dialog.

    Args:
        theme: Its colours.
        session: Where it is written.
        parent: The window.
    """

    def __init__(self, theme: Theme, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(
            theme, "Outlets", "outlets", QSize(880, 560), parent,
            detail="double-click or F2 edits a cell",
        )  # fmt: skip
        self._session = session
        self._listing = Listing(session.project)
        self._table: RecordTable[Outlet] = RecordTable(COLUMNS, self)
        self._grid = Grid(theme, "Outlets", self._table, (0, 96, 128, 112, 160, 80))
        self._empty = Sentence("There are no outlets yet. They come with articles, or by hand.", 13)
        self._new = PlainButton("New outlet")
        self._merge = PlainButton("Merge")
        self._close = self.add_button(PrimaryButton("Close"))
        tools = QHBoxLayout()
        tools.setSpacing(8)
        for button in (self._new, self._merge):
            tools.addWidget(button)
        tools.addStretch(1)
        self.body.addWidget(self._empty)
        self.body.addWidget(self._grid, 1)
        self.body.addLayout(tools)
        self._table.field_typed.connect(self._write)
        self._new.clicked.connect(self._make)
        self._merge.clicked.connect(self._merge_selected)
        self._close.clicked.connect(self.accept)
        self._grid.selectionModel().selectionChanged.connect(self._say_state)
        session.changed.connect(self._hear)
        self._read()
        self._grid.setFocus()

    def _hear(self, edit: Edit) -> None:
        if edit.touches(kinds=(Outlet, Article)):
            self._read()

    def _read(self) -> None:
        """Read again; the row with the focus keeps it."""
        index = self._grid.currentIndex()
        rows = self._table.rows
        record_id = rows[index.row()].record.id if 0 <= index.row() < len(rows) else ""
        outlets = self._session.project.outlets
        groups = [group for group in self._listing.outlets() if group.id in outlets]
        self._table.show_rows([Counted(outlets[g.id or ""], g.articles) for g in groups])
        self._empty.setVisible(not groups)
        self._grid.setVisible(bool(groups))
        place = self._table.place_of(record_id)
        if place >= 0:
            self._grid.select_row(place, index.column())
        self._say_state()

    def _say_state(self) -> None:
        chosen = self._chosen()
        self._merge.setEnabled(len(chosen) > 1)
        if len(chosen) > 1:
            into = self._into(chosen)
            self._merge.set_text(f"Merge {len(chosen)} into “{into.name[:32]}”")
            self.set_note(
                "The one with the focus stays; it takes over the articles and what it does not "
                "know itself."
            )
        else:
            self._merge.set_text("Merge")
            self.set_note("Select several outlets, by Ctrl or Shift, to make them one.")

    def _chosen(self) -> list[Outlet]:
        return [self._table.rows[row].record for row in self._grid.selected_rows()]

    def _into(self, chosen: list[Outlet]) -> Outlet:
        current = self._grid.currentIndex().row()
        rows = self._table.rows
        record = rows[current].record if 0 <= current < len(rows) else chosen[0]
        return record if record in chosen else chosen[0]

    # Writing

    def _write(self, outlet: Outlet, field: str, value: str) -> None:
        if field == "name":
            twin = self._named(value)
            if not value:
                self.set_note("An outlet needs a name.", "err")
                return
            if twin is not None and twin.id != outlet.id:
                self.set_note(f"“{twin.name}” is there already; merge the two instead.", "err")
                return
        edit = article_acts.edit_outlet(self._session.desk, outlet, {field: value})
        self._session.do(edit)

    def _named(self, name: str) -> Outlet | None:
        outlets = self._session.project.outlets.values()
        return next((o for o in outlets if o.name.casefold() == name.casefold()), None)

    def _make(self) -> None:
        """Make an outlet and open its name for typing."""
        number, name = 1, NEW_NAME
        while self._named(name) is not None:
            number += 1
            name = f"{NEW_NAME} {number}"
        edit = article_acts.new_outlet(self._session.desk, name)
        if self._session.do(edit):
            made = edit.after[0]
            place = self._table.place_of(made.id)
            self._grid.select_row(place)
            self._grid.edit(self._table.index(place, 0))

    def _merge_selected(self) -> None:
        chosen = self._chosen()
        if len(chosen) < 2:
            return
        into = self._into(chosen)
        others = [outlet for outlet in chosen if outlet.id != into.id]
        wanted = Wanted(outlets=tuple(outlet.id for outlet in others), sort="date")
        ids = self._listing.ids(self._listing.numbers(wanted))
        articles = list(self._session.project.get_all(Article, ids).values())
        if self._session.do(article_acts.merge_outlets(self._session.desk, into, others, articles)):
            self._grid.select_row(self._table.place_of(into.id))
            moved = counted(len(articles), "article")
            self.set_note(f"{moved} moved to “{into.name}”.", "ok")
