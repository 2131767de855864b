"""The demo sites over real HTTP: every rendering, feed, sitemap and list, and what goes wrong on demand."""

from __future__ import annotations

import errno
import http.client
import re
import socket
import time
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import feedparser
import pytest
from lxml import etree, html

from demo import newsroom as newsroom_module
from demo.newsroom import Newsroom
from demo.sites.pieces import pieces_of, slug_of
from demo.story import Story, Version, load_stories
from scraper.clock import WIB
from scraper.errors import ConfigError
from scraper.page.extract import extract_article
from scraper.page.rules import GENERIC
from spiders.profile import absolute
from spiders.sources import load_sources

TODAY = date(2024, 5, 2)
NOW = datetime(2024, 5, 2, 9, 0, tzinfo=WIB)
SITES = ("tirtanews", "kabarwana", "portalsagara", "rilis_tirtasari")
NASTY = 'Harga "Bawang" <script>alert(1)</script> & Cabai Naik'


def story(slug: str, *, title: str, published: datetime, paragraphs: int = 3, kind: str = "news") -> Story:
    """A story that all four sites run."""
    text = "\n\n".join(
        f"Paragraf {slug} nomor {number}: harga <b>bawang</b> & cabai naik." for number in range(paragraphs)
    )
    versions = tuple(
        Version(
            site=site,
            title=title,
            text=text,
            published=published,
            kind=kind,  # type: ignore[arg-type]
            author="Sari Wulandari",
            editor="Dewa Putra",
            section="ekonomi",
            tags=("Harga Pangan", "Tirtasari"),
            caption="Pedagang menata bawang di pasar.",
        )
        for site in SITES
    )
    return Story(slug=slug, kind=kind, topic="prices", release="", corrects="", versions=versions)  # type: ignore[arg-type]


STORIES = tuple(
    [
        story(
            f"lama-{age}",
            title=f"Berita Lama Nomor {age}",
            published=datetime(2024, 4, 30, 8, 15, tzinfo=WIB) - timedelta(days=age),
        )
        for age in range(12, 0, -1)
    ]
    + [
        story("bawang", title=NASTY, published=datetime(2024, 5, 1, 13, 45, tzinfo=WIB), paragraphs=10),
        story("jembatan", title="Jembatan Baru Dibuka", published=datetime(2024, 5, 2, 7, 0, tzinfo=WIB), paragraphs=4),
        story("nanti", title="Belum Terbit", published=datetime(2024, 5, 2, 11, 0, tzinfo=WIB)),
    ]
)
NUMBERS = {piece.story: piece.number for piece in pieces_of(STORIES, site="tirtanews")}
BAWANG = NUMBERS["bawang"]
PATHS = {
    "tirtanews": f"/ekonomi/read/{BAWANG}/Harga-Bawang-script-alert-1-script-Cabai-Naik",
    "kabarwana": "/2024/05/01/harga-bawang-script-alert-1-script-cabai-naik/",
    "portalsagara": "/read/2024/05/01/1345{:02d}/harga-bawang-script-alert-1-script-cabai-naik",
    "rilis_tirtasari": f"/berita/detail/{BAWANG}/harga-bawang-script-alert-1-script-cabai-naik",
}
PATHS["portalsagara"] = PATHS["portalsagara"].format(
    next(piece for piece in pieces_of(STORIES, site="portalsagara") if piece.story == "bawang").stamp.second
)


class Reply:
    """Status, headers and body of one answer."""

    def __init__(self, url: str, *, headers: dict[str, str] | None = None, method: str = "GET") -> None:
        address = urlsplit(url)
        connection = http.client.HTTPConnection(address.hostname or "", address.port or 80, timeout=10)
        try:
            connection.request(
                method, address.path + ("?" + address.query if address.query else ""), headers=headers or {}
            )
            response = connection.getresponse()
            self.status, self.headers, self.body = response.status, response.headers, response.read()
        finally:
            connection.close()
        self.text = self.body.decode("utf-8")

    @property
    def tree(self) -> html.HtmlElement:
        return html.fromstring(self.text)


@pytest.fixture(scope="module")
def shared() -> Iterator[Newsroom]:
    with Newsroom.start(TODAY, now=NOW, port=0, stories=STORIES) as running:
        yield running


@pytest.fixture
def own() -> Iterator[Newsroom]:
    with Newsroom.start(TODAY, now=NOW, port=0, stories=STORIES) as running:
        yield running


def words(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def crawl(origin: str, start: str, article: str) -> tuple[set[str], set[int]]:
    """The article paths that links from ``start`` lead to through list pages only, and the statuses seen."""
    seen, queue, articles, statuses = {start}, [start], set(), set()
    while queue:
        reply = Reply(origin + (path := queue.pop()))
        statuses.add(reply.status)
        for link in reply.tree.xpath("//a/@href"):
            target = urlsplit(urljoin(origin + path, link))
            if re.search(article, target.path):
                articles.add(target.path)
            elif target.netloc == urlsplit(origin).netloc and not re.search("/search|/admin|/akun", target.path):
                step = target.path + (f"?{target.query}" if target.query else "")
                queue += [step] if step not in seen else []
                seen.add(step)
    return articles, statuses


@pytest.mark.parametrize("site", SITES)
def test_article_page_is_whole_and_escaped(shared: Newsroom, site: str) -> None:
    reply = Reply(shared.origins[site] + PATHS[site] + ("?page=all" if site == "portalsagara" else ""))
    assert reply.status == 200
    assert reply.headers["Content-Type"] == "text/html; charset=utf-8"
    assert "<script>alert" not in reply.text
    shown = words(reply.tree)
    assert NASTY in shown
    assert [
        number for number in range(10) if f"bawang nomor {number}: harga <b>bawang</b> & cabai naik." not in shown
    ] == []
    assert "Belum Terbit" not in shown
    assert "Kamis, 2 Mei 2024" in shown or "Kamis, 02 Mei 2024" in shown


@pytest.mark.parametrize("site", SITES)
def test_unknown_paths_and_coming_stories_are_404(shared: Newsroom, site: str) -> None:
    later = PATHS[site].replace(str(BAWANG), str(NUMBERS["nanti"])).replace("2024/05/01", "2024/05/02")
    later = later.replace("harga-bawang-script-alert-1-script-cabai-naik", "belum-terbit").replace("/1345", "/1100")
    for path in ("/tidak/ada", "/favicon.ico", "/berita/detail/abc/x", "/..%2f..%2fetc/passwd", later):
        assert Reply(shared.origins[site] + path).status == 404, path


@pytest.mark.parametrize("site", SITES)
def test_unchanged_page_answers_304(shared: Newsroom, site: str) -> None:
    url = shared.origins[site] + PATHS[site]
    first = Reply(url)
    assert re.fullmatch(r"Wed, 01 May 2024 06:45:\d\d GMT", first.headers["Last-Modified"])
    for condition in (
        {"If-None-Match": first.headers["ETag"]},
        {"If-Modified-Since": first.headers["Last-Modified"]},
    ):
        again = Reply(url, headers=condition)
        assert (again.status, again.body) == (304, b"")
    assert Reply(url, headers={"If-None-Match": '"other"'}).status == 200
    assert Reply(url, method="HEAD").body == b""


@pytest.mark.parametrize(
    ("site", "start", "article"),
    [
        ("tirtanews", "/indeks", r"/read/\d+/"),
        ("tirtanews", "/ekonomi", r"/read/\d+/"),
        ("kabarwana", "/", r"/\d{4}/\d\d/\d\d/"),
        ("kabarwana", "/category/ekonomi/", r"/\d{4}/\d\d/\d\d/"),
        ("portalsagara", "/indeks", r"^/read/"),
        ("rilis_tirtasari", "/berita", r"/berita/detail/"),
    ],
)
def test_lists_lead_to_every_article(shared: Newsroom, site: str, start: str, article: str) -> None:
    articles, statuses = crawl(shared.origins[site], start, article)
    assert len(articles) == 14
    assert PATHS[site] in articles
    assert statuses == {200}


@pytest.mark.parametrize(
    ("site", "path"),
    [("tirtanews", "/indeks?page=4"), ("kabarwana", "/page/4/"), ("rilis_tirtasari", "/berita?page=x")],
)
def test_list_ends(shared: Newsroom, site: str, path: str) -> None:
    assert Reply(shared.origins[site] + path).status == 404


def test_tirtanews_renderings(shared: Newsroom) -> None:
    origin = shared.origins["tirtanews"]
    normal = Reply(f"{origin}/kota-lain/read/{BAWANG}/judul-apa-saja")
    assert normal.tree.xpath("string(//link[@rel='canonical']/@href)") == origin + PATHS["tirtanews"]
    assert words(normal.tree.xpath("//div[@class='penulis']")[0]) == "Sari Wulandari | Rabu, 1 Mei 2024 | 13:45"
    text = words(normal.tree)
    assert text.index("Jumat, 26 April 2024 | 08:15") < text.index("Rabu, 1 Mei 2024 | 13:45")
    assert "TIRTANEWS.com-Paragraf bawang nomor 0" in text
    assert "BACA JUGA : Berita Lama" in text
    assert "(SAR/DEW)" in text
    assert "Tags Harga Pangan Tirtasari" in text
    assert "Pedagang menata bawang di pasar. (@TirtaNews / Sari Wulandari)" in text
    for path in (f"/amp/ekonomi/read/{BAWANG}/x", f"/print/{BAWANG}/x"):
        text = words(Reply(origin + path).tree)
        assert text.count("#GOOGLE_ADS#") == 3
        assert "Kamis, 2 Mei 2024" in text
        assert "1 Mei 2024 |" not in text
    printed = Reply(f"{origin}/print/{BAWANG}/x")
    assert not printed.tree.xpath("//link[@rel='canonical']")
    assert re.search(r"Dibaca : \d+", printed.text)
    assert Reply(f"{origin}/feed").status == Reply(f"{origin}/sitemap.xml").status == 404


def test_kabarwana_feed(shared: Newsroom) -> None:
    origin = shared.origins["kabarwana"]
    feed = feedparser.parse(Reply(f"{origin}/feed/").body)
    assert not feed.bozo
    assert len(feed.entries) == 10
    entry = feed.entries[1]
    assert entry.link == origin + PATHS["kabarwana"] + "?utm_source=rss&utm_medium=rss&utm_campaign=feed"
    assert entry.title == 'Harga "Bawang" <script>alert(1)</script> & Cabai Naik'
    assert entry.published_parsed[:5] == (2024, 5, 1, 6, 45)
    assert entry.author == "Sari Wulandari"
    assert [tag.term for tag in entry.tags] == ["Ekonomi", "Harga Pangan", "Tirtasari"]
    assert len(feedparser.parse(Reply(f"{origin}/feed/?paged=2").body).entries) == 4
    assert Reply(f"{origin}/feed/?paged=3").status == 404


def test_kabarwana_sitemaps_lead_to_every_article(shared: Newsroom) -> None:
    origin = shared.origins["kabarwana"]
    assert f"Sitemap: {origin}/wp-sitemap.xml" in Reply(f"{origin}/robots.txt").text
    index = etree.fromstring(Reply(f"{origin}/wp-sitemap.xml").body)
    posts, pages = index.xpath("//*[local-name()='loc']/text()")
    urls = etree.fromstring(Reply(posts).body).xpath("//*[local-name()='loc']/text()")
    assert len(urls) == 14
    assert origin + PATHS["kabarwana"] in urls
    static = etree.fromstring(Reply(pages).body).xpath("//*[local-name()='loc']/text()")
    assert [Reply(url).status for url in static] == [200, 200, 200]


def test_kabarwana_redirects_to_the_permalink(shared: Newsroom) -> None:
    origin = shared.origins["kabarwana"]
    for path in (f"/?p={BAWANG}", PATHS["kabarwana"].rstrip("/"), PATHS["kabarwana"].replace("05/01", "04/09")):
        reply = Reply(origin + path)
        assert (reply.status, reply.headers["Location"]) == (301, origin + PATHS["kabarwana"])
    tree = Reply(origin + PATHS["kabarwana"]).tree
    schema = tree.xpath("string(//script[@type='application/ld+json'])")
    assert re.search(r'"datePublished": "2024-05-01T13:45:\d\d\+07:00"', schema)
    assert tree.xpath("string(//link[@rel='canonical']/@href)") == origin + PATHS["kabarwana"]
    assert "Editor : Dewa Putra" in words(tree)


def test_portalsagara_parts_join_to_the_whole(shared: Newsroom) -> None:
    url = shared.origins["portalsagara"] + PATHS["portalsagara"]
    found: list[str] = []
    for number in (1, 2, 3):
        reply = Reply(url + (f"?page={number}" if number > 1 else ""))
        assert reply.tree.xpath("string(//link[@rel='canonical']/@href)") == url
        assert "Halaman : 1 2 3" in words(reply.tree)
        found += re.findall(r"Paragraf bawang nomor \d+", words(reply.tree.xpath("//div[@class='read__content']")[0]))
    whole = words(Reply(f"{url}?page=all").tree.xpath("//div[@class='read__content']")[0])
    assert found == re.findall(r"Paragraf bawang nomor \d+", whole) == [f"Paragraf bawang nomor {n}" for n in range(10)]
    assert Reply(f"{url}?page=4").status == Reply(f"{url}?page=0").status == 404
    assert Reply(url.rsplit("/", 1)[0] + "/slug-lain").status == 200


def test_portalsagara_news_sitemap_and_dated_index(shared: Newsroom) -> None:
    origin = shared.origins["portalsagara"]
    sitemap = etree.fromstring(Reply(f"{origin}/sitemap-news.xml").body)
    assert len(sitemap.xpath("//*[local-name()='url']/*[local-name()='loc']")) == 2
    day = Reply(f"{origin}/indeks?date=2024-05-01")
    assert [words(title) for title in day.tree.xpath("//h3[@class='article__title']")] == [NASTY]
    assert Reply(f"{origin}/indeks?date=besok").status == 404
    text = words(Reply(origin + PATHS["portalsagara"]).tree)
    for piece in ("Penulis Sari Wulandari", "Editor Dewa Putra", "01/05/2024, 13:45 WIB", "SCROLL TO RESUME CONTENT"):
        assert piece in text
    assert "TIRTASARI, PORTALSAGARA.com - Paragraf bawang nomor 0" in text


def test_rilis_feed_and_page(shared: Newsroom) -> None:
    origin = shared.origins["rilis_tirtasari"]
    feed = feedparser.parse(Reply(f"{origin}/feed.atom").body)
    assert not feed.bozo
    assert len(feed.entries) == 10
    assert feed.entries[1].link == origin + PATHS["rilis_tirtasari"]
    text = words(Reply(origin + PATHS["rilis_tirtasari"]).tree)
    assert re.search(r"Rabu, 01 Mei 2024 13:45 WIB \| Dibaca : \d+ kali", text)
    assert "ld+json" not in Reply(origin + PATHS["rilis_tirtasari"]).text
    assert "Crawl-delay: 0.2" in Reply(f"{origin}/robots.txt").text


@pytest.mark.parametrize("site", SITES)
def test_static_pages_and_pictures(shared: Newsroom, site: str) -> None:
    origin = shared.origins[site]
    tree = Reply(origin + PATHS[site]).tree
    about = next(link for link in tree.xpath("//a/@href") if "tentang-kami" in link)
    assert "media rekaan" in Reply(urljoin(origin, about)).text
    picture = tree.xpath("string(//meta[@property='og:image']/@content)")
    assert etree.fromstring(Reply(picture).body).tag == "{http://www.w3.org/2000/svg}svg"
    assert "Disallow: /search" in Reply(f"{origin}/robots.txt").text


def test_faults_and_counters(own: Newsroom) -> None:
    url = own.origins["tirtanews"]
    own.faults["tirtanews"].unavailable = 2
    assert [Reply(f"{url}/indeks?page=2").status for _ in range(3)] == [503, 503, 200]
    assert own.requests["tirtanews"] == {"/indeks?page=2": 3}
    assert own.requests["kabarwana"] == {}
    own.faults["tirtanews"].robots = "User-agent: *\nDisallow: /\n"
    assert Reply(f"{url}/robots.txt").text == "User-agent: *\nDisallow: /\n"
    own.faults["tirtanews"].robots_status = 500
    assert Reply(f"{url}/robots.txt").status == 500
    own.faults["tirtanews"].truncate = True
    with pytest.raises(http.client.IncompleteRead):
        Reply(f"{url}/")


def test_clock_moves_on(own: Newsroom) -> None:
    origin = own.origins["portalsagara"]
    assert "Belum Terbit" not in Reply(f"{origin}/indeks").text
    own.advance(NOW + timedelta(hours=3))
    assert "Belum Terbit" in Reply(f"{origin}/indeks").text
    own.advance(NOW + timedelta(days=1))
    assert "Jumat, 3 Mei 2024" in Reply(f"{origin}/").text


def test_slow_answer_does_not_hold_the_stop() -> None:
    with Newsroom.start(TODAY, now=NOW, port=0, stories=STORIES) as running:
        running.faults["kabarwana"].delay = 600
        host = urlsplit(running.origins["kabarwana"])
        visitor = socket.create_connection((host.hostname or "", host.port or 0), timeout=10)
        visitor.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        while not running.requests["kabarwana"]:
            time.sleep(0.01)
    visitor.close()


def test_sites_have_addresses_of_their_own(shared: Newsroom) -> None:
    hosts = [urlsplit(origin).hostname for origin in shared.origins.values()]
    assert list(shared.origins) == list(SITES)
    assert hosts in (["127.0.10.1", "127.0.10.2", "127.0.10.3", "127.0.10.4"], ["127.0.0.1"] * 4)


def test_without_extra_loopback_addresses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(newsroom_module, "LOOPBACK", "203.0.113.{}")
    with Newsroom.start(TODAY, now=NOW, port=0, stories=STORIES) as running:
        assert {urlsplit(origin).hostname for origin in running.origins.values()} == {"127.0.0.1"}
        assert Reply(running.origins["rilis_tirtasari"] + "/berita").status == 200


def test_taken_port_is_told(shared: Newsroom) -> None:
    port = urlsplit(shared.origins["tirtanews"]).port
    with pytest.raises(ConfigError, match=rf"cannot listen on port {port} .*{errno.EADDRINUSE}"):
        Newsroom.start(TODAY, now=NOW, port=port or 0, stories=STORIES)


def test_sources_load_and_point_to_the_sites(shared: Newsroom, tmp_path: Path) -> None:
    shared.write_sources(tmp_path)
    sources = {source.name: source for source in load_sources(tmp_path)}
    assert sorted(sources) == sorted(SITES)
    assert sources["kabarwana"].rules == GENERIC
    for site, source in sources.items():
        assert source.start == shared.origins[site] + "/"
        assert re.search(source.article_url, shared.origins[site] + PATHS[site])
        for url in absolute(source.start, source.feeds + source.sitemaps + source.listings):
            assert Reply(url).status == 200


def test_same_day_gives_the_same_pages() -> None:
    bodies = []
    for _ in range(2):
        with Newsroom.start(TODAY, now=NOW, port=0, stories=STORIES) as running:
            origin = running.origins["tirtanews"]
            bodies.append(Reply(origin + PATHS["tirtanews"]).text.replace(origin, ""))
    assert bodies[0] == bodies[1]


@pytest.fixture(scope="module")
def bundled() -> Iterator[Newsroom]:
    with Newsroom.start(TODAY, now=NOW.replace(hour=23, minute=59), port=0) as running:
        yield running


@pytest.mark.parametrize(
    ("site", "start", "article"),
    [
        ("tirtanews", "/indeks", "/read/"),
        ("kabarwana", "/", r"/2\d{3}/"),
        ("portalsagara", "/indeks", "/read/"),
        ("rilis_tirtasari", "/berita", "/detail/"),
    ],
)
def test_bundled_stories_read_as_they_were_written(
    bundled: Newsroom, tmp_path: Path, site: str, start: str, article: str
) -> None:
    bundled.write_sources(tmp_path)
    source = next(source for source in load_sources(tmp_path) if source.name == site)
    written = {
        version.title: version for story in load_stories(TODAY) for version in story.versions if version.site == site
    }
    paths, _ = crawl(bundled.origins[site], start, article)
    assert len(paths) == len(written) >= 15
    for path in paths:
        url = bundled.origins[site] + path + (f"?{source.whole_article}" if source.whole_article else "")
        read = extract_article(Reply(url).body, url=url, rules=source.rules)
        version = written[read.title]
        assert re.sub(r" ?\([A-Z]{3}/[A-Z]{3}\)$", "", read.story) == version.text
        assert read.tags == (() if site == "rilis_tirtasari" else version.tags)
        assert (read.kind == "release") is (version.kind == "release")
        assert read.published is not None
        assert isinstance(read.published.value, datetime)
        assert read.published.value.replace(second=0) == version.published


def test_slugs() -> None:
    assert slug_of("Jum'at Berkah: Rp2,5 Triliun!") == "jumat-berkah-rp2-5-triliun"
    assert slug_of("Kafé Baru", lower=False) == "Kafe-Baru"
    assert slug_of("…") == "berita"
