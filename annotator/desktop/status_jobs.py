"""Long work in the status strip: what, done of total, a bar, time left, and a button to stop.

Several jobs may run; the newest is shown, the others wait behind it. Stopping keeps what was done.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from annotator.desktop.kit.bar import Bar
from annotator.desktop.kit.buttons import KeyButton
from annotator.desktop.kit.labels import Words

if TYPE_CHECKING:
    from annotator.desktop.theme import Theme
    from annotator.desktop.worker import Job

STEADY_SECS = 1.0


def time_left(secs: float | None) -> str:
    """Return how long something will still take, in words.

    >>> time_left(40.2), time_left(200), time_left(4000), time_left(0.4), time_left(None)
    ('40 s', '3 min', '1 h 7 min', 'nearly done', '')
    """
    if secs is None:
        return ""
    if secs < 1:
        return "nearly done"
    if secs < 90:
        return f"{round(secs)} s"
    minutes = round(secs / 60)
    return f"{minutes} min" if minutes < 60 else f"{minutes // 60} h {minutes % 60} min"


def done_of(done: int, total: int) -> str:
    """Return how far something is, in words.

    >>> done_of(142, 284), done_of(1200, 0), done_of(0, 0)
    ('142 of 284', '1,200', '')
    """
    if total:
        return f"{done:,} of {total:,}"
    return f"{done:,}" if done else ""


class JobProgress(QWidget):
    """The newest running job.

    Signals:
        busy_changed(bool): long work began, or the last of it ended.

    Args:
        theme: Its colours.
        parent: The strip.
    """

    busy_changed = Signal(bool)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._jobs: list[Job] = []
        self._what = Words("", 11, 500, "muted", has_tabular_figures=True)
        self._bar = Bar(theme, 72, self)
        self._left = Words("", 11, 400, "muted", has_tabular_figures=True)
        self._stop = KeyButton(theme, "Stop and keep", "Esc", self, px=11, role="muted")
        self._stop.clicked.connect(self.stop)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        for widget in (self._what, self._bar, self._left, self._stop):
            row.addWidget(widget)
        self.hide()

    @property
    def is_busy(self) -> bool:
        """Whether long work is going on."""
        return bool(self._jobs)

    @property
    def words(self) -> str:
        """What it says: title, how far, time left."""
        return " ".join(part for part in (self._what.text(), self._left.text()) if part)

    def add(self, job: Job) -> None:
        """Show a job until it ends."""
        self._jobs.append(job)
        job.stepped.connect(self._refresh)
        job.ended.connect(self._on_ended)
        self._refresh()
        if len(self._jobs) == 1:
            self.busy_changed.emit(True)

    def stop(self) -> None:
        """Stop the job shown; what it has done stays."""
        if self._jobs:
            self._jobs[-1].stop()
            self._stop.setEnabled(False)
            self._left.set_text("stopping…")

    def set_theme(self, theme: Theme) -> None:
        """Show other colours."""
        self._bar.set_theme(theme)
        self._stop.set_theme(theme)

    def _on_ended(self, _failure: object) -> None:
        self._jobs = [job for job in self._jobs if job is not self.sender()]
        self._refresh()
        if not self._jobs:
            self.busy_changed.emit(False)

    def _refresh(self, _step: object = None) -> None:
        self.setVisible(self.is_busy)
        if not self._jobs:
            return
        job = self._jobs[-1]
        how_far = done_of(job.step.done, job.step.total)
        self._what.set_text(f"{job.title} {how_far}".strip())
        self._bar.setVisible(job.step.total > 0)
        self._bar.set_share(job.step.done / job.step.total if job.step.total else 0.0)
        self._left.set_text("stopping…" if job.was_stopped else time_left(job.secs_left))
        self._stop.setEnabled(not job.was_stopped)
        self.setAccessibleName(self.words)
