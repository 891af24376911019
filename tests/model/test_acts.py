"""The acts of coding: each is one edit that does what its label says, and no more."""

from __future__ import annotations

from dataclasses import replace

import pytest

from annotator.errors import BadSpan
from annotator.model.acts import (
    Desk,
    accept,
    answer,
    correct_text,
    decide,
    delete,
    describe,
    excerpt,
    link,
    nothing_found,
    recode,
    reshape,
    tag,
)
from annotator.model.annotation import Annotation, Decision, Fragment, Link, decides, origin
from annotator.model.article import Block, TextVersion, digest
from annotator.model.codebook import Variable
from annotator.model.edit import Edit
from annotator.model.span import Span
from tests.model.samples import (
    ANNA,
    CONFLICT,
    CRISIS,
    DIRECT,
    ROBOT,
    SOURCE,
    TEXT,
    annotation,
    span,
    version,
)

AT = Desk("anna", "round-1", "book-3")
MINE = annotation(
    "x", ANNA, CONFLICT, "crisis", attributes={"tone": "neg", "actor": "mayor"}, note="why"
)
QUOTE = annotation("q", ROBOT, DIRECT, "We will stay,", "until the end.", score=0.9, run_id="run")
NURSE = annotation("n", ROBOT, SOURCE, "the nurse", score=0.8, run_id="run")
SAYS = Link("l", "robot", "source", "q", "n", "run")


def the_one(edit):
    (record,) = edit.after
    return record


def test_an_excerpt_is_one_line_of_at_most_forty_characters():
    assert excerpt("a \n b", [Span(0, 5)]) == "“a b”"
    assert excerpt(TEXT, [span("We will"), span("the end")]) == "“We will … the end”"
    long = excerpt("word " * 20, [Span(0, 99)])
    assert len(long) <= 42
    assert long.endswith("…”")


def test_tagging_makes_one_annotation_of_the_coder_in_the_round():
    edit = tag(AT, version(), [span("the nurse"), span("mayor")], CONFLICT,
               attributes={"tone": "neg"}, note="hm")  # fmt: skip
    made = the_one(edit)
    assert edit.label == "Tag “the nurse … mayor” as Conflict"
    assert edit.before == ()
    assert edit.coder_id == made.coder_id == "anna"
    assert (made.article_id, made.code_id) == ("a1", CONFLICT.id)
    assert (made.round_id, made.codebook_version_id) == ("round-1", "book-3")
    assert [f.exact for f in made.fragments] == ["the nurse", "mayor"]
    assert (made.attributes, made.note) == ({"tone": "neg"}, "hm")
    assert made.created == made.modified != ""
    assert made.id != the_one(tag(AT, version(), [span("mayor")], CONFLICT)).id


def test_tagging_beyond_the_text_is_refused():
    with pytest.raises(BadSpan):
        tag(AT, version(), [Span(0, len(TEXT) + 1)], CONFLICT)


def test_recoding_keeps_only_attributes_that_the_new_code_asks():
    edit = recode(AT, MINE, CRISIS, keeps=["tone"])
    made = the_one(edit)
    assert edit.label == "Recode “crisis” as Crisis"
    assert edit.before == (MINE,)
    assert (made.id, made.code_id, made.codebook_version_id) == ("x", CRISIS.id, "book-3")
    assert made.attributes == {"tone": "neg"}
    assert (made.fragments, made.note) == (MINE.fragments, "why")


def test_reshaping_moves_stretches_in_this_text_alone():
    earlier = Fragment("v0", 0, 2, "so")
    old = replace(MINE, fragments=(earlier, *MINE.fragments))
    edit = reshape(AT, old, version(), [span("a crisis.")])
    made = the_one(edit)
    assert edit.label == "Move the boundaries of “a crisis.”"
    assert made.fragments[0] == earlier
    assert made.spans("v1") == (span("a crisis."),)
    assert (edit.before, made.id) == ((old,), "x")


def test_describing_changes_what_is_given_and_leaves_the_rest():
    made = the_one(describe(AT, MINE, certainty=0.5))
    assert (made.attributes, made.note, made.certainty) == (MINE.attributes, "why", 0.5)
    made = the_one(describe(AT, made, attributes={"tone": "pos"}, note=""))
    assert (made.attributes, made.note, made.certainty) == ({"tone": "pos"}, "", 0.5)
    assert describe(AT, MINE).label == "Describe “crisis”"


def test_deleting_an_annotation_takes_its_links_along():
    other = Link("m", "robot", "same_quote", "elsewhere", "far")
    edit = delete(AT, [NURSE], [SAYS, other])
    assert edit == Edit("Delete “the nurse”", "anna", before=(NURSE, SAYS))
    assert delete(AT, [QUOTE], [SAYS]).before == (QUOTE, SAYS)


def test_deleting_several_says_how_many():
    assert delete(AT, [QUOTE, NURSE]) == Edit("Delete 2 annotations", "anna", before=(QUOTE, NURSE))


def test_the_same_link_made_twice_is_one_link():
    made = the_one(link(AT, "same_quote", "x", "y"))
    assert made == Link(made.id, "anna", "same_quote", "x", "y")
    assert the_one(link(AT, "same_quote", "x", "y")) == made
    assert the_one(link(Desk("ben"), "same_quote", "x", "y")).id != made.id
    assert link(AT, "same_quote", "x", "y").label == "Link (same quote)"


def test_accepting_copies_a_suggestion_to_the_coder():
    edit = accept(AT, QUOTE, version())
    made = the_one(edit)
    assert edit.label == "Accept “We will stay, … until the end.”"
    assert edit.before == ()
    assert made.id != "q"
    assert (made.coder_id, made.derived_from, made.code_id) == ("anna", "q", DIRECT.id)
    assert (made.round_id, made.codebook_version_id) == ("round-1", "book-3")
    assert (made.score, made.run_id) == (None, None)
    assert origin(made, ANNA, {"q": QUOTE}) == "accepted"


def test_accepting_as_another_code_changes_only_the_suggestion_itself():
    edit = accept(AT, QUOTE, version(), code=CRISIS, companions=[NURSE])
    quote, nurse = edit.after
    assert edit.label.endswith("as Crisis")
    assert (quote.code_id, nurse.code_id) == (CRISIS.id, SOURCE.id)
    assert origin(quote, ANNA, {"q": QUOTE}) == "edited"


def test_accepting_a_quote_with_its_source_copies_the_link_between_them():
    elsewhere = Link("m", "robot", "same_quote", "q", "far")
    quote, nurse, says = accept(
        AT, QUOTE, version(), companions=[NURSE], links=[SAYS, elsewhere]
    ).after
    assert (says.kind, says.from_id, says.to_id) == ("source", quote.id, nurse.id)
    assert (says.coder_id, says.run_id) == ("anna", None)
    assert the_one(link(AT, "source", quote.id, nurse.id)) == says


def test_accepting_copies_stretches_of_the_current_text_only():
    both = replace(QUOTE, fragments=(Fragment("v0", 0, 2, "so"), *QUOTE.fragments))
    lost = replace(NURSE, fragments=(Fragment("v0", 0, 2, "so"),))
    (made,) = accept(AT, both, version(), companions=[lost], links=[SAYS]).after
    assert made.fragments == QUOTE.fragments


def test_what_has_no_place_in_the_text_cannot_be_accepted_or_decided_on():
    later = version(number=2)
    with pytest.raises(BadSpan):
        accept(AT, QUOTE, later)
    with pytest.raises(BadSpan):
        decide(AT, QUOTE, later, DIRECT, verdict="rejected")


def test_rejecting_remembers_the_words_for_this_coder():
    edit = decide(AT, QUOTE, version(), DIRECT, verdict="rejected", component="quotes")
    made = the_one(edit)
    assert edit.label == "Reject “We will stay, … until the end.”"
    assert (made.coder_id, made.article_id, made.layer, made.code) == (
        "anna", "a1", "quote", "direct",
    )  # fmt: skip
    assert (made.verdict, made.component) == ("rejected", "quotes")
    assert decides(made, "direct", TEXT, QUOTE.spans("v1"))


def test_a_skipped_suggestion_can_be_rejected_later():
    skipped = the_one(decide(AT, QUOTE, version(), DIRECT, verdict="skipped"))
    edit = decide(AT, QUOTE, version(), DIRECT, verdict="rejected", former=skipped)
    assert edit.before == (skipped,)
    assert the_one(edit).id == skipped.id
    assert [change.after.verdict for change in edit.changes()] == ["rejected"]


def test_the_same_decision_of_two_coders_is_two_decisions():
    mine = the_one(decide(AT, QUOTE, version(), DIRECT, verdict="rejected"))
    theirs = the_one(decide(Desk("ben"), QUOTE, version(), DIRECT, verdict="rejected"))
    again = the_one(decide(AT, QUOTE, version(), DIRECT, verdict="skipped"))
    assert mine.id != theirs.id
    assert mine.id == again.id


def test_finding_nothing_is_a_decision_on_the_whole_layer():
    edit = nothing_found(AT, "a1", "quote", "quotes")
    made = the_one(edit)
    assert edit.label == "Nothing found (quote)"
    assert made == Decision(made.id, "anna", "a1", "quote", "", "", "", "", "nothing_found",
                            "quotes", made.created)  # fmt: skip
    assert the_one(nothing_found(AT, "a1", "quote")).id == made.id


TONE = Variable("tone", "Tone")


def test_an_answer_is_one_per_question_unit_coder_and_round():
    first = answer(AT, TONE, "a1", value=2, note="clear")
    made = the_one(first)
    assert first.label == "Answer Tone"
    assert (made.value, made.missing, made.note) == (2, None, "clear")
    changed = answer(AT, TONE, "a1", missing=-7, former=made)
    assert changed.before == (made,)
    later = the_one(changed)
    assert (later.id, later.created) == (made.id, made.created)
    assert (later.value, later.missing, later.note) == (None, -7, "")
    assert the_one(answer(AT, TONE, "a1", value=0)).id == made.id
    for other in (
        answer(AT, TONE, "a2", value=2),
        answer(Desk("ben", "round-1"), TONE, "a1", value=2),
        answer(Desk("anna", "round-2"), TONE, "a1", value=2),
        answer(AT, Variable("genre", "Genre"), "a1", value=2),
    ):
        assert the_one(other).id != made.id


@pytest.mark.parametrize("said", [{}, {"value": 1, "missing": -9}])
def test_an_answer_is_a_value_or_a_missing_code_never_both_or_none(said):
    with pytest.raises(ValueError, match="either"):
        answer(AT, TONE, "a1", **said)


def corrected(text, *annotations, blocks=()):
    old = replace(version(), blocks=blocks)
    return correct_text(AT, old, text, annotations, number=2, reason="typing error")


def test_a_corrected_text_is_a_new_version_and_the_old_one_stays():
    result = corrected(TEXT.replace("crisis", "disaster"))
    made = result.version
    assert (made.number, made.reason, made.article_id) == (2, "typing error", "a1")
    assert made.sha256 == digest(made.text)
    assert result.edit.after == (made,)
    assert result.edit.before == ()
    assert (result.edit.label, result.edit.coder_id) == ("Correct the text", "anna")


def test_annotations_move_with_a_corrected_text_and_keep_their_old_stretches():
    other = replace(MINE, id="y", coder_id="ben")
    result = corrected("Exclusive: " + TEXT, MINE, QUOTE, other)
    assert [a.id for a in result.moved] == ["x", "q", "y"]
    assert (result.adapted, result.lost) == ((), ())
    for old, new in zip((MINE, QUOTE, other), result.moved, strict=True):
        assert new.fragments[: len(old.fragments)] == old.fragments
        assert [s.of(result.version.text) for s in new.spans(result.version.id)] == [
            f.exact for f in old.fragments
        ]
        assert replace(new, fragments=old.fragments) == old
    assert result.edit.before == (MINE, QUOTE, other)
    assert result.edit.after == (result.version, *result.moved)


def test_what_was_mended_inside_is_told_apart_from_what_only_moved():
    result = corrected(TEXT.replace("will stay", "will all stay"), MINE, QUOTE)
    assert [a.id for a in result.moved] == ["x"]
    assert [a.id for a in result.adapted] == ["q"]
    assert result.adapted[0].fragments[2].exact == "We will all stay,"


def test_what_was_deleted_stays_on_the_old_text_alone_and_is_listed():
    result = corrected(TEXT.replace(" The mayor called it a crisis.", ""), MINE, QUOTE)
    assert result.lost == (MINE,)
    assert MINE not in result.edit.before
    assert [a.id for a in result.moved] == ["q"]


def test_annotations_of_other_texts_are_left_alone():
    elsewhere = annotation("z", ANNA, CONFLICT, "crisis", number=7)
    result = corrected(TEXT + " More.", elsewhere)
    assert (result.moved, result.adapted, result.lost) == ((), (), ())
    assert result.edit.after == (result.version,)


def test_blocks_move_along_in_order_and_what_is_gone_is_left_out():
    first = TEXT.index("The mayor")
    tail = TEXT.index("Read more")
    blocks = (
        Block(0, first - 1, "main"),
        Block(first, tail - 1, "main"),
        Block(tail, len(TEXT), "related-links"),
    )
    text = TEXT[tail:] + "\n" + TEXT[: first - 1]
    made = corrected(text, blocks=blocks).version
    assert [(b.span.of(text)[:9], b.role) for b in made.blocks] == [
        ("Read more", "related-links"),
        ("“We will ", "main"),
    ]


def test_a_correction_can_be_taken_back_as_one_act():
    result = corrected("Exclusive: " + TEXT, MINE, QUOTE)
    undone = result.edit.inverted()
    assert {type(c.record): c.after for c in undone.changes()}[TextVersion] is None
    assert [c.after for c in undone.changes() if isinstance(c.record, Annotation)] == [MINE, QUOTE]
