"""Records of one kind as a table of fields that are edited in place.

Used for outlets and stories. A cell that is changed becomes one edit through the session; the
table reads again when anybody writes such records.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QObject

Index = QModelIndex | QPersistentModelIndex
R = TypeVar("R")
END = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True)
class Column:
    """A column.

    Args:
        head: Its head.
        field: The record's field; "" for the number of articles.
    """

    head: str
    field: str = ""


@dataclass(frozen=True, slots=True)
class Counted(Generic[R]):
    """A record and its number of articles."""

    record: R
    articles: int


class RecordTable(QAbstractTableModel, Generic[R]):
    """The table.

    Signals:
        field_typed(object, str, str): another value was typed for a field of a record; whoever
            hears it writes it, and the table is shown the rows again.

    Args:
        columns: Its columns.
        parent: Its owner.
    """

    field_typed = Signal(object, str, str)

    def __init__(self, columns: Sequence[Column], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._columns = tuple(columns)
        self.rows: list[Counted[R]] = []

    def show_rows(self, rows: list[Counted[R]]) -> None:
        """Show other records."""
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        """Return the number of records."""
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def columnCount(self, _parent: Index | None = None) -> int:
        """Return the number of columns."""
        return len(self._columns)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return a column's head."""
        if orientation == Qt.Orientation.Horizontal:
            if role == Qt.ItemDataRole.DisplayRole:
                return self._columns[section].head
            if role == Qt.ItemDataRole.TextAlignmentRole and not self._columns[section].field:
                return int(END)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a cell."""
        row, column = self.rows[index.row()], self._columns[index.column()]
        shown = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole)
        if role in (*shown, Qt.ItemDataRole.ToolTipRole):
            return getattr(row.record, column.field) if column.field else f"{row.articles:,}"
        if role == Qt.ItemDataRole.TextAlignmentRole and not column.field:
            return int(END)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Say that fields can be edited, numbers not."""
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        is_field = index.isValid() and bool(self._columns[index.column()].field)
        return flags | Qt.ItemFlag.ItemIsEditable if is_field else flags

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Tell what was typed; what is the same is not told."""
        record, field = self.rows[index.row()].record, self._columns[index.column()].field
        words = " ".join(str(value).split())
        if role != Qt.ItemDataRole.EditRole or words == getattr(record, field):
            return False
        self.field_typed.emit(record, field, words)
        return True

    def place_of(self, record_id: str) -> int:
        """Return the row of a record by its id, or -1."""
        ids = [getattr(row.record, "id", "") for row in self.rows]
        return ids.index(record_id) if record_id in ids else -1
