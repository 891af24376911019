"""From bytes to characters: which encoding a file is in, and whether it is text at all.

Order of trust: a byte-order mark, then UTF-8 that fits, then the pattern of UTF-16, then
Windows-1252 where its letters make sense, and only then a statistical guess. A file is surveyed in
pieces, so that a table of any size can be read as a stream. What cannot be read becomes U+FFFD and
is warned about; a file that is no text is refused in one sentence. Line ends are left alone here.
"""

from __future__ import annotations

import codecs
import hashlib
import io
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from annotator.formats.protocol import Refused

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from annotator.formats.protocol import SourceFile

PIECE = 1 << 20
HEAD = 1 << 14
SAMPLE = 1 << 16
MOST_BYTES = 400_000_000  # one text; SQLite keeps no value beyond 1,000,000,000 bytes

BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
SIGNATURES = (
    (b"\x89PNG\r\n\x1a\n", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF87a", "a GIF picture"),
    (b"GIF89a", "a GIF picture"),
    (b"RIFF", "a WebP picture, a sound or a film"),
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a zip archive or an Office document"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ\x00", "an xz archive"),
    (b"(\xb5/\xfd", "a zstandard archive"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"\x7fELF", "a program"),
    (b"PAR1", "a Parquet table"),
    (b"ID3", "a sound file"),
    (b"OggS", "a sound file"),
)
CONTROLS = bytes(c for c in range(32) if c not in b"\t\n\v\f\r\x1b") + b"\x7f"
# Signs where Windows-1252 has letters in its Central European and Cyrillic sisters.
MISPLACED = re.compile(
    "[¹³¼¾](?=[a-zà-ÿ])|(?<=[a-zà-ÿ]{2})[¹³¼¾]|(?<=[a-zà-ÿ])[¡-¨ª-¯±´-¸»-½¿×÷†-‡‰€](?=[a-zà-ÿ])"
)
NAMES = {
    "utf-8": "UTF-8",
    "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16",
    "cp1252": "Windows-1252",
    "cp1250": "Windows-1250",
    "cp1251": "Windows-1251",
    "cp1254": "Windows-1254",
}


@dataclass(frozen=True, slots=True)
class Encoding:
    """How the bytes of a file are to be read.

    Args:
        name: Name of a Python codec.
        bom: Number of bytes of the byte-order mark.
        is_guessed: Whether another encoding is possible.
    """

    name: str
    bom: int = 0
    is_guessed: bool = False

    @property
    def warnings(self) -> tuple[str, ...]:
        """What a person should check."""
        if not self.is_guessed:
            return ()
        title = NAMES.get(self.name, self.name)
        return (f"The encoding was guessed to be {title}: check accented letters and quotes.",)


@dataclass(frozen=True, slots=True)
class RawText:
    """The characters of a whole file, line ends as they were."""

    text: str
    encoding: Encoding


def hash_file(path: Path) -> str:
    """Return the SHA-256 of a file's bytes, in hexadecimal.

    Raises:
        OSError: if it cannot be read.
    """
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def read_head(path: Path) -> bytes:
    """Return the first bytes of a file, enough to recognise it.

    Raises:
        OSError: if it cannot be read.
    """
    with path.open("rb") as file:
        return file.read(HEAD)


def read_text(source: SourceFile) -> RawText | Refused:
    """Return the text of a whole file, or why there is none."""
    try:
        size = source.path.stat().st_size
        if size > MOST_BYTES:
            return Refused(
                f"{source.name} is {size // 1_000_000} MB large, too much for one text; "
                "split it into its articles."
            )
        data = source.path.read_bytes()
    except OSError as error:
        return unreadable(source, error)
    encoding = _decide(data[:HEAD], [data])
    if isinstance(encoding, str):
        return Refused(f"{source.name} {encoding}")
    text = data[encoding.bom :].decode(encoding.name, errors="replace")
    if not text.strip():
        return Refused(f"{source.name} holds nothing but blanks.")
    return RawText(text, encoding)


def open_text(source: SourceFile) -> tuple[io.TextIOWrapper, Encoding] | Refused:
    """Open a file of any size as a stream of characters, line ends untouched."""
    try:
        encoding = _decide(read_head(source.path), _Pieces(source.path))
        if isinstance(encoding, str):
            return Refused(f"{source.name} {encoding}")
        file = source.path.open("rb")
    except OSError as error:
        return unreadable(source, error)
    file.seek(encoding.bom)
    return io.TextIOWrapper(file, encoding.name, errors="replace", newline=""), encoding


def unreadable(source: SourceFile, error: OSError) -> Refused:
    """Return the refusal of a file that the system would not read."""
    return Refused(f"{source.name} could not be read: {error.strerror or error}.")


def signature(head: bytes) -> str:
    """Return what a file is by its first bytes ("a PNG picture"), "" if not known.

    >>> signature(b"%PDF-1.7 ...")
    'a PDF document'
    """
    return next((what for start, what in SIGNATURES if head.startswith(start)), "")


def looks_like_text(head: bytes) -> bool:
    """Say whether the first bytes of a file could be text in some encoding."""
    return bool(head) and not isinstance(_by_head(head), str)


class _Pieces:
    """The bytes of a file in pieces; can be gone through more than once."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __iter__(self) -> Iterator[bytes]:
        with self.path.open("rb") as file:
            while piece := file.read(PIECE):
                yield piece


def _decide(head: bytes, pieces: _Pieces | list[bytes]) -> Encoding | str:
    """Return the encoding, or the rest of a sentence that begins with the file's name."""
    if not head:
        return "is empty."
    found = _by_head(head)
    if found is not None:
        return found
    fit = _utf8_fit(pieces)
    if fit.is_utf8:
        return Encoding("utf-8")
    return _eight_bit(_sample(pieces))


def _by_head(head: bytes) -> Encoding | str | None:
    """Decide by byte-order mark, signature, or the pattern of NUL and control bytes."""
    for mark, name in BOMS:
        if head.startswith(mark):
            return Encoding(name, len(mark))
    if what := signature(head):
        return f"is {what}, not text; it was left out."
    wide = _wide(head)
    if wide:
        return Encoding(wide, is_guessed=True)
    controls = len(head) - len(head.translate(None, CONTROLS))
    if controls > 8 and controls > len(head) * 0.03:
        return "is not text but binary data; it was left out."
    return None


def _wide(head: bytes) -> str:
    """Return the UTF-16 codec that fits, by the place of NUL bytes or by sensible letters."""
    pairs = len(head) // 2
    if pairs < 4:
        return ""
    even, odd = head[0 : pairs * 2 : 2].count(0), head[1 : pairs * 2 : 2].count(0)
    if odd > pairs * 0.3 and even < pairs * 0.03:
        return "utf-16-le"
    if even > pairs * 0.3 and odd < pairs * 0.03:
        return "utf-16-be"
    if len(head) == len(head.translate(None, CONTROLS)):
        return ""  # a two-byte text without NUL bytes still has other control bytes
    return next((name for name in ("utf-16-le", "utf-16-be") if _makes_words(head, name)), "")


def _makes_words(head: bytes, codec: str) -> bool:
    """Say whether the bytes give letters and blanks in this two-byte encoding."""
    try:
        text = head[: len(head) // 2 * 2].decode(codec)
    except UnicodeDecodeError:
        return False
    letters = sum(c.isalpha() for c in text)
    blanks = text.count(" ") + text.count("\n")
    return blanks > len(text) * 0.03 and letters + blanks > len(text) * 0.85


@dataclass(frozen=True, slots=True)
class _Fit:
    """How well bytes fit UTF-8: broken sequences, sound ones, and whether only the end is cut."""

    broken: int
    sound: int
    is_cut: bool

    @property
    def is_utf8(self) -> bool:
        return not self.broken or self.is_cut or self.sound > 4 * self.broken


def _utf8_fit(pieces: _Pieces | list[bytes]) -> _Fit:
    decoder = codecs.getincrementaldecoder("utf-8")(errors="replace")
    broken = sound = 0
    for piece in pieces:
        text = decoder.decode(piece)
        bad = text.count("\ufffd")
        broken += bad
        sound += len(text) - len(text.encode("ascii", "ignore")) - bad
    rest = len(decoder.getstate()[0])
    is_cut = rest > 0 and not broken and (rest > 1 or sound > 0)
    return _Fit(broken + (rest > 0), sound, is_cut)


def _sample(pieces: _Pieces | list[bytes]) -> bytes:
    """Return whole lines with bytes beyond ASCII, as many as are needed to judge them."""
    found = bytearray()
    for piece in pieces:
        for line in piece.splitlines(keepends=True):
            if not line.isascii():
                found += line[: SAMPLE - len(found)]
            if len(found) >= SAMPLE:
                return bytes(found)
    return bytes(found)


def _eight_bit(sample: bytes) -> Encoding:
    if _is_western(sample):
        return Encoding("cp1252", is_guessed=True)
    from charset_normalizer import from_bytes  # noqa: PLC0415  # slow to load, seldom needed

    best = from_bytes(sample).best()
    return Encoding(best.encoding if best else "cp1252", is_guessed=True)


def _is_western(sample: bytes) -> bool:
    """Say whether Windows-1252 gives accented letters and quotes where they belong."""
    try:
        text = sample.decode("cp1252")
    except UnicodeDecodeError:
        return False
    high = [c for c in text if c > "\x7f"]
    letters = [c for c in high if c.isalpha()]
    plain = sum(c.isascii() and c.isalpha() for c in text)
    odd = sum(c in "ðýþÐÝÞŸƒªº" for c in letters)  # other alphabets' letters, read wrongly
    misplaced = len(MISPLACED.findall(text))
    return len(letters) < plain * 0.4 and odd * 3 <= len(high) and misplaced * 10 <= len(high)


def decode_head(head: bytes) -> str:
    r"""Return the first characters of a file, well enough to recognise it.

    >>> decode_head(b"\xef\xbb\xbfid,text")
    'id,text'
    """
    found = _by_head(head)
    if isinstance(found, str):
        return ""
    encoding = found or Encoding("utf-8")
    return head[encoding.bom :].decode(encoding.name, errors="replace")
