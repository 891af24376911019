"""Whose annotation answers whose: pairing the marks of two coders one to one.

Pairs are of the same code. *Exact*: the same stretches; *relaxed*: at least one shared character;
*half*: intersection over union of at least one half. Where several could be paired, the greatest
overlap goes first. F1 = 2 pairs / (marks of the one + marks of the other) treats both coders alike
(Hripcsak & Rothschild, 2005, JAMIA, 12(3), 296-298); over several coders and articles the counts
are added up.
"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from annotator.agreement.measuring import measure
from annotator.agreement.units import gathered, shown
from annotator.model.span import covered, intersected

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from annotator.agreement.bootstrap import Plan
    from annotator.agreement.results import Agreement
    from annotator.agreement.spans import Continuum, Mark
    from annotator.agreement.units import Entry, Value

HALF = 0.5
COUNTS = ("exact", "relaxed", "iou", "marks")


def paired(left: Sequence[Mark], right: Sequence[Mark], *, rule: str) -> list[tuple[Mark, Mark]]:
    """Return pairs of marks of two coders, each mark at most once.

    Args:
        left: One coder's marks of one code in one article.
        right: The other's.
        rule: "exact", "relaxed" or "iou".
    """
    candidates = sorted(_candidates(left, right, rule), key=lambda c: (-c[0], c[1], c[2]))
    taken_left: set[int] = set()
    taken_right: set[int] = set()
    pairs = []
    for _, i, j in candidates:
        if i not in taken_left and j not in taken_right:
            taken_left.add(i)
            taken_right.add(j)
            pairs.append((i, j))
    return [(left[i], right[j]) for i, j in sorted(pairs)]


def _candidates(
    left: Sequence[Mark], right: Sequence[Mark], rule: str
) -> Iterator[tuple[float, int, int]]:
    """Yield how well two marks fit, and their places, for all that may be paired."""
    fit = FITS[rule]
    for i, one in enumerate(left):
        for j, other in enumerate(right):
            if _could_meet(one, other):
                how_well = fit(one, other)
                if how_well:
                    yield how_well, i, j


def _exact(one: Mark, other: Mark) -> float:
    return float(one.fragments == other.fragments)


def _shared(one: Mark, other: Mark) -> float:
    return float(covered(intersected(one.fragments, other.fragments)))


def _half(one: Mark, other: Mark) -> float:
    shared = _shared(one, other)
    ratio = shared / (covered(one.fragments) + covered(other.fragments) - shared)
    return ratio if ratio >= HALF else 0.0


FITS = {"exact": _exact, "relaxed": _shared, "iou": _half}


def _could_meet(one: Mark, other: Mark) -> bool:
    return (
        one.fragments[0].start < other.fragments[-1].end
        and other.fragments[0].start < one.fragments[-1].end
    )


def both_sides(continuum: Continuum, code: str) -> Iterator[tuple[list[Mark], list[Mark]]]:
    """Yield for each two coders of an article their marks of a code, in the text's order."""
    marks = {
        coder: sorted(
            (m for m in continuum.marks if m.coder == coder and m.code == code),
            key=lambda mark: mark.fragments,
        )
        for coder in continuum.coders
    }
    for one, other in combinations(continuum.coders, 2):
        yield marks[one], marks[other]


def counted(continuum: Continuum, code: str) -> tuple[float, ...]:
    """Return the numbers of pairs under each rule, and of marks, over all two coders."""
    found = dict.fromkeys(COUNTS, 0)
    for left, right in both_sides(continuum, code):
        found["marks"] += len(left) + len(right)
        if left and right:
            for rule in COUNTS[:3]:
                found[rule] += len(paired(left, right, rule=rule))
    return tuple(float(found[name]) for name in COUNTS)


def aligned(continua: Sequence[Continuum], code: str) -> Iterator[tuple[Continuum, Mark, Mark]]:
    """Yield all pairs that share half or more of their stretches, article by article."""
    for continuum in continua:
        for left, right in both_sides(continuum, code):
            for one, other in paired(left, right, rule="iou"):
                yield continuum, one, other


def attribute_agreement(
    continua: Sequence[Continuum],
    code: str,
    attribute: str,
    *,
    level: str = "nominal",
    values: Sequence[Value] = (),
    plan: Plan | None = None,
) -> Agreement:
    """Return how far coders agree on an attribute, over aligned pairs of spans.

    A unit is a pair of spans that share at least half of their stretches; articles are drawn for
    the intervals. Spans without a counterpart say nothing about it: the share that is aligned
    belongs beside the number.

    Raises:
        BadInput: if a value does not fit the level.
    """
    entries: list[Entry] = []
    articles: dict[str, str] = {}
    coders: list[str] = []
    for number, (continuum, one, other) in enumerate(aligned(continua, code)):
        unit = f"pair {number + 1} in {continuum.article}"
        for mark in (one, other):
            value = comparable(mark.attributes.get(attribute))
            if value is not None:
                entries.append((unit, mark.coder, value))
                articles[unit] = continuum.article
                if mark.coder not in coders:
                    coders.append(mark.coder)
    unlisted = sorted({value for _, _, value in entries} - set(values), key=shown)
    order = (*values, *unlisted) if values or level == "ordinal" else ()
    ratings = gathered(entries, level, values=order, coders=sorted(coders), clusters=articles)
    return measure(ratings, name=f"{code}: {attribute}", plan=plan)


def comparable(value: object) -> Value | None:
    """Return an attribute's value as it can be compared; None for none.

    >>> comparable(True), comparable(""), comparable(["b", "a"]) == frozenset({"a", "b"})
    (1, None, True)
    """
    if value is None or value in ("", []):
        return None
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, (int, float, str)):
        return value
    if isinstance(value, (list, tuple)):
        return frozenset(str(item) for item in value)
    return str(value)
