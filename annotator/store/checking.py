"""Is a project whole? What is wrong is named with its place; what can be mended is mended.

`check` only reads. `repair` mends what follows from the rest of the file (search, triggers, views,
indexes, orphans), and where SQLite itself finds the file damaged it puts the newest good snapshot
in its place and plays back what the damaged file's log still tells. The damaged file is kept.
"""

from __future__ import annotations

import hashlib
import sqlite3
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from sqlite_utils import Database

from annotator.errors import AnnotatorError, DamagedProject, ProjectError
from annotator.model.edit import Edit
from annotator.model.ids import now
from annotator.store import snapshots
from annotator.store.files import check_header, connect, said_clearly
from annotator.store.lock import Lock
from annotator.store.programs import TRIGGERS, VIEWS, make_programs
from annotator.store.project import Project
from annotator.store.rows import from_log

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong: its kind, where it is, a sentence, and whether `repair` can mend it."""

    kind: str
    where: str
    message: str
    mendable: bool = False


MOST = 100
# Sentence and query for everything that must not exist; each row's first column is the place.
CONTRADICTIONS: tuple[tuple[str, str, str, bool], ...] = (
    (
        "anchor",
        "a fragment is not what stands in its text",
        """SELECT f.annotation_id FROM fragment AS f
           JOIN text_version AS v ON v.id = f.text_version_id
           WHERE substr(v.text, f.start + 1, f."end" - f.start) IS NOT f.exact""",
        False,
    ),
    (
        "anchor",
        "a fragment stands in a text of another article",
        """SELECT f.annotation_id FROM fragment AS f
           JOIN text_version AS v ON v.id = f.text_version_id
           JOIN annotation AS a ON a.id = f.annotation_id
           WHERE v.article_id <> a.article_id""",
        False,
    ),
    (
        "anchor",
        "fragments of an annotation overlap or descend",
        """SELECT f.annotation_id FROM fragment AS f JOIN fragment AS g
             ON g.annotation_id = f.annotation_id AND g.text_version_id = f.text_version_id
             AND g.ordinal = f.ordinal + 1
           WHERE g.start < f."end" """,
        False,
    ),
    (
        "orphan",
        "a live annotation has no fragment",
        """SELECT a.id FROM annotation AS a WHERE a.deleted IS NULL
           AND NOT EXISTS (SELECT 1 FROM fragment AS f WHERE f.annotation_id = a.id)""",
        True,
    ),
    (
        "orphan",
        "a live article has no text",
        """SELECT a.id FROM article AS a WHERE a.deleted IS NULL AND NOT EXISTS (
             SELECT 1 FROM text_version AS v WHERE v.article_id = a.id AND v.deleted IS NULL)""",
        False,
    ),
    (
        "orphan",
        "a link ends in nothing",
        """SELECT l.id FROM link AS l WHERE l.deleted IS NULL AND (
             NOT EXISTS (SELECT 1 FROM annotation AS a WHERE a.id = l.to_id AND a.deleted IS NULL)
             OR NOT (EXISTS (SELECT 1 FROM annotation AS a
                             WHERE a.id = l.from_id AND a.deleted IS NULL)
                     OR EXISTS (SELECT 1 FROM answer AS w
                                WHERE w.id = l.from_id AND w.deleted IS NULL)))""",
        True,
    ),
    (
        "orphan",
        "an answer is about no article or story",
        """SELECT w.id FROM answer AS w WHERE w.deleted IS NULL
           AND NOT EXISTS (SELECT 1 FROM article AS a WHERE a.id = w.unit_id)
           AND NOT EXISTS (SELECT 1 FROM story AS s WHERE s.id = w.unit_id)""",
        False,
    ),
    (
        "orphan",
        "an annotation uses a code that was removed from the codebook",
        """SELECT a.id FROM annotation AS a JOIN code AS c ON c.id = a.code_id
           WHERE a.deleted IS NULL AND c.deleted IS NOT NULL""",
        False,
    ),
)


def check(path: Path) -> list[Finding]:
    """Return what is wrong with a project; empty if it is whole.

    Raises:
        ProjectError: if the file is missing or unreadable.
        NewerProject: if a newer version of the program wrote it.
    """
    try:
        check_header(path)
        with said_clearly(path, "checked"):
            conn = connect(path, read_only=True)
            try:
                return list(_findings(conn))
            finally:
                conn.close()
    except DamagedProject as error:
        return [Finding("file", str(path), error.message, mendable=bool(_good_snapshot(path)))]


def _findings(conn: sqlite3.Connection) -> Iterator[Finding]:
    damage = [row[0] for row in conn.execute("PRAGMA integrity_check(20)") if row[0] != "ok"]
    yield from (Finding("file", "", message, mendable=True) for message in damage)
    if damage:
        return
    for table, rowid, parent, _ in conn.execute("PRAGMA foreign_key_check"):
        yield Finding("orphan", f"{table} {rowid}", f"a {table} refers to a missing {parent}")
    yield from _programs(conn)
    for kind, message, query, mendable in CONTRADICTIONS:
        for row in conn.execute(f"{query} LIMIT {MOST}"):
            yield Finding(kind, str(row[0]), message, mendable)
    yield from _texts(conn)
    yield from _log(conn)
    yield from _search(conn)


def _programs(conn: sqlite3.Connection) -> Iterator[Finding]:
    there = {row[0] for row in conn.execute("SELECT name FROM sqlite_master")}
    for name in (*TRIGGERS, *VIEWS):
        if name not in there:
            yield Finding("schema", name, "a trigger or view is missing", mendable=True)


def _texts(conn: sqlite3.Connection) -> Iterator[Finding]:
    for text_id, text, sha256 in conn.execute("SELECT id, text, sha256 FROM text_version"):
        if hashlib.sha256(text.encode("utf-8")).hexdigest() != sha256:
            yield Finding("text", text_id, "a text is not the one its checksum was made of")


def _log(conn: sqlite3.Connection) -> Iterator[Finding]:
    rows = conn.execute(
        "SELECT replica, count(*), max(seq), min(seq), max(n) FROM edit GROUP BY replica"
    ).fetchall()
    known = conn.execute("SELECT count(*), coalesce(max(n), 0) FROM edit").fetchone()
    if known[0] != known[1] and len(rows) == 1:
        yield Finding("log", rows[0][0], "entries of the edit log are missing")


def _search(conn: sqlite3.Connection) -> Iterator[Finding]:
    """Compare the number of indexed articles; a full comparison needs a writable connection."""
    indexed = conn.execute("SELECT count(*) FROM article_search_docsize").fetchone()[0]
    articles = conn.execute("SELECT count(*) FROM article WHERE deleted IS NULL").fetchone()[0]
    if indexed != articles:
        yield Finding(
            "search", "article_search", f"the search knows {indexed} of {articles} articles", True
        )


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
    if not path.is_file():
        check_header(path)
    found = check(path)
    done: list[str] = []
    if any(finding.kind == "file" for finding in found):
        done += _restore(path)
        found = check(path)
    if any(finding.mendable for finding in found):
        done += _mend(path)
        found = check(path)
    return Repair(tuple(done), tuple(found))


def _mend(path: Path) -> list[str]:
    done = []
    with Project.open(path) as project:
        time = now()
        project.snapshot("before-repair")
        conn = project._conn  # noqa: SLF001  # the repairer of this room works below the door
        with said_clearly(path, "repaired"), Database(conn, execute_plugins=False).atomic():
            make_programs(Database(conn, execute_plugins=False))
            done.append("Triggers and views were made again.")
            conn.execute("INSERT INTO article_search (article_search) VALUES ('rebuild')")
            done.append("The search was built again.")
            for kind, table in (("a live annotation has no fragment", "annotation"),
                                ("a link ends in nothing", "link")):  # fmt: skip
                query = next(q for _, message, q, _ in CONTRADICTIONS if message == kind)
                count = conn.execute(
                    f"UPDATE {table} SET deleted = ? WHERE id IN ({query})", [time]
                ).rowcount
                if count:
                    done.append(f"{count} x {kind}: set aside.")
            conn.execute("REINDEX")
    return done


def _good_snapshot(path: Path) -> Path | None:
    """Return the newest snapshot that is whole."""
    for _, snapshot in snapshots.listed(path):
        try:
            check_header(snapshot)
            with said_clearly(snapshot, "checked"):
                conn = connect(snapshot, read_only=True)
                try:
                    if conn.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok":
                        return snapshot
                finally:
                    conn.close()
        except AnnotatorError:
            continue
    return None


def _restore(path: Path) -> list[str]:
    """Put the newest good snapshot in a damaged file's place and replay what can be read."""
    lock = Lock(path)
    try:
        snapshot = _good_snapshot(path)
        if snapshot is None:
            raise DamagedProject(
                "The project is damaged and there is no good snapshot of it.",
                hint="Look for a copy in your backups; the damaged file was left as it is.",
                where=str(path),
            )
        stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
        aside = path.with_name(f"{path.name}-damaged-{stamp}")
        copy = path.with_name(f".{path.name}-restored")
        copy.write_bytes(snapshot.read_bytes())
        for suffix in ("-wal", "-shm"):
            beside = path.with_name(path.name + suffix)
            if beside.exists():
                beside.replace(aside.with_name(aside.name + suffix))
        path.replace(aside)
        copy.replace(path)
    except OSError as error:
        raise ProjectError(
            f"The snapshot could not be put in place: {error.strerror or error}.",
            hint="Make room and check the folder's permissions.",
            where=str(path),
        ) from error
    finally:
        lock.release()
    done = [
        f"The damaged file was kept as {aside.name}.",
        f"The snapshot {snapshot.name} took its place.",
    ]
    return done + _replay(aside, path)


def _replay(damaged: Path, path: Path) -> list[str]:
    """Apply the log entries of the damaged file that the snapshot lacks, until one fails."""
    entries = list(_readable_entries(damaged))
    replayed = 0
    with Project.open(path) as project:
        known = project._conn.execute("SELECT coalesce(max(n), 0) FROM edit").fetchone()[0]  # noqa: SLF001
        newer = [entry for entry in entries if entry[0] > known]
        for _, coder, label, batch, before, after in newer:
            if batch:
                break
            try:
                project.apply(Edit(label, coder, from_log(before), from_log(after)))
            except (AnnotatorError, ValueError, KeyError, TypeError):
                break
            replayed += 1
    if not newer:
        return ["The damaged file's log tells of nothing newer."]
    lost = len(newer) - replayed
    told = f"{replayed} later acts were played back from the damaged file's log"
    return [f"{told}; {lost} could not be." if lost else f"{told}."]


def _readable_entries(
    damaged: Path,
) -> Iterator[tuple[int, str | None, str, str | None, str, str]]:
    """Yield log entries as far as SQLite can read them."""
    conn = sqlite3.connect(f"{damaged.resolve().as_uri()}?mode=ro", uri=True)
    try:
        yield from conn.execute(
            "SELECT n, coder_id, label, batch, before, after FROM edit ORDER BY n"
        )
    except sqlite3.DatabaseError:
        return
    finally:
        conn.close()
