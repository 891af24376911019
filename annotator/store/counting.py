"""How much of everything there is: what overviews and warnings before a removal say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable


class Counting:
    """The counting part of the reading half of a project.

    Args:
        conn: The connection; it belongs to the thread that made it.
    """

    def __init__(self, conn: sqlite3.Connection) -> None:
        self._conn = conn

    def counts(self) -> dict[str, Any]:
        """Return how much of everything there is, annotations by layer, code and coder."""
        tables = ("story", "article", "outlet", "coder", "annotation", "answer", "link", "decision")
        numbers = {
            name: int(
                self._conn.execute(
                    f'SELECT count(*) FROM "{name}" WHERE deleted IS NULL'
                ).fetchone()[0]
            )
            for name in tables
        }
        rows = self._conn.execute(
            "SELECT c.layer, c.slug, k.name, k.kind, count(*) FROM annotation AS a "
            "JOIN code AS c ON c.id = a.code_id JOIN coder AS k ON k.id = a.coder_id "
            "WHERE a.deleted IS NULL GROUP BY c.layer, c.slug, k.id "
            "ORDER BY c.layer, c.slug, k.name"
        )
        columns = ("layer", "code", "coder", "coder_kind", "annotations")
        return {
            "stories": numbers["story"],
            "articles": numbers["article"],
            "outlets": numbers["outlet"],
            "coders": numbers["coder"],
            "annotations": numbers["annotation"],
            "answers": numbers["answer"],
            "links": numbers["link"],
            "decisions": numbers["decision"],
            "annotations_by_code": [dict(zip(columns, row, strict=True)) for row in rows],
        }

    def count_suggestions(self) -> int:
        """Return the number of live annotations by machine coders."""
        row = self._conn.execute(
            "SELECT count(*) FROM annotation AS a JOIN coder AS k ON k.id = a.coder_id "
            "WHERE k.kind = 'machine' AND a.deleted IS NULL"
        ).fetchone()
        return int(row[0])

    def uses_of(self, item_ids: Iterable[str]) -> dict[str, int]:
        """Return by name how many annotations or answers use each of these codebook items."""
        used: dict[str, int] = {}
        for item_id in item_ids:
            for query in (
                "SELECT c.name, count(*) FROM annotation AS a JOIN code AS c ON c.id = a.code_id "
                "WHERE c.id = ? AND a.deleted IS NULL",
                "SELECT v.name, count(*) FROM answer AS w JOIN variable AS v "
                "ON v.id = w.variable_id WHERE v.id = ? AND w.deleted IS NULL",
            ):
                name, number = self._conn.execute(query, [item_id]).fetchone()
                if number:
                    used[name] = number
        return used
