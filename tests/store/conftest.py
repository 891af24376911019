"""Projects for the tests of the store."""

from __future__ import annotations

import pytest

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
