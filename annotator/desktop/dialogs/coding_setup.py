"""Who codes, and in which round: chosen from those known, or added.

Coders and rounds that are new are made when the choice is confirmed, not before.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize

from annotator.desktop.dialogs.name_box import NameBox
from annotator.desktop.kit.buttons import PlainButton, PrimaryButton
from annotator.desktop.kit.form import Form
from annotator.desktop.kit.segments import Segment, Segments
from annotator.desktop.kit.sheet import Sheet
from annotator.model.annotation import ROUND_KINDS, Coder, Round
from annotator.model.edit import Edit
from annotator.model.ids import new_id

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from annotator.desktop.session import Session
    from annotator.desktop.theme import Theme

HUMAN_ROUNDS = tuple(kind for kind in ROUND_KINDS if kind != "adjudication")
KIND_SENTENCES = {
    "pilot": "Pilot: trying the codebook; it may still change.",
    "reliability": "Reliability: several coders code the same articles, to see how far they agree.",
    "main": "Main: the coding that counts.",
    "retest": "Retest: the same coder codes the same articles again, later.",
}


class CodingSetup(Sheet):
    """The dialog.

    Args:
        theme: Its colours.
        session: Whose coder and round are chosen.
        parent: The window.
    """

    def __init__(self, theme: Theme, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(
            theme, "Coder and round", "coding-setup", QSize(560, 360), parent,
            detail=session.project.name,
        )  # fmt: skip
        self._session = session
        self._coders = {c.id: c for c in session.coders.values() if c.kind == "human"}
        rounds = session.project.rounds.values()
        self._rounds = {r.id: r for r in rounds if r.kind != "adjudication"}
        self._form = Form(theme)
        self._coder = NameBox(theme, "Coder", {c.id: c.name for c in self._coders.values()})
        self._round = NameBox(theme, "Round", {r.id: r.name for r in self._rounds.values()})
        self._kind = Segments(
            theme, "Kind of the new round", [Segment(k, k.capitalize()) for k in HUMAN_ROUNDS]
        )
        self._coder_row = self._form.add_row(
            "Coder", self._coder, "Choose yourself, or type a new name."
        )
        self._round_row = self._form.add_row("Round", self._round, "")
        self._kind_row = self._form.add_row("Kind", self._kind, "")
        self._cancel = self.add_button(PlainButton("Cancel"))
        self._go = self.add_button(PrimaryButton("Code"))
        self.body.addWidget(self._form)
        self.body.addStretch(1)
        self._coder.edited.connect(self._say_state)
        self._round.edited.connect(self._say_state)
        self._kind.chosen.connect(self._say_state)
        self._cancel.clicked.connect(self.reject)
        self._go.clicked.connect(self._confirm)
        self._fill()

    def _fill(self) -> None:
        coder = self._session.coder
        self._coder.set_name(coder.name if coder else "")
        current = self._rounds.get(self._session.desk.round_id or "")
        self._round.set_name(current.name if current else "")
        self._kind.set_value("main")
        self._say_state()
        self._coder.setFocus()

    def _say_state(self, *_what: object) -> None:
        """Say what is new, and what a round of this kind is for."""
        known = self._rounds.get(self._round.chosen_id)
        kind = known.kind if known is not None else self._kind.value
        if known is not None:
            self._kind.set_value(known.kind)
        self._kind.setEnabled(known is None and bool(self._round.name))
        self._kind_row.set_hint(KIND_SENTENCES.get(kind, ""))
        is_new_round = known is None and bool(self._round.name)
        self._round_row.set_hint("A new round." if is_new_round else "Choose one, or type a name.")
        is_new_coder = bool(self._coder.name) and not self._coder.chosen_id
        self._coder_row.set_hint(
            "A new coder." if is_new_coder else "Choose yourself, or type a new name."
        )
        for row in (self._coder_row, self._round_row):
            row.set_error("")
        self._go.setEnabled(not self._session.project.read_only)
        if self._session.project.read_only:
            self.set_note("The project is open read-only; nobody can code in it.", "err")
        else:
            self.set_note("Undo starts anew when somebody else codes.")

    def _confirm(self) -> None:
        if not self._coder.name:
            self._coder_row.set_error("Say who codes.")
        if not self._round.name:
            self._round_row.set_error("Say in which round.")
        if self._form.first_error() is not None:
            return
        made = self._new_records()
        if made:
            names = " and ".join(f"“{record.name}”" for record in made)
            edit = Edit(f"Add {names}", self._session.desk.coder_id, after=tuple(made))
            if not self._session.do(edit):
                self.set_note("It could not be stored; the window says why.", "err")
                return
        round_name = self._round.name
        known = self._rounds.get(self._round.chosen_id)
        self._session.change_coder(self._coder.name, known.name if known else round_name)
        self.accept()

    def _new_records(self) -> list[Coder | Round]:
        made: list[Coder | Round] = []
        if not self._coder.chosen_id:
            made.append(Coder(new_id(), self._coder.name))
        if not self._round.chosen_id:
            position = 1 + max((r.position for r in self._rounds.values()), default=-1)
            made.append(Round(new_id(), self._round.name, self._kind.value or "main", position))
        return made
