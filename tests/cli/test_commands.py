"""The command line as a contract: exit codes, shapes, sentences."""

from __future__ import annotations

import io
import json
import subprocess
import sys

import pytest

from annotator.cli import commands, main

PAGE = (
    "Ferry returns to Quay Nine\n\n"
    "The ferry returned to Quay Nine on Monday after two weeks, its owner said.\n\n"
    "“We lost \N{SHIP} two weeks,” said Ines Dahl, who runs the line for Northern Ferries Ltd.\n\n"
    "Subscribe to our newsletter\n"
)


@pytest.fixture
def page(tmp_path):
    path = tmp_path / "page.txt"
    path.write_text(PAGE, encoding="utf-8")
    return path


@pytest.fixture
def project(tmp_path, page, capsys):
    path = tmp_path / "study.annot"
    assert main(["new", str(path), "--codebook", "stance", "--coder", "Ada"]) == 0
    assert main(["import", str(path), str(page), "--story", "Ferry", "--outlet", "Post"]) == 0
    capsys.readouterr()
    return path


def test_help_loads_neither_qt_nor_spacy_nor_numpy():
    code = (
        "import sys; from annotator.cli import main; main(['--help']);"
        "print([m for m in ('PySide6', 'spacy', 'numpy', 'sqlite3', 'rich') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize("name", sorted(commands.commands))
def test_every_command_has_help_with_an_example(name, capsys):
    assert main([name, "--help"]) == 0
    assert "Example: annotator " + name in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["new"], 2),
        (["bogus"], 2),
        (["info", "x.annot", "--bogus"], 2),
        (["highlight"], 2),
        (["highlight", "x.annot", "--layers", "nonsense"], 2),
        (["info", "missing.annot"], 1),
        (["text", "missing.txt"], 1),
        (["highlight", "--jsonl", "missing.jsonl"], 1),
        (["check", "missing.annot"], 1),
    ],
)
def test_wrong_usage_is_2_and_a_missing_file_1(arguments, code, capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert main(arguments) == code
    captured = capsys.readouterr()
    assert captured.err.strip()
    assert "Traceback" not in captured.err
    assert captured.out == ""


def test_a_missing_file_is_named_in_one_sentence_and_nothing_is_imported(project, capsys):
    assert main(["import", str(project), "nowhere.txt"]) == 1
    assert capsys.readouterr().err == ("annotator: nowhere.txt: There is no such file or folder.\n")


def test_new_refuses_a_file_that_is_there(project, capsys):
    assert main(["new", str(project)]) == 1
    assert "already" in capsys.readouterr().err


def test_info_counts_everything(project, capsys):
    assert main(["info", str(project), "--json"]) == 0
    facts = json.loads(capsys.readouterr().out)
    assert (facts["stories"], facts["articles"], facts["outlets"], facts["coders"]) == (1, 1, 1, 1)
    assert facts["size_bytes"] > 0
    assert main(["info", str(project)]) == 0
    assert "articles\t1" in capsys.readouterr().out


def test_a_dry_run_lists_articles_and_stores_nothing(project, page, tmp_path, capsys):
    page.write_text("Another page with other words\n\nIt says something else entirely.\n")
    assert main(["import", str(project), str(page), "--dry-run", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["stored"] is False
    assert [a["headline"] for a in told["articles"]] == ["Another page with other words"]
    main(["info", str(project), "--json"])
    assert json.loads(capsys.readouterr().out)["articles"] == 1


def test_text_prints_the_canonical_text_with_roles(page, capsys):
    assert main(["text", str(page)]) == 0
    line = json.loads(capsys.readouterr().out)
    assert list(line) == [
        "id", "headline", "outlet", "byline", "published", "url", "language", "wire_credit", "text",
        "blocks", "warnings", "source",
    ]  # fmt: skip
    assert line["text"] == PAGE
    assert line["headline"] == "Ferry returns to Quay Nine"
    roles = {line["text"][b["start"] : b["end"]]: b["role"] for b in line["blocks"]}
    assert roles["Ferry returns to Quay Nine"] == "headline"
    assert roles["Subscribe to our newsletter"] == "promo"
    assert list(line["source"]) == ["file", "index", "sha256"]


def test_text_main_leaves_page_furniture_out(page, capsys):
    assert main(["text", str(page), "--main"]) == 0
    line = json.loads(capsys.readouterr().out)
    assert "Subscribe" not in line["text"]
    assert "The ferry returned" in line["text"]
    assert all(b["end"] <= len(line["text"]) for b in line["blocks"])


def test_text_reads_standard_input(capsys, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(PAGE.encode())))
    assert main(["text", "-"]) == 0
    assert json.loads(capsys.readouterr().out)["text"] == PAGE


def test_highlight_lines_have_the_promised_shape(tmp_path, capsys):
    lines = tmp_path / "in.jsonl"
    lines.write_text(
        "".join(json.dumps({"id": n, "text": PAGE}) + "\n" for n in (3, 1, 2)), encoding="utf-8"
    )
    assert main(["highlight", "--jsonl", str(lines)]) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [row["id"] for row in rows] == [3, 1, 2]
    for annotation in rows[0]["annotations"]:
        assert {"id", "layer", "code", "fragments", "exact", "score", "attributes"} <= set(
            annotation
        )
        assert 0 <= annotation["score"] <= 1
        assert [PAGE[s:e] for s, e in annotation["fragments"]] == annotation["exact"]
    quote = next(a for a in rows[0]["annotations"] if a["layer"] == "quote"
                 and a["exact"][0].startswith("“We"))  # fmt: skip
    assert quote["attributes"]["speaker"] == "Ines Dahl"
    by_id = {a["id"]: a for a in rows[0]["annotations"]}
    ends = {
        k["kind"]: by_id[k["to"]]["exact"] for k in rows[0]["links"] if k["from"] == quote["id"]
    }
    assert ends["cue"] == ["said"]
    assert "Ines Dahl" in ends["source"][0]


def test_highlight_names_the_line_that_is_wrong(tmp_path, capsys):
    lines = tmp_path / "in.jsonl"
    lines.write_text('{"id": 1, "text": "a"}\n{"id": 2}\n')
    assert main(["highlight", "--jsonl", str(lines)]) == 1
    assert "Line 2" in capsys.readouterr().err


def test_highlight_with_a_pipeline_that_is_not_installed_says_what_to_do(project, capsys):
    assert main(["highlight", str(project), "--model", "xx_nothing_sm"]) == 1
    assert "xx_nothing_sm" in capsys.readouterr().err


def test_highlight_check_and_both_exports_of_a_project(project, tmp_path, capsys):
    assert main(["highlight", str(project), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["suggestions"] > 3
    assert main(["check", str(project), "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"ok": True, "repaired": [], "problems": []}
    assert main(["export", str(project), "coding-csv", str(tmp_path / "out"), "--separator", ";",
                 "--suggestions", "yes"]) == 0  # fmt: skip
    assert "Wrote" in capsys.readouterr().out
    assert ";" in (tmp_path / "out" / "spans.csv").read_text("utf-8-sig").splitlines()[0]
    assert main(["export", str(project), "jsonl", str(tmp_path / "o.jsonl"), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["paths"] == [str(tmp_path / "o.jsonl")]


def test_an_export_with_losses_is_refused_when_strict(project, tmp_path, capsys):
    main(["highlight", str(project)])
    out = tmp_path / "out"
    code = main(
        ["export", str(project), "coding-csv", str(out), "--suggestions", "yes", "--strict"]
    )
    assert code == 1
    assert "links" in capsys.readouterr().err
    assert not out.exists()


def test_an_unknown_format_or_option_names_the_known_ones(project, tmp_path, capsys):
    assert main(["export", str(project), "nothing", str(tmp_path / "o")]) == 1
    assert "coding-csv" in capsys.readouterr().err
    assert main(["export", str(project), "jsonl", str(tmp_path / "o"), "--colour", "red"]) == 1
    assert "--colour" in capsys.readouterr().err


def test_a_damaged_project_is_reported_and_repaired_from_its_snapshot(project, capsys):
    from annotator.store.project import Project

    with Project.open(project) as opened:
        opened.snapshot()
    data = project.read_bytes()
    project.write_bytes(data[: len(data) // 2])
    assert main(["check", str(project)]) == 1
    assert "cut short" in capsys.readouterr().out
    assert main(["info", str(project)]) == 1
    assert main(["check", str(project), "--repair"]) == 0
    capsys.readouterr()
    assert main(["info", str(project), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["articles"] == 1


def test_the_codebook_goes_out_and_comes_back_the_same(project, tmp_path, capsys):
    for suffix in (".toml", ".json"):
        file = tmp_path / f"book{suffix}"
        assert main(["codebook", str(project), "export", str(file)]) == 0
        assert main(["codebook", str(project), "import", str(file)]) == 0
    assert main(["codebook", str(project), "show"]) == 0
    out = capsys.readouterr().out
    assert "stance" in out
    assert "boilerplate" in out


def test_formats_lists_importers_and_exporters_with_what_they_hold(capsys):
    assert main(["formats", "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert {"txt", "csv", "jsonl"} <= {r["name"] for r in rows if r["direction"] == "import"}
    assert {"coding-csv", "jsonl"} <= {r["name"] for r in rows if r["direction"] == "export"}
    assert all(r["holds"] for r in rows)


def test_the_demonstration_leaves_a_project_and_exports(tmp_path, capsys):
    assert main(["demo", "--headless", "--dir", str(tmp_path / "demo")]) == 0
    out = capsys.readouterr().out
    assert "5 articles by 5 outlets" in out
    assert (tmp_path / "demo" / "sample.annot").is_file()
    assert (tmp_path / "demo" / "coding" / "spans.csv").is_file()
    assert (tmp_path / "demo" / "coding.jsonl").is_file()
    assert main(["check", str(tmp_path / "demo" / "sample.annot")]) == 0


def test_an_interruption_is_130(project, monkeypatch, capsys):
    def interrupted(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr("annotator.tasks.summary.summary", interrupted)
    assert main(["info", str(project)]) == 130
    assert "kept" in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [[], ["open"]])
def test_without_a_display_a_sentence_says_what_else_can_be_done(arguments, capsys, monkeypatch):
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    assert main(arguments) == 1
    assert "--headless" in capsys.readouterr().err


def test_open_names_a_project_that_is_not_there(capsys, tmp_path):
    assert main(["open", str(tmp_path / "none.annot")]) == 1
    assert "no such project" in capsys.readouterr().err
