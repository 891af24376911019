"""Entities: people, organisations and places, each mention with a name shared by its aliases.

Works by rules alone, or on the names a statistical pipeline found (`seeds`) with the same rules
about the whole document: titles and possessives stay outside, the longest full name gives its
aliases type and canonical name, an acronym introduced in brackets stands for what precedes it,
and a name found once is found everywhere in the text.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from annotator.highlight.context import looked_again
from annotator.highlight.finding import Finding
from annotator.highlight.naming import (
    Named,
    first_names,
    is_organisation,
    listed,
    named,
    places,
    split_run,
)
from annotator.highlight.runs import Run, runs_in
from annotator.model.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

COMPONENT = "entities"
VERSION = "1.1"
BRACKETED = re.compile(r"[ \u00a0]\(([A-Z][A-Za-z&-]{1,7}|(?:[A-Z]\.){2,})\)")
LONGER_AFTER = re.compile(r"[ \u00a0](?:[A-ZÀ-Þ][\w’-]+[ \u00a0])?[A-ZÀ-Þ][a-zà-ÿ]+")
LONGER_BEFORE = re.compile(r"(?<![.!?”\"\n] )\b[A-ZÀ-Þ][a-zà-ÿ’-]+[ \u00a0]$")
LOWER_WORD = re.compile(r"(?<![\w-])[a-zà-ÿ][\w’-]*")
POSSESSIVE = re.compile(r"[’']s?$")
CAPITAL_NOUNS = frozenset({"de", "lb"})  # languages that write every noun with a capital
SURE = 0.7
SEED_SCORE = 0.85
ADDED = 0.8  # from this score on a name found by rules is added to those of a model
DIRECTION = re.compile(
    r"^(?:(?:north|south)-?)?(?:north|south|east|west|central)(?:ern)? (?=[A-Z])"
)
WORD_AFTER = re.compile(r"[ \u00a0]([A-Z]\w+)")
LEADING_THE = re.compile(r"^[Tt]he\s+")


def find_entities(
    text: str, seeds: Sequence[tuple[int, int, str]] | None = None, language: str = "en"
) -> list[Finding]:
    """Return the mentions of a text in order.

    Args:
        text: The canonical text.
        seeds: Spans and labels found by a statistical model; None when there is no model.
        language: Code of the language; where all nouns have capitals, only sure names count.
    """
    found = _from_seeds(text, seeds) if seeds is not None else _by_rules(text)
    if seeds is None and language in CAPITAL_NOUNS:
        found = [one for one in found if one.score >= SURE or _is_full_name(one)]
    found = _with_acronyms(text, found)
    found = looked_again(text, _agreed(found))
    found = _everywhere(text, found, is_partial=seeds is not None)
    canonical = _canonical(found)
    return [
        Finding(
            "entity", one.label, (Span(one.start, one.end),), one.score, COMPONENT,
            {"name": canonical.get((one.text, one.label), one.text)},
        )
        for one in found
    ]  # fmt: skip


def _is_full_name(one: Named) -> bool:
    return one.label == "PER" and " " in one.text


def _disjoint(found: Iterable[Named]) -> list[Named]:
    result: list[Named] = []
    for one in sorted(found, key=lambda n: (n.start, -n.end)):
        if not result or one.start >= result[-1].end:
            result.append(one)
    return result


def _from_seeds(text: str, seeds: Sequence[tuple[int, int, str]]) -> list[Named]:
    """Tidy a model's names, retype the plain cases and add people behind titles."""
    result = []
    lower = {w.group() for w in LOWER_WORD.finditer(text)}
    for first, last, label in seeds:
        raw = DIRECTION.sub("", text[first:last])
        bare = LEADING_THE.sub("", raw.lstrip())
        piece = POSSESSIVE.sub("", bare.rstrip())
        start = last - len(bare)
        if not piece or _is_no_name(text, start, piece, lower):
            continue
        tidy = named(text, Run(start, start + len(piece), piece, is_initial=False, in_title=False))
        if label == "PER" and tidy is not None:
            result.append(replace(tidy, label=label, score=SEED_SCORE))
        else:
            kind = _plain_type(piece) or label
            result.append(Named(start, start + len(piece), piece, kind, SEED_SCORE))
    found = _disjoint(result)
    busy = [(one.start, one.end) for one in found]
    titled = [
        one
        for one in _by_rules(text)
        if one.score >= ADDED and not _overlaps(busy, one.start, one.end)
    ]
    return _disjoint([*found, *titled])


def _is_no_name(text: str, start: int, piece: str, lower: set[str]) -> bool:
    """Say whether a model took a nationality, an event or a plain word for a name."""
    words = piece.split()
    if words[0] in listed("none", "demonyms") and all(w.islower() for w in words[1:]):
        return True
    if piece.replace(".", "") in listed("none", "words") and piece not in places():
        return True
    after = WORD_AFTER.match(text, start + len(piece))
    if after and after[1] in listed("none", "last"):
        return True
    begins = (
        start == 0
        or text[start - 1] == "\n"
        or text[max(0, start - 2) : start] in {". ", "? ", "! "}
    )
    if not begins or " " in piece or piece in places():
        return False
    return piece.lower() in lower or piece.endswith("ly")


def _plain_type(name: str) -> str:
    """Return the type a name's own words leave no doubt about, else ""."""
    if name in places() and name not in listed("places", "doubtful"):
        return "LOC"
    return "ORG" if is_organisation(name) else ""


def _by_rules(text: str) -> list[Named]:
    runs = runs_in(text)
    lower = {w.group() for w in LOWER_WORD.finditer(text)}
    steady = {r.text for r in runs if not r.is_initial and not r.in_title}
    parts = {word for name in steady for word in name.split()}
    result = []
    for run in runs:
        if run.in_title:
            result += _in_title(text, run, steady)
            continue
        for piece in split_run(run):
            one = named(text, piece)
            if one is not None and not _is_plain_word(piece, one, lower, parts):
                result.append(one)
    return _disjoint(result)


def _is_plain_word(run: Run, one: Named, lower: set[str], parts: set[str]) -> bool:
    """Say whether a capital at the start of a sentence is only that."""
    if not run.is_initial or one.start != run.start or " " in one.text:
        return False
    if one.text in parts or one.text in places() or one.text in listed("organisations", "known"):
        return False
    if one.text.lower() in lower:
        return True
    return not (one.text.isupper() or one.score >= 0.7 or one.text in first_names())


def _in_title(text: str, run: Run, steady: set[str]) -> list[Named]:
    """Return the parts of a title-case run that are names elsewhere or in the lists."""
    result = []
    words = [(m.start(), m.end()) for m in re.finditer(r"\S+", run.text)]
    first = 0
    while first < len(words):
        for last in range(len(words), first, -1):
            start, end = run.start + words[first][0], run.start + words[last - 1][1]
            piece = POSSESSIVE.sub("", text[start:end].rstrip(',:;.!?”"’'))
            if piece in steady or piece in places() or piece in listed("organisations", "known"):
                part = Run(start, start + len(piece), piece, is_initial=False, in_title=True)
                one = named(text, part)
                if one is not None:
                    result.append(one)
                first = last - 1
                break
        first += 1
    return result


def _with_acronyms(text: str, found: list[Named]) -> list[Named]:
    """Give an acronym in brackets the type of the name before it, wherever it stands."""
    ends = {one.end: one for one in found}
    meant: dict[str, str] = {}
    for match in BRACKETED.finditer(text):
        before = ends.get(match.start())
        if before is not None and " " in before.text:
            meant[match[1]] = before.label if before.label != "PER" else "ORG"
    if not meant:
        return found
    result = [replace(o, label=meant[o.text], score=0.9) if o.text in meant else o for o in found]
    return _disjoint([*result, *_mentions(text, result, dict.fromkeys(meant, "ORG"), 0.85)])


def _agreed(found: list[Named]) -> list[Named]:
    """Give all mentions of a name one type; a surname takes the type of the full name."""
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    surnames: set[str] = set()
    for one in found:
        votes[one.text][one.label] += max(1, round(one.score * 10))
        parts = one.text.split()
        if one.label == "PER" and 2 <= len(parts) <= 4:
            surnames.add(parts[-1])
    result = []
    for one in found:
        if " " not in one.text and one.text in surnames and one.text not in places():
            result.append(replace(one, label="PER", score=max(one.score, 0.85)))
            continue
        label = votes[one.text].most_common(1)[0][0]
        result.append(one if label == one.label else replace(one, label=label))
    return result


def _everywhere(text: str, found: list[Named], *, is_partial: bool) -> list[Named]:
    """Add mentions of known names that were passed over."""
    labels: dict[str, str] = {}
    for one in found:
        if len(one.text) >= 3 and (one.score >= 0.6 or is_partial):
            labels.setdefault(one.text, one.label)
            last = one.text.split()[-1]
            if one.label == "PER" and " " in one.text and len(last) > 2 and last[0].isupper():
                labels.setdefault(last, "PER")
    for word in listed("none", "words") | listed("none", "demonyms"):
        labels.pop(word, None)
    if is_partial:
        for place in places() - listed("places", "doubtful"):
            if place in text:
                labels.setdefault(place, "LOC")
    return _disjoint([*found, *_mentions(text, found, labels, 0.6)])


def _mentions(text: str, found: list[Named], labels: dict[str, str], score: float) -> list[Named]:
    """Return free-standing mentions of names outside those already found."""
    busy = sorted((one.start, one.end) for one in found)
    result = []
    for name, label in labels.items():
        position = text.find(name)
        while position >= 0:
            end = position + len(name)
            if _stands_free(text, position, end) and not _overlaps(busy, position, end):
                result.append(Named(position, end, name, label, score))
            position = text.find(name, end)
    return result


def _stands_free(text: str, start: int, end: int) -> bool:
    """Say whether a mention is a word of its own and no part of a longer name."""
    if LONGER_AFTER.match(text, end) or LONGER_BEFORE.search(text, max(0, start - 30), start):
        return False
    before, after = text[start - 1 : start], text[end : end + 1]
    return not (before.isalnum() or before in "-_@#") and not (after.isalnum() or after in "-_")


def _overlaps(busy: list[tuple[int, int]], start: int, end: int) -> bool:
    from bisect import bisect_left  # noqa: PLC0415  # used here alone

    at = bisect_left(busy, (end, 0))
    return at > 0 and busy[at - 1][1] > start


def _canonical(found: list[Named]) -> dict[tuple[str, str], str]:
    """Return for every name and type the fullest name it is short for."""
    result: dict[tuple[str, str], str] = {}
    people: dict[str, str] = {}
    for one in found:
        parts = one.text.split()
        if one.label == "PER" and len(parts) > 1:
            people.setdefault(parts[-1], one.text)
    for one in found:
        parts = one.text.split()
        full = one.text
        if one.label == "PER":
            full = people.get(parts[-1], one.text) if len(parts) == 1 else one.text
            longer = people.get(parts[-1], "")
            if len(parts) > 1 and set(parts) < set(longer.split()):
                full = longer
        result[(one.text, one.label)] = full
    return result
