"""What must not be in a project: each contradiction with its place, a sentence, and a query.

Reads a connection and says what it finds; what to do about it is `checking`'s subject.
"""

from __future__ import annotations

import hashlib
import json
import re
import sqlite3
from dataclasses import dataclass
from typing import TYPE_CHECKING

from annotator.model.article import word_count
from annotator.store.programs import TRIGGERS, VIEWS
from annotator.store.schema import FORMAT, INDEXES

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong: its kind, where it is, a sentence, and whether `repair` can mend it."""

    kind: str
    where: str
    message: str
    mendable: bool = False


NO_FRAGMENT = "a live annotation has no fragment"
LOOSE_LINK = "a link ends in nothing"
MOST = 100
# Sentence and query for everything that must not exist; each row's first column is the place.
CONTRADICTIONS: tuple[tuple[str, str, str, bool], ...] = (
    (
        "anchor",
        "a fragment is not what stands in its text",
        """SELECT f.annotation_id FROM fragment AS f
           JOIN text_version AS v ON v.id = f.text_version_id
           WHERE substr(v.text, f.start + 1, f."end" - f.start) IS NOT f.exact""",
        False,
    ),
    (
        "anchor",
        "a fragment stands in a text of another article",
        """SELECT f.annotation_id FROM fragment AS f
           JOIN text_version AS v ON v.id = f.text_version_id
           JOIN annotation AS a ON a.id = f.annotation_id
           WHERE v.article_id <> a.article_id""",
        False,
    ),
    (
        "anchor",
        "fragments of an annotation overlap or descend",
        """SELECT f.annotation_id FROM fragment AS f JOIN fragment AS g
             ON g.annotation_id = f.annotation_id AND g.text_version_id = f.text_version_id
             AND g.ordinal > f.ordinal
           WHERE g.start < f."end" """,
        False,
    ),
    (
        "orphan",
        NO_FRAGMENT,
        """SELECT a.id FROM annotation AS a WHERE a.deleted IS NULL
           AND NOT EXISTS (SELECT 1 FROM fragment AS f WHERE f.annotation_id = a.id)""",
        True,
    ),
    (
        "orphan",
        "a live article has no text",
        """SELECT a.id FROM article AS a WHERE a.deleted IS NULL AND NOT EXISTS (
             SELECT 1 FROM text_version AS v WHERE v.article_id = a.id AND v.deleted IS NULL)""",
        False,
    ),
    (
        "orphan",
        LOOSE_LINK,
        """SELECT l.id FROM link AS l WHERE l.deleted IS NULL AND (
             NOT EXISTS (SELECT 1 FROM annotation AS a WHERE a.id = l.to_id AND a.deleted IS NULL)
             OR NOT (EXISTS (SELECT 1 FROM annotation AS a
                             WHERE a.id = l.from_id AND a.deleted IS NULL)
                     OR EXISTS (SELECT 1 FROM answer AS w
                                WHERE w.id = l.from_id AND w.deleted IS NULL)))""",
        True,
    ),
    (
        "orphan",
        "an answer is about no article or story",
        """SELECT w.id FROM answer AS w WHERE w.deleted IS NULL
           AND NOT EXISTS (
             SELECT 1 FROM article AS a WHERE a.id = w.unit_id AND a.deleted IS NULL)
           AND NOT EXISTS (
             SELECT 1 FROM story AS s WHERE s.id = w.unit_id AND s.deleted IS NULL)""",
        False,
    ),
    (
        "orphan",
        "an annotation uses a code that was removed from the codebook",
        """SELECT a.id FROM annotation AS a JOIN code AS c ON c.id = a.code_id
           WHERE a.deleted IS NULL AND c.deleted IS NOT NULL""",
        False,
    ),
    (
        "orphan",
        "an annotation's coder was removed",
        """SELECT a.id FROM annotation AS a JOIN coder AS c ON c.id = a.coder_id
           WHERE a.deleted IS NULL AND c.deleted IS NOT NULL""",
        False,
    ),
    (
        "orphan",
        "an annotation stands in a removed article",
        """SELECT n.id FROM annotation AS n JOIN article AS a ON a.id = n.article_id
           WHERE n.deleted IS NULL AND a.deleted IS NOT NULL""",
        False,
    ),
)

# What SQLite's own check says of an index, of the search, of a row; all else is damage.
_ITS_WORDS = (
    (
        re.compile(r"(row \d+ missing from|wrong # of entries in|non-unique entry in) index"),
        "index",
    ),
    (re.compile(r"FTS5"), "search"),
    (re.compile(r"(CHECK constraint failed|NULL value|\w+ value) in "), "row"),
)
_INDEX_NAME = re.compile(r"INDEX (\w+)")


def findings(conn: sqlite3.Connection) -> Iterator[Finding]:
    """Yield all that is wrong; damage of the file hides the rest."""
    damage = [_damage(row[0]) for row in conn.execute("PRAGMA integrity_check(100)")
              if row[0] != "ok"]  # fmt: skip
    yield from damage
    if any(finding.kind != "search" for finding in damage):
        return
    for table, rowid, parent, _ in conn.execute("PRAGMA foreign_key_check"):
        yield Finding("orphan", f"{table} {rowid}", f"a {table} refers to a missing {parent}")
    yield from _programs(conn)
    for kind, message, query, mendable in CONTRADICTIONS:
        for row in conn.execute(f"{query} LIMIT {MOST}"):
            yield Finding(kind, str(row[0]), message, mendable)
    yield from _texts(conn)
    yield from _log(conn)
    yield from _search(conn)


def _damage(message: str) -> Finding:
    kind = next((kind for words, kind in _ITS_WORDS if words.search(message)), "file")
    return Finding(kind, "", message, mendable=kind in {"index", "search"})


def expected(version: int) -> dict[str, str]:
    """Return the SQL by name of all triggers, views and indexes that this format has.

    Args:
        version: The file's own format; of a later one only the names are known ("").
    """
    made = {name: f'CREATE TRIGGER "{name}" {body}' for name, body in TRIGGERS.items()}
    made |= {name: f'CREATE VIEW "{name}" AS {body}' for name, body in VIEWS.items()}
    made |= {name: sql for sql in INDEXES for name in _INDEX_NAME.findall(sql)}
    return made if version <= FORMAT else dict.fromkeys(made, "")


def _programs(conn: sqlite3.Connection) -> Iterator[Finding]:
    version = conn.execute("PRAGMA user_version").fetchone()[0]
    there = dict(conn.execute("SELECT name, sql FROM sqlite_master"))
    for name, sql in expected(version).items():
        if name not in there:
            yield Finding("schema", name, "a trigger, view or index is missing", mendable=True)
        elif sql and there[name] != sql:
            message = "a trigger, view or index is not as it should be"
            yield Finding("schema", name, message, mendable=True)


def _texts(conn: sqlite3.Connection) -> Iterator[Finding]:
    for text_id, stored, sha256, blocks, words in conn.execute(
        "SELECT id, CAST(text AS BLOB), sha256, blocks, words FROM text_version"
    ):
        if hashlib.sha256(stored).hexdigest() != sha256:
            yield Finding("text", text_id, "a text is not the one its checksum was made of")
            continue
        text = stored.decode("utf-8")
        if any(not 0 <= start < end <= len(text) for start, end, _ in json.loads(blocks)):
            yield Finding("anchor", text_id, "a block of the page leaves its text")
        if word_count(text) != words:
            yield Finding("words", text_id, "the number of words is wrong", mendable=True)


def _log(conn: sqlite3.Connection) -> Iterator[Finding]:
    count, newest = conn.execute("SELECT count(*), coalesce(max(n), 0) FROM edit").fetchone()
    if count != newest:
        yield Finding("log", "edit", f"{newest - count} entries of the edit log are missing")


def _search(conn: sqlite3.Connection) -> Iterator[Finding]:
    indexed = conn.execute("SELECT count(*) FROM article_search_docsize").fetchone()[0]
    articles = conn.execute("SELECT count(*) FROM article WHERE deleted IS NULL").fetchone()[0]
    if indexed != articles:
        message = f"the search knows {indexed} of {articles} articles"
        yield Finding("search", "article_search", message, mendable=True)
    elif not _finds_what_is_there(conn):
        message = "the search finds what is no longer in the texts, or not all that is"
        yield Finding("search", "article_search", message, mendable=True)


def _finds_what_is_there(conn: sqlite3.Connection) -> bool:
    """Let the search compare itself with the texts, where the file may be opened for writing.

    The comparison changes nothing, but SQLite takes it for a write: it is taken back at once.
    """
    was_query_only = conn.execute("PRAGMA query_only").fetchone()[0]
    conn.execute("PRAGMA query_only = OFF")
    try:
        conn.execute("BEGIN")
        conn.execute(
            "INSERT INTO article_search (article_search, rank) VALUES ('integrity-check', 1)"
        )
    except sqlite3.OperationalError:
        # Busy or write-protected: the numbers have to do.
        return True
    except sqlite3.DatabaseError:
        return False
    finally:
        conn.rollback()
        conn.execute(f"PRAGMA query_only = {was_query_only}")
    return True
