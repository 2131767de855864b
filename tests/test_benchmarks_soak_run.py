"""The whole tree of ``pantau run`` killed at random moments: nothing lost, nothing twice at once, no orphan."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.soak_run import soak


@pytest.mark.slow
def test_ten_kills_lose_nothing_and_leave_nobody(tmp_path: Path) -> None:
    report = soak(tmp_path, rounds=10)
    assert report.clean, report
    assert report.rounds == 10
    assert report.jobs >= 6
