"""What all tests share: a person's settings are never touched; a sample project to work on."""

from __future__ import annotations

import os

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


@pytest.fixture(autouse=True)
def own_settings(tmp_path_factory, monkeypatch):
    """Keep settings and the log in a folder of the test's own."""
    monkeypatch.setenv("PARALLAX_CONFIG", str(tmp_path_factory.mktemp("config")))


@pytest.fixture(scope="session")
def sample_file(tmp_path_factory):
    """Return a closed sample project's path, made once."""
    from annotator.tasks.sample import sample_project

    path = tmp_path_factory.mktemp("sample") / "sample.annot"
    sample_project(path).close()
    return path


@pytest.fixture
def sample_copy(sample_file, tmp_path):
    """Return an open copy of the sample project."""
    from annotator.store.project import Project

    copy = tmp_path / "study.annot"
    copy.write_bytes(sample_file.read_bytes())
    with Project.open(copy) as project:
        yield project
