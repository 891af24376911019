"""What a run of capitals names: person, organisation, place, or nothing.

Evidence from the words (titles, first names, company and place words, lists of places) and from
what stands beside them ("in", "said", an apposition). The score says how much of it there was.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from annotator.highlight.lexicon import alternation, table

if TYPE_CHECKING:
    from annotator.highlight.runs import Run

ROLE_BEFORE = re.compile(r"([A-Za-z][\w-]+(?: [a-z]+)?) $")
SAID_AFTER = re.compile(
    r"(?:,? (?:who|whose|\d\d,|said|says|told|added|wrote|tweeted|asked|argued|was born|has said|"
    r"also said|explained|noted|believes|thinks)\b|, (?:the|a|an|his|her|chief|president|head) )"
)
SAID_BEFORE = re.compile(r"\b(?:said|says|added|asked|wrote|told|by|explained|noted|argued) $")
PLACE_BEFORE = re.compile(
    r"\b(?:in|near|across|throughout|outside|inside|toward|towards|visit(?:ed|ing)?|northern|"
    r"southern|"
    r"eastern|western|central|northeast|northwest|southeast|southwest|into|around|at|to|from) "
    r"(?:the )?$"
)
STRONG_PLACE_BEFORE = re.compile(
    r"\b(?:in|near|throughout|northern|southern|eastern|western|central) $"
)
DIRECTIONS = frozenset({"North", "South", "East", "West", "Northern", "Southern", "New"})
TITLE_START = re.compile(r"[’']s?$")
ACRONYM = re.compile(r"(?:[A-Z]{2,6}s?|(?:[A-Z]\.){2,}|[A-Z]{2,}-[A-Z0-9]{1,3})$")
# Letters behind these are a name and no shouting.
NAMED_BEFORE = re.compile(r"\b(?:the|these|by|at|from|for|of|with|told|and|agency|group) $")


@dataclass(frozen=True, slots=True)
class Named:
    """A name with its type and how sure it is."""

    start: int
    end: int
    text: str
    label: str
    score: float


@cache
def places() -> frozenset[str]:
    """Return names of countries, territories, US states and large cities."""
    from babel import Locale  # noqa: PLC0415  # reads a table of names; only needed for entities

    known = set(table("entities")["places"]["known"])
    for code, name in Locale("en").territories.items():
        if len(code) == 2 and code not in {"ZZ", "XA", "XB", "EU", "EZ", "UN", "QO"}:
            known.add(name)
            known.add(name.replace(" & ", " and "))
    return frozenset(known)


@cache
def listed(section: str, key: str) -> frozenset[str]:
    """Return one list of the entity lexicon, case kept."""
    return frozenset(table("entities")[section][key])


@cache
def first_names() -> frozenset[str]:
    """Return common first names."""
    lists = table("people")["first_names"]
    return frozenset(lists["female"]) | frozenset(lists["male"])


@cache
def _titles() -> re.Pattern[str]:
    lists = table("people")["titles"]
    return re.compile(rf"(?:{alternation([*lists['words'], *lists['roles']])})\.?(?= |$)")


@cache
def _roles() -> frozenset[str]:
    lists = table("people")["titles"]
    return frozenset(w.lower() for w in [*lists["words"], *lists["roles"]])


@cache
def _organisation_start() -> re.Pattern[str]:
    return re.compile(rf"(?:\S+ ){{0,3}}?(?:{alternation(listed('organisations', 'first'))}) ")


def stripped(run: Run) -> tuple[int, int, bool]:
    """Return the run without leading stop words, demonyms and titles, and whether a title led."""
    start, text, had_title = run.start, run.text, False
    while text:
        word = text.split()[0]
        title = _titles().match(text)
        if title and title.end() < len(text) and not is_organisation(text):
            cut, had_title = title.end(), True
        elif _is_no_part(word, text):
            cut = len(word)
        else:
            break
        start += cut + len(text[cut:]) - len(text[cut:].lstrip())
        text = text[cut:].lstrip()
    return start, run.end, had_title


def split_run(run: Run) -> list[Run]:
    """Cut places off a run that only stand beside the name: "Japan-US", "US Senator Ann Lee"."""
    parts = run.text.split("-")
    if len(parts) == 2 and all(part in places() for part in parts):
        middle = run.start + len(parts[0])
        return [
            replace(run, end=middle, text=parts[0]),
            replace(run, start=middle + 1, text=parts[1]),
        ]
    first, _, rest = run.text.partition(" ")
    if rest and first in places() and (_titles().match(rest) and not is_organisation(run.text)):
        start = run.start + len(first) + 1
        return [
            replace(run, end=run.start + len(first), text=first),
            replace(run, start=start, text=rest, is_initial=False),
        ]
    return [run]


def begins_with_place(text: str) -> bool:
    """Say whether the first words are a listed place: "South Korea", "New York Senate"."""
    words = text.split()
    return any(" ".join(words[:n]) in places() for n in (4, 3, 2) if len(words) >= n)


def _is_no_part(word: str, text: str) -> bool:
    """Say whether the first word of a run belongs to no name: "The", "French"."""
    if begins_with_place(text):
        return False
    if word in DIRECTIONS and " " in text:
        return False
    if word in listed("none", "words"):
        return " " in text or word not in places()
    if text.rsplit(maxsplit=1)[-1] in listed("places", "last") and len(text.split()) == 2:
        return False
    return word in listed("none", "demonyms") and not is_organisation(text)


def is_organisation(text: str) -> bool:
    """Say whether a name's first or last words make it an organisation."""
    words = text.split()
    return len(words) > 1 and (
        words[-1] in listed("organisations", "last") or bool(_organisation_start().match(text))
    )


def named(text: str, run: Run) -> Named | None:
    """Return what a run names on its own evidence, or None."""
    start, end, had_title = stripped(run)
    name = text[start:end]
    if not name.strip() or name in listed("none", "words") or name in listed("none", "demonyms"):
        return None
    if name.endswith(" I"):
        name, end = name[:-2], end - 2
    is_event = name.split()[-1] in listed("none", "last") and not is_organisation(name)
    if name.lower() in _roles() or is_event:
        return None
    label, score = _label(name, had_title, text[max(0, start - 30) : start], text[end : end + 24])
    return Named(start, end, name, label, score)


def _label(name: str, had_title: bool, before: str, after: str) -> tuple[str, float]:
    """Return a type and a score; rules from the surest to the weakest."""
    words = name.split()
    for test, label, score in (
        (name in listed("organisations", "known"), "ORG", 0.9),
        (name in places() and name not in listed("places", "doubtful"), "LOC", 0.95),
        (had_title and not is_organisation(name), "PER", 0.92),
        (is_organisation(name), "ORG", 0.85),
        (len(words) > 1 and words[-1] in listed("places", "last"), "LOC", 0.8),
        (len(words) > 1 and words[0] in listed("places", "first"), "LOC", 0.7),
        (len(words) > 1 and words[0] in first_names(), "PER", 0.88),
        (bool(ACRONYM.match(name) and NAMED_BEFORE.search(before)), "ORG", 0.82),
        (bool(ACRONYM.match(name)), "ORG", 0.7),
        (bool(SAID_AFTER.match(after)) or bool(SAID_BEFORE.search(before)), "PER", 0.75),
        (name in places(), "LOC", 0.7),
        (len(words) > 1 and before.endswith(("the ", "The ")), "ORG", 0.5),
        (2 <= len(words) <= 3 and not PLACE_BEFORE.search(before), "PER", 0.6),
        (bool(STRONG_PLACE_BEFORE.search(before)), "LOC", 0.6),
        (2 <= len(words) <= 3, "PER", 0.5),
        (len(words) == 1 and name in first_names(), "PER", 0.6),
        (bool(PLACE_BEFORE.search(before)), "LOC", 0.45),
        (len(words) == 1 and not before.endswith(("the ", "The ", "a ", "an ")), "PER", 0.4),
    ):
        if test:
            return label, score
    return "ORG", 0.4
