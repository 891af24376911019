"""Agreement in a project: which articles and coders count, their codings as units, the result.

Compared are the articles that the coders marked done in one round; where nothing was ever marked
done, all that two coders or more coded, and the result says so. Each coder's independent work is
read, never an adjudication (unless the adjudicator is named as one of the coders). Texts are the
current ones, without page furniture except in what somebody marked.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from annotator.agreement.bootstrap import Plan
from annotator.agreement.measuring import measure
from annotator.agreement.render import Report
from annotator.agreement.report import counted, listed, with_span_warnings, with_warnings
from annotator.agreement.span_measuring import measure_spans
from annotator.errors import BadInput
from annotator.model.annotation import Assignment
from annotator.model.step import Step
from annotator.tasks.agreement_units import Reading, asked_attributes, continuum, question
from annotator.tasks.gamma import with_gamma

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from annotator.agreement.results import Agreement
    from annotator.agreement.span_measuring import SpanAgreement
    from annotator.model.annotation import Coder, Round
    from annotator.model.corpus import CodedArticle
    from annotator.store.project import Project


@dataclass(frozen=True, slots=True)
class Choice:
    """What is compared.

    Args:
        coders: Who, in order.
        are_named: Whether they were asked for by name: then all of them must have coded an article.
        round: The round; None for all that is no adjudication.
        done: By article those who marked it done; None if nothing was ever marked done.
    """

    coders: tuple[Coder, ...]
    are_named: bool
    round: Round | None
    done: dict[str, frozenset[str]] | None

    @property
    def needed(self) -> int:
        """How many of the coders must have coded an article."""
        return max(2, len(self.coders)) if self.are_named else 2


@dataclass(frozen=True, slots=True)
class ProjectAgreement:
    """How far the coders of a project agree: variables, spans, and what was compared."""

    project: str
    coders: tuple[str, ...]
    round: str
    articles: int
    report: Report
    slugs: tuple[str, ...]

    def plain(self) -> dict[str, Any]:
        """Return the shape of `annotator agreement PROJECT --json`."""
        return {
            "project": self.project,
            "coders": list(self.coders),
            "round": self.round or None,
            "articles": self.articles,
            "basis": list(self.report.basis),
            "variables": [
                {"variable": slug, "name": made.name, **made.plain()}
                for slug, made in zip(self.slugs, self.report.variables, strict=True)
            ],
            "spans": [{"layer": made.name, **made.plain()} for made in self.report.spans],
            "warnings": list(self.report.warnings),
        }


def agreeing(
    project: Project,
    *,
    coders: Sequence[str] = (),
    round_name: str = "",
    plan: Plan | None = None,
    gamma_python: str = "",
) -> Iterator[Step | ProjectAgreement]:
    """Compare coders, yielding progress and last the result.

    Args:
        project: The project; it is only read.
        coders: Names of the coders; all persons if left out.
        round_name: Name of the round; the one there is if left out.
        plan: How intervals are made.
        gamma_python: An interpreter that has pygamma-agreement; no gamma if empty.

    Raises:
        BadInput: if a coder or round is not known, or several rounds could be meant.
    """
    chosen_plan = plan or Plan()
    choice = _chosen(project, coders, round_name)
    reading = Reading(project.codebook, {c.id: c.name for c in choice.coders}, project.coders)
    ids = project.article_ids() if choice.done is None else list(choice.done)
    read = []
    for number, coded in enumerate(project.articles(ids), 1):
        readers = _readers(coded, choice)
        if len(readers) >= choice.needed:
            read.append((coded, readers))
        yield Step(number, len(ids), "Reading the codings")
    variables: list[tuple[str, Agreement]] = []
    parts = len(reading.codebook.variables) + len(reading.codebook.layers)
    for number, variable in enumerate(reading.codebook.variables, 1):
        asked = question(reading, variable, read, project.story_answers(), choice.round)
        if asked is not None:
            made = measure(asked.ratings, name=variable.name, plan=chosen_plan)
            variables.append((variable.slug, with_warnings(made, asked.notes)))
        yield Step(number, parts, variable.name)
    spans: list[SpanAgreement] = []
    for number, layer in enumerate(reading.codebook.layers, len(reading.codebook.variables) + 1):
        notes: list[str] = []
        continua = [continuum(reading, c, who, layer.slug, choice.round, notes) for c, who in read]
        if any(c.marks for c in continua):
            wanted = asked_attributes(reading.codebook, layer.slug)
            made_spans = measure_spans(continua, name=layer.slug, asked=wanted, plan=chosen_plan)
            made_spans = with_span_warnings(made_spans, notes)
            if gamma_python:
                made_spans = with_gamma(made_spans, continua, gamma_python)
            spans.append(made_spans)
        yield Step(number, parts, layer.name)
    yield _result(project, choice, read, variables, spans)


def _result(
    project: Project,
    choice: Choice,
    read: Sequence[tuple[CodedArticle, frozenset[str]]],
    variables: Sequence[tuple[str, Agreement]],
    spans: Sequence[SpanAgreement],
) -> ProjectAgreement:
    seen = {reader for _, readers in read for reader in readers}
    if not choice.are_named and read:
        choice = replace(choice, coders=tuple(c for c in choice.coders if c.id in seen))
    names = tuple(coder.name for coder in choice.coders)
    warnings = []
    if not read:
        warnings.append(_nothing(choice))
    report = Report(
        title=f"Agreement of coders: {project.name}",
        basis=(_basis(choice, read),),
        variables=tuple(made for _, made in variables),
        spans=tuple(spans),
        warnings=tuple(warnings),
    )
    return ProjectAgreement(
        project.name, names, choice.round.name if choice.round else "", len(read), report,
        tuple(slug for slug, _ in variables),
    )  # fmt: skip


def _basis(choice: Choice, read: Sequence[tuple[CodedArticle, frozenset[str]]]) -> str:
    """Return one sentence on what was compared."""
    everybody = sum(len(readers) == len(choice.coders) for _, readers in read)
    names = listed([coder.name for coder in choice.coders]) or "nobody"
    where = f" in the round “{choice.round.name}”" if choice.round else ""
    if choice.done is None:
        who = f"all of {names}" if choice.are_named else "two coders or more"
        how = f"that {who} coded{where}; nothing was ever marked done"
    elif choice.are_named or len(choice.coders) == 2:
        how = f"that {names} marked done{where}"
    else:
        how = f"that two or more of {names} marked done{where} ({everybody} of them all of these)"
    return f"Compared are {counted(len(read), 'article')} {how}."


def _nothing(choice: Choice) -> str:
    if len(choice.coders) < 2:
        return "There are not two coders to compare."
    if choice.done is None:
        return "No article was coded by two coders."
    idle = [c.name for c in choice.coders if not any(c.id in who for who in choice.done.values())]
    if idle:
        return f"{listed(idle)} marked no article done: mark articles done when they are coded."
    return "No article was marked done by all of the coders to compare."


# Who and where


def _chosen(project: Project, names: Sequence[str], round_name: str) -> Choice:
    assignments = project.all(Assignment)
    coders = _coders(project, names)
    wanted = {coder.id for coder in coders}
    done: dict[str | None, dict[str, set[str]]] = {}
    for one in assignments:
        if one.status == "done" and one.coder_id in wanted:
            done.setdefault(one.round_id, {}).setdefault(one.article_id, set()).add(one.coder_id)
    machines = frozenset(coder.id for coder in coders if coder.kind != "human")
    round_, is_settled = _round(project, round_name, done, len(machines))
    if not any(one.coder_id in wanted for one in assignments) or (not done and not is_settled):
        return Choice(coders, bool(names), round_, None)
    found = done.get(round_.id if round_ else None, {})
    articles = {article: frozenset(who) | machines for article, who in found.items()}
    if not names:
        active = {one.coder_id for one in assignments if not round_ or one.round_id == round_.id}
        coders = tuple(c for c in coders if c.id in active)
    return Choice(coders, bool(names), round_, articles)


def _coders(project: Project, names: Sequence[str]) -> tuple[Coder, ...]:
    """Return the coders of these names, all persons if there are none.

    Raises:
        BadInput: if a name is not known or comes twice.
    """
    known = {coder.name.casefold(): coder for coder in project.coders.values()}
    people = sorted((c for c in known.values() if c.kind == "human"), key=lambda c: c.name)
    if not names:
        return tuple(people)
    for name in names:
        if name.casefold() not in known:
            there = listed([c.name for c in people]) or "nobody"
            raise BadInput(f"There is no coder “{name}”.", hint=f"There are {there}.")
    found = tuple(dict.fromkeys(known[name.casefold()] for name in names))
    if len(found) < 2:
        raise BadInput("Two coders or more are needed.", hint="As --coders Ada,Ben.")
    return found


def _round(
    project: Project, name: str, done: dict[str | None, dict[str, set[str]]], machines: int
) -> tuple[Round | None, bool]:
    """Return the round that is meant, and whether it was asked for or is the only one.

    Raises:
        BadInput: if there is none of this name, or several could be meant.
    """
    rounds = project.rounds
    if name:
        found = next((r for r in rounds.values() if r.name.casefold() == name.casefold()), None)
        if found is None:
            there = listed([f"“{r.name}”" for r in rounds.values()]) or "none"
            raise BadInput(f"There is no round “{name}”.", hint=f"There are {there}.")
        return found, True
    shared = [key for key, articles in done.items() if _is_shared(articles, machines)]
    found_in = [rounds.get(key or "") for key in (shared or done)]
    candidates = sorted(
        (r for r in found_in if r is None or r.kind != "adjudication"),
        key=lambda r: (r.position, r.name) if r else (-1, ""),
    )
    if len(candidates) > 1:
        reliability = [r for r in candidates if r is not None and r.kind == "reliability"]
        if len(reliability) != 1:
            there = listed([f"“{r.name}”" if r else "no round" for r in candidates])
            raise BadInput(
                f"Coders share articles in several rounds: {there}.",
                hint="Choose one with --round.",
            )
        candidates = list(reliability)
    return (candidates[0], True) if candidates else (None, False)


def _is_shared(articles: dict[str, set[str]], machines: int) -> bool:
    """Say whether two coders or more share an article; machines have read all of them."""
    return any(len(who) + machines >= 2 for who in articles.values())


def _readers(coded: CodedArticle, choice: Choice) -> frozenset[str]:
    """Return which of the coders count as having read an article."""
    wanted = frozenset(coder.id for coder in choice.coders)
    if choice.done is not None:
        return choice.done[coded.article.id] & wanted
    where = choice.round.id if choice.round else None
    said = {a.coder_id for a in coded.annotations if where in {None, a.round_id}}
    said |= {a.coder_id for a in coded.answers if where in {None, a.round_id}}
    said |= {d.coder_id for d in coded.decisions if d.verdict == "nothing_found"}
    machines = {coder.id for coder in choice.coders if coder.kind != "human"}
    return wanted & (said | machines)
