"""The codebook as a value: finding items, the tree of codes, conditions, combining."""

from __future__ import annotations

from annotator.model.codebook import (
    Attribute,
    Code,
    Codebook,
    Layer,
    Scale,
    ShownIf,
    Value,
    Variable,
    is_shown,
    missing_attributes,
)

FRAME = Layer("frame", "Frames")
CONFLICT = Code("frame", "conflict", "Conflict", short="Confl.")
WAR = Code("frame", "war", "War metaphor", parent="conflict")
BOMB = Code("frame", "bomb", "Bombs", parent="war")
TONE = Attribute("frame", "tone", "Tone", required=True, position=2)
ROLE = Attribute("frame", "role", "Role", code="war", position=1)
WHY = Attribute("frame", "why", "Why", type="text", required=True, position=3,
                shown_if=ShownIf("tone", ("neg",)))  # fmt: skip
GENRE = Variable("genre", "Genre")
MEAN = Scale("mean", "Mean", ("genre",))
BOOK = Codebook(
    (FRAME,), (CONFLICT, WAR, BOMB), (TONE, ROLE, WHY), (GENRE,), (MEAN,), "Frames", "Cox 2001"
)


def test_identifiers_follow_from_slugs_unless_given():
    assert Code("frame", "war", "Otherwise named").id == WAR.id
    assert Code("stance", "war", "War").id != WAR.id
    for kind in (
        Layer("frame", "F", id="own"),
        Code("frame", "war", "W", id="own"),
        Attribute("frame", "tone", "T", id="own"),
        Variable("genre", "G", id="own"),
        Scale("mean", "M", ("genre",), id="own"),
    ):
        assert kind.id == "own"
    assert Attribute("frame", "tone", "T", code="war").id != TONE.id


def test_a_code_is_labelled_by_its_short_name_if_it_has_one():
    assert (CONFLICT.label, WAR.label) == ("Confl.", "War metaphor")


def test_items_are_found_by_slug_and_identifier():
    assert BOOK.layer("frame") is FRAME
    assert BOOK.layer("tone") is None
    assert BOOK.code("frame", "war") is WAR
    assert BOOK.code("stance", "war") is None
    assert BOOK.code_by_id(WAR.id) is WAR
    assert BOOK.code_by_id("gone") is None
    assert BOOK.codes_of("frame") == (CONFLICT, WAR, BOMB)
    assert BOOK.codes_of("stance") == ()
    assert BOOK.variable("genre") is GENRE
    assert BOOK.variable("tone") is None
    assert len(BOOK.items()) == 9


def test_a_code_with_an_identifier_of_its_own_is_found_by_slug_too():
    own = Code("frame", "war", "War", id="own")
    assert Codebook((FRAME,), (own,)).code("frame", "war") is own


def test_the_path_goes_from_the_root_to_the_code():
    assert BOOK.path(BOMB) == (CONFLICT, WAR, BOMB)
    assert BOOK.path(CONFLICT) == (CONFLICT,)


def test_the_path_ends_at_a_cycle_or_a_missing_parent():
    a, b = Code("frame", "a", "A", parent="b"), Code("frame", "b", "B", parent="a")
    assert Codebook((FRAME,), (a, b)).path(a) == (b, a)
    orphan = Code("frame", "x", "X", parent="gone")
    assert Codebook((FRAME,), (orphan,)).path(orphan) == (orphan,)


def test_a_code_is_asked_its_layers_attributes_and_its_own_in_order():
    assert BOOK.attributes_of(WAR) == (ROLE, TONE, WHY)
    assert BOOK.attributes_of(CONFLICT) == (TONE, WHY)
    assert BOOK.attributes_of(Code("stance", "for", "For")) == ()


def test_only_required_attributes_that_are_shown_can_be_missing():
    assert missing_attributes(BOOK, WAR, {}) == [TONE]
    assert missing_attributes(BOOK, WAR, {"tone": "neg"}) == [WHY]
    assert missing_attributes(BOOK, WAR, {"tone": "pos"}) == []
    assert missing_attributes(BOOK, WAR, {"tone": "neg", "why": ""}) == [WHY]
    assert missing_attributes(BOOK, WAR, {"tone": "neg", "why": "x"}) == []


def test_a_condition_holds_for_one_of_several_chosen_values():
    condition = ShownIf("tone", (1, 2))
    assert is_shown(None, {})
    assert is_shown(condition, {"tone": 2})
    assert is_shown(condition, {"tone": [0, 2]})
    assert is_shown(condition, {"tone": (1,)})
    assert not is_shown(condition, {"tone": 0})
    assert not is_shown(condition, {"tone": []})
    assert not is_shown(condition, {})


def test_combining_replaces_what_stands_in_both_and_appends_the_rest():
    war = Code("frame", "war", "War", definition="new")
    other = Codebook(
        (FRAME, Layer("stance", "Stance")), (war,), (), (Variable("n", "N"),),
        name="Stance", citation="Ray 2002",
    )  # fmt: skip
    both = BOOK.combined(other)
    assert [layer.slug for layer in both.layers] == ["frame", "stance"]
    assert both.codes == (CONFLICT, war, BOMB)
    assert [v.slug for v in both.variables] == ["genre", "n"]
    assert (both.name, both.citation) == ("Frames + Stance", "Cox 2001; Ray 2002")
    assert both.code_by_id(WAR.id) is war


def test_combining_with_nothing_changes_nothing():
    assert BOOK.combined(Codebook()) == BOOK
    assert Codebook().combined(BOOK) == BOOK


def test_values_of_a_codebook_are_plain_values():
    assert Value(1, "pos", "Positive") == Value(1, "pos", "Positive", "")
