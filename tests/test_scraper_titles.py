"""The headline of a page: which of its headings and titles it is, and without what."""

from __future__ import annotations

import pytest

from scraper.page.extract import extract_article

TITLE = "Pemkot Cilegaran Gelar Pasar Murah, Harga Beras Rp12 Ribu"
STORY = [
    "Pemerintah Kota Cilegaran membuka pasar murah di alun-alun kota untuk menekan harga beras yang naik terus.",
    "Kepala Dinas Perdagangan Budi Santoso mengatakan pasar murah itu menyediakan 12 ton beras dan 4.000 liter minyak.",
    "Warga yang datang sejak pagi mengaku terbantu karena harga beras di pasar sudah menyentuh Rp14 ribu per kilogram.",
]


def title(body: str = "", *, head: str = "") -> str:
    paragraphs = "".join(f"<p>{text}</p>" for text in STORY)
    html = f"<html lang='id'><head>{head}</head><body>{body}<div class='isi'>{paragraphs}</div></body></html>"
    return extract_article(html.encode(), url="https://www.kabarcilegaran.test/ekonomi/1/tekan-harga").title


@pytest.mark.parametrize(
    "stated",
    [
        f"{TITLE} - Kabar Cilegaran",
        f"{TITLE} : Kabar Cilegaran",
        f"{TITLE} ~ Kabar Cilegaran",
        f"{TITLE} -  kabar cilegaran",
        f"{TITLE} - Kabar Cilegaran - Halaman 2",
        f"{TITLE} - Berita Terkini Cilegaran dan Sekitarnya",
        f"KABAR CILEGARAN - {TITLE}",
        f"Kabar.com: {TITLE}",
    ],
)
def test_outlet_is_taken_off_the_title(stated: str) -> None:
    assert title(head=f"<title>{stated}</title>") == TITLE


@pytest.mark.parametrize(
    ("body", "stated"),
    [
        (f"<h1>Kabar Cilegaran</h1><h2>{TITLE}</h2>", f"{TITLE} - Kabar Cilegaran"),
        (f"<h1>Nasional</h1><div class='judul'>{TITLE}</div>", f"{TITLE} - Kabar.com"),
        (f"<h1>{TITLE}</h1><h2>Pemkot Cilegaran Gelar Pasar Murah</h2>", f"{TITLE} - Kabar"),
        (f"<h1>{TITLE}</h1>", "Harga Beras Rp12 Ribu di Pasar Murah Cilegaran - Kabar"),
        (f"<h3 class='title'>Judul lain yang panjang tentang banjir</h3><h1>{TITLE}</h1>", "Kabar Cilegaran"),
        (f"<h1>{TITLE}</h1>", ""),
    ],
)
def test_heading_that_the_title_agrees_with(body: str, stated: str) -> None:
    assert title(body, head=f"<title>{stated}</title>" if stated else "") == TITLE


def test_statement_for_others_where_headings_name_the_site() -> None:
    head = f"<title>Kabar Cilegaran</title><meta property='og:title' content='{TITLE}'>"
    assert title("<h1>Kabar Cilegaran</h1>", head=head) == TITLE


def test_dash_of_the_headline_stays() -> None:
    own = "Pemkot Cilegaran - Pedagang Sepakat Harga Beras Turun"
    assert title(head=f"<title>{own} - Kabar Cilegaran</title>") == own
