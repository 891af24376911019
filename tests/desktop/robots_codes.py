"""Robots for codes, annotations at the caret and their attributes, and a small coded study."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QListView,
    QPlainTextEdit,
    QRadioButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from annotator.desktop.annotation_list import AnnotationList
from annotator.desktop.attribute_popover import AttributePopover
from annotator.desktop.attribute_rows import AttributeRow
from annotator.desktop.code_delegate import mark_place
from annotator.desktop.code_entry import CodeCard, CodeEntry
from annotator.desktop.code_mark import paint_mark
from annotator.desktop.code_model import CODE, HEAD, ROW_ROLE, code_rows
from annotator.desktop.code_panel import CodePanel
from annotator.desktop.inspector import Inspector, ItemCard
from annotator.desktop.kit.dressing import Surface
from annotator.desktop.kit.fields import FilterField
from annotator.desktop.pane_data import load
from annotator.desktop.session import Session
from annotator.formats.codebooks import combine, template
from annotator.model import acts
from annotator.model.annotation import Coder, Link, Round
from annotator.model.article import Outlet, Story
from annotator.model.article_acts import new_article
from annotator.model.codebook import (
    Attribute,
    Code,
    Codebook,
    CodebookVersion,
    Layer,
    Setting,
    ShownIf,
    Value,
)
from annotator.model.codebook_file import to_plain
from annotator.model.edit import Edit
from annotator.model.ids import new_id, now
from annotator.model.span import Span
from annotator.store.project import Project

HEADLINE = "Harbour board halts the night ferry"
TEXT = (
    f"{HEADLINE}\n\n"
    "The harbour board voted on Monday to halt the night ferry. “We cannot pay for empty decks,” "
    "said Mira Tollund, who chairs the board. Dockers called the vote a betrayal.\n\n"
    "The island council wants the boats back before Easter, and Jon Esker of the dockers’ union "
    "promised to fight for every crossing.\n\n"
    "Sign up for our morning letter"
)
LEFT = Qt.MouseButton.LeftButton


def values(*labels: str) -> tuple[Value, ...]:
    """Return values with numbers and slugs for these labels."""
    return tuple(
        Value(n, label.casefold().replace(" ", "-"), label) for n, label in enumerate(labels, 1)
    )


FRAMES = Codebook(
    name="Ferry frames",
    layers=(Layer("frame", "Frames", position=0), Layer("stance", "Stance", position=1)),
    codes=(
        Code("frame", "conflict", "Conflict", short="Conf", key="1", colour_light="#D55E00",
             colour_dark="#FF8A47", definition="Two sides are shown in dispute.",
             include=("Strikes, quarrels, refusals.",), exclude=("A vote without a dispute.",),
             examples=("The crews walked out.",), near_misses=("The crews met.",),
             decision_rule="Ask who is against whom.", position=0),
        Code("frame", "economy", "Economy", short="Econ", key="2", colour_light="#0069A8",
             colour_dark="#4FA9E6", position=2),
        Code("frame", "strike", "Strike", parent="conflict", key="3", pattern="dotted",
             colour_light="#D55E00", colour_dark="#FF8A47", position=3),
        Code("stance", "favour", "In favour", short="St +", key="5", pattern="dashed",
             colour_light="#00875F", colour_dark="#3CCB9F", position=0),
        Code("stance", "against", "Against", short="St −", key="6", pattern="dashed",
             colour_light="#7A2233", colour_dark="#F48C96", position=1),
    ),
    attributes=(
        Attribute("stance", "target", "Target", "text", required=True, position=0),
        Attribute("stance", "direction", "Direction", required=True, position=1,
                  values=values("For", "Against", "Neutral", "Unclear")),
        Attribute("stance", "holder", "Holder", position=2,
                  values=values("Writer", "Source", "Outlet", "Public")),
        Attribute("stance", "source", "Which source", "actor", position=3,
                  shown_if=ShownIf("holder", ("source",))),
        Attribute("stance", "sure", "Certain", "yes-no", position=4),
        Attribute("stance", "strength", "Strength", "scale", position=5,
                  values=values("Weak", "Middling", "Strong")),
        Attribute("stance", "lines", "Lines", "number", position=6),
        Attribute("stance", "parts", "Parts", "spans", position=7),
    ),
)  # fmt: skip


@dataclass
class Study:
    """A project with one article, a coder and a machine."""

    session: Session
    machine: Coder
    article_id: str

    @classmethod
    def made(cls, path, codebook=FRAMES, text=TEXT) -> Study:
        """Make it in a file."""
        books = [codebook, template("entities"), template("quotes"), template("boilerplate")]
        book = replace(combine(books), name=codebook.name)
        version = CodebookVersion(new_id(), 1, to_plain(book), created=now())
        story = Story(new_id(), "Night ferry", "2026-03-12")
        outlet = Outlet(new_id(), "The Quay Courier")
        article, first = new_article(
            text, headline=HEADLINE, story_id=story.id, outlet_id=outlet.id, language="en"
        )
        machine = Coder(new_id(), "Entities (machine)", "machine")
        found = Edit(
            "Found", None,
            after=(Setting("name", "Study"), Setting("codebook_name", book.name),
                   *book.items(), version, Coder(new_id(), "Ada"), machine,
                   Round(new_id(), "Main"), story, outlet, article, first),
        )  # fmt: skip
        return cls(Session(Project.create(path, found), "Ada"), machine, article.id)

    @property
    def data(self):
        """The article as the coder sees it now."""
        return load(self.session, self.article_id)

    @property
    def blind(self):
        """The article without suggestions."""
        return load(self.session, self.article_id, has_suggestions=False)

    def code(self, name: str) -> Code:
        """Return a code by its name."""
        return next(code for code in self.session.codebook.codes if code.name == name)

    def find(self, words: str) -> Span:
        """Return where words stand."""
        start = self.data.version.text.index(words)
        return Span(start, start + len(words))

    def tag(self, words: str, code: str, note: str = "", **attributes):
        """Tag words as the coder; return the annotation."""
        edit = acts.tag(
            self.session.desk, self.data.version, [self.find(words)], self.code(code),
            attributes=attributes, note=note,
        )  # fmt: skip
        assert self.session.do(edit)
        return self.data.annotation(edit.after[0].id)

    def suggest(self, words: str, code: str, score: float = 0.94, **attributes):
        """Suggest a code for words as the machine; return the suggestion."""
        desk = acts.Desk(self.machine.id)
        made = acts.tag(
            desk, self.data.version, [self.find(words)], self.code(code), attributes=attributes
        ).after[0]
        suggestion = replace(made, score=score)
        self.session.project.apply(Edit("Suggest", self.machine.id, after=(suggestion,)))
        return self.data.annotation(suggestion.id)

    def link(self, kind: str, one, other) -> None:
        """Link two suggestions as the machine."""
        made = Link(new_id(), self.machine.id, kind, one.id, other.id)
        self.session.project.apply(Edit("Link", self.machine.id, after=(made,)))

    def suggest_quote(self):
        """Suggest Mira Tollund's quote with its speaker and cue; return it."""
        quote = self.suggest("“We cannot pay for empty decks,”", "Direct quote")
        source = self.suggest("Mira Tollund", "Source")
        cue = self.suggest("said", "Cue")
        self.link("source", quote, source)
        self.link("cue", quote, cue)
        return quote

    def rows(self, data=None, **more):
        """Return the rows of the panel for the article as it is now."""
        keys = {code.id: code.key for code in self.session.codebook.codes if code.key}
        more.setdefault("keys", keys)
        return code_rows(self.session.codebook, data or self.data, **more)


class InWindow:
    """What the robots share: a window that is shown and has the focus."""

    def __init__(self, qtbot, theme, size) -> None:
        self.qtbot = qtbot
        self.theme = theme
        self.window = Surface(theme, "base")
        qtbot.addWidget(self.window)
        self.window.resize(*size)
        self.window.show()
        qtbot.waitExposed(self.window)
        self.window.activateWindow()
        self.settle()

    def settle(self):
        """Let the window do what is due."""
        for _ in range(4):
            QApplication.sendPostedEvents()
            QApplication.processEvents()
        # without a running event loop Qt keeps what shall be deleted later
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        return self

    @property
    def focused(self) -> QWidget:
        """Who has the keyboard."""
        return QApplication.focusWidget()

    def press(self, key, modifier=Qt.KeyboardModifier.NoModifier, times=1):
        """Press a key."""
        for _ in range(times):
            QTest.keyClick(self.focused or self.window, key, modifier)
            self.settle()
        return self

    def type(self, words: str):
        """Type words."""
        QTest.keyClicks(self.focused, words)
        return self.settle()

    def click(self, button: QAbstractButton):
        """Click on a button."""
        QTest.mouseClick(button, LEFT)
        return self.settle()

    def layout_requests(self) -> int:
        """Return how often something is laid out while nobody does anything."""
        spy = LayoutSpy()
        QApplication.instance().installEventFilter(spy)
        self.settle().settle()
        QApplication.instance().removeEventFilter(spy)
        return spy.count

    def button(self, words: str, under: QWidget | None = None) -> QAbstractButton:
        """Return a visible button by its words or its name."""
        buttons = (under or self.window).findChildren(QAbstractButton)
        return next(b for b in buttons if words in (b.text(), b.accessibleName()) and b.isVisible())

    def words(self, under: QWidget | None = None) -> list[str]:
        """Return what the visible labels say."""
        labels = (under or self.window).findChildren(QLabel)
        return [label.text() for label in labels if label.isVisible() and label.text()]

    def picture(self) -> QImage:
        """Return what one sees."""
        return self.window.grab().toImage()


class PanelRobot(InWindow):
    """Works in the code panel."""

    def __init__(self, qtbot, theme, size=(240, 700)) -> None:
        super().__init__(qtbot, theme, size)
        self.panel = CodePanel(theme)
        column = QVBoxLayout(self.window)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.panel)
        self.panel.setFocus()
        self.used: list[str] = []
        self.toggled: list[tuple[str, bool]] = []
        self.focused_codes: list[str] = []
        self.panel.code_used.connect(self.used.append)
        self.panel.code_toggled.connect(self._hear_toggle)
        self.panel.code_focused.connect(self.focused_codes.append)
        self.settle()

    def _hear_toggle(self, code_id, is_visible) -> None:
        self.toggled.append((code_id, is_visible))

    def show(self, rows, head="Ferry frames", version="1", **more):
        """Show rows."""
        self.panel.show_codes(rows, head, version, **more)
        return self.settle()

    @property
    def list(self) -> QListView:
        """The list."""
        return self.panel.findChild(QListView)

    @property
    def field(self) -> FilterField:
        """The filter."""
        return self.panel.findChild(FilterField)

    @property
    def card(self) -> CodeCard:
        """The definition."""
        return self.panel.findChild(CodeCard)

    def _rows(self):
        model = self.list.model()
        return [model.index(i, 0) for i in range(model.rowCount())]

    def said(self) -> list[str]:
        """Return what a screen reader says of each row."""
        return [index.data() for index in self._rows()]

    def names(self, group: str | None = None) -> list[str]:
        """Return the names of the codes shown, of one group or of all."""
        rows = [index.data(ROW_ROLE) for index in self._rows()]
        return [r.name for r in rows if r.kind == CODE and group in (None, r.group)]

    def heads(self) -> list[str]:
        """Return the names of the groups."""
        rows = [index.data(ROW_ROLE) for index in self._rows()]
        return [row.name for row in rows if row.kind == HEAD]

    def row(self, name: str):
        """Return a row by name."""
        return self._index(name).data(ROW_ROLE)

    def _index(self, name: str):
        found = [index for index in self._rows() if index.data(ROW_ROLE).name == name]
        assert found, f"{name} is not shown: {self.said()}"
        return found[0]

    def click_name(self, name: str, modifier=Qt.KeyboardModifier.NoModifier):
        """Click on a row's name."""
        rect = self._at(name)
        QTest.mouseClick(self.list.viewport(), LEFT, modifier, QPoint(90, rect.center().y()))
        return self.settle()

    def click_mark(self, name: str, modifier=Qt.KeyboardModifier.NoModifier):
        """Click on a row's mark."""
        mark = mark_place(QRectF(self._at(name)), self.row(name)).center().toPoint()
        QTest.mouseClick(self.list.viewport(), LEFT, modifier, mark)
        return self.settle()

    def _at(self, name: str) -> QRect:
        index = self._index(name)
        self.list.scrollTo(index)
        self.settle()
        return self.list.visualRect(index)

    def go_to(self, name: str):
        """Move the keyboard's focus to a row."""
        self.list.setFocus()
        self.list.setCurrentIndex(self._index(name))
        return self.settle()

    def tooltip(self, name: str, *, is_on_mark: bool) -> str:
        """Return what the tooltip says when the pointer rests on a row."""
        rect = self._at(name)
        at = mark_place(QRectF(rect), self.row(name)).center().toPoint()
        at = at if is_on_mark else QPoint(90, rect.center().y())
        return self.list.tooltip_at(at)

    def definition(self) -> list[str]:
        """Return what the definition says, nothing when it is closed."""
        return self.words(self.card) if self.card.isVisible() else []

    def entry(self) -> list[str]:
        """Return what the whole entry says."""
        sheets = [w for w in self.window.findChildren(QDialog) if isinstance(w, CodeEntry)]
        return [label.text() for label in sheets[-1].findChildren(QLabel)] if sheets else []

    def close_entry(self) -> None:
        """Close the entry."""
        for sheet in self.window.findChildren(CodeEntry):
            sheet.reject()
        self.settle()


class LayoutSpy(QObject):
    """Counts how often anything in the program is laid out."""

    count = 0

    def eventFilter(self, _watched, event):  # noqa: N802  # Qt's name
        """Count, and let everything happen."""
        self.count += event.type() == QEvent.Type.LayoutRequest
        return False


class InspectorRobot(InWindow):
    """Works in the inspector."""

    def __init__(self, qtbot, theme, size=(240, 400)) -> None:
        super().__init__(qtbot, theme, size)
        self.inspector = Inspector(theme)
        column = QVBoxLayout(self.window)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.inspector)
        self.heard: list[tuple[str, str]] = []
        self.inspector.describe_asked.connect(self._on_describe)
        self.inspector.delete_asked.connect(self._on_delete)
        self.inspector.accept_asked.connect(self._on_accept)
        self.inspector.reject_asked.connect(self._on_reject)
        self.inspector.item_chosen.connect(self._on_chosen)

    def _on_describe(self, one) -> None:
        self.heard.append(("describe", one))

    def _on_delete(self, one) -> None:
        self.heard.append(("delete", one))

    def _on_accept(self, one) -> None:
        self.heard.append(("accept", one))

    def _on_reject(self, one) -> None:
        self.heard.append(("reject", one))

    def _on_chosen(self, one) -> None:
        self.heard.append(("chosen", one))

    def show(self, items, **more):
        """Show items."""
        self.inspector.show_items(items, **more)
        return self.settle()

    def cards(self) -> list[ItemCard]:
        """Return the cards, from above."""
        cards = [c for c in self.inspector.findChildren(ItemCard) if c.isVisible()]
        return sorted(cards, key=lambda card: card.y())

    def titles(self) -> list[str]:
        """Return what a screen reader says of each annotation."""
        return [card.accessibleName() for card in self.cards()]

    def buttons(self) -> list[str]:
        """Return the words of the buttons."""
        found = self.inspector.findChildren(QAbstractButton)
        return [b.text() for b in found if b.isVisible() and b.text()]

    def click_card(self, number: int):
        """Click on a card."""
        QTest.mouseClick(self.cards()[number], LEFT, pos=QPoint(60, 10))
        return self.settle()


class PopoverRobot(InWindow):
    """Fills in attributes."""

    stretch = QRect(480, 200, 300, 26)
    column = QRect(480, 60, 460, 600)

    def __init__(self, qtbot, theme, size=(1280, 800)) -> None:
        super().__init__(qtbot, theme, size)
        self.below = QLineEdit(self.window)
        self.below.setGeometry(20, 700, 120, 28)
        self.below.show()
        self.popover = AttributePopover(theme, self.window)
        self.saved: list[tuple[str, dict, str]] = []
        self.discarded: list[tuple[str, bool]] = []
        self.popover.saved.connect(self._on_saved)
        self.popover.discarded.connect(self._on_discarded)

    def _on_saved(self, one, attributes, note) -> None:
        self.saved.append((one, attributes, note))

    def _on_discarded(self, one, is_new) -> None:
        self.discarded.append((one, is_new))

    def open(self, annotation, data, *, is_new=True, stretch=None, actors=()):
        """Open it for an annotation."""
        self.popover.open_for(
            annotation, data, is_new=is_new, stretch=stretch or self.stretch, column=self.column,
            limits=QRect(0, 0, self.window.width(), self.window.height() - 72), actors=actors,
        )  # fmt: skip
        return self.settle()

    def rows(self) -> list[str]:
        """Return the questions that are asked, from above."""
        rows = [r for r in self.popover.findChildren(AttributeRow) if r.isVisible()]
        return [self.words(row)[0] for row in sorted(rows, key=lambda row: row.y())]

    def row(self, name: str) -> AttributeRow:
        """Return a row by its question."""
        rows = [r for r in self.popover.findChildren(AttributeRow) if r.isVisible()]
        return next(row for row in rows if self.words(row)[0] == name)

    def go_to(self, name: str):
        """Put the focus in a field."""
        self.row(name).focus_field()
        return self.settle()

    def current(self) -> str:
        """Return the question in whose field the focus is, or the words of the button."""
        focused = self.focused
        if isinstance(focused, QAbstractButton) and not isinstance(focused, QRadioButton):
            return focused.text()
        return next(name for name in self.rows() if self.row(name).has_focus_inside())

    def fill(self, name: str, words: str):
        """Type words into a field, instead of what stands there."""
        self.go_to(name)
        field = self.focused
        line = field if isinstance(field, QLineEdit) else field.lineEdit()
        if line.completer() is None:
            line.selectAll()
            QTest.keyClicks(line, words)
        else:  # a list of completions would ask the offscreen screen for the keyboard
            line.setText(words)
            line.textEdited.emit(words)
        return self.settle()

    def choose(self, name: str, title: str):
        """Click on a segment, or choose from a list."""
        row = self.row(name)
        for button in row.findChildren(QRadioButton):
            if button.accessibleName() == title:
                return self.click(button)
        box = row.findChild(QComboBox)
        box.setCurrentIndex(box.findText(title))
        box.activated.emit(box.currentIndex())
        return self.settle()

    def shown(self, name: str) -> str:
        """Return what stands in a field."""
        row = self.row(name)
        for button in row.findChildren(QRadioButton):
            if button.isChecked():
                return button.accessibleName()
        for box in row.findChildren(QComboBox):
            return box.currentText()
        for line in row.findChildren(QLineEdit):
            return line.text()
        for note in row.findChildren(QPlainTextEdit):
            return note.toPlainText()
        return ""

    def offered(self, name: str) -> list[str]:
        """Return the names in a list field."""
        box = self.row(name).findChild(QComboBox)
        return [box.itemText(i) for i in range(box.count())]

    def errors(self) -> dict[str, str]:
        """Return what is said to be wrong, by question."""
        return {name: self.row(name).error for name in self.rows() if self.row(name).error}

    def is_open(self) -> bool:
        """Say whether it is open."""
        return self.popover.isVisible()

    def card(self) -> QRect:
        """Return where its card lies, without its shadow."""
        return self.popover.geometry().adjusted(14, 14, -14, -14)

    def click_outside(self):
        """Click on the field below it."""
        QTest.mouseClick(self.below, LEFT)
        return self.settle()


class ListRobot(InWindow):
    """Works in the list of annotations."""

    def __init__(self, qtbot, theme, data) -> None:
        super().__init__(qtbot, theme, (900, 640))
        self.sheet = AnnotationList(theme, data, self.window)
        self.chosen: list[str] = []
        self.sheet.annotation_chosen.connect(self.chosen.append)
        self.sheet.open()
        self.settle()
        self.sheet.activateWindow()
        self.settle()

    @property
    def table(self) -> QTableView:
        """The table."""
        return self.sheet.findChild(QTableView)

    def cells(self) -> list[list[str]]:
        """Return what stands in the table."""
        model = self.table.model()
        return [
            [model.index(row, column).data() for column in range(model.columnCount())]
            for row in range(model.rowCount())
        ]

    def column(self, number: int) -> list[str]:
        """Return a column."""
        return [row[number] for row in self.cells()]

    def select(self, words: str):
        """Select the row with these words."""
        place = next(n for n, row in enumerate(self.cells()) if words in row[2])
        self.table.selectRow(place)
        self.table.setFocus()
        return self.settle()

    def filter(self, words: str):
        """Filter."""
        self.sheet.findChild(FilterField).setText(words)
        return self.settle()

    @property
    def note(self) -> str:
        """What is said beside the buttons."""
        return self.sheet.note


def mark_picture(theme, style, width=24) -> QImage:
    """Return a mark on the theme's page, 24 x 16."""
    image = QImage(width, 16, QImage.Format.Format_RGB32)
    image.fill(theme.colour("base"))
    with QPainter(image) as painter:
        paint_mark(painter, theme, style, QRectF(0, 0, width, 16))
    return image
