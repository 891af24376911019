"""Units of coding: who gave which unit which value, and how often each pattern of values occurs.

`Ratings` is one variable's data, a matrix of coders by units. `Tally` holds its distinct columns
with their frequencies: every coefficient is a function of *weights over patterns*, so that the
estimate (weights = frequencies) and a bootstrap (a row of weights a resample) are one computation.
Reading files and drawing conclusions are not its subject.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass, replace
from itertools import combinations
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import numpy.typing as npt

from annotator.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

LEVELS = ("nominal", "ordinal", "interval", "ratio")
NONE = -1

# frozenset: the values of a question with several answers.
Value: TypeAlias = str | float | frozenset[str]
Entry: TypeAlias = tuple[str, str, Value]
Numbers: TypeAlias = npt.NDArray[np.float64]
Indices: TypeAlias = npt.NDArray[np.int64]
Flags: TypeAlias = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Ratings:
    """The values that coders gave to units, for one variable.

    Args:
        level: Level of measurement, one of `LEVELS`.
        coders: Names, one a row.
        units: Names, one a column.
        values: What may be said, in order; some of it may never occur.
        codes: Coders × units: index into `values`, -1 where a coder gave none.
        clusters: For each unit the number of its article, if units of one article belong together.
    """

    level: str
    coders: tuple[str, ...]
    units: tuple[str, ...]
    values: tuple[Value, ...]
    codes: Indices
    clusters: Indices | None = None

    def of_coders(self, chosen: Sequence[int]) -> Ratings:
        """Return the data of some coders, by their rows."""
        return replace(
            self, coders=tuple(self.coders[i] for i in chosen), codes=self.codes[list(chosen)]
        )

    def numbers(self) -> Numbers:
        """Return the values as numbers, for interval and ratio levels."""
        return np.array([v if isinstance(v, (int, float)) else np.nan for v in self.values])

    def values_per_unit(self) -> Indices:
        """Return how many coders gave each unit a value."""
        counts: Indices = (self.codes >= 0).sum(axis=0)
        return counts

    def distribution(self) -> dict[str, dict[Value, int]]:
        """Return by coder how often each value was given."""
        return {
            coder: {
                value: int(number)
                for value, number in zip(
                    self.values,
                    np.bincount(row[row >= 0], minlength=len(self.values)),
                    strict=True,
                )
            }
            for coder, row in zip(self.coders, self.codes, strict=True)
        }


def gathered(
    entries: Iterable[Entry],
    level: str = "nominal",
    *,
    values: Sequence[Value] = (),
    coders: Sequence[str] = (),
    clusters: Mapping[str, str] | None = None,
) -> Ratings:
    """Return ratings from single judgements.

    Args:
        entries: Unit, coder and value of each judgement.
        level: Level of measurement.
        values: What may be said, in order; found in the data if left out.
        coders: Who is compared, in order; found in the data if left out.
        clusters: The article of each unit.

    Raises:
        BadInput: if a coder has two values for a unit, a value is not among `values`, or does not
            fit the level.
    """
    cells: dict[tuple[str, str], Value] = {}
    units: dict[str, int] = {}
    people: dict[str, int] = {name: place for place, name in enumerate(coders)}
    for unit, coder, value in entries:
        if cells.setdefault((unit, coder), value) != value:
            raise BadInput(
                f"{coder} has two values for {unit}: “{shown(cells[unit, coder])}” and "
                f"“{shown(value)}”.",
                hint="Keep one row for each unit and coder.",
            )
        units.setdefault(unit, len(units))
        people.setdefault(coder, len(people))
    order = tuple(values) or in_order(cells.values(), level)
    check_values(order, level)
    place_of = {value: place for place, value in enumerate(order)}
    codes = np.full((len(people), len(units)), NONE, dtype=np.int64)
    for (unit, coder), value in cells.items():
        if value not in place_of:
            known = ", ".join(shown(v) for v in order)
            raise BadInput(f"{coder} gave {unit} the value “{shown(value)}”; allowed are {known}.")
        codes[people[coder], units[unit]] = place_of[value]
    groups = None
    if clusters is not None:
        numbers: dict[str, int] = {}
        groups = np.array(
            [numbers.setdefault(clusters[unit], len(numbers)) for unit in units], dtype=np.int64
        )
    return Ratings(level, tuple(people), tuple(units), order, codes, groups)


def in_order(values: Iterable[Value], level: str) -> tuple[Value, ...]:
    """Return the distinct values in order: numbers ascending, else as text.

    Raises:
        BadInput: if the level needs an order that words do not have.
    """
    found = set(values)
    if all(isinstance(value, (int, float)) for value in found):
        return tuple(sorted(found, key=_number))
    if level == "ordinal":
        listed = ", ".join(sorted(shown(value) for value in found)[:8])
        raise BadInput(
            f"The order of the values is not known: {listed}.",
            hint="Name them in order, as --values low,medium,high.",
        )
    return tuple(sorted(found, key=_as_words))


def _as_words(value: Value) -> tuple[str, ...]:
    return tuple(sorted(value)) if isinstance(value, frozenset) else (shown(value),)


def _number(value: Value) -> float:
    return value if isinstance(value, (int, float)) else math.nan


def check_values(values: Sequence[Value], level: str) -> None:
    """Refuse values that have no place at a level of measurement.

    Raises:
        BadInput: naming the first one.
    """
    if level not in LEVELS:
        raise BadInput(f"The level is one of {', '.join(LEVELS)}, not “{level}”.")
    if level not in {"interval", "ratio"}:
        return
    for value in values:
        if not isinstance(value, (int, float)) or not math.isfinite(value):
            raise BadInput(
                f"The value “{shown(value)}” is no number, which the level {level} needs.",
                hint="Choose nominal or ordinal, or say which values are missing (--missing).",
            )
        if level == "ratio" and value < 0:
            raise BadInput(
                f"The value “{shown(value)}” is below zero, which the level ratio does not know.",
                hint="Choose interval, or say which values are missing (--missing).",
            )


def shown(value: Value) -> str:
    """Return a value as a person reads it.

    >>> shown(2.0), shown(2.5), shown("no"), shown(frozenset({"b", "a"}))
    ('2', '2.5', 'no', '{a, b}')
    """
    if isinstance(value, frozenset):
        return "{" + ", ".join(sorted(value)) + "}"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value)


@dataclass(frozen=True, slots=True, eq=False)
class Tally:
    """The distinct columns of ratings: P patterns of values, and how often each occurs.

    Args:
        ratings: The data.
        patterns: P × coders: index of the value, -1 for none.
        frequency: How many units have each pattern.
        of_unit: For each unit its pattern.
        sizes: How many values each pattern has.
        sorting: For each coder the patterns in order of the value, the first place of each value,
            and these values: what adding up by value needs.
    """

    ratings: Ratings
    patterns: Indices
    frequency: Numbers
    of_unit: Indices
    sizes: Numbers
    sorting: tuple[tuple[Indices, Indices, Indices], ...]

    @property
    def pairable(self) -> Flags:
        """Which patterns have two or more values."""
        return self.sizes >= 2

    @property
    def pairs(self) -> list[tuple[int, int]]:
        """All pairs of coders, as columns of the patterns."""
        return list(combinations(range(self.patterns.shape[1]), 2))

    def coder_totals(self, weights: Numbers, coder: int) -> Numbers:
        """Return R × values: the weight of what one coder gave each value.

        Args:
            weights: R × patterns.
            coder: The coder's column.
        """
        order, starts, present = self.sorting[coder]
        totals = np.zeros((len(weights), len(self.ratings.values)))
        if len(order):
            totals[:, present] = np.add.reduceat(weights[:, order], starts, axis=1)
        return totals

    def totals(self, weights: Numbers) -> Numbers:
        """Return R × values: the weight of what all coders together gave each value."""
        totals = np.zeros((len(weights), len(self.ratings.values)))
        for coder in range(self.patterns.shape[1]):
            totals += self.coder_totals(weights, coder)
        return totals

    def agreeing(self) -> Numbers:
        """Return for each pattern its number of ordered pairs of equal values."""
        result = np.zeros(len(self.patterns))
        for i, j in self.pairs:
            one, other = self.patterns[:, i], self.patterns[:, j]
            result += 2.0 * ((one == other) & (one >= 0))
        return result

    def summed_over_pairs(self, distance: Callable[[Indices, Indices], Numbers]) -> Numbers:
        """Return for each pattern the sum of a distance over its ordered pairs of values.

        Args:
            distance: Symmetric; of the indices of two values, for whole columns of them.
        """
        result = np.zeros(len(self.patterns))
        for i, j in self.pairs:
            one, other = self.patterns[:, i], self.patterns[:, j]
            both = (one >= 0) & (other >= 0)
            result[both] += 2.0 * distance(one[both], other[both])
        return result


def tallied(ratings: Ratings) -> Tally:
    """Return the patterns of ratings; units without any value are left out of the frequencies."""
    columns = ratings.codes.T
    patterns, of_unit = _distinct(columns, len(ratings.values) + 1)
    sizes = (patterns >= 0).sum(axis=1).astype(float)
    frequency = np.bincount(of_unit, minlength=len(patterns)).astype(float)
    frequency[sizes == 0] = 0.0
    sorting = []
    for coder in range(patterns.shape[1]):
        column = patterns[:, coder]
        order = np.argsort(column, kind="stable")
        order = order[column[order] >= 0]
        present, starts = np.unique(column[order], return_index=True)
        sorting.append((order, starts, present))
    return Tally(ratings, patterns, frequency, of_unit, sizes, tuple(sorting))


def _distinct(columns: Indices, base: int) -> tuple[Indices, Indices]:
    """Return the distinct rows and for each row the place of its like."""
    if not columns.size:
        return columns[:0], np.zeros(len(columns), dtype=np.int64)
    if base ** columns.shape[1] < 2**62:  # a row fits into one number, which sorts much faster
        powers = base ** np.arange(columns.shape[1], dtype=np.int64)
        keys = (columns + 1) @ powers
        _, first, inverse = np.unique(keys, return_index=True, return_inverse=True)
        return columns[first], inverse.reshape(-1)
    rows, inverse = np.unique(columns, axis=0, return_inverse=True)
    return rows, inverse.reshape(-1)


def as_options(ratings: Ratings) -> dict[str, Ratings]:
    """Return ratings of sets as one yes-no variable for each option that may be chosen."""
    options = sorted({option for v in ratings.values if isinstance(v, frozenset) for option in v})
    result = {}
    for option in options:
        has = np.array([isinstance(v, frozenset) and option in v for v in ratings.values])
        codes = np.where(ratings.codes >= 0, has[ratings.codes].astype(np.int64), NONE)
        result[option] = replace(ratings, level="nominal", values=("no", "yes"), codes=codes)
    return result


def missing_cells(ratings: Ratings) -> Counter[str]:
    """Return by coder how many of the units that others coded the coder did not."""
    coded = ratings.values_per_unit() > 0
    lacking = ((ratings.codes < 0) & coded).sum(axis=1)
    return Counter({c: int(n) for c, n in zip(ratings.coders, lacking, strict=True) if n})
