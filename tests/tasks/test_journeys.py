"""The journeys of a researcher, on the sample corpus, through the Python API."""

from __future__ import annotations

import csv
import json

import pytest

from annotator.errors import BadCodebook, BadInput
from annotator.formats.codebooks import template
from annotator.formats.protocol import ExportSummary
from annotator.model import acts
from annotator.model.annotation import origin
from annotator.model.article import Article
from annotator.model.codebook import Code, Codebook, Layer
from annotator.model.span import Span
from annotator.model.suggestions import open_suggestions
from annotator.store.checking import check
from annotator.tasks.codebooks import replacing
from annotator.tasks.exporting import exporter, exporting
from annotator.tasks.founding import desk_of, new_project
from annotator.tasks.highlighting import highlighting, machine_coder
from annotator.tasks.importing import importing
from annotator.tasks.running import run


def desk(project, name="Ada"):
    made, edit = desk_of(project, name)
    if edit is not None:
        project.apply(edit)
    return made


def first_article(project):
    return next(project.articles())


def test_the_sample_holds_five_outlets_and_two_coders_with_their_answers(sample):
    assert sample.count() == 5
    assert len(sample.outlets) == 5
    assert len(sample.stories) == 1
    coders = {c.name for c in sample.coders.values() if c.kind == "human"}
    assert len(coders) == 2
    assert all(article.answers for article in sample.articles())


def test_highlighting_twice_changes_nothing(sample):
    run(sample, highlighting(sample))
    suggestions, edits = sample.count_suggestions(), len(sample.log(1000))
    run(sample, highlighting(sample))
    assert sample.count_suggestions() == suggestions > 100
    assert len(sample.log(1000)) == edits


def test_two_copies_of_a_project_get_the_same_suggestions(sample, sample_file, tmp_path):
    other_path = tmp_path / "other.annot"
    other_path.write_bytes(sample_file.read_bytes())
    run(sample, highlighting(sample))
    with type(sample).open(other_path) as other:
        run(other, highlighting(other, jobs=2))
        for one, two in zip(sample.articles(), other.articles(), strict=True):
            machine = {a.id for a in one.annotations if sample.coders[a.coder_id].kind == "machine"}
            assert machine == {a.id for a in two.annotations
                               if other.coders[a.coder_id].kind == "machine"}  # fmt: skip


def test_a_quote_suggestion_has_its_speaker_linked(sample):
    run(sample, highlighting(sample, layers=["quotes"]))
    linked = [
        (annotation, link)
        for article in sample.articles()
        for link in article.links
        for annotation in article.annotations
        if link.from_id == annotation.id and link.kind == "source"
    ]
    assert len(linked) > 5
    codebook = sample.codebook
    assert {codebook.code_by_id(a.code_id).layer for a, _ in linked} == {"quote"}


def test_an_accepted_suggestion_is_ones_own_and_no_longer_open(sample):
    run(sample, highlighting(sample))
    article, mine = first_article(sample), desk(sample)
    machine = [a for a in article.annotations if a.run_id]
    sample.apply(acts.accept(mine, machine[0], article.version))
    article = first_article(sample)
    own = [a for a in article.annotations if a.derived_from == machine[0].id]
    assert origin(own[0], sample.coders[mine.coder_id], {machine[0].id: machine[0]}) == "accepted"
    open_now = open_suggestions(machine, own, [], article.version, sample.codebook)
    assert machine[0] not in open_now
    assert len(open_now) == len(machine) - 1


def test_a_rejected_suggestion_stays_rejected_for_this_coder_only(sample):
    run(sample, highlighting(sample))
    article, mine = first_article(sample), desk(sample)
    machine = [a for a in article.annotations if a.run_id]
    code = sample.codebook.code_by_id(machine[0].code_id)
    sample.apply(acts.decide(mine, machine[0], article.version, code, verdict="rejected"))
    run(sample, highlighting(sample))
    for coder, hidden in ((mine, True), (desk(sample, "Ben"), False)):
        decisions = sample.decisions(article.article.id, coder.coder_id)
        shown = open_suggestions(machine, [], decisions, article.version, sample.codebook)
        assert (machine[0] not in shown) == hidden


def test_a_newer_component_supersedes_what_nobody_used(sample, monkeypatch):
    run(sample, highlighting(sample, layers=["entities"]))
    article, mine = first_article(sample), desk(sample)
    machine = [a for a in article.annotations if a.run_id]
    used, decided = machine[0], machine[1]
    sample.apply(acts.accept(mine, used, article.version))
    code = sample.codebook.code_by_id(decided.code_id)
    sample.apply(acts.decide(mine, decided, article.version, code, verdict="rejected"))
    from annotator.highlight import pipeline

    monkeypatch.setitem(pipeline.VERSIONS, "entities", "newer")
    run(sample, highlighting(sample, layers=["entities"]))
    now = first_article(sample)
    coder = machine_coder("entities").id
    left = {a.id for a in now.annotations if a.coder_id == coder}
    assert {used.id, decided.id} <= left
    assert not left & {a.id for a in machine[2:]}
    places = [(a.code_id, a.spans(now.version.id)) for a in now.annotations if a.id in left]
    assert len(places) == len(set(places))


def test_undoing_a_highlight_run_takes_its_suggestions_back(sample):
    run(sample, highlighting(sample))
    batches = {entry.batch for entry in sample.log(1000) if entry.label == "Highlight"}
    assert len(batches) == 1
    sample.apply(sample.undoing_batch(batches.pop()).edit)
    assert sample.count_suggestions() == 0


def test_a_corrected_text_carries_everybodys_annotations(sample):
    run(sample, highlighting(sample))
    article, mine = first_article(sample), desk(sample)
    text = article.version.text
    place = text.index(". ", 600)
    fixed = text[:place] + ", 😀 as corrected" + text[place:]
    fix = acts.correct_text(
        mine,
        article.version,
        fixed,
        article.annotations,
        number=sample.next_number(article.article.id),
        reason="typo",
    )
    sample.apply(fix.edit)
    now = first_article(sample)
    assert now.version.text == fixed
    assert len(fix.moved) + len(fix.adapted) + len(fix.lost) == len(article.annotations)
    assert len(fix.moved) >= len(article.annotations) - 6
    for annotation in fix.moved:
        stored = sample.get(type(annotation), annotation.id)
        before = [s.of(text) for s in stored.spans(article.version.id)]
        assert [s.of(fixed) for s in stored.spans(fix.version.id)] == before
    assert check(sample.path) == []


def test_both_exports_hold_what_was_coded(sample, tmp_path):
    run(sample, highlighting(sample))
    for name, out in (("coding-csv", tmp_path / "out"), ("jsonl", tmp_path / "out.jsonl")):
        chosen = exporter(name)
        made = list(exporting(sample, chosen, out, chosen.options()))
        assert isinstance(made[-1], ExportSummary)
    with (tmp_path / "out" / "spans.csv").open(encoding="utf-8-sig", newline="") as file:
        spans = list(csv.DictReader(file))
    human = [a for x in sample.articles() for a in x.annotations if not a.run_id]
    assert len({row["annotation_id"] for row in spans}) == len(human)
    lines = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text("utf-8").splitlines()]
    assert len(lines) == 5
    for line in lines:
        for annotation in line["annotations"]:
            for fragment in annotation["fragments"]:
                start, end = fragment["start"], fragment["end"]
                assert line["text"][start:end] == fragment["exact"]


def test_importing_the_same_file_twice_leaves_it_out_with_a_sentence(tmp_path):
    page = tmp_path / "page.txt"
    page.write_text("Ferry returns to Quay Nine\n\nThe ferry returned to Quay Nine on Monday after "
                    "a pause of two weeks, its owner said.\n", encoding="utf-8")  # fmt: skip
    with new_project(tmp_path / "x.annot", ["stance"], coder="Ada") as project:
        first = run(project, importing(project, [page], story="Ferry", outlet="Post"))
        again = run(project, importing(project, [page], story="Ferry", outlet="Post"))
        other = run(project, importing(project, [page], story="Ferry", outlet="Wire"))
        assert (first.done, again.done, other.done) == (1, 0, 1)
        assert "in the project already" in again.warnings[0]
        assert "another outlet" in other.warnings[0]
        articles = [a.article for a in project.articles()]
        assert [a.headline for a in articles] == ["Ferry returns to Quay Nine"] * 2
        assert {a.provenance.get("duplicate_of") for a in articles} != {None}
        assert len(project.stories) == 1


def test_an_import_is_undone_whole(tmp_path):
    folder = tmp_path / "pages"
    folder.mkdir()
    for n in range(3):
        (folder / f"{n}.txt").write_text(f"Report number {n} says nothing new.\n")
    with new_project(tmp_path / "x.annot") as project:
        run(project, importing(project, [folder]))
        batch = project.log(1)[0].batch
        project.apply(project.undoing_batch(batch).edit)
        assert project.count() == 0


def test_a_codebook_that_lacks_codes_in_use_is_refused(sample):
    book = template("entman")
    with pytest.raises(BadCodebook, match="lacks what annotations or answers use"):
        replacing(sample, book)


def test_an_unused_codebook_is_replaced(tmp_path):
    with new_project(tmp_path / "x.annot", ["stance"]) as project:
        layer = Layer("mine", "Mine")
        project.apply(replacing(project, Codebook((layer,), (Code("mine", "one", "One"),))))
        book = project.codebook
        assert [c.slug for c in book.codes_of("mine")] == ["one"]
        assert book.layer("entity") is not None
        assert book.layer("stance") is None
        assert project.codebook_version().number == 2


def test_an_unknown_template_names_the_known_ones(tmp_path):
    with pytest.raises(BadInput, match="entman"):
        new_project(tmp_path / "x.annot", ["no-such"])
    assert not (tmp_path / "x.annot").exists()


def test_tagging_and_undo_through_the_api(sample):
    article, mine = first_article(sample), desk(sample)
    code = next(c for c in sample.codebook.codes if c.layer == "framing")
    edit = acts.tag(mine, article.version, [Span(0, 5), Span(8, 12)], code, note="two fragments")
    sample.apply(edit)
    assert edit.after[0] in first_article(sample).annotations
    sample.apply(edit.inverted())
    assert edit.after[0] not in first_article(sample).annotations
    assert sample.get(Article, article.article.id) == article.article
