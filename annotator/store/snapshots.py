"""Snapshots: whole copies of a project beside it, thinned with age.

They lie in a folder `NAME.annot-snapshots`; each is a complete project. A snapshot is written to a
temporary name and then renamed, so that a half-written one never counts. Thinning weighs each
reason by itself: an hourly snapshot never drives out the one taken before a repair.
"""

from __future__ import annotations

import re
import shutil
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from annotator.errors import ProjectError

if TYPE_CHECKING:
    import sqlite3
    from pathlib import Path

HOURLY = timedelta(hours=1)
KEPT_HOURLY = timedelta(days=1)
KEPT_DAILY = timedelta(days=14)
KEPT_WEEKLY = timedelta(days=90)
NAME = re.compile(r"(\d{8}T\d{6}Z)-([a-z-]+)\.annot\Z")
STAMP = "%Y%m%dT%H%M%SZ"


def folder(project: Path) -> Path:
    """Return where a project's snapshots lie."""
    return project.with_name(project.name + "-snapshots")


def listed(project: Path) -> list[tuple[datetime, Path]]:
    """Return the snapshots with their times, the newest first."""
    found = []
    for path in folder(project).glob("*.annot"):
        match = NAME.match(path.name)
        if match:
            time = datetime.strptime(match.group(1), STAMP).replace(tzinfo=UTC)
            found.append((time, path))
    return sorted(found, reverse=True)


def is_due(project: Path, *, at: datetime | None = None) -> bool:
    """Say whether the newest snapshot is over an hour old, or there is none.

    One from the future (the clock was wrong) does not count.
    """
    present = at or datetime.now(UTC)
    return not any(timedelta(0) <= present - time < HOURLY for time, _ in listed(project))


def take(conn: sqlite3.Connection, project: Path, reason: str) -> Path | None:
    """Write a snapshot and thin the older ones.

    Returns:
        Its path; None when the disk has not twice the project's size to spare.

    Raises:
        ProjectError: if the folder cannot be written.
    """
    pages, size = (conn.execute(f"PRAGMA {what}").fetchone()[0]
                   for what in ("page_count", "page_size"))  # fmt: skip
    home = folder(project)
    stamp = datetime.now(UTC).strftime(STAMP)
    target = home / f"{stamp}-{reason}.annot"
    beside = home / f".{stamp}-{reason}.part"
    try:
        if shutil.disk_usage(project.parent).free < 2 * pages * size:
            return None
        home.mkdir(exist_ok=True)
        try:
            beside.unlink(missing_ok=True)
            conn.execute("VACUUM INTO ?", [str(beside)])
            beside.replace(target)
        finally:
            for suffix in ("", "-journal"):
                beside.with_name(beside.name + suffix).unlink(missing_ok=True)
        for path in surplus(listed(project)):
            path.unlink(missing_ok=True)
    except OSError as error:
        raise ProjectError(
            f"No snapshot can be written: {error.strerror or error}.",
            hint="Make that folder writable, or make room.",
            where=str(home),
        ) from error
    return target


def surplus(snapshots: list[tuple[datetime, Path]], *, at: datetime | None = None) -> list[Path]:
    """Return what thinning drops.

    Of each reason one an hour is kept for a day, one a day for two weeks, one a week for three
    months; the newest of all always.

    Args:
        snapshots: Times and paths, the newest first.
        at: Seen from when; now if None.
    """
    present = at or datetime.now(UTC)
    kept: set[tuple[str, str]] = set()
    drop = []
    for place, (time, path) in enumerate(snapshots):
        period = _period(time, present - time)
        slot = (_reason(path), period)
        if place and (not period or slot in kept):
            drop.append(path)
        else:
            kept.add(slot)
    return drop


def _reason(path: Path) -> str:
    match = NAME.match(path.name)
    return match.group(2) if match else ""


def _period(time: datetime, age: timedelta) -> str:
    """Return the hour, day or week of which one snapshot is kept; "" if none is."""
    if age <= KEPT_HOURLY:
        return time.strftime("h%Y%m%d%H")
    if age <= KEPT_DAILY:
        return time.strftime("d%Y%m%d")
    return time.strftime("w%G%V") if age <= KEPT_WEEKLY else ""
