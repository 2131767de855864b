"""The article row: what goes in comes out, and what is wrong is said."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from scraper.clock import WIB
from scraper.errors import InputError
from scraper.items import Article, DatedBy
from scraper.rows import from_row, to_row


def article(**changes: object) -> Article:
    values: dict[str, object] = {"canonical_url": "https://contoh.test/read/1", "title": "Judul", "text": "Isi."}
    return Article(**(values | changes))  # type: ignore[arg-type]


def test_row_round_trip_keeps_the_minute() -> None:
    dated = DatedBy(value=datetime(2021, 5, 3, 14, 27, tzinfo=WIB), evidence="byline", raw="Senin, 3 Mei 2021 | 14:27")
    row = to_row(article(published=dated, authors=("Ani",), tags=("UMKM",)))
    assert row["published"] == "2021-05-03T14:27:00+07:00"
    assert row["published_precision"] == "minute"
    back = from_row(row)
    assert back.id == row["id"]
    assert back.published is not None
    assert back.published.value == dated.value


def test_day_stays_a_day() -> None:
    row = to_row(article(published=DatedBy(value=date(2021, 5, 3), evidence="body", raw="Senin (3/5/2021)")))
    assert (row["published"], row["published_precision"]) == ("2021-05-03", "day")


def test_row_without_address_gets_a_urn() -> None:
    assert from_row({"text": "Isi."}).canonical_url.startswith("urn:sha256:")
    assert from_row({"text": "Isi."}).id != from_row({"text": "Lain."}).id


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ({}, "no text"),
        ({"text": 3}, "'text' is int"),
        ({"text": "x", "published": "kemarin"}, "'kemarin' is no ISO 8601 date"),
        ({"text": "x", "kind": "gosip"}, "'kind' is 'gosip'"),
        ({"text": "x", "tags": [1]}, "'tags' must be a list of strings"),
    ],
)
def test_wrong_row_is_refused_with_the_field(row: dict[str, object], says: str) -> None:
    with pytest.raises(InputError, match=says):
        from_row(row)


def test_half_a_character_is_replaced() -> None:
    assert from_row({"text": "a\ud800b"}).text == "a\ufffdb"
