"""What outlets share, change and leave out, seen on a story told three times."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.compare.material import Material
from annotator.compare.shape import missing_here, to_json
from annotator.compare.story import StoryIndex, compare
from annotator.errors import BadInput
from tests.compare.samples import story


@pytest.fixture(scope="module")
def compared():
    return compare(story())


def words(comparison, stretch):
    texts = {article.id: article.text for article in comparison.articles}
    return texts[stretch.article][stretch.start : stretch.end]


def pair_of(comparison, one, two):
    return [
        p for p in comparison.pairs
        if one in words(comparison, p.a) and two in words(comparison, p.b)
    ]  # fmt: skip


def test_a_sentence_taken_over_is_verbatim(compared):
    (pair,) = [
        p for p in pair_of(compared, "herring grounds", "herring grounds") if p.b.article == "paper"
    ]
    assert pair.kind == "verbatim"
    assert words(compared, pair.a).startswith("Fishermen fear that dredging")


def test_a_rewritten_sentence_is_found_as_reworded(compared):
    pairs = pair_of(compared, "approved a nine million crown pier", "agreed to build a 9m crown")
    assert [p.kind for p in pairs] == ["reworded"]


def test_a_clause_turned_round_is_found_in_a_third_wording(compared):
    pairs = pair_of(compared, "Fishermen fear that dredging", "could ruin herring grounds")
    assert {p.b.article for p in pairs} == {"third"}


def test_what_nobody_else_tells_is_only_here(compared):
    alone = [words(compared, s) for s in compared.only_here]
    assert any(text.startswith("A choir of schoolchildren") for text in alone)
    assert not any("herring" in text for text in alone)


def test_page_furniture_is_neither_shared_nor_only_here(compared):
    everything = [p.a for p in compared.pairs] + [p.b for p in compared.pairs]
    everything += list(compared.only_here)
    assert not any("newsletter" in words(compared, s) for s in everything)
    assert not any("AFP" in words(compared, s) for s in everything)


def test_a_passage_holds_all_its_wordings(compared):
    (herring,) = [
        p for p in compared.passages if any("herring" in words(compared, s) for s in p.members)
    ]
    assert {s.article for s in herring.members} == {"agency", "paper", "third"}
    assert herring.kind == "verbatim"


def test_copied_prose_of_a_credited_agency_is_suspected_wire(compared):
    wire = [p for p in compared.passages if p.is_wire]
    assert [words(compared, p.members[0])[:9] for p in wire] == ["Fishermen"]
    assert "AFP" in wire[0].evidence and "2 outlets" in wire[0].evidence


def test_a_copied_quote_is_no_wire_copy(compared):
    quoted = [
        p for p in compared.passages if any("safe landing" in words(compared, s) for s in p.members)
    ]
    assert quoted and not any(p.is_wire for p in quoted)


def test_a_shortened_quote_joins_its_cluster_as_partial(compared):
    (cluster,) = compared.quotes
    assert cluster.speaker == "Ines Dahl"
    assert [(m.place.article, m.relation) for m in cluster.members] == [
        ("agency", "verbatim"), ("paper", "verbatim"), ("third", "partial"),
    ]  # fmt: skip


def test_a_surname_alone_is_counted_with_the_person(compared):
    dahl = next(n for n in compared.names if n.name == "Ines Dahl")
    assert sorted((s.article, exact) for s, exact in dahl.mentions) == [
        ("agency", "Dahl"), ("agency", "Ines Dahl"), ("paper", "Ines Dahl"), ("third", "Dahl"),
    ]  # fmt: skip


def test_shares_are_of_own_words_and_add_up(compared):
    for share in compared.shares:
        assert 0 <= share.copied <= share.shared <= 1
        assert share.shared + share.unique == pytest.approx(1, abs=0.001)
    paper = next(s for s in compared.shares if s.article == "paper")
    assert paper.copied > 0.1 and paper.quoted > 0.1 and paper.unique > 0.1


def test_a_passage_of_two_others_is_missing_in_the_third(compared):
    missing = missing_here(compared, "third")
    texts = [words(compared, p.members[0]) for p in missing]
    assert any("nine million crown" in text for text in texts)
    assert not any("herring" in text for text in texts)


def test_the_outcome_is_json_with_the_promised_keys(compared):
    made = json.loads(json.dumps(to_json(compared)))
    assert set(made) >= {"passages", "pairs", "only_here", "quotes", "names", "shares"}
    assert set(made["passages"][0]) >= {"id", "kind", "wire", "members"}
    assert set(made["pairs"][0]) == {
        "a", "a_start", "a_end", "b", "b_start", "b_end", "kind", "score",
    }  # fmt: skip
    assert set(made["quotes"][0]["members"][0]) == {
        "article", "start", "end", "exact", "speaker", "relation",
    }  # fmt: skip
    assert set(made["shares"][0]) >= {"article", "shared", "unique"}


def test_adding_an_article_leaves_the_pairs_of_others_alone():
    agency, paper, third = story()
    index = StoryIndex([agency, paper])
    before = index.pairs()
    index.add(third)
    assert [p for p in index.pairs() if "third" not in {p.a.article, p.b.article}] == before
    index.remove("third")
    assert index.pairs() == before
    assert to_json(index.comparison()) == to_json(compare([agency, paper]))


def test_two_articles_with_one_id_are_refused():
    agency = story()[0]
    with pytest.raises(BadInput, match="agency"):
        StoryIndex([agency, replace(agency, text="Other.")])


@pytest.mark.parametrize("text", ["", "\n\n", "Short.", "🚢 " * 40, "ferry " * 3000])
def test_odd_texts_are_compared_without_complaint(text):
    made = compare([Material("odd", text), Material("same", text), *story()])
    assert len(made.shares) == 5


def test_the_same_articles_give_the_same_outcome():
    assert to_json(compare(story())) == to_json(compare(story()))


SENTENCES = (
    "The mayor opened the long awaited ferry pier on Tuesday.",
    "Fishermen fear that dredging will destroy the herring grounds.",
    "A storm closed the harbour road for eleven hours.",
    "Police arrested two smugglers near the customs shed.",
)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.lists(st.sampled_from(SENTENCES), max_size=4), min_size=2, max_size=4))
def test_every_place_lies_in_its_text_and_shares_add_up(articles):
    materials = [Material(str(n), "\n".join(body)) for n, body in enumerate(articles)]
    made = compare(materials)
    for pair in made.pairs:
        assert pair.a.article < pair.b.article
        for stretch in (pair.a, pair.b):
            assert 0 <= stretch.start < stretch.end <= len(materials[int(stretch.article)].text)
    members = [s for passage in made.passages for s in passage.members]
    assert len(members) == len(set(members))
    for share in made.shares:
        assert 0 <= share.unique <= 1 and 0 <= share.shared <= 1
