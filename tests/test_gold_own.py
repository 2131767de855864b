"""The gold texts of our own: their offsets, ids and codes are true."""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from datetime import date
from functools import cache
from pathlib import Path
from typing import get_args

import pytest
from gold_phenomena import PHENOMENA, Row, table

from scraper.config import load_config
from scraper.items import ArticleKind, Modifier

ROOT = Path(__file__).parents[1]
ROWS: list[Row] = [
    json.loads(line) for line in (ROOT / "tests" / "gold" / "own.jsonl").read_text(encoding="utf-8").splitlines()
]
PEOPLE: list[Row] = [
    json.loads(line) for line in (ROOT / "tests" / "gold" / "people.jsonl").read_text(encoding="utf-8").splitlines()
]
TEXTS, EMPTY = 80, 12
"""How many texts there are at least, and how many of them hold nothing but what must give no tag."""

SPANS = ("figures", "quotes", "places", "orgs", "office_mentions")
# fmt: off
TOPICS = frozenset((
    "umkm", "prices", "budget", "investment", "labour", "trade", "tourism", "infrastructure", "agriculture",
    "energy", "finance", "welfare", "tax", "property", "transport", "health", "education", "environment",
    "politics", "crime", "disaster", "other",
))
INDICATORS = frozenset((
    "umkm", "pdrb", "inflasi", "apbd", "pad", "investasi", "ketenagakerjaan",
    "kemiskinan", "upah-minimum", "harga-pangan", "ekspor-impor", "kredit", "bantuan", "ipm-stunting",
))
# fmt: on
FLAGS = frozenset({"implausible-scale", "points-not-percent", "hoax"})
PART = r"\d{4}(-(\d{2}(-\d{2})?|Q[1-4]|S[12]))?"
PERIOD = re.compile(rf"{PART}(/{PART})?")
DAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
DAY_AND_DATE = re.compile(rf"\b({'|'.join(DAYS)}),? \((\d{{1,2}})/(\d{{1,2}})(?:/(\d{{2,4}}))?\)")


@cache
def _codes() -> frozenset[str]:
    return frozenset(place["code"] for place in table("places"))


@cache
def _all_codes() -> frozenset[str] | None:
    corpora = load_config().corpora
    path = corpora / "data" / "gazetteer" / "wilayah.csv" if corpora else None
    if path is None or not path.is_file():
        return None
    with path.open(encoding="utf-8", newline="") as file:
        return frozenset(place["kode"] for place in csv.DictReader(file))


def _ids(row: Row) -> str:
    return str(row["id"])


def test_there_are_enough_texts_and_enough_without_a_tag() -> None:
    assert len(ROWS) >= TEXTS
    assert len({row["id"] for row in ROWS}) == len({row["text"] for row in ROWS}) == len(ROWS)
    assert sum(not any(row[kind] for kind in ("people", "programs", *SPANS)) for row in ROWS) >= EMPTY


@pytest.mark.parametrize("row", ROWS, ids=_ids)
def test_offsets_are_true(row: Row) -> None:
    text = row["text"]
    tags = [m for group in ("people", "programs") for tag in row[group] for m in tag["mentions"]]
    tags += [tag for kind in SPANS if kind != "quotes" for tag in row[kind]]
    assert [text[t["start"] : t["end"]] for t in tags] == [t["surface"] for t in tags]
    for start, end in {(t["start"], t["end"]) for t in tags + row["quotes"]}:
        assert text[start:end].strip() == text[start:end] != ""
    for kind in ("figures", "places", "orgs"):
        ends = [0, *(tag["end"] for tag in row[kind])]
        assert all(last <= tag["start"] for last, tag in zip(ends, row[kind], strict=False)), kind


@pytest.mark.parametrize("row", PEOPLE, ids=_ids)
def test_offsets_of_persons_and_offices_are_true(row: Row) -> None:
    tags = [*row["office_mentions"], *(mention for person in row["people"] for mention in person["mentions"])]
    assert [row["text"][t["start"] : t["end"]] for t in tags] == [t["surface"] for t in tags]
    assert all(o.lower() in row["text"].lower() for person in row["people"] for o in person["offices"])


@pytest.mark.parametrize("row", [*ROWS, *PEOPLE], ids=_ids)
def test_people_are_in_the_registry_and_in_office(row: Row) -> None:
    known = {person["person_id"] for person in table("persons")}
    keys = [person["key"] for person in row["people"]]
    assert keys == [p["name"].lower().replace(" ", "-") for p in row["people"]]
    assert len(set(keys)) == len(keys)
    assert all(p["name"] in {m["surface"] for m in p["mentions"]} for p in row["people"])
    assert {tag["speaker"] for kind in ("quotes", "figures") for tag in row.get(kind, ())} <= {None, *keys}
    ids = {tag["person_id"] for tag in row["people"] + row["office_mentions"]}
    assert ids <= {None, *known}
    for person in row["people"]:
        assert person["mentions"]
        for held in person["occupancies"]:
            assert _held(person["person_id"], held, row["published"]), held


def _held(person_id: str, held: Row, day: str) -> bool:
    same = [
        o
        for o in table("occupancies")
        if o["person_id"] == person_id and all(o[name] == (value or "") for name, value in held.items())
    ]
    return any((o["from"] or "0") <= day < (o["to"] or "9") for o in same)


@pytest.mark.parametrize("row", ROWS, ids=_ids)
def test_places_have_true_codes(row: Row) -> None:
    for code in {place["code"] for place in row["places"]} - {None}:
        every = _all_codes()
        assert code in _codes() or (code[:5] in _codes() and (every is None or code in every))


@pytest.mark.parametrize("row", ROWS, ids=_ids)
def test_values_are_of_their_lists(row: Row) -> None:
    assert row["kind"] in get_args(ArticleKind)
    assert row["topics"]
    assert set(row["topics"]) <= TOPICS
    assert {q["kind"] for q in row["quotes"]} <= {"direct", "indirect"}
    assert all((q["verb"] is not None) == (q["kind"] == "indirect") for q in row["quotes"])
    for figure in row["figures"]:
        assert figure["modifier"] in get_args(Modifier)
        assert figure["indicator"] in {None, *INDICATORS}
        assert figure["direction"] in {None, "up", "down", "flat"}
        assert figure["role"] in {None, "target", "realisation"}
        assert set(figure["flags"]) <= FLAGS
        assert figure["unit"]
        assert figure["measures"]
        assert figure["value_max"] is None or figure["value_max"] > figure["value"]
        assert figure["period"] is None or PERIOD.fullmatch(figure["period"])
        assert not ("hoax" in figure["flags"] and figure["indicator"])


@pytest.mark.parametrize("row", ROWS, ids=_ids)
def test_a_base_agrees_with_its_direction(row: Row) -> None:
    for figure in row["figures"]:
        if figure["base"] is not None:
            assert figure["direction"] == ("up" if figure["value"] > figure["base"] else "down")


@pytest.mark.parametrize("row", [*ROWS, *PEOPLE], ids=_ids)
def test_week_days_and_dates_agree(row: Row) -> None:
    published = date.fromisoformat(row["published"])
    for weekday, day, month, year in DAY_AND_DATE.findall(row["text"]):
        told = date(int(year) + 2000 * (len(year) == 2) if year else published.year, int(month), int(day))
        assert (told - published).days <= 7
        assert DAYS[told.weekday()] == weekday


@pytest.mark.parametrize("phenomenon", PHENOMENA)
def test_every_phenomenon_is_there(phenomenon: str) -> None:
    wanted, count = PHENOMENA[phenomenon]
    assert sum(map(count, ROWS)) >= wanted


@pytest.mark.parametrize(
    ("kind", "wanted"),
    [("people", 140), ("programs", 30), ("figures", 280), ("quotes", 180), ("places", 140), ("orgs", 75)],
)
def test_there_is_enough_of_each_kind(kind: str, wanted: int) -> None:
    assert sum(len(row[kind]) for row in ROWS) >= wanted


def test_all_indicators_and_kinds_are_there() -> None:
    said_of = Counter(figure["indicator"] for row in ROWS for figure in row["figures"])
    assert min(said_of[indicator] for indicator in INDICATORS) >= 3
    assert {row["kind"] for row in ROWS} == set(get_args(ArticleKind))
