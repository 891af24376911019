"""Printing: tables, JSON and progress; results on stdout, progress on stderr."""

from __future__ import annotations

import json
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from annotator.model.step import Step


def as_json(value: Any) -> None:
    """Print one JSON value, indented."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def as_line(value: Any) -> str:
    """Return one line of JSON Lines."""
    return json.dumps(value, ensure_ascii=False, separators=(", ", ": "))


def table(columns: Sequence[str], rows: Sequence[Sequence[Any]], title: str = "") -> None:
    """Print a table; plain, tab-separated lines where stdout is no terminal."""
    if not sys.stdout.isatty():
        if title:
            click.echo(f"# {title}")
        click.echo("\t".join(columns))
        for row in rows:
            click.echo("\t".join("" if cell is None else str(cell) for cell in row))
        return
    from rich.console import Console  # heavy
    from rich.table import Table  # heavy

    grid = Table(*columns, title=title or None, title_justify="left", box=None, pad_edge=False)
    for row in rows:
        grid.add_row(*("" if cell is None else str(cell) for cell in row))
    Console().print(grid)


@contextmanager
def progress(what: str) -> Iterator[Callable[[Step], None]]:
    """Show a progress bar on stderr if it is a terminal; yields what to call after each step."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console  # heavy
    from rich.progress import Progress  # heavy

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=None)

        def seen(step: Step) -> None:
            bar.update(task, completed=step.done, total=step.total or None, description=step.note)

        yield seen


def warn(sentences: Sequence[str]) -> None:
    """Print warnings on stderr, one a line."""
    for sentence in sentences:
        click.echo(f"warning: {sentence}", err=True)
