"""The articles of one story compared, article by article: add one and only what it touches is new.

Two articles are compared by themselves alone, so results of pairs are kept when others come or go.
What is drawn from all pairs together (passages, quotes, names, shares) is made when asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.compare.bands import passages
from annotator.compare.material import Comparison, Stretch
from annotator.compare.naming import actors
from annotator.compare.passages import LEAST, ShingleIndex, copied, missing_pairs, place_of
from annotator.compare.quotes import clusters, said_in
from annotator.compare.reading import Vocabulary, furniture, read_article
from annotator.compare.sentences import aligned
from annotator.compare.shares import Met, only_here, share
from annotator.compare.wire import credit, suspected
from annotator.errors import BadInput
from annotator.model.span import Span, covered, intersected, subtracted, united

if TYPE_CHECKING:
    from collections.abc import Iterable

    from annotator.compare.material import Material, Pair
    from annotator.compare.passages import Run
    from annotator.compare.quotes import Said
    from annotator.compare.reading import Reading
    from annotator.model.span import Fragments


class StoryIndex:
    """Compares articles as they come and go.

    Args:
        materials: Articles to begin with.

    Raises:
        BadInput: if two articles have the same id.
    """

    def __init__(self, materials: Iterable[Material] = ()) -> None:
        self._vocabulary = Vocabulary()
        self._shingles = ShingleIndex()
        self._readings: dict[str, Reading] = {}
        self._said: dict[str, list[Said]] = {}
        self._credits: dict[str, str] = {}
        self._runs: dict[tuple[str, str], list[Run]] = {}
        self._pairs: dict[tuple[str, str], list[Pair]] = {}
        for material in materials:
            self.add(material)

    def add(self, material: Material) -> None:
        """Add an article and compare it with those that are there.

        Raises:
            BadInput: if there is one with its id already.
        """
        if material.id in self._readings:
            raise BadInput(
                f"There are two articles with the id “{material.id}”.",
                hint="Give each article of a story its own id.",
            )
        reading = read_article(material, self._vocabulary)
        runs = self._shingles.add(reading)
        for name, other in self._readings.items():
            ends = (name, material.id)
            self._runs[ends] = copied(runs.get(name, ()))
            pairs = sorted(aligned(other, reading))
            exact = [run for run in runs.get(name, ()) if run.same >= LEAST]
            pairs += missing_pairs(exact, other, reading, pairs)
            joined = [run for run in self._runs[ends] if not run.is_exact]
            pairs = sorted(pairs)
            self._pairs[ends] = sorted([*pairs, *missing_pairs(joined, other, reading, pairs)])
        self._readings[material.id] = reading
        self._said[material.id] = said_in(material)
        self._credits[material.id] = credit(material)

    def remove(self, article: str) -> None:
        """Forget an article."""
        del self._readings[article], self._said[article], self._credits[article]
        self._shingles.remove(article)
        for table in (self._runs, self._pairs):
            for ends in [ends for ends in table if article in ends]:
                del table[ends]

    def pairs(self) -> list[Pair]:
        """Return all pairs, by article in the order of adding."""
        names = list(self._readings)
        return [
            pair
            for place, one in enumerate(names)
            for two in names[place + 1 :]
            for pair in self._pairs[one, two]
        ]

    def comparison(self) -> Comparison:
        """Return all that the articles share, change and leave out."""
        materials = {name: reading.material for name, reading in self._readings.items()}
        pairs = self.pairs()
        met, copies = self._met(pairs), self._copies()
        own = {name: only_here(r, met[name]) for name, r in self._readings.items()}
        order = list(materials)
        said = [one for name in order for one in self._said[name]]
        return Comparison(
            articles=tuple(materials.values()),
            passages=tuple(suspected(passages(pairs, order), materials, self._credits, copies)),
            pairs=tuple(pairs),
            only_here=tuple(stretch for name in order for stretch in own[name]),
            quotes=tuple(clusters(said)),
            names=tuple(actors(list(materials.values()))),
            shares=tuple(
                share(r, _left(met[n], own[n]), copies[n]) for n, r in self._readings.items()
            ),
        )

    def _met(self, pairs: Iterable[Pair]) -> dict[str, list[Met]]:
        """Return by article what others convey too; what stands only in their furniture is not."""
        aside = {name: furniture(r.material) for name, r in self._readings.items()}
        signs: dict[Stretch, frozenset[str]] = {}
        met: dict[str, list[Met]] = {name: [] for name in self._readings}
        for pair in pairs:
            for mine, its in ((pair.a, pair.b), (pair.b, pair.a)):
                if its not in signs:
                    is_aside = _is_aside(its, aside[its.article])
                    signs[its] = frozenset() if is_aside else self._signs(its)
                if signs[its]:
                    met[mine.article].append(Met(Span(mine.start, mine.end), signs[its]))
        return {name: sorted(found, key=_by_place) for name, found in met.items()}

    def _signs(self, stretch: Stretch) -> frozenset[str]:
        words = self._readings[stretch.article].words
        return frozenset(words.signs[i] for i in words.within(Span(stretch.start, stretch.end)))

    def _copies(self) -> dict[str, Fragments]:
        """Return by article what another has word for word or lightly edited."""
        spans: dict[str, list[Span]] = {name: [] for name in self._readings}
        for (one, two), runs in self._runs.items():
            for run in runs:
                spans[one].append(place_of(self._readings[one], run.a, run.a_end))
                spans[two].append(place_of(self._readings[two], run.b, run.b_end))
        return {name: united(found) for name, found in spans.items()}


def _by_place(met: Met) -> Span:
    return met.span


def _left(met: Iterable[Met], own: Iterable[Stretch]) -> Fragments:
    """Return what is shared, without the clauses that are not."""
    return subtracted([one.span for one in met], [Span(s.start, s.end) for s in own])


def _is_aside(stretch: Stretch, aside: Fragments) -> bool:
    span = Span(stretch.start, stretch.end)
    return bool(aside) and covered(intersected([span], aside)) * 2 > len(span)


def compare(materials: Iterable[Material]) -> Comparison:
    """Compare the articles of one story.

    Raises:
        BadInput: if two articles have the same id.
    """
    return StoryIndex(materials).comparison()
