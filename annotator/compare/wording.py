"""What was changed between two wordings, word by word.

Compared are words, never characters: "minister" and "ministers" differ as a whole. Marks and
spaces do not count. Also the measures of likeness that quotes are judged by.
"""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Literal

from annotator.compare.tokens import read
from annotator.model.span import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from annotator.compare.tokens import Words

Change = Literal["same", "changed", "left out", "added"]
CHANGES: dict[str, Change] = {
    "equal": "same", "replace": "changed", "delete": "left out", "insert": "added",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Difference:
    """One stretch of agreement or change.

    Args:
        change: What happened from the left to the right text.
        left: Where in the left text; None if added.
        right: Where in the right text; None if left out.
    """

    change: Change
    left: Span | None
    right: Span | None


def differences(left: str, right: str) -> list[Difference]:
    """Return what became of the left text's words in the right one, in order.

    >>> [d.change for d in differences("The two ministers met", "Both ministers met again")]
    ['changed', 'same', 'added']
    """
    a, b = read(left), read(right)
    matcher = SequenceMatcher(None, a.forms, b.forms, autojunk=False)
    return [
        Difference(CHANGES[tag], _place(a, i, i_end), _place(b, j, j_end))
        for tag, i, i_end, j, j_end in matcher.get_opcodes()
    ]


def _place(words: Words, first: int, end: int) -> Span | None:
    return Span(words.starts[first], words.ends[end - 1]) if first < end else None


@dataclass(frozen=True, slots=True)
class Likeness:
    """How much two lists of words have in common.

    Args:
        same: Words that agree in order.
        longest: The longest run of agreeing words: first places in both lists, and length.
        ratio: Twice the agreeing words by all words, 0 to 1.
        contained: Agreeing words by the words of the shorter list, 0 to 1.
    """

    same: int
    longest: tuple[int, int, int]
    ratio: float
    contained: float


def likeness(left: Sequence[str], right: Sequence[str]) -> Likeness:
    """Return how much two lists of words have in common.

    >>> likeness("a b c d".split(), "b c x".split()).contained
    0.6666666666666666
    """
    blocks = SequenceMatcher(None, left, right, autojunk=False).get_matching_blocks()
    same = sum(block.size for block in blocks)
    top = max(blocks, key=lambda block: block.size)
    total, least = len(left) + len(right), min(len(left), len(right))
    return Likeness(
        same, (top.a, top.b, top.size), 2 * same / total if total else 1.0,
        same / least if least else 0.0,
    )  # fmt: skip
