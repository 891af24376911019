"""A table of codings as ratings: long (unit, coder, value) or wide (a column for each coder).

Which of the two it is follows from the columns named or, if none are, from their usual names. Cells
that say "no value" are left out and counted; a value that cannot be is refused with its row.
Reading the file is not its subject.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from annotator.agreement.units import check_values, gathered
from annotator.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from annotator.agreement.units import Entry, Ratings, Value

# "none" and "0" are values: a frame can be "none".
MISSING = frozenset({"", "NA", "N/A", "NaN", "nan", "null", "NULL", ".", "*"})
MISSING_CODES = ("-9", "-8", "-7", "-6")
UNITS = ("unit", "unitid", "unitofcoding", "item", "itemid", "id", "article", "articleid",
         "document", "documentid", "doc", "docid", "case", "caseid", "text", "textid", "sentence",
         "sentenceid", "post", "subject", "row", "nr", "no")  # fmt: skip
CODERS = ("coder", "coderid", "codername", "rater", "raterid", "annotator", "annotatorid",
          "observer", "judge", "worker", "workerid")  # fmt: skip
VALUES = ("value", "code", "label", "rating", "category", "answer", "coding", "score")
NUMBER = re.compile(r"[+-]?(?:\d+(?:[.,]\d*)?|[.,]\d+)(?:[eE][+-]?\d+)?\Z", re.ASCII)


@dataclass(frozen=True, slots=True)
class TableOptions:
    """How a table is to be understood.

    Args:
        unit: Column of the unit.
        coder: Column of the coder; several columns with a comma between: these are the coders.
        value: Column of the value.
        cluster: Column of the article, if several units lie in one.
        level: Level of measurement.
        values: What may be said, in order.
        missing: Further cells that say "no value".
        multiple: What stands between the values where a coder may give several.
        where: Columns and the value that rows must have there to count.
    """

    unit: str = ""
    coder: str = ""
    value: str = ""
    cluster: str = ""
    level: str = "nominal"
    values: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    multiple: str = ""
    where: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row with its number as a spreadsheet shows it."""

    number: int
    cells: dict[str, str]


@dataclass(frozen=True, slots=True)
class _Cell:
    row: int
    unit: str
    coder: str
    text: str
    cluster: str


def table_ratings(
    header: Sequence[str], rows: Iterable[TableRow], options: TableOptions
) -> tuple[Ratings, list[str]]:
    """Return the ratings of a table, and sentences about what was left out or taken for granted.

    Args:
        header: Names of the columns.
        rows: The rows below it.
        options: How they are to be understood.

    Raises:
        BadInput: if a column is not there, or a value cannot be used.
    """
    _check_columns(header, options)
    if options.multiple and options.level != "nominal":
        raise BadInput(
            f"Several values at once cannot be {options.level}.", hint="Leave out --level."
        )
    chosen = [row for row in rows if all(row.cells.get(c, "") == v for c, v in options.where)]
    if not chosen:
        where = " and ".join(f"{column} = {value}" for column, value in options.where)
        raise BadInput(f"No row has {where}." if where else "The table has no rows.")
    long = _long_columns(header, options)
    coders: tuple[str, ...] = ()
    if long is None:
        unit, coders = _wide_columns(header, options)
        cells = list(_wide_cells(chosen, unit, coders, options.cluster))
        notes = _wide_notes(chosen, coders)
    else:
        cells = list(_long_cells(chosen, long, options.cluster))
        notes = []
    return _rated(cells, coders, options, notes)


def _check_columns(header: Sequence[str], options: TableOptions) -> None:
    """Refuse names of columns that are not there."""
    asked = [options.unit, options.value, options.cluster, *(c for c, _ in options.where)]
    asked += _split(options.coder)
    for name in asked:
        if name and name not in header:
            there = ", ".join(f"“{column[:40]}”" for column in header[:20])
            raise BadInput(f"The table has no column “{name}”; it has {there}.")


def _split(names: str) -> list[str]:
    return [name.strip() for name in names.split(",") if name.strip()]


def _plain(name: str) -> str:
    return re.sub(r"[\W_]+", "", name.casefold())


def _found(header: Sequence[str], names: Sequence[str]) -> str:
    """Return the first column with one of these names, "" if there is none."""
    known = {_plain(column): column for column in reversed(header)}
    return next((known[name] for name in names if name in known), "")


def _long_columns(header: Sequence[str], options: TableOptions) -> tuple[str, str, str] | None:
    """Return the columns of unit, coder and value; None if the table is wide.

    Raises:
        BadInput: if it must be long, and one of the three is not known.
    """
    is_asked = bool(options.value) or len(_split(options.coder)) == 1
    columns = (
        options.unit or _found(header, UNITS),
        options.coder or _found(header, CODERS),
        options.value or _found(header, VALUES),
    )
    if len(_split(options.coder)) > 1:
        return None
    if all(columns):
        return columns
    if is_asked:
        what = ("--unit", "--coder", "--value")[columns.index("")]
        raise BadInput(
            f"It is not clear which column {what} is.",
            hint=f"Name it; the table has {', '.join(f'“{c}”' for c in header[:20])}.",
        )
    return None


def _wide_columns(header: Sequence[str], options: TableOptions) -> tuple[str, tuple[str, ...]]:
    """Return the column of the unit, "" if rows are only numbered, and those of the coders."""
    unit = options.unit
    if not unit and _plain(header[0]) in {*UNITS, "", "column1"}:
        unit = header[0]
    other = {unit, options.cluster, *(c for c, _ in options.where)}
    coders = tuple(_split(options.coder)) or tuple(c for c in header if c not in other)
    if len(coders) < 2:
        raise BadInput(
            "The table is neither long (unit, coder, value) nor wide (a column for each coder).",
            hint="Name the columns with --unit, --coder and --value.",
        )
    return unit, coders


def _wide_notes(rows: Sequence[TableRow], coders: Sequence[str]) -> list[str]:
    """Return a doubt about a column that looks like names of units, not like codings."""
    notes = []
    for coder in coders:
        values = [row.cells.get(coder, "") for row in rows]
        words = [value for value in values if value and not NUMBER.match(value)]
        if len(words) == len(rows) > 5 and len(set(words)) == len(words):
            notes.append(
                f"The column “{coder}” has another value in each row: if it names the units, say "
                f"--unit “{coder}”."
            )
    return notes


def _long_cells(
    rows: Iterable[TableRow], columns: tuple[str, str, str], cluster: str
) -> Iterable[_Cell]:
    unit, coder, value = columns
    for row in rows:
        cells = row.cells
        for what, column in (("unit", unit), ("coder", coder)):
            if not cells.get(column, "").strip():
                raise BadInput(
                    f"Row {row.number} has no {what} (column “{column}”).",
                    hint="Fill the cell in or take the row out.",
                )
        yield _Cell(
            row.number, cells[unit].strip(), cells[coder].strip(), cells.get(value, "").strip(),
            cells.get(cluster, "").strip(),
        )  # fmt: skip


def _wide_cells(
    rows: Iterable[TableRow], unit: str, coders: Sequence[str], cluster: str
) -> Iterable[_Cell]:
    seen: dict[str, int] = {}
    for row in rows:
        name = row.cells.get(unit, "").strip() or f"row {row.number}"
        if name in seen:
            raise BadInput(
                f"Rows {seen[name]} and {row.number} are both about the unit {name}.",
                hint="Keep one row for each unit, or name another column with --unit.",
            )
        seen[name] = row.number
        for coder in coders:
            text = row.cells.get(coder, "").strip()
            yield _Cell(row.number, name, coder, text, row.cells.get(cluster, "").strip())


def _rated(
    cells: list[_Cell], coders: Sequence[str], options: TableOptions, notes: list[str]
) -> tuple[Ratings, list[str]]:
    """Turn cells into ratings."""
    absent = MISSING | set(options.missing)
    given = [cell for cell in cells if cell.text not in absent]
    notes = [*notes, *_missing_notes(given, options)]
    is_numeric = not options.multiple and all(
        NUMBER.match(text) for text in (*(cell.text for cell in given), *options.values)
    )
    if options.level in {"interval", "ratio"} and not is_numeric:
        _refuse_words(given, options)
    clusters = None
    if options.cluster:
        clusters = {cell.unit: cell.cluster for cell in cells}
    order = () if options.multiple else tuple(_value(v, is_numeric) for v in options.values)
    if order:
        check_values(order, options.level)
    entries = _sets(given, options) if options.multiple else _entries(given, order, is_numeric)
    people = coders or tuple(dict.fromkeys(cell.coder for cell in cells))
    return (
        gathered(entries, options.level, values=order, coders=people, clusters=clusters),
        notes,
    )


def _refuse_words(cells: Sequence[_Cell], options: TableOptions) -> None:
    """Refuse the first value that is no number, with its row."""
    odd = next((cell for cell in cells if not NUMBER.match(cell.text)), None)
    if odd is not None:
        raise BadInput(
            f"Row {odd.row} has the value “{odd.text}”, which is no number, as the level "
            f"{options.level} needs.",
            hint="Choose nominal or ordinal, or say which values are missing (--missing).",
        )


def _value(text: str, is_numeric: bool) -> Value:
    if not is_numeric:
        return text
    value = float(text.replace(",", "."))
    return int(value) if value.is_integer() and abs(value) < 1e15 else value


def _entries(cells: Iterable[_Cell], order: Sequence[Value], is_numeric: bool) -> list[Entry]:
    """Return single values; two in one place must be the same.

    Raises:
        BadInput: naming the row.
    """
    first: dict[tuple[str, str], tuple[int, Value]] = {}
    allowed = set(order)
    for cell in cells:
        value = _value(cell.text, is_numeric)
        if allowed and value not in allowed:
            raise BadInput(f"Row {cell.row} has the value {cell.text}, which --values lacks.")
        before = first.setdefault((cell.unit, cell.coder), (cell.row, value))
        if before[1] != value:
            raise BadInput(
                f"Rows {before[0]} and {cell.row} give two values of {cell.coder} for {cell.unit}.",
                hint="Keep one, choose rows with --where, or say --multiple if several are right.",
            )
    return [(unit, coder, value) for (unit, coder), (_, value) in first.items()]


def _sets(cells: Iterable[_Cell], options: TableOptions) -> list[Entry]:
    """Return the set of all values that a coder gave to a unit, in one cell or several rows."""
    found: dict[tuple[str, str], set[str]] = {}
    for cell in cells:
        parts = {part.strip() for part in cell.text.split(options.multiple)} - {""}
        found.setdefault((cell.unit, cell.coder), set()).update(parts)
    return [(unit, coder, frozenset(parts)) for (unit, coder), parts in found.items()]


def _missing_notes(cells: Sequence[_Cell], options: TableOptions) -> list[str]:
    """Return a doubt about numbers that usually say why there is no value."""
    counts = Counter(cell.text for cell in cells)
    if options.values or options.missing:
        return []
    found = [code for code in MISSING_CODES if counts[code]]
    others = [text for text in counts if text.startswith("-") and text not in MISSING_CODES]
    if not found or others:
        return []
    return [
        f"{', '.join(found)} counts as a value like others; if it says that there is none, add "
        f"--missing={','.join(found)}."
    ]
