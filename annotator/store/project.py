"""A project: one SQLite file, one way to write.

`Project.apply` is the only door for writes. Opening takes the lock, brings an older file up to
date (after a snapshot) and refuses what is newer, damaged or another program's. A connection
belongs to the thread that opened it; other threads open the project read-only for themselves.
"""

from __future__ import annotations

import json
import os
import sqlite3
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from sqlite_utils import Database

from annotator.errors import (
    AnnotatorError,
    BadInput,
    BadSpan,
    DamagedProject,
    ProjectError,
    StaleEdit,
)
from annotator.model.annotation import Annotation
from annotator.model.ids import new_id, now, stable_id
from annotator.store import snapshots
from annotator.store.batches import BatchUndo, undoing
from annotator.store.files import (
    check_format,
    check_header,
    connect,
    made_beside,
    said_clearly,
    state_of,
)
from annotator.store.lock import Lock
from annotator.store.programs import make_programs
from annotator.store.readers import Readers
from annotator.store.rows import canonical
from annotator.store.schema import APPLICATION_ID, FORMAT, migrations
from annotator.store.writing import Writer

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import TracebackType

    from annotator.model.edit import Change, Edit


class Project(Readers):
    """An open project.

    Made by `Project.create`, `Project.open` or `Project.in_memory`; closed by `close` or by
    leaving its `with` block.
    """

    def __init__(
        self, db: Database, path: Path | None, *, lock: Lock | None, read_only: bool
    ) -> None:
        super().__init__(db.conn)
        self.path = path
        self.read_only = read_only
        self._db = db
        self._lock = lock
        self._file = None if path is None else state_of(path)
        self._writer: Writer | None = None
        self._undo: tuple[Edit, int] | None = None

    # Making and opening

    @classmethod
    def create(cls, path: Path, edit: Edit | None = None, *, journal: str = "auto") -> Project:
        """Make a new project and open it.

        The file appears whole or not at all.

        Args:
            path: Where; nothing may be there.
            edit: What it holds at first.
            journal: "auto", "wal" or "delete".

        Raises:
            ProjectError: if something is there or the folder cannot be written.
        """
        path = Path(path)
        with made_beside(path) as beside, said_clearly(path, "made"):
            db = Database(sqlite3.connect(beside), execute_plugins=False)
            with cls(db, None, lock=None, read_only=False) as fresh:
                _set_up(db)
                if edit is not None:
                    fresh.apply(edit)
        return cls.open(path, journal=journal)

    @classmethod
    def in_memory(cls, edit: Edit | None = None) -> Project:
        """Make a project that lives in memory only."""
        db = Database(sqlite3.connect(":memory:"), execute_plugins=False)
        _set_up(db)
        project = cls(db, None, lock=None, read_only=False)
        if edit is not None:
            project.apply(edit)
        return project

    @classmethod
    def open(cls, path: Path, *, read_only: bool = False, journal: str = "auto") -> Project:
        """Open a project.

        Args:
            path: The file.
            read_only: Whether only to read; needs no lock.
            journal: "auto" (WAL on local disks, a rollback journal elsewhere), "wal" or "delete".

        Raises:
            LockedProject: if another process writes to it.
            NewerProject: if a newer version of the program wrote it.
            DamagedProject: if it is no project or damaged.
            ProjectError: if it is missing or may not be written.
        """
        path = Path(path)
        check_header(path)
        if not read_only and not os.access(path, os.W_OK):
            raise ProjectError(
                "The project file is write-protected.",
                hint="Make it writable, or open it read-only.",
                where=str(path),
            )
        lock = None if read_only else Lock(path)
        try:
            with said_clearly(path, "opened"):
                db = Database(
                    connect(path, read_only=read_only, journal=journal),
                    recursive_triggers=False,
                    execute_plugins=False,
                )
                try:
                    _bring_up(db, path, read_only=read_only)
                except BaseException:
                    db.conn.close()
                    raise
        except BaseException:
            if lock is not None:
                lock.release()
            raise
        return cls(db, path, lock=lock, read_only=read_only)

    def reader(self) -> Project:
        """Return the same project, read-only, on a connection of its own: for another thread."""
        if self.path is None:
            raise ValueError("a project in memory has one connection only")
        return Project.open(self.path, read_only=True)

    # Writing

    def apply(self, edit: Edit) -> None:
        """Write an edit, whole or not at all, and log it.

        Raises:
            StaleEdit: if a row is not as the edit found it.
            BadSpan: if a fragment is not what stands in the text.
            BadInput: if a text cannot be stored.
            ProjectError: if the file is read-only, gone, or the disk is full.
        """
        self._may_write()
        changes = [c for c in edit.changes() if not _is_idle(c)]
        if not changes:
            return
        with self._said_clearly(changes):
            writer = self._get_writer()
            with self._db.atomic():
                writer.write(edit, changes, read_at=self._read_at(edit))
        self._undo = None

    def undoing_batch(self, batch: str) -> BatchUndo:
        """Return the edit that takes back a bulk act, and what it has to leave."""
        with self.one_state():
            found = undoing(self, self._conn, batch)
            newest = self._conn.execute("SELECT coalesce(max(n), 0) FROM edit").fetchone()[0]
        self._undo = (found.edit, newest)
        return found

    def _read_at(self, edit: Edit) -> int | None:
        """Return the number of the newest edit when this one's rows were read here, if known."""
        return self._undo[1] if self._undo is not None and self._undo[0] is edit else None

    @contextmanager
    def one_state(self) -> Iterator[None]:
        """Read in one transaction: what is read inside belongs together."""
        with self._db.atomic():
            yield

    # Keeping

    def keep_lock(self) -> None:
        """Show other machines that the project is in use, also while nothing is written.

        Raises:
            LockedProject: if somebody took it over after a long silence.
        """
        if self._lock is not None:
            self._lock.keep_fresh()

    def checkpoint(self) -> None:
        """Bring the write-ahead log into the file, so that the folder holds one file."""
        if not self.read_only and self.path is not None:
            with said_clearly(self.path, "written"):
                self._conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def snapshot(self, reason: str = "hourly") -> Path | None:
        """Write a snapshot beside the project and thin older ones; None in memory."""
        if self.path is None:
            return None
        with said_clearly(self.path, "copied"):
            return snapshots.take(self._conn, self.path, reason)

    def save_copy(self, path: Path) -> Path:
        """Write the whole project to another file; works even after the file was taken away.

        Raises:
            ProjectError: if something is there or it cannot be written.
        """
        path = Path(path)
        with made_beside(path) as beside, said_clearly(path, "copied"):
            target = sqlite3.connect(beside)
            try:
                self._conn.backup(target)
                target.execute("PRAGMA journal_mode = DELETE")
            finally:
                target.close()
        return path

    def close(self) -> None:
        """Close the file and let go of the lock; closing twice does nothing."""
        try:
            if self._lock is not None and self.path is not None:
                with said_clearly(self.path, "closed"):
                    self._conn.execute("PRAGMA analysis_limit = 400")
                    self._conn.execute("PRAGMA optimize")
                self.checkpoint()
        except AnnotatorError:
            # Everything is committed; an unfinished checkpoint is done at the next opening.
            pass
        finally:
            self._conn.close()
            if self._lock is not None:
                self._lock.release()
                self._lock = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    # Local facts of this copy

    def local(self, key: str, default: Any = None) -> Any:
        """Return a fact of this copy of the file that is never merged (window state, replica)."""
        row = self._conn.execute("SELECT value FROM local WHERE id = ?", [key]).fetchone()
        return default if row is None else json.loads(row[0])

    def set_local(self, key: str, value: Any) -> None:
        """Keep a fact of this copy; not an edit, not undone."""
        self._may_write()
        with said_clearly(self.path or Path("memory"), "written"), self._db.atomic():
            _set_local(self._conn, key, value)

    def _get_writer(self) -> Writer:
        if self._writer is None:
            self._writer = Writer(self._conn, self._replica())
        return self._writer

    def _replica(self) -> str:
        """Return which copy this is: a file that was copied or moved counts as a new one."""
        home = stable_id("home", str(self.path.resolve()) if self.path else "memory", _machine())
        if self.local("home") != home:
            with self._db.atomic():
                _set_local(self._conn, "home", home)
                _set_local(self._conn, "replica", new_id())
        return str(self.local("replica"))

    def _may_write(self) -> None:
        if self.read_only:
            raise ProjectError(
                "The project is open read-only: nothing can be written.",
                hint="Close it elsewhere and open it again to code.",
                where=str(self.path or ""),
            )
        if self.path is not None and state_of(self.path) != self._file:
            raise ProjectError(
                "The project file was moved, replaced or deleted while it was open.",
                hint="Save a copy under another name; nothing that was stored is lost yet.",
                where=str(self.path),
            )
        self.keep_lock()

    @contextmanager
    def _said_clearly(self, changes: list[Change]) -> Iterator[None]:
        try:
            with said_clearly(self.path or Path("memory"), "written"):
                yield
        except sqlite3.IntegrityError as error:
            raise _refused(error, changes) from error
        except UnicodeEncodeError as error:
            raise BadInput(
                "A text holds half a character (a lone surrogate), which no file can keep.",
                hint="Nothing was written; remove that character and repeat.",
            ) from error


def _is_idle(change: Change) -> bool:
    """Say whether a record is the same before and after."""
    if change.before is None or change.after is None:
        return False
    return canonical(change.before) == canonical(change.after)


def _refused(error: sqlite3.IntegrityError, changes: list[Change]) -> BaseException:
    text = str(error)
    places = [c.record.id for c in changes if isinstance(c.record, Annotation)]
    if text.startswith("anchor"):
        return BadSpan(
            "A stretch of an annotation is not what stands in its text.",
            hint="Nothing was written; select it again.",
            where=places[0] if places else "",
        )
    if "FOREIGN KEY" in text:
        return StaleEdit(
            "Something this refers to is not in the project (any more).",
            hint="Nothing was written; look at it again and repeat.",
        )
    return StaleEdit(f"The project refused it: {text}.", hint="Nothing was written.")


def _set_up(db: Database) -> None:
    db.conn.execute("PRAGMA foreign_keys = ON")
    db.conn.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    migrations.apply(db)
    with db.atomic():
        _set_local(db.conn, "project", new_id())
        _set_local(db.conn, "created", now())
    db.conn.execute(f"PRAGMA user_version = {FORMAT}")


def _bring_up(db: Database, path: Path, *, read_only: bool) -> None:
    """Apply the migrations an older file lacks, after a snapshot.

    Raises:
        DamagedProject: if the file has not even our first tables.
        NewerProject: if a crash left a newer program's format in the journal.
        ProjectError: if it is older and nothing may be written, or there is no room to be safe.
    """
    version = db.conn.execute("PRAGMA user_version").fetchone()[0]
    check_format(version, str(path))
    if not migrations.applied(db):
        raise DamagedProject(
            "The project holds none of our tables.",
            hint="Run `annotator check --repair` on it.",
            where=str(path),
        )
    if not migrations.pending(db):
        return
    if read_only:
        raise ProjectError(
            "An older version of the program wrote this project.",
            hint="Open it once where it may be written, to bring it up to date.",
            where=str(path),
        )
    if snapshots.take(db.conn, path, "before-migration") is None:
        raise ProjectError(
            "There is no room for a snapshot before the project is brought up to date.",
            hint="Make room for twice its size; it was left as it is.",
            where=str(path),
        )
    with db.atomic():
        migrations.apply(db)
        make_programs(db)
        db.conn.execute(f"PRAGMA user_version = {max(version, FORMAT)}")


def _set_local(conn: sqlite3.Connection, key: str, value: Any) -> None:
    conn.execute(
        "INSERT INTO local (id, value) VALUES (?, ?) "
        "ON CONFLICT (id) DO UPDATE SET value = excluded.value",
        [key, json.dumps(value, ensure_ascii=False)],
    )


def _machine() -> str:
    import platform  # noqa: PLC0415  # only when a copy is first written

    return platform.node()
