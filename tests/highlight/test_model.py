"""The pipeline that ships: that it is whole, licensed, used, and only as far as needed."""

from __future__ import annotations

import json

import pytest

from annotator.highlight.pipeline import Highlighter
from annotator.settings import resource

pytestmark = pytest.mark.model
LIMIT = 12_000_000
TEXT = (
    "“We wait for the wall,” said Dana Ruiz, who runs the harbour of Lisbon for Elm Shipping.\n"
    "Ruiz was confident that the wall would be ready by May.\n"
)


@pytest.fixture(scope="module")
def highlighter():
    return Highlighter()


def test_the_model_is_small_and_has_no_vectors():
    folder = resource("models", "en_news_small")
    assert sum(f.stat().st_size for f in folder.rglob("*") if f.is_file()) <= LIMIT
    assert (folder / "vocab" / "vectors").stat().st_size < 1000


def test_the_model_carries_its_licence_and_names_its_sources():
    folder = resource("models", "en_news_small")
    assert "CC BY-SA 4.0" in (folder / "LICENSE").read_text(encoding="utf-8")
    notice = (folder / "NOTICE").read_text(encoding="utf-8")
    for source in ("UD_English-EWT", "UNER_English-EWT", "GUM", "Wikigold", "CrossNER", "GeoNames"):
        assert source in notice
    assert "used to train a statistical model" in " ".join(notice.split())
    assert json.loads((folder / "meta.json").read_bytes())["license"] == "CC BY-SA 4.0"


def test_versions_name_the_model_where_it_has_a_say(highlighter):
    assert "+en_news_small-" in highlighter.versions["entities"]
    assert "+en_news_small-" in highlighter.versions["quotes"]
    assert "+" not in highlighter.versions["boilerplate"]


@pytest.mark.parametrize("name", ["rules", "none"])
def test_rules_alone_are_a_choice(name):
    by_rules = Highlighter(model=name)
    assert "+" not in "".join(by_rules.versions.values())
    assert by_rules.nlp.pipe_names == [f"parallax_{layer}" for layer in by_rules.layers]


@pytest.mark.parametrize(
    ("layers", "parts"),
    [
        (("entities",), ["ner"]),
        (("quotes",), ["tok2vec", "tagger", "parser"]),
        (("boilerplate",), []),
    ],
)
def test_only_the_parts_that_are_needed_are_loaded(layers, parts):
    own = [f"parallax_{layer}" for layer in layers]
    assert Highlighter(layers=layers).nlp.pipe_names == [*parts, *own]


def test_names_and_trees_come_from_the_model(highlighter):
    (found,) = highlighter.find([TEXT])
    names = {f.fragments[0].of(TEXT): f.code for f in found if f.layer == "entity"}
    assert names["Dana Ruiz"] == names["Ruiz"] == "PER"
    assert names["Lisbon"] == "LOC"
    parsed = [f for f in found if f.attributes.get("pattern") == "parsed"]
    assert [f.fragments[0].of(TEXT) for f in parsed] == ["that the wall would be ready by May"]


def test_other_languages_work_without_the_model():
    assert Highlighter(language="de").nlp.pipe_names == [
        "parallax_entities", "parallax_quotes", "parallax_boilerplate",
    ]  # fmt: skip


def test_names_and_quotes_in_lists_of_links_are_passed_over():
    page = (
        "Mayor opens wall\n\n" + TEXT + "The town has waited for the wall for eleven long years.\n"
        "\nRead more:\nBo Ray: “I Never Wanted To Go Home”\nAnn Lee Leaves Norway For Good\n"
        "Ten Ways To Cook A Turnip\nWhat Cem Oz Said About Rain\n"
    )
    (found,) = Highlighter(model="rules").find([page])
    names = {f.fragments[0].of(page) for f in found if f.layer == "entity"}
    assert "Dana Ruiz" in names
    assert not names & {"Bo Ray", "Ann Lee", "Cem Oz", "Norway"}
    assert not any("Never Wanted" in f.fragments[0].of(page) for f in found if f.layer == "quote")
