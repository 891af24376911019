"""Commands on reliability: agreement (of a table, of spans, of a project) and plan."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from annotator.cli import show
from annotator.cli.pipes import spooled
from annotator.cli.projects import JSON, PATH, command

if TYPE_CHECKING:
    from annotator.agreement.bootstrap import Plan
    from annotator.agreement.render import Report
    from annotator.agreement.results import Agreement
    from annotator.agreement.span_measuring import SpanAgreement
    from annotator.tasks.agreement import ProjectAgreement

GAMMA = "PARALLAX_GAMMA_PYTHON"


def _parts(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())


@command("agreement", "annotator agreement --table codings.csv --level ordinal --json")
@click.argument("project", type=PATH, required=False)
@click.option("--table", type=PATH, help="CSV: long (unit, coder, value) or a column a coder.")
@click.option("--spans", type=PATH, help="JSON Lines: article, length, coder, code, start, end.")
@click.option("--coders", default="", help="Who is compared, with commas between (PROJECT).")
@click.option("--round", "round_name", default="", help="Which round (PROJECT).")
@click.option("--unit", default="", help="Column of the unit (--table).")
@click.option("--coder", default="", help="Column of the coder, or columns of coders (--table).")
@click.option("--value", default="", help="Column of the value (--table).")
@click.option("--cluster", default="", help="Column of the article the unit lies in (--table).")
@click.option(
    "--level",
    type=click.Choice(["nominal", "ordinal", "interval", "ratio"]),
    default="nominal",
    show_default=True,
    help="Level of measurement (--table).",
)
@click.option("--values", default="", help="What may be said, in order: low,medium,high (--table).")
@click.option("--missing", default="", help="Further values that say there is none (--table).")
@click.option("--multiple", default="", help="What stands between several values (--table).")
@click.option("--where", multiple=True, metavar="COLUMN=VALUE", help="Only such rows (--table).")
@click.option("--resamples", type=click.IntRange(0), default=2000, show_default=True,
              help="Of the bootstrap; 0 for no intervals.")  # fmt: skip
@click.option("--seed", type=click.IntRange(0), default=20_190_101, show_default=True,
              help="The same seed gives the same intervals.")  # fmt: skip
@click.option("--gamma-python", default="", envvar=GAMMA, metavar="PYTHON",
              help="An interpreter with pygamma-agreement, for gamma.")  # fmt: skip
@click.option("--report", type=PATH, help="Write a report: .html, .csv or .tex.")
@click.option("--explain", "explains", is_flag=True, help="Explain each number on these data.")
@JSON
def agreement(
    project: Path | None, table: Path | None, spans: Path | None, coders: str, round_name: str,
    unit: str, coder: str, value: str, cluster: str, level: str, values: str, missing: str,
    multiple: str, where: tuple[str, ...], resamples: int, seed: int, gamma_python: str,
    report: Path | None, *, explains: bool, as_json: bool,
) -> None:  # fmt: skip
    """Say how far coders agree, with intervals and what may be concluded."""
    if sum(given is not None for given in (project, table, spans)) != 1:
        raise click.UsageError("Give a PROJECT, --table or --spans.")
    _check_options(project=project, table=table)
    from annotator.agreement.bootstrap import Plan
    from annotator.tasks.agreement_files import report_writer

    if report is not None:
        report_writer(report)  # a suffix that nobody knows is refused before anything is done
    plan = Plan(resamples, seed)
    if table is not None:
        from annotator.agreement.tabular import TableOptions

        options = TableOptions(unit, coder, value, cluster, level, _parts(values),
                               _parts(missing), multiple, _conditions(where))  # fmt: skip
        made, plain = _of_table(table, options, plan)
    elif spans is not None:
        made, plain = _of_spans(spans, plan, gamma_python)
    else:
        found = _of_project(Path(project or ""), _parts(coders), round_name, plan, gamma_python)
        made, plain = found.report, found.plain()
    _tell(made, plain, report, as_json=as_json, explains=explains)


TABLE_ONLY = ("unit", "coder", "value", "cluster", "level", "values", "missing", "multiple",
              "where")  # fmt: skip
PROJECT_ONLY = ("coders", "round_name")


def _check_options(*, project: Path | None, table: Path | None) -> None:
    """Refuse options that would have no effect."""
    context = click.get_current_context()
    unused = (*(PROJECT_ONLY if project is None else ()), *(TABLE_ONLY if table is None else ()))
    for name in unused:
        source = context.get_parameter_source(name)
        if source is not None and source.name == "COMMANDLINE":
            of = "a PROJECT" if name in PROJECT_ONLY else "--table"
            said = "round" if name == "round_name" else name
            raise click.UsageError(f"--{said} belongs to {of}.")


def _conditions(texts: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    made = []
    for text in texts:
        column, sign, value = text.partition("=")
        if not sign:
            raise click.UsageError(f"--where takes COLUMN=VALUE, not “{text}”.")
        made.append((column.strip(), value.strip()))
    return tuple(made)


def _of_table(path: Path, options: Any, plan: Plan) -> tuple[Report, dict[str, Any]]:
    from annotator.agreement.render import Report
    from annotator.tasks.agreement_files import table_agreement

    with spooled(path) as readable:
        made = table_agreement(readable, _name(path), options, plan)
    return Report(f"Agreement of coders: {_name(path)}", variables=(made,)), made.plain()


def _of_spans(path: Path, plan: Plan, gamma_python: str) -> tuple[Report, dict[str, Any]]:
    from annotator.agreement.render import Report
    from annotator.tasks.agreement_files import read_spans, spans_agreement
    from annotator.tasks.gamma import interpreter, with_gamma

    with spooled(path) as readable:
        continua, notes = read_spans(readable, _name(path))
    made = spans_agreement(continua, notes, plan)
    python = interpreter(gamma_python)
    if python:
        made = with_gamma(made, continua, python)
    return Report(f"Agreement of coders: {_name(path)}", spans=(made,)), made.plain()


def _name(path: Path) -> str:
    return "standard input" if str(path) == "-" else path.name


def _of_project(
    path: Path, coders: tuple[str, ...], round_name: str, plan: Plan, gamma_python: str
) -> ProjectAgreement:  # fmt: skip
    from annotator.store.project import Project
    from annotator.tasks.agreement import ProjectAgreement, agreeing
    from annotator.tasks.gamma import interpreter

    with (
        Project.open(path, read_only=True) as opened,
        opened.one_state(),
        show.progress("Comparing coders") as seen,
    ):
        for step in agreeing(opened, coders=coders, round_name=round_name, plan=plan,
                             gamma_python=interpreter(gamma_python)):  # fmt: skip
            if isinstance(step, ProjectAgreement):
                return step
            seen(step)
    raise AssertionError("the comparison ends with its result")


# Telling


def _tell(
    report: Report, plain: dict[str, Any], out: Path | None, *, as_json: bool, explains: bool
) -> None:
    from annotator.tasks.agreement_files import write_report

    if out is not None:
        write_report(report, out)
    if as_json:
        show.as_json(plain)
        return
    for sentence in report.basis:
        click.echo(sentence)
    _tell_variables(report.variables, explains=explains)
    for spans in report.spans:
        _tell_spans(spans, explains=explains)
    show.warn([*report.warnings, *_gathered(report)])
    if out is not None:
        click.echo(f"Wrote {out}.")


def _gathered(report: Report) -> list[str]:
    """Return each warning once, with the names of the variables and layers it is about."""
    about: dict[str, list[str]] = {}
    said = [(made.name, made.warnings) for made in report.variables]
    said += [(made.name, made.warnings) for made in report.spans]
    for name, warnings in said:
        for warning in warnings:
            about.setdefault(warning, []).append(name)
    return [
        f"{', '.join(names)}: {warning}" if any(names) else warning
        for warning, names in about.items()
    ]


def _tell_variables(variables: tuple[Agreement, ...], *, explains: bool) -> None:
    from annotator.agreement.explain import explain
    from annotator.agreement.report import NAMES, grade, interval, number, verdict

    if len(variables) > 1:
        show.table(
            ("variable", "level", "units", "coders", "agreement", "alpha", "95% CI", "AC1", "is"),
            [(m.name, m.level, m.units, len(m.coders),
              number(m.coefficients["percent_agreement"].value), number(m.alpha.value),
              interval(m.alpha), number(m.coefficients["gwet_ac1"].value), grade(m.alpha, m.units))
             for m in variables],
        )  # fmt: skip
    elif variables:
        made = variables[0]
        click.echo(f"{made.units} units, {len(made.coders)} coders, {len(made.values)} values")
        show.table(
            ("coefficient", "value", "95% CI", "why not"),
            [(NAMES[key], number(c.value), interval(c), c.why)
             for key, c in made.coefficients.items()],
        )  # fmt: skip
        click.echo(verdict(made.alpha, made.units))
    if explains:
        for made in variables:
            for key in made.coefficients:
                click.echo(f"\n{made.name or 'Variable'}, {NAMES[key]}: {explain(made, key)}")


def _tell_spans(made: SpanAgreement, *, explains: bool) -> None:
    from annotator.agreement.explain import explain_span
    from annotator.agreement.report import NAMES, interval, number
    from annotator.agreement.span_measuring import MEASURES

    measures = [name for name in MEASURES if name != "u_alpha_binary"]
    rows = [
        (code.name or "(all codes)", sum(code.marks.values()),
         number(code.coefficients["u_alpha"].value), interval(code.coefficients["u_alpha"]),
         *(number(code.coefficients[name].value) for name in measures[1:]))
        for code in (*made.codes.values(), made.overall)
    ]  # fmt: skip
    show.table(
        ("code", "spans", "u_alpha", "95% CI", *measures[1:]), rows,
        f"Spans: {made.name}" if made.name else "",
    )  # fmt: skip
    if explains:
        for code in (*made.codes.values(), made.overall):
            for key in MEASURES:
                name = f"{code.name or 'All codes'}, {NAMES[key]}"
                click.echo(f"\n{name}: {explain_span(code, key)}")


# Planning


@command("plan", "annotator plan --n 400 --rarest 0.1")
@click.argument("project", type=PATH, required=False)
@click.option("--n", "population", type=click.IntRange(1), help="Units in all.")
@click.option("--alpha", "smallest", type=click.FloatRange(0, 1, max_open=True), default=0.8,
              show_default=True, help="Smallest acceptable alpha.")  # fmt: skip
@click.option("--expected", type=click.FloatRange(0, 1, min_open=True, max_open=True),
              default=0.85, show_default=True, help="Agreement expected in all units.")  # fmt: skip
@click.option("--rarest", type=click.FloatRange(0, 0.5, min_open=True), default=None,
              help="Share of the rarest value, if you know it.")  # fmt: skip
@JSON
def plan(
    project: Path | None, population: int | None, smallest: float, expected: float,
    rarest: float | None, *, as_json: bool,
) -> None:  # fmt: skip
    """Say how many articles two coders should code, by three rules."""
    if (project is None) == (population is None):
        raise click.UsageError("Give either a PROJECT or --n.")
    from annotator.agreement.planning import Rarity, planned

    rarities: list[Rarity] = []
    if project is not None:
        from annotator.store.project import Project
        from annotator.tasks.planning import rarities_of

        with Project.open(project, read_only=True) as opened:
            population = opened.count()
            rarities = rarities_of(opened) if rarest is None else []
    if rarest is not None:
        rarities = [Rarity("", rarest)]
    rows = planned(population or 0, rarities, smallest_alpha=smallest,
                   expected_agreement=expected)  # fmt: skip
    if as_json:
        show.as_json({"population": population, "units": rows[0].units,
                      "variable": rows[0].variable or None,
                      "rules": [row.plain() for row in rows]})  # fmt: skip
        return
    click.echo(f"Have two coders code {rows[0].units} of {population}, drawn at random.")
    show.table(("rule", "units", "because"), [(r.rule, r.units, r.because) for r in rows])


COMMANDS = (agreement, plan)
