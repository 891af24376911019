"""Plain text and Markdown files become articles."""

import pytest

from annotator.formats.intake import intake
from annotator.formats.plain import front_matter
from annotator.formats.protocol import FoundArticle, Refused

TITLE = "Marrow Bay closes swing bridge"
BODY = (
    "The town council of Marrow Bay voted on Tuesday to close the old swing bridge for repairs.\n\n"
    "Engineers told the council that two of the cables had lost a third of their strength.\n\n"
    "Work will start in May and is expected to last until the autumn, her office said later.\n"
)


@pytest.fixture
def read(tmp_path):
    def write_and_read(content, name="page.txt", **options):
        data = content if isinstance(content, bytes) else content.encode()
        (tmp_path / name).write_bytes(data)
        return list(intake([tmp_path / name], options=options))

    return write_and_read


def one(found):
    (article,) = found
    assert isinstance(article, FoundArticle), article
    return article


def test_a_text_file_is_one_article_with_its_text_untouched(read):
    page = f"  {TITLE}\t\r\n\r\n\r\n  Leading blanks  stay. 🎉\r\n{BODY}"
    article = one(read(page))
    assert article.text == page.replace("\r\n", "\n")
    assert article.headline == TITLE
    assert article.importer == "txt"


def test_an_unreadable_character_is_replaced_and_said(read):
    article = one(read(f"{TITLE}\n\nThe bridge\x00 is closed.\n\n{BODY}"))
    assert "bridge\ufffd is" in article.text
    assert article.warnings == ("1 character could not be read or kept and stand as \ufffd.",)


def test_curly_quotes_of_windows_are_read_and_the_guess_is_said(read):
    article = one(read("“It’s over,” she said – and left.".encode("cp1252")))
    assert article.text == "“It’s over,” she said – and left."
    assert "Windows-1252" in article.warnings[0]


def test_a_header_block_gives_facts_and_is_no_part_of_the_text(read):
    article = one(
        read(
            f"Headline: {TITLE}\nOutlet: Mercury\nDate: 3 March 2026\nAuthor: Ruth Adeyemi\n"
            "URL: https://mercury.example/1\nLanguage: English\nSection: Coast\nStory: Bridge\n"
            f"Desk: Harbour\n\n{BODY}"
        )
    )
    assert article.text == BODY
    assert (article.headline, article.outlet, article.byline) == (TITLE, "Mercury", "Ruth Adeyemi")
    assert (article.published, article.published_precision) == ("2026-03-03", "day")
    assert (article.url, article.language) == ("https://mercury.example/1", "en")
    assert (article.section, article.story) == ("Coast", "Bridge")
    assert article.extra == {"Desk": "Harbour"}
    assert {block.role for block in article.blocks} == {"main"}


def test_a_header_block_in_another_language(read):
    article = one(read(f"Titel: Brücke zu\nQuelle: Hafenbote\nDatum: 3. März 2026\n\n{BODY}"))
    assert (article.headline, article.outlet) == ("Brücke zu", "Hafenbote")
    assert article.published == "2026-03-03"


def test_an_agency_as_source_is_a_wire_credit_not_an_outlet(read):
    article = one(read(f"Title: {TITLE}\nSource: Reuters\n\n{BODY}"))
    assert (article.outlet, article.wire_credit) == ("", "Reuters")


@pytest.mark.parametrize(
    "start",
    [
        "Mayor to council: close the bridge",
        "SOURCE:AFP",
        "Update: bridge closed",
        "Note: nobody was hurt\nWeather: fine",
        "Headline: Bridge closed\nThis line has no key.",
    ],
)
def test_lines_with_a_colon_are_no_header_unless_they_surely_are(read, start):
    page = f"{start}\n\n{BODY}"
    assert one(read(page)).text == page


def test_a_header_without_text_is_refused(read):
    (refused,) = read("Headline: One\nOutlet: Mercury\n\n\n")
    assert refused == Refused("page.txt has a header but no text below it; it was left out.")


def test_a_date_that_cannot_be_read_is_kept_as_given(read):
    article = one(read(f"Title: {TITLE}\nDate: last spring\n\n{BODY}"))
    assert article.published == ""
    assert article.extra == {"published_as_given": "last spring"}
    assert "“last spring” could not be read" in article.warnings[0]


def test_an_exchangeable_date_is_asked_for_and_an_order_answers(read):
    page = f"Title: {TITLE}\nDate: 03/04/2021\n\n{BODY}"
    article = one(read(page))
    assert article.published == ""
    assert "“03/04/2021” could have day or month first" in article.warnings[0]
    assert one(read(page, date_order="dmy")).published == "2021-04-03"


def test_an_exchangeable_date_of_the_page_is_asked_for_too(read):
    article = one(read(f"{TITLE}\n03/04/2021\n\n{BODY}"))
    assert article.extra == {"published_as_given": "03/04/2021"}
    assert one(read(f"{TITLE}\n03/04/2021\n\n{BODY}", date_order="mdy")).published == "2021-03-04"


def test_separator_lines_part_articles_that_look_like_articles(read):
    second = BODY.replace("Marrow Bay", "Port Gris")
    found = read(f"{TITLE}\n\n{BODY}\n==========\n\nPort Gris closes swing bridge\n\n{second}")
    assert [a.headline for a in found] == [TITLE, "Port Gris closes swing bridge"]
    assert [a.index for a in found] == [0, 1]
    assert "split at its separator lines into 2 texts" in found[0].warnings[0]
    assert found[1].text == f"Port Gris closes swing bridge\n\n{second}".strip("\n")


@pytest.mark.parametrize(
    "page",
    [
        f"{TITLE}\n==========\n\n{BODY}",
        f"{TITLE}\n\n{BODY}\n**********\nMercury Media Ltd\n",
        f"{TITLE}\n\n{BODY}\n__________\n{BODY}",
    ],
)
def test_lines_inside_an_article_do_not_part_it(read, page):
    assert one(read(page)).text == page


def test_articles_with_headers_may_be_short(read):
    found = read("Title: One\nOutlet: A\n\nIt rained all day.\n======================\n"
                 "Title: Two\nOutlet: B\n\nIt snowed all day.\n")  # fmt: skip
    assert [(a.headline, a.outlet, a.text) for a in found] == [
        ("One", "A", "It rained all day."),
        ("Two", "B", "It snowed all day."),
    ]


def test_a_separator_of_ones_own(read):
    found = read("It rained.\nEND 1\nIt snowed.\nEND 2\n", separator=r"^END \d+$")
    assert [a.text for a in found] == ["It rained.", "It snowed."]


def test_a_separator_that_is_no_expression_is_refused(read):
    (refused,) = read(BODY, separator="(")
    assert "the separator “(” is no regular expression" in refused.message


def test_nothing_but_separators_is_refused(read):
    (refused,) = read("---\n---\n", separator="---")
    assert refused.message == "page.txt holds nothing but separator lines."


def test_markdown_front_matter_and_heading(read):
    article = one(
        read(
            f'---\ntitle: "{TITLE}"\npublisher: Mercury\ndate: 2026-03-03T09:20:00Z\n'
            f"authors:\n  - Ruth Adeyemi\n  - Jan de Vries\ntags: [coast, bridge]\n---\n"
            f"# {TITLE}\n\nThe **old** [bridge](https://b.example).\n\n{BODY}",
            "page.md",
        )
    )
    assert article.text.startswith(f"# {TITLE}\n\nThe **old** [bridge]")
    assert (article.headline, article.outlet) == (TITLE, "Mercury")
    assert article.byline == "Ruth Adeyemi, Jan de Vries"
    assert article.published == "2026-03-03T09:20:00+00:00"
    assert article.extra == {"tags": "coast, bridge"}
    assert article.blocks[0].role == "headline"
    assert article.importer == "markdown"


def test_markdown_without_front_matter_takes_its_heading(read):
    article = one(read(f"Some banner\n\n# {TITLE}\n\n{BODY}", "page.md"))
    assert article.headline == TITLE
    assert article.text.startswith("Some banner")


def test_a_rule_at_the_top_of_markdown_is_no_front_matter(read):
    page = f"---\n\n# {TITLE}\n\n{BODY}"
    assert one(read(page, "page.md")).text == page


def test_toml_front_matter():
    pairs, body = front_matter('+++\ntitle = "Rain"\n+++\nIt rained.')
    assert (pairs, body) == ({"title": "Rain"}, "It rained.")


def test_markdown_with_nothing_below_its_front_matter_is_refused(read):
    (refused,) = read("---\ntitle: Rain\n---\n", "page.md")
    assert "has a header but no text" in refused.message


@pytest.mark.parametrize("name", ["page.txt", "page.md"])
def test_a_picture_with_the_wrong_name_is_refused(read, name):
    (refused,) = read(b"\x89PNG\r\n\x1a\n" + b"\x00" * 50, name)
    assert refused.message == f"{name} is a PNG picture, not text; it was left out."


def test_arabic_text_has_code_point_blocks(read):
    page = (
        "إغلاق الجسر القديم حتى الخريف\n\nقرر مجلس المدينة يوم الثلاثاء إغلاق الجسر القديم حتى "
        "الخريف بعد أشهر من الجدل حول الكابلات الصدئة."
    )
    article = one(read(page))
    first, second = article.blocks
    assert page[first.start : first.end] == article.headline
    assert page[second.start :] == page.split("\n\n")[1]
    assert article.language == "ar"


def test_html_in_a_text_is_kept_and_said(read):
    page = "<p>The bridge is closed.</p><p>It will open again.</p><br>"
    article = one(read(page))
    assert article.text == page
    assert "HTML markup" in article.warnings[0]
