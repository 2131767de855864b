"""Many addresses, one key."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.urls import host_of, normalise_url

KEY = "https://kabar.example/berita/12/pasar-murah-dibuka"


@pytest.mark.parametrize(
    "url",
    [
        "https://kabar.example/berita/12/pasar-murah-dibuka",
        "http://www.kabar.example/berita/12/pasar-murah-dibuka/",
        "HTTPS://KABAR.example:443/berita/12/pasar-murah-dibuka#komentar",
        "http://kabar.example:80/berita/12/pasar-murah-dibuka",
        "https://kabar.example/amp/berita/12/pasar-murah-dibuka",
        "https://kabar.example/berita/12/pasar-murah-dibuka/amp/",
        "https://kabar.example/print/berita/12/pasar-murah-dibuka",
        "https://kabar.example/berita/12/pasar-murah-dibuka?amp",
        "https://kabar.example/berita/12/pasar-murah-dibuka?amp=1&utm_source=wa&utm_medium=social",
        "https://kabar.example/berita/12/pasar-murah-dibuka?page=all",
        "https://kabar.example/berita/12/pasar-murah-dibuka?page=2",
        "https://kabar.example/berita/12/pasar-murah-dibuka/2",
        "https://kabar.example/berita/12/pasar-murah-dibuka/page/3/amp",
        "https://kabar.example/berita/12/pasar-murah-dibuka;jsessionid=A1B2?PHPSESSID=9f&fbclid=x",
        "https://kabar.example//berita/12/pasar-murah-dibuka?outputType=amp&print=1",
        "https://m.kabar.example/berita/12/pasar-murah-dibuka?from=beranda",
        "https://amp.kabar.example/berita/12/pasar-murah-dibuka?source=feed&via=wa&cmpid=x",
        "https://kabar.example/(S(lit3py55t21z5v55vlm25s55))/berita/12/pasar-murah-dibuka",
        "https://kabar.example/berita/12/pasar-murah-dibuka?token=9fae01bc77d1e2f3a4&zenid=ab12",
        "https://kabar.example/berita/12/pasar-murah-dibuka/halaman-2",
        "https://kabar.example/berita/12/pasar-murah-dibuka/hal/2",
        "https://kabar.example/berita/12/pasar-murah-dibuka/all",
        "https://kabar.example/berita/12/pasar-murah-dibuka.amp?tmpl=component&print=1&layout=default",
        "  https://kabar.example/berita/12/pasar-murah-dibuka  ",
    ],
)
def test_variants_have_one_key(url: str) -> None:
    assert normalise_url(url) == KEY


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("http://127.0.0.1:8101/read/5/judul", "http://127.0.0.1:8101/read/5/judul"),
        ("http://localhost:80/a", "http://localhost/a"),
        ("http://[::1]:8000/a", "http://[::1]:8000/a"),
        ("https://kabar.example", "https://kabar.example/"),
        ("https://kabar.example/?p=123&b=2&a=1", "https://kabar.example/?a=1&b=2&p=123"),
        ("https://kabar.example/index.php?page=berita&id=7", "https://kabar.example/index.php?id=7&page=berita"),
        ("https://kabar.example/2021/05/03", "https://kabar.example/2021/05/03"),
        ("https://kabar.example/berita/detail/12", "https://kabar.example/berita/detail/12"),
        ("https://kabar.example/amp", "https://kabar.example/amp"),
        ("https://kabar.example/harga cabai", "https://kabar.example/harga%20cabai"),
        ("https://kabar.example/a.php?sid=44", "https://kabar.example/a.php?sid=44"),
        ("https://kabar.example/a.php?sid=9fae&m=202105", "https://kabar.example/a.php?m=202105"),
        ("https://kabar.example/a.amp.html", "https://kabar.example/a.html"),
        ("https://kabar.example/arsip?from=2026-03-01", "https://kabar.example/arsip?from=2026-03-01"),
        ("https://kabar.example/?s=pasar", "https://kabar.example/?s=pasar"),
        ("https://m.example/a", "https://m.example/a"),
        ("https://banten.kabar.example/a", "https://banten.kabar.example/a"),
        ("https://kabar.example/arsip/all", "https://kabar.example/arsip/all"),
        ("urn:sha256:00ff", "urn:sha256:00ff"),
        ("http://[broken", "http://[broken"),
        ("javascript:alert(1)", "javascript:alert(1)"),
        ("https://kabar.example:99999/a", "https://kabar.example:99999/a"),
        ("https://user:secret@kabar.example/a", "https://kabar.example/a"),
    ],
)
def test_other_addresses(url: str, key: str) -> None:
    assert normalise_url(url) == key


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://www.Kabar.Example/a", "kabar.example"),
        ("http://127.0.0.1:8101/", "127.0.0.1:8101"),
        ("https://kabar.example:443/", "kabar.example"),
        ("mailto:redaksi@kabar.example", ""),
        ("", ""),
    ],
)
def test_host_of(url: str, host: str) -> None:
    assert host_of(url) == host


@given(st.text(max_size=60))
def test_never_raises_and_is_stable(tail: str) -> None:
    for url in (tail, f"https://kabar.example/{tail}"):
        once = normalise_url(url)
        assert normalise_url(once) == once
