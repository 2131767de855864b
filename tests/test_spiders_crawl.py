"""Whole crawls over real HTTP on loopback: one site a scenario, all crawled side by side in a child process, twice."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from crawl_sites import HTML, LISTING, Site, crawl, html, listing, on_air, once, rows, text, xml

from scraper.crawl.archive import read_pages
from scraper.items import PagePointer

PART = "/baca/1/judul?page={}"
BOMB = gzip.compress(b"\0" * (11 * 1024 * 1024))
RSS = """<rss version="2.0"><channel><title>Kabar</title>
<item><title>a</title><link>{origin}/2026/kabar-satu?utm_source=rss</link>
<pubDate>Mon, 02 Mar 2026 02:00:00 GMT</pubDate></item>
<item><title>b</title><link>{origin}/2026/kabar-dua</link></item>
<item><title>c</title><link>https://lain.example/2026/kabar-tiga</link></item></channel></rss>"""
INDEX = """<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<sitemap><loc>{origin}/anak.xml.gz</loc></sitemap><sitemap><loc>http://lain.example/x.xml</loc></sitemap></sitemapindex>"""
URLSET = """<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<url><loc>{origin}/baca/1/a</loc><lastmod>2026-03-01</lastmod></url><url><loc>{origin}/baca/2/b</loc></url>
<url><loc>{origin}/tentang</loc></url></urlset>"""


def scenarios() -> dict[str, Site]:
    canonical = {**LISTING, "canonical": "https://kunci.example/{id}"}
    return {
        "feed": Site({"feeds": ["/feed"], "article_url": r"/\d{4}/[a-z-]+"}, {
            "/feed": xml(RSS), "/2026/kabar-satu": html("Kabar satu"), "/2026/kabar-dua": html("Kabar dua"),
        }),
        "sitemap": Site({"sitemaps": ["/peta.xml"], "article_url": r"/baca/\d+"}, {
            "/peta.xml": xml(INDEX),
            "/anak.xml.gz": xml(URLSET, gzip.compress),
        }),
        "listing": Site(LISTING, {
            "/indeks": listing(9, 8, 7, more=("/indeks?page=2",)),
            "/indeks?page=2": listing(6, 5, more=("/indeks?page=3",)),
            "/indeks?page=3": listing(4, 3, more=("/indeks?page=2",)),
        }),
        "variants": Site(canonical, {"/indeks": html("Indeks", links=(
            "/amp/baca/5/judul", "/baca/5/judul?utm_source=wa", "/baca/5/slug-lain?page=2", "/baca/5/judul#komentar",
        ))}),
        "disallow": Site(LISTING, {
            "/robots.txt": text("User-agent: *\nDisallow: /baca/2\n"), "/indeks": listing(3, 2),
        }),
        "robots_500": Site(LISTING, {"/robots.txt": text("User-agent: *\nAllow: /\n", 500), "/indeks": listing(1)}),
        "robots_reset": Site(LISTING, {"/robots.txt": lambda site, path: None, "/indeks": listing(1)}),
        "robots_away": Site(LISTING, {
            "/robots.txt": (302, {"Location": "http://localhost:1/robots.txt"}, b""), "/indeks": listing(1),
        }),
        "slow_please": Site(LISTING, {
            "/robots.txt": text("User-agent: *\nCrawl-delay: 0.25\n"), "/indeks": listing(1, 2),
        }),
        "redirects": Site(LISTING, {
            "/indeks": listing(1, 2, 3),
            "/baca/1/judul": (301, {"Location": "/baca/1/judul-baru"}, b""),
            "/baca/2/judul": (302, {"Location": "http://127.0.0.1:{other}/baca/2/judul"}, b""),
            "/baca/3/judul": (302, {"Location": "/beranda"}, b""), "/beranda": html("Beranda"),
        }),
        "later": Site(LISTING, {
            "/indeks": listing(1, 2), "/baca/1/judul": once((429, {"Retry-After": "1"}, b"")),
        }),
        "much_later": Site(LISTING, {"/indeks": listing(1), "/baca/1/judul": (503, {"Retry-After": "86400"}, b"")}),
        "forbidden": Site(LISTING, {
            "/indeks": listing(*range(1, 31)), **{f"/baca/{n}/judul": text("tidak", 403) for n in range(1, 31)},
        }),
        "forbidden_list": Site(LISTING, {"/indeks": text("tidak", 403)}),
        "huge": Site(LISTING, {
            "/indeks": listing(1, 2, 3), "/baca/1/judul": (200, HTML, b"\0" * (11 << 20)),
            "/baca/2/judul": (200, {**HTML, "Content-Encoding": "gzip"}, BOMB),
        }),
        "parts": Site(LISTING, {
            "/indeks": listing(1), "/baca/1/judul": html("Bersambung", links=("/baca/1/judul?page=2",)),
            "/baca/1/judul?page=2": html("Bersambung", sentence="Di halaman kedua, wali kota menutup pasar murah itu."),
        }),
        "part_broken": Site(LISTING, {
            "/indeks": listing(1), "/baca/1/judul": html("Bersambung", links=tuple(PART.format(n) for n in (2, 3, 4))),
            PART.format(2): html("Bersambung", sentence="Di halaman kedua, wali kota menutup pasar murah itu."),
            PART.format(3): text("rusak", 500),
            PART.format(4): html("Bersambung", sentence="Di halaman keempat, warga pulang membawa beras murah itu."),
        }),
        "whole_view": Site(LISTING, {
            "/indeks": listing(1), "/baca/1/judul": html("Bersambung", links=(PART.format(2), PART.format("all"))),
            PART.format("all"): html("Bersambung", sentence="Di halaman kedua, wali kota menutup pasar murah itu."),
        }),
        "empty_page": Site(LISTING, {
            "/indeks": listing(1, 2), "/baca/1/judul": (200, HTML, b"<html><p>Foto</p></html>"),
        }),
        "gone": Site(LISTING, {"/indeks": listing(1, 2), "/baca/1/judul": text("hilang", 404)}),
        "one_key": Site({**LISTING, "article_url": r"/baca/"}, {
            "/indeks": html("Indeks", links=("/baca/5501/a-b-c", "/baca/5501/x-y-z")),
            "/baca/5501/a-b-c": html("Satu berita", head='<link rel=canonical href="/baca/5501/satu-berita">'),
            "/baca/5501/x-y-z": html("Satu berita", head='<link rel=canonical href="/baca/5501/satu-berita">'),
        }),
    }  # fmt: skip


@dataclass
class World:
    """Both crawls of all scenarios."""

    data: Path
    sites: dict[str, Site]
    first: dict[str, dict[str, Any]]
    second: dict[str, dict[str, Any]]
    asked_first: dict[str, list[str]]

    def stored(self, name: str) -> list[str]:
        origin = self.sites[name].origin
        keys = rows(self.data, "select canonical_url from articles where site = ? order by canonical_url", name)
        return [key.replace(origin, "") for (key,) in keys]


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    data = tmp_path_factory.mktemp("data")
    sites = scenarios()
    with on_air(data, **sites):
        other = sites["listing"].origin.rpartition(":")[2]
        answers = sites["redirects"].answers
        answers["/baca/2/judul"] = (302, {"Location": f"http://127.0.0.1:{other}/baca/2/judul"}, b"")
        first = crawl(data)
        asked = {name: list(site.asked) for name, site in sites.items()}
        for site in sites.values():
            site.asked.clear()
        yield World(data, sites, first, crawl(data), asked)


@pytest.mark.parametrize(
    ("name", "outcome", "keys"),
    [
        ("feed", "finished", ["/2026/kabar-dua", "/2026/kabar-satu"]),
        ("sitemap", "finished", ["/baca/1/a", "/baca/2/b"]),
        ("listing", "finished", [f"/baca/{number}/judul" for number in range(3, 10)]),
        ("variants", "finished", ["https://kunci.example/5"]),
        ("disallow", "finished", ["/baca/3/judul"]),
        ("robots_500", "robots-unreachable", []),
        ("robots_reset", "robots-unreachable", []),
        ("robots_away", "robots-unreachable", []),
        ("slow_please", "finished", ["/baca/1/judul", "/baca/2/judul"]),
        ("redirects", "finished", ["/baca/1/judul-baru"]),
        ("later", "finished", ["/baca/1/judul", "/baca/2/judul"]),
        ("much_later", "unavailable", []),
        ("forbidden", "blocked", []),
        ("forbidden_list", "blocked", []),
        ("huge", "finished", ["/baca/3/judul"]),
        ("parts", "finished", ["/baca/1/judul"]),
        ("part_broken", "finished", ["/baca/1/judul"]),
        ("whole_view", "finished", ["/baca/1/judul"]),
        ("empty_page", "finished", ["/baca/2/judul"]),
        ("gone", "finished", ["/baca/2/judul"]),
        ("one_key", "finished", ["/baca/5501/satu-berita"]),
    ],
)
def test_first_crawl(world: World, name: str, outcome: str, keys: list[str]) -> None:
    assert world.first[name]["outcome"] == outcome
    assert world.stored(name) == keys


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("disallow", "skipped/robots"),
        ("redirects", "skipped/offsite"),
        ("redirects", "skipped/redirected"),
        ("empty_page", "skipped/no-text"),
        ("gone", "skipped/gone"),
        ("later", "blocked/http-429"),
        ("feed", "skipped/offsite"),
    ],
)
def test_reasons_are_counted(world: World, name: str, reason: str) -> None:
    assert world.first[name]["reasons"][reason] == 1


def test_huge_pages_are_skipped(world: World) -> None:
    assert world.first["huge"]["reasons"]["skipped/too-large"] == 2


def test_every_article_found_has_one_ending(world: World) -> None:
    assert {name: report["imbalance"] for name, report in world.first.items()} == dict.fromkeys(world.sites, 0)
    assert {name: report["imbalance"] for name, report in world.second.items()} == dict.fromkeys(world.sites, 0)


def test_requests_are_counted(world: World) -> None:
    for name in ("feed", "sitemap", "listing", "later", "redirects", "gone"):
        assert world.first[name]["requests"] == len(world.asked_first[name]), name
        assert world.second[name]["requests"] == len(world.sites[name].asked), name


@pytest.mark.parametrize("name", ["robots_500", "robots_reset", "robots_away"])
def test_nothing_is_fetched_without_robots(world: World, name: str) -> None:
    assert set(world.asked_first[name]) == {"/robots.txt"}


def test_forbidden_is_not_insisted_on(world: World) -> None:
    assert sum(path.startswith("/baca/") for path in world.asked_first["forbidden"]) <= 5


def test_no_article_is_fetched_twice(world: World) -> None:
    for name in (
        "feed",
        "sitemap",
        "listing",
        "variants",
        "disallow",
        "slow_please",
        "later",
        "parts",
        "empty_page",
        "gone",
    ):
        assert not [path for path in world.sites[name].asked if path.startswith(("/baca/", "/2026/"))], name
        assert world.second[name]["fetched"] == 0


def test_known_list_is_not_walked_again(world: World) -> None:
    assert world.sites["listing"].asked == ["/robots.txt", "/indeks"]


def test_pages_of_one_article_are_joined_and_archived_together(world: World) -> None:
    query = "select text, page_file, page_offset, page_length from articles where site = 'parts'"
    [(story, file, offset, length)] = rows(world.data, query)
    assert "Di halaman kedua, wali kota menutup pasar murah itu." in story
    pages = read_pages(world.data, PagePointer(file=file, offset=offset, length=length))
    assert [page.url.rpartition("/")[2] for page in pages] == ["judul", "judul?page=2"]


def test_broken_page_of_an_article_is_told_and_the_others_are_kept(world: World) -> None:
    [(story, flags)] = rows(world.data, "select text, flags from articles where site = 'part_broken'")
    assert "halaman kedua" in story
    assert "halaman keempat" in story
    assert "pages-missing" in json.loads(flags)
    assert world.first["part_broken"]["reasons"]["pages_missing/http-500"] == 1


def test_view_of_all_pages_saves_requests(world: World) -> None:
    assert world.asked_first["whole_view"] == ["/robots.txt", "/", "/indeks", "/baca/1/judul", PART.format("all")]
    [(story, flags)] = rows(world.data, "select text, flags from articles where site = 'whole_view'")
    assert "halaman kedua" in story
    assert "pages-missing" not in flags


def test_crawl_delay_is_kept(world: World) -> None:
    _, *others = world.sites["slow_please"].times[:5]
    # a loaded machine may hold back one request and not the next: what counts is the time they take together
    assert others[-1] - others[0] > 0.19 * (len(others) - 1)


def test_feed_dates_help_pages_without_one(world: World) -> None:
    [row] = rows(world.data, "select published_evidence from articles where url like '%/2026/kabar-satu'")
    assert row == ("feed",)


def test_runs_are_recorded(world: World) -> None:
    found = rows(world.data, "select outcome, count(*) from runs where source = 'forbidden' group by outcome")
    assert found == [("blocked", 2)]
