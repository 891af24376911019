"""Where words, clauses, sentences and paragraphs begin and end, and snapping to them.

Rules of thumb for running news text in alphabetic scripts, without any model: good enough to snap
a selection and to count. All functions take the canonical text and give spans in code points,
half-open, ascending and disjoint.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from annotator.model.span import Span

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

WORD = re.compile(r"[^\W_]+(?:[\u0300-\u036f]|['’\u2010\u2011-](?=[^\W_])[^\W_]*|[.,](?=\d)\d+)*")
CLOSERS = "\"'”’»›“)]}"
OPENERS = "\"'“‘«‹„‚([{¿¡"
SENTENCE_END = re.compile(rf"(?:[.!?…]+|[。！？])[{re.escape(CLOSERS)}]*(?=\s|$)|(?<=[。！？])")
CLAUSE_BREAK = re.compile(r"[,;:—–](?=\s)|\s[—–-]\s")
ABBREVIATIONS = frozenset(
    """
    a.m adm al approx apr art assn aug b.a bros bspw bzw ca capt cf ch cmdr co col corp cpl
    d.c d.h dec dept dgl dr e.g e.u eg est etc evtl feb fig figs fr fri ft gen ggf gov hon
    hr i.e ie inc inkl jan jr jul jun llc lt ltd m m.a maj mar mlle mme mon mr mrs ms mt no
    nos nov nr oct p p.m ph.d plc pp pres prof rep rev s.o sat sec sen sep sept sgt sr st
    sun supt thu thur thurs tue tues u.a u.k u.n u.s univ usw v vgl vol vols vs wed z.b
    """.split()  # noqa: SIM905  # a list of a hundred words reads better so
)
# Abbreviations that stand before a name or number and so never end a sentence.
NEVER_FINAL = frozenset(
    """
    adm bzw capt cf cmdr col d.h dr e.g eg fig figs gen gov hon hr i.e ie lt maj mlle mme mr
    mrs ms no nos pres prof rep rev sen sgt st v vgl vol vs z.b
    """.split()  # noqa: SIM905  # a list of a hundred words reads better so
)


def words(text: str) -> list[Span]:
    """Return the words: letters and digits with inner apostrophes, hyphens and decimal points.

    >>> [span.of("It's U.S.-led: 3.5m") for span in words("It's U.S.-led: 3.5m")]
    ["It's", 'U', 'S', 'led', '3.5', 'm']
    """
    return [Span(m.start(), m.end()) for m in WORD.finditer(text)]


def paragraphs(text: str) -> list[Span]:
    r"""Return the lines that hold anything but white space, without their surrounding blanks.

    >>> [span.of(" a\n\nb ") for span in paragraphs(" a\n\nb ")]
    ['a', 'b']
    """
    result = []
    start = 0
    for line in text.split("\n"):
        body = line.strip()
        if body:
            first = start + line.index(body[0])
            result.append(Span(first, first + len(body)))
        start += len(line) + 1
    return result


def _is_border(paragraph: str, end: int, match: re.Match[str]) -> bool:
    """Say whether the mark really ends a sentence, not an abbreviation, initial or number."""
    following = paragraph[end:].lstrip()
    if not following:
        return True
    mark = match.group().rstrip(CLOSERS)
    first = following.lstrip(OPENERS)[:1]
    if first.islower():
        return False
    if mark != ".":
        return True
    before = paragraph[: match.start()].rsplit(None, 1)
    token = before[-1].lstrip(OPENERS).lower() if before else ""
    if token in NEVER_FINAL or (len(token) == 1 and token.isalpha()):
        return False
    if token in ABBREVIATIONS:
        return first.isupper() and len(match.group()) > 1
    return not re.fullmatch(r"(?:[a-z]\.)+[a-z]", token) or following[:1] in OPENERS


def sentences(text: str) -> list[Span]:
    """Return the sentences; a line break always ends one.

    >>> t = 'Mr. Abe met Sen. Ito. "Well," he said. They left.'
    >>> [span.of(t) for span in sentences(t)]
    ['Mr. Abe met Sen. Ito.', '"Well," he said.', 'They left.']
    """
    result = []
    for paragraph in paragraphs(text):
        body = paragraph.of(text)
        start = 0
        for match in SENTENCE_END.finditer(body):
            end = match.end()
            if end <= start or not _is_border(body, end, match):
                continue
            result.append(Span(paragraph.start + start, paragraph.start + end))
            start = end + len(body[end:]) - len(body[end:].lstrip())
        if start < len(body):
            result.append(Span(paragraph.start + start, paragraph.end))
    return result


def clauses(text: str) -> list[Span]:
    """Return stretches of sentences between commas, semicolons, colons and dashes.

    >>> [span.of("He left, she said.") for span in clauses("He left, she said.")]
    ['He left,', 'she said.']
    """
    result = []
    for sentence in sentences(text):
        body = sentence.of(text)
        start = 0
        for match in CLAUSE_BREAK.finditer(body):
            end = match.end()
            piece = body[start:end]
            if piece.strip():
                result.append(
                    Span(sentence.start + start, sentence.start + len(body[:end].rstrip()))
                )
            start = end + len(body[end:]) - len(body[end:].lstrip())
        if start < len(body):
            result.append(Span(sentence.start + start, sentence.end))
    return result


UNITS: dict[str, Callable[[str], list[Span]]] = {
    "word": words,
    "clause": clauses,
    "sentence": sentences,
    "paragraph": paragraphs,
}


def unit_at(units: Sequence[Span], position: int) -> Span | None:
    """Return the unit that holds or touches a position, else None.

    Args:
        units: Ascending, disjoint spans.
        position: A border between code points.
    """
    index = bisect_right([unit.start for unit in units], position) - 1
    if index >= 0 and position <= units[index].end:
        return units[index]
    return None


def snap(text: str, span: Span, unit: str) -> Span:
    """Widen a span to whole units; parts that belong to no unit are trimmed of white space.

    Args:
        text: The canonical text.
        span: What was selected, in code points.
        unit: "word", "clause", "sentence", "paragraph", or anything else for no snapping.

    >>> snap("The mayor spoke.", Span(5, 6), "word")
    Span(start=4, end=9)
    """
    trimmed = trim(text, span)
    if unit not in UNITS:
        return trimmed
    touched = [u for u in UNITS[unit](text) if u.overlaps(trimmed)]
    if not touched:
        return trimmed
    return Span(min(trimmed.start, touched[0].start), max(trimmed.end, touched[-1].end))


def trim(text: str, span: Span) -> Span:
    """Return the span without white space at its ends; unchanged if it is all white space."""
    piece = span.of(text)
    body = piece.strip()
    if not body:
        return span
    start = span.start + len(piece) - len(piece.lstrip())
    return Span(start, start + len(body))
