"""Long work of the window: import, highlight, export, the sample, snapshots; one place to start it.

Each is a `Job` shown in the status strip; when it ends a notice says what came of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, QUrl
from PySide6.QtGui import QDesktopServices

from annotator.desktop.worker import Job
from annotator.errors import AnnotatorError
from annotator.formats.protocol import ExportSummary
from annotator.store import snapshots
from annotator.tasks.exporting import exporter, exporting, said
from annotator.tasks.highlighting import highlighting
from annotator.tasks.importing import importing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from annotator.desktop.window import Window
    from annotator.store.project import Project

SNAPSHOT_EVERY_MS = 10 * 60 * 1000
LOCK_EVERY_MS = 60 * 1000
IDLE_MS = 30 * 1000  # after which the write-ahead log goes into the file
MOST_SHOWN = 3


class Jobs(QObject):
    """Starts long work and tells what came of it.

    Args:
        window: Whose project it works on.
    """

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self._running: list[Job] = []
        self._clock = QTimer(self)
        self._clock.setInterval(SNAPSHOT_EVERY_MS)
        self._clock.timeout.connect(self.snapshot_if_due)
        self._lock_clock = QTimer(self)
        self._lock_clock.setInterval(LOCK_EVERY_MS)
        self._lock_clock.timeout.connect(self._keep_lock)
        self._idle = QTimer(self)
        self._idle.setInterval(IDLE_MS)
        self._idle.setSingleShot(True)
        self._idle.timeout.connect(self._checkpoint)

    @property
    def is_busy(self) -> bool:
        """Whether anything runs."""
        return bool(self._running)

    def start(
        self, title: str, task: Callable[[Project], Iterator[Any]],
        finished: Callable[[Job], None], *, is_quiet: bool = False,
    ) -> Job | None:  # fmt: skip
        """Start long work on the open project; `finished` is called if it ends without failure."""
        session = self._window.session
        if session is None:
            return None
        job = Job(title, task, session)
        self._running.append(job)

        def ended(failure: object) -> None:
            if job in self._running:
                self._running.remove(job)
            job.deleteLater()
            if isinstance(failure, BaseException) and not isinstance(failure, AnnotatorError):
                raise failure  # a bug: the window's guard shows it
            if failure is None:
                finished(job)

        job.ended.connect(ended)
        if not is_quiet:
            self._window.status.show_job(job)
        job.start()
        return job

    def stop_all(self) -> None:
        """Stop everything and wait for its threads; what was done is kept."""
        for clock in (self._clock, self._lock_clock, self._idle):
            clock.stop()
        for job in list(self._running):
            job.wait()
        self._running.clear()

    # Import and highlight

    def import_files(self, paths: Sequence[Path], *, story: str = "") -> None:
        """Import files in the background, then highlight what came."""
        session = self._window.session
        if session is None or not paths:
            return
        desk = session.desk
        before = session.project.count()

        def task(reader: Project) -> Iterator[Any]:
            return importing(reader, paths, story=story, coder_id=desk.coder_id)

        def finished(job: Job) -> None:
            if self._window.session is None:
                return
            made = self._window.session.project.count() - before
            self._tell_warnings(job.warnings)
            self._window.board.say(f"{_number(made, 'article')} imported.", "Undo", "Ctrl+Z",
                                   session.undo)  # fmt: skip
            if made:
                self.highlight()

        self.start("Importing", task, finished)

    def _tell_warnings(self, warnings: Sequence[str]) -> None:
        if not warnings:
            return
        listed = " ".join(warnings[:MOST_SHOWN])
        more = f" And {len(warnings) - MOST_SHOWN} more." if len(warnings) > MOST_SHOWN else ""
        self._window.board.warn(listed + more, subject="import")

    def highlight(self, article_ids: Sequence[str] | None = None) -> None:
        """Suggest entities, quotes and boilerplate in the background."""
        session = self._window.session
        if session is None or session.project.read_only:
            return
        before = session.project.count_suggestions()

        def task(reader: Project) -> Iterator[Any]:
            return highlighting(reader, article_ids=article_ids)

        def finished(job: Job) -> None:
            if self._window.session is None:
                return
            new = self._window.session.project.count_suggestions() - before
            read = _number(job.step.done, "article")
            self._window.board.say(f"{read} read: {_number(max(new, 0), 'new suggestion')}.")

        self.start("Highlighting", task, finished)

    # Export

    def export(self, name: str, out: Path) -> None:
        """Write an export in the background and say what it could not hold."""
        chosen = exporter(name)

        def task(reader: Project) -> Iterator[Any]:
            with reader.one_state():
                yield from exporting(reader, chosen, out, chosen.options())

        def finished(job: Job) -> None:
            summary = job.result
            if not isinstance(summary, ExportSummary):
                self._window.board.inform("The export was stopped; nothing was written.")
                return
            lost = f" Not held: {said(summary.losses)}." if summary.losses else ""
            folder = out if out.is_dir() else out.parent
            self._window.board.say(
                f"Exported to {out.name}.{lost}",
                "Open folder",
                "",
                lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))),
            )

        self.start("Exporting", task, finished)

    # Snapshots

    def keep_snapshots(self) -> None:
        """Keep the file safe from now on.

        Snapshots hourly when something changed, the lock fresh, the log in the file when idle.
        """
        session = self._window.session
        if session is None or session.project.read_only:
            return
        session.changed.connect(self._on_changed)
        self._clock.start()
        self._lock_clock.start()

    def _on_changed(self, _edit: object) -> None:
        self._idle.start()

    def _checkpoint(self) -> None:
        session = self._window.session
        if session is not None and not self._running:
            session.project.checkpoint()

    def _keep_lock(self) -> None:
        session = self._window.session
        if session is None:
            return
        try:
            session.project.keep_lock()
        except AnnotatorError as error:
            self._window.board.fail(error, subject="lock")

    def snapshot_if_due(self) -> None:
        """Take a snapshot in the background if the newest is over an hour old."""
        session = self._window.session
        path = session.project.path if session is not None else None
        if session is None or path is None or session.project.read_only or session.saved_at is None:
            return
        if not snapshots.is_due(path):
            return

        def task(reader: Project) -> Iterator[Any]:
            reader.snapshot()
            return iter(())

        self.start("Taking a snapshot", task, lambda _job: None, is_quiet=True)


def _number(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"
