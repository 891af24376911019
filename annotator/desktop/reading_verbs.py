"""The actions of the reading view, by id: what `actions.ACTIONS` names and panes can do.

Those that tag are `coding`'s; here they are put together with what only moves about: widening,
leaving, finding, going round the regions of the window.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, Qt

from annotator.model.annotation import Assignment
from annotator.model.edit import Edit
from annotator.model.ids import stable_id

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from annotator.desktop.article_pane import ArticlePane
    from annotator.desktop.workspace import Workspace


class ReadingVerbs(QObject):
    """Does the actions of a workspace.

    Args:
        space: The workspace.
    """

    def __init__(self, space: Workspace) -> None:
        super().__init__(space)
        self._space = space
        self._coding = space.coding
        self._view = space.view
        self._table = self._made()

    def __contains__(self, action_id: object) -> bool:
        """Say whether an action is one of these."""
        return action_id in self._table

    def do(self, action_id: str) -> None:
        """Do an action."""
        self._table[action_id]()

    def _made(self) -> dict[str, Callable[[], object]]:
        coding, view, space = self._coding, self._view, self._space
        return {
            "next-suggestion": coding.next_suggestion,
            "previous-suggestion": lambda: coding.next_suggestion(-1),
            "accept": self._accept_or_describe,
            "delete": coding.delete,
            "skip-or-sentence": self._skip_or_sentence,
            "word": lambda: self._widen("word"),
            "clause": lambda: self._widen("clause"),
            "paragraph": lambda: self._widen("paragraph"),
            "quotation": lambda: self._widen("quotation"),
            "shrink": self._shrink,
            "end-later": lambda: coding.move(end=True, words=1),
            "end-earlier": lambda: coding.move(end=True, words=-1),
            "start-later": lambda: coding.move(end=False, words=1),
            "start-earlier": lambda: coding.move(end=False, words=-1),
            "repeat": coding.repeat,
            "recode": lambda: coding.set_recoding(is_on=True),
            "add-fragment": coding.add_fragment,
            "drop-fragment": coding.drop_fragment,
            "describe": coding.describe,
            "next-annotation": coding.next_annotation,
            "previous-annotation": lambda: coding.next_annotation(-1),
            "next-uncoded": coding.next_uncoded,
            "veil": self._toggle_veil,
            "leave": self._leave,
            "copy": self._copy,
            "find": self._find,
            "next-pane": view.next_pane,
            "close-pane": view.close_active,
            "fold-rail": space.fold_rail,
            "fold-codes": space.fold_codes,
            "filter": space.rail.focus_filter,
            "finish-article": self._finish,
            "next-region": lambda: self._next_region(1),
            "previous-region": lambda: self._next_region(-1),
        }

    @property
    def _pane(self) -> ArticlePane | None:
        return self._view.active

    def _is_on_suggestion(self) -> bool:
        pane = self._pane
        current = pane.current if pane is not None else None
        return (
            pane is not None
            and pane.data is not None
            and current is not None
            and pane.data.is_suggestion(current)
        )

    def _accept_or_describe(self) -> None:
        """Accept a suggestion, describe an annotation, else turn to what is at the caret."""
        pane = self._pane
        if pane is None:
            return
        if self._is_on_suggestion():
            self._coding.accept()
        elif pane.current is not None:
            self._coding.describe()
        else:
            found = pane.reading.marks_at(pane.reading.caret())
            if found:
                pane.attend(found[0])

    def _skip_or_sentence(self) -> None:
        if self._is_on_suggestion():
            self._coding.skip()
        else:
            self._widen("sentence")

    def _widen(self, unit: str) -> None:
        if self._pane is not None:
            self._pane.reading.widen(unit)

    def _shrink(self) -> None:
        if self._pane is not None:
            self._pane.reading.shrink()

    def _toggle_veil(self) -> None:
        for pane in self._view.panes:
            pane.reading.set_veil(not pane.reading.overlays.has_veil)

    def _leave(self) -> None:
        """Drop the selection first, then leave the review, then close the find bar."""
        pane = self._pane
        if self._coding.is_recoding:
            self._coding.set_recoding(is_on=False)
        elif pane is not None and pane.reading.selection() is not None:
            pane.reading.clear_selection()
        elif pane is not None and pane.current_id:
            pane.attend("")
        elif self._space.find_bar.isVisible():
            self._space.find_bar.leave()

    def _copy(self) -> None:
        if self._pane is not None:
            self._pane.reading.copy()

    def _find(self) -> None:
        if self._pane is not None:
            self._space.find_bar.open_for(self._pane)

    def _next_region(self, step: int) -> None:
        """Go round list, panes and codes."""
        shown = [pane for pane in self._view.panes if not pane.isHidden()]
        regions: list[QWidget] = [self._space.rail, *shown]
        if not self._space.right.isHidden():
            regions.append(self._space.right)
        at = next((i for i, region in enumerate(regions) if _holds_focus(region)), -1)
        place = (at + step) % len(regions) if at >= 0 else 0
        regions[place].setFocus(Qt.FocusReason.TabFocusReason)

    def _finish(self) -> None:
        """Mark the active article as done and open the next one that is not."""
        pane, session = self._pane, self._space.session
        if pane is None or session.project.read_only:
            return
        desk = session.desk
        former = next(
            (
                a
                for a in session.project.assignments(pane.article_id)
                if a.coder_id == desk.coder_id and a.round_id == desk.round_id
            ),
            None,
        )
        made = self._done(former, pane.article_id)
        edit = Edit("Mark as done", desk.coder_id, (former,) if former else (), (made,))
        if session.do(edit):
            self._space.board.say("The article is done.", "Undo", "Ctrl+Z", session.undo)
        following = session.project.next_unfinished(pane.article_id, desk.coder_id, desk.round_id)
        if following is None:
            self._space.board.say("Every article is done.")
        else:
            self._view.open_article(following)

    def _done(self, former: Assignment | None, article_id: str) -> Assignment:
        desk = self._space.session.desk
        mode = "comparison" if len(self._view.panes) > 1 else "single"
        return Assignment(
            id=former.id if former else stable_id("assignment", article_id, desk.coder_id,
                                                  desk.round_id or ""),
            article_id=article_id,
            coder_id=desk.coder_id,
            round_id=desk.round_id,
            position=former.position if former else 0,
            mode=former.mode if former else mode,
            blinds=former.blinds if former else (),
            status="done",
        )  # fmt: skip


def _holds_focus(widget: QWidget) -> bool:
    # The binding's stubs do not know that nothing may have the focus.
    focus = cast("QWidget | None", widget.window().focusWidget())
    return focus is not None and (focus is widget or widget.isAncestorOf(focus))
