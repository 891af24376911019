"""Explaining a number on the data it comes from: for students, and for a first reviewer.

Every sentence uses the figures at hand, so that a reader can check it with a pencil.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.agreement.report import counted, interval, number, verdict

if TYPE_CHECKING:
    from annotator.agreement.results import Agreement, Coefficient
    from annotator.agreement.span_measuring import CodeAgreement

# What each coefficient takes for agreement by chance.
CHANCE = {
    "scott_pi": "both coders draw from one urn that holds all values of both",
    "cohen_kappa": "each coder draws from an urn with the coder’s own values",
    "cohen_kappa_linear": "each coder draws from an own urn; a miss counts by its distance",
    "cohen_kappa_quadratic": "each coder draws from an own urn; a miss counts by its square",
    "fleiss_kappa": "all coders draw from one urn that holds everybody’s values",
    "conger_kappa": "each coder draws from an urn with the coder’s own values",
    "bennett_s": "every value that may be given is equally likely",
    "gwet_ac1": "coders guess only on hard units, the less the more one value prevails",
}
SPANS = {
    "u_alpha": "compares, character by character, what coders marked and how they coded it, with "
    "what marks of these lengths would give if they were scattered at random",
    "u_alpha_binary": "is uα when all codes count as the same: were the same places marked?",
    "cu_alpha": "looks only at places that two coders marked: did they choose the same code?",
    "ku_alpha": "looks only at places where this code was given and others marked something too",
    "f1_exact": "is the share of spans for which another coder has exactly the same span",
    "f1_relaxed": "is the share of spans with a counterpart that shares at least one character",
    "f1_iou": "is the share of spans with a counterpart that shares at least half of both",
    "token_alpha": "is ordinary alpha with every token as a unit; long spans weigh heavily",
    "gamma": "aligns whole spans, allowing overlap, and compares with shuffled annotations",
}


def explain(made: Agreement, name: str) -> str:
    """Return what a coefficient says on this variable's data."""
    coefficient = made.coefficients[name]
    if coefficient.value is None:
        return f"There is no value: {coefficient.why}."
    return _explained(made, name, coefficient) + _doubt(coefficient)


def _explained(made: Agreement, name: str, coefficient: Coefficient) -> str:
    value = coefficient.value or 0.0
    if name == "percent_agreement":
        return (
            f"Of the {counted(made.units, 'unit')} coded twice or more, two coders gave the same "
            f"value in {value:.1%} of comparisons. Chance is not taken out: with few values, or "
            "one that prevails, much of this comes by itself."
        )
    if name == "percent_all":
        whole = round(value * made.units)
        return f"In {whole} of {counted(made.units, 'unit')} all who coded it gave the same value."
    if name.startswith("alpha"):
        return (
            f"Values that coders gave to the same unit differ by {_figure(coefficient.observed)} "
            f"on average; values drawn at random from all that were given would differ by "
            f"{_figure(coefficient.expected)}. Alpha is 1 − {_figure(coefficient.observed)} / "
            f"{_figure(coefficient.expected)} = {number(value)}: 1 is perfect agreement, 0 is what "
            f"chance gives, below 0 is systematic disagreement. {verdict(coefficient, made.units)}"
        )
    return (
        f"Coders agreed in {_percent(coefficient.observed)}; by chance it would be "
        f"{_percent(coefficient.expected)}, if {CHANCE[name]}. Of the room above chance they took "
        f"{number(value)}."
    )


def _doubt(coefficient: Coefficient) -> str:
    if coefficient.ci is None:
        return ""
    return (
        f" With other units drawn from the same material, the figure would mostly lie in "
        f"{interval(coefficient)}."
    )


def explain_span(made: CodeAgreement, name: str) -> str:
    """Return what a span measure says on these data."""
    coefficient = made.coefficients[name]
    if coefficient.value is None:
        return f"There is no value: {coefficient.why}."
    marks = ", ".join(f"{coder} {n}" for coder, n in made.marks.items())
    return f"It {SPANS[name]}. Spans: {marks}." + _doubt(coefficient)


def _figure(value: float | None) -> str:
    return "–" if value is None else f"{value:.4g}"


def _percent(value: float | None) -> str:
    return "–" if value is None else f"{value:.1%}"
