"""Crawls of sites that misbehave: raw answers over real sockets, one site a fault, all crawled side by side."""

from __future__ import annotations

import gzip
import json
import os
import socket
import struct
import subprocess
import sys
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

import brotli
import pytest
from scrapy.utils._compression import zstd

from spiders.sources import add

Answer = bytes | Callable[[socket.socket], None]
"""Bytes to send, or what to do with the connection; it is hung up afterwards unless the bytes tell their length."""
CHILD = """
import json, sys
import scraper.settings
from scraper.config import load_config
from spiders.runner import crawl
from spiders.sources import load_sources
from storage.database import Database
if __name__ == "__main__":
    config = load_config()
    for name, value in json.loads(sys.argv[1]).items():
        setattr(scraper.settings, name, value)
    Database.open(config).upgrade()
    for report in crawl(load_sources(config.data), config=config):
        print(json.dumps(report.as_row()))
"""
SOURCE = {"listings": ["/indeks"], "article_url": r"/baca/\d+"}


@dataclass
class RawSite:
    """A site of raw answers by path; several are given one after the other, and what has none is answered with 404."""

    answers: dict[str, Answer | list[Answer]]
    asked: list[tuple[float, str]] = field(default_factory=list)
    """When which path was asked for."""
    open: set[socket.socket] = field(default_factory=set)
    origin: str = ""

    def __post_init__(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.origin = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def paths(self) -> list[str]:
        return [path for _, path in self.asked]

    def gaps(self) -> list[float]:
        """Seconds between one request and the next, as the site saw them."""
        return [later - earlier for (earlier, _), (later, _) in pairwise(self.asked)]

    def stop(self) -> None:
        for each in (self._listener, *tuple(self.open)):
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
            each.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                connection, _ = self._listener.accept()
                self.open.add(connection)
                threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        with suppress(OSError):
            self._talk(connection)
        connection.close()
        self.open.discard(connection)

    def _talk(self, connection: socket.socket) -> None:
        received = b""
        while True:
            while b"\r\n\r\n" not in received:
                if not (more := connection.recv(65536)):
                    return
                received += more
            head, _, received = received.partition(b"\r\n\r\n")
            path = head.split(b" ")[1].decode()
            answer = self._answer(path)
            self.asked.append((time.monotonic(), path))
            if callable(answer):
                answer(connection)
                return
            connection.sendall(answer.replace(b"{origin}", self.origin.encode()))
            if b"Content-Length" not in answer:
                return

    def _answer(self, path: str) -> Answer:
        answer = self.answers.get(path)
        if isinstance(answer, list):
            answer = answer[min(self.paths.count(path), len(answer) - 1)]
        if answer is None:
            if path == "/":
                return reply(b"<html><title>Beranda</title><body><h1>Beranda</h1></body></html>")
            return article(path) if path.startswith("/baca/") else reply(b"", status="404 Not Found")
        return answer


def reply(body: bytes, *headers: str, status: str = "200 OK", kind: str = "text/html") -> bytes:
    """A well-formed answer."""
    lines = (f"HTTP/1.1 {status}", f"Content-Type: {kind}", *headers, f"Content-Length: {len(body)}", "", "")
    return "\r\n".join(lines).encode() + body


def page(title: str) -> bytes:
    said = f"Kepala dinas menyampaikan kabar tentang {title} kepada para pedagang pada pagi itu."
    more = "Pasar dibuka sejak pagi dan ramai sampai siang, kata seorang pedagang sayur yang berjualan di sana."
    text = "".join(f"<p>{line}</p>" for line in (said, more, more.replace("sayur", "buah")))
    return f"<html lang=id><title>{title}</title><h1>{title}</h1><article>{text}</article></html>".encode()


def article(path: str) -> bytes:
    return reply(page(f"Harga cabai nomor {path.split('/')[2]}"))


def listing(*numbers: int) -> bytes:
    links = "".join(f'<a href="/baca/{number}/judul">Berita {number}</a> ' for number in numbers)
    return reply(f"<html><title>Indeks</title><body>{links}</body></html>".encode())


def robots(text: str) -> bytes:
    return reply(text.encode(), kind="text/plain")


def moved(to: str, status: str = "302 Found") -> bytes:
    return reply(b"", f"Location: {to}", status=status)


def sends(*pieces: bytes, pause: float = 0.0, times: int = 1) -> Callable[[socket.socket], None]:
    """Send the first piece once and the others again and again."""

    def talk(connection: socket.socket) -> None:
        connection.sendall(pieces[0])
        for _ in range(times):
            for piece in pieces[1:]:
                time.sleep(pause)
                connection.sendall(piece)

    return talk


def resets(connection: socket.socket) -> None:
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def waits(connection: socket.socket) -> None:
    connection.recv(1)


def packed(body: bytes, encoding: str) -> bytes:
    return reply(body, f"Content-Encoding: {encoding}")


PAGE = page("Pasar induk ramai")
ENDLESS = 1 << 40
BIG = b"<p>harga</p>" * (1 << 20)
OK = b"HTTP/1.1 200 OK\r\n"
TORN = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 9999\r\n\r\n" + PAGE
UNFRAMED = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\n\r\n"
CHALLENGE = b"<html><title>Just a moment...</title><script>window._cf_chl_opt={}</script></html>"
PDF = b"%PDF-1.7\n\x00\x01\x02" + b"kabar pasar " * 200

FAULTS: dict[str, tuple[str, Answer]] = {
    # how one article is answered, and how that is counted
    "torn": ("failed/truncated", sends(TORN)),
    "torn_chunks": ("failed/truncated", OK + b"Transfer-Encoding: chunked\r\n\r\n5\r\n<html\r\n"),
    "bad_chunks": ("failed/truncated", OK + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n<html\r\n"),
    "torn_gzip": ("failed/truncated", packed(gzip.compress(PAGE)[:-60], "gzip")),
    "torn_deflate": ("failed/truncated", packed(zlib.compress(PAGE)[:-60], "deflate")),
    "torn_br": ("failed/truncated", packed(brotli.compress(PAGE)[:-60], "br")),
    "torn_zstd": ("failed/truncated", packed(zstd.compress(PAGE)[:-60], "zstd")),
    "no_gzip": ("failed/bad-encoding", packed(b"\x01\x02" + PAGE, "gzip")),
    "gzip_bomb": ("skipped/too-large", packed(gzip.compress(BIG), "gzip")),
    "deflate_bomb": ("skipped/too-large", packed(zlib.compress(BIG), "deflate")),
    "br_bomb": ("skipped/too-large", packed(brotli.compress(BIG, quality=1), "br")),
    "zstd_bomb": ("skipped/too-large", packed(zstd.compress(BIG), "zstd")),
    "bomb_in_bomb": ("skipped/too-large", packed(gzip.compress(brotli.compress(BIG, quality=1)), "br, gzip")),
    "many_layers": ("failed/bad-encoding", packed(gzip.compress(PAGE), "gzip, gzip, gzip, gzip")),
    "huge": ("skipped/too-large", OK + b"Content-Length: 99999999999999999999\r\n\r\n"),
    "endless": ("skipped/too-large", sends(OK + b"\r\n", b"<p>x</p>" * 8192, times=ENDLESS)),
    "endless_chunks": (
        "skipped/too-large",
        sends(OK + b"Transfer-Encoding: chunked\r\n\r\n", b"10000\r\n" + b"x" * 65536 + b"\r\n", times=ENDLESS),
    ),
    "long_header": ("failed/hung-up", sends(OK, b"X: " + b"a" * 65536, times=ENDLESS)),
    "many_headers": ("failed/no-http", sends(OK, b"X-Lagi: 1\r\n" * 1000, times=ENDLESS)),
    "interim_flood": ("failed/no-http", sends(b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 1000, times=ENDLESS)),
    "reset": ("failed/reset", resets),
    "hung_up": ("failed/hung-up", sends(b"")),
    "garbage": ("failed/no-http", sends(b"Kabar dari pasar induk\n<html></html>")),
    "bad_length": ("failed/no-http", OK + b"Content-Length: banyak\r\n\r\nabc"),
    "two_lengths": ("failed/no-http", OK + b"Content-Length: 3\r\nContent-Length: 5\r\n\r\nabcde"),
    "empty": ("failed/empty", reply(b"")),
    "no_content": ("failed/empty", reply(b"", status="204 No Content")),
    "part": ("failed/partial", reply(PAGE, "Content-Range: bytes 0-9/999", status="206 Partial Content")),
    "error": ("failed/http-500", reply(b"", status="500 Internal Server Error")),
    "loop": ("failed/redirect-loop", moved("/baca/1/judul")),
    "circle": ("failed/redirect-loop", moved("/a")),
    "steps": ("failed/redirects", moved("/langkah/1")),
    "nowhere": ("failed/bad-redirect", reply(b"", status="302 Found")),
    "bad_target": ("failed/bad-redirect", moved("http://[::1")),
    "to_file": ("failed/bad-redirect", moved("file:///etc/passwd")),
    "to_ftp": ("failed/bad-redirect", moved("ftp://127.0.0.1/a")),
    "to_data": ("failed/bad-redirect", moved("data:text/html,<p>x")),
    "to_port": ("skipped/offsite", moved("http://127.0.0.1:1/baca/1")),
    "to_name": ("skipped/offsite", moved("http://localhost:1/baca/1")),
    "to_number": ("skipped/offsite", moved("http://2130706433/baca/1")),
    "pdf": ("skipped/not-html", reply(PDF, kind="application/pdf")),
    "pdf_as_html": ("skipped/not-html", reply(PDF)),
    "image": ("skipped/not-html", reply(b"\x89PNG\r\n\x1a\n" + b"\0" * 999, kind="image/png")),
    "challenge": ("failed/challenge", reply(CHALLENGE, status="403 Forbidden")),
    "quiet_challenge": ("failed/challenge", reply(CHALLENGE)),
    "forbidden": ("failed/http-403", reply(b"", status="403 Forbidden")),
}
HANGS: dict[str, Answer] = {
    "drip": sends(OK + b"Content-Length: 9999\r\n\r\n", b"x", pause=0.2, times=999),
    "drip_head": sends(OK, b"X-Lagi: 1\r\n", pause=0.2, times=999),
    "silence": waits,
}
MENDED: dict[str, Answer | list[Answer]] = {
    # what is amiss and does no harm
    "torn_once": [sends(TORN), reply(PAGE)],
    "torn_unframed": [UNFRAMED + PAGE[:-99], UNFRAMED + PAGE[:-60], UNFRAMED + PAGE],
    "empty_once": [reply(b""), reply(PAGE)],
    "error_once": [reply(b"", status="502 Bad Gateway"), reply(PAGE)],
    "reset_once": [resets, reply(PAGE)],
    "plain_as_gzip": packed(PAGE, "gzip"),
    "raw_deflate": packed(zlib.compress(PAGE)[2:-4], "deflate"),
    "two_members": packed(gzip.compress(PAGE[:200]) + gzip.compress(PAGE[200:]), "gzip"),
    "unframed": UNFRAMED + PAGE,
    "unclosed": UNFRAMED + PAGE.removesuffix(b"</html>"),
    "interim": b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n" + reply(PAGE),
    "no_type": OK + b"Content-Length: %d\r\n\r\n" % len(PAGE) + PAGE,
    "moved": moved("/baca/3/judul"),
}


def faulty_sites() -> dict[str, RawSite]:
    sites = {name: RawSite({"/indeks": listing(1, 2), "/baca/1/judul": answer}) for name, (_, answer) in FAULTS.items()}
    sites |= {name: RawSite({"/indeks": listing(1, 2), "/baca/1/judul": answer}) for name, answer in MENDED.items()}
    sites["circle"].answers |= {"/a": moved("/b"), "/b": moved("/a")}
    sites["steps"].answers |= {f"/langkah/{step}": moved(f"/langkah/{step + 1}") for step in range(1, 100)}
    return sites


@dataclass
class World:
    sites: dict[str, RawSite]
    reports: dict[str, dict[str, Any]]


def start(data: Path, **settings: Any) -> subprocess.Popen[str]:
    root = Path(__file__).parent.parent
    environ = {**os.environ, "PANTAU_DATA": str(data), "PYTHONPATH": str(root), "PYTHONWARNINGS": "ignore"}
    (data / "child.py").write_text(CHILD, encoding="utf-8")
    command = [sys.executable, str(data / "child.py"), json.dumps(settings)]
    return subprocess.Popen(command, env=environ, cwd=root, stdout=subprocess.PIPE, text=True)


def crawl(data: Path, sites: dict[str, RawSite], **settings: Any) -> World:
    for name, site in sites.items():
        add(data, name, {"title": name, "start": f"{site.origin}/", **SOURCE})
    return World(sites, run(data, **settings))


def run(data: Path, **settings: Any) -> dict[str, dict[str, Any]]:
    out, _ = start(data, **settings).communicate(timeout=150)
    return {report["source"]: report for report in map(json.loads, out.splitlines())}


@pytest.fixture(scope="module")
def faulty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    sites = faulty_sites()
    yield crawl(tmp_path_factory.mktemp("data"), sites)
    for site in sites.values():
        site.stop()


@pytest.mark.parametrize("name", FAULTS)
def test_fault_costs_one_article_and_is_counted(faulty: World, name: str) -> None:
    report = faulty.reports[name]
    reasons = {reason for reason in report["reasons"] if reason.startswith(("failed/", "skipped/"))}
    assert (report["outcome"], report["new"], reasons) == ("finished", 1, {FAULTS[name][0]})


@pytest.mark.parametrize("name", MENDED)
def test_what_does_no_harm_is_stored(faulty: World, name: str) -> None:
    assert (faulty.reports[name]["outcome"], faulty.reports[name]["new"]) == ("finished", 2)


def test_no_connection_stays_open(faulty: World) -> None:
    assert not [name for name, site in faulty.sites.items() if site.open]


@pytest.mark.parametrize(
    ("name", "times"), [("torn", 3), ("loop", 1), ("circle", 1), ("challenge", 1), ("forbidden", 1)]
)
def test_how_often_a_fault_is_tried(faulty: World, name: str, times: int) -> None:
    assert faulty.sites[name].paths.count("/baca/1/judul") == times


def test_a_site_that_hangs_costs_time_and_not_the_others(tmp_path: Path) -> None:
    sites = {name: RawSite({"/indeks": listing(1, 2), "/baca/1/judul": answer}) for name, answer in HANGS.items()}
    sites["robots_silence"] = RawSite({"/robots.txt": waits})
    sites["fine"] = RawSite({"/indeks": listing(*range(1, 9))})
    reports = crawl(tmp_path, sites, DOWNLOAD_TIMEOUT=4.0, RETRY_TIMES=1).reports
    for name in HANGS:
        assert (reports[name]["outcome"], reports[name]["new"]) == ("finished", 1)
        assert reports[name]["reasons"] == {"failed/timeout": 1}
    assert reports["robots_silence"]["outcome"] == "robots-unreachable"
    assert reports["fine"]["new"] == 8
    for name, site in sites.items():
        assert site.asked[-1][0] > sites["fine"].asked[-1][0] or name == "fine"
        site.stop()


NOT_ALL = "User-agent: *\nDisallow: /baca/1\n"
ROBOTS: dict[str, tuple[str, Answer]] = {
    # how robots.txt is answered, and how the run ends: with which articles, or why not
    "robots_404": ("1 2", reply(b"", status="404 Not Found")),
    "robots_403": ("1 2", reply(b"", status="403 Forbidden")),
    "robots_html": ("1 2", reply(b"<!doctype html><html><body><p>Disallow: /</p></body></html>")),
    "robots_bom": ("2", robots("\ufeff" + NOT_ALL)),
    "robots_crlf": ("2", robots(NOT_ALL.replace("\n", "\r\n"))),
    "robots_as_html": ("2", reply(NOT_ALL.encode())),
    "robots_moved": ("2", moved("/aturan.txt")),
    "robots_gzip": ("2", packed(gzip.compress(NOT_ALL.encode()), "gzip")),
    "robots_endless": ("2", sends(OK + b"\r\n" + NOT_ALL.encode(), b"# komentar\n" * 1000, times=ENDLESS)),
    "robots_500": ("robots-unreachable", reply(NOT_ALL.encode(), status="500 Internal Server Error")),
    "robots_503": ("robots-unreachable", reply(b"", "Retry-After: 1", status="503 Service Unavailable")),
    "robots_429": ("robots-unreachable", reply(b"", status="429 Too Many Requests")),
    "robots_torn": ("robots-unreachable", sends(OK + b"Content-Length: 999\r\n\r\n" + NOT_ALL.encode())),
    "robots_part": ("robots-unreachable", reply(NOT_ALL.encode(), status="206 Partial Content")),
    "robots_reset": ("robots-unreachable", resets),
    "robots_garbage": ("robots-unreachable", sends(b"User-agent: *\nAllow: /\n")),
    "robots_loop": ("robots-unreachable", moved("/robots.txt")),
    "robots_away": ("robots-unreachable", moved("http://localhost:1/robots.txt")),
}
REFUSED = reply(b"", status="403 Forbidden")
LATER = reply(b"", "Retry-After: 1", status="429 Too Many Requests")
DATED = ("Date: Mon, 01 Jan 2024 00:00:00 GMT", "Retry-After: Mon, 01 Jan 2024 00:00:01 GMT")
DELAY = 0.3
CLOCKS = 0.02
"""Seconds by which the clock of a site may differ from that of the crawl."""


def polite_sites() -> dict[str, RawSite]:
    numbers = range(1, 25)
    every = [f"/baca/{number}/judul" for number in numbers]
    many: dict[str, Answer | list[Answer]] = {"/indeks": listing(*numbers)}
    few: dict[str, Answer | list[Answer]] = {"/indeks": listing(1, 2, 3)}
    sites = {name: RawSite({"/indeks": listing(1, 2), "/robots.txt": answer}) for name, (_, answer) in ROBOTS.items()}
    sites["robots_moved"].answers["/aturan.txt"] = robots(NOT_ALL)
    return sites | {
        "slow": RawSite({
            **few, "/robots.txt": [moved("/aturan.txt")], "/aturan.txt": robots(f"User-agent: *\nCrawl-delay: {DELAY}"),
            every[0]: [reply(b"", status="500 Oops"), sends(TORN), reply(PAGE)],
            every[1]: moved("/baca/2/judul-baru"), every[2]: [LATER, reply(PAGE)],
        }),
        "later": RawSite({**few, every[0]: [LATER, reply(PAGE)]}),
        "later_dated": RawSite({**few, every[0]: [reply(b"", *DATED, status="503 Later"), reply(PAGE)]}),
        "later_unsaid": RawSite({**few, every[0]: [reply(b"", status="503 Later"), reply(PAGE)]}),
        "later_nonsense": RawSite({**few, every[0]: [reply(b"", "Retry-After: besok", status="429 X"), reply(PAGE)]}),
        "much_later": RawSite({**few, every[0]: reply(b"", "Retry-After: 86400", status="503 Later")}),
        "one_page_later": RawSite({**few, every[0]: reply(b"", status="503 Later")}),
        "list_later": RawSite(dict.fromkeys(("/", "/indeks"), reply(b"", status="503 Later"))),
        "always_later": RawSite({**many, **dict.fromkeys(every[4:], reply(b"", status="429 Too Many Requests"))}),
        "refused": RawSite({**many, **dict.fromkeys(every[2:], REFUSED)}),
        "unauthorised": RawSite({**many, **dict.fromkeys(every, reply(b"", status="401 Unauthorized"))}),
        "refused_now_and_then": RawSite({**many, **dict.fromkeys(every[::4], REFUSED)}),
        "challenged": RawSite({**many, **dict.fromkeys(every, reply(CHALLENGE, status="503 Service Unavailable"))}),
        "challenged_list": RawSite(dict.fromkeys(("/", "/indeks"), reply(CHALLENGE))),
        "goes_down": RawSite({**many, **dict.fromkeys(every[2:], resets)}),
    }  # fmt: skip


@pytest.fixture(scope="module")
def polite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    sites = polite_sites()
    yield crawl(tmp_path_factory.mktemp("data"), sites, BACKOFF_WAIT=0.5)
    for site in sites.values():
        site.stop()


@pytest.mark.parametrize("name", ROBOTS)
def test_robots(polite: World, name: str) -> None:
    expected, report, asked = ROBOTS[name][0], polite.reports[name], polite.sites[name].paths
    articles = " ".join(sorted(path.split("/")[2] for path in asked if path.startswith("/baca/")))
    if expected == "robots-unreachable":
        assert (report["outcome"], articles, "/indeks" in asked) == (expected, "", False)
    else:
        assert (report["outcome"], articles) == ("finished", expected)


@pytest.mark.parametrize(
    ("name", "outcome", "new"),
    [
        ("slow", "finished", 3),
        ("later", "finished", 3),
        ("later_dated", "finished", 3),
        ("later_unsaid", "finished", 3),
        ("later_nonsense", "finished", 3),
        ("much_later", "unavailable", None),
        ("one_page_later", "finished", 2),
        ("list_later", "unavailable", 0),
        ("always_later", "rate-limited", 4),
        ("refused", "blocked", 2),
        ("unauthorised", "blocked", 0),
        ("refused_now_and_then", "finished", 18),
        ("challenged", "blocked", 0),
        ("challenged_list", "blocked", 0),
        ("goes_down", "unavailable", 2),
    ],
)
def test_how_a_refusing_site_ends(polite: World, name: str, outcome: str, new: int | None) -> None:
    report = polite.reports[name]
    assert report["outcome"] == outcome
    assert new is None or report["new"] == new


def test_a_site_that_refused_is_asked_for_one_list_first(tmp_path: Path) -> None:
    site = RawSite(dict.fromkeys(("/", "/indeks", "/terbaru"), REFUSED))
    source = {**SOURCE, "listings": ["/indeks", "/terbaru"]}
    outcomes, asked = [], []
    add(tmp_path, "tutup", {"title": "Tutup", "start": f"{site.origin}/", **source})
    for _ in range(4):
        site.asked.clear()
        outcomes.append(run(tmp_path)["tutup"]["outcome"])
        asked.append(len(site.paths))
        if len(outcomes) == 2:
            site.answers = {"/indeks": listing(1, 2), "/terbaru": listing(3)}
    site.stop()
    assert outcomes == ["blocked", "blocked", "finished", "finished"]
    assert asked[1] == 2  # robots.txt and one list
    assert len(set(site.paths) & {"/indeks", "/terbaru"}) == 2


def test_crawl_delay_lies_between_all_requests(polite: World) -> None:
    site = polite.sites["slow"]
    assert {path: site.paths.count(path) for path in site.paths if path != "/"} == {
        "/robots.txt": 1, "/aturan.txt": 1, "/indeks": 1, "/baca/1/judul": 3, "/baca/2/judul": 1,
        "/baca/2/judul-baru": 1, "/baca/3/judul": 2,
    }  # fmt: skip
    _, *gaps = site.gaps()  # before the first, nobody knew
    assert min(gaps) >= DELAY - CLOCKS


@pytest.mark.parametrize(
    ("name", "seconds"),
    [("slow", 1), ("later", 1), ("later_dated", 1), ("later_unsaid", 0.5), ("later_nonsense", 0.5)],
)
def test_nothing_is_asked_during_a_pause(polite: World, name: str, seconds: float) -> None:
    assert max(polite.sites[name].gaps()) >= seconds - CLOCKS


@pytest.mark.parametrize(
    ("name", "most"),
    [("refused", 6), ("challenged", 4), ("much_later", 2), ("always_later", 10)],
)
def test_a_refusal_is_not_insisted_on(polite: World, name: str, most: int) -> None:
    assert sum(path.startswith("/baca/") for path in polite.sites[name].paths) <= most
