"""The highlighter as a whole, and its parts as spaCy components."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotator.errors import BadInput
from annotator.highlight.pipeline import Highlighter, to_line
from annotator.model.article import Block
from annotator.model.span import check_fragments

TEXT = (
    "Skip to main content\n"
    "“We wait for the wall,” said Mayor Dana Ruiz in Portugal.\n"
    "“We are tired of it,” Ruiz added, and called the delay “a bad joke” \N{GRINNING FACE}."
)


@pytest.fixture(scope="module")
def highlighter():
    return Highlighter(model="rules")


def test_one_pass_gives_all_layers(highlighter):
    (found,) = highlighter.find([TEXT])
    assert {f.layer for f in found} == {"entity", "quote", "attribution", "boilerplate"}
    assert {f.component for f in found} == {"entities", "quotes", "boilerplate"}


def test_links_point_at_sources_and_cues(highlighter):
    (found,) = highlighter.find([TEXT])
    linked = [f for f in found if f.layer == "quote" and f.source is not None]
    assert linked
    assert all(found[f.source].code == "source" and found[f.cue].code == "cue" for f in linked)


def test_a_line_of_the_command_has_the_agreed_shape(highlighter):
    (found,) = highlighter.find([TEXT])
    line = to_line("x1", found, TEXT)
    ids = [a["id"] for a in line["annotations"]]
    assert line["id"] == "x1"
    assert len(set(ids)) == len(ids)
    assert {link["kind"] for link in line["links"]} == {"source", "cue"}
    assert all(link["from"] in ids and link["to"] in ids for link in line["links"])
    for annotation in line["annotations"]:
        pieces = [TEXT[start:end] for start, end in annotation["fragments"]]
        assert annotation["exact"] == pieces
        assert 0 <= annotation["score"] <= 1


def test_blocks_of_the_importer_reach_the_boilerplate_coder(highlighter):
    (found,) = highlighter.find([(TEXT, [Block(21, 30, "promo")])])
    assert [f.code for f in found if f.layer == "boilerplate"] == ["promo"]


def test_only_the_layers_asked_for_are_found():
    (found,) = Highlighter(layers=("quotes",)).find([TEXT])
    assert {f.component for f in found} == {"quotes"}


def test_versions_are_given_by_component(highlighter):
    assert set(highlighter.versions) == {"entities", "quotes", "boilerplate"}
    assert all(highlighter.versions.values())


def test_an_unknown_layer_is_refused_by_name():
    with pytest.raises(BadInput, match="moods"):
        Highlighter(layers=("moods",))


def test_a_missing_pipeline_says_how_to_get_it():
    with pytest.raises(BadInput, match="spacy download xx_no_such_pipeline"):
        Highlighter(model="xx_no_such_pipeline")


def test_an_unknown_language_works_with_general_rules():
    (found,) = Highlighter(layers=("quotes",), language="qq").find(["“Go,” said Ann Lee."])
    assert found[0].code == "direct"


def test_a_saved_pipeline_gives_its_names_as_candidates(tmp_path):
    import spacy

    nlp = spacy.blank("en")
    ruler = nlp.add_pipe("entity_ruler")
    ruler.add_patterns(
        [{"label": "PERSON", "pattern": "nanny x"}, {"label": "DATE", "pattern": "May"}]
    )
    nlp.to_disk(tmp_path / "own")
    own = Highlighter(layers=("entities",), model=str(tmp_path / "own"))
    (found,) = own.find(["the nanny x came in May"])
    assert [(f.code, f.attributes["name"]) for f in found] == [("PER", "nanny x")]
    assert own.versions["entities"].startswith("1.")
    assert "pipeline" in own.versions["entities"]


def test_long_texts_go_through_a_pipeline_in_pieces(tmp_path):
    import spacy

    nlp = spacy.blank("en")
    ruler = nlp.add_pipe("entity_ruler")
    ruler.add_patterns([{"label": "PERSON", "pattern": "nanny x"}])
    nlp.to_disk(tmp_path / "own")
    text = "the nanny x came in on time.\n" * 9000
    (found,) = Highlighter(layers=("entities",), model=str(tmp_path / "own")).find([text])
    assert len(found) == 9000
    assert {f.fragments[0].of(text) for f in found} == {"nanny x"}


def test_components_work_in_plain_spacy():
    import spacy

    import annotator.highlight.components  # registers the factories

    nlp = spacy.blank("en")
    nlp.add_pipe("parallax_quotes")
    doc = nlp("“We wait,” said Dana Ruiz.")
    assert [(s.text, s.label_) for s in doc.spans["parallax_quotes"]] == [
        ("“We wait,”", "direct"), ("Dana Ruiz", "source"), ("said", "cue"),
    ]  # fmt: skip
    assert doc.spans["parallax_quotes"][0]._.parallax.attributes["speaker"] == "Dana Ruiz"
    assert spacy.blank("en").from_bytes is not None
    assert annotator.highlight.components.STORE in doc.user_data


def test_the_package_itself_does_not_load_spacy():
    code = "import annotator.highlight, sys; sys.exit('spacy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize(
    "text",
    ["", " \n\n ", "...!?", "“”", "\"", "''''", "\N{GRINNING FACE}" * 20, "“שלום,” אמר דן.",
     "a" * 5000, "“ " * 300, "\u202e“abc”\u202c said X.", "\ue000\ue001 “a” said B."],
)  # fmt: skip
def test_odd_texts_are_read_without_a_fault(highlighter, text):
    (found,) = highlighter.find([text])
    for f in found:
        check_fragments(f.fragments, len(text))


def test_texts_over_a_million_characters_are_read(highlighter):
    paragraph = "The town waited for the wall, and the wall did not come that winter either. " * 12
    text = "\n".join([paragraph] * 1100) + "\n“We wait,” said Dana Ruiz."
    assert len(text) > 1_000_000
    (found,) = Highlighter(layers=("quotes",), model="rules").find([text])
    assert "Dana Ruiz" in {f.attributes.get("speaker") for f in found}


def test_the_same_text_gives_the_same_findings(highlighter):
    assert next(iter(highlighter.find([TEXT, TEXT]))) == list(highlighter.find(["x", TEXT]))[1]


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.lists(
        st.sampled_from(
            [
                "“",
                "”",
                '"',
                "'",
                "said",
                "Dana Ruiz",
                "the mayor",
                ",",
                ".",
                "that",
                "\n",
                "She",
                "according to",
                ":",
                "We wait",
                "who",
                "—",
                "(",
                ")",
                "told",
                "adding",
                "and",
                "’s",
            ]
        ),
        max_size=30,
    )
)
def test_findings_are_sound_for_any_mixture(highlighter, words):
    text = " ".join(words)
    (found,) = highlighter.find([text])
    for f in found:
        check_fragments(f.fragments, len(text))
        assert 0 <= f.score <= 1
        assert f.source is None or found[f.source].code == "source"
        assert f.cue is None or found[f.cue].code == "cue"
