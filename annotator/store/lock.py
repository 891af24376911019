"""Who is writing: one process at a time, with a name, a machine and a time to show the next one.

The lock is a file beside the project, held by the operating system, so that it goes when its
holder dies. Where the file system does not hold locks (some network folders), and between
machines, the file itself counts while its holder keeps it fresh.
"""

from __future__ import annotations

import getpass
import json
import os
import platform
import sys
import time
from contextlib import suppress
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
        try:
            self._file: IO[str] | None = self._taken()
            self._me = self._sign(self._file)
        except OSError as error:
            raise ProjectError(
                f"The project cannot be opened for writing: {error.strerror or error}.",
                hint="Make its folder writable and some room, or open it read-only.",
                where=str(project),
            ) from error

    def _taken(self) -> IO[str]:
        """Return the lock file, held; again if its last holder removed it meanwhile."""
        while True:
            former = holder_of(self._project) if self._is_fresh() else None
            file = self._path.open("a+", encoding="utf-8")
            is_held = _seize(file)
            if is_held is False or _counts(former, has_locks=is_held is True):
                file.close()
                raise _locked(self._project, former)
            if _is_same(file, self._path):
                return file
            file.close()

    def _sign(self, file: IO[str]) -> Holder:
        me = Holder(_user(), platform.node(), now(), os.getpid())
        try:
            file.truncate(0)
            json.dump(asdict(me), file)
            file.flush()
        except OSError:
            # Closing writes what the buffer still holds, and fails as writing did.
            self._path.unlink(missing_ok=True)
            with suppress(OSError):
                file.close()
            raise
        return me

    def keep_fresh(self) -> None:
        """Show that the holder lives; costs nothing more than once a minute.

        Raises:
            LockedProject: if somebody took the project over, as after a long silence they may.
        """
        if time.monotonic() - self._touched <= TOUCH_SECS:
            return
        holder = holder_of(self._project)
        if holder is not None and holder != self._me:
            raise _locked(self._project, holder)
        # What cannot be shown is no reason to stop: the system's own lock still holds.
        with suppress(OSError):
            os.utime(self._path)
        self._touched = time.monotonic()

    def release(self) -> None:
        """Let go and remove the lock file."""
        if self._file is None:
            return
        with suppress(OSError):
            if sys.platform == "win32":
                self._file.close()
                self._path.unlink(missing_ok=True)
            else:
                # Removed while it is held, unless somebody put another one in its place.
                if _is_same(self._file, self._path):
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


def _seize(file: IO[str]) -> bool | None:
    """Lock the file for this process; say whether it succeeded, None where nothing locks."""
    try:
        if sys.platform == "win32":
            import msvcrt  # noqa: PLC0415  # Windows only

            file.seek(4096)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl  # noqa: PLC0415  # elsewhere only

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    except OSError:
        return None
    return True


def _is_same(file: IO[str], path: Path) -> bool:
    """Say whether the open file is still the one under that name."""
    try:
        return os.path.samestat(os.fstat(file.fileno()), path.stat())
    except OSError:
        return False


def _counts(former: Holder | None, *, has_locks: bool) -> bool:
    """Say whether a fresh lock file's holder still holds it, as far as the system cannot tell."""
    if former is None:
        return False
    if former.where != platform.node():
        return True
    return not has_locks and _is_running(former.pid)


def _is_running(pid: int) -> bool:
    if sys.platform == "win32":
        return True
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
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
        hint="Close it there, or open it read-only here. After a crash of that machine it is free "
        f"within {FRESH_SECS / 60:.0f} minutes.",
        where=str(project),
    )
