"""Commands on a story: compare."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from annotator.cli import show
from annotator.cli.pipes import records, spooled, written
from annotator.cli.projects import JSON, PATH, command

if TYPE_CHECKING:
    from annotator.compare.material import Comparison


@command("compare", "annotator compare study.annot --story “Port strike” --report strike.html")
@click.argument("project", type=PATH, required=False)
@click.option("--jsonl", "lines", type=PATH, help="One story's articles as JSON Lines, or -.")
@click.option("--story", "name", default="", help="Which story; needed if there are several.")
@click.option("--report", type=PATH, metavar="FILE.html", help="Also write a page to read.")
@click.option("--language", default="en", show_default=True, help="Language (--jsonl; BCP 47).")
@click.option(
    "--jobs",
    type=click.IntRange(1),
    default=1,
    show_default=True,
    help="Processes that highlight at once.",
)
@click.option("--out", type=PATH, help="Write the JSON there instead of to stdout.")
@JSON
def compare(
    project: Path | None, lines: Path | None, name: str, report: Path | None, language: str,
    jobs: int, out: Path | None, *, as_json: bool,
) -> None:  # fmt: skip
    """Say what the outlets of a story share, change and leave out."""
    if (project is None) == (lines is None):
        raise click.UsageError("Give either a PROJECT or --jsonl.")
    if lines is not None and name:
        raise click.UsageError("--story belongs to a PROJECT.")
    if lines is not None:
        comparison, title = _of_lines(lines, language, jobs), "Comparison"
    else:
        comparison, title = _of_project(Path(project or ""), name, jobs)
    if report is not None:
        from annotator.compare.report import page

        with written(report) as file:
            file.write(page(comparison, title))
    if as_json or out is not None or lines is not None:
        from annotator.compare.shape import to_json

        with written(out) as file:
            file.write(show.as_line(to_json(comparison)) + "\n")
    else:
        _print(comparison, title)


def _of_lines(lines: Path, language: str, jobs: int) -> Comparison:
    from annotator.tasks.comparing import comparing_lines

    with spooled(lines) as readable:
        return comparing_lines(records(readable, str(lines)), language=language, jobs=jobs)


def _of_project(path: Path, name: str, jobs: int) -> tuple[Comparison, str]:
    from annotator.model.step import Step
    from annotator.store.project import Project
    from annotator.tasks.comparing import chosen_story, comparing

    with Project.open(path, read_only=True) as opened, show.progress("Comparing") as seen:
        story = chosen_story(opened, name)
        for step in comparing(opened, story, jobs=jobs):
            if not isinstance(step, Step):
                return step, story.title
            seen(step)
    raise AssertionError("a comparison ends with its outcome")


def _print(comparison: Comparison, title: str) -> None:
    """Print an article a row: what it shares, copies, has alone and misses."""
    from annotator.compare.shape import missing_here

    shares = {share.article: share for share in comparison.shares}
    rows = []
    for article in comparison.articles:
        share = shares[article.id]
        alone = sum(stretch.article == article.id for stretch in comparison.only_here)
        rows.append((
            article.outlet or article.id, article.published[:10], share.words,
            f"{share.shared:.0%}", f"{share.copied:.0%}", f"{share.quoted:.0%}", alone,
            len(missing_here(comparison, article.id)),
        ))  # fmt: skip
    show.table(
        ("outlet", "published", "words", "shared", "copied", "quoted", "only here", "missing here"),
        rows, title,
    )  # fmt: skip
    wire = sum(passage.is_wire for passage in comparison.passages)
    several = sum(len({m.place.article for m in q.members}) > 1 for q in comparison.quotes)
    click.echo(
        f"\n{len(comparison.passages)} passages shared, {wire} of them suspected agency copy; "
        f"{len(comparison.quotes)} quotes, {several} in several articles; "
        f"{len(comparison.names)} names."
    )


COMMANDS = (compare,)
