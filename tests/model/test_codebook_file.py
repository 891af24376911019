"""Codebooks as plain data and TOML: nothing lost, every mistake named with its place."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

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
from annotator.model.codebook_file import from_plain, from_toml, to_plain

WORDS = st.text("ab é😀\n", max_size=8)
SLUGS = st.text("abc", min_size=1, max_size=3)


@st.composite
def codebooks(draw):
    """A sound codebook with its items in order."""
    layers = [
        Layer(s, draw(WORDS), draw(WORDS), position=n)
        for n, s in enumerate(draw(st.lists(SLUGS, unique=True, min_size=1, max_size=2)), 1)
    ]
    pairs = st.tuples(st.sampled_from([layer.slug for layer in layers]), SLUGS)
    codes = [
        Code(
            layer,
            slug,
            "N" + draw(WORDS),
            include=tuple(draw(st.lists(WORDS, max_size=2))),
            colour_light=draw(st.sampled_from(["", "#00ff0A"])),
            number=draw(st.none() | st.floats(allow_nan=False, allow_infinity=False)),
            may_overlap=draw(st.booleans()),
            position=n,
        )
        for n, (layer, slug) in enumerate(draw(st.lists(pairs, unique=True, max_size=4)), 1)
    ]
    attributes = [
        Attribute(layer, slug, draw(WORDS), type="text", required=draw(st.booleans()), position=n)
        for n, (layer, slug) in enumerate(draw(st.lists(pairs, unique=True, max_size=3)), 1)
    ]
    values = tuple(
        Value(n, s, draw(WORDS))
        for n, s in enumerate(draw(st.lists(SLUGS, unique=True, max_size=3)))
    )
    variables = [
        Variable(
            slug,
            draw(WORDS),
            type="interval",
            values=values,
            multiple=draw(st.booleans()),
            preset=draw(st.none() | st.integers(-9, 9)),
            position=n,
        )
        for n, slug in enumerate(draw(st.lists(SLUGS, unique=True, max_size=3)), 1)
    ]
    if len(variables) > 1:
        variables[1] = replace(variables[1], shown_if=ShownIf(variables[0].slug, (1, "x")))
    scales = [Scale("s", draw(WORDS), tuple(v.slug for v in variables), position=1)]
    return Codebook(tuple(layers), tuple(codes), tuple(attributes), tuple(variables),
                    tuple(scales) if variables else (), draw(WORDS), draw(WORDS))  # fmt: skip


@given(codebooks())
def test_the_plain_form_holds_the_whole_codebook(codebook):
    assert from_plain(to_plain(codebook)) == codebook


def test_defaults_identifiers_and_positions_are_left_out():
    book = Codebook((Layer("frame", "Frames"),), (Code("frame", "war", "War"),))
    assert to_plain(book) == {
        "layer": [{"slug": "frame", "name": "Frames"}],
        "code": [{"layer": "frame", "slug": "war", "name": "War"}],
    }
    assert to_plain(Codebook()) == {}
    assert to_plain(Codebook(name="F")) == {"codebook": {"name": "F"}}


def test_items_are_written_in_their_order():
    codes = (Code("f", "b", "B", position=2), Code("f", "a", "A", position=1))
    plain = to_plain(Codebook((Layer("f", "F"),), codes))
    assert [row["slug"] for row in plain["code"]] == ["a", "b"]


TOML = """
[codebook]
name = "Frames"

[[layer]]
slug = "frame"
name = "Frames"

[[code]]
layer = "frame"
slug = "war"
name = "War"
number = 3
include = ["battle words"]

[[variable]]
slug = "tone"
name = "Tone"
type = "ordinal"
values = [{ code = 1, slug = "neg", label = "Negative" }]

[[variable]]
slug = "why"
name = "Why"
type = "text"
shown_if = { item = "tone", values = [1] }
"""


def test_toml_becomes_a_codebook():
    book = from_toml(TOML, "frames.toml")
    assert book.name == "Frames"
    assert book.code("frame", "war").number == 3.0
    assert isinstance(book.code("frame", "war").number, float)
    assert book.code("frame", "war").include == ("battle words",)
    assert book.variable("tone").values == (Value(1, "neg", "Negative"),)
    assert book.variable("why").shown_if == ShownIf("tone", (1,))
    assert [v.position for v in book.variables] == [1, 2]


LAYER = '[[layer]]\nslug = "f"\nname = "F"\n'
CODE = LAYER + '[[code]]\nlayer = "f"\nslug = "a"\nname = "A"\n'
VARIABLE = '[[variable]]\nslug = "v"\nname = "V"\n'


@pytest.mark.parametrize(
    ("toml", "words"),
    [
        ("\nslug = [1", "This is no TOML: .*end of document"),
        ("a = 1\na = 2\n", "This is no TOML: .*line 2"),
        ("[codebook]\ntitle = 'x'", "codebook has an unknown field “title”. Known are name"),
        ("[codebook]\nname = 5", "codebook, field “name” must be text"),
        ("[[colour]]\nname = 1", "The table “colour” is unknown. Known are codebook, layer"),
        ("[code]\nslug = 1", r"“code” must be a list of tables \(\[\[code\]\]\)"),
        ("code = [1]", "code 1 is no table"),
        ('codebook = "x"', "“codebook” must be one table"),
        (LAYER + LAYER.replace("slug", "sulg"), "layer 2 has an unknown field “sulg”. Known are"),
        (LAYER + '[[layer]]\nname = "G"', "layer 2 has no “slug”"),
        (CODE + "id = 'x'", "code 1 has an unknown field “id”"),
        (CODE + "short = 5", "code 1, field “short” must be text"),
        (CODE + "number = 'x'", "code 1, field “number” must be a number"),
        (CODE + "number = true", "code 1, field “number” must be a number"),
        (CODE + "may_overlap = 1", "code 1, field “may_overlap” must be true or false"),
        (CODE + "include = 'x'", "code 1, field “include” must be a list"),
        (CODE + "include = ['x', 2]", r"code 1, field “include”\[2\] must be text"),
        (VARIABLE + "preset = true", "variable 1, field “preset” must be a whole number"),
        (VARIABLE + "values = [1]", r"variable 1, field “values”\[1\] is no table"),
        (VARIABLE + "values = [{code = 1, slug = 'a'}]", r"field “values”\[1\] has no “label”"),
        (VARIABLE + "shown_if = {item = 'w', value = [1]}", "unknown field “value”"),
        (CODE + "parent = 'gone'", "contradicts itself: code “f/a”: it refers to “gone”"),
    ],
)
def test_a_mistake_is_named_with_file_table_number_and_field(toml, words):
    with pytest.raises(BadCodebook, match=words) as error:
        from_toml(toml, "frames.toml")
    assert error.value.where == "frames.toml"


def test_what_is_no_table_at_all_is_refused():
    with pytest.raises(BadCodebook, match="holds tables"):
        from_plain([1, 2])
