"""Choosing languages by name, several at once, as a list with ticks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from annotator.desktop.fonts import sans

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

# BCP 47 tags and English names of languages that news corpora are often in.
LANGUAGES = (
    ("ar", "Arabic"), ("bn", "Bengali"), ("bg", "Bulgarian"), ("ca", "Catalan"),
    ("zh", "Chinese"), ("hr", "Croatian"), ("cs", "Czech"), ("da", "Danish"), ("nl", "Dutch"),
    ("en", "English"), ("et", "Estonian"), ("fi", "Finnish"), ("fr", "French"),
    ("de", "German"), ("el", "Greek"), ("he", "Hebrew"), ("hi", "Hindi"),
    ("hu", "Hungarian"), ("id", "Indonesian"), ("it", "Italian"), ("ja", "Japanese"),
    ("ko", "Korean"), ("lv", "Latvian"), ("lt", "Lithuanian"), ("mk", "Macedonian"),
    ("nb", "Norwegian (Bokmål)"), ("nn", "Norwegian (Nynorsk)"), ("fa", "Persian"),
    ("pl", "Polish"), ("pt", "Portuguese"), ("ro", "Romanian"), ("ru", "Russian"),
    ("sr", "Serbian"), ("sk", "Slovak"), ("sl", "Slovenian"), ("es", "Spanish"),
    ("sw", "Swahili"), ("sv", "Swedish"), ("tr", "Turkish"), ("uk", "Ukrainian"),
    ("ur", "Urdu"), ("vi", "Vietnamese"),
)  # fmt: skip
TAG_ROLE = int(Qt.ItemDataRole.UserRole)
ROWS_SHOWN, ROW_HEIGHT = 5, 26


class LanguageList(QListWidget):
    """Languages with ticks; those ticked at first stand at the top.

    Signals:
        languages_changed(): another one is ticked, or not any more.

    Args:
        chosen: BCP 47 tags ticked at first; one that is not listed is added.
        parent: The dialog.
    """

    languages_changed = Signal()

    def __init__(self, chosen: Sequence[str] = ("en",), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Languages")
        self.setFont(sans(13))
        self.setUniformItemSizes(True)
        self.setFixedHeight(ROWS_SHOWN * ROW_HEIGHT + 4)
        known = dict(LANGUAGES)
        first = [(tag, known.get(tag, tag)) for tag in chosen]
        rest = [(tag, name) for tag, name in LANGUAGES if tag not in chosen]
        for tag, name in (*first, *rest):
            self._add(tag, name, tag in chosen)
        self.setCurrentRow(0)
        self.itemChanged.connect(self._tell)

    def _add(self, tag: str, name: str, is_chosen: bool) -> None:
        item = QListWidgetItem(name)
        item.setData(TAG_ROLE, tag)
        item.setSizeHint(QSize(80, ROW_HEIGHT))
        item.setFlags(
            Qt.ItemFlag.ItemIsEnabled
            | Qt.ItemFlag.ItemIsSelectable
            | Qt.ItemFlag.ItemIsUserCheckable
        )
        item.setCheckState(Qt.CheckState.Checked if is_chosen else Qt.CheckState.Unchecked)
        self.addItem(item)

    @property
    def tags(self) -> list[str]:
        """The tags that are ticked, in the order of the list."""
        return [str(item.data(TAG_ROLE)) for item in self._ticked()]

    @property
    def names(self) -> list[str]:
        """The names that are ticked, in the order of the list."""
        return [item.text() for item in self._ticked()]

    def tick(self, name: str, is_ticked: bool = True) -> None:
        """Tick a language by its name, or not."""
        for item in self.findItems(name, Qt.MatchFlag.MatchExactly):
            item.setCheckState(Qt.CheckState.Checked if is_ticked else Qt.CheckState.Unchecked)

    def _ticked(self) -> list[QListWidgetItem]:
        items = [self.item(row) for row in range(self.count())]
        return [item for item in items if item.checkState() == Qt.CheckState.Checked]

    def _tell(self, _item: QListWidgetItem) -> None:
        self.languages_changed.emit()
