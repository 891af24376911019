"""The codebook templates: sound, complete, legible, and fit to stand side by side."""

from __future__ import annotations

from itertools import combinations

import pytest

from annotator.errors import BadInput
from annotator.formats.codebooks import (
    FORMATS,
    TEMPLATES,
    combine,
    read_codebook,
    template,
    templates,
    write_codebook,
)
from annotator.model.article import BOILERPLATE_KINDS
from annotator.model.codebook import MACHINE_LAYERS
from annotator.model.codebook_check import problems
from annotator.settings import resource, sample_corpus

LIGHT_GROUND, DARK_GROUND = "#FFFFFF", "#1D2023"

# What the twenty questions ask for, in words that each question must contain. A re-use of the
# instrument once paired names and questions wrongly; this table is what the ids mean.
GENERIC_FRAMES = {
    "sv_resp_1": ("R1", "government could ease"),
    "sv_resp_2": ("R2", "government is responsible for the problem"),
    "sv_resp_3": ("R3", "solutions"),
    "sv_resp_4": ("R4", "a person or a group in society is responsible"),
    "sv_resp_5": ("R5", "urgent action"),
    "sv_hum_1": ("H1", "concrete person or example"),
    "sv_hum_2": ("H2", "adjectives or personal scenes"),
    "sv_hum_3": ("H3", "how people or groups are affected"),
    "sv_hum_4": ("H4", "private or personal lives"),
    "sv_hum_5": ("H5", "visuals"),
    "sv_con_1": ("C1", "disagreement"),
    "sv_con_2": ("C2", "reproach another"),
    "sv_con_3": ("C3", "two sides"),
    "sv_con_4": ("C4", "winners and losers"),
    "sv_mor_1": ("M1", "moral message"),
    "sv_mor_2": ("M2", "God or other religious tenets"),
    "sv_mor_3": ("M3", "ought to behave"),
    "sv_eco_1": ("E1", "financial gains or losses"),
    "sv_eco_2": ("E2", "costs"),
    "sv_eco_3": ("E3", "economic effects of taking or not taking"),
}
SCALES = {
    "sv_responsibility": ("sv_resp_", 5),
    "sv_human_interest": ("sv_hum_", 5),
    "sv_conflict": ("sv_con_", 4),
    "sv_morality": ("sv_mor_", 3),
    "sv_economic": ("sv_eco_", 3),
}
# Attributes that machine coders fill in: layer, code, slug -> type.
MACHINE_ATTRIBUTES = {
    ("quote", "", "speaker"): "text",
    ("quote", "", "quoted"): "spans",
    ("entity", "", "name"): "text",
    ("attribution", "cue", "valence"): "choice",
}


def luminance(colour):
    """Return the relative luminance of #RRGGBB (WCAG 2)."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    """Return the contrast of two colours (WCAG 2), 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def everything():
    return {name: template(name) for name in TEMPLATES}


def all_codes():
    books = [*everything().values(), read_codebook(sample_corpus("codebook.toml"))]
    return [code for book in books for code in book.codes]


def test_contrast_is_reckoned_as_wcag_says():
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#767676", "#FFFFFF") == pytest.approx(4.54, abs=0.01)


def test_templates_are_listed_in_order_with_titles():
    listed = templates()
    assert [name for name, _ in listed] == [
        "entman", "generic-frames", "policy-frames", "stance", "bias", "quotes", "boilerplate",
        "entities",
    ]  # fmt: skip
    assert len({title for _, title in listed}) == 8
    assert all(title for _, title in listed)


def test_every_shipped_codebook_is_listed():
    assert {path.stem for path in resource("codebooks").glob("*.toml")} == set(TEMPLATES)


def test_an_unknown_template_is_refused_with_the_known_ones():
    with pytest.raises(BadInput, match=r"“entmann”.*entman, generic-frames"):
        template("entmann")


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_template_has_no_problems_and_cites_its_source(name):
    book = template(name)
    assert problems(book) == []
    assert book.name
    assert book.citation
    assert all(layer.citation and layer.description for layer in book.layers)
    assert book.codes or book.variables


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_template_goes_through_every_format(name, tmp_path):
    book = template(name)
    for suffix, kind in FORMATS.items():
        path = tmp_path / f"{name}{suffix}"
        lost = write_codebook(book, path)
        assert (lost == []) == (suffix in {".toml", ".json", ".html"})
        if kind.read is not None:
            assert [code.id for code in read_codebook(path).codes] == [c.id for c in book.codes]
        if suffix in {".toml", ".json"}:
            assert read_codebook(path) == book
        if suffix == ".csv":
            assert read_codebook(path).codes == book.codes


@pytest.mark.parametrize("pair", list(combinations(TEMPLATES, 2)), ids="+".join)
def test_any_two_templates_can_be_combined_and_lose_nothing(pair):
    one, other = (template(name) for name in pair)
    both = combine([one, other])
    assert problems(both) == []
    assert len(both.items()) == len(one.items()) + len(other.items())
    keys = [code.key for code in both.codes if code.key]
    assert len(keys) == len(set(keys))
    assert [code.key for code in both.codes[: len(one.codes)]] == [c.key for c in one.codes]


@pytest.mark.parametrize("name", ["entman", "policy-frames", "stance", "bias"])
def test_layers_of_machine_coders_leave_the_keys_to_the_researcher(name):
    book = template(name)
    machine = [template(other) for other in ("entities", "quotes", "boilerplate")]
    for order in ([*machine, book], [book, *machine]):
        keys = {code.id: code.key for code in combine(order).codes}
        assert [keys[code.id] for code in book.codes] == [code.key for code in book.codes]


def test_all_templates_together_have_every_machine_layer():
    both = combine(everything().values())
    assert problems(both) == []
    assert set(MACHINE_LAYERS) < {layer.slug for layer in both.layers}
    assert len({attribute.id for attribute in both.attributes}) == len(both.attributes)


def test_every_code_says_when_to_use_it_and_when_not():
    for code in all_codes():
        assert code.definition, code.slug
        assert code.include, code.slug
        assert code.exclude, code.slug
        assert 0 < len(code.short) <= 12, code.slug
        if code.layer != "boilerplate":
            assert code.decision_rule, code.slug
            assert code.examples, code.slug
            assert code.near_misses, code.slug


@pytest.mark.parametrize("name", TEMPLATES)
def test_short_names_and_numbers_tell_codes_of_a_layer_apart(name):
    book = template(name)
    for layer in book.layers:
        codes = book.codes_of(layer.slug)
        assert len({code.short for code in codes}) == len(codes)
        assert len({code.number for code in codes}) == len(codes)
        assert all(code.number is not None for code in codes)


def test_code_colours_are_legible_in_both_themes():
    codes = all_codes()
    assert len(codes) > 60
    for code in codes:
        assert contrast(code.colour_light, LIGHT_GROUND) >= 3, (code.slug, code.colour_light)
        assert contrast(code.colour_dark, DARK_GROUND) >= 3, (code.slug, code.colour_dark)


def test_looks_tell_codes_of_a_layer_apart_except_page_furniture():
    for book in everything().values():
        for layer in book.layers:
            if layer.slug != "boilerplate":
                codes = book.codes_of(layer.slug)
                assert len({(c.colour_light, c.pattern) for c in codes}) == len(codes)
                assert len({(c.colour_dark, c.pattern) for c in codes}) == len(codes)


def test_frames_are_solid_and_stance_is_dashed():
    patterns = {(code.layer, code.pattern) for code in all_codes()}
    assert {p for layer, p in patterns if layer in {"entman", "policy-frame", "framing"}} == {
        "solid"
    }
    assert {p for layer, p in patterns if layer == "stance"} == {"dashed"}


def test_every_layer_of_codes_can_be_coded_with_digits():
    for book in everything().values():
        keys = [code.key for code in book.codes if code.key]
        assert set(keys) <= set("123456789")
        assert keys == sorted(keys) or book.name == "Boilerplate"
        assert len(keys) == min(9, len(book.codes))


def test_ids_of_the_generic_frames_mean_what_they_always_meant():
    book = template("generic-frames")
    assert [variable.slug for variable in book.variables] == list(GENERIC_FRAMES)
    for variable in book.variables:
        item, words = GENERIC_FRAMES[variable.slug]
        assert variable.name.startswith(f"{item} ")
        assert words in variable.question
        assert variable.type == "yes-no"
        assert -8 in variable.missing


def test_the_question_on_visuals_alone_is_preset_to_not_applicable():
    presets = {v.slug: v.preset for v in template("generic-frames").variables}
    assert {slug: preset for slug, preset in presets.items() if preset is not None} == {
        "sv_hum_5": -8
    }


def test_the_five_scales_average_their_own_items():
    book = template("generic-frames")
    assert [scale.slug for scale in book.scales] == list(SCALES)
    for scale in book.scales:
        prefix, number = SCALES[scale.slug]
        assert scale.items == tuple(f"{prefix}{n}" for n in range(1, number + 1))
        assert scale.formula == "mean"
        assert scale.min_valid > number / 2


def test_policy_frames_keep_the_numbering_of_the_corpus():
    book = template("policy-frames")
    assert [code.number for code in book.codes] == list(range(1, 16))
    slugs = [code.slug for code in book.codes]
    for variable in ("primary_frame", "headline_frame"):
        values = book.variable(variable).values
        assert [(v.code, v.slug) for v in values] == list(enumerate(slugs, 1))
    assert book.variable("primary_frame").values[0].definition.startswith("1.2 ")
    assert book.variable("headline_frame").values[14].definition.startswith("15.1 ")
    tones = {v.slug: v.definition.split()[0] for v in book.variable("tone").values}
    assert tones == {
        "explicit-pro": "17.4",
        "implicit-pro": "17.35",
        "neutral": "18.3",
        "implicit-anti": "19.35",
        "explicit-anti": "19.4",
    }


def test_a_policy_frame_of_its_own_needs_a_name():
    book = template("policy-frames")
    asked = book.attributes_of(book.code("policy-frame", "other"))
    assert [(a.slug, a.required) for a in asked] == [("frame_name", True)]
    assert book.attributes_of(book.code("policy-frame", "economic")) == ()


def test_all_four_framing_functions_ask_for_the_voice():
    book = template("entman")
    assert [code.slug for code in book.codes] == ["problem", "cause", "moral", "treatment"]
    for code in book.codes:
        voice = next(a for a in book.attributes_of(code) if a.slug == "voice")
        assert voice.required
        assert {value.slug for value in voice.values} == {
            "journalist", "quoted", "paraphrased", "headline",
        }  # fmt: skip


def test_bias_spans_require_what_the_scheme_requires():
    book = template("bias")
    required = {
        a.slug: a.shown_if.item if a.shown_if else "" for a in book.attributes if a.required
    }
    assert required == {
        "target": "",
        "polarity": "",
        "aim": "",
        "in_quote": "",
        "indirect_target": "aim",
        "indirect_polarity": "aim",
        "speaker": "in_quote",
    }


def test_conditions_name_values_that_exist():
    for book in everything().values():
        for attribute in book.attributes:
            if attribute.shown_if:
                asked = next(
                    a
                    for a in book.attributes
                    if (a.layer, a.slug) == (attribute.layer, attribute.shown_if.item)
                )
                assert set(attribute.shown_if.values) <= {value.slug for value in asked.values}


def test_boilerplate_has_every_kind_in_order_and_background_counts():
    book = template("boilerplate")
    assert tuple(code.slug for code in book.codes) == BOILERPLATE_KINDS
    assert [code.slug for code in book.codes if code.counts_as_content] == ["background"]


def test_machine_coders_find_their_layers_codes_and_attributes():
    book = combine([template("quotes"), template("boilerplate"), template("entities")])
    assert {layer.slug for layer in book.layers} == set(MACHINE_LAYERS)
    assert {c.slug for c in book.codes_of("quote")} == {"direct", "indirect", "mixed", "term"}
    assert {c.slug for c in book.codes_of("attribution")} == {"source", "cue"}
    assert [c.slug for c in book.codes_of("entity")] == ["PER", "ORG", "LOC", "NORP", "OTHER"]
    types = {(a.layer, a.code, a.slug): a.type for a in book.attributes}
    assert types.items() >= MACHINE_ATTRIBUTES.items()
    valence = next(a for a in book.attributes if a.slug == "valence")
    assert [value.slug for value in valence.values] == ["neutral", "affirming", "doubting"]
    assert not any(a.required for a in book.attributes)
