"""Crawls of sites that ask for patience or refuse: robots.txt, Crawl-delay, Retry-After, 403, challenges."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path

import pytest
from raw_sites import (
    CHALLENGE,
    ENDLESS,
    OK,
    PAGE,
    SOURCE,
    TORN,
    Answer,
    RawSite,
    World,
    crawl,
    listing,
    moved,
    packed,
    reply,
    resets,
    robots,
    run,
    sends,
)

from spiders.sources import add

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


@pytest.mark.slow
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
