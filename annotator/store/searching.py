"""Words as a person types them into the search field, made safe for full-text search.

Headline and text are searched by FTS5, names of outlets and titles of stories by their folded
words. Nothing that is typed can be a syntax error: every term is quoted.
"""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

TERM = re.compile(r'["“”„«»]([^"“”„«»]*)(["“”„«»]|$)|([^\s"“”„«»]+)')
WORD = re.compile(r"\w+")
IN_TEXT = "SELECT rowid FROM article_search WHERE article_search MATCH ?"
# Where the words of a name stand, and which column of `article` refers to it.
NAMED = (("outlet", "name", "outlet_id"), ("story", "title", "story_id"))


@dataclass(frozen=True, slots=True)
class Term:
    """One word or phrase of a search."""

    words: str
    is_unfinished: bool

    @property
    def match(self) -> str:
        """The term as FTS5 understands it, whatever characters it has."""
        return f'"{self.words}"*' if self.is_unfinished else f'"{self.words}"'


def terms_of(search: str) -> list[Term]:
    """Return the words and phrases of a search; the last word, if unclosed, is unfinished.

    >>> [term.match for term in terms_of('ferry "two thirds" isl')]
    ['"ferry"', '"two thirds"', '"isl"*']
    >>> [term.match for term in terms_of('AND -* "(')]
    ['"AND"']
    """
    typed = search.replace("\x00", " ")
    found = []
    for match in TERM.finditer(typed):
        phrase, close, word = match.groups()
        words = word or phrase or ""
        is_last = match.end() == len(typed)
        if any(character.isalnum() for character in words):
            found.append(Term(words, is_last and not close))
    return found


def folded(name: str) -> str:
    """Return a name without accents, capitals and marks, one blank around every word.

    >>> folded("Café-Post")
    ' cafe post '
    """
    plain = unicodedata.normalize("NFKD", name.casefold())
    bare = "".join(c for c in plain if not unicodedata.combining(c))
    return f" {' '.join(WORD.findall(bare))} "


def state_of(conn: sqlite3.Connection) -> tuple[int, int]:
    """Return a mark that differs as soon as anybody has written anything."""
    version = conn.execute("PRAGMA data_version").fetchone()[0]
    return int(version), conn.total_changes


class Search:
    """Finds articles by what was typed.

    Args:
        conn: The project's connection.
    """

    def __init__(self, conn: sqlite3.Connection) -> None:
        self._conn = conn
        self._names: dict[str, list[tuple[str, str]]] = {}
        self._state = (-1, -1)

    def hits(self, search: str, *, in_outlets: bool = True) -> set[int]:
        """Return the row numbers of articles that have every term in text, outlet or story.

        Args:
            search: As typed.
            in_outlets: Whether names of outlets count; not in blind coding.
        """
        terms = terms_of(search)
        places = [named for named in NAMED if in_outlets or named[0] != "outlet"]
        named = [[(c, self._named(table, term)) for table, _, c in places] for term in terms]
        in_text = [
            term.match for term, found in zip(terms, named, strict=True) if not _has_any(found)
        ]
        hits = [self._in_text(" ".join(in_text))] if in_text else []
        for term, found in zip(terms, named, strict=True):
            if _has_any(found):
                hits.append(self._in_text(term.match).union(*map(self._by_name, found)))
        return set.intersection(*hits) if hits else set()

    def _in_text(self, match: str) -> set[int]:
        return set(chain.from_iterable(self._conn.execute(IN_TEXT, [match])))

    def _by_name(self, place: tuple[str, list[str]]) -> set[int]:
        """Return the row numbers of the articles of some outlets or stories."""
        column, ids = place
        rows = self._conn.execute(
            "SELECT n FROM article WHERE deleted IS NULL "
            f"AND {column} IN (SELECT value FROM json_each(?))",
            [json.dumps(ids)],
        )
        return set(chain.from_iterable(rows))

    def _named(self, table: str, term: Term) -> list[str]:
        """Return the ids of outlets or stories with the term at the beginning of a word."""
        words = folded(term.words)
        wanted = words[:-1] if term.is_unfinished else words
        return [one for one, name in self._folded_names(table) if wanted in name]

    def _folded_names(self, table: str) -> list[tuple[str, str]]:
        """Return ids and folded names, read again when anything was written by anybody."""
        state = state_of(self._conn)
        if state != self._state:
            self._names.clear()
            self._state = state
        if table not in self._names:
            column = next(named for name, named, _ in NAMED if name == table)
            rows = self._conn.execute(f'SELECT id, {column} FROM "{table}" WHERE deleted IS NULL')
            self._names[table] = [(one, folded(name)) for one, name in rows]
        return self._names[table]


def _has_any(places: Iterable[tuple[str, list[str]]]) -> bool:
    return any(ids for _, ids in places)
