"""Pasting an article: a raw text becomes an article, with what was found in it to be corrected.

Headline, names and date are found by the importers' own functions, live; what a person writes into
a field stays. It stores by one edit and can go on with the next text.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from annotator import __version__
from annotator.desktop.dialogs.facts_form import FactsForm
from annotator.desktop.dialogs.page_lines import PageLine, PageLines
from annotator.desktop.fonts import serif
from annotator.desktop.kit.buttons import PlainButton, PrimaryButton
from annotator.desktop.kit.labels import SectionTitle
from annotator.desktop.kit.sheet import Sheet
from annotator.formats.assemble import Origin, Record, assemble
from annotator.formats.protocol import FoundArticle, SourceFile
from annotator.model import article_acts
from annotator.model.article import Article, Outlet, Story, clean_text, digest, word_count

if TYPE_CHECKING:
    from annotator.desktop.session import Session
    from annotator.desktop.theme import Theme

SOURCE = "pasted text"
TYPING_MS = 150
FACTS = ("headline", "outlet", "byline", "published", "url", "language", "story")


def found_in(text: str, headline: str = "") -> FoundArticle:
    """Return the article that a raw text is; its headline may be known already."""
    source = SourceFile(Path(SOURCE), SOURCE, digest(clean_text(text)))
    known = {"headline": headline} if headline else {}
    return assemble(Record(text, known), Origin(source, 0, "paste", {}))


def lines_with_roles(found: FoundArticle) -> list[PageLine]:
    """Return the lines of an article with their roles."""
    return [PageLine(found.text[b.start : b.end], b.role) for b in found.blocks]


def raw_text(field: QPlainTextEdit) -> str:
    """Return the text in a field, with the hard blanks that Qt's plain text would lose."""
    return field.document().toRawText().replace("\u2029", "\n")


class PasteArticle(Sheet):
    """The dialog.

    Signals:
        article_added(str): an article was stored; its id.

    Args:
        theme: Its colours.
        session: Where the article goes.
        text: What was pasted; the clipboard's text if empty.
        parent: The window.
        story_id: The story it belongs to at first.
    """

    article_added = Signal(str)

    def __init__(
        self,
        theme: Theme,
        session: Session,
        text: str = "",
        parent: QWidget | None = None,
        *,
        story_id: str = "",
    ) -> None:
        super().__init__(
            theme, "Paste an article", "paste-article", QSize(1080, 700), parent,
            detail="its text as copied from the page; what is found in it can be corrected",
        )  # fmt: skip
        self._session = session
        self._own: set[str] = set()
        self._found: FoundArticle | None = None
        self._text = QPlainTextEdit()
        self._lines = PageLines(theme, "Lines and what they are taken for")
        self._form = FactsForm(theme, session.project, FACTS)
        self._cancel = self.add_button(PlainButton("Cancel"))
        self._next = self.add_button(PlainButton("Add and paste next"))
        self._add = self.add_button(PrimaryButton("Add article"))
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(TYPING_MS)
        self._compose()
        self._connect()
        story = session.project.stories.get(story_id)
        if story is not None:
            self._form.set_value("story", story.title)
            self._own.add("story")
        self.set_text(text or QGuiApplication.clipboard().text())

    def _compose(self) -> None:
        self._text.setFont(serif(14))
        self._text.setAccessibleName("Text of the article")
        self._text.setPlaceholderText("Paste the text here.")
        self._text.setTabChangesFocus(True)
        right = QVBoxLayout()
        right.setSpacing(8)
        right.addWidget(self._form)
        right.addSpacing(4)
        right.addWidget(SectionTitle("What each line is taken for; nothing is left out", 11))
        right.addWidget(self._lines, 1)
        both = QHBoxLayout()
        both.setSpacing(24)
        both.addWidget(self._text, 5)
        both.addLayout(right, 6)
        self.body.addLayout(both, 1)

    def _connect(self) -> None:
        self._text.textChanged.connect(self._typing.start)
        self._typing.timeout.connect(self._find)
        self._form.edited.connect(self._keep_own)
        self._cancel.clicked.connect(self.reject)
        self._next.clicked.connect(self._add_and_go_on)
        self._add.clicked.connect(self._add_and_close)

    # What is shown

    def set_text(self, text: str) -> None:
        """Show another raw text and what is found in it."""
        self._text.setPlainText(clean_text(text))
        self._find()
        self._text.setFocus()

    def _keep_own(self, fact: str) -> None:
        """Remember that a field was filled in by the person: it is not overwritten."""
        self._own.add(fact)
        if fact == "headline":
            self._typing.start()
        else:
            self._say_state()

    def _find(self) -> None:
        self._typing.stop()
        raw = raw_text(self._text)
        headline = self._form.value("headline") if "headline" in self._own else ""
        self._found = found = found_in(raw, headline) if raw.strip() else None
        for fact in FACTS:
            if fact not in self._own:
                self._form.set_value(fact, str(getattr(found, fact)) if found else "")
        self._lines.show_lines(lines_with_roles(found) if found else [])
        self._say_state()

    def _say_state(self) -> None:
        """Say what will be stored, or what stands against it."""
        found = self._found
        is_fit = self._form.check() and found is not None
        self._add.setEnabled(is_fit)
        self._next.setEnabled(is_fit)
        if found is None:
            self.set_note("There is no text yet.")
        elif found.warnings:
            self.set_note(" ".join(found.warnings), "warn")
        else:
            kept = sum(word_count(line.text) for line in self._lines.lines if line.role == "main")
            words = word_count(found.text)
            self.set_note(f"{words:,} words, {kept:,} of them the article's own.")

    # Storing

    def _add_and_close(self) -> None:
        if self._store():
            self.accept()

    def _add_and_go_on(self) -> None:
        """Store, and show the clipboard's text if it is another one by now."""
        stored = clean_text(raw_text(self._text))
        if not self._store():
            return
        waiting = clean_text(QGuiApplication.clipboard().text())
        self._own &= {"story"}
        self.set_text("" if waiting.strip() == stored.strip() else waiting)
        if self._found is None:
            self.set_note("Stored. Copy the next article and paste it here.", "ok")

    def _store(self) -> bool:
        self._find()
        found = self._found
        if found is None or not self._form.check():
            return False
        facts, others = self._form.facts()
        if self._is_there(found.text, facts["outlet_id"]):
            self.set_note("The same text of this outlet is in the project already.", "err")
            return False
        article, version = article_acts.new_article(
            found.text, blocks=found.blocks, section=found.section, genre=found.genre,
            wire_credit=found.wire_credit, provenance=_provenance(found), **facts,
        )  # fmt: skip
        edit = article_acts.add(self._session.desk, [(article, version)], others)
        if not self._session.do(edit):
            self.set_note("It could not be stored; the window says why.", "err")
            return False
        for record in others:
            if isinstance(record, (Outlet, Story)):
                self._form.add_name(record)
        self.article_added.emit(article.id)
        return True

    def _is_there(self, text: str, outlet_id: str | None) -> bool:
        project = self._session.project
        twins = project.get_all(Article, project.articles_with_hash(digest(text)))
        return any(twin.outlet_id == outlet_id for twin in twins.values())


def _provenance(found: FoundArticle) -> dict[str, object]:
    """Return where the article comes from, as imported articles have it."""
    kept: dict[str, object] = {
        "file": found.source_name,
        "sha256": found.source_sha256,
        "index": 0,
        "importer": found.importer,
        "version": __version__,
    }
    return {**kept, "extra": dict(found.extra)} if found.extra else kept
