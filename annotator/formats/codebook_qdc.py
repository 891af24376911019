"""Codes as a REFI-QDA codebook (.qdc), which other programs for qualitative analysis read.

The standard knows a tree of codes with names, colours and descriptions. A layer becomes a code at
the top that cannot be applied; rules, examples and citation are written into the description
under headings, and read from there again. Attributes, questions and scales have no place in it.

A file with a document type is refused: it is not needed, and entities may blow a file up.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

from annotator.errors import BadCodebook
from annotator.formats.codebook_parts import losses, slug_of
from annotator.model.codebook import Code, Codebook, Layer
from annotator.model.codebook_check import COLOUR, SLUG, checked

if TYPE_CHECKING:
    from collections.abc import Iterator

NAMESPACE = "urn:QDA-XML:codebook:1.0"
# Programs write codebook:1.0, codebook:1:0 and codebook:0:4; a project's codebook has its own.
NAMESPACES = re.compile(r"(urn:QDA-XML:(codebook|project):\S* )?")
HEADINGS = {
    "Code when:": "include",
    "Not when:": "exclude",
    "Examples:": "examples",
    "Near misses:": "near_misses",
    "Decision rule:": "decision_rule",
    "Citation:": "citation",
    "Id:": "slug",
}
LISTS = frozenset({"include", "exclude", "examples", "near_misses"})
CODE_FIELDS = frozenset({*HEADINGS.values(), "definition", "parent", "colour_light"})
LAYER_FIELDS = frozenset({"description", "citation"})
UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
DEFAULT_LAYER = Layer("codes", "Codes")


@dataclass(slots=True)
class Node:
    """One code of the file, with those under it."""

    name: str
    is_codable: bool
    colour: str
    description: str = ""
    children: list[Node] = field(default_factory=list)


def read(data: bytes, where: str) -> Codebook:
    """Return the codebook of a REFI-QDA codebook file.

    Codes at the top that cannot be applied become layers; the others stand in a layer “Codes”.

    Raises:
        BadCodebook: naming the line of what is wrong.
    """
    builder = _Builder(where)
    builder.parse(data)
    layers: dict[str, Layer] = {}
    codes: list[Code] = []
    for root in builder.roots:
        layer = DEFAULT_LAYER if root.is_codable else _layer(root, set(layers))
        layers.setdefault(layer.slug, replace(layer, position=len(layers) + 1))
        for node in [root] if root.is_codable else root.children:
            _add_codes(node, layer.slug, "", codes)
    return checked(Codebook(tuple(layers.values()), tuple(codes)), where)


def write(codebook: Codebook) -> tuple[bytes, list[str]]:
    """Return the file and what it cannot hold."""
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<CodeBook xmlns="{NAMESPACE}" origin="Parallax">',
        "<Codes>",
    ]
    for layer in sorted(codebook.layers, key=lambda layer: layer.position):
        lines += [_opened(layer, "false", ""), _described(layer)]
        for code in _children(codebook, layer.slug, ""):
            lines += _written(codebook, code)
        lines.append("</Code>")
    text = "\n".join([*lines, "</Codes>", "</CodeBook>", ""])
    lost = losses(codebook, CODE_FIELDS, LAYER_FIELDS)
    if codebook.name or codebook.citation:
        lost.append("name and citation of the codebook")
    items: list[Layer | Code] = [*codebook.layers, *codebook.codes]
    inexact = sum(_fields(_description(item)) != _own_fields(item) for item in items)
    if inexact:
        lost.append(f"exact line breaks of descriptions ({inexact})")
    written, number = UNWRITABLE.subn("\ufffd", text)
    if number:
        lost.append(f"control characters ({number})")
    return written.encode("utf-8"), lost


def _written(codebook: Codebook, code: Code) -> Iterator[str]:
    yield _opened(code, "true", code.colour_light)
    yield _described(code)
    for child in _children(codebook, code.layer, code.slug):
        yield from _written(codebook, child)
    yield "</Code>"


def _children(codebook: Codebook, layer: str, parent: str) -> list[Code]:
    below = (code for code in codebook.codes_of(layer) if code.parent == parent)
    return sorted(below, key=lambda code: code.position)


def _opened(item: Layer | Code, is_codable: str, colour: str) -> str:
    shade = f" color={quoteattr(colour)}" if colour else ""
    guid = item.id.upper()
    return f'<Code guid="{guid}" name={quoteattr(item.name)} isCodable="{is_codable}"{shade}>'


def _described(item: Layer | Code) -> str:
    return f"<Description>{escape(_description(item), {chr(13): '&#13;'})}</Description>"


def _description(item: Layer | Code) -> str:
    """Return definition, rules, examples, citation and slug as one text with headings."""
    values = _own_fields(item)
    parts = [values["definition"]] if values["definition"] else []
    for heading, name in HEADINGS.items():
        if name in values:
            items = values[name] if name in LISTS else [values[name]]
            parts.append("\n".join([heading, *(f"- {text}" for text in items)]))
    return "\n\n".join(parts)


def _own_fields(item: Layer | Code) -> dict[str, Any]:  # texts and tuples of texts
    """Return what a description holds of an item: its definition, and the rest if not empty."""
    definition = item.description if isinstance(item, Layer) else item.definition
    values = {name: getattr(item, name, "") for name in HEADINGS.values()}
    return {"definition": definition, **{name: v for name, v in values.items() if v}}


def _layer(node: Node, taken: set[str]) -> Layer:
    values = _fields(node.description)
    slug = _slug(values.get("slug", ""), node.name, taken)
    return Layer(slug, node.name, values["definition"], values.get("citation", ""))


def _add_codes(node: Node, layer: str, parent: str, codes: list[Code]) -> None:
    """Add the code of a node and those under it, in the order of the file."""
    values = _fields(node.description)
    taken = {code.slug for code in codes if code.layer == layer}
    slug = _slug(values.pop("slug", ""), node.name, taken)
    position = len(codes) + 1
    codes.append(
        Code(
            layer,
            slug,
            node.name,
            parent=parent,
            colour_light=node.colour,
            position=position,
            **values,
        )
    )
    for child in node.children:
        _add_codes(child, layer, slug, codes)


def _slug(given: str, name: str, taken: set[str]) -> str:
    if SLUG.match(given) and given not in taken:
        return given
    return slug_of(name, taken)


def _fields(description: str) -> dict[str, Any]:  # texts and tuples of texts
    """Return the definition of a description and what stands under its headings."""
    values: dict[str, Any] = {}
    name, lines = "definition", list[str]()
    for line in [*description.split("\n"), ""]:
        if line in HEADINGS and HEADINGS[line] not in values:
            values[name] = _section(name, lines)
            name, lines = HEADINGS[line], []
        else:
            lines.append(line)
    values[name] = _section(name, lines)
    return values


def _section(name: str, lines: list[str]) -> Any:  # a text or a tuple of texts
    if name == "definition":
        return "\n".join(lines).strip("\n")
    items = [line.removeprefix("- ") for line in lines if line]
    return tuple(items) if name in LISTS else " ".join(items)


class _Builder:
    """Builds the tree of codes from expat's events; says the line of what is wrong."""

    def __init__(self, where: str) -> None:
        self.where = where
        self.roots: list[Node] = []
        self._open: list[Node] = []
        self._path: list[str] = []
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.StartDoctypeDeclHandler = self._doctype
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._characters

    def parse(self, data: bytes) -> None:
        try:
            self._parser.Parse(data, True)
        except expat.ExpatError as error:
            reason = expat.ErrorString(error.code)
            raise self._bad(f"this is no well-formed XML ({reason})", error.lineno) from error

    def _bad(self, message: str, line: int | None = None) -> BadCodebook:
        line = line or self._parser.CurrentLineNumber
        return BadCodebook(
            f"Line {line}: {message}.",
            hint="Export the codebook again as a REFI-QDA codebook (.qdc).",
            where=self.where,
        )

    def _doctype(self, *_: object) -> None:
        raise self._bad("a codebook may not have a document type (DOCTYPE)")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        local = NAMESPACES.sub("", name, count=1)
        if not self._path and local != "CodeBook":
            raise self._bad(f"“{name}” is no REFI-QDA codebook")
        self._path.append(local)
        if local == "Code" and "Codes" in self._path:
            self._code(attributes)

    def _code(self, attributes: dict[str, str]) -> None:
        if not attributes.get("name", "").strip():
            raise self._bad("a code has no name")
        colour = attributes.get("color", "").strip()
        node = Node(
            attributes["name"],
            attributes.get("isCodable", "true").strip().lower() not in {"false", "0"},
            colour if COLOUR.match(colour) else "",
        )
        (self._open[-1].children if self._open else self.roots).append(node)
        self._open.append(node)

    def _end(self, _name: str) -> None:
        if self._path.pop() == "Code" and self._open:
            self._open.pop()

    def _characters(self, text: str) -> None:
        if self._open and self._path[-1] == "Description":
            self._open[-1].description += text
