"""Quotes and names across articles: the same utterance, the same actor."""

from __future__ import annotations

import pytest

from annotator.compare.material import Material, Mention
from annotator.compare.naming import actors
from annotator.compare.quotes import clusters, said_in
from annotator.model.span import Span
from tests.compare.samples import quote


def told(*quotes):
    """Return clusters of quotes, an article each: (words with marks, speaker, code)."""
    said = []
    for number, (words, speaker, code) in enumerate(quotes):
        text = f"Somebody said {words} at the quay."
        said += said_in(Material(str(number), text, quotes=(quote(text, words, speaker, code),)))
    return clusters(said)


def relations(found):
    return [[m.relation for m in cluster.members] for cluster in found]


FULL = "“The old pier is a danger to everyone who boards the ferry in winter”"


def test_a_word_changed_is_near_verbatim():
    other = FULL.replace("everyone", "anybody")
    assert relations(told((FULL, "Dahl", "direct"), (other, "Dahl", "direct"))) == [
        ["verbatim", "near-verbatim"]
    ]


def test_the_fullest_version_is_the_reference():
    (cluster,) = told(("“a danger to everyone”", "Dahl", "mixed"), (FULL, "Ines Dahl", "direct"))
    assert cluster.members[0].exact == FULL
    assert [m.relation for m in cluster.members] == ["verbatim", "partial"]
    assert cluster.speaker == "Ines Dahl"


def test_indirect_speech_of_the_same_speaker_is_a_reworded_version():
    reported = "the old pier endangers all who board the ferry in winter"
    found = told((FULL, "Ines Dahl", "direct"), (reported, "Dahl", "indirect"))
    assert relations(found) == [["verbatim", "reworded"]]


def test_indirect_speech_of_another_speaker_is_not():
    reported = "the old pier endangers all who board the ferry in winter"
    assert relations(told((FULL, "Ines Dahl", "direct"), (reported, "Per Holm", "indirect"))) == [
        ["verbatim"]
    ]


def test_a_term_joins_only_the_quote_that_holds_it():
    found = told((FULL, "Dahl", "direct"), ("“old pier”", "", "term"), ("“dual-use”", "", "term"))
    assert relations(found) == [["verbatim", "partial"]]


def test_two_utterances_of_one_speaker_stay_apart():
    other = "“Nobody asked the fishermen about the herring”"
    assert len(told((FULL, "Dahl", "direct"), (other, "Dahl", "direct"))) == 2


def test_an_utterance_quoted_inside_a_quote_is_a_part_of_it():
    words = "“I told them: ‘this is for the good of the island,’ and left”"
    (cluster,) = told((words, "Dahl", "direct"))
    assert [m.relation for m in cluster.members] == ["verbatim", "partial"]


def grouped(*names):
    """Return the actors of mentions, an article each: (name, kind)."""
    materials = [
        Material(str(n), name, mentions=(Mention(Span(0, len(name)), name, kind),))
        for n, (name, kind) in enumerate(names)
    ]
    return sorted(sorted(exact for _, exact in actor.mentions) for actor in actors(materials))


@pytest.mark.parametrize(
    ("one", "two", "kind"),
    [
        ("U.S.", "United States", "LOC"), ("Department of Defence", "Department of Defense", "ORG"),
        ("Justice Department", "Department of Justice", "ORG"),
        ("Northern Ferry Board", "NFB", "ORG"), ("the Harbour Council", "Harbour Council", "ORG"),
        ("Robert F. Bauer", "Bob Bauer", "PER"), ("Terry O'Neill", "Terry O’Neill", "PER"),
        ("Ines Dahl", "Dahl", "PER"), ("Joseph R. Biden Jr.", "Joe Biden", "PER"),
    ],
)  # fmt: skip
def test_two_writings_of_a_name_are_one_actor(one, two, kind):
    assert grouped((one, kind), (two, kind)) == [sorted([one, two])]


@pytest.mark.parametrize(
    ("one", "two", "kind"),
    [
        ("Ines Dahl", "Per Dahl", "PER"), ("North Pier", "South Pier", "LOC"),
        ("Harbour Council", "Harbour Police", "ORG"), ("Tokyo", "Japan", "LOC"),
    ],
)  # fmt: skip
def test_two_actors_with_like_names_stay_apart(one, two, kind):
    assert len(grouped((one, kind), (two, kind))) == 2


def test_a_surname_that_two_bear_goes_to_the_more_mentioned():
    names = ["Ines Dahl", "Ines Dahl", "Per Dahl", "Dahl"]
    assert grouped(*((name, "PER") for name in names)) == [
        ["Dahl", "Ines Dahl", "Ines Dahl"], ["Per Dahl"],
    ]  # fmt: skip


def test_names_from_furniture_alone_are_left_out():
    from annotator.model.article import Block

    text = "Full Story\nVellmar waits."
    material = Material(
        "a", text, furniture=(Block(0, 10, "aggregator-card"),),
        mentions=(Mention(Span(0, 10), "Full Story", "PER"),
                  Mention(Span(11, 18), "Vellmar", "LOC")),
    )  # fmt: skip
    assert [a.name for a in actors([material])] == ["Vellmar"]
