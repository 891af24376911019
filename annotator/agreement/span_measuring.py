"""From marked articles to a `SpanAgreement`: every span measure, per code and over all codes.

Codes that a coder lets overlap can only be measured one by one (code against rest); what needs
exclusive codes then has no value and says why. Intervals draw whole articles. The first row of
every array is the estimate, the others are the resamples.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from annotator.agreement.alpha_u import alpha_u
from annotator.agreement.bootstrap import Plan, draw_articles, spread
from annotator.agreement.matching import COUNTS, attribute_agreement, counted
from annotator.agreement.results import NO_VARIATION, THRESHOLDS, Agreement, Coefficient
from annotator.agreement.spans import (
    Lengths,
    coverage,
    cu_alpha,
    is_exclusive,
    ku_alpha,
    lengths,
    marks_by_coder,
    token_alpha,
    token_lengths,
    u_alpha,
    unflat,
    units_by_coder,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from annotator.agreement.spans import Continuum
    from annotator.agreement.units import Numbers, Value

MEASURES = (
    "u_alpha", "u_alpha_binary", "cu_alpha", "ku_alpha", "f1_exact", "f1_relaxed", "f1_iou",
    "token_alpha", "gamma",
)  # fmt: skip
NO_GAMMA = (
    "gamma is an extra: give an interpreter that has pygamma-agreement "
    "(--gamma-python or PARALLAX_GAMMA_PYTHON)"
)
OVERLAPPING = "codes overlap, so each is measured alone"
NO_MEETING = "no two coders marked the same place"
NOBODY = "nobody marked it"
ONE_BY_ONE = "one code leaves no choice; see ku_alpha"
EACH_CODE = "see each code"


@dataclass(frozen=True, slots=True)
class Asked:
    """An attribute whose agreement is wanted: its code, its level and what may be said."""

    code: str
    attribute: str
    level: str = "nominal"
    values: tuple[Value, ...] = ()


@dataclass(frozen=True, slots=True)
class CodeAgreement:
    """The span measures of one code, or of all together.

    Args:
        name: The code; "" for all.
        coefficients: By name, see `MEASURES`.
        marks: How many annotations each coder made.
        coverage: Part of the code's length that rests on overlaps, as (k)u-alpha needs.
        alpha_u_1995: The older coefficient, if all coders read all articles.
        attributes: Agreement on attributes over aligned pairs.
    """

    name: str
    coefficients: dict[str, Coefficient]
    marks: dict[str, int]
    coverage: float | None = None
    alpha_u_1995: float | None = None
    attributes: dict[str, Agreement] = field(default_factory=dict)

    def plain(self) -> dict[str, Any]:
        """Return the shape of one entry of `annotator agreement --spans --json`."""
        made: dict[str, Any] = {name: c.plain() for name, c in self.coefficients.items()}
        made["details"] = {
            "marks": self.marks,
            "coverage": self.coverage,
            "alpha_u_1995": self.alpha_u_1995,
            "below": {f"{t:.3f}": share for t, share in self.coefficients["u_alpha"].below},
            "attributes": {name: made.plain() for name, made in self.attributes.items()},
        }
        return made


@dataclass(frozen=True, slots=True)
class SpanAgreement:
    """How far coders agree on spans.

    Args:
        name: The layer's, if any.
        articles: How many articles two coders or more read.
        length: Their code points together.
        coders: Names.
        codes: By code.
        overall: All codes together.
        is_exclusive: Whether no coder let codes overlap.
        by_words: Whether tokens are words; else they are characters.
        plan: How the intervals were made.
        warnings: What to keep in mind, as sentences.
    """

    name: str
    articles: int
    length: int
    coders: tuple[str, ...]
    codes: dict[str, CodeAgreement]
    overall: CodeAgreement
    is_exclusive: bool
    by_words: bool
    plan: Plan
    warnings: tuple[str, ...] = ()

    def plain(self) -> dict[str, Any]:
        """Return the shape of `annotator agreement --spans --json`."""
        return {
            "articles": self.articles,
            "length": self.length,
            "coders": list(self.coders),
            "codes": {name: made.plain() for name, made in self.codes.items()},
            "overall": self.overall.plain(),
            "warnings": list(self.warnings),
            "details": {
                "exclusive": self.is_exclusive,
                "tokens": "words" if self.by_words else "characters",
                "bootstrap": {
                    "resamples": self.plan.resamples, "seed": self.plan.seed,
                    "confidence": self.plan.confidence, "method": "percentile",
                    "drawn": "articles",
                },
            },
        }  # fmt: skip

    def with_gamma(self, found: Mapping[str, Coefficient]) -> SpanAgreement:
        """Return the result with gamma by code; "" is the overall one."""

        def filled(made: CodeAgreement) -> CodeAgreement:
            if made.name not in found:
                return made
            return replace(made, coefficients=made.coefficients | {"gamma": found[made.name]})

        codes = {name: filled(made) for name, made in self.codes.items()}
        return replace(self, codes=codes, overall=filled(self.overall))


def measure_spans(
    continua: Iterable[Continuum],
    *,
    name: str = "",
    asked: Sequence[Asked] = (),
    plan: Plan | None = None,
) -> SpanAgreement:
    """Return how far coders agree on spans.

    Args:
        continua: Articles with marks; those that one coder read alone are left out.
        name: The layer's.
        asked: Attributes to compare on aligned spans.
        plan: How intervals are made.
    """
    read = [c for c in continua if len(c.coders) >= 2 and c.length > 0]
    return _Analysis(read, plan or Plan(), asked).result(name)


class _Analysis:
    """The sums of all articles under all weightings, and what is read off them."""

    def __init__(self, continua: list[Continuum], plan: Plan, asked: Sequence[Asked]) -> None:
        self._continua = continua
        self._plan = plan
        self._asked = asked
        self._codes = sorted({mark.code for c in continua for mark in c.marks})
        self._single = [frozenset({code}) for code in self._codes]
        estimate = np.ones((1, len(continua)))
        can_draw = plan.resamples > 0 and len(continua) >= 2
        self._draws = (
            np.vstack([estimate, draw_articles(len(continua), plan)]) if can_draw else estimate
        )
        self._is_exclusive = all(is_exclusive(units_by_coder(c, self._single)) for c in continua)
        self._by_words = bool(continua) and all(c.words is not None for c in continua)

    def result(self, name: str) -> SpanAgreement:
        counts = {code: self._added([counted(c, code) for c in self._continua])
                  for code in self._codes}  # fmt: skip
        multi = self._lengths(self._single) if self._is_exclusive and self._codes else None
        return SpanAgreement(
            name=name,
            articles=len(self._continua),
            length=sum(c.length for c in self._continua),
            coders=tuple(sorted({coder for c in self._continua for coder in c.coders})),
            codes={code: self._code(code, counts[code], multi) for code in self._codes},
            overall=self._overall(counts, multi),
            is_exclusive=self._is_exclusive,
            by_words=self._by_words,
            plan=self._plan,
        )

    # Sums

    def _added(self, rows: Sequence[Sequence[float]] | Sequence[Numbers]) -> Numbers:
        """Return weightings × numbers: the rows of the articles, weighted and added."""
        added: Numbers = self._draws @ np.array(rows)
        return added

    def _lengths(self, groups: Sequence[frozenset[str]]) -> Lengths:
        rows = [
            lengths(units_by_coder(c, groups), c.length, len(groups)).flat() for c in self._continua
        ]
        return unflat(self._added(rows))

    def _tokens(self, groups: Sequence[frozenset[str]], sums: Lengths) -> Numbers:
        """Return l_ck over words, or over characters if the texts are not known."""
        if not self._by_words:
            return sums.shared
        side = len(groups) + 1
        rows = [
            token_lengths(units_by_coder(c, groups), c.words or (), len(groups)).ravel()
            for c in self._continua
        ]
        return self._added(rows).reshape(-1, side, side)

    # Coefficients

    def _coefficient(self, values: Numbers, why: str, *, is_alpha: bool = True) -> Coefficient:
        if np.isnan(values[0]):
            return Coefficient(None, why=why)
        if len(values) == 1:
            return Coefficient(float(values[0]))
        found = spread(values[1:], self._plan, THRESHOLDS if is_alpha else ())
        return Coefficient(float(values[0]), found.ci, undefined=found.undefined, below=found.below)

    def _f1(self, counts: Numbers) -> dict[str, Coefficient]:
        marks = counts[:, COUNTS.index("marks")]
        return {
            f"f1_{rule}": self._coefficient(
                np.divide(2 * counts[:, place], marks, out=np.full(len(marks), np.nan),
                          where=marks > 0), NOBODY, is_alpha=False,
            )
            for place, rule in enumerate(COUNTS[:3])
        }  # fmt: skip

    def _code(self, code: str, counts: Numbers, multi: Lengths | None) -> CodeAgreement:
        groups = [frozenset({code})]
        sums = self._lengths(groups)
        alone = self._coefficient(u_alpha(sums), NO_VARIATION)
        label = self._codes.index(code) + 1
        part = None if multi is None else coverage(multi, label)[0]
        found = {
            "u_alpha": alone,
            "u_alpha_binary": alone,
            "cu_alpha": Coefficient(None, why=ONE_BY_ONE),
            "ku_alpha": self._ku_alpha(multi, label),
            **self._f1(counts),
            "token_alpha": self._coefficient(token_alpha(self._tokens(groups, sums)), NO_VARIATION),
            "gamma": Coefficient(None, why=NO_GAMMA),
        }
        asked = [a for a in self._asked if a.code == code]
        return replace(
            self._described(code, found, [code]),
            coverage=None if part is None or np.isnan(part) else float(part),
            attributes={
                a.attribute: attribute_agreement(
                    self._continua, code, a.attribute, level=a.level, values=a.values,
                    plan=self._plan,
                )
                for a in asked
            },
        )  # fmt: skip

    def _ku_alpha(self, multi: Lengths | None, label: int) -> Coefficient:
        if multi is None:
            return Coefficient(None, why=OVERLAPPING)
        met = multi.shared[0, label, 1:].sum()
        return self._coefficient(ku_alpha(multi, label), NO_VARIATION if met else NO_MEETING)

    def _overall(self, counts: Mapping[str, Numbers], multi: Lengths | None) -> CodeAgreement:
        added: Numbers = sum(counts.values(), np.zeros((len(self._draws), len(COUNTS))))
        found = dict.fromkeys(MEASURES, Coefficient(None, why="nobody marked anything"))
        if self._codes:
            binary = u_alpha(self._lengths([frozenset(self._codes)]))
            found["u_alpha_binary"] = self._coefficient(binary, NO_VARIATION)
            found |= self._f1(added) | self._exclusive(multi)
            found["ku_alpha"] = Coefficient(None, why=EACH_CODE)
            found["gamma"] = Coefficient(None, why=NO_GAMMA)
        return self._described("", found, self._codes)

    def _exclusive(self, multi: Lengths | None) -> dict[str, Coefficient]:
        """Return what all codes have together, if no coder let them overlap."""
        if multi is None:
            names = ("u_alpha", "cu_alpha", "token_alpha")
            return dict.fromkeys(names, Coefficient(None, why=OVERLAPPING))
        met = multi.shared[0, 1:, 1:].sum()
        tokens = token_alpha(self._tokens(self._single, multi))
        return {
            "u_alpha": self._coefficient(u_alpha(multi), NO_VARIATION),
            "cu_alpha": self._coefficient(cu_alpha(multi), NO_VARIATION if met else NO_MEETING),
            "token_alpha": self._coefficient(tokens, NO_VARIATION),
        }

    def _described(
        self, name: str, found: dict[str, Coefficient], codes: Sequence[str]
    ) -> CodeAgreement:
        return CodeAgreement(
            name, {key: found[key] for key in MEASURES},
            dict(sorted(marks_by_coder(self._continua, codes).items())),
            alpha_u_1995=self._alpha_u_1995(codes),
        )  # fmt: skip

    def _alpha_u_1995(self, codes: Sequence[str]) -> float | None:
        """Return α_U over the articles laid end to end, if all coders read all of them."""
        coders = {frozenset(c.coders) for c in self._continua}
        if len(coders) != 1:
            return None
        order = sorted(next(iter(coders)))
        units: dict[str, list[list[tuple[int, int]]]] = {
            code: [[] for _ in order] for code in codes
        }
        begin = 0
        for continuum in self._continua:
            for code in codes:
                rows = units_by_coder(continuum, [frozenset({code})])
                for coder, row in zip(continuum.coders, rows, strict=True):
                    units[code][order.index(coder)] += [
                        (begin + unit.start, begin + unit.end) for unit in row
                    ]
            begin += continuum.length
        return alpha_u(units, begin).value
