"""The command line: parse, call, print. The commands' contract is in the README and `--help`.

Loading this package loads click and nothing heavier: neither Qt, spaCy nor numpy. An
`AnnotatorError` becomes one sentence on stderr and exit code 1; wrong usage is 2; an interruption
130.
"""

from __future__ import annotations

import io
import os
import sys
from typing import TYPE_CHECKING

import click

from annotator import __version__
from annotator.cli import pipes, projects, reliability, story, windows
from annotator.errors import AnnotatorError

if TYPE_CHECKING:
    from collections.abc import Sequence

INTERRUPTED = 130


@click.group(
    invoke_without_command=True,
    epilog="Example: annotator demo",
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(__version__, prog_name="annotator")
@click.pass_context
def commands(context: click.Context) -> int:
    """Parallax: code news articles side by side, on one lossless file.

    Without a command, the window opens.
    """
    if context.invoked_subcommand is None:
        return int(context.invoke(windows.open_, project=None, articles=(), dark=False))
    return 0


for _room in (windows, projects, pipes, story, reliability):
    for _command in _room.COMMANDS:
        commands.add_command(_command)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return the exit code; installed as `annotator`."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    chosen = list(sys.argv[1:] if arguments is None else arguments)
    try:
        result = commands.main(chosen, prog_name="annotator", standalone_mode=False)
    except AnnotatorError as error:
        click.echo(f"annotator: {error}", err=True)
        return 1
    except click.ClickException as error:
        error.show()
        return int(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        click.echo("Stopped; what was done until here is kept.", err=True)
        return INTERRUPTED
    except BrokenPipeError:
        # The reader of our output went away: that is its right.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return result if isinstance(result, int) else 0


def run() -> None:
    """Run the command line and leave with its exit code."""
    sys.exit(main())


__all__ = ["commands", "main", "run"]
