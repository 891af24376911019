"""What coders say: stretches with their words, where they come from, what decisions are on."""

from __future__ import annotations

from dataclasses import replace

import pytest

from annotator.errors import BadSpan
from annotator.model.annotation import Decision, Fragment, decides, fragments_in, origin, quotation
from annotator.model.span import Span
from tests.model.samples import (
    ANNA,
    CONFLICT,
    CRISIS,
    DIRECT,
    JUDGE,
    ROBOT,
    TEXT,
    annotation,
    span,
    version,
)


def test_fragments_keep_the_words_they_stand_on():
    made = fragments_in(version(), [span("the nurse"), span("said")])
    assert [f.exact for f in made] == ["the nurse", "said"]
    assert made[0].span == span("the nurse")


def test_fragments_beyond_the_text_are_refused():
    with pytest.raises(BadSpan, match="ends after"):
        fragments_in(version(), [Span(5, len(TEXT) + 1)])


def test_an_annotation_has_other_stretches_in_another_text():
    made = annotation("x", ANNA, CONFLICT, "crisis")
    both = replace(made, fragments=(*made.fragments, Fragment("v2", 3, 9, "crisis")))
    assert both.spans("v1") == (span("crisis"),)
    assert both.spans("v2") == (Span(3, 9),)
    assert both.spans("v3") == ()


def test_a_quotation_holds_all_fragments_and_the_context_outside_them():
    exact, prefix, suffix = quotation(TEXT, [span("We will stay,"), span("until the end.")])
    assert exact == "We will stay, … until the end."
    assert prefix == "“"
    assert suffix == "” The mayor called it a crisis. "
    assert len(suffix) == 32


def decision(words, text=TEXT, code="direct", verdict="rejected"):
    exact, prefix, suffix = quotation(text, [span(words, text)])
    return Decision("d", "anna", "a1", "quote", code, exact, prefix, suffix, verdict)


def test_a_decision_is_on_the_same_words_in_the_same_place():
    assert decides(decision("crisis"), "direct", TEXT, [span("crisis")])


def test_a_decision_on_another_code_or_other_words_says_nothing():
    assert not decides(decision("crisis"), "indirect", TEXT, [span("crisis")])
    assert not decides(decision("crisis"), "direct", TEXT, [span("a crisis")])


def test_a_decision_without_a_code_holds_for_the_whole_layer():
    assert decides(decision("crisis", code=""), "indirect", TEXT, [span("crisis")])


def test_a_decision_holds_when_one_side_of_its_context_was_corrected():
    twice = "He said no to it. She said no as well."
    corrected = "He said no to this. She said no as well."
    made = decision("no to", twice)
    made = replace(made, exact="no", suffix=twice[10:42], prefix="He said ")
    assert decides(made, "direct", corrected, [Span(8, 10)])
    assert not decides(made, "direct", corrected, [Span(28, 30)])


def test_a_decision_holds_in_new_surroundings_if_the_words_stand_there_once():
    made = decision("The mayor")
    once = "Yesterday, however, The mayor spoke."
    twice = f"{once} The mayor left."
    assert decides(made, "direct", once, [span("The mayor", once)])
    assert not decides(made, "direct", twice, [span("The mayor", twice)])


SUGGESTION = annotation("s", ROBOT, DIRECT, "We will stay,", "until the end.")


def accepted(**changes):
    return replace(SUGGESTION, **{"id": "x", "coder_id": "anna", "derived_from": "s", **changes})


@pytest.mark.parametrize(
    ("made", "coder", "expected"),
    [
        (SUGGESTION, ROBOT, "machine"),
        (accepted(), JUDGE, "adjudicated"),
        (annotation("x", ANNA, CRISIS, "crisis"), ANNA, "manual"),
        (accepted(), ANNA, "accepted"),
        (accepted(code_id=CONFLICT.id), ANNA, "edited"),
        (accepted(fragments=SUGGESTION.fragments[:1]), ANNA, "edited"),
        (accepted(fragments=(Fragment("v2", 1, 4, "We "),)), ANNA, "edited"),
        (
            accepted(fragments=(*SUGGESTION.fragments, Fragment("v2", 1, 4, "We "))),
            ANNA,
            "accepted",
        ),
        (accepted(derived_from="gone"), ANNA, "edited"),
    ],
)
def test_origin_follows_from_coder_source_code_and_stretches(made, coder, expected):
    assert origin(made, coder, {"s": SUGGESTION}) == expected


def test_what_was_accepted_on_a_corrected_text_is_accepted():
    later = Fragment("v2", 3, 6, "We ")
    source = replace(SUGGESTION, fragments=(*SUGGESTION.fragments, later))
    assert origin(accepted(fragments=(later,)), ANNA, {"s": source}) == "accepted"
