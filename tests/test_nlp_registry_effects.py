"""What edits of the registries may change: whom, which offices, which words, and nothing where nothing differs."""

from __future__ import annotations

from typing import Any

import pytest

from nlp.registry_data import Registry
from nlp.registry_effects import MANY, Effects, registry_effects

PERSON = {"person_id": "zp", "name": "Zulkarnaen Prabaswara", "aliases": "Bang Zul"}
TERM = {"person_id": "zp", "office": "Wali Kota", "area_code": "36.74", "agency_id": "", "from": "2031-02-20"}
HEAD = {"person_id": "zp", "office": "Kepala Dinas", "area_code": "36.74", "agency_id": "dx", "from": "2031"}
AGENCY = {"agency_id": "dx", "name": "Dinas Angkasa", "aliases": "Disang", "area_code": "36.74"}


def effects(before: dict[str, Any], after: dict[str, Any]) -> Effects:
    return registry_effects(Registry.from_rows(**before), Registry.from_rows(**after))


def test_equal_registries_change_nothing() -> None:
    rows = {"persons": [PERSON], "occupancies": [TERM]}
    assert not effects(rows, rows)
    assert not effects(rows, {**rows, "persons": [PERSON | {"note": "baru"}]})
    assert not effects(rows, {**rows, "occupancies": [TERM | {"source": "KPU"}]})


@pytest.mark.parametrize("taken_back", [False, True])
def test_a_term_concerns_its_person_its_office_and_who_else_held_it(taken_back: bool) -> None:
    without, with_it = {"persons": [PERSON]}, {"persons": [PERSON], "occupancies": [TERM]}
    found = effects(with_it, without) if taken_back else effects(without, with_it)
    for name in ("Zulkarnaen Prabaswara", "H. Zulkarnaen Prabaswara", "Zulkarnain Prabaswara", "Prabaswara", "ZP"):
        assert found.may_mean(name, None), name
    assert not found.may_mean("Budi Santoso", None)
    assert found.may_mean("Ibu Wali", "pilar-saga-ichsan") is False
    others = {term.person_id for term in Registry.shipped().occupancies if (term.office, term.area_code) == (
        "Wali Kota", "36.74")}  # fmt: skip
    assert others
    assert all(found.may_mean("Siapa Saja", one) for one in others)
    assert found.may_be_of("Walikota Tangsel")
    assert not found.may_be_of("Wali Kota Tangerang")
    assert not found.may_be_of("Wakil Wali Kota Tangerang Selatan")


def test_an_agency_concerns_the_terms_at_it() -> None:
    rows = {"persons": [PERSON], "occupancies": [HEAD], "agencies": [AGENCY]}
    found = effects(rows, {**rows, "agencies": [AGENCY | {"aliases": "Disang|Disaku"}]})
    assert found.may_mean("Prabaswara", None)


def test_words_of_places_and_programmes_old_and_new() -> None:
    place = {"code": "36.74.99", "name": "Kecamatan Ciwangi", "kind": "district", "aliases": ""}
    programme = {"programme_id": "gc", "name": "Gerobak Ceria", "aliases": "Gercer"}
    found = effects(
        {"places": [place], "programmes": [programme]},
        {"places": [place | {"aliases": "Ciwangi Baru"}], "programmes": [programme | {"name": "Gerobak Bahagia"}]},
    )
    assert found.words >= {"Kecamatan Ciwangi", "Ciwangi", "Ciwangi Baru"}
    assert found.words >= {"Gerobak Ceria", "Gerobak Bahagia", "Gercer"}
    assert not found.persons


def test_an_office_over_the_whole_country_is_looked_for_in_the_text() -> None:
    found = effects({"persons": [PERSON]}, {"persons": [PERSON], "occupancies": [
        {"person_id": "zp", "office": "Menteri Urusan Awan", "area_code": "", "from": "2031-02-20"}]})  # fmt: skip
    assert "Menteri Urusan Awan" in found.words


def test_a_new_whole_name_is_looked_for_in_the_text_where_no_person_is_tagged_yet() -> None:
    assert effects({}, {"persons": [PERSON]}).words >= {"Zulkarnaen Prabaswara", "Bang Zul"}
    assert not effects({"persons": [PERSON]}, {"persons": [PERSON], "occupancies": [TERM]}).words


def test_of_very_many_edits_anybody_may_be_meant() -> None:
    crowd = [{"person_id": f"p{n}", "name": f"Nama Ke{n}"} for n in range(MANY + 1)]
    assert effects({}, {"persons": crowd}).may_mean("Budi Santoso", None)
