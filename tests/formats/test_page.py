"""Lines of a page and the roles they play."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.formats.bylines import authors, is_time_line
from annotator.formats.furniture import KIND_OF_PHRASE, RULES, line_kind
from annotator.formats.page import blocks, body_of, lines_of
from annotator.model.article import BLOCK_ROLES, BOILERPLATE_KINDS

PROSE = [
    "The town council of Marrow Bay voted on Tuesday to close the old swing bridge for repairs.",
    "Engineers told the council that two of the cables had lost a third of their strength.",
    "“We have waited too long,” said the harbour master, Ada Brink, before the vote was taken.",
    "Work will start in May and is expected to last until the autumn, her office said later.",
]
TITLE = "Marrow Bay closes swing bridge"

ALONE = {
    "navigation": [
        "Skip to main content",
        "Menu",
        "Search Icon",
        "Home > World > Coast",
        "We use cookies to improve your visit.",
        "Zum Inhalt springen",
    ],
    "related-links": [
        "Read more: Ferry strike enters second week",
        "RECOMMENDED",
        "RelatedMercury TV - Ferry strike enters second week",
        "À lire aussi",
        "Lesen Sie auch: Fähren stehen still",
        "Lea también: Sigue la huelga",
    ],
    "promo": [
        "Sign up for our daily newsletter",
        "Discover more from Bay News",
        "Subscribe to get the latest posts sent to your email.",
        "Download our app",
    ],
    "paywall": [
        "Already a subscriber? Log in",
        "Subscribe to continue reading",
        "You have reached your limit of free articles.",
    ],
    "caption": [
        "The swing bridge on Monday. / AP",
        "Photo: Ada Brink",
        "FILE PHOTO: The bridge in 2019.",
        "The bridge at dawn (Photo by Ada Brink/Getty Images)",
        "Ada Brink, Reuters",
    ],
    "byline": [
        "By Ruth Adeyemi",
        "By RUTH ADEYEMI and JAN DE VRIES",
        "2 min read",
        "Lesezeit: 3 Minuten",
        " date 2026-03-03 REGION",
        "March 3, 2026",
        "Published loading...Updated",
        "5 hours ago",
        "Updated 9:20 AM EST, March 3, 2026",
        "Von Jana Petersen",
        "Ada Brink, Chief Reporter",
    ],
    "dateline": [
        "MARROW BAY, Northshire (AP) —",
        "Marrow Bay, Northshire",
    ],
    "wire-credit": [
        "SOURCE:AFP",
        "(AP)",
        "With inputs from PTI",
        "Quelle: dpa",
        "AFP/Reuters",
        "(Reporting by Ada Brink; Editing by Jan de Vries)",
        "(With agency inputs from Delhi)",
    ],
    "contributor-note": [
        "Ada Brink in Port Gris contributed to this report.",
    ],
    "correction": [
        "Correction: The bridge is 90 metres long.",
        "UPDATE: The vote was moved to May.",
        "An earlier version of this article misspelled a name.",
    ],
    "disclaimer": [
        "The views expressed in this article are the author’s own.",
        "This story was originally published by the Coast Desk.",
    ],
    "author-bio": [
        "Ada Brink is a senior reporter for the Mercury covering the harbour.",
    ],
    "copyright": [
        "© 2026 Marrow Bay Mercury",
        "Copyright 2026 Bay News. All rights reserved.",
    ],
    "advertisement": [
        "ADVERTISEMENT",
        "Story continues below advertisement",
        "Anzeige",
    ],
    "social": [
        "Share on Facebook",
        "Follow us on X",
        "WhatsApp",
        "Follow Ada Brink on Twitter",
    ],
    "comment-form": [
        "Leave a comment",
        "12 Comments",
        "Your email address will not be published.",
    ],
    "aggregator-card": [
        "Lean Left",
        "Read Full Article",
        "51 Articles",
        "46% of the sources are Center",
    ],
    "residue": [
        "Load-Date: March 4, 2026",
        "https://mercury.example/bridge",
        "191119052250266",
    ],
    "other": [
        "___",
        "* * *",
    ],
}
OWN = [
    "‘Rust everywhere’",
    "What happens next",
    "• The bridge closes in May.",
    "“Never again.”",
    "She refused to say by how much.",
    "By Tuesday evening the lorries had found another way.",
    "The photo showed the bridge in flames.",
    "He shared the letter on Facebook.",
    "Reuters and AFP had asked for an interview first.",
    "“Subscribe to that view and you have lost,” she said.",
    "The union, which published the figures on 3 March 2026, stands by them.",
    "Background",
    "Fees rose for all who pay by card (credit unions had warned of it).",
    "The minister answered questions for an hour (via video link).",
    "The harbour office did not answer. (AP)",
    "Copyright law protects the drawings, the designer said.",
    "A Slow, Costly Repair",
]


def roles(page, headline=""):
    return [(page[b.start : b.end], b.role) for b in blocks(page, headline)]


@pytest.mark.parametrize(("kind", "line"), [(k, line) for k, row in ALONE.items() for line in row])
def test_furniture_is_told_by_the_line_alone(kind, line):
    page = "\n".join([*PROSE[:2], line, *PROSE[2:]])
    assert dict(roles(page))[line.strip()] == kind


@pytest.mark.parametrize("line", OWN)
def test_the_articles_own_short_lines_stay_main(line):
    page = "\n\n".join([TITLE, *PROSE[:2], line, *PROSE[2:]])
    assert dict(roles(page, TITLE))[line] == "main"


def test_every_kind_in_the_tables_is_a_block_role():
    assert {rule.kind for rule in RULES} | set(KIND_OF_PHRASE.values()) <= set(BOILERPLATE_KINDS)
    assert set(ALONE) <= set(BLOCK_ROLES)


def test_headline_and_its_repetition():
    page = "\n".join([TITLE, "Marrow Bay Closes Swing Bridge", *PROSE])
    assert [role for _, role in roles(page, TITLE)][:3] == ["headline", "repeated-headline", "main"]


def test_what_stands_above_the_headline_is_furniture():
    page = "\n".join(["The paper of the coast", "Tides", TITLE, *PROSE])
    assert [role for _, role in roles(page, TITLE)][:3] == ["navigation", "navigation", "headline"]


def test_a_list_of_headlines_after_the_article_is_related_links():
    listed = [
        "Ferry strike enters second week",
        "Gulls steal mayor’s lunch",
        "New mast for Ada’s sloop",
    ]
    page = "\n".join([TITLE, *PROSE, "Explore", *listed])
    assert [role for _, role in roles(page, TITLE)][-4:] == ["related-links"] * 4


def test_a_list_of_headlines_after_the_article_needs_no_heading():
    listed = [f"Ferry strike enters week number {n} of spring" for n in range(2, 7)]
    page = "\n".join([TITLE, *PROSE, *listed])
    assert {role for text, role in roles(page, TITLE) if text in listed} == {"related-links"}


def test_bullets_at_the_end_stay_main():
    listed = [f"• Ferry number {n} sails at noon from Pier {n}" for n in range(2, 7)]
    page = "\n".join([TITLE, *PROSE, *listed])
    assert {role for text, role in roles(page, TITLE) if text in listed} == {"main"}


def test_links_between_paragraphs_do_not_swallow_a_subhead():
    page = "\n\n".join(
        [TITLE, *PROSE[:2], "More:\nFerry strike enters second week", "A costly repair", *PROSE[2:]]
    )
    found = dict(roles(page, TITLE))
    assert found["Ferry strike enters second week"] == "related-links"
    assert found["A costly repair"] == "main"


def test_an_aggregators_cards_hold_other_outlets_ledes():
    card = "The bridge at Marrow Bay will be closed until autumn, the council decided on Tuesday."
    page = "\n".join(
        [TITLE, *PROSE[:2], "3 Articles", "Lean Left", card, "·Paris, France", "Read Full Article",
         "Center", TITLE, card + " More.", "Read Full Article"]
    )  # fmt: skip
    found = roles(page, TITLE)
    assert [role for _, role in found[:3]] == ["headline", "main", "main"]
    assert {role for _, role in found[3:]} == {"aggregator-card"}


def test_an_article_far_below_a_menu_is_found():
    menu = [
        "News",
        "Sport",
        "Tides",
        "Search",
        "We use cookies on this site to measure visits.",
    ] * 4
    found = roles("\n".join([*menu, TITLE, *PROSE]), TITLE)
    assert {role for _, role in found[: len(menu)]} == {"navigation"}
    assert [role for _, role in found[len(menu) :]] == ["headline", *["main"] * 4]


def test_a_page_without_running_text_has_no_body():
    assert body_of(lines_of("Home\nNews\nSport")) is None
    assert [role for _, role in roles("Home\nTides\nFerries")] == ["navigation", "main", "main"]


def test_a_text_of_one_enormous_line_is_main_and_quick():
    page = "word " * 400_000
    (block,) = blocks(page)
    assert (block.start, block.end, block.role) == (0, len(page) - 1, "main")


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("By Jane Doe", "Jane Doe"),
        ("By JANE DOE and JOHN ROE", "JANE DOE and JOHN ROE"),
        ("By Jane Doe, Associated Press", "Jane Doe"),
        ("By Jane Doe | March 3, 2026 9:20 AM", "Jane Doe"),
        ("By Jane Doe in Port Gris", ""),
        ("Written by: Jane van der Meer", "Jane van der Meer"),
        ("Von Jana Petersen und Ole Timm", "Jana Petersen und Ole Timm"),
        ("Par Élise D’Aubigné", "Élise D’Aubigné"),
        ("Author: Jane Doe", "Jane Doe"),
        ("By Reuters", "Reuters"),
        ("By land and sea", ""),
        ("By Monday", ""),
        ("Text Messages Show Rust", ""),
        ("The mayor", ""),
    ],
)
def test_names_of_a_byline(line, names):
    assert authors(line) == names


def test_a_headline_with_a_date_is_no_date_line():
    line = "Budget 2026: what changes for you on 1 January 2026"
    assert not is_time_line(line, len(line.split()))


def test_words_decide_before_patterns():
    assert line_kind("Read more", 2) == "related-links"
    assert line_kind("Read more books, the minister told pupils.", 7) == ""


def test_lines_keep_their_place_in_the_text():
    text = "  a\n\n b c \n"
    assert [(text[x.start : x.end], x.is_apart) for x in lines_of(text)] == [
        ("a", True),
        ("b c", True),
    ]


@given(
    st.text(alphabet=st.sampled_from("ab .!\n\tÉ中🎉“”|:•#"), max_size=200), st.text(max_size=10)
)
def test_blocks_ascend_cover_every_line_and_have_known_roles(text, headline):
    found = blocks(text, headline)
    assert [text[b.start : b.end] for b in found] == [
        s.strip() for s in text.split("\n") if s.strip()
    ]
    assert all(x.end < y.start for x, y in pairwise(found))
    assert {b.role for b in found} <= set(BLOCK_ROLES)
