"""Projects as a crash leaves them."""

from __future__ import annotations

import shutil

from annotator.model.edit import Edit
from annotator.store.project import Project

BIG = "A ferry, a harbour and a strike. " * 3000


def imported(sample, text=BIG):
    return Edit("Import", None, after=sample.made_article(text))


def import_many(project, sample):
    for _ in range(1000):
        project.apply(imported(sample))


def left_open_by_a_crash(sample, home, *, journal="wal"):
    """Return a project whose process died, with its journal beside it."""
    project = Project.create(home / "study.annot", sample.founding(), journal=journal)
    project._conn.execute("PRAGMA wal_autocheckpoint = 0")
    for _ in range(20):
        project.apply(imported(sample))
    crashed = home / "crashed"
    crashed.mkdir()
    for path in home.glob("study.annot*"):
        if not path.name.endswith("-lock"):
            shutil.copy(path, crashed / path.name)
    project.close()
    return crashed / "study.annot"
