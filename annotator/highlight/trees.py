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

    from spacy.tokens import Doc

    Parse = Callable[[Sequence[str]], list["Tree"]]


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
