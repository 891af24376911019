"""Who is the subject of a verb of saying: noun phrases to its left or right, without a parser.

Works on masked text. What comes back is a span, whole with titles and determiner where they can
be told; whom it names is decided elsewhere.
"""

from __future__ import annotations

import re
from functools import cache

from annotator.highlight.lexicon import alternation, word_set
from annotator.model.span import Span

CAP = r"(?:[A-ZÀ-ÖØ-ÞĀ-Ž][\w’'.-]*|[A-Z]\.)"
PARTICLE = r"(?:van|von|der|den|de|del|della|di|da|dos|du|la|le|al|el|bin|ibn|ben|ter|ten|af|y|e)"
NAME = rf"{CAP}(?:\s+(?:{PARTICLE}\s+){{0,2}}{CAP}){{0,6}}"
PRONOUN = re.compile(r"(?:he|she|they|we|i|it|you)(?:[’'](?:s|re|m|ve|d|ll))?$", re.I)
NAME_END = re.compile(rf"(?:^|(?<=[\s(—–-]))({NAME})$")
NAME_ONLY = re.compile(rf"{NAME}$")
CALENDAR = re.compile(
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|january|february|march|april|june|july|august|"
    r"september|october|november|december|(?:jan|feb|aug|sept|oct|nov|dec)\.",
    re.I,
)
LEAD = re.compile(
    r"(?:(?:but|and|yet|still|so|or|nor|meanwhile|however|later|then|now|also|instead|"
    r"indeed|moreover|nevertheless|nonetheless|again|afterwards?|separately|earlier|recently|"
    r"yesterday|today|overall|similarly|in fact|of course|as|for example|what|how|why|where|when|"
    r"if|because|while|although|though|since|whether|that|than|once|until|after|before|like|"
    r"on (?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:last|this) \w+|in \d{4})\b,?\s+)+",
    re.I,
)
PREPOSITION = re.compile(
    r"(?:in|at|on|during|after|before|with|by|for|from|to|under|over|about|of|amid|despite|among|"
    r"through|when|while|as|asked|speaking|according|since|without|following|once|if|because|"
    r"although|though|until|like|unlike|citing|given)\b",
    re.I,
)
AFTER_PREPOSITION = re.compile(
    r"\b(?:in|on|at|of|to|for|from|with|by|near|during|after|before|against)\s+(?:the\s+)?$", re.I
)
INNER = re.compile(
    r"\b(?:but|that|because|while|when|if|where|although|though|than|which|whether|what|how|why|"
    r"whom|as|so|until|before|after|once|since)\s+(?=\S+(?:\s+\S+){0,6}$)"
)
DETERMINER = re.compile(
    r"(?:the|a|an|his|her|their|its|our|my|this|that|these|those|some|many|several|both|all|most|"
    r"one|two|three|four|five|six|seven|eight|nine|ten|dozens|hundreds|another|other|no|every|each)\b",
    re.I,
)
BREAK = re.compile(r"[,;:()\[\]\ue000“”\"«»—–―|•]|\.{3}|…|\s-{1,2}\s|[!?]")
RIGHT_BREAK = re.compile(r"[,;:()\[\]\ue000“”\"«»—–―|\n!?]|\.(?=\s|$)|\s-{1,2}\s")
ABBREVIATED = re.compile(
    r"\b(?:[A-Z]|Mr|Mrs|Ms|Dr|Gen|Sen|Rep|Gov|Lt|Col|Capt|Sgt|St|Jr|Sr|Prof|Rev|Hon|[A-Z]\.[A-Z])$"
)


@cache
def _stops() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{alternation(word_set('cues', 'stops', 'after_source'))})\b", re.I)


def trimmed(text: str, start: int, end: int) -> Span | None:
    """Return the stretch without blanks at its ends, or None if nothing is left."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end) if end > start else None


def left_subject(text: str, start: int, end: int) -> Span | None:
    """Return the subject that ends at `end` (where the verb begins), not before `start`."""
    span = trimmed(text, start, end)
    if span is None:
        return None
    if text[span.end - 1] in ",)—–-":
        return _before_parenthesis(text, span)
    breaks = [m.end() for m in BREAK.finditer(text, span.start, span.end)]
    piece = trimmed(text, breaks[-1] if breaks else span.start, span.end)
    if piece is None:
        return None
    found = _phrase(text, piece)
    return _apposed(text, span.start, found) if found else None


def _before_parenthesis(text: str, span: Span) -> Span | None:
    """Return X of "X, who leads the group," and of "the mayor, X," alike."""
    closing = text[span.end - 1]
    opening = {")": "("}.get(closing, closing)
    at = text.rfind(opening, span.start, span.end - 1)
    if at < 0:
        return None
    inside = trimmed(text, at + 1, span.end - 1)
    if inside and closing == "," and _is_name(inside.of(text)):
        return inside
    before = trimmed(text, span.start, at)
    if before is None or text[before.end - 1] in ",;:":
        return None
    breaks = [m.end() for m in BREAK.finditer(text, before.start, before.end)]
    piece = trimmed(text, breaks[-1] if breaks else before.start, before.end)
    found = _phrase(text, piece) if piece else None
    return _apposed(text, before.start, found) if found else None


def _is_name(piece: str) -> bool:
    return bool(NAME_ONLY.match(piece)) and not CALENDAR.match(piece) and " " in piece


def _apposed(text: str, start: int, found: Span) -> Span:
    """Step from "the mayor of Austin" back to the name it is said of."""
    if not DETERMINER.match(text, found.start, found.end):
        return found
    before = text[start : found.start].rstrip()
    if not before.endswith(","):
        return found
    name = NAME_END.search(before[:-1])
    if name is None or CALENDAR.search(name[1]) or " " not in name[1]:
        return found
    if AFTER_PREPOSITION.search(before[:-1][: name.start(1)]):
        return found
    return Span(start + name.start(1), start + name.end(1))


def _phrase(text: str, piece: Span) -> Span | None:
    """Cut leading adverbs, clauses and prepositional phrases off a stretch of words."""
    start = piece.start
    inner = list(INNER.finditer(text, start, piece.end))
    if inner:
        start = inner[-1].end()
    lead = LEAD.match(text, start, piece.end)
    if lead and lead.end() < piece.end:
        start = lead.end()
    words = text[start : piece.end].split()
    if not words:
        return None
    if PRONOUN.match(words[-1]) and words[-1] != "i":
        bare = re.split("[’']", words[-1])[0]
        first = piece.end - len(words[-1])
        return Span(first, first + len(bare))
    if PREPOSITION.match(text, start, piece.end) or len(words) > 9:
        return _tail(text, start, piece.end)
    if words[0].lower() in {"and", "or", "but"}:
        return trimmed(text, start + len(words[0]), piece.end)
    return trimmed(text, start, piece.end)


def _tail(text: str, start: int, end: int) -> Span | None:
    """Return the last name, or the last phrase with a determiner, of a longer stretch."""
    piece = text[start:end]
    name = NAME_END.search(piece)
    if name and not CALENDAR.search(name[1].split()[-1]):
        begin = name.start(1)
        words = name[1].split()
        while len(words) > 1 and CALENDAR.match(words[0]):
            begin += piece[begin:].index(words[1], len(words[0]))
            words = words[1:]
        return Span(start + begin, end)
    last = None
    for match in DETERMINER.finditer(piece):
        if match.start() == 0 or piece[match.start() - 1].isspace():
            last = match
    if last and len(piece[last.start() :].split()) > 1:
        return Span(start + last.start(), end)
    return trimmed(text, start + piece.rfind(" ") + 1, end)


def right_subject(text: str, start: int, end: int) -> Span | None:
    """Return the subject that begins at `start`: "said a spokesman for the group on Monday"."""
    stop = end
    for match in RIGHT_BREAK.finditer(text, start, end):
        if text[match.start()] == "." and ABBREVIATED.search(text[start : match.start()]):
            continue
        stop = match.start()
        break
    for match in _stops().finditer(text, start, stop):
        if match.start() > start + 1 and not text[match.start()].isupper():
            stop = match.start()
            break
        if match.start() > start + 1 and CALENDAR.match(match.group()):
            stop = match.start()
            break
    span = trimmed(text, start, stop)
    if span is None or len(span.of(text).split()) > 14:
        return None
    return span


def first_subject(text: str, start: int, end: int) -> Span | None:
    """Return the phrase with which a sentence begins, after introductory phrases."""
    begin = start
    lead = LEAD.match(text, begin, end)
    if lead:
        begin = lead.end()
    if PREPOSITION.match(text, begin, end) or PARTICIPLE.match(text, begin, end):
        commas = [i for i in range(begin, end) if text[i] == ","]
        begins = [i + 1 for i in commas] or [begin]
    else:
        begins = [begin]
    for position in begins:
        match = FIRST.match(text, position, end)
        if match is not None:
            return trimmed(text, match.start(1), match.end(1))
    return None


PARTICIPLE = re.compile(r"[A-Z]\w+(?:ing|ed)\b")
FIRST = re.compile(
    rf"\s*((?:[Hh]e|[Ss]he|[Tt]hey|[Ww]e|I|[Ii]t)\b|(?:(?:[Tt]he|[Aa]n?|[Hh]is|[Hh]er|[Tt]heir)\s+"
    rf"(?:[a-z-]+\s+){{0,3}}(?:{NAME}|[a-z-]+(?=\s)))|{NAME})"
)
