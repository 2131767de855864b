"""The style newsroom over real HTTP: every article is reachable and whole, and it grows, changes and remembers."""

from __future__ import annotations

import gzip
import http.client
import json
import re
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from urllib.parse import urljoin, urlsplit

import feedparser
import pytest
from lxml import etree, html

from demo.styles import STYLE_CLASSES, STYLES
from demo.styles.newsroom import Expected, StyleNewsroom
from scraper.clock import WIB

NOW = datetime(2024, 5, 2, 9, 0, tzinfo=WIB)
WAYS = {style.way: style.key for style in STYLE_CLASSES if style.way}


class Visitor:
    """One connection to one site, kept open."""

    def __init__(self, origin: str) -> None:
        self.origin = origin
        self._connection = http.client.HTTPConnection(urlsplit(origin).netloc, timeout=10)

    def get(self, url: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
        target = urljoin(self.origin + "/", url).removeprefix(self.origin)
        self._connection.request("GET", target, headers={name.replace("_", "-"): v for name, v in headers.items()})
        response = self._connection.getresponse()
        return response.status, dict(response.headers), response.read()

    def text(self, url: str) -> str:
        status, headers, body = self.get(url)
        assert status == 200, url
        charset = re.search(r"charset=([\w-]+)", headers.get("Content-Type", ""))
        return body.decode(charset[1] if charset else "utf-8")

    def walk(self) -> set[str]:
        """Every address of the site that its own links, sitemaps, feeds and data lead to; each is asked once."""
        queue = [self.origin + "/", *re.findall(r"Sitemap: (\S+)", self.text("/robots.txt"))]
        seen = set(queue)
        while queue:
            url = queue.pop()
            status, headers, body = self.get(url)
            if status in (301, 302):
                found = [headers["Location"]]
            elif status == 200:
                found = links(url, headers["Content-Type"], body)
            else:
                assert status in (404, 405), url
                continue
            for link in found:
                link = urljoin(url, link).partition("#")[0]
                if (
                    link.startswith(self.origin)
                    and link not in seen
                    and not re.search(r"\.(jpg|png|gif|css|js)$", link)
                ):
                    seen.add(link)
                    queue.append(link)
        return seen

    def close(self) -> None:
        self._connection.close()


def links(url: str, kind: str, body: bytes) -> list[str]:
    if body[:2] == b"\x1f\x8b":
        body = gzip.decompress(body)
    if "html" not in kind:
        text = body.decode()
        return [
            link.replace("&amp;", "&")
            for link in re.findall(r"<loc>([^<]+)<|<link>([^<]+)<", text)
            for link in link
            if link
        ]
    tree = html.fromstring(body)
    data = tree.xpath("string(//script[@id='__NEXT_DATA__'])")
    if data:
        props = json.loads(data)["props"]["pageProps"]
        return [f"/artikel/{row['slug']}" for row in props.get("articles", [])]
    base = tree.xpath("string(//base/@href)") or url
    return [
        urljoin(base, link) for link in tree.xpath("//a/@href | //link[@rel='alternate']/@href") if link[:5] != "java"
    ]


def words(text: str) -> str:
    return " ".join(text.split())


def shown(page: str) -> str:
    data = html.fromstring(page).xpath("string(//script[@id='__NEXT_DATA__'])")
    if data:
        page = json.loads(data)["props"]["pageProps"]["article"]["content"]
    return words(html.fromstring(page).text_content())


@pytest.fixture(scope="module")
def newsroom() -> Iterator[StyleNewsroom]:
    with StyleNewsroom.start(now=NOW) as running:
        yield running


@pytest.fixture
def own() -> Iterator[StyleNewsroom]:
    with StyleNewsroom.start(now=NOW, articles=160) as running:
        yield running


@pytest.fixture
def visit(newsroom: StyleNewsroom) -> Iterator[dict[str, Visitor]]:
    visitors = {key: Visitor(origin) for key, origin in newsroom.origins.items()}
    yield visitors
    for visitor in visitors.values():
        visitor.close()


def test_it_is_large_and_no_two_articles_are_alike(newsroom: StyleNewsroom) -> None:
    articles = [article for found in newsroom.expected.values() for article in found]
    assert len(newsroom.origins) == len(STYLES) >= 12
    assert len(articles) == 600
    assert len({article.title for article in articles}) == 600
    assert len({article.text for article in articles}) == 600
    assert len({article.text.split("\n\n")[0] for article in articles}) == 600
    assert all(len(article.text.split()) >= 45 for article in articles)
    assert all(NOW - timedelta(days=36) < article.published < NOW for article in articles)
    assert not re.search("[{}]", "".join(article.title + article.text for article in articles))
    assert all(article.author and article.section and article.tags for article in articles)


def test_equal_arguments_give_equal_sites(newsroom: StyleNewsroom) -> None:
    def content(found: StyleNewsroom) -> list[tuple[str, str, datetime]]:
        return [(a.title, a.text, a.published) for articles in found.expected.values() for a in articles]

    with StyleNewsroom.start(now=NOW) as again, StyleNewsroom.start(now=NOW, seed=2) as other:
        assert content(again) == content(newsroom)
        assert content(other) != content(newsroom)


@pytest.mark.parametrize("style", STYLES)
def test_links_lead_to_every_reachable_article_and_to_no_other(
    newsroom: StyleNewsroom, visit: dict[str, Visitor], style: str
) -> None:
    seen = visit[style].walk()
    articles = newsroom.expected[style]
    assert [article.url for article in articles if article.reachable and not seen & set(article.urls)] == []
    assert [article.url for article in articles if not article.reachable and seen & set(article.urls)] == []
    assert Counter(article.reachable for article in articles)[False] == 1


@pytest.mark.parametrize("style", STYLES)
def test_all_addresses_of_an_article_show_it_whole(
    newsroom: StyleNewsroom, visit: dict[str, Visitor], style: str
) -> None:
    for article in newsroom.expected[style]:
        pages = []
        for url in article.urls:
            status, headers, _ = visit[style].get(url)
            pages.append(shown(visit[style].text(headers["Location"] if status == 301 else url)))
        assert [p for p in article.text.split("\n\n") if words(p) not in " ".join(pages[: article.pages])] == []
        if article.pages > 1:
            assert words(article.text.split("\n\n")[-1]) not in pages[0]


def test_all_five_ways_of_pages_occur(newsroom: StyleNewsroom) -> None:
    assert set(WAYS) == {"page-all", "single", "page-number", "path-number", "next-link"}
    for style in STYLES:
        cut = [article for article in newsroom.expected[style] if article.pages > 1]
        assert bool(cut) == (style in WAYS.values()), style
    assert len([a for found in newsroom.expected.values() for a in found if a.pages > 1]) >= 25


@pytest.mark.parametrize(("way", "query"), [("page-all", "?page=all"), ("single", "?single=1")])
def test_the_whole_stands_on_one_page(newsroom: StyleNewsroom, visit: dict[str, Visitor], way: str, query: str) -> None:
    style = WAYS[way]  # type: ignore[index]
    article = next(a for a in newsroom.expected[style] if a.pages > 1)
    page = shown(visit[style].text(article.url + query))
    assert [p for p in article.text.split("\n\n") if words(p) not in page] == []


@pytest.mark.parametrize("style", STYLES)
def test_validators_are_right(newsroom: StyleNewsroom, visit: dict[str, Visitor], style: str) -> None:
    url = newsroom.expected[style][0].url
    site = newsroom.site(style)
    for address in (url, "/"):
        _, headers, body = visit[style].get(address)
        assert ("ETag" in headers, "Last-Modified" in headers) == (site.sends_etag, site.sends_modified)
        if site.sends_etag:
            assert visit[style].get(address, If_None_Match=headers["ETag"])[0] == 304
        if site.sends_modified:
            assert visit[style].get(address, If_Modified_Since=headers["Last-Modified"])[0] == 304
        assert visit[style].get(address, If_None_Match='"other"')[0] == 200
        assert (visit[style].get(address)[2] == body) == site.keeps


@pytest.mark.parametrize(
    ("style", "path", "entries"),
    [
        ("sagarapost", "/feed/", 10),
        ("sagarapost", "/feed/?paged=4", 10),
        ("warta_kidul", "/feed/", 10),
        ("mimbar", "/today.html?format=feed&type=rss", 10),
        ("mimbar", "/?format=feed&type=atom&start=20", 10),
        ("antarwana", "/rss/terkini.xml", 15),
        ("semarak", "/rss.xml", 12),
        ("blogpos", "/feeds/posts/default?start-index=11", 22),
        ("blogpos", "/feeds/posts/default?alt=rss&max-results=20", 20),
        ("simpul", "/rss.xml", 10),
    ],
)
def test_feeds(newsroom: StyleNewsroom, visit: dict[str, Visitor], style: str, path: str, entries: int) -> None:
    feed = feedparser.parse(visit[style].get(path)[2])
    assert not feed.bozo
    assert len(feed.entries) == entries
    known = {url: article for article in newsroom.expected[style] for url in article.urls}
    for entry in feed.entries:
        article = known[entry.link]
        assert entry.title == article.title
        assert datetime(*entry.published_parsed[:6]) + timedelta(hours=7) == article.published.replace(tzinfo=None)


@pytest.mark.parametrize(
    ("style", "path", "days"),
    [
        ("sagarapost", "/wp-sitemap-posts-post-1.xml", 99),
        ("layar", "/sitemap.xml", 99),
        ("sandi", "/sitemap.xml", 99),
        ("blogpos", "/sitemap.xml?page=1", 99),
        ("kilasan", "/sitemap_news.xml", 2),
    ],
)
def test_sitemaps(newsroom: StyleNewsroom, visit: dict[str, Visitor], style: str, path: str, days: int) -> None:
    found = etree.fromstring(visit[style].get(path)[2]).xpath("//*[local-name()='loc']/text()")
    assert len(found) == len(set(found))
    recent = {a.url for a in newsroom.expected[style] if a.reachable and a.published > NOW - timedelta(days=days)}
    assert recent <= set(found)
    assert not ({a.url for a in newsroom.expected[style]} - recent) & set(found)


def test_rest_pages_through_all_posts(newsroom: StyleNewsroom, visit: dict[str, Visitor]) -> None:
    status, headers, body = visit["sagarapost"].get("/wp-json/wp/v2/posts?per_page=20&_fields=link,date")
    posts = [a.url for a in newsroom.expected["sagarapost"] if a.reachable]
    assert (status, headers["X-WP-Total"], headers["X-WP-TotalPages"]) == (200, str(len(posts)), "3")
    links_ = [row["link"] for row in json.loads(body)]
    for page in (2, 3):
        rows = json.loads(visit["sagarapost"].get(f"/wp-json/wp/v2/posts?per_page=20&page={page}")[2])
        links_ += [row["link"] for row in rows]
    assert links_ == posts
    assert visit["sagarapost"].get("/wp-json/wp/v2/posts?per_page=20&page=4")[0] == 400
    assert visit["warta_kidul"].get("/wp-json/wp/v2/posts")[0] == 401
    later = newsroom.expected["sagarapost"][2].published
    after = json.loads(visit["sagarapost"].get(f"/wp-json/wp/v2/posts?after={later:%Y-%m-%dT%H:%M:%S}")[2])
    assert len(after) == 2


def test_legacy_pages_are_in_their_charset(newsroom: StyleNewsroom, visit: dict[str, Visitor]) -> None:
    _, headers, body = visit["lawas"].get("/index.php?hal=tentang-kami")
    assert headers["Content-Type"] == "text/html; charset=windows-1252"
    assert b"charset=windows-1252" in body


def test_growth_edits_and_removals(own: StyleNewsroom) -> None:
    before = {key: {article.url for article in found} for key, found in own.expected.items()}
    grown = own.grow(10)
    for style, found in grown.items():
        visitor = Visitor(own.origins[style])
        assert found
        assert not before[style] & {article.url for article in found}
        newest = own.expected[style][0]
        assert newest == found[-1]
        assert before[style] < {article.url for article in own.expected[style]}
        assert found[0].published < NOW
        assert words(newest.text.split("\n\n")[0]) in shown(visitor.text(newest.url))

        old = own.expected[style][-1]
        etag = visitor.get(old.url)[1].get("ETag")
        edited = own.edit(old)
        assert edited.url == old.url
        assert edited.modified == NOW
        whole = " ".join(shown(visitor.text(url)) for url in edited.urls[: edited.pages])
        assert "Ralat: angka pada berita ini diperbaiki redaksi." in whole
        assert visitor.get(old.url, If_None_Match=etag or '"x"')[0] == 200

        own.remove(edited)
        assert visitor.get(old.url)[0] == own.site(style).gone
        assert old.url not in {article.url for article in own.expected[style]}
        assert visitor.get("/")[0] == 200
        assert visitor.get(own.expected[style][0].url)[0] == 200
        visitor.close()
    assert own.site("arsipsagara").gone == 410


def test_the_log_tells_who_asked_for_what(own: StyleNewsroom) -> None:
    visitor = Visitor(own.origins["mimbar"])
    visitor.get("/", User_Agent="Uji/1")
    visitor.get("/tidak-ada", User_Agent="Uji/1", If_None_Match='"a"')
    visitor.close()
    first, second = own.log["mimbar"]
    assert (first.method, first.target, first.agent, first.status, first.conditions) == ("GET", "/", "Uji/1", 200, {})
    assert first.sent > 1000
    assert (second.target, second.status, second.conditions) == ("/tidak-ada", 404, {"If-None-Match": '"a"'})
    assert first.begun <= first.ended <= second.begun <= second.ended
    assert own.log["kilasan"] == []
    own.forget_visits()
    assert own.log["mimbar"] == []


def test_styles_can_be_chosen_and_unknown_ones_are_named() -> None:
    with StyleNewsroom.start(now=NOW, styles=("layar", "lawas"), articles=30) as two:
        assert {key: len(found) for key, found in two.expected.items()} == {"layar": 15, "lawas": 15}
        assert isinstance(two.expected["layar"][0], Expected)
    with pytest.raises(KeyError, match="no style kabar"):
        StyleNewsroom.start(now=NOW, styles=("kabar",))
