"""Codebooks as files: read, written, combined, and the templates that come with the program.

TOML and JSON hold everything, the same both ways. CSV and REFI-QDA (.qdc) hold codes alone, HTML
is for printing; `write_codebook` returns what was left out. Files are written beside the old one
and then put in its place, so that a failure leaves the old one. Where a codebook is kept inside a
project is the store's subject.
"""

from __future__ import annotations

import contextlib
import json
import os
from dataclasses import dataclass, replace
from functools import reduce
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar
from uuid import uuid4

from annotator.errors import BadCodebook, BadInput
from annotator.formats import codebook_csv, codebook_html, codebook_qdc
from annotator.formats.codebook_parts import decoded, lost_identifiers
from annotator.model.codebook import (
    MACHINE_LAYERS,
    Attribute,
    Code,
    Codebook,
    Layer,
    Scale,
    Variable,
)
from annotator.model.codebook_check import checked
from annotator.model.codebook_file import from_plain, from_toml, to_plain
from annotator.settings import resource

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

Item = TypeVar("Item", Layer, Code, Attribute, Variable, Scale)
TEMPLATES = (
    "entman",
    "generic-frames",
    "policy-frames",
    "stance",
    "bias",
    "quotes",
    "boilerplate",
    "entities",
)


@dataclass(frozen=True, slots=True)
class CodebookFormat:
    """How a codebook stands in a file.

    Args:
        suffix: Of the file, with its dot.
        holds: What it can hold, in words.
        write: Gives the bytes and, in words, what is left out.
        read: Takes the bytes and the file's name; None if the format is written only.
    """

    suffix: str
    holds: str
    write: Callable[[Codebook], tuple[bytes, list[str]]]
    read: Callable[[bytes, str], Codebook] | None = None


def templates() -> list[tuple[str, str]]:
    """Return name and title of every template, in the order in which they are offered."""
    return [(name, template(name).name) for name in TEMPLATES]


def template(name: str) -> Codebook:
    """Return a template that comes with the program.

    Raises:
        BadInput: if there is none of this name.
    """
    if name not in TEMPLATES:
        raise BadInput(
            f"There is no codebook template “{name}”.",
            hint=f"Templates are {', '.join(TEMPLATES)}; a file needs its ending, as in my.toml.",
        )
    return read_codebook(resource("codebooks", f"{name}.toml"))


def combine(codebooks: Iterable[Codebook]) -> Codebook:
    """Return one codebook of all of them, in their order.

    What stands in two under one identifier is taken from the later. A layer whose keys clash with
    those of a layer before it gives up all its keys: half a row of keys would mislead. Layers in
    which machine coders write give way to all others, wherever they stand.

    Raises:
        BadCodebook: if together they contradict themselves.
    """
    together = reduce(Codebook.combined, codebooks, Codebook())
    return checked(_without_key_clashes(_renumbered(together)))


def read_codebook(path: Path) -> Codebook:
    """Return the codebook of a .toml, .json, .csv or .qdc file.

    Raises:
        BadInput: if the file cannot be read or is of no such kind.
        BadCodebook: naming line, or table and field, of what is wrong in it.
    """
    kind = _format(path)
    if kind.read is None:
        readable = ", ".join(suffix for suffix, f in FORMATS.items() if f.read)
        raise BadInput(
            f"A codebook cannot be read from {kind.suffix}, which is for printing.",
            hint=f"Read it from {readable}.",
            where=str(path),
        )
    try:
        data = path.read_bytes()
    except OSError as error:
        raise BadInput(
            f"The codebook cannot be read: {error.strerror or error}.",
            hint="Check the path and its permissions.",
            where=str(path),
        ) from error
    try:
        return kind.read(data, str(path))
    except (RecursionError, OverflowError) as error:
        raise BadCodebook(
            "The codebook is nested too deeply or holds a number that is too large.",
            where=str(path),
        ) from error


def write_codebook(codebook: Codebook, path: Path) -> list[str]:
    """Write the codebook in the format of the path's ending; return what was left out.

    Raises:
        BadInput: if the file cannot be written or is of no known kind.
        BadCodebook: if the codebook contradicts itself; then nothing is written.
    """
    kind = _format(path)
    data, lost = kind.write(checked(codebook, str(path)))
    _put(path, data)
    return lost


def _format(path: Path) -> CodebookFormat:
    kind = FORMATS.get(path.suffix.lower())
    if kind is None:
        raise BadInput(
            f"“{path.suffix or path.name}” is no kind of codebook file.",
            hint=f"Known are {', '.join(FORMATS)}.",
            where=str(path),
        )
    return kind


def _put(path: Path, data: bytes) -> None:
    """Write beside the file, then put it in its place."""
    target = path.resolve()
    beside = target.with_name(f".{target.name}.{uuid4().hex}")
    try:
        with beside.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(target)
    except OSError as error:
        with contextlib.suppress(OSError):
            beside.unlink()
        raise BadInput(
            f"The codebook could not be written: {error.strerror or error}.",
            hint="Choose another folder; nothing was changed.",
            where=str(path),
        ) from error


def _renumbered(codebook: Codebook) -> Codebook:
    """Return the codebook with positions that follow the order of its tuples."""
    return Codebook(
        layers=_numbered(codebook.layers),
        codes=_numbered(codebook.codes),
        attributes=_numbered(codebook.attributes),
        variables=_numbered(codebook.variables),
        scales=_numbered(codebook.scales),
        name=codebook.name,
        citation=codebook.citation,
    )


def _numbered(items: tuple[Item, ...]) -> tuple[Item, ...]:
    return tuple(replace(item, position=n) for n, item in enumerate(items, 1))


def _without_key_clashes(codebook: Codebook) -> Codebook:
    taken: set[str] = set()
    keyless: set[str] = set()
    for layer in sorted(codebook.layers, key=lambda layer: layer.slug in MACHINE_LAYERS):
        keys = {code.key for code in codebook.codes_of(layer.slug) if code.key}
        if keys & taken:
            keyless.add(layer.slug)
        else:
            taken |= keys
    codes = (replace(c, key="") if c.layer in keyless else c for c in codebook.codes)
    return replace(codebook, codes=tuple(codes))


def _read_toml(data: bytes, where: str) -> Codebook:
    return from_toml(decoded(data, where), where)


def _write_toml(codebook: Codebook) -> tuple[bytes, list[str]]:
    import tomli_w  # noqa: PLC0415  # only needed when writing

    try:
        return tomli_w.dumps(to_plain(codebook)).encode(), lost_identifiers(codebook)
    except (TypeError, UnicodeEncodeError) as error:
        raise BadCodebook(
            f"The codebook holds a value that TOML cannot hold: {error}.",
            hint="Conditions (shown_if) take texts, numbers, true and false.",
        ) from error


def _read_json(data: bytes, where: str) -> Codebook:
    def unrepeated(pairs: list[tuple[str, Any]]) -> dict[str, Any]:  # whatever JSON holds
        table = dict(pairs)
        if len(table) < len(pairs):
            names = [name for name, _ in pairs]
            twice = next(name for name in names if names.count(name) > 1)
            raise BadCodebook(f"A table has the field “{twice}” twice.", where=where)
        return table

    def no_number(name: str) -> NoReturn:
        raise BadCodebook(f"“{name}” is no number.", where=where)

    text = decoded(data, where)
    try:
        plain = json.loads(text, object_pairs_hook=unrepeated, parse_constant=no_number)
    except ValueError as error:
        raise BadCodebook(f"This is no JSON: {error}.", where=where) from error
    return from_plain(plain, where)


def _write_json(codebook: Codebook) -> tuple[bytes, list[str]]:
    text = json.dumps(to_plain(codebook), ensure_ascii=False, indent=2) + "\n"
    try:
        return text.encode(), lost_identifiers(codebook)
    except UnicodeEncodeError as error:
        raise BadCodebook(f"The codebook holds half a character: {error}.") from error


FORMATS = {
    kind.suffix: kind
    for kind in (
        CodebookFormat(".toml", "everything", _write_toml, _read_toml),
        CodebookFormat(".json", "everything", _write_json, _read_json),
        CodebookFormat(".csv", "codes", codebook_csv.write, codebook_csv.read),
        CodebookFormat(
            ".qdc", "tree, names, colours, descriptions", codebook_qdc.write, codebook_qdc.read
        ),
        CodebookFormat(".html", "everything, for printing", codebook_html.write),
    )
}
