"""Taking back a bulk act: an import or a machine run, as one edit read from the rows themselves.

A bulk act logs no copies of the rows it made; the rows know the act that last wrote them. What
people have built on since stays, and is counted.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from annotator.model.annotation import Annotation
from annotator.model.article import Article, TextVersion
from annotator.model.edit import Edit
from annotator.store.rows import TABLES, canonical, from_log
from annotator.store.writing import chunks, read_records

if TYPE_CHECKING:
    import sqlite3

    from annotator.model.edit import Record
    from annotator.store.readers import Readers


@dataclass(frozen=True, slots=True)
class BatchUndo:
    """The edit that takes a bulk act back; `kept` counts what it leaves because it was used."""

    edit: Edit
    kept: int


def undoing(project: Readers, conn: sqlite3.Connection, batch: str) -> BatchUndo:
    """Return what takes back all edits of a batch."""
    entries = conn.execute(
        "SELECT n, coder_id, label, before, after FROM edit WHERE batch = ? ORDER BY n", [batch]
    ).fetchall()
    if not entries:
        return BatchUndo(Edit("Undo", None), 0)
    acts = [entry[0] for entry in entries]
    before: list[Record] = []
    after: list[Record] = []
    kept = 0
    changed = _changed(entries)
    for kind in TABLES:
        made, removed = _written(conn, kind, acts)
        made = [r for r in made if (kind, r.id) not in changed]
        staying = _in_use(conn, kind, [r.id for r in made])
        kept += len(staying)
        before += [r for r in made if r.id not in staying]
        after += [r for r in removed if (kind, r.id) not in changed]
    for (kind, record_id), (old, new) in changed.items():
        stored = project.get(kind, record_id)
        if canonical(stored) == canonical(new):
            before.append(new)
            after.append(old)
        else:
            kept += 1
    label = f"Undo: {entries[0][2]}"
    return BatchUndo(Edit(label, entries[0][1], tuple(before), tuple(after)), kept)


def _changed(entries: list[Any]) -> dict[tuple[type, str], tuple[Record, Record]]:
    """Return by key the first before and the last after of rows that the batch changed."""
    changed: dict[tuple[type, str], tuple[Record, Record]] = {}
    for _, _, _, before, after in entries:
        olds = {(type(r), r.id): r for r in from_log(before)}
        for new in from_log(after):
            key = (type(new), new.id)
            if key in olds:
                changed[key] = (changed[key][0] if key in changed else olds[key], new)
    return changed


def _written(conn: sqlite3.Connection, kind: type, acts: list[int]) -> tuple[list[Any], list[Any]]:
    """Return the live rows and the tombstones that these acts were the last to write."""
    name = TABLES[kind].name
    live: list[str] = []
    gone: list[str] = []
    for run in chunks(acts):
        marks = ", ".join("?" * len(run))
        for row_id, deleted in conn.execute(
            f'SELECT id, deleted FROM "{name}" WHERE rev IN ({marks})',
            list(run),
        ):
            (live if deleted is None else gone).append(row_id)
    return (
        list(read_records(conn, kind, live).values()),
        list(read_records(conn, kind, gone, removed=True).values()),
    )


# What keeps a row of a type: live rows by people that stand on it.
_USES: dict[type, tuple[str, ...]] = {
    Annotation: (
        "SELECT derived_from FROM annotation WHERE derived_from IN ({}) AND deleted IS NULL",
    ),
    Article: (
        "SELECT a.article_id FROM annotation AS a JOIN coder AS c ON c.id = a.coder_id "
        "WHERE a.article_id IN ({}) AND c.kind <> 'machine' AND a.deleted IS NULL",
        "SELECT unit_id FROM answer WHERE unit_id IN ({}) AND deleted IS NULL",
        "SELECT article_id FROM decision WHERE article_id IN ({}) AND deleted IS NULL",
    ),
    TextVersion: (
        "SELECT f.text_version_id FROM fragment AS f JOIN annotation AS a "
        "ON a.id = f.annotation_id JOIN coder AS c ON c.id = a.coder_id "
        "WHERE f.text_version_id IN ({}) AND c.kind <> 'machine' AND a.deleted IS NULL",
        "SELECT v.id FROM text_version AS v JOIN answer AS w ON w.unit_id = v.article_id "
        "WHERE v.id IN ({}) AND w.deleted IS NULL",
        "SELECT v.id FROM text_version AS v JOIN decision AS d ON d.article_id = v.article_id "
        "WHERE v.id IN ({}) AND d.deleted IS NULL",
    ),
}


def _in_use(conn: sqlite3.Connection, kind: type, ids: list[str]) -> set[str]:
    """Return which of the rows people have built on."""
    used: set[str] = set()
    for query in _USES.get(kind, ()):
        for run in chunks(ids):
            marks = ", ".join("?" * len(run))
            used.update(row[0] for row in conn.execute(query.format(marks), list(run)))
    return used
