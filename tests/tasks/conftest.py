"""A sample project for the tests of the use cases."""

from __future__ import annotations

import pytest


@pytest.fixture
def sample(sample_copy):
    """Return an open copy of the sample project."""
    return sample_copy
