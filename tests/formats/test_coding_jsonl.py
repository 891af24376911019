"""Everything about an article in one line: text and codings belong together."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.errors import BadInput
from annotator.formats.coding_jsonl import CodingJsonl, CodingJsonlOptions
from annotator.model.annotation import Fragment
from annotator.model.article import Article
from annotator.model.corpus import CodedArticle
from tests.formats.coded_corpus import (
    ANNA,
    CONFLICT,
    GOLDEN,
    TEXT,
    MemoryCorpus,
    corpus,
    exported,
    note,
    text_version,
)


def lines(tmp_path, project=None, **options):
    exported(CodingJsonl(), CodingJsonlOptions(**options), tmp_path / "out.jsonl", project)
    text = (tmp_path / "out.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


def by_id(rows):
    return {row["id"]: row for row in rows}


@pytest.mark.parametrize("name", ["coding.jsonl", "coding.stories.jsonl"])
def test_the_lines_are_those_in_golden(name, tmp_path):
    exported(CodingJsonl(), CodingJsonlOptions(), tmp_path / "coding.jsonl")
    assert (tmp_path / name).read_bytes() == (GOLDEN / name).read_bytes()


def test_the_same_project_gives_the_same_bytes_whatever_order_the_store_has(tmp_path):
    project = corpus()
    turned = replace(
        project,
        coded=tuple(
            replace(c, annotations=c.annotations[::-1], answers=c.answers[::-1],
                    links=c.links[::-1], decisions=c.decisions[::-1])
            for c in project.coded
        ),
    )  # fmt: skip
    assert lines(tmp_path, turned) == lines(tmp_path, project)


def test_each_line_is_one_article_in_the_shape_of_the_pipes(tmp_path):
    first, second, empty = lines(tmp_path)
    assert [a["id"] for a in (first, second, empty)] == ["a1", "a2", "a3"]
    assert first["text"] == TEXT
    assert (first["outlet"], first["headline"]) == ("Harbour Post", "Ferry crews walk out")
    assert first["blocks"][0] == {"start": 0, "end": 20, "role": "headline"}
    assert empty["text"] == ""
    assert empty["annotations"] == []


def test_every_fragment_cuts_its_words_out_of_the_text_beside_it(tmp_path):
    fragments = [
        (article["text"][f["start"] : f["end"]], f["exact"])
        for article in lines(tmp_path)
        for annotation in article["annotations"]
        for f in annotation["fragments"]
    ]
    assert len(fragments) == 20
    assert all(here == exact for here, exact in fragments)


def test_an_annotation_keeps_all_that_was_said(tmp_path):
    made = by_id(lines(tmp_path)[0]["annotations"])["x-war"]
    assert made == {
        "id": "x-war", "coder": "Anna", "coder_kind": "human", "round": "Main", "layer": "frame",
        "code": "war", "code_name": "War metaphor", "code_number": 10.5, "path": "conflict/war",
        "fragments": [{"start": 89, "end": 104, "exact": "war on the quay"}], "earlier": [],
        "attributes": {"strength": 2.5, "tone": "=bad"}, "note": 'why; "so"\nindeed',
        "certainty": 0.5, "score": None, "origin": "manual", "derived_from": None, "run": None,
        "codebook_version": 2, "created": "2026-03-01T09:30:00.000Z",
        "modified": "2026-03-02T10:00:00.000Z",
    }  # fmt: skip


def test_what_stands_on_an_earlier_text_is_kept_apart(tmp_path):
    annotations = by_id(lines(tmp_path)[0]["annotations"])
    earlier = [{"text_version": "a1-v1", "start": 3, "end": 9, "exact": "crisis"}]
    assert (annotations["x-lost"]["fragments"], annotations["x-lost"]["earlier"]) == ([], earlier)
    assert annotations["x-gold"]["earlier"] == earlier
    assert len(annotations["x-gold"]["fragments"]) == 1


def test_links_answers_decisions_and_assignments_are_there(tmp_path):
    article = lines(tmp_path)[0]
    assert [(e["kind"], e["from"], e["to"], e["coder"]) for e in article["links"]] == [
        ("evidence", "t1", "x-war", "Anna"),
        ("same_quote", "x-quote", "y-rtl", "Anna"),
        ("source", "s-quote", "s-source", "quotes 1.0"),
        ("source", "x-quote", "x-source", "Anna"),
    ]
    answers = by_id(article["answers"])
    assert answers["w2"]["value"] == [1, 2]
    assert (answers["w4"]["value"], answers["w4"]["missing"]) == (None, -7)
    assert [(d["coder"], d["verdict"]) for d in article["decisions"]] == [
        ("Anna", "rejected"),
        ("Ben; B.", "nothing_found"),
    ]
    assert article["assignments"][0]["blinds"] == ["outlet"]


def test_answers_on_stories_go_to_a_file_beside(tmp_path):
    summary = exported(CodingJsonl(), CodingJsonlOptions(), tmp_path / "out.jsonl")
    assert summary.paths == (tmp_path / "out.jsonl", tmp_path / "out.stories.jsonl")
    rows = [json.loads(r) for r in (tmp_path / "out.stories.jsonl").read_text().splitlines()]
    assert [(r["story_id"], r["story"], r["variable"], r["value_label"]) for r in rows] == [
        ("story-strike", "Ferry strike", "agree", "no"),
        ("story-gone", "", "agree", "yes"),
    ]


def test_without_answers_on_stories_there_is_one_file(tmp_path):
    summary = exported(CodingJsonl(), CodingJsonlOptions(coders=("Final",)), tmp_path / "o.jsonl")
    assert summary.paths == (tmp_path / "o.jsonl",)
    assert [p.name for p in tmp_path.iterdir()] == ["o.jsonl"]


def test_coders_and_suggestions_can_be_left_out(tmp_path):
    own = lines(tmp_path, coders=("Anna",), suggestions=False)
    for article in own:
        for part in ("annotations", "links", "answers", "decisions", "assignments"):
            assert {row["coder"] for row in article[part]} <= {"Anna"}
    assert own[0]["annotations"] and own[0]["links"] and own[0]["decisions"]
    people = lines(tmp_path, suggestions=False)[0]
    assert {a["coder_kind"] for a in people["annotations"]} == {"human", "adjudicator"}


def test_an_accepted_suggestion_keeps_its_origin_without_the_suggestion(tmp_path):
    article = lines(tmp_path, suggestions=False)[0]
    assert by_id(article["annotations"])["x-quote"]["origin"] == "accepted"


def test_only_actors_earlier_texts_and_broken_spans_are_lost(tmp_path):
    losses = CodingJsonl().losses(corpus(), CodingJsonlOptions())
    assert losses.counts == {
        "annotations whose words differ from the text": 1,
        "annotations whose code is in no codebook (named by its id)": 1,
        "texts of earlier versions": 1,
        "actors and their other names": 1,
    }
    assert losses.places["annotations whose words differ from the text"] == [
        "Ferry crews walk out [0-5]"
    ]
    summary = exported(CodingJsonl(), CodingJsonlOptions(), tmp_path / "o.jsonl")
    assert summary.losses == losses


def test_the_summary_says_what_was_written(tmp_path):
    *done, summary = CodingJsonl().write(corpus(), tmp_path / "o.jsonl", CodingJsonlOptions())
    assert done == [1, 2, 3]
    assert summary.written == {"articles": 3, "annotations": 18, "fragments": 20, "answers": 9}


def test_an_unknown_coder_is_refused(tmp_path):
    with pytest.raises(BadInput, match="no coder “Zoe”"):
        lines(tmp_path, coders=("Zoe",))
    assert list(tmp_path.iterdir()) == []


def test_stopping_in_the_middle_leaves_the_old_file(tmp_path):
    out = tmp_path / "o.jsonl"
    out.write_text("old")
    steps = CodingJsonl().write(corpus(), out, CodingJsonlOptions())
    assert next(steps) == 1
    steps.close()
    assert out.read_text() == "old"
    assert list(tmp_path.iterdir()) == [out]


@settings(max_examples=60, deadline=None)
@given(
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20),
    st.text(max_size=10),
    st.data(),
)
def test_any_text_comes_back_as_it_was(tmp_path_factory, text, other, data):
    cut = data.draw(st.integers(0, len(text) - 1))
    version = text_version("a1", text)
    made = note("x", ANNA, CONFLICT, (Fragment(version.id, cut, len(text), text[cut:]),),
                note=other, attributes={"tone": [other]})  # fmt: skip
    project = MemoryCorpus((CodedArticle(Article("a1", other), version, annotations=(made,)),))
    (article,) = lines(tmp_path_factory.mktemp("out"), project)
    (annotation,) = article["annotations"]
    assert article["text"] == text
    assert annotation["fragments"] == [{"start": cut, "end": len(text), "exact": text[cut:]}]
    assert annotation["attributes"] == {"tone": [other]}
    assert (article["headline"], annotation["note"]) == (other, other)
