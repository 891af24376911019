"""Lines of a page and what can be seen on each of them: length, punctuation, phrases, repetition.

Only looks at one line at a time; which lines make up the article is decided in `boilerplate`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from annotator.highlight.lexicon import table

LINE = re.compile(r"[^\n]*\S[^\n]*")
WORD = re.compile(r"[^\W_]+(?:[’'.-][^\W_]+)*")
TWEET = re.compile(r"[—–-] .{2,60}\(@\w+\)")
SENTENCE_ENDED = re.compile(r"(?:[.!?]|(?<=\w)…)[\"”’»'“)\]]*$|:$")
FUNCTION_WORDS = frozenset(
    {"the", "a", "an", "of", "to", "in", "that", "was", "is", "were", "are", "has", "have", "had"}
    | {"it", "he", "she", "they", "his", "her", "their", "its", "and", "but", "with", "for", "on"}
    | {"at", "by", "from", "as", "be", "been", "this", "which", "who", "not", "said", "will"}
    | {"would", "than", "after", "when", "while", "about", "we", "i", "you", "our", "my"}
    | {"der", "die", "das", "und", "ist", "im", "ein", "eine", "nicht", "den", "dem", "auf", "mit"}
    | {"le", "la", "les", "des", "et", "est", "un", "une", "du", "dans", "que", "pour", "sur"}
    | {"el", "los", "las", "y", "en", "por", "con", "del", "il", "di", "che", "per", "della"}
    | {"het", "een", "van", "op", "te", "o", "os", "do", "da", "em", "w", "na", "z", "nie", "się"}
    | {"och", "att", "som", "på", "av", "det", "и", "в", "на", "не", "что", "с"}
)


@dataclass(frozen=True, slots=True)
class Line:
    """One line that holds anything but blanks.

    Args:
        start: First code point after leading blanks.
        end: One after the last code point before trailing blanks.
        text: What stands between.
        words: How many words.
        function_words: How many of them are grammar words.
        is_ended: Whether it ends like a sentence.
        kind: Kind of page furniture whose phrase it matches, or "".
        gap: How many line breaks precede it.
    """

    start: int
    end: int
    text: str
    words: int
    function_words: int
    is_ended: bool
    kind: str
    gap: int


@cache
def patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Return one pattern a kind for whole lines."""
    return tuple(
        (kind, re.compile(rf"\W{{0,3}}(?:{'|'.join(f'(?:{p})' for p in listed)})", re.I))
        for kind, listed in table("boilerplate")["line"].items()
    )


@cache
def anywhere() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Return one pattern a kind for phrases that tell it wherever they stand."""
    return tuple(
        (kind, re.compile("|".join(f"(?:{p})" for p in listed), re.I))
        for kind, listed in table("boilerplate")["anywhere"].items()
    )


@cache
def glued() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Return patterns for furniture stuck to the end of a paragraph."""
    return tuple(
        (kind, re.compile(rf"(?<=[.!?”\"’…])\s?(?:{'|'.join(listed)})"))
        for kind, listed in table("boilerplate")["glued"].items()
    )


# A phrase at the start of a long line is as likely the start of a sentence.
LONGEST = {"navigation": 8, "social": 14, "byline": 24, "advertisement": 12, "aggregator-card": 20,
           "paywall": 40, "related-links": 30, "caption": 60, "residue": 60}  # fmt: skip


def kind_of(text: str, words: int) -> str:
    """Return the kind of furniture a line looks like, or ""."""
    if words > 130 or TWEET.match(text):
        return ""
    for kind, pattern in anywhere():
        if pattern.search(text):
            return kind
    for kind, pattern in patterns():
        if words <= LONGEST.get(kind, 45) and pattern.match(text):
            return kind
    return ""


def is_kind_anywhere(text: str) -> bool:
    """Say whether a phrase gives a line away whatever its length."""
    return any(pattern.search(text) for _, pattern in anywhere())


def lines_of(text: str) -> list[Line]:
    """Return the lines of a text that hold anything."""
    result = []
    last = 0
    for match in LINE.finditer(text):
        body = match.group().strip()
        start = match.start() + match.group().index(body[0])
        found = WORD.findall(body)
        grammar = sum(1 for word in found if word.lower() in FUNCTION_WORDS)
        result.append(
            Line(start, start + len(body), body, len(found), grammar,
                 bool(SENTENCE_ENDED.search(body)), kind_of(body, len(found)),
                 text.count("\n", last, match.start()))
        )  # fmt: skip
        last = match.end()
    return result
