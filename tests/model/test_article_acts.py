"""Acts on articles, stories and outlets: what each writes, and that undo brings all back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.model import article_acts
from annotator.model.acts import Desk
from annotator.model.annotation import Actor, Answer
from annotator.model.article import Article, Block, Outlet, Story, TextVersion, digest
from annotator.model.article_acts import Piece, blocks_within, new_article
from annotator.model.span import Span

DESK = Desk("ada")
FERRY, SCHOOL = Story("s1", "Ferries", "2026-03-12"), Story("s2", "School")
POST = Outlet("o1", "The Harbour Post", country="NL", note="Broadsheet.")
WIRE = Outlet("o2", "Nat. Wire", url="https://wire.example", kind="agency", note="Agency.")


def article(number: int, **facts) -> Article:
    return Article(f"a{number}", f"Headline {number}", **facts)


def test_a_new_article_has_a_clean_first_text_with_its_hash():
    made, version = new_article("One\r\ntwo\x00", headline="H", story_id="s1")
    assert (made.headline, made.story_id, bool(made.added)) == ("H", "s1", True)
    assert (version.article_id, version.number, version.text) == (made.id, 1, "One\ntwo�")
    assert version.sha256 == digest("One\ntwo�")


def test_adding_articles_writes_their_outlets_first():
    pairs = [new_article("A", headline="One"), new_article("B", headline="Two")]
    edit = article_acts.add(DESK, pairs, [POST])
    assert edit.label == "Add 2 articles"
    assert [type(r) for r in edit.after] == [Outlet, Article, TextVersion, Article, TextVersion]


def test_editing_facts_changes_only_them():
    edit = article_acts.edit_facts(
        DESK, article(1, url="u"), {"headline": "New", "outlet_id": "o1"}
    )
    assert edit.before == (article(1, url="u"),)
    assert edit.after == (Article("a1", "New", url="u", outlet_id="o1"),)


def test_deleting_articles_takes_nothing_else_along():
    edit = article_acts.delete(DESK, [article(1), article(2)])
    assert (edit.before, edit.after) == ((article(1), article(2)), ())
    assert edit.inverted().after == edit.before
    assert edit.label == "Delete 2 articles"


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (["Ferries"], "“Ferries”"),
        ([""], "“story without a name”"),
        (["a", "b"], "2 stories"),
        (["word " * 20], "“word word word word word word word word…”"),
    ],
)
def test_labels_name_one_thing_and_count_several(names, said):
    assert article_acts.named("story", names) == said


PAGE = "Top\n\nOne headline\nOne text 😀.\n\nTwo headline\nTwo text."
VERSION = TextVersion(
    "v1", "a1", 3, PAGE, digest(PAGE),
    blocks=(Block(0, 3, "navigation"), Block(5, 17, "headline"), Block(18, 29, "main")),
)  # fmt: skip
PARENT = article(
    1, story_id="s1", language="en", published="2026-03", published_precision="month",
    provenance={"file": "page.txt", "sha256": "f00", "index": 4, "importer": "txt"},
)  # fmt: skip


def split(**more):
    pieces = [
        Piece(Span(5, 29), "One headline", "o1"),
        Piece(Span(31, len(PAGE)), "Two headline", facts={"published": "2026-03-12"}),
    ]
    return article_acts.split_article(DESK, PARENT, VERSION, pieces, **more)


def test_pieces_become_articles_with_their_own_text_and_blocks():
    one, text, two, other = split().after
    assert text.text == "One headline\nOne text 😀."[: 29 - 5]
    assert text.blocks == (Block(0, 12, "headline"), Block(13, 24, "main"))
    assert other.text == "Two headline\nTwo text."
    assert (one.outlet_id, two.outlet_id) == ("o1", None)
    assert (one.published, two.published) == ("2026-03", "2026-03-12")
    assert (one.story_id, one.language) == ("s1", "en")


def test_the_provenance_of_a_piece_names_its_parent_and_place():
    kept = split().after[0].provenance
    assert kept == {
        "file": "page.txt", "sha256": "f00", "importer": "split", "index": 0,
        "parent": "a1", "parent_text_version": 3, "parent_start": 5, "parent_end": 29,
    }  # fmt: skip


def test_the_parent_stays_unless_it_shall_go():
    assert split().before == ()
    assert split(removes_parent=True).before == (PARENT,)


def test_blocks_of_a_piece_can_be_found_anew():
    piece = Piece(Span(0, 3), blocks=(Block(0, 3, "main"),))
    edit = article_acts.split_article(DESK, PARENT, VERSION, [piece])
    assert edit.after[1].blocks == (Block(0, 3, "main"),)


def test_nothing_to_split_is_refused():
    with pytest.raises(ValueError, match="nothing"):
        article_acts.split_article(DESK, PARENT, VERSION, [])


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(1, 9))), st.integers(0, 40),
       st.integers(1, 20))  # fmt: skip
def test_blocks_within_a_stretch_lie_in_it(starts, first, length):
    blocks = [Block(a, a + n, "main") for a, n in starts]
    for block in blocks_within(blocks, Span(first, first + length)):
        assert 0 <= block.start < block.end <= length


def test_a_new_story_takes_articles_along():
    edit = article_acts.new_story(DESK, "Ferries", [article(1, story_id="s2")], date="2026")
    story, moved = edit.after
    assert (story.title, story.date, moved.story_id) == ("Ferries", "2026", story.id)
    assert edit.before == (article(1, story_id="s2"),)


def test_a_story_is_renamed_or_described():
    renamed = article_acts.edit_story(DESK, FERRY, title="Boats")
    assert (renamed.label, renamed.after[0]) == (
        "Rename “Ferries”", Story("s1", "Boats", "2026-03-12"),
    )  # fmt: skip
    dated = article_acts.edit_story(DESK, FERRY, date="2026", note="n")
    assert (dated.label, dated.after[0]) == (
        "Describe “Ferries”", Story("s1", "Ferries", "2026", "n"),
    )  # fmt: skip


def test_moving_leaves_out_what_is_there_already():
    there, elsewhere = article(1, story_id="s1"), article(2, story_id="s2")
    edit = article_acts.move(DESK, [there, elsewhere], FERRY)
    assert edit.before == (elsewhere,)
    assert edit.after[0].story_id == "s1"
    assert not article_acts.move(DESK, [there], FERRY)


def test_articles_can_leave_any_story():
    edit = article_acts.move(DESK, [article(1, story_id="s1")], None)
    assert edit.after[0].story_id is None
    assert edit.label == "Move “Headline 1” out of the story"


def answer(number: int, unit: str, coder: str = "ada") -> Answer:
    return Answer(f"w{number}", "tone", unit, coder, None, value=1)


def test_merging_stories_moves_articles_answers_and_actors():
    actor = Actor("p1", "The mayor", story_id="s2")
    merged = article_acts.merge_stories(
        DESK, FERRY, [SCHOOL], [article(1, story_id="s2")],
        answers=[answer(1, "s2")], actors=[actor],
    )  # fmt: skip
    assert merged.left == ()
    assert SCHOOL in merged.edit.before
    assert SCHOOL not in merged.edit.after
    assert [getattr(r, "story_id", None) or r.unit_id for r in merged.edit.after] == ["s1"] * 3
    assert merged.edit.inverted().after == merged.edit.before


def test_an_answer_stays_behind_when_the_coder_answered_both_stories():
    both = [answer(1, "s1"), answer(2, "s2"), answer(3, "s2", "ben"), answer(4, "s3", "ben")]
    third = Story("s3", "Third")
    merged = article_acts.merge_stories(DESK, FERRY, [SCHOOL, third], [], answers=both)
    assert merged.left == (both[1], both[3])
    assert [r.id for r in merged.edit.after] == ["w3"]


def test_dissolving_a_story_keeps_its_articles():
    edit = article_acts.delete_story(DESK, FERRY, [article(1, story_id="s1")])
    assert edit.after == (article(1),)


def test_an_outlet_is_made_and_described():
    made = article_acts.new_outlet(DESK, "Post", country="NL").after[0]
    assert (made.name, made.country) == ("Post", "NL")
    edit = article_acts.edit_outlet(DESK, POST, {"name": "Post"})
    assert (edit.label, edit.after[0].country) == ("Rename “The Harbour Post”", "NL")
    assert article_acts.edit_outlet(DESK, POST, {"kind": "daily"}).label.startswith("Describe")


def test_merged_outlets_keep_what_either_knew():
    edit = article_acts.merge_outlets(DESK, POST, [WIRE], [article(1, outlet_id="o2")])
    kept, moved = edit.after
    assert (kept.url, kept.country, kept.kind) == ("https://wire.example", "NL", "agency")
    assert kept.note == "Broadsheet.\nAlso called Nat. Wire.\nAgency."
    assert moved.outlet_id == "o1"
    assert edit.before == (POST, WIRE, article(1, outlet_id="o2"))
