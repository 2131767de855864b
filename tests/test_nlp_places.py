"""Places: class words and names, what holds none, and the codes of namesakes."""

from __future__ import annotations

import pytest

from nlp.lexicons import read_rows
from nlp.places.finder import _is_shown, find_places
from nlp.places.gazetteer import Gazetteer, district_rows
from nlp.registry_data import FOLDER

GAZETTEER = Gazetteer([*read_rows(FOLDER / "places.csv"), *district_rows()])


def surfaces(text: str, taken: list[tuple[int, int]] | None = None) -> list[str]:
    return [text[place.start : place.end] for place in find_places(text, gazetteer=GAZETTEER, taken=taken or [])]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Banjir merendam Kecamatan Tigaraksa.", ["Kecamatan Tigaraksa"]),
        ("Lubang di Jalan Raya Serpong ditambal.", ["Jalan Raya Serpong"]),
        ("Pedagang Pasar Anyar mengeluh.", ["Pasar Anyar"]),
        ("Warga Desa Sukasari Kecamatan Rajeg mengungsi.", ["Desa Sukasari", "Kecamatan Rajeg"]),
        ("Kota termuda se-Provinsi Banten.", ["Provinsi Banten"]),
        ("Ekonomi Tangsel tumbuh, Jabar melambat.", ["Tangsel", "Jabar"]),
        ("TANGERANG - Harga telur naik.", ["TANGERANG"]),
        ("Air Sungai Cisadane meluap ke Jembatan Kaca.", ["Sungai Cisadane", "Jembatan Kaca"]),
        ("Pasien dirawat di RSUD Balaraja.", ["RSUD Balaraja"]),
        ("Ekspor ke Jepang dan Korea Selatan naik.", ["Jepang", "Korea Selatan"]),
        ("Jalan Mawar-Kenanga diperbaiki.", ["Jalan Mawar-Kenanga"]),
        ("Camat meninjau Kecamatan Setu. Di Setu air surut.", ["Kecamatan Setu", "Setu"]),
        ("Di Kabupaten Tangerang, warga Cikupa dan Balaraja menunggu.", ["Kabupaten Tangerang", "Cikupa", "Balaraja"]),
        ("Baca juga: Warga Tangsel Antre Beras", []),
        ("Pasar murah dan pasar modal ramai.", []),
        ("Desa wisata dan Kota Layak Anak.", []),
        ("Benda itu jatuh dari langit.", []),
        ("", []),
    ],
)
def test_places_are_found_with_their_class_word(text: str, found: list[str]) -> None:
    assert surfaces(text) == found


def test_an_office_or_org_holds_no_place() -> None:
    text = "Bupati Tangerang tiba di Kota Serang."
    assert surfaces(text, [(0, 16)]) == ["Kota Serang"]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Warga Tangsel antre.", {"Tangsel": "36.74"}),
        ("Warga Kabupaten Tangerang antre.", {"Kabupaten Tangerang": "36.03"}),
        ("Warga Kota Tangerang antre.", {"Kota Tangerang": "36.71"}),
        ("Warga Tangerang antre.", {"Tangerang": None}),
        ("Di Kota Tangerang panas. Warga Tangerang antre.", {"Kota Tangerang": "36.71", "Tangerang": "36.71"}),
        ("Kecamatan Setu, Kota Tangerang Selatan.", {"Kecamatan Setu": "36.74.07", "Kota Tangerang Selatan": "36.74"}),
        ("Kecamatan Setu, Kabupaten Bekasi.", {"Kecamatan Setu": "32.16.18", "Kabupaten Bekasi": "32.16"}),
        ("Kecamatan Setu dibuka.", {"Kecamatan Setu": None}),
        ("Macet di Jalan Kenanga.", {"Jalan Kenanga": None}),
    ],
)
def test_namesakes_are_told_apart_by_class_word_and_company(text: str, codes: dict[str, str | None]) -> None:
    found = find_places(text, gazetteer=GAZETTEER, taken=[])
    assert {text[place.start : place.end]: place.code for place in found} == codes


def test_local_rows_make_new_places() -> None:
    rows = [{"code": "99", "name": "Tirtasaga", "kind": "province", "parent_code": "", "aliases": "Tirsa"}]
    found = find_places("Ekonomi Tirsa tumbuh.", gazetteer=Gazetteer(rows), taken=[])
    assert [(place.start, place.end, place.code) for place in found] == [(8, 13, "99")]


def test_the_model_adds_what_no_rule_knows() -> None:
    text = "Acara itu digelar di Lembah Sunyi kemarin."
    found = find_places(text, gazetteer=GAZETTEER, taken=[], model=[(21, 33)])
    assert [(text[place.start : place.end], place.source, place.code) for place in found] == [
        ("Lembah Sunyi", "model", None)
    ]


def test_a_long_hostile_text_is_read_wholly() -> None:
    text = "Jalan " * 5000 + "di Kota (" * 5000
    assert all(place.end <= len(text) for place in find_places(text, gazetteer=GAZETTEER, taken=[]))


def test_every_row_of_the_shipped_gazetteer_has_its_parent() -> None:
    rows = read_rows(FOLDER / "places.csv")
    codes = {row["code"] for row in rows}
    assert {row["parent_code"] for row in rows} <= codes | {""}
    assert {row["kind"] for row in rows} == {"province", "regency", "district", "village"}
    assert sum(row["kind"] == "province" for row in rows) == 38


@pytest.mark.parametrize(
    ("text", "span", "shown"),
    [
        ("Ongkos naik.", "Ongkos", False),
        ("Kami ke Ongkosari. Ongkosari sepi.", "Ongkosari", True),
        ("Warga pergi ke Likupang.", "Likupang", True),
        ("Rebus gula aren dulu.", "Rebus gula aren", False),
        ("Ia tiba di pasar. Ibu itu pulang.", "pasar. Ibu", False),
        ("Ia memakai teropong T-114 baru.", "T-114", False),
        ("Serpong macet.", "Serpong", True),
    ],
)
def test_a_capital_at_the_start_of_a_sentence_makes_no_place(text: str, span: str, shown: bool) -> None:
    at = text.index(span)
    assert _is_shown(text, (at, at + len(span)), GAZETTEER) is shown
