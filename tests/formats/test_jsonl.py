"""JSON becomes articles: a line, an item, or a news interface's answer."""

import json

import pytest

from annotator.formats.intake import intake, to_line
from annotator.formats.protocol import FoundArticle, Refused

TEXT = "The town council voted on Tuesday; the bridge will be closed until autumn."


@pytest.fixture
def read(tmp_path):
    def write_and_read(content, name="list.jsonl", **options):
        if not isinstance(content, str | bytes):
            content = json.dumps(content, ensure_ascii=False)
        data = content if isinstance(content, bytes) else content.encode()
        (tmp_path / name).write_bytes(data)
        return list(intake([tmp_path / name], options=options))

    return write_and_read


def one(found):
    (article,) = found
    assert isinstance(article, FoundArticle), article
    return article


ITEM = {
    "id": 7,
    "title": "Bridge closed",
    "body": TEXT,
    "source": {"id": None, "name": "Mercury"},
    "publishedAt": "2026-03-03T09:20:00Z",
    "authors": [{"name": "R. Adeyemi"}, "J. de Vries"],
    "lang": "eng",
    "likes": 3,
    "nested": {"a": [1, "b"]},
}


def check(article):
    assert (article.id, article.headline, article.text) == ("7", "Bridge closed", TEXT)
    assert (article.outlet, article.byline) == ("Mercury", "R. Adeyemi, J. de Vries")
    assert (article.published, article.language) == ("2026-03-03T09:20:00+00:00", "en")
    assert article.extra == {"likes": 3, "nested": {"a": [1, "b"]}}


@pytest.mark.parametrize("name", ["list.jsonl", "list.json", "list.ndjson", "list.data"])
@pytest.mark.parametrize("indent", [None, 2])
@pytest.mark.parametrize(
    "wrapped",
    [
        ITEM,
        [ITEM],
        {"status": "ok", "articles": [ITEM]},
        {"articles": {"results": [ITEM]}},
        {"response": {"docs": [ITEM]}},
    ],
    ids=["object", "list", "articles", "results", "docs"],
)
def test_an_article_is_found_however_it_is_wrapped(read, name, indent, wrapped):
    check(one(read(json.dumps(wrapped, indent=indent), name)))


def test_one_object_a_line(read):
    lines = [json.dumps({"id": str(n), "text": f"Text number {n} is here."}) for n in range(3)]
    found = read("\n\n".join(lines) + "\r\n")
    assert [(a.id, a.index) for a in found] == [("0", 0), ("1", 1), ("2", 2)]


def test_a_broken_line_is_refused_by_its_number_and_the_rest_goes_on(read):
    found = read(
        '{"text": "One is here."}\n{"text": "Tw\n\n[1]\n{"title": "x"}\n{"text": "Five."}\n'
    )
    assert [a.text for a in found if isinstance(a, FoundArticle)] == ["One is here.", "Five."]
    messages = [r.message for r in found if isinstance(r, Refused)]
    assert messages[0].startswith("Line 2 of list.jsonl is no valid JSON (Unterminated string")
    assert messages[1] == "Line 4 of list.jsonl is no object with keys; it was left out."
    assert messages[2] == "Line 5 of list.jsonl has no text; it was left out."


def test_a_first_line_that_is_broken_takes_only_itself(read):
    found = read('{"text": "On\n{"text": "Two is here."}\n')
    assert isinstance(found[0], Refused)
    assert (found[1].text, found[1].index) == ("Two is here.", 1)


def test_a_list_that_breaks_off_gives_what_came_before(read):
    found = read(
        '[{"text": "One is here."},\n{"text": "Two is here."},\n{"text": "Thr', "list.json"
    )
    assert [a.text for a in found[:2]] == ["One is here.", "Two is here."]
    assert found[2].message.startswith("Item 3 of list.json (from line 3) is no valid JSON")
    found = read('[{"text": "One is here."},\n', "list.json")
    assert found[1].message == "The list in list.json has no end: is the file whole?"


def test_an_object_that_is_broken_is_refused(read):
    (refused,) = read('{\n"articles": [', "list.json")
    assert refused.message.startswith("list.json is no valid JSON (")


def test_a_text_given_as_paragraphs_has_a_line_for_each(read):
    assert (
        one(read([{"text": ["One is here.", "Two is here."]}])).text == "One is here.\nTwo is here."
    )


def test_meta_fills_what_the_object_leaves_open(read):
    article = one(read([{"text": TEXT, "meta": {"outlet": "Mercury", "n": 1}, "outlet": "Other"}]))
    assert (article.outlet, dict(article.extra)) == ("Other", {"n": 1})


def test_a_mapping_reaches_into_objects(read):
    item = {"words": TEXT, "where": {"paper": "Mercury"}}
    article = one(read([item], map={"text": "words", "outlet": "where.paper"}))
    assert (article.text, article.outlet) == (TEXT, "Mercury")


def test_a_mapping_of_no_field_is_refused(read):
    (refused,) = read([{"text": TEXT}], map={"wörds": "text"})
    assert refused.message == "list.jsonl: the mapping names the field “wörds”."


def test_unstorable_characters_are_replaced_everywhere(read):
    article = one(
        read(rb'{"text": "One \ud800 two", "title": "a\u0000b", "x": ["\udfff", {"y": NaN}]}')
    )
    assert (article.text, article.headline) == ("One \ufffd two", "a\ufffdb")
    assert article.extra == {"x": ["\ufffd", {"y": None}]}
    json.dumps(to_line(article), ensure_ascii=False).encode()


def test_cut_content_of_a_news_interface_is_said(read):
    article = one(read({"articles": [{"content": f"{TEXT}… [+1234 chars]", "title": "x"}]}))
    assert "The text is cut" in article.warnings[0]


def test_numbers_as_dates_and_ambiguous_dates(read):
    assert one(read([{"text": TEXT, "timestamp": 1772529600}])).published[:10] == "2026-03-03"
    found = read([{"text": TEXT, "date": "03/04/2021"}, {"text": TEXT, "date": "16/04/2021"}])
    assert [a.published for a in found] == ["2021-04-03", "2021-04-16"]
    assert one(read([{"text": TEXT, "date": "03/04/2021"}])).published == ""


def test_lines_of_the_text_command_come_back_with_their_roles(read, tmp_path):
    (tmp_path / "page.txt").write_text(
        f"Bridge closed\nBy Ruth Adeyemi\n\n{TEXT}\n\nAn added line of prose stands here as well.\n"
        "SOURCE:AFP\n",
        encoding="utf-8",
    )
    (before,) = intake([tmp_path / "page.txt"])
    after = one(read(json.dumps(to_line(before))))
    assert (after.text, after.blocks, after.headline) == (
        before.text,
        before.blocks,
        "Bridge closed",
    )
    assert (after.id, after.wire_credit, after.byline) == ("page.txt", "AFP", "Ruth Adeyemi")
    assert after.outlet == ""


@pytest.mark.parametrize(
    "blocks",
    [
        [{"start": 0, "end": 9999, "role": "main"}],
        [{"start": 0, "end": 4, "role": "lede"}],
        [{"start": "0", "end": 4, "role": "main"}],
        [{"start": 3, "end": 6, "role": "main"}, {"start": 0, "end": 2, "role": "main"}],
        ["main"],
        "main",
    ],
)
def test_roles_that_do_not_fit_are_made_anew(read, blocks):
    article = one(read([{"text": TEXT, "blocks": blocks}]))
    assert [(b.start, b.end, b.role) for b in article.blocks] == [(0, len(TEXT), "main")]
    assert "made anew" in article.warnings[0]


def test_what_is_nested_too_deeply_is_refused_or_kept_as_text(read):
    deep = "[" * 60 + "]" * 60
    assert isinstance(one(read(f'{{"text": "{TEXT}", "x": {deep}}}')).extra["x"], list)
    (refused,) = read(f'{{"text": "x", "x": {"[" * 100_000}')
    assert "is no valid JSON (nested too deeply)" in refused.message


@pytest.mark.parametrize(
    ("content", "name"), [("[]", "a.json"), ("\n", "b.jsonl"), ("3", "c.json")]
)
def test_files_without_articles_are_refused(read, content, name):
    (refused,) = read(content, name)
    assert name in refused.message
