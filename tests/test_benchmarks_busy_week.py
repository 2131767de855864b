"""A week full of hostile titles: the digest stays short, whole and true."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.busy_week import TITLES, check, fill
from pantau.digests.phrases import told


@pytest.mark.slow
def test_a_digest_of_hostile_titles_is_short_whole_and_true(tmp_path: Path) -> None:
    config = fill(tmp_path, articles=2 * len(TITLES) + 40)
    digest, faults = check(config)
    assert faults == []
    assert digest.count == 2 * len(TITLES) + 40
    assert check(config, query="pasar OR banjir")[1] == []


@pytest.mark.parametrize("title", TITLES)
def test_any_title_becomes_one_short_line(title: str) -> None:
    line = told(title)
    assert len(line) <= 91
    assert line.isprintable()
