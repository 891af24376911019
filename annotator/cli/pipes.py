"""Commands that also work without a project: text, highlight."""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import click

from annotator.cli import show
from annotator.cli.projects import JSON, PATH, check_paths, command, import_options
from annotator.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Iterator

LAYERS = ("entities", "quotes", "boilerplate")


@contextmanager
def spooled(path: Path) -> Iterator[Path]:
    """Yield a readable file; standard input for "-" is copied to one."""
    if str(path) != "-":
        yield path
        return
    with tempfile.TemporaryDirectory() as folder:
        spool = Path(folder) / "stdin"
        with spool.open("wb") as file:
            shutil.copyfileobj(sys.stdin.buffer, file)
        yield spool


@contextmanager
def written(out: Path | None) -> Iterator[IO[str]]:
    """Yield where lines go: stdout, or a file that appears whole or not at all."""
    if out is None:
        yield sys.stdout
        return
    beside = out.with_name(f".{out.name}-part")
    try:
        with beside.open("w", encoding="utf-8", newline="\n") as file:
            yield file
        beside.replace(out)
    except OSError as error:
        raise BadInput(
            f"It cannot be written: {error.strerror or error}.", where=str(out)
        ) from error
    finally:
        beside.unlink(missing_ok=True)


@command("text", "annotator text page.txt --main")
@click.argument("paths", type=PATH, nargs=-1, required=True)
@click.option("--main", "main_only", is_flag=True, help="Only the article's own text.")
@click.option("--map", "mapping", type=PATH, help='TOML file: field = "column" for tables.')
@click.option("--separator", default="", help="Regular expression of the line between articles.")
@click.option("--out", type=PATH, help="Write there instead of to stdout.")
def text(
    paths: tuple[Path, ...], mapping: Path | None, separator: str, out: Path | None, *,
    main_only: bool,
) -> None:  # fmt: skip
    """Print the articles found in files as JSON Lines, as they would be stored."""
    from annotator.formats.intake import intake, main_text, to_line
    from annotator.formats.protocol import Refused

    options = import_options(mapping, separator)
    check_paths(path for path in paths if str(path) != "-")
    articles = refused = 0
    with written(out) as file:
        for found in intake(paths, options=options):
            if isinstance(found, Refused):
                refused += 1
                show.warn([found.message])
                continue
            articles += 1
            file.write(show.as_line(to_line(main_text(found) if main_only else found)) + "\n")
    if refused and not articles:
        raise BadInput("No article could be read.", hint="See the warnings above.")


@command("highlight", "annotator highlight study.annot --layers quotes")
@click.argument("project", type=PATH, required=False)
@click.option("--jsonl", "lines", type=PATH, help="JSON Lines with id and text, or - for stdin.")
@click.option(
    "--layers",
    default=",".join(LAYERS),
    show_default=True,
    help="What to look for, separated by commas.",
)
@click.option(
    "--model",
    default=None,
    metavar="PIPELINE",
    help="An installed spaCy pipeline instead of the built-in one; “rules” for rules alone.",
)
@click.option("--language", default="", help="Language of the texts (BCP 47).")
@click.option(
    "--jobs",
    type=click.IntRange(1),
    default=1,
    show_default=True,
    help="Processes that work at once.",
)
@click.option("--out", type=PATH, help="Write there instead of to stdout (--jsonl).")
@JSON
def highlight(  # one argument an option
    project: Path | None, lines: Path | None, layers: str, model: str | None, language: str,
    jobs: int, out: Path | None, *, as_json: bool,
) -> None:  # fmt: skip
    """Suggest entities, quotes with their speakers, and boilerplate."""
    chosen = _layers(layers)
    if (project is None) == (lines is None):
        raise click.UsageError("Give either a PROJECT or --jsonl.")
    if lines is not None:
        with spooled(lines) as readable, written(out) as file:
            _highlight_lines(readable, str(lines), file, chosen, model, language, jobs)
        return
    from annotator.store.project import Project
    from annotator.tasks.highlighting import highlighting
    from annotator.tasks.running import run

    with Project.open(Path(project or "")) as opened, show.progress("Reading") as seen:
        steps = highlighting(opened, layers=chosen, model=model, language=language, jobs=jobs)
        outcome = run(opened, steps, seen)
        suggestions = opened.count_suggestions()
    if as_json:
        show.as_json({"articles": outcome.done, "suggestions": suggestions})
    else:
        click.echo(f"{outcome.done} articles read; the project holds {suggestions} suggestions.")


def _layers(text: str) -> tuple[str, ...]:
    chosen = tuple(part.strip() for part in text.split(",") if part.strip())
    unknown = [layer for layer in chosen if layer not in LAYERS]
    if unknown or not chosen:
        raise click.UsageError(f"--layers takes {', '.join(LAYERS)}, not “{text}”.")
    return chosen


def _highlight_lines(  # passes a command's options on
    source: Path, name: str, file: IO[str], layers: tuple[str, ...], model: str | None,
    language: str, jobs: int,
) -> None:  # fmt: skip
    from annotator.highlight.jobs import find
    from annotator.highlight.pipeline import Highlighter, to_line

    highlighter = Highlighter(layers=layers, language=language or "en", model=model)
    ids: list[tuple[Any, str]] = []

    def texts() -> Iterator[str]:
        for record in records(source, name):
            ids.append((record["id"], record["text"]))
            yield record["text"]

    for place, findings in enumerate(find(highlighter, texts(), jobs)):
        article_id, body = ids[place]
        file.write(show.as_line(to_line(article_id, findings, body)) + "\n")
        ids[place] = ("", "")


def records(source: Path, name: str) -> Iterator[dict[str, Any]]:
    """Yield the lines of a JSON Lines file that have an id and a text.

    Raises:
        BadInput: naming the line that has not.
    """
    try:
        with source.open(encoding="utf-8-sig") as file:
            for number, line in enumerate(file, 1):
                if line.strip():
                    yield _record(line, number, name)
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not UTF-8"
        raise BadInput(f"The file cannot be read: {reason}.", where=name) from error


def _record(line: str, number: int, name: str) -> dict[str, Any]:
    try:
        record = json.loads(line)
    except ValueError as error:
        raise BadInput(f"Line {number} is no JSON.", where=name) from error
    if (
        not isinstance(record, dict)
        or "id" not in record
        or not isinstance(record.get("text"), str)
    ):
        raise BadInput(f"Line {number} needs “id” and “text”.", where=name)
    return record


COMMANDS = (text, highlight)
