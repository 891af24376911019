"""Comparing from a project and from lines: what is known is used, what is not is found out."""

from __future__ import annotations

from dataclasses import replace

import pytest

from annotator.compare.shape import to_json
from annotator.errors import BadInput
from annotator.model.annotation import Coder
from annotator.model.article import Story
from annotator.model.edit import Edit
from annotator.model.ids import new_id
from annotator.model.step import Step
from annotator.tasks.comparing import blocks_of, chosen_story, comparing, comparing_lines
from annotator.tasks.highlighting import highlighting
from annotator.tasks.running import run
from tests.compare.samples import AGENCY, PAPER, THIRD


def outcome(project):
    *steps, made = comparing(project, chosen_story(project, ""))
    assert all(isinstance(step, Step) for step in steps)
    return made


@pytest.fixture(scope="module")
def compared_lines():
    return comparing_lines([
        {"id": "agency", "outlet": "Coast Wire", "text": AGENCY, "published": "2026-03-03"},
        {"id": "paper", "outlet": "Vellmar Post", "text": PAPER, "published": None},
        {"id": "third", "text": THIRD},
    ])  # fmt: skip


def test_lines_are_highlighted_on_the_way(compared_lines):
    clusters = [{m.place.article for m in q.members} for q in compared_lines.quotes]
    assert {"agency", "paper", "third"} in clusters
    assert "Ines Dahl" in {actor.name for actor in compared_lines.names}
    assert any(block.role == "promo" for block in compared_lines.articles[1].furniture)


def test_lines_without_facts_are_compared_all_the_same(compared_lines):
    assert compared_lines.articles[2].outlet == ""
    assert compared_lines.articles[1].published == ""


def test_blocks_of_a_line_count_as_furniture_where_they_make_sense():
    line = {"text": "Ad here", "blocks": [
        {"start": 0, "end": 2, "role": "advertisement"}, {"start": 5, "end": 99, "role": "promo"},
        {"start": None, "end": 2, "role": "promo"},
    ]}  # fmt: skip
    assert [(b.start, b.end, b.role) for b in blocks_of(line)] == [(0, 2, "advertisement")]


def test_a_project_nobody_highlighted_is_compared_and_not_changed(sample):
    before = sample.counts()
    made = outcome(sample)
    assert made.pairs and made.quotes and made.names
    assert sample.counts() == before


def test_suggestions_in_the_project_are_used(sample):
    run(sample, highlighting(sample))
    fresh = outcome(sample)
    machine = next(c for c in sample.coders.values() if c.name == "Quotes (machine)")
    quotes = [
        a for article in sample.articles() for a in article.annotations
        if a.coder_id == machine.id
    ]  # fmt: skip
    ids = {quote.id for quote in quotes}
    links = [
        link for article in sample.articles() for link in article.links
        if {link.from_id, link.to_id} & ids
    ]  # fmt: skip
    sample.apply(Edit("Remove quotes", machine.id, before=(*quotes, *links)))
    assert fresh.quotes and outcome(sample).quotes == ()


def test_an_adjudicators_quotes_replace_the_machines(sample):
    run(sample, highlighting(sample))
    judge = Coder(new_id(), "Judge", "adjudicator")
    machine = next(c for c in sample.coders.values() if c.name == "Quotes (machine)")
    article = next(
        a for a in sample.articles()
        if any(q.coder_id == machine.id for q in a.annotations)
    )  # fmt: skip
    direct = sample.codebook.code("quote", "direct")
    suggestion = next(
        q for q in article.annotations if q.coder_id == machine.id and q.code_id == direct.id
    )
    kept = replace(suggestion, id=new_id(), coder_id=judge.id, run_id=None)
    sample.apply(Edit("Adjudicate", judge.id, after=(judge, kept)))
    made = next(m for m in outcome(sample).articles if m.id == article.article.id)
    assert [q.content for q in made.quotes] == [suggestion.spans(article.version.id)]


def test_boilerplate_of_the_project_is_left_out(sample):
    run(sample, highlighting(sample))
    made = outcome(sample)
    assert any(article.furniture for article in made.articles)
    for stretch in made.only_here:
        article = next(a for a in made.articles if a.id == stretch.article)
        assert not any(b.start < stretch.end and stretch.start < b.end for b in article.furniture)


def test_the_outcome_does_not_depend_on_who_highlights(sample):
    before = to_json(outcome(sample))
    run(sample, highlighting(sample))
    assert to_json(outcome(sample)) == before


def test_a_story_is_found_by_title_in_any_case(sample):
    story = next(iter(sample.stories.values()))
    assert chosen_story(sample, story.title.upper()) == story
    with pytest.raises(BadInput, match="no story “Other”"):
        chosen_story(sample, "Other")


def test_several_stories_ask_for_a_choice(sample):
    sample.apply(Edit("Add a story", None, after=(Story(new_id(), "Second"),)))
    with pytest.raises(BadInput, match=r"--story: .*“Second”"):
        chosen_story(sample, "")
    with pytest.raises(BadInput, match="no article"):
        list(comparing(sample, chosen_story(sample, "Second")))
