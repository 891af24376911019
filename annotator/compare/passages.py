"""What two articles have word for word, or nearly: runs found through an index of five-word runs.

An inverted index of all runs of five words finds every common run in time linear in the text;
each is widened as far as the words agree. Runs that only a few changed words part are joined to
edited ones. Text that is page furniture on both sides is no copy and left out.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING

from annotator.compare.material import Pair, Stretch
from annotator.model.span import Span, covered, intersected

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from annotator.compare.reading import Reading

SHINGLE = 5  # words; shorter runs are common by chance
LEAST = 8  # words of a run that counts as copied
GAP = 3  # words that may differ between two parts of an edited run
REPEATS = 8  # places of the same five words in one article that are looked at
PIECE = 4  # words of a run's part in one sentence that is worth a pair of its own

Shingle = tuple[str, ...]


@dataclass(frozen=True, slots=True, order=True)
class Run:
    """The same words in two articles, by places in their lists of words, half-open.

    Args:
        a: First word in the one article.
        a_end: One after the last.
        b: First word in the other.
        b_end: One after the last.
        same: How many words agree; fewer than the run's length if it was edited.
    """

    a: int
    a_end: int
    b: int
    b_end: int
    same: int

    @property
    def is_exact(self) -> bool:
        """Whether nothing was changed."""
        return self.same == self.a_end - self.a == self.b_end - self.b


class ShingleIndex:
    """Where every run of five words stands, in all articles added so far."""

    def __init__(self) -> None:
        self._places: dict[Shingle, list[tuple[str, int]]] = {}
        self._readings: dict[str, Reading] = {}

    def add(self, reading: Reading) -> dict[str, list[Run]]:
        """Add an article; return the runs of five words or more it shares, by other article.

        Returns:
            Runs whose `b` is the article added now, by the id of the article added before.
        """
        name = reading.material.id
        known: dict[tuple[str, int], int] = {}  # by article and shift: where the last run ends
        found: dict[str, list[Run]] = {}
        for place, key in enumerate(shingles(reading.words.forms)):
            there = self._places.get(key)
            if there is None:
                self._places[key] = [(name, place)]
                continue
            own = 0
            for other, start in there:
                line = (other, start - place)
                if other == name:
                    own += 1
                elif known.get(line, -1) <= place:
                    run = self._run(other, start, reading, place)
                    known[line] = run.b_end
                    found.setdefault(other, []).append(run)
            if own < REPEATS:
                there.append((name, place))
        self._readings[name] = reading
        return {
            other: sorted(run for run in runs if not self._is_furniture(other, run, reading))
            for other, runs in found.items()
        }

    def _run(self, other: str, start: int, reading: Reading, place: int) -> Run:
        return _widened(self._readings[other].words.forms, start, reading.words.forms, place)

    def _is_furniture(self, other: str, run: Run, reading: Reading) -> bool:
        """Say whether most of a run is page furniture in both articles."""
        sides = ((self._readings[other], run.a, run.a_end), (reading, run.b, run.b_end))
        return all(one.silent and _is_silent(one, first, end) for one, first, end in sides)

    def remove(self, article: str) -> None:
        """Forget an article."""
        reading = self._readings.pop(article)
        for key in shingles(reading.words.forms):
            left = [one for one in self._places.get(key, ()) if one[0] != article]
            if left:
                self._places[key] = left
            else:
                self._places.pop(key, None)


def shingles(forms: Sequence[str]) -> Iterator[Shingle]:
    """Yield the runs of five words, one from every word on."""
    return zip(*(forms[shift:] for shift in range(SHINGLE)), strict=False)


def _widened(left: Sequence[str], a: int, right: Sequence[str], b: int) -> Run:
    """Return the longest run of agreeing words around a common place."""
    a_end, b_end = a + SHINGLE, b + SHINGLE
    while a and b and left[a - 1] == right[b - 1]:
        a, b = a - 1, b - 1
    while a_end < len(left) and b_end < len(right) and left[a_end] == right[b_end]:
        a_end, b_end = a_end + 1, b_end + 1
    return Run(a, a_end, b, b_end, a_end - a)


def place_of(reading: Reading, first: int, end: int) -> Span:
    """Return where words stand in the text."""
    return Span(reading.words.starts[first], reading.words.ends[end - 1])


def _is_silent(one: Reading, first: int, end: int) -> bool:
    span = place_of(one, first, end)
    return covered(intersected([span], one.silent)) * 2 > len(span)


def copied(runs: Iterable[Run]) -> list[Run]:
    """Return the runs that count as copied: exact ones, and edited ones joined over small gaps.

    Args:
        runs: Exact runs of two articles.

    >>> [r.same for r in copied([Run(0, 6, 0, 6, 6), Run(7, 12, 8, 13, 5), Run(90, 95, 40, 45, 5)])]
    [11]
    """
    joined: list[Run] = []
    for run in sorted(runs):
        if joined:
            last = joined[-1]
            gaps = (run.a - last.a_end, run.b - last.b_end)
            if all(0 <= gap <= GAP for gap in gaps):
                joined[-1] = Run(last.a, run.a_end, last.b, run.b_end, last.same + run.same)
                continue
        joined.append(run)
    return [run for run in joined if run.same >= LEAST]


def missing_pairs(runs: Iterable[Run], a: Reading, b: Reading, pairs: Sequence[Pair]) -> list[Pair]:
    """Return pairs for copied words that no pair of sentences covers, sentence by sentence.

    A run over several short sentences of which no part stands for it becomes one pair.

    Args:
        runs: Copied runs of the two articles.
        a: The article added first.
        b: The other.
        pairs: Pairs of sentences of the two articles, ascending.
    """
    starts = [pair.a.start for pair in pairs]
    reach = max((pair.a.length for pair in pairs), default=0)

    def near(piece: Pair) -> Sequence[Pair]:
        first = bisect_left(starts, piece.a.start - reach)
        return pairs[first : bisect_left(starts, piece.a.end)]

    result: list[Pair] = []
    for run in runs:
        pieces = _pieces(run, a) if run.is_exact else []
        made = [_as_pair(piece, a, b) for piece in pieces or [run]]
        new = [pair for pair in made if not any(map(partial(_covers, pair), near(pair)))]
        whole = _as_pair(run, a, b)
        if not any(map(partial(_covers, whole), (*new, *near(whole)))):
            new = [whole]
        result += new
    return result


def _pieces(run: Run, a: Reading) -> list[Run]:
    """Return an exact run cut where sentences end; tiny pieces are left out."""
    shift = run.b - run.a
    borders = a.borders[bisect_right(a.borders, run.a) : bisect_left(a.borders, run.a_end)]
    return [
        Run(first, end, first + shift, end + shift, end - first)
        for first, end in pairwise([run.a, *borders, run.a_end])
        if end - first >= PIECE
    ]


def _as_pair(run: Run, a: Reading, b: Reading) -> Pair:
    one, two = place_of(a, run.a, run.a_end), place_of(b, run.b, run.b_end)
    return Pair(
        Stretch(a.material.id, one.start, one.end),
        Stretch(b.material.id, two.start, two.end),
        "verbatim" if run.is_exact else "edited",
        1.0 if run.is_exact else round(run.same / max(run.a_end - run.a, run.b_end - run.b), 3),
    )


def _covers(one: Pair, two: Pair) -> bool:
    """Say whether two pairs share at least half of the shorter stretch on both sides."""
    return 2 * one.a.shared(two.a) >= min(one.a.length, two.a.length) and (
        2 * one.b.shared(two.b) >= min(one.b.length, two.b.length)
    )
