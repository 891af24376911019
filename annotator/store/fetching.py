"""Fetching records by identifier or condition, annotations with their fragments.

What readers, writers and the undoing of bulk acts share; it never writes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from annotator.model.annotation import Annotation, Fragment
from annotator.store.rows import CODECS

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator, Sequence

CHUNK = 500
FRAGMENTS = 'SELECT annotation_id, text_version_id, start, "end", exact FROM fragment'
IN_ORDER = "ORDER BY annotation_id, text_version_id, ordinal"


def chunks(items: Sequence[Any], size: int = CHUNK) -> Iterator[Sequence[Any]]:
    """Yield the items in runs that fit into one statement's parameters."""
    for start in range(0, len(items), size):
        yield items[start : start + size]


def marks(run: Sequence[Any]) -> str:
    """Return as many question marks as there are items."""
    return ", ".join("?" * len(run))


def read_records(
    conn: sqlite3.Connection, kind: type, ids: Sequence[str], *, removed: bool = False
) -> dict[str, Any]:
    """Return records by id; missing ones are left out.

    Args:
        conn: The connection.
        kind: Type of record.
        ids: Identifiers.
        removed: Whether tombstones count too.
    """
    found: dict[str, Any] = {}
    alive = "" if removed else " AND deleted IS NULL"
    for run in chunks(ids):
        found.update(read_where(conn, kind, f"id IN ({marks(run)}){alive}", run))
    return found


def read_where(
    conn: sqlite3.Connection, kind: type, condition: str, values: Sequence[Any]
) -> dict[str, Any]:
    """Return the records, tombstones too, that meet a condition, by id."""
    codec = CODECS[kind]
    name = codec.table.name
    rows = conn.execute(
        f'SELECT {", ".join(codec.quoted)} FROM "{name}" WHERE {condition}', values
    ).fetchall()
    if kind is not Annotation:
        return {record.id: record for record in map(codec.record, rows)}
    of_these = f"{FRAGMENTS} WHERE annotation_id IN (SELECT id FROM annotation WHERE {condition})"
    return _joined(rows, conn.execute(f"{of_these} {IN_ORDER}", values))


def annotations_of(conn: sqlite3.Connection, rows: Sequence[Any]) -> dict[str, Annotation]:
    """Return annotations by id, with their fragments, of rows of the annotation table."""
    at = CODECS[Annotation].columns.index("id")
    ids = [row[at] for row in rows]
    return _joined(rows, fragment_rows(conn, ids))


def fragment_rows(conn: sqlite3.Connection, annotation_ids: Sequence[str]) -> Iterator[Any]:
    """Yield annotation, text version, start, end and exact, one annotation after another."""
    for run in chunks(annotation_ids):
        yield from conn.execute(
            f"{FRAGMENTS} WHERE annotation_id IN ({marks(run)}) {IN_ORDER}", run
        )


def _joined(rows: Sequence[Any], fragments: Iterable[Any]) -> dict[str, Annotation]:
    codec = CODECS[Annotation]
    at = codec.columns.index("id")
    owned: dict[str, list[Fragment]] = {}
    for owner, text, start, end, exact in fragments:
        owned.setdefault(owner, []).append(Fragment(text, start, end, exact))
    return {row[at]: codec.record(row, tuple(owned.get(row[at], ()))) for row in rows}
