"""Spans: the u-alpha family on its published example, pairing, what overlaps forbid."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.agreement.alpha_u import alpha_u
from annotator.agreement.bootstrap import Plan
from annotator.agreement.matching import attribute_agreement, comparable, counted, paired
from annotator.agreement.results import NO_VARIATION, Coefficient
from annotator.agreement.span_measuring import (
    EACH_CODE,
    NO_MEETING,
    OVERLAPPING,
    Asked,
    measure_spans,
)
from annotator.agreement.spans import Continuum, Mark
from annotator.model.span import Span, united

# Krippendorff (2019), figure 12.11; L = 60.
BOOK = {
    "Alex": [(0, 7, "1"), (7, 13, "2"), (30, 32, "5"), (32, 37, "6"), (37, 44, "6"), (44, 60, "7")],
    "Paul": [(0, 7, "1"), (7, 13, "3"), (13, 21, "5"), (32, 44, "6")],
    "Suzan": [(0, 7, "1"), (7, 13, "4"), (13, 21, "5"), (32, 37, "6"), (37, 41, "6"),
              (41, 44, "6")],
}  # fmt: skip
NO_INTERVAL = Plan(0)


def mark(coder, code, *spans, **attributes):
    return Mark(coder, code, tuple(Span(*span) for span in spans), attributes)


def article(length, by_coder, name="a1", words=None):
    marks = [mark(coder, code, (s, e)) for coder, units in by_coder.items() for s, e, code in units]
    return Continuum(name, length, tuple(by_coder), tuple(marks), words)


def values(made):
    return {name: c.value for name, c in made.coefficients.items()}


def test_the_u_alpha_family_is_as_published():
    made = measure_spans([article(60, BOOK)])
    overall = values(made.overall)
    assert overall["u_alpha"] == pytest.approx(0.510, abs=5e-4)
    assert overall["u_alpha_binary"] == pytest.approx(0.4136, abs=5e-5)
    assert overall["cu_alpha"] == pytest.approx(0.7242, abs=5e-5)
    assert {code: values(c)["ku_alpha"] for code, c in made.codes.items()} == {
        "1": 1.0, "2": 0.0, "3": 0.0, "4": 0.0, "5": 1.0, "6": 1.0, "7": None,
    }  # fmt: skip
    assert made.codes["7"].coefficients["ku_alpha"].why == NO_MEETING
    assert made.codes["7"].coverage == 0.0


@pytest.mark.parametrize(("confused", "u", "cu"), [("f", 0.8376, 1.0), ("s", 0.6436, 0.1201)])
def test_a_confused_code_lowers_u_alpha_but_not_where_was_marked(confused, u, cu):
    coders = {"A": [(10, 20, "f"), (40, 60, "s")], "B": [(12, 20, confused), (40, 55, "s")]}
    made = values(measure_spans([article(100, coders)]).overall)
    assert made["u_alpha"] == pytest.approx(u, abs=5e-5)
    assert made["u_alpha_binary"] == pytest.approx(0.8245, abs=5e-5)
    assert made["cu_alpha"] == pytest.approx(cu, abs=5e-5)


def test_a_coder_who_marked_nothing_is_all_gap():
    made = measure_spans([article(100, {"A": [(10, 20, "f")], "B": []})])
    assert values(made.overall)["u_alpha"] == pytest.approx(-0.045, abs=0.02)
    assert made.overall.coefficients["cu_alpha"].why == NO_MEETING
    assert made.codes["f"].marks == {"A": 1, "B": 0}
    assert values(made.overall)["f1_relaxed"] == 0.0


def test_nobody_marking_anything_is_undefined():
    made = measure_spans([article(100, {"A": [], "B": []})])
    assert made.codes == {}
    assert {c.why for c in made.overall.coefficients.values()} == {"nobody marked anything"}


def test_articles_read_by_one_coder_are_left_out():
    shared = article(60, BOOK)
    alone = article(500, {"Alex": [(0, 500, "1")]}, "a2")
    assert measure_spans([shared, alone]).overall == measure_spans([shared]).overall
    assert measure_spans([alone]).articles == 0


def test_articles_add_up_as_one_text_laid_end_to_end():
    first = {"A": [(0, 10, "f")], "B": [(2, 10, "f")]}
    second = {"A": [(5, 9, "f")], "B": [(5, 12, "f")]}
    apart = measure_spans([article(20, first), article(30, second, "a2")], plan=NO_INTERVAL)
    joined = {c: [*first[c], *((s + 20, e + 20, k) for s, e, k in second[c])] for c in "AB"}
    whole = measure_spans([article(50, joined)], plan=NO_INTERVAL)
    assert values(apart.overall) == pytest.approx(values(whole.overall))
    assert apart.overall.alpha_u_1995 == pytest.approx(whole.overall.alpha_u_1995)


def test_touching_articles_do_not_make_one_unit():
    """A span to the end and one from the beginning of the next article stay two."""
    end = {"A": [(10, 20, "f")], "B": [(10, 20, "f")]}
    begin = {"A": [(0, 10, "f")], "B": [(0, 10, "f")]}
    made = measure_spans([article(20, end), article(20, begin, "a2")])
    assert made.codes["f"].marks == {"A": 2, "B": 2}
    assert values(made.overall)["f1_exact"] == 1.0


def test_a_coders_own_overlaps_of_a_code_are_united():
    twice = {"A": [(0, 10, "f"), (5, 15, "f")], "B": [(0, 15, "f")]}
    once = {"A": [(0, 15, "f")], "B": [(0, 15, "f")]}
    assert (
        values(measure_spans([article(50, twice)]).codes["f"])["u_alpha"]
        == values(measure_spans([article(50, once)]).codes["f"])["u_alpha"]
        == pytest.approx(1.0)
    )


def test_overlapping_codes_are_measured_one_by_one():
    both = {"A": [(0, 10, "f"), (5, 15, "s")], "B": [(0, 10, "f"), (5, 15, "s")]}
    made = measure_spans([article(50, both)])
    assert not made.is_exclusive
    assert {made.overall.coefficients[n].why for n in ("u_alpha", "cu_alpha", "token_alpha")} == {
        OVERLAPPING
    }
    assert values(made.overall)["u_alpha_binary"] == pytest.approx(1.0)
    assert made.overall.coefficients["ku_alpha"].why == EACH_CODE
    assert {code: values(c)["u_alpha"] for code, c in made.codes.items()} == {
        "f": pytest.approx(1.0), "s": pytest.approx(1.0),
    }  # fmt: skip
    assert made.codes["f"].coefficients["ku_alpha"].why == OVERLAPPING


def test_everything_marked_alike_has_no_variation():
    made = measure_spans([article(10, {"A": [(0, 10, "f")], "B": [(0, 10, "f")]})])
    assert made.codes["f"].coefficients["u_alpha"].why == NO_VARIATION
    assert made.codes["f"].coefficients["token_alpha"].why == NO_VARIATION
    assert made.overall.coefficients["cu_alpha"].why == NO_VARIATION


def test_tokens_are_words_where_the_text_is_known():
    words = (Span(0, 4), Span(5, 9), Span(10, 14), Span(15, 19))
    coders = {"A": [(0, 9, "f")], "B": [(0, 3, "f")]}
    by_words = measure_spans([article(20, coders, words=words)])
    assert by_words.by_words
    # Two words of the one, the first of them also of the other.
    assert values(by_words.codes["f"])["token_alpha"] == pytest.approx(1 - 7 * 2 / (8**2 - 9 - 25))
    by_characters = measure_spans([article(20, coders)])
    assert not by_characters.by_words
    assert values(by_characters.codes["f"])["token_alpha"] == pytest.approx(
        1 - 39 * 12 / (40**2 - 12**2 - 28**2)
    )


def test_intervals_draw_articles():
    random = np.random.default_rng(1)
    texts = []
    for number in range(12):
        start = int(random.integers(0, 50))
        shift = int(random.integers(0, 12))
        other = (start + shift, start + shift + 20, "f")
        coders = {"A": [(start, start + 20, "f")], "B": [other]}
        texts.append(article(100, coders, f"a{number}"))
    made = measure_spans(texts, plan=Plan(500))
    for name in ("u_alpha", "f1_exact", "f1_iou", "token_alpha"):
        found = made.codes["f"].coefficients[name]
        assert found.ci[0] <= found.value <= found.ci[1]
    assert made.codes["f"].coefficients["u_alpha"].below
    assert measure_spans(texts[:1]).codes["f"].coefficients["u_alpha"].ci is None


# Pairing


def test_the_greatest_overlap_is_paired_first_and_each_mark_once():
    left = [mark("A", "f", (0, 10)), mark("A", "f", (10, 20))]
    right = [mark("B", "f", (8, 20))]
    assert paired(left, right, rule="relaxed") == [(left[1], right[0])]
    assert paired(left, right, rule="exact") == []


def test_half_means_intersection_over_union():
    one = [mark("A", "f", (0, 10))]
    assert paired(one, [mark("B", "f", (0, 20))], rule="iou")
    assert not paired(one, [mark("B", "f", (0, 21))], rule="iou")


def test_interrupted_annotations_are_compared_with_all_their_stretches():
    whole = mark("A", "q", (0, 10), (20, 30))
    assert paired([whole], [mark("B", "q", (0, 10), (20, 30))], rule="exact")
    assert not paired([whole], [mark("B", "q", (0, 30))], rule="exact")
    assert not paired([whole], [mark("B", "q", (12, 18))], rule="relaxed")


def test_counts_go_over_all_pairs_of_coders():
    text = article(60, {"A": [(0, 10, "f")], "B": [(0, 10, "f")], "C": [(5, 10, "f")]})
    assert counted(text, "f") == (1.0, 3.0, 3.0, 6.0)


def test_attributes_are_compared_on_aligned_spans_only():
    text = Continuum(
        "a1", 100, ("A", "B"),
        (
            mark("A", "q", (0, 10), voice="source"), mark("B", "q", (0, 10), voice="source"),
            mark("A", "q", (20, 30), voice="source"), mark("B", "q", (20, 31), voice="journalist"),
            mark("A", "q", (40, 50), voice="source"), mark("B", "q", (60, 70), voice="source"),
            mark("A", "q", (80, 90)), mark("B", "q", (80, 90), voice="source"),
        ),
    )  # fmt: skip
    made = attribute_agreement([text], "q", "voice", plan=NO_INTERVAL)
    assert (made.units, made.single) == (2, 1)
    assert made.coefficients["percent_agreement"].value == 0.5
    whole = measure_spans([text], asked=[Asked("q", "voice")], plan=NO_INTERVAL)
    assert whole.codes["q"].attributes["voice"].alpha == made.alpha
    assert "voice" in whole.plain()["codes"]["q"]["details"]["attributes"]


def test_attribute_values_that_the_codebook_does_not_list_are_kept():
    text = Continuum("a1", 20, ("A", "B"), (mark("A", "q", (0, 9), strength="high"),
                                            mark("B", "q", (0, 9), strength="odd")))  # fmt: skip
    made = attribute_agreement([text], "q", "strength", level="ordinal", values=("low", "high"))
    assert made.values == ("low", "high", "odd")


def test_attribute_values_of_all_kinds_can_be_compared():
    assert comparable({"a": 1}) == "{'a': 1}"
    assert comparable(["b", 1]) == frozenset({"b", "1"})
    assert (comparable(True), comparable(2.5), comparable([])) == (1, 2.5, None)


def test_gamma_comes_in_by_code():
    made = measure_spans([article(60, BOOK)], plan=NO_INTERVAL)
    filled = made.with_gamma({"1": Coefficient(0.5), "": Coefficient(0.25)})
    assert values(filled.codes["1"])["gamma"] == 0.5
    assert values(filled.overall)["gamma"] == 0.25
    assert filled.codes["2"] == made.codes["2"]


# The older coefficient


def test_alpha_u_of_1995_is_as_published():
    made = alpha_u(
        {"c": [[(225, 295), (370, 400)], [(220, 300), (355, 375), (400, 420)]],
         "k": [[(180, 240), (300, 350)], [(180, 240), (300, 350)]]}, 300, 150,
    )  # fmt: skip
    assert made.value == pytest.approx(0.8591, abs=6e-4)
    assert made.by_code == {"c": pytest.approx(0.7286, abs=5e-4), "k": 1.0}
    assert made.observed["c"] == pytest.approx(0.0144, abs=5e-5)
    assert made.expected == {"c": pytest.approx(0.0532, abs=5e-5),
                             "k": pytest.approx(0.0490, abs=5e-5)}  # fmt: skip


def test_alpha_u_of_nothing_is_undefined():
    assert alpha_u({}, 20, 3).value is None
    assert alpha_u({"f": [[], []]}, 20).by_code == {"f": None}


def test_alpha_u_needs_all_coders_in_all_articles():
    texts = [article(50, {"A": [(0, 9, "f")], "B": [(0, 9, "f")]}),
             article(50, {"A": [(0, 9, "f")], "C": [(0, 9, "f")]}, "a2")]  # fmt: skip
    made = measure_spans(texts)
    assert made.codes["f"].alpha_u_1995 is None
    assert values(made.codes["f"])["u_alpha"] == pytest.approx(1.0)


# Algebra

stretches = st.lists(
    st.tuples(st.integers(0, 38), st.integers(1, 9)).map(
        lambda p: Span(p[0], min(40, p[0] + p[1]))
    ),
    max_size=4,
).map(united)


def of_spans(by_coder):
    marks = [mark(coder, "f", (s.start, s.end)) for coder, spans in by_coder.items() for s in spans]
    return Continuum("a", 40, tuple(by_coder), tuple(marks))


@settings(max_examples=60, deadline=None)
@given(one=stretches, other=stretches)
def test_u_alpha_is_symmetric_and_one_only_for_the_same_stretches(one, other):
    there = measure_spans([of_spans({"A": one, "B": other})], plan=NO_INTERVAL)
    back = measure_spans([of_spans({"A": other, "B": one})], plan=NO_INTERVAL)
    assert values(there.overall) == pytest.approx(values(back.overall))
    found = values(there.overall)["u_alpha"]
    if found is not None:
        assert (found == pytest.approx(1.0)) == (one == other)
