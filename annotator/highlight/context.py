"""A second look at names that have a type: what stands beside them in the whole article.

A statistical model types every mention by its sentence. Read as a whole, an article often says
more: a country that wins and loses is a team, "the … Center" one goes to is a place, letters that
are no listed place stand for an organisation, who explains is a person. Governments are left as
places ("France said"): one country keeps one type, and a coder changes what a study needs
otherwise. Finds no names; that is done in `entities`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from annotator.highlight.lexicon import alternation
from annotator.highlight.naming import first_names, is_organisation, listed, places

if TYPE_CHECKING:
    from collections.abc import Sequence

    from annotator.highlight.naming import Named

BEFORE, AFTER = 28, 32
GAME_SHARE = 1 / 60  # words of games to all words: above it an article reports a game
GAME_LEAST = 5
LETTERS = re.compile(r"[A-Z][A-Za-z]?[A-Z]{2,4}$")
TEAM_FIRST = re.compile(r"Team [A-Z]")
RESULT = r"\d+ ?[-–] ?\d+"
HELPERS = r"(?:(?:have|has|had|were|was|are|is|then|also) )?"
BEATEN = re.compile(r"\b(?:beat(?:ing|s|en)?|thrash(?:ed|ing)) $")
COMPASS = "northern|southern|eastern|western"
IN_PLACE = re.compile(
    rf"\b(?:in|near|at|from|across|throughout|outside|inside|towards?|into|around|visit(?:ed|ing)?|"
    rf"{COMPASS}|central|downtown|of) (?:the )?$",
    re.I,
)
SURELY_IN = re.compile(rf"\b(?:in|near|throughout|downtown|{COMPASS}) (?:the )?$", re.I)
AT_PLACE = re.compile(
    r"\b(?:at|to|in|near|inside|outside|into|from|around|visit(?:ed|ing)?) (?:the )?$", re.I
)
SPEAKS_AFTER = re.compile(
    r"(?:,? (?:who|whose)\b| (?:said|says|told|explains|explained|added|adds|writes|wrote|argues|"
    r"argued|believes|thinks|laughed|smiled|recalled|recalls|admits|admitted|joked|tweeted|herself|"
    r"himself)\b)"
)
SPEAKS_BEFORE = re.compile(r"\b(?:says|said|explains|explained|adds|added|recalls|asks) $")
IS_PERSON_AFTER = re.compile(
    r"(?:,? who\b|, \d\d,| (?:was|were) born\b| (?:himself|herself)\b|"
    r" (?:is|was) (?:married|arrested|jailed)\b)"
)


@cache
def _pattern(key: str, before: str = "", after: str = "") -> re.Pattern[str]:
    """Return a pattern for any word of a list of the lexicon, between two others."""
    return re.compile(before + rf"(?:{alternation(listed('context', key))})" + after, re.I)


def _game() -> re.Pattern[str]:
    return _pattern("game", r"\b", r"\b")


def _plays_after() -> re.Pattern[str]:
    return _pattern("plays", rf"(?:[’']s)? {HELPERS}(?:{RESULT}|", r")\b")


def _plays_before() -> re.Pattern[str]:
    return _pattern("played", rf"(?:{RESULT}(?: to)?|\b", r") $")


def _facility() -> re.Pattern[str]:
    return _pattern("facilities", "", "$")


def _company_before() -> re.Pattern[str]:
    return _pattern("company_before", r"\b", r" [\"“‘']?$")


def _company_after() -> re.Pattern[str]:
    return _pattern("company_after", r"(?:[’']s)? ", r"\b")


@dataclass(frozen=True, slots=True)
class Around:
    """What stands before and after one mention."""

    before: str
    after: str

    @classmethod
    def of(cls, text: str, one: Named) -> Around:
        """Return the neighbourhood of a mention in its line."""
        before = text[max(0, one.start - BEFORE) : one.start].rpartition("\n")[2]
        return cls(before, text[one.end : one.end + AFTER].partition("\n")[0])


def looked_again(text: str, found: Sequence[Named]) -> list[Named]:
    """Return the names with types corrected by the article."""
    around = [Around.of(text, one) for one in found]
    labels = _votes(found, around)
    plays = is_about_a_game(text)
    result = []
    for one, beside in zip(found, around, strict=True):
        label = labels.get((one.text, one.label), one.label)
        if label == "LOC" and _is_team(one, beside, plays=plays):
            label = "ORG"
        result.append(one if label == one.label else replace(one, label=label))
    return result


def is_about_a_game(text: str) -> bool:
    """Say whether so many words of games are used that places must be teams."""
    return len(_game().findall(text)) >= max(GAME_LEAST, len(text.split()) * GAME_SHARE)


def _is_team(one: Named, beside: Around, *, plays: bool) -> bool:
    if TEAM_FIRST.match(one.text):
        return True
    if one.text not in places():
        return False
    return bool(BEATEN.search(beside.before)) or (plays and _plays(beside))


def _plays(beside: Around) -> bool:
    if _plays_after().match(beside.after) or _plays_before().search(beside.before):
        return True
    return not IN_PLACE.search(beside.before) and not beside.after.startswith((", ", " ("))


def _votes(found: Sequence[Named], around: Sequence[Around]) -> dict[tuple[str, str], str]:
    """Return the type a name gets instead of the one it has; "" for none at all."""
    kinds: dict[tuple[str, str], list[Around]] = defaultdict(list)
    for one, beside in zip(found, around, strict=True):
        kinds[one.text, one.label].append(beside)
    return {
        (name, label): better
        for (name, label), mentions in kinds.items()
        if (better := _better(name, label, mentions)) != label
    }


def _better(name: str, label: str, mentions: list[Around]) -> str:
    if name in places() or name in listed("organisations", "known"):
        return label
    if any(_company_before().search(m.before) for m in mentions):
        return "ORG"
    if label == "LOC":
        return _not_a_place(name, mentions)
    if label == "ORG":
        return _perhaps_no_organisation(name, mentions)
    if " " not in name and any(_company_after().match(m.after) for m in mentions):
        return "ORG"
    return label


def _not_a_place(name: str, mentions: list[Around]) -> str:
    """Return the type of what a model called a place and no list knows."""
    words = name.split()
    if words[0] in first_names() and len(words) in {1, 2}:
        return "PER"
    if LETTERS.match(name):
        return "ORG"
    speaks = sum(
        1 for m in mentions if SPEAKS_AFTER.match(m.after) or SPEAKS_BEFORE.search(m.before)
    )
    placed = sum(1 for m in mentions if IN_PLACE.search(m.before))
    return "PER" if " " not in name and speaks > placed else "LOC"


def _perhaps_no_organisation(name: str, mentions: list[Around]) -> str:
    """Return LOC for a building one goes to or a single word one is in, PER for who is born."""
    if _is_person(name, mentions):
        return "PER"
    at = sum(1 for m in mentions if AT_PLACE.search(m.before))
    if _facility().search(name) and " " in name:
        return "LOC" if at * 2 >= len(mentions) else "ORG"
    sure = sum(1 for m in mentions if SURELY_IN.search(m.before))
    is_word = (
        " " not in name and not name.isupper() and name not in listed("organisations", "known")
    )
    return "LOC" if is_word and sure and sure * 2 >= len(mentions) else "ORG"


def _is_person(name: str, mentions: list[Around]) -> bool:
    words = name.split()
    if len(words) == 2 and words[0] in first_names() and not is_organisation(name):
        return True
    return (
        len(words) == 1
        and not name.isupper()
        and any(IS_PERSON_AFTER.match(m.after) for m in mentions)
    )
