"""Who says what: direct, indirect and mixed speech with sources and cues."""

from __future__ import annotations

import pytest

from annotator.highlight.quotes import find_quotes


def said(text: str) -> list[tuple[str, list[str], str | None, str | None]]:
    """Return code, fragments, source and cue of every quote as written."""
    found = find_quotes(text)
    result = []
    for f in found:
        if f.layer != "quote":
            continue
        source = None if f.source is None else found[f.source].fragments[0].of(text)
        cue = None if f.cue is None else found[f.cue].fragments[0].of(text)
        result.append((f.code, [s.of(text) for s in f.fragments], source, cue))
    return result


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“We wait,” Dana Ruiz said.", ("direct", ["“We wait,”"], "Dana Ruiz", "said")),
        ("“We wait,” said Dana Ruiz.", ("direct", ["“We wait,”"], "Dana Ruiz", "said")),
        ("Dana Ruiz said, “We wait.”", ("direct", ["“We wait.”"], "Dana Ruiz", "said")),
        ("Ruiz told reporters: “We wait.”", ("direct", ["“We wait.”"], "Ruiz", "told")),
        (
            "“We wait for the court to rule,” according to Dana Ruiz.",
            ("direct", ["“We wait for the court to rule,”"], "Dana Ruiz", "according to"),
        ),
        (
            "“We wait,” she said, “and we hope.”",
            ("direct", ["“We wait,”", "“and we hope.”"], "she", "said"),
        ),
        (
            "The ministry said in a statement that the dam is safe.",
            ("indirect", ["that the dam is safe"], "The ministry", "said"),
        ),
        (
            "The dam is safe, the ministry said on Monday.",
            ("indirect", ["The dam is safe"], "the ministry", "said"),
        ),
        (
            "According to the ministry, the dam is safe.",
            ("indirect", ["the dam is safe"], "the ministry", "According to"),
        ),
        (
            "Ruiz, who runs the harbour, said that the dam “will hold” this winter.",
            ("mixed", ["that the dam “will hold” this winter"], "Ruiz", "said"),
        ),
        ("Ruiz called it “a bad joke”.", ("direct", ["“a bad joke”"], "Ruiz", "called")),
        (
            "Ruiz called the plan “a bad joke”.",
            ("mixed", ["the plan “a bad joke”"], "Ruiz", "called"),
        ),
        (
            "The dam, Ruiz said, is safe.",
            ("indirect", ["The dam", "is safe"], "Ruiz", "said"),
        ),
    ],
)
def test_a_sentence_gives_content_source_and_cue(text, expected):
    assert said(text)[0] == expected


def test_a_quotation_in_several_fragments_is_one_finding():
    text = "“We wait,” said Dana Ruiz, a farmer. “We are tired.”"
    assert said(text) == [("direct", ["“We wait,”", "“We are tired.”"], "Dana Ruiz", "said")]


def test_a_quotation_over_two_paragraphs_is_one_finding():
    text = "“We wait,” said Dana Ruiz. “It rains.\n\n“It will rain tomorrow.”"
    assert said(text)[0][1] == ["“We wait,”", "“It rains.", "“It will rain tomorrow.”"]


def test_a_quotation_announced_by_a_colon_stands_in_the_next_paragraph():
    text = "Dana Ruiz continued:\n\n“We have waited for years.”"
    assert said(text) == [("direct", ["“We have waited for years.”"], "Dana Ruiz", "continued")]


def test_a_full_stop_in_a_quotation_keeps_the_next_cue_from_it():
    text = "“We wait,” Ann Lee said. Bo Ray disagreed. “We go now.” He added, “Tonight.”"
    found = find_quotes(text)
    last = found[-1] if found[-1].layer == "quote" else [f for f in found if f.layer == "quote"][-1]
    assert last.fragments[-1].of(text) == "“Tonight.”"
    assert "“We go now.”" not in [s.of(text) for s in last.fragments]


def test_scare_quotes_are_terms():
    text = "Exports of “dual-use” goods to the so-called “Southwest” region rose."
    assert [(c, f) for c, f, _, _ in said(text)] == [
        ("term", ["“dual-use”"]), ("term", ["“Southwest”"]),
    ]  # fmt: skip


def test_titles_of_works_are_terms():
    text = "Dana Ruiz told the host of “The Morning Hour” that the dam is safe."
    found = said(text)
    assert ("term", ["“The Morning Hour”"], None, None) in found
    assert ("indirect", ["that the dam is safe"], "Dana Ruiz", "told") in found


def test_speakers_are_resolved_from_surnames_and_pronouns():
    text = "Mayor Dana Ruiz opened the bridge. “We wait,” she said. “Later,” Ruiz said."
    names = [f.attributes.get("speaker") for f in find_quotes(text) if f.layer == "quote"]
    assert names == ["Dana Ruiz", "Dana Ruiz"]


@pytest.mark.parametrize(
    ("verb", "valence"),
    [
        ("said", "neutral"),
        ("explained", "neutral"),
        ("noted", "affirming"),
        ("claimed", "doubting"),
    ],
)
def test_cues_carry_the_stance_of_their_verb(verb, valence):
    found = find_quotes(f"“We wait,” Dana Ruiz {verb}.")
    assert [f.attributes["valence"] for f in found if f.code == "cue"] == [valence]


@pytest.mark.parametrize(
    ("text", "source", "cue"),
    [
        ("„Wir warten auf den Regen“, sagte Anna Berg am Montag.", "Anna Berg", "sagte"),
        ("« Nous attendons la pluie », a déclaré Anne Leroy.", "Anne Leroy", "a déclaré"),
        ("«Esperamos la lluvia», dijo Ana Ruiz.", "Ana Ruiz", "dijo"),
        ("«Мы ждём дождя», сказал Иван Петров.", "Иван Петров", "сказал"),
    ],
)
def test_common_verbs_of_other_languages_attribute_quotations(text, source, cue):
    assert said(text)[0][2:] == (source, cue)
    assert said(text)[0][0] == "direct"


def test_the_relative_pronoun_is_the_source_and_its_antecedent_the_speaker():
    text = "The prize went to Dana Ruiz, who said: “I did not expect this at all.”"
    found = find_quotes(text)
    assert found[0].attributes["speaker"] == "Dana Ruiz"
    assert found[found[0].source].fragments[0].of(text) == "who"


def test_party_and_state_in_brackets_do_not_hide_the_speaker():
    text = "“We wait for the court,” Sen. Dana Ruiz (D-Ohio) said Tuesday."
    assert said(text)[0][2] == "Sen. Dana Ruiz"
    assert find_quotes(text)[0].attributes["speaker"] == "Dana Ruiz"


def test_a_question_is_attributed_to_who_asks_it():
    assert said("“Who pays for all this?” Ruiz asked.")[0][2:] == ("Ruiz", "asked")


def test_signatures_after_a_dash_name_the_speaker():
    text = "“The wall came far too late for us.” — Dana Ruiz\n“We leave.” — Bo Ray"
    assert [source for _, _, source, _ in said(text)] == ["Dana Ruiz", "Bo Ray"]


def test_names_before_a_colon_in_a_transcript_speak():
    text = "“HOST: Where were you on that day?\n\n“RUIZ: I was at the harbour all day.”"
    assert [source for _, _, source, _ in said(text)] == ["HOST", "RUIZ"]


def test_a_statement_can_be_the_source():
    text = "“The dam is safe and sound,” the ministry’s statement said."
    assert said(text)[0][2] == "the ministry’s statement"


def test_nouns_are_no_cues():
    assert (
        said("Reports of the claim and the answers to it were late, as were all its notes.") == []
    )


def test_stretches_between_marks_are_listed():
    text = "Ruiz said the dam “will hold” and “must hold”."
    quote = find_quotes(text)[0]
    assert [text[a:b] for a, b in quote.attributes["quoted"]] == ["“will hold”", "“must hold”"]


def test_a_missing_mark_lowers_the_score():
    whole = find_quotes("“We wait for rain,” said Ruiz.\n\nIt rained.")[0]
    torn = find_quotes("Ruiz said, “We wait for rain\n\nIt rained.")[0]
    assert torn.attributes["flaw"] == "unclosed"
    assert torn.score < whole.score
