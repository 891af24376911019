"""What trees correct and add in attributions; the trees are made by hand."""

from __future__ import annotations

import pytest

from annotator.highlight.clauses import is_worth_parsing
from annotator.highlight.quotes import find_quotes
from annotator.highlight.trees import Node, Tree


def tree(rows: str, text: str, offset: int = 0) -> Tree:
    """Make a tree of lines "word tag label head": heads count from 1, 0 is the root."""
    parts = [line.split() for line in rows.strip().splitlines()]
    heads = [int(p[3]) - 1 if int(p[3]) else n for n, p in enumerate(parts)]
    below: list[set[int]] = [{n} for n in range(len(parts))]
    for number in range(len(parts)):
        above = number
        while heads[above] != above:
            above = heads[above]
            below[above].add(number)
    nodes, position = [], 0
    for number, (word, tag, label, _) in enumerate(parts):
        start = text.index(word, position)
        position = start + len(word)
        nodes.append(
            Node(offset + start, offset + position, label, tag, heads[number],
                 min(below[number]), max(below[number]))
        )  # fmt: skip
    return Tree(tuple(nodes))


def said(text: str, rows: str = "") -> list[tuple[str, str | None]]:
    """Return the contents and sources of quotes, with the tree of the only sentence if given."""

    def parse(sentences):
        return [tree(rows, sentence, offset) for offset, sentence in sentences]

    found = find_quotes(text, parse if rows else None)
    quotes = [f for f in found if f.layer == "quote"]
    sources = [None if f.source is None else found[f.source].fragments[0].of(text) for f in quotes]
    return [(q.fragments[0].of(text), s) for q, s in zip(quotes, sources, strict=True)]


def test_a_noun_that_looks_like_a_verb_attributes_nothing():
    text = "He defaulted on his state loan."
    rows = """
        He PRP nsubj 2
        defaulted VBD ROOT 0
        on IN case 6
        his PRP$ nmod:poss 6
        state NN compound 6
        loan NN obl 2
    """
    assert said(text, rows) == []


def test_content_ends_where_the_clause_of_its_verb_ends():
    text = "While Ruiz found that the dam leaks, the court let it stand."
    rows = """
        While IN mark 3
        Ruiz NNP nsubj 3
        found VBD advcl 10
        that IN mark 7
        the DT det 6
        dam NN nsubj 7
        leaks VBZ ccomp 3
        the DT det 9
        court NN nsubj 10
        let VBD ROOT 0
        it PRP nsubj 12
        stand VB ccomp 10
    """
    assert said(text)[0][0] == "that the dam leaks, the court let it stand"
    assert said(text, rows) == [("that the dam leaks", "Ruiz")]


def test_a_relative_clause_is_not_what_was_said():
    text = "Ruiz agreed to mend the dam that had leaked."
    rows = """
        Ruiz NNP nsubj 2
        agreed VBD ROOT 0
        to TO mark 4
        mend VB xcomp 2
        the DT det 6
        dam NN obj 4
        that WDT nsubj 9
        had VBD aux 9
        leaked VBN acl:relcl 6
    """
    assert said(text, rows) == [("to mend the dam that had leaked", "Ruiz")]


def test_an_adjective_with_a_clause_attributes():
    text = "Ruiz was confident the dam would hold."
    rows = """
        Ruiz NNP nsubj 3
        was VBD cop 3
        confident JJ ROOT 0
        the DT det 5
        dam NN nsubj 7
        would MD aux 7
        hold VB ccomp 3
    """
    assert said(text) == []
    assert said(text, rows) == [("the dam would hold", "Ruiz")]


def test_what_somebody_is_called_is_content_without_marks():
    text = "Ruiz called the plan a joke."
    rows = """
        Ruiz NNP nsubj 2
        called VBD ROOT 0
        the DT det 4
        plan NN obj 2
        a DT det 6
        joke NN xcomp 2
    """
    assert said(text, rows) == [("the plan a joke", "Ruiz")]


def test_a_participle_borrows_the_subject_of_its_sentence():
    text = "Ruiz spoke, backing the plan."
    rows = """
        Ruiz NNP nsubj 2
        spoke VBD ROOT 0
        , , punct 4
        backing VBG advcl 2
        the DT det 6
        plan NN obj 4
    """
    assert said(text, rows) == [("the plan", "Ruiz")]


def test_what_nobody_holds_is_not_added():
    text = "Ruiz never backed the plan."
    rows = """
        Ruiz NNP nsubj 3
        never RB advmod 3
        backed VBD ROOT 0
        the DT det 5
        plan NN obj 3
    """
    assert said(text, rows) == []


def test_quotations_in_marks_stay_as_rules_have_them():
    text = "“The dam holds,” Ruiz said."
    rows = "\n".join(f"{w} NN compound 1" for w in ("“The", "dam", "holds,”", "Ruiz", "said."))
    assert said(text, rows.replace("compound 1", "ROOT 0", 1)) == said(text)


@pytest.mark.parametrize(
    ("heading", "content", "source"),
    [
        ("Ruiz: Harbour Wall Will Never Be Built", "Harbour Wall Will Never Be Built", "Ruiz"),
        ("Harbour Wall Is Safe, Mayor Says", "Harbour Wall Is Safe", "Mayor"),
        ("New Survey Shows Strong Support For Harbour Wall",
         "Strong Support For Harbour Wall", "New Survey"),
    ],
)  # fmt: skip
def test_headings_attribute_in_their_own_way(heading, content, source):
    assert said(heading + "\n\nThe town waits.")[0] == (content, source)


@pytest.mark.parametrize(
    "line", ["Watch: Harbour Wall Under Water Again", "Photos: The Harbour Wall Through Time"]
)
def test_labels_of_media_are_no_speakers(line):
    assert said(line + "\n\nThe town waits.") == []


def test_only_sentences_with_telling_words_are_parsed():
    assert is_worth_parsing("Ruiz was confident of it.")
    assert not is_worth_parsing("It rained all day.")
