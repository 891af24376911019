"""Damaged files and what a crash leaves: found, said, mended; never taken for lost too early."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys

import pytest

from annotator.errors import (
    AnnotatorError,
    DamagedProject,
    ProjectError,
)
from annotator.model.article import Article
from annotator.model.span import Span
from annotator.store.checking import check, repair
from annotator.store.project import Project
from tests.store.crashes import left_open_by_a_crash
from tests.store.spoiling import spoil_annotations

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
