"""One article is stored once, whatever addresses and canonical links a site gives it; none is lost to a lie."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from crawl_sites import Reply, Site, crawl, html, on_air, rows, text, xml

PLAIN = {"listings": ["/indeks"], "article_url": r"/berita/[^/]+"}
BY_ID = {"listings": ["/indeks"], "article_url": r"/baca/\d+|[?&]id=\d+"}
BY_FEED = {"feeds": ["/feed"], "article_url": r"/berita/[a-z-]+"}
FEED = """<rss version="2.0"><channel><title>Kabar</title>
<item><title>a</title><link>{origin}/klik?id=71&amp;utm_source=rss</link></item>
<item><title>b</title><link>{origin}/?p=72</link></item>
<item><title>c</title><link>{origin}/video/pasar-induk-dari-udara</link></item></channel></rss>"""
TOPICS = ("Harga Cabai Naik Tajam", "Jembatan Cigintung Dibuka", "Panen Padi Melimpah Ruah", "Pasar Murah Digelar Lagi")


def slug(title: str) -> str:
    return title.lower().replace(" ", "-")


def article(title: str, *, canonical: str = "", head: str = "", links: tuple[str, ...] = ()) -> Reply:
    """A page about a topic, each sentence its own."""
    stated = f'<link rel="canonical" href="{canonical}">' if canonical else ""
    sentence = f"Laporan tentang {title} disampaikan pemerintah kota kepada warga di balai kota pada Senin pagi."
    status, headers, body = html(title, sentence=sentence, head=stated + head, links=links)
    return status, headers, body.replace(b"kata seorang", f"kata tokoh {title}".encode())


def listed(*paths: str) -> Reply:
    return html("Indeks", links=paths)


def moved(path: str) -> Reply:
    return 301, {"Location": path}, b""


def lies() -> Site:
    """Every article names something else as its own address."""
    cabai, jembatan, panen, pasar = (f"/berita/{slug(topic)}" for topic in TOPICS)
    return Site(PLAIN, {
        "/indeks": listed(cabai, jembatan, panen, pasar),
        cabai: article(TOPICS[0], canonical="/"),
        jembatan: article(TOPICS[1], canonical="/berita/ekonomi"),
        panen: article(TOPICS[2], canonical=cabai),
        pasar: article(TOPICS[3], canonical=f"https://lain.example{pasar}"),
    })  # fmt: skip


def shared() -> Site:
    """One canonical link on every page, that of the first article."""
    paths = [f"/berita/{slug(topic)}" for topic in TOPICS]
    pages = {path: article(topic, canonical=paths[0]) for path, topic in zip(paths, TOPICS, strict=True)}
    return Site(PLAIN, {"/indeks": listed(*reversed(paths)), **pages})


def slugs() -> Site:
    """Lists show wrong slugs; one site redirects, states or just answers."""
    right = f"/baca/501/{slug(TOPICS[0])}"
    paths = ("/baca/501/apa-saja", "/baca/502/twitter.com", right, "/baca/503/a", "/baca/503/b", "/?id=504")
    return Site(BY_ID, {
        "/indeks": listed(*paths),
        right: article(TOPICS[0]), "/baca/501/apa-saja": moved(right),
        "/baca/502/twitter.com": article(TOPICS[1], canonical=f"/baca/502/{slug(TOPICS[1])}?utm_source=x"),
        "/baca/503/a": article(TOPICS[2]), "/baca/503/b": article(TOPICS[2]),
        "/": article(TOPICS[3], head=LD % f"{{origin}}/baca/504/{slug(TOPICS[3])}"),
        f"/baca/504/{slug(TOPICS[3])}": article(TOPICS[3]),
    })  # fmt: skip


LD = '<script type="application/ld+json">{"@type":"NewsArticle","mainEntityOfPage":{"@id":"%s"}}</script>'
PART = "/berita/kisah-panjang-{}{}"


def strays() -> Site:
    """A long article whose second page leads to the next article."""
    other = f"/berita/{slug(TOPICS[1])}"
    paths = ("/berita/kisah-bersambung-kota", other)
    first = html("Kisah", sentence="Bagian pertama kisah bersambung dari kota ini terbit hari Senin pagi di sini.")
    link = b'<a href="/berita/kisah-bersambung-kota?page=2">2</a></nav>'
    return Site(PLAIN, {
        "/indeks": listed(*paths), other: article(TOPICS[1]), f"{paths[0]}?page=2": moved(other),
        paths[0]: (first[0], first[1], first[2].replace(b"</nav>", link)),
    })  # fmt: skip


def sections() -> Site:
    """Two sections with numbers of their own, under a key that forgets the section."""
    paths = [
        f"/{section}/{1001 + number % 2}/{slug(topic)}"
        for number, topic in enumerate(TOPICS)
        for section in [("ekonomi", "olahraga")[number // 2]]
    ]
    pages = {path: article(topic) for path, topic in zip(paths, TOPICS, strict=True)}
    source = {
        "listings": ["/indeks"],
        "article_url": r"/[a-z]+/(?P<id>\d+)/",
        "canonical": "https://kunci.example/{id}",
    }
    return Site(source, {"/indeks": listed(*paths), **pages})


def wholes() -> Site:
    """Long articles in two pages, each with a link to all of it."""
    pages: dict[str, Any] = {}
    for number, letter in enumerate("abcdefghijklmnopqrst", 1):
        plain = PART.format(letter, "")
        first = html(f"Kisah {number}", sentence=f"Bagian pertama kisah {number} bercerita tentang pasar di pagi hari.")
        links = f'<a href="{plain}?page=2">2</a> <a href="{plain}?page=all">Tampilkan semua</a></nav>'.encode()
        pages[plain] = (first[0], first[1], first[2].replace(b"</nav>", links))
        pages[f"{plain}?page=all"] = html(
            f"Kisah {number}", sentence=f"Seluruh kisah {number} ada di halaman yang ini."
        )
    pages[PART.format("l", "")] = html(
        "Kisah pendek", sentence="Kisah yang ini pendek saja dan tidak punya halaman lain."
    )
    pages[PART.format("l", "?page=all")] = text("tidak ada", 404)
    pages[PART.format("k", "")] = html(
        "Kisah ringkas", sentence="Kisah yang ini pun pendek saja dan hanya satu halaman."
    )
    pages[PART.format("k", "?page=all")] = moved("/")
    return Site(PLAIN, {"/indeks": listed(*(path for path in pages if "?" not in path)), **pages})


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, dict[str, Site], dict[str, list[str]]]]:
    data = tmp_path_factory.mktemp("keys")
    feed = Site(BY_FEED, {
        "/feed": xml(FEED),
        "/klik": moved("/berita/harga-cabai-naik-tajam"), "/": moved("/berita/jembatan-cigintung-dibuka"),
        "/berita/harga-cabai-naik-tajam": article(TOPICS[0]), "/berita/jembatan-cigintung-dibuka": article(TOPICS[1]),
    })  # fmt: skip
    sites = {
        "lies": lies(),
        "shared": shared(),
        "slugs": slugs(),
        "feed": feed,
        "wholes": wholes(),
        "strays": strays(),
        "sections": sections(),
    }
    with on_air(data, **sites):
        status, headers, body = sites["slugs"].answers["/"]  # type: ignore[misc]
        sites["slugs"].answers["/"] = (status, headers, body.replace(b"{origin}", sites["slugs"].origin.encode()))
        crawl(data)
        first = {name: list(site.asked) for name, site in sites.items()}
        for site in sites.values():
            site.asked.clear()
        crawl(data)
        yield data, sites, first


World = tuple[Path, dict[str, Site], dict[str, list[str]]]


def stored(world: World, name: str) -> list[tuple[str, str]]:
    data, sites, _ = world
    found = rows(data, "select title, canonical_url from articles where site = ? order by title", name)
    return [(title, key.removeprefix(sites[name].origin)) for title, key in found]


@pytest.mark.parametrize("name", ["lies", "shared"])
def test_lies_lose_and_merge_nothing(world: World, name: str) -> None:
    assert stored(world, name) == [(topic, f"/berita/{slug(topic)}") for topic in sorted(TOPICS)]


def test_wrong_slugs_are_one_article(world: World) -> None:
    found = dict(stored(world, "slugs"))
    assert sorted(found) == sorted(TOPICS)
    assert found[TOPICS[1]] == f"/baca/502/{slug(TOPICS[1])}"
    assert found[TOPICS[3]] == f"/baca/504/{slug(TOPICS[3])}"


def test_address_that_a_page_states_for_itself_is_not_asked(world: World) -> None:
    assert f"/baca/502/{slug(TOPICS[1])}" not in world[2]["slugs"]


@pytest.mark.parametrize(
    ("name", "title", "address"),
    [
        ("slugs", TOPICS[0], "/baca/501/apa-saja"),
        ("slugs", TOPICS[0], f"/baca/501/{slug(TOPICS[0])}"),
        ("slugs", TOPICS[1], "/baca/502/twitter.com"),
        ("slugs", TOPICS[3], "/?id=504"),
        ("feed", TOPICS[0], "/klik?id=71"),
        ("feed", TOPICS[1], "/?p=72"),
    ],
)
def test_all_addresses_are_remembered(world: World, name: str, title: str, address: str) -> None:
    data, sites, _ = world
    query = "select title from articles join article_urls on article_id = id where article_urls.url = ?"
    assert rows(data, query, sites[name].origin + address) == [(title,)]


def test_feed_links_that_lead_on_are_followed_once(world: World) -> None:
    _, sites, first = world
    assert [title for title, _ in stored(world, "feed")] == sorted(TOPICS[:2])
    assert "/video/pasar-induk-dari-udara" not in first["feed"]
    assert not [path for path in sites["feed"].asked if path.startswith(("/klik", "/?p", "/berita"))]


def test_view_of_all_pages_is_learned(world: World) -> None:
    data, _, first = world
    asked = [path for path in first["wholes"] if path.startswith("/berita/")]
    assert len(asked) <= 20 + 10, "those on their way before it was learned, and two that have no such view"
    found = rows(data, "select text, flags from articles where site = 'wholes' order by title")
    assert len(found) == 20
    assert all("Seluruh kisah" in story or "pendek saja" in story for story, _ in found)
    assert not [flags for _, flags in found if "pages-missing" in json.loads(flags)]


def test_page_that_leads_elsewhere_takes_nothing_with_it(world: World) -> None:
    assert [title for title, _ in stored(world, "strays")] == [TOPICS[1], "Kisah"]
    data, sites, _ = world
    query = "select title, flags from articles join article_urls on article_id = id where article_urls.url = ?"
    [(title, flags)] = rows(data, query, f"{sites['strays'].origin}/berita/{slug(TOPICS[1])}")
    assert title == TOPICS[1]
    [(flags,)] = rows(data, "select flags from articles where title = 'Kisah'")
    assert "pages-missing" in json.loads(flags)


def test_numbers_of_two_sections_lose_no_article(world: World) -> None:
    assert [title for title, _ in stored(world, "sections")] == sorted(TOPICS)


def test_nothing_is_asked_again(world: World) -> None:
    for name, site in world[1].items():
        assert not [
            path for path in site.asked if path.startswith(("/berita/", "/baca/", "/?", "/ekonomi/", "/olahraga/"))
        ], name
