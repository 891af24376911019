"""Highlighting: machine coders read the articles and write their suggestions.

Identifiers follow from article, text, component, version, code and place, so the same run twice
changes nothing. A newer version supersedes what nobody accepted or decided on.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from annotator.model.annotation import Annotation, Coder, Link, Run, decides, fragments_in
from annotator.model.edit import Edit
from annotator.model.ids import new_id, now, stable_id
from annotator.model.step import Step

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from annotator.highlight.finding import Finding
    from annotator.model.article import Block, TextVersion
    from annotator.model.codebook import Codebook
    from annotator.model.corpus import CodedArticle
    from annotator.model.edit import Record
    from annotator.store.project import Project

AT_ONCE = 5
COMPONENTS = {
    "entities": "Entities (machine)",
    "quotes": "Quotes (machine)",
    "boilerplate": "Boilerplate (machine)",
}


def machine_coder(component: str) -> Coder:
    """Return the coder that a component is, the same in every project."""
    name = COMPONENTS.get(component, f"{component} (machine)")
    return Coder(stable_id("machine", component), name, "machine")


@dataclass(frozen=True, slots=True)
class Pass:
    """What a run writes with: versions, run records and the codebook."""

    versions: dict[str, str]
    runs: dict[str, Run]
    codebook: Codebook


def highlighting(
    project: Project,
    *,
    layers: Sequence[str] = tuple(COMPONENTS),
    model: str | None = None,
    language: str = "",
    article_ids: Sequence[str] | None = None,
    jobs: int = 1,
) -> Iterator[Step]:
    """Suggest entities, quotes and boilerplate in articles; edits share one batch.

    Args:
        project: Read while highlighting.
        layers: Components to run, of `COMPONENTS`.
        model: Name or path of an installed spaCy pipeline; the built-in one if None.
        language: BCP 47 tag; the project's first language if empty.
        article_ids: Which articles; all if None.
        jobs: Processes that work at once.

    Raises:
        BadInput: if the pipeline is not installed or a component unknown.
    """
    from annotator.highlight.jobs import find  # loads spaCy
    from annotator.highlight.pipeline import Highlighter  # loads spaCy

    chosen = language or next(iter(project.setting("languages", ["en"])), "en")
    highlighter = Highlighter(layers=tuple(layers), language=chosen, model=model)
    ids = project.article_ids() if article_ids is None else list(article_ids)
    work = _prepared(project, highlighter.versions, model)
    batch = new_id()
    waiting: deque[CodedArticle] = deque()

    def texts() -> Iterator[tuple[str, Sequence[Block]]]:
        for article in project.articles(ids):
            waiting.append(article)
            yield article.version.text, article.version.blocks

    before: list[Record] = []
    after: list[Record] = []
    done, start = 0, _start(project, work)
    for findings in find(highlighter, texts(), jobs):
        old, new = _difference(waiting.popleft(), findings, work)
        before += old
        after += new
        done += 1
        if done % AT_ONCE:
            continue
        yield Step(done, len(ids), f"{done} of {len(ids)} articles read",
                   _edit(before, after, start, batch))  # fmt: skip
        start = () if before or after else start
        before, after = [], []
    yield Step(done, len(ids), f"{done} of {len(ids)} articles read",
               _edit(before, after, start, batch))  # fmt: skip


def _edit(
    before: list[Record], after: list[Record], start: tuple[Record, ...], batch: str
) -> Edit | None:
    """Return what a run writes now; None if nothing differs."""
    if not before and not after:
        return None
    return Edit("Highlight", None, tuple(before), (*start, *after), batch)


def _start(project: Project, work: Pass) -> tuple[Record, ...]:
    """Return what the first edit of a run writes besides: coders that are new, and the runs."""
    known = project.coders
    coders = map(machine_coder, work.versions)
    return (*(c for c in coders if c.id not in known), *work.runs.values())


def _prepared(project: Project, versions: dict[str, str], model: str | None) -> Pass:
    time = now()
    runs = {
        component: Run(
            new_id(), machine_coder(component).id, component, version,
            {"model": model or "built-in"}, {}, time,
        )
        for component, version in versions.items()
    }  # fmt: skip
    return Pass(versions, runs, project.codebook)


def _difference(
    article: CodedArticle, findings: Sequence[Finding], work: Pass
) -> tuple[list[Record], list[Record]]:
    """Return what a run removes from and adds to one article."""
    found, links = _records(article.version, findings, work)
    machines = {machine_coder(component).id for component in work.versions}
    there = {a.id: a for a in article.annotations if a.coder_id in machines}
    kept = _kept(article, there, work.codebook)
    places = {_place(a, article.version): a.id for a in there.values() if a.id in kept}
    new = {a.id: a for a in found if a.id in there or _place(a, article.version) not in places}
    gone = [a for a in there.values() if a.id not in new and a.id not in kept]
    gone_ids = {a.id for a in gone}
    live = (set(there) - gone_ids) | set(new)
    old_links = {k.id: k for k in article.links if k.coder_id in machines}
    lost_links = [k for k in old_links.values() if {k.from_id, k.to_id} & gone_ids]
    made_links = [
        k for k in links if k.id not in old_links and k.from_id in live and k.to_id in live
    ]
    made = [a for a in new.values() if a.id not in there]
    return [*gone, *lost_links], [*made, *made_links]


def _place(annotation: Annotation, version: TextVersion) -> tuple[str, object]:
    return annotation.code_id, annotation.spans(version.id)


def _kept(article: CodedArticle, there: dict[str, Annotation], codebook: Codebook) -> set[str]:
    """Return the suggestions that somebody accepted or decided on."""
    kept = {a.derived_from or "" for a in article.annotations} & set(there)
    for suggestion in there.values():
        code = codebook.code_by_id(suggestion.code_id)
        spans = suggestion.spans(article.version.id)
        if code is None or not spans:
            continue
        verdicts = (d for d in article.decisions if d.layer == code.layer)
        if any(decides(d, code.slug, article.version.text, spans) for d in verdicts):
            kept.add(suggestion.id)
    return kept


def _records(
    version: TextVersion, findings: Sequence[Finding], work: Pass
) -> tuple[list[Annotation], list[Link]]:
    """Return annotations and links of findings; what the codebook lacks a code for is left out."""
    made: list[Annotation | None] = [_annotation(version, f, work) for f in findings]
    links = []
    for finding, quote in zip(findings, made, strict=True):
        for kind, place in (("source", finding.source), ("cue", finding.cue)):
            end = None if place is None else made[place]
            if quote is not None and end is not None:
                link_id = stable_id("link", kind, quote.id, end.id)
                links.append(Link(link_id, quote.coder_id, kind, quote.id, end.id))
    unique = {a.id: a for a in made if a is not None}
    return list(unique.values()), list({link.id: link for link in links}.values())


def _annotation(version: TextVersion, finding: Finding, work: Pass) -> Annotation | None:
    code = work.codebook.code(finding.layer, finding.code)
    if code is None:
        return None
    places = ";".join(f"{s.start}-{s.end}" for s in finding.fragments)
    run = work.runs[finding.component]
    made = Annotation(
        id=stable_id(
            version.article_id, version.sha256, finding.component, run.version, finding.layer,
            finding.code, places,
        ),
        article_id=version.article_id,
        coder_id=run.coder_id,
        code_id=code.id,
        fragments=fragments_in(version, finding.fragments),
        attributes=dict(finding.attributes),
        score=finding.score,
        run_id=run.id,
        created=run.created,
    )  # fmt: skip
    return replace(made, modified=made.created)
