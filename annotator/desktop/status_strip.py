"""The strip at the lower edge: saved when, who codes, how, what undo would undo, how far it is.

It reads the session it follows and says what was asked for; without a session it says where the
data stay and which keys help. Long work is shown by `status_jobs`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from annotator import __version__
from annotator.desktop.kit.bar import Bar
from annotator.desktop.kit.buttons import KeyButton
from annotator.desktop.kit.dressing import Surface
from annotator.desktop.kit.icons import IconLabel
from annotator.desktop.kit.labels import ElidedLabel, Words
from annotator.desktop.status_jobs import JobProgress, done_of

if TYPE_CHECKING:
    from annotator.desktop.session import Session
    from annotator.desktop.theme import Theme
    from annotator.desktop.worker import Job

HEIGHT, SIDE, GAP = 28, 16, 16
MOST_LABEL = 32
HINTS = (("help", "Help", "F1"), ("commands", "Commands", "Ctrl+K"),
         ("settings", "Settings", "Ctrl+,"))  # fmt: skip


class StatusStrip(Surface):
    """The strip.

    Signals:
        coder_clicked(): somebody else wants to code.
        codebook_clicked(): the codebook's versions.
        undo_requested(): take back what the strip names.
        hint_chosen(str): "help", "commands" or "settings", while no project is open.

    Args:
        theme: Its colours.
        parent: The window.
        undo_key: The key of undo, as shown.
    """

    coder_clicked = Signal()
    codebook_clicked = Signal()
    undo_requested = Signal()
    hint_chosen = Signal(str)

    def __init__(
        self, theme: Theme, parent: QWidget | None = None, *, undo_key: str = "Ctrl+Z"
    ) -> None:
        super().__init__(theme, "chrome", parent)
        self._session: Session | None = None
        self.setFixedHeight(HEIGHT + 1)
        # A strip never makes the window wider: it leaves out what has no room.
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Status")
        self._saved_icon = IconLabel(theme, "tick", "ok", 14)
        self._saved = Words("", 11, 500, "muted", has_tabular_figures=True)
        self._coder = self._link("")
        self._mode_icon = IconLabel(theme, "lock", "muted", 14)
        self._mode = ElidedLabel("", 11, 500, "muted")
        self._codebook_icon = IconLabel(theme, "lock", "muted", 14)
        self._codebook = self._link("")
        self._undo = self._link("", undo_key)
        self._count = Words("", 11, 500, "muted", has_tabular_figures=True)
        self._bar = Bar(theme, 96)
        self.jobs = JobProgress(theme)
        self._at_work = QWidget(self)
        self._at_rest = QWidget(self)
        self._hints = {self._link(text, key): hint for hint, text, key in HINTS}
        self._lay_out()
        self._coder.clicked.connect(self.coder_clicked)
        self._codebook.clicked.connect(self.codebook_clicked)
        self._undo.clicked.connect(self.undo_requested)
        self.jobs.busy_changed.connect(self._arrange)
        self.follow(None)

    def _link(self, text: str, key: str = "") -> KeyButton:
        return KeyButton(self.theme, text, key, self, px=11, role="muted", is_key_last=not text)

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setSizeConstraint(QHBoxLayout.SizeConstraint.SetNoConstraint)
        row.setContentsMargins(SIDE, 1, SIDE, 0)
        row.addWidget(self._at_work)
        row.addWidget(self._at_rest)
        work = QHBoxLayout(self._at_work)
        work.setContentsMargins(0, 0, 0, 0)
        work.setSpacing(4)
        for part in (self._saved_icon, self._saved, GAP // 2, self._coder, GAP // 2,
                     self._mode_icon, self._mode, GAP // 2, self._codebook_icon,
                     self._codebook):  # fmt: skip
            if isinstance(part, int):
                work.addSpacing(part)
            else:
                work.addWidget(part)
        work.addStretch(1)
        work.addWidget(self._undo)
        work.addStretch(1)
        for widget in (self.jobs, self._count, self._bar):
            work.addWidget(widget)
            work.addSpacing(4)
        rest = QHBoxLayout(self._at_rest)
        rest.setContentsMargins(0, 0, 0, 0)
        rest.setSpacing(4)
        rest.addWidget(ElidedLabel("Everything stays on this computer.", 11, 400, "muted"))
        rest.addStretch(1)
        for button in self._hints:
            button.clicked.connect(self._choose_hint)
            rest.addWidget(button)
        rest.addSpacing(8)
        rest.addWidget(Words(__version__, 11, 400, "muted"))

    def follow(self, session: Session | None) -> None:
        """Show this session from now on, or that no project is open."""
        if self._session is not None:
            self._session.history_changed.disconnect(self.refresh)
            self._session.coder_changed.disconnect(self.refresh)
        self._session = session
        if session is not None:
            session.history_changed.connect(self.refresh)
            session.coder_changed.connect(self.refresh)
        self.set_mode("")
        self.set_progress(0, 0)
        self._at_work.setVisible(session is not None)
        self._at_rest.setVisible(session is None)
        self.refresh()

    def refresh(self) -> None:
        """Read the session again."""
        session = self._session
        if session is None:
            return
        self._show_saved(session)
        coder = session.coder
        self._coder.set_text(f"Coder {shortened(coder.name)}" if coder else "No coder yet")
        version = session.project.codebook_version()
        self._codebook.set_text(f"Codebook {version.number}" if version else "No codebook")
        is_frozen = version is not None and version.frozen
        self._codebook_icon.setVisible(is_frozen)
        self._codebook.setAccessibleDescription("Frozen" if is_frozen else "")
        act = session.history.undoable
        self._undo.set_text(f"Undo “{shortened(act.label)}”" if act else "")
        self._arrange()

    def _show_saved(self, session: Session) -> None:
        if session.project.read_only:
            self._saved_icon.set_icon("lock", "muted")
            self._saved.set_text("Read only")
        elif session.saved_at is None:
            self._saved_icon.set_icon("tick", "ok")
            self._saved.set_text("All saved")
        else:
            self._saved_icon.set_icon("tick", "ok")
            self._saved.set_text(f"Saved {session.saved_at:%H:%M}")

    def set_save_failed(self, words: str = "Not saved") -> None:
        """Say that the last act could not be written, until one is."""
        self._saved_icon.set_icon("warning", "err")
        self._saved.set_text(words)

    def set_mode(self, sentence: str, icon: str = "lock") -> None:
        """Say in which mode one works: "Blind: outlets and suggestions are hidden"; "" for none."""
        self._mode.set_text(sentence)
        self._mode_icon.set_icon(icon, "muted")
        self._mode.setVisible(bool(sentence))
        self._mode_icon.setVisible(bool(sentence))

    def set_progress(self, done: int, total: int, noun: str = "articles") -> None:
        """Show how much of the assignment is done; nothing when there is none."""
        self._count.set_text(f"{done_of(done, total)} {noun}" if total else "")
        self._bar.set_share(done / total if total else 0.0)
        self._arrange()

    def show_job(self, job: Job) -> None:
        """Show long work until it ends."""
        self.jobs.add(job)

    @property
    def words(self) -> dict[str, str]:
        """What it says, by part; parts that are hidden are left out."""
        parts = {
            "saved": self._saved.text(),
            "coder": self._coder.text(),
            "mode": self._mode.text(),
            "codebook": self._codebook.text(),
            "undo": self._undo.text(),
            "progress": "" if self._count.isHidden() else self._count.text(),
            "job": self.jobs.words if self.jobs.is_busy else "",
        }
        return {part: words for part, words in parts.items() if words}

    def set_theme(self, theme: Theme) -> None:
        """Show other colours."""
        super().set_theme(theme)
        icons = (self._saved_icon, self._mode_icon, self._codebook_icon)
        links = (self._coder, self._codebook, self._undo, *self._hints)
        for widget in (*icons, *links, self._bar, self.jobs):
            widget.set_theme(theme)  # type: ignore[attr-defined]  # each of them is themed

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out what matters least when it gets narrow."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self, _is_busy: object = None) -> None:
        """Show what there is room for; who codes, mode and long work always stay."""
        has_progress = bool(self._count.text()) and not self.jobs.is_busy
        wanted = [
            (self._undo, bool(self._undo.text())),
            (self._count, has_progress),
            (self._codebook, True),
            (self._bar, has_progress),
        ]
        for widget, is_wanted in wanted:
            widget.setVisible(is_wanted)
        if self._session is None:
            return
        layout = self._at_work.layout()
        for widget in (self._bar, self._codebook, self._count, self._undo):
            if layout is None or layout.sizeHint().width() <= self.width() - 2 * SIDE:
                return
            widget.setVisible(False)

    def _choose_hint(self) -> None:
        self.hint_chosen.emit(self._hints[self.sender()])  # type: ignore[index]  # one of ours

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ground and the rule over it."""
        super().paintEvent(event)
        with QPainter(self) as painter:
            painter.fillRect(0, 0, self.width(), 1, self.theme.colour("rule"))


def shortened(words: str, most: int = MOST_LABEL) -> str:
    """Return words cut for the strip.

    >>> shortened("Human interest"), shortened("Accept all that are like this one", 20)
    ('Human interest', 'Accept all that are…')
    """
    return words if len(words) <= most else words[: most - 1].rstrip() + "…"
