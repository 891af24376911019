"""What a reliability analysis came to: coefficients with interval and reason, as frozen values.

The shapes are those that the command line prints as JSON; sentences about them are `report`'s
subject.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from annotator.agreement.units import shown

if TYPE_CHECKING:
    from annotator.agreement.bootstrap import Plan
    from annotator.agreement.units import Value

NO_VARIATION = "no variation"
NOT_TWICE = "no unit was coded by two coders"
ONE_CODER = "one coder only"
# Krippendorff (2004), Content Analysis, 2nd ed., p. 241: rely on at least .800, draw tentative
# conclusions from .667.
THRESHOLDS = (0.667, 0.8)


@dataclass(frozen=True, slots=True)
class Coefficient:
    """One number, its interval, and the reason if there is none.

    Args:
        value: None if it is not defined.
        ci: Bounds of the interval, None if there is none.
        why: Why there is no value.
        observed: Observed agreement; for alphas the observed disagreement.
        expected: Agreement expected by chance; for alphas the disagreement.
        undefined: Share of resamples in which it was not defined.
        below: Shares of the other resamples below thresholds (alphas only).
    """

    value: float | None
    ci: tuple[float, float] | None = None
    why: str | None = None
    observed: float | None = None
    expected: float | None = None
    undefined: float = 0.0
    below: tuple[tuple[float, float], ...] = ()

    def plain(self) -> dict[str, Any]:
        """Return value, ci and why as JSON values."""
        return {"value": self.value, "ci": list(self.ci) if self.ci else None, "why": self.why}


@dataclass(frozen=True, slots=True)
class PairAgreement:
    """Two coders of several: shared units, agreement and coefficients."""

    coders: tuple[str, str]
    units: int
    percent_agreement: float | None
    cohen_kappa: float | None
    alpha: float | None


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far coders agree on one variable.

    Args:
        name: The variable's.
        level: Level of measurement.
        units: How many units two coders or more coded.
        single: How many one coder alone coded.
        coders: Their names.
        values: What could be said, in order.
        coefficients: By name, in the order of the report.
        distribution: By coder how often each value was given to the units coded twice.
        pairs: Each two coders, if there are more than two.
        articles: How many articles the units lie in, if units were drawn by articles.
        plan: How the intervals were made.
        warnings: What to keep in mind, as sentences.
        options: For a question with several answers: each option as a variable of its own.
    """

    name: str
    level: str
    units: int
    single: int
    coders: tuple[str, ...]
    values: tuple[Value, ...]
    coefficients: dict[str, Coefficient]
    distribution: dict[str, dict[Value, int]]
    pairs: tuple[PairAgreement, ...]
    articles: int | None
    plan: Plan
    warnings: tuple[str, ...] = ()
    options: dict[str, Agreement] = field(default_factory=dict)

    @property
    def decisive(self) -> str:
        """Name of the coefficient by which the variable is judged."""
        masi = "alpha_masi"
        return masi if masi in self.coefficients else f"alpha_{self.level}"

    @property
    def alpha(self) -> Coefficient:
        """The coefficient by which the variable is judged."""
        return self.coefficients[self.decisive]

    def plain(self) -> dict[str, Any]:
        """Return the shape of `annotator agreement --table --json`."""
        made: dict[str, Any] = {
            "level": self.level,
            "units": self.units,
            "coders": list(self.coders),
            "values": [_plain_value(value) for value in self.values],
            "coefficients": {name: c.plain() for name, c in self.coefficients.items()},
            "warnings": list(self.warnings),
            "details": self._details(),
        }
        if self.options:
            made["options"] = {name: option.plain() for name, option in self.options.items()}
        return made

    def _details(self) -> dict[str, Any]:
        return {
            "decisive": self.decisive,
            "below": {f"{limit:.3f}": share for limit, share in self.alpha.below},
            "chance": {
                name: {"observed": c.observed, "expected": c.expected}
                for name, c in self.coefficients.items()
                if not name.startswith("percent")
            },
            "bootstrap": {
                "resamples": self.plan.resamples,
                "seed": self.plan.seed,
                "confidence": self.plan.confidence,
                "method": "percentile",
                "drawn": "articles" if self.articles is not None else "units",
                "undefined": self.alpha.undefined,
            },
            "single_units": self.single,
            "articles": self.articles,
            "distribution": {
                coder: {shown(value): number for value, number in counts.items()}
                for coder, counts in self.distribution.items()
            },
            "pairs": [
                {"coders": list(p.coders), "units": p.units,
                 "percent_agreement": p.percent_agreement, "cohen_kappa": p.cohen_kappa,
                 "alpha": p.alpha}
                for p in self.pairs
            ],
        }  # fmt: skip


def _plain_value(value: Value) -> Any:  # what JSON holds
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return int(value)
    return value
