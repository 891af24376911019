"""The verbs of coding, as the active pane means them: tag, recode, accept, move a boundary.

Each verb looks at selection, caret and current annotation, forms one edit and hands it to the
session. It shows nothing itself: it says what a strip, popover or notice should show.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from annotator.desktop.widening import moved_end, moved_start
from annotator.errors import BadSpan
from annotator.model import acts
from annotator.model.codebook import missing_attributes
from annotator.model.edit import joined
from annotator.model.segment import sentences, snap, unit_at
from annotator.model.span import Span, united

if TYPE_CHECKING:
    from collections.abc import Sequence

    from annotator.desktop.article_pane import ArticlePane
    from annotator.desktop.session import Session
    from annotator.model.annotation import Annotation
    from annotator.model.codebook import Code
    from annotator.model.edit import Edit
    from annotator.model.span import Fragments


class Coding(QObject):
    """What a coder does in the active pane.

    Signals:
        attributes_wanted(str, bool): an annotation, by id, lacks required attributes or shall be
            described; the flag says whether it was made just now.
        said(str): something to tell the person: why a key did nothing.
        blocked(): the project is read-only, so that a key did nothing.
        recoding_changed(bool): the next code key gives the current annotation another code.
    """

    attributes_wanted = Signal(str, bool)
    said = Signal(str)
    blocked = Signal()
    recoding_changed = Signal(bool)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.pane: ArticlePane | None = None
        self.last_code: Code | None = None
        self.is_recoding = False
        self._last_made = ""

    def set_pane(self, pane: ArticlePane | None) -> None:
        """Say which pane keys go to."""
        self.pane = pane
        self.set_recoding(is_on=False)

    # Tagging

    def use(self, code: Code) -> None:
        """Do what a code's key means now: recode, accept as that code, or tag."""
        pane = self.pane
        if pane is None or pane.data is None or not self._may_write():
            return
        current = pane.current
        if self.is_recoding and current is not None and pane.data.is_own(current):
            self.recode(code)
        elif current is not None and pane.data.is_suggestion(current):
            self.accept(code)
        else:
            self.tag(code)

    def tag(self, code: Code) -> None:
        """Tag the selection, else the sentence at the caret, snapped as the code says."""
        pane = self.pane
        if pane is None or pane.data is None:
            return
        span = self._stretch()
        if span is None:
            self.said.emit("There is no text to tag here.")
            return
        spans = (snap(pane.data.version.text, span, code.snap),)
        twin = self._twin(spans, code)
        if twin is not None:
            pane.attend(twin.id)
            self.said.emit(f"This is tagged as {code.name} already.")
            return
        refusal = self._refusal(spans, code)
        if refusal:
            self.said.emit(refusal)
            return
        edit = acts.tag(self._session.desk, pane.data.version, spans, code)
        if self._session.do(edit):
            self.last_code = code
            self._made(edit, code)

    def repeat(self) -> None:
        """Tag with the code used last."""
        if self.last_code is None:
            self.said.emit("No code was used yet.")
        else:
            self.use(self.last_code)

    def _stretch(self) -> Span | None:
        """Return the selection, else the sentence at the caret."""
        pane = self.pane
        if pane is None or pane.data is None:
            return None
        selection = pane.reading.selection()
        if selection is not None:
            return selection
        return unit_at(sentences(pane.data.version.text), pane.reading.caret())

    def _twin(self, spans: Fragments, code: Code) -> Annotation | None:
        data = self.pane.data if self.pane else None
        if data is None:
            return None
        return next((a for a in data.own if a.code_id == code.id and data.spans(a) == spans), None)

    def _refusal(self, spans: Fragments, code: Code) -> str:
        """Return why the codebook forbids this, or ""."""
        data = self.pane.data if self.pane else None
        if data is None:
            return ""
        for other in data.own:
            theirs = data.code(other)
            if theirs is None or theirs.layer != code.layer:
                continue
            overlaps = any(a.overlaps(b) for a in spans for b in data.spans(other))
            if overlaps and theirs.slug in code.exclusive_with:
                return f"{code.name} and {theirs.name} exclude each other here."
            if overlaps and theirs.id == code.id and not code.may_overlap:
                return f"{code.name} may not overlap itself."
        return ""

    def _made(self, edit: Edit, code: Code) -> None:
        made = edit.after[0]
        self._last_made = made.id
        annotation = self.pane.data.annotation(made.id) if self.pane and self.pane.data else None
        if annotation is not None and missing_attributes(
            self._session.codebook, code, annotation.attributes
        ):
            self.attributes_wanted.emit(made.id, True)

    # Changing what is there

    def target(self) -> Annotation | None:
        """Return the own annotation meant: the current one, else the shortest at the caret."""
        pane = self.pane
        if pane is None or pane.data is None:
            return None
        if pane.current is not None:
            return pane.current if pane.data.is_own(pane.current) else None
        for mark_id in pane.reading.marks_at(pane.reading.caret()):
            annotation = pane.data.annotation(mark_id)
            if annotation is not None and pane.data.is_own(annotation):
                return annotation
        return None

    def delete(self) -> None:
        """Delete the annotation meant, or reject the current suggestion."""
        pane = self.pane
        if pane is None or pane.data is None or not self._may_write():
            return
        if pane.current is not None and pane.data.is_suggestion(pane.current):
            self.reject()
            return
        annotation = self.target()
        if annotation is None:
            self.said.emit("There is no annotation of yours at the caret.")
            return
        self.remove(annotation)

    def remove(self, annotation: Annotation) -> None:
        """Delete an own annotation with its links."""
        links = self._session.project.links([annotation.id])
        self._session.do(acts.delete(self._session.desk, [annotation], links))

    def set_recoding(self, *, is_on: bool) -> None:
        """Let the next code key recode the annotation meant, or not."""
        if is_on == self.is_recoding:
            return
        if is_on:
            annotation = self.target()
            if annotation is None or self.pane is None:
                self.said.emit("Put the caret in an annotation of yours to recode it.")
                return
            self.pane.attend(annotation.id)
        self.is_recoding = is_on
        self.recoding_changed.emit(is_on)

    def recode(self, code: Code) -> None:
        """Give the annotation meant another code."""
        annotation = self.target()
        self.set_recoding(is_on=False)
        if annotation is None or not self._may_write():
            return
        keeps = [a.slug for a in self._session.codebook.attributes_of(code)]
        edit = acts.recode(self._session.desk, annotation, code, keeps=keeps)
        if self._session.do(edit):
            self._made(edit, code)

    def move(self, *, end: bool, words: int) -> None:
        """Move the end or start of what is in brackets by words."""
        pane = self.pane
        if pane is None or pane.data is None:
            return
        current = pane.current
        if current is None:
            _ = pane.reading.move_end(words) if end else pane.reading.move_start(words)
            return
        text = pane.data.version.text
        spans = list(pane.current_spans())
        place = -1 if end else 0
        spans[place] = (moved_end if end else moved_start)(text, spans[place], words)
        fragments = tuple(united(spans))
        if pane.data.is_suggestion(current):
            pane.set_pending(fragments)
        elif pane.data.is_own(current) and self._may_write():
            self._reshape(current, fragments)

    def add_fragment(self) -> None:
        """Add the selection to the annotation meant: the one made last, or at the caret."""
        pane = self.pane
        span = pane.reading.selection() if pane else None
        if pane is None or pane.data is None or not self._may_write():
            return
        annotation = pane.data.annotation(self._last_made)
        if span is None or annotation is None:
            self.said.emit("Tag a stretch first, then select the one to add to it.")
            return
        code = pane.data.code(annotation)
        snapped = snap(pane.data.version.text, span, code.snap if code else "word")
        self._reshape(annotation, united([*pane.data.spans(annotation), snapped]))

    def drop_fragment(self) -> None:
        """Take the fragment at the caret out of the annotation meant."""
        pane, annotation = self.pane, self.target()
        if pane is None or pane.data is None or annotation is None or not self._may_write():
            return
        caret = pane.reading.caret()
        left = tuple(s for s in pane.data.spans(annotation) if not s.start <= caret <= s.end)
        if left and len(left) < len(pane.data.spans(annotation)):
            self._reshape(annotation, left)
        else:
            self.said.emit("The annotation has no other fragment to keep.")

    def _reshape(self, annotation: Annotation, spans: Sequence[Span]) -> None:
        pane = self.pane
        if pane is None or pane.data is None:
            return
        try:
            edit = acts.reshape(self._session.desk, annotation, pane.data.version, spans)
        except BadSpan as error:
            self.said.emit(error.message)
            return
        self._last_made = annotation.id
        self._session.do(edit)

    def describe(self) -> None:
        """Ask for the attributes and note of the annotation meant."""
        annotation = self.target()
        if annotation is None:
            self.said.emit("Put the caret in an annotation of yours to describe it.")
        else:
            self.attributes_wanted.emit(annotation.id, False)

    # Suggestions

    def next_suggestion(self, step: int = 1) -> None:
        """Turn to the next suggestion after the caret, or the previous one."""
        data = self.pane.data if self.pane else None
        if data is not None:
            self._turn(data.reviewable(), step, "There are no suggestions left in this article.")

    def next_annotation(self, step: int = 1) -> None:
        """Turn to the next own annotation after the caret, or the previous one."""
        data = self.pane.data if self.pane else None
        if data is not None:
            self._turn(data.own, step, "There are no annotations of yours in this article.")

    def _turn(self, among: Sequence[Annotation], step: int, none: str) -> None:
        """Turn to the next of these after the current one, else after the caret; round and round.

        Args:
            among: In reading order.
            step: 1 for the next, -1 for the previous one.
            none: What to say if there is none.
        """
        pane = self.pane
        if pane is None or pane.data is None:
            return
        if not among:
            self.said.emit(none)
            return
        ids = [a.id for a in among]
        if pane.current_id in ids:
            place = ids.index(pane.current_id) + step
        else:
            caret = pane.reading.caret()
            before = sum(pane.data.spans(a)[0].start < caret for a in among)
            place = before if step > 0 else before - 1
        pane.attend(ids[place % len(ids)])

    def next_uncoded(self) -> None:
        """Select the next sentence of the article's own text without a code of the coder."""
        pane = self.pane
        if pane is None or pane.data is None:
            return
        data = pane.data
        coded = united(s for a in data.own for s in data.spans(a))
        furniture = [b.span for b in data.version.blocks if b.role not in {"main", "headline"}]
        all_of_it = sentences(data.version.text)
        free = [
            s for s in all_of_it
            if not any(s.overlaps(c) for c in coded) and not any(s.overlaps(f) for f in furniture)
        ]  # fmt: skip
        if not free:
            self.said.emit("Every sentence of this article is coded.")
            return
        caret = pane.reading.caret()
        pane.attend("")
        chosen = next((s for s in free if s.start > caret), free[0])
        pane.reading.select(chosen)
        pane.reading.scroll_to(chosen)

    def accept(self, code: Code | None = None) -> None:
        """Accept the current suggestion, perhaps as another code, and turn to the next."""
        pane = self.pane
        suggestion = pane.current if pane else None
        if pane is None or pane.data is None or suggestion is None or not self._may_write():
            return
        data = pane.data
        if not data.is_suggestion(suggestion):
            return
        edit = acts.accept(
            self._session.desk, suggestion, data.version, code=code,
            companions=data.companions(suggestion) if code is None else (), links=data.links,
        )  # fmt: skip
        if pane.pending:
            edit = self._with_boundaries(edit, pane.pending)
        following = self._following(suggestion)
        if self._session.do(edit):
            self._last_made = edit.after[0].id
            pane.attend(following)
            if code is not None:
                self.last_code = code
                self._made(edit, code)

    def _with_boundaries(self, edit: Edit, spans: Fragments) -> Edit:
        """Return the acceptance with moved boundaries: one act."""
        pane = self.pane
        copy = edit.after[0]
        if pane is None or pane.data is None:
            return edit
        moved = acts.reshape(self._session.desk, copy, pane.data.version, spans)  # type: ignore[arg-type]  # the first record of an acceptance is the annotation
        return joined(edit.label, [edit, moved])

    def reject(self) -> None:
        """Reject the current suggestion for this coder and turn to the next."""
        pane = self.pane
        suggestion = pane.current if pane else None
        if pane is None or pane.data is None or suggestion is None or not self._may_write():
            return
        code = pane.data.code(suggestion)
        if code is None or not pane.data.is_suggestion(suggestion):
            return
        following = self._following(suggestion)
        coder = pane.data.coders.get(suggestion.coder_id)
        edit = acts.decide(
            self._session.desk, suggestion, pane.data.version, code, verdict="rejected",
            component=coder.name if coder else "",
        )  # fmt: skip
        if self._session.do(edit):
            pane.attend(following)

    def skip(self) -> None:
        """Leave the current suggestion open and turn to the next."""
        self.next_suggestion()

    def _following(self, suggestion: Annotation) -> str:
        data = self.pane.data if self.pane else None
        ids = [a.id for a in data.reviewable()] if data else []
        place = ids.index(suggestion.id) + 1 if suggestion.id in ids else 0
        return ids[place] if place < len(ids) else ""

    def _may_write(self) -> bool:
        if self._session.project.read_only:
            self.said.emit("The project is open read-only: nothing can be coded.")
            self.blocked.emit()
            return False
        return True
