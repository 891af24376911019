"""Writing one edit: verify what it found, write what it makes, log it, keep the search right.

Called inside one transaction by `Project.apply` and by nothing else. A row that is not as the edit
says makes `StaleEdit`, and the transaction is undone by whoever opened it.
"""

from __future__ import annotations

import json
from collections import Counter
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from annotator.errors import BadInput, StaleEdit
from annotator.model.annotation import Annotation
from annotator.model.article import Article, TextVersion, clean_text, digest, word_count
from annotator.model.ids import new_id, now
from annotator.store.fetching import chunks, fragment_rows, marks, read_records
from annotator.store.rows import CODECS, TABLES, canonical, to_log

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Sequence

    from annotator.model.edit import Change, Edit, Record


class Writer:
    """Writes edits through one connection, inside a transaction that the caller holds.

    Args:
        conn: The connection.
        replica: Which copy of the project this is.
    """

    def __init__(self, conn: sqlite3.Connection, replica: str) -> None:
        self._conn = conn
        self._replica = replica

    def write(self, edit: Edit, changes: Sequence[Change], *, read_at: int | None = None) -> None:
        """Write all changes of an edit and log it.

        Args:
            edit: The edit.
            changes: Its changes, less those that change nothing.
            read_at: Number of the newest edit when its *before* rows were read from this file;
                if it still is, they need not be compared again.

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
                if read_at is None or rev != read_at + 1:
                    self._verify(kind, [c.before for c in grouped[kind] if c.before is not None])
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
        changed: list[tuple[Any, Any]] = [
            (c.before, c.after) for c in changes if c.before and c.after
        ]
        removed = [c.before for c in changes if c.after is None and c.before is not None]
        self._remove(kind, removed, rev)
        self._change(kind, [after for _, after in changed], rev)
        if kind is Annotation:
            self._move([after for before, after in changed if not _same_place(before, after)])
        self._make(kind, made, rev)

    def _verify(self, kind: type, before: Sequence[Any]) -> None:
        """Compare rows with what the edit found.

        Equal columns are equal records; where they differ the records decide, for JSON has more
        than one way to write a value.

        Raises:
            StaleEdit: if a row has changed or is gone.
        """
        doubtful = self._unlike(kind, before)
        if kind is Annotation:
            doubtful.extend(self._elsewhere(before))
        records = read_records(self._conn, kind, [record.id for record in doubtful])
        for record in doubtful:
            if canonical(records.get(record.id)) != canonical(record):
                raise _stale(record)

    def _unlike(self, kind: type, records: Sequence[Any], state: str = "IS NULL") -> list[Any]:
        """Return those whose stored columns are not theirs, among live rows or tombstones."""
        codec = CODECS[kind]
        columns, at = ", ".join(codec.quoted), codec.columns.index("id")
        unlike: list[Any] = []
        for run in chunks(records):
            rows = self._conn.execute(
                f'SELECT {columns} FROM "{codec.table.name}" '
                f"WHERE id IN ({marks(run)}) AND deleted {state}",
                [record.id for record in run],
            )
            stored = {row[at]: row for row in rows}
            unlike.extend(r for r in run if stored.get(r.id) != codec.row(r))
        return unlike

    def _elsewhere(self, annotations: Sequence[Annotation]) -> list[Annotation]:
        """Return those whose stored fragments are not theirs."""
        stored: dict[str, list[tuple[Any, ...]]] = {}
        for owner, *place in fragment_rows(self._conn, [a.id for a in annotations]):
            stored.setdefault(owner, []).append(tuple(place))
        return [a for a in annotations if stored.get(a.id, []) != _places(a)]

    def _remove(self, kind: type, records: Sequence[Any], rev: int) -> None:
        time = now()
        self._conn.executemany(
            f'UPDATE "{TABLES[kind].name}" SET deleted = ?, rev = ? WHERE id = ?',
            [(time, rev, record.id) for record in records],
        )

    def _change(self, kind: type, records: Sequence[Any], rev: int) -> None:
        codec = CODECS[kind]
        sets = ", ".join(f"{name} = ?" for name in codec.quoted)
        self._conn.executemany(
            f'UPDATE "{codec.table.name}" SET {sets}, rev = ?, deleted = NULL WHERE id = ?',
            [(*codec.row(record), rev, record.id) for record in records],
        )

    def _move(self, annotations: Sequence[Annotation]) -> None:
        self._conn.executemany(
            "DELETE FROM fragment WHERE annotation_id = ?", [(a.id,) for a in annotations]
        )
        self._insert_fragments(annotations)

    def _make(self, kind: type, records: Sequence[Any], rev: int) -> None:
        tombstones = self._tombstones(kind, [record.id for record in records])
        revived = [record for record in records if record.id in tombstones]
        self._change(kind, self._unlike(kind, revived, "IS NOT NULL"), rev)
        self._conn.executemany(
            f'UPDATE "{TABLES[kind].name}" SET deleted = NULL, rev = ? WHERE id = ?',
            [(rev, record.id) for record in revived],
        )
        if kind is Annotation:
            self._move(self._elsewhere(revived))
        self._insert(kind, [record for record in records if record.id not in tombstones], rev)

    def _insert(self, kind: type, records: Sequence[Any], rev: int) -> None:
        codec = CODECS[kind]
        columns = (*codec.quoted, "rev")
        ordered = sorted(records, key=attrgetter("id"))
        rows = [(*codec.row(record), rev) for record in ordered]
        if kind is TextVersion:
            _check_texts(ordered)
            columns = (*columns, "words")
            rows = [(*row, word_count(r.text)) for row, r in zip(rows, ordered, strict=True)]
        self._conn.executemany(
            f'INSERT INTO "{codec.table.name}" ({", ".join(columns)}) VALUES ({marks(columns)})',
            rows,
        )
        if kind is Annotation:
            self._insert_fragments(ordered)

    def _insert_fragments(self, annotations: Iterable[Annotation]) -> None:
        rows: list[tuple[Any, ...]] = []
        for annotation in annotations:
            ordinal, former = 0, ""
            for text, *place in _places(annotation):
                ordinal = ordinal + 1 if text == former else 0
                former = text
                rows.append((annotation.id, text, ordinal, *place))
        self._conn.executemany("INSERT INTO fragment VALUES (?, ?, ?, ?, ?, ?)", rows)

    def _tombstones(self, kind: type, ids: Sequence[str]) -> set[str]:
        """Return which of the ids are tombstones.

        Raises:
            StaleEdit: if one of them is alive.
        """
        found: set[str] = set()
        name = TABLES[kind].name
        for run in chunks(ids):
            for row_id, deleted in self._conn.execute(
                f'SELECT id, deleted FROM "{name}" WHERE id IN ({marks(run)})',
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
            rows = self._conn.execute(
                "SELECT t.n, t.headline, coalesce(t.text, '') FROM v_article_text AS t "
                f"WHERE t.n IN (SELECT n FROM article WHERE id IN ({marks(run)}))",
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


def _check_texts(versions: Iterable[TextVersion]) -> None:
    """Refuse texts in which offsets would not count, or that are not what their hash says.

    Raises:
        BadInput: naming the first one.
    """
    for version in versions:
        if clean_text(version.text) != version.text or digest(version.text) != version.sha256:
            raise BadInput(
                "A text is not canonical, or not the one that its checksum was made of.",
                hint="Nothing was written; texts come in by the importers only.",
                where=version.id,
            )


def _places(annotation: Annotation) -> list[tuple[Any, ...]]:
    """Return the fragments as rows have them, in the order in which they are stored."""
    places = [(f.text_version_id, f.start, f.end, f.exact) for f in annotation.fragments]
    return sorted(places) if len(places) > 1 else places


def _same_place(before: Any, after: Any) -> bool:
    return before.article_id == after.article_id and _places(before) == _places(after)


def _stale(record: Record) -> StaleEdit:
    name = TABLES[type(record)].name.replace("_", " ")
    return StaleEdit(
        f"The {name} is no longer as it was when this was prepared.",
        hint="Nothing was written; look at it again and repeat.",
        where=record.id,
    )
