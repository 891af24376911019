"""Progress of long work: the same generator serves command line, tests and window."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from annotator.model.edit import Edit


@dataclass(frozen=True, slots=True)
class Step:
    """One step of long work; whoever iterates writes the edit, and cancels by stopping.

    Args:
        done: Units finished so far.
        total: Units in all; 0 when unknown.
        note: What was just done, in a few words.
        edit: What is to be written for it, if anything.
        warnings: Sentences about what was left out, each naming its file or row.
    """

    done: int
    total: int
    note: str = ""
    edit: Edit | None = None
    warnings: tuple[str, ...] = ()
