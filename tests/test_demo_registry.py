"""The demo registry: dated from today, whole, free of overlaps, and at one with the stories."""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from demo.registry_rows import demo_registry
from demo.story import load_stories
from scraper.errors import PantauError

TODAY = date(2026, 3, 9)
Row = dict[str, str]
HEADERS = {
    "persons": "person_id,name,aliases,public_figure,note",
    "occupancies": "person_id,office,area_code,agency_id,from,to,acting,source,confidence",
    "agencies": "agency_id,name,aliases,area_code,from,to",
    "programmes": "programme_id,name,aliases,owner,from,to",
    "places": "code,name,kind,parent_code,aliases",
}
OUTSIDE = {"Oman Rohmana", "Endang Kosasih"}
"""Officials of the stories that the registry leaves to the candidates' queue."""


@pytest.fixture(scope="module")
def registry() -> dict[str, list[Row]]:
    return demo_registry(TODAY)


@pytest.fixture(scope="module")
def everything() -> str:
    stories = load_stories(TODAY)
    return "\n".join(f"{version.title}\n{version.text}" for story in stories for version in story.versions)


def bounds(row: Row) -> tuple[str, str]:
    return row["from"] or "0001-01-01", row["to"] or "9999-12-31"


def holder(registry: dict[str, list[Row]], office: str, area: str, day: date) -> tuple[str, str]:
    (row,) = [
        row
        for row in registry["occupancies"]
        if (row["office"], row["area_code"]) == (office, area) and bounds(row)[0] <= day.isoformat() < bounds(row)[1]
    ]
    return row["person_id"], row["acting"]


def test_columns_are_those_of_the_contract(registry: dict[str, list[Row]]) -> None:
    assert {name: ",".join(rows[0]) for name, rows in registry.items()} == HEADERS


def test_days_become_dates(registry: dict[str, list[Row]]) -> None:
    hendra = [row for row in registry["occupancies"] if row["person_id"] == "hendra-wiradipura"]
    assert [(row["office"], row["from"], row["to"]) for row in hendra] == [
        ("Wali Kota", "2025-08-11", ""),
        ("Wakil Wali Kota", "2019-06-28", "2024-06-27"),
    ]


@pytest.mark.parametrize(
    ("office", "area", "days_ago", "expected"),
    [
        ("Wali Kota", "99.71", 621, ("ratna-dewi-kusumastuti", "")),
        ("Wali Kota", "99.71", 617, ("bintang-mahardika", "Plh")),
        ("Wali Kota", "99.71", 614, ("agung-prasodjo", "Pj")),
        ("Wali Kota", "99.71", 0, ("hendra-wiradipura", "")),
        ("Wakil Wali Kota", "99.71", 871, ("hendra-wiradipura", "")),
        ("Wakil Wali Kota", "99.71", 1, ("bintang-mahardika", "")),
        ("Sekretaris Daerah", "99.71", 299, ("rusdiana-halim", "Plh")),
        ("Sekretaris Daerah", "99.71", 200, ("rusdiana-halim", "Pj")),
        ("Bupati", "99.01", 118, ("suryana-adiwinata", "")),
        ("Bupati", "99.01", 58, ("intan-prameswari", "Plt")),
        ("Bupati", "99.01", 3, ("intan-prameswari", "")),
    ],
)
def test_office_has_its_holder_at_the_day(
    registry: dict[str, list[Row]], office: str, area: str, days_ago: int, expected: tuple[str, str]
) -> None:
    assert holder(registry, office, area, TODAY - timedelta(days=days_ago)) == expected


def test_no_two_hold_one_office_at_once(registry: dict[str, list[Row]]) -> None:
    by_office: dict[tuple[str, str, str], list[Row]] = defaultdict(list)
    for row in registry["occupancies"]:
        by_office[row["office"], row["area_code"], row["agency_id"]].append(row)
    for office, rows in by_office.items():
        rows.sort(key=bounds)
        for earlier, later in pairwise(rows):
            assert bounds(earlier)[1] <= bounds(later)[0], office
        assert all(bounds(row)[0] < bounds(row)[1] for row in rows), office


def test_every_id_points_to_a_row(registry: dict[str, list[Row]]) -> None:
    persons = [row["person_id"] for row in registry["persons"]]
    agencies = [row["agency_id"] for row in registry["agencies"]]
    codes = [row["code"] for row in registry["places"]]
    programmes = [row["programme_id"] for row in registry["programmes"]]
    for ids in (persons, agencies, codes, programmes):
        assert len(ids) == len(set(ids))
    for row in registry["occupancies"]:
        assert row["person_id"] in persons
        assert row["area_code"] in codes
        assert row["agency_id"] in {"", *agencies}
        assert row["acting"] in {"", "Pj", "Plt", "Plh"}
    assert {row["owner"] for row in registry["programmes"]} <= set(agencies)
    assert {row["parent_code"] for row in registry["places"]} <= {"", *codes}
    assert {row["area_code"] for row in registry["agencies"]} <= set(codes)


def test_registry_knows_whom_the_stories_name(registry: dict[str, list[Row]], everything: str) -> None:
    for row in registry["persons"]:
        assert row["name"] in everything, row["name"]
    aliases = {alias for row in registry["persons"] for alias in row["aliases"].split("|")}
    for name in OUTSIDE:
        assert name in everything
        assert name not in aliases | {row["name"] for row in registry["persons"]}
    for row in registry["programmes"]:
        assert row["name"] in everything, row["name"]


def test_stories_give_offices_to_their_holders(registry: dict[str, list[Row]]) -> None:
    areas = {"Tirtasari": "99.71", "Wanakerta": "99.01", "Sagara": "99"}
    persons = {row["name"]: row["person_id"] for row in registry["persons"]}
    told = re.compile(
        r"(?P<no>[Mm]antan |[Cc]alon |terpilih )?(?:\(?(?P<acting>Pj|Plt|Plh|Penjabat)\)? )?"
        r"(?P<office>(?:Wakil )?(?:Wali Kota|Bupati|Gubernur)|Sekda)"
        rf" (?:Kota )?(?P<area>Tirtasari|Wanakerta|Sagara),? (?:H\. |Hj\. )?(?P<name>{'|'.join(persons)})"
    )
    seen = 0
    for story in load_stories(TODAY):
        for version in story.versions:
            for found in told.finditer(version.text):
                if found["no"]:
                    continue
                office = "Sekretaris Daerah" if found["office"] == "Sekda" else found["office"]
                acting = (found["acting"] or "").replace("Penjabat", "Pj")
                expected = holder(registry, office, areas[found["area"]], version.published.date())
                assert (persons[found["name"]], acting) == expected, (story.slug, found[0])
                seen += 1
    assert seen > 70


@pytest.mark.parametrize(
    ("name", "rows", "cause"),
    [
        ("persons", "p-1,Nama\n", "fields"),
        ("agencies", "a-1,Dinas,,99,kemarin,\n", "kemarin"),
    ],
)
def test_broken_registry_names_file_and_cause(tmp_path: Path, name: str, rows: str, cause: str) -> None:
    for other, header in HEADERS.items():
        (tmp_path / f"{other}.csv").write_text(header + "\n" + (rows if other == name else ""), encoding="utf-8")
    with pytest.raises(PantauError, match=rf"{name}\.csv") as caught:
        demo_registry(TODAY, folder=tmp_path)
    assert cause in str(caught.value)
