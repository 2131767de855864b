"""Dates, numbers and amounts as Indonesian readers expect them."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from pantau import wording


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (datetime(2021, 5, 3, 7, 27, tzinfo=UTC), "Senin, 3 Mei 2021 14.27 WIB"),
        (date(2021, 5, 3), "Senin, 3 Mei 2021"),
        (None, "Tanggal tidak diketahui"),
    ],
)
def test_long_date(value: date | None, text: str) -> None:
    assert wording.long_date(value) == text


def test_short_date_is_the_local_day() -> None:
    assert wording.short_date(datetime(2021, 5, 3, 20, 0, tzinfo=UTC)) == "4 Mei 2021"


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (90128, "pelaku UMKM", "90.128 pelaku UMKM"),
        (4.93e12, "IDR", "Rp4,93 triliun"),
        (5.98, "%", "5,98%"),
        (65000, "IDR/kg", "Rp65.000 per kg"),
        (930e6, "USD", "USD 930 juta"),
        (7, "urutan", "7 urutan"),
        (21, "day", "21 hari"),
        (310e9, "IDR/year", "Rp310 miliar per tahun"),
    ],
)
def test_amount(value: float, unit: str, text: str) -> None:
    assert wording.amount(value, unit) == text
