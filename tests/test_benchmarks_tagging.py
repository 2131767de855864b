"""The tagging benchmark without its corpora, on a gold file of our own, and the floors."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from benchmarks.scoring import check_floors
from benchmarks.tag_measures import Sums, count_article
from benchmarks.tagging import held_out, main
from benchmarks.tagging_own import scores

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


def test_scores_our_own_gold_without_corpora(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("PANTAU_CORPORA", raising=False)
    monkeypatch.setenv("PANTAU_CONFIG", "/nonexistent.toml")
    assert main(["--check"]) == 0
    said = capsys.readouterr()
    assert said.out.endswith("skipped: set PANTAU_CORPORA\n")
    assert "tagging_own: no figure under its floor" in said.err


GOLD = {
    "id": "own1",
    "title": "Inflasi",
    "kind": "news",
    "topics": ["prices"],
    "people": [
        {
            "name": "Rini",
            "official": True,
            "offices": ["Bupati"],
            "person_id": "rini",
            "occupancies": [],
            "mentions": [{"start": 0, "end": 4}],
        }
    ],
    "programs": [],
    "figures": [
        {
            "start": 10,
            "end": 15,
            "surface": "3%",
            "value": 3,
            "value_max": None,
            "unit": "%",
            "modifier": "exact",
            "measures": "inflasi tahunan",
            "period": None,
            "speaker": None,
            "indicator": "inflasi",
            "direction": "up",
            "base": 2,
            "role": None,
            "flags": [],
        }
    ],
    "quotes": [{"start": 20, "end": 30, "speaker": "rini", "kind": "indirect", "verb": "menilai"}],
    "places": [{"start": 40, "end": 45, "code": "36.74"}],
    "orgs": [],
    "office_mentions": [],
}
EXACT = GOLD | {"quotes": [], "statements": GOLD["quotes"], "tagged_kind": None}


def _told(**changes: Any) -> dict[str, Any]:
    sums = Sums()
    count_article(sums, GOLD, EXACT | changes)
    return scores(sums)


def test_tags_that_equal_the_gold_score_one() -> None:
    told = _told()
    for name in ("indicator", "direction_base", "indirect", "indirect_speakers", "people_mentions", "figures"):
        assert told[name]["f1"] == 1.0
    for name in ("person_resolution", "place_code", "figure_measures", "kind"):
        assert told[f"{name}_accuracy"] == 1.0
    assert told["wrong_persons"] == told["stray_tags"] == 0


@pytest.mark.parametrize(
    ("table", "field", "value", "measure"),
    [
        ("figures", "indicator", "pdrb", "indicator"),
        ("figures", "base", 2.5, "direction_base"),
        ("figures", "unit", "pp", "figures"),
        ("statements", "verb", "meminta", "indirect"),
        ("statements", "speaker", None, "indirect_speakers"),
        ("statements", "end", 23, "indirect_spans"),
        ("people", "person_id", "rono", "person_resolution_accuracy"),
        ("places", "code", "36.71", "place_code_accuracy"),
    ],
)
def test_a_wrong_field_is_counted(table: str, field: str, value: Any, measure: str) -> None:
    told = _told(**{table: [EXACT[table][0] | {field: value}]})
    assert (told[measure]["f1"] if isinstance(told[measure], dict) else told[measure]) < 1.0
    assert told["wrong_persons"] == (field == "person_id")


def test_tags_where_none_belongs_are_counted() -> None:
    empty = GOLD | {name: [] for name in ("people", "figures", "quotes", "places")}
    sums = Sums()
    count_article(sums, empty, EXACT | {"figures": [], "statements": [], "places": []})
    assert scores(sums)["stray_tags"] == 1


def test_a_figure_over_its_ceiling_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    floors = tmp_path / "floors.json"
    floors.write_text('{"ceilings": {"tagging": {"held": {"wrong": 1}}}}', encoding="utf-8")
    assert check_floors("tagging", {"held": {"wrong": 2.0}}, floors=floors) == 1
    assert capsys.readouterr().err == "held wrong: 2 is over its ceiling 1\n"
    assert check_floors("tagging", {"held": {"wrong": 1.0}}, floors=floors) == 0


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
    assert set(results["speed"]) == {"articles_per_second", "words_per_second", "times_of_ner_alone", "load_seconds"}


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
