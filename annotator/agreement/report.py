"""What is said about the numbers: warnings, verdicts, the method paragraph, explanations.

A verdict rests on the lower bound of alpha's interval, not on the figure itself. Nothing is
averaged over variables. What the program cannot know, such as how units were drawn, stands in
square brackets to be filled in. Layout is `render`'s subject.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from annotator.agreement.results import NO_VARIATION, THRESHOLDS, Agreement
from annotator.agreement.units import shown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from annotator.agreement.results import Coefficient
    from annotator.agreement.span_measuring import SpanAgreement
    from annotator.agreement.units import Value

# Below it bootstrap intervals are too narrow: Hughes, J. (2022), Toward improved inference for
# Krippendorff's alpha agreement coefficient.
FEW_UNITS = 30
RARE = 0.05
HIGH, PARADOX = 0.8, 0.25
FEW_MARKS = 10
NAMES = {
    "percent_agreement": "Percent agreement",
    "percent_all": "All coders agree",
    "scott_pi": "Scott’s π",
    "cohen_kappa": "Cohen’s κ",
    "cohen_kappa_linear": "Cohen’s κ, linear weights",
    "cohen_kappa_quadratic": "Cohen’s κ, quadratic weights",
    "fleiss_kappa": "Fleiss’ κ",
    "conger_kappa": "Conger’s κ",
    "bennett_s": "Bennett’s S",
    "gwet_ac1": "Gwet’s AC1",
    "alpha_nominal": "Krippendorff’s α (nominal)",
    "alpha_ordinal": "Krippendorff’s α (ordinal)",
    "alpha_interval": "Krippendorff’s α (interval)",
    "alpha_ratio": "Krippendorff’s α (ratio)",
    "alpha_masi": "Krippendorff’s α (sets, MASI)",
    "u_alpha": "uα",
    "u_alpha_binary": "|uα (marked or not)",
    "cu_alpha": "cuα",
    "ku_alpha": "(k)uα",
    "f1_exact": "F1, same stretches",
    "f1_relaxed": "F1, any overlap",
    "f1_iou": "F1, half shared",
    "token_alpha": "α over tokens",
    "gamma": "γ",
}


def number(value: float | None) -> str:
    """Return a figure as papers print it: three decimals, no zero before the point.

    >>> number(0.7434), number(-0.0452), number(1.0), number(None)
    ('.743', '−.045', '1.000', '–')
    """
    if value is None:
        return "–"
    text = f"{abs(value):.3f}"
    sign = "−" if value < 0 and float(text) else ""
    return sign + (text[1:] if text.startswith("0") else text)


def interval(coefficient: Coefficient) -> str:
    """Return the bounds in brackets, "" if there are none."""
    if coefficient.ci is None:
        return ""
    return f"[{number(coefficient.ci[0])}, {number(coefficient.ci[1])}]"


def counted(amount: int, one: str, several: str = "") -> str:
    """Return a number with its noun.

    >>> counted(1, "unit"), counted(2, "story", "stories")
    ('1 unit', '2 stories')
    """
    return f"{amount} {one if amount == 1 else several or one + 's'}"


def listed(names: Sequence[str]) -> str:
    """Return names as a list in a sentence.

    >>> listed(["Ada", "Ben", "Cem"])
    'Ada, Ben and Cem'
    """
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"


# Verdict


def verdict(coefficient: Coefficient, units: int = FEW_UNITS) -> str:
    """Return what may be concluded, by the lower bound of the interval.

    Thresholds: Krippendorff, K. (2004), Content Analysis, 2nd ed., p. 241.

    Args:
        coefficient: An alpha.
        units: How many units it rests on; with few of them a good figure proves nothing yet.
    """
    said = grade(coefficient, units)
    bound = "its lower bound" if coefficient.ci else "it, without an interval,"
    tentative, reliable = (number(limit) for limit in THRESHOLDS)
    return {
        "undefined": f"Undefined: {coefficient.why}.",
        "too few": f"Too few units to conclude: {bound} is at least {tentative}, but it rests on "
        f"{counted(units, 'unit')}.",
        "reliable": f"Reliable: {bound} is at least {reliable}.",
        "tentative": f"For tentative conclusions only: {bound} lies from {tentative} to "
        f"{reliable}.",
        "unreliable": f"Not reliable enough: {bound} lies below {tentative}. Discuss, revise the "
        "definition and code new units, or report the variable as unreliable.",
    }[said]


def grade(coefficient: Coefficient, units: int = FEW_UNITS) -> str:
    """Return the verdict in one or two words, for tables."""
    if coefficient.value is None:
        return "undefined"
    low = coefficient.ci[0] if coefficient.ci else coefficient.value
    tentative, reliable = THRESHOLDS
    if low < tentative:
        return "unreliable"
    if units < FEW_UNITS:
        return "too few"
    return "reliable" if low >= reliable else "tentative"


# Warnings


def with_warnings(made: Agreement, extra: Sequence[str] = ()) -> Agreement:
    """Return the result with all that should be kept in mind about it.

    Args:
        made: The result.
        extra: Sentences of whoever gathered the data; they come first.
    """
    said = [*extra, *_about_units(made), *_about_values(made), *_about_interval(made)]
    options = {name: with_warnings(option) for name, option in made.options.items()}
    return replace(made, warnings=tuple(said), options=options)


def _about_units(made: Agreement) -> list[str]:
    said = []
    if len(made.coders) < 2:
        return [f"There is only one coder, {listed(made.coders) or 'nobody'}: nothing to compare."]
    if not made.units:
        return ["No unit was coded by two coders: nothing to compare."]
    if made.single:
        verb = "was" if made.single == 1 else "were"
        said.append(
            f"{counted(made.single, 'unit')} {verb} coded by one coder only: left out of the pairs."
        )
    if made.units < FEW_UNITS:
        said.append(
            f"Only {counted(made.units, 'unit')} coded by two coders or more: below about "
            f"{FEW_UNITS} the interval is too narrow (Hughes, 2022). “annotator plan” says how "
            "many are needed."
        )
    return said


def _about_values(made: Agreement) -> list[str]:
    shares = rare_values(made)
    said = []
    if shares:
        named = listed([f"{shown(v)} ({share:.1%})" for v, share in shares[:5]])
        said.append(
            f"Rare: {named} of all values given. Whether coders agree on a rare value shows only "
            "in many units; alpha falls sharply with each disagreement."
        )
    percent = made.coefficients["percent_agreement"].value
    ac1 = made.coefficients["gwet_ac1"].value
    value = made.alpha.value
    if value is not None and ac1 is not None and (percent or 0) >= HIGH and ac1 - value >= PARADOX:
        said.append(
            f"Percent agreement is high ({percent:.1%}) and alpha low ({number(value)}), because "
            f"nearly all units have the same value. Report AC1 ({number(ac1)}) beside alpha, not "
            "instead of it."
        )
    if made.alpha.why == NO_VARIATION:
        said.append(
            "Everybody gave everything the same value: without variation there is nothing to "
            "tell apart, and chance-corrected agreement is not defined (it is not 1)."
        )
    return said


def rare_values(made: Agreement) -> list[tuple[Value, float]]:
    """Return values that occur, but in less than a twentieth of what was given; rarest first."""
    if made.level in {"interval", "ratio"}:
        return []
    counts = {
        value: sum(row.get(value, 0) for row in made.distribution.values()) for value in made.values
    }
    whole = sum(counts.values())
    shares = [(value, n / whole) for value, n in counts.items() if n and n / whole < RARE]
    return sorted(shares, key=lambda pair: (pair[1], shown(pair[0])))


def _about_interval(made: Agreement) -> list[str]:
    said = []
    if made.articles is not None and made.units and made.articles < FEW_UNITS:
        said.append(
            f"The units lie in {counted(made.articles, 'article')}, and articles are drawn for "
            "the interval: so few make it rough."
        )
    if made.alpha.undefined:
        said.append(
            f"In {made.alpha.undefined:.0%} of the resamples all values were the same; the "
            "interval rests on the others."
        )
    if made.alpha.ci and made.alpha.ci[0] == made.alpha.ci[1]:
        said.append(
            "The interval has no width, because there was no disagreement to draw; that does not "
            "make the figure certain."
        )
    return said


def with_span_warnings(made: SpanAgreement, extra: Sequence[str] = ()) -> SpanAgreement:
    """Return the result on spans with all that should be kept in mind about it."""
    said = list(extra)
    if made.articles == 0:
        said.append("No article was read by two coders: nothing to compare.")
    elif made.articles < FEW_UNITS:
        said.append(
            f"Only {counted(made.articles, 'article')} read by two coders or more: "
            + ("there is no interval." if made.articles == 1 else "intervals are rough.")
        )
    if made.codes and not made.is_exclusive:
        said.append(
            "Codes overlap, so each is measured alone, against everything else; what needs "
            "exclusive codes has no value."
        )
    if made.codes and not made.by_words:
        said.append(
            "The texts are not known, so the tokens of token_alpha are characters, not words; "
            "long spans weigh heavily in it."
        )
    for name, code in made.codes.items():
        total = sum(code.marks.values())
        silent = [coder for coder, n in code.marks.items() if not n]
        if silent:
            said.append(f"{name}: {listed(silent)} never used it.")
        elif total < FEW_MARKS:
            said.append(f"{name}: only {total} spans of all coders together.")
    codes = {
        name: replace(code, attributes={n: with_warnings(a) for n, a in code.attributes.items()})
        for name, code in made.codes.items()
    }
    return replace(made, codes=codes, warnings=tuple(said))


# The method paragraph


def method_paragraph(made: Agreement) -> str:
    """Return what a paper should say about one variable, ready to be pasted.

    Stands in for what reviewers ask: units, coders, coefficient with level and interval, percent
    agreement beside it (Lacy, Watson, Riffe & Lovejoy 2015, J&MC Quarterly, 92(4), 791-811).
    """
    name = f"“{made.name}”" if made.name else "the variable"
    alpha = made.alpha
    percent = made.coefficients["percent_agreement"].value
    opening = (
        f"Reliability of {name} ({made.level}) was assessed on {counted(made.units, 'unit')}, "
        f"[drawn how; when], coded independently by {counted(len(made.coders), 'coder')} "
        "[who; trained how long]."
    )
    if alpha.value is None:
        return f"{opening} Krippendorff’s α is not defined: {alpha.why}."
    kind = " with MASI distance" if made.decisive == "alpha_masi" else ""
    figures = f"Krippendorff’s α{kind} was {number(alpha.value)}"
    if alpha.ci:
        drawn = "articles" if made.articles is not None else "units"
        chances = listed([f"{share:.3f} for α < {number(limit)}" for limit, share in alpha.below])
        figures += (
            f", {made.plan.confidence:.0%} CI {interval(alpha)} (percentile bootstrap over "
            f"{drawn}, {made.plan.resamples:,} resamples, seed {made.plan.seed}); the share of "
            f"resamples was {chances}"
        )
    beside = (
        f"Coders agreed in {percent:.1%} of pairwise comparisons" if percent is not None else ""
    )
    ac1 = made.coefficients["gwet_ac1"].value
    more = f", and Gwet’s AC1 was {number(ac1)}" if ac1 is not None else ""
    return f"{opening} {figures}. {beside}{more}. {verdict(alpha, made.units)}"


def span_paragraph(made: SpanAgreement) -> str:
    """Return what a paper should say about spans, ready to be pasted."""
    where = f" of the layer “{made.name}”" if made.name else ""
    opening = (
        f"Agreement on spans{where} was assessed on {counted(made.articles, 'article')} "
        f"({made.length:,} characters), [drawn how; when], read independently by "
        f"{counted(len(made.coders), 'coder')} [who; trained how long]."
    )
    parts = []
    for name, code in made.codes.items():
        u, f1 = code.coefficients["u_alpha"], code.coefficients["f1_relaxed"]
        bounds = f", {made.plan.confidence:.0%} CI {interval(u)}" if u.ci else ""
        figure = (
            f"uα = {number(u.value)}{bounds}"
            if u.value is not None
            else f"uα not defined ({u.why})"
        )
        parts.append(f"“{name}” {figure}, F1 (any overlap) = {number(f1.value)}")
    listing = f" By code: {'; '.join(parts)}." if parts else ""
    return (
        f"{opening}{listing} uα is unitizing alpha (Krippendorff, Mathet, Bouvry & Widlöcher, "
        f"2016), with percentile intervals over articles ({made.plan.resamples:,} resamples, seed "
        f"{made.plan.seed})."
    )
