"""The house stands where it should: no namesake from site-packages, no file without a home."""

from __future__ import annotations

import importlib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ROOMS = ("scraper", "spiders", "nlp", "storage", "pantau", "demo", "benchmarks")


@pytest.mark.parametrize("room", ROOMS)
def test_room_is_ours(room: str) -> None:
    module = importlib.import_module(room)
    assert module.__file__ is not None
    assert Path(module.__file__).is_relative_to(ROOT), (
        f"{room} comes from {module.__file__}, a namesake in site-packages"
    )


def test_constraints_name_no_index_host() -> None:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    assert all("==" in line and "/" not in line for line in lines if line)


@pytest.mark.parametrize("room", ROOMS)
def test_files_stay_small(room: str) -> None:
    long = {
        str(path.relative_to(ROOT)): lines
        for path in (ROOT / room).rglob("*.py")
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > 350
    }
    assert not long
