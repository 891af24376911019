"""How fast the store is, against its budgets.

    python -m pytest benchmarks/test_store.py -o addopts="--import-mode=importlib" --benchmark-only

The best of several runs decides: a busy machine makes runs slower, nothing makes them faster.
Where the machine matters, the work is compared with the bare rows written in the same run.
"""

from __future__ import annotations

import sqlite3
import time

import pytest

from annotator.model import acts
from annotator.model.edit import Edit
from annotator.model.span import Span
from annotator.store.project import Project
from annotator.store.rows import CODECS
from benchmarks.conftest import annotations_of, articles_of
from tests.store.samples import Sample

MANY = 100_000


@pytest.fixture
def sample():
    return Sample()


@pytest.fixture
def project(tmp_path, sample):
    with Project.create(tmp_path / "x.annot", sample.founding(), journal="wal") as made:
        yield made


def best(benchmark):
    return benchmark.stats.stats.min


@pytest.mark.parametrize("journal", ["wal", "delete"])
def test_one_committed_edit(benchmark, tmp_path, sample, journal):
    with Project.create(tmp_path / "x.annot", sample.founding(), journal=journal) as project:
        benchmark.pedantic(
            project.apply,
            setup=lambda: ((sample.tagged(Span(0, 7)),), {}),
            rounds=300,
        )
    assert best(benchmark) <= 0.002


def test_one_committed_edit_in_a_large_project(benchmark, hundred_thousand):
    with Project.open(hundred_thousand) as project:
        coder = next(c for c in project.coders.values() if c.name == "Ada")
        code = project.codebook.codes[0]
        version = project.current_text(project.article_ids()[50_000])
        desk = acts.Desk(coder.id)

        def setup():
            return (acts.tag(desk, version, [Span(0, 5)], code),), {}

        benchmark.pedantic(project.apply, setup=setup, rounds=300)
    assert best(benchmark) <= 0.002


def open_and_close(path):
    Project.open(path).close()


def test_opening_ten_thousand_articles(benchmark, ten_thousand):
    benchmark.pedantic(open_and_close, args=(ten_thousand,), rounds=10)
    assert best(benchmark) <= 0.3


def test_opening_a_million_annotations(benchmark, hundred_thousand):
    benchmark.pedantic(open_and_close, args=(hundred_thousand,), rounds=10)
    assert best(benchmark) <= 1.0


def test_ids_of_a_hundred_thousand_articles_in_order(benchmark, hundred_thousand):
    with Project.open(hundred_thousand, read_only=True) as project:
        ids = benchmark.pedantic(project.article_ids, rounds=5)
    assert len(ids) == MANY + 1
    assert best(benchmark) <= 0.5


def test_a_thousand_annotations_of_one_article_among_a_million(benchmark, hundred_thousand):
    with Project.open(hundred_thousand, read_only=True) as project:
        query = "SELECT article_id FROM annotation GROUP BY article_id HAVING count(*) >= 1000"
        (article,) = project._conn.execute(query).fetchone()
        found = benchmark.pedantic(project.annotations, args=(article,), rounds=20)
    assert len(found) >= 1000
    assert best(benchmark) <= 0.010


def many_annotations(sample):
    """Return a thousand annotations on each of a hundred articles."""
    pairs = articles_of(sample, 100, 600)
    made = [record for pair in pairs for record in pair]
    annotations = [a for _, text in pairs for a in annotations_of(sample, text, MANY // 100)]
    return Edit("Import", None, after=tuple(made)), tuple(annotations)


def bare_rows(tmp_path, records):
    """Return how long SQLite takes for the same rows without indexes, triggers and a log."""
    codec = CODECS[type(records[0])]
    columns = ", ".join(codec.quoted)
    places = ", ".join("?" * len(codec.columns))
    conn = sqlite3.connect(tmp_path / "bare.db")
    conn.execute("PRAGMA journal_mode = WAL")
    conn.execute(f"CREATE TABLE x ({columns})")
    rows = [codec.row(record) for record in records]
    start = time.perf_counter()
    with conn:
        conn.executemany(f"INSERT INTO x VALUES ({places})", rows)
    taken = time.perf_counter() - start
    conn.close()
    return taken


def test_a_hundred_thousand_annotations_at_once(benchmark, project, sample, tmp_path):
    texts, annotations = many_annotations(sample)
    project.apply(texts)
    edit = Edit("Run", None, after=annotations, batch="b")
    benchmark.pedantic(project.apply, args=(edit,), rounds=1)
    benchmark.extra_info["times the bare rows"] = best(benchmark) / bare_rows(tmp_path, annotations)
    assert best(benchmark) <= 3.0


def test_undoing_and_redoing_a_hundred_thousand_annotations(benchmark, project, sample):
    """Undo reads the rows that it removes, and still takes about as long as writing them did."""
    texts, annotations = many_annotations(sample)
    project.apply(texts)
    edit = Edit("Run", None, after=annotations, batch="b")
    taken = {}

    def timed(name, act, *args):
        start = time.perf_counter()
        result = act(*args)
        taken[name] = time.perf_counter() - start
        return result

    def there_and_back():
        timed("apply", project.apply, edit)
        found = timed("read", project.undoing_batch, "b")
        timed("undo", project.apply, found.edit)
        timed("redo", project.apply, found.edit.inverted())

    benchmark.pedantic(there_and_back, rounds=1)
    benchmark.extra_info.update(taken)
    assert taken["read"] + taken["undo"] <= 1.5 * taken["apply"]
    assert taken["redo"] <= 1.5 * taken["apply"]


def test_a_thousand_articles_of_600_words(benchmark, project, sample, tmp_path):
    pairs = articles_of(sample, 1000, 600)
    edit = Edit("Import", None, after=tuple(r for pair in pairs for r in pair), batch="i")
    benchmark.pedantic(project.apply, args=(edit,), rounds=1)
    bare = bare_rows(tmp_path, [text for _, text in pairs])
    benchmark.extra_info["times the bare rows"] = best(benchmark) / bare
    assert best(benchmark) <= 1.0
