"""Codebooks that hypothesis makes up, and one made by hand."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import strategies as st

from annotator.model.codebook import (
    PATTERNS,
    SNAPS,
    Attribute,
    Code,
    Codebook,
    Layer,
    Scale,
    ShownIf,
    Value,
    Variable,
)

WILD = st.text(st.characters(exclude_categories=("Cs",)), max_size=12)
LINE = st.text(st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp")), max_size=12)
PLAIN = LINE.map(str.strip)
SLUG = st.text("abcxyz059", min_size=1, max_size=4)
COLOUR = st.sampled_from(["", "#D55E00", "#ff8a47"])


@st.composite
def codes_of(draw, layer, keys, text):
    name, texts = text.filter(str.strip), st.lists(text.filter(bool), max_size=2).map(tuple)
    slugs = draw(st.lists(SLUG, unique=True, max_size=4))
    codes = []
    for number, slug in enumerate(slugs):
        codes.append(
            Code(
                layer,
                slug,
                draw(name),
                short=draw(text),
                parent=draw(st.sampled_from(["", *slugs[:number]])),
                definition=draw(text),
                include=draw(texts),
                exclude=draw(texts),
                examples=draw(texts),
                near_misses=draw(texts),
                decision_rule=draw(text),
                citation=draw(text),
                colour_light=draw(COLOUR),
                colour_dark=draw(COLOUR),
                pattern=draw(st.sampled_from(PATTERNS)),
                key=next(keys) if draw(st.booleans()) else "",
                snap=draw(st.sampled_from(SNAPS)),
                exclusive_with=draw(st.lists(st.sampled_from(slugs), max_size=2).map(tuple)),
                may_overlap=draw(st.booleans()),
                counts_as_content=draw(st.booleans()),
                number=draw(st.none() | st.floats(-9, 99, allow_subnormal=False)),
            )
        )
    return codes


@st.composite
def values(draw, text):
    numbers = draw(st.lists(st.integers(-9, 99), unique=True, min_size=1, max_size=3))
    return tuple(Value(n, f"v{n}", draw(text), draw(text)) for n in numbers)


@st.composite
def codebooks(draw, text=PLAIN):
    name = text.filter(str.strip)
    keys = iter("123456789abcdefghijkl")
    slugs = draw(st.lists(SLUG, unique=True, max_size=3))
    layers = [Layer(slug, draw(name), draw(text), draw(text)) for slug in slugs]
    codes = [code for layer in layers for code in draw(codes_of(layer.slug, keys, text))]
    attributes = [
        Attribute(code.layer, "a", draw(text), code=code.slug, values=draw(values(text)))
        for code in codes[:2]
    ]
    variables = [
        Variable(
            f"q{number}",
            draw(text),
            values=draw(values(text)),
            missing=draw(st.sampled_from([(), (-8,), (-8, -7)])),
            preset=draw(st.none() | st.integers(-9, 9)),
            shown_if=ShownIf("q0", draw(st.sampled_from([(1,), ("x", 2)]))) if number else None,
        )
        for number in range(draw(st.integers(0, 2)))
    ]
    scales = [Scale("s", draw(text), ("q0",))] if variables else []
    return Codebook(
        *(
            tuple(replace(item, position=n) for n, item in enumerate(items, 1))
            for items in (layers, codes, attributes, variables, scales)
        ),
        name=draw(text),
        citation=draw(text),
    )


def moods():
    """Return a codebook of two codes, one under the other."""
    return Codebook(
        layers=(Layer("mood", "Mood", "How it sounds.", "Own", position=1),),
        codes=(
            Code("mood", "glad", "Glad & merry", key="1", colour_light="#00875F", position=1),
            Code(
                "mood",
                "elated",
                "Elated",
                parent="glad",
                definition="More than glad.",
                include=("cheers",),
                exclude=("mere content: Glad",),
                examples=("“Hurrah!” 🚢",),
                decision_rule="When in doubt, Glad.",
                citation="Own (2026)",
                number=2,
                position=2,
            ),
        ),
        attributes=(Attribute("mood", "who", "Who", type="text", position=1),),
        name="Moods",
    )
