"""What the world does to files: each time one clear sentence, and nothing lost."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from dataclasses import replace

import pytest

from annotator.errors import (
    AnnotatorError,
    BadInput,
    DamagedProject,
    LockedProject,
    ProjectError,
)
from annotator.model.article import Article
from annotator.model.edit import Edit
from annotator.model.span import Span
from annotator.store import files, snapshots
from annotator.store.checking import check, repair
from annotator.store.project import Project
from tests.store.places import closed_folder, fill, small_disk, write_protected_disk

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


# Damage


def test_a_database_without_our_tables_is_said(tmp_path):
    path = tmp_path / "x.annot"
    conn = sqlite3.connect(path)
    conn.execute("PRAGMA application_id = 0x50524C58")
    conn.execute("CREATE TABLE x (y)")
    conn.close()
    with pytest.raises(DamagedProject, match="none of our tables"):
        Project.open(path)
    assert not path.with_name("x.annot-lock").exists()


def test_a_folder_is_no_project(tmp_path):
    with pytest.raises(ProjectError, match="a folder"):
        Project.open(tmp_path)


def test_an_unreadable_file_is_said(project, monkeypatch):
    path = project.path
    project.close()

    def refuse(*_, **__):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(type(path), "open", refuse)
    with pytest.raises(ProjectError, match="cannot be read: Permission denied"):
        Project.open(path)


def test_garbage_pages_are_found_and_the_newest_snapshot_takes_their_place(project, sample):
    project.apply(sample.tagged())
    project.snapshot()
    project.apply(sample.tagged(Span(8, 13)))
    path = project.path
    article = sample.article.id
    wanted = project.annotations(article)
    project.close()
    spoil_annotations(path)
    found = check(path)
    assert found and all(f.kind == "file" and f.mendable for f in found)
    mended = repair(path)
    assert mended.left == ()
    assert "1 of 1 later acts" in " ".join(mended.done)
    with Project.open(path) as again:
        assert sorted(again.annotations(article), key=str) == sorted(wanted, key=str)
    assert len(list(path.parent.glob("study.annot-damaged-*"))) == 1


def spoil_annotations(path):
    """Write garbage over the first page of the annotation table."""
    conn = sqlite3.connect(path)
    query = "SELECT rootpage FROM sqlite_master WHERE name = 'annotation'"
    page = conn.execute(query).fetchone()[0]
    size = conn.execute("PRAGMA page_size").fetchone()[0]
    conn.close()
    with path.open("r+b") as file:
        file.seek((page - 1) * size)
        file.write(os.urandom(size))


def test_half_a_file_without_a_snapshot_is_left_as_it_is(project):
    path = project.path
    project.close()
    half = path.read_bytes()[: path.stat().st_size // 2]
    path.write_bytes(half)
    assert [(f.kind, f.mendable) for f in check(path)] == [("file", False)]
    with pytest.raises(DamagedProject, match="no good snapshot"):
        repair(path)
    assert path.read_bytes() == half
    assert [p.name for p in path.parent.iterdir()] == [path.name]


def test_half_a_file_is_replaced_by_the_snapshot_and_kept(project, sample):
    project.apply(sample.tagged())
    project.snapshot()
    path = project.path
    project.close()
    half = path.read_bytes()[: path.stat().st_size // 2]
    path.write_bytes(half)
    mended = repair(path)
    assert mended.left == ()
    (kept,) = path.parent.glob("study.annot-damaged-*")
    assert kept.read_bytes() == half
    with Project.open(path) as again:
        assert len(again.annotations(sample.article.id)) == 1


# What a crash leaves


@pytest.mark.parametrize("read_only", [True, False])
def test_a_large_log_beside_a_small_file_is_never_called_cut_short(tmp_path, sample, read_only):
    crashed = left_open_by_a_crash(sample, tmp_path)
    wal = crashed.with_name("study.annot-wal")
    assert wal.stat().st_size > 4 * crashed.stat().st_size
    assert check(crashed) == []
    with Project.open(crashed, read_only=read_only) as project:
        assert project.count() == 21


def test_a_checkpoint_cut_off_in_the_middle_is_finished(tmp_path, sample):
    """The first page, with the new size, may reach the file before the pages that it counts."""
    crashed = left_open_by_a_crash(sample, tmp_path)
    whole = tmp_path / "whole.annot"
    shutil.copy(crashed, whole)
    shutil.copy(crashed.with_name("study.annot-wal"), tmp_path / "whole.annot-wal")
    conn = sqlite3.connect(whole)
    conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    conn.close()
    size = crashed.stat().st_size
    crashed.write_bytes(whole.read_bytes()[: size + 4096])
    with Project.open(crashed) as project:
        assert project.count() == 21
    assert check(crashed) == []


def test_a_commit_cut_off_in_the_middle_is_rolled_back_even_by_a_reader(tmp_path, sample):
    path = tmp_path / "study.annot"
    with Project.create(path, sample.founding(), journal="delete"):
        pass
    script = (
        "import os, sqlite3, sys\n"
        "conn = sqlite3.connect(sys.argv[1])\n"
        "conn.execute('PRAGMA cache_size = 5')\n"
        "conn.execute('BEGIN')\n"
        "for _ in range(9):\n"
        "    conn.execute('UPDATE outlet SET note = note || ?', ['x' * 90000])\n"
        "    conn.execute('UPDATE article SET note = note || ?', ['x' * 90000])\n"
        "os.kill(os.getpid(), 9)\n"
    )
    subprocess.run([sys.executable, "-c", script, str(path)], check=False)
    assert path.with_name("study.annot-journal").stat().st_size > 0
    with Project.open(path, read_only=True) as reader:
        assert reader.get(Article, sample.article.id) == sample.article
    assert check(path) == []


def test_a_newer_format_that_only_the_log_knows_is_refused(tmp_path, sample):
    project = Project.create(tmp_path / "study.annot", sample.founding())
    path = project.path
    project._conn.execute("PRAGMA user_version = 131072")
    assert path.read_bytes()[60:64] != (131072).to_bytes(4, "big")
    (tmp_path / "copy").mkdir()
    for name in ("study.annot", "study.annot-wal"):
        shutil.copy(tmp_path / name, tmp_path / "copy" / name)
    project.close()
    with pytest.raises(AnnotatorError, match="newer version"):
        Project.open(tmp_path / "copy" / "study.annot")
