"""Opening the file: is it ours, is it whole, where does it lie, and what SQLite's errors mean.

Every sqlite3 error that the world causes (a full disk, a lock, a damaged page) becomes one clear
sentence here and nowhere else.
"""

from __future__ import annotations

import os
import sqlite3
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from annotator.errors import DamagedProject, LockedProject, NewerProject, ProjectError
from annotator.store.schema import APPLICATION_ID, MAJOR

if TYPE_CHECKING:
    from collections.abc import Iterator

SUFFIX = ".annot"
HEADER = b"SQLite format 3\x00"
NETWORK_FILESYSTEMS = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "afpfs", "webdav", "davfs", "9p", "afs", "ceph",
     "fuse.sshfs", "fuse.rclone", "fuse.gvfsd-fuse", "fuse.davfs2", "vboxsf", "fuse.vmhgfs-fuse"}
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
        raise _explained(error, path, doing) from error


def _explained(error: sqlite3.DatabaseError, path: Path, doing: str) -> BaseException:
    code = getattr(error, "sqlite_errorcode", None) or 0
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
        sqlite3.SQLITE_BUSY: (
            LockedProject,
            f"Another program is using the project: it could not be {doing}.",
            "Close the other program and repeat.",
        ),
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
        return error
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
        size = path.stat().st_size
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
    _check_identity(head, size, where)


def _check_identity(head: bytes, size: int, where: str) -> None:
    application = int.from_bytes(head[68:72], "big")
    version = int.from_bytes(head[60:64], "big")
    if application != APPLICATION_ID:
        raise DamagedProject(
            "This SQLite file belongs to another program.",
            hint="Choose a file that `annotator new` made (it ends in .annot).",
            where=where,
        )
    if version >> 16 > MAJOR:
        raise NewerProject(
            f"A newer version of the program wrote this project (format {version >> 16}, "
            f"this version reads up to {MAJOR}).",
            hint="Install the newest version to open it.",
            where=where,
        )
    page = int.from_bytes(head[16:18], "big")
    pages = int.from_bytes(head[28:32], "big")
    if size < (65536 if page == 1 else page) * pages:
        raise DamagedProject(
            "The project file is cut short.",
            hint="Run `annotator check --repair` on it.",
            where=where,
        )


def lies_on_network(path: Path) -> bool:
    """Say whether the file lies on a network file system or in a folder that is synced."""
    resolved = path.resolve()
    if any(part.lower() in SYNCED_FOLDERS or part.lower().startswith("onedrive -")
           for part in resolved.parts):  # fmt: skip
        return True
    if sys.platform == "win32":
        return _is_remote_drive(resolved)
    return _file_system(resolved) in NETWORK_FILESYSTEMS


def _is_remote_drive(path: Path) -> bool:
    if str(path).startswith("\\\\"):
        return True
    import ctypes  # noqa: PLC0415  # Windows only

    drive_type: int = ctypes.windll.kernel32.GetDriveTypeW(path.anchor)  # type: ignore[attr-defined]
    return drive_type == 4  # DRIVE_REMOTE


def _file_system(path: Path) -> str:
    """Return the type of the mount that holds the path; "" where it cannot be told."""
    best, kind = "", ""
    try:
        lines = Path("/proc/self/mounts").read_text(encoding="utf-8").splitlines()
    except OSError:
        return ""
    for line in lines:
        _, mount, filesystem, *_ = line.split(" ")
        mount = mount.replace("\\040", " ")
        if len(mount) > len(best) and (path == Path(mount) or Path(mount) in path.parents):
            best, kind = mount, filesystem
    return kind


def connect(path: Path, *, read_only: bool, journal: str = "auto") -> sqlite3.Connection:
    """Return a connection with the right journal for the place, foreign keys on.

    Local disks get WAL, network and synced folders a rollback journal; both with full
    synchronisation.

    Args:
        path: The file.
        read_only: Whether nothing may be written, not even beside it.
        journal: "auto", "wal" or "delete".
    """
    mode = "ro" if read_only else "rwc"
    uri = f"{path.resolve().as_uri()}?mode={mode}"
    if read_only and not os.access(path.parent, os.W_OK) and not _has_wal(path):
        uri += "&immutable=1"
    connection = sqlite3.connect(uri, uri=True, timeout=5.0, check_same_thread=True)
    connection.execute("PRAGMA foreign_keys = ON")
    if not read_only:
        if journal == "auto":
            journal = "delete" if lies_on_network(path) else "wal"
        connection.execute(f"PRAGMA journal_mode = {journal}")
        connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA cache_size = -64000")
    connection.execute("PRAGMA temp_store = MEMORY")
    return connection


def _has_wal(path: Path) -> bool:
    return path.with_name(path.name + "-wal").exists()
