"""Numbers in digits and words, and the periods of a text."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.figures.find import find_figures
from nlp.figures.numbers import parse_number
from nlp.figures.periods import find_periods

NUMBERS = [
    ("90.128", 90128), ("3.382,97", 3382.97), ("1000", 1000), ("5,3", 5.3), ("5.8", 5.8), ("14.49", 14.49),
    ("0,02", 0.02), ("0.123", 0.123), ("1,234,567", 1234567), ("1,234.5", 1234.5), ("3. 000", 3000), ("12. 500", 12500),
    ("1.5 juta", 1.5e6), ("4,93 triliun", 4.93e12), ("150 ribu", 150e3), ("2 milyar", 2e9), ("7 trilyun", 7e12),
    ("9 trilun", 9e12), ("15 ribuan", 15e3), ("800-an juta", 800e6), ("300 jt", 300e6), ("50 rb", 50e3),
    ("1 miliar 200 juta", 1.2e9), ("12 ribu lima ratus", 12500), ("satu", 1), ("sebelas", 11), ("dua belas", 12),
    ("dua puluh", 20), ("dua puluh lima", 25), ("seratus", 100), ("seratus dua puluh tiga", 123), ("tiga ratus", 300),
    ("seribu", 1000), ("seribu lima ratus", 1500), ("dua ribu lima", 2005), ("dua belas ribu", 12000),
    ("lima ratus ribu", 500e3), ("sejuta", 1e6), ("dua juta lima ratus ribu", 2.5e6), ("setengah", 0.5),
    ("setengah juta", 0.5e6), ("dua setengah juta", 2.5e6), ("satu koma lima", 1.5), ("lima koma dua lima", 5.25),
    ("sembilan puluh sembilan", 99), ("semiliar", 1e9), ("2,800 triliun", 2.8e12), ("1.202 miliar", 1.202e12),
]  # fmt: skip

PERIODS = [
    ("di tahun 2020 sebanyak", ["2020"]),
    ("TA 2023 disahkan", ["2023"]),
    ("APBD tahun anggaran 2023/2024", ["2023/2024"]),
    ("tahun anggaran 2023 dan tahun anggaran 2024", ["2023/2024"]),
    ("periode 2018-2023", ["2018/2023"]),
    ("tahun 2025 sampai 2029", ["2025/2029"]),
    ("triwulan III 2023", ["2023-Q3"]),
    ("triwulan-III/2018", ["2018-Q3"]),
    ("TW I 2024", ["2024-Q1"]),
    ("kuartal kedua 2022", ["2022-Q2"]),
    ("kuartal II tahun lalu", ["2024-Q2"]),
    ("Q4 2021", ["2021-Q4"]),
    ("hingga triwulan III 2023", ["2023-01/2023-09"]),
    ("semester I 2025", ["2025-S1"]),
    ("semester II tahun 2024", ["2024-S2"]),
    ("Januari-Maret 2024", ["2024-01/2024-03"]),
    ("Januari hingga September 2023", ["2023-01/2023-09"]),
    ("hingga September 2023", ["2023-01/2023-09"]),
    ("bulan November 2025", ["2025-11"]),
    ("per-November 2018", ["2018-11"]),
    ("per 30 September 2023", ["2023-09-30"]),
    ("Senin (3/5/2021)", ["2021-05-03"]),
    ("Kamis (8/8/24)", ["2024-08-08"]),
    ("Selasa (7/6)", ["2025-06-07"]),
    ("Kamis 23-01-2025", ["2025-01-23"]),
    ("22—28 Oktober 2025", ["2025-10-22/2025-10-28"]),
    ("20 Oktober hingga 8 November 2025", ["2025-10-20/2025-11-08"]),
    ("tanggal 4, 5 November 2020", ["2020-11-04/2020-11-05"]),
    ("1 Nop 2019", ["2019-11-01"]),
    ("3 Agt 2022", ["2022-08-03"]),
    ("tahun ini", ["2025"]),
    ("tahun lalu", ["2024"]),
    ("bulan lalu", ["2025-09"]),
    ("hari ini", ["2025-10-21"]),
    ("Jumat (12/14/2017)", [None]),
    ("masa 2023 hingga 2008", [None]),
    ("sebanyak 2.000 orang", []),
    ("seharga 2020,5 rupiah", []),
]

SPOKEN = [
    ("Jumlah UMKM tahun 2020 sebanyak 90.128.", "90.128", "2020"),
    ("Produksi pada 2024 mencapai 12 ton.", "12 ton", "2024"),
    ("Ekspor tumbuh 4 persen pada triwulan II 2024.", "4 persen", "2024-Q2"),
    ("Kemiskinan turun dari 6,1 persen pada 2021 menjadi 5,9 persen pada 2022.", "6,1 persen", "2021"),
    ("Kemiskinan turun dari 6,1 persen pada 2021 menjadi 5,9 persen pada 2022.", "5,9 persen", "2022"),
    ("Realisasi PAD hingga triwulan III 2023 Rp2,5 triliun.", "Rp2,5 triliun", "2023-01/2023-09"),
    ("Stok beras per 30 September 2023 sebanyak 40 ton.", "40 ton", "2023-09-30"),
    ('"Ada 40 kios," ujar Rahmat, Senin (3/5/2021).', "40 kios", None),
    ("Tersedia 40 kios sejak 2012.", "40 kios", None),
    ("Perda Nomor 4 Tahun 2019 mengatur 40 kios.", "40 kios", None),
    ("Tahun ini tersedia 40 kios.", "40 kios", "2025"),
    ("Tersedia 40 kios.", "40 kios", None),
]


@pytest.mark.parametrize(("text", "value"), NUMBERS)
def test_parses(text, value):
    assert parse_number(text) == pytest.approx(value)


@pytest.mark.parametrize("text", ["", "ribuan", "dua tiga", "12 orang", "belas", "koma", "xii"])
def test_is_no_number(text):
    assert parse_number(text) is None


@pytest.mark.parametrize(("text", "expected"), PERIODS)
def test_finds_periods(text, expected):
    assert [period.iso for period in find_periods(text, published=date(2025, 10, 21))] == expected


def test_without_a_publication_day_relative_periods_stay_open():
    assert [period.iso for period in find_periods("tahun ini, Rabu (7/6)")] == [None, None]


@pytest.mark.parametrize(("text", "surface", "period"), SPOKEN)
def test_period_of_a_figure(text, surface, period):
    found = find_figures(text, [(0, len(text))], published=date(2025, 10, 21))
    assert {figure.surface: figure.period for figure in found}[surface] == period


@given(st.integers(0, 10**12))
def test_indonesian_thousands_round_trip(number):
    assert parse_number(f"{number:,}".replace(",", ".")) == number


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=60))
def test_numbers_and_periods_never_raise(text):
    parse_number(text)
    for period in find_periods(text, published=date(2024, 2, 29)):
        assert 0 <= period.start < period.end <= len(text)
