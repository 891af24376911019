"""Codings as tables: right for every reader, nothing silently lost."""

from __future__ import annotations

import csv
import io
import itertools
from dataclasses import fields, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.errors import BadInput
from annotator.formats.coding_csv import CodingCsv, CodingCsvOptions
from annotator.formats.exporters import BUILT_IN, register_exporters
from annotator.formats.protocol import EXPORTERS, ExportSummary
from annotator.formats.writing import unescape_cell
from annotator.model.annotation import Fragment
from annotator.model.article import Article
from annotator.model.corpus import CodedArticle
from tests.formats.coded_corpus import (
    ANNA,
    CONFLICT,
    GOLDEN,
    TEXT,
    TRICKY,
    MemoryCorpus,
    corpus,
    exported,
    note,
    text_version,
)

TABLES = ("spans.csv", "answers.csv", "articles.csv")


def table(folder, name, separator=","):
    with (folder / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter=separator, strict=True))


def spans(tmp_path, project=None, **options):
    exported(CodingCsv(), CodingCsvOptions(**options), tmp_path, project)
    return table(tmp_path, "spans.csv", options.get("separator", ","))


def by_id(rows):
    return {row["annotation_id"]: row for row in rows}


@pytest.mark.parametrize("name", TABLES)
def test_the_tables_are_those_in_golden(name, tmp_path):
    exported(CodingCsv(), CodingCsvOptions(), tmp_path)
    assert (tmp_path / name).read_bytes() == (GOLDEN / name).read_bytes()


def test_the_same_project_gives_the_same_bytes_whatever_order_the_store_has(tmp_path):
    project = corpus()
    turned = replace(
        project,
        coded=tuple(
            replace(c, annotations=c.annotations[::-1], answers=c.answers[::-1])
            for c in project.coded
        ),
    )
    exported(CodingCsv(), CodingCsvOptions(), tmp_path / "a", project)
    exported(CodingCsv(), CodingCsvOptions(), tmp_path / "b", turned)
    for name in TABLES:
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()


def test_offsets_are_code_points_of_the_current_text(tmp_path):
    texts = {"a1": TEXT, "a2": TRICKY}
    rows = spans(tmp_path)
    assert len(rows) == 16
    for row in rows:
        here = texts[row["article_id"]][int(row["start"]) : int(row["end"])]
        assert here == unescape_cell(row["exact"])
        assert int(row["words"]) == len(here.split())


def test_an_interrupted_quote_is_one_annotation_in_two_rows(tmp_path):
    rows = [row for row in spans(tmp_path) if row["annotation_id"] == "x-quote"]
    assert [(r["fragment"], r["fragments"], r["exact"]) for r in rows] == [
        ("1", "2", "We will stay,"),
        ("2", "2", "until the end."),
    ]
    assert rows[0]["origin"] == "accepted"
    assert rows[0]["derived_from"] == "s-quote"


def test_overlapping_and_nested_annotations_keep_their_own_rows(tmp_path):
    rows = by_id(spans(tmp_path))
    where = {name: (int(rows[name]["start"]), int(rows[name]["end"]))
             for name in ("x-conflict", "x-war", "x-inner")}  # fmt: skip
    assert where == {"x-conflict": (70, 92), "x-war": (89, 104), "x-inner": (89, 92)}


def test_names_stand_for_identifiers(tmp_path):
    row = by_id(spans(tmp_path))["x-inner"]
    assert (row["coder"], row["coder_kind"], row["round"]) == ("Ben; B.", "human", "Main")
    assert (row["layer"], row["code"], row["code_name"]) == ("frame", "war", "War metaphor")
    assert (row["code_number"], row["code_path"]) == ("10.5", "conflict/war")
    assert (row["story"], row["outlet"], row["codebook_version"]) == (
        "Ferry strike", "Harbour Post", "2",
    )  # fmt: skip


def test_a_code_dropped_from_the_codebook_keeps_its_name(tmp_path):
    row = by_id(spans(tmp_path))["x-blame"]
    assert (row["code"], row["code_path"], row["codebook_version"]) == (
        "blame", "conflict/blame", "1",
    )  # fmt: skip


def test_every_attribute_has_a_column_those_of_the_codebook_first(tmp_path):
    rows = spans(tmp_path)
    columns = [c for c in rows[0] if c.startswith("attr_")]
    assert columns == ["attr_tone", "attr_strength", "attr_voice", "attr_also", "attr_zeal"]
    rows = by_id(rows)
    assert rows["x-war"]["attr_strength"] == "2.5"
    assert rows["x-war"]["attr_tone"] == "'=bad"
    assert rows["x-conflict"]["attr_zeal"] == "true"
    assert rows["x-conflict"]["attr_also"] == '["a", 1]'
    assert rows["x-inner"]["attr_tone"] == ""


def test_a_real_number_is_no_formula_and_a_formula_no_number(tmp_path):
    rows = by_id(spans(tmp_path))
    assert rows["x-minus"]["exact"] == "-5"
    assert rows["y-sum"]["exact"] == "'=SUM(A1)"
    assert rows["y-sum"]["headline"] == "'=Strike, day 2"


def test_suggestions_are_given_only_if_wanted(tmp_path):
    assert not any(r["coder_kind"] == "machine" for r in spans(tmp_path))
    machine = [r for r in spans(tmp_path, suggestions=True) if r["coder_kind"] == "machine"]
    assert {r["annotation_id"] for r in machine} == {"s-quote", "s-source", "s-promo"}
    assert {r["score"] for r in machine} == {"0.875", "0.5", "1.0"}


def test_coders_can_be_chosen_by_name(tmp_path):
    assert {r["coder"] for r in spans(tmp_path, coders=("Anna", "Final"))} == {"Anna", "Final"}
    assert {r["coder"] for r in table(tmp_path, "answers.csv")} == {"Anna"}
    assert {r["coder"] for r in spans(tmp_path, coders=("quotes 1.0",))} == {"quotes 1.0"}
    assert {r["coder"] for r in spans(tmp_path, coders=("Anna",), suggestions=True)} == {"Anna"}


def test_an_unknown_coder_is_refused_and_the_known_ones_named(tmp_path):
    with pytest.raises(BadInput, match=r"no coder “Zoe”.*Anna, Ben; B., Final, quotes"):
        spans(tmp_path / "out", coders=("Zoe",))
    assert not (tmp_path / "out").exists()


def test_words_can_be_left_out(tmp_path):
    rows = spans(tmp_path, text=False)
    assert "exact" not in rows[0]
    assert rows[0]["start"] == "22"


def test_european_excel_gets_semicolons(tmp_path):
    rows = spans(tmp_path, separator=";")
    assert {"Anna", "Ben; B."} <= {row["coder"] for row in rows}
    head = (tmp_path / "answers.csv").read_text(encoding="utf-8-sig").splitlines()[0]
    assert head.startswith("answer_id;unit;")


def test_another_separator_is_refused():
    with pytest.raises(BadInput, match=r"“\|”"):
        CodingCsvOptions(separator="|")


def test_the_byte_order_mark_can_be_left_out(tmp_path):
    spans(tmp_path, bom=False)
    for name in TABLES:
        assert not (tmp_path / name).read_bytes().startswith(b"\xef\xbb\xbf")


def test_every_record_ends_with_cr_lf(tmp_path):
    exported(CodingCsv(), CodingCsvOptions(), tmp_path)
    written = (tmp_path / "articles.csv").read_bytes()
    assert written.count(b"\r\n") == written.count(b"\n") == 4


def test_answers_have_value_label_and_missing_code(tmp_path):
    exported(CodingCsv(), CodingCsvOptions(), tmp_path)
    rows = {r["answer_id"]: r for r in table(tmp_path, "answers.csv")}
    told = {
        name: (r["variable"], r["value"], r["value_label"], r["missing"], r["missing_label"])
        for name, r in rows.items()
    }
    assert told == {
        "w1": ("tone", "1", "Negative", "", ""),
        "w2": ("issues", "[1, 2]", "Jobs | fares", "", ""),
        "w3": ("human", "1", "yes", "", ""),
        "w4": ("tone", "", "", "-7", "cannot decide"),
        "w5": ("why", '\'+ more\nthan "one"', "", "", ""),
        "w6": ("length", "-2.5", "", "", ""),
        "w7": ("variable-gone", "-3", "", "", ""),
        "t1": ("agree", "0", "no", "", ""),
    }
    assert rows["w6"]["round"] == "round-gone"
    assert (rows["t1"]["unit"], rows["t1"]["article_id"], rows["t1"]["story"]) == (
        "story", "", "Ferry strike",
    )  # fmt: skip


def test_articles_have_their_length_with_and_without_boilerplate(tmp_path):
    exported(CodingCsv(), CodingCsvOptions(), tmp_path)
    first, _, empty = table(tmp_path, "articles.csv")
    assert (first["words"], first["content_words"]) == (str(len(TEXT.split())), "24")
    assert (first["characters"], first["text_version"]) == (str(len(TEXT)), "2")
    assert (empty["words"], empty["headline"]) == ("0", "")


def test_what_tables_cannot_hold_is_counted_with_places(tmp_path):
    losses = CodingCsv().losses(corpus(), CodingCsvOptions())
    assert losses.counts == {
        "annotations whose words differ from the text": 1,
        "annotations without a place in the current text": 1,
        "annotations whose code is in no codebook (named by its id)": 1,
        "stretches in earlier texts": 1,
        "links between annotations": 3,
        "decisions on suggestions": 2,
        "assignments": 1,
        "actors and their other names": 1,
    }
    assert losses.places["links between annotations"] == [
        "Ferry crews walk out: evidence",
        "Ferry crews walk out: same quote",
        "Ferry crews walk out: source",
    ]
    assert losses.places["annotations without a place in the current text"] == [
        "Ferry crews walk out [3-9]"
    ]
    summary = exported(CodingCsv(), CodingCsvOptions(), tmp_path)
    assert summary.losses == losses


def test_what_other_coders_lose_is_not_counted():
    losses = CodingCsv().losses(corpus(), CodingCsvOptions(coders=("Final",)))
    assert losses.counts == {"stretches in earlier texts": 1, "actors and their other names": 1}
    with_machine = CodingCsv().losses(corpus(), CodingCsvOptions(suggestions=True))
    assert with_machine.counts["links between annotations"] == 4


def test_a_plain_project_loses_nothing(tmp_path):
    version = text_version("a1", TEXT)
    made = note("x", ANNA, CONFLICT, (Fragment(version.id, 0, 5, "Ferry"),))
    plain = MemoryCorpus((CodedArticle(Article("a1"), version, annotations=(made,)),))
    assert not CodingCsv().losses(plain, CodingCsvOptions())


def test_the_summary_says_what_was_written(tmp_path):
    *done, summary = CodingCsv().write(corpus(), tmp_path, CodingCsvOptions())
    assert done == [1, 2, 3]
    assert isinstance(summary, ExportSummary)
    assert summary.paths == tuple(tmp_path / name for name in TABLES)
    assert summary.written == {"articles": 3, "annotations": 14, "fragments": 16, "answers": 8}


def test_an_empty_project_gives_tables_with_heads_alone(tmp_path):
    summary = exported(CodingCsv(), CodingCsvOptions(), tmp_path, MemoryCorpus(()))
    assert [len(table(tmp_path, name)) for name in TABLES] == [0, 0, 0]
    assert not summary.losses


def test_stopping_in_the_middle_leaves_the_old_tables(tmp_path):
    exported(CodingCsv(), CodingCsvOptions(), tmp_path)
    before = {p.name: p.read_bytes() for p in tmp_path.iterdir()}
    steps = CodingCsv().write(corpus(), tmp_path, CodingCsvOptions(text=False))
    assert next(steps) == 1
    steps.close()
    assert {p.name: p.read_bytes() for p in tmp_path.iterdir()} == before


def test_a_file_in_the_place_of_the_folder_is_refused(tmp_path):
    (tmp_path / "out").write_text("mine")
    with pytest.raises(BadInput, match="could not be written"):
        exported(CodingCsv(), CodingCsvOptions(), tmp_path / "out")
    assert (tmp_path / "out").read_text() == "mine"


NASTY = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=15),
    st.text("'=+-@\t\r\n;,\"5.a 😀e\u0301ש", max_size=10),
)


@settings(max_examples=60, deadline=None)
@given(st.data(), NASTY.filter(bool), NASTY, st.sampled_from(",;"), st.booleans())
def test_any_words_come_back_as_they_were(tmp_path_factory, data, text, other, separator, bom):
    cut = data.draw(st.integers(0, len(text) - 1))
    version = text_version("a1", text)
    made = note("x", ANNA, CONFLICT, (Fragment(version.id, cut, len(text), text[cut:]),),
                note=other, attributes={"tone": other})  # fmt: skip
    coded = CodedArticle(Article("a1", other), version, annotations=(made,))
    folder = tmp_path_factory.mktemp("out")
    (row,) = spans(folder, MemoryCorpus((coded,)), separator=separator, bom=bom)
    assert unescape_cell(row["exact"]) == text[cut:]
    assert {unescape_cell(row[c]) for c in ("note", "headline", "attr_tone")} == {other}
    assert len(text) - int(row["start"]) == len(unescape_cell(row["exact"]))


def test_a_project_of_any_size_is_streamed(tmp_path):
    alive = itertools.count()

    class Endless(MemoryCorpus):
        def articles(self):
            for n in range(500):
                next(alive)
                yield replace(self.coded[0], article=Article(f"a{n}"))

    steps = CodingCsv().write(Endless(corpus().coded), tmp_path, CodingCsvOptions())
    assert next(steps) == 1
    assert next(alive) == 501  # the survey, and one article more
    steps.close()


def test_both_exporters_are_registered_once_with_what_they_hold():
    register_exporters()
    register_exporters()
    names = [name for name, _ in EXPORTERS.items()]
    assert names.count("coding-csv") == names.count("jsonl") == 1
    for exporter in map(EXPORTERS.get, names):
        assert exporter.title and exporter.holds
        exporter.options()
        assert {type(f.default) for f in fields(exporter.options)} <= {str, bool, int, tuple}
    assert len(BUILT_IN) >= 2


def test_reading_names_back_needs_no_library(tmp_path):
    exported(CodingCsv(), CodingCsvOptions(), tmp_path)
    text = (tmp_path / "spans.csv").read_text(encoding="utf-8-sig")
    assert len(list(csv.reader(io.StringIO(text, newline="")))) == 17
