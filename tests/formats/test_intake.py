"""Paths go in; articles and sentences about what was left out come out."""

import hashlib
import io
import json
import os
import subprocess
import sys

import pytest

from annotator.errors import BadInput
from annotator.formats.intake import (
    importer_for,
    intake,
    main_text,
    register_built_ins,
    to_line,
)
from annotator.formats.protocol import IMPORTERS, FoundArticle, Refused
from annotator.formats.reading import HEAD

PAGE = (
    "Skip to main content\nBridge closed for repairs\nBy Ruth Adeyemi\n3 March 2026\n"
    "The town council of Marrow Bay voted on Tuesday to close the bridge 🎉.\n\n"
    "Engineers told the council that two of the cables had lost a third of their strength.\n"
    "SOURCE:AFP\n"
)


@pytest.fixture
def folder(tmp_path):
    def write(files):
        for name, content in files.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return tmp_path

    return write


def names(found):
    return [a.source_name for a in found if isinstance(a, FoundArticle)]


def messages(found):
    return [r.message for r in found if isinstance(r, Refused)]


def test_a_folder_is_read_through_in_order_with_names_relative_to_it(folder):
    top = folder({"b.txt": "B is.", "a/z.md": "Z is.", "a/b/c.txt": "C is.", "A.txt": "A is."})
    found = list(intake([top]))
    assert names(found) == ["A.txt", "a/b/c.txt", "a/z.md", "b.txt"]
    assert found == list(intake([top]))


def test_hidden_files_locks_and_the_systems_own_are_passed_over(folder):
    top = folder(
        {".a.txt": "x", "~$b.txt": "x", ".~lock.c.csv#": "x", "Thumbs.db": "x", ".git/d.txt": "x",
         "__MACOSX/e.txt": "x", "f.txt": "F is here."}
    )  # fmt: skip
    found = list(intake([top]))
    assert names(found) == ["f.txt"]
    assert messages(found) == []


def test_files_of_other_kinds_are_counted_not_silently_dropped(folder):
    top = folder({"a.txt": "A is here.", "b.xyz": "x", "c.xyz": "x", "LICENCE": "x"})
    assert messages(intake([top])) == [
        f"In {top}, files of other kinds were left out: .xyz (2), no suffix (1)."
    ]


def test_a_file_of_unknown_suffix_is_read_when_named_itself(folder):
    top = folder({"note.article": PAGE, "page": "A is here."})
    assert names(intake([top / "note.article", top / "page"])) == ["note.article", "page"]


def test_missing_empty_and_strange_paths_are_refused_and_the_rest_goes_on(folder):
    top = folder(
        {"a.txt": "A is here.", "empty.txt": b"", "none/.keep": "x", "p.png": b"\x89PNG\r\n\x1a\n"}
    )
    os.mkfifo(top / "pipe.txt")
    (top / "gone.txt").symlink_to(top / "nowhere")
    found = list(
        intake(
            [top / "no.txt", top / "none", top / "empty.txt", top / "pipe.txt", top / "p.png", top]
        )
    )
    assert names(found) == ["a.txt"]
    assert messages(found)[:5] == [
        f"{top}/no.txt does not exist.",
        f"The folder {top}/none holds no files.",
        "empty.txt is empty.",
        f"{top}/pipe.txt is neither a file nor a folder.",
        "p.png is a PNG picture; it was left out.",
    ]
    assert "gone.txt could not be read: No such file or directory." in messages(found)
    assert "pipe.txt is no ordinary file; it was left out." in messages(found)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root reads everything")
def test_what_may_not_be_read_is_refused(folder):
    top = folder({"a.txt": "A is here.", "b/c.txt": "C is here."})
    (top / "a.txt").chmod(0)
    (top / "b").chmod(0)
    try:
        found = messages(intake([top]))
    finally:
        (top / "a.txt").chmod(0o600)
        (top / "b").chmod(0o700)
    assert "a.txt could not be read: Permission denied." in found
    assert f"The folder {top}/b could not be read: Permission denied." in found


def test_an_unreadable_file_is_refused_when_the_system_says_no(folder, monkeypatch):
    top = folder({"a.txt": "A is here.", "b.txt": "B is here."})

    def refuse(path):
        if path.name == "a.txt":
            raise PermissionError(13, "Permission denied")
        return path.read_bytes()[:HEAD]

    monkeypatch.setattr("annotator.formats.intake.read_head", refuse)
    found = list(intake([top]))
    assert names(found) == ["b.txt"]
    assert messages(found) == ["a.txt could not be read: Permission denied."]


def test_a_file_given_twice_comes_once(folder):
    top = folder({"a.txt": "A is here."})
    assert names(intake([top / "a.txt", top, str(top / "a.txt")])) == ["a.txt"]


def test_two_files_of_one_name_are_told_apart(folder):
    top = folder({"x/a.txt": "One is.", "y/a.txt": "Two is.", "z/x/a.txt": "Three is."})
    found = names(intake([top / "x/a.txt", top / "y/a.txt", top / "z/x/a.txt", top / "z"]))
    assert found == ["a.txt", "y/a.txt", "x/a.txt"]
    assert len(set(found)) == 3


def test_provenance_is_complete(folder):
    top = folder({"a.txt": PAGE})
    (article,) = intake([top])
    assert article.source_sha256 == hashlib.sha256(PAGE.encode()).hexdigest()
    assert (article.source_name, article.index, article.importer) == ("a.txt", 0, "txt")


def test_names_given_as_options_fill_only_what_the_file_leaves_open(folder):
    top = folder(
        {"Mercury/a.txt": "Outlet: Gazette\nTitle: A\n\nA is here.", "Mercury/b.txt": "B is."}
    )
    found = intake([top], options={"outlet": "folder", "story": "Bridge"})
    assert [(a.outlet, a.story) for a in found] == [("Gazette", "Bridge"), ("Mercury", "Bridge")]
    found = list(intake([top / "Mercury/b.txt"], options={"outlet": "Herald"}))
    assert found[0].outlet == "Herald"
    assert next(intake([top / "Mercury/b.txt"], options={"outlet": "file"})).outlet == "b"
    assert next(intake([top / "Mercury/b.txt"])).outlet == ""


def test_an_importer_can_be_forced(folder):
    top = folder({"a.csv": "id,text\n1,One is here.\n"})
    (article,) = intake([top], options={"importer": "txt"})
    assert article.text == "id,text\n1,One is here.\n"
    with pytest.raises(BadInput, match="no importer “zip”"):
        list(intake([top], options={"importer": "zip"}))


def test_standard_input_is_read_like_a_file(monkeypatch):
    class Stdin:
        buffer = io.BytesIO(b'{"text": "One is here."}\n{"text": "Two is here."}\n')

    monkeypatch.setattr(sys, "stdin", Stdin)
    found = list(intake(["-"]))
    assert [a.text for a in found] == ["One is here.", "Two is here."]
    assert found[0].source_name == "standard input"


@pytest.mark.parametrize(
    ("head", "name", "importer"),
    [
        (b"The mayor", "a.txt", "txt"),
        (b"The mayor", "a.TXT", "txt"),
        (b"# The mayor", "a.md", "markdown"),
        (b"a,b", "a.csv", "csv"),
        (b"{}", "a.json", "jsonl"),
        (b'{"text": "x"}', "input", "jsonl"),
        (b"title\ttext\nA\tB", "input", "csv"),
        (b"The mayor", "input", "txt"),
        (b"\x89PNG\r\n\x1a\n", "input", None),
    ],
)
def test_the_importer_is_chosen_by_content_and_name(head, name, importer):
    chosen = importer_for(head, name)
    assert (chosen.name if chosen else None) == importer


def test_registering_twice_changes_nothing():
    register_built_ins()
    before = [name for name, _ in IMPORTERS.items()]
    register_built_ins()
    assert [name for name, _ in IMPORTERS.items()] == before


def test_every_importer_says_what_it_is_and_holds():
    register_built_ins()
    for name, importer in IMPORTERS.items():
        assert importer.name == name
        assert importer.title
        assert importer.suffixes
        assert all(suffix.startswith(".") for suffix in importer.suffixes)
        assert importer.holds.endswith(".")


def test_importing_the_door_loads_nothing_heavy():
    code = (
        "import sys; import annotator.formats.intake; "
        "print([m for m in ('spacy', 'numpy', 'PySide6', 'charset_normalizer') "
        "if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_line_of_the_text_command_has_exactly_its_shape(folder):
    (article,) = intake([folder({"a.txt": PAGE})])
    line = to_line(article)
    assert list(line) == [
        "id", "headline", "outlet", "byline", "published", "url", "language", "wire_credit", "text",
        "blocks", "warnings", "source",
    ]  # fmt: skip
    assert (line["id"], line["headline"], line["text"]) == (
        "a.txt",
        "Bridge closed for repairs",
        PAGE,
    )
    assert (line["byline"], line["published"]) == ("Ruth Adeyemi", "2026-03-03")
    assert (line["wire_credit"], line["language"]) == ("AFP", "en")
    assert [block["role"] for block in line["blocks"]] == [
        "navigation", "headline", "byline", "byline", "main", "main", "wire-credit",
    ]  # fmt: skip
    assert line["source"] == {"file": "a.txt", "index": 0, "sha256": article.source_sha256}
    assert json.loads(json.dumps(line)) == line


def test_ids_are_the_files_own_or_made_of_its_name(folder):
    top = folder({"a.jsonl": '{"text": "One."}\n{"text": "Two."}\n{"text": "Three.", "id": "x"}\n'})
    assert [to_line(a)["id"] for a in intake([top])] == ["a.jsonl", "a.jsonl#2", "x"]


def test_main_text_holds_the_articles_own_lines_with_offsets_in_it(folder):
    (article,) = intake([folder({"a.txt": PAGE})])
    main = main_text(article)
    lines = PAGE.split("\n")
    assert main.text == f"{lines[4]}\n{lines[6]}"
    assert [main.text[b.start : b.end] for b in main.blocks] == [lines[4], lines[6]]
    assert {b.role for b in main.blocks} == {"main"}
    assert (main.headline, main.source_sha256) == (article.headline, article.source_sha256)


def test_a_name_that_is_no_utf8_can_be_stored(tmp_path):
    raw = os.fsencode(tmp_path) + b"/caf\xe9.txt"
    try:
        with open(raw, "wb") as file:  # noqa: PTH123  # pathlib takes no bytes
            file.write(b"A is here.")
    except OSError:
        pytest.skip("this file system knows only UTF-8 names")
    (article,) = intake([tmp_path])
    assert article.source_name == "caf\ufffd.txt"
    json.dumps(to_line(article), ensure_ascii=False).encode()


def test_a_plug_in_that_gives_up_becomes_a_refusal(folder):
    class Broken:
        name = title = "broken"
        suffixes = (".brk",)
        holds = "Nothing."

        def recognises(self, _head, name):
            return 1.0 if name.endswith(".brk") else 0.0

        def read(self, _source, _options):
            raise BadInput("The lid is stuck.")
            yield

    IMPORTERS.register("broken", Broken())
    try:
        found = list(intake([folder({"a.brk": "x", "b.txt": "B is here."})]))
    finally:
        del IMPORTERS._parts["broken"]
    assert names(found) == ["b.txt"]
    assert messages(found) == ["a.brk could not be read: The lid is stuck."]
