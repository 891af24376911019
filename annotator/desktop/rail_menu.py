"""The context menu of the article rail: what can be done with articles and with a story.

Every entry carries the id of its action and what it is about; the rail does it or asks the window.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMenu

from annotator.desktop.kit.buttons import plain_words
from annotator.desktop.kit.keycaps import key_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from annotator.store.listing import ListedGroup

OPEN, BESIDE, MOVE = "open", "open-beside", "move"
MOST_STORIES = 16


@dataclass(frozen=True, slots=True)
class MenuEntry:
    """An entry: the action's id, its words, its key, and whether it is for one article only."""

    action: str
    words: str
    key: str = ""
    is_for_one: bool = False


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


class RailMenu(QMenu):
    """The context menu; the data of an action is a pair of its id and what it is about."""

    def be_for_articles(self, ids: Sequence[str], stories: Sequence[ListedGroup]) -> None:
        """Offer what can be done with articles; stories are where they can be moved to."""
        self._fill(ARTICLE_MENU, list(ids))
        below = QMenu("Move to", self)
        self.insertMenu(self.actions()[-2], below)  # above the rule before “Delete”
        named = [group for group in stories if group.id]
        for group in named[:MOST_STORIES]:
            below.addAction(plain_words(group.name)).setData((MOVE, [group.id, *ids]))
        below.addSeparator()
        if len(named) > MOST_STORIES:
            below.addAction("Another story…").setData(("stories", ["", *ids]))
        below.addAction("New story…").setData(("new-story", ["", *ids]))
        below.addAction("No story").setData((MOVE, ["", *ids]))

    def be_for_story(self, story_id: str) -> None:
        """Offer what can be done with a story."""
        self._fill(STORY_MENU, [story_id])

    def _fill(self, entries: tuple[MenuEntry | None, ...], ids: list[str]) -> None:
        for entry in entries:
            if entry is None:
                self.addSeparator()
                continue
            key = f"\t{key_words(entry.key)}" if entry.key else ""
            action = self.addAction(entry.words + key)
            action.setEnabled(not (entry.is_for_one and len(ids) > 1))
            action.setData((entry.action, ids))
