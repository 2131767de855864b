"""Pages of lists beyond plain feeds: WordPress posts, paged feeds, lists by day, addresses in embedded data."""

from __future__ import annotations

import json
import re
from datetime import date

import pytest
from parsel import Selector

from spiders.lists.candidates import Keys
from spiders.lists.dated import check_places, is_dated, is_of_day, on_day
from spiders.lists.feeds import read_feed_page
from spiders.lists.listings import last_page, links
from spiders.lists.posts import next_posts, posts_page, read_posts
from spiders.walk.twins import Twins

HOME = "https://kabar.example/"
POSTS = HOME + "wp-json/wp/v2/posts"


def test_posts_are_asked_a_hundred_at_a_time() -> None:
    assert posts_page(POSTS, 1) == f"{POSTS}?per_page=100&page=1&_fields=link,date_gmt,modified_gmt"
    assert posts_page(f"{POSTS}?categories=7&page=4", 2, since=date(2026, 1, 2)) == (
        f"{POSTS}?categories=7&per_page=100&page=2&_fields=link,date_gmt,modified_gmt&after=2026-01-02T00:00:00"
    )


def test_posts_give_links_with_local_dates() -> None:
    body = json.dumps([
        {"link": "https://kabar.example/a/", "date_gmt": "2026-03-01T20:30:00", "modified_gmt": "2026-03-02T01:00:00"},
        {"link": "/b/", "date_gmt": "0000-00-00T00:00:00"},
        {"link": None}, "x", {"link": "http://[::1"},
    ]).encode()  # fmt: skip
    first, second = read_posts(body, url=POSTS)
    assert first.published is not None
    assert first.published.value.isoformat() == "2026-03-02T03:30:00+07:00"
    assert first.changed is not None
    assert (second.url, second.published) == ("https://kabar.example/b/", None)


@pytest.mark.parametrize("body", [b"", b"<html>", b'{"code":"rest_no_route"}', b"null", b"[1, [2]]"])
def test_what_is_no_list_of_posts_has_none(body: bytes) -> None:
    assert read_posts(body, url=POSTS) == []


@pytest.mark.parametrize(
    ("page", "found", "pages", "following"),
    [(1, 100, "3", 2), (3, 20, "3", None), (1, 100, None, 2), (1, 99, None, None), (1, 100, "x", 2), (1, 0, "0", None)],
)
def test_posts_are_never_asked_behind_the_last_page(
    page: int, found: int, pages: str | None, following: int | None
) -> None:
    url = next_posts(posts_page(POSTS, page), found=found, pages=pages)
    assert url == (posts_page(POSTS, following) if following else None)


ITEMS = "<item><link>https://kabar.example/a</link></item><item><link>https://kabar.example/b</link></item>"


@pytest.mark.parametrize(
    ("url", "channel", "following"),
    [
        ("feed/", "<generator>https://wordpress.org/?v=6.5</generator>" + ITEMS, "feed/?paged=2"),
        ("feed/?paged=2", ITEMS, "feed/?paged=3"),
        ("38-banten.feed?type=rss", ITEMS, "38-banten.feed?type=rss&start=2"),
        ("?format=feed&start=20", ITEMS, "?format=feed&start=22"),
        ("rss", '<atom:link xmlns:atom="http://www.w3.org/2005/Atom" rel="next" href="/rss?p=2"/>' + ITEMS, "rss?p=2"),
        ("rss", ITEMS, None),
        ("feed/?paged=9", "", None),
    ],
)
def test_feeds_go_on(url: str, channel: str, following: str | None) -> None:
    page = read_feed_page(f"<rss version='2.0'><channel>{channel}</channel></rss>".encode(), url=HOME + url)
    assert page.following == (HOME + following if following else None)


DETIK = "https://k.example/indeks?page=1&date={date:%m/%d/%Y}"


def test_lists_by_day() -> None:
    day = date(2026, 3, 4)
    assert on_day(DETIK, day) == "https://k.example/indeks?page=1&date=03/04/2026"
    assert on_day("/{date:%Y}/{date:%m}/{date:%d}/", day) == "/2026/03/04/"
    assert is_dated(DETIK)
    assert not is_dated("/indeks?date=2026-03-04")


@pytest.mark.parametrize(
    ("url", "same"),
    [
        ("/indeks?page=2&date=03/04/2026", True),
        ("/indeks?page=2&date=03%2F04%2F2026", True),
        ("/indeks?page=2&date=03/03/2026", False),
        ("/indeks?page=2", False),
    ],
)
def test_following_page_stays_on_its_day(url: str, same: bool) -> None:
    assert is_of_day(url, DETIK, date(2026, 3, 4)) is same


@pytest.mark.parametrize(
    ("address", "wrong"),
    [
        (DETIK, False),
        ("/indeks", False),
        ("/indeks?date={date:%d-%B-%Y}", False),
        ("/indeks?date={date}", True),
        ("/indeks?date={date:%Y-%m}", True),
        ("/indeks?date={day:%Y-%m-%d}", True),
        ("/indeks?date={date:}", True),
    ],
)
def test_places_for_a_day_are_checked(address: str, wrong: bool) -> None:
    assert bool(check_places(address)) is wrong


SLASHED = r"https:\u002F\u002Fkabar.example\u002Fbaca\u002F2\u002Fb"
NEXT = '{"items": [{"url": "/baca/1/a"}, {"url": "%s"}], "text": "bukan / alamat", "next": "/indeks?page=2"}'.replace(
    "%s", SLASHED
)
STATE = r'{"a":"\/baca\/1\/a","b":"%s","c":"/indeks?page=2"}'.replace("%s", SLASHED)
PUSHED = r'[1,"x:[{\"url\":\"/baca/1/a\",\"v\":\"https://kabar.example/baca/2/b\",\"n\":\"/indeks?page=2\"}]"]'


@pytest.mark.parametrize(
    "script",
    [
        f'<script id="__NEXT_DATA__" type="application/json">{NEXT}</script>',
        f"<script>window.__STATE__ = {STATE};</script>",
        f"<script>self.__next_f.push({PUSHED})</script>",
        '<script type="application/json">{"cut off": ["/baca/1/a", "/baca/2/b", "/indeks?page=2", "/bac</script>',
        '<div data-href="/baca/1/a"></div><div data-href="/baca/2/b"></div><area href="/indeks?page=2">',
    ],
)
def test_addresses_outside_links(script: str) -> None:
    page = Selector(f"<html><body><div id=app></div>{script}</body></html>")
    assert links(page, HOME + "indeks") == [
        HOME + "baca/1/a",
        HOME + "baca/2/b",
        HOME + "indeks?page=2",
    ]


@pytest.mark.parametrize(
    "script",
    [
        '<script>var share = "/baca/9/x";</script>',
        "<script type='application/json'>" + "[" * 5000 + "</script>",
        "<script type='application/json'>{broken</script>",
    ],
)
def test_other_scripts_say_nothing(script: str) -> None:
    assert links(Selector(f"<html><body>{script}</body></html>"), HOME) == []


def test_last_page_is_the_greatest_number_of_the_same_list() -> None:
    anchors = "".join(f'<a href="{to}">x</a>' for to in ("?page=2", "?page=3", "?page=14", "/lain?page=99", "?page=x"))
    page = Selector(f"<html><body>{anchors}</body></html>")
    assert last_page(HOME + "indeks", links(page, HOME + "indeks")) == HOME + "indeks?page=14"
    assert last_page(HOME + "indeks?page=14", links(page, HOME + "indeks")) is None


@pytest.mark.parametrize(
    ("pattern", "first", "second", "one"),
    [
        (r"/(?P<id>\d+)-[a-z-]+\.html", "/today/812-harga-cabai-naik.html", "/kota/812-harga-cabai-naik.html", True),
        (r"[?&]id=(?P<id>\d+)", "/index.php?id=77", "/index.php?kat=3&id=77", True),
        (r"/read/(?P<id>\d+)", "/read/5501/harga-cabai-naik-lagi", "/read/5501/judul-lama", True),
        (r"/(?P<id>\d+)/[a-z-]+", "/12/harga-cabai-naik-lagi", "/12/banjir-surut-warga-pulang", False),
        (r"/(?P<id>\d{4})/[a-z-]+", "/2026/harga-cabai", "/2026/harga-cabai-lagi", False),
        (r"/read/\d+", "/read/5501/harga-cabai-naik", "/read/5501/harga-cabai-naik-2", True),
        (r"/read/\d+", "/read/5501/harga-cabai-naik", "/read/5501/twitter.com", True),
        (r"/read/\d+", "/read/5501/harga-cabai-naik", "/read/5501", True),
        (r"/read/\d+", "/read/5501/harga-cabai-naik", "/read/5502/harga-cabai-naik", False),
        (r"/read/\d+", "/kota/5501/harga-cabai-naik", "/desa/5501/harga-cabai-naik", False),
        (r"/\d+/[a-z-]+", "/1234/harga-cabai-naik", "/1234/banjir-surut-warga-pulang", False),
        (r"/\d{8}/[a-z-]+", "/20260304/harga-cabai", "/20260304/harga-beras", False),
    ],
)  # fmt: skip
def test_twins_have_one_key(pattern: str, first: str, second: str, one: bool) -> None:
    keys = Keys(re.compile(pattern))
    twins = Twins(keys)
    found = [twins.first(keys.candidate(HOME.rstrip("/") + url)) for url in (first, second)]
    assert (found[0].key == found[1].key) is one
    assert len(twins.others(found[0].key)) == int(one)
