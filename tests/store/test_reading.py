"""What readers tell: whole coded articles, order, duplicates, the log, counts."""

from __future__ import annotations

from dataclasses import replace

import pytest

from annotator.errors import BadInput
from annotator.model import acts
from annotator.model.annotation import Actor, Alias, Annotation, Assignment, Run
from annotator.model.article import Article, Outlet, Story, TextVersion
from annotator.model.edit import Edit, joined
from annotator.model.ids import new_id
from annotator.model.span import Span
from annotator.store.checking import check
from annotator.store.fetching import CHUNK
from annotator.store.project import Project
from annotator.store.readers import AT_ONCE
from annotator.store.rows import from_log, to_log


def test_a_coded_article_is_complete_in_itself(project, sample):
    late, early = sample.tagged(Span(18, 27)), sample.tagged(Span(0, 7))
    link = sample.linked(late.after[0], early.after[0])
    answer = acts.answer(sample.desk, sample.tone, sample.article.id, value=-1)
    decision = acts.nothing_found(sample.desk, sample.article.id, "boilerplate")
    project.apply(joined("All", [late, early, link, answer, decision]))
    (coded,) = project.articles()
    assert (coded.article, coded.version) == (sample.article, sample.text)
    assert (coded.outlet, coded.story) == (sample.outlet, sample.story)
    assert coded.annotations == (*early.after, *late.after)
    assert (coded.answers, coded.links) == (answer.after, link.after)
    assert coded.decisions == decision.after


def test_annotations_lost_in_a_correction_come_last(project, sample):
    lost, kept = sample.tagged(Span(0, 17)), sample.tagged(Span(62, 70))
    project.apply(joined("Both", [lost, kept]))
    fix = acts.correct_text(
        sample.desk, sample.text, "New" + sample.text.text[17:],
        project.annotations(sample.article.id), number=2,
    )  # fmt: skip
    project.apply(fix.edit)
    assert [a.id for a in fix.lost] == [lost.after[0].id]
    (coded,) = project.articles()
    assert [a.id for a in coded.annotations] == [kept.after[0].id, lost.after[0].id]


def test_articles_come_by_story_and_date_and_some_by_their_ids(project, sample):
    made = []
    for number in range(AT_ONCE + 5):
        article, text = sample.made_article(f"Text {number}")
        made += [replace(article, published=f"2026-01-01T{number:05}"), text]
    loose, its_text = sample.made_article("No story")
    made += [replace(loose, story_id=None), its_text]
    project.apply(Edit("Import", None, after=tuple(made)))
    ids = project.article_ids()
    assert ids[0] == loose.id and ids[-1] == sample.article.id
    assert [coded.article.id for coded in project.articles()] == ids
    assert [c.article.id for c in project.articles([ids[3], "nothing", ids[1]])] == [
        ids[3], ids[1]
    ]  # fmt: skip


def test_more_records_than_fit_one_statement_are_all_found(project, sample):
    outlets = tuple(Outlet(new_id(), f"Outlet {i}") for i in range(CHUNK * 2 + 1))
    project.apply(Edit("Outlets", None, after=outlets))
    assert set(project.get_all(Outlet, [o.id for o in outlets]).values()) == set(outlets)


def test_annotations_and_answers_of_one_coder_are_told_apart(project, sample):
    mine = sample.tagged()
    other = acts.tag(acts.Desk(sample.ben.id), sample.text, [Span(0, 3)], sample.conflict)
    answer = acts.answer(sample.desk, sample.tone, sample.article.id, value=-1)
    decision = acts.nothing_found(sample.desk, sample.article.id, "frame")
    project.apply(joined("All", [mine, other, answer, decision]))
    article = sample.article.id
    assert project.annotations(article, [sample.ben.id]) == list(other.after)
    assert project.annotations(article, []) == []
    assert project.answers(article, sample.ben.id) == []
    assert project.answers(article, sample.ada.id) == list(answer.after)
    assert project.decisions(article, sample.ben.id) == []
    assert project.decisions(article, sample.ada.id) == list(decision.after)
    assert len(project.all(Annotation)) == 2


def test_answers_on_stories_and_actors_with_their_names_are_told(project, sample):
    answer = acts.answer(sample.desk, sample.tone, sample.story.id, missing=-7)
    actor, nameless = Actor(new_id(), "Mayor of Łódź"), Actor(new_id(), "Ferry crew")
    alias = Alias(new_id(), actor.id, "the mayor")
    project.apply(answer)
    project.apply(Edit("Actors", None, after=(actor, nameless, alias)))
    assert list(project.story_answers()) == list(answer.after)
    assert dict(project.actors()) == {actor: (alias,), nameless: ()}


def test_the_same_text_is_found_by_its_hash(project, sample):
    twin, text = sample.made_article()
    project.apply(Edit("Import", None, after=(twin, text)))
    found = project.articles_with_hash(sample.text.sha256)
    assert set(found) == {sample.article.id, twin.id}
    assert project.articles_with_hash("nothing") == []


def test_the_log_tells_who_did_what_in_which_order(project, sample):
    edit = sample.tagged()
    project.apply(edit)
    project.apply(edit.inverted())
    newest, former = project.log(2)
    assert newest.seq == former.seq + 1
    assert former.coder_id == sample.ada.id and former.label.startswith("Tag “Harbour”")
    assert project.logged(former.seq) == ((), edit.after)
    assert project.logged(newest.seq) == (edit.after, ())
    assert project.logged(999) == ((), ())


def test_every_kind_of_record_comes_back_from_the_log(project, sample):
    for record in sample.founding().after:
        assert from_log(to_log([record])) == (record,)


def test_counts_tell_how_much_there_is(project, sample):
    project.apply(sample.tagged())
    project.apply(Edit("Run", None, after=(sample.suggestion(Span(0, 7)),)))
    project.apply(acts.answer(sample.desk, sample.tone, sample.article.id, value=-1))
    told = project.counts()
    assert (told["articles"], told["annotations"], told["answers"]) == (1, 2, 1)
    assert {(r["coder"], r["annotations"]) for r in told["annotations_by_code"]} == {
        ("Ada", 1),
        ("Entities (machine)", 1),
    }
    assert project.count_suggestions() == 1
    items = [sample.conflict.id, sample.economy.id, sample.tone.id]
    assert project.uses_of(items) == {"Conflict": 2, "Tone": 1}


def test_the_team_is_told(project, sample):
    runs = [Run(new_id(), sample.machine.id, "quotes", "1", created=t) for t in ("2027", "2026")]
    story = Story(new_id(), "Storm")
    project.apply(Edit("Team", None, after=(*runs, story)))
    assert [run.created for run in project.runs()] == ["2026", "2027"]
    assert project.rounds == {sample.round.id: sample.round}
    assert set(project.stories) == {sample.story.id, story.id}
    assert project.outlets == {sample.outlet.id: sample.outlet}
    assert set(project.codebook_versions) == {sample.version.id}


def test_a_project_in_memory_has_one_connection(sample):
    with Project.in_memory() as project:
        assert project.codebook_version() is None and project.name == ""
        project.checkpoint()
        project.keep_lock()
        with pytest.raises(ValueError, match="in memory"):
            project.reader()
        project.apply(sample.founding())
        assert project.get(Article, sample.article.id) == sample.article
        assert project.current_text("nothing") is None
    Project.in_memory(sample.founding()).close()


def test_a_checkpoint_leaves_all_in_the_file(project, sample):
    project.apply(sample.tagged())
    wal = project.path.with_name("study.annot-wal")
    assert wal.stat().st_size > 0
    project.checkpoint()
    assert wal.stat().st_size == 0
    with project.reader() as reader:
        reader.checkpoint()
        assert reader.get_all(TextVersion, [sample.text.id])


def test_closing_twice_and_closing_what_cannot_be_finished_is_quiet(project, sample):
    project._conn.execute("PRAGMA busy_timeout = 1")
    reader = project.reader()
    with reader.one_state():
        reader.count()
        project.apply(sample.tagged())
        project.close()
        project.close()
    reader.close()
    with Project.open(project.path) as again:
        assert len(again.annotations(sample.article.id)) == 1


def test_a_project_without_an_edit_is_empty_and_whole(tmp_path):
    with Project.create(tmp_path / "x.annot") as project:
        assert project.count() == 0 and project.log() == []
        project.set_local("window", [1, 2])
        assert project.local("window") == [1, 2]
    assert check(project.path) == []


def test_the_quote_view_tells_a_quote_once_by_its_newest_words(project, sample):
    quote = sample.tagged(Span(46, 50), Span(51, 61), code=sample.direct)
    source, cue = sample.tagged(Span(18, 27)), sample.tagged(Span(39, 43))
    links = [
        sample.linked(quote.after[0], end.after[0], kind)
        for end, kind in ((source, "source"), (cue, "cue"))
    ]
    project.apply(joined("Quote", [quote, source, cue, *links]))
    fix = acts.correct_text(
        sample.desk, sample.text, "New! " + sample.text.text,
        project.annotations(sample.article.id), number=2,
    )  # fmt: skip
    project.apply(fix.edit)
    words = [Span(46, 50).of(sample.text.text), Span(51, 61).of(sample.text.text)]
    told = project._conn.execute("SELECT content, source, cue FROM v_quote").fetchall()
    assert told == [(" … ".join(words), "The mayor", Span(39, 43).of(sample.text.text))]
    query = "SELECT text_version, is_current, count(*) FROM v_annotation GROUP BY 1, 2"
    assert project._conn.execute(query).fetchall() == [(1, 0, 4), (2, 1, 4)]


@pytest.mark.parametrize("text", ["a\x00b", "a\r\nb", "other than hashed"])
def test_a_text_in_which_offsets_would_not_count_is_refused(project, sample, text):
    article, version = sample.made_article("good")
    with pytest.raises(BadInput, match="not canonical"):
        project.apply(Edit("Import", None, after=(article, replace(version, text=text))))
    assert project.count() == 1


def test_the_next_unfinished_article_comes_in_the_lists_order(project, sample):
    made = [sample.made_article(f"Text {n}", f"H{n}") for n in range(3)]
    project.apply(Edit("Import", None, after=tuple(r for pair in made for r in pair)))
    ids = project.article_ids()
    ada, phase = sample.ada.id, sample.round.id
    given = [
        Assignment(new_id(), i, ada, phase, status=s)
        for i, s in zip(ids, ("done", "done", "todo", "todo"), strict=True)
    ]
    project.apply(Edit("Assign", None, after=tuple(given)))
    assert project.progress(ada, phase) == (2, 4)
    assert project.progress(sample.ben.id, phase) == (0, 4)
    assert project.next_unfinished(ids[2], ada, phase) == ids[3]
    assert project.next_unfinished(ids[3], ada, phase) == ids[2]
    assert project.next_unfinished("nothing", ada, phase) == ids[2]
