"""The window: frame, start page or project, menus, palette, notices, long work.

It opens and closes projects and hands actions to whoever can do them: the workspace (reading and
coding), `errands` (dialogs on articles, stories, coders), or itself.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMainWindow, QMenu, QStackedWidget, QVBoxLayout, QWidget

from annotator import settings as choices
from annotator.desktop.actions import ACTIONS, MENUS, Actions
from annotator.desktop.app import chosen_theme, dress_application
from annotator.desktop.banners import BannerAction
from annotator.desktop.command_palette import CommandPalette, Entry
from annotator.desktop.errands import Errands
from annotator.desktop.kit.keycaps import show_keys
from annotator.desktop.notices import NoticeBoard
from annotator.desktop.session import Session
from annotator.desktop.status_strip import StatusStrip
from annotator.desktop.top_bar import TopBar, ViewTab
from annotator.desktop.welcome import Welcome
from annotator.desktop.workspace import Workspace
from annotator.errors import AnnotatorError, LockedProject, ProjectError
from annotator.model.annotation import Assignment
from annotator.model.article import Article
from annotator.model.edit import Edit
from annotator.store.project import Project

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent

    from annotator.desktop.theme import Theme
    from annotator.settings import Settings

SMALLEST = (960, 640)
FIRST_SIZE = (1440, 900)
MOST_RECENT = 8
VIEWS = (ViewTab("read", "Read"),)


class Window(QMainWindow):
    """The program's window.

    Args:
        settings: The person's choices.
    """

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self.settings = settings
        self.theme: Theme = chosen_theme(settings)
        dress_application(self.theme)
        self.session: Session | None = None
        self.workspace: Workspace | None = None
        self.setWindowTitle("Parallax")
        self.setMinimumSize(*SMALLEST)
        self.actions_ = Actions(self, settings.keys)
        self.top_bar = TopBar(self.theme, has_menu_button=sys.platform != "darwin")
        self.status = StatusStrip(self.theme)
        self.board = NoticeBoard(self.theme, self, self.status)
        self.palette_ = CommandPalette(self.theme, self)
        self.welcome = Welcome(self.theme, settings.recent)
        self._stack = QStackedWidget()
        self.errands = Errands(self)
        self._uninstall_guard: Callable[[], None] | None = None
        self._build()
        self._connect()
        self._restore_size()
        self.show_welcome()

    def _build(self) -> None:
        self.setMenuWidget(self.top_bar)
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._stack.addWidget(self.welcome)
        column.addWidget(self.board.banners)
        column.addWidget(self._stack, 1)
        column.addWidget(self.status)
        self.setCentralWidget(whole)
        self.setAcceptDrops(True)
        show_keys(self, self.settings.shows_keys)

    def _connect(self) -> None:
        self.actions_.triggered.connect(self.do)
        self.top_bar.menu_requested.connect(self._show_menu)
        self.top_bar.project_menu_requested.connect(self._show_project_menu)
        self.top_bar.command_requested.connect(self.open_palette)
        self.palette_.chosen.connect(self._on_palette)
        self.palette_.closed.connect(self._focus_work)
        self.welcome.sample_requested.connect(self.open_sample)
        self.welcome.new_requested.connect(self.errands.new_project)
        self.welcome.open_requested.connect(self.errands.choose_project)
        self.welcome.recent_chosen.connect(self._open_recent)
        self.welcome.files_dropped.connect(self._files_dropped)
        self.welcome.recent_forgotten.connect(self._forget_recent)
        self.status.coder_clicked.connect(self.errands.coding_setup)
        self.status.undo_requested.connect(self._undo)
        self.status.hint_chosen.connect(self._on_hint)

    # Doing

    def do(self, action_id: str) -> None:
        """Do an action, by id; what the present state does not allow does nothing."""
        if not self.actions_.get(action_id).isEnabled():
            return
        own: dict[str, Callable[[], object]] = {
            "undo": self._undo,
            "redo": self._redo,
            "palette": self.open_palette,
            "open-sample": self.open_sample,
            "close-project": self.close_project,
            "toggle-theme": self.toggle_theme,
            "bigger": lambda: self.set_text_size(self.settings.text_px + 1),
            "smaller": lambda: self.set_text_size(self.settings.text_px - 1),
            "quit": self.close,
        }
        if action_id in own:
            own[action_id]()
        elif self.workspace is not None and action_id in self.workspace.verbs:
            self.workspace.verbs.do(action_id)
        else:
            self.errands.do(action_id)

    def _undo(self) -> None:
        if self.session is not None and self.session.history.undoable is not None:
            self.session.undo()

    def _redo(self) -> None:
        if self.session is not None and self.session.history.redoable is not None:
            self.session.redo()

    # Projects

    def open_project(self, path: Path) -> bool:
        """Open a project; where somebody else writes to it, open it read-only and say so.

        What cannot be opened leaves the present one open and puts up a banner.
        """
        try:
            project, holder = _opened(path)
        except AnnotatorError as error:
            self._show_failure(error)
            return False
        self.close_project()
        self.board.take_down("opening")
        self.board.take_down("read only")
        coder = self.settings.coder or _first_coder(project)
        self.session = Session(project, coder, self)
        self.session.failed.connect(self._on_failed)
        self.session.changed.connect(self._show_state)
        self.session.history_changed.connect(self._show_state)
        self.session.coder_changed.connect(self._show_state)
        self.session.coder_changed.connect(self.show_progress)
        self.workspace = Workspace(
            self.session, self.theme, self.actions_, self.board, text_px=self.settings.text_px
        )
        self.workspace.state_changed.connect(self._show_state)
        self._stack.addWidget(self.workspace)
        self._stack.setCurrentWidget(self.workspace)
        self.board.lie_above(self.workspace.strip)
        self.errands.follow(self.workspace)
        self.status.follow(self.session)
        self.top_bar.set_project(project.name)
        self.top_bar.set_views(VIEWS)
        self.setWindowTitle(f"{project.name} — Parallax")
        self._remember_recent(path)
        if holder:
            banner = self.board.read_only(
                holder, [BannerAction("Try again", lambda: self.open_project(path))]
            )
            self.workspace.coding.blocked.connect(banner.blink)
        self.workspace.open_first()
        self._show_state()
        self.show_progress()
        self.errands.keep_snapshots()
        return True

    def open_sample(self) -> None:
        """Open the sample story, made anew if it is not there yet."""
        self.errands.open_sample()

    def _open_recent(self, path: str) -> None:
        self.open_project(Path(path))

    def close_project(self) -> None:
        """Close the project and go back to the start page; everything is stored."""
        self.errands.stop_work()
        if self.workspace is not None:
            self.board.lie_above(self.status)
            self.workspace.remember()
            self.workspace.leave()
            self._stack.removeWidget(self.workspace)
            self.workspace.deleteLater()
            self.workspace = None
        self.errands.follow(None)
        self.status.follow(None)
        if self.session is not None:
            self.session.project.close()
            self.session.deleteLater()
            self.session = None
        self.show_welcome()

    def show_welcome(self) -> None:
        """Show the start page."""
        self.welcome.set_recent(self.settings.recent)
        self._stack.setCurrentWidget(self.welcome)
        self.top_bar.set_project("")
        self.top_bar.set_views(())
        self.setWindowTitle("Parallax")
        self._show_state()

    def _remember_recent(self, path: Path) -> None:
        here = str(path.resolve())
        recent = (here, *(p for p in self.settings.recent if p != here))[:MOST_RECENT]
        self.change_settings(replace(self.settings, recent=recent))

    def _files_dropped(self, paths: list[str]) -> None:
        self.errands.take(paths, "")

    def _forget_recent(self, path: str) -> None:
        recent = tuple(p for p in self.settings.recent if p != path)
        self.change_settings(replace(self.settings, recent=recent))
        self.welcome.set_recent(recent)

    # State

    def _show_state(self, _edit: object = None) -> None:
        has = self.workspace.has() if self.workspace is not None else ()
        self.actions_.enable(has)
        session = self.session
        undo, redo = self.actions_.get("undo"), self.actions_.get("redo")
        undoable = session.history.undoable if session else None
        redoable = session.history.redoable if session else None
        undo.setEnabled(undoable is not None)
        redo.setEnabled(redoable is not None)
        undo.setText(f"Undo “{undoable.label}”" if undoable else "Undo")
        redo.setText(f"Redo “{redoable.label}”" if redoable else "Redo")
        if isinstance(_edit, Edit) and _edit.touches(kinds=[Assignment, Article]):
            self.show_progress()

    def show_progress(self) -> None:
        """Show how many articles the coder has done."""
        if self.session is not None:
            desk = self.session.desk
            self.status.set_progress(*self.session.project.progress(desk.coder_id, desk.round_id))

    def _on_failed(self, error: AnnotatorError) -> None:
        actions = []
        if isinstance(error, ProjectError):
            self.status.set_save_failed()
            actions = [BannerAction("Save a copy…", self.errands.save_copy)]
        self.board.fail(error, actions, subject="failure")

    def _show_failure(self, error: AnnotatorError) -> None:
        self.board.fail(error, subject="opening")

    # Menus and palette

    def _show_menu(self, corner: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for name in MENUS:
            part = menu.addMenu(name)
            for spec in ACTIONS:
                if spec.menu == name:
                    part.addAction(self.actions_.get(spec.id))
        menu.popup(corner)

    def _show_project_menu(self, corner: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for action_id in ("new-project", "open-project", "save-copy", "close-project"):
            menu.addAction(self.actions_.get(action_id))
        menu.popup(corner)

    def open_palette(self) -> None:
        """Open the command palette."""
        self.palette_.open_with(
            self._entries(), first="code" if self._has_selection() else "command"
        )

    def _has_selection(self) -> bool:
        pane = self.workspace.view.active if self.workspace else None
        return pane is not None and pane.reading.selection() is not None

    def _entries(self) -> list[Entry]:
        entries = [
            Entry("command", spec.id, spec.name.rstrip("…"), spec.menu, self.actions_.key(spec.id))
            for spec in ACTIONS
            if spec.id != "palette" and self.actions_.get(spec.id).isEnabled()
        ]
        if self.session is not None:
            entries += self.errands.code_entries()
            entries += self.errands.article_entries()
        return entries

    def _on_palette(self, kind: str, chosen: str) -> None:
        self._focus_work()
        if kind == "command":
            self.do(chosen)
        elif self.workspace is not None and kind == "code":
            self.workspace.use_code(chosen)
        elif self.workspace is not None:
            self.workspace.view.open_article(chosen)

    def _focus_work(self) -> None:
        if self.workspace is not None and self.workspace.view.active is not None:
            self.workspace.view.active.setFocus()

    def _on_hint(self, hint: str) -> None:
        self.do({"help": "key-sheet", "commands": "palette"}.get(hint, hint))

    # Looks and choices

    def change_settings(self, settings: Settings) -> None:
        """Take over changed choices: theme, sizes, keys; and keep them."""
        before, self.settings = self.settings, settings
        if settings.theme != before.theme:
            self.set_theme(chosen_theme(settings))
        if settings.text_px != before.text_px and self.workspace is not None:
            self.workspace.view.set_text_size(settings.text_px)
        if settings.shows_keys != before.shows_keys:
            show_keys(self, settings.shows_keys)
        try:
            stored = choices.load()
            choices.save(replace(settings, window={**stored.window, **settings.window}))
        except AnnotatorError as error:
            self.board.inform(str(error))

    def set_text_size(self, px: int) -> None:
        """Show article text smaller or larger, 13 to 24 px."""
        self.change_settings(replace(self.settings, text_px=max(13, min(24, px))))

    def toggle_theme(self) -> None:
        """Change between the light and the dark theme."""
        self.change_settings(
            replace(self.settings, theme="light" if self.theme.is_dark else "dark")
        )

    def set_theme(self, theme: Theme) -> None:
        """Show other colours everywhere."""
        self.theme = theme
        dress_application(theme)
        for part in (self.top_bar, self.status, self.board, self.palette_, self.welcome):
            part.set_theme(theme)
        if self.workspace is not None:
            self.workspace.set_theme(theme)

    def _restore_size(self) -> None:
        size = self.settings.window.get("size", FIRST_SIZE)
        try:
            self.resize(max(SMALLEST[0], int(size[0])), max(SMALLEST[1], int(size[1])))
        except (TypeError, ValueError, IndexError):
            self.resize(*FIRST_SIZE)

    def guard_against_bugs(self) -> None:
        """Show unexpected errors in a dialog that keeps the work."""
        from annotator.desktop.bug_guard import install_bug_guard  # noqa: PLC0415  # at start only

        self._uninstall_guard = install_bug_guard(self.errands.show_bug)

    def settle(self) -> None:
        """Take a picture-ready state: nothing hovered, all laid out."""
        if self.workspace is not None:
            self.workspace.fit()

    # What is dropped anywhere on the window

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files and text."""
        if event.mimeData().hasUrls() or event.mimeData().hasText():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open a dropped project, import dropped files, make an article of dropped text."""
        data = event.mimeData()
        paths = [url.toLocalFile() for url in data.urls() if url.isLocalFile()]
        event.acceptProposedAction()
        self.errands.take(paths, data.text() if not paths else "")

    def closeEvent(self, event: QCloseEvent) -> None:
        """Stop work, remember the size, close the project."""
        kept = {"size": [self.width(), self.height()]}
        self.change_settings(replace(self.settings, window=kept))
        self.close_project()
        self.welcome.stop_looking()
        if self._uninstall_guard is not None:
            self._uninstall_guard()
            self._uninstall_guard = None
        super().closeEvent(event)


def _opened(path: Path) -> tuple[Project, str]:
    """Return the project, and a sentence on who else writes to it (then it is read-only).

    Raises:
        AnnotatorError: if it cannot be opened at all.
    """
    try:
        return Project.open(path), ""
    except LockedProject as error:
        return Project.open(path, read_only=True), f"Read only: {error.message}"
    except ProjectError as error:
        if "write-protected" in error.message or "for writing" in error.message:
            return Project.open(path, read_only=True), f"Read only: {error.message}"
        raise


def _first_coder(project: Project) -> str:
    people = [c.name for c in project.coders.values() if c.kind == "human"]
    return sorted(people)[0] if people else "Coder 1"
