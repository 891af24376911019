"""What is known of a recent project without opening it for work: articles, coders, or why not.

Reading is safe: the file is opened read-only, and whatever is wrong with it becomes a few words.
It may be slow on a network drive, so that the window asks beside its event loop. No Qt here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from annotator.errors import AnnotatorError, DamagedProject, NewerProject
from annotator.store.project import Project

MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September",
          "October", "November", "December")  # fmt: skip
# Where systems hang drives that can be taken away.
DRIVE_FOLDERS = ("/media", "/mnt", "/run/media", "/Volumes")


@dataclass(frozen=True, slots=True)
class RecentProject:
    """A row of the list.

    Args:
        path: The file.
        name: The project's name, or the file's.
        detail: "284 articles, 3 coders", or what is wrong.
        changed: When it was last written; "" when it is not there.
        is_there: Whether it can be opened.
    """

    path: str
    name: str
    detail: str = ""
    changed: str = ""
    is_there: bool = True


def recent_project(path: str, today: date | None = None) -> RecentProject:
    """Return what a list says of a project.

    Args:
        path: The file.
        today: The day "today" means; the present one if None.
    """
    file = Path(path)
    try:
        written = datetime.fromtimestamp(file.stat().st_mtime).astimezone()
    except OSError:
        return RecentProject(path, file.stem, _where_gone(file), is_there=False)
    when = day_in_words(written.date(), today or datetime.now().astimezone().date())
    try:
        with Project.open(file, read_only=True) as project:
            people = [c for c in project.coders.values() if c.kind == "human"]
            counts = f"{counted(project.count(), 'article')}, {counted(len(people), 'coder')}"
            return RecentProject(path, project.name or file.stem, counts, when)
    except NewerProject:
        detail = "made by a newer version of Parallax"
    except DamagedProject:
        detail = "no project, or damaged"
    except AnnotatorError as error:
        detail = error.message[:1].lower() + error.message[1:].rstrip(".")
    return RecentProject(path, file.stem, detail, when, is_there=False)


def counted(number: int, noun: str) -> str:
    """Return a number with its noun.

    >>> counted(1, "coder"), counted(1284, "article")
    ('1 coder', '1,284 articles')
    """
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def day_in_words(day: date, today: date) -> str:
    """Return a day as people say it.

    >>> day_in_words(date(2026, 3, 12), date(2026, 3, 12))
    'today'
    >>> day_in_words(date(2026, 3, 4), date(2026, 3, 12))
    '4 March'
    >>> day_in_words(date(2025, 2, 4), date(2026, 3, 12))
    'February 2025'
    """
    past = (today - day).days
    if past in (0, 1):
        return ("today", "yesterday")[past]
    month = MONTHS[day.month - 1]
    return f"{day.day} {month}" if day.year == today.year else f"{month} {day.year}"


def shown_folder(folder: Path) -> str:
    """Return a folder as people know it: below the home folder it begins with “~”."""
    try:
        return str(Path("~") / folder.relative_to(Path.home()))
    except ValueError:
        return str(folder)


def _where_gone(file: Path) -> str:
    if file.parent.exists():
        return f"moved or deleted, it was in {shown_folder(file.parent)}"
    if not Path(file.anchor).exists() or str(file).startswith(DRIVE_FOLDERS):
        return "on a drive that is not connected"
    return f"its folder is gone: {shown_folder(file.parent)}"
