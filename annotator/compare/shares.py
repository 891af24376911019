"""How much of an article others have too, and which of its sentences nobody else has.

Counted in words of the article's own text: page furniture is out. Copying of quotes is counted
apart from copying of prose.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING

from annotator.compare.material import Share, Stretch
from annotator.compare.reading import furniture
from annotator.model.span import Span, subtracted, united

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from annotator.compare.reading import Reading, Unit
    from annotator.model.span import Fragments

REST_WORDS = 6  # a clause of a shared sentence is told from this size on
REST_SIGNS = 4
REST_SHARED = 0.25  # share of its signs that may stand in what meets the sentence


def share(reading: Reading, shared: Fragments, copied: Fragments) -> Share:
    """Return how much of an article is shared.

    Args:
        reading: The article.
        shared: Its stretches that another article conveys too.
        copied: Its stretches that another article has word for word or lightly edited.
    """
    quoted = united(span for quote in reading.material.quotes for span in quote.quoted)
    own = _own(reading)
    words = _count(reading, own)
    whole = max(1, words)
    in_common = _count(reading, _common(own, united([*shared, *copied])))
    return Share(
        article=reading.material.id,
        words=words,
        shared=round(in_common / whole, 4),
        unique=round((words - in_common) / whole, 4),
        copied=round(_count(reading, subtracted(_common(own, copied), quoted)) / whole, 4),
        quoted=round(_count(reading, _common(own, quoted)) / whole, 4),
    )


def _own(reading: Reading) -> Fragments:
    text = reading.material.text
    return subtracted([Span(0, len(text))], furniture(reading.material)) if text else ()


def _common(own: Fragments, other: Iterable[Span]) -> Fragments:
    return subtracted(own, subtracted(own, other))


def _count(reading: Reading, spans: Iterable[Span]) -> int:
    """Return how many words lie in the spans."""
    return sum(len(reading.words.within(span)) for span in spans)


@dataclass(frozen=True, slots=True)
class Met:
    """A stretch of an article that others convey too.

    Args:
        span: Where.
        signs: What the other articles say in its place.
    """

    span: Span
    signs: frozenset[str]


def only_here(reading: Reading, met: Sequence[Met]) -> list[Stretch]:
    """Return the sentences and clauses that no other article conveys.

    A clause of a shared sentence counts if hardly any of its matter stands in what meets it.

    Args:
        reading: The article.
        met: What others convey too, ascending.
    """
    own = furniture(reading.material)
    starts = [one.span.start for one in met]
    reach = max((len(one.span) for one in met), default=0)
    result: list[Span] = []
    for unit in reading.units:
        if any(span.overlaps(unit.span) for span in own):
            continue
        first = bisect_left(starts, unit.span.start - reach)
        near = met[first : bisect_left(starts, unit.span.end)]
        near = [one for one in near if one.span.overlaps(unit.span)]
        result += [unit.span] if not near else _rests(reading, unit, near)
    return [Stretch(reading.material.id, span.start, span.end) for span in result]


def _rests(reading: Reading, unit: Unit, near: Sequence[Met]) -> Iterator[Span]:
    """Yield the clauses of a shared sentence that say something of their own."""
    for clause in unit.clauses:
        places = reading.words.within(clause)
        signs = {reading.words.signs[i] for i in places} - {""}
        if len(places) < REST_WORDS or len(signs) < REST_SIGNS:
            continue
        there = {s for one in near if one.span.overlaps(clause) for s in one.signs}
        if len(signs & there) <= REST_SHARED * len(signs):
            start = max(clause.start, unit.span.start)
            yield Span(start, reading.words.ends[places.stop - 1])
