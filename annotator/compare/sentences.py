"""Which sentences of two articles convey the same, however worded; many to many.

Two sentences are scored by the weight of the signs and neighbouring signs they share: half by
cosine, half by containment in the shorter one, less when little is shared in absolute terms and
when either side has a much better partner. A sign weighs the square of log(1 + 1/share of the
sentences that hold it), taken from these two articles alone: so a pair of articles is compared the
same whatever else the story holds, and results can be kept. Where only some clauses of a long
sentence match, the stretch is narrowed to them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.compare.material import Pair, Stretch
from annotator.model.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from annotator.compare.material import Kind
    from annotator.compare.reading import Numbers, Reading, Table, Unit, Weights

THRESHOLD = 0.105
HEADLINE = 0.7  # share of the best partner's score that a headline's partners need
SURE = 0.14  # below this score they must share one more sign
MATTERS = 2  # different signs, neither common nor a name, that two sentences share at least
BIGRAM = 0.5  # weight of two neighbouring signs, beside those of the two themselves
LITTLE = 0.5  # shared weight, in fully rare signs, at which a score is halved
MARGIN = 0.4  # how much a much better partner takes away
FOCUS = 0.85  # share of what is shared that the narrowed clauses must hold
WHOLE = 0.7  # stretches that keep more than this of their sentence stay whole
EDITED = 0.4  # share of runs of three words that edited copy keeps


def aligned(a: Reading, b: Reading) -> list[Pair]:
    """Return the pairs of sentences or clauses that convey the same, in order of the texts."""
    if not a.units or not b.units:
        return []
    scored = _Scored(a, b)
    result = []
    for i, j, score in scored.chosen():
        left, right = a.units[i], b.units[j]
        kind = wording(left, right, a, b)
        one = left.span if kind != "reworded" else scored.narrowed_a(i, j)
        two = right.span if kind != "reworded" else scored.narrowed_b(i, j)
        result.append(Pair(
            Stretch(a.material.id, one.start, one.end), Stretch(b.material.id, two.start, two.end),
            kind, round(min(1.0, score), 3),
        ))  # fmt: skip
    return result


def wording(left: Unit, right: Unit, a: Reading, b: Reading) -> Kind:
    """Return how near the wording of two sentences is."""
    if len(left.words) == len(right.words) and (
        [a.words.forms[i] for i in left.words] == [b.words.forms[i] for i in right.words]
    ):
        return "verbatim"
    both = len(left.grams & right.grams)
    least = min(len(left.grams), len(right.grams))
    return "edited" if least and both >= EDITED * least else "reworded"


class _Scored:
    """The scores of all sentences of one article against all of another."""

    def __init__(self, a: Reading, b: Reading) -> None:
        import numpy as np  # noqa: PLC0415  # a third of a second that --help does not need

        self.np, self.a, self.b = np, a, b
        _, self.in_a, self.in_b = np.intersect1d(
            a.terms, b.terms, assume_unique=True, return_indices=True
        )
        share_a, share_b = a.shares.copy(), b.shares.copy()
        both = np.maximum(share_a[self.in_a], share_b[self.in_b])
        share_a[self.in_a] = share_b[self.in_b] = both
        factor_a, factor_b = a.factors.copy(), b.factors.copy()
        lower = np.minimum(factor_a[self.in_a], factor_b[self.in_b])
        factor_a[self.in_a] = factor_b[self.in_b] = lower
        self.weights_a = (np.log1p(1 / share_a) * factor_a) ** 2
        self.weights_b = (np.log1p(1 / share_b) * factor_b) ** 2
        self._clauses_a: Weights | None = None
        self._clauses_b: Weights | None = None
        self.rare = float(np.log1p(max(len(a.units), len(b.units))) ** 2)

    def chosen(self) -> Iterator[tuple[int, int, float]]:
        """Yield the pairs of sentences that are near enough, row by row."""
        np = self.np
        shared = self._shared()
        if shared is None:
            return
        norm_a, norm_b = self._norms(self.a, self.weights_a), self._norms(self.b, self.weights_b)
        score = shared / np.sqrt(np.outer(norm_a, norm_b))
        score += shared / np.minimum.outer(norm_a, norm_b)
        score *= 0.5 * shared / (shared + LITTLE * self.rare)
        best_a = np.maximum(score.max(axis=1, initial=0), 1e-9)
        best_b = np.maximum(score.max(axis=0, initial=0), 1e-9)
        worst = np.minimum(score / best_a[:, None], score / best_b[None, :])
        score *= 1 - MARGIN + MARGIN * worst
        self._weaken_headings(score)
        matters = self._matters()
        score[(matters < MATTERS) | ((matters <= MATTERS) & (score < SURE))] = 0
        for i, j in zip(*np.nonzero(score >= THRESHOLD), strict=True):
            yield int(i), int(j), float(score[i, j])

    def _shared(self) -> Weights | None:
        """Return the weight that every two sentences share; None if there is nothing."""
        np, a, b = self.np, self.a, self.b
        if not len(self.in_a):
            return None
        self.all_a = _dense(a.in_units, len(a.units), len(a.terms), self.in_a)
        self.all_b = _dense(b.in_units, len(b.units), len(b.terms), self.in_b)
        weights = self.weights_a[self.in_a]
        shared: Weights = (self.all_a * weights) @ self.all_b.T
        _, pair_a, pair_b = np.intersect1d(
            a.bigrams, b.bigrams, assume_unique=True, return_indices=True
        )
        if len(pair_a):
            left = _dense(a.bigrams_in_units, len(a.units), len(a.bigrams), pair_a)
            right = _dense(b.bigrams_in_units, len(b.units), len(b.bigrams), pair_b)
            shared += (left * self._of_bigrams(a, self.weights_a)[pair_a]) @ right.T
        return shared

    def _weaken_headings(self, score: Weights) -> None:
        """Let a headline meet only what it fits nearly as well as its best partner."""
        for table, units in ((score, self.a.units), (score.T, self.b.units)):
            rows = [row for row, unit in enumerate(units) if unit.is_heading]
            if not rows:
                continue
            heads = table[rows]
            heads[heads < HEADLINE * heads.max(axis=1, initial=0)[:, None]] = 0
            table[rows] = heads

    def _matters(self) -> Weights:
        """Return how many signs every two sentences share that are more than a name."""
        solid = self.a.factors[self.in_a] >= 1
        result: Weights = self.all_a[:, solid] @ self.all_b[:, solid].T
        return result

    def _of_bigrams(self, one: Reading, weights: Weights) -> Weights:
        result: Weights = BIGRAM * weights[one.parts].mean(axis=0)
        return result

    def _norms(self, one: Reading, weights: Weights) -> Weights:
        np = self.np
        norms = np.bincount(
            one.in_units.rows, weights[one.in_units.columns], minlength=len(one.units)
        )
        pairs = self._of_bigrams(one, weights)[one.bigrams_in_units.columns]
        norms += np.bincount(one.bigrams_in_units.rows, pairs, minlength=len(one.units))
        result: Weights = norms
        return result

    def narrowed_a(self, i: int, j: int) -> Span:
        """Return the clauses of a sentence of `a` that meet a sentence of `b`."""
        unit = self.a.units[i]
        if len(unit.clauses) < 2:
            return unit.span
        if self._clauses_a is None:
            table = _dense(self.a.in_clauses, _clause_count(self.a), len(self.a.terms), self.in_a)
            self._clauses_a = table * self.weights_a[self.in_a]
        return _narrowed(unit, self._clauses_a[_rows(unit)] @ self.all_b[j])

    def narrowed_b(self, i: int, j: int) -> Span:
        """Return the clauses of a sentence of `b` that meet a sentence of `a`."""
        unit = self.b.units[j]
        if len(unit.clauses) < 2:
            return unit.span
        if self._clauses_b is None:
            table = _dense(self.b.in_clauses, _clause_count(self.b), len(self.b.terms), self.in_b)
            self._clauses_b = table * self.weights_b[self.in_b]
        return _narrowed(unit, self._clauses_b[_rows(unit)] @ self.all_a[i])


def _rows(unit: Unit) -> slice:
    return slice(unit.first_clause, unit.first_clause + len(unit.clauses))


def _clause_count(one: Reading) -> int:
    return one.units[-1].first_clause + len(one.units[-1].clauses)


def _dense(table: Table, rows: int, columns: int, chosen: Numbers) -> Weights:
    """Return a matrix of ones: which row holds which of the chosen columns."""
    import numpy as np  # noqa: PLC0415  # as above

    places = np.full(columns, -1)
    places[chosen] = np.arange(len(chosen))
    there = places[table.columns]
    kept = there >= 0
    matrix = np.zeros((rows, len(chosen)))
    matrix[table.rows[kept], there[kept]] = 1
    return matrix


def _narrowed(unit: Unit, shared: Weights) -> Span:
    """Return the shortest run of clauses that holds nearly all that is shared.

    Args:
        unit: The sentence, of two clauses or more.
        shared: Weight that each of its clauses shares with the other sentence.
    """
    parts = shared.tolist()
    needed = FOCUS * sum(parts)
    best = unit.span
    first, total = 0, 0.0
    for last, part in enumerate(parts):
        total += part
        while total - parts[first] >= needed and first < last:
            total -= parts[first]
            first += 1
        start = max(unit.clauses[first].start, unit.span.start)
        if total >= needed > 0 and unit.clauses[last].end - start < len(best):
            best = Span(start, unit.clauses[last].end)
    return best if len(best) <= WHOLE * len(unit.span) else unit.span
