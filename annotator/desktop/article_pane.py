"""One article in a pane: its head, its text, and what the coder is about in it.

The pane shows; what keys and buttons mean is `coding`'s subject. Reads its article again whenever
an edit touches it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from annotator.desktop.pane_data import PaneData, load
from annotator.desktop.pane_head import HeadWords, PaneHead
from annotator.desktop.reading_pane import ReadingPane
from annotator.model.annotation import Actor, Alias, Coder
from annotator.model.article import Outlet, Story
from annotator.model.codebook import Attribute, Code, Layer
from annotator.model.span import Span, hull

if TYPE_CHECKING:
    from annotator.desktop.session import Session
    from annotator.desktop.theme import Theme
    from annotator.model.annotation import Annotation
    from annotator.model.edit import Edit
    from annotator.model.span import Fragments

REREAD_ON = frozenset({Outlet, Story, Layer, Code, Attribute, Coder, Actor, Alias})


class ArticlePane(QWidget):
    """One article side by side with others.

    Args:
        session: The project and its coder.
        theme: Colours.
        article_id: What to show.
        text_px: Size of the text.

    Signals:
        activated(): the person turned to this pane.
        attended(str): another annotation is current, by id; "" for none.
        moved(): caret or selection moved.
        reloaded(): the article was read again.
        vanished(): the article was deleted.
    """

    activated = Signal()
    attended = Signal(str)
    moved = Signal()
    reloaded = Signal()
    vanished = Signal()

    def __init__(
        self, session: Session, theme: Theme, article_id: str, *, text_px: int = 17
    ) -> None:
        super().__init__()
        self.article_id = article_id
        self.data: PaneData | None = None
        self.current_id = ""
        self.pending: Fragments = ()
        self._session = session
        self._number = 0
        self._is_compact = False
        self._shares_suggestions = True
        self.head = PaneHead(theme)
        self.reading = ReadingPane(theme, text_px=text_px)
        self.reading.setAccessibleName("Article text")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.head)
        layout.addWidget(self.reading, 1)
        self.setFocusProxy(self.reading)
        self.reading.mark_clicked.connect(self.attend)
        self.reading.mark_hovered.connect(self._show_links)
        self.reading.selection_changed.connect(self._on_moved)
        self.reading.caret_moved.connect(self._on_moved)
        self.reading.installEventFilter(self)
        session.changed.connect(self._on_changed)
        session.coder_changed.connect(self.reload)
        self._load(is_first=True)

    # What is shown

    def reload(self) -> None:
        """Read the article again; caret, selection and scroll place stay."""
        self._load(is_first=False)

    def _load(self, *, is_first: bool) -> None:
        before = self.data
        self.data = load(self._session, self.article_id, has_suggestions=self._shares_suggestions)
        if self.data is None:
            self.vanished.emit()
            return
        if is_first or before is None or before.version.id != self.data.version.id:
            self.reading.show_text(
                self.data.version.text, self.data.marks(), self.data.version.blocks
            )
        else:
            self._show_difference()
        self._show_head()
        self._keep_current()
        self.reloaded.emit()

    def _show_difference(self) -> None:
        """Tell the text only what changed, so that one new mark costs one paragraph."""
        if self.data is None:
            return
        old = {mark.id: mark for mark in self.reading.marks()}
        new = {mark.id: mark for mark in self.data.marks()}
        changed = [i for i in old.keys() | new.keys() if old.get(i) != new.get(i)]
        if len(changed) > len(new) // 3 + 8:
            self.reading.set_marks(new.values())
            return
        for mark_id in sorted(changed):
            if mark_id not in new:
                self.reading.remove_mark(mark_id)
            elif mark_id in old:
                self.reading.replace_mark(new[mark_id])
            else:
                self.reading.add_mark(new[mark_id])

    def _show_head(self) -> None:
        data = self.data
        if data is None:
            return
        details = [data.article.published or "no date", f"{data.content_words} words"]
        if data.version.number > 1:
            details.append(f"text {data.version.number}")
        if data.lost:
            details.append(f"{len(data.lost)} on an older text")
        self.head.set_words(
            HeadWords(
                outlet=data.outlet.name if data.outlet else "No outlet",
                headline=data.article.headline or "No headline",
                details=tuple(details),
                number=str(self._number) if self._number else "",
            )
        )
        self.reading.setAccessibleName(
            f"{data.outlet.name if data.outlet else 'Article'}: {data.article.headline}"
        )

    def set_number(self, number: int) -> None:
        """Say which pane this is, from 1; 0 shows none."""
        self._number = number
        self._show_head()

    def set_compact(self, is_compact: bool, *, has_neighbours: bool) -> None:  # a setter
        """Show it narrow or with full margins; beside others its head is the small one."""
        self.head.set_compact(has_neighbours)
        if is_compact != self._is_compact:
            self._is_compact = is_compact
            self.reading.set_compact(is_compact)
        self.head.set_text_left(self.reading.metrics.margin)

    def set_active(self, is_active: bool) -> None:  # a setter, as Qt's are
        """Show whether keys go here."""
        self.head.set_focused(is_active)

    def set_theme(self, theme: Theme) -> None:
        """Show other colours."""
        self.head.set_theme(theme)
        self.reading.set_theme(theme)

    def set_text_size(self, px: int) -> None:
        """Show the text smaller or larger."""
        self.reading.set_text_size(px)

    def _on_changed(self, edit: Edit) -> None:
        if edit.touches(kinds=REREAD_ON, articles=[self.article_id]) or _touches_links(edit):
            self.reload()

    # What the coder is about

    @property
    def current(self) -> Annotation | None:
        """The annotation or suggestion in brackets."""
        return self.data.annotation(self.current_id) if self.data else None

    def current_spans(self) -> Fragments:
        """Return the stretches in brackets: moved boundaries of a suggestion come first."""
        if self.pending:
            return self.pending
        return self.data.spans(self.current) if self.data and self.current else ()

    def attend(self, annotation_id: str) -> None:
        """Put an annotation in brackets and scroll to it; "" takes the brackets away."""
        self.pending = ()
        self.current_id = annotation_id
        spans = self.current_spans()
        if not spans:
            self.current_id = ""
        else:
            self.reading.set_caret(spans[0].start)
            self.reading.scroll_to(hull(spans))
        self._show_current()
        self.attended.emit(self.current_id)

    def set_pending(self, spans: Fragments) -> None:
        """Move the brackets of a suggestion, until it is accepted."""
        self.pending = spans
        self._show_current()
        self.attended.emit(self.current_id)

    def _keep_current(self) -> None:
        if self.current_id and not self.current_spans():
            self.current_id = ""
            self.pending = ()
            self.attended.emit("")
        self._show_current()

    def _show_current(self) -> None:
        spans = self.current_spans()
        if not spans:
            selection = self.reading.selection()
            spans = (selection,) if selection is not None else ()
        self.reading.set_current(spans or None)
        self._show_links(self.current_id)

    def _show_links(self, annotation_id: str) -> None:
        """Frame the speaker and cue of the quote under the pointer, else of the current one."""
        shown = annotation_id or self.current_id
        annotation = self.data.annotation(shown) if self.data and shown else None
        stretches: list[Span] = []
        if annotation is not None and self.data is not None:
            for companion in self.data.companions(annotation):
                stretches += self.data.spans(companion)
        self.reading.set_links(stretches)

    def _on_moved(self) -> None:
        if not self.current_id:
            self._show_current()
        elif self.reading.selection() is not None or not self._is_caret_inside():
            self.current_id, self.pending = "", ()
            self._show_current()
            self.attended.emit("")
        self.moved.emit()

    def _is_caret_inside(self) -> bool:
        caret = self.reading.caret()
        return any(span.start <= caret <= span.end for span in self.current_spans())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Notice that the person turned to this pane."""
        if event.type() == QEvent.Type.FocusIn:
            self.activated.emit()
        return super().eventFilter(watched, event)

    def close_article(self) -> None:
        """Stop listening: the pane is about to go."""
        self._session.changed.disconnect(self._on_changed)
        self._session.coder_changed.disconnect(self.reload)


def _touches_links(edit: Edit) -> bool:
    return any(kind.__name__ == "Link" for kind in edit.kinds())
