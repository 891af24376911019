"""Whatever coders do, in any order, with undo, redo and reopening: the file holds just that.

The model is a dictionary of records. Every act goes through the builders of `acts`; the project
must hold the dictionary's records and nothing else, every fragment must be what stands in its
text, and `check` must find nothing.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    precondition,
    rule,
    run_state_machine_as_test,
)

from annotator.errors import StaleEdit
from annotator.model import acts
from annotator.model.annotation import Annotation, Answer, Assignment, Decision, Link
from annotator.model.article import Article, Outlet, Story, TextVersion
from annotator.model.edit import Edit
from annotator.model.ids import new_id
from annotator.model.span import Span
from annotator.store.project import Project
from tests.store.coding_model import CodingModel, attributes, texts


class Coding(CodingModel):
    """Coders at work on a project."""

    # Coding

    @rule(data=st.data(), attributes=attributes, note=texts)
    def tag(self, data, attributes, note):
        version = self.picked_text(data)
        if version is not None:
            spans = self.spans(data, version.text)
            self.do(
                acts.tag(
                    self.desk(data),
                    version,
                    spans,
                    self.code(data),
                    attributes=attributes,
                    note=note,
                )
            )

    @precondition(CodingModel.has_own)
    @rule(data=st.data())
    def recode(self, data):
        annotation, desk = self.own(data)
        self.do(acts.recode(desk, annotation, self.code(data), keeps=["voice"]))

    @precondition(CodingModel.has_own)
    @rule(data=st.data())
    def reshape(self, data):
        annotation, desk = self.own(data)
        version = self.current(annotation.article_id)
        if version.text:
            self.do(acts.reshape(desk, annotation, version, self.spans(data, version.text)))

    @precondition(CodingModel.has_own)
    @rule(data=st.data(), attributes=attributes, note=texts, certainty=st.floats(0, 1))
    def describe(self, data, attributes, note, certainty):
        annotation, desk = self.own(data)
        self.do(
            acts.describe(desk, annotation, attributes=attributes, note=note, certainty=certainty)
        )

    @precondition(CodingModel.has_own)
    @rule(data=st.data())
    def delete(self, data):
        annotation, desk = self.own(data)
        self.do(acts.delete(desk, [annotation], self.project.links([annotation.id])))

    @precondition(CodingModel.has_own)
    @rule(data=st.data(), kind=st.sampled_from(["source", "cue", "same_quote", "not_same"]))
    def link(self, data, kind):
        one, desk = self.own(data)
        other = self.pick(data, Annotation)
        self.do(acts.link(desk, kind, one.id, other.id))

    @rule(data=st.data(), note=texts, value=st.sampled_from([-1, 0, [1, 2], "text 😀", 1.5]))
    def answer(self, data, note, value):
        desk = self.desk(data)
        unit = data.draw(st.sampled_from([*self.live(Article), self.sample.story]))
        before = self.rows.get((Answer, acts.answer_id(desk, self.sample.tone, unit.id)))
        given = data.draw(st.sampled_from([{"value": value}, {"missing": -7}]))
        self.do(acts.answer(desk, self.sample.tone, unit.id, note=note, former=before, **given))

    @precondition(lambda self: self.live(Answer) and self.live(Annotation))
    @rule(data=st.data())
    def give_evidence(self, data):
        answer = self.pick(data, Answer)
        self.do(acts.link(self.desk(data), "evidence", answer.id, self.pick(data, Annotation).id))

    @rule(data=st.data())
    def find_nothing(self, data):
        article = self.pick(data, Article)
        self.do(acts.nothing_found(self.desk(data), article.id, "boilerplate"))

    # Suggestions

    @rule(data=st.data(), number=st.integers(1, 6))
    def run_a_machine(self, data, number):
        version = self.picked_text(data)
        if version is None:
            return
        base = acts.tag(acts.Desk(self.sample.machine.id), version, [Span(0, 1)], self.code(data))
        made = [
            replace(
                acts.reshape(
                    self.sample.desk, base.after[0], version, self.spans(data, version.text)
                ).after[0],
                id=new_id(),
                score=0.5,
            )
            for _ in range(number)
        ]
        links = [
            Link(new_id(), self.sample.machine.id, "source", a.id, b.id) for a, b in pairwise(made)
        ]
        batch = new_id()
        self.do(Edit("Run", self.sample.machine.id, after=(*made, *links), batch=batch), batch)

    def has_suggestion(self):
        return bool(self.live(Annotation, coder_id=self.sample.machine.id))

    @precondition(has_suggestion)
    @rule(data=st.data(), is_changed=st.booleans())
    def accept(self, data, is_changed):
        suggestion = self.pick(data, Annotation, coder_id=self.sample.machine.id)
        version = self.current(suggestion.article_id)
        links = self.project.links([suggestion.id])
        ends = {link.to_id for link in links if link.from_id == suggestion.id} - {suggestion.id}
        companions = [
            r for r in self.live(Annotation, coder_id=self.sample.machine.id)
            if r.id in ends and r.spans(version.id)
        ]  # fmt: skip
        if suggestion.spans(version.id):
            code = self.code(data) if is_changed else None
            self.do(
                acts.accept(
                    self.desk(data),
                    suggestion,
                    version,
                    code=code,
                    companions=companions,
                    links=links,
                )
            )

    @precondition(has_suggestion)
    @rule(data=st.data(), verdict=st.sampled_from(["rejected", "skipped"]))
    def decide(self, data, verdict):
        suggestion = self.pick(data, Annotation, coder_id=self.sample.machine.id)
        version = self.current(suggestion.article_id)
        code = next(c for c in self.sample.codebook.codes if c.id == suggestion.code_id)
        if suggestion.spans(version.id):
            self.do(acts.decide(self.desk(data), suggestion, version, code, verdict=verdict))

    # Texts and the team's records

    @rule(text=texts, in_batch=st.booleans())
    def import_article(self, text, in_batch):
        article, version = self.sample.made_article(text, text[:20])
        story, outlet = Story(new_id(), "Storm"), Outlet(new_id(), "Ferry News")
        article = replace(article, story_id=story.id, outlet_id=outlet.id)
        batch = new_id() if in_batch else None
        self.do(Edit("Import", None, after=(story, outlet, article, version), batch=batch), batch)

    @rule(data=st.data(), new=texts)
    def correct_text(self, data, new):
        version = self.current(self.pick(data, Article).id)
        at = data.draw(st.integers(0, len(version.text)))
        until = data.draw(st.integers(at, min(len(version.text), at + 10)))
        fix = acts.correct_text(
            self.desk(data),
            version,
            version.text[:at] + new + version.text[until:],
            self.live(Annotation, article_id=version.article_id),
            number=self.project.next_number(version.article_id),
        )
        self.do(fix.edit)

    @rule(data=st.data(), note=texts, kind=st.sampled_from([Article, Story, Outlet]))
    def note(self, data, note, kind):
        if self.live(kind):
            record = self.pick(data, kind)
            self.do(Edit("Note", None, (record,), (replace(record, note=note),)))

    @rule(data=st.data())
    def remove_an_article(self, data):
        article = self.pick(data, Article)
        if len(self.live(Article)) == 1:
            return
        about = self.live(Annotation, article_id=article.id)
        answers = self.live(Answer, unit_id=article.id)
        ends = {r.id for r in (*about, *answers)}
        links = [x for x in self.live(Link) if x.from_id in ends or x.to_id in ends]
        rest = [
            r for kind in (TextVersion, Decision, Assignment)
            for r in self.live(kind, article_id=article.id)
        ]  # fmt: skip
        self.do(Edit("Remove", None, (article, *about, *answers, *links, *rest)))

    @precondition(lambda self: self.live(Story) or self.live(Outlet))
    @rule(data=st.data())
    def remove_an_unused_story_or_outlet(self, data):
        used = {r.story_id for r in self.live(Article)} | {r.outlet_id for r in self.live(Article)}
        used |= {r.unit_id for r in self.live(Answer)} | {self.sample.story.id}
        free = [r for r in (*self.live(Story), *self.live(Outlet)) if r.id not in used]
        if free:
            self.do(Edit("Remove", None, (data.draw(st.sampled_from(free)),)))

    @rule(data=st.data())
    def assign(self, data):
        article = self.pick(data, Article)
        made = Assignment(new_id(), article.id, self.sample.ben.id, self.sample.round.id)
        self.do(Edit("Assign", None, after=(made,)))

    # Undo, redo, and what goes wrong

    @precondition(lambda self: self.done)
    @rule()
    def undo(self):
        edit, batch = self.done.pop()
        if batch is None:
            back = edit.inverted()
        else:
            found = self.project.undoing_batch(batch)
            back = found.edit
            assert found.kept == 0 and set(map(id_of, back.before)) == set(map(id_of, edit.after))
        self.project.apply(back)
        self.take_in(back)
        self.undone.append(back.inverted())

    @precondition(lambda self: self.undone)
    @rule()
    def redo(self):
        edit = self.undone.pop()
        self.project.apply(edit)
        self.take_in(edit)
        self.done.append((edit, None))

    @precondition(lambda self: any(batch for _, batch in self.done))
    @rule(data=st.data())
    def undo_an_earlier_batch(self, data):
        batches = [(e, b) for e, b in self.done if b]
        edit, batch = data.draw(st.sampled_from(batches))
        back = self.project.undoing_batch(batch).edit
        self.project.apply(back)
        self.take_in(back)
        # What came after may stand on what is gone: undo starts anew.
        self.done.clear()
        self.undone.clear()
        for record in edit.after:
            stays = (type(record), record.id) in self.rows
            if isinstance(record, Annotation) and stays:
                assert self.is_used(record) or self.was_changed(record)

    def is_used(self, annotation):
        ends = [
            end for link in self.live(Link) if link.coder_id != self.sample.machine.id
            for end in (link.from_id, link.to_id)
        ]  # fmt: skip
        sources = {a.derived_from for a in self.live(Annotation)}
        return annotation.id in {*ends, *sources}

    def was_changed(self, annotation):
        return self.rows[Annotation, annotation.id] != annotation

    @precondition(CodingModel.has_own)
    @rule(data=st.data())
    def write_over_something_newer(self, data):
        annotation, desk = self.own(data)
        stale = replace(annotation, note=annotation.note + "!")
        with pytest.raises(StaleEdit):
            self.project.apply(acts.recode(desk, stale, self.sample.economy))

    @rule()
    def reopen(self):
        self.project.close()
        assert [p.name for p in self.home.iterdir()] == ["study.annot"]
        self.project = Project.open(self.home / "study.annot", journal=self.journal)


def id_of(record):
    return type(record), record.id


def test_any_order_of_acts_with_undo_and_reopening_is_kept_exactly():
    run_state_machine_as_test(
        Coding,
        settings=settings(
            max_examples=12,
            stateful_step_count=60,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            database=None,
        ),
    )
