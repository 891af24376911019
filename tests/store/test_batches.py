"""Bulk acts are undone whole, less what people have built on, with all that this needs."""

from __future__ import annotations

from dataclasses import replace

import pytest

from annotator.errors import BadSpan, StaleEdit
from annotator.model import acts
from annotator.model.annotation import (
    Actor,
    Alias,
    Annotation,
    Assignment,
    Coder,
    Link,
    Round,
    Run,
)
from annotator.model.article import Article, Outlet, Story, TextVersion
from annotator.model.edit import Edit
from annotator.model.ids import new_id
from annotator.model.span import Span
from annotator.store.checking import check


@pytest.fixture
def imported(project, sample):
    """Import an article with its own story and outlet as a batch."""
    story, outlet = Story(new_id(), "Storm"), Outlet(new_id(), "Ferry News")
    article, text = sample.made_article("A storm keeps the ferry in the harbour", "Storm")
    article = replace(article, story_id=story.id, outlet_id=outlet.id)
    edit = Edit("Import", None, after=(story, outlet, article, text), batch="i")
    project.apply(edit)
    return edit


def undo(project, batch):
    found = project.undoing_batch(batch)
    project.apply(found.edit)
    assert check(project.path) == []
    return found


def there(project, records):
    return [project.get(type(r), r.id) is not None for r in records]


def test_a_batch_that_is_not_known_is_undone_by_nothing(project):
    found = project.undoing_batch("nothing")
    assert found.kept == 0 and not found.edit


def test_an_unused_import_goes_with_its_story_and_outlet(project, imported):
    assert undo(project, "i").kept == 0
    assert there(project, imported.after) == [False] * 4
    project.apply(project.undoing_batch(project.log(1)[0].batch).edit)
    assert there(project, imported.after) == [True] * 4


def uses(sample, article, text):
    """Return every way in which people build on an imported article."""
    desk = sample.desk
    given = Assignment(new_id(), article.id, sample.ada.id)
    return {
        "annotation": acts.tag(desk, text, [Span(2, 7)], sample.conflict),
        "answer": acts.answer(desk, sample.tone, article.id, value=-1),
        "decision": acts.nothing_found(desk, article.id, "frame"),
        "assignment": Edit("Assign", None, after=(given,)),
        "correction": acts.correct_text(desk, text, "Corrected", [], number=2).edit,
    }


@pytest.mark.parametrize("use", ["annotation", "answer", "decision", "assignment", "correction"])
def test_a_used_article_stays_with_its_text_story_and_outlet(project, sample, imported, use):
    _, _, article, text = imported.after
    project.apply(uses(sample, article, text)[use])
    found = undo(project, "i")
    assert found.kept == 4
    assert there(project, imported.after) == [True] * 4


def test_a_story_stays_for_an_answer_on_it(project, sample, imported):
    story = imported.after[0]
    project.apply(acts.answer(sample.desk, sample.tone, story.id, value=-1))
    assert undo(project, "i").kept == 1
    assert there(project, imported.after) == [True, False, False, False]


def test_suggestions_go_with_their_article_and_come_back_with_it(project, sample, imported):
    text = imported.after[3]
    one, two = (
        replace(
            acts.tag(acts.Desk(sample.machine.id), text, [span], sample.direct).after[0], score=1.0
        )
        for span in (Span(2, 7), Span(8, 13))
    )
    link = Link(new_id(), sample.machine.id, "source", one.id, two.id)
    project.apply(Edit("Highlight", sample.machine.id, after=(one, two, link), batch="h"))
    back = undo(project, "i")
    assert there(project, (one, two, link)) == [False] * 3
    project.apply(back.edit.inverted())
    assert there(project, (one, two, link, *imported.after)) == [True] * 7


@pytest.mark.parametrize("end", ["from", "to", "evidence"])
def test_a_suggestion_stays_for_a_persons_link(project, sample, end):
    one, two = sample.suggestion(Span(0, 7)), sample.suggestion(Span(18, 27))
    run = Run(new_id(), sample.machine.id, "quotes", "1")
    one, two = replace(one, run_id=run.id), replace(two, run_id=run.id)
    theirs = Link(new_id(), sample.machine.id, "source", one.id, two.id)
    project.apply(Edit("Run", sample.machine.id, after=(run, one, two, theirs), batch="r"))
    mine = sample.tagged(Span(8, 13))
    answer = acts.answer(sample.desk, sample.tone, sample.article.id, value=-1)
    project.apply(mine)
    project.apply(answer)
    start = {"from": one.id, "to": mine.after[0].id, "evidence": answer.after[0].id}[end]
    target = mine.after[0].id if end == "from" else one.id
    project.apply(acts.link(sample.desk, "same_quote", start, target))
    assert undo(project, "r").kept == 2
    assert there(project, (one, two, theirs, run)) == [True, False, False, True]


def test_what_a_kept_row_derives_from_stays_too(project, sample):
    machine = sample.suggestion(Span(0, 7))
    copied = replace(machine, id=new_id(), coder_id=sample.ben.id, derived_from=machine.id)
    project.apply(Edit("Merge", None, after=(machine, copied), batch="m"))
    project.apply(acts.link(sample.desk, "same_quote", copied.id, copied.id))
    assert undo(project, "m").kept == 2
    assert there(project, (machine, copied)) == [True, True]


def test_people_rounds_and_actors_stay_while_they_are_used(project, sample):
    coder, other = Coder(new_id(), "Cleo"), Coder(new_id(), "Dan")
    phase, actor = Round(new_id(), "Pilot", "pilot"), Actor(new_id(), "Mayor")
    records = (coder, other, phase, actor)
    project.apply(Edit("Team", None, after=records, batch="t"))
    desk = acts.Desk(coder.id, phase.id)
    project.apply(acts.tag(desk, sample.text, [Span(0, 7)], sample.conflict))
    project.apply(Edit("Alias", None, after=(Alias(new_id(), actor.id, "the mayor"),)))
    assert undo(project, "t").kept == 3
    assert there(project, records) == [True, False, True, True]


def test_bulk_corrections_are_undone_with_their_moved_annotations(project, sample):
    project.apply(sample.tagged(Span(18, 27)))
    fix = acts.correct_text(
        sample.desk, sample.text, "New: " + sample.text.text,
        project.annotations(sample.article.id), number=2,
    )  # fmt: skip
    project.apply(replace(fix.edit, batch="c"))
    assert undo(project, "c").kept == 0
    assert project.current_text(sample.article.id) == sample.text
    (left,) = project.annotations(sample.article.id)
    assert {f.text_version_id for f in left.fragments} == {sample.text.id}


def test_a_bulk_correction_stays_where_people_annotated_since(project, sample):
    fix = acts.correct_text(sample.desk, sample.text, "Another text", [], number=2)
    project.apply(replace(fix.edit, batch="c"))
    project.apply(acts.tag(sample.desk, fix.version, [Span(0, 7)], sample.conflict))
    assert undo(project, "c").kept == 1
    assert project.get(TextVersion, fix.version.id) == fix.version


def test_a_row_changed_twice_in_a_batch_goes_back_to_the_first(project, sample):
    article = sample.article
    for old, new in (("", "one"), ("one", "two")):
        edit = Edit("Bulk", None, (replace(article, note=old),), (replace(article, note=new),))
        project.apply(replace(edit, batch="b"))
    assert undo(project, "b").kept == 0
    assert project.get(Article, article.id) == article


def test_undoing_a_batch_is_a_bulk_act_itself(project, imported):
    undo(project, "i")
    assert project.log(1)[0].batch not in {None, "i"}
    assert project.logged(project.log(1)[0].seq) == ((), ())


def test_an_undo_that_was_overtaken_is_compared_row_by_row(project, sample, imported):
    found = project.undoing_batch("i")
    article = imported.after[2]
    project.apply(Edit("Note", None, (article,), (replace(article, note="mine"),)))
    with pytest.raises(StaleEdit):
        project.apply(found.edit)
    assert there(project, imported.after) == [True] * 4


def test_a_tombstone_revived_elsewhere_gets_its_new_fragments(project, sample):
    edit = sample.tagged(Span(0, 7))
    project.apply(edit)
    project.apply(edit.inverted())
    moved = replace(edit.after[0], fragments=sample.tagged(Span(8, 13)).after[0].fragments)
    project.apply(Edit("Again", None, after=(moved,)))
    assert project.get(Annotation, moved.id) == moved
    assert check(project.path) == []


def test_values_that_are_equal_but_written_otherwise_are_not_stale(project, sample):
    edit = sample.tagged(attributes={"kind": 1})
    project.apply(edit)
    (made,) = edit.after
    project.apply(acts.recode(sample.desk, replace(made, attributes={"kind": 1.0}), sample.economy))
    assert project.get(Annotation, made.id).code_id == sample.economy.id


def test_an_annotation_cannot_move_to_another_article_with_its_old_fragments(project, sample):
    article, text = sample.made_article("Other text entirely")
    project.apply(Edit("Import", None, after=(article, text)))
    edit = sample.tagged()
    project.apply(edit)
    (made,) = edit.after
    with pytest.raises(BadSpan):
        project.apply(Edit("Move", None, (made,), (replace(made, article_id=article.id),)))
