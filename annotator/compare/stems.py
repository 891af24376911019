"""One sign for the forms and near-synonyms of a word: "strengthening" and "boosted" meet.

Light suffix rules for English, American spelling, and the short lists of
`resources/lexicons/wording.toml`. Made for weighing how much two sentences share, not for
linguistics: a wrong stem costs little as long as it is the same one on both sides.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from annotator.settings import resource

if TYPE_CHECKING:
    from collections.abc import Mapping

# (ending, shortest stem left over, what replaces it); the first that fits is used.
ENDINGS = (
    ("ieties", 2, "ieti"), ("ities", 3, ""), ("ies", 2, "y"), ("sses", 2, "ss"), ("shes", 2, "sh"),
    ("ches", 2, "ch"), ("xes", 2, "x"), ("ss", 1, "ss"), ("us", 1, "us"), ("is", 1, "is"),
    ("s", 3, ""),
)  # fmt: skip
DERIVED = (
    ("ization", 3, "iz"), ("isation", 3, "iz"), ("ations", 3, ""), ("ation", 4, ""),
    ("uction", 3, "uc"), ("ension", 3, "end"), ("ansion", 2, "and"), ("ission", 2, "it"),
    ("ision", 2, "id"), ("asion", 3, "ad"), ("iption", 3, "ib"), ("ition", 4, ""),
    ("ution", 5, "ut"), ("ction", 3, "ct"), ("tion", 4, "t"), ("sion", 4, "s"), ("ements", 4, ""),
    ("ement", 4, ""), ("ment", 4, ""), ("fulness", 3, ""), ("iness", 3, "y"), ("ness", 4, ""),
    ("ously", 3, ""), ("ically", 4, "ic"), ("ily", 3, "y"), ("ably", 4, ""), ("ally", 4, ""),
    ("ingly", 4, ""), ("ly", 5, ""), ("ising", 4, "iz"), ("izing", 3, "iz"), ("ised", 4, "iz"),
    ("ized", 3, "iz"), ("ise", 4, "iz"), ("ize", 3, "iz"), ("ying", 3, "y"), ("ing", 3, ""),
    ("ied", 2, "y"), ("ed", 3, ""), ("ance", 4, ""), ("ence", 4, ""), ("able", 4, ""),
    ("ible", 4, ""), ("ity", 4, ""), ("ious", 4, ""), ("ous", 4, ""), ("ful", 4, ""),
    ("ial", 4, ""), ("ical", 4, "ic"), ("al", 5, ""), ("ive", 5, ""),
)  # fmt: skip
SPELLINGS = (
    (re.compile(r"(?<=[a-z]{2})our(?=$|s$|ed$|ing$|ite|able|hood)"), "or"),
    (re.compile(r"(?<=[a-z]{2})(?<![lr])tre(?=$|s$|d$)"), "ter"),
    (re.compile(r"(?<=[a-z]{3})ogue(?=$|s$)"), "og"),
    (re.compile(r"(?<=[a-z]{2})yse(?=$|s$|d$|r)"), "yze"),
    (re.compile(r"^(def|off|lic|pret)ence"), r"\1ense"),
    (re.compile(r"programme(?=$|s$)"), "program"),
)
DOUBLED = re.compile(r"([bdfgklmnprt])\1$")
IRREGULAR = MappingProxyType({
    "won": "win", "lost": "lose", "fell": "fall", "fallen": "fall", "rose": "rise",
    "risen": "rise", "grew": "grow", "grown": "grow", "met": "meet", "sold": "sell",
    "bought": "buy", "paid": "pay", "built": "build", "began": "begin", "begun": "begin",
    "held": "hold", "kept": "keep", "left": "leave", "sent": "send", "spent": "spend",
    "spoke": "speak", "spoken": "speak", "speech": "speech", "chose": "choose",
    "chosen": "choose", "struck": "strike", "stricken": "strike", "hid": "hide",
    "hidden": "hide", "drew": "draw", "drawn": "draw", "drove": "drive", "driven": "drive",
    "fought": "fight", "caught": "catch", "taught": "teach", "sought": "seek", "wrote": "write",
    "written": "write", "ran": "run", "sank": "sink", "sunk": "sink", "broke": "break",
    "broken": "break", "stole": "steal", "stolen": "steal", "thrown": "throw", "threw": "throw",
    "flew": "fly", "flown": "fly", "lay": "lie", "men": "man", "women": "woman",
    "children": "child", "people": "people", "died": "die", "dying": "die", "dies": "die",
    "lives": "life", "wives": "wife", "knives": "knife", "said": "say", "told": "tell",
    "gave": "give", "went": "go", "fled": "flee", "shot": "shoot", "fed": "feed", "led": "lead",
    "stood": "stand", "understood": "understand", "brought": "bring", "thought": "think",
    "swore": "swear", "sworn": "swear", "tore": "tear", "worn": "wear", "withdrew": "withdraw",
    "withdrawn": "withdraw", "withdrawal": "withdraw", "arrival": "arrive", "denial": "deny",
    "refusal": "refuse", "approval": "approve", "death": "die", "loss": "lose",
    "growth": "grow", "choice": "choose", "belief": "believe", "proof": "prove",
})  # fmt: skip


def regular(word: str) -> str:
    """Return the stem of a lower-case word by its endings alone.

    >>> [regular(w) for w in ("defence", "defenses", "expansion", "expanding", "agreed", "centres")]
    ['defens', 'defens', 'expand', 'expand', 'agre', 'center']
    """
    if word in IRREGULAR:
        return regular(IRREGULAR[word]) if IRREGULAR[word] != word else word
    for pattern, american in SPELLINGS:
        word = pattern.sub(american, word)
    if word.endswith(("'s", "s'")):
        word = word[:-2] if word.endswith("'s") else word[:-1]
    for table in (ENDINGS, DERIVED):
        for ending, least, left in table:
            if word.endswith(ending) and len(word) - len(ending) >= least:
                word = word[: len(word) - len(ending)] + left
                break
    word = DOUBLED.sub(r"\1", word)
    return word[:-1] if len(word) > 4 and word.endswith("e") else word


@dataclass(frozen=True, slots=True)
class WordLists:
    """The lists, ready to look up.

    Args:
        stop: Words without matter, lower case.
        common: Stems with little matter.
        same: A stem and the one that stands for its group.
        places: Names as written, and the country they stand for.
        phrases: By their first word, the other words and what stands for all of them.
        numbers: Number words and their values.
        scales: Words of magnitude and their values.
        aliases: Names in lower case without dots, and the name that stands for all.
        nicknames: First names in lower case, and the groups they belong to.
    """

    stop: frozenset[str]
    common: frozenset[str]
    same: Mapping[str, str]
    places: Mapping[str, str]
    phrases: Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]
    numbers: Mapping[str, int]
    scales: Mapping[str, int]
    aliases: Mapping[str, str]
    nicknames: Mapping[str, frozenset[int]]


@cache
def word_lists() -> WordLists:
    """Return the shipped lists, read once."""
    path = resource("lexicons", "wording.toml")
    raw: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    same: dict[str, str] = {}
    for line in raw["same"].split("\n"):
        stems = [regular(word) for word in line.split()]
        for stem in stems:
            same.setdefault(stem, f"={stems[0]}")
    places: dict[str, str] = {}
    for line in raw["places"].split("\n"):
        names = line.split()
        places.update((name, f"@{names[0]}") for name in names)
    phrases: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for phrase, one in raw["phrases"]:
        first, *rest = phrase.split()
        stands = places.get(one) or (_sign(one, same) if one else "")
        phrases.setdefault(first, []).append((tuple(rest), stands))
    return WordLists(
        stop=frozenset(raw["stop"].split()),
        common=frozenset(_sign(word, same) for word in raw["common"].split()),
        same=MappingProxyType(same),
        places=MappingProxyType(places),
        phrases=MappingProxyType({
            first: tuple(sorted(rest, key=lambda one: -len(one[0])))
            for first, rest in phrases.items()
        }),
        numbers=MappingProxyType(raw["numbers"]),
        scales=MappingProxyType(raw["scales"]),
        aliases=MappingProxyType({
            name.lower().replace(".", "").replace(",", ""): group[0].lower()
            for group in raw["aliases"]
            for name in group
        }),
        nicknames=MappingProxyType(_memberships(raw["nicknames"])),
    )  # fmt: skip


def _memberships(lines: str) -> dict[str, frozenset[int]]:
    """Return for every word the numbers of the lines that hold it."""
    result: dict[str, frozenset[int]] = {}
    for number, line in enumerate(lines.split("\n")):
        for word in line.split():
            result[word] = result.get(word, frozenset()) | {number}
    return result


def _sign(word: str, same: Mapping[str, str]) -> str:
    stem = regular(word)
    return same.get(stem, stem)


@cache
def _by_rule(form: str) -> str:
    """Return the sign of a lower-case word; "" for a word without matter."""
    lists = word_lists()
    if form in lists.stop:
        return ""
    return _sign(form, lists.same)


def sign(written: str, form: str) -> str:
    """Return what stands for a word; "" if it carries no matter.

    Args:
        written: The word as it stands in the text, without possessive ending.
        form: The same in lower case.

    >>> sign("Tokyo", "tokyo") == sign("Japanese", "japanese")
    True
    >>> sign("the", "the")
    ''
    """
    place = word_lists().places.get(written)
    return place if place is not None else _by_rule(form)
