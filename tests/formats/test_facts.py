"""What a page says about itself, read from its furniture and never from its sentences."""

import pytest

from annotator.formats.facts import canonical_agencies, facts_of
from annotator.formats.page import lines_of

PROSE = (
    "The town council of Marrow Bay voted on 1 March 2020 to close the old swing bridge.\n"
    "Engineers told the council that two of the cables had lost a third of their strength.\n"
    "Work will start in May and is expected to last until the autumn, the harbour office said."
)


def facts(page, order=""):
    return facts_of(lines_of(page), order)


def test_a_page_with_everything():
    found = facts(
        "Bridge closes\nBy Ruth Adeyemi\nPublished 3 March 2026 9:20 GMT\n"
        f"https://mercury.example/bridge\n{PROSE}\nSOURCE:AFP"
    )
    assert found.byline == "Ruth Adeyemi"
    assert (found.published, found.precision) == ("2026-03-03T09:20+00:00", "minute")
    assert found.url == "https://mercury.example/bridge"
    assert found.wire_credit == "AFP"
    assert found.language == "en"


def test_dates_in_sentences_and_captions_are_not_the_day_of_publication():
    caption = "The swing bridge on Jan. 15 2019. / AP"
    found = facts(f"Bridge closes\n{caption}\n{PROSE}")
    assert (found.published, found.wire_credit) == ("", "")


def test_published_goes_before_updated():
    assert facts(f"Updated 4 March 2026\nPublished 3 March 2026\n{PROSE}").published == "2026-03-03"
    assert facts(f"Updated 4 March 2026; Published 3 March 2026\n{PROSE}").published == "2026-03-03"
    assert facts(f"Updated 4 March 2026\n{PROSE}").published == "2026-03-04"


def test_the_date_nearest_to_the_article_goes_before_the_mastheads():
    assert (
        facts(f"9 May 2026\nMenu\nBridge closes\n3 March 2026\n{PROSE}").published == "2026-03-03"
    )


def test_an_exchangeable_date_is_left_open():
    found = facts(f"03/04/2021\n{PROSE}")
    assert (found.published, found.ambiguous) == ("", "03/04/2021")


def test_an_exchangeable_date_is_settled_by_another_of_the_page():
    assert facts(f"03/04/2021\n{PROSE}\nUpdated 16/04/2021").published == "2021-04-03"


@pytest.mark.parametrize(
    ("line", "credit"),
    [
        ("SOURCE:AFP", "AFP"),
        ("Source: Reuters", "Reuters"),
        ("Source: Harbour Office", ""),
        ("With inputs from PTI", "PTI"),
        ("(AP)", "AP"),
        ("AFP/Reuters", "AFP, Reuters"),
        ("Quelle: dpa/lno", "dpa"),
        ("Associated Press", "AP"),
        ("(Reporting by Ada Brink; Editing by Jan de Vries)", "Reuters"),
        ("Reporting by Ada Brink, AFP", "AFP"),
        ("Reporting by Ada Brink", ""),
        ("© AFP", "AFP"),
        ("Copyright 2026 The Associated Press. All rights reserved.", "AP"),
        ("© 2026 Marrow Bay Mercury", ""),
        ("AFP contributed to this report.", "AFP"),
        ("AA Batteries Are Cheap", ""),
    ],
)
def test_credits_on_lines_of_their_own(line, credit):
    assert facts(f"{PROSE}\n{line}").wire_credit == credit


@pytest.mark.parametrize(
    ("lede", "credit"),
    [
        (
            "MARROW BAY, March 3 (Reuters) - The bridge was closed on Tuesday, officials said.",
            "Reuters",
        ),
        ("ROMA, 16 GEN (ANSA) - Il ponte è stato chiuso martedì per i lavori del porto.", "ANSA"),
        ("MARROW BAY, March 3. /TASS/. The bridge was closed on Tuesday, officials said.", "TASS"),
        ("Norderhaven (dpa/lno) - Die Brücke ist am Dienstag gesperrt worden, hieß es.", "dpa"),
        ("The bridge (AP has pictures) was closed on Tuesday, officials said in a note.", ""),
        ("The Press Association for Anglers (PA) says the bridge should be closed at once.", "PA"),
    ],
)
def test_credits_in_the_dateline(lede, credit):
    assert facts(f"{lede}\n{PROSE}").wire_credit == credit


def test_a_credit_after_the_last_word_and_one_in_the_byline():
    assert facts(PROSE[:-1] + " on Friday. (AFP)").wire_credit == "AFP"
    assert facts(f"By Jane Doe / AP\n{PROSE}").wire_credit == "AP"
    assert facts(f"By Jane Doe, Associated Press\n{PROSE}").byline == "Jane Doe"


def test_two_addresses_are_no_address():
    page = f"https://a.example/1\n{PROSE}\nhttps://b.example/2"
    assert facts(page).url == ""


def test_only_agencies_are_agencies():
    assert canonical_agencies("Reuters Institute study") == []
    assert canonical_agencies("") == []


def test_an_empty_page_says_nothing():
    assert facts("") == facts_of(())
    assert facts("").published == ""
