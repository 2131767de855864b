"""The tagging benchmark without its corpora, on a gold file of our own, and the floors."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks.scoring import check_floors
from benchmarks.tagging import held_out, main

SCORER = """
import json

def read(path):
    rows = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    return {row["id"]: row for row in rows}

def score(gold, found):
    pairs = [(row, found[key]) for key, row in gold.items()]
    right = sum({p["name"] for p in row["people"]} == {p["name"] for p in tags["people"]} for row, tags in pairs)
    f1 = right / len(gold)
    return {"people": {"p": f1, "r": f1, "f1": f1}, "office_accuracy": None, "articles": len(gold)}
"""
ROWS = [
    {"id": "x", "text": "Bupati Lebak Iti Jayabaya hadir.", "people": [{"name": "Iti Jayabaya"}]},
    {"id": "y", "text": "Harga naik.", "people": [{"name": "Budi"}]},
]


@pytest.mark.parametrize("options", [[], ["--json"], ["--check"]])
def test_skips_without_corpora(
    options: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("PANTAU_CORPORA", raising=False)
    monkeypatch.setenv("PANTAU_CONFIG", "/nonexistent.toml")
    assert main(options) == 0
    assert capsys.readouterr().out == "skipped: set PANTAU_CORPORA\n"


def test_scores_a_gold_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "gold").mkdir()
    (tmp_path / "gold" / "score.py").write_text(SCORER, encoding="utf-8")
    gold = tmp_path / "mine.jsonl"
    gold.write_text("\n".join(map(json.dumps, ROWS)), encoding="utf-8")
    monkeypatch.setenv("PANTAU_CORPORA", str(tmp_path))
    assert main(["--json", "--gold", str(gold)]) == 0
    results = json.loads(capsys.readouterr().out)
    assert results["all"] == {"people": {"p": 0.5, "r": 0.5, "f1": 0.5}, "office_accuracy": None, "articles": 2}
    assert set(results["speed"]) == {"articles_per_second", "words_per_second", "load_seconds"}


def test_the_held_third_is_the_same_everywhere() -> None:
    ids = {f"a{number:03}": {} for number in range(1, 31)} | {"seed": {}}
    held = held_out(ids)
    assert len(held) == 19
    assert not held & {"seed", "a001"}
    assert held == held_out(dict(reversed(ids.items())))


def test_a_figure_under_its_floor_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    floors = tmp_path / "floors.json"
    floors.write_text('{"tagging": {"all": {"people": 0.8, "places": 0.7}, "held": {"people": 0.6}}}', encoding="utf-8")
    assert (
        check_floors("tagging", {"all": {"people": 0.79, "places": 0.7}, "held": {"people": 0.6}}, floors=floors) == 1
    )
    assert capsys.readouterr().err == "all people: 0.7900 is under its floor 0.8\n"
    assert check_floors("tagging", {"all": {"people": 0.8, "places": 1.0}, "held": {"people": 1.0}}, floors=floors) == 0


def test_a_figure_that_is_missing_is_under_its_floor(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    floors = tmp_path / "floors.json"
    floors.write_text('{"tagging": {"held": {"people": 0.6}}}', encoding="utf-8")
    assert check_floors("tagging", {}, floors=floors) == 1
    assert capsys.readouterr().err == "held people: 0.0000 is under its floor 0.6\n"
