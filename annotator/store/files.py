"""Opening the file: is it ours, is it whole, where does it lie, and what SQLite's errors mean.

Every sqlite3 error that the world causes (a full disk, a lock, a damaged page) becomes one clear
sentence here and nowhere else.
"""

from __future__ import annotations

import os
import sqlite3
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from annotator.errors import DamagedProject, LockedProject, NewerProject, ProjectError
from annotator.model.ids import new_id
from annotator.store.schema import APPLICATION_ID, MAJOR

if TYPE_CHECKING:
    from collections.abc import Iterator

HEADER = b"SQLite format 3\x00"
MOUNTS = Path("/proc/self/mounts")
NETWORK_FILESYSTEMS = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "afpfs", "webdav", "davfs", "9p", "drvfs", "afs",
     "ceph", "lustre", "beegfs", "vboxsf"}
)  # fmt: skip
SYNCED_FOLDERS = frozenset(
    {"dropbox", "onedrive", "google drive", "googledrive", "my drive", "icloud drive", "icloud",
     "com~apple~clouddocs", "nextcloud", "owncloud", "seafile", "syncthing", "box", "box sync",
     "pcloud", "pclouddrive", "mega", "megasync"}
)  # fmt: skip


@contextmanager
def said_clearly(path: Path, doing: str) -> Iterator[None]:
    """Turn sqlite3's errors about the world into sentences.

    Args:
        path: The project file.
        doing: What was being done: "opened", "written".

    Raises:
        DamagedProject: if the file is damaged or no database.
        LockedProject: if another program holds it.
        ProjectError: if the disk is full, the file read-only, or gone.
    """
    try:
        yield
    except sqlite3.DatabaseError as error:
        explained = _explained(error, path, doing)
        if explained is None:
            raise
        raise explained from error


def _explained(error: sqlite3.DatabaseError, path: Path, doing: str) -> ProjectError | None:
    code = getattr(error, "sqlite_errorcode", None) or 0
    if not code and "decode" in str(error):
        # Python could not read a text as UTF-8: bytes on the disk have changed.
        code = sqlite3.SQLITE_CORRUPT
    busy = (
        LockedProject,
        f"Another program is using the project: it could not be {doing}.",
        "Close the other program and repeat.",
    )
    sentences: dict[int, tuple[type[ProjectError], str, str]] = {
        sqlite3.SQLITE_FULL: (
            ProjectError,
            f"The disk is full: the project could not be {doing}.",
            "Make room and repeat; everything up to the last act is stored.",
        ),
        sqlite3.SQLITE_READONLY: (
            ProjectError,
            f"The project may not be changed: it could not be {doing}.",
            "Make the file and its folder writable, or open it read-only.",
        ),
        sqlite3.SQLITE_BUSY: busy,
        sqlite3.SQLITE_LOCKED: busy,
        sqlite3.SQLITE_PROTOCOL: busy,
        sqlite3.SQLITE_IOERR: (
            ProjectError,
            f"The disk failed: the project could not be {doing}.",
            "Check the disk or the network folder and repeat.",
        ),
        sqlite3.SQLITE_CANTOPEN: (
            ProjectError,
            f"The project could not be {doing}: the file or its folder cannot be reached.",
            "Check that the folder exists and may be written.",
        ),
        sqlite3.SQLITE_CORRUPT: (
            DamagedProject,
            "The project file is damaged.",
            "Run `annotator check --repair` on it.",
        ),
        sqlite3.SQLITE_NOTADB: (
            DamagedProject,
            "This is no project: the file is not an SQLite database, or its start is damaged.",
            "Choose another file, or run `annotator check --repair` on it.",
        ),
    }
    found = sentences.get(code & 0xFF)
    if found is None:
        return None
    kind, message, hint = found
    return kind(message, hint=hint, where=str(path))


def check_header(path: Path) -> None:
    """Refuse what is no project before SQLite touches it.

    Raises:
        ProjectError: if the file is missing or unreadable.
        DamagedProject: if it is no SQLite file, cut short, or another program's.
        NewerProject: if a newer version of the program wrote it.
    """
    where = str(path)
    try:
        if path.is_dir():
            raise ProjectError("This is a folder, no project.", hint="Name a file.", where=where)
        with path.open("rb") as file:
            head = file.read(100)
            size = os.fstat(file.fileno()).st_size
    except FileNotFoundError as error:
        raise ProjectError(
            "There is no such project.", hint="Make one with `annotator new`.", where=where
        ) from error
    except OSError as error:
        raise ProjectError(
            f"The project cannot be read: {error.strerror or error}.",
            hint="Check the permissions of the file.",
            where=where,
        ) from error
    if len(head) < 100 or not head.startswith(HEADER):
        raise DamagedProject(
            "This is no project: the file is not an SQLite database, or its start is damaged.",
            hint="Choose another file; if it was a project, run `annotator check --repair` on it.",
            where=where,
        )
    _check_identity(head, where)
    page = int.from_bytes(head[16:18], "big")
    pages = int.from_bytes(head[28:32], "big")
    if size < (65536 if page == 1 else page) * pages and not has_journal(path):
        raise DamagedProject(
            "The project file is cut short.",
            hint="Run `annotator check --repair` on it.",
            where=where,
        )


def _check_identity(head: bytes, where: str) -> None:
    if int.from_bytes(head[68:72], "big") != APPLICATION_ID:
        raise DamagedProject(
            "This SQLite file belongs to another program.",
            hint="Choose a file that `annotator new` made (it ends in .annot).",
            where=where,
        )
    check_format(int.from_bytes(head[60:64], "big"), where)


def check_format(version: int, where: str) -> None:
    """Refuse a format of a later major version.

    Raises:
        NewerProject: if this program cannot read it.
    """
    if version >> 16 > MAJOR:
        raise NewerProject(
            f"A newer version of the program wrote this project (format {version >> 16}, "
            f"this version reads up to {MAJOR}).",
            hint="Install the newest version to open it.",
            where=where,
        )


def has_journal(path: Path) -> bool:
    """Say whether a crash left a journal beside the file: with it the file is whole again."""
    beside = (path.with_name(path.name + suffix) for suffix in ("-wal", "-journal"))
    return any(journal.is_file() and journal.stat().st_size > 0 for journal in beside)


def lies_on_network(path: Path, mounts: Path = MOUNTS) -> bool:
    """Say whether the file lies on a network file system or in a folder that is synced.

    Args:
        path: The file; it need not be there yet.
        mounts: Where the system lists its mounts, as Linux does.
    """
    resolved = path.resolve()
    if any(part.lower() in SYNCED_FOLDERS or part.lower().startswith("onedrive -")
           for part in resolved.parts):  # fmt: skip
        return True
    if sys.platform == "win32":
        return _is_remote_drive(resolved)
    # What comes through FUSE is remote more often than not; a rollback journal is safe on both.
    kind = _file_system(resolved, mounts)
    return kind in NETWORK_FILESYSTEMS or kind.startswith("fuse.")


if sys.platform == "win32":

    def _is_remote_drive(path: Path) -> bool:
        if str(path).startswith("\\\\"):
            return True
        import ctypes  # noqa: PLC0415  # Windows only

        drive_type: int = ctypes.windll.kernel32.GetDriveTypeW(path.anchor)
        return drive_type == 4  # DRIVE_REMOTE


def _file_system(path: Path, mounts: Path) -> str:
    """Return the type of the mount that holds the path; "" where it cannot be told."""
    best, kind = "", ""
    try:
        lines = mounts.read_text(encoding="utf-8", errors="surrogateescape").splitlines()
    except OSError:
        return ""
    for line in lines:
        _, mount, filesystem, *_ = line.split(" ")
        mount = mount.replace("\\040", " ").replace("\\011", "\t").replace("\\134", "\\")
        if len(mount) >= len(best) and (path == Path(mount) or Path(mount) in path.parents):
            best, kind = mount, filesystem
    return kind


def connect(path: Path, *, read_only: bool, journal: str = "auto") -> sqlite3.Connection:
    """Return a connection with the right journal for the place, foreign keys on.

    Local disks get WAL, network and synced folders a rollback journal; both with full
    synchronisation. Who only reads still lets SQLite finish what a crash left half done, and
    leaves no file behind; where nothing can be written at all it reads without.

    Args:
        path: The file.
        read_only: Whether nothing may be changed.
        journal: "auto", "wal" or "delete".
    """
    uri = path.resolve().as_uri()
    may_write = os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)
    if not read_only or may_write:
        uri += "?mode=rw"
    else:
        uri += "?mode=ro&immutable=1" if _rests_in_wal(path) else "?mode=ro"
    connection = sqlite3.connect(uri, uri=True, timeout=5.0, check_same_thread=True)
    try:
        if not may_write and has_journal(path):
            _try(connection, path)
        _prepare(connection, path, read_only=read_only, journal=journal)
    except BaseException:
        connection.close()
        raise
    return connection


def _rests_in_wal(path: Path) -> bool:
    """Say whether the file wants a write-ahead log and there is none: nobody has it open."""
    with path.open("rb") as file:
        head = file.read(20)
    return head[18:19] == b"\x02" and not path.with_name(path.name + "-wal").exists()


def _try(connection: sqlite3.Connection, path: Path) -> None:
    """Read once where a journal lies beside a write-protected file.

    Raises:
        ProjectError: if SQLite would have to finish a write that a crash left half done.
    """
    try:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.OperationalError as error:
        raise ProjectError(
            "The project was not closed properly and its place is write-protected.",
            hint="Copy it, with the files of the same name beside it, to a folder that may be "
            "written, and open it there.",
            where=str(path),
        ) from error


def _prepare(connection: sqlite3.Connection, path: Path, *, read_only: bool, journal: str) -> None:
    connection.execute("PRAGMA foreign_keys = ON")
    if read_only:
        connection.execute("PRAGMA query_only = ON")
    else:
        if journal == "auto":
            journal = "delete" if lies_on_network(path) else "wal"
        connection.execute(f"PRAGMA journal_mode = {journal}")
        connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA cache_size = -64000")
    connection.execute("PRAGMA temp_store = MEMORY")


@dataclass(frozen=True, slots=True)
class FileState:
    """Which file a path named when it was opened, to notice that it was taken away."""

    device: int
    inode: int


def state_of(path: Path) -> FileState:
    """Return which file the path names now; zeros if none."""
    try:
        stat = path.stat()
    except OSError:
        return FileState(0, 0)
    return FileState(stat.st_dev, stat.st_ino)


def refuse_existing(path: Path) -> None:
    """Refuse to write over anything.

    Raises:
        ProjectError: if there is something under that name.
    """
    if path.exists() or path.is_symlink():
        raise ProjectError("There is a file already.", hint="Choose another name.", where=str(path))


@contextmanager
def made_beside(path: Path) -> Iterator[Path]:
    """Give an empty file in the same folder to fill; filled, it gets the path as its name.

    The name appears whole or not at all, and never over another file.

    Raises:
        ProjectError: if the folder cannot be written, the disk is full, or something came there.
    """
    beside = path.with_name(f".{path.name}-{new_id()[:8]}")
    try:
        refuse_existing(path)
        beside.touch(exist_ok=False)
        try:
            yield beside
            _put(beside, path)
        finally:
            for suffix in ("", "-journal", "-wal", "-shm"):
                beside.with_name(beside.name + suffix).unlink(missing_ok=True)
    except OSError as error:
        raise ProjectError(
            f"Nothing can be written there: {error.strerror or error}.",
            hint="Choose a folder that exists, may be written and has room.",
            where=str(path),
        ) from error


def _put(beside: Path, path: Path) -> None:
    try:
        if sys.platform == "win32":
            beside.rename(path)
        else:
            path.hardlink_to(beside)
    except FileExistsError:
        refuse_existing(path)
        raise
    except OSError:
        # The file system has no hard links.
        beside.replace(path)
