"""Tables become articles, one a row."""

import csv
import io

import pytest

from annotator.formats.intake import intake
from annotator.formats.protocol import FoundArticle, Refused
from annotator.formats.tables import EXCEL_CELL, sniff

TEXT = "The town council voted on Tuesday, after hours; the bridge will be closed."


@pytest.fixture
def read(tmp_path):
    def write_and_read(content, name="survey.csv", **options):
        data = content if isinstance(content, bytes) else content.encode()
        (tmp_path / name).write_bytes(data)
        return list(intake([tmp_path / name], options=options))

    return write_and_read


def table(*rows, delimiter=","):
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(rows)
    return out.getvalue()


def articles(found):
    assert all(isinstance(a, FoundArticle) for a in found), found
    return found


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("name", ["survey.csv", "survey.tsv"])
def test_the_delimiter_is_found(read, delimiter, name):
    content = table(
        ["ID", "Title", "Body", "Publisher", "Publish Date", "Link", "Author", "Lang", "likes"],
        [
            "a1",
            "Bridge, closed",
            TEXT,
            "Mercury",
            "2026-03-03",
            "https://m.example",
            "R. A.",
            "en",
            7,
        ],
        delimiter=delimiter,
    )
    (article,) = articles(read(content, name))
    assert article.text == TEXT
    assert (article.id, article.headline, article.outlet) == ("a1", "Bridge, closed", "Mercury")
    assert (article.published, article.url) == ("2026-03-03", "https://m.example")
    assert (article.byline, article.language) == ("R. A.", "en")
    assert article.extra == {"likes": "7"}
    assert (article.importer, article.index) == ("csv", 0)


@pytest.mark.parametrize(
    ("header", "fields"),
    [
        (["Überschrift", "Volltext", "Zeitung", "Datum"], "German"),
        (["Titre", "Texte", "Journal", "Date"], "French"),
        (["Título", "Texto", "Periódico", "Fecha"], "Spanish"),
        (["Titolo", "Testo", "Testata", "Data"], "Italian"),
        (["Kop", "Tekst", "Krant", "Datum"], "Dutch"),
        (["HEADLINE", "full_text", "media-name", "publishedAt"], "English"),
    ],
)
def test_columns_are_known_by_their_usual_names_in(read, header, fields):
    (article,) = articles(read(table(header, ["Bridge", TEXT, "Mercury", "2026-03-03"])))
    assert (article.headline, article.text, article.outlet, article.published) == (
        "Bridge", TEXT, "Mercury", "2026-03-03",
    ), fields  # fmt: skip


def test_a_cell_keeps_its_lines_and_blanks(read):
    text = " First line.\r\n\r\n  Second “line”. 🎉\n"
    (article,) = articles(read(table(["text"], [text])))
    assert article.text == text.replace("\r\n", "\n")


def test_a_row_without_text_is_refused_by_its_number_and_the_rest_goes_on(read):
    found = read(table(["id", "text"], [1, TEXT], [2, " "], [3, TEXT]))
    assert found[1] == Refused("Row 3 of survey.csv has no text; it was left out.")
    assert [(found[i].id, found[i].index) for i in (0, 2)] == [("1", 0), ("3", 2)]


def test_empty_rows_are_nothing(read):
    found = articles(read(f"id,text\n1,One is here.\n,\n\n2,{'Two is here.'}\n,\n"))
    assert [a.id for a in found] == ["1", "2"]


def test_a_cell_of_excels_length_is_doubted(read):
    exact, shorter = articles(read(table(["text"], ["x" * EXCEL_CELL], ["x" * (EXCEL_CELL - 1)])))
    assert "32,767 characters, where Excel cuts cells" in exact.warnings[0]
    assert shorter.warnings == ()


def test_a_cell_longer_than_the_standard_limit_is_read(read):
    (article,) = articles(read(table(["text"], ["word " * 60_000])))
    assert len(article.text) == 300_000


def test_without_a_text_column_the_columns_are_listed(read):
    (refused,) = read(table(["a", "b"], [1, 2]))
    assert "survey.csv has no column that is known to hold the text (columns: “a”, “b”)" in (
        refused.message
    )
    assert "--map" in refused.message


def test_a_mapping_names_columns(read):
    content = table(["Words", "text", "Where"], [TEXT, "note", "Mercury"])
    (article,) = articles(read(content, map={"text": "Words", "outlet": "Where"}))
    assert (article.text, article.outlet) == (TEXT, "Mercury")
    assert article.extra == {"text": "note"}


@pytest.mark.parametrize(
    ("mapping", "sentence"),
    [
        ({"text": "Words"}, "the mapping names the column “Words”; the table has “a”, “b”."),
        ({"words": "a"}, "the mapping names the field “words”; known are text, headline"),
    ],
)
def test_a_mapping_that_fits_nothing_is_refused(read, mapping, sentence):
    (refused,) = read(table(["a", "b"], [1, 2]), map=mapping)
    assert sentence in refused.message


def test_exchangeable_dates_are_settled_by_the_other_rows(read):
    found = articles(read(table(["text", "date"], [TEXT, "03/04/2021"], [TEXT, "16/04/2021"])))
    assert [a.published for a in found] == ["2021-04-03", "2021-04-16"]


def test_exchangeable_dates_that_nothing_settles_stay_open(read):
    (article,) = articles(read(table(["text", "date"], [TEXT, "03/04/2021"])))
    assert article.published == ""
    assert article.extra == {"published_as_given": "03/04/2021"}
    assert "day or month first" in article.warnings[0]


def test_windows_bytes_and_a_byte_order_mark_are_read(read):
    (old,) = articles(read(table(["text"], ["“Müller” – geht."]).encode("cp1252")))
    assert old.text == "“Müller” – geht."
    assert "guessed" in old.warnings[0]
    (new,) = articles(read(table(["text", "id"], ["Müller geht.", "1"]).encode("utf-8-sig")))
    assert (new.text, new.id, new.warnings) == ("Müller geht.", "1", ())


def test_utf16_from_excel_with_tabs_is_read(read):
    content = table(["id", "text"], [1, "Müller geht."], delimiter="\t")
    (article,) = articles(read(content.encode("utf-16")))
    assert (article.id, article.text) == ("1", "Müller geht.")


def test_excels_line_about_the_delimiter_is_no_header(read):
    found = read(f"sep=;\r\nid;text\r\n1;{TEXT.split(';', 1)[0]}\r\n2;\r\n")
    assert found[0].id == "1"
    assert found[1] == Refused("Row 3 of survey.csv has no text; it was left out.")


def test_commas_of_an_unquoted_last_column_belong_to_the_text(read):
    (article,) = articles(read("id,text\n1,One, two, three.\n"))
    assert article.text == "One, two, three."
    assert "The row has 4 cells, the header has 2." in article.warnings


def test_surplus_cells_elsewhere_are_kept(read):
    (article,) = articles(read("text,id\nOne.,1,2,3\n"))
    assert article.extra == {"surplus cells": ["2", "3"]}


def test_short_rows_and_columns_without_or_with_the_same_name(read):
    (first, second) = articles(read("text,,note,note\nOne.,a,b,c\nTwo.\n"))
    assert first.extra == {"column 2": "a", "note": "b", "note (4)": "c"}
    assert (second.text, dict(second.extra)) == ("Two.", {})


def test_a_missing_quotation_mark_is_said(read):
    (article,) = articles(read('id,text\n1,"One.\n' + "2,Two.\n" * 2500))
    assert "a quotation mark may be missing" in article.warnings[0]


def test_a_cell_beyond_all_bounds_ends_the_table(read, monkeypatch):
    monkeypatch.setattr("annotator.formats.tables.LARGEST_CELL", 200_000)
    before = csv.field_size_limit()
    found = read('id,text\n1,One.\n2,"' + "x" * 300_000)
    csv.field_size_limit(before)
    assert isinstance(found[0], FoundArticle)
    assert found[1].message.startswith("survey.csv was read up to row 2; then: field larger")


def test_a_header_alone_is_refused(read):
    (refused,) = read("id,text\n")
    assert refused.message == "survey.csv has a header row but no rows below it."


def test_a_headline_in_the_text_is_found_when_no_column_has_it(read):
    text = (
        "Swing bridge closed for repairs\n\nThe town council of Marrow Bay voted on Tuesday to "
        "close the old swing bridge until the autumn."
    )
    (article,) = articles(read(table(["id", "text"], [1, text])))
    assert article.headline == "Swing bridge closed for repairs"
    assert [b.role for b in article.blocks] == ["headline", "main"]


def test_nul_bytes_are_replaced(read):
    (article,) = articles(read(b"id,text\n1,One\x00two is here\n"))
    assert article.text == "One\ufffdtwo is here"


def test_a_table_named_txt_is_seen_for_what_it_is(read):
    (article,) = articles(read(table(["title", "text"], ["A", TEXT], delimiter="\t"), "list.txt"))
    assert (article.importer, article.text) == ("csv", TEXT)


def test_an_order_of_columns_by_rank(read):
    (article,) = articles(
        read(table(["content", "text", "source", "outlet"], ["x", TEXT, "s", "o"]))
    )
    assert (article.text, article.outlet) == (TEXT, "o")
    assert article.extra == {"content": "x", "source": "s"}


def test_sniffing_prefers_what_knows_the_columns():
    assert sniff("a,b,c;text;title\n1;2;3", "x.csv").delimiter == ";"
    assert sniff("text\n", "x.tsv").delimiter == "\t"
    assert sniff("", "x.csv").delimiter == ","


def test_any_cells_come_back_through_a_table(tmp_path):
    texts = [
        'Say "no", she said.',
        "Tab\there;and|there",
        "Line\nbreak, twice\n\nover",
        "中文 🎉 \u200fعربي",
    ]
    (tmp_path / "t.csv").write_text(
        table(["n", "text"], *enumerate(texts)), encoding="utf-8", newline=""
    )
    assert [a.text for a in intake([tmp_path / "t.csv"])] == texts
