"""Robots that work with the article rail and its dialogs as a person does, and a small project."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QListView, QMenu, QPushButton, QWidget

from annotator.desktop.article_rail import ArticleRail
from annotator.desktop.kit.buttons import KeyButton
from annotator.desktop.rail_head import RailHead, RailNote
from annotator.model.annotation import Coder, Round
from annotator.model.article import Block, Outlet, Story
from annotator.model.article_acts import new_article
from annotator.model.codebook import Code, Layer, Setting
from annotator.model.edit import Edit
from annotator.model.ids import new_id
from annotator.store.project import Project

# What the offscreen platform says of windows and menus; it is no fault of ours.
QUIET = pytest.mark.qt_log_ignore("propagateSizeHints|does not support")
FERRY = (
    "Ferry crews walk out as council delays vote\n"
    "By Ines Halvorsen\n\n"
    "Ferry crews in Nordhavn walked off the job on Tuesday after the City Council postponed a vote "
    "on fares that unions call “a tax on people who have no other road to work”.\n\n"
    "The dispute, now in its second week, has cut crossings by two thirds.\n\n"
    "Subscribe to our newsletter"
)
OUTLETS = ("The Harbour Post", "National Wire", "Østervig Tidende", "Seven Bells", "Radio Alba")
HEADLINES = (
    "Ferry crews walk out as council delays vote", "Island ferry dispute enters second week",
    "Council: fare reform “will protect the line”", "A quay without boats",
    "Ferries: what we know this morning",
)  # fmt: skip
STORIES = (("Nordhavn ferries", 5), ("School merger vote", 3), ("Storm Agda", 2))


@dataclass
class Study:
    """A project with three stories, five outlets and eleven articles."""

    project: Project
    stories: list[Story]
    outlets: list[Outlet]
    articles: list
    texts: list
    code: Code

    @classmethod
    def made(cls, path) -> Study:
        """Make it in a file."""
        stories = [Story(new_id(), t, f"2026-03-{12 + i}") for i, (t, _) in enumerate(STORIES)]
        outlets = [Outlet(new_id(), name) for name in OUTLETS]
        layer, code = Layer("frame", "Frames"), Code("frame", "conflict", "Conflict")
        pairs = []
        for story, (title, number) in zip(stories, STORIES, strict=True):
            for i in range(number):
                headline = HEADLINES[i] if story is stories[0] else f"{title}, part {i + 1}"
                pairs.append(
                    new_article(
                        FERRY.replace("Ines", f"Ines {i}"),
                        blocks=(Block(0, 43, "headline"),),
                        headline=headline,
                        story_id=story.id,
                        outlet_id=outlets[i].id,
                        published=f"2026-03-{12 + i}",
                        published_precision="day",
                        language="en",
                    )
                )
        pairs.append(new_article("A note on tides.", headline="Tides this week", language="da"))
        edit = Edit(
            "Found", None,
            after=(
                Setting("name", "Ferry framing study"), Coder(new_id(), "Ada"),
                Round(new_id(), "Main"), layer, code, *stories, *outlets,
                *(record for pair in pairs for record in pair),
            ),
        )  # fmt: skip
        project = Project.create(path, edit)
        return cls(project, stories, outlets, [a for a, _ in pairs], [v for _, v in pairs], code)


class RailRobot:
    """Works in the article rail."""

    def __init__(self, qtbot, theme, session) -> None:
        self.qtbot = qtbot
        self.window = QWidget()
        qtbot.addWidget(self.window)
        row = QHBoxLayout(self.window)
        self.rail = ArticleRail(theme, session)
        row.addWidget(self.rail)
        row.addStretch(1)
        self.window.resize(640, 700)
        self.window.show()
        qtbot.waitExposed(self.window)

    @property
    def list(self) -> QListView:
        """The list of rows."""
        return self.rail.findChild(QListView)

    @property
    def field(self) -> QLineEdit:
        """The filter field."""
        return self.rail.findChild(QLineEdit)

    def rows(self) -> list[str]:
        """Return what a screen reader would say of each row."""
        model = self.rail.model
        return [model.data(model.index(i)) for i in range(model.rowCount())]

    def titles(self) -> list[str]:
        """Return what stands in the rows' first lines."""
        model = self.rail.model
        return [model.row(i).title for i in range(model.rowCount())]

    def headlines(self) -> list[str]:
        """Return the headlines of the articles shown."""
        model = self.rail.model
        return [r.detail for i in range(model.rowCount()) if (r := model.row(i)).detail]

    def story_count(self, title: str) -> int:
        """Return the number of articles beside a story."""
        model = self.rail.model
        rows = [model.row(i) for i in range(model.rowCount())]
        return next(row.count for row in rows if row.title == title)

    def note(self) -> str:
        """Return what is said in place of rows."""
        note = self.rail.findChild(RailNote)
        return note.text if note.isVisible() else ""

    def head_button(self) -> RailHead:
        """Return what stands above the rows."""
        return self.rail.findChild(RailHead)

    def head(self) -> str:
        """Return the words above the rows."""
        return self.head_button().text()

    def press_button(self, words: str) -> None:
        """Press a button of the note."""
        named(self.rail, KeyButton, words).click()

    def menu_words(self) -> list[str]:
        """Return the words of the menu above the rows."""
        return [action.text() for action in self.head_button().menu().actions()]

    def choose(self, *words: str) -> None:
        """Choose from the menu above the rows."""
        _choose(self.head_button().menu(), words)

    def choose_in_context(self, *words: str) -> None:
        """Choose from the context menu."""
        _choose(self.rail.context_menu(), words)

    def place(self, words: str) -> int:
        """Return the first row that says these words."""
        return next(i for i, row in enumerate(self.rows()) if words in row)

    def point(self, words: str) -> QPoint:
        """Return where a row is."""
        index = self.rail.model.index(self.place(words))
        self.list.scrollTo(index)
        return self.list.visualRect(index).center()

    def click(self, words: str, button=Qt.MouseButton.LeftButton, keys=None) -> None:
        """Click a row."""
        keys = keys or Qt.KeyboardModifier.NoModifier
        QTest.mouseClick(self.list.viewport(), button, keys, self.point(words))

    def go_to(self, words: str) -> None:
        """Bring the keyboard to a row."""
        self.list.setFocus()
        self.list.setCurrentIndex(self.rail.model.index(self.place(words)))

    def press(self, key, keys=None) -> None:
        """Press a key in the list."""
        QTest.keyClick(self.list, key, keys or Qt.KeyboardModifier.NoModifier)

    def filter_by(self, words: str) -> None:
        """Type into the filter field and let it settle."""
        self.rail.focus_filter()
        self.field.clear()
        QTest.keyClicks(self.field, words)
        self.qtbot.wait(120)

    def drop(self, words: str, carried: QMimeData) -> None:
        """Drop something on a row."""
        self.drop_at(self.point(words), carried)

    def drop_at(self, point: QPoint, carried: QMimeData) -> None:
        """Drop something at a place of the list."""
        event = QDropEvent(
            QPointF(point), Qt.DropAction.MoveAction | Qt.DropAction.CopyAction, carried,
            Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier,
        )  # fmt: skip
        self.list.dropEvent(event)


def _choose(menu: QMenu, words: tuple[str, ...]) -> None:
    for word in words[:-1]:
        menu = next(a.menu() for a in menu.actions() if a.text() == word)
    next(a for a in menu.actions() if a.text().split("\t")[0] == words[-1]).trigger()


def files(*paths: str) -> QMimeData:
    """Return files as a file manager hands them over."""
    carried = QMimeData()
    carried.setUrls([QUrl.fromLocalFile(path) for path in paths])
    return carried


def named(root: QWidget, kind: type, name: str):
    """Return the widget of a type with an accessible name."""
    found = [w for w in root.findChildren(kind) if w.accessibleName() == name]
    assert found, f"no {kind.__name__} is called {name!r}"
    return found[0]


def press_button(root: QWidget, name: str) -> None:
    """Press a button by its name."""
    named(root, QPushButton, name).click()
