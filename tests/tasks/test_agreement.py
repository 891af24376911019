"""Agreement in a project: who is compared with whom, on which articles and which words."""

from __future__ import annotations

import sys
from dataclasses import replace

import pytest

from annotator.agreement.bootstrap import Plan
from annotator.errors import BadInput
from annotator.model import acts
from annotator.model.annotation import Answer, Assignment, Coder, Round
from annotator.model.codebook import Attribute, Value, Variable
from annotator.model.edit import Edit
from annotator.model.ids import new_id
from annotator.model.span import Span
from annotator.store.project import Project
from annotator.tasks.agreement import ProjectAgreement, agreeing
from annotator.tasks.agreement_files import read_spans
from annotator.tasks.founding import new_project
from annotator.tasks.gamma import interpreter, measured
from annotator.tasks.highlighting import highlighting
from annotator.tasks.importing import importing
from annotator.tasks.planning import rarities_of
from annotator.tasks.running import run

PLAN = Plan(200)
TEXT = "The mayor spoke of a quarrel over money.\n\nThe council left without a word.\n"


def compared(project, **more):
    steps = list(agreeing(project, plan=PLAN, **more))
    assert isinstance(steps[-1], ProjectAgreement)
    assert all(step.edit is None for step in steps[:-1])
    return steps[-1]


def variable(made, slug):
    return made.report.variables[made.slugs.index(slug)]


class Study:
    """A project of some articles, on which coders can be made to work."""

    def __init__(self, folder, articles=4):
        for number in range(articles):
            (folder / f"{number}.txt").write_text(f"Headline {number}\n\n{TEXT}", encoding="utf-8")
        self.project = new_project(folder / "study.annot", ["stance", "generic-frames"])
        run(self.project, importing(self.project, sorted(folder.glob("*.txt")), story="Quarrel"))
        self.ids = self.project.article_ids()
        self.coders = {name: Coder(new_id(), name) for name in ("Ada", "Ben", "Cem")}
        self.questions = [Variable(f"q{n}", f"Question {n}", position=-9 + n) for n in range(2)]
        self.add(*self.coders.values(), *self.questions)

    def add(self, *records):
        self.project.apply(Edit("Add", None, after=records))

    def desk(self, name, round_id=None):
        return acts.Desk(self.coders[name].id, round_id)

    def answers(self, name, slug, values, round_id=None):
        question = self.project.codebook.variable(slug)
        for article, value in zip(self.ids, values, strict=False):
            given = (
                {"missing": value} if isinstance(value, int) and value < -5 else {"value": value}
            )
            self.project.apply(acts.answer(self.desk(name, round_id), question, article, **given))

    def done(self, name, articles, round_id=None, status="done"):
        self.add(*(Assignment(new_id(), self.ids[n], self.coders[name].id, round_id, n,
                              status=status) for n in articles))  # fmt: skip

    def tag(self, name, article, words, code="favor", *, round_id=None, **attributes):
        book = self.project.codebook
        chosen = next(c for c in book.codes if c.slug == code)
        version = self.project.current_text(self.ids[article])
        start = version.text.index(words)
        edit = acts.tag(self.desk(name, round_id), version, [Span(start, start + len(words))],
                        chosen, attributes=attributes)  # fmt: skip
        self.project.apply(edit)


@pytest.fixture
def study(tmp_path):
    made = Study(tmp_path)
    with made.project:
        yield made


@pytest.fixture
def code(study):
    return next(c.slug for c in study.project.codebook.codes if c.layer == "stance")


def test_articles_that_both_coders_marked_done_are_compared(sample):
    made = compared(sample)
    assert (made.coders, made.round, made.articles) == (("Ada", "Ben"), "Pilot", 4)
    assert made.report.basis == (
        "Compared are 4 articles that Ada and Ben marked done in the round “Pilot”.",
    )
    assert variable(made, "slant").level == "ordinal"
    assert variable(made, "slant").values == (-1, 0, 1)
    assert {spans.name for spans in made.report.spans} == {"framing", "stance"}
    voice = next(s for s in made.report.spans if s.name == "framing").codes["economy"].attributes
    assert voice["voice"].units > 3


def test_a_missing_code_is_no_value_and_is_counted(sample):
    assert "1 answer “cannot decide” (-7) left out." in variable(compared(sample), "slant").warnings


def test_without_anything_done_all_that_two_coded_counts_and_is_said(study):
    slug = study.questions[0].slug
    study.answers("Ada", slug, [1, 0, 1])
    study.answers("Ben", slug, [1, 1, 1, 0])
    made = compared(study.project)
    assert made.report.basis == (
        "Compared are 3 articles that two coders or more coded; nothing was ever marked done.",
    )
    assert made.coders == ("Ada", "Ben")
    found = variable(made, slug)
    assert (found.units, found.coefficients["percent_agreement"].value) == (3, pytest.approx(2 / 3))


def test_unfinished_articles_do_not_count(study):
    slug = study.questions[0].slug
    for name in ("Ada", "Ben"):
        study.answers(name, slug, [1, 0, 1, 1])
    study.done("Ada", [0, 1, 2])
    study.done("Ben", [0, 1])
    study.done("Ben", [2], status="doing")
    made = compared(study.project)
    assert made.articles == 2
    assert variable(made, slug).units == 2


def test_named_coders_must_all_have_marked_an_article_done(study):
    slug = study.questions[0].slug
    for name, articles in (("Ada", [0, 1, 2]), ("Ben", [0, 1]), ("Cem", [1, 2])):
        study.answers(name, slug, [1, 0, 1, 1])
        study.done(name, articles)
    everybody = compared(study.project)
    assert everybody.articles == 3
    assert "(1 of them all of these)" in everybody.report.basis[0]
    three = compared(study.project, coders=("Cem", "ada", "Ben"))
    assert (three.coders, three.articles) == (("Cem", "Ada", "Ben"), 1)
    assert compared(study.project, coders=("Ada", "Cem")).articles == 2


def test_who_marked_nothing_done_is_named(study):
    study.done("Ada", [0, 1])
    study.done("Ben", [0], status="todo")
    for names in ((), ("Ada", "Ben")):
        made = compared(study.project, coders=names)
        assert made.report.warnings == (
            "Ben marked no article done: mark articles done when they are coded.",
        )
        assert made.articles == 0
    study.done("Ben", [2])
    assert compared(study.project).report.warnings == (
        "No article was marked done by all of the coders to compare.",
    )


def test_a_project_without_two_coders_says_so(tmp_path):
    with new_project(tmp_path / "lone.annot", coder="Ada") as project:
        assert compared(project).report.warnings == ("There are not two coders to compare.",)


def test_nothing_coded_twice_is_said(study):
    assert compared(study.project).report.warnings == ("No article was coded by two coders.",)


def test_several_shared_rounds_must_be_told_apart_unless_one_is_for_reliability(study):
    slug = study.questions[0].slug
    rounds = [Round(f"r{n}", f"Round {n}", "pilot", n) for n in range(2)]
    study.add(*rounds)
    for round_ in rounds:
        for name in ("Ada", "Ben"):
            study.answers(name, slug, [1, round_.position, 0, 0], round_.id)
            study.done(name, [0, 1], round_.id)
    with pytest.raises(BadInput, match="several rounds: “Round 0” and “Round 1”"):
        compared(study.project)
    assert compared(study.project, round_name="round 1").round == "Round 1"
    study.project.apply(
        Edit("Rename", None, before=(rounds[1],), after=(replace(rounds[1], kind="reliability"),))
    )
    made = compared(study.project)
    assert made.round == "Round 1"
    assert variable(made, slug).coefficients["percent_agreement"].value == 1.0
    assert variable(made, slug).distribution["Ada"] == {0: 0, 1: 2}


def test_a_named_round_without_assignments_counts_what_was_coded_in_it(study):
    slug = study.questions[0].slug
    study.add(Round("r", "Trial", "pilot", 1))
    study.answers("Ada", slug, [1, 1], "r")
    study.answers("Ben", slug, [1], "r")
    study.answers("Ben", slug, [0, 0])
    made = compared(study.project, round_name="Trial")
    assert made.articles == 1
    assert variable(made, slug).coefficients["percent_agreement"].value == 1.0


def test_of_several_rounds_a_coders_newest_answer_counts(study):
    question = study.questions[0]
    study.add(Round("r", "Trial", "pilot", 1))
    for name, values in (("Ada", (0, 1)), ("Ben", (1, 1))):
        coder = study.coders[name].id
        for number, (value, round_id) in enumerate(zip(values, (None, "r"), strict=True)):
            time = f"2026-01-0{number + 1}"
            study.add(Answer(f"{name}{number}", question.id, study.ids[0], coder, round_id, value,
                             modified=time))  # fmt: skip
    found = variable(compared(study.project), question.slug)
    assert found.coefficients["percent_agreement"].value == 1.0


def test_blank_answers_are_counted_only_where_they_were_asked(study):
    first, second = study.questions
    for name in ("Ada", "Ben"):
        study.answers(name, first.slug, [1, 1, 1])
        study.done(name, [0, 1, 2])
    study.answers("Ada", second.slug, [1, 0, 1])
    study.answers("Ben", second.slug, [1])
    assert "Ben left it blank 2 times." in variable(compared(study.project), second.slug).warnings


def test_answers_of_all_kinds_are_compared(study):
    options = (Value(1, "a", "Alpha"), Value(2, "b", "Beta"))
    study.add(
        Variable("topics", "Topics", type="nominal", values=options, multiple=True),
        Variable("old", "Old", type="nominal", values=options),
        Variable("note", "Note", type="text"),
        Variable("count", "Count", type="ratio"),
        Variable("plain", "Plain", type="yes-no"),
    )
    for name in ("Ada", "Ben"):
        study.answers(name, "topics", [[1, 2], [1]])
        study.answers(name, "old", [1, 7])
        study.answers(name, "note", ["x", "y"])
        study.answers(name, "count", [3, 5])
        study.answers(name, "plain", [True, False])
    made = compared(study.project)
    assert "note" not in made.slugs
    assert variable(made, "topics").decisive == "alpha_masi"
    assert set(variable(made, "topics").options) == {"Alpha", "Beta"}
    assert variable(made, "old").values == (1, 2, 7)
    assert any("does not have the value 7" in w for w in variable(made, "old").warnings)
    assert variable(made, "count").coefficients["alpha_ratio"].value == 1.0
    assert variable(made, "plain").values == (0, 1)


def test_an_answer_that_cannot_be_names_the_question(study):
    study.add(Variable("count", "Count", type="ratio"))
    for name in ("Ada", "Ben"):
        study.answers(name, "count", ["many", 5])
    with pytest.raises(BadInput, match="Count: The value “many” is no number"):
        compared(study.project)


def test_answers_on_a_story_have_the_story_for_a_unit(study):
    question = Variable("left", "Most left", unit="story", type="nominal")
    study.add(question)
    story = next(iter(study.project.stories))
    slug = study.questions[0].slug
    for name in ("Ada", "Ben"):
        study.project.apply(acts.answer(study.desk(name), question, story, value="A"))
        study.answers(name, slug, [1])
    assert variable(compared(study.project), "left").units == 1


def test_spans_lie_on_the_articles_own_words(study, code):
    for name in ("Ada", "Ben"):
        study.tag(name, 0, "a quarrel over money", code)
    study.tag("Ada", 0, "without a word", code)
    study.tag("Ben", 1, "a quarrel over money", code)
    study.tag("Ada", 1, "a quarrel", code)
    before = compared(study.project).report.spans[0]
    assert before.length == sum(len(study.project.current_text(i).text) for i in study.ids[:2])
    judge = add_judge(study)
    for number in (0, 1):
        study.tag(judge, number, "The council left", "promo")
    after = compared(study.project).report.spans[0]
    assert after.length == before.length - 2 * len("The council left")
    assert after.codes[code].marks == before.codes[code].marks == {"Ada": 3, "Ben": 2}
    assert after.by_words


def add_judge(study):
    study.coders["Judge"] = Coder(new_id(), "Judge", "adjudicator")
    study.add(study.coders["Judge"])
    return "Judge"


def test_what_somebody_marked_stays_even_in_page_furniture(study, code):
    add_judge(study)
    study.tag("Judge", 0, "The council left without a word.", "promo")
    study.tag("Ada", 0, "left without", code)
    study.tag("Ben", 0, "left without", code)
    made = compared(study.project).report.spans[0]
    assert made.codes[code].coefficients["f1_exact"].value == 1.0
    length = len(study.project.current_text(study.ids[0]).text)
    assert made.length == length - len("The council left without a word.") + len("left without")


def test_annotations_without_a_place_in_the_current_text_are_left_out_and_told(study, code):
    study.tag("Ada", 0, "a quarrel over money", code)
    study.tag("Ada", 0, "without a word", code)
    study.tag("Ben", 0, "without a word", code)
    version = study.project.current_text(study.ids[0])
    corrected = version.text.replace("a quarrel over money", "ZZ")
    study.project.apply(
        acts.correct_text(study.desk("Ada"), version, corrected,
                          study.project.annotations(study.ids[0]), number=2).edit
    )  # fmt: skip
    made = compared(study.project).report.spans[0]
    assert any("1 annotation without a place" in w for w in made.warnings)
    assert made.codes[code].marks == {"Ada": 1, "Ben": 1}


def test_attributes_are_compared_in_the_codebooks_words(study):
    study.add(
        Attribute("stance", "strength", "Strength", "scale",
                  values=(Value(1, "low", "Low"), Value(2, "high", "High"))),
        Attribute("stance", "times", "Times", "number"),
    )  # fmt: skip
    codes = [c.slug for c in study.project.codebook.codes_of("stance")]
    for name, strength, times in (("Ada", 2, "3"), ("Ben", "High", "three")):
        study.tag(name, 0, "a quarrel", codes[0], strength=strength, times=times)
        study.tag(name, 1, "a quarrel", codes[0], strength="low", times=4, other="x")
    found = compared(study.project).report.spans[0].codes[codes[0]].attributes
    assert found["strength"].values == ("low", "high")
    assert found["strength"].coefficients["percent_agreement"].value == 1.0
    assert (found["times"].units, found["times"].single) == (1, 1)


def test_a_machine_can_be_compared_with_a_person_if_it_is_named(sample):
    run(sample, highlighting(sample, layers=("boilerplate",)))
    machine = next(c for c in sample.coders.values() if c.kind == "machine")
    assert machine.name not in compared(sample).coders
    made = compared(sample, coders=("Ada", machine.name))
    assert made.coders == ("Ada", machine.name)
    assert made.articles == 4
    boilerplate = next(s for s in made.report.spans if s.name == "boilerplate")
    assert sum(code.marks[machine.name] for code in boilerplate.codes.values()) > 0


def test_the_result_is_plain_json(sample):
    plain = compared(sample).plain()
    assert [v["variable"] for v in plain["variables"]] == list(compared(sample).slugs)
    assert plain["spans"][0]["layer"] == "framing"


def test_reading_only_needs_a_read_only_project(sample_file):
    with Project.open(sample_file, read_only=True) as project:
        assert compared(project).articles == 4


def test_rarity_is_measured_where_there_are_answers_enough(tmp_path):
    study = Study(tmp_path, articles=20)
    with study.project:
        first, second = study.questions
        for name in ("Ada", "Ben"):
            study.answers(name, first.slug, [1] * 2 + [0] * 18)
            study.answers(name, second.slug, [1, -7])
        found = {one.variable: one for one in rarities_of(study.project)}
    assert found[first.name].share == pytest.approx(0.1)
    assert found[first.name].is_measured
    assert (found[second.name].share, found[second.name].is_measured) == (0.5, False)


# Gamma


def fake_python(tmp_path, body):
    path = tmp_path / "python"
    path.write_text(f"#!{sys.executable}\nimport json, sys\njob = json.load(sys.stdin)\n{body}\n")
    path.chmod(0o755)
    return str(path)


@pytest.mark.skipif(sys.platform == "win32", reason="needs an executable script")
def test_gamma_is_averaged_over_articles_in_an_interpreter_of_its_own(study, code, tmp_path):
    python = fake_python(
        tmp_path,
        "print('solver says'); print(json.dumps([{'gamma': 0.5 + 0.1 * n, 'disorder': 0.1} "
        "for n, _ in enumerate(job['continua'])]))",
    )
    for name in ("Ada", "Ben"):
        for number in (0, 1):
            study.tag(name, number, "a quarrel", code)
    study.tag("Ada", 2, "a quarrel", code)
    study.answers("Ben", study.questions[0].slug, [1, 1, 1])
    made = compared(study.project, gamma_python=python).report.spans[0]
    assert made.codes[code].coefficients["gamma"].value == pytest.approx(0.55)
    assert made.overall.coefficients["gamma"].value == pytest.approx(0.55)
    assert "Gamma leaves out 1 article" in made.warnings[-1]


def test_gamma_of_a_code_that_one_coder_used_is_undefined(study, code, tmp_path):
    study.tag("Ada", 0, "a quarrel", code)
    study.answers("Ben", study.questions[0].slug, [1])
    made = compared(study.project, gamma_python="never-run").report.spans[0]
    assert made.codes[code].coefficients["gamma"].why == "no article in which two coders marked it"


@pytest.mark.skipif(sys.platform == "win32", reason="needs an executable script")
def test_a_failing_interpreter_is_named_with_its_last_words(tmp_path):
    python = fake_python(tmp_path, "print('no library here', file=sys.stderr); sys.exit(3)")
    with pytest.raises(BadInput, match="no library here"):
        measured([[]], python)
    with pytest.raises(BadInput, match="Gamma cannot be computed"):
        measured([[]], str(tmp_path / "nothing"))


def test_without_the_extra_there_is_no_interpreter():
    assert interpreter("mine") == "mine"
    assert interpreter("") in {"", sys.executable}


def test_spans_of_a_file_keep_their_attributes(tmp_path):
    path = tmp_path / "spans.jsonl"
    path.write_text('{"article": 1, "length": 9, "coder": "A", "code": "f", "start": 0, "end": 2, '
                    '"attributes": {"voice": "x"}}\n\n')  # fmt: skip
    (text,), notes = read_spans(path, "spans.jsonl")
    assert text.marks[0].attributes == {"voice": "x"}
    assert notes == []
