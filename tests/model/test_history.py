"""Undo and redo as bookkeeping: what comes next, and what a new act forgets."""

from __future__ import annotations

from annotator.model.annotation import Coder
from annotator.model.edit import Edit
from annotator.model.history import History

ONE = Edit("One", None, after=(Coder("1", "Ada"),))
TWO = Edit("Two", None, after=(Coder("2", "Ben"),))


def test_nothing_can_be_undone_at_first():
    history = History()
    assert history.undoable is None
    assert history.redoable is None


def test_acts_are_undone_newest_first_and_redone_in_order():
    history = History()
    history.did(ONE)
    history.did(TWO)
    assert history.undoable.edit == TWO
    history.undid(TWO.inverted())
    assert (history.undoable.edit, history.redoable.edit) == (ONE, TWO)
    history.redid()
    assert history.redoable is None
    assert history.undoable.edit == TWO


def test_a_new_act_forgets_what_was_taken_back():
    history = History()
    history.did(ONE)
    history.undid(ONE.inverted())
    history.did(TWO)
    assert history.redoable is None


def test_edits_of_one_batch_are_one_act_and_known_by_their_batch():
    history = History()
    history.did(ONE)
    for _ in range(3):
        history.did(Edit("Import", None, after=TWO.after, batch="b"))
    assert history.undoable.batch == "b"
    assert history.undoable.edit is None
    history.undid(TWO.inverted())
    assert history.undoable.edit == ONE
    assert history.redoable.edit == TWO


def test_acts_that_are_stale_are_dropped():
    history = History()
    history.did(ONE)
    history.did(TWO)
    history.undid(TWO.inverted())
    history.drop_redoable()
    history.drop_undoable()
    assert history.undoable is history.redoable is None
    history.did(ONE)
    history.clear()
    assert history.undoable is None
