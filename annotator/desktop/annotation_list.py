"""All annotations of an article as a table: the accessible twin of the painted text.

Screen readers cannot see marks; here every annotation is a row of plain words: place, code, words,
coder, how it came about. It sorts and filters; choosing a row leads the text there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from annotator.desktop.code_mark import MARK_WIDTH, paint_mark
from annotator.desktop.fonts import sans, serif
from annotator.desktop.inspector_data import annotation_rows
from annotator.desktop.kit.buttons import PlainButton, PrimaryButton
from annotator.desktop.kit.fields import FilterField
from annotator.desktop.kit.sheet import Sheet
from annotator.desktop.prose import elided

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent, QPainter

    from annotator.desktop.inspector_data import AnnotationRow
    from annotator.desktop.pane_data import PaneData
    from annotator.desktop.theme import Theme

Index = QModelIndex | QPersistentModelIndex
SIZE, ROW, PADDING = QSize(880, 560), 31, 8
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
ROW_ROLE = Qt.ItemDataRole.UserRole
PLACE, CODE, WORDS, CODER, ORIGIN = range(5)
# Head, field, width; the words take what is left.
COLUMNS = (
    ("¶", "paragraph", 44), ("Code", "code", 200), ("Words", "words", 0), ("Coder", "coder", 156),
    ("Origin", "origin", 104),
)  # fmt: skip
ASCENDING, DESCENDING = Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder


class AnnotationTable(QAbstractTableModel):
    """The rows that a filter leaves, in order.

    Args:
        parent: Its owner.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all: list[AnnotationRow] = []
        self.rows: list[AnnotationRow] = []
        self._filter = ""
        self._order = (PLACE, ASCENDING)

    def show_rows(self, rows: Sequence[AnnotationRow]) -> None:
        """Show other annotations."""
        self._all = list(rows)
        self._refresh()

    def set_filter(self, words: str) -> None:
        """Show only rows that have all these words, in any column."""
        self._filter = words
        self._refresh()

    def sort(self, column: int, order: Qt.SortOrder = ASCENDING) -> None:
        """Sort by a column, and by place where it says the same."""
        self._order = (column, order)
        self._refresh()

    def _refresh(self) -> None:
        self.beginResetModel()
        wanted = self._filter.casefold().split()
        self.rows = [row for row in self._all if _has(row, wanted)]
        column, order = self._order
        self.rows.sort(key=lambda row: row.place)
        if column != PLACE:
            field = COLUMNS[column][1]
            self.rows.sort(key=lambda row: getattr(row, field).casefold().lstrip("“\"'‘«„"))
        if order == DESCENDING:
            self.rows.reverse()
        self.endResetModel()

    @property
    def total(self) -> int:
        """How many annotations there are without a filter."""
        return len(self._all)

    def rowCount(self, parent: Index | None = None) -> int:
        """Return the number of rows."""
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def columnCount(self, _parent: Index | None = None) -> int:
        """Return the number of columns."""
        return len(COLUMNS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return a column's head."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.AccessibleTextRole and section == PLACE:
            return "Paragraph"
        if role == Qt.ItemDataRole.ToolTipRole and section == PLACE:
            return "Number of the paragraph in which it begins"
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return COLUMNS[section][0] if role == Qt.ItemDataRole.DisplayRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a cell in words, or the whole row."""
        row = self.rows[index.row()]
        if role == ROW_ROLE:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            if index.column() == PLACE:
                return str(row.paragraph) if row.paragraph else "older text"
            return getattr(row, COLUMNS[index.column()][1])
        return None


class AnnotationCells(QStyledItemDelegate):
    """Paints cells: the mark before the code, the words of the article in serif.

    Args:
        theme: Its colours.
        parent: The table.
    """

    def __init__(self, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self.theme = theme

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint a cell."""
        row: AnnotationRow = index.data(ROW_ROLE)
        rect, state = QRectF(option.rect), option.state
        painter.save()
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, self.theme.colour("tint"))
            view = self.parent()
            if index.column() == PLACE and isinstance(view, QWidget) and view.hasFocus():
                edge = QRectF(rect.left(), rect.top(), 2, rect.height())
                painter.fillRect(edge, self.theme.colour("accent"))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, self.theme.colour("hover"))
        painter.setPen(self.theme.colour("rule"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        words = rect.adjusted(PADDING, 0, -PADDING, 0)
        if index.column() == CODE:
            mark = QRectF(words.left(), words.top(), MARK_WIDTH, words.height())
            paint_mark(painter, self.theme, row.style, mark)
            words.setLeft(mark.right() + 10)
        is_theirs = index.column() == WORDS
        font = serif(13) if is_theirs else sans(13, has_tabular_figures=True)
        painter.setFont(font)
        painter.setPen(self.theme.colour("text" if index.column() in (CODE, WORDS) else "muted"))
        text = elided(str(index.data()), font, words.width())
        painter.drawText(words, int(Qt.AlignmentFlag.AlignVCenter), text)
        painter.restore()


class AnnotationView(QTableView):
    """The table on screen.

    Signals:
        row_chosen(int): Enter was pressed on a row, or it was double-clicked.
        row_focused(int): another row is selected.
        went_up(): Up was pressed on the first row.
    """

    row_chosen = Signal(int)
    row_focused = Signal(int)
    went_up = Signal()

    def __init__(self, theme: Theme, model: AnnotationTable, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.cells = AnnotationCells(theme, self)
        self.setModel(model)
        self.setItemDelegate(self.cells)
        self.setAccessibleName("Annotations")
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setShowGrid(False)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ROW)
        heads = self.horizontalHeader()
        heads.setFont(sans(11, 600))
        heads.setHighlightSections(False)
        heads.setMinimumSectionSize(36)
        for number, (_, field, width) in enumerate(COLUMNS):
            fixed = QHeaderView.ResizeMode.Interactive
            heads.setSectionResizeMode(number, fixed if width else QHeaderView.ResizeMode.Stretch)
            if width and field:
                self.setColumnWidth(number, width)
        self.sortByColumn(PLACE, ASCENDING)
        self.setSortingEnabled(True)
        self.doubleClicked.connect(self._choose)

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Tell which row is selected."""
        super().currentChanged(current, previous)
        self.row_focused.emit(current.row())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose by Enter."""
        place = self.currentIndex().row()
        if event.key() in ENTER and place >= 0:
            self.row_chosen.emit(place)
        elif event.key() == Qt.Key.Key_Up and place <= 0:
            self.went_up.emit()
        else:
            super().keyPressEvent(event)

    def _choose(self, index: QModelIndex) -> None:
        self.row_chosen.emit(index.row())


class AnnotationList(Sheet):
    """The list of all annotations of an article, in a sheet.

    Signals:
        annotation_chosen(str): the text shall turn to an annotation, by id.

    Args:
        theme: Its colours.
        data: The article.
        parent: The window.
    """

    annotation_chosen = Signal(str)

    def __init__(self, theme: Theme, data: PaneData, parent: QWidget | None = None) -> None:
        outlet = data.outlet.name if data.outlet is not None else "No outlet"
        about = f"{outlet}: {data.article.headline}" if data.article.headline else outlet
        super().__init__(theme, "Annotations", "annotations", SIZE, parent, detail=about)
        self._table = AnnotationTable(self)
        self._view = AnnotationView(theme, self._table, self)
        self._filter = FilterField(theme, "Filter annotations", "/", self)
        self._filter.setFixedWidth(280)
        self.body.setSpacing(8)
        self.body.addWidget(self._filter)
        self.body.addWidget(self._view, 1)
        close = PlainButton("Close")
        self._go = PrimaryButton("Show in text")
        self.add_button(close)
        self.add_button(self._go)
        close.clicked.connect(self.reject)
        self._go.clicked.connect(self._choose_current)
        self._filter.textChanged.connect(self._on_filter)
        self._filter.went_down.connect(self._go_to_table)
        self._filter.went_away.connect(self.reject)
        self._view.row_chosen.connect(self._choose)
        self._view.row_focused.connect(self._on_focus)
        self._view.went_up.connect(self._go_to_filter)
        self.show_article(data)
        self._view.setFocus()

    def show_article(self, data: PaneData) -> None:
        """Show the annotations as they are now."""
        self._table.show_rows(annotation_rows(data))
        if self._table.rows:
            self._view.selectRow(0)
        self._say()

    def _on_filter(self, words: str) -> None:
        self._table.set_filter(words)
        if self._table.rows:
            self._view.selectRow(0)
        self._say()

    def _say(self) -> None:
        shown, total = len(self._table.rows), self._table.total
        noun = "annotation" if total == 1 else "annotations"
        words = f"{total} {noun} and suggestions" if total else "Nothing is tagged or suggested."
        if total and not shown:
            words = f"None of {total} has “{self._filter.text()}”. Esc clears."
        elif shown < total:
            words = f"{shown} of {total} {noun} and suggestions"
        self.set_note(words)
        self._go.setEnabled(bool(shown))

    def _go_to_table(self) -> None:
        self._view.setFocus(Qt.FocusReason.TabFocusReason)

    def _go_to_filter(self) -> None:
        self._filter.setFocus(Qt.FocusReason.BacktabFocusReason)

    def _on_focus(self, place: int) -> None:
        has_place = 0 <= place < len(self._table.rows) and self._table.rows[place].paragraph > 0
        self._go.setEnabled(has_place)

    def _choose_current(self) -> None:
        self._choose(self._view.currentIndex().row())

    def _choose(self, place: int) -> None:
        """Tell which annotation was chosen; one on an older text has no place to go to."""
        if not 0 <= place < len(self._table.rows):
            return
        row = self._table.rows[place]
        if not row.paragraph:
            self.set_note("This annotation has no place in the current text.", "warn")
            return
        self.accept()
        self.annotation_chosen.emit(row.id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Filter by “/”."""
        if event.text() == "/":
            self._go_to_filter()
        else:
            super().keyPressEvent(event)

    def set_theme(self, theme: Theme) -> None:
        """Show other colours."""
        super().set_theme(theme)
        self._view.cells.theme = theme


def _has(row: AnnotationRow, wanted: Sequence[str]) -> bool:
    said = " ".join((row.code, row.words, row.coder, row.origin)).casefold()
    return all(word in said for word in wanted)
