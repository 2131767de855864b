"""Articles, lists and other pages told apart: what may be stored, and what never."""

from __future__ import annotations

import pytest

from scraper.errors import ExtractionError
from scraper.page.extract import extract_article
from scraper.page.pagekind import PageKind, Read, has_list_word, page_kind
from scraper.page.structured import read_structured
from scraper.page.tree import parse, text_of

HOME = "https://kabar.example"
STORY = (
    "<p>Pemerintah kota membuka pasar murah di lapangan kecamatan sejak Senin pagi untuk menekan harga beras.</p>"
    "<p>Warga membeli beras lima kilogram dengan harga yang lebih rendah daripada harga di pasar setempat.</p>"
)
TEASERS = "".join(
    f'<div class="item"><h3><a href="/baca/{number}">Harga cabai di pasar nomor {number} naik lagi</a></h3>'
    f"<p>Pedagang di pasar nomor {number} menaikkan harga cabai sejak pekan lalu karena pasokan berkurang.</p></div>"
    for number in range(8)
)
LONG = "".join(
    f"<p>Pada hari ke-{number} petugas memeriksa server dan menemukan {number} berkas diganti orang.</p>"
    for number in range(2, 16)
)
RELATED = f"<aside>{TEASERS}</aside>"
DATED = '<meta property="article:published_time" content="2026-03-02T08:00:00+07:00">'


def page(title: str, body: str, *, heading: str | None = None, head: str = "", label: str = "") -> str:
    top = title.partition(" - ")[0] if heading is None else heading
    main = f'<body class="{label}"><h1>{top}</h1>{body}</body>'
    return f"<html lang=id><head><title>{title}</title>{head}</head>{main}</html>"


def kind(html: str, url: str) -> PageKind:
    root = parse(html)
    lines = [text_of(node) for node in root.iter("p")]
    title = next((text_of(node) for node in root.iter("h1")), "") or root.findtext(".//title") or ""
    read = Read(title=title, lines=lines, dated=DATED in html)
    return page_kind(root, url=HOME + url, data=read_structured(root), read=read)


@pytest.mark.parametrize(
    ("url", "html"),
    [
        ("/baca/1", page("Pasar Murah Dibuka di Lapangan", STORY)),
        ("/baca/1", page("Pasar Murah Dibuka di Lapangan", STORY + RELATED)),
        ("/baca/1", page("Banjir", STORY * 3 + RELATED, head=DATED)),
        ("/topik/harga/pasar-murah", page("Pasar Murah Dibuka Lagi", STORY)),
        ("/indeks-harga-konsumen-naik", page("Indeks Harga Konsumen Naik", STORY)),
        ("/x", page("Korban Banjir Tidak Ditemukan", STORY)),
        ("/x", page("Halaman Situs KPU Tidak Ditemukan", LONG)),
        ("/x", page("Redaksi Kami Pindah Kantor ke Serpong", STORY)),
        ("/x", page("Tiga Pasar Baru", STORY, label="post-template-default single postid-7")),
    ],
)
def test_articles_are_never_refused(url: str, html: str) -> None:
    assert not kind(html, url).sure
    assert extract_article(html.encode(), url=HOME + url).text


@pytest.mark.parametrize(
    ("url", "html", "expected", "reason"),
    [
        ("/ekonomi", page("Ekonomi", TEASERS), "list", "not-article"),
        ("/tag/cabai", page("Cabai", TEASERS, head=DATED), "list", "not-article"),
        ("/", page("Kabar - Dekat dan Cermat", TEASERS), "list", "not-article"),
        ("/author/sari", page("Sari", STORY, label="archive author"), "list", "not-article"),
        ("/?s=cabai", page("Hasil Pencarian: cabai", STORY), "list", "not-article"),
        ("/tentang", page("Tentang Kami - Kabar", STORY + RELATED), "other", "not-article"),
        ("/pedoman", page("Pedoman Pemberitaan Media Siber", STORY), "other", "not-article"),
        ("/iklan", page("Tarif Pemasangan", STORY, label="page page-id-9"), "other", "not-article"),
        ("/baca/9", page("404", STORY, heading="Maaf, halaman yang Anda cari tidak ditemukan"), "other", "soft-404"),
        ("/baca/9", page("Page not found - Kabar", STORY, heading="Oops!"), "other", "soft-404"),
        ("/baca/9", page("Kabar", STORY, heading="Berita sudah tidak ada"), "other", "soft-404"),
        ("/baca/9", page("Just a moment...", STORY, heading="kabar.example"), "other", "soft-404"),
    ],
)
def test_what_is_no_article_is_refused(url: str, html: str, expected: str, reason: str) -> None:
    found = kind(html, url)
    assert (found.kind, found.sure) == (expected, True)
    with pytest.raises(ExtractionError) as refused:
        extract_article(html.encode(), url=HOME + url)
    assert refused.value.reason == reason


@pytest.mark.parametrize(
    ("url", "listed"),
    [
        ("https://k.example/tag/pasar", True),
        ("https://k.example/Kategori/ekonomi/page/2/", True),
        ("https://k.example/?s=pasar", True),
        ("https://k.example/indeks.html", True),
        ("https://k.example/tagar-baru-dari-pemkot", False),
        ("https://k.example/baca?id=3&judul=s", False),
    ],
)
def test_list_words_in_addresses(url: str, listed: bool) -> None:
    assert has_list_word(url) is listed
