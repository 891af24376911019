"""The list of articles: which ones, in which order, and one page of rows at a time.

A list of 100,000 articles is a sequence of numbers read from an index; what a row shows is read
for the page that is looked at. Sorting, filtering and searching are SQL alone. It only reads.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import chain
from typing import TYPE_CHECKING, Any

from annotator.model.annotation import CONTEXT
from annotator.store.fetching import chunks
from annotator.store.searching import Search, state_of

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping, Sequence

    from annotator.store.project import Project

SORTS = ("story", "date", "outlet", "headline", "status")


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which articles are listed, and how.

    Args:
        search: Words as typed; the last one may be unfinished, quotes make a phrase.
        stories: Ids of stories; None stands for "in no story". Empty: all.
        outlets: Ids of outlets; None stands for "no outlet". Empty: all.
        statuses: Of "todo", "doing", "done". Empty: all.
        languages: BCP 47 tags; "" stands for "not known". Empty: all.
        coder_id: Whose status and annotations count.
        round_id: In which round.
        sort: One of `SORTS`.
        is_descending: Whether the last comes first.
        is_blind: Whether outlets are hidden, so that searching may not find them.
    """

    search: str = ""
    stories: tuple[str | None, ...] = ()
    outlets: tuple[str | None, ...] = ()
    statuses: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    coder_id: str = ""
    round_id: str | None = None
    sort: str = "story"
    is_descending: bool = False
    is_blind: bool = False


@dataclass(frozen=True, slots=True)
class ListedArticle:
    """What a list shows of an article.

    Args:
        id: Identifier.
        story_id: Its story, if any.
        story: The story's title.
        outlet_id: Its outlet, if any.
        outlet: The outlet's name.
        headline: As published.
        published: ISO 8601, as precise as known.
        language: BCP 47 tag.
        status: Of the coder: "todo", "doing" or "done".
        annotations: How many annotations the coder has made in it.
        suggestions: How many suggestions the coder has neither accepted nor rejected.
        words: Of the current text.
    """

    id: str
    story_id: str | None
    story: str
    outlet_id: str | None
    outlet: str
    headline: str
    published: str
    language: str
    status: str
    annotations: int
    suggestions: int
    words: int


@dataclass(frozen=True, slots=True)
class ListedGroup:
    """A story or an outlet with its number of articles; id None for articles without one."""

    id: str | None
    name: str
    date: str
    articles: int


@dataclass(slots=True)
class _Query:
    """A statement that is being put together."""

    where: list[str] = field(default_factory=lambda: ["a.deleted IS NULL"])
    values: list[Any] = field(default_factory=list)
    joins: list[str] = field(default_factory=list)
    join_values: list[Any] = field(default_factory=list)

    def add_choice(self, column: str, chosen: Sequence[str | None]) -> None:
        """Ask that a column has one of some values, None among them."""
        if not chosen:
            return
        values = [value for value in chosen if value is not None]
        parts = [f"{column} IN ({', '.join('?' * len(values))})"] if values else []
        if None in chosen:
            parts.append(f"{column} IS NULL")
        self.where.append(f"({' OR '.join(parts)})")
        self.values += values


# The coder's status: as assigned, but begun as soon as there are annotations or answers.
_STATUS_JOINS = """
  LEFT JOIN (
    SELECT article_id, max(status = 'done') AS is_done, max(status = 'doing') AS is_doing
    FROM assignment WHERE coder_id = ? AND round_id IS ? AND deleted IS NULL GROUP BY article_id
  ) AS g ON g.article_id = a.id
  LEFT JOIN (
    SELECT article_id AS id FROM annotation WHERE coder_id = ? AND deleted IS NULL
    UNION SELECT unit_id FROM answer WHERE coder_id = ? AND deleted IS NULL
  ) AS begun ON begun.id = a.id"""
_STATUS = (
    "CASE WHEN g.is_done THEN 'done' WHEN g.is_doing OR begun.id IS NOT NULL THEN 'doing' "
    "ELSE 'todo' END"
)
# How a status sorts: what is left to do first.
_STATUS_PLACE = (
    "CASE WHEN g.is_done THEN 2 WHEN g.is_doing OR begun.id IS NOT NULL THEN 1 ELSE 0 END"
)
_ORDERS = {
    "story": "s.place IS NULL {way}, s.place {way}, a.published {way}, a.headline {way}, a.n {way}",
    "date": "a.published {way}, a.n {way}",
    "outlet": "o.place IS NULL {way}, o.place {way}, a.published {way}, a.n {way}",
    "headline": "a.headline COLLATE NOCASE {way}, a.n {way}",
    "status": f"{_STATUS_PLACE} {{way}}, a.published {{way}}, a.n {{way}}",
}
_PLACES = {
    "story": "LEFT JOIN (SELECT id, row_number() OVER (ORDER BY date, title, id) AS place "
    "FROM story WHERE deleted IS NULL) AS s ON s.id = a.story_id",
    "outlet": "LEFT JOIN (SELECT id, row_number() OVER (ORDER BY name COLLATE NOCASE, id) AS place "
    "FROM outlet WHERE deleted IS NULL) AS o ON o.id = a.outlet_id",
}


_CURRENT = (
    "(SELECT v.id FROM text_version AS v WHERE v.article_id = {article} AND v.deleted IS NULL "
    "ORDER BY v.number DESC LIMIT 1)"
)
_SHOWN = (
    "id", "story_id", "story", "outlet_id", "outlet", "headline", "published", "language", "words",
)  # fmt: skip
_PAGE = """
  SELECT a.n, a.id, a.story_id, coalesce(s.title, ''), a.outlet_id, coalesce(o.name, ''),
    a.headline, a.published, a.language, coalesce((
      SELECT v.words FROM text_version AS v WHERE v.article_id = a.id AND v.deleted IS NULL
      ORDER BY v.number DESC LIMIT 1), 0)
  FROM article AS a LEFT JOIN story AS s ON s.id = a.story_id
  LEFT JOIN outlet AS o ON o.id = a.outlet_id
  WHERE a.n IN ({marks}) AND a.deleted IS NULL"""
# As `model.annotation.decides`: the same words, and the context on one side or no other place.
_REJECTED = f"""
  SELECT d.article_id, m.id
  FROM decision AS d
  JOIN code AS c ON c.layer = d.layer AND (d.code = '' OR c.slug = d.code)
  JOIN annotation AS m ON m.article_id = d.article_id AND m.code_id = c.id AND m.deleted IS NULL
  JOIN coder AS k ON k.id = m.coder_id AND k.kind = 'machine'
  JOIN text_version AS t ON t.id = {_CURRENT.format(article="d.article_id")}
  JOIN fragment AS f ON f.annotation_id = m.id AND f.text_version_id = t.id
  WHERE d.article_id IN ({{marks}}) AND d.coder_id = ? AND d.verdict = 'rejected'
    AND d.deleted IS NULL
  GROUP BY d.id, m.id
  HAVING group_concat(f.exact, ' … ') = d.exact AND (
    substr(t.text, max(0, min(f.start) - {CONTEXT}) + 1, min(min(f.start), {CONTEXT})) = d.prefix
    OR substr(t.text, max(f."end") + 1, {CONTEXT}) = d.suffix
    OR length(t.text) - length(replace(t.text, min(CASE f.ordinal WHEN 0 THEN f.exact END), ''))
      = length(min(CASE f.ordinal WHEN 0 THEN f.exact END)))"""
_ADRIFT = f"""
  SELECT m.article_id, m.id FROM annotation AS m
  JOIN coder AS k ON k.id = m.coder_id AND k.kind = 'machine'
  WHERE m.deleted IS NULL AND m.article_id IN (
      SELECT article_id FROM text_version WHERE article_id IN ({{marks}}) AND number > 1)
    AND NOT EXISTS (SELECT 1 FROM fragment AS f WHERE f.annotation_id = m.id
      AND f.text_version_id = {_CURRENT.format(article="m.article_id")})"""


class Listing:
    """Reads lists of articles from a project.

    Args:
        project: The project, on the connection of this thread.
    """

    def __init__(self, project: Project) -> None:
        self._conn: sqlite3.Connection = project._conn  # noqa: SLF001  # the same room
        self._search = Search(self._conn)
        self._kept: tuple[tuple[int, int], Wanted, list[int]] | None = None

    def numbers(self, wanted: Wanted) -> list[int]:
        """Return the row numbers of the articles, in order; `page` and `ids` take them."""
        ordered = self._in_order(replace(wanted, search=""))
        if not wanted.search.strip():
            return list(ordered)
        hits = self._search.hits(wanted.search, in_outlets=not wanted.is_blind)
        return [number for number in ordered if number in hits]

    def _in_order(self, wanted: Wanted) -> list[int]:
        """Return what is wanted without its search; kept, so that typing searches only."""
        state = state_of(self._conn)
        if self._kept is None or self._kept[:2] != (state, wanted):
            self._kept = (state, wanted, self._read_order(wanted))
        return self._kept[2]

    def _read_order(self, wanted: Wanted) -> list[int]:
        query = _Query()
        query.add_choice("a.story_id", wanted.stories)
        query.add_choice("a.outlet_id", wanted.outlets)
        query.add_choice("a.language", wanted.languages)
        if wanted.statuses or wanted.sort == "status":
            coder = wanted.coder_id
            query.joins.append(_STATUS_JOINS)
            query.join_values += [coder, wanted.round_id, coder, coder]
        query.add_choice(_STATUS, wanted.statuses)
        query.joins.append(_PLACES.get(wanted.sort, ""))
        way = "DESC" if wanted.is_descending else "ASC"
        rows = self._conn.execute(
            f"SELECT a.n FROM article AS a {' '.join(query.joins)} "
            f"WHERE {' AND '.join(query.where)} ORDER BY {_ORDERS[wanted.sort].format(way=way)}",
            [*query.join_values, *query.values],
        )
        return list(chain.from_iterable(rows))

    # Rows

    def page(
        self, numbers: Sequence[int], coder_id: str = "", round_id: str | None = None
    ) -> list[ListedArticle | None]:
        """Return what a list shows of some articles, in their order; None for one that is gone.

        Args:
            numbers: From `numbers`; about 128 at a time.
            coder_id: Whose status and annotations count.
            round_id: In which round.
        """
        found: dict[int, ListedArticle] = {}
        for run in chunks(numbers):
            rows = self._conn.execute(_PAGE.format(marks=", ".join("?" * len(run))), list(run))
            facts: dict[int, tuple[Any, ...]] = {row[0]: row[1:] for row in rows}
            ids = [row[0] for row in facts.values()]
            counts = self._counts(ids, coder_id)
            status = self._statuses(ids, coder_id, round_id)
            for number, row in facts.items():
                own, suggested = counts.get(row[0], (0, 0))
                said = status.get(row[0], "doing" if own else "todo")
                shown = dict(zip(_SHOWN, row, strict=True))
                found[number] = ListedArticle(
                    **shown, status=said, annotations=own, suggestions=suggested
                )
        return [found.get(number) for number in numbers]

    def article(
        self, article_id: str, coder_id: str = "", round_id: str | None = None
    ) -> ListedArticle | None:
        """Return what a list shows of one article, or None if it is not there."""
        numbers = self.numbers_of([article_id])
        return self.page(list(numbers.values()), coder_id, round_id)[0] if numbers else None

    def numbers_of(self, article_ids: Sequence[str]) -> dict[str, int]:
        """Return the row numbers of live articles by id."""
        found: dict[str, int] = {}
        for run in chunks(article_ids):
            marks = ", ".join("?" * len(run))
            found.update(
                self._conn.execute(
                    f"SELECT id, n FROM article WHERE id IN ({marks}) AND deleted IS NULL",
                    list(run),
                ).fetchall()
            )
        return found

    def ids(self, numbers: Sequence[int]) -> list[str]:
        """Return the ids of articles by their row numbers, in their order."""
        found: dict[int, str] = {}
        for run in chunks(numbers):
            marks = ", ".join("?" * len(run))
            found.update(
                self._conn.execute(
                    f"SELECT n, id FROM article WHERE n IN ({marks})", list(run)
                ).fetchall()
            )
        return [found[number] for number in numbers if number in found]

    def _statuses(self, ids: Sequence[str], coder_id: str, round_id: str | None) -> dict[str, str]:
        """Return the status where it is not simply to do: assigned, or begun by an answer."""
        marks = ", ".join("?" * len(ids))
        rows = self._conn.execute(
            "SELECT article_id, max(CASE status WHEN 'done' THEN 2 WHEN 'doing' THEN 1 ELSE 0 END) "
            f"FROM assignment WHERE article_id IN ({marks}) AND coder_id = ? AND round_id IS ? "
            "AND deleted IS NULL GROUP BY article_id",
            [*ids, coder_id, round_id],
        )
        found = {article: ("", "doing", "done")[place] for article, place in rows if place}
        answered = self._conn.execute(
            f"SELECT DISTINCT unit_id FROM answer WHERE unit_id IN ({marks}) AND coder_id = ? "
            "AND deleted IS NULL",
            [*ids, coder_id],
        )
        for row in answered:
            found.setdefault(row[0], "doing")
        return found

    def _counts(self, ids: Sequence[str], coder_id: str) -> dict[str, tuple[int, int]]:
        """Return by article how many annotations the coder has and how many suggestions wait."""
        marks = ", ".join("?" * len(ids))
        machines = {
            row[0] for row in self._conn.execute("SELECT id FROM coder WHERE kind = 'machine'")
        }
        own: dict[str, int] = {}
        waiting: dict[str, int] = {}
        for article, coder, number in self._conn.execute(
            f"SELECT article_id, coder_id, count(*) FROM annotation WHERE article_id IN ({marks}) "
            "AND deleted IS NULL GROUP BY article_id, coder_id",
            list(ids),
        ):
            if coder == coder_id:
                own[article] = number
            elif coder in machines:
                waiting[article] = waiting.get(article, 0) + number
        for article, number in self._closed(list(own), ids, coder_id).items():
            waiting[article] = max(0, waiting.get(article, 0) - number)
        return {one: (own.get(one, 0), waiting.get(one, 0)) for one in ids}

    def _closed(self, coded: Sequence[str], ids: Sequence[str], coder_id: str) -> Mapping[str, int]:
        """Return by article how many suggestions are taken, rejected or without a place."""
        closed: dict[str, set[str]] = {}
        marks = ", ".join("?" * len(coded))
        for article, source in self._conn.execute(
            "SELECT m.article_id, m.id FROM annotation AS n JOIN annotation AS m "
            "ON m.id = n.derived_from JOIN coder AS k ON k.id = m.coder_id AND k.kind = 'machine' "
            f"WHERE n.article_id IN ({marks}) AND n.coder_id = ? AND n.deleted IS NULL "
            "AND n.derived_from IS NOT NULL AND m.deleted IS NULL",
            [*coded, coder_id],
        ):
            closed.setdefault(article, set()).add(source)
        for article, source in (*self._rejected(ids, coder_id), *self._adrift(ids)):
            closed.setdefault(article, set()).add(source)
        return {article: len(sources) for article, sources in closed.items()}

    def _rejected(self, ids: Sequence[str], coder_id: str) -> list[tuple[str, str]]:
        """Return articles and live suggestions that the coder's decisions are about."""
        marks = ", ".join("?" * len(ids))
        return self._conn.execute(_REJECTED.format(marks=marks), [*ids, coder_id]).fetchall()

    def _adrift(self, ids: Sequence[str]) -> list[tuple[str, str]]:
        """Return articles and suggestions without a place in the corrected text."""
        marks = ", ".join("?" * len(ids))
        return self._conn.execute(_ADRIFT.format(marks=marks), list(ids)).fetchall()

    # Groups

    def stories(self) -> list[ListedGroup]:
        """Return all stories by date and title with their numbers of articles; None last."""
        return self._groups("story", "title", "date, title")

    def outlets(self) -> list[ListedGroup]:
        """Return all outlets by name with their numbers of articles; None last."""
        return self._groups("outlet", "name", "name COLLATE NOCASE")

    def _groups(self, table: str, name: str, order: str) -> list[ListedGroup]:
        counts = dict(
            self._conn.execute(
                f"SELECT {table}_id, count(*) FROM article WHERE deleted IS NULL "
                f"GROUP BY {table}_id"
            ).fetchall()
        )
        date = "date" if table == "story" else "''"
        rows = self._conn.execute(
            f'SELECT id, {name}, {date} FROM "{table}" WHERE deleted IS NULL ORDER BY {order}, id'
        )
        groups = [ListedGroup(one, said, day, counts.get(one, 0)) for one, said, day in rows]
        if counts.get(None):
            groups.append(ListedGroup(None, "", "", counts[None]))
        return groups

    def languages(self) -> list[tuple[str, int]]:
        """Return the languages of the articles and how many are in each, the most first."""
        return self._conn.execute(
            "SELECT language, count(*) FROM article WHERE deleted IS NULL "
            "GROUP BY language ORDER BY count(*) DESC, language"
        ).fetchall()
