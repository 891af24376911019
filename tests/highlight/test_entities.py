"""People, organisations and places by rules."""

from __future__ import annotations

from annotator.highlight.entities import find_entities


def found(text: str) -> list[tuple[str, str]]:
    return [(f.fragments[0].of(text), f.code) for f in find_entities(text)]


def test_titles_and_possessives_stay_outside():
    assert found("Prime Minister Dana Ruiz's plan met Mr. Okoro.") == [
        ("Dana Ruiz", "PER"), ("Okoro", "PER"),
    ]  # fmt: skip


def test_words_tell_organisations_and_places():
    text = "The Ministry of Health and the Harbour Company met in Portugal near the Elm River."
    assert found(text) == [
        ("Ministry of Health", "ORG"), ("Harbour Company", "ORG"), ("Portugal", "LOC"),
        ("Elm River", "LOC"),
    ]  # fmt: skip


def test_nationalities_and_days_are_no_entities():
    assert found("On Monday the French and some German officials left.") == []


def test_the_first_word_of_a_sentence_is_not_a_name_for_its_capital():
    assert found("Fishing stopped. Boats stayed in port, and fishing boats too.") == []


def test_aliases_share_the_full_name():
    text = "Dana Ruiz spoke first. Later Ruiz left, and Ms. Ruiz was cheered."
    names = {f.attributes["name"] for f in find_entities(text)}
    assert names == {"Dana Ruiz"}
    assert len(find_entities(text)) == 3


def test_an_acronym_in_brackets_takes_the_type_of_its_name():
    text = "The Coastal Rescue Association (CRA) met. The CRA agreed."
    assert ("CRA", "ORG") in found(text)
    assert found(text).count(("CRA", "ORG")) == 2


def test_particles_and_foreign_letters_belong_to_names():
    text = "Minister Łukasz Żak met Anna van der Berg and Omar bin Said in Malmö."
    names = [name for name, _ in found(text)]
    assert names[:3] == ["Łukasz Żak", "Anna van der Berg", "Omar bin Said"]


def test_common_nouns_with_capitals_are_no_names_in_german():
    text = "Die Stadt wartet auf den Regen, sagte Bürgermeisterin Anna Berg in Portugal."
    names = [f.fragments[0].of(text) for f in find_entities(text, language="de")]
    assert names == ["Anna Berg", "Portugal"]


def test_two_places_joined_by_a_hyphen_are_two_places():
    assert found("They praised the Japan-Portugal alliance.") == [
        ("Japan", "LOC"), ("Portugal", "LOC"),
    ]  # fmt: skip


def test_a_model_that_finds_nothing_is_believed_but_for_places_and_titles():
    text = "Walking along the Blue Green Shore, they met Mayor Dana Ruiz in Portugal."
    found = [f.fragments[0].of(text) for f in find_entities(text, [])]
    assert found == ["Dana Ruiz", "Portugal"]


def test_a_model_gives_the_names_and_the_document_their_aliases():
    text = "President Dana Ruiz met them. Ruiz left."
    found = find_entities(text, [(0, 19, "PER")])
    assert [(f.fragments[0].of(text), f.attributes["name"]) for f in found] == [
        ("Dana Ruiz", "Dana Ruiz"), ("Ruiz", "Dana Ruiz"),
    ]  # fmt: skip
