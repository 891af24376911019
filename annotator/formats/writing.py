"""Writing files so that a failure leaves the old ones, and cells that no spreadsheet runs.

Files are written beside their places and put there together at the end; when anything goes wrong,
or whoever iterates stops, what was written beside is removed. A text cell that a spreadsheet would
take for a formula gets a leading apostrophe, in a way that can be taken back exactly. What is
written is the exporters' subject.
"""

from __future__ import annotations

import json
import os
import re
from contextlib import suppress
from typing import TYPE_CHECKING, Any, NoReturn, Self
from uuid import uuid4

from annotator.errors import BadInput

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType
    from typing import TextIO

# What starts a formula in a spreadsheet, also in its full-width form (OWASP, "CSV Injection").
FORMULA = re.compile("'*[=+\\-@\t\r\n＝＋－＠]")
NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?\Z", re.ASCII)
# Line ends of Unicode that are none of JSON Lines, yet many readers split at them.
LINE_ENDS = {0x85: "\\u0085", 0x2028: "\\u2028", 0x2029: "\\u2029"}


class WritingBeside:
    """Several text files, in their places all together or not at all.

    Used as a context: on leaving it without an error the files are put in place.

    Raises:
        BadInput: if a file or folder cannot be written.
    """

    def __init__(self) -> None:
        self._files: list[tuple[Path, Path, TextIO]] = []
        self._made: list[Path] = []

    def open(self, path: Path, *, encoding: str = "utf-8") -> TextIO:
        """Return a text file to write to, with line ends written as given.

        Raises:
            BadInput: if the file or its folder cannot be made.
        """
        beside = path.with_name(f".{path.name}.{uuid4().hex}.part")
        try:
            self._make_folder(path.parent)
            if path.is_dir():
                raise IsADirectoryError(None, "there is a folder of this name")
            file = beside.open("x", encoding=encoding, newline="")
        except OSError as error:
            _refuse(path, error)
        self._files.append((path, beside, file))
        return file

    @property
    def paths(self) -> tuple[Path, ...]:
        """Where the files will be."""
        return tuple(path for path, _, _ in self._files)

    def __enter__(self) -> Self:
        """Start."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Put the files in place, or remove what was written."""
        if kind is not None:
            self._remove()
            if isinstance(error, OSError):
                _refuse(self._files[0][0] if self._files else "", error)
            return
        try:
            for _, _, file in self._files:
                file.flush()
                os.fsync(file.fileno())
                file.close()
            for path, beside, _ in self._files:
                beside.replace(path)
        except OSError as failure:
            self._remove()
            _refuse(failure.filename2 or self._files[0][0], failure)

    def _make_folder(self, folder: Path) -> None:
        missing = []
        while not folder.exists():
            missing.append(folder)
            folder = folder.parent
        for path in reversed(missing):
            path.mkdir()
            self._made.append(path)

    def _remove(self) -> None:
        for _, beside, file in self._files:
            with suppress(OSError):
                file.close()
            with suppress(OSError):
                beside.unlink(missing_ok=True)
        for folder in reversed(self._made):
            with suppress(OSError):
                folder.rmdir()


def _refuse(path: Path | str, error: OSError) -> NoReturn:
    raise BadInput(
        f"The export could not be written: {error.strerror or error}.",
        hint="Choose another place, or close the program that has the file open.",
        where=str(path),
    ) from error


def escape_cell(text: str) -> str:
    """Return the text as no spreadsheet takes it for a formula; numbers stay as they are.

    >>> escape_cell("=1+1"), escape_cell("-5"), escape_cell("plain")
    ("'=1+1", '-5', 'plain')
    """
    if FORMULA.match(text) and not NUMBER.match(text):
        return "'" + text
    return text


def unescape_cell(cell: str) -> str:
    """Return the text of an escaped cell.

    >>> unescape_cell("'=1+1"), unescape_cell("'tis")
    ('=1+1', "'tis")
    """
    return cell[1:] if cell.startswith("'") and FORMULA.match(cell) else cell


def cell(value: Any) -> str:  # attributes and answers may hold anything JSON can
    """Return a value as a table's cell: numbers with a dot, lists as JSON, nothing as empty.

    >>> cell(None), cell(True), cell(0.5), cell([1, 2]), cell("@all")
    ('', 'true', '0.5', '[1, 2]', "'@all")
    """
    if value is None:
        return ""
    if isinstance(value, str):
        return escape_cell(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return repr(value)
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def json_line(record: dict[str, Any]) -> str:
    r"""Return a record as one line of JSON, its end included, keys in their order.

    >>> json_line({"text": "a\u2028b"})
    '{"text": "a\\u2028b"}\n'
    """
    return json.dumps(record, ensure_ascii=False).translate(LINE_ENDS) + "\n"
