"""Fuzzy matching for the command palette: which letters match, and how well. No Qt."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Match:
    """How a query matches a name: the higher the score the better; which letters matched."""

    score: int
    letters: tuple[int, ...]


AT_START, AT_WORD, IN_ROW, SKIPPED = 24, 16, 8, 1


def match(query: str, name: str) -> Match | None:
    """Return how the letters of a query stand in a name, in order; None if they do not.

    Starts of words and letters in a row count most.

    >>> match("exp", "Export coding data").letters
    (0, 1, 2)
    >>> match("cd", "Export coding data").letters
    (7, 14)
    >>> match("zz", "Export") is None
    True
    """
    wanted = query.casefold().replace(" ", "")
    folded = name.casefold()
    if not wanted or len(folded) != len(name):
        return Match(0, ()) if not wanted else None
    best: Match | None = None
    start = folded.find(wanted[0])
    while start >= 0:
        found = _from(wanted, folded, start)
        if found is not None and (best is None or found.score > best.score):
            best = found
        start = folded.find(wanted[0], start + 1)
    return best


def _from(wanted: str, name: str, start: int) -> Match | None:
    """Match greedily from a place on, preferring the next start of a word."""
    letters = [start]
    score = _worth(name, start, -2)
    for letter in wanted[1:]:
        place = _next(name, letter, letters[-1])
        if place < 0:
            return None
        score += _worth(name, place, letters[-1])
        letters.append(place)
    return Match(score - len(name) // 8, tuple(letters))


def _next(name: str, letter: str, after: int) -> int:
    if after + 1 < len(name) and name[after + 1] == letter:
        return after + 1
    place = name.find(letter, after + 1)
    first = place
    while place >= 0:
        if _starts_word(name, place):
            return place
        place = name.find(letter, place + 1)
    return first


def _starts_word(name: str, place: int) -> bool:
    return place == 0 or not name[place - 1].isalnum()


def _worth(name: str, place: int, before: int) -> int:
    if place == 0:
        return AT_START
    if place == before + 1:
        return IN_ROW
    return AT_WORD if _starts_word(name, place) else -SKIPPED
