"""What the database itself guards and tells: triggers and the analysts' views.

Triggers make texts, codebook snapshots and the log immutable and refuse a fragment that is not
what stands in the text. Views flatten the tables for whoever opens the file with another program.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database

_SLICE_IS_EXACT = """
  SELECT raise(ABORT, 'anchor: the fragment is not what stands in the text')
  WHERE NOT EXISTS (
    SELECT 1 FROM text_version AS v JOIN annotation AS a ON a.id = new.annotation_id
    WHERE v.id = new.text_version_id AND v.article_id = a.article_id
      AND substr(v.text, new.start + 1, new."end" - new.start) = new.exact
      AND length(new.exact) = new."end" - new.start);
  SELECT raise(ABORT, 'anchor: fragments must ascend and not overlap')
  WHERE EXISTS (
    SELECT 1 FROM fragment AS f
    WHERE f.annotation_id = new.annotation_id AND f.text_version_id = new.text_version_id
      AND ((f.ordinal < new.ordinal AND f."end" > new.start)
        OR (f.ordinal > new.ordinal AND f.start < new."end")));
"""
TRIGGERS: dict[str, str] = {
    "fragment_anchor_insert": f"BEFORE INSERT ON fragment BEGIN {_SLICE_IS_EXACT} END",
    "fragment_anchor_update": f"BEFORE UPDATE ON fragment BEGIN {_SLICE_IS_EXACT} END",
    "text_version_immutable": """
        BEFORE UPDATE ON text_version
        WHEN old.text IS NOT new.text OR old.sha256 IS NOT new.sha256 OR old.id IS NOT new.id
          OR old.article_id IS NOT new.article_id OR old.number IS NOT new.number
          OR old.blocks IS NOT new.blocks
        BEGIN SELECT raise(ABORT, 'immutable: a text version never changes'); END""",
    "text_version_permanent": """
        BEFORE DELETE ON text_version
        BEGIN SELECT raise(ABORT, 'immutable: a text version is never removed'); END""",
    "codebook_version_immutable": """
        BEFORE UPDATE ON codebook_version
        WHEN old.snapshot IS NOT new.snapshot OR old.number IS NOT new.number
          OR old.id IS NOT new.id
        BEGIN SELECT raise(ABORT, 'immutable: a codebook snapshot never changes'); END""",
    "codebook_version_permanent": """
        BEFORE DELETE ON codebook_version
        BEGIN SELECT raise(ABORT, 'immutable: a codebook snapshot is never removed'); END""",
    "edit_immutable": """
        BEFORE UPDATE ON edit
        BEGIN SELECT raise(ABORT, 'immutable: the log is only appended to'); END""",
    "edit_permanent": """
        BEFORE DELETE ON edit
        BEGIN SELECT raise(ABORT, 'immutable: the log is only appended to'); END""",
}

_CURRENT = """(
  SELECT v.id FROM text_version AS v
  WHERE v.article_id = a.id AND v.deleted IS NULL ORDER BY v.number DESC LIMIT 1)"""


def _words_of(annotation: str) -> str:
    """Return the words of an annotation's fragments, in order, in the text of the quote `q`."""
    return f"""(
      SELECT group_concat(x.exact, ' … ') FROM (
        SELECT f.exact FROM fragment AS f
        WHERE f.annotation_id = {annotation} AND f.text_version_id = q.text_version_id
        ORDER BY f.ordinal) AS x)"""


def _linked(kind: str) -> str:
    """Return the words of what the quote `q` is linked to."""
    return f"""(
      SELECT group_concat({_words_of("l.to_id")}, '; ') FROM link AS l
      JOIN annotation AS t ON t.id = l.to_id AND t.deleted IS NULL
      WHERE l.from_id = q.annotation_id AND l.kind = '{kind}' AND l.deleted IS NULL)"""


VIEWS: dict[str, str] = {
    "v_article_text": """
        SELECT a.n AS n, a.headline AS headline, (
          SELECT v.text FROM text_version AS v
          WHERE v.article_id = a.id AND v.deleted IS NULL
          ORDER BY v.number DESC LIMIT 1) AS text
        FROM article AS a WHERE a.deleted IS NULL""",
    "v_code": """
        WITH RECURSIVE up(id, layer, slug, path, parent, depth) AS (
          SELECT c.id, c.layer, c.slug, c.name, c.parent, 0 FROM code AS c
          UNION ALL
          SELECT up.id, up.layer, up.slug, p.name || ' > ' || up.path, p.parent, up.depth + 1
          FROM up JOIN code AS p ON p.layer = up.layer AND p.slug = up.parent
          WHERE up.parent <> '' AND up.depth < 20)
        SELECT up.id AS id, up.layer AS layer, up.slug AS slug, up.path AS path
        FROM up WHERE up.depth = (SELECT max(u.depth) FROM up AS u WHERE u.id = up.id)""",
    "v_article": f"""
        SELECT a.id AS article_id, a.headline, o.name AS outlet, s.title AS story, a.byline,
          a.published, a.published_precision, a.url, a.language, a.section, a.genre,
          a.wire_credit, v.id AS text_version_id, v.number AS text_version, v.words,
          length(v.text) AS characters, v.sha256, a.note
        FROM article AS a
        LEFT JOIN outlet AS o ON o.id = a.outlet_id
        LEFT JOIN story AS s ON s.id = a.story_id
        LEFT JOIN text_version AS v ON v.id = {_CURRENT}
        WHERE a.deleted IS NULL""",
    "v_annotation": f"""
        SELECT n.id AS annotation_id, f.ordinal AS fragment, f.start, f."end", f.exact,
          v.number AS text_version, v.id = {_CURRENT} AS is_current, a.id AS article_id,
          a.headline, s.title AS story, o.name AS outlet, k.name AS coder,
          k.kind AS coder_kind, r.name AS round, c.layer, c.slug AS code,
          (SELECT p.path FROM v_code AS p WHERE p.id = c.id) AS code_path, n.attributes, (
            SELECT group_concat(j.key || '=' || j.value, '; ') FROM json_each(n.attributes) AS j
          ) AS attributes_flat,
          CASE
            WHEN k.kind = 'machine' THEN 'machine'
            WHEN k.kind = 'adjudicator' THEN 'adjudicated'
            WHEN n.derived_from IS NULL THEN 'manual'
            WHEN m.code_id = n.code_id AND NOT EXISTS (
              SELECT 1 FROM fragment AS x
              WHERE x.annotation_id = n.id
                AND x.text_version_id IN (
                  SELECT y.text_version_id FROM fragment AS y WHERE y.annotation_id = m.id)
                AND NOT EXISTS (
                  SELECT 1 FROM fragment AS y
                  WHERE y.annotation_id = m.id AND y.text_version_id = x.text_version_id
                    AND y.start = x.start AND y."end" = x."end"))
            THEN 'accepted' ELSE 'edited' END AS origin,
          n.note, n.certainty, n.score, b.number AS codebook_version, n.created, n.modified
        FROM annotation AS n
        JOIN fragment AS f ON f.annotation_id = n.id
        JOIN text_version AS v ON v.id = f.text_version_id AND v.deleted IS NULL
        JOIN article AS a ON a.id = n.article_id AND a.deleted IS NULL
        JOIN coder AS k ON k.id = n.coder_id
        JOIN code AS c ON c.id = n.code_id
        LEFT JOIN story AS s ON s.id = a.story_id
        LEFT JOIN outlet AS o ON o.id = a.outlet_id
        LEFT JOIN round AS r ON r.id = n.round_id
        LEFT JOIN codebook_version AS b ON b.id = n.codebook_version_id
        LEFT JOIN annotation AS m ON m.id = n.derived_from
        WHERE n.deleted IS NULL""",
    "v_answer": """
        SELECT w.id AS answer_id, q.slug AS variable, q.unit AS unit_kind, w.unit_id,
          a.headline, coalesce(s.title, t.title) AS story, o.name AS outlet, k.name AS coder,
          k.kind AS coder_kind, r.name AS round, json_extract(w.value, '$') AS value, w.missing,
          w.note, b.number AS codebook_version, w.created, w.modified
        FROM answer AS w
        JOIN variable AS q ON q.id = w.variable_id
        JOIN coder AS k ON k.id = w.coder_id
        LEFT JOIN article AS a ON a.id = w.unit_id
        LEFT JOIN story AS s ON s.id = a.story_id
        LEFT JOIN story AS t ON t.id = w.unit_id
        LEFT JOIN outlet AS o ON o.id = a.outlet_id
        LEFT JOIN round AS r ON r.id = w.round_id
        LEFT JOIN codebook_version AS b ON b.id = w.codebook_version_id
        WHERE w.deleted IS NULL""",
    # Once a quote, by its words in the newest text that has it.
    "v_quote": f"""
        SELECT q.annotation_id, q.article_id, q.headline, q.story, q.outlet, q.coder,
          q.coder_kind, q.code, {_words_of("q.annotation_id")} AS content, q.speaker,
          {_linked("source")} AS source, {_linked("cue")} AS cue
        FROM (
          SELECT n.id AS annotation_id, a.id AS article_id, a.headline, s.title AS story,
            o.name AS outlet, k.name AS coder, k.kind AS coder_kind, c.slug AS code,
            json_extract(n.attributes, '$.speaker') AS speaker, (
              SELECT v.id FROM fragment AS f
              JOIN text_version AS v ON v.id = f.text_version_id AND v.deleted IS NULL
              WHERE f.annotation_id = n.id ORDER BY v.number DESC LIMIT 1) AS text_version_id
          FROM annotation AS n
          JOIN code AS c ON c.id = n.code_id AND c.layer = 'quote'
          JOIN article AS a ON a.id = n.article_id AND a.deleted IS NULL
          JOIN coder AS k ON k.id = n.coder_id
          LEFT JOIN story AS s ON s.id = a.story_id
          LEFT JOIN outlet AS o ON o.id = a.outlet_id
          WHERE n.deleted IS NULL) AS q
        WHERE q.text_version_id IS NOT NULL""",
}


def make_programs(db: Database) -> None:
    """Drop and make again every trigger and view: `transform()` drops triggers silently."""
    for name in (*TRIGGERS, *(row[0] for row in _named(db, "trigger"))):
        db.conn.execute(f'DROP TRIGGER IF EXISTS "{name}"')
    for name in reversed(VIEWS):
        db.conn.execute(f'DROP VIEW IF EXISTS "{name}"')
    for name, body in VIEWS.items():
        db.conn.execute(f'CREATE VIEW "{name}" AS {body}')
    for name, body in TRIGGERS.items():
        db.conn.execute(f'CREATE TRIGGER "{name}" {body}')


def _named(db: Database, kind: str) -> list[tuple[str]]:
    rows: list[tuple[str]] = db.conn.execute(
        "SELECT name FROM sqlite_master WHERE type = ?", [kind]
    ).fetchall()
    return rows
