"""Agreement without a project: tables of codings and lines of spans in, reports out."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any

from annotator.agreement.measuring import measure
from annotator.agreement.render import WRITERS, Report
from annotator.agreement.report import with_span_warnings, with_warnings
from annotator.agreement.span_measuring import Asked, measure_spans
from annotator.agreement.spans import Continuum, Mark
from annotator.agreement.tabular import TableOptions, TableRow, table_ratings
from annotator.errors import BadInput
from annotator.formats.protocol import Refused, SourceFile
from annotator.formats.reading import read_text
from annotator.formats.tables import sniff
from annotator.formats.writing import WritingBeside
from annotator.model.segment import words
from annotator.model.span import Span, united

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from annotator.agreement.bootstrap import Plan
    from annotator.agreement.results import Agreement
    from annotator.agreement.span_measuring import SpanAgreement


def table_agreement(path: Path, name: str, options: TableOptions, plan: Plan) -> Agreement:
    """Return how far the coders of a table agree.

    Args:
        path: A readable file.
        name: What a person calls it.
        options: How the table is to be understood.
        plan: How intervals are made.

    Raises:
        BadInput: if it cannot be read or used; the sentence names the row.
    """
    text = _text(path, name)
    try:
        header, rows = _rows(text, name)
        ratings, notes = table_ratings(header, rows, options)
    except csv.Error as error:
        raise BadInput(f"It cannot be read as a table: {error}.", where=name) from error
    except BadInput as error:
        raise BadInput(error.message, hint=error.hint, where=error.where or name) from error
    return with_warnings(measure(ratings, name=options.value, plan=plan), notes)


def _text(path: Path, name: str) -> str:
    found = read_text(SourceFile(path, name, ""))
    if isinstance(found, Refused):
        raise BadInput(found.message)
    return found.text


def _rows(text: str, name: str) -> tuple[list[str], list[TableRow]]:
    """Return the header and the rows below it, with their numbers."""
    if text.lstrip().startswith("{"):
        raise BadInput("It holds JSON Lines, no table.", hint="Lines of spans are for --spans.")
    shape = sniff(text[: 1 << 16], name)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=shape.delimiter)
    header: list[str] = []
    rows = []
    for number, cells in enumerate(reader, 1):
        if number <= shape.skipped or not any(cell.strip() for cell in cells):
            continue
        if not header:
            header = [
                cell.strip("\ufeff ").strip() or f"column {n}" for n, cell in enumerate(cells, 1)
            ]
            _check_header(header)
        elif len(cells) > len(header) and any(cell.strip() for cell in cells[len(header) :]):
            raise BadInput(f"Row {number} has {len(cells)} cells, the header has {len(header)}.")
        else:
            rows.append(TableRow(number, dict(zip(header, cells, strict=False))))
    return header, rows


def _check_header(header: list[str]) -> None:
    twice = next((name for name in header if header.count(name) > 1), "")
    if twice:
        raise BadInput(f"Two columns are called “{twice}”.", hint="Give them different names.")


# Spans


def spans_agreement(
    continua: Sequence[Continuum], notes: Sequence[str], plan: Plan
) -> SpanAgreement:  # fmt: skip
    """Return how far coders agree on spans, and on whatever attributes these have.

    Args:
        continua: Articles with marks, as `read_spans` finds them.
        notes: What was taken for granted.
        plan: How intervals are made.
    """
    attributes = sorted(
        {(mark.code, key) for c in continua for mark in c.marks for key in mark.attributes}
    )
    asked = [Asked(code, key) for code, key in attributes]
    return with_span_warnings(measure_spans(continua, asked=asked, plan=plan), notes)


def read_spans(path: Path, name: str) -> tuple[list[Continuum], list[str]]:
    """Return the articles of a file of spans, and what was taken for granted.

    Args:
        path: A readable file of JSON Lines: article, length, coder, code, start, end; lines with
            one "id" are stretches of one annotation, a line without code says that a coder read
            an article, one with "text" gives its words.
        name: What a person calls it.

    Raises:
        BadInput: if a line cannot be used; the sentence names it.
    """
    gathering = _Gathering()
    for number, line in enumerate(_text(path, name).split("\n"), 1):
        if line.strip():
            try:
                gathering.take(json.loads(line))
            except BadInput as error:
                raise BadInput(f"Line {number}: {error.message}", where=name) from error
            except ValueError as error:
                raise BadInput(f"Line {number} is no JSON.", where=name) from error
    return gathering.continua(), gathering.notes()


class _Gathering:
    """Lines of spans as they come in, by article."""

    def __init__(self) -> None:
        self._lengths: dict[str, int] = {}
        self._texts: dict[str, str] = {}
        self._readers: dict[str, set[str]] = {}
        # Article, coder, code and annotation: its stretches and attributes.
        self._marks: dict[tuple[str, str, str, str], tuple[list[Span], dict[str, Any]]] = {}

    def take(self, record: Any) -> None:  # what JSON holds
        """Take one line in.

        Raises:
            BadInput: if it says too little or contradicts an earlier line.
        """
        if not isinstance(record, dict) or "article" not in record:
            raise BadInput("it needs “article”.")
        article = str(record["article"])
        self._take_length(article, record)
        readers = self._readers.setdefault(article, set())
        if record.get("coder") is None:
            if "code" in record:
                raise BadInput("it has a code but no coder.")
            return
        coder = str(record["coder"])
        readers.add(coder)
        if record.get("code") is not None:
            self._take_span(article, coder, str(record["code"]), record)

    def _take_length(self, article: str, record: dict[str, Any]) -> None:
        text = record.get("text")
        if isinstance(text, str):
            self._texts[article] = text
        length = record.get("length", len(text) if isinstance(text, str) else None)
        if length is None:
            length = self._lengths.get(article)
        if not isinstance(length, int) or isinstance(length, bool) or length < 1:
            raise BadInput("“length” is the article’s number of characters, 1 or more.")
        if self._lengths.setdefault(article, length) != length:
            raise BadInput(
                f"{article} has {length} characters here, {self._lengths[article]} before."
            )

    def _take_span(self, article: str, coder: str, code: str, record: dict[str, Any]) -> None:
        start, end = record.get("start"), record.get("end")
        if not all(isinstance(p, int) and not isinstance(p, bool) for p in (start, end)):
            raise BadInput("“start” and “end” are whole numbers.")
        if not 0 <= int(start or 0) < int(end or 0) <= self._lengths[article]:
            raise BadInput(
                f"the span [{start}, {end}) is empty or leaves the {self._lengths[article]} "
                "characters of the article."
            )
        own = str(record["id"]) if record.get("id") is not None else f"line {len(self._marks)}"
        spans, attributes = self._marks.setdefault((article, coder, code, own), ([], {}))
        spans.append(Span(int(start or 0), int(end or 0)))
        if isinstance(record.get("attributes"), dict):
            attributes.update(record["attributes"])

    def coders(self) -> list[str]:
        """Return all coders of the file."""
        return sorted(set().union(*self._readers.values()))

    def continua(self) -> list[Continuum]:
        """Return the articles; every coder of the file is taken to have read all of them."""
        coders = tuple(self.coders())
        marks: dict[str, list[Mark]] = {article: [] for article in self._lengths}
        for (article, coder, code, _), (spans, attributes) in self._marks.items():
            marks[article].append(Mark(coder, code, united(spans), attributes))
        known = all(len(self._texts.get(a, "")) == n for a, n in self._lengths.items())
        return [
            Continuum(
                article, length, coders, tuple(marks[article]),
                tuple(words(self._texts[article])) if known else None,
            )
            for article, length in self._lengths.items()
        ]  # fmt: skip

    def notes(self) -> list[str]:
        """Return for which coders silence was taken for having found nothing."""
        notes = []
        for coder in self.coders():
            silent = [a for a, readers in self._readers.items() if coder not in readers]
            if silent:
                more = f" and {len(silent) - 3} more" if len(silent) > 3 else ""
                notes.append(
                    f"{coder} has no line for {', '.join(silent[:3])}{more}: taken as read, with "
                    "nothing found."
                )
        return notes


# Reports


def report_writer(path: Path) -> Callable[[Report], str]:
    """Return what writes a report of this suffix.

    Raises:
        BadInput: if there is no such kind.
    """
    writer = WRITERS.get(path.suffix.lower())
    if writer is None:
        raise BadInput(
            f"A report is {', '.join(sorted(WRITERS))}, not “{path.suffix or path.name}”.",
            where=str(path),
        )
    return writer


def write_report(report: Report, path: Path) -> None:
    """Write a report, whole or not at all; the suffix says which kind.

    Raises:
        BadInput: if the suffix is not known or the place cannot be written.
    """
    text = report_writer(path)(report)
    encoding = "utf-8-sig" if path.suffix.lower() == ".csv" else "utf-8"  # Excel needs the mark
    with WritingBeside() as beside:
        beside.open(path, encoding=encoding).write(text)
