"""Which suggestions a coder still sees, and whose boilerplate counts."""

from __future__ import annotations

from dataclasses import replace

from annotator.model.acts import Desk, decide, nothing_found
from annotator.model.suggestions import content_mask, open_suggestions
from tests.model.samples import (
    ANNA,
    BACKGROUND,
    BEN,
    CODEBOOK,
    CODERS,
    CRISIS,
    DIRECT,
    JUDGE,
    RELATED,
    ROBOT,
    SOURCE,
    TEXT,
    annotation,
    span,
    version,
)

QUOTE = annotation("q", ROBOT, DIRECT, "We will stay,", "until the end.")
NURSE = annotation("n", ROBOT, SOURCE, "the nurse")
LINKS = annotation("b", ROBOT, RELATED, "Read more: Ferry crews walk out.")
AT = Desk("anna")


def still_open(own=(), decisions=(), suggestions=(QUOTE, NURSE), text=None):
    found = open_suggestions(suggestions, own, decisions, text or version(), CODEBOOK)
    return [a.id for a in found]


def decided(suggestion, code, verdict, who="anna"):
    (made,) = decide(Desk(who), suggestion, version(), code, verdict=verdict).after
    return made


def test_suggestions_are_open_until_something_is_done():
    assert still_open() == ["q", "n"]


def test_an_accepted_suggestion_is_closed_also_if_it_was_changed_since():
    own = annotation("x", ANNA, CRISIS, "crisis", derived_from="q")
    assert still_open(own=[own]) == ["n"]


def test_a_rejected_suggestion_is_closed_and_a_skipped_one_is_not():
    assert still_open(decisions=[decided(QUOTE, DIRECT, "rejected")]) == ["n"]
    assert still_open(decisions=[decided(QUOTE, DIRECT, "skipped")]) == ["q", "n"]


def test_a_reject_holds_for_the_next_version_of_the_machine():
    rerun = replace(QUOTE, id="q2", score=0.4)
    rejected = decided(QUOTE, DIRECT, "rejected")
    assert still_open(decisions=[rejected], suggestions=[rerun]) == []


def test_a_reject_in_one_layer_leaves_the_same_words_open_in_another():
    same_words = annotation("s", ROBOT, SOURCE, "We will stay,", "until the end.")
    rejected = replace(decided(QUOTE, DIRECT, "rejected"), code="")
    assert still_open(decisions=[rejected], suggestions=[QUOTE, same_words]) == ["s"]


def test_suggestions_without_a_place_or_a_code_are_not_shown():
    lost = replace(QUOTE, id="lost", code_id="gone")
    assert still_open(suggestions=[lost, QUOTE], text=version(number=2)) == []
    assert still_open(suggestions=[lost, QUOTE]) == ["q"]


def content(annotations, decisions=(), coder_id="anna"):
    mask = content_mask(version(), annotations, decisions, CODERS, CODEBOOK, coder_id)
    return [s.of(TEXT) for s in mask]


ALL = [TEXT]
WITHOUT_LINKS = [TEXT[: TEXT.index("Read more")]]
WITHOUT_MORE = [TEXT[: TEXT.index("Read more")], TEXT[TEXT.index("Ferry") :]]


def test_without_boilerplate_all_of_the_text_is_content():
    assert content([QUOTE, NURSE]) == ALL


def test_the_machines_boilerplate_counts_while_nobody_speaks():
    assert content([LINKS]) == WITHOUT_LINKS
    assert content([LINKS], coder_id=None) == WITHOUT_LINKS


def test_kinds_that_count_as_content_stay():
    assert content([annotation("x", ROBOT, BACKGROUND, "The mayor called it a crisis.")]) == ALL


def test_a_rejected_boilerplate_is_content_for_that_coder_alone():
    rejected = decided(LINKS, RELATED, "rejected")
    assert content([LINKS], [rejected]) == ALL
    assert content([LINKS], [rejected], coder_id="ben") == WITHOUT_LINKS


def test_a_coder_who_found_nothing_overrules_the_machine():
    (nothing,) = nothing_found(AT, "a1", "boilerplate").after
    assert content([LINKS], [nothing]) == ALL
    (elsewhere,) = nothing_found(AT, "a1", "quote").after
    assert content([LINKS], [elsewhere]) == WITHOUT_LINKS


def test_the_coders_own_stretch_replaces_the_machines_over_it():
    own = annotation("x", ANNA, RELATED, "Read more: ")
    assert content([LINKS, own]) == WITHOUT_MORE
    assert content([LINKS, own], coder_id="ben") == WITHOUT_LINKS


def test_the_machine_still_counts_where_the_coder_said_nothing():
    own = annotation("x", ANNA, RELATED, "the nurse")
    first, rest = TEXT.split("the nurse")
    assert content([LINKS, own]) == [first, rest[: rest.index("Read more")]]


def test_the_adjudicators_word_counts_alone():
    gold = annotation("g", JUDGE, RELATED, "Read more: ")
    own = annotation("x", BEN, RELATED, "the nurse")
    assert content([LINKS, own, gold], coder_id="ben") == WITHOUT_MORE


def test_an_adjudicator_who_found_nothing_overrules_everybody():
    (nothing,) = nothing_found(Desk("judge"), "a1", "boilerplate").after
    own = annotation("x", ANNA, RELATED, "the nurse")
    assert content([LINKS, own], [nothing]) == ALL


def test_boilerplate_of_an_unknown_coder_counts_for_nobody():
    assert content([replace(LINKS, coder_id="stranger")]) == ALL


def test_an_empty_text_has_no_content():
    assert content_mask(version(""), [], [], CODERS, CODEBOOK, None) == ()


def test_the_mask_leaves_exactly_the_words_outside_the_boilerplate():
    mask = content_mask(version(), [LINKS], [], CODERS, CODEBOOK, "anna")
    assert not any(s.overlaps(span("Read more: Ferry crews walk out.")) for s in mask)
    assert sum(len(s) for s in mask) == len(TEXT) - len("Read more: Ferry crews walk out.")


def test_a_suggestion_that_says_what_the_coder_said_already_is_closed():
    from annotator.model.annotation import Annotation, fragments_in
    from annotator.model.article import TextVersion, digest
    from annotator.model.codebook import Code, Codebook, Layer
    from annotator.model.span import Span
    from annotator.model.suggestions import open_suggestions

    text = "The mayor of Quay spoke."
    version = TextVersion("v", "a", 1, text, digest(text))
    book = Codebook((Layer("entity", "Entities"),), (Code("entity", "LOC", "Place"),))
    code = book.codes[0]
    there = fragments_in(version, [Span(13, 17)])
    here = fragments_in(version, [Span(4, 9)])
    machine = [
        Annotation("m1", "a", "machine", code.id, there),
        Annotation("m2", "a", "machine", code.id, here),
    ]
    mine = [Annotation("o", "a", "ada", code.id, there)]
    assert open_suggestions(machine, mine, [], version, book) == [machine[1]]
