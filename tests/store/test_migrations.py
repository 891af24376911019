"""Files of every released format open, and are brought up to date with a snapshot first."""

from __future__ import annotations

import copy
import shutil
import sqlite3
from pathlib import Path

import pytest

from annotator.errors import NewerProject, ProjectError
from annotator.model.annotation import Annotation, Assignment, Decision
from annotator.model.article import Article
from annotator.model.edit import Edit
from annotator.store import project as project_module
from annotator.store import snapshots
from annotator.store.checking import check
from annotator.store.project import Project
from annotator.store.rows import TABLES
from annotator.store.schema import FORMAT, migrations

GOLDEN = Path(__file__).parent.parent / "golden" / "projects"
RELEASED = sorted(path.name for path in GOLDEN.glob("*.annot"))


@pytest.fixture
def old(tmp_path):
    """Return a copy of the oldest released file."""
    return Path(shutil.copy(GOLDEN / "v1_0.annot", tmp_path / "old.annot"))


@pytest.fixture
def later(monkeypatch):
    """Pretend that a later minor version adds a column by making a table anew."""
    newer = copy.copy(migrations)
    newer._migrations = list(migrations._migrations)

    @newer(name="0002_outlet_owner")
    def outlet_owner(db):
        db["outlet"].transform(types={"note": str})
        db["text_version"].transform(types={"reason": str})
        db.conn.execute("ALTER TABLE outlet ADD COLUMN owner TEXT NOT NULL DEFAULT ''")

    monkeypatch.setattr(project_module, "migrations", newer)
    monkeypatch.setattr(project_module, "FORMAT", FORMAT + 1)
    return newer


@pytest.mark.parametrize("name", RELEASED)
def test_every_released_format_opens_whole_and_can_be_written(tmp_path, name):
    path = Path(shutil.copy(GOLDEN / name, tmp_path / "study.annot"))
    assert check(path) == []
    with Project.open(path) as project:
        assert all(project.all(kind) for kind in TABLES), "every table has a record"
        (article,) = project.articles()
        assert article.article.headline == "Harbour talks end"
        assert "very close" in article.version.text
        assert {a.note for a in article.annotations} >= {"ß😀"}
        assert len(project.log()) >= 10
        mine = project.all(Annotation, "certainty IS NULL")[0]
        project.apply(Edit("Remove", None, (mine, *project.links([mine.id]))))
    assert check(path) == []


def test_a_released_file_is_read_from_where_nothing_may_be_written(old):
    with Project.open(old, read_only=True) as project:
        assert project.count() == 1
        assert project.all(Assignment)[0].blinds == ("outlet",)
        assert project.all(Decision)[0].verdict == "rejected"


def test_a_later_format_is_reached_with_a_snapshot_and_all_triggers(old, later):
    with Project.open(old) as project:
        assert project._conn.execute("SELECT owner FROM outlet").fetchone() == ("",)
        assert project._conn.execute("PRAGMA user_version").fetchone()[0] == FORMAT + 1
        with pytest.raises(sqlite3.IntegrityError, match="immutable"):
            project._conn.execute("UPDATE text_version SET text = 'x'")
    (_, snapshot), *others = snapshots.listed(old)
    assert snapshot.name.endswith("before-migration.annot") and not others
    conn = sqlite3.connect(snapshot)
    assert conn.execute("PRAGMA user_version").fetchone()[0] == FORMAT
    conn.close()
    assert check(snapshot) == []
    assert check(old) == []


def test_opening_a_second_time_migrates_nothing(old, later):
    for _ in range(2):
        Project.open(old).close()
    assert len(snapshots.listed(old)) == 1


def test_a_migration_without_room_for_a_snapshot_is_not_begun(old, later, monkeypatch):
    before = old.read_bytes()
    monkeypatch.setattr(snapshots.shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(9, 9, 0))
    with pytest.raises(ProjectError, match="no room for a snapshot"):
        Project.open(old)
    # Opened in WAL mode, which two bytes of the header tell; nothing else was touched.
    after = old.read_bytes()
    assert before[100:] == after[100:]
    assert not old.with_name("old.annot-lock").exists()


def test_a_failed_migration_leaves_the_old_format_and_the_snapshot(old, later):
    @later(name="0003_broken")
    def broken(db):
        db.conn.execute("DROP TABLE alias")
        raise RuntimeError("a bug")

    with pytest.raises(RuntimeError, match="a bug"):
        Project.open(old)
    with sqlite3.connect(old) as conn:
        assert conn.execute("SELECT count(*) FROM alias").fetchone() == (1,)
        assert "owner" not in {row[1] for row in conn.execute("PRAGMA table_info(outlet)")}
    conn.close()
    assert len(snapshots.listed(old)) == 1
    assert check(old) == []


def test_an_older_project_that_may_only_be_read_says_what_to_do(old, later):
    with pytest.raises(ProjectError, match="older version"):
        Project.open(old, read_only=True)


def test_a_later_minor_format_is_not_turned_back(old):
    conn = sqlite3.connect(old)
    conn.execute(f"PRAGMA user_version = {FORMAT + 5}")
    conn.close()
    with Project.open(old) as project:
        assert project.get(Article, project.article_ids()[0])
    assert old.read_bytes()[60:64] == (FORMAT + 5).to_bytes(4, "big")


def test_a_later_major_format_is_refused(old):
    conn = sqlite3.connect(old)
    conn.execute(f"PRAGMA user_version = {2 << 16}")
    conn.close()
    before = old.read_bytes()
    with pytest.raises(NewerProject, match="format 2, this version reads up to 1"):
        Project.open(old)
    assert old.read_bytes() == before
