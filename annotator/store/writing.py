"""Writing one edit: verify what it found, write what it makes, log it, keep the search right.

Called inside one transaction by `Project.apply` and by nothing else. A row that is not as the edit
says makes `StaleEdit`, and the transaction is undone by whoever opened it.
"""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any

from annotator.errors import StaleEdit
from annotator.model.annotation import Annotation, Fragment
from annotator.model.article import Article, TextVersion, word_count
from annotator.model.ids import new_id, now
from annotator.store.rows import CODECS, TABLES, canonical, to_log

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator, Sequence

    from annotator.model.edit import Change, Edit, Record

CHUNK = 500


def chunks(items: Sequence[Any], size: int = CHUNK) -> Iterator[Sequence[Any]]:
    """Yield the items in runs that fit into one statement's parameters."""
    for start in range(0, len(items), size):
        yield items[start : start + size]


class Writer:
    """Writes edits through one connection, inside a transaction that the caller holds.

    Args:
        conn: The connection.
        replica: Which copy of the project this is.
    """

    def __init__(self, conn: sqlite3.Connection, replica: str) -> None:
        self._conn = conn
        self._replica = replica

    def write(self, edit: Edit, changes: Sequence[Change]) -> None:
        """Write all changes of an edit and log it.

        Raises:
            StaleEdit: if a row is not as the edit found it.
        """
        rev = self._log(edit, changes)
        grouped: dict[type, list[Change]] = {}
        for change in changes:
            grouped.setdefault(type(change.record), []).append(change)
        searched = self._searched(changes)
        old_entries = self._search_entries(searched)
        for kind in TABLES:
            if kind in grouped:
                self._write_kind(kind, grouped[kind], rev)
        self._search_again(searched, old_entries)

    def _log(self, edit: Edit, changes: Sequence[Change]) -> int:
        """Append to the log; bulk edits copy only rows that were changed, not made or removed."""
        counted = Counter(
            (type(c.record), "made" if c.before is None else "changed" if c.after else "removed")
            for c in changes
        )
        counts: dict[str, dict[str, int]] = {}
        for (kind, how), number in counted.items():
            counts.setdefault(TABLES[kind].name, {})[how] = number
        logged = [c for c in changes if not edit.batch or (c.before and c.after)]
        row = self._conn.execute("SELECT coalesce(max(seq), 0) + 1 FROM edit").fetchone()
        cursor = self._conn.execute(
            "INSERT INTO edit (id, replica, seq, coder_id, time, label, batch, before, after, "
            "counts) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                new_id(),
                self._replica,
                row[0],
                edit.coder_id,
                now(),
                edit.label,
                edit.batch,
                to_log(c.before for c in logged if c.before is not None),
                to_log(c.after for c in logged if c.after is not None),
                json.dumps(counts, sort_keys=True),
            ],
        )
        return int(cursor.lastrowid or 0)

    def _write_kind(self, kind: type, changes: Sequence[Change], rev: int) -> None:
        made = [c.after for c in changes if c.before is None and c.after is not None]
        changed = [c for c in changes if c.before is not None and c.after is not None]
        removed = [c.before for c in changes if c.after is None and c.before is not None]
        self._verify([c.before for c in changes if c.before is not None])
        if removed:
            self._remove(kind, removed, rev)
        for change in changed:
            self._change(change.after, rev)
        if made:
            self._make(kind, made, rev)

    def _verify(self, before: Sequence[Record]) -> None:
        """Compare rows with what the edit found; one query a run of rows."""
        for run in chunks(before):
            stored = read_records(self._conn, type(run[0]), [record.id for record in run])
            for record in run:
                if canonical(stored.get(record.id)) != canonical(record):
                    raise _stale(record)

    def _remove(self, kind: type, records: Sequence[Record], rev: int) -> None:
        time = now()
        self._conn.executemany(
            f'UPDATE "{TABLES[kind].name}" SET deleted = ?, rev = ? WHERE id = ?',
            [(time, rev, record.id) for record in records],
        )

    def _change(self, record: Any, rev: int) -> None:
        codec = CODECS[type(record)]
        sets = ", ".join(f"{name} = ?" for name in codec.quoted)
        self._conn.execute(
            f'UPDATE "{codec.table.name}" SET {sets}, rev = ?, deleted = NULL WHERE id = ?',
            [*codec.row(record), rev, record.id],
        )
        if isinstance(record, Annotation):
            self._conn.execute("DELETE FROM fragment WHERE annotation_id = ?", [record.id])
            self._insert_fragments([record])

    def _make(self, kind: type, records: Sequence[Any], rev: int) -> None:
        tombstones = self._tombstones(kind, [record.id for record in records])
        fresh = [record for record in records if record.id not in tombstones]
        for record in records:
            if record.id in tombstones:
                self._change(record, rev)
        codec = CODECS[kind]
        names, marks = ", ".join(codec.quoted), ", ".join("?" * len(codec.columns))
        extra = ", words" if kind is TextVersion else ""
        statement = (
            f'INSERT INTO "{codec.table.name}" ({names}, rev{extra}) '
            f"VALUES ({marks}, ?{', ?' if extra else ''})"
        )
        ordered = sorted(fresh, key=lambda record: str(record.id))
        if kind is TextVersion:
            rows = [(*codec.row(r), rev, word_count(r.text)) for r in ordered]
        else:
            rows = [(*codec.row(record), rev) for record in ordered]
        self._conn.executemany(statement, rows)
        if kind is Annotation:
            self._insert_fragments(ordered)

    def _insert_fragments(self, annotations: Iterable[Annotation]) -> None:
        rows: list[tuple[str, str, int, int, int, str]] = []
        for annotation in annotations:
            place, text = 0, ""
            for f in sorted(annotation.fragments, key=_by_place):
                place = place + 1 if f.text_version_id == text else 0
                text = f.text_version_id
                rows.append((annotation.id, text, place, f.start, f.end, f.exact))
        self._conn.executemany("INSERT INTO fragment VALUES (?, ?, ?, ?, ?, ?)", rows)

    def _tombstones(self, kind: type, ids: Sequence[str]) -> set[str]:
        """Return which of the ids are tombstones.

        Raises:
            StaleEdit: if one of them is alive.
        """
        found: set[str] = set()
        name = TABLES[kind].name
        for run in chunks(ids):
            marks = ", ".join("?" * len(run))
            for row_id, deleted in self._conn.execute(
                f'SELECT id, deleted FROM "{name}" WHERE id IN ({marks})',
                list(run),
            ):
                if deleted is None:
                    raise StaleEdit(f"The {name} “{row_id}” is there already.")
                found.add(row_id)
        return found

    def _searched(self, changes: Sequence[Change]) -> list[str]:
        """Return the articles whose search entry this edit may change."""
        ids = set()
        for change in changes:
            match change.record:
                case Article():
                    ids.add(change.record.id)
                case TextVersion():
                    ids.add(change.record.article_id)
        return sorted(ids)

    def _search_entries(self, article_ids: Sequence[str]) -> dict[int, tuple[str, str]]:
        entries: dict[int, tuple[str, str]] = {}
        for run in chunks(article_ids):
            marks = ", ".join("?" * len(run))
            rows = self._conn.execute(
                "SELECT t.n, t.headline, coalesce(t.text, '') FROM v_article_text AS t "
                f"WHERE t.n IN (SELECT n FROM article WHERE id IN ({marks}))",
                list(run),
            )
            entries.update((n, (headline, text)) for n, headline, text in rows)
        return entries

    def _search_again(self, article_ids: Sequence[str], old: dict[int, tuple[str, str]]) -> None:
        new = self._search_entries(article_ids)
        gone = [(n, *entry) for n, entry in old.items() if new.get(n) != entry]
        come = [(n, *entry) for n, entry in new.items() if old.get(n) != entry]
        self._conn.executemany(
            "INSERT INTO article_search (article_search, rowid, headline, text) "
            "VALUES ('delete', ?, ?, ?)",
            gone,
        )
        self._conn.executemany(
            "INSERT INTO article_search (rowid, headline, text) VALUES (?, ?, ?)", come
        )


def _by_place(fragment: Fragment) -> tuple[str, int]:
    return fragment.text_version_id, fragment.start


def _stale(record: Record) -> StaleEdit:
    name = TABLES[type(record)].name.replace("_", " ")
    return StaleEdit(
        f"The {name} is no longer as it was when this was prepared.",
        hint="Nothing was written; look at it again and repeat.",
        where=record.id,
    )


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
    codec = CODECS[kind]
    found: dict[str, Any] = {}
    alive = "" if removed else " AND deleted IS NULL"
    for run in chunks(list(ids)):
        marks = ", ".join("?" * len(run))
        rows = conn.execute(
            f'SELECT {", ".join(codec.quoted)} FROM "{codec.table.name}" '
            f"WHERE id IN ({marks}){alive}",
            list(run),
        ).fetchall()
        found.update(annotations_of(conn, rows) if kind is Annotation else
                     ((record.id, record) for record in map(codec.record, rows)))  # fmt: skip
    return found


FRAGMENTS = (
    'SELECT annotation_id, text_version_id, start, "end", exact FROM fragment '
    "WHERE annotation_id IN ({marks}) ORDER BY annotation_id, text_version_id, ordinal"
)


def annotations_of(conn: sqlite3.Connection, rows: Sequence[Any]) -> dict[str, Annotation]:
    """Return annotations by id, with their fragments, of rows of the annotation table."""
    codec = CODECS[Annotation]
    at = codec.columns.index("id")
    fragments: dict[str, list[Fragment]] = {row[at]: [] for row in rows}
    for run in chunks(list(fragments)):
        marks = ", ".join("?" * len(run))
        for owner, *values in conn.execute(FRAGMENTS.format(marks=marks), list(run)):
            fragments[owner].append(Fragment(*values))
    return {row[at]: codec.record(row, fragments=tuple(fragments[row[at]])) for row in rows}
