"""Codebooks as files: nothing changes on the way, and bad files are told where."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings

from annotator.errors import BadCodebook, BadInput
from annotator.formats.codebooks import FORMATS, combine, read_codebook, write_codebook
from annotator.model.codebook import Code, Codebook, Layer, ShownIf, Variable
from tests.formats.codebook_samples import WILD, codebooks, moods


@pytest.fixture
def codebook():
    return moods()


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@pytest.mark.parametrize("suffix", [".toml", ".json"])
@given(book=codebooks(WILD))
def test_toml_and_json_give_back_the_same_codebook(tmp_path, suffix, book):
    path = tmp_path / f"book{suffix}"
    assert write_codebook(book, path) == []
    assert read_codebook(path) == book
    first = path.read_bytes()
    write_codebook(read_codebook(path), path)
    assert path.read_bytes() == first


def test_identifiers_that_do_not_follow_from_slugs_are_listed_as_lost(tmp_path):
    book = Codebook((Layer("l", "L", id="mine"),))
    assert write_codebook(book, tmp_path / "b.toml") == [
        "identifiers that do not follow from slugs (1)"
    ]


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("b.toml", b"[[code]]\nlayer = \n", "line 2"),
        ("b.toml", b'[[code]]\nlayer = "l"\nslug = "s"\n', "code 1 has no “name”"),
        ("b.toml", b'[[layer]]\nslug = "l"\nname = 3\n', "layer 1, field “name” must be text"),
        ("b.json", b'{"layer": [\n}', "line 2 column 1"),
        ("b.json", b'{"layer": [{"slug": "a", "slug": "b"}]}', "the field “slug” twice"),
        ("b.json", b'{"layer": NaN}', "“NaN” is no number"),
        ("b.json", b"[" * 100_000, "nested too deeply"),
        ("b.json", b"[]", "holds tables"),
        ("b.toml", b"# one\n# t\xe9\n", "Line 2 is not UTF-8"),
    ],
)
def test_a_bad_file_is_told_by_line_or_by_table_and_field(tmp_path, name, data, told):
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(BadCodebook) as caught:
        read_codebook(path)
    assert told in str(caught.value)
    assert caught.value.where == str(path)


def test_a_file_with_a_byte_order_mark_is_read(tmp_path):
    path = tmp_path / "b.toml"
    path.write_bytes(b'\xef\xbb\xbf[[layer]]\nslug = "l"\nname = "L"\n')
    assert read_codebook(path).layers[0].name == "L"


def test_a_missing_file_and_an_unknown_kind_are_told_apart(tmp_path):
    with pytest.raises(BadInput, match="cannot be read"):
        read_codebook(tmp_path / "gone.toml")
    with pytest.raises(BadInput, match=r"“\.docx” is no kind of codebook file"):
        read_codebook(tmp_path / "b.docx")


def test_a_codebook_that_contradicts_itself_leaves_the_old_file(tmp_path, codebook):
    path = tmp_path / "b.toml"
    write_codebook(codebook, path)
    before = path.read_bytes()
    broken = replace(codebook, codes=(*codebook.codes, Code("gone", "x", "X")))
    with pytest.raises(BadCodebook, match="gone"):
        write_codebook(broken, path)
    assert path.read_bytes() == before


def test_a_value_that_toml_cannot_hold_is_refused_in_one_sentence(tmp_path):
    book = Codebook(
        variables=(Variable("a", "A"), Variable("b", "B", shown_if=ShownIf("a", (None,))))
    )
    with pytest.raises(BadCodebook, match="TOML cannot hold"):
        write_codebook(book, tmp_path / "b.toml")
    half = Codebook(name="\ud83d")
    for suffix in (".toml", ".json"):
        with pytest.raises(BadCodebook):
            write_codebook(half, tmp_path / f"b{suffix}")
    assert list(tmp_path.iterdir()) == []


def test_failed_writing_leaves_nothing_beside_the_file(tmp_path, codebook):
    folder = tmp_path / "b.toml"
    folder.mkdir()
    with pytest.raises(BadInput, match="could not be written"):
        write_codebook(codebook, folder)
    with pytest.raises(BadInput, match="could not be written"):
        write_codebook(codebook, tmp_path / "gone" / "b.toml")
    assert list(tmp_path.iterdir()) == [folder]


def test_a_combined_codebook_keeps_order_and_drops_a_clashing_row_of_keys(codebook):
    other = Codebook(
        layers=(Layer("tone", "Tone", position=1), Layer("pace", "Pace", position=2)),
        codes=(
            Code("tone", "low", "Low", key="1", position=1),
            Code("tone", "high", "High", key="2", position=2),
            Code("pace", "slow", "Slow", key="3", position=3),
        ),
    )
    both = combine([codebook, other])
    assert [(c.slug, c.key) for c in both.codes] == [
        ("glad", "1"),
        ("elated", ""),
        ("low", ""),
        ("high", ""),
        ("slow", "3"),
    ]
    assert [layer.slug for layer in both.layers] == ["mood", "tone", "pace"]
    assert [code.position for code in both.codes] == [1, 2, 3, 4, 5]
    assert combine([]) == Codebook()


def test_what_stands_in_two_codebooks_is_taken_from_the_later(codebook):
    newer = replace(codebook, codes=(replace(codebook.codes[0], name="Cheerful"),))
    both = combine([codebook, newer])
    assert [code.name for code in both.codes] == ["Cheerful", "Elated"]


def test_every_format_says_what_it_holds():
    assert list(FORMATS) == [".toml", ".json", ".csv", ".qdc", ".html"]
    assert all(kind.holds for kind in FORMATS.values())
