"""What is damaged is restored from a snapshot, with all done since; nothing is thrown away."""

from __future__ import annotations

import sqlite3
from dataclasses import replace

import pytest

from annotator.errors import NewerProject, ProjectError
from annotator.model import acts
from annotator.model.annotation import Link
from annotator.model.edit import Edit
from annotator.model.span import Span
from annotator.store import checking
from annotator.store.checking import check, repair
from annotator.store.project import Project
from tests.store.spoiling import kinds, spoil, spoil_annotations


@pytest.fixture
def path(coded):
    """Return where a closed project with a quote, its source and an answer lies."""
    return coded


def test_what_repair_sets_aside_is_in_the_log_and_can_be_brought_back(path):
    spoil(path, "UPDATE annotation SET deleted = 'x' WHERE id IN (SELECT to_id FROM link)")
    repair(path)
    with Project.open(path) as project:
        assert project.log(1)[0].label == "Repair: a link ends in nothing"
        before, after = project.logged(project.log(1)[0].seq)
        assert isinstance(before[0], Link) and after == ()


def test_repair_takes_a_snapshot_first(path):
    spoil(path, "DROP VIEW v_quote")
    repair(path)
    (snapshot,) = path.with_name(path.name + "-snapshots").iterdir()
    assert snapshot.name.endswith("-before-repair.annot")
    assert kinds(snapshot) == {("schema", "a trigger, view or index is missing", True)}


def test_an_index_that_lost_entries_is_built_again(path):
    conn = sqlite3.connect(path, isolation_level=None)
    conn.execute("PRAGMA writable_schema = ON")
    kept = "SELECT sql, rootpage FROM sqlite_master WHERE name = 'annotation_by_article'"
    sql, root = conn.execute(kept).fetchone()
    # Writes that the index does not see.
    conn.execute("DELETE FROM sqlite_master WHERE name = 'annotation_by_article'")
    conn.close()
    conn = sqlite3.connect(path, isolation_level=None)
    conn.execute("UPDATE annotation SET article_id = 'x' || article_id")
    conn.execute("UPDATE annotation SET article_id = substr(article_id, 2)")
    conn.execute("DELETE FROM link")
    conn.execute("DELETE FROM fragment WHERE annotation_id = (SELECT min(id) FROM annotation)")
    conn.execute("DELETE FROM annotation WHERE id = (SELECT min(id) FROM annotation)")
    conn.execute("PRAGMA writable_schema = ON")
    conn.execute(
        "INSERT INTO sqlite_master (type, name, tbl_name, rootpage, sql) "
        "VALUES ('index', 'annotation_by_article', 'annotation', ?, ?)",
        [root, sql],
    )
    conn.close()
    assert {(f.kind, f.mendable) for f in check(path)} == {("index", True)}
    mended = repair(path)
    assert "The indexes were built again." in mended.done
    assert mended.left == ()


def test_a_row_that_breaks_its_rules_is_found_and_the_snapshot_mends_it(path, sample):
    spoil(path, "UPDATE annotation SET certainty = 7")
    assert {(f.kind, f.mendable) for f in check(path)} == {("row", False)}
    spoil(path, "UPDATE annotation SET certainty = NULL")
    with Project.open(path) as project:
        project.snapshot()
    spoil(path, "UPDATE annotation SET certainty = 7")
    assert {(f.kind, f.mendable) for f in check(path)} == {("row", True)}
    assert repair(path).left == ()


def test_rotten_bytes_in_a_text_are_found_and_the_snapshot_mends_them(path, sample):
    with Project.open(path) as project:
        project.snapshot()
        project.apply(sample.tagged(Span(8, 13)))
        wanted = {a.id for a in project.annotations(sample.article.id)}
    spoil(path, "UPDATE text_version SET text = CAST(x'ff' || substr(text, 2) AS TEXT)")
    found = check(path)
    assert {(f.kind, f.mendable) for f in found if f.kind == "text"} == {("text", True)}
    assert repair(path).left == ()
    with Project.open(path) as project:
        assert {a.id for a in project.annotations(sample.article.id)} == wanted


def test_rotten_bytes_elsewhere_are_damage_too(path):
    spoil(path, "UPDATE edit SET label = CAST(x'ffff' AS TEXT)",
          "UPDATE answer SET unit_id = CAST(x'ffff' AS TEXT)",
          "UPDATE answer SET id = CAST(x'ffff' AS TEXT)")  # fmt: skip
    assert [(f.kind, f.mendable) for f in check(path)] == [("file", False)]


def test_a_damaged_snapshot_is_passed_over_for_an_older_one(path):
    with Project.open(path) as project:
        good = project.snapshot("manual")
    newer = good.with_name("29990101T000000Z-hourly.annot")
    newer.write_bytes(good.read_bytes()[:-4096])
    cut = good.with_name("29990102T000000Z-hourly.annot")
    cut.write_bytes(good.read_bytes())
    spoil(cut, "UPDATE text_version SET text = 'rotten'")
    spoil_annotations(path)
    mended = repair(path)
    assert f"The snapshot {good.name} took its place." in mended.done


def test_what_cannot_be_played_back_is_named(path, sample):
    """A bulk act keeps no rows in the log, and here its rows are in the damaged table."""
    with Project.open(path) as project:
        project.snapshot()
        run = Edit("Run the highlighter", None, after=(sample.suggestion(Span(0, 7)),), batch="b")
        project.apply(run)
        project.apply(acts.accept(sample.desk, run.after[0], sample.text))
        project.apply(sample.tagged(Span(8, 13)))
    spoil_annotations(path)
    told = " ".join(repair(path).done)
    assert "1 of 3 later acts" in told
    assert "Its rows could not all be read" in told
    assert "Not played back: Run the highlighter; Accept" in told


def test_rows_of_a_bulk_act_are_brought_over_when_another_table_is_damaged(path, sample):
    with Project.open(path) as project:
        project.snapshot()
        gone = project.links_in(sample.article.id)
        project.apply(Edit("Unlink", None, before=tuple(gone), batch="c"))
        run = Edit("Run", None, after=(sample.suggestion(Span(0, 7)),), batch="b")
        project.apply(run)
        project.apply(Edit("Note", None, (sample.article,), (replace(sample.article, note="x"),)))
        wanted = sorted(project.annotations(sample.article.id), key=str)
    with sqlite3.connect(path) as conn:
        (page,) = conn.execute(
            "SELECT rootpage FROM sqlite_master WHERE name = 'article_search_data'"
        ).fetchone()
    conn.close()
    with path.open("r+b") as file:
        file.seek((page - 1) * 4096)
        file.write(b"\xff" * 4096)
    mended = repair(path)
    assert "Whatever else was written since was brought over from its rows." in mended.done
    assert mended.left == ()
    with Project.open(path) as project:
        assert sorted(project.annotations(sample.article.id), key=str) == wanted
        assert project.links_in(sample.article.id) == []


def test_rows_that_contradict_what_is_there_are_not_brought_over(path, sample):
    with Project.open(path) as project:
        project.snapshot()
        project.apply(sample.tagged(Span(8, 13)))
    spoil(path, "UPDATE text_version SET text = 'rotten'",
          "UPDATE annotation SET code_id = 'nothing', rev = 999")  # fmt: skip
    mended = repair(path)
    assert "Its rows could not all be read or fitted in: something may be missing." in mended.done
    assert mended.left == ()


def test_texts_that_are_rotten_are_not_brought_over(path, sample):
    with Project.open(path) as project:
        project.snapshot()
        project.apply(Edit("Import", None, after=sample.made_article("New text."), batch="b"))
    spoil(path, "UPDATE text_version SET text = 'rotten'")
    assert "Not played back: Import." in repair(path).done


def test_a_restored_project_counts_as_another_replica(path, sample):
    with Project.open(path) as project:
        project.apply(sample.tagged(Span(8, 13)))
        project.snapshot()
        before = project.local("replica")
    spoil_annotations(path)
    repair(path)
    with Project.open(path) as project:
        project.apply(sample.tagged(Span(0, 7)))
        assert project.local("replica") != before


def test_a_missing_file_cannot_be_checked_or_repaired(tmp_path):
    for job in (check, repair):
        with pytest.raises(ProjectError, match="no such project"):
            job(tmp_path / "x.annot")


def test_a_newer_project_is_not_called_damaged(path):
    conn = sqlite3.connect(path)
    conn.execute(f"PRAGMA user_version = {2 << 16}")
    conn.close()
    for job in (check, repair):
        with pytest.raises(NewerProject):
            job(path)


def test_a_repair_that_cannot_put_the_snapshot_in_place_leaves_the_file(path, monkeypatch):
    with Project.open(path) as project:
        project.snapshot()
    spoil_annotations(path)
    damaged = path.read_bytes()

    def refuse(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(checking.shutil, "copyfile", refuse)
    with pytest.raises(ProjectError, match="No space left"):
        repair(path)
    assert path.read_bytes() == damaged
    assert {p.name for p in path.parent.iterdir()} == {path.name, f"{path.name}-snapshots"}


def test_a_journal_beside_a_damaged_file_is_kept_with_it(path):
    with Project.open(path) as project:
        project.snapshot()
    spoil_annotations(path)
    path.with_name(path.name + "-journal").write_bytes(b"")
    repair(path)
    assert [p.name[-8:] for p in path.parent.glob("*-damaged-*-journal")] == ["-journal"]


def test_a_repair_that_gets_nowhere_ends_and_says_what_is_left(path, monkeypatch):
    spoil(path, "DROP VIEW v_quote")
    monkeypatch.setattr(checking, "_mend", lambda *_: [])
    assert {f.where for f in repair(path).left} == {"v_quote"}
