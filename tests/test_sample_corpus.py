"""The sample corpus: every quote stands in its article, every word of a coding in the codebook."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from datetime import date
from itertools import pairwise

import pytest

from annotator.formats.codebooks import read_codebook
from annotator.model.annotation import MISSING_CODES
from annotator.model.article import clean, word_count
from annotator.model.codebook import missing_attributes
from annotator.settings import sample_corpus

CODERS = ("coder-1", "coder-2")
FIELDS = {"article", "layer", "code", "quote", "occurrence", "more", "attributes", "note"}


def toml(*parts):
    return tomllib.loads(sample_corpus(*parts).read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def manifest():
    return toml("manifest.toml")


@pytest.fixture(scope="module")
def texts():
    return {
        path.stem: path.read_bytes().decode("utf-8")
        for path in sorted(sample_corpus("articles").glob("*.txt"))
    }


@pytest.fixture(scope="module")
def codebook():
    return read_codebook(sample_corpus("codebook.toml"))


@pytest.fixture(scope="module", params=CODERS)
def coding(request):
    return toml("codings", f"{request.param}.toml")


@pytest.fixture(scope="module")
def codings():
    return [toml("codings", f"{name}.toml") for name in CODERS]


def stretches(annotation, texts):
    """Return the stretches of a coding's annotation, as the README says they are found."""
    text, start, end = texts[annotation["article"]], -1, 0
    for _ in range(annotation.get("occurrence", 1)):
        start = text.find(annotation["quote"], start + 1)
        assert start >= 0, annotation
    found = [(start, start + len(annotation["quote"]))]
    for more in annotation.get("more", []):
        end = found[-1][1]
        start = text.find(more, end)
        assert start >= 0, annotation
        found.append((start, start + len(more)))
    return found


def test_five_articles_of_one_story_are_described(manifest, texts):
    articles = manifest["article"]
    assert [article["file"] for article in articles] == [f"articles/{name}.txt" for name in texts]
    assert len({article["outlet"] for article in articles}) == 5
    assert date.fromisoformat(manifest["story"]["date"]) == date(2026, 5, 12)
    for article in articles:
        assert re.match(r"https://[a-z-]+\.example\.org/", article["url"])
        assert date.fromisoformat(article["published"]).year == 2026
        assert article["language"] == "en"
        assert article["headline"]
        assert {"country", "kind", "leaning", "byline", "wire_credit"} < set(article)


def test_articles_are_canonical_texts_of_a_usual_length(texts):
    for name, text in texts.items():
        assert clean(text).text == text, name
        assert clean(text).replaced == 0
        assert 350 <= word_count(text) <= 700, name
        assert text.endswith("\n")


def test_headlines_stand_on_the_pages_but_for_the_rewrite(manifest, texts):
    pages = dict(zip((a["headline"] for a in manifest["article"]), texts.values(), strict=True))
    missing = [headline for headline, text in pages.items() if headline not in text]
    assert missing == ["Quillhaven gets its channel, and the quarrel of the sluices is over"]


@pytest.mark.parametrize(
    ("article", "marks"),
    [
        (
            "01",
            ["min read", "RECOMMENDED", "RelatedNorthgate World - ", "SOURCE:CPS", "/ Fotolink"],
        ),
        ("01", ["\"They told us, 'the eels", "الماء حياة", "🚢", "\u00a0", "‘Honest arithmetic’"]),
        ("02", ["“They told us, ‘the eels", "Discover more from ", "Subscribe to ", "so-called"]),
        ("03", ["Read Full Article", "Leans Left", "Icon", "Northgate WorldNorthgate World"]),
        ("04", ["\u2011", "\u00a0", "• What:", "Key takeaways"]),
        ("05", ["''It is honest counting,''", "''if''", "Read more: ", "Leave a comment"]),
    ],
)
def test_each_page_shows_what_the_readme_promises(article, marks, texts):
    text = next(text for name, text in texts.items() if name.startswith(article))
    for mark in marks:
        assert mark in text


def test_one_headline_stands_twice_and_one_phrase_to_excess(manifest, texts):
    wire, _, _, explainer, _ = texts.values()
    assert wire.count(manifest["article"][0]["headline"]) == 2
    assert explainer.lower().count("quillhaven port expansion") >= 10


def test_a_quote_over_two_paragraphs_is_closed_only_at_its_end(texts):
    wire = next(iter(texts.values()))
    first, second = re.findall(r'^"(?:I am not|But when).*$', wire, flags=re.MULTILINE)
    assert first.count('"') == 1
    assert second.count('"') == 2


def test_the_same_line_has_another_speaker_in_one_outlet(texts):
    for name, text in texts.items():
        line = next(line for line in text.splitlines() if "without water is" in line)
        assert ("Brånvik" in line) == (not name.startswith("05")), name
        assert ("Eguía-Roth" in line) == name.startswith("05"), name


def test_the_rewrite_keeps_the_words_of_the_wire_and_the_explainer_does_not(texts):
    def shingles(text, n=6):
        words = re.findall(r"\w+", text.lower())
        return {tuple(words[i : i + n]) for i in range(len(words) - n + 1)}

    wire, rewrite, _, explainer, translation = (shingles(text) for text in texts.values())
    assert len(wire & rewrite) / len(rewrite) > 0.4
    assert 0 < len(wire & explainer) / len(explainer) < 0.1
    assert len(wire & translation) / len(translation) < 0.05


def test_the_teaching_codebook_has_frames_stance_and_a_sheet(codebook):
    assert [layer.slug for layer in codebook.layers] == ["framing", "stance"]
    assert [code.key for code in codebook.codes] == list("1234567")
    assert {a.slug for a in codebook.attributes if a.layer == "stance"} == {
        "target", "direction", "holder", "explicitness",
    }  # fmt: skip
    assert 6 <= len(codebook.variables) <= 8
    assert len(codebook.scales) == 1


def test_every_quote_of_a_coding_stands_in_its_article(coding, texts):
    for annotation in coding["annotation"]:
        found = stretches(annotation, texts)
        assert all(left[1] <= right[0] for left, right in pairwise(found))


def test_an_occurrence_is_given_only_where_it_is_needed(coding, texts):
    for annotation in coding["annotation"]:
        if "occurrence" in annotation:
            assert texts[annotation["article"]].count(annotation["quote"]) > 1


def test_every_code_and_attribute_of_a_coding_is_in_the_codebook(coding, codebook):
    for annotation in coding["annotation"]:
        assert set(annotation) <= FIELDS
        code = codebook.code(annotation["layer"], annotation["code"])
        assert code is not None, annotation
        asked = {a.slug: a for a in codebook.attributes_of(code)}
        for slug, value in annotation["attributes"].items():
            assert value in {v.slug for v in asked[slug].values}, annotation
        assert missing_attributes(codebook, code, annotation["attributes"]) == []


def test_every_answer_is_a_value_of_its_question_or_a_missing_code(coding, codebook, texts):
    assert len(coding["answer"]) == len(codebook.variables) * len(texts)
    for answer in coding["answer"]:
        variable = codebook.variable(answer["variable"])
        assert answer["article"] in texts
        assert ("value" in answer) != ("missing" in answer), answer
        if "missing" in answer:
            assert answer["missing"] in variable.missing
            assert answer["missing"] in MISSING_CODES
        elif variable.type == "yes-no":
            assert answer["value"] in {0, 1}
        elif variable.values:
            assert answer["value"] in {value.code for value in variable.values}
        else:
            assert answer["value"] >= 0


def test_each_coder_did_a_usual_amount_of_work(coding):
    numbers = Counter(annotation["article"] for annotation in coding["annotation"])
    assert len(numbers) >= 4
    assert all(10 <= number <= 14 for number in numbers.values())
    assert sum("more" in annotation for annotation in coding["annotation"]) >= 2
    assert any("note" in annotation for annotation in coding["annotation"])
    assert {"Ada", "Ben"} >= {coding["coder"]}


def test_the_coders_disagree_in_every_way_and_agree_mostly(codings, texts):
    ada, ben = (
        {
            (a["article"], stretches(a, texts)[0], a["layer"]): (a["code"], a["attributes"])
            for a in coding["annotation"]
        }
        for coding in codings
    )
    same = ada.keys() & ben.keys()
    assert len(same) > 0.5 * min(len(ada), len(ben))
    assert any(ada[place][0] != ben[place][0] for place in same), "another code"
    assert any(
        ada[place][0] == ben[place][0] and ada[place][1] != ben[place][1] for place in same
    ), "another attribute"
    boundary, missed = 0, 0
    for article, (start, end), layer in ada.keys() - same:
        over = [
            span for other, span, name in ben
            if (other, name) == (article, layer) and span[0] < end and start < span[1]
        ]  # fmt: skip
        boundary += bool(over)
        missed += not over
    assert boundary >= 3
    assert missed >= 3
