"""Sentences as dependency trees, in plain tuples: what a parser knows and spaCy need not keep.

A tree is made from a parsed sentence and outlives it. Labels are those of Universal Dependencies
version 2 (nsubj, ccomp, parataxis); a pipeline with other labels is not asked. What trees are
used for is decided in `clauses`.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from annotator.model.span import Span

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from spacy.language import Language
    from spacy.tokens import Doc

    # Sentences with the offset at which each begins, to trees in the same order.
    Parse = Callable[[Sequence[tuple[int, str]]], list["Tree"]]


PARTS = ("tok2vec", "tagger", "parser")
MARKER = "nsubj:pass"  # a label only Universal Dependencies have
AT_ONCE = 32


@dataclass(frozen=True, slots=True)
class Node:
    """One word of a sentence.

    Args:
        start: First code point.
        end: One after the last.
        label: How it hangs on its head.
        tag: Part of speech, Penn tags.
        head: Number of its head; its own for the root.
        left: Number of the first word of all that hangs on it.
        right: Number of the last.
    """

    start: int
    end: int
    label: str
    tag: str
    head: int
    left: int
    right: int


@dataclass(frozen=True, slots=True)
class Tree:
    """A parsed sentence; offsets are those of the text it stands in."""

    nodes: tuple[Node, ...]

    @classmethod
    def of(cls, doc: Doc, offset: int) -> Tree:
        """Return the tree of a parsed document that begins at `offset` of a text."""
        return cls(
            tuple(
                Node(offset + t.idx, offset + t.idx + len(t), t.dep_, t.tag_, t.head.i,
                     t.left_edge.i, t.right_edge.i)
                for t in doc
            )
        )  # fmt: skip

    def at(self, position: int) -> int:
        """Return the number of the word a code point stands in or behind, -1 if before all."""
        return bisect_right(self.nodes, position, key=lambda node: node.start) - 1

    def children(self, number: int, *labels: str) -> list[int]:
        """Return the words that hang on a word by one of the labels, all if none is given."""
        return [
            n
            for n, node in enumerate(self.nodes)
            if node.head == number and n != number and (not labels or node.label in labels)
        ]

    def span(self, number: int) -> Span:
        """Return the stretch of a word and all that hangs on it."""
        node = self.nodes[number]
        return Span(self.nodes[node.left].start, self.nodes[node.right].end)


class SentenceParser:
    """Parses single sentences with the parts of a pipeline that this needs."""

    def __init__(self, nlp: Language) -> None:
        self.nlp = nlp

    @staticmethod
    def suits(nlp: Language) -> bool:
        """Say whether a pipeline has a parser with the labels of Universal Dependencies."""
        return "parser" in nlp.component_names and MARKER in nlp.get_pipe("parser").labels  # type: ignore[attr-defined]  # spaCy types pipes as callables

    def __call__(self, sentences: Sequence[tuple[int, str]]) -> list[Tree]:
        """Return a tree for every sentence."""
        docs = [self._doc(text) for _, text in sentences]
        for name, pipe in self.nlp.components:
            if name in PARTS:
                docs = list(pipe.pipe(docs, batch_size=AT_ONCE))  # type: ignore[attr-defined]  # as above
        return [Tree.of(doc, offset) for doc, (offset, _) in zip(docs, sentences, strict=True)]

    def _doc(self, text: str) -> Doc:
        """Return a sentence as tokens, told to be one: the parser would cut it again."""
        doc = self.nlp.make_doc(text)
        for token in doc[1:]:
            token.is_sent_start = False
        return doc
