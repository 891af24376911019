"""Word lists of the machine coders, read once from resources/lexicons.

Lists are data: cues of speech by valence, titles, organisation words, places, phrases of page
furniture. This file only reads them; what they mean is decided where they are used.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from annotator.settings import resource

if TYPE_CHECKING:
    from collections.abc import Iterable


@cache
def table(name: str) -> dict[str, Any]:
    """Return the parsed list `resources/lexicons/NAME.toml`."""
    return tomllib.loads(resource("lexicons", f"{name}.toml").read_text(encoding="utf-8"))


def alternation(words: Iterable[str]) -> str:
    """Return a regular expression matching any of the words, longest first.

    >>> alternation(["an", "a", "the"])
    'the|an|a'
    """
    unique = sorted(set(words), key=lambda word: (-len(word), word))
    return "|".join(re.escape(word).replace(r"\ ", " ") for word in unique)


@dataclass(frozen=True, slots=True)
class CueWord:
    """One form of a verb of saying."""

    lemma: str
    valence: str
    is_strong: bool


@cache
def cue_words() -> dict[str, CueWord]:
    """Return every verb form with its lemma, valence and strength."""
    result: dict[str, CueWord] = {}
    lists = table("cues")
    for strength in ("strong", "weak", "abroad"):
        for valence, verbs in lists[strength].items():
            for verb in verbs:
                forms = verb.split()
                for form in forms:
                    result.setdefault(form, CueWord(forms[0], valence, strength != "weak"))
    return result


@cache
def abroad_forms() -> frozenset[str]:
    """Return the verb forms of other languages than English."""
    return frozenset(form for verb in table("cues")["abroad"]["neutral"] for form in verb.split())


@cache
def word_set(name: str, section: str, key: str) -> frozenset[str]:
    """Return one list of a table as a set of lower-case words."""
    return frozenset(word.lower() for word in table(name)[section][key])
