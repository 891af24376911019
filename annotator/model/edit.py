"""Edits: the only way in which anything is written.

An `Edit` is a label plus records *before* and records *after*. A record that stands only after is
made, one that stands only before is removed, one that stands on both sides is changed. Undo is the
edit with the two sides swapped. This file knows how edits are formed, not how they are stored;
the acts of coding that form them are in `acts`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias

from annotator.model.annotation import (
    Actor,
    Alias,
    Annotation,
    Answer,
    Assignment,
    Coder,
    Decision,
    Link,
    Round,
    Run,
)
from annotator.model.article import Article, Outlet, Story, TextVersion
from annotator.model.codebook import (
    Attribute,
    Code,
    CodebookVersion,
    Layer,
    Scale,
    Setting,
    Variable,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Record: TypeAlias = (
    Setting | Outlet | Story | Article | TextVersion | Layer | Code | Attribute | Variable | Scale
    | CodebookVersion | Coder | Round | Assignment | Run | Actor | Alias | Annotation | Answer
    | Link | Decision
)  # fmt: skip
Key: TypeAlias = tuple[type, str]


@dataclass(frozen=True, slots=True)
class Change:
    """What happens to one record: made (before is None), removed (after is None) or changed."""

    before: Record | None
    after: Record | None

    @property
    def record(self) -> Record:
        """The record on whichever side it stands, the later one first."""
        record = self.before if self.after is None else self.after
        if record is None:
            raise ValueError("a change has a record on at least one side")
        return record

    @property
    def key(self) -> Key:
        """The record's type and identifier."""
        return type(self.record), self.record.id


@dataclass(frozen=True, slots=True)
class Edit:
    """One act, whole or not at all.

    Args:
        label: What a person would call it: "Tag “the mayor” as Conflict".
        coder_id: Who acts.
        before: Records as they are stored now.
        after: Records as they shall be.
        batch: Identifier that edits of one bulk act share (an import, a machine run); such edits
            are logged by reference and undone together.
    """

    label: str
    coder_id: str | None
    before: tuple[Record, ...] = ()
    after: tuple[Record, ...] = ()
    batch: str | None = None

    def inverted(self) -> Edit:
        """Return the edit that takes this one back."""
        return replace(self, before=self.after, after=self.before)

    def changes(self) -> list[Change]:
        """Return one change a record, in the order of the after side, removals first."""
        old = {(type(r), r.id): r for r in self.before}
        new = {(type(r), r.id): r for r in self.after}
        gone = [Change(r, None) for key, r in old.items() if key not in new]
        return gone + [Change(old.get(key), r) for key, r in new.items()]

    def records(self) -> Iterator[Record]:
        """Yield every record on either side."""
        yield from self.before
        yield from self.after

    def kinds(self) -> frozenset[type]:
        """Return the types of record it writes."""
        return frozenset(type(record) for record in self.records())

    def articles(self) -> frozenset[str]:
        """Return the identifiers of the articles it writes or whose content it writes."""
        return frozenset(article for record in self.records() for article in _articles(record))

    def touches(self, *, kinds: Iterable[type] = (), articles: Iterable[str] = ()) -> bool:
        """Say whether it writes any of these types, or anything of these articles."""
        return bool(self.kinds() & set(kinds)) or bool(self.articles() & set(articles))

    def __bool__(self) -> bool:
        """Say whether it would change anything."""
        return any(change.before != change.after for change in self.changes())


def _articles(record: Record) -> tuple[str, ...]:
    match record:
        case Article():
            return (record.id,)
        case TextVersion() | Annotation() | Decision() | Assignment():
            return (record.article_id,)
        case Answer():
            return (record.unit_id,)
        case _:
            return ()


def joined(label: str, edits: Iterable[Edit]) -> Edit:
    """Return several edits as one act: one undo, one row in the log.

    Where two of them change the same record, the first *before* and the last *after* count.

    Raises:
        ValueError: if there are none.
    """
    all_edits = list(edits)
    if not all_edits:
        raise ValueError("nothing to join")
    before: dict[Key, Record] = {}
    after: dict[Key, Record] = {}
    made: set[Key] = set()
    for edit in all_edits:
        for change in edit.changes():
            key = change.key
            if key not in before and key not in made:
                if change.before is None:
                    made.add(key)
                else:
                    before[key] = change.before
            if change.after is None:
                after.pop(key, None)
            else:
                after[key] = change.after
    return replace(
        all_edits[0], label=label, before=tuple(before.values()), after=tuple(after.values())
    )
