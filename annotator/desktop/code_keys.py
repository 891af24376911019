"""The codebook's keys, alive while a pane has the focus.

A key of the program's own (`actions.PANE_KEYS`) wins over a code's. Codes of machine layers have
standing keys where the codebook gives them none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence

from annotator.desktop.actions import PANE_KEYS

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from annotator.model.codebook import Code, Codebook

STANDING_KEYS = {
    ("entity", "PER"): "Shift+1",
    ("entity", "ORG"): "Shift+2",
    ("entity", "LOC"): "Shift+3",
    ("quote", "direct"): "Shift+4",
    ("boilerplate", "other"): "B",
}


def key_of(code: Code) -> str:
    """Return the key that tags with a code; "" if it has none."""
    key = code.key or STANDING_KEYS.get((code.layer, code.slug), "")
    return "" if key.upper() in PANE_KEYS else key


class CodeKeys(QObject):
    """Lets codes be used by their keys in a widget.

    Args:
        widget: Where they work, with everything in it.

    Signals:
        code_used(str): the key of a code was pressed, by id.
    """

    code_used = Signal(str)

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self._widget = widget
        self._actions: list[QAction] = []

    def show_codebook(self, codebook: Codebook) -> None:
        """Let the keys of this codebook work, and no others."""
        for action in self._actions:
            self._widget.removeAction(action)
            action.deleteLater()
        self._actions = []
        taken: set[str] = set()
        for code in sorted(codebook.codes, key=lambda c: not c.key):
            key = key_of(code)
            if not key or key in taken:
                continue
            taken.add(key)
            action = QAction(code.name, self)
            action.setObjectName(code.id)
            action.setShortcut(QKeySequence(key))
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            action.triggered.connect(self._on_triggered)
            self._widget.addAction(action)
            self._actions.append(action)

    def _on_triggered(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self.code_used.emit(action.objectName())
