"""Tables: CSV, TSV and their kin, one article a row, read as a stream.

The delimiter is sniffed and columns are matched by name (`fields`), or as a mapping says. A row
without text is refused by its number as a spreadsheet shows it; everything else goes on. Columns
without a field are kept as extra.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass, replace
from functools import cache, partial
from typing import TYPE_CHECKING, Any

from annotator.formats.assemble import Origin, Record, assemble
from annotator.formats.dates import settle
from annotator.formats.fields import FIELDS, match_names, wrong_fields
from annotator.formats.protocol import FoundArticle, Refused
from annotator.formats.reading import decode_head, open_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from annotator.formats.protocol import SourceFile

DELIMITERS = ",;\t|"
EXCEL_CELL = 32_767  # characters; Excel cuts longer cells without a word
LARGEST_CELL = 100_000_000
MANY_LINES = 2_000  # of one row: a quotation mark is probably missing


@dataclass(frozen=True, slots=True)
class Shape:
    """How a table is written.

    Args:
        delimiter: Between cells.
        skipped: Lines above the header row, such as Excel's "sep=;".
    """

    delimiter: str
    skipped: int = 0


@dataclass(frozen=True, slots=True)
class _Table:
    """A table being read.

    Args:
        source: The file.
        shape: How it is written.
        header: Names of its columns, made unique.
        columns: The column of each field.
        notes: Warnings about the whole file; the first article carries them.
    """

    source: SourceFile
    shape: Shape
    header: list[str]
    columns: dict[str, str]
    notes: tuple[str, ...]


class CsvImporter:
    """Reads tables with delimiters."""

    name = "csv"
    title = "Table (CSV, TSV)"
    suffixes: tuple[str, ...] = (".csv", ".tsv", ".tab")
    holds = (
        "One article a row; columns for text, headline, outlet, date, url, author, language, "
        "section, story and id under their usual names or mapped; other columns as extra."
    )

    def recognises(self, head: bytes, name: str) -> float:
        """Return much for its suffixes, and for a header row with a text column."""
        if name.lower().endswith(self.suffixes):
            return 0.6
        text = decode_head(head)
        first = text.split("\n", 1)[0]
        if len(first) > 2000 or not any(d in first for d in DELIMITERS):
            return 0.0
        columns = match_names(_cells(first, sniff(text, name).delimiter), {})
        return 0.6 if "text" in columns and len(columns) > 1 else 0.0

    def read(
        self, source: SourceFile, options: Mapping[str, Any]
    ) -> Iterator[FoundArticle | Refused]:
        """Yield an article or a refusal for each row."""
        csv.field_size_limit(LARGEST_CELL)
        opened = open_text(source)
        if isinstance(opened, Refused):
            yield opened
            return
        stream, encoding = opened
        with stream:
            start = stream.tell()
            shape = sniff(stream.read(1 << 16), source.name)
            stream.seek(start)
            rows = _rows(stream, shape)
            try:
                table = _open_table(source, next(rows, (1, []))[1], shape, options)
            except csv.Error as error:
                table = Refused(f"{source.name} could not be read as a table: {error}.")
            if isinstance(table, Refused):
                yield table
                return
            table = replace(table, notes=encoding.warnings)
            yield from _articles(table, rows, Origin(source, 0, self.name, options))


def sniff(text: str, name: str) -> Shape:
    r"""Return how a table is written, by its first lines.

    >>> sniff("id;title;text\n1;Rain, again;It rained.", "x.csv").delimiter
    ';'
    """
    lines = text.lstrip("\n").split("\n", 1)
    first = lines[0].strip().strip('"')
    if first.lower().startswith("sep=") and len(first) == 5:
        return Shape(first[4], 1)
    likely = "\t" if name.lower().endswith((".tsv", ".tab")) else ","
    return Shape(max(DELIMITERS, key=lambda d: (*_fit(text, d), d == likely)))


def _fit(text: str, delimiter: str) -> tuple[int, int]:
    """Return how many columns of the header are known and how many there are."""
    try:
        header = next(csv.reader(text.lstrip("\r\n").splitlines(), delimiter=delimiter), [])
    except csv.Error:
        return 0, 0
    return len(match_names(header, {})), len(header) if len(header) > 1 else 0


def _cells(line: str, delimiter: str) -> list[str]:
    return next(csv.reader([line], delimiter=delimiter), [])


def _rows(stream: Iterator[str], shape: Shape) -> Iterator[tuple[int, list[str]]]:
    """Yield rows with the number that a spreadsheet gives them, from 1; blank ones left out.

    Raises:
        csv.Error: for a cell of more than `LARGEST_CELL` characters.
    """
    reader = csv.reader(stream, delimiter=shape.delimiter)
    for number, row in enumerate(reader, 1):
        if number > shape.skipped and any(cell.strip() for cell in row):
            yield number - shape.skipped, row


def _open_table(
    source: SourceFile,
    first: Sequence[str],
    shape: Shape,
    options: Mapping[str, Any],
) -> _Table | Refused:
    """Match the columns of the header row, or say what is missing and how to map it."""
    header = _unique(first)
    mapping = {str(k): str(v) for k, v in dict(options.get("map") or {}).items()}
    problem = _wrong_mapping(mapping, header)
    if problem:
        return Refused(f"{source.name} was not read: {problem}")
    columns = match_names(header, mapping)
    if "text" not in columns:
        seen = ", ".join(f"“{name[:40]}”" for name in header[:30]) or "none"
        return Refused(
            f"{source.name} has no column that is known to hold the text (columns: {seen}); "
            'name it in a TOML file for --map, with a line like text = "column".'
        )
    return _Table(source, shape, header, columns, ())


def _unique(names: Sequence[str]) -> list[str]:
    """Return the names of columns, numbered where one is missing or comes twice."""
    result: list[str] = []
    for number, name in enumerate(names, 1):
        wanted = " ".join(name.strip("\ufeff").split()) or f"column {number}"
        result.append(wanted if wanted not in result else f"{wanted} ({number})")
    return result


def _wrong_mapping(mapping: Mapping[str, str], header: Sequence[str]) -> str:
    unknown = wrong_fields(mapping)
    if unknown:
        return f"the mapping names the field “{unknown[0]}”; known are {', '.join(FIELDS)}."
    missing = [column for column in mapping.values() if column not in header]
    if missing:
        seen = ", ".join(f"“{name[:40]}”" for name in header[:30])
        return f"the mapping names the column “{missing[0]}”; the table has {seen}."
    return ""


def _articles(
    table: _Table, rows: Iterator[tuple[int, list[str]]], origin: Origin
) -> Iterator[FoundArticle | Refused]:
    """Yield what each row gives; a broken cell ends the table."""
    name = table.source.name
    origin = replace(origin, order=cache(partial(_order_of, table)))
    number = 1
    notes = table.notes
    try:
        for number, row in rows:
            record = _record(table, row)
            if record is None:
                yield Refused(f"Row {number} of {name} has no text; it was left out.")
                continue
            record = replace(record, warnings=(*notes, *record.warnings))
            notes = ()
            yield assemble(record, replace(origin, index=number - 2))
    except csv.Error as error:
        yield Refused(
            f"{name} was read up to row {number}; then: {error}. "
            "A quotation mark is probably missing there."
        )
        return
    if number == 1:
        yield Refused(f"{name} has a header row but no rows below it.")


def _record(table: _Table, row: list[str]) -> Record | None:
    """Return a row as a record, None if it has no text."""
    notes: list[str] = []
    width = len(table.header)
    surplus = row[width:]
    if surplus:
        notes.append(f"The row has {len(row)} cells, the header has {width}.")
        if table.columns["text"] == table.header[-1]:  # the text's own commas, not quoted
            row = [*row[: width - 1], table.shape.delimiter.join(row[width - 1 :])]
            surplus = []
    cells = dict(zip(table.header, row, strict=False))
    known = {
        name: cells[column]
        for name, column in table.columns.items()
        if cells.get(column, "").strip()
    }
    text = known.pop("text", "")
    if not text:
        return None
    used = set(table.columns.values())
    extra: dict[str, Any] = {n: c for n, c in cells.items() if n not in used and c.strip()}
    if surplus:
        extra["surplus cells"] = surplus
    notes += text_doubts(text)
    return Record(text, known, extra, warnings=tuple(notes))


def text_doubts(text: str) -> list[str]:
    """Return what suggests that a text from a table is not whole."""
    doubts = []
    if len(text) == EXCEL_CELL:
        doubts.append(
            f"The text has exactly {EXCEL_CELL:,} characters, where Excel cuts cells: "
            "it is probably not whole."
        )
    if text.count("\n") > MANY_LINES:
        doubts.append(
            f"The text has {text.count(chr(10)):,} lines: a quotation mark may be missing, "
            "and rows may have run together."
        )
    return doubts


def _order_of(table: _Table) -> str:
    """Return the order of day and month that the dates of the whole table prove."""
    opened = open_text(table.source)
    if "published" not in table.columns or isinstance(opened, Refused):
        return ""
    column = table.header.index(table.columns["published"])
    stream, _ = opened
    with stream:
        try:
            return settle(row[column] for _, row in _rows(stream, table.shape) if column < len(row))
        except csv.Error:
            return ""
