"""What the codebook formats share: text from bytes, slugs from names, and lists of losses.

No format is known here. A format says which fields it holds; `losses` says in words what a given
codebook has beyond them, so that no exporter forgets a field that the model gains later.
"""

from __future__ import annotations

import re
from dataclasses import MISSING, fields, replace
from typing import TYPE_CHECKING, Any

from annotator.errors import BadCodebook
from annotator.model.codebook import Code, Layer

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from annotator.model.codebook import Codebook

# Fields of a code and of a layer that every format holds in its own way.
ALWAYS_HELD = frozenset({"id", "position", "slug", "name", "layer"})
FIELD_NAMES = {
    "short": "short names",
    "parent": "places in the tree",
    "definition": "definitions",
    "include": "rules of inclusion",
    "exclude": "rules of exclusion",
    "examples": "examples",
    "near_misses": "near misses",
    "decision_rule": "decision rules",
    "citation": "citations",
    "description": "descriptions",
    "colour_light": "colours for light grounds",
    "colour_dark": "colours for dark grounds",
    "pattern": "patterns",
    "key": "keys",
    "snap": "units to which selections widen",
    "exclusive_with": "exclusions of other codes",
    "may_overlap": "bans on overlapping themselves",
    "counts_as_content": "marks of counting as content",
    "number": "numeric codes",
}
TABLE_NAMES = {
    "attributes": "attributes of spans",
    "variables": "questions of the coding sheet",
    "scales": "scales",
}


def decoded(data: bytes, where: str) -> str:
    """Return the text of a UTF-8 file, with or without a byte-order mark.

    Raises:
        BadCodebook: naming the line of the first byte that is not UTF-8.
    """
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise BadCodebook(
            f"Line {line} is not UTF-8.", hint="Save the file as UTF-8 and try again.", where=where
        ) from error


def slug_of(name: str, taken: Collection[str] = ()) -> str:
    """Return a slug for a name, different from those taken.

    >>> slug_of("Human interest")
    'human-interest'
    >>> slug_of("Human interest", {"human-interest"})
    'human-interest-2'
    >>> slug_of("?!")
    'item'
    """
    words = re.sub(r"[^\w.-]+", "-", name.strip().lower()).strip("-_.")
    slug, number = words or "item", 1
    while slug in taken:
        number += 1
        slug = f"{words or 'item'}-{number}"
    return slug


def losses(
    codebook: Codebook,
    code_fields: Collection[str],
    layer_fields: Collection[str] = (),
    tables: Collection[str] = (),
) -> list[str]:
    """Return in words what a format cannot hold of this codebook; empty if it holds all.

    Args:
        codebook: What is to be written.
        code_fields: Fields of a code that the format holds.
        layer_fields: Fields of a layer that it holds.
        tables: Of attributes, variables and scales, those that it holds.
    """
    found = [
        *_lost_fields(codebook.codes, Code, code_fields, "code"),
        *_lost_fields(codebook.layers, Layer, layer_fields, "layer"),
    ]
    for table, name in TABLE_NAMES.items():
        number = len(getattr(codebook, table))
        if number and table not in tables:
            found.append(f"{name} ({number})")
    return [*found, *lost_identifiers(codebook)]


def lost_identifiers(codebook: Codebook) -> list[str]:
    """Return the loss of identifiers that do not follow from slugs, if there are any."""
    number = sum(replace(item, id="").id != item.id for item in codebook.items())
    return [f"identifiers that do not follow from slugs ({number})"] if number else []


def _lost_fields(
    items: Collection[Any], kind: type[Any], held: Collection[str], name: str
) -> Iterator[str]:
    for f in fields(kind):
        default = None if f.default is MISSING else f.default
        if f.name in ALWAYS_HELD or f.name in held:
            continue
        number = sum(getattr(item, f.name) != default for item in items)
        if number:
            plural = name if number == 1 else f"{name}s"
            yield f"{FIELD_NAMES.get(f.name, f.name)} ({number} {plural})"
