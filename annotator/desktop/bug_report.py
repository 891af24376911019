"""What is written down of a bug: version, system and traceback, without anybody's paths.

Pure text; it shows nothing and catches nothing.
"""

from __future__ import annotations

import platform
import sys
import traceback
from pathlib import Path
from typing import TYPE_CHECKING

from annotator import __version__

if TYPE_CHECKING:
    from types import TracebackType

PACKAGE = Path(__file__).parents[1]


def bug_report(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> str:
    """Return the report on an unexpected exception."""
    lines = traceback.format_exception(kind, error, trace)
    about = f"Parallax {__version__}, Python {platform.python_version()}, {_qt_version()}"
    return without_homes(f"{about}\n{platform.platform()}\n\n{''.join(lines)}").rstrip() + "\n"


def place_of(kind: type[BaseException], trace: TracebackType | None) -> str:
    """Return what two reports on one bug have in common: its kind and its last place."""
    frames = traceback.extract_tb(trace)
    last = f"{frames[-1].filename}:{frames[-1].lineno}" if frames else ""
    return f"{kind.__name__} {last}"


def without_homes(text: str) -> str:
    """Return the text with paths of this machine shortened: the package, libraries, the home."""
    folders = [(str(PACKAGE.parent), "…")]
    folders += [(path, "…") for path in sys.path if path and Path(path).is_absolute()]
    folders += [(sys.prefix, "…"), (sys.base_prefix, "…"), (str(Path.home()), "~")]
    # The longest first: a library lies below the home folder more often than not.
    for folder, sign in sorted(folders, key=lambda pair: -len(pair[0])):
        if len(folder) > 1:
            text = text.replace(folder, sign)
    return text


def _qt_version() -> str:
    from PySide6 import __version__ as qt_version  # noqa: PLC0415  # only when a bug is reported

    return f"PySide6 {qt_version}"
