"""When a page was published: every shape beside the headline, for machines, in the address and under the story."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from scraper.clock import WIB
from scraper.page.extract import extract_article

TITLE = "Pemkot Cilegaran Gelar Pasar Murah di Alun-Alun"
STORY = [
    "Pemerintah Kota Cilegaran membuka pasar murah di alun-alun kota untuk menekan harga beras yang naik terus.",
    "Kepala Dinas Perdagangan Budi Santoso mengatakan pasar murah itu menyediakan 12 ton beras dan 4.000 liter minyak.",
    "Warga yang datang sejak pagi mengaku terbantu karena harga beras di pasar sudah menyentuh Rp14 ribu per kilogram.",
]
QUOTING = (
    "Berita yang terbit pada Senin (1/2/2021) berjudul pasar murah Cilegaran memuat angka keliru, redaksi meminta maaf."
)
MINUTE, DAY = datetime(2021, 4, 7, 10, 34, tzinfo=WIB), date(2021, 4, 7)
VISIT = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)


def published(
    above: str = "",
    *,
    top: str = "",
    below: str = "",
    head: str = "",
    story: list[str] = STORY,
    path: str = "/ekonomi/1/tekan-harga",
    fetched_at: datetime | None = None,
) -> datetime | date | None:
    paragraphs = "".join(f"<p>{text}</p>" for text in story)
    html = f"""<html lang='id'><head><title>{TITLE}</title>{head}</head><body>{top}<h1>{TITLE}</h1>{above}
    <div class='isi'>{paragraphs}{below}</div></body></html>"""
    article = extract_article(html.encode(), url=f"https://kabar.test{path}", fetched_at=fetched_at)
    return article.published.value if article.published else None


@pytest.mark.parametrize(
    "above",
    [
        "<div>Rabu, 07 Apr 2021 | 10.34 WIB</div>",
        "<div>07.04.2021 10:34</div>",
        "<div>Rabu,7 April 2021 10:34WIB</div>",
        "<div>Rab, 7 Apr 2021 - 10:34</div>",
        "<div>April 7, 2021 10:34 GMT+700</div>",
        "<div><span>7</span><span>April</span><span>2021</span> 10:34</div>",
        "<span data-date='2021-04-07T10:34:00+07:00'>kemarin</span>",
        "<div itemprop='datePublished' datetime='2021-04-07T10:34:00+07:00'>7 April</div>",
        "<div>10:34 WIB, Rabu 7 April 2021</div>",
        "<div>Dipublikasikan 10:34, 07/04/2021</div>",
        "<div>Rabu, 7 April 2021</div><div>10:34 WIB</div>",
        "<div>Rabu 07 April 2021 - 10:34 WIB oleh Sari</div>",
        "<div>Diperbarui: Kamis, 8 April 2021 09:00 WIB</div><div>Terbit: Rabu, 7 April 2021 10:34 WIB</div>",
        "<div>Rabu, 7 April 2021 | 10:34 WIB - Diperbarui 8 April 2021 09:00</div>",
        "<time datetime='2021-04-07T10:34:00+07:00'>3 tahun lalu</time>",
        "<time datetime='2021-04-07T03:34:00+00:00'></time>",
        "<time datetime='2021-04-07 10:34'>7 April 2021</time>",
        "<p><time class='published' datetime='2021-04-07T10:34:00+07:00'>7 April</time>"
        "<time class='updated' datetime='2021-04-09T10:34:00+07:00'>9 April</time></p>",
        "<abbr class='published' title='2021-04-07T10:34:00+07:00'>April</abbr>",
        "<div>Rabu, 7 April 2021 11:34 WITA</div>",
    ],
)
def test_minute_beside_the_headline(above: str) -> None:
    assert published(f"<div class='kepala'>{above}</div>") == MINUTE


@pytest.mark.parametrize(
    "head",
    [
        "<meta property='article:published_time' content='2021-04-07T03:34:00Z'>",
        "<meta name='kabar_news_pubdate' content='7 April 2021 10:34'>",
        "<meta name='publishdate' content='2021/04/07 10:34:00'>",
        "<meta name='pubdate' content='Wed, 07 Apr 2021 10:34:00 +0700'>",
    ],
)
def test_minute_for_machines(head: str) -> None:
    assert published(head=head) == MINUTE


def test_clock_of_the_byline_corrects_a_false_zone() -> None:
    head = "<meta property='article:published_time' content='2021-04-07T10:34:00Z'>"
    assert published("<div>Rabu, 7 April 2021 10:34 WIB</div>", head=head) == MINUTE


def test_minute_under_the_story_and_in_the_address() -> None:
    assert published(below="<div>Terbit: 7 April 2021 10:34 WIB</div>") == MINUTE
    assert published(path="/ekonomi/20210407103400-92-626/tekan-harga") == MINUTE
    assert published(path="/2021/04/07/tekan-harga") == DAY


def test_day_of_the_visit_is_no_evidence() -> None:
    top = "<div>Selasa, 24 November 2026 15:00 WIB</div>"
    assert published(top=top, fetched_at=VISIT) is None
    assert published(top=top, story=[f"{STORY[0][:-1]}, Rabu (7/4/2021).", *STORY[1:]], fetched_at=VISIT) == DAY


def test_date_of_the_piece_that_a_correction_speaks_of_is_not_its_own() -> None:
    assert published(story=[QUOTING, *STORY]) is None
    assert published("<div>Rabu, 7 April 2021 10:34 WIB</div>", story=[QUOTING, *STORY]) == MINUTE
