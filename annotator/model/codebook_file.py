"""A codebook as plain data, the same both ways, and read from TOML.

The plain form is what a snapshot stores and what TOML and JSON files hold: lists of tables
`layer`, `code`, `attribute`, `variable`, `scale`; defaults and identifiers that follow from slugs
are left out. An unknown field or a wrong type is refused with its place.
"""

from __future__ import annotations

import tomllib
import types
from dataclasses import MISSING, Field, fields
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from annotator.errors import BadCodebook
from annotator.model.codebook import (
    Attribute,
    Code,
    Codebook,
    Layer,
    Scale,
    ShownIf,
    Value,
    Variable,
)
from annotator.model.codebook_check import checked

T = TypeVar("T")
TABLES: dict[str, type] = {
    "layer": Layer,
    "code": Code,
    "attribute": Attribute,
    "variable": Variable,
    "scale": Scale,
}
PLURALS = {
    "layer": "layers",
    "code": "codes",
    "attribute": "attributes",
    "variable": "variables",
    "scale": "scales",
}


def to_plain(codebook: Codebook) -> dict[str, Any]:
    """Return the codebook as nested dicts and lists, defaults left out, in order."""
    plain: dict[str, Any] = {}
    if codebook.name or codebook.citation:
        head = {"name": codebook.name, "citation": codebook.citation}
        plain["codebook"] = {key: value for key, value in head.items() if value}
    for table in TABLES:
        items = sorted(getattr(codebook, PLURALS[table]), key=lambda item: item.position)
        if items:
            plain[table] = [_item_to_plain(item) for item in items]
    return plain


def from_plain(plain: Any, where: str = "") -> Codebook:  # any parsed file may come in here
    """Return the checked codebook of a plain form.

    Args:
        plain: What a TOML or JSON parser gave.
        where: The file, for messages.

    Raises:
        BadCodebook: naming table, number and field of what is wrong.
    """
    if not isinstance(plain, dict):
        raise BadCodebook("A codebook file holds tables.", where=where)
    unknown = sorted(set(plain) - set(TABLES) - {"codebook"})
    if unknown:
        raise BadCodebook(
            f"The table “{unknown[0]}” is unknown.",
            hint=f"Known are codebook, {', '.join(TABLES)}.",
            where=where,
        )
    parts: dict[str, Any] = {}
    for table, kind in TABLES.items():
        rows = plain.get(table, [])
        if not isinstance(rows, list):
            raise BadCodebook(f"“{table}” must be a list of tables ([[{table}]]).", where=where)
        parts[PLURALS[table]] = tuple(
            _item(kind, row, f"{table} {n}", where, n) for n, row in enumerate(rows, 1)
        )
    parts |= _head(plain.get("codebook", {}), where)
    return checked(Codebook(**parts), where)


def _head(head: Any, where: str) -> dict[str, str]:
    if not isinstance(head, dict):
        raise BadCodebook("“codebook” must be one table.", where=where)
    for key, value in head.items():
        if key not in {"name", "citation"}:
            raise BadCodebook(
                f"codebook has an unknown field “{key}”.",
                hint="Known are name, citation.",
                where=where,
            )
        _typed(str, value, f"codebook, field “{key}”", where)
    return head


def from_toml(text: str, where: str = "") -> Codebook:
    """Return the checked codebook of a TOML text (written by `formats.codebooks`).

    Raises:
        BadCodebook: naming the line if it is no TOML, else table, number and field.
    """
    try:
        plain = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadCodebook(f"This is no TOML: {error}.", where=where) from error
    return from_plain(plain, where)


def _item_to_plain(item: Any) -> dict[str, Any]:  # one of the five dataclasses
    plain: dict[str, Any] = {}
    for f in fields(item):
        value = getattr(item, f.name)
        if f.name in {"id", "position"} or value == _default(f):
            continue
        plain[f.name] = _value_to_plain(value)
    return plain


def _value_to_plain(value: Any) -> Any:
    if isinstance(value, (Value, ShownIf)):
        return _item_to_plain(value)
    if isinstance(value, tuple):
        return [_value_to_plain(v) for v in value]
    return value


def _default(f: Field[Any]) -> Any:
    return f.default if f.default is not MISSING else MISSING


def _item(kind: type[T], row: Any, place: str, where: str, number: int) -> T:
    if not isinstance(row, dict):
        raise BadCodebook(f"{place} is no table.", where=where)
    hints = get_type_hints(kind)
    known = {f.name: f for f in fields(kind) if f.name not in {"id", "position"}}  # type: ignore[arg-type]
    values: dict[str, Any] = {}
    for key, value in row.items():
        if key not in known:
            raise BadCodebook(
                f"{place} has an unknown field “{key}”.",
                hint=f"Known are {', '.join(known)}.",
                where=where,
            )
        values[key] = _typed(hints[key], value, f"{place}, field “{key}”", where)
    for name, f in known.items():
        if name not in values and f.default is MISSING:
            raise BadCodebook(f"{place} has no “{name}”.", where=where)
    if kind in TABLES.values():
        values["position"] = number
    return kind(**values)


def _typed(hint: Any, value: Any, place: str, where: str) -> Any:
    """Return the value in the form the dataclass wants, or raise with its place."""
    if get_origin(hint) in {Union, types.UnionType}:
        inner = [arg for arg in get_args(hint) if arg is not type(None)]
        return _typed(inner[0], value, place, where)
    if get_origin(hint) is tuple:
        if not isinstance(value, list):
            raise BadCodebook(f"{place} must be a list.", where=where)
        item = get_args(hint)[0]
        return tuple(_typed(item, v, f"{place}[{n}]", where) for n, v in enumerate(value, 1))
    if hint in {Value, ShownIf}:
        return _item(hint, value, place, where, 0)
    if hint is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if hint is not Any and (
        not isinstance(value, hint) or (hint is int and isinstance(value, bool))
    ):
        wanted = {str: "text", int: "a whole number", float: "a number", bool: "true or false"}
        raise BadCodebook(f"{place} must be {wanted.get(hint, hint)}.", where=where)
    return value
