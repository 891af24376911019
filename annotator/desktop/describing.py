"""Describing an annotation: the popover of attributes and note, opened beside its stretch."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QPoint, QRect

from annotator.desktop.attribute_popover import AttributePopover
from annotator.model import acts
from annotator.model.span import hull

if TYPE_CHECKING:
    from annotator.desktop.article_pane import ArticlePane
    from annotator.desktop.theme import Theme
    from annotator.desktop.workspace import Workspace


class Describing(QObject):
    """Opens the popover and stores what was said in it.

    Args:
        space: The workspace.
        theme: Colours.
    """

    def __init__(self, space: Workspace, theme: Theme) -> None:
        super().__init__(space)
        self._space = space
        self._pane: ArticlePane | None = None
        self.popover = AttributePopover(theme, space)
        self.popover.saved.connect(self._save)
        self.popover.discarded.connect(self._discard)

    def open_for(self, annotation_id: str, is_new: bool) -> None:  # a signal's arguments
        """Ask for an annotation's attributes and note.

        Args:
            annotation_id: The annotation, in the active pane.
            is_new: Whether it was made just now, so that leaving takes it back.
        """
        pane = self._space.view.active
        annotation = pane.data.annotation(annotation_id) if pane and pane.data else None
        if pane is None or pane.data is None or annotation is None:
            return
        if not pane.data.spans(annotation):
            return
        pane.reading.scroll_to(hull(pane.data.spans(annotation)))
        self._follow(pane)
        session = self._space.session
        self.popover.open_for(
            annotation,
            pane.data,
            is_new=is_new,
            actors=[actor.name for actor, _ in session.project.actors()],
            **self._place(pane, annotation_id),
        )

    def _follow(self, pane: ArticlePane) -> None:
        """Keep the popover beside its stretch while this pane scrolls."""
        if self._pane is not None:
            self._pane.reading.scrolled.disconnect(self._on_scrolled)
            self._pane.reloaded.disconnect(self._on_scrolled)
        self._pane = pane
        pane.reading.scrolled.connect(self._on_scrolled)
        pane.reloaded.connect(self._on_scrolled)

    def forget_pane(self, pane: ArticlePane) -> None:
        """Stop following a pane that is about to go."""
        if pane is self._pane:
            self.popover.close_quietly()
            self._pane = None

    def _on_scrolled(self, _height: int = 0) -> None:
        pane = self._pane
        if pane is None or self.popover.isHidden():
            return
        place = self._place(pane, self.popover.annotation_id)
        if place:
            self.popover.follow(**place)
        else:
            self.popover.close_quietly()

    def _place(self, pane: ArticlePane, annotation_id: str) -> dict[str, QRect]:
        """Return stretch, text column and limits in the workspace; nothing if it is gone."""
        annotation = pane.data.annotation(annotation_id) if pane.data else None
        if pane.data is None or annotation is None:
            return {}
        reading = pane.reading
        corner = reading.viewport().mapTo(self._space, QPoint(0, 0))
        stretch = QRect()
        for span in pane.data.spans(annotation):
            for rect in reading.stretch_rects(span):
                stretch = stretch.united(rect)
        margin = QPoint(round(reading.metrics.margin), 0)
        strip = self._space.strip.mapTo(self._space, QPoint(0, 0)).y()
        return {
            "stretch": stretch.translated(corner),
            "column": QRect(corner + margin, reading.viewport().size()),
            "limits": QRect(0, 0, self._space.width(), strip),
        }

    def _save(self, annotation_id: str, attributes: dict[str, Any], note: str) -> None:
        session, pane = self._space.session, self._space.view.active
        annotation = pane.data.annotation(annotation_id) if pane and pane.data else None
        if annotation is not None:
            session.do(acts.describe(session.desk, annotation, attributes=attributes, note=note))
        self._space.focus_pane()

    def _discard(self, annotation_id: str, is_new: bool) -> None:  # a signal's arguments
        act = self._space.session.history.undoable
        made = act.edit.after if act is not None and act.edit is not None else ()
        if is_new and any(record.id == annotation_id for record in made):
            self._space.session.undo()
        self._space.focus_pane()
