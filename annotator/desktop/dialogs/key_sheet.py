"""The key sheet: every action with its keys, from the table of actions, and the codes' keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from annotator.desktop.actions import ACTIONS, MENUS, Actions
from annotator.desktop.code_keys import key_of
from annotator.desktop.kit.buttons import PrimaryButton
from annotator.desktop.kit.keycaps import KeyCaps
from annotator.desktop.kit.labels import Words
from annotator.desktop.kit.sheet import Sheet

if TYPE_CHECKING:
    from annotator.desktop.theme import Theme
    from annotator.model.codebook import Codebook

COLUMNS = 2


class KeySheet(Sheet):
    """Lists the keys.

    Args:
        theme: Colours.
        actions: The actions with their present keys.
        codebook: Whose codes' keys are listed; None without a project.
        parent: The window.
    """

    def __init__(
        self, theme: Theme, actions: Actions, codebook: Codebook | None,
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(theme, "Keys", "key-sheet", QSize(860, 640), parent)
        inside = QWidget()
        grid = QGridLayout(inside)
        grid.setContentsMargins(0, 0, 12, 0)
        grid.setHorizontalSpacing(40)
        grid.setVerticalSpacing(20)
        groups = [(name, _rows(actions, name)) for name in MENUS]
        if codebook is not None:
            coded = [(c.name, key_of(c)) for c in codebook.codes if key_of(c)]
            groups.insert(0, ("Codes", coded))
        filled = [group for group in groups if group[1]]
        heights = [0] * COLUMNS
        columns = [QVBoxLayout() for _ in range(COLUMNS)]
        for name, rows in filled:
            column = heights.index(min(heights))
            columns[column].addWidget(self._group(name, rows))
            heights[column] += len(rows) + 2
        for place, column_layout in enumerate(columns):
            column_layout.setSpacing(20)
            column_layout.addStretch(1)
            grid.addLayout(column_layout, 0, place)
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setWidget(inside)
        area.setAccessibleName("Keys")
        area.viewport().setAutoFillBackground(False)
        inside.setAutoFillBackground(False)
        self.body.addWidget(area, 1)
        close = PrimaryButton("Close")
        close.clicked.connect(self.accept)
        self.add_button(close)

    def _group(self, name: str, rows: list[tuple[str, str]]) -> QWidget:
        box = QWidget()
        grid = QGridLayout(box)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(0, 1)
        grid.addWidget(Words(name, 11, 600, "muted"), 0, 0)
        for place, (words, key) in enumerate(rows, 1):
            grid.addWidget(Words(words, 13, 400), place, 0)
            grid.addWidget(KeyCaps(self.theme, key), place, 1, Qt.AlignmentFlag.AlignRight)
        return box


def _rows(actions: Actions, menu: str) -> list[tuple[str, str]]:
    return [
        (spec.name.rstrip("…"), actions.key(spec.id))
        for spec in ACTIONS
        if spec.menu == menu and actions.key(spec.id)
    ]
