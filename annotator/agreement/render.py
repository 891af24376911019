"""A reliability report as a page (HTML), a table for analysis (CSV) or for a paper (LaTeX).

Only layout: every sentence comes from `report` and `explain`. The page loads nothing from elsewhere
and prints well; the table has one row for each variable, or code, and coefficient.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from annotator.agreement.explain import explain, explain_span
from annotator.agreement.report import (
    NAMES,
    interval,
    method_paragraph,
    number,
    span_paragraph,
    verdict,
)
from annotator.agreement.units import shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from annotator.agreement.results import Agreement, Coefficient
    from annotator.agreement.span_measuring import CodeAgreement, SpanAgreement

STYLE = """
:root { color-scheme: light dark; font: 15px/1.5 Inter, system-ui, sans-serif; }
body { max-width: 52rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.6rem; line-height: 1.25; } h2 { margin-top: 2.5rem; font-size: 1.25rem; }
h3 { margin: 1.5rem 0 .3rem; font-size: 1rem; } p { margin: .4rem 0; }
table { border-collapse: collapse; margin: .6rem 0; width: 100%; }
caption { text-align: left; opacity: .75; font-size: .85rem; }
td, th { text-align: left; vertical-align: top; padding: .2rem 1rem .2rem 0;
  border-bottom: 1px solid color-mix(in srgb, CanvasText 18%, transparent); font-weight: 400; }
th { opacity: .75; font-size: .85rem; }
.n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.verdict { font-weight: 600; } .warn { padding-left: 1.1rem; }
blockquote { margin: .6rem 0; padding-left: 1rem; border-left: 3px solid GrayText; }
summary { cursor: pointer; } details p { margin-left: 1.2rem; }
@media print { section { break-inside: avoid; } details { display: none; } }
"""
CSV_COLUMNS = (
    "kind", "subject", "option", "level", "units", "coders", "coefficient", "value", "ci_low",
    "ci_high", "observed", "expected", "p_below_667", "p_below_800", "resamples", "seed", "why",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Report:
    """A whole analysis.

    Args:
        title: Headline.
        basis: What was compared, as sentences.
        variables: Questions of the coding sheet, or one table's variable.
        spans: Layers of spans.
        warnings: About the whole.
    """

    title: str
    basis: tuple[str, ...] = ()
    variables: tuple[Agreement, ...] = ()
    spans: tuple[SpanAgreement, ...] = ()
    warnings: tuple[str, ...] = ()


# HTML


def as_html(report: Report) -> str:
    """Return the report as one page."""
    title = escape(report.title)
    page = [
        "<!DOCTYPE html>",
        f'<html lang="en"><head><meta charset="utf-8"><title>{title}</title>',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<style>{STYLE}</style></head><body>",
        f"<h1>{title}</h1>",
        *(f"<p>{escape(sentence)}</p>" for sentence in report.basis),
        *_warnings(report.warnings),
    ]
    if report.variables:
        page += ["<h2>At a glance</h2>", *_glance(report.variables)]
    for made in report.variables:
        page += _variable(made)
    for spans in report.spans:
        page += _spans(spans)
    return "\n".join([*page, "</body></html>", ""])


def _table(columns: Sequence[str], rows: Sequence[Sequence[str]], caption: str = "") -> list[str]:
    """Return a table; all columns but the first hold numbers."""
    head = "".join(
        f'<th scope="col"{_number_class(place)}>{escape(column)}</th>'
        for place, column in enumerate(columns)
    )
    body = [
        "<tr>"
        + "".join(f"<td{_number_class(i)}>{escape(cell)}</td>" for i, cell in enumerate(row))
        + "</tr>"
        for row in rows
    ]
    title = f"<caption>{escape(caption)}</caption>" if caption else ""
    return [f"<table>{title}<thead><tr>{head}</tr></thead><tbody>", *body, "</tbody></table>"]


def _number_class(place: int) -> str:
    return ' class="n"' if place else ""


def _warnings(sentences: Sequence[str]) -> list[str]:
    if not sentences:
        return []
    return ['<ul class="warn">', *(f"<li>{escape(s)}</li>" for s in sentences), "</ul>"]


def _glance(variables: Sequence[Agreement]) -> list[str]:
    rows = [
        (made.name or "variable", made.level, str(made.units), str(len(made.coders)),
         _percent(made.coefficients["percent_agreement"].value), number(made.alpha.value),
         interval(made.alpha), number(made.coefficients["gwet_ac1"].value))
        for made in variables
    ]  # fmt: skip
    columns = ("Variable", "Level", "Units", "Coders", "Agreement", "α", "CI", "AC1")
    return _table(columns, rows)


def _percent(value: float | None) -> str:
    return "–" if value is None else f"{value:.1%}"


def _variable(made: Agreement) -> list[str]:
    name = escape(made.name or "The variable")
    return [
        f"<section><h2>{name}</h2>",
        f'<p class="verdict">{escape(verdict(made.alpha, made.units))}</p>',
        *_warnings(made.warnings),
        *_coefficients(made.coefficients),
        f"<blockquote>{escape(method_paragraph(made))}</blockquote>",
        *(f"<details><summary>{escape(NAMES[key])}: explain this number</summary>"
          f"<p>{escape(explain(made, key))}</p></details>" for key in made.coefficients),
        *_distribution(made),
        *_pairs(made),
        *(line for option in made.options.values() for line in _option(option)),
        "</section>",
    ]  # fmt: skip


def _coefficients(coefficients: Mapping[str, Coefficient]) -> list[str]:
    rows = [
        (NAMES[key], number(c.value), interval(c), c.why or "") for key, c in coefficients.items()
    ]
    return _table(("Coefficient", "Value", "CI", "Why not"), rows)


def _distribution(made: Agreement) -> list[str]:
    if len(made.values) > 30:
        return []
    rows = [
        (coder, *(str(counts[value]) for value in made.values))
        for coder, counts in made.distribution.items()
    ]
    columns = ("Coder", *(shown(value) for value in made.values))
    return _table(columns, rows, "Values given to the units coded twice or more")


def _pairs(made: Agreement) -> list[str]:
    rows = [
        (" and ".join(p.coders), str(p.units), _percent(p.percent_agreement),
         number(p.cohen_kappa), number(p.alpha))
        for p in made.pairs
    ]  # fmt: skip
    columns = ("Coders", "Shared units", "Agreement", "Cohen’s κ", "α")
    return _table(columns, rows, "Pairs of coders") if rows else []


def _option(option: Agreement) -> list[str]:
    said = escape(verdict(option.alpha, option.units))
    return [f"<h3>{escape(option.name)}</h3>", f"<p>{said}</p>", *_warnings(option.warnings),
            *_coefficients(option.coefficients)]  # fmt: skip


def _spans(made: SpanAgreement) -> list[str]:
    title = f"Spans: {made.name}" if made.name else "Spans"
    keys = ("u_alpha", "ku_alpha", "f1_exact", "f1_relaxed", "f1_iou", "token_alpha", "gamma")
    rows = [
        (name, " / ".join(str(n) for n in code.marks.values()),
         *(number(code.coefficients[key].value) for key in keys[:1]),
         interval(code.coefficients["u_alpha"]),
         *(number(code.coefficients[key].value) for key in keys[1:]))
        for name, code in made.codes.items()
    ]  # fmt: skip
    columns = ("Code", "Spans of each", "uα", "CI", *(NAMES[key] for key in keys[1:]))
    return [
        f"<section><h2>{escape(title)}</h2>",
        *_warnings(made.warnings),
        *_table(columns, rows, f"Coders, in this order: {', '.join(made.coders)}"),
        "<h3>All codes together</h3>",
        *_coefficients(made.overall.coefficients),
        f"<blockquote>{escape(span_paragraph(made))}</blockquote>",
        *(line for code in made.codes.values() for line in _code(code)),
        "</section>",
    ]


def _code(code: CodeAgreement) -> list[str]:
    lines = [
        f"<h3>{escape(code.name)}</h3>",
        f"<p>{escape(verdict(code.coefficients['u_alpha']))}</p>",
        *(f"<details><summary>{escape(NAMES[key])}: explain this number</summary>"
          f"<p>{escape(explain_span(code, key))}</p></details>" for key in code.coefficients),
    ]  # fmt: skip
    rows = [
        (name, str(made.units), _percent(made.coefficients["percent_agreement"].value),
         number(made.alpha.value), interval(made.alpha), made.alpha.why or "")
        for name, made in code.attributes.items()
    ]  # fmt: skip
    if rows:
        columns = ("Attribute", "Aligned pairs", "Agreement", "α", "CI", "Why not")
        lines += _table(columns, rows, "Attributes of spans that share half of their stretches")
    return lines


# CSV


def as_csv(report: Report) -> str:
    """Return one row for each subject and coefficient, with a header row."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(CSV_COLUMNS)
    writer.writerows(_csv_rows(report))
    return out.getvalue()


def _csv_rows(report: Report) -> Iterator[list[str]]:
    for made in report.variables:
        yield from _variable_rows(made, "variable", made.name, "")
        for name, option in made.options.items():
            yield from _variable_rows(option, "option", made.name, name)
    for spans in report.spans:
        for code in (*spans.codes.values(), spans.overall):
            head = ["spans", _cell(spans.name), _cell(code.name), "", str(spans.articles),
                    str(len(spans.coders))]  # fmt: skip
            for key, coefficient in code.coefficients.items():
                yield [*head, key, *_cells(coefficient), str(spans.plan.resamples),
                       str(spans.plan.seed), coefficient.why or ""]  # fmt: skip
            for name, attribute in code.attributes.items():
                yield from _variable_rows(attribute, "attribute", code.name, name)


def _variable_rows(made: Agreement, kind: str, subject: str, option: str) -> Iterator[list[str]]:
    head = [kind, _cell(subject), _cell(option), made.level, str(made.units),
            str(len(made.coders))]  # fmt: skip
    for key, coefficient in made.coefficients.items():
        yield [*head, key, *_cells(coefficient), str(made.plan.resamples), str(made.plan.seed),
               coefficient.why or ""]  # fmt: skip


def _cell(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula."""
    return "'" + text if text[:1] in {"=", "+", "-", "@", "\t", "\r"} else text


def _cells(coefficient: Coefficient) -> list[str]:
    below = dict(coefficient.below)
    low, high = coefficient.ci or (None, None)
    figures = (coefficient.value, low, high, coefficient.observed, coefficient.expected,
               below.get(0.667), below.get(0.8))  # fmt: skip
    return ["" if figure is None else f"{figure:.6g}" for figure in figures]


# LaTeX

TEX = {"\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "#": r"\#",
       "_": r"\_", "%": r"\%", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
       "α": r"$\alpha$", "κ": r"$\kappa$", "π": r"$\pi$", "−": "$-$", "–": "--",
       "[": "{[}"}  # fmt: skip


def tex(text: str) -> str:
    r"""Return a text with what LaTeX takes for commands escaped.

    >>> print(tex("50 % & α"))
    50 \% \& $\alpha$
    """
    return "".join(TEX.get(character, character) for character in text)


def as_tex(report: Report) -> str:
    """Return tables for a paper, with the method paragraphs as comments; needs booktabs."""
    lines = [f"% {line}" for line in (report.title, *report.basis)]
    if report.variables:
        lines += _tex_table(
            "llrrrrr", ("Variable", "Level", "Units", "Agreement", "α", "CI", "AC1"),
            [(made.name or "variable", made.level, str(made.units),
              _percent(made.coefficients["percent_agreement"].value), number(made.alpha.value),
              interval(made.alpha), number(made.coefficients["gwet_ac1"].value))
             for made in report.variables],
            "Intercoder reliability by variable",
        )  # fmt: skip
    for spans in report.spans:
        lines += _tex_table(
            "lrrrr", ("Code", "uα", "CI", "F1 (overlap)", "F1 (exact)"),
            [(name, number(c.coefficients["u_alpha"].value), interval(c.coefficients["u_alpha"]),
              number(c.coefficients["f1_relaxed"].value), number(c.coefficients["f1_exact"].value))
             for name, c in spans.codes.items()],
            f"Agreement on spans{': ' + spans.name if spans.name else ''}",
        )  # fmt: skip
    lines += [f"% {method_paragraph(made)}" for made in report.variables]
    lines += [f"% {span_paragraph(spans)}" for spans in report.spans]
    return "\n".join([*(line.replace("\n", " ") for line in lines), ""])


def _tex_table(
    shape: str, columns: Sequence[str], rows: Sequence[Sequence[str]], caption: str
) -> list[str]:
    return [
        r"\begin{table}",
        rf"\caption{{{tex(caption)}}}",
        rf"\begin{{tabular}}{{{shape}}}",
        r"\toprule",
        " & ".join(tex(column) for column in columns) + r" \\",
        r"\midrule",
        *(" & ".join(tex(cell) for cell in row) + r" \\" for row in rows),
        r"\bottomrule",
        r"\end{tabular}",
        r"\end{table}",
    ]


WRITERS = {".html": as_html, ".htm": as_html, ".csv": as_csv, ".tex": as_tex}
