"""Commands on a project file: new, info, import, codebook, formats, export, check."""

from __future__ import annotations

import os
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from annotator.cli import show
from annotator.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

PATH = click.Path(path_type=Path)
JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


def command(
    name: str, example: str, **settings: Any
) -> Callable[[Callable[..., Any]], click.Command]:
    """Return a decorator that makes a command with an example at the end of its help."""
    return click.command(name, epilog=f"Example: {example}", **settings)


@command("new", "annotator new study.annot --codebook generic-frames --codebook stance")
@click.argument("project", type=PATH)
@click.option(
    "--codebook",
    "codebooks",
    multiple=True,
    metavar="TEMPLATE|FILE",
    help="A template (entman, generic-frames, policy-frames, stance, bias, quotes, "
    "boilerplate) or a codebook file; several can be combined.",
)
@click.option("--coder", default="", help="Name of the first coder.")
@click.option(
    "--language",
    "languages",
    multiple=True,
    default=("en",),
    show_default=True,
    help="Language of the articles (BCP 47).",
)
def new(project: Path, codebooks: tuple[str, ...], coder: str, languages: tuple[str, ...]) -> None:
    """Make a new, empty project."""
    from annotator.tasks.founding import new_project

    with new_project(project, codebooks, coder=coder, languages=languages) as made:
        book = made.codebook
    click.echo(
        f"Made {project}: {len(book.codes)} codes in {len(book.layers)} layers, "
        f"{len(book.variables)} questions."
    )


@command("info", "annotator info study.annot --json")
@click.argument("project", type=PATH)
@JSON
def info(project: Path, *, as_json: bool) -> None:
    """Say what a project holds."""
    from annotator.store.project import Project
    from annotator.tasks.summary import summary

    with Project.open(project, read_only=True) as opened:
        facts = summary(opened)
    if as_json:
        show.as_json(facts)
        return
    counted = ("stories", "articles", "outlets", "coders", "annotations", "answers")
    click.echo(f"{facts['name']} ({facts['size_bytes']:,} bytes)")
    show.table(("what", "number"), [(name, facts[name]) for name in counted])
    if facts["annotations_by_code"]:
        click.echo()
        show.table(
            ("layer", "code", "coder", "kind", "annotations"),
            [
                (r["layer"], r["code"], r["coder"], r["coder_kind"], r["annotations"])
                for r in facts["annotations_by_code"]
            ],
        )


@command("import", "annotator import study.annot articles/ --story “Port strike”")
@click.argument("project", type=PATH)
@click.argument("paths", type=PATH, nargs=-1, required=True)
@click.option("--story", default="", help="The event all these articles report.")
@click.option("--outlet", default="", help="The outlet of all these articles.")
@click.option("--map", "mapping", type=PATH, help='TOML file: field = "column" for tables.')
@click.option("--separator", default="", help="Regular expression of the line between articles.")
@click.option("--dry-run", is_flag=True, help="Only say what would be imported.")
@JSON
def import_(  # one argument an option
    project: Path, paths: tuple[Path, ...], story: str, outlet: str, mapping: Path | None,
    separator: str, *, dry_run: bool, as_json: bool,
) -> None:  # fmt: skip
    """Import articles from files and folders."""
    from annotator.store.project import Project
    from annotator.tasks.importing import importing
    from annotator.tasks.running import rehearse, run

    options = import_options(mapping, separator)
    check_paths(paths)
    articles: list[dict[str, Any]] = []
    with Project.open(project, read_only=dry_run) as opened, show.progress("Importing") as seen:
        names = {o.id: o.name for o in opened.outlets.values()}
        names |= {s.id: s.title for s in opened.stories.values()}

        def remember(step: Any) -> None:
            articles.extend(_listed(step.edit, names))
            seen(step)

        steps = importing(opened, paths, story=story, outlet=outlet, options=options)
        warnings = (
            rehearse(steps, remember) if dry_run else list(run(opened, steps, remember).warnings)
        )
    if as_json:
        show.as_json({"articles": articles, "warnings": warnings, "stored": not dry_run})
        return
    show.warn(warnings)
    verb = "would be imported" if dry_run else "imported"
    click.echo(f"{len(articles)} article{'s' if len(articles) != 1 else ''} {verb}.")


def import_options(mapping: Path | None, separator: str) -> dict[str, Any]:
    """Return the importers' options.

    Raises:
        BadInput: if the mapping file cannot be read.
    """
    options: dict[str, Any] = {}
    if separator:
        options["separator"] = separator
    if mapping is not None:
        try:
            options["map"] = tomllib.loads(mapping.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            raise BadInput(
                f"The mapping cannot be read: {error}.",
                hint='It is TOML with lines like text = "Body".',
                where=str(mapping),
            ) from error
    return options


def check_paths(paths: Iterable[Path]) -> None:
    """Refuse paths that are not there, before anything is done.

    Raises:
        BadInput: naming the first one.
    """
    for path in paths:
        if not path.exists():
            raise BadInput("There is no such file or folder.", where=str(path))


def _listed(edit: Any, names: dict[str, str]) -> list[dict[str, Any]]:
    """Return what an import's edit makes, an article a table; `names` grows by what it makes."""
    from annotator.model.article import Article, Outlet, Story, TextVersion

    if edit is None:
        return []
    names.update((r.id, r.name if isinstance(r, Outlet) else r.title)
                 for r in edit.after if isinstance(r, (Outlet, Story)))  # fmt: skip
    texts = {r.article_id: r for r in edit.after if isinstance(r, TextVersion)}
    return [
        {
            "id": a.id, "headline": a.headline, "outlet": names.get(a.outlet_id or "", a.outlet_id),
            "story": names.get(a.story_id or "", a.story_id), "published": a.published,
            "characters": len(texts[a.id].text), "blocks": len(texts[a.id].blocks),
            "source": a.provenance,
        }
        for a in edit.after if isinstance(a, Article)
    ]  # fmt: skip


@command("codebook", "annotator codebook study.annot export codebook.toml")
@click.argument("project", type=PATH)
@click.argument("act", type=click.Choice(["show", "export", "import"]))
@click.argument("file", type=PATH, required=False)
@click.option("--comment", default="", help="Why it is changed (import).")
def codebook(project: Path, act: str, file: Path | None, comment: str) -> None:
    """Show, export or import the codebook (.toml .json .csv .qdc; .html to export)."""
    from annotator.formats.codebooks import read_codebook, write_codebook
    from annotator.store.project import Project
    from annotator.tasks.codebooks import replacing

    if act == "show":
        with Project.open(project, read_only=True) as opened:
            book, version = opened.codebook, opened.codebook_version()
        click.echo(f"{book.name or 'Codebook'}, version {version.number if version else 0}")
        show.table(
            ("layer", "code", "key", "name"),
            [(c.layer, c.slug, c.key, " > ".join(p.name for p in book.path(c)))
             for c in book.codes],
        )  # fmt: skip
        if book.variables:
            click.echo()
            show.table(
                ("variable", "unit", "type", "question"),
                [(v.slug, v.unit, v.type, v.question or v.name) for v in book.variables],
            )
        return
    if file is None:
        raise click.UsageError(f"codebook {act} needs a FILE.")
    if act == "export":
        with Project.open(project, read_only=True) as opened:
            losses = write_codebook(opened.codebook, file)
        show.warn(losses)
        click.echo(f"Wrote {file}.")
        return
    book = read_codebook(file)
    with Project.open(project) as opened:
        edit = replacing(opened, book, comment=comment)
        opened.apply(edit)
        version = opened.codebook_version()
    click.echo(f"The codebook is now version {version.number if version else 0}.")


@command("formats", "annotator formats --json")
@JSON
def formats(*, as_json: bool) -> None:
    """List importers and exporters with what each can hold."""
    from annotator.tasks.summary import formats as listed

    rows = listed()
    if as_json:
        show.as_json(rows)
        return
    show.table(
        ("direction", "name", "files", "holds"),
        [(r["direction"], r["name"], r["files"], r["holds"]) for r in rows],
    )


@command(
    "export",
    "annotator export study.annot coding-csv out/ --separator ;",
    context_settings={"ignore_unknown_options": True, "allow_extra_args": True},
)
@click.argument("project", type=PATH)
@click.argument("format_name", metavar="FORMAT")
@click.argument("out", type=PATH)
@click.option("--strict", is_flag=True, help="Refuse if the format cannot hold everything.")
@JSON
@click.pass_context
def export(  # one argument an option
    context: click.Context, project: Path, format_name: str, out: Path, *, strict: bool,
    as_json: bool,
) -> None:  # fmt: skip
    """Export codings; further options belong to the format (see `annotator formats`)."""
    from annotator.formats.protocol import ExportSummary
    from annotator.store.project import Project
    from annotator.tasks.exporting import exporter, exporting, options_of

    chosen = exporter(format_name)
    options = options_of(chosen, _extra_options(context.args))
    summary: ExportSummary | None = None
    with (
        Project.open(project, read_only=True) as opened,
        opened.one_state(),
        show.progress("Exporting") as seen,
    ):
        for step in exporting(opened, chosen, out, options, strict=strict):
            if isinstance(step, ExportSummary):
                summary = step
            else:
                seen(step)
    if summary is not None:
        _show_summary(summary, as_json=as_json)


def _extra_options(arguments: list[str]) -> dict[str, str]:
    """Return `--name value`, `--name=value` and `--flag` as a table of texts."""
    values: dict[str, str] = {}
    name = ""
    for argument in arguments:
        if argument.startswith("--"):
            name, _, value = argument[2:].partition("=")
            values[name] = value
        elif name and not values[name]:
            values[name] = argument
        else:
            raise click.UsageError(f"“{argument}” belongs to no option.")
    return values


def _show_summary(summary: Any, *, as_json: bool) -> None:
    losses = summary.losses
    if as_json:
        show.as_json(
            {
                "paths": [os.fspath(p) for p in summary.paths],
                "written": dict(summary.written),
                "losses": [
                    {"kind": kind, "count": n, "places": losses.places.get(kind, [])}
                    for kind, n in sorted(losses.counts.items())
                ],
            }
        )
        return
    for path in summary.paths:
        click.echo(f"Wrote {path}")
    click.echo(", ".join(f"{number} {what}" for what, number in summary.written.items()) + ".")
    for kind, number in sorted(losses.counts.items()):
        places = "; ".join(losses.places.get(kind, [])[:3])
        click.echo(f"Not held: {number} {kind}" + (f" ({places})" if places else ""))


@command("check", "annotator check study.annot --repair")
@click.argument("project", type=PATH)
@click.option("--repair", "repairs", is_flag=True, help="Mend what can be mended.")
@JSON
def check(project: Path, *, repairs: bool, as_json: bool) -> int:
    """Check that a project is whole: file, anchors, orphans, texts, log, search."""
    from annotator.store.checking import check as find
    from annotator.store.checking import repair

    done: tuple[str, ...] = ()
    if repairs:
        outcome = repair(project)
        done, found = outcome.done, outcome.left
    else:
        found = tuple(find(project))
    if as_json:
        show.as_json(
            {
                "ok": not found,
                "repaired": list(done),
                "problems": [
                    {"kind": f.kind, "where": f.where, "message": f.message,
                     "mendable": f.mendable} for f in found
                ],
            }
        )  # fmt: skip
        return int(bool(found))
    for sentence in done:
        click.echo(sentence)
    for finding in found:
        mend = " (--repair can mend it)" if finding.mendable and not repairs else ""
        click.echo(f"{finding.kind}: {finding.where}: {finding.message}{mend}")
    if not found:
        click.echo(f"{project} is whole.")
    return int(bool(found))


COMMANDS = (new, info, import_, codebook, formats, export, check)
