"""Whole crawls over real HTTP on loopback: one site a scenario, all crawled side by side in a child process, twice."""

from __future__ import annotations

import contextlib
import gzip
import json
import os
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from scraper.crawl.archive import read_pages
from scraper.items import PagePointer
from spiders.sources import add

Reply = tuple[int, dict[str, str], bytes]
HTML = {"Content-Type": "text/html"}
LISTING = {"listings": ["/indeks"], "article_url": r"/baca/(?P<id>\d+)"}
PART = "/baca/1/judul?page={}"
CHILD = """
import json, sys
from datetime import date
from scraper.config import load_config
from spiders.runner import crawl
from spiders.sources import load_sources
from storage.database import Database
if __name__ == "__main__":
    config = load_config()
    options = json.loads(sys.argv[1])
    if "since" in options:
        options["since"] = date.fromisoformat(options["since"])
    Database.open(config).upgrade()
    for report in crawl(load_sources(config.data), config=config, **options):
        print(json.dumps(report.as_row()))
"""


def html(title: str, *, sentence: str = "", links: tuple[str, ...] = (), head: str = "") -> Reply:
    said = sentence or f"Kepala dinas menyampaikan kabar tentang {title} kepada para pedagang pada pagi itu."
    more = "Pasar dibuka sejak pagi dan ramai sampai siang, kata seorang pedagang sayur yang berjualan di sana."
    body = "".join(f"<p>{text}</p>" for text in (said, more, more.replace("sayur", "buah")))
    anchors = "".join(f'<a href="{link}">{link}</a> ' for link in links)
    page = f"<html lang=id><head><title>{title}</title>{head}</head><body><h1>{title}</h1><article>{body}</article>"
    return 200, {"Content-Type": "text/html; charset=utf-8"}, f"{page}<nav>{anchors}</nav></body></html>".encode()


def xml(body: str, pack: Callable[[bytes], bytes] = bytes) -> Callable[[Site, str], Reply]:
    """An answer with the site's own address in it."""
    whole = f'<?xml version="1.0"?>{body}'
    return lambda site, path: (200, {}, pack(whole.replace("{origin}", site.origin).encode()))


def text(body: str, status: int = 200) -> Reply:
    return status, {"Content-Type": "text/plain"}, body.encode()


@dataclass
class Site:
    """A scenario: what is answered, and what was asked."""

    source: dict[str, Any]
    answers: dict[str, Reply | Callable[[Site, str], Reply | None]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    times: list[float] = field(default_factory=list)
    origin: str = ""

    def reply(self, path: str) -> Reply | None:
        self.asked.append(path)
        self.times.append(time.monotonic())
        answer = self.answers.get(path) or self.answers.get(path.partition("?")[0])
        if answer is None and path.startswith("/baca/"):
            return html(f"Harga cabai nomor {path.split('/')[2].partition('?')[0]}")
        return answer(self, path) if callable(answer) else answer or text("tidak ada", 404)

    def count(self, start: str) -> int:
        return sum(path.startswith(start) for path in self.asked)


def serve(site: Site) -> ThreadingHTTPServer:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            reply = site.reply(self.path)
            if reply is None:
                self.close_connection = True
                return
            status, headers, body = reply
            self.send_response(status)
            for name, value in {**headers, "Content-Length": str(len(body))}.items():
                self.send_header(name, value)
            self.end_headers()
            with contextlib.suppress(ConnectionError):  # a body that is too large, a client that was killed
                self.wfile.write(body)

        def log_message(self, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    site.origin = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    return server


def listing(*numbers: int, more: tuple[str, ...] = ()) -> Reply:
    return html("Indeks", links=(*(f"/baca/{number}/judul" for number in numbers), *more))


def once(reply: Reply) -> Callable[[Site, str], Reply]:
    """That reply the first time, an article from then on."""
    return lambda site, path: reply if site.count(path) == 1 else html(f"Sesudah menunggu {path}")


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


def rows(data: Path, query: str, *values: str) -> list[tuple[Any, ...]]:
    connection = sqlite3.connect(data / "pantau.db")
    try:
        return connection.execute(query, values).fetchall()
    finally:
        connection.close()


def start_crawl(data: Path, **options: Any) -> subprocess.Popen[str]:
    root = Path(__file__).parent.parent
    environ = {**os.environ, "PANTAU_DATA": str(data), "PYTHONPATH": str(root), "PYTHONWARNINGS": "ignore"}
    (data / "child.py").write_text(CHILD, encoding="utf-8")
    command = [sys.executable, str(data / "child.py"), json.dumps(options)]
    return subprocess.Popen(command, env=environ, cwd=root, stdout=subprocess.PIPE, text=True)


def crawl(data: Path, **options: Any) -> dict[str, dict[str, Any]]:
    out, _ = start_crawl(data, **options).communicate(timeout=120)
    reports = [json.loads(line) for line in out.splitlines()]
    return {report["source"]: report for report in reports}


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    data = tmp_path_factory.mktemp("data")
    sites = scenarios()
    servers = [serve(site) for site in sites.values()]
    for name, site in sites.items():
        add(data, name, {"title": name, "start": f"{site.origin}/", **site.source})
    other = sites["listing"].origin.rpartition(":")[2]
    answers = sites["redirects"].answers
    answers["/baca/2/judul"] = (302, {"Location": f"http://127.0.0.1:{other}/baca/2/judul"}, b"")
    first = crawl(data)
    asked = {name: list(site.asked) for name, site in sites.items()}
    for site in sites.values():
        site.asked.clear()
    yield World(data, sites, first, crawl(data), asked)
    for server in servers:
        server.shutdown()
        server.server_close()


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
    assert world.first["huge"]["reasons"] == {"skipped/too-large": 2}


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
    assert world.first["part_broken"]["reasons"]["skipped/page-missing"] == 1


def test_view_of_all_pages_saves_requests(world: World) -> None:
    assert world.asked_first["whole_view"] == ["/robots.txt", "/indeks", "/baca/1/judul", PART.format("all")]
    [(story, flags)] = rows(world.data, "select text, flags from articles where site = 'whole_view'")
    assert "halaman kedua" in story
    assert "pages-missing" not in flags


def test_crawl_delay_is_kept(world: World) -> None:
    _, *others = world.sites["slow_please"].times[:4]
    # a loaded machine may hold back one request and not the next: what counts is the time they take together
    assert others[-1] - others[0] > 0.2 * (len(others) - 1)


def test_feed_dates_help_pages_without_one(world: World) -> None:
    [row] = rows(world.data, "select published_evidence from articles where url like '%/2026/kabar-satu'")
    assert row == ("feed",)


def test_runs_are_recorded(world: World) -> None:
    found = rows(world.data, "select outcome, count(*) from runs where source = 'forbidden' group by outcome")
    assert found == [("blocked", 2)]


def test_limits_of_the_caller(tmp_path: Path) -> None:
    dated = {
        f"/baca/{n}/judul": html(
            f"Berita {n}", head=f'<meta property="article:published_time" content="2026-03-{n:02}">'
        )
        for n in range(1, 31)
    }
    pages = {
        f"/indeks?page={n}": listing(*range(31 - 3 * n, 28 - 3 * n, -1), more=(f"/indeks?page={n + 1}",))
        for n in range(1, 10)
    }
    site = Site({**LISTING, "listings": ["/indeks?page=1"]}, {**dated, **pages})
    server = serve(site)
    add(tmp_path, "arsip", {"title": "Arsip", "start": f"{site.origin}/", **site.source})
    few = crawl(tmp_path, max_articles=4)["arsip"]
    count = "select count(*), min(published_day) from articles"
    assert (few["new"], few["outcome"], rows(tmp_path, count)[0][0]) == (4, "finished", 4)
    back = crawl(tmp_path, since="2026-03-20")["arsip"]
    assert (back["new"], rows(tmp_path, count)[0][0]) == (5, 9)
    assert "/indeks?page=6" not in site.asked
    server.shutdown()
    server.server_close()


def test_killed_crawl_loses_and_doubles_nothing(tmp_path: Path) -> None:
    slow = {f"/baca/{n}/judul": lambda site, path: time.sleep(0.05) or html(f"Berita {path}") for n in range(1, 61)}
    pages = {
        f"/indeks?page={n}": listing(*range(15 * n - 14, 15 * n + 1), more=(f"/indeks?page={n + 1}",))
        for n in range(1, 5)
    }
    site = Site({**LISTING, "listings": ["/indeks?page=1"]}, {**slow, **pages})  # type: ignore[arg-type]
    server = serve(site)
    add(tmp_path, "mati", {"title": "Mati", "start": f"{site.origin}/", **site.source})
    child = start_crawl(tmp_path)
    while len(list((tmp_path / "pages").glob("*.warc.gz"))) == 0 or site.count("/baca/") < 20:
        assert child.poll() is None
        time.sleep(0.01)
    child.kill()
    child.communicate()
    before = {key for (key,) in rows(tmp_path, "select canonical_url from articles")}
    [torn] = (tmp_path / "pages").glob("*.warc.gz")
    with torn.open("ab") as file:
        file.write(gzip.compress(b"half a record")[:20])
    site.asked.clear()
    report = crawl(tmp_path)["mati"]
    assert (report["outcome"], report["new"]) == ("finished", 60 - len(before))
    pointers = rows(tmp_path, "select canonical_url, page_file, page_offset, page_length from articles")
    assert len(pointers) == 60
    assert not [path for path in site.asked if site.origin + path in before]
    for key, name, offset, length in pointers:
        [page] = read_pages(tmp_path, PagePointer(file=name, offset=offset, length=length))
        assert page.url == key
    server.shutdown()
    server.server_close()
