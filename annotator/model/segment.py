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

# Marks that belong to the letter before them: accents, vowel points and signs. Python counts them
# as no part of a word. Indic blocks are taken whole, but for their full stops.
MARKS = (
    "\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a"
    "\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u0711\u0730-\u074a"
    "\u07a6-\u07b0\u0900-\u0963\u0966-\u096f\u0971-\u0df3\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1"
    "\u0eb4-\u0ebc\u0ec8-\u0ece\u102b-\u103e\u135d-\u135f\u17b4-\u17d3\u1ab0-\u1aff\u1dc0-\u1dff"
    "\u20d0-\u20f0\u3099\u309a\ufe00-\ufe0f\ufe20-\ufe2f"
)
# What may stand inside a word: apostrophes, hyphens, soft hyphen, Catalan dot, Hebrew marks of
# abbreviation, joiners and their opposite.
INNER = "'’\u2010\u2011\u00ad\u00b7\u05f3\u05f4\u200c\u200d\u2060-"
WORD = re.compile(
    rf"[^\W_]+(?:(?:[{MARKS}]+|[{INNER}](?=[^\W_])|(?<=\d)[.,](?=\d)"
    r"|(?<=[\u05d0-\u05ea])\"(?=[\u05d0-\u05ea]))[^\W_]*)*"
)
CLOSERS = "\"'”’»›“‘«‹)]}」』）］"
OPENERS = "\"'“‘«‹»›„‚([{¿¡「『（［"
# French sets its closing marks apart.
SENTENCE_END = re.compile(
    rf"[.!?…؟۔।։]+(?:[ \u00a0\u202f][»›](?=\s|$))?[{re.escape(CLOSERS)}]*(?=\s|$)"
    rf"|[。！？]+[{re.escape(CLOSERS)}]*"
)
CLAUSE_BREAK = re.compile(r"[,;:—–،؛](?=\s)|[，；：、]|\s[—–-]\s")
BLACK = re.compile(r"\S")
NEAR = 60  # characters looked at on either side of a mark
ABBREVIATIONS = frozenset(
    """
    a.m adm al approx apr art assn aug avv b.a bijv bl.a bros bspw bzw ca capt cf ch cmdr co col
    corp cpl d.c d.h dec dept dgl dhr dott dr dra drs e.g e.u ee eg est evtl f.eks feb fig figs fr
    fri ft gen ggf gov hon hr i.e ie inc ing inkl jan jr jul jun kl llc lt ltd m m.a m.b.t maj mar
    mevr mgr mlle mm mme mon mr mrs ms mt no nos nov np nr núm o.a oct p p.m pág ph.d plc pp pres
    prof rep rev s.o sat sec sen sep sept sgt sig sr sra st sun supt thu thur thurs tue tues u.a
    u.k u.n u.s ud uds univ v vgl vol vols vs wed z.b
    """.split()  # noqa: SIM905  # a list of a hundred words reads better so
)
# Abbreviations that stand before a name or number and so never end a sentence.
NEVER_FINAL = frozenset(
    """
    adm avv bijv bl.a bspw bzw ca capt cf cmdr d.h dhr dott dr dra drs e.g ee eg evtl f.eks gen
    ggf gov hon hr i.e ie ing inkl kl lt m.b.t maj mevr mgr mlle mm mme mr mrs ms np o.a pres prof
    rep rev sen sgt sig sra st v vgl vs z.b
    """.split()  # noqa: SIM905  # a list of a hundred words reads better so
)
BEFORE_NUMBERS = frozenset(
    ["ch", "fig", "figs", "no", "nos", "nr", "núm", "p", "pp", "pág", "vol", "vols"]
)
# Abbreviations that are ordinary words when written small.
WORDS_TOO = frozenset(["art", "mar", "mon", "rep", "rev", "sat", "sun", "wed"])
# Words that follow a German ordinal ("am 3. Oktober").
AFTER_ORDINAL = frozenset(
    """
    januar jänner februar feber märz april mai juni juli august september oktober november
    dezember jahrhundert jahrhunderts jahrtausend jahrestag geburtstag todestag platz rang
    spieltag bundesliga liga weltkrieg runde etage stock
    """.split()  # noqa: SIM905  # a list of words reads better so
)


def words(text: str) -> list[Span]:
    """Return the words: letters and digits with inner apostrophes, hyphens, points of numbers.

    >>> [span.of("It's U.S.-led: 3.5m") for span in words("It's U.S.-led: 3.5m")]
    ["It's", 'U', 'S', 'led', '3.5m']
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


def _is_border(body: str, match: re.Match[str]) -> bool:
    """Say whether the mark really ends a sentence, not an abbreviation, initial or number."""
    black = BLACK.search(body, match.end())
    if black is None:
        return True
    following = body[black.start() : black.start() + NEAR]
    first = following.lstrip(OPENERS)[:1]
    if first.islower():
        return False
    if match.group().rstrip(CLOSERS + " \u00a0\u202f") != ".":
        return True
    before = body[max(0, match.start() - NEAR) : match.start()].rsplit(None, 1)
    token = before[-1].lstrip(OPENERS) if before else ""
    return _ends_after(token, following, first, has_closer=len(match.group()) > 1)


def _ends_after(raw: str, following: str, first: str, *, has_closer: bool) -> bool:
    """Say whether a full stop after this token ends a sentence."""
    token = raw.lower()
    if token in BEFORE_NUMBERS:
        return not first.isdigit()
    if token in WORDS_TOO and raw.islower():
        return True
    if token in NEVER_FINAL or (len(token) == 1 and token.isalpha()):
        return False
    if token in ABBREVIATIONS:
        return first.isupper() and has_closer
    if token.isdigit() and len(token) < 3:
        word = WORD.match(following)
        return word is None or word.group().lower() not in AFTER_ORDINAL
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
            if not _is_border(body, match):
                continue
            result.append(Span(paragraph.start + start, paragraph.start + match.end()))
            start = _next_black(body, match.end())
        if start < len(body):
            result.append(Span(paragraph.start + start, paragraph.end))
    return result


def _next_black(body: str, position: int) -> int:
    """Return where the next character is that is no white space, else the end."""
    black = BLACK.search(body, position)
    return black.start() if black else len(body)


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
            if WORD.search(body, start, match.start()) is None:
                continue  # nothing but marks: they belong to what follows
            end = match.end() - (match.group()[-1:].isspace())
            result.append(Span(sentence.start + start, sentence.start + end))
            start = _next_black(body, end)
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
