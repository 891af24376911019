"""How many units must be coded by two coders before a reliability figure can be relied on.

Three rules, each with its source. `planned` applies all of them to every variable and names the
largest requirement and the variable that causes it: usually the one with the rarest value.
"""

from __future__ import annotations

from dataclasses import dataclass
from statistics import NormalDist
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

LEAST, MOST, SHARE = 50, 300, 0.10
# 0.05 / 1.64, rounded as in the published table.
STANDARD_ERROR = 0.03


@dataclass(frozen=True, slots=True)
class Rarity:
    """A variable and the expected share of its rarest value."""

    variable: str
    share: float
    is_measured: bool = False


@dataclass(frozen=True, slots=True)
class Requirement:
    """What one rule asks for.

    Args:
        rule: Name of the rule.
        units: How many units, at most the population.
        because: One sentence: why so many.
        source: Who says so.
        variable: The variable that causes it, if one does.
    """

    rule: str
    units: int
    because: str
    source: str
    variable: str = ""

    def plain(self) -> dict[str, Any]:
        """Return the requirement as JSON values."""
        return {"rule": self.rule, "units": self.units, "variable": self.variable or None,
                "because": self.because, "source": self.source}  # fmt: skip


def convention(population: int) -> int:
    """Return a tenth of the units, at least 50 and at most 300.

    Lombard, M., Snyder-Duch, J., & Bracken, C. C. (2002), Human Communication Research, 28(4),
    587-604.

    >>> convention(200), convention(1000), convention(20_000), convention(30)
    (50, 100, 300, 30)
    """
    wanted = min(max(LEAST, -(-population // round(1 / SHARE))), MOST)
    return min(wanted, population)


def lacy_riffe(population: int, agreement: float, standard_error: float = STANDARD_ERROR) -> int:
    """Return n = [(N - 1) SE² + P (1 - P) N] / [(N - 1) SE² + P (1 - P)].

    Lacy, S., & Riffe, D. (1996), Journalism & Mass Communication Quarterly, 73(4), 963-973.
    Symbols: N units in the population; P the agreement expected in it, 5 points above the
    smallest acceptable one; SE the standard error that a one-sided 95 % interval of 5 points
    allows.

    >>> [lacy_riffe(1000, p) for p in (0.85, 0.90, 0.95)]
    [125, 92, 51]
    """
    if population <= 1:
        return max(population, 0)
    error = (population - 1) * standard_error**2
    variance = agreement * (1 - agreement)
    return min(population, round((error + variance * population) / (error + variance)))


def krippendorff(smallest_alpha: float, rarest: float, significance: float = 0.05) -> int:
    """Return n = 2 z² { (1 + α)(3 - α) / [4 (1 - α) p (1 - p)] - α }.

    Krippendorff, K. (2019), Content Analysis, 4th ed., ch. 12, after Bloch, D. A., & Kraemer, H.
    C. (1989), Biometrics, 45(1), 269-287. Symbols: α the smallest acceptable alpha; p the share
    of the rarest value; z the one-tailed normal quantile of the significance.

    >>> [krippendorff(0.8, p) for p in (0.5, 0.25, 0.2, 0.1)]
    [103, 139, 163, 293]
    """
    z = NormalDist().inv_cdf(1 - significance)
    spread = 4 * (1 - smallest_alpha) * rarest * (1 - rarest)
    ratio = (1 + smallest_alpha) * (3 - smallest_alpha) / spread
    return round(2 * z**2 * (ratio - smallest_alpha))


def planned(
    population: int,
    variables: Iterable[Rarity],
    *,
    smallest_alpha: float = 0.8,
    expected_agreement: float = 0.85,
) -> list[Requirement]:
    """Return what each rule asks for, the largest requirement first.

    Args:
        population: Units in all.
        variables: With the share of the rarest value of each; an even split if there are none.
        smallest_alpha: Smallest acceptable alpha.
        expected_agreement: Agreement expected in the population.
    """
    chosen = list(variables) or [Rarity("", 0.5)]
    rarest = min(chosen, key=lambda one: (min(one.share, 1 - one.share), one.variable))
    wanted = krippendorff(smallest_alpha, rarest.share)
    named = f" of “{rarest.variable}”" if rarest.variable else ""
    how = "makes up" if rarest.is_measured else "is expected to make up"
    capped = "" if wanted <= population else f" That is {wanted}, more than there are: code all."
    made = [
        Requirement(
            "Krippendorff", min(wanted, population),
            f"The rarest value{named} {how} {rarest.share:.0%} of the units, and an alpha of "
            f"{smallest_alpha:.3f} shall be told from a smaller one.{capped}",
            "Krippendorff (2019), ch. 12", rarest.variable,
        ),
        Requirement(
            "Lacy and Riffe", lacy_riffe(population, expected_agreement),
            f"Agreement in all {population} units is expected to be {expected_agreement:.0%}, "
            "and the sample shall show it within 5 points.",
            "Lacy & Riffe (1996)",
        ),
        Requirement(
            "Convention", convention(population),
            f"A tenth of {population} units, at least {LEAST}, seldom over {MOST}.",
            "Lombard, Snyder-Duch & Bracken (2002)",
        ),
    ]  # fmt: skip
    return sorted(made, key=lambda one: (-one.units, one.rule))
