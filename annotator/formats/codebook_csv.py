"""Codes as a table for spreadsheets: one row a code, lists as lines in a cell.

A table holds codes and the names of their layers; attributes, questions and scales need TOML or
JSON. A table made by hand needs only a column `name`. Cells that a spreadsheet would take for a
formula are written with an apostrophe before them, which reading takes away again.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from dataclasses import fields
from typing import TYPE_CHECKING, Any, NoReturn

from annotator.errors import BadCodebook
from annotator.formats.codebook_parts import decoded, losses, slug_of
from annotator.model.codebook import Code, Codebook, Layer
from annotator.model.codebook_check import checked

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

LISTS = frozenset({"include", "exclude", "examples", "near_misses", "exclusive_with"})
TRUTHS = frozenset({"may_overlap", "counts_as_content"})
CODE_FIELDS = tuple(f.name for f in fields(Code) if f.name not in {"id", "position", "layer"})
COLUMNS = ("layer", "layer_name", *CODE_FIELDS)
# Columns in which a cell of blanks is an empty cell.
SPACED_OUT = LISTS | TRUTHS | {"number", "slug", "pattern", "snap"}
FORMULA = ("=", "+", "-", "@", "\t", "\r")
TRUTH = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False}
DEFAULT_LAYER = Layer("codes", "Codes")
LONGEST_CELL = 10_000_000


def read(data: bytes, where: str) -> Codebook:
    """Return the codebook of a table with a header line; separators , ; and tab are seen.

    Raises:
        BadCodebook: naming row and column of what is wrong.
    """
    rows = _rows(decoded(data, where), where)
    if not rows:
        raise BadCodebook("The table is empty.", hint="It needs a header line.", where=where)
    header = _header(rows[0][1], where)
    layers: dict[str, Layer] = {}
    codes: list[Code] = []
    for line, cells in rows[1:]:
        if len(cells) > len(header):
            _refuse(f"Row {line} has more cells than the header", where)
        cell_of = dict(zip(header, (_unguarded(cell) for cell in cells), strict=False))
        layer = cell_of.get("layer", "").strip() or DEFAULT_LAYER.slug
        name = cell_of.get("layer_name", "").strip()
        if layer not in layers:
            layers[layer] = Layer(layer, name or _layer_name(layer), position=len(layers) + 1)
        taken = {code.slug for code in codes if code.layer == layer}
        codes.append(_code(cell_of, layer, taken, (line, len(codes) + 1), where))
    return checked(Codebook(tuple(layers.values()), tuple(codes)), where)


def write(codebook: Codebook) -> tuple[bytes, list[str]]:
    """Return the table (UTF-8 with byte-order mark) and what it cannot hold."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    lost = losses(codebook, CODE_FIELDS)
    empty = [layer for layer in codebook.layers if not codebook.codes_of(layer.slug)]
    if empty:
        lost.append(f"layers without codes ({len(empty)})")
    if codebook.name or codebook.citation:
        lost.append("name and citation of the codebook")
    broken = Counter[str]()
    for code in sorted(codebook.codes, key=lambda code: code.position):
        layer = codebook.layer(code.layer)
        cells = [code.layer, layer.name if layer else "", *_cells(code, broken)]
        writer.writerow([_guarded(cell) for cell in cells])
    lost += [f"line breaks and empty items in {name} ({n})" for name, n in broken.items()]
    return out.getvalue().encode("utf-8-sig"), lost


def _rows(text: str, where: str) -> list[tuple[int, list[str]]]:
    """Return the lines that are not empty with their numbers; a cell may span lines."""
    first = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    limit = csv.field_size_limit(LONGEST_CELL)
    rows = []
    try:
        started = 1
        for cells in reader:
            if any(cell.strip() for cell in cells):
                rows.append((started, cells))
            started = reader.line_num + 1
    except csv.Error as error:
        raise BadCodebook(
            f"Line {reader.line_num} is no line of a table: {error}.",
            hint="Save the table again as CSV, UTF-8.",
            where=where,
        ) from error
    finally:
        csv.field_size_limit(limit)
    return rows


def _header(cells: list[str], where: str) -> list[str]:
    names = [cell.strip().lower().replace(" ", "_") for cell in cells]
    for name, count in Counter(names).items():
        if name not in COLUMNS:
            _refuse(f"The column “{name}” is unknown", where)
        if count > 1:
            _refuse(f"The column “{name}” stands {count} times", where)
    if "name" not in names:
        _refuse("The table has no column “name”", where)
    return names


def _refuse(message: str, where: str) -> NoReturn:
    raise BadCodebook(f"{message}.", hint=f"Known columns are {', '.join(COLUMNS)}.", where=where)


def _layer_name(slug: str) -> str:
    return slug[:1].upper() + slug[1:].replace("-", " ").replace("_", " ")


def _code(
    cell_of: Mapping[str, str], layer: str, taken: set[str], at: tuple[int, int], where: str
) -> Code:
    """Return the code of one row; `at` is its line and its place among the codes."""
    line, position = at
    name = cell_of.get("name", "")
    if not name.strip():
        raise BadCodebook(f"Row {line} has no name.", hint="Every code needs a name.", where=where)
    values: dict[str, Any] = {}  # fields of different types
    for column in CODE_FIELDS:
        cell = cell_of.get(column, "")
        if cell.strip() or (cell and column not in SPACED_OUT):
            values[column] = _value(column, cell, f"Row {line}", where)
    values.setdefault("slug", slug_of(name, taken))
    return Code(layer=layer, position=position, **values)


def _value(column: str, cell: str, row: str, where: str) -> Any:  # text, list, truth or number
    if column in LISTS:
        return tuple(line.strip("\r") for line in cell.split("\n") if line.strip())
    if column in TRUTHS:
        if cell.strip().lower() not in TRUTH:
            raise BadCodebook(
                f"{row}, column “{column}”: “{cell}” is neither yes nor no.", where=where
            )
        return TRUTH[cell.strip().lower()]
    if column == "number":
        try:
            return float(cell.strip().replace(",", "."))
        except ValueError as error:
            raise BadCodebook(
                f"{row}, column “{column}”: “{cell}” is no number.", where=where
            ) from error
    return cell


def _cells(code: Code, broken: Counter[str]) -> Iterable[str]:
    for column in CODE_FIELDS:
        value = getattr(code, column)
        if column in LISTS:
            lines = [" ".join(item.splitlines()).strip() for item in value]
            broken.update(
                [column] * sum(a != b or not a for a, b in zip(lines, value, strict=True))
            )
            yield "\n".join(line for line in lines if line)
        elif column in TRUTHS:
            yield "yes" if value else "no"
        elif column == "number":
            yield (
                ""
                if value is None
                else f"{value:g}"
                if value == float(f"{value:g}")
                else str(value)
            )
        else:
            yield value


def _guarded(cell: str) -> str:
    """Return the cell so that no spreadsheet takes it for a formula."""
    return f"'{cell}" if cell.lstrip("'").startswith(FORMULA) else cell


def _unguarded(cell: str) -> str:
    if cell.startswith("'") and cell.lstrip("'").startswith(FORMULA):
        return cell[1:]
    return cell
