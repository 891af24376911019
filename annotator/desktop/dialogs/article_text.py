"""Correcting a text: an editor, what changes, and what becomes of the annotations, live.

A correction is a new text version. Annotations move with their words; what lost its words stays on
the old version and is listed afterwards, so that nothing goes without being seen.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from annotator.desktop.dialogs.paste_article import raw_text
from annotator.desktop.dialogs.text_difference import TextDifference
from annotator.desktop.fonts import sans, serif
from annotator.desktop.kit.buttons import PlainButton, PrimaryButton
from annotator.desktop.kit.errand import Errand
from annotator.desktop.kit.fields import TextField
from annotator.desktop.kit.form import Form
from annotator.desktop.kit.labels import SectionTitle, Sentence
from annotator.desktop.kit.sheet import Sheet
from annotator.errors import BadInput
from annotator.model.acts import Correction, correct_text
from annotator.model.article import Article, clean_text

if TYPE_CHECKING:
    from PySide6.QtGui import QShowEvent

    from annotator.desktop.session import Session
    from annotator.desktop.theme import Theme
    from annotator.model.acts import Desk
    from annotator.model.annotation import Annotation
    from annotator.model.article import TextVersion

TYPING_MS = 250


def said(correction: Correction) -> str:
    """Return what becomes of the annotations, in words."""
    counts = (
        (len(correction.moved), "stays with its words", "stay with their words"),
        (len(correction.adapted), "is adapted to changed words", "are adapted to changed words"),
        (len(correction.lost), "loses its words", "lose their words"),
    )
    parts = [f"{number:,} {one if number == 1 else many}" for number, one, many in counts if number]
    return f"Of the annotations, {', '.join(parts)}." if parts else "There are no annotations yet."


@dataclass(frozen=True, slots=True)
class Preview:
    """What a text would do, with the text itself."""

    text: str
    correction: Correction


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked beside the window; it holds no widget, so that its thread can hold none."""

    desk: Desk
    version: TextVersion
    annotations: tuple[Annotation, ...]
    number: int
    text: str

    def __call__(self) -> Preview:
        """Return what the text would do."""
        correction = correct_text(
            self.desk, self.version, self.text, self.annotations, number=self.number
        )
        return Preview(self.text, correction)


class CorrectText(Sheet):
    """The dialog.

    Signals:
        text_corrected(str): the article with this id has a new text.

    Args:
        theme: Its colours.
        session: Where it is written.
        article_id: The article.
        parent: The window.

    Raises:
        BadInput: if there is no such article, or it has no text.
    """

    text_corrected = Signal(str)

    def __init__(
        self, theme: Theme, session: Session, article_id: str, parent: QWidget | None = None
    ) -> None:
        project = session.project
        article, version = project.get(Article, article_id), project.current_text(article_id)
        if article is None or version is None:
            raise BadInput("The article is not in the project any more.")
        super().__init__(
            theme, "Correct the text", "correct-text", QSize(1120, 720), parent,
            detail=article.headline,
        )  # fmt: skip
        self._session, self._article, self._version = session, article, version
        self._annotations = project.annotations(article_id)
        self._number = project.next_number(article_id)
        self._preview: Preview | None = None
        self._errand: Errand | None = None
        self._text = QPlainTextEdit()
        self._difference = TextDifference(theme)
        self._effect = Sentence("", 12, "muted")
        self._reason = TextField("Reason", placeholder="Words run together, a missing paragraph …")
        self._left_over = QListWidget()
        self._left_over_says = Sentence("", 13)
        self._stack = QStackedLayout()
        self._cancel = self.add_button(PlainButton("Cancel"))
        self._save = self.add_button(PrimaryButton("Save the new text"))
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(TYPING_MS)
        self._compose(theme)
        self._connect()
        self._text.setPlainText(version.text)
        self._typing.stop()
        self._say_state()

    def _compose(self, theme: Theme) -> None:
        self._text.setFont(serif(14))
        self._text.setAccessibleName("Text of the article")
        self._text.setTabChangesFocus(True)
        left, right, both = QVBoxLayout(), QVBoxLayout(), QHBoxLayout()
        for column, title, widget in (
            (left, "Text", self._text), (right, "What changes", self._difference),
        ):  # fmt: skip
            column.setSpacing(6)
            column.addWidget(SectionTitle(title, 11))
            column.addWidget(widget, 1)
        right.addWidget(self._effect)
        both.setSpacing(24)
        both.addLayout(left, 1)
        both.addLayout(right, 1)
        form = Form(theme, label_width=56)
        form.add_row("Reason", self._reason)
        editing, result = QWidget(), QWidget()
        for page in (editing, result):
            self._stack.addWidget(page)
        column = QVBoxLayout(editing)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(both, 1)
        column.addWidget(form)
        self._left_over.setAccessibleName("Annotations that lost their words")
        self._left_over.setFont(sans(13))
        self._left_over.setWordWrap(True)
        column = QVBoxLayout(result)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._left_over_says)
        column.addWidget(self._left_over, 1)
        self.body.addLayout(self._stack, 1)

    def _connect(self) -> None:
        self._text.textChanged.connect(self._typed)
        self._typing.timeout.connect(self._look)
        self._cancel.clicked.connect(self.reject)
        self._save.clicked.connect(self._store)

    # Looking ahead

    def _now(self) -> str:
        return clean_text(raw_text(self._text))

    def _typed(self) -> None:
        self._preview = None
        self._typing.start()
        self._say_state()

    def _look(self) -> None:
        """Find out beside the window what the text as it stands would do."""
        text = self._now()
        if self._errand is not None or text == self._version.text:
            self._say_state()
            return
        self._errand = Errand("correction", self._question(text), self)
        self._errand.done.connect(self._hear)
        self._errand.ended.connect(self._look_again)
        self._errand.start()

    def _question(self, text: str) -> Question:
        return Question(
            self._session.desk, self._version, tuple(self._annotations), self._number, text
        )

    def _hear(self, preview: Preview) -> None:
        if preview.text == self._now():
            self._preview = preview
            self._difference.show_difference(self._version.text, preview.text)
            self._say_state()

    def _look_again(self) -> None:
        """Look at what was typed meanwhile."""
        if self._errand is not None:
            self._errand.deleteLater()
        self._errand = None
        if self._preview is None and self._now() != self._version.text:
            self._typing.start()

    def _say_state(self) -> None:
        preview = self._preview
        is_changed = self._now() != self._version.text
        is_empty = not self._now().strip()
        self._save.setEnabled(preview is not None and not is_empty)
        if not is_changed:
            self._difference.show_difference("", "")
            self._effect.set_role("muted")
            self._effect.set_text("")
            self.set_note(
                "Nothing is changed yet. The old text stays in the project as an earlier version."
            )
        elif is_empty:
            self.set_note("A text cannot be empty; delete the article instead.", "err")
        elif preview is None:
            self._effect.set_text("")
            self.set_note("Comparing …")
        else:
            has_losses = bool(preview.correction.lost)
            self._effect.set_role("warn" if has_losses else "muted")
            self._effect.set_text(said(preview.correction))
            self.set_note(f"This becomes text version {self._number}.")

    # Storing

    def _store(self) -> None:
        preview = self._preview
        if preview is None:
            return
        correction = correct_text(
            self._session.desk, self._version, preview.text, self._annotations,
            number=self._number, reason=" ".join(self._reason.text().split()),
        )  # fmt: skip
        if not self._session.do(correction.edit):
            self.set_note("It could not be stored; the window says why.", "err")
            return
        self.text_corrected.emit(self._article.id)
        if correction.lost:
            self._show_lost(correction)
        else:
            self.accept()

    def _show_lost(self, correction: Correction) -> None:
        """List what stays on the old text."""
        number = len(correction.lost)
        what = "One annotation has" if number == 1 else f"{number:,} annotations have"
        self._left_over_says.set_text(
            f"The new text is stored. {what} no place in it and stays on the old version; undo "
            "brings the old text back."
        )
        for annotation in correction.lost:
            self._left_over.addItem(QListWidgetItem(self._described(annotation)))
        self._stack.setCurrentIndex(1)
        self._cancel.hide()
        self._save.set_text("Close")
        self._save.clicked.disconnect(self._store)
        self._save.clicked.connect(self.accept)
        self.set_note("")
        self._left_over.setFocus(Qt.FocusReason.OtherFocusReason)

    def _described(self, annotation: Annotation) -> str:
        """Return code, coder and words of an annotation."""
        code = self._session.codebook.code_by_id(annotation.code_id)
        coder = self._session.coders.get(annotation.coder_id)
        words = " … ".join(span.of(self._version.text) for span in
                           annotation.spans(self._version.id))  # fmt: skip
        quoted = " ".join(words.split())
        return f"{code.name if code else 'Code'} ({coder.name if coder else '?'}): “{quoted}”"

    def showEvent(self, event: QShowEvent) -> None:
        """Begin in the text."""
        super().showEvent(event)
        self._text.setFocus()

    def done(self, result: int) -> None:
        """Wait for what is being compared, and close."""
        self._typing.stop()
        if self._errand is not None:
            self._errand.wait()
        super().done(result)
