"""What a robots.txt says to us, also one that is written badly."""

from __future__ import annotations

import pytest

from scraper.crawl.robots import MAX_BYTES, Rules

SITE = "https://kabar.example"
HTML = "<!doctype html><html><head><title>Beranda</title></head><body><p>Disallow: /</p></body></html>"


@pytest.mark.parametrize(
    ("body", "path", "allowed"),
    [
        ("User-agent: *\nDisallow: /baca\n", "/baca/1", False),
        ("\ufeffUser-agent: *\nDisallow: /baca\n", "/baca/1", False),
        ("User-agent: *\r\nDisallow: /baca\r\n", "/baca/1", False),
        ("User-agent: *\rDisallow: /baca\r", "/baca/1", False),
        ("User-agent: *\nDisallow: /*?print=\n", "/baca/1?print=1", False),
        ("User-agent: *\nDisallow: /*.pdf$\n", "/baca/1.pdf", False),
        ("User-agent: *\nDisallow: /*.pdf$\n", "/baca/1.pdf?x=1", True),
        ("User-agent: *\nDisallow: /\nAllow: /baca\n", "/baca/1", True),
        ("User-agent: pantau\nDisallow: /\n\nUser-agent: *\nAllow: /\n", "/baca/1", False),
        ("User-agent: Pantau\nAllow: /\n\nUser-agent: *\nDisallow: /\n", "/baca/1", True),
        ("User-agent: Googlebot\nDisallow: /\n", "/baca/1", True),
        ("User-agent: *\nDisallow:\n", "/baca/1", True),
        ("User-agent: *\nDisallow: /baca/%C3%A9\n", "/baca/\u00e9", False),
        ("user-agent : *\ndisallow : /baca # semua\n", "/baca/1", False),
        ("Disallow: /\n", "/baca/1", True),
        (HTML, "/baca/1", True),
        ("", "/baca/1", True),
        ("\0\1\2\xff", "/baca/1", True),
    ],
)
def test_rules(body: str, path: str, allowed: bool) -> None:
    assert Rules.read(body.encode()).allow(SITE + path) is allowed


def test_only_the_first_512_kb_count() -> None:
    body = b"User-agent: *\nDisallow: /baca\n" + b"#" * MAX_BYTES + b"\nDisallow: /foto\n"
    rules = Rules.read(body)
    assert not rules.allow(f"{SITE}/baca/1")
    assert rules.allow(f"{SITE}/foto/1")
    torn = b"User-agent: *\n".ljust(MAX_BYTES - len(b"\nDisallow: /"), b"#") + b"\nDisallow: /foto"
    assert Rules.read(torn).allow(f"{SITE}/baca/1")


@pytest.mark.parametrize(
    ("line", "delay"),
    [
        ("Crawl-delay: 10", 10.0),
        ("Crawl-delay: 0.5", 0.5),
        ("crawl-delay:2", 2.0),
        ("Crawl-delay: banyak", 0.0),
        ("Crawl-delay: nan", 0.0),
        ("Crawl-delay: -1", 0.0),
        ("Request-rate: 1/60", 0.0),
        ("Visit-time: 0200-0400", 0.0),
    ],
)
def test_delay(line: str, delay: float) -> None:
    assert Rules.read(f"User-agent: *\n{line}\nDisallow: /x\n".encode()).delay == delay


def test_sitemaps_are_named_once() -> None:
    body = b"Sitemap: /peta.xml\nUser-agent: *\nSitemap: https://kabar.example/a.xml\nSITEMAP: /peta.xml\n"
    assert Rules.read(body).sitemaps == ["/peta.xml", "https://kabar.example/a.xml"]
    assert Rules(None, 0.0).sitemaps == []
