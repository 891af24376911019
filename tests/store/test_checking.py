"""What is wrong is found, named, and mended where it can be; a whole project is left alone."""

from __future__ import annotations

import sqlite3

import pytest

from annotator.store import checking
from annotator.store.checking import check, repair
from annotator.store.project import Project
from tests.store.spoiling import kinds, spoil


@pytest.fixture
def path(coded):
    """Return where a closed project with a quote, its source and an answer lies."""
    return coded


def test_a_whole_project_gives_no_finding_and_repair_does_nothing(path):
    assert check(path) == []
    before = path.read_bytes()
    assert repair(path) == checking.Repair((), ())
    assert path.read_bytes() == before
    assert [p.name for p in path.parent.iterdir()] == [path.name]


def test_a_project_that_is_open_for_writing_can_be_checked(project, sample):
    project.apply(sample.tagged())
    assert check(project.path) == []


LEFT_ALONE = [
    (
        "UPDATE fragment SET exact = upper(exact) WHERE ordinal = 0",
        "anchor",
        "a fragment is not what stands in its text",
    ),
    (
        'UPDATE fragment SET start = start + 500, "end" = "end" + 500',
        "anchor",
        "a fragment is not what stands in its text",
    ),
    (
        "UPDATE annotation SET article_id = (SELECT id FROM article WHERE headline = 'Other')",
        "anchor",
        "a fragment stands in a text of another article",
    ),
    (
        "UPDATE fragment SET ordinal = 1 - ordinal + 10 * (ordinal = 0) WHERE annotation_id IN "
        "(SELECT annotation_id FROM fragment WHERE ordinal = 1)",
        "anchor",
        "fragments of an annotation overlap or descend",
    ),
    (
        "UPDATE text_version SET blocks = '[[5, 5000, \"headline\"]]'",
        "anchor",
        "a block of the page leaves its text",
    ),
    (
        "UPDATE text_version SET deleted = 'x' WHERE length(text) < 20",
        "orphan",
        "a live article has no text",
    ),
    ("UPDATE answer SET unit_id = 'nothing'", "orphan", "an answer is about no article or story"),
    (
        "UPDATE article SET deleted = 'x' WHERE headline <> 'Other'",
        "orphan",
        "an annotation stands in a removed article",
    ),
    (
        "UPDATE code SET deleted = 'x'",
        "orphan",
        "an annotation uses a code that was removed from the codebook",
    ),
    ("UPDATE coder SET deleted = 'x'", "orphan", "an annotation's coder was removed"),
    ("DELETE FROM round", "orphan", "a annotation refers to a missing round"),
    ("DELETE FROM edit WHERE n = 1", "log", "1 entries of the edit log are missing"),
]


@pytest.mark.parametrize(("statement", "kind", "message"), LEFT_ALONE)
def test_a_contradiction_is_found_and_left_for_people(path, statement, kind, message):
    spoil(path, statement)
    found = kinds(path)
    assert (kind, message, False) in found
    assert all(f.where for f in check(path))


MENDED = [
    (
        "DELETE FROM fragment WHERE annotation_id IN (SELECT from_id FROM link)",
        "orphan",
        "a live annotation has no fragment",
        "1 x a live annotation has no fragment: set aside.",
    ),
    (
        "UPDATE annotation SET deleted = 'x' WHERE id IN (SELECT to_id FROM link)",
        "orphan",
        "a link ends in nothing",
        "1 x a link ends in nothing: set aside.",
    ),
    (
        "DROP VIEW v_quote",
        "schema",
        "a trigger, view or index is missing",
        "Triggers, views and indexes were made again.",
    ),
    (
        "DROP INDEX text_by_hash",
        "schema",
        "a trigger, view or index is missing",
        "Triggers, views and indexes were made again.",
    ),
    (
        "DELETE FROM article_search_docsize WHERE id = 1",
        "search",
        "the search knows 1 of 2 articles",
        "The search was built again.",
    ),
    (
        "UPDATE article SET headline = 'Changed behind our back' WHERE headline = 'Other'",
        "search",
        "the search finds what is no longer in the texts, or not all that is",
        "The search was built again.",
    ),
    (
        "UPDATE text_version SET words = 1 WHERE length(text) > 20",
        "words",
        "the number of words is wrong",
        "The words of 1 texts were counted again.",
    ),
]


@pytest.mark.parametrize(("statement", "kind", "message", "done"), MENDED)
def test_what_follows_from_the_rest_is_found_and_mended(path, statement, kind, message, done):
    spoil(path, statement)
    assert (kind, message, True) in kinds(path)
    mended = repair(path)
    assert done in mended.done
    assert mended.left == ()
    assert check(path) == []


def test_a_weakened_trigger_is_found_and_made_again(path, sample):
    conn = sqlite3.connect(path, isolation_level=None)
    conn.execute("DROP TRIGGER edit_permanent")
    conn.execute("CREATE TRIGGER edit_permanent BEFORE DELETE ON edit BEGIN SELECT 1; END")
    conn.close()
    assert kinds(path) == {("schema", "a trigger, view or index is not as it should be", True)}
    assert repair(path).left == ()
    with Project.open(path) as project, pytest.raises(sqlite3.IntegrityError, match="appended"):
        project._conn.execute("DELETE FROM edit")


def test_a_changed_index_is_made_again(path):
    conn = sqlite3.connect(path, isolation_level=None)
    conn.execute("DROP INDEX text_by_hash")
    conn.execute("CREATE INDEX text_by_hash ON text_version (reason)")
    conn.close()
    assert kinds(path) == {("schema", "a trigger, view or index is not as it should be", True)}
    assert repair(path).left == ()


def test_triggers_of_a_later_minor_format_are_not_called_wrong(path):
    conn = sqlite3.connect(path, isolation_level=None)
    conn.execute(f"PRAGMA user_version = {(1 << 16) + 99}")
    conn.execute("DROP TRIGGER edit_permanent")
    conn.execute("CREATE TRIGGER edit_permanent BEFORE DELETE ON edit BEGIN SELECT 1; END")
    conn.close()
    assert check(path) == []
