"""Written dates: every shape that outlets use, and what is none."""

from datetime import date, datetime, timedelta, timezone

import pytest

from scraper.clock import WIB
from scraper.page.moments import machine_moment, moments_in

WITA = timezone(timedelta(hours=8))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Rabu (7/4/2021)", date(2021, 4, 7)),
        ("Kamis (8/8/24)", date(2024, 8, 8)),
        ("Jumat, 22 Maret 2013 | 12:31", datetime(2013, 3, 22, 12, 31, tzinfo=WIB)),
        ("Kamis, 2 Mei 2024", date(2024, 5, 2)),
        ("2 Mei 2024 13.45 WIB", datetime(2024, 5, 2, 13, 45, tzinfo=WIB)),
        ("Senin, 04 Desember 2023", date(2023, 12, 4)),
        ("Rabu 25 Mei 2022", date(2022, 5, 25)),
        ("Kamis 23-01-2025,11:08 WIB", datetime(2025, 1, 23, 11, 8, tzinfo=WIB)),
        ("06/12/2021, 17:44 WIB", datetime(2021, 12, 6, 17, 44, tzinfo=WIB)),
        ("12 Sept 2021", date(2021, 9, 12)),
        ("Senin, 3 Agt 2020", date(2020, 8, 3)),
        ("Jum’at, 14 Okt 2022", date(2022, 10, 14)),
        ("Ahad, 5 Nop 2017 pukul 09.30 WITA", datetime(2017, 11, 5, 9, 30, tzinfo=WITA)),
        ("Senin 27 Des 2021 16:12 WIB", datetime(2021, 12, 27, 16, 12, tzinfo=WIB)),
        ("March 5, 2021 4:05 PM", datetime(2021, 3, 5, 16, 5, tzinfo=WIB)),
        ("3 Mei 2021 10.5 persen", date(2021, 5, 3)),
        ("pada 12 Mei 2021 12.000 orang", date(2021, 5, 12)),
    ],
)
def test_written_date(text: str, value: date) -> None:
    assert [moment.value() for moment in moments_in(text)] == [value]


@pytest.mark.parametrize(
    "text",
    ["Jumat (12/14/2017)", "31/02/2021", "Selasa (6/9)", "2 hari ago", "Nomor 131/36/2018", "Pasal 33 ayat 2", ""],
)
def test_no_date(text: str) -> None:
    assert moments_in(text) == []


@pytest.mark.parametrize(
    ("text", "fits"),
    [
        ("Rabu (7/4/2021)", True),
        ("Selasa, 6 Agustus 2022", False),
        ("6 Agustus 2022", None),
        ("Ahad, 5 Nop 2017", True),
    ],
)
def test_weekday_is_checked(text: str, fits: bool | None) -> None:
    assert moments_in(text)[0].weekday_fits is fits


@pytest.mark.parametrize(
    ("raw", "iso"),
    [
        ("2016-02-16T02:10:56Z", "2016-02-16T02:10:56+00:00"),
        ("2023-11-02T20-59-53Z", "2023-11-02T20:59:53+07:00"),
        ("2015-11-05T14:56:43+07:00", "2015-11-05T14:56:43+07:00"),
        ("2019-11-18T17:03-0500", "2019-11-18T17:03:00-05:00"),
        ("2023/11/02 20:59:53", "2023-11-02T20:59:53+07:00"),
        ("2021-05-03 14:27:00", "2021-05-03T14:27:00+07:00"),
        ("Tue, 04 May 2021 07:00:00 +0700", "2021-05-04T07:00:00+07:00"),
        ("2021-05-03", "2021-05-03"),
        ("20210503", "2021-05-03"),
    ],
)
def test_machine_date(raw: str, iso: str) -> None:
    moment = machine_moment(raw)
    assert moment is not None
    assert moment.value().isoformat() == iso


@pytest.mark.parametrize("raw", ["", "garbage", "2021-13-40", "0000-00-00", "1e9", "2021-05-03T99:99"])
def test_machine_nonsense_has_no_time(raw: str) -> None:
    moment = machine_moment(raw)
    assert moment is None or moment.hour is None
