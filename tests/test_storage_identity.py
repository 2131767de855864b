"""One article, one row, whatever addresses it comes under; two articles are never made one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from scraper.config import Config
from scraper.items import Article, DatedBy, PagePointer
from storage.crawl_store import CrawlStore
from storage.database import Database
from storage.records.articles import get_article, iter_articles
from storage.records.readings import archived, save_reading
from storage.records.stored import StoredArticle

SITE = "https://warta.test"
PRICES = "Harga cabai di Pasar Anyar naik sejak pagi, kata para pedagang yang menjual sayur di sana. " * 3
BRIDGE = "Wali kota membuka jembatan baru di Cigintung dan meminta warga merawatnya bersama-sama. " * 3
MONDAY, TUESDAY = date(2026, 3, 2), date(2026, 3, 3)


@pytest.fixture
def crawl(config: Config) -> Iterator[CrawlStore]:
    store = CrawlStore.open(config)
    yield store
    store.close()


def make(
    path: str, *, key: str = "", title: str = "Harga Cabai Naik", text: str = PRICES, day: date = MONDAY
) -> Article:
    published = DatedBy(value=day, evidence="byline", raw=str(day))
    url = SITE + path
    return Article(
        canonical_url=SITE + (key or path), url=url, site="warta", title=title, text=text, published=published
    )


def stored(config: Config) -> list[StoredArticle]:
    db = Database.open(config)
    with db.read() as session:
        found = list(iter_articles(session))
    db.close()
    return found


def keys(config: Config) -> list[str]:
    return sorted(found.article.canonical_url.removeprefix(SITE) for found in stored(config))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (make("/read/5/judul"), make("/read/5/twitter.com")),
        (make("/read/5/judul", key="/5"), make("/read/5/twitter.com", key="/5", title="Harga Cabai")),
        (make("/harga-cabai-naik"), make("/lihat/harga-cabai-naik", title="Harga Cabai Naik")),
        (make("/harga-cabai-naik"), make("/?dari=beranda", text=PRICES + "Tambahan di halaman ponsel saja.")),
        (make("/?p=12"), make("/harga-cabai-naik")),
    ],
)
def test_other_address_of_a_stored_article(config: Config, crawl: CrawlStore, first: Article, second: Article) -> None:
    assert crawl.save(first, None, []) == "new"
    assert crawl.save(second, None, [f"{SITE}/jalan-lain"]) == "same"
    [found] = stored(config)
    assert found.article == first
    assert not found.versions
    assert {second.url, f"{SITE}/jalan-lain"} <= set(found.urls)
    assert crawl.known([f"{SITE}/jalan-lain"]) == {f"{SITE}/jalan-lain"}


@pytest.mark.parametrize(
    "other",
    [
        make("/read/6/judul"),
        make("/read/5/judul", day=TUESDAY),
        make("/read/5/judul", title="Harga Cabai Turun", text=PRICES.replace("naik", "turun") + BRIDGE),
    ],
)
def test_like_articles_stay_two(config: Config, crawl: CrawlStore, other: Article) -> None:
    crawl.save(make("/read/4/judul"), None, [])
    assert crawl.save(other, None, []) == "new"
    assert len(stored(config)) == 2


def test_shared_canonical_never_merges_two_articles(config: Config, crawl: CrawlStore) -> None:
    shared = "/berita-utama"
    prices, bridge = make("/a-b-c", key=shared), make("/x-y-z", key=shared, title="Jembatan Dibuka", text=BRIDGE)
    assert [crawl.save(article, None, []) for article in (prices, bridge, prices, bridge)] == [
        "new",
        "new",
        "same",
        "same",
    ]
    assert keys(config) == [shared, "/x-y-z"]
    assert [found.article.flags for found in stored(config) if found.article.url == bridge.url] == [
        ("canonical-shared",)
    ]
    assert {found.article.text for found in stored(config)} == {PRICES, BRIDGE}


def test_owner_of_an_address_is_kept_apart_from_who_took_it(config: Config, crawl: CrawlStore) -> None:
    liar, owner = make("/a-b-c", key="/x-y-z"), make("/x-y-z", title="Jembatan Dibuka", text=BRIDGE)
    crawl.save(liar, None, [])
    assert crawl.save(owner, None, []) == "new"
    longer = replace(owner, text=BRIDGE + "Jembatan itu menghubungkan dua kecamatan.")
    assert crawl.save(longer, None, []) == "changed"
    assert crawl.save(liar, None, []) == "same"
    texts = {found.article.url: found.article.text for found in stored(config)}
    assert texts == {liar.url: liar.text, owner.url: longer.text}
    assert crawl.known([f"{SITE}/x-y-z", f"{SITE}/a-b-c"]) == {f"{SITE}/x-y-z", f"{SITE}/a-b-c"}


def test_its_own_address_is_the_article_whatever_it_says_now(config: Config, crawl: CrawlStore) -> None:
    crawl.save(make("/siaran-langsung"), None, [])
    assert crawl.save(make("/siaran-langsung", title="Jembatan Dibuka", text=BRIDGE), None, []) == "changed"
    [found] = stored(config)
    assert (found.article.title, len(found.versions)) == ("Jembatan Dibuka", 1)


def test_moved_article_is_still_read_for_changes(config: Config, crawl: CrawlStore) -> None:
    crawl.save(make("/slug-lama-itu"), None, [])
    moved = make("/slug-baru-itu", text=PRICES + "Pemerintah kota akan menggelar pasar murah.")
    assert crawl.save(moved, None, [f"{SITE}/slug-lama-itu"]) == "changed"
    [found] = stored(config)
    assert (found.article.canonical_url, found.article.text) == (f"{SITE}/slug-lama-itu", moved.text)


def test_redirect_to_another_article_overwrites_nothing(config: Config, crawl: CrawlStore) -> None:
    crawl.save(make("/dihapus-redaksi-kemarin"), None, [])
    newest = make("/jembatan-dibuka-hari-ini", title="Jembatan Dibuka", text=BRIDGE)
    assert crawl.save(newest, None, [f"{SITE}/dihapus-redaksi-kemarin"]) == "new"
    assert {found.article.text for found in stored(config)} == {PRICES, BRIDGE}
    db = Database.open(config)
    with db.read() as session:
        old = get_article(session, make("/dihapus-redaksi-kemarin").id)
    db.close()
    assert old is not None
    assert f"{SITE}/dihapus-redaksi-kemarin" in old.urls


def test_article_whose_address_leads_to_another_is_gone(config: Config, crawl: CrawlStore) -> None:
    old = make("/dihapus-redaksi-kemarin")
    newest = make("/jembatan-dibuka-hari-ini", key="/dihapus-redaksi-kemarin", title="Jembatan Dibuka", text=BRIDGE)
    crawl.save(old, None, [])
    for _ in range(2):
        crawl.save(newest, None, [f"{SITE}/dihapus-redaksi-kemarin"])
    removed = {found.article.title: found.removed_at is not None for found in stored(config)}
    assert removed == {"Harga Cabai Naik": True, "Jembatan Dibuka": False}


def test_how_it_was_fetched_outlives_another_reading(config: Config, crawl: CrawlStore) -> None:
    article = replace(make("/kisah-panjang-sekali"), flags=("title-cut", "pages-missing"))
    crawl.save(article, PagePointer(file="a.warc.gz", offset=0, length=9), [])
    db = Database.open(config)
    with db.write() as session:
        [old] = archived(session, [article.id])
        save_reading(session, old, replace(article, flags=("date-unknown",)))
    db.close()
    assert [found.article.flags for found in stored(config)] == [("date-unknown", "pages-missing")]


def test_date_of_another_address_is_taken_where_the_article_had_none(config: Config, crawl: CrawlStore) -> None:
    undated = replace(make("/amp/9000", key="/9000"), published=None, flags=("date-unknown",))
    crawl.save(undated, None, [])
    assert crawl.save(make("/read/9000", key="/9000"), None, []) == "changed"
    [found] = stored(config)
    assert (found.article.published, found.article.flags) == (make("/").published, ())
