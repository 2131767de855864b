"""Faults of links, heads, lists, traps and the articles themselves do what they say over real HTTP."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import datetime
from urllib.parse import urljoin, urlsplit

import feedparser
import pytest
from lxml import etree, html

from demo.faults import KINDS
from demo.faults.desk import bait_paths
from demo.faults.markup import MALFORMED
from demo.faults.pieces import LONG
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


MINE = sorted(name for name, kind in KINDS.items() if kind.home in ("traps", "markup", "lists", "pieces"))
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


@of("redirect-loop")
def _(newsroom: StyleNewsroom, origin: str, article: Expected) -> None:
    itself, endless = baits(newsroom, "sagarapost", "redirect-loop")[::-1]
    assert get(itself).headers["Location"] == itself
    seen = [endless]
    for _turn in range(30):
        seen.append(get(seen[-1]).headers["Location"])
    assert len(set(seen)) == 31


@of("redirect-outside")
def _(newsroom: StyleNewsroom, origin: str, article: Expected) -> None:
    targets = [get(bait).headers["Location"] for bait in baits(newsroom, "sagarapost", "redirect-outside")]
    assert len(set(targets)) == 12
    assert {"file:///etc/passwd", "http://169.254.169.254/latest/meta-data/"} < set(targets)
    assert newsroom.outside.origin + "/berita/123/curian" in targets


@of("calendar")
def _(newsroom: StyleNewsroom, origin: str, article: Expected) -> None:
    assert "/kalender/2024/05" in get(article.url).text
    seen, url = set(), f"{origin}/kalender/2024/05"
    for _turn in range(30):
        seen.add(url)
        url = urljoin(url, get(url).links[1])
    assert len(seen) == 30
    assert "/kalender/2026/10/17" in get(f"{origin}/kalender/2026/10").links


@of("filters")
def _(newsroom: StyleNewsroom, origin: str, article: Expected) -> None:
    url, seen = f"{origin}/", set()
    for _turn in range(10):
        seen.add(url)
        url = urljoin(url, next(link for link in get(url).links if link.endswith("=naik")))
    assert len(seen) == 10
    assert article.url in get(url).text


@of("deep-paths")
def _(newsroom: StyleNewsroom, origin: str, article: Expected) -> None:
    url = f"{origin}/"
    for _turn in range(5):
        url = urljoin(url, next(link for link in get(url).links if link == "arsip/lama/"))
    assert url == f"{origin}/" + "arsip/lama/" * 5


@of("outside-links")
def _(newsroom: StyleNewsroom, origin: str, article: Expected) -> None:
    hosts = {urlsplit(link).hostname for link in get(f"{origin}/").links if link.startswith("http")}
    assert {urlsplit(newsroom.outside.origin).hostname, "127.0.0.1"} < hosts


@of("endless-lists")
def _(newsroom: StyleNewsroom, origin: str, article: Expected) -> None:
    last = get(f"{origin}/page/4/")
    after = get(f"{origin}/page/4000/")
    assert f"{origin}/page/4001/" in after.links
    assert [x for x in last.links if "/2024/" in x and "/page/" not in x] == [
        x for x in after.links if "/2024/" in x and "/page/" not in x
    ]


@of("malformed-links")
def _(newsroom: StyleNewsroom, origin: str, article: Expected) -> None:
    links = get(article.url).links
    assert {"http://[", "javascript:void(0)", "mailto:redaksi@rekaan.invalid", " "} < set(links)
    assert len(links) > 2 * len(MALFORMED)


@of("session-ids")
def _(newsroom: StyleNewsroom, origin: str, article: Expected) -> None:
    first, second = ({link for link in get(f"{origin}/").links if "/2024/" in link} for _ in range(2))
    assert not first & second
    assert all("PHPSESSID=" in link for link in first)
    assert all(get(link).status == 200 for link in first)


@of("campaigns")
def _(newsroom: StyleNewsroom, origin: str, article: Expected) -> None:
    links = [link for link in get(f"{origin}/").links if "/2024/" in link]
    assert all("utm_source=" in link and "fbclid=" in link for link in links)
    assert all(get(link).status == 200 for link in links[:5])


@of("wrong-slugs")
def _(newsroom: StyleNewsroom, origin: str, article: Expected) -> None:
    links = [urljoin(origin, link) for _ in range(3) for link in get(f"{origin}/terkini").links if "/berita/" in link]
    known = {found.url for found in newsroom.expected["antarwana"]}
    assert len(links) > 20
    assert not known & set(links)
    assert all(get(link).status == 200 for link in links)


@of("mixed-hosts")
def _(newsroom: StyleNewsroom, origin: str, article: Expected) -> None:
    links = get(f"{origin}/").links
    assert any(link.startswith("//127.0.11.") for link in links)
    assert any(link.endswith("#isi") for link in links)


@of("doubled-lists")
def _(newsroom: StyleNewsroom, origin: str, article: Expected) -> None:
    links = get(f"{origin}/").links
    assert links.count(f"{article.url}#komentar") >= 1
    assert links.count(article.url) >= 1


@of("canonical-lies")
def _(newsroom: StyleNewsroom, origin: str, article: Expected) -> None:
    lies = {
        str(html.fromstring(get(found.url).body).xpath("string(//link[@rel='canonical']/@href)"))
        for found in newsroom.expected["sagarapost"]
    }
    assert not lies & {found.url for found in newsroom.expected["sagarapost"][2:]}
    assert {f"{origin}/", "", f"{newsroom.outside.origin}/berita/1/curian"} < lies


@of("base-lie")
def _(newsroom: StyleNewsroom, origin: str, article: Expected) -> None:
    tree = html.fromstring(get(f"{origin}/").body)
    assert tree.xpath("string(//base/@href)") == newsroom.outside.origin + "/"
    assert article.url in tree.xpath("//a/@href")


@of("feed-redirects")
def _(newsroom: StyleNewsroom, origin: str, article: Expected) -> None:
    feed = feedparser.parse(get(f"{origin}/feed/").body)
    targets = [get(entry.link) for entry in feed.entries]
    known = [found.url for found in newsroom.expected["sagarapost"] if found.reachable]
    assert [reply.headers["Location"] for reply in targets] == known[:10]
    assert {reply.status for reply in targets} == {302}
    assert get(f"{origin}/redirect?u=http%3A%2F%2F127.0.0.1%3A9%2F").status == 404


@of("broken-feed")
def _(newsroom: StyleNewsroom, origin: str, article: Expected) -> None:
    body = get(f"{origin}/feed/").body
    with pytest.raises(etree.XMLSyntaxError):
        etree.fromstring(body)
    assert article.url.encode() in body


@of("empty-feed")
def _(newsroom: StyleNewsroom, origin: str, article: Expected) -> None:
    feed = feedparser.parse(get(f"{origin}/feed/").body)
    assert (feed.bozo, feed.feed.title, feed.entries) == (False, "Sagara Post", [])


@of("blank-feed")
def _(newsroom: StyleNewsroom, origin: str, article: Expected) -> None:
    reply = get(f"{origin}/feed/")
    assert (reply.status, reply.body) == (200, b"")


@of("feed-dates")
def _(newsroom: StyleNewsroom, origin: str, article: Expected) -> None:
    dates = re.findall("<pubDate>([^<]*)<", get(f"{origin}/feed/").text)
    assert set(dates) == {
        "Thu, 01 Jan 1970 00:00:00 +0000",
        "Fri, 31 Dec 2099 23:59:59 +0700",
        "kemarin",
        "",
        "0000-00-00T00:00:00Z",
    }


@of("strange-sitemap")
def _(newsroom: StyleNewsroom, origin: str, article: Expected) -> None:
    for path in ("/wp-sitemap.xml", "/wp-sitemap-posts-post-1.xml"):
        locations = etree.fromstring(get(origin + path).body).xpath("//*[local-name()='loc']/text()")
        assert {"file:///etc/passwd", origin + path, f"{newsroom.outside.origin}/berita/1/curian"} < set(locations)


@of("broken-sitemap")
def _(newsroom: StyleNewsroom, origin: str, article: Expected) -> None:
    body = get(f"{origin}/wp-sitemap-posts-post-1.xml").body
    with pytest.raises(etree.XMLSyntaxError):
        etree.fromstring(body)
    assert article.url.encode() in body


@of("hostile-titles")
def _(newsroom: StyleNewsroom, origin: str, article: Expected) -> None:
    titles = [found.title for found in newsroom.expected["sagarapost"]]
    assert any("<script>" in title for title in titles)
    assert any("\u202e" in title for title in titles)
    assert any(len(title) > LONG - 50 for title in titles)
    pages = [get(found.url) for found in newsroom.expected["sagarapost"]]
    assert {page.status for page in pages} == {200}
    assert not any("<script>alert" in page.text.split("<h1")[1] for page in pages)


@of("undated")
def _(newsroom: StyleNewsroom, origin: str, article: Expected) -> None:
    page = get(article.url).text
    assert article.published.isoformat() not in page
    assert "datePublished" not in page
    assert article.title in html.fromstring(page).text_content()
