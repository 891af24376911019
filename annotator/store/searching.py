"""Words as a person types them into the search field, made safe for full-text search.

Headline and text are searched by FTS5, names of outlets and titles of stories by their folded
words. Nothing that is typed can be a syntax error: every term is quoted.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import sqlite3

TERM = re.compile(r'["“”„«»]([^"“”„«»]*)(["“”„«»]|$)|([^\s"“”„«»]+)')
WORD = re.compile(r"\w+")
IN_TEXT = "a.n IN (SELECT rowid FROM article_search WHERE article_search MATCH ?)"
# Where the words of a name stand, and which column of `article` refers to it.
NAMED = (("outlet", "name", "a.outlet_id"), ("story", "title", "a.story_id"))


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


class Search:
    """Turns what was typed into a condition on articles.

    Args:
        conn: The project's connection.
    """

    def __init__(self, conn: sqlite3.Connection) -> None:
        self._conn = conn
        self._names: dict[str, list[tuple[str, str]]] = {}
        self._state = (-1, -1)

    def condition(self, search: str) -> tuple[str, list[Any]]:
        """Return SQL on `article AS a` and its values: every term stands in text or a name."""
        terms = terms_of(search)
        if not terms:
            return "0", []
        in_text = []
        parts: list[str] = []
        values: list[Any] = []
        for term in terms:
            named = [(column, self._named(table, term)) for table, _, column in NAMED]
            if not any(ids for _, ids in named):
                in_text.append(term.match)
                continue
            choices = [IN_TEXT]
            values.append(term.match)
            for column, ids in named:
                if ids:
                    choices.append(f"{column} IN (SELECT value FROM json_each(?))")
                    values.append(f"[{', '.join(chr(34) + one + chr(34) for one in ids)}]")
            parts.append(f"({' OR '.join(choices)})")
        if in_text:
            parts.append(IN_TEXT)
            values.append(" ".join(in_text))
        return " AND ".join(parts), values

    def _named(self, table: str, term: Term) -> list[str]:
        """Return the ids of outlets or stories with the term at the beginning of a word."""
        words = folded(term.words)
        wanted = words[:-1] if term.is_unfinished else words
        if not words.strip():
            return []
        return [one for one, name in self._folded_names(table) if wanted in name]

    def _folded_names(self, table: str) -> list[tuple[str, str]]:
        """Return ids and folded names, read again when anything was written by anybody."""
        version = self._conn.execute("PRAGMA data_version").fetchone()[0]
        state = (int(version), self._conn.total_changes)
        if state != self._state:
            self._names.clear()
            self._state = state
        if table not in self._names:
            column = next(named for name, named, _ in NAMED if name == table)
            rows = self._conn.execute(f'SELECT id, {column} FROM "{table}" WHERE deleted IS NULL')
            self._names[table] = [(one, folded(name)) for one, name in rows]
        return self._names[table]
