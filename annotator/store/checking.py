"""Is a project whole? What is wrong is named with its place; what can be mended is mended.

`check` only reads. `repair` mends what follows from the rest of the file (search, triggers, views,
indexes, orphans), and where SQLite itself finds the file damaged it puts the newest good snapshot
in its place and brings over what the damaged file still tells. The damaged file is kept.
"""

from __future__ import annotations

import shutil
import sqlite3
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sqlite_utils import Database

from annotator.errors import AnnotatorError, DamagedProject, ProjectError
from annotator.model.annotation import Annotation, Link
from annotator.model.article import TextVersion, digest, word_count
from annotator.model.edit import Edit
from annotator.model.ids import new_id
from annotator.store import snapshots
from annotator.store.contradictions import (
    CONTRADICTIONS,
    LOOSE_LINK,
    NO_FRAGMENT,
    Finding,
    expected,
    findings,
)
from annotator.store.fetching import read_records, read_where
from annotator.store.files import check_header, connect, said_clearly
from annotator.store.lock import Lock
from annotator.store.programs import make_programs
from annotator.store.project import Project
from annotator.store.rows import TABLES, canonical, from_log
from annotator.store.schema import FORMAT

if TYPE_CHECKING:
    from pathlib import Path

    from annotator.model.edit import Record

# Kinds of findings that only another copy can mend.
DAMAGE = frozenset({"file", "text", "row"})
ROUNDS = 3
TOLD = 10
# What a damaged row can make of reading it.
UNREADABLE = (AnnotatorError, sqlite3.DatabaseError, ValueError, KeyError, TypeError)


def check(path: Path) -> list[Finding]:
    """Return what is wrong with a project; empty if it is whole.

    Raises:
        ProjectError: if the file is missing or unreadable.
        NewerProject: if a newer version of the program wrote it.
    """
    try:
        check_header(path)
        found = _found_in(path)
    except DamagedProject as error:
        found = [Finding("file", str(path), error.message)]
    if any(finding.kind in DAMAGE for finding in found):
        is_mendable = _good_snapshot(path) is not None
        found = [replace(f, mendable=is_mendable) if f.kind in DAMAGE else f for f in found]
    return found


def _found_in(path: Path) -> list[Finding]:
    with said_clearly(path, "checked"):
        conn = connect(path, read_only=True)
        try:
            return list(findings(conn))
        finally:
            conn.close()


@dataclass(frozen=True, slots=True)
class Repair:
    """What a repair did, in sentences, and what is still wrong."""

    done: tuple[str, ...]
    left: tuple[Finding, ...]


def repair(path: Path) -> Repair:
    """Mend a project; a damaged file is set aside and the newest good snapshot takes its place.

    Raises:
        LockedProject: if somebody is writing to it.
        DamagedProject: if it is damaged and there is no good snapshot.
        ProjectError: if it is missing or cannot be written.
    """
    found = check(path)
    done: list[str] = []
    if any(finding.kind in DAMAGE for finding in found):
        done += _restore(path)
        found = check(path)
    for _ in range(ROUNDS):
        # Mended indexes may show what they hid.
        if not any(finding.mendable for finding in found):
            break
        done += _mend(path, {finding.kind for finding in found if finding.mendable})
        found = check(path)
    return Repair(tuple(done), tuple(found))


def _mend(path: Path, kinds: set[str]) -> list[str]:
    done = []
    with Project.open(path) as project:
        project.snapshot("before-repair")
        conn = project._conn  # noqa: SLF001  # the repairer of this room works below the door
        db = Database(conn, execute_plugins=False)
        with said_clearly(path, "repaired"), db.atomic():
            if "index" in kinds:
                conn.execute("REINDEX")
                done.append("The indexes were built again.")
            if "schema" in kinds:
                _make_schema(db)
                done.append("Triggers, views and indexes were made again.")
            if "words" in kinds:
                done.append(f"The words of {_count_words(conn)} texts were counted again.")
            if kinds & {"search", "schema"}:
                conn.execute("INSERT INTO article_search (article_search) VALUES ('rebuild')")
                done.append("The search was built again.")
        done += _set_aside(project, conn)
    return done


def _make_schema(db: Database) -> None:
    there = dict(db.conn.execute("SELECT name, sql FROM sqlite_master WHERE type = 'index'"))
    make_programs(db)
    for name, sql in expected(FORMAT).items():
        if " INDEX " in sql and there.get(name) != sql:
            db.conn.execute(f'DROP INDEX IF EXISTS "{name}"')
            db.conn.execute(sql)


def _count_words(conn: sqlite3.Connection) -> int:
    wrong = [
        (word_count(text), text_id)
        for text_id, text, words in conn.execute("SELECT id, text, words FROM text_version")
        if word_count(text) != words
    ]
    conn.executemany("UPDATE text_version SET words = ? WHERE id = ?", wrong)
    return len(wrong)


def _set_aside(project: Project, conn: sqlite3.Connection) -> list[str]:
    """Remove what has lost its ground, as a logged edit."""
    done = []
    for kind, sentence in ((Annotation, NO_FRAGMENT), (Link, LOOSE_LINK)):
        query = next(q for _, message, q, _ in CONTRADICTIONS if message == sentence)
        ids = [row[0] for row in conn.execute(query)]
        project.apply(
            Edit(f"Repair: {sentence}", None, tuple(read_records(conn, kind, ids).values()))
        )
        if ids:
            done.append(f"{len(ids)} x {sentence}: set aside.")
    return done


def _good_snapshot(path: Path) -> Path | None:
    """Return the newest snapshot that is undamaged."""
    for _, snapshot in snapshots.listed(path):
        try:
            check_header(snapshot)
            if not any(finding.kind in DAMAGE for finding in _found_in(snapshot)):
                return snapshot
        except AnnotatorError:
            continue
    return None


def _restore(path: Path) -> list[str]:
    """Put the newest good snapshot in a damaged file's place and bring over what can be read."""
    lock = Lock(path)
    try:
        snapshot = _good_snapshot(path)
        if snapshot is None:
            raise DamagedProject(
                "The project is damaged and there is no good snapshot of it.",
                hint="Look for a copy in your backups; the damaged file was left as it is.",
                where=str(path),
            )
        stamp = datetime.now(UTC).strftime(snapshots.STAMP)
        aside = path.with_name(f"{path.name}-damaged-{stamp}")
        _exchange(path, snapshot, aside)
    finally:
        lock.release()
    done = [
        f"The damaged file was kept as {aside.name}.",
        f"The snapshot {snapshot.name} took its place.",
    ]
    return done + _bring_over(aside, path)


def _exchange(path: Path, snapshot: Path, aside: Path) -> None:
    copy = path.with_name(f".{path.name}-restored")
    try:
        try:
            shutil.copyfile(snapshot, copy)
            for suffix in ("-wal", "-shm", "-journal"):
                beside = path.with_name(path.name + suffix)
                if beside.exists():
                    beside.replace(aside.with_name(aside.name + suffix))
            path.replace(aside)
            copy.replace(path)
        finally:
            copy.unlink(missing_ok=True)
    except OSError as error:
        raise ProjectError(
            f"The snapshot could not be put in place: {error.strerror or error}.",
            hint="Make room and check the folder's permissions.",
            where=str(path),
        ) from error


def _bring_over(damaged: Path, path: Path) -> list[str]:
    """Write into the restored project what the damaged file tells of the time since."""
    with Project.open(path) as project:
        # The copy counts as another replica: it goes its own way from the snapshot on.
        project.set_local("home", "")
        conn = project._conn  # noqa: SLF001  # as in _mend
        known = conn.execute("SELECT coalesce(max(n), 0) FROM edit").fetchone()[0]
        entries = _readable_entries(damaged, known)
        missed = [label for _, *entry, label in entries if not _played(project, label, *entry)]
        done = [f"{len(entries) - len(missed)} of {len(entries)} later acts in the damaged file's "
                "log were played back."]  # fmt: skip
        rows = _rows_since(damaged, known)
        if rows is not None and _take_over(project, *rows):
            done.append("Whatever else was written since was brought over from its rows.")
        else:
            done.append("Its rows could not all be read or fitted in: something may be missing.")
            done += [f"Not played back: {'; '.join(missed[:TOLD])}."] if missed else []
    return done


def _played(
    project: Project, label: str, coder: str | None, batch: str | None, before: str, after: str
) -> bool:
    """Apply a logged act again; say whether it was possible."""
    if batch:
        return False
    try:
        project.apply(Edit(label, coder, from_log(before), from_log(after)))
    except UNREADABLE:
        return False
    return True


def _read_damaged(damaged: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{damaged.resolve().as_uri()}?mode=rw", uri=True)


def _readable_entries(damaged: Path, known: int) -> list[tuple[Any, ...]]:
    """Return log entries after a number, from both ends as far as SQLite can read them."""
    entries: dict[int, tuple[Any, ...]] = {}
    conn = _read_damaged(damaged)
    try:
        for order in ("ASC", "DESC"):
            try:
                for entry in conn.execute(
                    "SELECT n, coder_id, batch, before, after, label FROM edit WHERE n > ? "
                    f"ORDER BY n {order}",
                    [known],
                ):
                    entries[entry[0]] = entry
            except sqlite3.DatabaseError:
                continue
    finally:
        conn.close()
    return [entries[n] for n in sorted(entries)]


def _rows_since(damaged: Path, known: int) -> tuple[list[Record], list[Record]] | None:
    """Return the live rows and the tombstones written after an edit; None if any is unreadable."""
    live: list[Record] = []
    gone: list[Record] = []
    conn = _read_damaged(damaged)
    try:
        for kind in TABLES:
            live += read_where(conn, kind, "rev > ? AND deleted IS NULL", [known]).values()
            gone += read_where(conn, kind, "rev > ? AND deleted IS NOT NULL", [known]).values()
    except UNREADABLE:
        return None
    finally:
        conn.close()
    is_sound = all(digest(r.text) == r.sha256 for r in live if isinstance(r, TextVersion))
    return (live, gone) if is_sound else None


def _take_over(project: Project, live: list[Record], gone: list[Record]) -> bool:
    """Write the damaged file's newer rows where the project has others; say if they fit."""
    before: list[Record] = []
    after: list[Record] = []
    for record in live:
        stored = project.get(type(record), record.id)
        if canonical(stored) != canonical(record):
            before += [] if stored is None else [stored]
            after.append(record)
    for record in gone:
        stored = project.get(type(record), record.id)
        before += [] if stored is None else [stored]
    label = "Repair: rows brought over from the damaged file"
    try:
        project.apply(Edit(label, None, tuple(before), tuple(after), new_id()))
    except AnnotatorError:
        return False
    return True
