"""Edits: what they write, how they are taken back, and how several become one act."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.model.annotation import Annotation, Answer, Coder, Decision, Link
from annotator.model.article import Article, Story
from annotator.model.edit import Change, Edit, joined
from tests.model.samples import ANNA, CONFLICT, annotation, version

HERE = annotation("x", ANNA, CONFLICT, "crisis")
THERE = replace(HERE, id="y", article_id="a2")
STORIES = st.builds(Story, st.sampled_from("abc"), st.sampled_from(["", "one", "two"]))


def sides():
    return st.lists(STORIES, max_size=3, unique_by=lambda s: s.id).map(tuple)


EDITS = st.builds(Edit, st.just("act"), st.just("anna"), sides(), sides())


def applied(edit, state):
    """Apply an edit to records by id, as a store does."""
    result = dict(state)
    for change in edit.changes():
        assert result.pop(change.record.id, None) == change.before
        if change.after is not None:
            result[change.record.id] = change.after
    return result


def test_a_change_says_which_record_it_is_on():
    assert Change(None, HERE).key == (Annotation, "x")
    assert Change(HERE, None).record is HERE
    assert Change(HERE, THERE).record is THERE


def test_a_change_of_nothing_is_a_mistake():
    with pytest.raises(ValueError, match="at least one side"):
        Change(None, None).record  # noqa: B018  # the property is what is tested


def test_removals_come_first_then_the_after_side_in_its_order():
    changed = replace(HERE, note="why")
    edit = Edit("act", "anna", (HERE, THERE), (Story("s", "Strike"), changed))
    assert edit.changes() == [
        Change(THERE, None),
        Change(None, Story("s", "Strike")),
        Change(HERE, changed),
    ]


def test_records_of_different_types_may_share_an_identifier():
    edit = Edit("act", None, (Story("x", "Strike"),), (HERE,))
    assert edit.changes() == [Change(Story("x", "Strike"), None), Change(None, HERE)]


@given(EDITS)
def test_taken_back_twice_an_edit_is_itself(edit):
    assert edit.inverted().inverted() == edit


@given(EDITS)
def test_taking_back_restores_what_was(edit):
    before = {record.id: record for record in edit.before}
    assert applied(edit.inverted(), applied(edit, before)) == before


@given(EDITS)
def test_an_edit_is_true_exactly_if_it_changes_something(edit):
    before = {record.id: record for record in edit.before}
    assert bool(edit) == (applied(edit, before) != before)


def test_the_order_of_records_alone_is_no_change():
    assert not Edit("act", None, (HERE, THERE), (THERE, HERE))


@pytest.mark.parametrize(
    ("record", "articles"),
    [
        (HERE, {"a1"}),
        (version(), {"a1"}),
        (Article("a3"), {"a3"}),
        (Decision("d", "anna", "a1", "quote", "", "", "", "", "rejected"), {"a1"}),
        (Answer("w", "tone", "a1", "anna"), {"a1"}),
        (Link("l", "anna", "source", "x", "y"), set()),
        (Coder("ben", "Ben"), set()),
    ],
)
def test_an_edit_knows_the_articles_it_writes(record, articles):
    assert Edit("act", None, (), (record,)).articles() == articles
    assert Edit("act", None, (record,)).articles() == articles


def test_an_edit_touches_what_it_writes_and_nothing_else():
    edit = Edit("act", "anna", (HERE,), (Link("l", "anna", "source", "x", "y"),))
    assert edit.kinds() == {Annotation, Link}
    assert edit.touches(kinds=[Link])
    assert edit.touches(articles=["a1", "a9"])
    assert edit.touches(kinds=[Answer], articles=["a1"])
    assert not edit.touches(kinds=[Answer], articles=["a2"])
    assert not edit.touches()


@given(st.data())
def test_joined_edits_do_what_they_do_one_after_another(data):
    state = start = {s.id: s for s in data.draw(sides())}
    edits = []
    for _ in range(data.draw(st.integers(1, 4))):
        chosen = tuple(s for s in state.values() if data.draw(st.booleans()))
        ids = {s.id for s in chosen} | (set("abc") - set(state))
        after = tuple(s for s in data.draw(sides()) if s.id in ids)
        edits.append(Edit("step", "anna", chosen, after))
        state = applied(edits[-1], state)
    one = joined("all", edits)
    assert applied(one, start) == state
    assert applied(one.inverted(), state) == start
    assert len({change.key for change in one.changes()}) == len(one.changes())


def test_a_joined_edit_has_one_label_and_the_first_ones_coder_and_batch():
    first = Edit("one", "anna", (), (HERE,), batch="b")
    assert joined("both", [first, Edit("two", "ben", (), (THERE,))]) == Edit(
        "both", "anna", (), (HERE, THERE), "b"
    )


def test_what_is_made_and_removed_again_is_not_in_the_joined_edit():
    assert not joined("both", [Edit("one", "anna", (), (HERE,)), Edit("two", "anna", (HERE,))])


def test_nothing_cannot_be_joined():
    with pytest.raises(ValueError, match="nothing to join"):
        joined("none", [])
