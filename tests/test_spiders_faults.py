"""Crawls of sites that misbehave: raw answers over real sockets, one site a fault, all crawled side by side."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from pathlib import Path

import brotli
import pytest
from raw_sites import (
    BIG,
    CHALLENGE,
    ENDLESS,
    OK,
    PAGE,
    PDF,
    TORN,
    UNFRAMED,
    Answer,
    RawSite,
    World,
    crawl,
    listing,
    moved,
    packed,
    reply,
    resets,
    sends,
    waits,
)
from scrapy.utils._compression import zstd

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


@pytest.mark.slow
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
