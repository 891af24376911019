"""What on a saved page is not the article."""

from __future__ import annotations

import pytest

from annotator.highlight.boilerplate import find_boilerplate
from annotator.model.article import Block

ARTICLE = [
    "The harbour town voted on Monday to raise its sea wall by two metres, the mayor said.",
    "Work on the wall will begin in spring and is expected to last for three years, she added.",
    "A long wait",
    "Fishermen had asked for the wall since a storm flooded the old market four winters ago.",
    "The money comes from the region, which promised to pay two thirds of what the wall costs.",
]


def flagged(lines: list[str]) -> dict[str, str]:
    text = "\n".join(lines)
    return {f.fragments[0].of(text): f.code for f in find_boilerplate(text)}


def test_an_article_by_itself_keeps_every_line():
    assert flagged(ARTICLE) == {}


def test_a_page_loses_its_furniture_and_keeps_its_subheading():
    page = ["Skip to main content", "Menu", "Sports", "Town votes for higher sea wall", *ARTICLE,
            "Read more", "Island ferry cancelled after engine fire near the pier",
            "Mayor opens new library in old fish hall", "© 2026 The Harbour Post"]  # fmt: skip
    found = flagged(page)
    assert found["Skip to main content"] == "navigation"
    assert found["© 2026 The Harbour Post"] == "copyright"
    assert found["Mayor opens new library in old fish hall"] == "related-links"
    assert not set(found) & set(ARTICLE)
    assert "Town votes for higher sea wall" not in found


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Subscribe to our newsletter", "promo"),
        ("Photo: Dana Ruiz / Harbour Post", "caption"),
        ("By Dana Ruiz and Bo Ray", "byline"),
        ("3 min read", "byline"),
        ("Lesen Sie auch: Fähre fällt aus", "related-links"),
        ("Lire aussi : le ferry annulé", "related-links"),
        ("Suscríbete a nuestro boletín", "promo"),
        ("ADVERTISEMENT", "advertisement"),
        ("Source: Reuters", "wire-credit"),
        ("Reporting by Dana Ruiz; Editing by Bo Ray", "wire-credit"),
        ("Correction: An earlier version misspelt the mayor's name.", "correction"),
        ("Load-Date: March 3, 2026", "residue"),
        ("Share on Facebook", "social"),
        ("Leave a comment", "comment-form"),
        ("Read Full Article", "aggregator-card"),
    ],
)
def test_furniture_between_paragraphs_has_its_kind(line, kind):
    assert flagged([*ARTICLE[:3], line, *ARTICLE[3:]]) == {line: kind}


def test_a_link_glued_to_a_paragraph_is_cut_off():
    glued = ARTICLE[1] + "Read more: Ferry cancelled"
    assert flagged([ARTICLE[0], glued, *ARTICLE[2:]]) == {
        "Read more: Ferry cancelled": "related-links"
    }


def test_a_headline_said_twice_in_one_line_is_flagged_once():
    line = "Town votes for sea wallTown votes for sea wall"
    assert flagged([line, *ARTICLE]) == {"Town votes for sea wall": "repeated-headline"}


def test_roles_given_by_the_importer_decide():
    text = "Anything\n" + "\n".join(ARTICLE)
    found = find_boilerplate(text, [Block(0, 8, "promo"), Block(9, len(text), "main")])
    assert [(f.fragments[0].of(text), f.code) for f in found] == [("Anything", "promo")]
