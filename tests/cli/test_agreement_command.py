"""`annotator agreement` and `annotator plan` as contracts: shapes, files, sentences."""

from __future__ import annotations

import io
import json

import pytest

from annotator.cli import main
from annotator.tasks.sample import sample_project

CODINGS = "unit,coder,value\n" + "".join(
    f"{unit},{coder},{value}\n"
    for unit, pair in enumerate(("11", "22", "33", "33", "22", "12", "44", "11", "22", "55"))
    for coder, value in zip(("Ada", "Ben"), pair, strict=True)
)
NAMES = ["percent_agreement", "percent_all", "scott_pi", "cohen_kappa", "fleiss_kappa",
         "conger_kappa", "bennett_s", "gwet_ac1"]  # fmt: skip
SPANS = [
    {"article": "a1", "length": 100, "coder": "A", "code": "f", "start": 10, "end": 20},
    {"article": "a1", "length": 100, "coder": "A", "code": "s", "start": 40, "end": 60},
    {"article": "a1", "length": 100, "coder": "B", "code": "f", "start": 12, "end": 20},
    {"article": "a1", "length": 100, "coder": "B", "code": "s", "start": 40, "end": 55},
]


@pytest.fixture
def codings(tmp_path):
    path = tmp_path / "codings.csv"
    path.write_text(CODINGS, encoding="utf-8")
    return path


@pytest.fixture
def lines(tmp_path):
    def written(records):
        path = tmp_path / "spans.jsonl"
        path.write_text("".join(json.dumps(r) + "\n" for r in records), encoding="utf-8")
        return path

    return written


@pytest.fixture
def project(tmp_path):
    path = tmp_path / "study.annot"
    sample_project(path).close()
    return path


def told(arguments, capsys):
    assert main(arguments) == 0
    return json.loads(capsys.readouterr().out)


def test_a_table_gives_the_shape_of_the_contract(codings, capsys):
    made = told(["agreement", "--table", str(codings), "--json"], capsys)
    assert list(made)[:6] == ["level", "units", "coders", "values", "coefficients", "warnings"]
    assert (made["level"], made["units"], made["coders"]) == ("nominal", 10, ["Ada", "Ben"])
    assert made["values"] == [1, 2, 3, 4, 5]
    assert list(made["coefficients"]) == [*NAMES, "alpha_nominal"]
    for coefficient in made["coefficients"].values():
        assert list(coefficient) == ["value", "ci", "why"]
        low, high = coefficient["ci"]
        assert low <= coefficient["value"] <= high
    assert made["details"]["bootstrap"]["resamples"] == 2000
    assert made["details"]["below"].keys() == {"0.667", "0.800"}


@pytest.mark.parametrize("level", ["ordinal", "interval", "ratio"])
def test_the_level_decides_which_alpha_is_told(codings, level, capsys):
    made = told(["agreement", "--table", str(codings), "--level", level, "--json"], capsys)
    names = set(made["coefficients"])
    assert {n for n in names if n.startswith("alpha")} == {f"alpha_{level}"}
    assert {"cohen_kappa_linear", "cohen_kappa_quadratic"} <= names


def test_the_same_command_gives_the_same_numbers(codings, capsys):
    arguments = ["agreement", "--table", str(codings), "--json"]
    assert told(arguments, capsys) == told(arguments, capsys)


def test_no_variation_is_null_with_its_reason(tmp_path, capsys):
    path = tmp_path / "same.csv"
    path.write_text("id,A,B\n1,x,x\n2,x,x\n", encoding="utf-8")
    made = told(["agreement", "--table", str(path), "--json"], capsys)
    assert made["coefficients"]["alpha_nominal"] == {
        "value": None, "ci": None, "why": "no variation",
    }  # fmt: skip


def test_standard_input_semicolons_and_a_byte_order_mark_are_read(monkeypatch, capsys):
    data = "\ufeffid;A;B\n1;1,5;1,5\n2;2,0;3\n".encode()
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data)))
    made = told(["agreement", "--table", "-", "--level", "interval", "--json"], capsys)
    assert made["values"] == [1.5, 2, 3]


def test_several_answers_are_told_option_by_option(tmp_path, capsys):
    path = tmp_path / "sets.csv"
    path.write_text("id,A,B\n1,x|y,x\n2,y,y\n3,z,x\n", encoding="utf-8")
    made = told(["agreement", "--table", str(path), "--multiple", "|", "--json"], capsys)
    assert set(made["options"]) == {"x", "y", "z"}
    assert "alpha_masi" in made["coefficients"]


def test_rows_are_chosen_by_where(tmp_path, capsys):
    path = tmp_path / "long.csv"
    path.write_text("unit,coder,variable,value\n1,A,t,x\n1,B,t,x\n1,A,u,y\n2,A,t,y\n2,B,t,y\n")
    made = told(["agreement", "--table", str(path), "--where", "variable=t", "--json"], capsys)
    assert made["units"] == 2


def test_spans_give_each_code_and_all_together(lines, capsys):
    made = told(["agreement", "--spans", str(lines(SPANS)), "--json"], capsys)
    names = ["u_alpha", "u_alpha_binary", "cu_alpha", "ku_alpha", "f1_exact", "f1_relaxed",
             "f1_iou", "token_alpha", "gamma"]  # fmt: skip
    for entry in (made["overall"], *made["codes"].values()):
        assert list(entry)[:9] == names
        assert set(entry["gamma"]) == {"value", "ci", "why"}
    assert set(made["codes"]) == {"f", "s"}
    assert made["overall"]["u_alpha"]["value"] == pytest.approx(0.8376, abs=5e-5)
    assert made["overall"]["gamma"]["value"] is None
    assert "pygamma-agreement" in made["overall"]["gamma"]["why"]


def test_a_line_without_a_code_says_that_the_article_was_read(lines, capsys):
    read = [*SPANS, {"article": "a2", "length": 50, "coder": "A"},
            {"article": "a2", "coder": "B"}]  # fmt: skip
    made = told(["agreement", "--spans", str(lines(read)), "--json"], capsys)
    assert made["articles"] == 2
    assert not any("taken as read" in w for w in made["warnings"])
    silent = [*SPANS, {"article": "a2", "length": 50, "coder": "A"}]
    made = told(["agreement", "--spans", str(lines(silent)), "--json"], capsys)
    assert any("B has no line for a2" in w for w in made["warnings"])


def test_lines_of_one_id_are_stretches_of_one_annotation(lines, capsys):
    def cut(coder):
        return [{"article": "a", "length": 50, "coder": coder, "code": "q", "id": f"{coder}1",
                 "start": s, "end": e, "attributes": {"voice": "source"}}
                for s, e in ((0, 5), (9, 15))]  # fmt: skip

    made = told(["agreement", "--spans", str(lines(cut("A") + cut("B"))), "--json"], capsys)
    assert made["codes"]["q"]["details"]["marks"] == {"A": 1, "B": 1}
    assert made["codes"]["q"]["f1_exact"]["value"] == 1.0
    assert made["codes"]["q"]["details"]["attributes"]["voice"]["units"] == 1


def test_texts_make_tokens_words(lines, capsys):
    text = "One word here, and another \N{SHIP} there."
    records = [{"article": "a", "text": text},
               {"article": "a", "coder": "A", "code": "f", "start": 0, "end": 8},
               {"article": "a", "coder": "B", "code": "f", "start": 0, "end": 3}]  # fmt: skip
    made = told(["agreement", "--spans", str(lines(records)), "--json"], capsys)
    assert made["details"]["tokens"] == "words"
    assert made["length"] == len(text)


@pytest.mark.parametrize(
    ("record", "sentence"),
    [
        ({"length": 5}, "Line 5: it needs “article”"),
        ({"article": "a1", "length": 99}, "a1 has 99 characters here, 100 before"),
        ({"article": "a9", "coder": "A"}, "“length” is the article’s number of characters"),
        ({"article": "a1", "code": "f"}, "it has a code but no coder"),
        ({"article": "a1", "coder": "A", "code": "f", "start": "0", "end": 3}, "whole numbers"),
        ({"article": "a1", "coder": "A", "code": "f", "start": 90, "end": 101}, "leaves the 100"),
    ],
)
def test_a_wrong_line_of_spans_is_named(lines, record, sentence, capsys):
    assert main(["agreement", "--spans", str(lines([*SPANS, record]))]) == 1
    assert sentence in capsys.readouterr().err


def test_what_is_no_json_is_named(tmp_path, capsys):
    path = tmp_path / "x.jsonl"
    path.write_text('{"article": "a"\n')
    assert main(["agreement", "--spans", str(path)]) == 1
    assert "Line 1 is no JSON" in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [
    ["agreement"], ["agreement", "x.annot", "--table", "y.csv"],
    ["agreement", "--spans", "x.jsonl", "--level", "nominal"],
    ["agreement", "--table", "x.csv", "--coders", "A,B"],
    ["agreement", "--table", "x.csv", "--where", "nonsense"],
    ["plan"], ["plan", "x.annot", "--n", "5"], ["plan", "--n", "0"],
])  # fmt: skip
def test_wrong_usage_is_2(arguments, capsys):
    assert main(arguments) == 2
    assert "Traceback" not in capsys.readouterr().err


@pytest.mark.parametrize(("content", "sentence"), [
    ("unit,coder,value\n1,A,x\n1,A,y\n", "Rows 2 and 3 give two values"),
    ('{"article": 1}\n', "It holds JSON Lines, no table. Lines of spans are for --spans."),
    ("id,A,A\n1,2,3\n", "Two columns are called “A”"),
    ("id,A,B\n1,2,3,4\n", "Row 2 has 4 cells, the header has 3"),
    ("", "is empty"),
])  # fmt: skip
def test_a_table_that_cannot_be_used_is_refused_in_one_sentence(
    content, sentence, tmp_path, capsys
):
    path = tmp_path / "bad.csv"
    path.write_text(content, encoding="utf-8")
    assert main(["agreement", "--table", str(path)]) == 1
    error = capsys.readouterr().err
    assert sentence in error
    assert len(error.strip().splitlines()) == 1


@pytest.mark.parametrize("suffix", [".html", ".csv", ".tex"])
def test_a_report_is_written_by_its_suffix(codings, suffix, tmp_path, capsys):
    out = tmp_path / "out" / f"report{suffix}"
    assert main(["agreement", "--table", str(codings), "--report", str(out)]) == 0
    assert f"Wrote {out}." in capsys.readouterr().out
    text = out.read_text(encoding="utf-8-sig")
    assert {".html": "explain this number", ".csv": "alpha_nominal", ".tex": r"\toprule"}[
        suffix
    ] in text
    assert [p.name for p in out.parent.iterdir()] == [out.name]


def test_an_unknown_kind_of_report_is_refused_before_anything_is_read(capsys):
    assert main(["agreement", "--table", "nowhere.csv", "--report", "x.docx"]) == 1
    assert "A report is .csv, .htm, .html, .tex, not “.docx”" in capsys.readouterr().err


def test_without_json_a_verdict_and_explanations_are_told(codings, capsys):
    assert main(["agreement", "--table", str(codings), "--explain"]) == 0
    captured = capsys.readouterr()
    assert "Krippendorff’s α (nominal)\t.874" in captured.out
    assert "Not reliable enough" in captured.out
    assert "Alpha is 1 − " in captured.out
    assert "Only 10 units" in captured.err


def test_a_project_is_compared_variable_by_variable_and_layer_by_layer(project, capsys):
    made = told(["agreement", str(project), "--json"], capsys)
    assert list(made) == ["project", "coders", "round", "articles", "basis", "variables", "spans",
                          "warnings"]  # fmt: skip
    assert (made["coders"], made["round"], made["articles"]) == (["Ada", "Ben"], "Pilot", 4)
    slugs = [v["variable"] for v in made["variables"]]
    assert "slant" in slugs
    slant = made["variables"][slugs.index("slant")]
    assert "alpha_ordinal" in slant["coefficients"]
    assert {s["layer"] for s in made["spans"]} == {"framing", "stance"}


def test_a_project_prints_one_table_and_each_warning_once(project, tmp_path, capsys):
    out = tmp_path / "report.html"
    assert main(["agreement", str(project), "--report", str(out), "--explain"]) == 0
    captured = capsys.readouterr()
    assert "Compared are 4 articles that Ada and Ben marked done" in captured.out
    assert "# Spans: framing" in captured.out
    warnings = captured.err.splitlines()
    assert len(warnings) == len(set(warnings))
    assert "Spans: framing" in out.read_text(encoding="utf-8")


def test_comparing_changes_nothing_in_the_project(project, capsys):
    before = project.read_bytes()
    assert main(["agreement", str(project)]) == 0
    assert project.read_bytes() == before


@pytest.mark.parametrize(("arguments", "sentence"), [
    (["--coders", "Ada,Zoe"], "There is no coder “Zoe”. There are Ada and Ben."),
    (["--coders", "Ada"], "Two coders or more are needed"),
    (["--round", "Retest"], "There is no round “Retest”"),
])  # fmt: skip
def test_unknown_names_are_refused_with_those_there_are(project, arguments, sentence, capsys):
    assert main(["agreement", str(project), *arguments]) == 1
    assert sentence in capsys.readouterr().err


def test_gamma_says_why_it_cannot_be_computed(lines, capsys):
    arguments = ["agreement", "--spans", str(lines(SPANS)), "--gamma-python", "no-such-python"]
    assert main(arguments) == 1
    assert "Gamma cannot be computed" in capsys.readouterr().err


def test_a_plan_shows_the_largest_requirement(capsys):
    made = told(["plan", "--n", "1000", "--rarest", "0.1", "--json"], capsys)
    assert made["units"] == 293
    assert [rule["units"] for rule in made["rules"]] == [293, 125, 100]
    assert main(["plan", "--n", "1000"]) == 0
    assert "Have two coders code 125 of 1000" in capsys.readouterr().out


def test_a_plan_of_a_project_names_the_variable(project, capsys):
    made = told(["plan", str(project), "--json"], capsys)
    assert made["population"] == 5
    krippendorff = next(r for r in made["rules"] if r["rule"] == "Krippendorff")
    assert krippendorff["variable"] == "Main frame"
