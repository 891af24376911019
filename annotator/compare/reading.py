"""One article read for comparison: its words, its sentences and what they are about.

Sentences in page furniture are left out, but for furniture that repeats matter (captions, cards of
an aggregator). Terms are numbers from a vocabulary that all articles of an index share, so that
two readings meet by arrays of numbers.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from annotator.compare.material import REPEATING
from annotator.compare.stems import word_lists
from annotator.compare.tokens import read
from annotator.model.segment import CLOSERS, clauses, sentences
from annotator.model.span import Span, covered, intersected, united

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from annotator.compare.material import Material
    from annotator.compare.tokens import Words
    from annotator.model.span import Fragments

    Numbers = NDArray[np.int64]
    Weights = NDArray[np.float64]

LEAST = 3  # different signs a sentence needs to be compared
SENTENCE_MARKS = frozenset(".!?…;:,؟۔।。！？")
BULLETS = "•·-–—*‣▪ \u00a0\t"
SHIFT = 32  # a bigram's number is first << SHIFT | second
GRAM = 3


class Vocabulary:
    """Numbers for signs, in the order they were first met."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    def number(self, sign: str) -> int:
        """Return the number of a sign."""
        return self._numbers.setdefault(sign, len(self._numbers))


@dataclass(frozen=True, slots=True)
class Table:
    """Which rows (sentences or clauses) hold which terms: parallel rows and columns.

    Args:
        rows: Row of every entry.
        columns: Place of its term among the article's sorted terms.
    """

    rows: Numbers
    columns: Numbers


@dataclass(frozen=True, slots=True)
class Unit:
    """A sentence: its place, its words, its clauses and its runs of three words.

    Args:
        span: The sentence without bullet.
        words: Places of its words.
        clauses: Its clauses' places.
        first_clause: Row of its first clause in the table of clauses.
        grams: Runs of three words, as they stand.
        is_heading: Whether it is a line of its own that does not end like a sentence.
    """

    span: Span
    words: range
    clauses: tuple[Span, ...]
    first_clause: int
    grams: frozenset[tuple[str, ...]]
    is_heading: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """An article ready to be compared.

    Args:
        material: The article.
        words: All words of its text.
        silent: Furniture that is left out altogether.
        borders: Places of the words that begin a sentence, ascending.
        units: Sentences that are compared.
        terms: Sorted numbers of the signs in them.
        shares: Share of the sentences that hold each term.
        factors: What weighs a term besides its rareness: common words and names count less.
        bigrams: Sorted numbers of neighbouring signs.
        parts: Places among `terms` of the two signs of each bigram, two rows.
        in_units: Terms by sentence.
        in_clauses: Terms by clause.
        bigrams_in_units: Bigrams by sentence.
    """

    material: Material
    words: Words
    silent: Fragments
    borders: tuple[int, ...]
    units: tuple[Unit, ...]
    terms: Numbers
    shares: Weights
    factors: Weights
    bigrams: Numbers
    parts: Numbers
    in_units: Table
    in_clauses: Table
    bigrams_in_units: Table


def silent_furniture(material: Material) -> Fragments:
    """Return the furniture that no comparison looks at."""
    return united(b.span for b in material.furniture if b.role not in REPEATING)


def furniture(material: Material) -> Fragments:
    """Return all furniture: what does not count as the article's own words."""
    return united(b.span for b in material.furniture)


def read_article(material: Material, vocabulary: Vocabulary) -> Reading:
    """Return an article ready to be compared with others of the same vocabulary."""
    words = read(material.text)
    silent = silent_furniture(material)
    found = sentences(material.text)
    units = _units(material.text, words, silent, found)
    borders = tuple(dict.fromkeys(bisect_left(words.starts, span.start) for span in found))
    return _numbered(material, words, silent, borders, units, vocabulary)


def _units(text: str, words: Words, silent: Fragments, found: Sequence[Span]) -> list[Unit]:
    result: list[Unit] = []
    rows = 0
    parts = clauses(text)
    at = 0
    for sentence in found:
        while at < len(parts) and parts[at].start < sentence.start:
            at += 1
        first = at
        while at < len(parts) and parts[at].end <= sentence.end:
            at += 1
        span = _without_bullet(text, sentence)
        places = words.within(span)
        if len({words.signs[i] for i in places} - {""}) < LEAST or _is_hidden(span, silent):
            continue
        forms = [words.forms[i] for i in places]
        grams = frozenset(tuple(forms[i : i + GRAM]) for i in range(len(forms) - GRAM + 1))
        own = tuple(parts[first:at])
        result.append(Unit(span, places, own, rows, grams, _is_heading(text, sentence)))
        rows += len(own)
    return result


def _without_bullet(text: str, span: Span) -> Span:
    body = span.of(text)
    stripped = body.lstrip(BULLETS)
    return Span(span.end - len(stripped), span.end) if stripped else span


def _is_heading(text: str, sentence: Span) -> bool:
    """Say whether a sentence fills its line and lacks a mark at the end."""
    end = text.find("\n", sentence.end)
    before = text[text.rfind("\n", 0, sentence.start) + 1 : sentence.start]
    after = text[sentence.end : len(text) if end < 0 else end]
    is_line = not before.strip(BULLETS) and not after.strip()
    return is_line and sentence.of(text).rstrip(CLOSERS)[-1:] not in SENTENCE_MARKS


def _is_hidden(span: Span, silent: Fragments) -> bool:
    """Say whether at least half of a sentence is furniture."""
    return bool(silent) and covered(intersected([span], silent)) * 2 >= len(span)


def _numbered(
    material: Material, words: Words, silent: Fragments, borders: tuple[int, ...],
    units: Sequence[Unit], vocabulary: Vocabulary,
) -> Reading:  # fmt: skip
    import numpy as np  # noqa: PLC0415  # a third of a second that --help does not need

    numbers = [vocabulary.number(sign) if sign else -1 for sign in words.signs]
    by_unit, by_clause, by_pair = [], [], []
    for row, unit in enumerate(units):
        there = [numbers[i] for i in unit.words if numbers[i] >= 0]
        by_unit += [(row, number) for number in dict.fromkeys(there)]
        by_pair += [(row, x << SHIFT | y) for x, y in dict.fromkeys(pairwise(there))]
        for shift, clause in enumerate(unit.clauses):
            inside = {numbers[i] for i in words.within(clause)} - {-1}
            by_clause += [(unit.first_clause + shift, number) for number in sorted(inside)]
    terms, in_units = _table(by_unit)
    bigrams, bigrams_in_units = _table(by_pair)
    in_clauses = Table(
        np.array([row for row, _ in by_clause], dtype=np.int64),
        np.searchsorted(terms, np.array([n for _, n in by_clause], dtype=np.int64)),
    )
    low = (1 << SHIFT) - 1
    parts = np.stack([
        np.searchsorted(terms, bigrams >> SHIFT), np.searchsorted(terms, bigrams & low)
    ])  # fmt: skip
    shares = np.bincount(in_units.columns, minlength=len(terms)) / max(1, len(units))
    signs = {number: sign for sign, number in zip(words.signs, numbers, strict=True)}
    names = _names(material.text, words, units)
    factors = np.array([_factor(signs[int(n)], names) for n in terms], dtype=np.float64)
    return Reading(
        material, words, silent, borders, tuple(units), terms, shares, factors, bigrams, parts,
        in_units, in_clauses, bigrams_in_units,
    )  # fmt: skip


def _table(entries: list[tuple[int, int]]) -> tuple[Numbers, Table]:
    """Return the sorted different numbers of (row, number), and the table that uses them."""
    import numpy as np  # noqa: PLC0415  # as above

    array = np.array(entries, dtype=np.int64).reshape(-1, 2)
    different, columns = np.unique(array[:, 1], return_inverse=True)
    return different, Table(array[:, 0], columns.reshape(-1))


def _names(text: str, words: Words, units: Sequence[Unit]) -> frozenset[str]:
    """Return the signs that are written with a capital inside a sentence."""
    return frozenset(
        words.signs[i]
        for unit in units
        for i in unit.words[1:]
        if text[words.starts[i]].isupper() and words.signs[i]
    )


COMMON, NAME, SMALL = 0.5, 0.65, 0.7


def _factor(sign: str, names: frozenset[str]) -> float:
    """Return how much a sign counts besides its rareness.

    Names tell who, not what; days of a month and small numbers meet by chance; words like
    "official" are in every article.
    """
    if sign[0] == "#":
        return SMALL if len(sign) < 4 else 1.0
    factor = COMMON if sign in word_lists().common else 1.0
    return factor * NAME if sign in names and sign[0] not in "@=" else factor
