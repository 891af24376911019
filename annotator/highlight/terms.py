"""Marked words that nobody says: titles, nicknames, so-called terms, scare quotes.

Decided from the words themselves and what stands just before them, before any attribution is
sought; short quotations that find no speaker become terms later (see `inheritance`).
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from annotator.highlight.lexicon import alternation, table

if TYPE_CHECKING:
    from annotator.highlight.marks import Stretch

WORD = re.compile(r"[^\W_]+(?:[’'.-][^\W_]+)*")
SMALL = frozenset(
    {
        "a",
        "an",
        "the",
        "of",
        "in",
        "on",
        "at",
        "to",
        "for",
        "and",
        "or",
        "but",
        "with",
        "by",
        "from",
    }
    | {"is", "as", "vs", "de", "la"}
)
EDGE = "\"'“”‘’„‟«»‹›`´「」『』 \n"
NICKNAME_BEFORE = re.compile(r"[A-ZÀ-Þ][\w.’'-]*\.?\s$")
NICKNAME_AFTER = re.compile(r"\s[A-ZÀ-Þ][\w’'-]+")
SHOW_BEFORE = re.compile(
    r"(?:[’']s|\bon|\bof|\bhost|\bshow|\bepisode of|\bin|\bthe)\s+(?:the\s+)?$"
)
COLLOCATED_AFTER = re.compile(r"\s(?:show|series|film|movie|album|song|tour|podcast|magazine)\b")
TAG = re.compile(r"[\w-]=$")


@cache
def _announces_term() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{alternation(table('cues')['terms']['before'])})\s*,?\s*$", re.I)


def words_of(piece: str) -> list[str]:
    """Return the words of a marked stretch."""
    return WORD.findall(piece)


def is_title_like(words: list[str]) -> bool:
    """Say whether all content words are capitalised."""
    content = [w for w in words if w.lower() not in SMALL]
    return bool(content) and all(w[0].isupper() or w[0].isdigit() for w in content)


def is_term_by_itself(text: str, stretch: Stretch) -> bool:
    """Say whether a marked stretch is a title, a nickname or announced as a term."""
    inside = text[stretch.start : stretch.end].strip(EDGE)
    words = words_of(inside)
    if not words:
        return True
    before = text[max(0, stretch.start - 40) : stretch.start]
    after = text[stretch.end : stretch.end + 30]
    if TAG.search(before):
        return True
    if len(words) > 12:
        return False
    if _announces_term().search(before):
        return True
    return is_title_like(words) and _is_name(text, inside, words, before, after)


def _is_name(text: str, inside: str, words: list[str], before: str, after: str) -> bool:
    if len(words) == 1 and NICKNAME_BEFORE.search(before) and NICKNAME_AFTER.match(after):
        return True
    if inside[-1] in "!?" or (len(words) == 1 and inside[-1] in "."):
        return False
    if len(words) >= 2 and (SHOW_BEFORE.search(before) or COLLOCATED_AFTER.match(after)):
        return True
    return len(words) >= 3 and inside[-1] not in ",.!?" and text.count(inside) >= 1
