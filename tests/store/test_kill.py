"""The computer dies in the middle: every act that was reported done is there, whole."""

from __future__ import annotations

import sys

import pytest

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL and no fork server"),
]


@pytest.mark.parametrize("journal", ["wal", "delete"])
def test_a_killed_coder_loses_no_act_that_was_reported_done(journal):
    from benchmarks.kill_rounds import kill_rounds

    assert kill_rounds(10, journal, longest=0.12) > 10
