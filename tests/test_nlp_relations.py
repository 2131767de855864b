"""Persons told of by their relation to an office: deputies, predecessors, pairs; offices without a name."""

from __future__ import annotations

import pytest

from nlp.tagger import Tagger
from scraper.items import Tags
from scraper.rows import from_row

# ruff: noqa: E501  one case a line

# text, day, name, person in the registry or None, official
PERSONS = [
    ("Wali Kota Tangerang Sachrudin menemui pendahulunya, Nurdin.", "2025-03-11", "Nurdin", "nurdin", True),
    ("Gubernur Banten Rano Karno tiba. Ia menggantikan Ratu Atut.", "2015-09-01", "Ratu Atut", "ratu-atut-chosiyah", True),
    ("Bupati Tangerang hadir bersama wakilnya, Mad Romli.", "2019-05-02", "Mad Romli", "mad-romli", True),
    ("Bupati Sragen hadir bersama wakilnya, Joko Susilo.", "2019-05-02", "Joko Susilo", None, True),
    ("Duet Benyamin-Pilar meresmikan taman.", "2023-05-02", "Benyamin", "benyamin-davnie", True),
    ("Duet Benyamin-Pilar meresmikan taman.", "2023-05-02", "Pilar", "pilar-saga-ichsan", True),
    ("Duet Rudi Hartono-Siti Aminah meresmikan taman.", "2023-05-02", "Siti Aminah", None, False),
    ("Mantan Wakil Bupati Tangerang Mad Romli menjadi juri.", "2024-10-08", "Mad Romli", "mad-romli", True),
    ("Kepala Dinas Pertanian Kabupaten Lebak Hermansyah hadir.", "2016-09-07", "Hermansyah", None, True),
    ("Andra Soni, Ketua DPRD Banten yang juga politisi, menilai hal itu.", "2019-12-12", "Andra Soni", "andra-soni", True),
]  # fmt: skip
# text, day, office, holder or None; no office where it is no mention
OFFICES = [
    ("Beras itu diserahkan Menteri Perdagangan kemarin.", "2023-10-16", "Menteri Perdagangan", "zulkifli-hasan"),
    ("Rapat dipimpin Gubernur Bank Indonesia di Jakarta.", "2023-10-16", "Gubernur Bank Indonesia", "perry-warjiyo"),
    ("Kedatangan Presiden disambut warga.", "2023-10-16", "Presiden", "joko-widodo"),
    ("Mereka menemui Menteri Pertanian kemarin.", "2023-10-16", "Menteri Pertanian", None),
    ("Warga menunggu Wali Kota Tangerang di taman.", "2013-12-04", "Wali Kota Tangerang", None),
    ("Plh Bupati Tangerang Hermansyah bekerja saat Bupati Tangerang cuti.", "2018-02-21", "Bupati Tangerang", "ahmed-zaki-iskandar"),
    ("Peraturan Wali Kota Tangerang terbit.", "2023-10-16", "", None),
    ("Presiden Slamet Riyadi tiba. Presiden itu disambut.", "2023-10-16", "", None),
]  # fmt: skip


def _tags(text: str, day: str) -> Tags:
    return next(iter(Tagger.load().tag([from_row({"text": text, "title": "x", "published": day})]))).tags


@pytest.mark.parametrize(("text", "day", "name", "person_id", "official"), PERSONS)
def test_person(text: str, day: str, name: str, person_id: str | None, official: bool) -> None:
    told = {person.name: (person.person_id, person.official) for person in _tags(text, day).people}
    assert told[name] == (person_id, official)


@pytest.mark.parametrize(("text", "day", "office", "holder"), OFFICES)
def test_office_without_a_name(text: str, day: str, office: str, holder: str | None) -> None:
    told = [(mention.surface, mention.person_id) for mention in _tags(text, day).office_mentions]
    assert told == ([(office, holder)] if office else [])
