"""The catalogue's addresses: articles are known by their shape and have one key, and nothing else passes for one."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from urllib.parse import urljoin

import pytest

from spiders.base import PROFILE_FIELDS, SiteSpider
from spiders.catalogue import PAGE, with_tables
from spiders.sources import add, load_sources, shipped

SOURCES = {source.name: source for source in shipped()}
ADDRESSES: dict[str, dict[str, list[str]]] = tomllib.loads(
    (Path(__file__).parent / "pages" / "addresses.toml").read_text(encoding="utf-8")
)
EVERYWHERE = (
    "/",
    "/page/2/",
    "/?page=2",
    "/category/ekonomi/",
    "/tag/pasar-malam-rakyat",
    "/tag/pasar-malam-rakyat/page/2/",
    "/author/nama-penulis-kami/",
    "/penulis/nama-penulis-kami",
    "/search?q=pasar+malam+rakyat",
    "/?s=pasar+malam+rakyat",
    "/feed/",
    "/indeks?date=2026-03-09",
    "/redaksi",
    "/tentang-kami",
    "/pedoman-media-siber",
    "/wp-content/uploads/2026/03/pasar-malam-rakyat.jpg",
    "/wp-login.php",
)


def _spider(name: str) -> SiteSpider:
    return SOURCES[name]()


def test_every_source_has_addresses() -> None:
    assert ADDRESSES.keys() == SOURCES.keys()


@pytest.mark.parametrize("name", ADDRESSES)
def test_one_article_one_key(name: str) -> None:
    spider = _spider(name)
    found = [spider.keys.candidate(url) for url in ADDRESSES[name]["article"]]
    assert {candidate.key for candidate in found} == {found[0].key}
    for url, candidate in zip(ADDRESSES[name]["article"], found, strict=True):
        assert spider.guard.refusal(url) is None, url
        assert spider.keys.is_article(url), url
        assert spider.keys.is_article(candidate.url), candidate.url


@pytest.mark.parametrize("name", ADDRESSES)
def test_nothing_else_is_an_article(name: str) -> None:
    spider = _spider(name)
    others = [urljoin(SOURCES[name].start, path) for path in EVERYWHERE] + ADDRESSES[name].get("other", [])
    assert [url for url in others if spider.keys.is_article(url)] == []


@pytest.mark.parametrize("name", ADDRESSES)
def test_lists_are_the_source_s_own_and_no_articles(name: str) -> None:
    source, spider = SOURCES[name], _spider(name)
    lists = [urljoin(source.start, path) for path in (*source.feeds, *source.sitemaps, *source.posts, *source.listings)]
    assert [url for url in lists if spider.guard.refusal(url) or spider.keys.is_article(url)] == []


@pytest.mark.parametrize(
    ("name", "stranger"),
    [
        ("kabarbanten", "https://kabarbanten.com/seputar-banten/pr-5910412345/judul"),
        ("kabarbanten", "https://www.pikiran-rakyat.com/nasional/pr-5910412345/judul"),
        ("tangerangnews", "https://kabartangerangnews.com/tangsel/read/55123/Judul"),
        ("satelitnews", "https://817980.contoh.group/171234/stok-vaksin-aman-kata-dinkes/"),
        ("tangerangekspres", "https://radarlampung.disway.id/read/112345/bus"),
        ("antara_banten", "https://lampung.antaranews.com/berita/412345/panen"),
        ("tribunbanten", "https://www.tribunnews.com/2026/03/09/pelabuhan"),
        ("kompas", "https://video.kompas.com/read/2026/03/09/17584401/angkot"),
    ],
)
def test_look_alikes_and_sister_sites_are_others(name: str, stranger: str) -> None:
    assert _spider(name).guard.refusal(stranger)


@pytest.mark.parametrize("source", SOURCES.values(), ids=SOURCES)
def test_facts_are_complete(source: type[SiteSpider]) -> None:
    assert re.fullmatch(r"36(\.\d\d)?", source.region)
    assert source.tier
    assert source.only_listed or source.tier != "national"
    assert (source.__doc__ or "").strip()
    assert source.verified == ""


def test_the_documented_table_is_the_catalogue() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert page == with_tables(page), "run `python -m spiders.catalogue`"
    assert set(re.findall(r"^\| `([a-z0-9_]+)` ", page, re.M)) == SOURCES.keys()


def test_every_field_is_documented() -> None:
    page = (PAGE.parent / "adding-a-source.md").read_text(encoding="utf-8")
    assert {*PROFILE_FIELDS, "family"} - {"name"} <= set(re.findall(r"`([a-z_]+)`", page))


def test_a_page_without_the_marks_is_refused() -> None:
    with pytest.raises(ValueError, match="put both lines"):
        with_tables("# The catalogue")


@pytest.mark.parametrize(
    ("family", "host", "article"),
    [
        ("wordpress", "kabar.example", "https://kabar.example/harga-beras-turun/"),
        ("tagdiv", "kabar.example", "https://kabar.example/2026/03/09/harga-beras-turun/"),
        ("antara", "bali.antaranews.com", "https://bali.antaranews.com/berita/401234/harga-beras-turun"),
        ("tribun", "jabar.tribunnews.com", "https://jabar.tribunnews.com/2026/03/09/harga-beras-turun"),
        (
            "pikiran_rakyat",
            "portaljember.pikiran-rakyat.com",
            "https://portaljember.pikiran-rakyat.com/ekonomi/pr-3051234/beras",
        ),
        ("disway", "radarlampung.disway.id", "https://radarlampung.disway.id/read/712345/harga-beras-turun"),
        ("promedia", "www.suaramerdeka.com", "https://www.suaramerdeka.com/ekonomi/04812345/harga-beras-turun"),
        ("bps", "jabar.bps.go.id", "https://jabar.bps.go.id/id/pressrelease/2026/03/02/1105/inflasi.html"),
    ],
)
def test_a_family_serves_another_region(tmp_path: Path, family: str, host: str, article: str) -> None:
    add(tmp_path, "lain", {"family": family, "title": "Lain", "start": f"https://{host}/"})
    [source] = load_sources(tmp_path)
    spider = source()
    assert spider.guard.refusal(article) is None
    assert spider.keys.is_article(article)
