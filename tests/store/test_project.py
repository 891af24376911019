"""A project: made whole, opened safely, written by edits only."""

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
    BadSpan,
    DamagedProject,
    LockedProject,
    NewerProject,
    ProjectError,
    StaleEdit,
)
from annotator.model import acts
from annotator.model.annotation import Answer, Link
from annotator.model.article import Article
from annotator.model.edit import Edit, joined
from annotator.model.ids import new_id
from annotator.model.span import Span
from annotator.store.project import Project
from annotator.store.schema import FORMAT, MAJOR


def rows(project, query, *values):
    return project._conn.execute(query, values).fetchall()


def test_everything_written_comes_back_equal(project, sample):
    assert project.codebook == replace(sample.codebook)
    assert project.get(Article, sample.article.id) == sample.article
    assert project.text_versions(sample.article.id) == [sample.text]
    assert project.coders[sample.ada.id] == sample.ada
    assert project.name == "Study"
    assert project.codebook_version() == sample.version


def test_an_annotation_with_attributes_and_fragments_survives_reopening(project, sample):
    edit = sample.tagged(Span(0, 7), Span(18, 27), attributes={"voice": 1, "kind": [1]}, note="ß😀")
    project.apply(edit)
    path = project.path
    project.close()
    with Project.open(path) as again:
        assert again.annotations(sample.article.id) == list(edit.after)


def test_undo_removes_and_redo_brings_back_the_same_annotation(project, sample):
    edit = sample.tagged()
    project.apply(edit)
    project.apply(edit.inverted())
    assert project.annotations(sample.article.id) == []
    project.apply(edit)
    assert project.annotations(sample.article.id) == list(edit.after)


def test_undo_restores_deleted_quote_with_its_source_link(project, sample):
    quote, source = sample.tagged(code=sample.direct), sample.tagged(Span(18, 27))
    link = sample.linked(quote.after[0], source.after[0])
    project.apply(joined("Quote", [quote, source, link]))
    gone = acts.delete(sample.desk, quote.after, project.links([quote.after[0].id]))
    project.apply(gone)
    assert project.links_in(sample.article.id) == []
    project.apply(gone.inverted())
    assert project.links_in(sample.article.id) == list(link.after)


def test_a_changed_row_makes_the_edit_stale_and_nothing_is_written(project, sample):
    edit = sample.tagged()
    project.apply(edit)
    mine = acts.recode(sample.desk, edit.after[0], sample.economy)
    project.apply(mine)
    other = joined(
        "Both", [acts.recode(sample.desk, edit.after[0], sample.direct), sample.tagged(Span(8, 13))]
    )
    before = rows(project, "SELECT count(*) FROM edit")
    with pytest.raises(StaleEdit):
        project.apply(other)
    assert [a.code_id for a in project.annotations(sample.article.id)] == [sample.economy.id]
    assert rows(project, "SELECT count(*) FROM edit") == before


def test_making_what_is_there_already_is_stale(project, sample):
    edit = sample.tagged()
    project.apply(edit)
    with pytest.raises(StaleEdit, match="there already"):
        project.apply(edit)


def test_an_edit_that_changes_nothing_leaves_no_trace(project, sample):
    before = rows(project, "SELECT count(*) FROM edit")
    project.apply(Edit("Nothing", None, (sample.article,), (sample.article,)))
    assert rows(project, "SELECT count(*) FROM edit") == before


@pytest.mark.parametrize("span", [Span(0, 7), Span(22, 26), Span(60, 70), Span(90, 94)])
def test_the_database_refuses_a_fragment_that_is_not_in_the_text(project, sample, span):
    good = sample.tagged(span).after[0]
    wrong = "x" * len(good.fragments[0].exact)
    bad = replace(good, fragments=(replace(good.fragments[0], exact=wrong),))
    with pytest.raises(BadSpan):
        project.apply(Edit("Tag", None, after=(bad,)))
    shifted = replace(good, fragments=(replace(good.fragments[0], start=span.start + 1),))
    with pytest.raises((BadSpan, StaleEdit)):
        project.apply(Edit("Tag", None, after=(shifted,)))
    assert project.annotations(sample.article.id) == []


def test_the_database_refuses_overlapping_fragments(project, sample):
    good = sample.tagged(Span(0, 7)).after[0]
    overlap = sample.tagged(Span(3, 9)).after[0]
    with pytest.raises(BadSpan):
        project.apply(
            Edit("Tag", None, after=(replace(good, fragments=good.fragments + overlap.fragments),))
        )


def test_the_database_refuses_a_fragment_in_another_articles_text(project, sample):
    article, text = sample.made_article("Other text entirely")
    project.apply(Edit("Import", None, after=(article, text)))
    edit = acts.tag(sample.desk, text, [Span(0, 5)], sample.conflict)
    with pytest.raises(BadSpan):
        project.apply(
            Edit("Tag", None, after=(replace(edit.after[0], article_id=sample.article.id),))
        )


def test_texts_snapshots_and_the_log_never_change(project, sample):
    project.apply(sample.tagged())
    for statement in (
        "UPDATE text_version SET text = 'x'",
        "DELETE FROM text_version",
        "UPDATE codebook_version SET snapshot = '{}'",
        "DELETE FROM codebook_version",
        "UPDATE edit SET label = ''",
        "DELETE FROM edit",
    ):
        with pytest.raises(sqlite3.IntegrityError, match="immutable"):
            project._conn.execute(statement)
        project._conn.rollback()


def test_a_corrected_text_keeps_annotations_on_both_versions(project, sample):
    edit = sample.tagged(Span(22, 28))
    project.apply(edit)
    text = sample.text.text.replace("Harbour talks", "Long harbour talks")
    fix = acts.correct_text(
        sample.desk,
        sample.text,
        text,
        project.annotations(sample.article.id),
        number=project.next_number(sample.article.id),
        reason="typo",
    )
    project.apply(fix.edit)
    stored = project.annotations(sample.article.id)[0]
    assert stored.spans(sample.text.id) == (Span(22, 28),)
    assert [s.of(text) for s in stored.spans(fix.version.id)] == [Span(22, 28).of(sample.text.text)]
    assert project.current_text(sample.article.id) == fix.version
    project.apply(fix.edit.inverted())
    assert project.current_text(sample.article.id) == sample.text
    assert project.next_number(sample.article.id) == 3


def test_an_answer_is_once_a_variable_unit_coder_and_round(project, sample):
    first = acts.answer(sample.desk, sample.tone, sample.article.id, value=-1)
    project.apply(first)
    twin = Answer(
        new_id(), sample.tone.id, sample.article.id, sample.ada.id, sample.round.id, value=-1
    )
    with pytest.raises(StaleEdit):
        project.apply(Edit("Answer", None, after=(twin,)))
    changed = acts.answer(
        sample.desk, sample.tone, sample.article.id, missing=-7, former=first.after[0]
    )
    project.apply(changed)
    assert [a.missing for a in project.answers(sample.article.id)] == [-7]


def test_an_answer_cannot_have_a_value_and_a_missing_code(project, sample):
    both = Answer(new_id(), sample.tone.id, sample.article.id, sample.ada.id, value=1, missing=-7)
    with pytest.raises(StaleEdit):
        project.apply(Edit("Answer", None, after=(both,)))


def test_what_refers_to_nothing_is_refused(project, sample):
    edit = sample.tagged()
    with pytest.raises(StaleEdit, match="refers to"):
        project.apply(Edit("Tag", None, after=(replace(edit.after[0], code_id="nothing"),)))


def test_search_finds_headline_and_current_text_and_forgets_removed_articles(project, sample):
    def hits(word):
        return rows(
            project,
            "SELECT a.id FROM article_search AS s JOIN article AS a ON a.n = s.rowid "
            "WHERE article_search MATCH ?",
            word,
        )

    assert hits("mayor") and hits("harbour") and hits("الوزير") and hits("cafe")
    fix = acts.correct_text(sample.desk, sample.text, "Quite another text", [], number=2)
    project.apply(fix.edit)
    assert not hits("mayor") and hits("another")
    project.apply(Edit("Delete", None, before=(sample.article,)))
    assert not hits("another")
    project.apply(Edit("Delete", None, before=(sample.article,)).inverted())
    assert hits("another")


def test_analysts_views_tell_annotations_answers_articles_and_quotes(project, sample):
    quote = sample.tagged(Span(46, 61), code=sample.direct, attributes={"speaker": "mayor"})
    source = sample.tagged(Span(18, 27))
    link = sample.linked(quote.after[0], source.after[0])
    answer = acts.answer(sample.desk, sample.tone, sample.article.id, value=-1)
    project.apply(joined("All", [quote, source, link, answer]))
    assert rows(project, "SELECT headline, outlet, story, words > 5 FROM v_article") == [
        ("Harbour talks end", "Harbour Post", "Port strike", 1)
    ]
    found = rows(
        project,
        "SELECT coder, layer, code_path, origin, attributes_flat FROM v_annotation "
        "WHERE code = 'direct'",
    )
    assert found == [("Ada", "quote", "Direct quote", "manual", "speaker=mayor")]
    assert rows(project, "SELECT variable, value FROM v_answer") == [("tone", -1)]
    assert rows(project, "SELECT speaker, source, cue FROM v_quote") == [
        ("mayor", "The mayor", None)
    ]


def test_origin_in_the_view_tells_accepted_from_edited(project, sample):
    one, two = sample.suggestion(Span(0, 7)), sample.suggestion(Span(18, 27))
    project.apply(Edit("Run", None, after=(one, two)))
    project.apply(acts.accept(sample.desk, one, sample.text))
    edit = acts.accept(sample.desk, two, sample.text)
    project.apply(edit)
    project.apply(acts.reshape(sample.desk, edit.after[0], sample.text, [Span(18, 30)]))
    assert dict(
        rows(project, "SELECT exact, origin FROM v_annotation WHERE coder_kind = 'human'")
    ) == {"Harbour": "accepted", Span(18, 30).of(sample.text.text): "edited"}


def test_code_paths_follow_the_tree(project, sample):
    project.apply(sample.tagged(code=sample.economy))
    assert rows(project, "SELECT code_path FROM v_annotation") == [("Conflict > Economy",)]


def test_a_second_process_is_told_who_writes_and_may_read(project):
    code = (
        "import sys; from pathlib import Path\n"
        "from annotator.store.project import Project\n"
        "from annotator.errors import LockedProject\n"
        "path = Path(sys.argv[1])\n"
        "try: Project.open(path)\n"
        "except LockedProject as error: print(error)\n"
        "with Project.open(path, read_only=True) as p: print(p.count())\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(project.path)], capture_output=True, text=True, check=True
    )
    assert "somebody else" in done.stdout and f"process {os.getpid()}" in done.stdout
    assert done.stdout.splitlines()[-1] == "1"


def test_the_lock_goes_with_its_holder(tmp_path, project):
    project.close()
    with Project.open(project.path):
        pass
    assert [p.name for p in tmp_path.iterdir()] == ["study.annot"]


def test_a_lock_from_another_machine_counts_while_it_is_fresh(project):
    path = project.path
    project.close()
    lock = path.with_name(path.name + "-lock")
    lock.write_text('{"who": "Ben", "where": "elsewhere", "since": "2026-01-01", "pid": 1}')
    with pytest.raises(LockedProject, match="Ben on elsewhere"):
        Project.open(path)
    os.utime(lock, (0, 0))
    Project.open(path).close()


def test_a_read_only_project_refuses_writes_with_a_sentence(project, sample):
    with project.reader() as reader, pytest.raises(ProjectError, match="read-only"):
        reader.apply(sample.tagged())


def test_a_write_protected_file_says_so_and_opens_read_only(project, monkeypatch):
    path = project.path
    project.close()
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(ProjectError, match="write-protected"):
        Project.open(path)
    with Project.open(path, read_only=True) as reader:
        assert reader.count() == 1


def test_a_file_taken_away_while_open_loses_nothing(project, sample, tmp_path):
    project.apply(sample.tagged())
    project.path.unlink()
    with pytest.raises(ProjectError, match="moved, replaced or deleted"):
        project.apply(sample.tagged(Span(8, 13)))
    saved = project.save_copy(tmp_path / "rescued.annot")
    with Project.open(saved) as rescued:
        assert len(rescued.annotations(sample.article.id)) == 1


def test_nothing_is_made_over_a_file_that_is_there(tmp_path, sample):
    path = tmp_path / "x.annot"
    path.write_text("mine")
    with pytest.raises(ProjectError, match="already"):
        Project.create(path, sample.founding())
    assert path.read_text() == "mine"


def test_a_project_that_cannot_be_made_leaves_nothing_behind(tmp_path, sample):
    bad = Edit("Found", None, after=(sample.article,))
    with pytest.raises(StaleEdit):
        Project.create(tmp_path / "x.annot", bad)
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(ProjectError, match="Nothing can be written there"):
        Project.create(tmp_path / "no" / "x.annot")


def _broken(path, how, project_path):
    data = project_path.read_bytes()
    if how == "text":
        path.write_text("just a text " * 50)
    elif how == "empty":
        path.write_bytes(b"")
    elif how == "half":
        path.write_bytes(data[: len(data) // 2])
    elif how == "other":
        connection = sqlite3.connect(path)
        connection.execute("CREATE TABLE x (y)")
        connection.commit()
        connection.close()
    elif how == "newer":
        newer = (MAJOR + 1) << 16
        path.write_bytes(data[:60] + newer.to_bytes(4, "big") + data[64:])


@pytest.mark.parametrize(
    ("how", "kind", "words"),
    [
        ("text", DamagedProject, "not an SQLite database"),
        ("empty", DamagedProject, "not an SQLite database"),
        ("half", DamagedProject, "cut short"),
        ("other", DamagedProject, "another program"),
        ("newer", NewerProject, "newer version"),
        ("missing", ProjectError, "no such project"),
    ],
)
def test_what_is_no_project_gets_one_clear_sentence(tmp_path, project, how, kind, words):
    project.close()
    path = tmp_path / "odd.annot"
    _broken(path, how, project.path)
    before = path.read_bytes() if path.exists() else b""
    with pytest.raises(kind, match=words) as caught:
        Project.open(path)
    assert str(path) in str(caught.value)
    assert (path.read_bytes() if path.exists() else b"") == before
    assert not path.with_name(path.name + "-lock").exists()


def test_a_newer_minor_format_opens(project):
    path = project.path
    project._conn.execute(f"PRAGMA user_version = {FORMAT + 7}")
    project.close()
    Project.open(path).close()


def test_network_and_synced_folders_get_a_rollback_journal(tmp_path, sample):
    home = tmp_path / "Dropbox"
    home.mkdir()
    with Project.create(home / "x.annot", sample.founding()) as project:
        assert rows(project, "PRAGMA journal_mode") == [("delete",)]
        project.apply(sample.tagged())
    with Project.create(tmp_path / "y.annot", sample.founding()) as project:
        assert rows(project, "PRAGMA journal_mode") == [("wal",)]


def test_a_copied_file_counts_as_another_replica(project, sample, tmp_path):
    project.apply(sample.tagged())
    path = project.path
    project.close()
    shutil.copy(path, tmp_path / "copy.annot")
    with Project.open(tmp_path / "copy.annot") as copy:
        copy.apply(sample.tagged(Span(8, 13)))
        replicas = {row[0] for row in rows(copy, "SELECT replica FROM edit")}
    assert len(replicas) >= 2


def test_a_batch_is_logged_by_reference_and_undone_whole(project, sample):
    made = [sample.suggestion(Span(i, i + 3)) for i in range(20)]
    project.apply(Edit("Run", None, after=tuple(made[:10]), batch="b"))
    project.apply(Edit("Run", None, after=tuple(made[10:]), batch="b"))
    assert rows(project, "SELECT before, after FROM edit WHERE batch = 'b'") == [("[]", "[]")] * 2
    project.apply(acts.accept(sample.desk, made[3], sample.text))
    undo = project.undoing_batch("b")
    assert undo.kept == 1
    project.apply(undo.edit)
    left = {a.id for a in project.annotations(sample.article.id, [sample.machine.id])}
    assert left == {made[3].id}
    project.apply(undo.edit.inverted())
    assert len(project.annotations(sample.article.id, [sample.machine.id])) == 20


def test_undoing_a_batch_brings_back_what_it_superseded(project, sample):
    old, new = sample.suggestion(Span(0, 7)), sample.suggestion(Span(0, 13))
    project.apply(Edit("Run 1", None, after=(old,), batch="one"))
    project.apply(Edit("Run 2", None, (old,), (new,), batch="two"))
    project.apply(project.undoing_batch("two").edit)
    assert project.annotations(sample.article.id) == [old]


def test_undoing_an_import_keeps_articles_that_were_coded(project, sample):
    coded, text = sample.made_article("First text that is coded")
    plain, other = sample.made_article("Second text that is not")
    project.apply(Edit("Import", None, after=(coded, text, plain, other), batch="i"))
    project.apply(acts.tag(sample.desk, text, [Span(0, 5)], sample.conflict))
    project.apply(project.undoing_batch("i").edit)
    assert project.get(Article, coded.id) and project.current_text(coded.id)
    assert project.get(Article, plain.id) is None


def test_undoing_a_batch_restores_rows_it_changed_unless_changed_since(project, sample):
    one, text = sample.made_article("Text one", "One")
    two, other = sample.made_article("Text two", "Two")
    project.apply(Edit("Import", None, after=(one, text, two, other)))
    changed = tuple(replace(a, note="bulk") for a in (one, two))
    project.apply(Edit("Bulk", None, (one, two), changed, batch="b"))
    project.apply(Edit("Note", None, (changed[1],), (replace(changed[1], note="mine"),)))
    undo = project.undoing_batch("b")
    project.apply(undo.edit)
    assert undo.kept == 1
    assert project.get(Article, one.id).note == ""
    assert project.get(Article, two.id).note == "mine"


def test_reading_in_one_state_does_not_see_later_writes(project, sample):
    with project.reader() as reader, reader.one_state():
        assert len(reader.annotations(sample.article.id)) == 0
        project.apply(sample.tagged())
        assert len(reader.annotations(sample.article.id)) == 0


def test_links_of_answers_count_to_their_article(project, sample):
    tagged = sample.tagged()
    answer = acts.answer(sample.desk, sample.tone, sample.article.id, value=-1)
    link = Link(new_id(), sample.ada.id, "evidence", answer.after[0].id, tagged.after[0].id)
    project.apply(joined("All", [tagged, answer, Edit("Link", None, after=(link,))]))
    assert project.links_in(sample.article.id) == [link]


def test_every_error_of_the_store_is_a_sentence():
    for error in (DamagedProject, LockedProject, NewerProject, StaleEdit):
        assert issubclass(error, AnnotatorError)
