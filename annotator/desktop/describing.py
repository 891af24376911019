"""Describing an annotation: the popover of attributes and note, opened beside its stretch."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QPoint, QRect

from annotator.desktop.attribute_popover import AttributePopover
from annotator.model import acts
from annotator.model.span import hull

if TYPE_CHECKING:
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
        reading, spans = pane.reading, pane.data.spans(annotation)
        if not spans:
            return
        reading.scroll_to(hull(spans))
        corner = reading.viewport().mapTo(self._space, QPoint(0, 0))
        stretch = QRect()
        for span in spans:
            for rect in reading.stretch_rects(span):
                stretch = stretch.united(rect)
        strip = self._space.strip.mapTo(self._space, QPoint(0, 0)).y()
        self.popover.open_for(
            annotation,
            pane.data,
            is_new=is_new,
            stretch=stretch.translated(corner),
            column=QRect(corner, reading.viewport().size()),
            limits=QRect(0, 0, self._space.width(), strip),
        )

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
