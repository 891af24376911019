"""What makes a codebook contradict itself: found all at once, each with its place."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from annotator.errors import BadCodebook
from annotator.model.codebook import (
    ATTRIBUTE_TYPES,
    FORMULAS,
    PATTERNS,
    SNAPS,
    VARIABLE_TYPES,
    VARIABLE_UNITS,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from annotator.model.codebook import Attribute, Code, Codebook, Value, Variable

SLUG = re.compile(r"[^\W_][\w.-]*\Z")
COLOUR = re.compile(r"#[0-9A-Fa-f]{6}\Z")


@dataclass(frozen=True, slots=True)
class Problem:
    """One contradiction: the item it concerns and a sentence."""

    where: str
    message: str


def problems(codebook: Codebook) -> list[Problem]:
    """Return everything that is wrong with the codebook, in its order; empty if nothing is."""
    checks = (_slugs, _layers, _codes, _cycles, _keys, _attributes, _variables, _scales)
    return [problem for check in checks for problem in check(codebook)]


def checked(codebook: Codebook, where: str = "") -> Codebook:
    """Return the codebook if nothing is wrong with it.

    Raises:
        BadCodebook: naming every problem.
    """
    found = problems(codebook)
    if found:
        listed = "; ".join(f"{p.where}: {p.message}" for p in found[:8])
        more = f"; and {len(found) - 8} more" if len(found) > 8 else ""
        raise BadCodebook(
            f"The codebook contradicts itself: {listed}{more}.",
            hint="Mend these places and try again; nothing was changed.",
            where=where,
        )
    return codebook


def _slugs(codebook: Codebook) -> Iterator[Problem]:
    groups: dict[str, list[str]] = {
        "layer": [layer.slug for layer in codebook.layers],
        "variable": [variable.slug for variable in codebook.variables],
        "scale": [scale.slug for scale in codebook.scales],
    }
    for layer in codebook.layers:
        groups[f"code of layer “{layer.slug}”"] = [c.slug for c in codebook.codes_of(layer.slug)]
    for attribute in codebook.attributes:
        owner = f"attribute of “{attribute.layer}/{attribute.code or '*'}”"
        groups.setdefault(owner, []).append(attribute.slug)
    for kind, slugs in groups.items():
        for slug, count in Counter(slugs).items():
            if count > 1:
                yield Problem(f"{kind} “{slug}”", f"the id stands {count} times")
            if not SLUG.match(slug):
                yield Problem(
                    f"{kind} “{slug}”",
                    "an id starts with a letter or digit and holds letters, digits, _ - and . only",
                )


def _layers(codebook: Codebook) -> Iterator[Problem]:
    known = {layer.slug for layer in codebook.layers}
    named = [(code.slug, code.layer) for code in codebook.codes]
    named += [(attribute.slug, attribute.layer) for attribute in codebook.attributes]
    for slug, layer in named:
        if layer not in known:
            yield Problem(f"“{slug}”", f"its layer “{layer}” is not in the codebook")


def _codes(codebook: Codebook) -> Iterator[Problem]:
    for code in codebook.codes:
        where = f"code “{code.layer}/{code.slug}”"
        siblings = {c.slug for c in codebook.codes_of(code.layer)}
        for other in (*([code.parent] if code.parent else []), *code.exclusive_with):
            if other not in siblings:
                yield Problem(where, f"it refers to “{other}”, which its layer does not have")
        if not code.name.strip():
            yield Problem(where, "it has no name")
        if len(code.short) > 12:
            yield Problem(where, f"its short name “{code.short}” is longer than 12 characters")
        yield from _looks(code, where)


def _looks(code: Code, where: str) -> Iterator[Problem]:
    for colour in (code.colour_light, code.colour_dark):
        if colour and not COLOUR.match(colour):
            yield Problem(where, f"“{colour}” is no colour of the form #RRGGBB")
    if code.pattern not in PATTERNS:
        yield Problem(where, f"pattern “{code.pattern}” is none of {', '.join(PATTERNS)}")
    if code.snap not in SNAPS:
        yield Problem(where, f"snap “{code.snap}” is none of {', '.join(SNAPS)}")


def _cycles(codebook: Codebook) -> Iterator[Problem]:
    for code in codebook.codes:
        seen = {code.slug}
        above = codebook.code(code.layer, code.parent) if code.parent else None
        while above is not None and above.slug not in seen:
            seen.add(above.slug)
            above = codebook.code(code.layer, above.parent) if above.parent else None
        if above is not None:
            yield Problem(f"code “{code.layer}/{code.slug}”", "it is above itself in the tree")


def _keys(codebook: Codebook) -> Iterator[Problem]:
    holders: dict[str, list[str]] = {}
    for code in codebook.codes:
        if code.key:
            holders.setdefault(code.key, []).append(f"{code.layer}/{code.slug}")
    for key, codes in holders.items():
        if len(codes) > 1:
            yield Problem(f"key “{key}”", f"it is given to {' and '.join(codes)}")


def _values(where: str, values: Iterable[Value]) -> Iterator[Problem]:
    listed = list(values)
    for what, items in (
        ("code", [value.code for value in listed]),
        ("id", [value.slug for value in listed]),
    ):
        for item, count in Counter(items).items():
            if count > 1:
                yield Problem(where, f"the value {what} “{item}” stands {count} times")


def _attributes(codebook: Codebook) -> Iterator[Problem]:
    for attribute in codebook.attributes:
        where = f"attribute “{attribute.layer}/{attribute.code or '*'}/{attribute.slug}”"
        if attribute.code and codebook.code(attribute.layer, attribute.code) is None:
            yield Problem(where, f"its code “{attribute.code}” is not in the codebook")
        if attribute.type not in ATTRIBUTE_TYPES:
            yield Problem(where, f"type “{attribute.type}” is none of {', '.join(ATTRIBUTE_TYPES)}")
        if attribute.type in {"choice", "scale"} and not attribute.values:
            yield Problem(where, f"a {attribute.type} needs values")
        yield from _values(where, attribute.values)
        yield from _shown_if_attribute(codebook, attribute, where)


def _shown_if_attribute(codebook: Codebook, attribute: Attribute, where: str) -> Iterator[Problem]:
    if attribute.shown_if is None:
        return
    others = {
        a.slug
        for a in codebook.attributes
        if a.layer == attribute.layer and a.code in {"", attribute.code} and a.id != attribute.id
    }
    if attribute.shown_if.item not in others:
        yield Problem(where, f"it depends on “{attribute.shown_if.item}”, which is not asked there")


def _variables(codebook: Codebook) -> Iterator[Problem]:
    known = {v.slug for v in codebook.variables}
    for variable in codebook.variables:
        where = f"variable “{variable.slug}”"
        yield from _variable_kind(variable, where)
        yield from _values(where, variable.values)
        if variable.shown_if is not None and (
            variable.shown_if.item not in known or variable.shown_if.item == variable.slug
        ):
            yield Problem(
                where, f"it depends on “{variable.shown_if.item}”, which is no other variable"
            )


def _variable_kind(variable: Variable, where: str) -> Iterator[Problem]:
    if variable.type not in VARIABLE_TYPES:
        yield Problem(where, f"type “{variable.type}” is none of {', '.join(VARIABLE_TYPES)}")
    if variable.unit not in VARIABLE_UNITS:
        yield Problem(where, f"unit “{variable.unit}” is none of {', '.join(VARIABLE_UNITS)}")
    if variable.type in {"nominal", "ordinal"} and not variable.values:
        yield Problem(where, f"a variable of type {variable.type} needs values")


def _scales(codebook: Codebook) -> Iterator[Problem]:
    variables = {v.slug: v for v in codebook.variables}
    for scale in codebook.scales:
        where = f"scale “{scale.slug}”"
        for item in scale.items:
            if item not in variables:
                yield Problem(where, f"its item “{item}” is no variable")
            elif variables[item].type in {"nominal", "text"}:
                yield Problem(where, f"its item “{item}” cannot be averaged")
        if scale.formula not in FORMULAS:
            yield Problem(where, f"formula “{scale.formula}” is none of {', '.join(FORMULAS)}")
        if not 1 <= scale.min_valid <= max(1, len(scale.items)):
            yield Problem(
                where, f"min_valid {scale.min_valid} does not fit {len(scale.items)} items"
            )
