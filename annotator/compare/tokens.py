"""The words of a text as comparison sees them: places, forms and signs.

The *form* is the word in lower case with plain apostrophes: what verbatim copying is judged by.
The *sign* stands for all forms and near-synonyms of a word, "" for words without matter: what
rewording is judged by. Hyphened words are several words, "U.S." is one, "nine trillion" and
"9tn" carry one sign.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from annotator.compare.stems import sign, word_lists
from annotator.model.segment import MARKS

if TYPE_CHECKING:
    from annotator.model.span import Span

TOKEN = re.compile(
    r"[^\W\d_]\.(?:[^\W\d_]\.)+"  # U.S.
    r"|\d+(?:[.,]\d+)*"  # 1,200.5
    "|[\u3040-\u30ff\u3400-\u9fff]"  # scripts without blanks: a character is a word
    rf"|[^\W\d_](?:[^\W\d_\u3040-\u30ff\u3400-\u9fff]|[{MARKS}\u00ad\u200c\u200d]|['’](?=[^\W\d_]))*"
)
INVISIBLE = re.compile("[\u00ad\u200c\u200d]")
# Prefixes whose hyphen is a matter of taste: co-operation, south-west, re-branded.
PREFIXES = frozenset(
    ["anti", "co", "counter", "inter", "mid", "multi", "non", "north", "over", "post", "pre", "re",
     "semi", "south", "sub", "under", "e"]
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one text, one entry each in four rows of equal length.

    Args:
        starts: First code points, ascending.
        ends: One after the last code points.
        forms: Words in lower case.
        signs: What stands for them; "" for words without matter.
    """

    starts: tuple[int, ...]
    ends: tuple[int, ...]
    forms: tuple[str, ...]
    signs: tuple[str, ...]

    def __len__(self) -> int:
        """Return the number of words."""
        return len(self.forms)

    def within(self, span: Span) -> range:
        """Return the places of the words that lie wholly inside a span."""
        first = bisect_left(self.starts, span.start)
        return range(first, max(first, bisect_right(self.ends, span.end)))


def read(text: str) -> Words:
    """Return the words of a text.

    >>> read("The US’s nine-trillion yen").signs
    ('', '@US', '#9000000000000', '', 'yen')
    """
    matches = list(TOKEN.finditer(text))
    starts = [match.start() for match in matches]
    ends = [match.end() for match in matches]
    looked_up = [_looked_up(match.group()) for match in matches]
    forms = [form for form, _ in looked_up]
    signs = [sign for _, sign in looked_up]
    _join_prefixes(text, starts, ends, forms, signs)
    _join_phrases(forms, signs)
    _join_numbers(forms, signs)
    return Words(tuple(starts), tuple(ends), tuple(forms), tuple(signs))


@lru_cache(maxsize=100_000)
def _looked_up(raw: str) -> tuple[str, str]:
    """Return the form and the sign of a word as it stands in a text."""
    plain = INVISIBLE.sub("", raw).replace("’", "'")
    form = plain.lower().replace(".", "") if plain[0].isalpha() else plain
    return form, sign(_bare(plain), _bare(form))


def _bare(word: str) -> str:
    """Return the word without its possessive ending."""
    if word.endswith(("'s", "'S")):
        return word[:-2]
    return word


def _join_prefixes(
    text: str, starts: list[int], ends: list[int], forms: list[str], signs: list[str]
) -> None:
    """Give a hyphened word the sign of the word written together."""
    for place, form in enumerate(forms[:-1]):
        if form not in PREFIXES or text[ends[place] : starts[place + 1]] not in "-‐‑":
            continue
        if ends[place] == starts[place + 1] or not forms[place + 1][0].isalpha():
            continue
        joined = forms[place] + _bare(forms[place + 1])
        signs[place], signs[place + 1] = "", sign(joined, joined)


def _join_phrases(forms: list[str], signs: list[str]) -> None:
    """Give fixed expressions of several words one sign, on their first word."""
    phrases = word_lists().phrases
    for place, form in enumerate(forms):
        if form not in phrases:
            continue
        for rest, stands in phrases[form]:
            end = place + 1 + len(rest)
            if tuple(map(_bare, forms[place + 1 : end])) == rest:
                signs[place:end] = [stands, *[""] * len(rest)]
                break


def _join_numbers(forms: list[str], signs: list[str]) -> None:
    """Give numbers, in digits or words and with their magnitude, one sign by value."""
    lists = word_lists()
    end = 0
    for place, form in enumerate(forms):
        if place < end or not (form in lists.numbers or form[0].isdigit()):
            continue
        value = _value(form)
        if value is None:
            continue
        end = place + 1
        if 20 <= value < 100 and value % 10 == 0 and end < len(forms):
            unit = lists.numbers.get(forms[end], 0)
            if form in lists.numbers and 0 < unit < 10:
                value, end = value + unit, end + 1
        while end < len(forms) and forms[end] in lists.scales:
            value, end = value * lists.scales[forms[end]], end + 1
        signs[place:end] = [f"#{value:.12g}" if value % 1 else f"#{value:.0f}",
                            *[""] * (end - place - 1)]  # fmt: skip


def _value(form: str) -> float | None:
    """Return the value of a number in digits or one word, else None.

    >>> _value("1,200"), _value("2.5"), _value("nine"), _value("night")
    (1200.0, 2.5, 9, None)
    """
    if not form[0].isdigit():
        return word_lists().numbers.get(form)
    grouped = re.sub(r"[.,](?=\d{3}(?:\D|$))", "", form)
    try:
        return float(grouped.replace(",", "."))
    except ValueError:
        return None
