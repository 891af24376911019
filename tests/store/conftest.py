"""Projects for the tests of the store."""

from __future__ import annotations

import pytest

from annotator.model import acts
from annotator.model.edit import Edit, joined
from annotator.model.span import Span
from annotator.store.project import Project
from tests.store.samples import Sample


@pytest.fixture
def sample():
    """Return a sample of records: coder, code, article, text."""
    return Sample()


@pytest.fixture
def project(tmp_path, sample):
    """Return an open project on disk with the sample in it."""
    with Project.create(tmp_path / "study.annot", sample.founding()) as made:
        yield made


@pytest.fixture
def coded(project, sample):
    """Return a closed project with a quote, its source and an answer in it."""
    quote = sample.tagged(Span(46, 61), Span(62, 70), code=sample.direct)
    source = sample.tagged(Span(18, 27))
    link = sample.linked(quote.after[0], source.after[0])
    answer = acts.answer(sample.desk, sample.tone, sample.article.id, value=-1)
    other = Edit("Import", None, after=sample.made_article("Another text.", "Other"))
    project.apply(joined("All", [quote, source, link, answer, other]))
    project.close()
    return project.path
