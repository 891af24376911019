"""Splitting a page into articles: cuts are proposed, mended by the person, written at once.

Left the page's lines with the cuts, right the pieces, each to be kept or not, with headline and
outlet to be corrected. What was coded on the page stays with it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from annotator.desktop.dialogs.cuts import (
    PieceOfPage,
    has_prose,
    headline_in,
    outlet_in,
    pieces_of,
    proposed_cuts,
)
from annotator.desktop.dialogs.grid import Grid
from annotator.desktop.dialogs.page_lines import PageLine, PageLines
from annotator.desktop.fonts import sans
from annotator.desktop.kit.buttons import PlainButton, PrimaryButton
from annotator.desktop.kit.labels import SectionTitle, Sentence
from annotator.desktop.kit.sheet import Sheet
from annotator.desktop.rail_head import counted
from annotator.errors import BadInput
from annotator.formats.page import blocks as line_blocks
from annotator.model import article_acts
from annotator.model.article import Article, Outlet, word_count
from annotator.model.ids import new_id

if TYPE_CHECKING:
    from annotator.desktop.session import Session
    from annotator.desktop.theme import Theme
    from annotator.model.edit import Record

Index = QModelIndex | QPersistentModelIndex
KEEP, HEADLINE, OUTLET, WORDS = range(4)
HEADS = ("", "Headline", "Outlet", "Words")
LEAST_WORDS = 8  # of a piece that is kept unless somebody says otherwise


@dataclass(frozen=True, slots=True)
class PlannedPiece:
    """A piece and what is to become of it; `is_own` says that a person has decided on it."""

    piece: PieceOfPage
    headline: str
    outlet: str
    words: int
    is_kept: bool
    is_own: bool = False


class PlannedPieces(QAbstractTableModel):
    """The pieces as a table whose headline, outlet and tick can be changed.

    Signals:
        planned(): something was changed.
    """

    planned = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.pieces: list[PlannedPiece] = []

    def show_pieces(self, pieces: list[PlannedPiece]) -> None:
        """Show other pieces."""
        self.beginResetModel()
        self.pieces = pieces
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        """Return the number of pieces."""
        return 0 if parent is not None and parent.isValid() else len(self.pieces)

    def columnCount(self, _parent: Index | None = None) -> int:
        """Return the number of columns."""
        return len(HEADS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return a column's head."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole and section == WORDS:
            return int(Qt.AlignmentFlag.AlignRight)
        return HEADS[section] if role == Qt.ItemDataRole.DisplayRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a cell."""
        planned, column = self.pieces[index.row()], index.column()
        if role == Qt.ItemDataRole.CheckStateRole and column == KEEP:
            return Qt.CheckState.Checked if planned.is_kept else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.AccessibleTextRole and column == KEEP:
            return f"Make an article of “{planned.headline}”"
        shown = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole)
        if role in (*shown, Qt.ItemDataRole.ToolTipRole):
            return ("", planned.headline, planned.outlet, f"{planned.words:,}")[column]
        if role == Qt.ItemDataRole.TextAlignmentRole and column == WORDS:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Say what can be done with a cell."""
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if index.column() == KEEP:
            return flags | Qt.ItemFlag.ItemIsUserCheckable
        return flags | Qt.ItemFlag.ItemIsEditable if index.column() in (HEADLINE, OUTLET) else flags

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Change a cell."""
        planned = self.pieces[index.row()]
        if role == Qt.ItemDataRole.CheckStateRole and index.column() == KEEP:
            is_kept = Qt.CheckState(value) == Qt.CheckState.Checked
            planned = replace(planned, is_kept=is_kept, is_own=True)
        elif role == Qt.ItemDataRole.EditRole:
            field = "headline" if index.column() == HEADLINE else "outlet"
            changes: dict[str, Any] = {field: " ".join(str(value).split()), "is_own": True}
            planned = replace(planned, **changes)
        else:
            return False
        self.pieces[index.row()] = planned
        self.dataChanged.emit(index, index)
        self.planned.emit()
        return True


class SplitArticle(Sheet):
    """The dialog.

    Signals:
        article_split(list): ids of the articles that were made.

    Args:
        theme: Its colours.
        session: Where they are written.
        article_id: The page.
        parent: The window.

    Raises:
        BadInput: if there is no such article, or it has no text.
    """

    article_split = Signal(list)

    def __init__(
        self, theme: Theme, session: Session, article_id: str, parent: QWidget | None = None
    ) -> None:
        project = session.project
        article, version = project.get(Article, article_id), project.current_text(article_id)
        if article is None or version is None:
            raise BadInput("The article is not in the project any more.")
        super().__init__(
            theme, "Split into articles", "split-article", QSize(1120, 720), parent,
            detail=article.headline,
        )  # fmt: skip
        self._session, self._article, self._version = session, article, version
        self._outlets = {o.name.casefold(): o for o in project.outlets.values()}
        self._blocks = line_blocks(version.text, article.headline)
        names = [outlet.name for outlet in self._outlets.values()]
        self._cuts = set(proposed_cuts(version.text, self._blocks, names))
        self._names = names
        self._pieces = PlannedPieces(self)
        self._lines = PageLines(theme, "Lines of the page", has_cuts=True)
        self._grid = Grid(theme, "Articles to be made", self._pieces, (32, 0, 128, 64))
        self._drops_page = QCheckBox("Delete the page itself; undo brings it back")
        self._cancel = self.add_button(PlainButton("Cancel"))
        self._split = self.add_button(PrimaryButton("Split"))
        self._compose()
        self._lines.cut_toggled.connect(self._toggle)
        self._pieces.planned.connect(self._show_lines)
        self._cancel.clicked.connect(self.reject)
        self._split.clicked.connect(self._store)
        self._plan()
        self._lines.setFocus()
        self._lines.go_to(min(self._cuts, default=0))

    def _compose(self) -> None:
        left, right, both = QVBoxLayout(), QVBoxLayout(), QHBoxLayout()
        for column in (left, right):
            column.setSpacing(6)
        left.addWidget(SectionTitle("Lines of the page", 11))
        left.addWidget(self._lines, 1)
        left.addWidget(
            Sentence("Space or a click beside a line makes a cut above it, or takes it away.", 12,
                     "muted")
        )  # fmt: skip
        right.addWidget(SectionTitle("Articles to be made", 11))
        right.addWidget(self._grid, 1)
        self._drops_page.setFont(sans(13))
        self._drops_page.setAccessibleName(self._drops_page.text())
        right.addWidget(self._drops_page)
        both.setSpacing(24)
        both.addLayout(left, 1)
        both.addLayout(right, 1)
        self.body.addLayout(both, 1)

    # Planning

    def _toggle(self, line: int) -> None:
        if line:
            self._cuts ^= {line}
            self._plan()

    def _plan(self) -> None:
        """Cut anew; what was said about a piece that begins at the same line stays."""
        text, former = self._version.text, {p.piece.first: p for p in self._pieces.pieces}
        planned = []
        for piece in pieces_of(text, self._blocks, sorted(self._cuts)):
            old = former.get(piece.first)
            if old is not None and old.is_own:
                words = word_count(piece.span.of(text))
                planned.append(replace(old, piece=piece, words=words))
            else:
                planned.append(self._proposed(piece))
        self._pieces.show_pieces(planned if self._cuts else [])
        self._show_lines()

    def _proposed(self, piece: PieceOfPage) -> PlannedPiece:
        """Return what a piece likely is."""
        text = self._version.text
        words = word_count(piece.span.of(text))
        return PlannedPiece(
            piece,
            headline_in(text, self._blocks, piece, self._names),
            outlet_in(text, self._blocks, piece, self._names),
            words,
            is_kept=self._is_worth_keeping(piece, words),
        )

    def _is_worth_keeping(self, piece: PieceOfPage, words: int) -> bool:
        """Say whether a piece is likely an article: not the top of the page, not a stub."""
        roles = {block.role for block in self._blocks[piece.first : piece.last + 1]}
        is_top = piece.first == 0 and not roles & {"main", "headline", "aggregator-card"}
        is_foot = piece.last == len(self._blocks) - 1 and not has_prose(
            self._version.text, self._blocks, piece
        )
        return words >= LEAST_WORDS and not is_top and not is_foot

    def _show_lines(self) -> None:
        labels: dict[int, str] = {}
        dropped: set[int] = set(range(len(self._blocks))) if self._pieces.pieces else set()
        number = 0
        for planned in self._pieces.pieces:
            number += planned.is_kept
            labels[planned.piece.first] = f"Article {number}" if planned.is_kept else "Left out"
            if planned.is_kept:
                dropped -= set(range(planned.piece.first, planned.piece.last + 1))
        text = self._version.text
        self._lines.show_lines(
            [
                PageLine(text[b.start : b.end], b.role, labels.get(i, ""), is_dropped=i in dropped)
                for i, b in enumerate(self._blocks)
            ]
        )
        self._say_state()

    def _say_state(self) -> None:
        kept = [planned for planned in self._pieces.pieces if planned.is_kept]
        self._split.setEnabled(bool(kept))
        self._split.set_text(f"Make {counted(len(kept), 'article')}" if kept else "Split")
        if not self._pieces.pieces:
            self.set_note("No place to cut was found. Choose a line and press Space.")
        else:
            left_out = len(self._pieces.pieces) - len(kept)
            rest = f", {counted(left_out, 'piece')} left out" if left_out else ""
            self.set_note(f"{counted(len(kept), 'article')}{rest}. The page keeps its codings.")

    # Storing

    def _store(self) -> None:
        kept = [planned for planned in self._pieces.pieces if planned.is_kept]
        others: list[Record] = []
        pieces = [self._piece(planned, others) for planned in kept]
        edit = article_acts.split_article(
            self._session.desk, self._article, self._version, pieces,
            others=others, removes_parent=self._drops_page.isChecked(),
        )  # fmt: skip
        if not self._session.do(edit):
            self.set_note("It could not be stored; the window says why.", "err")
            return
        made = [record.id for record in edit.after if isinstance(record, Article)]
        self.article_split.emit(made)
        self.accept()

    def _piece(self, planned: PlannedPiece, others: list[Record]) -> article_acts.Piece:
        key = planned.outlet.casefold()
        if key and key not in self._outlets:
            self._outlets[key] = Outlet(new_id(), planned.outlet)
            others.append(self._outlets[key])
        words = planned.piece.span.of(self._version.text)
        return article_acts.Piece(
            planned.piece.span,
            planned.headline,
            self._outlets[key].id if key else None,
            blocks=line_blocks(words, planned.headline),
        )
