"""Records to rows and back: one table of tables, no other mapping anywhere.

A row holds the record's fields under the same names; JSON where SQLite has no type for them. The
fragments of an annotation live in a table of their own and come back with it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, fields, is_dataclass, replace
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from annotator.model.annotation import (
    Actor,
    Alias,
    Annotation,
    Answer,
    Assignment,
    Coder,
    Decision,
    Fragment,
    Link,
    Round,
    Run,
)
from annotator.model.article import Article, Block, Outlet, Story, TextVersion
from annotator.model.codebook import (
    Attribute,
    Code,
    CodebookVersion,
    Layer,
    Scale,
    Setting,
    ShownIf,
    Value,
    Variable,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from annotator.model.edit import Record

Row = tuple[Any, ...]


def _values(items: list[dict[str, Any]]) -> tuple[Value, ...]:
    return tuple(Value(**item) for item in items)


def _shown_if(item: dict[str, Any] | None) -> ShownIf | None:
    return None if item is None else ShownIf(item["item"], tuple(item["values"]))


def _blocks(items: list[list[Any]]) -> tuple[Block, ...]:
    return tuple(Block(*item) for item in items)


@dataclass(frozen=True, slots=True)
class Table:
    """How one type of record is kept.

    Args:
        kind: The record type.
        name: The table.
        json: Columns kept as JSON, each with what its parsed value is made into (None: as is).
        bools: Columns kept as 0 or 1.
        owned: Whether rows belong to a coder rather than to the team.
    """

    kind: type
    name: str
    json: dict[str, Callable[[Any], Any] | None]
    bools: tuple[str, ...] = ()
    owned: bool = False

    @property
    def columns(self) -> tuple[str, ...]:
        """The record's fields that are columns, in order."""
        return tuple(f.name for f in fields(self.kind) if f.name != "fragments")


_TABLES = (
    Table(Setting, "setting", {"value": None}),
    Table(Outlet, "outlet", {}),
    Table(Story, "story", {}),
    Table(Layer, "layer", {}),
    Table(
        Code,
        "code",
        dict.fromkeys(("include", "exclude", "examples", "near_misses", "exclusive_with"), tuple),
        ("may_overlap", "counts_as_content"),
    ),
    Table(Attribute, "attribute", {"values": _values, "shown_if": _shown_if}, ("required",)),
    Table(
        Variable,
        "variable",
        {"values": _values, "missing": tuple, "shown_if": _shown_if},
        ("multiple", "required"),
    ),
    Table(Scale, "scale", {"items": tuple}),
    Table(CodebookVersion, "codebook_version", {"snapshot": None}, ("frozen",)),
    Table(Coder, "coder", {}),
    Table(Round, "round", {}),
    Table(Article, "article", {"provenance": None}),
    Table(TextVersion, "text_version", {"blocks": _blocks}),
    Table(Assignment, "assignment", {"blinds": tuple}),
    Table(Run, "run", {"parameters": None, "counts": None}),
    Table(Actor, "actor", {}),
    Table(Alias, "alias", {}),
    Table(Annotation, "annotation", {"attributes": None}, owned=True),
    Table(Answer, "answer", {"value": None}, owned=True),
    Table(Link, "link", {}, owned=True),
    Table(Decision, "decision", {}, owned=True),
)  # fmt: skip
# In the order in which they refer to each other.
TABLES: dict[type, Table] = {table.kind: table for table in _TABLES}
BY_NAME: dict[str, Table] = {table.name: table for table in _TABLES}


def plain(value: Any) -> Any:
    """Return a value as JSON has it: dataclasses as tables, blocks as triples, tuples as lists."""
    if isinstance(value, Block):
        return [value.start, value.end, value.role]
    if is_dataclass(value) and not isinstance(value, type):
        return {f.name: plain(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, (tuple, list)):
        return [plain(v) for v in value]
    return value


def dumps(value: Any) -> str:
    """Return compact JSON with sorted keys, non-ASCII as it is."""
    if value == {}:
        return "{}"
    return json.dumps(plain(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


class Codec:
    """Turns records of one table into rows and back, fast."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.columns = table.columns
        self.quoted = tuple(f'"{name}"' for name in self.columns)
        self._get = attrgetter(*self.columns)
        self._json = [i for i, name in enumerate(self.columns) if name in table.json]
        self._bools = [i for i, name in enumerate(self.columns) if name in table.bools]
        names = [f.name for f in fields(table.kind)]
        self._fragments = names.index("fragments") if "fragments" in names else 0
        self._make = [(i, table.json[self.columns[i]]) for i in self._json]

    def row(self, record: Record) -> Row:
        """Return the column values of a record."""
        values: Row = self._get(record)
        if not self._json and not self._bools:
            return values
        row = list(values)
        for i in self._json:
            row[i] = dumps(row[i])
        for i in self._bools:
            row[i] = int(row[i])
        return tuple(row)

    def record(self, row: Row, *fragments: Any) -> Any:
        """Return the record of column values, and of an annotation's fragments."""
        values = list(row)
        for i, make in self._make:
            text = values[i]
            parsed = {} if text == "{}" else json.loads(text)
            values[i] = parsed if make is None else make(parsed)
        for i in self._bools:
            values[i] = bool(values[i])
        if fragments:
            values.insert(self._fragments, fragments[0])
        return self.table.kind(*values)


CODECS: dict[type, Codec] = {kind: Codec(table) for kind, table in TABLES.items()}


def canonical(record: Record | None) -> Record | None:
    """Return the record with its fragments in a fixed order, so that equal means equal."""
    if isinstance(record, Annotation) and len(record.fragments) > 1:
        ordered = tuple(sorted(record.fragments, key=lambda f: (f.text_version_id, f.start)))
        return record if ordered == record.fragments else replace(record, fragments=ordered)
    return record


def to_log(records: Iterable[Record]) -> str:
    """Return records as the log keeps them: pairs of table name and row, as JSON."""
    return json.dumps(
        [[TABLES[type(record)].name, plain(record)] for record in records],
        ensure_ascii=False,
        sort_keys=True,
        separators=(",", ":"),
    )


def from_log(text: str) -> tuple[Record, ...]:
    """Return the records of a log entry's side."""
    return tuple(_logged(name, row) for name, row in json.loads(text))


def _logged(name: str, row: dict[str, Any]) -> Any:
    table = BY_NAME[name]
    values = dict(row)
    for column, make in table.json.items():
        if make is not None and column in values:
            values[column] = make(values[column])
    if table.kind is Annotation:
        values["fragments"] = tuple(Fragment(**f) for f in values["fragments"])
    known = {f.name for f in fields(table.kind)}
    return table.kind(**{key: value for key, value in values.items() if key in known})
