"""Crawls killed at random moments: nothing that was stored is lost or doubled, every page can be read."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.soak_kill import soak


@pytest.mark.slow
def test_ten_killed_crawls_lose_and_double_nothing(tmp_path: Path) -> None:
    report = soak(tmp_path, rounds=10, articles=36, styles=("sagarapost", "kilasan", "lawas"))
    assert report.clean, report.notes
    assert report.rounds == 10
    assert report.killed >= 5
    assert report.amid >= 1
