"""The window's dialogs: one place to open each, and what to do when it is done.

An errand opens a sheet over the window (never blocking it) or a native file dialog, and starts the
work that follows. Reading and coding are not here.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs
from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QDialog, QFileDialog

from annotator import __version__, settings
from annotator.desktop.code_keys import key_of
from annotator.desktop.command_palette import Entry
from annotator.desktop.jobs import Jobs
from annotator.errors import AnnotatorError
from annotator.model import article_acts
from annotator.store.listing import Listing, Wanted

if TYPE_CHECKING:
    from collections.abc import Callable

    from annotator.desktop.window import Window
    from annotator.desktop.workspace import Workspace

PROJECT_SUFFIX = ".annot"
PROJECT_FILTER = "Parallax projects (*.annot)"
MOST_ARTICLES = 400


class Errands(QObject):
    """Opens dialogs over a window.

    Args:
        window: The window.
    """

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self._waiting_files: list[Path] = []
        self.jobs = Jobs(window)
        self._table: dict[str, Callable[[], object]] = {
            "new-project": self.new_project,
            "open-project": self.choose_project,
            "import-files": self.choose_files,
            "paste-article": self.paste_article,
            "highlight": self.jobs.highlight,
            "export-csv": self._export_csv,
            "export-jsonl": self._export_jsonl,
            "save-copy": self.save_copy,
            "settings": self.settings,
            "edit-facts": self.edit_facts,
            "correct-text": self.correct_text,
            "split-article": self.split_article,
            "delete-article": self.delete_article,
            "stories": self.stories,
            "outlets": self.outlets,
            "coding-setup": self.coding_setup,
            "annotations": self.annotations,
            "key-sheet": self.key_sheet,
            "about": self.about,
        }

    def do(self, action_id: str) -> None:
        """Run an errand by the id of its action."""
        errand = self._table.get(action_id)
        if errand is not None:
            errand()

    def follow(self, space: Workspace | None) -> None:
        """Listen to a workspace's list: what is chosen, dropped or pasted there."""
        if space is None:
            return
        space.rail.files_dropped.connect(self._files_dropped)
        space.rail.text_pasted.connect(self.paste_article)
        space.rail.action_requested.connect(self._from_list)

    def _open(self, make: Callable[[], QDialog]) -> QDialog | None:
        """Open a sheet; what it refuses is told."""
        try:
            sheet = make()
        except AnnotatorError as error:
            self._window.board.inform(str(error))
            return None
        sheet.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        sheet.open()
        return sheet

    @property
    def _article_id(self) -> str:
        space = self._window.workspace
        return space.view.active.article_id if space and space.view.active else ""

    # Projects

    def new_project(self) -> None:
        """Open the assistant for a new project."""
        from annotator.desktop.dialogs.new_project import NewProject  # noqa: PLC0415  # on demand

        window = self._window
        sheet = self._open(lambda: NewProject(window.theme, window.settings, window))
        if isinstance(sheet, NewProject):
            sheet.project_made.connect(self._made)

    def new_project_with(self, paths: list[str]) -> None:
        """Open a dropped project, or make a new one for dropped files."""
        self._waiting_files = [Path(path) for path in paths]
        self.new_project()

    def _made(self, path: str) -> None:
        files, self._waiting_files = self._waiting_files, []
        if self._window.open_project(Path(path)) and files:
            self.jobs.import_files(files)

    def choose_project(self) -> None:
        """Ask for a project file and open it."""
        recent = self._window.settings.recent
        folder = str(Path(recent[0]).parent) if recent else ""
        path, _ = QFileDialog.getOpenFileName(self._window, "Open project", folder, PROJECT_FILTER)
        if path:
            self._window.open_project(Path(path))

    def open_sample(self) -> None:
        """Open this person's copy of the sample story, made if it is not there."""
        from annotator.tasks.sample import sample_project  # noqa: PLC0415  # on demand

        path = Path(platformdirs.user_data_dir(settings.APP, appauthor=False)) / "sample.annot"
        is_new = not path.exists()
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            if is_new:
                sample_project(path).close()
        except (AnnotatorError, OSError) as error:
            self._window.board.inform(str(error))
            return
        if self._window.open_project(path) and is_new:
            self.jobs.highlight()

    def save_copy(self) -> None:
        """Ask for a name and write the whole project there."""
        session = self._window.session
        if session is None:
            return
        path, _ = QFileDialog.getSaveFileName(self._window, "Save a copy", "", PROJECT_FILTER)
        if not path:
            return
        target = Path(path if path.endswith(PROJECT_SUFFIX) else path + PROJECT_SUFFIX)
        try:
            target.unlink(missing_ok=True)
            session.project.save_copy(target)
        except (AnnotatorError, OSError) as error:
            self._window.board.inform(str(error))
            return
        self._window.board.say(f"The project was copied to {target.name}.")

    # Articles

    def choose_files(self) -> None:
        """Ask for files and import them."""
        paths, _ = QFileDialog.getOpenFileNames(
            self._window, "Import articles", "",
            "Articles (*.txt *.md *.csv *.tsv *.json *.jsonl);;All files (*)",
        )  # fmt: skip
        self.jobs.import_files([Path(path) for path in paths])

    def _files_dropped(self, paths: list[str]) -> None:
        self.take(paths, "")

    def take(self, paths: list[str], text: str) -> None:
        """Take what was dropped: a project is opened, files imported, text made an article."""
        files = [Path(path) for path in paths]
        if len(files) == 1 and files[0].suffix == PROJECT_SUFFIX:
            self._window.open_project(files[0])
        elif self._window.session is None and files:
            self.new_project_with(paths)
        elif files:
            self.jobs.import_files(files)
        elif text and self._window.session is not None:
            self.paste_article(text)

    def paste_article(self, text: str = "") -> None:
        """Make an article of pasted text."""
        from annotator.desktop.dialogs.paste_article import PasteArticle  # noqa: PLC0415  # on demand

        window, session = self._window, self._window.session
        if session is None:
            return
        sheet = self._open(lambda: PasteArticle(window.theme, session, text, window))
        if isinstance(sheet, PasteArticle):
            sheet.article_added.connect(self._article_added)

    def _article_added(self, article_id: str) -> None:
        space = self._window.workspace
        if space is not None:
            space.view.open_article(article_id, beside=True)
            self.jobs.highlight([article_id])

    def edit_facts(self) -> None:
        """Edit headline, outlet, date … of the active article."""
        self._edit_facts(self._article_id)

    def _edit_facts(self, article_id: str) -> None:
        from annotator.desktop.dialogs.article_facts import ArticleFacts  # noqa: PLC0415  # on demand

        window, session = self._window, self._window.session
        if session is not None and article_id:
            self._open(lambda: ArticleFacts(window.theme, session, article_id, window))

    def correct_text(self) -> None:
        """Correct the text of the active article."""
        self._correct_text(self._article_id)

    def _correct_text(self, article_id: str) -> None:
        from annotator.desktop.dialogs.article_text import CorrectText  # noqa: PLC0415  # on demand

        window, session = self._window, self._window.session
        if session is not None and article_id:
            self._open(lambda: CorrectText(window.theme, session, article_id, window))

    def split_article(self) -> None:
        """Make several articles of the active page."""
        self._split_article(self._article_id)

    def _split_article(self, article_id: str) -> None:
        from annotator.desktop.dialogs.split_article import SplitArticle  # noqa: PLC0415  # on demand

        window, session = self._window, self._window.session
        if session is not None and article_id:
            self._open(lambda: SplitArticle(window.theme, session, article_id, window))

    def delete_article(self) -> None:
        """Delete the active article and offer to bring it back."""
        self._delete([self._article_id] if self._article_id else [])

    def _delete(self, article_ids: list[str]) -> None:
        session = self._window.session
        if session is None or not article_ids:
            return
        from annotator.model.article import Article  # noqa: PLC0415  # on demand

        articles = list(session.project.get_all(Article, article_ids).values())
        if articles and session.do(article_acts.delete(session.desk, articles)):
            what = (
                articles[0].headline or "The article"
                if len(articles) == 1
                else (f"{len(articles)} articles")
            )
            self._window.board.say(f"Deleted: {what}", "Undo", "Ctrl+Z", session.undo)

    def _from_list(self, action_id: str, about: list[str]) -> None:
        """Do what was asked for in the list, about articles or a story."""
        one = about[0] if about else ""
        table: dict[str, Callable[[], object]] = {
            "edit-facts": lambda: self._edit_facts(one),
            "correct-text": lambda: self._correct_text(one),
            "split-article": lambda: self._split_article(one),
            "delete-article": lambda: self._delete(about),
            "stories": lambda: self._stories(one, about[1:]),
            "new-story": lambda: self._stories(one, about[1:]),
        }
        table.get(action_id, lambda: self._window.do(action_id))()

    # Story, outlets, coders

    def stories(self) -> None:
        """Make, rename, merge and split stories."""
        self._stories("", [])

    def _stories(self, story_id: str, article_ids: list[str]) -> None:
        from annotator.desktop.dialogs.stories import Stories  # noqa: PLC0415  # on demand

        window, session = self._window, self._window.session
        if session is not None:
            self._open(
                lambda: Stories(
                    window.theme, session, window, story_id=story_id, article_ids=article_ids
                )
            )

    def outlets(self) -> None:
        """Say of each outlet its country, kind and leaning."""
        from annotator.desktop.dialogs.outlets import Outlets  # noqa: PLC0415  # on demand

        window, session = self._window, self._window.session
        if session is not None:
            self._open(lambda: Outlets(window.theme, session, window))

    def coding_setup(self) -> None:
        """Say who codes and in which round."""
        from annotator.desktop.dialogs.coding_setup import CodingSetup  # noqa: PLC0415  # on demand

        window, session = self._window, self._window.session
        if session is not None:
            self._open(lambda: CodingSetup(window.theme, session, window))

    def annotations(self) -> None:
        """List all annotations of the active article."""
        from annotator.desktop.annotation_list import AnnotationList  # noqa: PLC0415  # on demand

        window, space = self._window, self._window.workspace
        pane = space.view.active if space else None
        if space is None or pane is None or pane.data is None:
            return
        data = pane.data
        sheet = self._open(lambda: AnnotationList(window.theme, data, window))
        if isinstance(sheet, AnnotationList):
            sheet.annotation_chosen.connect(pane.attend)

    # Export

    def _export_csv(self) -> None:
        path = QFileDialog.getExistingDirectory(self._window, "Folder for the coding data")
        if path:
            self.jobs.export("coding-csv", Path(path))

    def _export_jsonl(self) -> None:
        path, _ = QFileDialog.getSaveFileName(
            self._window, "Export JSON Lines", "coding.jsonl", "JSON Lines (*.jsonl)"
        )
        if path:
            self.jobs.export("jsonl", Path(path))

    # Program

    def settings(self) -> None:
        """Choose theme, sizes and name."""
        from annotator.desktop.dialogs.settings import SettingsDialog  # noqa: PLC0415  # on demand

        window = self._window
        hint = "The size of the interface changes when the program starts again."
        sheet = self._open(
            lambda: SettingsDialog(window.theme, window.settings, window, interface_hint=hint)
        )
        if isinstance(sheet, SettingsDialog):
            sheet.settings_changed.connect(window.change_settings)

    def key_sheet(self) -> None:
        """Show every key."""
        from annotator.desktop.dialogs.key_sheet import KeySheet  # noqa: PLC0415  # on demand

        window = self._window
        book = window.session.codebook if window.session is not None else None
        self._open(lambda: KeySheet(window.theme, window.actions_, book, window))

    def about(self) -> None:
        """Say which version this is."""
        self._window.board.inform(f"Parallax {__version__}. Nothing leaves this computer.")

    def show_bug(self, details: str) -> None:
        """Show an unexpected error; the work is stored."""
        from annotator.desktop.dialogs.bug import BugDialog  # noqa: PLC0415  # on demand

        window = self._window
        sheet = self._open(lambda: BugDialog(window.theme, details, window))
        if isinstance(sheet, BugDialog):
            sheet.close_requested.connect(window.close)

    def keep_snapshots(self) -> None:
        """Take snapshots from now on."""
        self.jobs.keep_snapshots()

    def stop_work(self) -> None:
        """Stop all long work; what was done is kept."""
        self.jobs.stop_all()

    # For the command palette

    def code_entries(self) -> list[Entry]:
        """Return the codes for the palette."""
        session = self._window.session
        if session is None or session.project.read_only:
            return []
        book = session.codebook
        layers = {layer.slug: layer.name for layer in book.layers}
        return [Entry("code", c.id, c.name, layers.get(c.layer, ""), key_of(c)) for c in book.codes]

    def article_entries(self) -> list[Entry]:
        """Return articles for the palette, the first few hundred in the list's order."""
        session = self._window.session
        if session is None:
            return []
        listing = Listing(session.project)
        numbers = listing.numbers(Wanted())[:MOST_ARTICLES]
        rows = [row for row in listing.page(numbers) if row is not None]
        return [
            Entry("article", row.id, row.headline or "No headline",
                  ", ".join(x for x in (row.outlet, row.published) if x))
            for row in rows
        ]  # fmt: skip
