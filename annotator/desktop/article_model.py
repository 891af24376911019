"""The rows of the article rail: stories with their articles, or one flat list of any length.

Which articles there are is a list of numbers from `store.listing`; what a row shows is read a page
of 128 rows at a time, when it is first looked at. The model sorts and filters nothing by itself,
paints nothing and writes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from annotator.store.listing import ListedGroup, Listing, Wanted

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from PySide6.QtCore import QObject

    from annotator.desktop.session import Session
    from annotator.store.listing import ListedArticle

Index = QModelIndex | QPersistentModelIndex
STORIES, LIST, SPINE = "stories", "list", "spine"
STORY, ARTICLE, MORE = "story", "article", "more"
PAGE = 128
MOST_IN_STORY = 300  # rows of one story among the others; the flat list shows any number
ROW_ROLE = Qt.ItemDataRole.UserRole
STATUS_WORDS = {"todo": "not begun", "doing": "begun", "done": "done"}
NOT_IN_A_STORY = "Not in a story"
ALL_FOLDED = ""  # among the unfolded stories: the person has folded the last one
NO_OUTLET, NO_HEADLINE = "No outlet", "No headline"
ARTICLE_WORDS = {
    "the", "der", "die", "das", "la", "le", "les", "el", "los", "il", "lo", "i", "de", "het", "den",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class RailRow:
    """One row.

    Args:
        kind: "story", "article", or "more" for what leads to the whole list of a story.
        id: Of the story or article; "" for the articles in no story.
        title: The story's title or the article's outlet.
        detail: The headline.
        count: Of the story's articles.
        is_open: Whether the story's articles are listed below it.
        pane: Number of the pane that shows the article; 0 for none.
        is_current: Whether that pane is the active one.
        status: Of the coder: "todo", "doing", "done".
        words: What a screen reader says.
        initials: Of the outlet, for the folded rail.
    """

    kind: str
    id: str
    title: str
    detail: str = ""
    count: int = 0
    is_open: bool = False
    pane: int = 0
    is_current: bool = False
    status: str = ""
    words: str = ""
    initials: str = ""


@dataclass(frozen=True, slots=True)
class More:
    """Stands for the articles of a long story that are not listed among the stories."""

    story_id: str | None
    count: int


def initials(name: str) -> str:
    """Return two letters for a name.

    >>> initials("The Harbour Post"), initials("Østervig Tidende"), initials("Reuters")
    ('HP', 'ØT', 'Re')
    """
    words = [word for word in name.split() if any(c.isalnum() for c in word)]
    if len(words) > 1 and words[0].casefold() in ARTICLE_WORDS:
        words = words[1:]
    if len(words) > 1:
        return "".join(next(c for c in word if c.isalnum()).upper() for word in words[:2])
    return words[0][:2] if words else "–"


class ArticleModel(QAbstractListModel):
    """The rows of the rail, in one of three modes.

    Args:
        session: What is listed, and for whom.
        parent: Its owner.
    """

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._listing = Listing(session.project)
        self._mode = STORIES
        self._wanted = Wanted()
        self._items: list[ListedGroup | More | int] = []
        self._pages: dict[int, dict[int, ListedArticle | None]] = {}
        self._unfolded: set[str | None] = set()
        self._panes: dict[str, int] = {}
        self._current = ""
        self._articles = 0
        self.hides_outlets = False

    # What is listed

    @property
    def mode(self) -> str:
        """One of `STORIES`, `LIST` and `SPINE` (the articles alone)."""
        return self._mode

    @property
    def wanted(self) -> Wanted:
        """Which articles are listed."""
        return self._wanted

    @property
    def listing(self) -> Listing:
        """Where the rows come from."""
        return self._listing

    @property
    def articles(self) -> int:
        """How many articles are listed, unfolded or not."""
        return self._articles

    def set_mode(self, mode: str) -> None:
        """List in another way from the next `show` on."""
        self._mode = mode

    def show(self, wanted: Wanted) -> None:
        """List other articles."""
        self._wanted = wanted
        self.reload()

    def reload(self) -> None:
        """Read everything again."""
        self.beginResetModel()
        desk = self._session.desk
        self._wanted = replace(
            self._wanted,
            coder_id=desk.coder_id,
            round_id=desk.round_id,
            is_blind=self.hides_outlets,
        )
        self._pages.clear()
        if self._mode == LIST:
            self._items = list(self._listing.numbers(self._wanted))
            self._articles = len(self._items)
        else:
            self._items = list(self._grouped())
        self.endResetModel()

    def _grouped(self) -> Iterable[ListedGroup | More | int]:
        groups = self._listing.stories()
        self._articles = sum(group.articles for group in groups)
        is_folded = ALL_FOLDED in self._unfolded
        if groups and not is_folded and not self._unfolded & {group.id for group in groups}:
            self._unfolded.add(groups[0].id)
        for group in groups:
            if self._mode == STORIES:
                yield group
            if group.id in self._unfolded:
                wanted = replace(self._wanted, search="", stories=(group.id,), sort="story")
                numbers = self._listing.numbers(wanted)
                yield from numbers[:MOST_IN_STORY]
                if len(numbers) > MOST_IN_STORY and self._mode == STORIES:
                    yield More(group.id, len(numbers))

    def toggle(self, story_id: str | None) -> None:
        """Unfold a story, or fold it."""
        self._unfolded = (self._unfolded - {ALL_FOLDED}) ^ {story_id} or {ALL_FOLDED}
        self.reload()

    def unfold(self, story_id: str | None) -> None:
        """Unfold a story."""
        if story_id not in self._unfolded:
            self._unfolded = {*(self._unfolded - {ALL_FOLDED}), story_id}
            self.reload()

    def refresh(self) -> None:
        """Read the rows again; which ones there are stays."""
        self._pages.clear()
        self._touch()

    def set_panes(self, article_ids: Sequence[str]) -> None:
        """Say which articles are open, in the order of their panes."""
        self._panes = {one: number for number, one in enumerate(article_ids, 1)}
        self._touch()

    def set_current(self, article_id: str) -> None:
        """Say which article's pane is the active one."""
        self._current = article_id
        self._touch()

    def _touch(self) -> None:
        if self._items:
            self.dataChanged.emit(self.index(0), self.index(len(self._items) - 1))

    # Rows

    def rowCount(self, parent: Index | None = None) -> int:
        """Return how many rows there are."""
        return 0 if parent is not None and parent.isValid() else len(self._items)

    def row(self, at: int) -> RailRow | None:
        """Return a row by its place; None if its article is gone meanwhile."""
        if not 0 <= at < len(self._items):
            return None
        item = self._items[at]
        if isinstance(item, ListedGroup):
            is_open = item.id in self._unfolded
            title = item.name or ("Story without a title" if item.id else NOT_IN_A_STORY)
            words = f"{title}, {item.articles} articles, {'open' if is_open else 'folded'}"
            return RailRow(
                STORY, item.id or "", title, count=item.articles, is_open=is_open, words=words
            )
        if isinstance(item, More):
            title = f"All {item.count:,} in a list"
            return RailRow(MORE, item.story_id or "", title, count=item.count, words=title)
        listed = self._page(at // PAGE).get(item)
        return self._article_row(listed, at) if listed is not None else None

    def _article_row(self, listed: ListedArticle, at: int) -> RailRow:
        pane = self._panes.get(listed.id, 0)
        title = f"Article {self._number(at)}" if self.hides_outlets else listed.outlet or NO_OUTLET
        detail = " ".join(listed.headline.split()) or NO_HEADLINE
        short = str(self._number(at)) if self.hides_outlets else initials(listed.outlet or detail)
        where = f", in pane {pane}" if pane else ""
        return RailRow(
            ARTICLE, listed.id, title, detail,
            pane=pane,
            is_current=bool(pane) and listed.id == self._current,
            status=listed.status,
            words=f"{title}: {detail}, {STATUS_WORDS[listed.status]}{where}",
            initials=short,
        )  # fmt: skip

    def _number(self, at: int) -> int:
        """Return the number of an article in its story or list, from 1."""
        start = at
        while start > 0 and isinstance(self._items[start - 1], int) and self._mode != LIST:
            start -= 1
        return at + 1 if self._mode == LIST else at - start + 1

    def _page(self, page: int) -> dict[int, ListedArticle | None]:
        if page not in self._pages:
            items = self._items[page * PAGE : (page + 1) * PAGE]
            numbers = [item for item in items if isinstance(item, int)]
            desk = self._session.desk
            rows = self._listing.page(numbers, desk.coder_id, desk.round_id)
            self._pages[page] = dict(zip(numbers, rows, strict=True))
        return self._pages[page]

    def listed(self, at: int) -> ListedArticle | None:
        """Return what is known of the article in a row; None for other rows."""
        item = self._items[at] if 0 <= at < len(self._items) else None
        return self._page(at // PAGE).get(item) if isinstance(item, int) else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a view or a screen reader asks of a row."""
        if role not in _ANSWERED:
            return None
        row = self.row(index.row())
        if row is None:
            return None
        if role == ROW_ROLE:
            return row
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{row.title}\n{row.detail}" if row.detail else row.title
        return row.words

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Say what may be done with a row."""
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if isinstance(self._items[index.row()], int) if index.isValid() else False:
            return flags | Qt.ItemFlag.ItemIsDragEnabled | Qt.ItemFlag.ItemNeverHasChildren
        return flags | Qt.ItemFlag.ItemNeverHasChildren

    def place_of(self, article_id: str) -> int:
        """Return the row of an article, or -1 if it is not among the rows."""
        number = self._listing.numbers_of([article_id]).get(article_id)
        try:
            return -1 if number is None else self._items.index(number)
        except ValueError:
            return -1

    def place_of_story(self, story_id: str | None) -> int:
        """Return the row of a story, or -1."""
        for place, item in enumerate(self._items):
            if isinstance(item, ListedGroup) and item.id == story_id:
                return place
        return -1


_ANSWERED = frozenset(
    (
        ROW_ROLE,
        Qt.ItemDataRole.DisplayRole,
        Qt.ItemDataRole.ToolTipRole,
        Qt.ItemDataRole.AccessibleTextRole,
    )
)
