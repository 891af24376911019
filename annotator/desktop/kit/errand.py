"""One slow call beside the window, such as looking at files: a thread runs it, the window hears.

Work on a project with steps and writes is a `Job` (see `annotator.desktop.worker`); this is for
what has a result and no steps. The call must not touch widgets.
"""

from __future__ import annotations

import contextlib
import threading
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from annotator.errors import AnnotatorError

if TYPE_CHECKING:
    from collections.abc import Callable


class Errand(QObject):
    """A call in a thread of its own.

    Signals:
        done(object): its result.
        failed(AnnotatorError): what went wrong, in the words of a person.
        ended(): its thread is over, whatever came of it.

    Args:
        name: What it does, for the thread's name.
        call: What is run; a bug in it is raised again in the window's thread.
        parent: Its owner.
    """

    done = Signal(object)
    failed = Signal(object)
    ended = Signal()
    _over = Signal(object, object)

    def __init__(
        self, name: str, call: Callable[[], object], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._call = call
        self._thread = threading.Thread(target=self._run, name=f"errand {name}", daemon=True)
        self._over.connect(self._finish)
        self.is_running = False

    def start(self) -> None:
        """Begin."""
        self.is_running = True
        self._thread.start()

    def wait(self, secs: float = 10.0) -> None:
        """Wait for the thread; used when the owner goes away."""
        if self._thread.is_alive():
            self._thread.join(secs)

    def _run(self) -> None:
        result: object = None
        failure: BaseException | None = None
        try:
            result = self._call()
        except Exception as error:  # noqa: BLE001  # raised again in the window's thread
            failure = error
        # Whoever waited for it may be gone by now, and its signals with it.
        with contextlib.suppress(RuntimeError):
            self._over.emit(result, failure)

    def _finish(self, result: object, failure: BaseException | None) -> None:
        self._thread.join()
        self.is_running = False
        if isinstance(failure, AnnotatorError):
            self.failed.emit(failure)
        elif failure is None:
            self.done.emit(result)
        self.ended.emit()
        if failure is not None and not isinstance(failure, AnnotatorError):
            raise failure
