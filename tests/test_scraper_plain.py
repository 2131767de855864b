"""Saved plain text: header date ignored, headline, byline, caption and tag line told apart."""

from datetime import date, datetime

import pytest

from scraper.clock import WIB
from scraper.errors import ExtractionError
from scraper.page.plain import read_plain_text

TITLE = "Tekan Harga Beras, Pemkot Cilegaran Gelar Pasar Murah"
CAPTION = "Wakil Wali Kota Cilegaran Sari Wulandari bersama jajarannya.(Istimewa / Istimewa)"
STORY = [
    "Pemerintah Kota Cilegaran membuka pasar murah di alun-alun kota untuk menekan harga beras yang naik.",
    '"Kami ingin harga kembali turun sebelum lebaran," ujar Sari melalui keterangan resminya, Rabu (7/4/2021).',
    "Jumlah pedagang di kota itu pada tahun 2020 sebanyak 4.128 dan akan bertambah.",
]


def page(
    *, header: str = "Kamis, 2 Mei 2024", byline: str = "", tags: str = "Tags Pemkot Cilegaran Sari Wulandari beras"
) -> str:
    lead = f"KABARCILEGARAN.com-{STORY[0]}"
    return "\n\n \n\n".join([header, TITLE, byline, CAPTION, lead, "#GOOGLE_ADS#", *STORY[1:], tags])


def test_saved_text() -> None:
    article = read_plain_text(page())
    assert article.title == TITLE
    assert article.story == "\n\n".join(STORY)
    assert article.dateline == "KABARCILEGARAN.com"
    assert article.tags == ("Pemkot Cilegaran", "Sari Wulandari", "beras")
    assert article.published is not None
    assert (article.published.value, article.published.evidence) == (date(2021, 4, 7), "body")
    assert article.published.raw == "Rabu (7/4/2021)"
    assert (article.extractor, article.language, article.site) == ("plain-text", "id", "")
    assert article.canonical_url.startswith("urn:sha256:")


def test_byline_goes_before_the_body() -> None:
    article = read_plain_text(page(byline="Sari Wulandari | Rabu, 7 April 2021 | 14:27"))
    assert article.published is not None
    assert (article.published.value, article.published.evidence) == (datetime(2021, 4, 7, 14, 27, tzinfo=WIB), "byline")
    assert article.authors == ("Sari Wulandari",)


def test_advertorial_in_the_byline_slot() -> None:
    assert read_plain_text(page(byline="Advertorial | Rabu, 7 April 2021 | 14:27")).kind == "advertorial"


def test_address_dates_and_names_the_article() -> None:
    text = page().replace(", Rabu (7/4/2021)", "")
    article = read_plain_text(text, url="http://www.kabar.id/2021/04/06/pasar-murah/")
    assert article.published is not None
    assert (article.published.value, article.published.evidence) == (date(2021, 4, 6), "url")
    assert (article.site, article.canonical_url) == ("kabar.id", "https://kabar.id/2021/04/06/pasar-murah")


def test_header_date_alone_is_no_evidence() -> None:
    article = read_plain_text(page().replace(", Rabu (7/4/2021)", ""))
    assert article.published is None
    assert "date-unknown" in article.flags


@pytest.mark.parametrize(("text", "reason"), [("", "empty"), (" \n\n", "empty"), ("Beranda\nMasuk", "no-text")])
def test_no_article(text: str, reason: str) -> None:
    with pytest.raises(ExtractionError) as caught:
        read_plain_text(text)
    assert caught.value.reason == reason
