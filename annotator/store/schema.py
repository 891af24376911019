"""The shape of a project file: tables, triggers, analysts' views, migrations.

Table names are a contract. Every table that holds records has three columns that the store alone
keeps: `rev` (the edit that last wrote the row), `deleted` (a tombstone's time) and, where it says
so, a number that follows from the row. What guards them stands in `programs`. Migrations are
append-only.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlite_utils import Migrations

from annotator.store.programs import make_programs

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
        "sha256 TEXT NOT NULL",
        f"reason {TEXT}",
        f"created {TEXT}",
        f"words {NUMBER}",
        _json("blocks", "[]"),
        "text TEXT NOT NULL",
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
    "CREATE INDEX article_by_rev ON article (rev)",
    "CREATE INDEX text_by_rev ON text_version (rev)",
    "CREATE INDEX annotation_by_rev ON annotation (rev)",
    "CREATE INDEX link_by_rev ON link (rev)",
    "CREATE INDEX edit_by_batch ON edit (batch) WHERE batch IS NOT NULL",
)
SEARCH = """
CREATE VIRTUAL TABLE article_search USING fts5(
  headline, text, content='v_article_text', content_rowid='n',
  tokenize="unicode61 remove_diacritics 2"
)
"""

migrations = Migrations("annotator")


@migrations(name="0001_first")
def _first(db: Database) -> None:
    for name, columns in TABLES.items():
        # Before everything long: SQLite reads a row up to the last column that it needs.
        kept = () if name in UNKEPT else (KEPT,)
        parts = (columns[0], *kept, *columns[1:])
        db.conn.execute(f'CREATE TABLE "{name}" ({", ".join(parts)}) STRICT')
    db.conn.execute(FRAGMENT)
    for statement in INDEXES:
        db.conn.execute(statement)
    make_programs(db)
    db.conn.execute(SEARCH)
