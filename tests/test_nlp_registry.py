"""The registry: who held which office when, whom a name means, and what contradicts itself."""

from __future__ import annotations

from datetime import date

import pytest
import spacy

import nlp.components.people
import nlp.components.quotes  # registers the factory
from nlp.extensions import register
from nlp.people.alone import office_tags
from nlp.people.finder import find_people
from nlp.people.identity import canonical_office, names_match, read_office
from nlp.registry_check import check
from nlp.registry_data import Registry
from scraper.errors import LexiconError

MAY_2021 = date(2021, 5, 3)


@pytest.fixture(scope="module")
def registry() -> Registry:
    return Registry.shipped()


@pytest.mark.parametrize(
    ("office", "area", "day", "holder", "acting"),
    [
        ("Wali Kota", "36.74", date(2021, 5, 3), "benyamin-davnie", ""),
        ("walikota", "36.74", date(2021, 4, 19), "airin-rachmi-diany", ""),
        ("Walikota", "36.74", date(2021, 4, 20), "bambang-noertjahjo", "Plh"),
        ("wali kota", "36.74", date(2021, 4, 26), "benyamin-davnie", ""),
        ("Wabup", "36.03", date(2020, 1, 1), "mad-romli", ""),
        ("Bupati", "36.03", date(2024, 6, 1), "andi-ony-prihartono", "Pj"),
        ("Gubernur", "36", date(2014, 6, 1), "rano-karno", "Plt"),
        ("Gubernur", "36", date(2025, 2, 20), "andra-soni", ""),
        ("Menteri Keuangan", "", date(2020, 1, 1), "sri-mulyani-indrawati", ""),
    ],
)
def test_holder_on_a_day(registry: Registry, office: str, area: str, day: date, holder: str, acting: str) -> None:
    term = registry.holder(office, area, day)
    assert term is not None
    assert (term.person_id, term.acting) == (holder, acting)


@pytest.mark.parametrize("day", [date(1990, 1, 1), date(2018, 3, 25)])
def test_no_holder_where_none_is_known(registry: Registry, day: date) -> None:
    assert registry.holder("Bupati", "36.03", day) is None


@pytest.mark.parametrize(
    ("name", "offices", "day", "person"),
    [
        ("Pilar Saga Ichsan", ["Wakil Walikota Tangerang Selatan"], MAY_2021, "pilar-saga-ichsan"),
        ("Pilar Saga Ichsan", [], None, "pilar-saga-ichsan"),
        ("Ahmad Zaki Iskandar", ["Bupati Tangerang"], MAY_2021, "ahmed-zaki-iskandar"),
        ("Arief R. Wismansah", ["Wali Kota Tangerang"], MAY_2021, "arief-r-wismansyah"),
        ("Airin", ["Mantan Wali Kota Tangsel"], date(2024, 1, 1), "airin-rachmi-diany"),
        ("Airin", ["Wali Kota Tangsel"], date(2024, 1, 1), None),
        ("Sachrudin", ["Wakil Wali Kota Tangerang"], MAY_2021, "sachrudin"),
        ("Sachrudin", ["Camat Pinang"], MAY_2021, None),
        ("Sachrudin", [], MAY_2021, None),
        ("Budi Santoso", [], date(2025, 1, 1), None),
        ("Budi Santoso", ["Menteri Perdagangan"], date(2025, 1, 1), "budi-santoso"),
        ("Budi Santoso", ["Camat Setu"], date(2025, 1, 1), None),
        ("Arif Rahman", ["Wali Kota Tangerang"], MAY_2021, None),
        ("Perry Warjiyo", ["Gubernur BI"], MAY_2021, "perry-warjiyo"),
        ("Ahmad Zaki Iskandar", ["Bupati Tangerang"], None, None),
        ("", [], None, None),
    ],
)
def test_resolve(registry: Registry, name: str, offices: list[str], day: date | None, person: str | None) -> None:
    assert registry.resolve(name, offices, day) == person


def test_local_rows_win() -> None:
    registry = Registry.from_rows(
        persons=[
            {"person_id": "pilar-saga-ichsan", "name": "Pilar S. Ichsan"},
            {"person_id": "x", "name": "Tini Wati"},
        ],
        occupancies=[{"person_id": "x", "office": "Camat", "area_code": "36.74.07", "from": "2020", "to": "2021-06"}],
    )
    assert registry.persons["pilar-saga-ichsan"].name == "Pilar S. Ichsan"
    assert registry.persons["andra-soni"].name == "Andra Soni"
    assert registry.resolve("Tini Wati", ["Camat Setu"], MAY_2021) == "x"
    assert registry.resolve("Tini Wati", ["Camat Setu"], date(2021, 6, 1)) is None


def test_check_tells_overlap_gap_and_stranger() -> None:
    base = {"office": "Bupati", "area_code": "99.01"}
    registry = Registry(
        {
            "persons": ({"person_id": "a", "name": "A"}, {"person_id": "b", "name": "B"}),
            "occupancies": (
                {**base, "person_id": "a", "from": "2010-01-01", "to": "2015-01-01"},
                {**base, "person_id": "b", "from": "2014-06-01", "to": "2016-01-01"},
                {**base, "person_id": "c", "from": "2017-01-01", "to": "2016-01-01"},
            ),
        }
    )
    assert check(registry) == [
        "Bupati 99.01: a and b overlap from 2014-06-01",
        "Bupati 99.01: c ends on 2016-01-01, not after its start 2017-01-01",
        "Bupati 99.01: nobody from 2016-01-01 to 2017-01-01",
        "c is not among the persons",
    ]


def test_shipped_rows_have_no_overlap_and_no_stranger(registry: Registry) -> None:
    lines = check(registry)
    assert [line for line in lines if "nobody" not in line] == []
    assert "Bupati 36.03: nobody from 2018-03-22 to 2018-04-06" in lines
    codes = {term.area_code for term in registry.occupancies}
    assert codes == {"", "36", "36.03", "36.71", "36.74"}
    assert {term.confidence for term in registry.occupancies} == {"tinggi", "sedang", "rendah"}


def test_a_wrong_day_names_the_remedy() -> None:
    with pytest.raises(LexiconError, match="write YYYY-MM-DD"):
        Registry({"occupancies": ({"person_id": "a", "office": "Bupati", "from": "12/2020"},)})


@pytest.mark.parametrize(
    ("phrase", "office", "codes"),
    [
        ("Wakil Walikota Tangerang Selatan", "wakil wali kota", {"36.74"}),
        ("Bupati Tangerang", "bupati", {"36.03"}),
        ("Wali Kota Tangerang", "wali kota", {"36.71"}),
        ("Pj. Gubernur Banten", "gubernur", {"36"}),
        ("Menteri Perdagangan (Mendag) RI", "menteri perdagangan", set()),
    ],
)
def test_read_office(phrase: str, office: str, codes: set[str]) -> None:
    read = read_office(phrase)
    assert (read.office, set(read.area_codes)) == (office, codes)


def test_spellings() -> None:
    assert canonical_office("Wali  Kota") == canonical_office("Walikota") == canonical_office("walkot")
    assert names_match("Benyamin Davni", "Benyamin Davnie")
    assert not names_match("Rudi Hartono", "Rudi Susanto")


def test_components_fill_people_and_quotes() -> None:
    register()
    pipeline = spacy.blank("id")
    pipeline.add_pipe("pantau_people")
    pipeline.add_pipe("pantau_quotes")
    doc = pipeline.make_doc('Wakil Wali Kota Tangsel Pilar Saga Ichsan hadir.\n\n"Harga stabil," ujar Pilar.')
    doc._.published = MAY_2021
    doc = pipeline(doc)
    (person,) = doc._.people
    assert (person.key, person.official, person.person_id) == ("pilar-saga-ichsan", True, "pilar-saga-ichsan")
    assert [mention.surface for mention in person.mentions] == ["Pilar Saga Ichsan", "Pilar"]
    (quote,) = doc._.quotes
    assert (quote.surface, quote.speaker) == ("Harga stabil,", "pilar-saga-ichsan")
    assert [span.text for span in doc.spans["offices"]] == ["Wakil Wali Kota Tangsel"]
    assert [span.text for span in doc.spans["names"]] == ["Pilar Saga Ichsan", "Pilar"]


def test_component_takes_another_registry() -> None:
    component = nlp.components.people.PeopleComponent()
    local = Registry.from_rows(persons=[{"person_id": "z", "name": "Zed Zulkarnain Zaini"}])
    component.use_registry(local)
    assert component.registry.resolve("Zed Zulkarnain Zaini", [], None) == "z"


@pytest.mark.parametrize(
    ("name", "offices", "day", "person"),
    [
        ("Slamet Budhi Mulyanto", ["Kepala Bapenda Kabupaten Tangerang"], "2023-07-03", "slamet-budhi-mulyanto"),
        (
            "Tedi Suwardi",
            ["Plt Kepala Dinas Koperasi dan Usaha Mikro Kabupaten Tangerang"],
            "2019-07-03",
            "teddi-suwardi",
        ),
        ("Ujang Hendra Gunawan", ["Kadisnaker Kota Tangerang"], "2025-07-03", "ujang-hendra-gunawan"),
        ("Slamet Budhi Mulyanto", ["Kepala Dinas Kesehatan Kota Tangerang"], "2023-07-03", None),
        ("Damenta", ["Pj Gubernur Banten"], "2025-01-03", "ucok-abdulrauf-damenta"),
        ("Damenta", ["Pj Gubernur Banten"], "2023-01-03", None),
        ("WH", ["Gubernur Banten"], "2019-01-03", "wahidin-halim"),
        ("Atut", ["mantan Gubernur Banten"], "2019-01-03", "ratu-atut-chosiyah"),
        ("Sachrudin", ["Wali Kota Tangerang terpilih"], "2025-01-03", "sachrudin"),
        ("Sachrudin", ["Wali Kota Tangerang"], "2025-01-03", None),
    ],
)
def test_resolves_by_agency_part_of_the_name_and_time(
    name: str, offices: list[str], day: str, person: str | None
) -> None:
    assert Registry.shipped().resolve(name, offices, date.fromisoformat(day)) == person


def test_a_bare_office_is_read_by_the_areas_of_the_text() -> None:
    registry, day = Registry.shipped(), date(2022, 5, 3)
    assert registry.resolve("Zaki", ["Bupati"], day, near=frozenset({"36.03"})) == "ahmed-zaki-iskandar"
    assert registry.resolve("Zaki", ["Bupati"], day, near=frozenset({"32.01"})) is None
    assert registry.resolve("Andra Soni", [], date(2024, 5, 3), near=frozenset({"36"})) == "andra-soni"
    assert registry.resolve("Andra Soni", [], date(2024, 5, 3), near=frozenset({"32"})) is None


@pytest.mark.parametrize(
    ("text", "holders"),
    [
        ("Bupati Tangerang dan Wali Kota Tangerang hadir.", ["ahmed-zaki-iskandar", "arief-r-wismansyah"]),
        ("Menurut Wagub Banten, jalan itu rusak.", ["andika-hazrumy"]),
        ("Pj Bupati Tangerang hadir.", [None]),
        ("Wali Kota Tangerang Sutan Harahap hadir.", []),
        ("Peraturan Gubernur Banten berlaku.", []),
        ("Wali Kota Tangerang terpilih hadir.", []),
        ("Mantan Bupati Tangerang hadir.", []),
        ("Bupati hadir.", []),
    ],
)
def test_resolves_an_office_without_a_name(text: str, holders: list[str | None]) -> None:
    tags = office_tags(text, find_people(text).offices, Registry.shipped(), date(2022, 5, 3))
    assert [tag.person_id for tag in tags] == holders
