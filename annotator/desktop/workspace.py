"""One open project in the window: list, desk, codes, strip, and how they hear of each other.

It composes and connects. What an action does to the text is `coding`'s subject, dialogs on
articles and stories are `errands`', the frame around is `window`'s.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from annotator.desktop.action_strip import ActionStrip
from annotator.desktop.article_rail import ArticleRail
from annotator.desktop.code_keys import CodeKeys
from annotator.desktop.code_mark import mark_painter
from annotator.desktop.coding import Coding
from annotator.desktop.describing import Describing
from annotator.desktop.empty_state import EmptyState, WayOn
from annotator.desktop.find_bar import FindBar
from annotator.desktop.kit.dressing import Rule
from annotator.desktop.read_view import ReadView
from annotator.desktop.reading_verbs import ReadingVerbs
from annotator.desktop.right_column import RightColumn
from annotator.desktop.session import CODEBOOK_KINDS
from annotator.desktop.strip_words import strip_of

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from annotator.desktop.action_strip import PaintMark
    from annotator.desktop.actions import Actions
    from annotator.desktop.notices import NoticeBoard
    from annotator.desktop.pane_data import PaneData
    from annotator.desktop.session import Session
    from annotator.desktop.theme import Theme
    from annotator.model.codebook import Code
    from annotator.model.edit import Edit

RAIL_FOLDS_BELOW, CODES_FOLD_BELOW, FIRST_PANES = 1420, 1260, 3


class Workspace(QWidget):
    """The reading view of a project with all that belongs to it.

    Args:
        session: The project and its coder.
        theme: Colours.
        actions: Every action of the program.
        board: Where notices and banners are shown.
        text_px: Size of article text.

    Signals:
        state_changed(): what is current, open or allowed is different now.
    """

    state_changed = Signal()

    def __init__(
        self, session: Session, theme: Theme, actions: Actions, board: NoticeBoard,
        *, text_px: int = 17,
    ) -> None:  # fmt: skip
        super().__init__()
        self.session = session
        self._theme = theme
        self.board = board
        self._folded_by_hand = False
        self._codes_by_hand = False
        self.rail = ArticleRail(theme, session)
        self.view = ReadView(session, theme, text_px=text_px)
        self.coding = Coding(session, self)
        self.strip = ActionStrip(theme)
        self.right = RightColumn(theme)
        self.find_bar = FindBar(theme)
        self.empty = EmptyState(
            theme, "No article is open",
            "Choose one in the list, drop files here, or paste an article.",
            (WayOn("import-files", "Import…", "Ctrl+I"),
             WayOn("paste-article", "Paste an article…", "Ctrl+Shift+V")),
        )  # fmt: skip
        self._centre = QStackedWidget()
        self._lay_out()
        actions.add_to_pane(self.view)
        self._keys = CodeKeys(self.view)
        self._keys.show_codebook(session.codebook)
        self.describing = Describing(self, theme)
        self.verbs = ReadingVerbs(self)
        self._connect(actions)
        self._show_all()

    def _lay_out(self) -> None:
        centre = QVBoxLayout()
        centre.setContentsMargins(0, 0, 0, 0)
        centre.setSpacing(0)
        centre.addWidget(self.find_bar)
        self._centre.addWidget(self.empty)
        self._centre.addWidget(self.view)
        centre.addWidget(self._centre, 1)
        centre.addWidget(self.strip)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.rail)
        row.addWidget(Rule(self._theme, self, is_upright=True))
        row.addLayout(centre, 1)
        self._right_rule = Rule(self._theme, self, is_upright=True)
        row.addWidget(self._right_rule)
        row.addWidget(self.right)

    def _connect(self, actions: Actions) -> None:
        self.rail.article_chosen.connect(self._open_from_list)
        self.view.active_changed.connect(self._on_active)
        self.view.panes_changed.connect(self._on_panes)
        self.view.attended.connect(self._show_current)
        self.view.moved.connect(self._show_current)
        self.view.reloaded.connect(self._show_article)
        self.view.pane_taken.connect(self.describing.forget_pane)
        self._keys.code_used.connect(self.use_code)
        self.strip.action_chosen.connect(actions.triggered)
        self.empty.chosen.connect(actions.triggered)
        self.coding.said.connect(self.board.inform)
        self.coding.attributes_wanted.connect(self.describing.open_for)
        self.coding.recoding_changed.connect(self._show_current)
        self.right.code_used.connect(self._use_and_return)
        self.right.code_toggled.connect(self._toggle_code)
        self.right.describe_asked.connect(self._describe_asked)
        self.right.delete_asked.connect(self._delete_asked)
        self.right.accept_asked.connect(self._accept_asked)
        self.right.reject_asked.connect(self._reject_asked)
        self.right.item_chosen.connect(self._attend)
        self.right.left.connect(self.focus_pane)
        self.find_bar.left.connect(self.focus_pane)
        self.session.changed.connect(self._on_changed)
        self.session.coder_changed.connect(self._show_all)

    def leave(self) -> None:
        """Stop listening: the project is about to be closed."""
        self.session.changed.disconnect(self._on_changed)
        self.session.coder_changed.disconnect(self._show_all)
        self.view.open_articles([])

    def has(self) -> tuple[str, ...]:
        """Return what is there, for enabling actions."""
        there = ["project"]
        if self.view.active is not None:
            there.append("article")
        if not self.session.project.read_only:
            there.append("coder")
        return tuple(there)

    # Opening

    def open_first(self) -> None:
        """Open what was open last in this file, else the first articles of the first story."""
        kept = [i for i in self.session.project.local("open_articles", []) if isinstance(i, str)]
        ids = kept or self._first_story()
        self.view.open_articles(ids)
        # Only what has been laid out can take the focus.
        QTimer.singleShot(0, self, self.focus_pane)

    def _first_story(self) -> list[str]:
        return self.session.project.article_ids()[:FIRST_PANES]

    def remember(self) -> None:
        """Keep which articles are open, for the next time."""
        project = self.session.project
        if not project.read_only:
            project.set_local("open_articles", self.view.article_ids())

    def _open_from_list(self, article_id: str, beside: bool) -> None:  # a signal's arguments
        self.view.open_article(article_id, beside=beside)

    def use_code(self, code_id: str) -> None:
        """Do what a code's key means now."""
        code = self.session.codebook.code_by_id(code_id)
        if code is not None:
            self.coding.use(code)

    def _use_and_return(self, code_id: str) -> None:
        self.use_code(code_id)
        if not self.describing.popover.isVisible():
            self.focus_pane()

    def focus_pane(self) -> None:
        """Let keys go to the active pane; to the list where none is open."""
        if self.view.active is not None:
            self.view.active.setFocus()
        else:
            self.rail.setFocus()

    def _attend(self, annotation_id: str) -> None:
        if self.view.active is not None:
            self.view.active.attend(annotation_id)
            self.focus_pane()

    def _describe_asked(self, annotation_id: str) -> None:
        self._attend(annotation_id)
        self.coding.describe()

    def _delete_asked(self, annotation_id: str) -> None:
        self._attend(annotation_id)
        self.coding.delete()

    def _accept_asked(self, annotation_id: str) -> None:
        self._attend(annotation_id)
        self.coding.accept()

    def _reject_asked(self, annotation_id: str) -> None:
        self._attend(annotation_id)
        self.coding.reject()

    def _toggle_code(self, code_id: str, is_visible: bool) -> None:  # a signal's arguments
        self.right.set_visible(code_id, is_visible)
        visible = self.right.visible_codes()
        for pane in self.view.panes:
            pane.reading.set_visible_codes(visible)

    # Showing what is

    def _on_active(self) -> None:
        self.coding.set_pane(self.view.active)
        self.rail.set_current(self.view.active.article_id if self.view.active else "")
        self.find_bar.follow(self.view.active)
        self._show_article()

    def _on_panes(self) -> None:
        self.rail.set_open_articles(self.view.article_ids())
        self._centre.setCurrentWidget(self.view if self.view.panes else self.empty)
        visible = self.right.visible_codes()
        for pane in self.view.panes:
            pane.reading.set_visible_codes(visible)
        self.fit()
        self._show_article()

    def _on_changed(self, edit: Edit) -> None:
        if edit.kinds() & CODEBOOK_KINDS:
            self._keys.show_codebook(self.session.codebook)
            self._show_article()

    def _show_all(self) -> None:
        self._keys.show_codebook(self.session.codebook)
        self._on_panes()

    def _show_current(self) -> None:
        pane = self.view.active
        current, offered = strip_of(
            pane, is_recoding=self.coding.is_recoding, mark_of=self._mark_of
        )
        self.strip.set_current(current)
        self.strip.set_actions(offered)
        self.right.show_caret(self.session, pane)
        self.state_changed.emit()

    def _show_article(self) -> None:
        """Show the codes with their counts, then what is current."""
        self.right.show_codes(self.session, self.view.active)
        self._show_current()

    def _mark_of(self, data: PaneData, code: Code | None, *, is_own: bool) -> PaintMark | None:
        del data
        return mark_painter(self._theme, code, is_own=is_own) if code is not None else None

    def fit(self) -> None:
        """Fold what there is no room for, unless the person folded by hand."""
        is_crowded = len(self.view.panes) >= FIRST_PANES
        if not self._folded_by_hand:
            below = RAIL_FOLDS_BELOW if is_crowded else 1000
            self.rail.set_folded(self.width() < below)
        if not self._codes_by_hand:
            below = CODES_FOLD_BELOW if is_crowded else 900
            self._show_right(self.width() >= below)

    def _show_right(self, is_shown: bool) -> None:
        self.right.setVisible(is_shown)
        self._right_rule.setVisible(is_shown)

    def fold_rail(self) -> None:
        """Fold the list, or unfold it."""
        self._folded_by_hand = True
        self.rail.set_folded(not self.rail.is_folded)

    def fold_codes(self) -> None:
        """Hide the codes, or show them."""
        self._codes_by_hand = True
        self._show_right(self.right.isHidden())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold what there is no room for."""
        super().resizeEvent(event)
        self.fit()

    def set_theme(self, theme: Theme) -> None:
        """Show other colours."""
        self._theme = theme
        for part in (self.rail, self.view, self.strip, self.right, self.find_bar,
                     self.describing.popover, self.empty):  # fmt: skip
            part.set_theme(theme)
        for rule in self.findChildren(Rule):
            rule.set_theme(theme)
        self._show_current()
