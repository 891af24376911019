"""Commands that show the window: demo, open."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from annotator.cli import show
from annotator.cli.projects import PATH, command

if TYPE_CHECKING:
    from pathlib import Path


@command("demo", "annotator demo --headless --dir demo")
@click.option("--dir", "folder", type=PATH, help="Where; a new temporary folder if left out.")
@click.option(
    "--headless",
    is_flag=True,
    help="Write a screenshot and a summary instead of opening the window.",
)
@click.option("--dark", is_flag=True, help="Show the dark theme.")
def demo(folder: Path | None, *, headless: bool, dark: bool) -> int:
    """Show the program on its sample corpus: project, highlights, exports."""
    from annotator.store.project import Project
    from annotator.tasks.demo import exported, prepared, told

    with show.progress("Preparing the sample") as seen:
        path = prepared(folder, seen)
    with Project.open(path, read_only=True) as project:
        click.echo(told(project))
        for sentence in exported(project, path.parent):
            click.echo(sentence)
    from annotator.desktop import app

    if headless or not app.has_display():
        picture = app.screenshot(path, path.parent / "screenshot.png", dark=dark)
        click.echo(f"Screenshot: {picture}")
        return 0
    return app.show(path, dark=dark)


@command("open", "annotator open study.annot")
@click.argument("project", type=PATH, required=False)
@click.argument("articles", nargs=-1)
@click.option("--dark", is_flag=True, help="Show the dark theme.")
def open_(project: Path | None, articles: tuple[str, ...], *, dark: bool) -> int:
    """Open the window, on a project or on the start page."""
    from annotator.desktop import app
    from annotator.store.files import check_header

    if project is not None:
        check_header(project)
    return app.show(project, articles, dark=dark)


COMMANDS = (demo, open_)
