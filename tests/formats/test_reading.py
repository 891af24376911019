"""Bytes become characters, or one sentence says why not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.formats.protocol import Refused, SourceFile
from annotator.formats.reading import (
    hash_file,
    looks_like_text,
    open_text,
    read_text,
    signature,
)

POLISH = "Sąd uznał, że ustawa łamie konstytucję. Święto przesunięto na środę, a głosowano późno."
GERMAN = "Der Bürgermeister schließt die Brücke für längere Zeit: „Es muss sein.“"
TURKISH = "Belediye başkanı yeni köprünün açılışını erteledi. Yağış nedeniyle çalışmalar gecikti."
RUSSIAN = "Мэр города объявил о закрытии старого моста на следующей неделе."
JAPANESE = "市長は来週、古い橋を閉鎖すると発表した。工事は三か月続く見込みである。"


@pytest.fixture
def source(tmp_path):
    def write(data, name="page.txt"):
        path = tmp_path / name
        path.write_bytes(data)
        return SourceFile(path, name, hash_file(path))

    return write


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "utf-16-le", "utf-16-be"]
)
@pytest.mark.parametrize("text", ["Plain words, all of them.\n", "Café – “now” 🎉\r\nعاجل\n"])
def test_unicode_encodings_are_told_without_help(source, encoding, text):
    if encoding in ("utf-16-le", "utf-16-be"):
        text += "and more of the same, so that the pattern of bytes can be seen"
    assert read_text(source(text.encode(encoding))).text == text


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("“It’s over,” he said – to nobody’s surprise.", "cp1252"),
        (GERMAN, "cp1252"),
        (POLISH, "cp1250"),
        (TURKISH, "cp1254"),
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8-r"),
        (JAPANESE, "shift_jis"),
        (JAPANESE * 30, "shift_jis"),
    ],
)
def test_older_encodings_are_guessed_and_the_guess_is_said(source, text, encoding):
    raw = read_text(source(text.encode(encoding)))
    assert raw.text == text
    assert "guessed" in raw.encoding.warnings[0]


def test_utf8_is_no_guess(source):
    assert read_text(source(GERMAN.encode())).encoding.warnings == ()


def test_utf8_cut_in_the_middle_of_a_letter_stays_utf8(source):
    raw = read_text(source("Le café est fermé".encode()[:-1]))
    assert raw.text == "Le café est ferm\ufffd"


def test_one_broken_byte_does_not_turn_utf8_into_another_encoding(source):
    raw = read_text(source(POLISH.encode() + b"\xff" + POLISH.encode()))
    assert raw.text == f"{POLISH}\ufffd{POLISH}"


def test_a_last_accented_letter_of_windows_is_no_cut_utf8(source):
    assert read_text(source("un café".encode("cp1252"))).text == "un café"


def test_line_ends_and_nul_bytes_are_left_to_the_canonical_text(source):
    assert read_text(source(b"a\r\nb\rc\x00d")).text == "a\r\nb\rc\x00d"


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "page.txt is empty."),
        (b" \n\t\n", "page.txt holds nothing but blanks."),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "page.txt is a PNG picture, not text"),
        (b"%PDF-1.7\n", "page.txt is a PDF document, not text"),
        (b"PK\x03\x04rest", "page.txt is a zip archive or an Office document, not text"),
        (bytes(range(256)) * 20, "page.txt is not text but binary data"),
    ],
)
def test_what_is_no_text_is_refused_in_a_sentence_naming_the_file(source, data, sentence):
    refused = read_text(source(data))
    assert isinstance(refused, Refused)
    assert refused.message.startswith(sentence)


def test_a_stream_refuses_what_a_whole_file_refuses(source):
    assert isinstance(open_text(source(b"")), Refused)
    assert isinstance(open_text(source(b"\x89PNG\r\n\x1a\n")), Refused)


def test_a_missing_file_is_refused_not_raised(tmp_path):
    missing = SourceFile(tmp_path / "gone.txt", "gone.txt", "")
    assert read_text(missing).message.startswith("gone.txt could not be read:")
    assert open_text(missing).message.startswith("gone.txt could not be read:")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_a_stream_gives_the_same_characters_as_the_whole_file(source, encoding):
    text = "id;text\r\n" + "1;“Müller” – naïve words in a row\r\n" * 50
    file = source(text.encode(encoding))
    stream, _ = open_text(file)
    with stream:
        assert stream.read() == text == read_text(file).text


def test_a_letter_across_two_pieces_of_a_large_file_is_sound(source):
    text = "x" * ((1 << 20) - 1) + "é" + "y" * 10
    raw = read_text(source(text.encode()))
    assert raw.text == text
    stream, encoding = open_text(source(text.encode()))
    stream.close()
    assert encoding.name == "utf-8"


def test_a_large_file_that_turns_to_windows_late_is_read_as_windows(source):
    text = "plain words\n" * 200_000 + "un café\n"
    stream, encoding = open_text(source(text.encode("cp1252")))
    with stream:
        assert encoding.name == "cp1252"
        assert stream.read().endswith("un café\n")


def test_signatures_and_text_are_told_from_the_first_bytes():
    assert signature(b"GIF89a....") == "a GIF picture"
    assert signature(b"The mayor") == ""
    assert looks_like_text(b"The mayor")
    assert not looks_like_text(b"")
    assert not looks_like_text(b"\x1f\x8b\x08")


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), min_size=1))
def test_any_utf8_text_comes_back(tmp_path_factory, text):
    path = tmp_path_factory.mktemp("any") / "a.txt"
    path.write_bytes(b"\xef\xbb\xbf" + text.encode())
    raw = read_text(SourceFile(path, "a.txt", ""))
    assert isinstance(raw, Refused) if not text.strip() else raw.text == text


@given(st.binary(max_size=300))
def test_no_bytes_whatever_raise(tmp_path_factory, data):
    path = tmp_path_factory.mktemp("bytes") / "a.txt"
    path.write_bytes(data)
    raw = read_text(SourceFile(path, "a.txt", ""))
    assert isinstance(raw, Refused) or raw.text.strip()
