"""A sample project for the tests of the use cases."""

from __future__ import annotations

import pytest

from annotator.store.project import Project
from annotator.tasks.sample import sample_project


@pytest.fixture(scope="session")
def sample_file(tmp_path_factory):
    """Return a closed sample project's path, made once."""
    path = tmp_path_factory.mktemp("sample") / "sample.annot"
    sample_project(path).close()
    return path


@pytest.fixture
def sample(sample_file, tmp_path):
    """Return an open copy of the sample project."""
    copy = tmp_path / "study.annot"
    copy.write_bytes(sample_file.read_bytes())
    with Project.open(copy) as project:
        yield project
