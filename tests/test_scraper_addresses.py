"""Which address of its own a page is believed, and what tells two articles apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.addresses import differ, is_believed, read_address, without_day

SITE = "https://kabar.example"
TITLE = "Harga Cabai Naik di Pasar Anyar, Pedagang Mengeluh"
SLUG = "harga-cabai-naik-di-pasar-anyar-pedagang-mengeluh"


@pytest.mark.parametrize(
    ("url", "stated"),
    [
        (f"/amp/berita/35056/{SLUG}?utm_source=wa", f"/berita/35056/{SLUG}"),
        (f"http://www.kabar.example/berita/35056/{SLUG}", f"/berita/35056/{SLUG}"),
        ("/berita/35056/twitter.com", f"/berita/35056/{SLUG}"),
        ("/read/35056", f"/ekonomi/read/35056/{SLUG}"),
        ("/?p=35056", f"/2026/03/02/{SLUG}/"),
        ("/?p=35056", f"/{SLUG}-35056.html"),
        ("/index.php?id=7", f"/berita/{SLUG}"),
        (f"/berita/7/{SLUG}", f"/ekonomi/7/{SLUG}"),
        ("/berita/7/judul-salah-sekali", f"/berita/7/{SLUG}"),
        (f"/ekonomi/{SLUG}", f"/2026/03/02/{SLUG}"),
        ("/harga-cabai-naik-di-pasar-any", f"/{SLUG}"),
        ("/read/2026/03/02/08150099/judul-lama-itu", f"/read/2026/03/02/08150099/{SLUG}"),
        ("/kabar/harga-cabai-1xgk82hd9", "/kabar/harga-cabai-naik-1xgk82hd9"),
        ("/d-7001234/x", f"/d-7001234/{SLUG}"),
    ],
)
def test_own_address_is_believed(url: str, stated: str) -> None:
    assert is_believed(_whole(stated), _whole(url), title=TITLE)


@pytest.mark.parametrize(
    ("url", "stated"),
    [
        (f"/berita/35056/{SLUG}", "/"),
        (f"/berita/35056/{SLUG}", "/ekonomi"),
        (f"/berita/35056/{SLUG}", "/kategori/kota-tangerang-selatan"),
        (f"/berita/35056/{SLUG}", f"/berita/35055/{SLUG}"),
        (f"/berita/35056/{SLUG}", "/berita/35055/wali-kota-membuka-pasar-murah"),
        (f"/berita/12/35056/{SLUG}", "/kategori/12"),
        (f"/{SLUG}", "/wali-kota-membuka-pasar-murah"),
        (f"/{SLUG}", "/harga-cabai-naik-di-pasar-induk"),
        (f"/{SLUG}", "/harga-cabai-naik"),
        (f"/{SLUG}-2", f"/{SLUG}"),
        (f"/2026/03/02/{SLUG}", f"/2026/03/01/{SLUG}"),
        ("/read/2026/03/02/081500/judul", "/read/2026/03/01/081500/judul"),
        ("/pemilu2029/hasil-hitung-cepat-sore", "/pemilu2029/hasil-hitung-cepat-pagi"),
        ("/1000-umkm-dapat-bantuan-modal", "/1000-umkm-dapat-pelatihan-baru"),
        ("/?p=124", "/?p=123"),
        ("/?p=124", "/wali-kota-membuka-pasar-murah"),
        ("/read/124", "/read/100"),
        (f"/berita/35056/{SLUG}", f"https://lain.example/berita/35056/{SLUG}"),
        ("/indeks?page=2", "/indeks/semua"),
    ],
)
def test_lies_are_not_believed(url: str, stated: str) -> None:
    assert not is_believed(_whole(stated), _whole(url), title=TITLE)


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        ("/read/1/a", "/read/2/a", True),
        ("/read/1/a", "/read/1/b", False),
        ("/read/1/a", "/?p=77", False),
        ("/2026/03/02/a-b-c", "/2026/03/01/a-b-c", True),
        ("/2026/03/a-b-c", "/2026/03/01/a-b-c", False),
        ("/a-b-c", "/x-y-z", False),
    ],
)
def test_what_tells_two_articles_apart(one: str, other: str, *, apart: bool) -> None:
    assert differ(_whole(one), _whole(other)) is apart


def test_parts_of_an_address() -> None:
    parts = read_address("https://kabar.example/read/2026/03/02/35056/Harga-Cabai-Naik.html?page=2")
    assert (parts.ids, parts.day, parts.words) == ((("path", "35056"),), (2026, 3, 2), ("harga", "cabai", "naik"))


def test_numbers_of_a_date_are_no_id() -> None:
    assert without_day("/2026/03/02/35056/harga-cabai") == "/35056/harga-cabai"


@given(st.text(max_size=60), st.text(max_size=60))
def test_never_raises(one: str, other: str) -> None:
    for url in (one, f"{SITE}/{one}"):
        assert isinstance(is_believed(url, f"{SITE}/{other}", title=other), bool)


def _whole(url: str) -> str:
    return url if url.startswith("http") else SITE + url
