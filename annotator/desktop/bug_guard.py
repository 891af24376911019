"""Catches unexpected exceptions wherever they come from, writes them down and tells the window.

Slots and painting, other threads, and what goes wrong while objects are destroyed: all of it goes
into `parallax.log`; the first of each kind is told, so that a bug in painting does not tell of
itself sixty times a second. Nothing is mended here.
"""

from __future__ import annotations

import contextlib
import logging
import os
import sys
import threading
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs
from PySide6.QtCore import QObject, Qt, Signal

from annotator.desktop.bug_report import bug_report, place_of
from annotator.settings import APP

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType

LOG_NAME, LOG_BYTES = "parallax.log", 1_000_000
MOST_LOGGED = 20


def log_path() -> Path:
    """Return where the log is kept; PARALLAX_CONFIG names another folder."""
    folder = os.environ.get("PARALLAX_CONFIG") or platformdirs.user_log_dir(APP, appauthor=False)
    return Path(folder) / LOG_NAME


def install_bug_guard(on_bug: Callable[[str], None]) -> Callable[[], None]:
    """Catch unexpected exceptions from now on; return what stops it.

    Args:
        on_bug: Called in the window's thread, from its event loop, with a report to show.
    """
    return BugGuard(on_bug).uninstall


class BugGuard(QObject):
    """Stands between Python's hooks for unexpected exceptions and the window.

    Signals:
        caught(str): a report on a bug not seen before; from any thread.

    Args:
        on_bug: Called in the window's thread with the report.
    """

    caught = Signal(str)

    def __init__(self, on_bug: Callable[[str], None]) -> None:
        super().__init__()
        self._on_bug = on_bug
        self._seen: dict[str, int] = {}
        self._log = _opened_log()
        self._before = (sys.excepthook, threading.excepthook, sys.unraisablehook)
        # Queued: a dialog opened within painting would paint within painting.
        self.caught.connect(self._tell, Qt.ConnectionType.QueuedConnection)
        sys.excepthook = self._on_exception
        threading.excepthook = self._on_thread_exception
        sys.unraisablehook = self._on_unraisable

    def uninstall(self) -> None:
        """Give the hooks back and close the log."""
        sys.excepthook, threading.excepthook, sys.unraisablehook = self._before
        self.caught.disconnect(self._tell)
        for handler in list(self._log.handlers):
            self._log.removeHandler(handler)
            handler.close()

    def _on_exception(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            self._before[0](kind, error, trace)
            return
        self._take(kind, error, trace, is_told=True)

    def _on_thread_exception(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            self._take(args.exc_type, args.exc_value, args.exc_traceback, is_told=True)

    def _on_unraisable(self, args: sys.UnraisableHookArgs) -> None:
        if args.exc_value is not None:
            self._take(args.exc_type, args.exc_value, args.exc_traceback, is_told=False)

    def _take(
        self,
        kind: type[BaseException],
        error: BaseException,
        trace: TracebackType | None,
        *,
        is_told: bool,
    ) -> None:
        place = place_of(kind, trace)
        times = self._seen[place] = self._seen.get(place, 0) + 1
        if times > MOST_LOGGED:
            return
        report = bug_report(kind, error, trace)
        self._log.error("%s", report)
        # Started from a terminal, it is said there too; without one there is no stderr.
        if sys.stderr is not None:
            sys.stderr.write(report)
        if is_told and times == 1:
            with contextlib.suppress(RuntimeError):  # the application is ending
                self.caught.emit(report)

    def _tell(self, report: str) -> None:
        self._on_bug(report)


def _opened_log() -> logging.Logger:
    """Return the log of this process, kept in a file where one can be written."""
    log = logging.getLogger(APP)
    log.propagate = False
    log.setLevel(logging.INFO)
    path = log_path()
    handler: logging.Handler = logging.NullHandler()
    with contextlib.suppress(OSError):  # a full or read-only disk: the bug is still told
        path.parent.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(
            path, maxBytes=LOG_BYTES, backupCount=1, encoding="utf-8", delay=True
        )
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    log.addHandler(handler)
    return log
