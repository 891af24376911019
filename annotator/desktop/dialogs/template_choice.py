"""Choosing codebooks for a new project: templates with tick boxes, and what each of them brings.

It also says which keys clash. Making the codebook is the task's subject; so are the layers that
every project has for suggestions, which are not offered here.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import (
    QCheckBox,
    QFileDialog,
    QListWidget,
    QListWidgetItem,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from annotator.desktop.fonts import sans
from annotator.desktop.kit.buttons import LinkButton, draw_words, plain_words
from annotator.desktop.kit.keycaps import are_keys_shown, caps_width, key_caps, paint_caps
from annotator.desktop.kit.labels import ElidedLabel, SectionTitle, Sentence, plain_tooltip
from annotator.desktop.prose import elided
from annotator.desktop.recent import counted
from annotator.errors import AnnotatorError
from annotator.formats.codebooks import TEMPLATES, combine, read_codebook, template
from annotator.model.codebook import MACHINE_LAYERS
from annotator.tasks.founding import MACHINE_TEMPLATES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from annotator.desktop.theme import Theme
    from annotator.model.codebook import Codebook

ROW_HEIGHT = 26
KEY_ROLE = int(Qt.ItemDataRole.UserRole)
DETAIL_ROLE = KEY_ROLE + 1
HEAD_ROLE = KEY_ROLE + 2


@dataclass(frozen=True, slots=True)
class Offer:
    """A codebook that can be chosen.

    Args:
        name: Of the template, or path of the file.
        title: What it is called.
        codebook: What it holds.
    """

    name: str
    title: str
    codebook: Codebook

    @property
    def brings(self) -> str:
        """How much it holds, in words."""
        parts = [
            counted(len(items), noun)
            for items, noun in (
                (self.codebook.codes, "code"),
                (self.codebook.variables, "question"),
            )
            if items
        ]
        return " and ".join(parts) or "nothing yet"


@dataclass(frozen=True, slots=True)
class BroughtRow:
    """A line of what a codebook brings; `is_head` marks the name of a group."""

    name: str
    detail: str = ""
    key: str = ""
    is_head: bool = False


def offers() -> list[Offer]:
    """Return the templates that are offered, in their order."""
    books = {name: template(name) for name in TEMPLATES if name not in MACHINE_TEMPLATES}
    return [Offer(name, book.name, book) for name, book in books.items()]


def brought(codebook: Codebook) -> list[BroughtRow]:
    """Return what a codebook brings, by layer and then its questions by group."""
    rows: list[BroughtRow] = []
    for layer in codebook.layers:
        rows.append(BroughtRow(layer.name, is_head=True))
        rows += [
            BroughtRow(code.name, code.definition, code.key)
            for code in codebook.codes_of(layer.slug)
        ]
    group = None
    for variable in codebook.variables:
        if variable.group != group:
            group = variable.group
            rows.append(BroughtRow(group or "Questions", is_head=True))
        rows.append(BroughtRow(variable.name, variable.question, variable.key))
    return rows


def key_clashes(codebooks: Sequence[Codebook]) -> list[str]:
    """Return a sentence for every layer that gives up its keys to one before it."""
    if not codebooks:
        return []
    together = combine(codebooks)
    wanted = {code.id: code.key for book in codebooks for code in book.codes if code.key}
    holders = {code.key: code.layer for code in together.codes if code.key}
    names = {layer.slug: layer.name for layer in together.layers}
    said = []
    for layer in together.layers:
        lost = [
            wanted[code.id]
            for code in together.codes_of(layer.slug)
            if code.id in wanted and not code.key
        ]
        winners = {holders[key] for key in lost if key in holders} - set(MACHINE_LAYERS)
        if lost and winners and layer.slug not in MACHINE_LAYERS:
            who = " and ".join(names[slug] for slug in sorted(winners))
            said.append(f"{layer.name} gives up its keys {_listed(lost)}: {who} has them.")
    return said


def _listed(keys: Sequence[str]) -> str:
    return keys[0] if len(keys) == 1 else f"{', '.join(keys[:-1])} and {keys[-1]}"


class BroughtDelegate(QStyledItemDelegate):
    """Paints a line of what a codebook brings: name, definition, key.

    Args:
        theme: Its colours.
        parent: The list.
    """

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._list = parent

    def set_theme(self, theme: Theme) -> None:
        """Show other colours."""
        self._theme = theme

    def sizeHint(
        self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """Return the size of a line."""
        return QSize(160, ROW_HEIGHT)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Paint a line."""
        theme = self._theme
        rect = option.rect
        name, middle = str(index.data()), rect.center().y() + 0.5
        painter.save()
        if index.data(HEAD_ROLE):
            painter.setPen(theme.colour("muted"))
            draw_words(painter, name, sans(11, 600), QPointF(rect.left() + 4, middle + 2))
        else:
            caps = key_caps(index.data(KEY_ROLE)) if are_keys_shown(self._list) else ()
            room = rect.width() - 24 - caps_width(caps)
            shown = elided(name, sans(13), room)
            painter.setPen(theme.colour("text"))
            draw_words(painter, shown, sans(13), QPointF(rect.left() + 4, middle))
            taken = QFontMetricsF(sans(13)).horizontalAdvance(shown) + 10
            if room - taken > 60:
                painter.setPen(theme.colour("muted"))
                detail = elided(str(index.data(DETAIL_ROLE)), sans(11), room - taken)
                draw_words(painter, detail, sans(11), QPointF(rect.left() + 4 + taken, middle))
            paint_caps(painter, theme, caps, rect.right() - 6 - caps_width(caps), middle)
        painter.restore()


class BroughtList(QListWidget):
    """What a codebook brings, to be looked through.

    Args:
        theme: Its colours.
        parent: The dialog.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._delegate = BroughtDelegate(theme, self)
        self.setItemDelegate(self._delegate)
        self.setUniformItemSizes(True)
        self.setAccessibleName("What the codebook brings")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def show_codebook(self, codebook: Codebook) -> None:
        """Show what this codebook brings."""
        self.clear()
        for row in brought(codebook):
            item = QListWidgetItem(row.name)
            item.setData(KEY_ROLE, row.key)
            item.setData(DETAIL_ROLE, row.detail)
            item.setData(HEAD_ROLE, row.is_head)
            item.setToolTip(plain_tooltip(row.detail))
            if row.is_head:
                item.setFlags(Qt.ItemFlag.ItemIsEnabled)
            self.addItem(item)

    def set_theme(self, theme: Theme) -> None:
        """Show other colours."""
        self._delegate.set_theme(theme)
        self.viewport().update()


class TemplateChoice(QWidget):
    """Tick boxes for codebooks, what the current one brings, and which keys clash.

    Signals:
        changed(): something was ticked or not any more.

    Args:
        theme: Its colours.
        parent: The dialog.
    """

    changed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._boxes: dict[QCheckBox, Offer] = {}
        self._ticks = QVBoxLayout()
        self._ticks.setSpacing(8)
        self._add = LinkButton(theme, "Add a codebook file…", self)
        self._heading = ElidedLabel("", 12, 600)
        self._list = BroughtList(theme, self)
        self._clashes = Sentence("", 12, "warn")
        self._fault = Sentence("", 12, "err")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(SectionTitle("Codebook"))
        column.addLayout(self._ticks)
        column.addWidget(self._add)
        for words in (self._fault, self._clashes):
            column.addWidget(words)
            words.hide()
        column.addSpacing(8)
        column.addWidget(self._heading)
        column.addWidget(self._list, 1)
        note = "Every project can also hold names, quotes and boilerplate, for suggestions."
        column.addWidget(Sentence(note, 11, "muted"))
        self._add.clicked.connect(self._ask_file)
        for offer in offers():
            self._offer(offer)
        first = next(iter(self._boxes), None)
        if first is not None:
            self._show(first)

    def _offer(self, offer: Offer) -> QCheckBox:
        box = QCheckBox(plain_words(offer.title), self)
        box.setFont(sans(13))
        box.setAccessibleName(offer.title)
        box.setAccessibleDescription(offer.brings)
        box.setToolTip(plain_tooltip(f"{offer.title}: {offer.brings}"))
        box.installEventFilter(self)
        box.toggled.connect(self._on_toggled)
        self._boxes[box] = offer
        self._ticks.addWidget(box)
        return box

    @property
    def chosen(self) -> list[str]:
        """Names of templates and paths of files that are ticked."""
        return [offer.name for box, offer in self._boxes.items() if box.isChecked()]

    @property
    def clashes(self) -> str:
        """What it says about keys."""
        return self._clashes.text()

    def choose(self, name: str, is_chosen: bool = True) -> None:
        """Tick a codebook, or not."""
        for box, offer in self._boxes.items():
            if offer.name == name:
                box.setChecked(is_chosen)

    def add_file(self, path: str) -> bool:
        """Offer a codebook from a file, ticked; say whether it could be read."""
        try:
            codebook = read_codebook(Path(path))
        except AnnotatorError as error:
            self._fault.set_text(str(error))
            self._fault.show()
            return False
        self._fault.hide()
        title = codebook.name or Path(path).stem
        self._offer(Offer(path, f"{title} ({Path(path).name})", codebook)).setChecked(True)
        return True

    def set_theme(self, theme: Theme) -> None:
        """Show other colours."""
        self._add.set_theme(theme)
        self._list.set_theme(theme)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Show what a codebook brings when its box gets pointer or focus."""
        if event.type() in (QEvent.Type.Enter, QEvent.Type.FocusIn) and watched in self._boxes:
            self._show(watched)
        return super().eventFilter(watched, event)

    def _show(self, box: QCheckBox) -> None:
        offer = self._boxes[box]
        self._heading.set_text(f"{offer.title} brings {offer.brings}")
        self._list.show_codebook(offer.codebook)

    def _on_toggled(self, _is_checked: bool) -> None:
        books = [offer.codebook for box, offer in self._boxes.items() if box.isChecked()]
        try:
            said = key_clashes(books)
            self._fault.hide()
        except AnnotatorError as error:
            said = []
            self._fault.set_text(f"These codebooks do not go together. {error}")
            self._fault.show()
        said += ["Keys can be changed in the codebook."] if said else []
        self._clashes.set_text(" ".join(said))
        self._clashes.setVisible(bool(said))
        self.changed.emit()

    def _ask_file(self) -> None:
        dialog = QFileDialog(self, "Add a codebook file")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setNameFilter("Codebooks (*.toml *.json *.csv *.qdc)")
        dialog.fileSelected.connect(self.add_file)
        dialog.open()
