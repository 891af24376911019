"""Who is writing: one process at a time, with a name, a machine and a time to show the next one.

The lock is a file beside the project, held by the operating system, so that it goes when its
holder dies. Where the file system does not hold locks (some network folders), the file itself
counts while its holder keeps it fresh.
"""

from __future__ import annotations

import getpass
import json
import os
import platform
import sys
import time
from dataclasses import asdict, dataclass
from typing import IO, TYPE_CHECKING

from annotator.errors import LockedProject, ProjectError
from annotator.model.ids import now

if TYPE_CHECKING:
    from pathlib import Path

FRESH_SECS = 600.0
TOUCH_SECS = 60.0


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds a project open for writing."""

    who: str
    where: str
    since: str
    pid: int


def lock_path(project: Path) -> Path:
    """Return the path of a project's lock file."""
    return project.with_name(project.name + "-lock")


def holder_of(project: Path) -> Holder | None:
    """Return who says to hold the project, if anybody does."""
    try:
        return Holder(**json.loads(lock_path(project).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


class Lock:
    """Holds a project for writing until `release`.

    Args:
        project: The project file.

    Raises:
        LockedProject: if somebody else holds it.
        ProjectError: if no lock file can be made beside it.
    """

    def __init__(self, project: Path) -> None:
        self._path = lock_path(project)
        self._project = project
        self._touched = time.monotonic()
        former = holder_of(project)
        is_fresh = self._is_fresh()
        try:
            self._file: IO[str] | None = self._path.open("a+", encoding="utf-8")
        except OSError as error:
            raise ProjectError(
                f"The project cannot be opened for writing: {error.strerror or error}.",
                hint="Make its folder writable, or open it read-only.",
                where=str(project),
            ) from error
        here = platform.node()
        is_elsewhere = former is not None and former.where != here and is_fresh
        if not _seize(self._file) or is_elsewhere:
            self._file.close()
            raise _locked(project, former)
        self._file.truncate(0)
        mine = Holder(_user(), here, now(), os.getpid())
        json.dump(asdict(mine), self._file)
        self._file.flush()

    def keep_fresh(self) -> None:
        """Show that the holder lives; costs nothing more than once a minute."""
        if self._file is not None and time.monotonic() - self._touched > TOUCH_SECS:
            os.utime(self._path)
            self._touched = time.monotonic()

    def release(self) -> None:
        """Let go and remove the lock file."""
        if self._file is None:
            return
        if sys.platform == "win32":
            self._file.close()
            self._path.unlink(missing_ok=True)
        else:
            self._path.unlink(missing_ok=True)
            self._file.close()
        self._file = None

    def _is_fresh(self) -> bool:
        try:
            return time.time() - self._path.stat().st_mtime < FRESH_SECS
        except OSError:
            return False


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "somebody"


def _seize(file: IO[str]) -> bool:
    """Lock the file for this process; say whether it succeeded."""
    try:
        if sys.platform == "win32":
            import msvcrt  # noqa: PLC0415  # Windows only

            file.seek(4096)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl  # noqa: PLC0415  # elsewhere only

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        # The file system keeps no locks: the file's freshness has to do.
        return True
    return True


def _locked(project: Path, holder: Holder | None) -> LockedProject:
    who = (
        f"{holder.who} on {holder.where} has had it open since {holder.since} "
        f"(process {holder.pid})"
        if holder
        else "another process has it open"
    )
    return LockedProject(
        f"The project is being written by somebody else: {who}.",
        hint="Close it there, or open it read-only here.",
        where=str(project),
    )
