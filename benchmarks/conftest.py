"""Projects to measure with, built once: in a folder that `PARALLAX_BENCHMARKS` names, or anew."""

from __future__ import annotations

import os
import random
from dataclasses import replace
from pathlib import Path

import pytest

from annotator.model.annotation import fragments_in
from annotator.model.edit import Edit
from annotator.model.ids import new_id
from annotator.model.span import Span
from annotator.store.project import Project
from tests.store.samples import Sample

WORDS = "ferry crew council fare island harbour vote union mayor strike talks route Łódź 😀".split()  # noqa: SIM905
AT_ONCE = 1000


def text_of(words: int, seed: int) -> str:
    """Return a text of so many words."""
    return " ".join(random.Random(seed).choices(WORDS, k=words))


def articles_of(sample: Sample, count: int, words: int, *, first: int = 0):
    """Return articles and their texts, in pairs."""
    return [
        sample.made_article(text_of(words, n), f"Headline {n}") for n in range(first, first + count)
    ]


def annotations_of(sample: Sample, version, count: int):
    """Return annotations of a text, not stored yet."""
    base = replace(sample.suggestion(Span(0, 7)), article_id=version.article_id)
    last = len(version.text) - 6
    return [
        replace(base, id=new_id(), fragments=fragments_in(version, [Span(i % last, i % last + 5)]))
        for i in range(count)
    ]


def build(path: Path, articles: int, annotations: int) -> None:
    """Write a project of so many articles of 60 words, each with so many annotations."""
    sample = Sample()
    with Project.create(path, sample.founding(), journal="wal") as project:
        project.apply(
            Edit("One", None, after=tuple(annotations_of(sample, sample.text, 1000)), batch="one")
        )
        for first in range(0, articles, AT_ONCE):
            pairs = articles_of(sample, AT_ONCE, 60, first=first)
            made = [record for pair in pairs for record in pair]
            if annotations:
                made += [a for _, t in pairs for a in annotations_of(sample, t, annotations)]
            project.apply(Edit("Many", None, after=tuple(made), batch=f"{first}"))


@pytest.fixture(scope="session")
def shelf(tmp_path_factory):
    """Return the folder in which large projects are kept."""
    named = os.environ.get("PARALLAX_BENCHMARKS")
    folder = Path(named) if named else tmp_path_factory.mktemp("shelf")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _kept(shelf: Path, name: str, articles: int, annotations: int) -> Path:
    path = shelf / name
    if not path.exists():
        building = shelf / f"building-{name}"
        building.unlink(missing_ok=True)
        build(building, articles, annotations)
        building.replace(path)
    return path


@pytest.fixture(scope="session")
def ten_thousand(shelf):
    """Return a project of 10,000 articles."""
    return _kept(shelf, "10k.annot", 10_000, 0)


@pytest.fixture(scope="session")
def hundred_thousand(shelf):
    """Return a project of 100,000 articles with 1,000,000 annotations."""
    return _kept(shelf, "100k.annot", 100_000, 10)
