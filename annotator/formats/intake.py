"""The one door through which articles come in: paths in, articles and refusals out.

Finds the files, asks the registered importers which of them knows each best, and passes on what it
reads. Nothing is written, nothing stops at a bad file, and the order is the same every time. Also
gives a found article the shape that `annotator text` prints.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections import Counter
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from annotator.errors import AnnotatorError
from annotator.formats.protocol import IMPORTERS, FoundArticle, Importer, Refused, SourceFile
from annotator.formats.reading import hash_file, read_head, signature
from annotator.model.article import Block

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

STDIN = "-"
SKIPPED_NAMES = frozenset({"thumbs.db", "desktop.ini", "__macosx"})
SKIPPED_STARTS = (".", "~$")
LEAST = 0.05  # how sure an importer must be at least


def register_built_ins() -> None:
    """Register the importers that come with the program; done again, it changes nothing."""
    from annotator.formats.jsonl import JsonlImporter  # noqa: PLC0415  # importing stays cheap
    from annotator.formats.plain import MarkdownImporter, TxtImporter  # noqa: PLC0415
    from annotator.formats.tables import CsvImporter  # noqa: PLC0415

    built_ins: tuple[Importer, ...] = (
        TxtImporter(),
        MarkdownImporter(),
        CsvImporter(),
        JsonlImporter(),
    )
    for importer in built_ins:
        IMPORTERS.register(importer.name, importer)


def intake(
    paths: Iterable[Path | str], *, options: Mapping[str, Any] | None = None
) -> Iterator[FoundArticle | Refused]:
    """Yield every article in files and folders, and a sentence for whatever was left out.

    Args:
        paths: Files, folders (searched through), or "-" for standard input.
        options: Read by importers: "separator" (regular expression), "map" (field to column),
            "outlet" (a name, or "folder" or "file"), "story", "date_order" ("dmy" or "mdy");
            and "importer" to name the one to use. Names fill only what a file leaves open.

    Raises:
        BadInput: if the importer that is asked for does not exist.
    """
    chosen = dict(options or {})
    register_built_ins()
    forced = IMPORTERS.get(str(chosen["importer"])) if chosen.get("importer") else None
    seen: set[Path] = set()
    names: set[str] = set()
    for path in paths:
        if str(path) == STDIN:
            with _spooled() as spool:
                yield from _read(spool, "standard input", forced, chosen)
            continue
        for found in _files(Path(path), is_any_kind=forced is not None):
            if isinstance(found, Refused):
                yield found
                continue
            file, name = found
            if (real := file.resolve()) not in seen:
                seen.add(real)
                yield from _read(file, _unlike(name, file, names), forced, chosen)


def importer_for(head: bytes, name: str) -> Importer | None:
    """Return the importer that knows a file best by its first bytes and name, None if none does."""
    register_built_ins()
    best, surest = None, LEAST
    for importer in _importers():
        sure = importer.recognises(head, name)
        if sure > surest:
            best, surest = importer, sure
    return best


def to_line(found: FoundArticle) -> dict[str, Any]:
    """Return a found article in the shape that `annotator text` prints.

    An article without an id gets its file's name, with a number from the second one on.
    """
    number = f"#{found.index + 1}" if found.index else ""
    return {
        "id": found.id or f"{found.source_name}{number}",
        "headline": found.headline,
        "outlet": found.outlet,
        "byline": found.byline,
        "published": found.published,
        "url": found.url,
        "language": found.language,
        "wire_credit": found.wire_credit,
        "text": found.text,
        "blocks": [{"start": b.start, "end": b.end, "role": b.role} for b in found.blocks],
        "warnings": list(found.warnings),
        "source": {
            "file": found.source_name,
            "index": found.index,
            "sha256": found.source_sha256,
        },
    }


def main_text(found: FoundArticle) -> FoundArticle:
    """Return the article with the blocks of role main alone, joined by line ends.

    Offsets of the blocks refer to the new text.
    """
    pieces = [found.text[b.start : b.end] for b in found.blocks if b.role == "main"]
    blocks = []
    start = 0
    for piece in pieces:
        blocks.append(Block(start, start + len(piece), "main"))
        start += len(piece) + 1
    return replace(found, text="\n".join(pieces), blocks=tuple(blocks))


def _importers() -> list[Importer]:
    return list(dict(IMPORTERS.items()).values())


def _read(
    file: Path, name: str, forced: Importer | None, options: Mapping[str, Any]
) -> Iterator[FoundArticle | Refused]:
    """Yield what the best importer finds in one file."""
    try:
        if file.exists() and not file.is_file():  # a pipe or device would never end
            yield Refused(f"{name} is no ordinary file; it was left out.")
            return
        head = read_head(file)
        importer = forced or importer_for(head, name)
        if not head:
            yield Refused(f"{name} is empty.")
        elif importer is None:
            what = signature(head) or "of a kind that no importer knows"
            yield Refused(f"{name} is {what}; it was left out.")
        else:
            yield from importer.read(SourceFile(file, name, hash_file(file)), options)
    except OSError as error:
        yield Refused(f"{name} could not be read: {error.strerror or error}.")
    except AnnotatorError as error:
        yield Refused(f"{name} could not be read: {error}")


def _files(path: Path, *, is_any_kind: bool) -> Iterator[tuple[Path, str] | Refused]:
    """Yield a file with its name, or the files below a folder with names relative to it."""
    try:
        if not path.exists():
            yield Refused(f"{_shown(path)} does not exist.")
        elif path.is_dir():
            yield from _below(path, is_any_kind=is_any_kind)
        elif path.is_file():
            yield path, _storable(path.name)
        else:
            yield Refused(f"{_shown(path)} is neither a file nor a folder.")
    except OSError as error:
        yield Refused(f"{_shown(path)} could not be read: {error.strerror or error}.")


def _below(folder: Path, *, is_any_kind: bool) -> Iterator[tuple[Path, str] | Refused]:
    """Yield the files of a folder that some importer may know, in order of their names."""
    suffixes = tuple(s for importer in _importers() for s in importer.suffixes)
    problems: list[OSError] = []
    left_out: Counter[str] = Counter()
    found: list[tuple[tuple[str, ...], Path]] = []
    for file in _walk(folder, problems):
        if is_any_kind or file.name.lower().endswith(suffixes):
            found.append((file.relative_to(folder).parts, file))
        else:
            left_out[file.suffix.lower() or "no suffix"] += 1
    for error in problems:
        place = _shown(Path(os.fsdecode(error.filename or folder)))
        yield Refused(f"The folder {place} could not be read: {error.strerror}.")
    for parts, file in sorted(found):
        yield file, _storable("/".join(parts))
    if left_out:
        kinds = ", ".join(f"{_storable(kind)} ({n})" for kind, n in sorted(left_out.items()))
        yield Refused(f"In {_shown(folder)}, files of other kinds were left out: {kinds}.")
    elif not found and not problems:
        yield Refused(f"The folder {_shown(folder)} holds no files.")


def _walk(folder: Path, problems: list[OSError]) -> Iterator[Path]:
    """Yield the files below a folder, hidden ones and locks left out."""
    for parent, folders, files in os.walk(folder, onerror=problems.append):
        folders[:] = [name for name in folders if not _is_skipped(name)]
        for name in files:
            if not _is_skipped(name):
                yield Path(parent, name)


def _is_skipped(name: str) -> bool:
    """Say whether a name is hidden, a lock of an office program, or a system's own."""
    return name.startswith(SKIPPED_STARTS) or name.lower() in SKIPPED_NAMES


def _unlike(name: str, file: Path, names: set[str]) -> str:
    """Return a name that no other file of this intake has, and remember it."""
    wanted, number = name, 1
    if wanted in names:
        wanted = _storable(f"{file.resolve().parent.name}/{file.name}")
    while wanted in names:
        number += 1
        wanted = f"{name} ({number})"
    names.add(wanted)
    return wanted


def _shown(path: Path) -> str:
    return _storable(str(path))


def _storable(name: str) -> str:
    """Return a file name without bytes that are no characters."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


@contextmanager
def _spooled() -> Iterator[Path]:
    """Keep standard input in a file for as long as it is read."""
    with tempfile.TemporaryDirectory() as folder:
        spool = Path(folder, "input")
        with spool.open("wb") as file:
            while piece := sys.stdin.buffer.read(1 << 20):
                file.write(piece)
        yield spool
