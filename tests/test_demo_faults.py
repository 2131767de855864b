"""Faults of answers and refusals do what they say over real HTTP, and take away only what is said."""

from __future__ import annotations

import contextlib
import gzip
import http.client
import socket
import time
import zlib
from collections.abc import Callable, Iterator
from datetime import datetime
from importlib import import_module

import pytest
from lxml import html

from demo.faults import KINDS
from demo.faults.desk import bait_paths
from demo.styles.newsroom import Expected, StyleNewsroom
from demo.visitor import get
from scraper.clock import WIB

NOW = datetime(2024, 5, 2, 9, 0, tzinfo=WIB)
USED = ("sagarapost", "lawas", "antarwana", "arsipsagara", "layar")


@pytest.fixture(scope="module")
def running() -> Iterator[StyleNewsroom]:
    with StyleNewsroom.start(now=NOW, styles=USED, articles=150) as newsroom:
        yield newsroom


@pytest.fixture
def newsroom(running: StyleNewsroom) -> Iterator[StyleNewsroom]:
    yield running
    for faults in running.faults.values():
        faults.turn_off()
    running.forget_visits()


def baits(newsroom: StyleNewsroom, style: str, kind: str) -> list[str]:
    return [newsroom.origins[style] + path for path in bait_paths(newsroom.site(style), KINDS[kind])]


MINE = sorted(name for name, kind in KINDS.items() if kind.home in ("answers", "refusals"))
"""The kinds that this file holds to their word."""


Check = Callable[[StyleNewsroom, str, Expected], None]
CHECKS: dict[str, Check] = {}


def of(name: str) -> Callable[[Check], Check]:
    """Register the check of a kind; it gets the site's origin and its newest article."""

    def register(check: Check) -> Check:
        CHECKS[name] = check
        return check

    return register


def test_every_kind_has_a_check() -> None:
    assert sorted(CHECKS) == MINE
    assert all(kind.about.endswith(".") or kind.name == "endless-lists" for kind in KINDS.values())


@pytest.mark.parametrize("name", MINE)
def test_a_fault_does_what_it_says_and_ends(newsroom: StyleNewsroom, name: str) -> None:
    style = "antarwana" if name == "wrong-slugs" else "sagarapost"
    origin, article = newsroom.origins[style], newsroom.expected[style][0]
    newsroom.faults[style].turn_on(name, share=1.0)
    assert newsroom.faults[style].on == (name,)
    CHECKS[name](newsroom, origin, newsroom.expected[style][0])
    newsroom.faults[style].turn_off(name)
    assert newsroom.faults[style].on == ()
    assert get(article.url).status == get(f"{origin}/robots.txt").status == get(f"{origin}/feed/").status == 200 or (
        style != "sagarapost"
    )
    assert newsroom.outside.log == []


@pytest.mark.parametrize("name", sorted(name for name, kind in KINDS.items() if kind.baits))
@pytest.mark.parametrize("style", USED)
def test_baits_are_named_in_lists_or_sitemaps(newsroom: StyleNewsroom, style: str, name: str) -> None:
    newsroom.faults[style].turn_on(name)
    named = get(newsroom.origins[style] + ("/sitemap.xml" if style == "layar" else "/")).text.replace("&amp;", "&")
    wanted = bait_paths(newsroom.site(style), KINDS[name])
    assert len(set(wanted)) == KINDS[name].baits
    assert [path for path in wanted if path not in named] == []
    known = {url for article in newsroom.expected[style] for url in article.urls}
    assert not known & set(baits(newsroom, style, name))


@of("reset")
def _(newsroom: StyleNewsroom, origin: str, article: Expected) -> None:
    with pytest.raises(ConnectionResetError):
        get(article.url)
    assert get(article.url).status == 200


@of("half")
def _(newsroom: StyleNewsroom, origin: str, article: Expected) -> None:
    with pytest.raises(http.client.IncompleteRead) as broken:
        get(article.url)
    assert 0 < len(broken.value.partial) <= (broken.value.expected or 0) + 1
    assert get(article.url).status == 200


@of("slow")
def _(newsroom: StyleNewsroom, origin: str, article: Expected) -> None:
    newsroom.faults["sagarapost"].turn_on("slow", share=1.0, seconds=0.3)
    begun = time.monotonic()
    slow = get(article.url)
    assert time.monotonic() - begun > 0.25
    assert slow.body == get(article.url).body


@of("drip")
def _(newsroom: StyleNewsroom, origin: str, article: Expected) -> None:
    (bait,) = baits(newsroom, "sagarapost", "drip")
    with pytest.raises(TimeoutError):
        get(bait, timeout=0.5)


@of("endless")
def _(newsroom: StyleNewsroom, origin: str, article: Expected) -> None:
    (bait,) = baits(newsroom, "sagarapost", "endless")
    reply = get(bait, most=30_000_000)
    assert len(reply.body) == 30_000_000
    assert "Content-Length" not in reply.headers


@of("huge")
def _(newsroom: StyleNewsroom, origin: str, article: Expected) -> None:
    (bait,) = baits(newsroom, "sagarapost", "huge")
    assert int(get(bait, most=1000).headers["Content-Length"]) > 190 * 2**20


@of("gzip-bomb")
def _(newsroom: StyleNewsroom, origin: str, article: Expected) -> None:
    newsroom.faults["sagarapost"].turn_on("gzip-bomb", megabytes=20)
    (bait,) = baits(newsroom, "sagarapost", "gzip-bomb")
    reply = get(bait)
    assert reply.headers["Content-Encoding"] == "gzip"
    assert len(reply.body) < 10**5 < 20 * 2**20 == len(gzip.decompress(reply.body))


@of("br-bomb")
def _(newsroom: StyleNewsroom, origin: str, article: Expected) -> None:
    newsroom.faults["sagarapost"].turn_on("br-bomb", megabytes=20)
    (bait,) = baits(newsroom, "sagarapost", "br-bomb")
    reply = get(bait)
    assert reply.headers["Content-Encoding"] == "br"
    assert len(reply.body) < 10**5 < 20 * 2**20 == len(import_module("brotli").decompress(reply.body))


@of("broken-gzip")
def _(newsroom: StyleNewsroom, origin: str, article: Expected) -> None:
    reply = get(article.url)
    assert reply.headers["Content-Encoding"] == "gzip"
    assert int(reply.headers["Content-Length"]) == len(reply.body)
    with pytest.raises(EOFError):
        gzip.decompress(reply.body)
    assert zlib.decompressobj(31).decompress(reply.body).startswith(b"<!DOCTYPE")
    assert "Content-Encoding" not in get(article.url).headers


@of("charset")
def _(newsroom: StyleNewsroom, origin: str, article: Expected) -> None:
    kinds = {get(found.url).headers["Content-Type"] for found in newsroom.expected["sagarapost"]}
    wrong = {"text/html; charset=iso-8859-1", "text/html", "text/html; charset=x-rekaan", "text/html; charset=utf-16"}
    assert wrong <= kinds
    lies = [get(found.url) for found in newsroom.expected["sagarapost"]]
    assert any(b"\xff\xfe\x00" in reply.body for reply in lies)


@of("content-type")
def _(newsroom: StyleNewsroom, origin: str, article: Expected) -> None:
    replies = [get(found.url) for found in newsroom.expected["sagarapost"]]
    assert {"text/plain; charset=utf-8", "application/octet-stream", ""} < {r.headers["Content-Type"] for r in replies}
    assert article.title in html.fromstring(get(article.url).body).text_content()


@of("blank-page")
def _(newsroom: StyleNewsroom, origin: str, article: Expected) -> None:
    first = get(article.url)
    assert (first.status, first.body) == (200, b"")
    assert "ETag" not in first.headers
    assert len(get(article.url).body) > 1000


@of("no-validators")
def _(newsroom: StyleNewsroom, origin: str, article: Expected) -> None:
    for url in (article.url, f"{origin}/feed/", f"{origin}/"):
        headers = get(url, If_None_Match="*", If_Modified_Since="Thu, 02 May 2024 09:00:00 GMT").headers
        assert "ETag" not in headers
        assert "Last-Modified" not in headers


@of("restless")
def _(newsroom: StyleNewsroom, origin: str, article: Expected) -> None:
    first, second = get(article.url), get(article.url)
    assert first.headers["ETag"] != second.headers["ETag"]
    assert get(article.url, If_None_Match=second.headers["ETag"]).status == 200
    assert len(first.body) == len(second.body)


@of("busy")
def _(newsroom: StyleNewsroom, origin: str, article: Expected) -> None:
    newsroom.faults["sagarapost"].turn_on("busy", every=5, burst=2)
    replies = [get(article.url) for _ in range(10)]
    assert sorted(reply.status for reply in replies) == [200] * 6 + [503] * 4
    assert {reply.headers["Retry-After"] for reply in replies if reply.status == 503} == {"1"}


@of("too-many")
def _(newsroom: StyleNewsroom, origin: str, article: Expected) -> None:
    newsroom.faults["sagarapost"].turn_on("too-many", every=4)
    assert sorted(get(article.url).status for _ in range(8)) == [200] * 6 + [429] * 2


@of("server-error")
def _(newsroom: StyleNewsroom, origin: str, article: Expected) -> None:
    assert get(article.url).status in (500, 502)
    assert get(article.url).status == 200


@of("forbidden")
def _(newsroom: StyleNewsroom, origin: str, article: Expected) -> None:
    newsroom.faults["sagarapost"].turn_on("forbidden", after=0)
    assert get(article.url).status == get(f"{origin}/").status == get(f"{origin}/robots.txt").status == 403
    newsroom.faults["sagarapost"].turn_on("forbidden", after=10**6)
    assert get(article.url).status == 200


@of("robots-error")
def _(newsroom: StyleNewsroom, origin: str, article: Expected) -> None:
    assert get(f"{origin}/robots.txt").status == 500
    assert get(article.url).status == 200


@of("robots-silent")
def _(newsroom: StyleNewsroom, origin: str, article: Expected) -> None:
    with pytest.raises(TimeoutError):
        get(f"{origin}/robots.txt", timeout=0.3)


@of("robots-reset")
def _(newsroom: StyleNewsroom, origin: str, article: Expected) -> None:
    with pytest.raises(ConnectionResetError):
        get(f"{origin}/robots.txt")


@of("robots-moved")
def _(newsroom: StyleNewsroom, origin: str, article: Expected) -> None:
    moved = get(f"{origin}/robots.txt")
    assert moved.status == 301
    assert "Disallow: /wp-admin/" in get(moved.headers["Location"]).text


@of("robots-offsite")
def _(newsroom: StyleNewsroom, origin: str, article: Expected) -> None:
    assert get(f"{origin}/robots.txt").headers["Location"] == f"{newsroom.outside.origin}/robots.txt"


@of("robots-page")
def _(newsroom: StyleNewsroom, origin: str, article: Expected) -> None:
    reply = get(f"{origin}/robots.txt")
    assert (reply.status, reply.headers["Content-Type"]) == (200, "text/html; charset=utf-8")


@of("gone")
def _(newsroom: StyleNewsroom, origin: str, article: Expected) -> None:
    assert {get(found.url).status for found in newsroom.expected["sagarapost"]} == {404, 410}
    assert not any(found.reachable for found in newsroom.expected["sagarapost"])
    newsroom.faults["sagarapost"].turn_on("gone", share=0.3)
    for found in newsroom.expected["sagarapost"]:
        assert found.reachable <= (get(found.url).status == 200)
    assert 10 < sum(found.reachable for found in newsroom.expected["sagarapost"]) < 28
    assert article.url in get(f"{origin}/").text


@of("gone-softly")
def _(newsroom: StyleNewsroom, origin: str, article: Expected) -> None:
    assert not article.reachable
    reply = get(article.url)
    assert (reply.status, "Halaman tidak ditemukan" in reply.text) == (200, True)


@of("soft-404")
def _(newsroom: StyleNewsroom, origin: str, article: Expected) -> None:
    for url in (f"{origin}/tidak/ada", *baits(newsroom, "sagarapost", "soft-404")):
        reply = get(url)
        assert (reply.status, "Halaman tidak ditemukan" in reply.text) == (200, True)
    assert article.reachable


PASSING = ("reset", "half", "server-error", "broken-gzip", "busy", "too-many", "blank-page")


@pytest.mark.parametrize("style", USED)
def test_passing_faults_leave_every_article_to_the_patient(newsroom: StyleNewsroom, style: str) -> None:
    for name in PASSING:
        newsroom.faults[style].turn_on(name)
    failures = 0
    for article in newsroom.expected[style]:
        for _attempt in range(len(PASSING) + 3):
            with contextlib.suppress(ConnectionResetError, http.client.IncompleteRead, socket.timeout):
                reply = get(article.url)
                if reply.status == 200 and reply.body and "Content-Encoding" not in reply.headers:
                    break
            failures += 1
        else:
            pytest.fail(f"{article.url} never came")
    assert failures > 3


def test_equal_seeds_strike_equal_pages(newsroom: StyleNewsroom) -> None:
    def struck(seed: int) -> list[int]:
        newsroom.faults["sagarapost"].seed = seed
        newsroom.faults["sagarapost"].turn_on("gone", share=0.5)
        return [article.number for article in newsroom.expected["sagarapost"] if not article.reachable]

    first = struck(5)
    assert first == struck(5) != struck(6)
    newsroom.faults["sagarapost"].seed = 1


def test_an_unknown_fault_is_named(newsroom: StyleNewsroom) -> None:
    with pytest.raises(KeyError, match="no fault 'gempa'"):
        newsroom.faults["lawas"].turn_on("gempa")
    assert newsroom.faults["lawas"].on == ()
