"""Reading a project: records, an article's annotations, whole coded articles.

Everything comes back as frozen records. Nothing here writes; lists and search for the window are
in `listing`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

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
    Codebook,
    CodebookVersion,
    Layer,
    Scale,
    Setting,
    Variable,
)
from annotator.model.corpus import CodedArticle
from annotator.store.counting import Counting
from annotator.store.fetching import annotations_of, chunks, read_records
from annotator.store.rows import CODECS, from_log

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from annotator.model.edit import Record

T = TypeVar("T")
AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class LogEntry:
    """One act in the log, without its rows."""

    seq: int
    replica: str
    coder_id: str | None
    time: str
    label: str
    batch: str | None
    counts: str


class Readers(Counting):
    """The reading half of a project."""

    # One record, all records of a kind

    def get(self, kind: type[T], record_id: str) -> T | None:
        """Return one live record, or None."""
        return read_records(self._conn, kind, [record_id]).get(record_id)

    def get_all(self, kind: type[T], ids: Sequence[str], *, removed: bool = False) -> dict[str, T]:
        """Return records by id; missing ones, and removed ones unless asked for, are left out."""
        return read_records(self._conn, kind, ids, removed=removed)

    def all(self, kind: type[T], where: str = "", values: Sequence[Any] = ()) -> list[T]:
        """Return all live records of a type (small tables only), in a fixed order."""
        codec = CODECS[kind]
        order = "position, id" if "position" in codec.columns else "id"
        condition = f" AND {where}" if where else ""
        rows = self._conn.execute(
            f'SELECT {", ".join(codec.quoted)} FROM "{codec.table.name}" '
            f"WHERE deleted IS NULL{condition} ORDER BY {order}",
            list(values),
        ).fetchall()
        if kind is Annotation:
            return list(annotations_of(self._conn, rows).values())  # type: ignore[arg-type]
        return [codec.record(row) for row in rows]

    def setting(self, key: str, default: Any = None) -> Any:
        """Return a project setting."""
        found = self.get(Setting, key)
        return default if found is None else found.value

    @property
    def name(self) -> str:
        """The project's name."""
        return str(self.setting("name", ""))

    @property
    def coders(self) -> Mapping[str, Coder]:
        """Coders by id."""
        return {c.id: c for c in self.all(Coder)}

    @property
    def rounds(self) -> Mapping[str, Round]:
        """Rounds by id."""
        return {r.id: r for r in self.all(Round)}

    @property
    def stories(self) -> Mapping[str, Story]:
        """Stories by id."""
        return {s.id: s for s in self.all(Story)}

    @property
    def outlets(self) -> Mapping[str, Outlet]:
        """Outlets by id."""
        return {o.id: o for o in self.all(Outlet)}

    # The codebook

    @property
    def codebook(self) -> Codebook:
        """The codebook now."""
        return Codebook(
            layers=tuple(self.all(Layer)),
            codes=tuple(self.all(Code)),
            attributes=tuple(self.all(Attribute)),
            variables=tuple(self.all(Variable)),
            scales=tuple(self.all(Scale)),
            name=str(self.setting("codebook_name", "")),
            citation=str(self.setting("codebook_citation", "")),
        )

    @property
    def codebook_versions(self) -> Mapping[str, CodebookVersion]:
        """Snapshots by id."""
        return {v.id: v for v in self.all(CodebookVersion)}

    def codebook_version(self) -> CodebookVersion | None:
        """Return the newest snapshot."""
        versions = self.all(CodebookVersion)
        return max(versions, key=lambda v: v.number, default=None)

    # Texts

    def text_versions(self, article_id: str) -> list[TextVersion]:
        """Return the texts of an article, the oldest first."""
        found = self.all(TextVersion, "article_id = ?", [article_id])
        return sorted(found, key=lambda v: v.number)

    def current_text(self, article_id: str) -> TextVersion | None:
        """Return the newest text of an article."""
        return self._current_texts([article_id]).get(article_id)

    def next_number(self, article_id: str) -> int:
        """Return the number of an article's next text version; numbers are never used twice."""
        row = self._conn.execute(
            "SELECT coalesce(max(number), 0) + 1 FROM text_version WHERE article_id = ?",
            [article_id],
        ).fetchone()
        return int(row[0])

    def _current_texts(self, article_ids: Sequence[str]) -> dict[str, TextVersion]:
        codec = CODECS[TextVersion]
        found: dict[str, TextVersion] = {}
        for run in chunks(article_ids):
            marks = ", ".join("?" * len(run))
            rows = self._conn.execute(
                f"SELECT {', '.join(codec.quoted)} FROM text_version "
                f"WHERE article_id IN ({marks}) AND deleted IS NULL ORDER BY number",
                list(run),
            )
            for row in rows:
                version = codec.record(row)
                found[version.article_id] = version
        return found

    # What was said about an article

    def annotations(
        self, article_id: str, coder_ids: Iterable[str] | None = None
    ) -> list[Annotation]:
        """Return an article's live annotations, of all coders or of some."""
        codec = CODECS[Annotation]
        values: list[Any] = [article_id]
        condition = ""
        if coder_ids is not None:
            chosen = list(coder_ids)
            condition = f" AND coder_id IN ({', '.join('?' * len(chosen))})"
            values += chosen
        rows = self._conn.execute(
            f"SELECT {', '.join(codec.quoted)} FROM annotation "
            f"WHERE article_id = ?{condition} AND deleted IS NULL",
            values,
        ).fetchall()
        return list(annotations_of(self._conn, rows).values())

    def links(self, annotation_ids: Sequence[str]) -> list[Link]:
        """Return the live links that end in any of these annotations."""
        codec = CODECS[Link]
        found: dict[str, Link] = {}
        for end in ("from_id", "to_id"):
            for run in chunks(annotation_ids):
                marks = ", ".join("?" * len(run))
                for row in self._conn.execute(
                    f"SELECT {', '.join(codec.quoted)} FROM link "
                    f"WHERE {end} IN ({marks}) AND deleted IS NULL",
                    list(run),
                ):
                    link = codec.record(row)
                    found[link.id] = link
        return sorted(found.values(), key=lambda link: link.id)

    def links_in(self, article_id: str) -> list[Link]:
        """Return the live links that start in an article's annotations or answers."""
        codec = CODECS[Link]
        columns = ", ".join(f"l.{name}" for name in codec.quoted)
        found: dict[str, Link] = {}
        for table, column in (("annotation", "article_id"), ("answer", "unit_id")):
            rows = self._conn.execute(
                f"SELECT {columns} FROM link AS l "
                f'JOIN "{table}" AS x ON x.id = l.from_id '
                f"WHERE x.{column} = ? AND l.deleted IS NULL AND x.deleted IS NULL",
                [article_id],
            )
            found.update((record.id, record) for record in map(codec.record, rows))
        return sorted(found.values(), key=lambda link: str(link.id))

    def decisions(self, article_id: str, coder_id: str | None = None) -> list[Decision]:
        """Return the decisions on an article, of all coders or of one."""
        if coder_id is None:
            return self.all(Decision, "article_id = ?", [article_id])
        return self.all(Decision, "article_id = ? AND coder_id = ?", [article_id, coder_id])

    def answers(self, unit_id: str, coder_id: str | None = None) -> list[Answer]:
        """Return the answers on an article or story, of all coders or of one."""
        if coder_id is None:
            return self.all(Answer, "unit_id = ?", [unit_id])
        return self.all(Answer, "unit_id = ? AND coder_id = ?", [unit_id, coder_id])

    def assignments(self, article_id: str) -> list[Assignment]:
        """Return an article's assignments."""
        return self.all(Assignment, "article_id = ?", [article_id])

    def runs(self) -> list[Run]:
        """Return the machine runs, the oldest first."""
        return sorted(self.all(Run), key=lambda run: run.created)

    # Whole corpora

    def count(self) -> int:
        """Return the number of articles."""
        row = self._conn.execute("SELECT count(*) FROM article WHERE deleted IS NULL").fetchone()
        return int(row[0])

    def article_ids(self) -> list[str]:
        """Return all articles' ids by story, date and headline."""
        return [
            row[0]
            for row in self._conn.execute(
                "SELECT a.id FROM article AS a LEFT JOIN story AS s ON s.id = a.story_id "
                "WHERE a.deleted IS NULL "
                "ORDER BY s.date, s.title, s.id, a.published, a.headline, a.id"
            )
        ]

    def articles(self, ids: Sequence[str] | None = None) -> Iterator[CodedArticle]:
        """Yield coded articles, some or all of them, at constant memory."""
        stories, outlets = self.stories, self.outlets
        for run in chunks(self.article_ids() if ids is None else list(ids), AT_ONCE):
            records = self.get_all(Article, run)
            texts = self._current_texts(run)
            for article_id in run:
                if article_id in records and article_id in texts:
                    article = records[article_id]
                    yield self._coded(
                        article,
                        texts[article_id],
                        outlets.get(article.outlet_id or ""),
                        stories.get(article.story_id or ""),
                    )

    def _coded(
        self, article: Article, version: TextVersion, outlet: Outlet | None, story: Story | None
    ) -> CodedArticle:
        annotations = self.annotations(article.id)
        order = {a.id: min((s.start, s.end) for s in a.spans(version.id) or ()) if
                 a.spans(version.id) else (len(version.text), 0) for a in annotations}  # fmt: skip
        return CodedArticle(
            article=article,
            version=version,
            outlet=outlet,
            story=story,
            annotations=tuple(sorted(annotations, key=lambda a: (order[a.id], a.id))),
            answers=tuple(self.answers(article.id)),
            links=tuple(self.links_in(article.id)),
            decisions=tuple(self.decisions(article.id)),
            assignments=tuple(self.assignments(article.id)),
        )

    def story_answers(self) -> Iterator[Answer]:
        """Yield the answers whose unit is a story."""
        yield from self.all(Answer, "unit_id IN (SELECT id FROM story)")

    def actors(self) -> Iterator[tuple[Actor, tuple[Alias, ...]]]:
        """Yield actors with their other names."""
        names: dict[str, list[Alias]] = {}
        for alias in self.all(Alias):
            names.setdefault(alias.actor_id, []).append(alias)
        for actor in self.all(Actor):
            yield actor, tuple(names.get(actor.id, ()))

    # Duplicates and the log

    def articles_with_hash(self, sha256: str) -> list[str]:
        """Return the ids of live articles that have a text with this hash."""
        return [
            row[0]
            for row in self._conn.execute(
                "SELECT DISTINCT v.article_id FROM text_version AS v "
                "JOIN article AS a ON a.id = v.article_id AND a.deleted IS NULL "
                "WHERE v.sha256 = ? AND v.deleted IS NULL ORDER BY v.article_id",
                [sha256],
            )
        ]

    def log(self, last: int = 100) -> list[LogEntry]:
        """Return the newest entries of the edit log, the newest first."""
        rows = self._conn.execute(
            "SELECT seq, replica, coder_id, time, label, batch, counts FROM edit "
            "ORDER BY n DESC LIMIT ?",
            [last],
        )
        return [LogEntry(*row) for row in rows]

    def logged(self, seq: int) -> tuple[tuple[Record, ...], tuple[Record, ...]]:
        """Return the records before and after of one log entry."""
        row = self._conn.execute("SELECT before, after FROM edit WHERE seq = ?", [seq]).fetchone()
        return (from_log(row[0]), from_log(row[1])) if row else ((), ())

    # A coder's way through the articles

    def progress(self, coder_id: str, round_id: str | None) -> tuple[int, int]:
        """Return how many articles a coder has done in a round, and how many there are.

        Where nobody planned the round, all articles count.
        """
        done, assigned = self._conn.execute(
            "SELECT coalesce(sum(s.status = 'done'), 0), count(*) FROM assignment AS s "
            "JOIN article AS a ON a.id = s.article_id AND a.deleted IS NULL "
            "WHERE s.coder_id = ? AND s.round_id IS ? AND s.deleted IS NULL",
            [coder_id, round_id],
        ).fetchone()
        is_planned = self._conn.execute(
            "SELECT 1 FROM assignment WHERE coder_id = ? AND round_id IS ? AND deleted IS NULL "
            "AND (status <> 'done' OR position > 0) LIMIT 1",
            [coder_id, round_id],
        ).fetchone()
        return int(done), int(assigned) if is_planned else max(int(assigned), self.count())

    def next_unfinished(self, article_id: str, coder_id: str, round_id: str | None) -> str | None:
        """Return the next article, after this one in the list's order, that is not done yet."""
        done = {
            row[0]
            for row in self._conn.execute(
                "SELECT article_id FROM assignment WHERE coder_id = ? AND round_id IS ? "
                "AND status = 'done' AND deleted IS NULL",
                [coder_id, round_id],
            )
        }
        ids = self.article_ids()
        at = ids.index(article_id) + 1 if article_id in ids else 0
        return next((one for one in (*ids[at:], *ids[:at]) if one not in done), None)
