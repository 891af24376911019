"""Taking back a bulk act: an import or a machine run, as one edit read from the rows themselves.

A bulk act logs no copies of the rows it made; the rows know the act that last wrote them. What
people have built on since stays, with all that it needs, and is counted; suggestions on an article
that goes, go with it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

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
from annotator.model.codebook import Code, CodebookVersion, Variable
from annotator.model.edit import Edit
from annotator.model.ids import new_id
from annotator.store.fetching import read_where
from annotator.store.rows import TABLES, canonical, from_log

if TYPE_CHECKING:
    import sqlite3

    from annotator.model.edit import Key, Record
    from annotator.store.readers import Readers

AMONG = "IN (SELECT value FROM json_each(?))"


@dataclass(frozen=True, slots=True)
class BatchUndo:
    """The edit that takes a bulk act back; `kept` counts what it leaves because it was used."""

    edit: Edit
    kept: int


def undoing(project: Readers, conn: sqlite3.Connection, batch: str) -> BatchUndo:
    """Return what takes back all edits of a batch; a bulk act itself, logged by reference."""
    entries = conn.execute(
        "SELECT n, coder_id, label, before, after FROM edit WHERE batch = ? ORDER BY n", [batch]
    ).fetchall()
    if not entries:
        return BatchUndo(Edit("Undo", None), 0)
    acts = json.dumps([entry[0] for entry in entries])
    changed = _changed(entries)
    plan = _Plan(conn, set(changed))
    after: list[Record] = []
    for kind in TABLES:
        made = read_where(conn, kind, f"rev {AMONG} AND deleted IS NULL", [acts])
        plan.going[kind] = {key: r for key, r in made.items() if (kind, key) not in changed}
        gone = read_where(conn, kind, f"rev {AMONG} AND deleted IS NOT NULL", [acts])
        after += [record for key, record in gone.items() if (kind, key) not in changed]
    kept = plan.leave_used()
    before = plan.records()
    for (kind, record_id), (old, new) in changed.items():
        if canonical(project.get(kind, record_id)) == canonical(new):
            before.append(new)
            after.append(old)
        else:
            kept += 1
    edit = Edit(f"Undo: {entries[0][2]}", entries[0][1], tuple(before), tuple(after), new_id())
    return BatchUndo(edit, kept)


def _changed(entries: list[Any]) -> dict[Key, tuple[Record, Record]]:
    """Return by key the first before and the last after of rows that the batch changed."""
    changed: dict[Key, tuple[Record, Record]] = {}
    for _, _, _, before, after in entries:
        olds = {(type(r), r.id): r for r in from_log(before)}
        for new in from_log(after):
            key = (type(new), new.id)
            changed[key] = (changed[key][0] if key in changed else olds[key], new)
    return changed


@dataclass(frozen=True, slots=True)
class Use:
    """A column by which rows of one table stand on rows of another.

    Args:
        user: The type of record that has it.
        column: The column.
        by_people: Only what people made counts; a machine's rows go with what they stand on.
    """

    user: type
    column: str
    by_people: bool = False


def _by(column: str, *users: type) -> tuple[Use, ...]:
    return tuple(Use(user, column) for user in users)


# What keeps a row, by its type. Users come before what they use: whether they stay is known then.
USES: dict[type, tuple[Use, ...]] = {
    Link: (),
    Alias: (),
    Decision: (),
    Assignment: (),
    Answer: _by("from_id", Link),
    Annotation: (
        Use(Annotation, "derived_from"),
        Use(Link, "from_id", by_people=True),
        Use(Link, "to_id", by_people=True),
    ),
    Run: _by("run_id", Annotation, Link),
    Article: (
        Use(Annotation, "article_id", by_people=True),
        Use(Answer, "unit_id"),
        *_by("article_id", Decision, Assignment, TextVersion),
    ),
    Actor: _by("actor_id", Alias),
    Story: (Use(Article, "story_id"), Use(Actor, "story_id"), Use(Answer, "unit_id")),
    Outlet: _by("outlet_id", Article),
    Variable: _by("variable_id", Answer),
    Code: _by("code_id", Annotation),
    CodebookVersion: _by("codebook_version_id", Annotation, Answer),
    Round: _by("round_id", Annotation, Answer, Assignment),
    Coder: _by("coder_id", Annotation, Answer, Link, Decision, Assignment, Run),
}


@dataclass(slots=True)
class _Plan:
    """Which rows go: those that the bulk act made, less what is used, and what stands on them."""

    conn: sqlite3.Connection
    reverted: set[Key]
    going: dict[type, dict[str, Any]] = field(default_factory=dict)

    def records(self) -> list[Record]:
        """Return what goes."""
        return [record for kind in TABLES for record in self.going[kind].values()]

    def leave_used(self) -> int:
        """Take out what stays because it is used; return how many rows do."""
        kept = 0
        for kind, uses in USES.items():
            while used := self._used(kind, uses):
                kept += len(used)
                for record_id in used:
                    del self.going[kind][record_id]
            if kind is Article:
                kept += self._leave_texts()
                self._take_suggestions()
        return kept

    def _used(self, kind: type, uses: tuple[Use, ...]) -> set[str]:
        used: set[str] = set()
        if self.going[kind]:
            wanted = json.dumps(list(self.going[kind]))
            for use in uses:
                used.update(self._users(use, wanted))
        return used

    def _users(self, use: Use, wanted: str) -> set[str]:
        """Return which of the wanted rows are used by rows that stay."""
        query = (
            f'SELECT u.id, u."{use.column}" FROM "{TABLES[use.user].name}" AS u '
            f'WHERE u."{use.column}" {AMONG} AND u.deleted IS NULL'
        )
        if use.by_people:
            query += " AND u.coder_id NOT IN (SELECT id FROM coder WHERE kind = 'machine')"
        leaving = self.going[use.user]
        return {used for user, used in self.conn.execute(query, [wanted]) if user not in leaving}

    def _leave_texts(self) -> int:
        """Keep the texts of articles that stay, and texts in which people annotated."""
        texts = self.going[TextVersion]
        of_kept = {
            t.id for t in texts.values()
            if t.article_id not in self.going[Article] and t.number == 1
        }  # fmt: skip
        rows = self.conn.execute(
            "SELECT DISTINCT f.text_version_id, a.id FROM fragment AS f "
            "JOIN annotation AS a ON a.id = f.annotation_id AND a.deleted IS NULL "
            "JOIN coder AS c ON c.id = a.coder_id AND c.kind <> 'machine' "
            f"WHERE f.text_version_id {AMONG}",
            [json.dumps(list(texts))],
        )
        leaving = self.going[Annotation]
        used = of_kept | {
            text for text, annotation in rows
            if annotation not in leaving and (Annotation, annotation) not in self.reverted
        }  # fmt: skip
        for text_id in used:
            del texts[text_id]
        return len(used)

    def _take_suggestions(self) -> None:
        """Let a machine's annotations go with their article, and links with what they end in."""
        articles = json.dumps(list(self.going[Article]))
        live = "deleted IS NULL"
        found = read_where(self.conn, Annotation, f"article_id {AMONG} AND {live}", [articles])
        self.going[Annotation].update(found)
        ends = json.dumps(list(found))
        for end in ("from_id", "to_id"):
            links = read_where(self.conn, Link, f"{end} {AMONG} AND {live}", [ends])
            self.going[Link].update(links)
