"""Attributions in headings: "Lee: The dam is safe", "The Dam Is Safe, Mayor Says".

Headings write most words with a capital and leave words out, so the rules for sentences pass them
by. Only short lines without a full stop count as headings; quotation marks are left to the other
rules.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from annotator.highlight.attribution import Attribution
from annotator.highlight.content import cleaned
from annotator.highlight.cues import Cue, colon_cue
from annotator.highlight.lexicon import alternation, cue_words
from annotator.highlight.masking import Q
from annotator.highlight.runs import is_title_case
from annotator.highlight.subjects import trimmed

if TYPE_CHECKING:
    from annotator.highlight.masking import Masked
    from annotator.model.span import Span

WHO = r"[A-ZÀ-Þ][\w’'.-]*(?:\s+[\w’'.-]+){0,4}"
SAYING = alternation(
    ["says", "say", "said", "claims", "claim", "argues", "admits", "warns", "vows", "insists",
     "reveals", "shows", "show", "suggests", "finds", "thinks", "believes", "denies", "predicts"]
)  # fmt: skip
SHAPES = (
    re.compile(rf"(?P<what>.+?),\s+(?P<who>{WHO})\s+(?P<cue>{SAYING})$", re.I),
    re.compile(rf"(?P<who>{WHO})\s+(?P<cue>{SAYING}):?\s+(?P<what>.+)$", re.I),
    re.compile(rf"(?P<who>{WHO})(?P<cue>:)\s+(?P<what>\S.+)$"),
)
LABELS = re.compile(
    r"(?:watch|video|photos?|live|updated?|breaking|exclusive|opinion|analysis|read|listen|review|by|"
    r"correction|note|editor.s note|related|more|tags?|source|sources|filed|topics|see also)\b",
    re.I,
)
LONGEST = 130
LEAST_WORDS = 3


def in_headings(masked: Masked) -> list[Attribution]:
    """Return the attributions of headings, at most one a line."""
    result = []
    for number, sentence in enumerate(masked.sentences):
        line = sentence.of(masked.text)
        if len(line) <= LONGEST and _is_heading(masked.text, sentence, line):
            one = _read(masked.text, sentence, number)
            if one is not None:
                result.append(one)
    return result


def _is_heading(text: str, sentence: Span, line: str) -> bool:
    fills_line = text[sentence.start - 1 : sentence.start] in {"", "\n"}
    last = line.rstrip(f" {Q}")[-1:]
    is_open = text[sentence.end : sentence.end + 1] in {"", "\n"} and last not in ".?!:;,"
    return fills_line and (is_open or last == ".") and is_title_case(line)


def _read(text: str, sentence: Span, number: int) -> Attribution | None:
    span = cleaned(text, sentence.start, sentence.end)
    if span is None:
        return None
    for shape in SHAPES:
        match = shape.match(text, span.start, span.end)
        if match is None or LABELS.match(match["who"]) or Q in match["who"]:
            continue
        what = cleaned(text, *match.span("what"))
        who = trimmed(text, *match.span("who"))
        if what and len(what.of(text).split()) >= LEAST_WORDS and Q not in what.of(text):
            return Attribution(_cue(text, match), who, (what,), "heading", number)
    return None


def _cue(text: str, match: re.Match[str]) -> Cue:
    start, end = match.span("cue")
    if match["cue"] == ":":
        return colon_cue(text, start)
    word = match["cue"].lower()
    entry = cue_words()[word]
    return Cue(start, end, start, entry.lemma, entry.valence, True, word)
