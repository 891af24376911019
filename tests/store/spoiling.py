"""Writing to a project behind its back: as another program, or as a dying disk."""

from __future__ import annotations

import os
import sqlite3

from annotator.store.checking import check


def spoil(path, *statements):
    """Write to the file as another program would that knows no triggers."""
    conn = sqlite3.connect(path, isolation_level=None)
    triggers = conn.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for name, _ in triggers:
        conn.execute(f'DROP TRIGGER "{name}"')
    conn.execute("PRAGMA ignore_check_constraints = ON")
    for statement in statements:
        conn.execute(statement)
    for _, sql in triggers:
        conn.execute(sql)
    conn.close()


def kinds(path):
    return {(f.kind, f.message, f.mendable) for f in check(path)}


def spoil_annotations(path):
    """Write garbage over the first page of the annotation table."""
    conn = sqlite3.connect(path)
    query = "SELECT rootpage FROM sqlite_master WHERE name = 'annotation'"
    page = conn.execute(query).fetchone()[0]
    size = conn.execute("PRAGMA page_size").fetchone()[0]
    conn.close()
    with path.open("r+b") as file:
        file.seek((page - 1) * size)
        file.write(os.urandom(size))
