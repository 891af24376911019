"""What the world does to files: each time one clear sentence, and nothing lost."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from dataclasses import replace

import pytest

from annotator.errors import (
    BadInput,
    LockedProject,
    ProjectError,
)
from annotator.model.article import Article
from annotator.model.edit import Edit
from annotator.model.span import Span
from annotator.store import files, snapshots
from annotator.store.checking import check
from annotator.store.project import Project
from tests.store.crashes import import_many, imported, left_open_by_a_crash
from tests.store.places import closed_folder, fill, small_disk, write_protected_disk

# A full disk


@pytest.mark.parametrize("journal", ["wal", "delete"])
def test_a_full_disk_refuses_the_act_and_keeps_all_earlier_ones(tmp_path, sample, journal):
    with small_disk(tmp_path / "disk", 3000) as disk:
        with Project.create(disk / "x.annot", sample.founding(), journal=journal) as project:
            filler = fill(disk)
            with pytest.raises(ProjectError, match="The disk is full") as caught:
                import_many(project, sample)
            assert "x.annot" in str(caught.value) and "Make room" in caught.value.hint
            there = project.count()
            assert there == len(list(project.articles()))
            filler.unlink()
            project.apply(imported(sample))
            assert project.count() == there + 1
        assert check(disk / "x.annot") == []


def test_a_quota_refuses_the_act_and_keeps_all_earlier_ones(project, sample):
    pages = project._conn.execute("PRAGMA page_count").fetchone()[0]
    project._conn.execute(f"PRAGMA max_page_count = {pages + 40}")
    with pytest.raises(ProjectError, match="disk is full"):
        import_many(project, sample)
    count = project.count()
    project._conn.execute("PRAGMA max_page_count = 100000")
    project.apply(imported(sample))
    assert project.count() == count + 1
    assert check(project.path) == []


def test_a_project_that_does_not_fit_is_not_half_made(tmp_path, sample):
    with small_disk(tmp_path / "disk", 300) as disk:
        with pytest.raises(ProjectError, match=r"disk is full|No space"):
            Project.create(disk / "x.annot", sample.founding())
        assert list(disk.iterdir()) == []


def test_a_copy_that_does_not_fit_is_not_half_made(tmp_path, project):
    with small_disk(tmp_path / "disk", 300) as disk:
        with pytest.raises(ProjectError, match=r"disk is full|No space"):
            project.save_copy(disk / "x.annot")
        assert list(disk.iterdir()) == []


def test_a_snapshot_waits_for_room(tmp_path, sample, monkeypatch):
    with (
        small_disk(tmp_path / "disk", 2000) as disk,
        Project.create(disk / "x.annot", sample.founding()) as project,
    ):
        assert project.snapshot() is not None
        fill(disk)
        assert project.snapshot() is None
        plenty = shutil._ntuple_diskusage(10**9, 0, 10**9)
        monkeypatch.setattr(snapshots.shutil, "disk_usage", lambda _: plenty)
        with pytest.raises(ProjectError, match="disk is full"):
            project.snapshot("before-repair")
        names = [p.name for p in snapshots.folder(project.path).iterdir()]
        assert len(names) == 1 and names[0].endswith("-hourly.annot")


def test_a_full_disk_at_opening_is_said_and_leaves_no_lock(tmp_path, sample):
    with small_disk(tmp_path / "disk", 2000) as disk:
        Project.create(disk / "x.annot", sample.founding()).close()
        filler = fill(disk)
        with pytest.raises(ProjectError, match=r"x\.annot.*(No space|disk is full)"):
            Project.open(disk / "x.annot")
        filler.unlink()
        assert [p.name for p in disk.iterdir()] == ["x.annot"]
        Project.open(disk / "x.annot").close()


def test_a_failing_disk_is_said(project, sample):
    error = sqlite3.OperationalError("disk I/O error")
    error.sqlite_errorcode = sqlite3.SQLITE_IOERR_FSYNC
    with (
        pytest.raises(ProjectError, match="The disk failed"),
        files.said_clearly(project.path, "written"),
    ):
        raise error


def test_what_is_no_fault_of_the_world_stays_an_error_of_the_program(project):
    with pytest.raises(sqlite3.OperationalError), files.said_clearly(project.path, "written"):
        project._conn.execute("SELECT nonsense")


def test_half_a_character_is_refused_and_nothing_is_written(project, sample):
    changed = replace(sample.article, note="\ud83d")
    with pytest.raises(BadInput, match="half a character"):
        project.apply(Edit("Note", None, (sample.article,), (changed,)))
    project.apply(sample.tagged())
    assert project.get(Article, sample.article.id) == sample.article


# Where nothing may be written


def test_a_write_protected_disk_is_read_and_not_written(tmp_path, sample):
    home = tmp_path / "disc"
    home.mkdir()
    Project.create(home / "x.annot", sample.founding()).close()
    with write_protected_disk(home):
        with pytest.raises(ProjectError, match="write-protected"):
            Project.open(home / "x.annot")
        with Project.open(home / "x.annot", read_only=True) as reader:
            assert reader.count() == 1
        assert check(home / "x.annot") == []
        with pytest.raises(ProjectError, match="Nothing can be written there"):
            Project.create(home / "y.annot", sample.founding())
        assert [p.name for p in home.iterdir()] == ["x.annot"]


def test_a_rollback_project_on_a_write_protected_disk_is_read(tmp_path, sample):
    home = tmp_path / "disc"
    home.mkdir()
    Project.create(home / "x.annot", sample.founding(), journal="delete").close()
    with write_protected_disk(home), Project.open(home / "x.annot", read_only=True) as reader:
        assert reader.count() == 1


def test_a_crashed_project_on_a_write_protected_disk_says_to_copy_it(tmp_path, sample):
    crashed = left_open_by_a_crash(sample, tmp_path)
    for shm in crashed.parent.glob("*-shm"):
        shm.unlink()
    with (
        write_protected_disk(crashed.parent),
        pytest.raises(ProjectError, match="not closed properly") as caught,
    ):
        Project.open(crashed, read_only=True)
    assert "Copy it" in caught.value.hint
    with Project.open(crashed) as project:
        assert project.count() == 21


def test_a_folder_in_which_nothing_can_be_made_is_said(tmp_path, sample):
    home = tmp_path / "closed"
    home.mkdir()
    with Project.create(home / "x.annot", sample.founding()) as project:
        path = project.path
    with closed_folder(home):
        with pytest.raises(ProjectError, match="cannot be opened for writing"):
            Project.open(path)
        with pytest.raises(ProjectError, match="Nothing can be written there"):
            Project.create(home / "y.annot", sample.founding())
        with Project.open(path, read_only=True) as reader:
            assert reader.count() == 1


def test_snapshots_that_cannot_be_written_are_said(tmp_path, project):
    snapshots.folder(project.path).write_text("in the way")
    with pytest.raises(ProjectError, match="No snapshot can be written"):
        project.snapshot()
    snapshots.folder(project.path).unlink()


# The file goes away


def test_a_replaced_file_is_noticed_and_neither_is_harmed(project, sample, tmp_path):
    project.apply(sample.tagged())
    other = Project.create(tmp_path / "other.annot", sample.founding())
    other.close()
    shutil.copy(other.path, tmp_path / "swap.annot")
    (tmp_path / "swap.annot").replace(project.path)
    with pytest.raises(ProjectError, match="moved, replaced or deleted"):
        project.apply(sample.tagged(Span(8, 13)))
    saved = project.save_copy(tmp_path / "rescued.annot")
    project.close()
    with Project.open(saved, read_only=True) as rescued:
        assert len(rescued.annotations(sample.article.id)) == 1
    assert check(project.path) == []
    with Project.open(project.path) as swapped:
        assert swapped.annotations(sample.article.id) == []


def test_a_moved_project_keeps_what_was_written(project, sample, tmp_path):
    project.apply(sample.tagged())
    moved = tmp_path / "elsewhere.annot"
    project.path.rename(moved)
    with pytest.raises(ProjectError, match="moved, replaced or deleted"):
        project.apply(sample.tagged(Span(8, 13)))
    project.close()
    with Project.open(moved) as found:
        assert len(found.annotations(sample.article.id)) == 1


# Two at once


def test_two_processes_never_write_at_once(tmp_path, sample):
    Project.create(tmp_path / "x.annot", sample.founding()).close()
    script = (
        "import sys, time; from pathlib import Path\n"
        "from annotator.errors import LockedProject\n"
        "from annotator.store.project import Project\n"
        "try:\n"
        "    with Project.open(Path(sys.argv[1])):\n"
        "        print('holds', flush=True); sys.stdin.readline()\n"
        "except LockedProject as error: print(error, flush=True)\n"
    )
    pipe = subprocess.PIPE
    running = [
        subprocess.Popen(
            [sys.executable, "-c", script, str(tmp_path / "x.annot")],
            stdin=pipe, stdout=pipe, text=True,
        )
        for _ in range(2)
    ]  # fmt: skip
    said = [process.stdout.readline() for process in running]
    for process in running:
        process.communicate("\n")
    assert sorted(line == "holds\n" for line in said) == [False, True]
    assert any("written by somebody else" in line for line in said)


def test_another_program_that_holds_the_file_is_said(project, sample, monkeypatch):
    project._conn.execute("PRAGMA busy_timeout = 10")
    other = sqlite3.connect(project.path)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(LockedProject, match="Another program is using the project"):
        project.apply(sample.tagged())
    other.rollback()
    other.close()
    project.apply(sample.tagged())
