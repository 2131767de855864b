"""Feeds, sitemaps, listings and keys: bytes in, addresses out."""

from __future__ import annotations

import gzip
import re
from datetime import date

import pytest
from parsel import Selector

from spiders.lists.candidates import Keys, local_day
from spiders.lists.feeds import read_feed
from spiders.lists.listings import links, next_page
from spiders.lists.sitemaps import read_sitemap

HOME = "https://kabar.example/"
ATOM = b"""<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>a</title><link href="/baca/1"/>
<published>2026-03-01T20:30:00Z</published><updated>2026-03-05T00:00:00Z</updated></entry>
<entry><title>b</title><link href="/baca/2"/><updated>2026-03-06T00:00:00Z</updated></entry><entry/></feed>"""
NEWS = b"""<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:n="http://www.google.com/schemas/sitemap-news/0.9"
 xmlns:i="http://www.google.com/schemas/sitemap-image/1.1">
<url><loc> https://kabar.example/baca/1 </loc><i:image><i:loc>https://kabar.example/x.jpg</i:loc></i:image>
<n:news><n:publication_date>2026-03-01T20:30:00Z</n:publication_date></n:news></url>
<url><loc>https://kabar.example/baca/2</loc><lastmod>2026-03-02</lastmod></url><url><loc>https://kab"""


def test_feed_dates_are_local_days() -> None:
    first, second = read_feed(ATOM, url=HOME)
    assert (first.url, second.url) == ("https://kabar.example/baca/1", "https://kabar.example/baca/2")
    assert first.published is not None
    assert local_day(first.published.value) == date(2026, 3, 2)
    assert second.published is None
    assert second.changed is not None


@pytest.mark.parametrize(
    "body", [b"", b"/etc/passwd", b"http://127.0.0.1/", b"<html><p>x", b"\x00\xff", b"<rss><channel>"]
)
def test_what_is_no_feed_has_no_entries(body: bytes) -> None:
    assert read_feed(body, url=HOME) == []


def test_news_sitemap_that_breaks_off() -> None:
    one, two = read_sitemap(NEWS, url=HOME).articles
    assert one.url == "https://kabar.example/baca/1"
    assert one.published is not None
    assert local_day(one.published.value) == date(2026, 3, 2)
    assert two.changed is not None
    assert local_day(two.changed) == date(2026, 3, 2)


@pytest.mark.parametrize(
    ("body", "articles", "children"),
    [
        (gzip.compress(NEWS), 2, 0),
        (b"\xef\xbb\xbf\n" + NEWS, 2, 0),
        (b"<sitemapindex><sitemap><loc>https://kabar.example/b.xml</loc></sitemap></sitemapindex>", 0, 1),
        (b"https://kabar.example/baca/1\nhttps://kabar.example/baca/2\n", 2, 0),
        (b"<rss version='2.0'><channel><item><link>https://kabar.example/a</link></item></channel></rss>", 1, 0),
        (b"<html><body>404</body></html>", 0, 0),
        (b"\x1f\x8bbroken", 0, 0),
        (b"", 0, 0),
    ],
)
def test_sitemap_kinds(body: bytes, articles: int, children: int) -> None:
    sitemap = read_sitemap(body, url=HOME)
    assert (len(sitemap.articles), len(sitemap.children)) == (articles, children)


def test_entities_are_not_expanded() -> None:
    body = b'<!DOCTYPE u [<!ENTITY x SYSTEM "file:///etc/hostname">]><urlset><url><loc>https://k.example/&x;</loc></url></urlset>'
    assert all(entry.url == "https://k.example/" for entry in read_sitemap(body, url=HOME).articles)


@pytest.mark.parametrize(
    ("url", "shown", "following"),
    [
        ("/indeks", '<a href="?page=2">2</a><a href="?page=3">3</a>', "/indeks?page=2"),
        ("/indeks?page=2", '<a href="/indeks?page=1">1</a><a href="/indeks?page=3">3</a>', "/indeks?page=3"),
        ("/kanal/bisnis", '<a href="/kanal/bisnis/page/2/">Berikutnya</a>', "/kanal/bisnis/page/2/"),
        ("/kanal", '<a href="/kanal/20">Selanjutnya »</a>', "/kanal/20"),
        ("/kanal", '<link rel="next" href="/kanal/lagi">', "/kanal/lagi"),
        ("/kanal", '<a href="/kanal?start=20">›</a><a href="/kanal?start=900">»</a>', "/kanal?start=20"),
        ("/indeks", '<a href="/indeks?date=2026-03-01">Hari sebelumnya</a>', "/indeks?date=2026-03-01"),
        ("/kanal", '<a class="next" href="/baca/7">Berita lain</a>', None),
        ("/kanal", '<a href="#">Selanjutnya</a><a href="javascript:x()">Next</a>', None),
        ("/indeks?page=3", '<a href="/indeks?page=2">2</a><a href="/lain?page=4">4</a>', None),
    ],
)
def test_next_page(url: str, shown: str, following: str | None) -> None:
    page = Selector(f"<html><body>{shown}</body></html>")
    address = f"https://kabar.example{url}"
    found = next_page(page, address, links(page, address), is_article=lambda link: "/baca/" in link)
    assert found == (f"https://kabar.example{following}" if following else None)


@pytest.mark.parametrize(
    ("pattern", "url", "key"),
    [
        (
            r"/read/(?P<id>\d+)",
            "https://www.k.example/kanal/read/35056/Judul-2021?utm_source=x",
            "https://k.example/35056",
        ),
        (r"/read/\d+", "https://k.example/amp/kanal/read/35056/Judul-2021", "https://k.example/35056"),
        (r"/read/(?P<id>\d+)", "https://k.example/foto/12", "https://k.example/foto/12"),
    ],
)
def test_keys_by_rule(pattern: str, url: str, key: str) -> None:
    assert Keys(re.compile(pattern), "https://k.example/{id}").candidate(url).key == key
