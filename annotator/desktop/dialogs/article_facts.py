"""What is known about an article, to be corrected: headline, outlet, date, story and the rest.

The text is not touched. Everything is written by one edit when the dialog is saved.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from annotator.desktop.dialogs.facts_form import NAMES, FactsForm
from annotator.desktop.kit.buttons import PlainButton, PrimaryButton
from annotator.desktop.kit.dressing import Surface
from annotator.desktop.kit.labels import Sentence
from annotator.desktop.kit.sheet import Sheet
from annotator.errors import BadInput
from annotator.model import article_acts
from annotator.model.article import Article

if TYPE_CHECKING:
    from annotator.desktop.session import Session
    from annotator.desktop.theme import Theme


class ArticleFacts(Sheet):
    """The dialog.

    Args:
        theme: Its colours.
        session: Where it is written.
        article_id: The article.
        parent: The window.

    Raises:
        BadInput: if there is no such article.
    """

    def __init__(
        self, theme: Theme, session: Session, article_id: str, parent: QWidget | None = None
    ) -> None:
        article = session.project.get(Article, article_id)
        if article is None:
            raise BadInput("The article is not in the project any more.")
        super().__init__(
            theme, "Edit article", "article-facts", QSize(640, 680), parent, detail=article.headline
        )
        self._session = session
        self._article = article
        self._form = FactsForm(theme, session.project, tuple(NAMES))
        self._cancel = self.add_button(PlainButton("Cancel"))
        self._save = self.add_button(PrimaryButton("Save"))
        self._fill()
        self._compose(theme)
        self._form.edited.connect(self._say_state)
        self._cancel.clicked.connect(self.reject)
        self._save.clicked.connect(self._store)
        self._form.focus("headline")

    def _fill(self) -> None:
        article, project = self._article, self._session.project
        outlet = project.outlets.get(article.outlet_id or "")
        story = project.stories.get(article.story_id or "")
        for fact in NAMES:
            if fact == "outlet":
                self._form.set_value(fact, outlet.name if outlet else "")
            elif fact == "story":
                self._form.set_value(fact, story.title if story else "")
            else:
                self._form.set_value(fact, getattr(article, fact))

    def _compose(self, theme: Theme) -> None:
        page = Surface(theme, "base")
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(16)
        column.addWidget(self._form)
        column.addWidget(Sentence(self._origin(), 12, "muted"))
        column.addStretch(1)
        area = QScrollArea()
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setWidget(page)
        self.body.addWidget(area)

    def _origin(self) -> str:
        """Return where the article came from, in words."""
        known = self._article.provenance
        parts = []
        if known.get("parent"):
            parent = self._session.project.get(Article, str(known["parent"]))
            title = parent.headline if parent else "an article that was deleted"
            parts.append(f"Split off from “{title}”")
        elif known.get("file"):
            number = f", article {known['index'] + 1}" if known.get("index") else ""
            parts.append(f"From {known['file']}{number}")
        if self._article.added:
            parts.append(f"in the project since {self._article.added[:10]}")
        sentence = ", ".join(parts)
        return f"{sentence[:1].upper()}{sentence[1:]}." if sentence else ""

    def _say_state(self) -> None:
        self._save.setEnabled(self._form.check() or self._is_date_as_it_was())

    def _store(self) -> None:
        if not (self._form.check() or self._is_date_as_it_was()):
            return
        facts, others = self._form.facts()
        if self._is_date_as_it_was():
            facts["published"] = self._article.published
            facts["published_precision"] = self._article.published_precision
        edit = article_acts.edit_facts(self._session.desk, self._article, facts, others)
        if not edit or self._session.do(edit):
            self.accept()
        else:
            self.set_note("It could not be stored; the window says why.", "err")

    def _is_date_as_it_was(self) -> bool:
        """Say whether the date stands untouched, also one that this form could not read."""
        return self._form.value("published") == self._article.published
