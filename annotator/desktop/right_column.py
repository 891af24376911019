"""The right column while reading: the codes, and what stands at the caret."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout

from annotator.desktop.code_keys import key_of
from annotator.desktop.code_model import code_rows
from annotator.desktop.code_panel import CodePanel
from annotator.desktop.inspector import Inspector
from annotator.desktop.inspector_data import caret_items
from annotator.desktop.kit.dressing import Rule, Surface

if TYPE_CHECKING:
    from annotator.desktop.article_pane import ArticlePane
    from annotator.desktop.session import Session
    from annotator.desktop.theme import Theme

WIDTH = 240


class RightColumn(Surface):
    """Codes above, the annotations at the caret below.

    Args:
        theme: Colours.

    Signals:
        code_used(str): a code was chosen, by id.
        code_toggled(str, bool): a code's annotations shall be hidden or shown.
        describe_asked(str), delete_asked(str), accept_asked(str), reject_asked(str),
        item_chosen(str): something shall be done with an annotation, by id.
        left(): the person wants to go back to the text.
    """

    code_used = Signal(str)
    code_toggled = Signal(str, bool)
    describe_asked = Signal(str)
    delete_asked = Signal(str)
    accept_asked = Signal(str)
    reject_asked = Signal(str)
    item_chosen = Signal(str)
    left = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "chrome")
        self._hidden: set[str] = set()
        self._all: set[str] = set()
        self.panel = CodePanel(theme)
        self.inspector = Inspector(theme)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.panel, 3)
        column.addWidget(Rule(theme))
        column.addWidget(self.inspector, 2)
        self.setFixedWidth(WIDTH)
        self.setFocusProxy(self.panel)
        self.panel.code_used.connect(self.code_used)
        self.panel.code_toggled.connect(self.code_toggled)
        self.panel.left.connect(self.left)
        for name in ("describe_asked", "delete_asked", "accept_asked", "reject_asked",
                     "item_chosen"):  # fmt: skip
            getattr(self.inspector, name).connect(getattr(self, name))

    def set_visible(self, code_id: str, is_visible: bool) -> None:  # a setter, as Qt's are
        """Remember that a code's annotations are hidden, or not."""
        (self._hidden.discard if is_visible else self._hidden.add)(code_id)

    def visible_codes(self) -> set[str] | None:
        """Return the codes to be shown; None for all."""
        return self._all - self._hidden if self._hidden else None

    def show_codes(self, session: Session, pane: ArticlePane | None) -> None:
        """Show the codes of a session with their counts in a pane."""
        codebook = session.codebook
        self._all = {code.id for code in codebook.codes}
        keys = {} if session.project.read_only else {c.id: key_of(c) for c in codebook.codes}
        version = session.codebook_version
        self.panel.show_codes(
            code_rows(
                codebook, pane.data if pane is not None else None, keys=keys,
                hidden=frozenset(self._hidden),
            ),
            codebook.name or "Codebook",
            str(version.number) if version else "",
            is_frozen=version is not None and version.frozen,
        )  # fmt: skip

    def show_caret(self, session: Session, pane: ArticlePane | None) -> None:
        """Show what stands at the caret of a pane."""
        data = pane.data if pane is not None else None
        if pane is None or data is None:
            self.inspector.show_items([])
            return
        ids = pane.reading.marks_at(pane.reading.caret())
        if pane.current_id:
            ids = [pane.current_id, *(i for i in ids if i != pane.current_id)]
        version = session.codebook_version
        items = caret_items(
            data,
            ids,
            versions=session.version_numbers,
            version_id=version.id if version else None,
        )
        self.inspector.show_items(items, is_read_only=session.project.read_only)

    def set_theme(self, theme: Theme) -> None:
        """Show other colours."""
        super().set_theme(theme)
        self.panel.set_theme(theme)
        self.inspector.set_theme(theme)
        for rule in self.findChildren(Rule):
            rule.set_theme(theme)
