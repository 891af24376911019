"""Contradictions in a codebook: all are found, each is named with its place."""

from __future__ import annotations

import pytest

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
from annotator.model.codebook_check import checked, problems

FRAME = Layer("frame", "Frames")
WAR = Code("frame", "war", "War", key="w")
YES = (Value(1, "yes", "Yes"), Value(0, "no", "No"))
TONE = Attribute("frame", "tone", "Tone", values=YES)
GENRE = Variable("genre", "Genre", type="nominal", values=YES)
SIZE = Variable("size", "Size", type="ratio")
GOOD = Codebook((FRAME,), (WAR,), (TONE,), (GENRE, SIZE), (Scale("s", "S", ("size",)),))


def book(layers=(FRAME,), codes=(), attributes=(), variables=(), scales=()):
    return Codebook(layers, codes, attributes, variables, scales)


def code(**more):
    return Code(**{"layer": "frame", "slug": "war", "name": "War", **more})


def attribute(**more):
    return Attribute(**{"layer": "frame", "slug": "tone", "name": "T", "values": YES, **more})


def variable(**more):
    return Variable(**{"slug": "genre", "name": "G", **more})


def scale(**more):
    return Scale(**{"slug": "s", "name": "S", "items": ("size",), **more})


def test_a_sound_codebook_has_no_problems_and_is_returned():
    assert problems(GOOD) == []
    assert checked(GOOD) is GOOD
    assert problems(Codebook()) == []


@pytest.mark.parametrize(
    ("wrong", "where", "words"),
    [
        (book(layers=(FRAME, FRAME)), "layer “frame”", "the id stands 2 times"),
        (book(codes=(code(), code(name="B"))), "code of layer “frame” “war”", "stands 2 times"),
        (book(codes=(code(slug="a b"),)), "“a b”", "letters, digits, _ - and . only"),
        (book(codes=(code(slug="_a"),)), "“_a”", "starts with a letter or digit"),
        (book(attributes=(attribute(), attribute(id="2"))), "attribute of “frame/*” “tone”",
         "stands 2 times"),
        (book(variables=(variable(), variable(id="2"))), "variable “genre”", "stands 2 times"),
        (book(variables=(SIZE,), scales=(scale(), scale(id="2"))), "scale “s”", "stands 2 times"),
        (book(layers=(), codes=(WAR,)), "“war”", "its layer “frame” is not in the codebook"),
        (book(layers=(), attributes=(TONE,)), "“tone”", "its layer “frame” is not in"),
        (book(codes=(code(parent="gone"),)), "code “frame/war”", "refers to “gone”"),
        (book(codes=(code(exclusive_with=("gone",)),)), "code “frame/war”", "refers to “gone”"),
        (book(codes=(code(name=" "),)), "code “frame/war”", "has no name"),
        (book(codes=(code(short="x" * 13),)), "code “frame/war”", "longer than 12 characters"),
        (book(codes=(code(colour_light="red"),)), "code “frame/war”", "“red” is no colour"),
        (book(codes=(code(colour_dark="#12345"),)), "code “frame/war”", "“#12345” is no colour"),
        (book(codes=(code(pattern="zigzag"),)), "code “frame/war”", "pattern “zigzag” is none of"),
        (book(codes=(code(snap="line"),)), "code “frame/war”", "snap “line” is none of"),
        (book(codes=(code(parent="war"),)), "code “frame/war”", "above itself"),
        (book(codes=(code(parent="b"), code(slug="b", parent="war"))), "code “frame/b”",
         "above itself"),
        (book(codes=(code(key="w"), code(slug="b", key="w"))), "key “w”",
         "it is given to frame/war and frame/b"),
        (book(attributes=(attribute(code="gone"),)), "attribute “frame/gone/tone”",
         "its code “gone” is not"),
        (book(attributes=(attribute(type="colour"),)), "attribute “frame/*/tone”",
         "type “colour” is none of"),
        (book(attributes=(attribute(values=()),)), "attribute “frame/*/tone”",
         "a choice needs values"),
        (book(attributes=(attribute(values=(*YES, Value(1, "x", "X"))),)),
         "attribute “frame/*/tone”", "the value code “1” stands 2 times"),
        (book(attributes=(attribute(shown_if=ShownIf("role", ("a",))),)),
         "attribute “frame/*/tone”", "depends on “role”, which is not asked there"),
        (book(attributes=(attribute(shown_if=ShownIf("tone", ("a",))),)),
         "attribute “frame/*/tone”", "depends on “tone”, which is not asked there"),
        (book(variables=(variable(type="odd"),)), "variable “genre”", "type “odd” is none of"),
        (book(variables=(variable(unit="page"),)), "variable “genre”", "unit “page” is none of"),
        (book(variables=(variable(type="ordinal"),)), "variable “genre”",
         "a variable of type ordinal needs values"),
        (book(variables=(variable(values=(Value(1, "a", "A"), Value(2, "a", "B"))),)),
         "variable “genre”", "the value id “a” stands 2 times"),
        (book(variables=(variable(shown_if=ShownIf("gone", (1,))),)), "variable “genre”",
         "depends on “gone”, which is no other variable"),
        (book(variables=(variable(shown_if=ShownIf("genre", (1,))),)), "variable “genre”",
         "depends on “genre”, which is no other variable"),
        (book(scales=(scale(),)), "scale “s”", "its item “size” is no variable"),
        (book(variables=(GENRE,), scales=(scale(items=("genre",)),)), "scale “s”",
         "its item “genre” cannot be averaged"),
        (book(variables=(SIZE,), scales=(scale(formula="product"),)), "scale “s”",
         "formula “product” is none of mean, sum"),
        (book(variables=(SIZE,), scales=(scale(min_valid=2),)), "scale “s”",
         "min_valid 2 does not fit 1 items"),
        (book(variables=(SIZE,), scales=(scale(min_valid=0),)), "scale “s”", "min_valid 0"),
    ],
)  # fmt: skip
def test_a_contradiction_is_found_and_named(wrong, where, words):
    found = [(p.where, p.message) for p in problems(wrong)]
    assert any(where in place and words in message for place, message in found), found


def test_attributes_may_depend_on_others_that_are_asked_with_them():
    layerwide = attribute()
    own = attribute(slug="role", code="war", shown_if=ShownIf("tone", ("yes",)))
    assert problems(book(codes=(WAR,), attributes=(layerwide, own))) == []


def test_variables_may_depend_on_others():
    asked = variable(slug="n", shown_if=ShownIf("size", (1,)))
    assert problems(book(variables=(SIZE, asked))) == []


def test_all_problems_are_told_at_once():
    wrong = book(codes=(code(name="", pattern="zigzag", snap="line"),))
    with pytest.raises(BadCodebook) as error:
        checked(wrong, "frames.toml")
    said = str(error.value)
    assert said.startswith("frames.toml: ")
    for words in ("no name", "zigzag", "line", "nothing was changed"):
        assert words in said


def test_of_very_many_problems_the_first_are_told_and_the_rest_counted():
    wrong = book(codes=tuple(code(slug=f"c{n}", name="") for n in range(11)))
    with pytest.raises(BadCodebook, match="and 3 more"):
        checked(wrong)
