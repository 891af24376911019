"""The shape of a project file: tables, triggers, analysts' views, migrations.

Table names are a contract. Every table that holds records has three columns that the store alone
keeps: `rev` (the edit that last wrote the row), `deleted` (a tombstone's time) and, where it says
so, a number that follows from the row. Triggers make texts and the log immutable and refuse a
fragment that is not what stands in the text. Migrations are append-only.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlite_utils import Migrations

if TYPE_CHECKING:
    from sqlite_utils import Database

APPLICATION_ID = 0x50524C58  # "PRLX"
MAJOR, MINOR = 1, 0
FORMAT = MAJOR << 16 | MINOR

KEPT = "rev INTEGER REFERENCES edit(n) DEFERRABLE INITIALLY DEFERRED, deleted TEXT"


def _json(column: str, default: str) -> str:
    return f"{column} TEXT NOT NULL DEFAULT '{default}' CHECK (json_valid({column}))"


def _ref(column: str, target: str, *, required: bool = True) -> str:
    null = " NOT NULL" if required else ""
    return f"{column} TEXT{null} REFERENCES {target} DEFERRABLE INITIALLY DEFERRED"


ID = "id TEXT PRIMARY KEY NOT NULL"
TEXT = "TEXT NOT NULL DEFAULT ''"
NUMBER = "INTEGER NOT NULL DEFAULT 0"

TABLES: dict[str, tuple[str, ...]] = {
    "edit": (
        "n INTEGER PRIMARY KEY",
        "id TEXT NOT NULL UNIQUE",
        "replica TEXT NOT NULL",
        "seq INTEGER NOT NULL",
        "coder_id TEXT",
        "time TEXT NOT NULL",
        "label TEXT NOT NULL",
        "batch TEXT",
        _json("before", "[]"),
        _json("after", "[]"),
        _json("counts", "{}"),
        "UNIQUE (replica, seq)",
    ),
    "local": (ID, _json("value", "null")),
    "setting": (ID, _json("value", "null")),
    "outlet": (
        ID, f"name {TEXT}", f"url {TEXT}", f"country {TEXT}", f"kind {TEXT}", f"leaning {TEXT}",
        f"note {TEXT}",
    ),
    "story": (ID, f"title {TEXT}", f"date {TEXT}", f"note {TEXT}"),
    "article": (
        "n INTEGER PRIMARY KEY",
        "id TEXT NOT NULL UNIQUE",
        f"headline {TEXT}",
        _ref("story_id", "story(id)", required=False),
        _ref("outlet_id", "outlet(id)", required=False),
        *(f"{name} {TEXT}" for name in (
            "byline", "published", "published_precision", "url", "language", "section", "genre",
            "wire_credit",
        )),
        _json("provenance", "{}"),
        f"note {TEXT}",
        f"added {TEXT}",
    ),
    "text_version": (
        ID,
        _ref("article_id", "article(id)"),
        "number INTEGER NOT NULL CHECK (number > 0)",
        "text TEXT NOT NULL",
        "sha256 TEXT NOT NULL",
        f"reason {TEXT}",
        _json("blocks", "[]"),
        f"created {TEXT}",
        f"words {NUMBER}",
        "UNIQUE (article_id, number)",
    ),
    "layer": (
        "id TEXT PRIMARY KEY NOT NULL", "slug TEXT NOT NULL UNIQUE", f"name {TEXT}",
        f"description {TEXT}", f"citation {TEXT}", f"position {NUMBER}",
    ),
    "code": (
        ID,
        _ref("layer", "layer(slug)"),
        "slug TEXT NOT NULL",
        *(f"{name} {TEXT}" for name in ("name", "short", "parent", "definition")),
        *(_json(name, "[]") for name in ("include", "exclude", "examples", "near_misses")),
        *(f"{name} {TEXT}" for name in (
            "decision_rule", "citation", "colour_light", "colour_dark", "pattern", "key", "snap",
        )),
        _json("exclusive_with", "[]"),
        f"may_overlap {NUMBER}",
        f"counts_as_content {NUMBER}",
        "number REAL",
        f"position {NUMBER}",
        "UNIQUE (layer, slug)",
    ),
    "attribute": (
        ID,
        _ref("layer", "layer(slug)"),
        "slug TEXT NOT NULL",
        *(f"{name} {TEXT}" for name in ("name", "type", "code")),
        _json('"values"', "[]"),
        f"required {NUMBER}",
        _json("shown_if", "null"),
        f"description {TEXT}",
        f"position {NUMBER}",
        "UNIQUE (layer, code, slug)",
    ),
    "variable": (
        ID,
        "slug TEXT NOT NULL UNIQUE",
        *(f"{name} {TEXT}" for name in ("name", "question", "unit", "type")),
        _json('"values"', "[]"),
        f"multiple {NUMBER}",
        _json("missing", "[]"),
        "preset INTEGER",
        _json("shown_if", "null"),
        f'"group" {TEXT}',
        *(f'"{name}" {TEXT}' for name in ("guidance", "citation", "key")),
        f"required {NUMBER}",
        f"position {NUMBER}",
    ),
    "scale": (
        ID, "slug TEXT NOT NULL UNIQUE", f"name {TEXT}", _json("items", "[]"), f"formula {TEXT}",
        f"min_valid {NUMBER}", f"citation {TEXT}", f"position {NUMBER}",
    ),
    "codebook_version": (
        ID, "number INTEGER NOT NULL", _json("snapshot", "{}"), f"frozen {NUMBER}",
        f"comment {TEXT}", f"created {TEXT}",
    ),
    "coder": (
        ID, f"name {TEXT}",
        "kind TEXT NOT NULL CHECK (kind IN ('human', 'machine', 'adjudicator'))",
    ),
    "round": (
        ID, f"name {TEXT}",
        "kind TEXT NOT NULL CHECK "
        "(kind IN ('pilot', 'reliability', 'main', 'retest', 'adjudication'))",
        f"position {NUMBER}",
    ),
    "assignment": (
        ID, _ref("article_id", "article(id)"), _ref("coder_id", "coder(id)"),
        _ref("round_id", "round(id)", required=False), f"position {NUMBER}", f"mode {TEXT}",
        _json("blinds", "[]"),
        "status TEXT NOT NULL CHECK (status IN ('todo', 'doing', 'done'))",
    ),
    "run": (
        ID, _ref("coder_id", "coder(id)"), f"component {TEXT}", f"version {TEXT}",
        _json("parameters", "{}"), _json("counts", "{}"), f"created {TEXT}",
    ),
    "actor": (
        ID, f"name {TEXT}", f"kind {TEXT}", _ref("story_id", "story(id)", required=False),
        f"note {TEXT}",
    ),
    "alias": (ID, _ref("actor_id", "actor(id)"), f"name {TEXT}"),
    "annotation": (
        ID,
        _ref("article_id", "article(id)"),
        _ref("coder_id", "coder(id)"),
        _ref("code_id", "code(id)"),
        _ref("round_id", "round(id)", required=False),
        _ref("codebook_version_id", "codebook_version(id)", required=False),
        _json("attributes", "{}"),
        f"note {TEXT}",
        "certainty REAL CHECK (certainty BETWEEN 0 AND 1)",
        "score REAL CHECK (score BETWEEN 0 AND 1)",
        _ref("derived_from", "annotation(id)", required=False),
        _ref("run_id", "run(id)", required=False),
        f"created {TEXT}",
        f"modified {TEXT}",
    ),
    "answer": (
        ID,
        _ref("variable_id", "variable(id)"),
        "unit_id TEXT NOT NULL",
        _ref("coder_id", "coder(id)"),
        _ref("round_id", "round(id)", required=False),
        _json("value", "null"),
        "missing INTEGER",
        f"note {TEXT}",
        _ref("codebook_version_id", "codebook_version(id)", required=False),
        f"created {TEXT}",
        f"modified {TEXT}",
        "CHECK ((json_type(value) = 'null') = (missing IS NOT NULL))",
    ),
    "link": (
        ID, _ref("coder_id", "coder(id)"),
        "kind TEXT NOT NULL CHECK (kind IN ('source', 'cue', 'evidence', 'same_quote', "
        "'same_passage', 'not_same'))",
        "from_id TEXT NOT NULL", "to_id TEXT NOT NULL", _ref("run_id", "run(id)", required=False),
    ),
    "decision": (
        ID, _ref("coder_id", "coder(id)"), _ref("article_id", "article(id)"),
        *(f"{name} {TEXT}" for name in ("layer", "code", "exact", "prefix", "suffix")),
        "verdict TEXT NOT NULL CHECK (verdict IN ('rejected', 'skipped', 'nothing_found'))",
        f"component {TEXT}", f"created {TEXT}",
    ),
}  # fmt: skip
UNKEPT = ("edit", "local")
FRAGMENT = """
CREATE TABLE fragment (
  annotation_id TEXT NOT NULL REFERENCES annotation(id) DEFERRABLE INITIALLY DEFERRED,
  text_version_id TEXT NOT NULL REFERENCES text_version(id) DEFERRABLE INITIALLY DEFERRED,
  ordinal INTEGER NOT NULL CHECK (ordinal >= 0),
  start INTEGER NOT NULL,
  "end" INTEGER NOT NULL,
  exact TEXT NOT NULL,
  PRIMARY KEY (annotation_id, text_version_id, ordinal),
  CHECK (0 <= start AND start < "end")
) STRICT, WITHOUT ROWID
"""
INDEXES = (
    "CREATE INDEX article_by_story ON article (deleted, story_id, published, headline, n, id)",
    "CREATE INDEX article_by_date ON article (deleted, published, n, id)",
    "CREATE INDEX article_by_headline ON article (deleted, headline COLLATE NOCASE, n, id)",
    "CREATE INDEX article_by_outlet ON article (deleted, outlet_id, published, n, id)",
    "CREATE INDEX text_by_hash ON text_version (sha256)",
    "CREATE INDEX annotation_by_article ON annotation (article_id)",
    "CREATE INDEX annotation_by_code ON annotation (code_id, article_id)",
    "CREATE INDEX annotation_by_source ON annotation (derived_from) WHERE derived_from IS NOT NULL",
    "CREATE UNIQUE INDEX answer_once ON answer "
    "(variable_id, unit_id, coder_id, ifnull(round_id, ''))",
    "CREATE INDEX answer_by_unit ON answer (unit_id, coder_id)",
    "CREATE INDEX link_from ON link (from_id, kind)",
    "CREATE INDEX link_to ON link (to_id, kind)",
    "CREATE INDEX decision_by_article ON decision (article_id, coder_id)",
    "CREATE INDEX assignment_by_coder ON assignment (coder_id, round_id, position)",
    "CREATE INDEX assignment_by_article ON assignment (article_id, coder_id)",
    "CREATE INDEX alias_by_actor ON alias (actor_id)",
    "CREATE INDEX edit_by_batch ON edit (batch) WHERE batch IS NOT NULL",
)
SEARCH = """
CREATE VIRTUAL TABLE article_search USING fts5(
  headline, text, content='v_article_text', content_rowid='n',
  tokenize="unicode61 remove_diacritics 2"
)
"""

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
    "v_annotation": """
        SELECT n.id AS annotation_id, f.ordinal AS fragment, f.start, f."end", f.exact,
          v.number AS text_version, a.id AS article_id, a.headline, s.title AS story,
          o.name AS outlet, k.name AS coder, k.kind AS coder_kind, r.name AS round,
          c.layer, c.slug AS code, (SELECT p.path FROM v_code AS p WHERE p.id = c.id) AS code_path,
          n.attributes, (
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
    "v_quote": """
        SELECT q.annotation_id, q.article_id, q.headline, q.story, q.outlet, q.coder,
          q.coder_kind, q.code, q.content, q.speaker,
          (SELECT group_concat(f.exact, ' ') FROM link AS l
             JOIN fragment AS f ON f.annotation_id = l.to_id
             WHERE l.from_id = q.annotation_id AND l.kind = 'source' AND l.deleted IS NULL
               AND f.text_version_id = q.text_version_id) AS source,
          (SELECT group_concat(f.exact, ' ') FROM link AS l
             JOIN fragment AS f ON f.annotation_id = l.to_id
             WHERE l.from_id = q.annotation_id AND l.kind = 'cue' AND l.deleted IS NULL
               AND f.text_version_id = q.text_version_id) AS cue
        FROM (
          SELECT n.id AS annotation_id, a.id AS article_id, a.headline, s.title AS story,
            o.name AS outlet, k.name AS coder, k.kind AS coder_kind, c.slug AS code,
            json_extract(n.attributes, '$.speaker') AS speaker, f.text_version_id,
            group_concat(f.exact, ' … ') AS content
          FROM annotation AS n
          JOIN code AS c ON c.id = n.code_id AND c.layer = 'quote'
          JOIN article AS a ON a.id = n.article_id AND a.deleted IS NULL
          JOIN coder AS k ON k.id = n.coder_id
          JOIN fragment AS f ON f.annotation_id = n.id
          LEFT JOIN story AS s ON s.id = a.story_id
          LEFT JOIN outlet AS o ON o.id = a.outlet_id
          WHERE n.deleted IS NULL
          GROUP BY n.id, f.text_version_id) AS q""",
}

migrations = Migrations("annotator")


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


@migrations(name="0001_first")
def _first(db: Database) -> None:
    for name, columns in TABLES.items():
        kept = () if name in UNKEPT else (KEPT,)
        tables_first = [c for c in (*columns, *kept) if not c.startswith(("UNIQUE", "CHECK"))]
        constraints = [c for c in columns if c.startswith(("UNIQUE", "CHECK"))]
        db.conn.execute(f'CREATE TABLE "{name}" ({", ".join(tables_first + constraints)}) STRICT')
    db.conn.execute(FRAGMENT)
    for statement in INDEXES:
        db.conn.execute(statement)
    make_programs(db)
    db.conn.execute(SEARCH)
