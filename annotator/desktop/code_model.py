"""The rows of the code panel: codes in their groups, with mark, key and count in one article.

`code_rows` makes them from plain values; `CodeModel` filters, folds and hides. The researcher's
layers come first, then what machines suggest, then the layers machines write in, folded. Nothing
here is painted, and nothing is tagged.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from annotator.desktop.code_mark import SHARED_STYLE, mark_style
from annotator.desktop.kit.keycaps import key_words
from annotator.model.codebook import MACHINE_LAYERS

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from annotator.desktop.mark import MarkStyle
    from annotator.desktop.pane_data import PaneData
    from annotator.model.codebook import Attribute, Code, Codebook

Index = QModelIndex | QPersistentModelIndex
HEAD, CODE, NOTE = "head", "code", "note"
SUGGESTED, SHARED = "suggested", "shared passage"
ROW_ROLE = Qt.ItemDataRole.UserRole
# What is suggested, as one row each: name, layer, slugs (none for the whole layer), standing rows.
SUGGESTIONS: tuple[tuple[str, str, tuple[str, ...], bool], ...] = (
    ("Person", "entity", ("PER",), True),
    ("Organisation", "entity", ("ORG",), True),
    ("Place", "entity", ("LOC",), True),
    ("Other name", "entity", ("NORP", "OTHER"), False),
    ("Quote", "quote", (), True),
    ("Boilerplate", "boilerplate", (), True),
)
# Which code a row of several stands for when one tags with it.
USED = {"quote": "direct", "boilerplate": "other"}
BLIND_WORDS = "Hidden in blind coding"


@dataclass(frozen=True, slots=True)
class CodeRow:
    """One row.

    Args:
        kind: "head", "code" or "note".
        group: The group it stands in: slug of a layer, or "suggested".
        name: What people call it.
        id: The code that is used by it, "" for none.
        codes: The codes that are hidden and shown with it.
        count: How many there are in the article; None if no article is open.
        key: The key that tags with it.
        depth: How far it is indented: 0 for the top of a hierarchy.
        path: Its name with those above it: "Conflict > Strike".
        style: Its mark.
        code: The code itself, for its definition.
        attributes: What is asked for the code.
        is_hidden: Whether its annotations are hidden.
        is_folded: For heads: whether the group is folded until somebody opens it.
    """

    kind: str
    group: str
    name: str
    id: str = ""
    codes: tuple[str, ...] = ()
    count: int | None = None
    key: str = ""
    depth: int = 0
    path: str = ""
    style: MarkStyle | None = None
    code: Code | None = None
    attributes: tuple[Attribute, ...] = ()
    is_hidden: bool = False
    is_folded: bool = False

    @property
    def words(self) -> str:
        """What a screen reader says."""
        if self.kind != CODE:
            return self.name
        parts = [self.path or self.name]
        if self.count is not None:
            parts.append(f"{self.count} {'suggested' if self.group == SUGGESTED else 'in article'}")
        if self.key:
            parts.append(f"key {key_words(self.key)}")
        if self.is_hidden:
            parts.append("hidden")
        return ", ".join(parts)


def code_rows(
    codebook: Codebook,
    data: PaneData | None,
    *,
    keys: Mapping[str, str] | None = None,
    hidden: Collection[str] = (),
    is_blind: bool = False,
    shared_passages: int | None = None,
) -> list[CodeRow]:
    """Return the rows of the panel.

    Args:
        codebook: What may be said.
        data: The article whose annotations are counted, if one is open.
        keys: Keys by code id; leave them out where nothing can be tagged.
        hidden: Ids of codes whose annotations are hidden.
        is_blind: Whether suggestions must not be seen.
        shared_passages: How many passages are shared with other articles; None for no such row.
    """
    keys = keys or {}
    counts = None if data is None else Counter(a.code_id for a in data.own)

    def row_of(code: Code) -> CodeRow:
        return _code_row(codebook, code, counts, keys.get(code.id, ""), code.id in hidden)

    layers = sorted(codebook.layers, key=lambda layer: layer.position)
    research = [layer for layer in layers if layer.slug not in MACHINE_LAYERS]
    rows: list[CodeRow] = []
    for layer in research:
        rows += _group(codebook, layer.slug, layer.name, row_of, is_folded=False)
    rows += _suggested(codebook, data, keys, hidden, is_blind=is_blind)
    if shared_passages is not None:
        rows.append(_shared_row(shared_passages, SHARED in hidden))
    for layer in layers:
        if layer.slug in MACHINE_LAYERS:
            rows += _group(codebook, layer.slug, layer.name, row_of, is_folded=bool(research))
    return rows


def _code_row(
    codebook: Codebook,
    code: Code,
    counts: Mapping[str, int] | None,
    key: str,
    is_hidden: bool,  # as in the row
) -> CodeRow:
    path = codebook.path(code)
    return CodeRow(
        CODE,
        code.layer,
        code.name,
        code.id,
        (code.id,),
        count=None if counts is None else counts.get(code.id, 0),
        key=key,
        depth=len(path) - 1,
        path=" > ".join(above.name for above in path),
        style=mark_style(code),
        code=code,
        attributes=codebook.attributes_of(code),
        is_hidden=is_hidden,
    )


def _shared_row(count: int, is_hidden: bool) -> CodeRow:
    return CodeRow(
        CODE, SUGGESTED, "Shared passage", codes=(SHARED,), count=count,
        style=SHARED_STYLE, is_hidden=is_hidden,
    )  # fmt: skip


def _group(
    codebook: Codebook,
    layer: str,
    name: str,
    row_of: Callable[[Code], CodeRow],
    *,
    is_folded: bool,
) -> list[CodeRow]:
    """Return a layer's head and codes, every code under the one above it."""
    rows = [row_of(code) for code in _in_tree_order(codebook, layer)]
    if not rows:
        return []
    counts = [row.count for row in rows if row.count is not None]
    count = sum(counts) if counts else None
    return [CodeRow(HEAD, layer, name, count=count, is_folded=is_folded), *rows]


def _in_tree_order(codebook: Codebook, layer: str) -> list[Code]:
    """Return the codes of a layer so that children follow their parents."""
    codes = codebook.codes_of(layer)
    place = {code.slug: number for number, code in enumerate(codes)}

    def key(code: Code) -> tuple[int, ...]:
        return tuple(place[above.slug] for above in codebook.path(code))

    return sorted(codes, key=key)


def _suggested(
    codebook: Codebook,
    data: PaneData | None,
    keys: Mapping[str, str],
    hidden: Collection[str],
    *,
    is_blind: bool,
) -> list[CodeRow]:
    """Return the rows of what machines suggest and nobody has decided on."""
    head = CodeRow(HEAD, SUGGESTED, "Suggested")
    if is_blind:
        return [head, CodeRow(NOTE, SUGGESTED, BLIND_WORDS)]
    left = None if data is None else Counter(a.code_id for a in data.suggestions)
    rows = []
    for name, layer, slugs, is_standing in SUGGESTIONS:
        codes = [c for c in codebook.codes_of(layer) if not slugs or c.slug in slugs]
        count = None if left is None else sum(left[code.id] for code in codes)
        if not codes or not (count or is_standing):
            continue
        used = next((c for c in codes if c.slug == USED.get(layer)), codes[0])
        ids = tuple(code.id for code in codes)
        rows.append(
            CodeRow(
                CODE,
                SUGGESTED,
                name,
                used.id,
                ids,
                count,
                keys.get(used.id, ""),
                style=mark_style(used, is_own=False),
                code=used,
                attributes=codebook.attributes_of(used),
                is_hidden=all(i in hidden for i in ids),
            )
        )
    return [head, *rows] if rows else []


class CodeModel(QAbstractListModel):
    """The rows that are shown: those that a filter leaves, those of unfolded groups.

    Args:
        parent: Its owner.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all: list[CodeRow] = []
        self._shown: list[CodeRow] = []
        self._folds: dict[str, bool] = {}
        self._filter = ""

    @property
    def filter(self) -> str:
        """What is filtered for."""
        return self._filter

    def show_rows(self, rows: Sequence[CodeRow]) -> None:
        """Show other rows; filter and folds stay."""
        self._all = list(rows)
        self._refresh()

    def set_filter(self, words: str) -> None:
        """Show only codes whose path has these words; "" shows all."""
        self._filter = words.strip()
        self._refresh()

    def _refresh(self) -> None:
        shown = [*self._matching()] if self._filter else [*self._unfolded()]
        if len(shown) == len(self._shown) and _are_alike(shown, self._shown):
            before, self._shown = self._shown, shown
            # Only what differs is painted again: this runs at every key that tags.
            for place, (old, new) in enumerate(zip(before, shown, strict=True)):
                if old != new:
                    self.dataChanged.emit(self.index(place), self.index(place))
            return
        self.beginResetModel()
        self._shown = shown
        self.endResetModel()

    def _matching(self) -> list[CodeRow]:
        wanted = self._filter.casefold()
        found: list[CodeRow] = []
        head: CodeRow | None = None
        for row in self._all:
            if row.kind == HEAD:
                head = row
            elif row.kind == CODE and wanted in (row.path or row.name).casefold():
                if head is not None and (not found or found[-1].group != head.group):
                    found.append(replace(head, is_folded=False))
                found.append(row)
        return found

    def _unfolded(self) -> list[CodeRow]:
        shown: list[CodeRow] = []
        is_folded = False
        for row in self._all:
            if row.kind == HEAD:
                is_folded = self._folds.get(row.group, row.is_folded)
                shown.append(replace(row, is_folded=is_folded))
            elif not is_folded:
                shown.append(row)
        return shown

    def fold(self, group: str, *, is_folded: bool) -> None:
        """Fold or unfold a group."""
        self._folds[group] = is_folded
        self._refresh()

    def set_hidden(self, codes: Collection[str], *, is_hidden: bool) -> None:
        """Show the rows of these codes as hidden, or not."""
        rows = [
            replace(row, is_hidden=is_hidden)
            if row.codes and all(code in codes for code in row.codes)
            else row
            for row in self._all
        ]
        self.show_rows(rows)

    def rows(self) -> list[CodeRow]:
        """Return the rows that are shown."""
        return list(self._shown)

    def codes(self) -> list[CodeRow]:
        """Return all rows of codes, shown or not."""
        return [row for row in self._all if row.kind == CODE]

    def open_codes(self) -> int:
        """Return how many codes stand in groups that are open from the start."""
        closed = {row.group for row in self._all if row.kind == HEAD and row.is_folded}
        return sum(row.kind == CODE and row.group not in closed for row in self._all)

    def row(self, place: int) -> CodeRow | None:
        """Return a row that is shown, by its place."""
        return self._shown[place] if 0 <= place < len(self._shown) else None

    def place_of(self, code_id: str) -> int:
        """Return where a code is shown, or -1."""
        places = (n for n, row in enumerate(self._shown) if row.kind == CODE and row.id == code_id)
        return next(places, -1)

    def place_of_head(self, group: str) -> int:
        """Return where the head of a group is shown, or -1."""
        places = (n for n, r in enumerate(self._shown) if r.kind == HEAD and r.group == group)
        return next(places, -1)

    def rowCount(self, parent: Index | None = None) -> int:
        """Return how many rows are shown."""
        return 0 if parent is not None and parent.isValid() else len(self._shown)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a row, or what is read out for it."""
        row = self.row(index.row())
        if row is None:
            return None
        if role == ROW_ROLE:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return row.words
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let codes and heads be chosen, notes not."""
        row = self.row(index.row())
        if row is None or row.kind == NOTE:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


def _are_alike(left: Sequence[CodeRow], right: Sequence[CodeRow]) -> bool:
    """Say whether the same rows are shown, perhaps with other counts."""
    return all(
        (a.kind, a.group, a.id, a.name) == (b.kind, b.group, b.id, b.name)
        for a, b in zip(left, right, strict=True)
    )
