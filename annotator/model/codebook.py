"""The codebook: layers, codes, span attributes, coding-sheet variables and scales.

Slugs are stable names, never re-used; identifiers follow from them, so the same template gives the
same codes in every project. A `Codebook` is a value: `problems` says what contradicts itself,
`snapshot` is its immutable JSON form. Reading and writing files is `codebook_file`'s subject.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from annotator.model.ids import stable_id

# Layers in which machine coders write; every project has them.
MACHINE_LAYERS = ("entity", "quote", "attribution", "boilerplate")
PATTERNS = ("solid", "dashed", "dotted", "double", "hatched", "none")
SNAPS = ("none", "word", "clause", "sentence", "paragraph")
ATTRIBUTE_TYPES = ("choice", "scale", "number", "text", "actor", "yes-no", "spans")
VARIABLE_TYPES = ("yes-no", "nominal", "ordinal", "interval", "ratio", "text")
VARIABLE_UNITS = ("article", "story")
FORMULAS = ("mean", "sum")


@dataclass(frozen=True, slots=True)
class Setting:
    """A fact about the project: its name, languages, policies; `id` is the key."""

    id: str
    value: Any


@dataclass(frozen=True, slots=True)
class Value:
    """One allowed value of a variable or attribute, with its numeric code for analysis."""

    code: int
    slug: str
    label: str
    definition: str = ""


@dataclass(frozen=True, slots=True)
class ShownIf:
    """Ask only when another attribute or variable has one of these values."""

    item: str
    values: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Layer:
    """A family of codes that are read together: framing, stance, quotes, boilerplate."""

    slug: str
    name: str
    description: str = ""
    citation: str = ""
    position: int = 0
    id: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "id", self.id or stable_id("layer", self.slug))


@dataclass(frozen=True, slots=True)
class Code:
    """What a span can be tagged with.

    Args:
        layer: Slug of its layer.
        slug: Stable name, unique in the layer.
        name: What people call it.
        short: At most 12 characters for the margin.
        parent: Slug of the code above it in the same layer, or "".
        definition: What it means.
        include: When to use it.
        exclude: When not to, and what to use instead.
        examples: Passages that have it.
        near_misses: Passages that almost have it.
        decision_rule: How ties are broken.
        citation: Where it comes from.
        colour_light: #RRGGBB on a light ground.
        colour_dark: #RRGGBB on a dark ground.
        pattern: One of `PATTERNS`: never told apart by colour alone.
        key: The key that tags with it.
        snap: Unit to which selections are widened, one of `SNAPS`.
        exclusive_with: Slugs of codes that may not overlap it.
        may_overlap: Whether it may overlap itself.
        counts_as_content: For boilerplate kinds: counted as the article's own words.
        number: Numeric code for analysis.
        position: Order in the layer.
        id: Follows from layer and slug unless given.
    """

    layer: str
    slug: str
    name: str
    short: str = ""
    parent: str = ""
    definition: str = ""
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    near_misses: tuple[str, ...] = ()
    decision_rule: str = ""
    citation: str = ""
    colour_light: str = ""
    colour_dark: str = ""
    pattern: str = "solid"
    key: str = ""
    snap: str = "word"
    exclusive_with: tuple[str, ...] = ()
    may_overlap: bool = True
    counts_as_content: bool = False
    number: float | None = None
    position: int = 0
    id: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "id", self.id or stable_id("code", self.layer, self.slug))

    @property
    def label(self) -> str:
        """The short name, else the name."""
        return self.short or self.name


@dataclass(frozen=True, slots=True)
class Attribute:
    """A property of a span, asked for codes of a layer or for one code.

    Args:
        layer: Slug of the layer.
        slug: Stable name, unique in the layer and code.
        name: What people call it.
        type: One of `ATTRIBUTE_TYPES`.
        code: Slug of the only code that has it, or "" for the whole layer.
        values: Allowed values of a choice or scale.
        required: Whether an annotation is incomplete without it.
        shown_if: Ask only then.
        description: What is asked.
        position: Order.
        id: Follows from layer, code and slug unless given.
    """

    layer: str
    slug: str
    name: str
    type: str = "choice"
    code: str = ""
    values: tuple[Value, ...] = ()
    required: bool = False
    shown_if: ShownIf | None = None
    description: str = ""
    position: int = 0
    id: str = ""

    def __post_init__(self) -> None:
        own = stable_id("attribute", self.layer, self.code, self.slug)
        object.__setattr__(self, "id", self.id or own)


@dataclass(frozen=True, slots=True)
class Variable:
    """A question of the coding sheet, on an article or a story.

    Args:
        slug: Stable name, unique in the codebook.
        name: Short label.
        question: What the coder reads.
        unit: "article" or "story".
        type: One of `VARIABLE_TYPES`; it decides the level of measurement.
        values: Allowed values with numeric codes.
        multiple: Whether several values may be chosen.
        missing: Allowed missing codes.
        preset: Value or missing code offered at first.
        shown_if: Ask only then.
        group: Heading under which it stands.
        guidance: Include, exclude, examples in one text.
        citation: Where it comes from.
        key: Key that goes to it.
        required: Whether an article is unfinished without it.
        position: Order.
        id: Follows from the slug unless given.
    """

    slug: str
    name: str
    question: str = ""
    unit: str = "article"
    type: str = "yes-no"
    values: tuple[Value, ...] = ()
    multiple: bool = False
    missing: tuple[int, ...] = (-8, -7)
    preset: int | None = None
    shown_if: ShownIf | None = None
    group: str = ""
    guidance: str = ""
    citation: str = ""
    key: str = ""
    required: bool = True
    position: int = 0
    id: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "id", self.id or stable_id("variable", self.slug))


@dataclass(frozen=True, slots=True)
class Scale:
    """A score computed from variables: the mean or sum of the valid items."""

    slug: str
    name: str
    items: tuple[str, ...]
    formula: str = "mean"
    min_valid: int = 1
    citation: str = ""
    position: int = 0
    id: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "id", self.id or stable_id("scale", self.slug))


CodebookItem = Layer | Code | Attribute | Variable | Scale


@dataclass(frozen=True, slots=True)
class CodebookVersion:
    """An immutable snapshot of the whole codebook."""

    id: str
    number: int
    snapshot: dict[str, Any]
    frozen: bool = False
    comment: str = ""
    created: str = ""


@dataclass(frozen=True, slots=True)
class Codebook:
    """Everything a coder may say, in order."""

    layers: tuple[Layer, ...] = ()
    codes: tuple[Code, ...] = ()
    attributes: tuple[Attribute, ...] = ()
    variables: tuple[Variable, ...] = ()
    scales: tuple[Scale, ...] = ()
    name: str = ""
    citation: str = ""
    _codes_by_id: dict[str, Code] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def __post_init__(self) -> None:
        self._codes_by_id.update((code.id, code) for code in self.codes)

    def items(self) -> tuple[CodebookItem, ...]:
        """Return layers, codes, attributes, variables and scales, in this order."""
        return (*self.layers, *self.codes, *self.attributes, *self.variables, *self.scales)

    def layer(self, slug: str) -> Layer | None:
        """Return the layer with this slug."""
        return next((layer for layer in self.layers if layer.slug == slug), None)

    def code(self, layer: str, slug: str) -> Code | None:
        """Return the code with this slug in a layer."""
        return self._codes_by_id.get(stable_id("code", layer, slug)) or next(
            (c for c in self.codes if c.layer == layer and c.slug == slug), None
        )

    def code_by_id(self, code_id: str) -> Code | None:
        """Return the code with this identifier."""
        return self._codes_by_id.get(code_id)

    def codes_of(self, layer: str) -> tuple[Code, ...]:
        """Return the codes of a layer, in order."""
        return tuple(code for code in self.codes if code.layer == layer)

    def path(self, code: Code) -> tuple[Code, ...]:
        """Return the codes from the root of the tree down to this one; stops at a cycle."""
        path = [code]
        while path[0].parent:
            above = self.code(code.layer, path[0].parent)
            if above is None or above in path:
                break
            path.insert(0, above)
        return tuple(path)

    def attributes_of(self, code: Code) -> tuple[Attribute, ...]:
        """Return the attributes asked for a code: the layer's and its own, in order."""
        asked = (a for a in self.attributes if a.layer == code.layer and a.code in {"", code.slug})
        return tuple(sorted(asked, key=lambda a: a.position))

    def variable(self, slug: str) -> Variable | None:
        """Return the variable with this slug."""
        return next((v for v in self.variables if v.slug == slug), None)

    def combined(self, other: Codebook) -> Codebook:
        """Return both; what stands in both under one identifier is taken from the other.

        Attributes, variables and scales of the same slug replace those here.
        """
        return Codebook(
            layers=_combined(self.layers, other.layers),
            codes=_combined(self.codes, other.codes),
            attributes=_combined(self.attributes, other.attributes),
            variables=_combined(self.variables, other.variables),
            scales=_combined(self.scales, other.scales),
            name=" + ".join(name for name in (self.name, other.name) if name),
            citation="; ".join(c for c in (self.citation, other.citation) if c),
        )


def _combined(left: tuple[Any, ...], right: tuple[Any, ...]) -> tuple[Any, ...]:
    """Return the union by id: replaced in place, new ones behind."""
    by_id = {item.id: item for item in left}
    by_id.update((item.id, item) for item in right)
    return tuple(by_id.values())


def missing_attributes(codebook: Codebook, code: Code, values: dict[str, Any]) -> list[Attribute]:
    """Return the required attributes that are asked and have no value."""
    return [
        attribute
        for attribute in codebook.attributes_of(code)
        if attribute.required
        and is_shown(attribute.shown_if, values)
        and values.get(attribute.slug) in (None, "", [])
    ]


def is_shown(condition: ShownIf | None, values: dict[str, Any]) -> bool:
    """Say whether an item with this condition is asked, given the other items' values."""
    if condition is None:
        return True
    value = values.get(condition.item)
    if isinstance(value, (list, tuple)):
        return any(v in condition.values for v in value)
    return value in condition.values
