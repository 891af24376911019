"""The page without a project: three ways in, recent projects, and where files can be dropped.

The sample comes first and has the focus. Nothing is opened here; the page says what was chosen.
What recent projects hold is read beside the window, so that a slow drive delays nothing.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QShortcut,
    QShowEvent,
)
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from annotator.desktop.banners import Banners
from annotator.desktop.kit.buttons import CardButton
from annotator.desktop.kit.dressing import Surface
from annotator.desktop.kit.errand import Errand
from annotator.desktop.kit.labels import SectionTitle, Sentence, SerifText, Words
from annotator.desktop.motif import Motif
from annotator.desktop.recent import RecentProject, recent_project
from annotator.desktop.recent_row import RecentRow
from annotator.formats.codebooks import template
from annotator.formats.intake import register_built_ins
from annotator.formats.protocol import IMPORTERS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QMimeData

    from annotator.desktop.theme import Theme

LEFT_WIDTH, MOTIF_FROM, MOST_RECENT = 440, 1100, 6
PROJECT_SUFFIX = ".annot"
# The codes whose colours the drawing shows: their template, and their place in it.
MOTIF_CODES = (("entman", 0), ("stance", 0), ("entman", 3))

WAYS_IN = (
    ("Try the sample story", "Five outlets on one river treaty, already highlighted", "T"),
    ("New project", "A codebook template, then your articles", "Ctrl+N"),
    ("Open a project", "One file, also from another coder", "Ctrl+O"),
)


class Welcome(Surface):
    """The page.

    Signals:
        sample_requested(): try the sample story.
        new_requested(): make a project.
        open_requested(): choose a project file.
        recent_chosen(str): open this project, from the list or dropped.
        recent_forgotten(str): take this project off the list.
        files_dropped(list): paths to be imported into a new project.

    Args:
        theme: Its colours.
        recent: Paths of recent projects, the newest first.
        parent: The window.
    """

    sample_requested = Signal()
    new_requested = Signal()
    open_requested = Signal()
    recent_chosen = Signal(str)
    recent_forgotten = Signal(str)
    files_dropped = Signal(list)

    def __init__(
        self, theme: Theme, recent: Sequence[str] = (), parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, "base", parent)
        self._errand: Errand | None = None
        self._rows: list[RecentRow] = []
        self._is_dropping = False
        self.setAccessibleName("Welcome")
        self.setAcceptDrops(True)
        self._sample, self._new, self._open = (CardButton(theme, *words) for words in WAYS_IN)
        self._recent_title = SectionTitle("Recent", 11)
        self._recent_rows = QVBoxLayout()
        self._motif = Motif(theme, motif_colours())
        self._banners = Banners(theme)
        self._lay_out()
        for card, signal in ((self._sample, self.sample_requested),
                             (self._new, self.new_requested),
                             (self._open, self.open_requested)):  # fmt: skip
            card.clicked.connect(signal)
        shortcut = QShortcut(QKeySequence("T"), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self.sample_requested)
        self.set_recent(recent)

    def _lay_out(self) -> None:
        page = QWidget()
        row = QHBoxLayout(page)
        row.setContentsMargins(32, 24, 32, 24)
        row.setSpacing(0)
        row.addStretch(1)
        left = QWidget()
        left.setMaximumWidth(LEFT_WIDTH)
        left.setMinimumWidth(320)
        left.setLayout(self._column())
        row.addWidget(left, 100)
        self._motif_gap = QWidget()
        self._motif_gap.setFixedWidth(80)
        row.addWidget(self._motif_gap)
        row.addWidget(self._motif)
        row.addStretch(1)
        scroll = QScrollArea(self)
        scroll.setWidget(page)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.viewport().setAutoFillBackground(False)
        page.setAutoFillBackground(False)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(2, 2, 2, 2)
        whole.setSpacing(0)
        whole.addWidget(self._banners)
        whole.addWidget(scroll, 1)

    def _column(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addStretch(1)
        column.addWidget(SerifText("Parallax", 46, 56, 700))
        column.addSpacing(4)
        column.addWidget(Words("One event, several tellings.", 16, 400, "muted"))
        column.addSpacing(32)
        for card in (self._sample, self._new, self._open):
            column.addWidget(card)
            column.addSpacing(8)
        column.addSpacing(24)
        column.addWidget(self._recent_title)
        column.addSpacing(4)
        self._recent_rows.setSpacing(0)
        column.addLayout(self._recent_rows)
        column.addSpacing(24)
        hint = QHBoxLayout()
        hint.setSpacing(6)
        hint.addWidget(Words("Or drop files here:", 12, 400, "muted"))
        hint.addWidget(Sentence(", ".join(droppable_formats()), 12, weight=500), 1)
        column.addLayout(hint)
        column.addStretch(1)
        return column

    def set_recent(self, recent: Sequence[str]) -> None:
        """List other projects, the newest first, and begin to look what they hold."""
        for row in self._rows:
            self._recent_rows.removeWidget(row)
            row.hide()
            row.deleteLater()
        paths = list(dict.fromkeys(recent))[:MOST_RECENT]
        self._rows = [self._row(number, path) for number, path in enumerate(paths)]
        self._recent_title.setVisible(bool(paths))
        self._look(paths)

    def _row(self, number: int, path: str) -> RecentRow:
        row = RecentRow(self.theme, RecentProject(path, Path(path).stem), has_rule=number > 0)
        row.clicked.connect(self._choose_recent)
        row.forgotten.connect(self.recent_forgotten)
        self._recent_rows.addWidget(row)
        return row

    def _look(self, paths: list[str]) -> None:
        self.stop_looking()
        if paths:
            self._errand = Errand(
                "recent projects", lambda: [recent_project(p) for p in paths], self
            )
            self._errand.done.connect(self._show_found)
            self._errand.start()

    def _show_found(self, found: list[RecentProject]) -> None:
        known = {recent.path: recent for recent in found}
        for row in self._rows:
            if row.recent.path in known:
                row.show_recent(known[row.recent.path])

    def stop_looking(self) -> None:
        """Wait shortly for the look at recent projects; call it before the page goes away."""
        if self._errand is not None:
            self._errand.wait(1.0)
            self._errand = None

    def show_failure(self, sentence: str) -> None:
        """Say at the top why a project could not be opened or made, until it is dismissed."""
        self._banners.put_up("error", sentence, (), "failure")

    @property
    def failures(self) -> list[str]:
        """What stands at the top."""
        return self._banners.sentences

    @property
    def recent(self) -> list[RecentProject]:
        """What the list shows."""
        return [row.recent for row in self._rows]

    def set_theme(self, theme: Theme) -> None:
        """Show other colours."""
        super().set_theme(theme)
        for button in (self._sample, self._new, self._open, *self._rows):
            button.set_theme(theme)
        self._motif.set_theme(theme)
        self._banners.set_theme(theme)

    def _choose_recent(self) -> None:
        row = self.sender()
        if isinstance(row, RecentRow):
            self.recent_chosen.emit(row.recent.path)

    def showEvent(self, event: QShowEvent) -> None:
        """Put the focus on the first way in."""
        super().showEvent(event)
        if self.focusWidget() is None:
            self._sample.setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the drawing out when it gets narrow."""
        super().resizeEvent(event)
        self._motif.setVisible(self.width() >= MOTIF_FROM)
        self._motif_gap.setVisible(self.width() >= MOTIF_FROM)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go up and down by the arrow keys too."""
        if event.key() == Qt.Key.Key_Down:
            self.focusNextChild()
        elif event.key() == Qt.Key.Key_Up:
            self.focusPreviousChild()
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files and folders, and show so."""
        if dropped_paths(event.mimeData()):
            event.acceptProposedAction()
            self._show_dropping(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Show that nothing is held over the page any more."""
        super().dragLeaveEvent(event)
        self._show_dropping(False)

    def dropEvent(self, event: QDropEvent) -> None:
        """Say what was dropped: a project is opened, other files are imported."""
        self._show_dropping(False)
        paths = dropped_paths(event.mimeData())
        event.acceptProposedAction()
        if len(paths) == 1 and paths[0].endswith(PROJECT_SUFFIX):
            self.recent_chosen.emit(paths[0])
        elif paths:
            self.files_dropped.emit(paths)

    def _show_dropping(self, is_dropping: bool) -> None:
        self._is_dropping = is_dropping
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ground, and a frame while files are held over it."""
        super().paintEvent(event)
        if self._is_dropping:
            with QPainter(self) as painter:
                painter.setPen(QPen(self.theme.colour("accent"), 2.0))
                painter.drawRect(self.rect().adjusted(1, 1, -1, -1))


def dropped_paths(data: QMimeData) -> list[str]:
    """Return the files and folders that are dropped; what is not on this machine is left out."""
    return [url.toLocalFile() for url in data.urls() if url.isLocalFile()]


def droppable_formats() -> list[str]:
    """Return what importers read, in a few words: what stands in brackets, else their title."""
    register_built_ins()
    titles = [importer.title for _name, importer in IMPORTERS.items()]
    return [title.partition("(")[2].rstrip(")") or title for title in titles]


def motif_colours() -> list[tuple[str, str]]:
    """Return light and dark colour of the codes that the drawing shows."""
    books = {name: template(name) for name, _ in MOTIF_CODES}
    codes = [books[name].codes[at] for name, at in MOTIF_CODES]
    return [(code.colour_light, code.colour_dark) for code in codes]
