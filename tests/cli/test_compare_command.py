"""`annotator compare`: pipes, projects, reports, and what it says when something is wrong."""

from __future__ import annotations

import json

import pytest

from annotator.cli import main
from annotator.tasks.sample import sample_project
from tests.compare.samples import AGENCY, PAPER


@pytest.fixture
def lines(tmp_path):
    path = tmp_path / "story.jsonl"
    records = [{"id": 1, "outlet": "Wire", "text": AGENCY}, {"id": 2, "text": PAPER}]
    path.write_text("".join(json.dumps(r) + "\n" for r in records), encoding="utf-8")
    return path


@pytest.fixture
def project(tmp_path):
    path = tmp_path / "sample.annot"
    sample_project(path).close()
    return path


def test_lines_become_one_json_object(lines, capsys):
    assert main(["compare", "--jsonl", str(lines)]) == 0
    made = json.loads(capsys.readouterr().out)
    texts = {"1": AGENCY, "2": PAPER}
    assert {"passages", "pairs", "only_here", "quotes", "names", "shares"} <= set(made)
    copied = [p for p in made["pairs"] if p["kind"] == "verbatim"]
    assert copied
    for pair in copied:
        one = texts[pair["a"]][pair["a_start"] : pair["a_end"]]
        assert one == texts[pair["b"]][pair["b_start"] : pair["b_end"]] or "“" in one


def test_a_project_is_a_table_json_and_a_report(project, tmp_path, capsys):
    report = tmp_path / "story.html"
    assert main(["compare", str(project), "--report", str(report)]) == 0
    table = capsys.readouterr().out
    assert "only here" in table and table.count("%") == 15 and "passages shared" in table
    assert report.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert main(["compare", str(project), "--json"]) == 0
    assert len(json.loads(capsys.readouterr().out)["shares"]) == 5


def test_out_keeps_stdout_clean(lines, tmp_path, capsys):
    out = tmp_path / "made.json"
    assert main(["compare", "--jsonl", str(lines), "--out", str(out)]) == 0
    assert capsys.readouterr().out == ""
    assert json.loads(out.read_text(encoding="utf-8"))["pairs"]


@pytest.mark.parametrize(
    "arguments", [[], ["x.annot", "--jsonl", "y"], ["--jsonl", "y", "--story", "Z"]]
)
def test_contradicting_arguments_are_wrong_usage(arguments):
    assert main(["compare", *arguments]) == 2


def test_mistakes_are_one_sentence(project, tmp_path, capsys):
    double = tmp_path / "double.jsonl"
    double.write_text('{"id": 1, "text": "A."}\n{"id": 1, "text": "B."}\n', encoding="utf-8")
    for arguments, words in (
        (["--jsonl", str(tmp_path / "none.jsonl")], "cannot be read"),
        (["--jsonl", str(double)], "two articles with the id “1”"),
        ([str(project), "--story", "Nonsense"], "no story “Nonsense”"),
        ([str(project), "--report", str(tmp_path / "no" / "r.html")], "cannot be written"),
    ):
        assert main(["compare", *arguments]) == 1
        message = capsys.readouterr().err
        assert words in message and message.count("\n") == 1, message
