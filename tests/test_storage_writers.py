"""Many writers at once: nothing is lost, nothing is stored twice, and readers by change number miss nothing."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from conftest import NewConfig
from held_writers import SHORT, WAIT, Held, make, writing

from scraper.clock import now
from scraper.config import Config
from scraper.items import Article
from storage.crawl_store import CrawlStore
from storage.database import Database
from storage.records.articles import iter_articles, save_article
from storage.records.changes import last_change
from storage.records.deliveries import claim_deliveries
from storage.records.looks import due_counts
from storage.records.mailings import Mailing, address, save_mailing
from storage.records.tables_crawl import LookRow
from storage.search.engine import SearchIndex


def together(count: int, work: Callable[[int], object]) -> list[object]:
    """What ``work`` gives in so many threads that begin at one moment."""
    barrier = Barrier(count)

    def begin(number: int) -> object:
        barrier.wait(WAIT)
        return work(number)

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(begin, range(count)))


def test_who_writes_first_and_commits_last_is_not_missed(config: Config, db: Database) -> None:
    index = SearchIndex.open(db, config.data)
    beside = db.engine.dialect.name == "postgresql"
    slow = Held(db, make("lambat", site="warta"))
    with writing(db, make("cepat", site="sagara")) as quick:
        if beside:
            quick.result(WAIT)
        else:
            with pytest.raises(TimeoutError):
                quick.result(SHORT)
        seen = index.catch_up()
        slow.commit()
        quick.result(WAIT)
    assert seen == (1 if beside else 0)
    assert index.catch_up() == 2 - seen
    assert {hit.title for hit in index.search("isi").hits} == {"lambat", "cepat"}


def test_a_number_that_is_taken_becomes_visible_before_the_next(config: Config, db: Database) -> None:
    index = SearchIndex.open(db, config.data)
    slow = Held(db, make("satu", site="warta"), numbered=True)
    with writing(db, make("dua", site="sagara")) as quick:
        with pytest.raises(TimeoutError):
            quick.result(SHORT)
        assert index.catch_up() == 0
        slow.commit()
        quick.result(WAIT)
    with db.read() as session:
        changes = {found.article.title: found.change for found in iter_articles(session)}
    assert changes == {"satu": 1, "dua": 2}
    assert index.catch_up() == 2


def test_sources_that_are_crawled_side_by_side_lose_nothing(config: Config, db: Database) -> None:
    crawl = CrawlStore.open(config)

    def follow(number: int) -> None:
        for at in range(10):
            crawl.save(make(f"berita-{at}", site=f"s{number}"), None, [f"https://s{number}.test/amp/{at}"])
            shared = Article(
                canonical_url=f"https://kantor.test/{at}",
                url=f"https://kantor.test/{at}",
                site=f"s{number}",
                title=f"Rilis {at}",
                text=f"Kantor membuka {at} loket baru di pasar.",
            )
            crawl.save(shared, None, [])

    together(4, follow)
    crawl.close()
    with db.read() as session:
        stored = list(iter_articles(session))
        assert sum(found.article.canonical_url.startswith("https://kantor.test/") for found in stored) == 10
        assert len(stored) == 50
        assert max(found.change for found in stored) == last_change(session)
        assert due_counts(session) == {}


def test_looks_at_one_article_are_all_counted(config: Config, db: Database) -> None:
    crawl, article = CrawlStore.open(config), make("pasar")
    crawl.save(article, None, [])
    together(4, lambda _: [crawl.looked(article.canonical_url, "unchanged") for _ in range(5)])
    crawl.close()
    with db.read() as session:
        look = session.get(LookRow, article.id)
        assert look is not None
        assert look.looks == 20


def test_a_mail_is_claimed_by_one(db: Database) -> None:
    digest = Mailing(
        id="2026-W10", kind="digest", subject="Pekan ini", html="<p>Isi</p>", text="Isi", images={}, built_at=now(),
        expires_at=now() + timedelta(days=1),
    )  # fmt: skip
    with db.write() as session:
        save_mailing(session, digest)
        address(session, digest.id, [("ani@kantor.test", None)])

    def claim(number: int) -> int:
        with db.write() as session:
            return len(claim_deliveries(session, lease=f"sender-{number}", limit=5))

    assert sorted(map(str, together(4, claim))) == ["0", "0", "0", "1"]


def test_an_empty_database_is_set_up_once(new_config: NewConfig) -> None:
    config = new_config(empty=True)

    def opened(_: int) -> list[str]:
        db = Database.open(config)
        wrong = db.check()
        db.close()
        return wrong

    config.data.mkdir()
    assert together(3, opened) == [[], [], []]


def test_each_node_follows_with_an_index_of_its_own(config: Config, db: Database) -> None:
    nodes = [SearchIndex.open(db, config.data / name) for name in ("satu", "dua")]
    with db.write() as session:
        save_article(session, make("pasar"))
    assert nodes[0].catch_up() == 1
    with db.write() as session:
        save_article(session, make("pasar", text="Isi yang diralat."))
        save_article(session, make("jalan"))
    assert [node.behind() for node in nodes] == [2, 2]
    assert [node.catch_up() for node in nodes] == [2, 2]
    assert [[hit.title for hit in node.search("ralat").hits] for node in nodes] == [["pasar"], ["pasar"]]
