"""Long work beside the window: a thread computes, the window's thread writes.

A `Job` runs a task's generator of `Step` on a project reader of its own. Every step comes to the
window's thread, which applies its edit and lets the thread go on; so writes stay in one thread and
memory stays bounded. Stopping keeps what was done.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from annotator.errors import AnnotatorError
from annotator.model.step import Step

if TYPE_CHECKING:
    from annotator.desktop.session import Session
    from annotator.store.project import Project

Task = Callable[["Project"], Iterator[Any]]


class Job(QObject):
    """One long work.

    Signals:
        stepped(Step): some of it is done; its edit was written.
        ended(object): it is over: None when finished or stopped, an exception when it failed.

    Args:
        title: What it is, for the status strip: "Highlighting".
        task: Given a project reader, yields steps; runs in the job's thread. Anything it yields
            that is no Step (an export's summary) becomes `result`.
        session: Where edits are written.
    """

    stepped = Signal(object)
    ended = Signal(object)
    _handed_over = Signal(object)
    _thread_ended = Signal(object)

    def __init__(self, title: str, task: Task, session: Session) -> None:
        super().__init__(session)
        self.title = title
        self.result: Any = None
        self.warnings: list[str] = []
        self.step = Step(0, 0)
        self.started_at = time.monotonic()
        self.is_running = False
        self._task = task
        self._session = session
        self._go_on = threading.Semaphore(1)
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._work, name=f"job {title}", daemon=True)
        self._handed_over.connect(self._take)
        self._thread_ended.connect(self._finish)

    def start(self) -> None:
        """Begin."""
        self.is_running = True
        self._thread.start()

    def stop(self) -> None:
        """Stop after the present step; what was done stays."""
        self._stopping.set()
        self._go_on.release()

    def wait(self, secs: float = 10.0) -> None:
        """Stop and wait for the thread; used when the window closes."""
        self.stop()
        self._thread.join(secs)

    @property
    def was_stopped(self) -> bool:
        """Whether it was stopped before its end."""
        return self._stopping.is_set()

    @property
    def secs_left(self) -> float | None:
        """Estimated seconds to its end; None while unknown."""
        if not self.step.done or not self.step.total:
            return None
        spent = time.monotonic() - self.started_at
        return spent / self.step.done * (self.step.total - self.step.done)

    def _work(self) -> None:
        failure: BaseException | None = None
        try:
            with self._session.project.reader() as reader:
                for made in self._task(reader):
                    self._go_on.acquire()
                    if self._stopping.is_set():
                        break
                    self._handed_over.emit(made)
        except Exception as error:  # noqa: BLE001  # handed to the window, which shows it
            failure = error
        self._thread_ended.emit(failure)

    def _take(self, made: object) -> None:
        """Write what a step asks for, in the window's thread."""
        self._go_on.release()
        if not isinstance(made, Step):
            self.result = made
            return
        self.step = made
        self.warnings += made.warnings
        if made.edit is not None and not self._session.do(made.edit):
            self.stop()
        self.stepped.emit(made)

    def _finish(self, failure: object) -> None:
        self._thread.join()
        self.is_running = False
        if isinstance(failure, AnnotatorError):
            self._session.failed.emit(failure)
        self.ended.emit(failure)
