"""Every action of the program in one table: name, sentence, keys, where it works.

Menus, the command palette, tooltips and the key sheet are made from it. A key can be changed in
the settings; the code keys come from the codebook and are not here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from PySide6.QtWidgets import QWidget

WINDOW, PANE = "window", "pane"
NO_PROJECT, PROJECT, ARTICLE, CODER = "nothing", "project", "article", "coder"


@dataclass(frozen=True, slots=True)
class ActionSpec:
    """One action.

    Args:
        id: Stable name, for settings and handlers.
        name: As in a menu.
        sentence: What it does, for tooltip and key sheet.
        keys: Key sequences, the first one shown; "" says that it has none on purpose.
        menu: Menu it stands in.
        scope: Where the keys work: in the whole window or while a pane has the focus.
        needs: What must be there: nothing, a project, an open article, or the right to write.
    """

    id: str
    name: str
    sentence: str
    keys: tuple[str, ...] = ()
    menu: str = "File"
    scope: str = WINDOW
    needs: str = PROJECT


def _pane(action: str, name: str, sentence: str, *keys: str, needs: str = CODER) -> ActionSpec:
    return ActionSpec(action, name, sentence, keys, "Code", PANE, needs)


ACTIONS: tuple[ActionSpec, ...] = (
    ActionSpec("new-project", "New project…", "Make a project from codebook templates.",
               ("Ctrl+N",), needs=NO_PROJECT),
    ActionSpec("open-project", "Open project…", "Open a project file.", ("Ctrl+O",),
               needs=NO_PROJECT),
    ActionSpec("open-sample", "Open the sample story",
               "Open five invented articles on one event, already highlighted.",
               needs=NO_PROJECT),
    ActionSpec("import-files", "Import files…", "Import articles from files.", ("Ctrl+I",)),
    ActionSpec("paste-article", "Paste an article…",
               "Make an article of the text on the clipboard.", ("Ctrl+Shift+V",)),
    ActionSpec("highlight", "Highlight articles",
               "Suggest entities, quotes and boilerplate in all articles.", ("Ctrl+H",)),
    ActionSpec("export-csv", "Export coding data…",
               "Write spans, answers and articles as CSV files.", ("Ctrl+E",)),
    ActionSpec("export-jsonl", "Export JSON Lines…",
               "Write texts with all that was coded, one article a line.", ("Ctrl+Shift+E",)),
    ActionSpec("save-copy", "Save a copy…", "Write the whole project to another file."),
    ActionSpec("close-project", "Close project", "Go back to the start page.", ("Ctrl+Shift+W",)),
    ActionSpec("settings", "Settings…", "Choose theme, sizes and your name.", ("Ctrl+,",),
               needs=NO_PROJECT),
    ActionSpec("quit", "Quit", "Close the program; everything is stored.", ("Ctrl+Q",),
               needs=NO_PROJECT),
    ActionSpec("undo", "Undo", "Take back the last act.", ("Ctrl+Z",), "Edit", WINDOW, CODER),
    ActionSpec("redo", "Redo", "Do the act last taken back again.", ("Ctrl+Shift+Z", "Ctrl+Y"),
               "Edit", WINDOW, CODER),
    ActionSpec("copy", "Copy", "Copy the selected text.", ("Ctrl+C",), "Edit", PANE, ARTICLE),
    ActionSpec("find", "Find in article…", "Find words in the active article.", ("Ctrl+F",), "Edit",
               WINDOW, ARTICLE),
    ActionSpec("filter", "Filter articles", "Filter the list of articles as you type.", ("/",),
               "View"),
    ActionSpec("palette", "Search or command…", "Find any command, code or article.",
               ("Ctrl+K",), "View", needs=NO_PROJECT),
    ActionSpec("next-region", "Next region", "Go to the next part of the window.", ("F6",), "View"),
    ActionSpec("previous-region", "Previous region", "Go to the previous part of the window.",
               ("Shift+F6",), "View"),
    ActionSpec("next-pane", "Next pane", "Go to the next article on the desk.", ("Ctrl+Tab",),
               "View", WINDOW, ARTICLE),
    ActionSpec("close-pane", "Close pane", "Take the active article off the desk.", ("Ctrl+W",),
               "View", WINDOW, ARTICLE),
    ActionSpec("bigger", "Larger text", "Show article text larger.", ("Ctrl++", "Ctrl+="), "View",
               needs=NO_PROJECT),
    ActionSpec("smaller", "Smaller text", "Show article text smaller.", ("Ctrl+-",), "View",
               needs=NO_PROJECT),
    ActionSpec("fold-rail", "Fold the article list", "Fold or unfold the left side.", ("Ctrl+B",),
               "View"),
    ActionSpec("fold-codes", "Fold the codes", "Fold or unfold the right side.", ("Ctrl+J",),
               "View"),
    ActionSpec("toggle-theme", "Light or dark", "Change between the light and the dark theme.",
               ("Ctrl+Shift+D",), "View", needs=NO_PROJECT),
    ActionSpec("annotations", "List of annotations", "Show all annotations of the article.",
               ("Ctrl+L",), "View", WINDOW, ARTICLE),
    ActionSpec("edit-facts", "Headline, outlet, date…", "Change what is known about the article.",
               ("F2",), "Story", WINDOW, ARTICLE),
    ActionSpec("correct-text", "Correct the text…",
               "Correct the text; annotations move with it.", ("Ctrl+T",), "Story", WINDOW,
               ARTICLE),
    ActionSpec("split-article", "Split into articles…",
               "Make several articles of one page.", ("Ctrl+Shift+S",), "Story", WINDOW, ARTICLE),
    ActionSpec("delete-article", "Delete article", "Delete the article; undo brings it back.",
               ("Ctrl+Del",), "Story", WINDOW, ARTICLE),
    ActionSpec("stories", "Stories…", "Make, rename, merge and split stories.",
               ("Ctrl+Shift+Y",), "Story"),
    ActionSpec("outlets", "Outlets…", "Say of each outlet its country, kind and leaning.",
               ("Ctrl+Shift+O",), "Story"),
    ActionSpec("coding-setup", "Coder and round…", "Say who codes and in which round.",
               ("Ctrl+Shift+U",), "Code"),
    ActionSpec("finish-article", "Done, next article",
               "Mark the article as done and open the next one.", ("Ctrl+Return",), "Code",
               WINDOW, CODER),
    _pane("next-suggestion", "Next suggestion", "Turn to the next suggestion.", "Tab"),
    _pane("previous-suggestion", "Previous suggestion", "Turn to the previous suggestion.",
          "Shift+Tab"),
    _pane("accept", "Accept", "Accept the suggestion in brackets.", "Return", "Enter"),
    _pane("delete", "Delete or reject",
          "Delete the annotation at the caret, or reject the suggestion in brackets.", "Del",
          "Backspace"),
    _pane("skip-or-sentence", "Skip, or sentence",
          "Skip the suggestion in brackets; else widen the selection to the sentence.", "S"),
    _pane("word", "Word", "Select the word, or widen to whole words.", "W", needs=ARTICLE),
    _pane("clause", "Clause", "Select the clause, or widen to whole clauses.", "C",
          needs=ARTICLE),
    _pane("paragraph", "Paragraph", "Select the paragraph, or widen to it.", "P", needs=ARTICLE),
    _pane("quotation", "Quotation", "Select the quotation around the caret.", "Q", needs=ARTICLE),
    _pane("shrink", "Smaller selection", "Take the last widening back.", "Shift+W",
          needs=ARTICLE),
    _pane("end-later", "End later", "Move the end one word on.", "]"),
    _pane("end-earlier", "End earlier", "Move the end one word back.", "["),
    _pane("start-later", "Start later", "Move the start one word on.", "Shift+]", "}"),
    _pane("start-earlier", "Start earlier", "Move the start one word back.", "Shift+[", "{"),
    _pane("repeat", "Repeat code", "Use the code used last.", "R"),
    _pane("recode", "Recode…", "Give the annotation at the caret another code.", "X"),
    _pane("add-fragment", "Add fragment",
          "Add the selection to the annotation made or changed last.", "F"),
    _pane("drop-fragment", "Drop fragment", "Take the fragment at the caret out.", "Shift+F"),
    _pane("describe", "Attributes and note…",
          "Describe the annotation at the caret: attributes and a note.", "E"),
    _pane("next-annotation", "Next annotation", "Turn to your next annotation.", "J"),
    _pane("previous-annotation", "Previous annotation", "Turn to your previous annotation.", "K"),
    _pane("next-uncoded", "Next uncoded sentence", "Select the next sentence without a code.",
          "U"),
    _pane("veil", "Show boilerplate", "Lift or lower the veil over boilerplate.", "V",
          needs=ARTICLE),
    _pane("leave", "Leave", "Drop the selection, or leave the review of suggestions.", "Esc",
          needs=ARTICLE),
    ActionSpec("key-sheet", "Keys", "Show every key.", ("F1", "?"), "Help", needs=NO_PROJECT),
    ActionSpec("about", "About Parallax", "Say which version this is.", menu="Help",
               needs=NO_PROJECT),
)  # fmt: skip
MENUS = ("File", "Edit", "View", "Story", "Code", "Help")
SPECS: dict[str, ActionSpec] = {spec.id: spec for spec in ACTIONS}
# Letters that panes use; a code with one of these keys is reached by the list of codes only.
PANE_KEYS = frozenset(
    key.upper() for spec in ACTIONS if spec.scope == PANE for key in spec.keys if len(key) == 1
) | {"/", "?"}


class Actions(QObject):
    """The actions as Qt has them, bound to handlers by whoever can do them.

    Args:
        window: Where window-wide keys work.
        keys: Keys that the person changed, by action id.

    Signals:
        triggered(str): an action was asked for, by id.
    """

    triggered = Signal(str)

    def __init__(self, window: QWidget, keys: Mapping[str, str] | None = None) -> None:
        super().__init__(window)
        self._window = window
        self._changed = dict(keys or {})
        self._actions: dict[str, QAction] = {}
        for spec in ACTIONS:
            self._actions[spec.id] = self._made(spec)

    def _made(self, spec: ActionSpec) -> QAction:
        action = QAction(spec.name, self)
        action.setObjectName(spec.id)
        action.setToolTip(spec.sentence)
        action.setStatusTip(spec.sentence)
        action.setShortcuts([QKeySequence(key) for key in self.keys(spec.id)])
        action.triggered.connect(self._on_triggered)
        if spec.scope == WINDOW:
            action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
            self._window.addAction(action)
        else:
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        return action

    def _on_triggered(self) -> None:
        sender = self.sender()
        if isinstance(sender, QAction):
            self.triggered.emit(sender.objectName())

    def keys(self, action_id: str) -> tuple[str, ...]:
        """Return the keys of an action, as changed by the person."""
        changed = self._changed.get(action_id)
        return SPECS[action_id].keys if changed is None else ((changed,) if changed else ())

    def key(self, action_id: str) -> str:
        """Return the key that is shown for an action, "" if it has none."""
        keys = self.keys(action_id)
        return keys[0] if keys else ""

    def get(self, action_id: str) -> QAction:
        """Return an action by id."""
        return self._actions[action_id]

    def add_to_pane(self, pane: QWidget) -> None:
        """Let the pane keys work while this widget has the focus."""
        for spec in ACTIONS:
            if spec.scope == PANE:
                pane.addAction(self._actions[spec.id])

    def enable(self, has: Iterable[str]) -> None:
        """Enable what the present state allows.

        Args:
            has: What is there, of "project", "article" and "coder" (the right to write).
        """
        there = {NO_PROJECT, *has}
        for spec in ACTIONS:
            self._actions[spec.id].setEnabled(spec.needs in there)
