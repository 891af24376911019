"""A text with its quotations blanked out, so that what stands around them can be parsed.

Same length, same offsets: every character of a quotation becomes one private character, and the
last one keeps the punctuation with which the quotation ended. Sentences are cut on the masked
text, so that a full stop inside a quotation in mid-sentence ends nothing.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING

from annotator.highlight.lexicon import cue_words
from annotator.model.segment import sentences

if TYPE_CHECKING:
    from collections.abc import Sequence

    from annotator.model.span import Span

Q = "\ue000"
PRIVATE = re.compile("[\ue000-\uf8ff]")
# "(D-Ohio)" and ", R-Ky.," stand between a name and its verb and say nothing to a parser.
ASIDE = re.compile(
    r"(?<=\w) \([^()\n]{1,40}\)|(?<=\w)\. \([^()\n]{1,25}\)|(?<=[a-z]), [RDI]-[A-Z][\w.]{0,8},?"
)
SIGNED = re.compile(r"\s*(?:[―—–]|--?)\s*[A-ZÀ-Þ][^\n]{2,60}?\.?\s*(?:\n|$)")
TITLE = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|Sen|Rep|Gov|Gen|Lt|Col|[A-Z])\.")
WORDS = re.compile(r"[^\W\d_][\w’'-]*")
MARKS = re.compile("[\"“”„‟«»]|''|‘|(?<!\\w)'|['’](?!\\w)")
ENDING = re.compile(r"([.,?!…;:])[\s'’\"”“»«‘]*$")


@dataclass(frozen=True, slots=True)
class Masked:
    """A masked text and its sentences.

    Args:
        text: As long as the original.
        sentences: Ascending, disjoint stretches.
        paragraphs: For every sentence the number of its paragraph.
    """

    text: str
    sentences: tuple[Span, ...]
    paragraphs: tuple[int, ...]


def overlaps_any(span: Span, pieces: Sequence[Span]) -> bool:
    """Say whether a span overlaps one of ascending, disjoint pieces."""
    at = bisect_left(pieces, span.end, key=lambda piece: piece.start)
    return at > 0 and pieces[at - 1].end > span.start


def mask(text: str, quoted: Sequence[Span], terms: Sequence[Span] = ()) -> Masked:
    """Blank out the quoted stretches (marks included) and cut sentences.

    Terms keep their words and lose only their marks.
    """
    pieces: list[str] = []
    position = 0
    plain = PRIVATE.sub(" ", text)
    for span in terms:
        bare = MARKS.sub(lambda m: " " * len(m.group()), span.of(plain))
        plain = plain[: span.start] + bare + plain[span.end :]
    for span in quoted:
        pieces.append(plain[position : span.start])
        pieces.append(_blank(text, span))
        position = span.end
    pieces.append(plain[position:])
    masked = ASIDE.sub(lambda m: " " * len(m.group()), "".join(pieces))
    cut = tuple(sentences(masked))
    numbers, number, last = [], 0, 0
    for sentence in cut:
        number += masked.count("\n", last, sentence.start)
        last = sentence.start
        numbers.append(number)
    return Masked(masked, cut, tuple(numbers))


def _blank(text: str, span: Span) -> str:
    """Return filler of the same length; newlines stay, the end keeps its punctuation."""
    inside = span.of(text)
    filler = "".join("\n" if char == "\n" else Q for char in inside[:-1])
    ending = ENDING.search(inside)
    mark = {"!": "?", "…": ".", ";": Q, ":": Q}.get(ending[1], ending[1]) if ending else Q
    after = text[span.end : span.end + 160]
    if (mark == "?" and _is_asked(after)) or (mark in ".?" and SIGNED.match(after)):
        mark = ","
    return filler + mark


def _is_asked(after: str) -> bool:
    """Say whether "…?" goes on with a subject and its verb of saying."""
    words = WORDS.findall(after.split("\n", maxsplit=1)[0][:100])
    for number, word in enumerate(words[:9]):
        known = cue_words().get(word)
        if known and known.is_strong and not word.endswith("ing") and number > 0:
            between = TITLE.sub("", after[: after.index(word)])
            return re.search(r"[.!?;:]\s", between) is None
        if word in {"is", "was", "are", "were", "the", "that"} and number > 1:
            return False
    return False
