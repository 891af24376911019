"""What all tests share: no person's settings are touched, and offscreen Qt."""

from __future__ import annotations

import os

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


@pytest.fixture(autouse=True)
def own_settings(tmp_path_factory, monkeypatch):
    """Keep settings in a folder of the test's own."""
    monkeypatch.setenv("PARALLAX_CONFIG", str(tmp_path_factory.mktemp("config")))
