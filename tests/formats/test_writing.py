"""Files in place all together or not at all, and cells that no spreadsheet runs."""

from __future__ import annotations

import json
import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.errors import BadInput
from annotator.formats.writing import WritingBeside, cell, escape_cell, json_line, unescape_cell

TRICKY = st.one_of(st.text(max_size=12), st.text("'=+-@\t\r\n;,\"5.a＝ ", max_size=8))


@pytest.mark.parametrize(
    "text", ["=1+1", "+CMD|' /C calc'!A0", "-x", "@SUM(A1)", "\t=1", "\r=1", "\n", "＝1", "-5%"]
)
def test_what_a_spreadsheet_would_run_gets_an_apostrophe(text):
    assert escape_cell(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "plain", "5 - 3", "-5", "+3.50", "'tis", " =1", "a@b"])
def test_everything_else_stays_numbers_too(text):
    assert escape_cell(text) == text


@given(TRICKY)
def test_escaping_can_be_taken_back_exactly(text):
    assert unescape_cell(escape_cell(text)) == text
    assert escape_cell(text)[:1] not in tuple("=@\t\r\n")


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (None, ""),
        ("", ""),
        (True, "true"),
        (False, "false"),
        (-9, "-9"),
        (0.1, "0.1"),
        (1e21, "1e+21"),
        ([1, "é"], '[1, "é"]'),
        ({"b": 1, "a": None}, '{"a": null, "b": 1}'),
        ("=x", "'=x"),
    ],
)
def test_a_value_is_written_the_same_everywhere(value, written):
    assert cell(value) == written


@given(TRICKY)
def test_a_line_of_json_is_one_line_for_every_reader(text):
    line = json_line({"text": text + "\u2028\u2029\x85\x0b\x0c\x1c"})
    assert line.splitlines() == [line[:-1]]
    assert json.loads(line) == {"text": text + "\u2028\u2029\x85\x0b\x0c\x1c"}


def test_files_appear_together_at_the_end(tmp_path):
    out = tmp_path / "new" / "deep"
    with WritingBeside() as files:
        files.open(out / "a.txt").write("a\r\n")
        files.open(out / "b.txt", encoding="utf-8-sig").write("b")
        assert not (out / "a.txt").exists()
    assert files.paths == (out / "a.txt", out / "b.txt")
    assert (out / "a.txt").read_bytes() == b"a\r\n"
    assert (out / "b.txt").read_bytes() == b"\xef\xbb\xbfb"
    assert sorted(p.name for p in out.iterdir()) == ["a.txt", "b.txt"]


def test_a_failure_leaves_the_old_file_and_nothing_else(tmp_path):
    old = tmp_path / "a.txt"
    old.write_text("old")

    def fail():
        with WritingBeside() as files:
            files.open(old).write("new")
            files.open(tmp_path / "sub" / "b.txt").write("new")
            raise RuntimeError("a bug")

    with pytest.raises(RuntimeError):
        fail()
    assert old.read_text() == "old"
    assert list(tmp_path.iterdir()) == [old]


def test_a_full_disk_is_told_in_one_sentence(tmp_path):
    def fill():
        with WritingBeside() as files:
            files.open(tmp_path / "a.txt")
            raise OSError(28, "No space left on device")

    with pytest.raises(BadInput, match=r"a\.txt: The export could not be written: No space left"):
        fill()
    assert list(tmp_path.iterdir()) == []


def test_a_place_that_cannot_be_written_is_named(tmp_path):
    (tmp_path / "file").write_text("I am no folder")
    (tmp_path / "folder").mkdir()
    for place in (tmp_path / "file" / "a.txt", tmp_path / "folder"):
        with pytest.raises(BadInput) as error, WritingBeside() as files:
            files.open(place)
        assert error.value.where == str(place)
        assert "Choose another place" in error.value.hint
    assert sorted(p.name for p in tmp_path.iterdir()) == ["file", "folder"]


def test_a_file_that_cannot_be_put_in_place_is_named(tmp_path, monkeypatch):
    def fail():
        with WritingBeside() as files:
            files.open(tmp_path / "a.txt").write("new")
            (tmp_path / "a.txt").mkdir()
            (tmp_path / "a.txt" / "in use").write_text("x")

    with pytest.raises(BadInput) as error:
        fail()
    assert error.value.where == str(tmp_path / "a.txt")
    assert [p.name for p in tmp_path.iterdir()] == ["a.txt"]


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write anywhere"
)
def test_a_folder_without_permission_is_refused(tmp_path):
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(BadInput, match="Permission denied"), WritingBeside() as files:
            files.open(tmp_path / "a.txt")
    finally:
        tmp_path.chmod(0o700)
