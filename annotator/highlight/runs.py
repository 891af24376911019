"""Runs of capitals: stretches of a text that may be names, before anything is known of them.

Breaks at sentence borders, possessives and calendar words; joins particles ("van der"), "of" and
"and" inside organisation names. Title-case headlines are recognised, because there capitals say
nothing. What a run names is decided in `naming`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from annotator.highlight.lexicon import alternation, table
from annotator.highlight.subjects import CALENDAR, PARTICLE

UPPER = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĖĘĚĞĢĪĮİĶŁĽĻŃŅŇŌŐŒŘŚŞŠŢŤŪŮŰŲŹŻŽА-ЯЁΑ-Ω"
TOKEN = (
    rf"(?:(?:Mr|Mrs|Ms|Dr|Gen|Sen|Rep|Gov|Lt|Col|Sgt|St|Prof|Rev|Capt|Maj|Adm|Hon|Mt|Ft)\.(?=\s)|"
    rf"(?:(?:al|el|bin|ibn|d|l|O)[-’'])?[{UPPER}](?:\.(?:[{UPPER}]\.)+|\.(?=\s[{UPPER}])|"
    rf"[\w&]*(?:[’'](?![s]\b)[{UPPER}a-z]\w+)?(?:-\w+)*))"
)
JOIN = rf"(?:[ \u00a0](?:{PARTICLE}[ \u00a0]){{1,2}}|[ \u00a0]&[ \u00a0]|[ \u00a0])"
RUN = re.compile(rf"(?<![\w@#/.-]){TOKEN}(?:{JOIN}{TOKEN})*(?:,? (?:Jr|Sr)\.)?")
LINE = re.compile(r"[^\n]*\S[^\n]*")
WORD = re.compile(r"[^\W\d_][\w’'-]*")
SMALL_WORDS = frozenset(
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
    | {"as", "is", "vs", "via", "per", "not", "be", "it", "its", "over", "into", "after", "if"}
    | {"than", "that", "off", "up", "s", "are", "was", "his", "her", "about", "amid", "de", "la"}
)
SENTENCE_START = re.compile(r"(?:^|[.!?…:;]|[\"“”‘’«»„(\[•*|–—-])[\"“”‘’«»„(\[]*\s*$")
ABBREVIATED = re.compile(
    r"(?:^|[\s(])(?:[A-Z]|Mr|Mrs|Ms|Dr|St|Gen|Sen|Rep|Gov|Lt|Col|Sgt|Jr|Sr|Prof|vs|No|U\.S|U\.K|U\.N|D\.C)\.\s*$"
)


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of capitalised words.

    Args:
        start: First code point.
        end: One after the last.
        text: The words.
        is_initial: Whether it begins a sentence, a line or a quotation.
        in_title: Whether its line is in title case or capitals.
    """

    start: int
    end: int
    text: str
    is_initial: bool
    in_title: bool


@cache
def _joined() -> re.Pattern[str]:
    """Return names that hold "of", "for" or "and": Ministry of Health and Welfare."""
    first = [w for w in table("entities")["organisations"]["first"] if " " in w]
    first += [w for w in table("entities")["places"]["first"] if " " in w]
    tail = rf"(?: (?:the )?{TOKEN})(?:(?:,? and |, | of (?:the )?| )(?:{TOKEN}))*"
    return re.compile(rf"(?<![\w@#])(?:{TOKEN} ){{0,3}}(?:{alternation(first)}){tail}")


def is_title_case(line: str) -> bool:
    """Say whether a line's capitals say nothing: a headline in title case or capitals.

    >>> is_title_case("Mayor Says New Bridge Will Open in Spring")
    True
    """
    words = [w for w in WORD.findall(line) if len(w) > 3]
    if len(words) < 4 or sum(1 for w in words if w[0].isupper()) / len(words) <= 0.7:
        return False
    lower = [w for w in WORD.findall(line) if w[0].islower() and w not in SMALL_WORDS]
    return len(lower) <= len(words) // 6


def runs_in(text: str) -> list[Run]:
    """Return the runs of a text in order, disjoint."""
    result: list[Run] = []
    for line in LINE.finditer(text):
        body = line.group()
        in_title = is_title_case(body)
        taken: list[tuple[int, int]] = []
        if not in_title:
            for match in _joined().finditer(body):
                end = match.end()
                taken.append((match.start(), end))
                result.append(_run(body, line.start(), match.start(), end, in_title))
        for match in RUN.finditer(body):
            if any(a < match.end() and match.start() < b for a, b in taken):
                continue
            for start, end in _pieces(match.group()):
                result.append(
                    _run(body, line.start(), match.start() + start, match.start() + end, in_title)
                )
    return sorted(result, key=lambda run: run.start)


def _run(body: str, offset: int, start: int, end: int, in_title: bool) -> Run:
    before = body[max(0, start - 12) : start]
    initial = bool(SENTENCE_START.search(before)) and not ABBREVIATED.search(before)
    return Run(offset + start, offset + end, body[start:end], initial or start == 0, in_title)


def _pieces(run: str) -> list[tuple[int, int]]:
    """Cut calendar words out of a run."""
    pieces, start = [], 0
    for match in re.finditer(r"\S+", run):
        word = match.group()
        if CALENDAR.fullmatch(word.rstrip(",")) and word not in {"May", "March", "August", "April"}:
            if match.start() > start:
                pieces.append((start, len(run[: match.start()].rstrip())))
            start = match.end() + 1
    if start < len(run):
        pieces.append((start, len(run)))
    return pieces
