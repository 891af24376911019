"""Who is named how: mentions of all outlets put together by actor.

Each article brings its own canonical names. Across articles they meet when they are the same name
in another spelling, an acronym, a known alias, or a person's full and short name; "Department of
Justice" and "Justice Department" are one, "Barack Obama" and "Michelle Obama" are two.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from annotator.compare.groups import Groups
from annotator.compare.material import Actor, Stretch
from annotator.compare.reading import furniture, silent_furniture
from annotator.compare.stems import regular, word_lists

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from annotator.compare.material import Material, Mention

SMALL = frozenset({"of", "the", "for", "and", "in", "on", "de", "la", "du", "di"})
SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})
POSSESSIVE = re.compile(r"['’]s?$")
LETTERS = re.compile(r"[^\w\s&-]")
ACRONYM = re.compile(r"[A-Z]{2,6}")


@dataclass(frozen=True, slots=True)
class Name:
    """A name as articles use it.

    Args:
        written: Its commonest writing.
        words: Its words in lower case, without marks, titles' "the" and suffixes.
        kind: PER, ORG or LOC, by most mentions.
        mentions: How many there are.
    """

    written: str
    words: tuple[str, ...]
    kind: str
    mentions: int

    @property
    def is_person(self) -> bool:
        """Whether it is mostly taken for a person."""
        return self.kind == "PER"


def actors(materials: Sequence[Material]) -> list[Actor]:
    """Return the actors of a story with all their mentions, the most mentioned first."""
    found = _mentions(materials)
    names = [_name(key, [m for _, m in group]) for key, group in found.items()]
    places = list(found.values())
    groups = Groups(len(names))
    _join_equal(names, groups)
    _join_acronyms(names, groups)
    _join_persons(names, groups)
    result = [_actor(group, names, places) for group in groups.all()]
    result.sort(key=lambda actor: (-len(actor.mentions), actor.name, actor.kind))
    return result


def _mentions(
    materials: Sequence[Material],
) -> dict[tuple[str, ...], list[tuple[Material, Mention]]]:
    """Return articles and mentions by the words of the canonical name.

    None from furniture, but from furniture that repeats the article's matter those of names that
    stand elsewhere too.
    """
    found: dict[tuple[str, ...], list[tuple[Material, Mention]]] = {}
    real: set[tuple[str, ...]] = set()
    for material in materials:
        silent, aside = silent_furniture(material), furniture(material)
        for mention in material.mentions:
            words = _words(mention.name)
            if not words or any(mention.span.overlaps(span) for span in silent):
                continue
            found.setdefault(words, []).append((material, mention))
            if not any(mention.span.overlaps(span) for span in aside):
                real.add(words)
    return {words: mentions for words, mentions in found.items() if words in real}


def _words(name: str) -> tuple[str, ...]:
    """Return a name's words in lower case, without marks, leading "the" and suffixes.

    >>> _words("The U.S. Dept. of State's")
    ('us', 'dept', 'of', 'state')
    """
    plain = LETTERS.sub("", POSSESSIVE.sub("", name.strip()).replace(".", "")).lower()
    words = plain.split()
    while len(words) > 1 and words[0] == "the":
        del words[0]
    while len(words) > 1 and words[-1] in SUFFIXES:
        del words[-1]
    return tuple(words)


def _name(words: tuple[str, ...], mentions: Sequence[Mention]) -> Name:
    written = Counter(mention.name for mention in mentions)
    kinds = Counter(mention.kind for mention in mentions)
    return Name(
        max(written, key=lambda w: (written[w], w)), words,
        max(kinds, key=lambda k: (kinds[k], k)), len(mentions),
    )  # fmt: skip


def _join_equal(names: Sequence[Name], groups: Groups) -> None:
    """Join names that are the same but for spelling, word order of offices, or a known alias."""
    homes: dict[object, int] = {}
    aliases = word_lists().aliases
    offices = {_office_of(other.split()): one for other, one in aliases.items() if " " in other}
    for place, name in enumerate(names):
        plain = " ".join(name.words)
        keys: list[object] = [aliases.get(plain, plain)]
        if not name.is_person and len(name.words) > 1:
            office = _office(name)
            keys.append(offices.get(office, office))
        for key in keys:
            groups.join(homes.setdefault(key, place), place)


def _office(name: Name) -> frozenset[str]:
    """Return the stems of an organisation's name, without the country before it."""
    first = name.written.split()[0]
    words = list(name.words)
    country = POSSESSIVE.sub("", first)
    if len(words) > 2 and (country in word_lists().places or name.words[0] in {"us", "uk"}):
        words = words[1:]
    return _office_of(words)


def _office_of(words: Iterable[str]) -> frozenset[str]:
    return frozenset(regular(word) for word in words if word not in SMALL)


def _join_acronyms(names: Sequence[Name], groups: Groups) -> None:
    """Join acronyms to the one name that they abbreviate."""
    full: dict[str, list[int]] = defaultdict(list)
    for place, name in enumerate(names):
        if len(name.words) > 1 and not name.is_person:
            strong = [word for word in name.words if word not in SMALL]
            for words in (strong, name.words):
                full["".join(word[0] for word in words).upper()].append(place)
    for place, name in enumerate(names):
        short = name.written.replace(".", "")
        if not ACRONYM.fullmatch(short) or " ".join(name.words) in word_lists().aliases:
            continue
        homes = {groups.root(other) for other in full.get(short, ())}
        if len(homes) == 1:
            groups.join(homes.pop(), place)


def _join_persons(names: Sequence[Name], groups: Groups) -> None:
    """Join full names of one person, and last names to the person they can only mean."""
    by_last: dict[str, list[int]] = defaultdict(list)
    for place, name in enumerate(names):
        if name.is_person and len(name.words) > 1:
            by_last[name.words[-1]].append(place)
    for places in by_last.values():
        for one, two in combinations(places, 2):
            if _same_person(names[one].words, names[two].words):
                groups.join(one, two)
    for place, name in enumerate(names):
        if len(name.words) == 1 and name.kind != "LOC":
            _join_last_name(place, by_last.get(name.words[0], ()), names, groups)


def _join_last_name(place: int, full: Sequence[int], names: Sequence[Name], groups: Groups) -> None:
    """Join a last name alone to the most mentioned of those who bear it."""
    homes = Counter[int]()
    for other in full:
        homes[groups.root(other)] += names[other].mentions
    if homes:
        groups.join(max(homes, key=lambda home: (homes[home], -home)), place)


def _same_person(one: Sequence[str], two: Sequence[str]) -> bool:
    """Say whether two full names with the same last word can be one person's.

    >>> _same_person(("robert", "f", "bauer"), ("bob", "bauer"))
    True
    """
    first, second = one[0], two[0]
    if first == second:
        return True
    if len(first) == 1 or len(second) == 1:
        return first[0] == second[0]
    if first in two[:-1] or second in one[:-1]:
        return True
    nicknames = word_lists().nicknames
    return bool(nicknames.get(first, frozenset()) & nicknames.get(second, frozenset()))


def _actor(
    group: Sequence[int], names: Sequence[Name], places: Sequence[list[tuple[Material, Mention]]]
) -> Actor:
    """Return one actor; the name is the commonest of its fullest writings."""
    members = [names[place] for place in group]
    kinds = Counter[str]()
    for member in members:
        kinds[member.kind] += member.mentions
    kind = max(kinds, key=lambda k: (kinds[k], k))
    if kind == "PER":
        best = max(members, key=lambda m: (len(m.words) > 1, m.mentions, len(m.words), m.written))
    else:
        best = max(members, key=lambda m: (m.mentions, len(m.words), m.written))
    mentions = sorted(
        (Stretch(m.id, mention.span.start, mention.span.end), mention.span.of(m.text))
        for place in group
        for m, mention in places[place]
    )
    return Actor(best.written, kind, tuple(mentions))
