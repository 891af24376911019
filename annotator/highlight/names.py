"""Names of people in a text: runs of capitals, and which full name a surname stands for.

A light table for resolving speakers; which runs are entities and of which type is decided in
`entities`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache

from annotator.highlight.lexicon import alternation, table
from annotator.highlight.subjects import CALENDAR, CAP, DETERMINER, PARTICLE

RUN = re.compile(rf"{CAP}(?:[ \u00a0](?:{PARTICLE}[ \u00a0]){{0,2}}{CAP})+")
WORD = re.compile(r"[^\W\d_][\w’'-]*\.?")
AFTER_POSSESSIVE = re.compile(r"^.*[’']s?\s+(?=\S)")
POSSESSIVE = re.compile(r"[’']s?$")


@cache
def titles() -> re.Pattern[str]:
    """Return a pattern for titles and roles that stand before a name."""
    lists = table("people")
    words = [*lists["titles"]["words"], *lists["titles"]["roles"]]
    return re.compile(rf"(?:(?:{alternation(words)})\s+)+", re.I)


@cache
def _gendered(key: str) -> frozenset[str]:
    return frozenset(table("people")["first_names"][key])


@dataclass(slots=True)
class NameTable:
    """Full names of a text by their last part, and the gender their titles or pronouns give."""

    full: dict[str, str] = field(default_factory=dict)
    gender: dict[str, str] = field(default_factory=dict)

    def canonical(self, phrase: str) -> str:
        """Return the full name a phrase stands for, else the name in it, else the phrase."""
        name = bare_name(phrase)
        if not name:
            return phrase
        last = name.split()[-1]
        return self.full.get(last, name) if " " not in name else self.full.get(name, name)


def bare_name(phrase: str) -> str:
    """Return the name in a phrase without titles, roles, apposition and possessive.

    >>> bare_name("longtime mayor Ann Lee, who runs the city")
    'Ann Lee'
    """
    head = phrase.split(",", maxsplit=1)[0].strip()
    matched = titles().match(head)
    rest = head[matched.end() :] if matched and matched.end() < len(head) else head
    runs = [m for m in NAME_RUN.finditer(rest) if not _is_plain(m.group())]
    if not runs:
        return ""
    last = runs[-1]
    if len(runs) > 1 and PREPOSITION_IN.search(rest[runs[0].end() : last.start()]):
        last = runs[0]
    name = last.group()
    while (match := titles().match(name)) and match.end() < len(name):
        name = name[match.end() :]
    follows = rest[last.end() :].split()
    if _is_organisation(name) or (follows and name.endswith(("'s", "’s", "s'", "s’"))):
        return ""
    return POSSESSIVE.sub("", name)


def _is_plain(run: str) -> bool:
    return bool(CALENDAR.match(run)) or bool(DETERMINER.fullmatch(run)) or run in NO_NAMES


def _is_organisation(name: str) -> bool:
    words = frozenset(table("entities")["organisations"]["last"])
    return any(word in words for word in name.split())


NO_NAMES = frozenset({"He", "She", "They", "We", "I", "It", "You", "Who", "But", "And", "In", "On"})
PREPOSITION_IN = re.compile(r"\b(?:of|for|from|at|in|to|with)\s")
NAME_RUN = re.compile(rf"{CAP}(?:[ \u00a0](?:{PARTICLE}[ \u00a0]){{0,2}}{CAP})*")


def name_table(text: str) -> NameTable:
    """Return the table of a text; the first full name with a surname wins."""
    result = NameTable()
    female, male = _gendered("female"), _gendered("male")
    for match in RUN.finditer(text):
        run = AFTER_POSSESSIVE.sub("", match.group())
        if " " not in run:
            continue
        gender = _gender_of_title(run)
        while (title := titles().match(run)) and title.end() < len(run):
            run = run[title.end() :]
        run = POSSESSIVE.sub("", run).rstrip(".") if not run.endswith((" Jr.", " Sr.")) else run
        parts = run.split()
        if CALENDAR.match(parts[0]) or CALENDAR.match(parts[-1]) or len(parts) > 4:
            continue
        last = parts[-2] if parts[-1] in {"Jr.", "Sr.", "Jr", "Sr", "II", "III"} else parts[-1]
        if len(parts) > 1 and parts[0] not in {"The", "A", "An", "In", "On", "At", "But", "And"}:
            result.full.setdefault(last, run)
        first = parts[0]
        guess = gender or ("f" if first in female else "m" if first in male else "")
        if guess:
            result.gender.setdefault(last, guess)
    return result


def _gender_of_title(run: str) -> str:
    first = run.split(maxsplit=1)[0].rstrip(".").lower()
    if first in {"mrs", "ms", "miss", "mme", "lady", "queen", "princess", "madam"}:
        return "f"
    return "m" if first in {"mr", "sir", "lord", "king", "prince"} else ""
