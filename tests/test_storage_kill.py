"""A process killed while it stores and indexes: what it said is there, once, with its page, and the index agrees."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path
from random import Random

import pytest

from benchmarks.soak_index import Report, soak
from scraper.config import Config
from scraper.crawl.archive import mend, read_pages
from scraper.items import Article
from storage.crawl_store import CrawlStore
from storage.database import Database
from storage.records.articles import iter_articles, withdraw_article
from storage.records.runs import runs
from storage.search.engine import SearchIndex

ROOT = Path(__file__).parent.parent
ROUNDS = 10
WRITER = """
import sys
from random import Random
from scraper.config import load_config
from scraper.crawl.archive import PageArchive, RawPage
from scraper.items import Article
from storage.crawl_store import CrawlStore

config = load_config()
store = CrawlStore.open(config)
store.start_run("warta")
archive = PageArchive(config.data, "warta")
for number in range(int(sys.argv[1]), 10_000):
    url = f"https://warta.test/{number}"
    text = Random(number).randbytes(1000).hex()
    page = RawPage(url=url, status=200, headers=(), body=text.encode() * 20)
    article = Article(canonical_url=url, url=url, site="warta", title=f"Berita {number}", text=text)
    store.save(article, archive.append([page]), [f"{url}?amp=1"])
    print(number, flush=True)
"""


@pytest.mark.slow
def test_what_a_killed_process_said_to_be_stored_is_there_once(config: Config) -> None:
    place = {"PANTAU_DATA": str(config.data), "PANTAU_DATABASE_URL": config.database_url}
    environ = {**os.environ, **place, "PYTHONPATH": str(ROOT)}
    chance, said = Random(3), 0
    for _ in range(ROUNDS):
        child = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(max(0, said - 1))],
            env=environ,
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert child.stdout is not None
        first = "".join(child.stdout.readline() for _ in range(3))
        time.sleep(chance.uniform(0, 0.1))
        child.kill()
        lines = (first + child.stdout.read()).splitlines()
        child.wait()
        child.stdout.close()
        said = max(said, *(int(line) + 1 for line in lines))
        check(config, said=said)
    CrawlStore.open(config).close()
    db = Database.open(config)
    with db.read() as session:
        assert [run.outcome for run in runs(session)] == ["killed"] * ROUNDS
    db.close()
    assert said > 2 * ROUNDS


@pytest.mark.slow
def test_a_killed_process_leaves_no_index_that_differs_from_the_database(config: Config) -> None:
    report = soak(config, rounds=ROUNDS)
    assert report == Report(rounds=ROUNDS, amid=report.amid, articles=report.articles)
    assert report.amid > 0
    assert report.articles >= ROUNDS


def check(config: Config, *, said: int) -> None:
    """All that was said is there, at most one more, each with a page that is its own; torn ends are cut off."""
    db, data = Database.open(config), config.data
    assert db.check() == []
    with db.read() as session:
        articles = {found.article.canonical_url: found for found in iter_articles(session)}
    db.close()
    assert articles.keys() >= {f"https://warta.test/{number}" for number in range(said)}
    assert len(articles) <= said + 1
    mend(data)
    for url, found in articles.items():
        assert found.page is not None
        [page] = read_pages(data, found.page)
        assert (page.url, page.body.decode()) == (url, found.article.text * 20)
    assert not list((data / "pages").glob("*.writing"))


MERGELESS = """
import os
from scraper.config import load_config
from scraper.items import Article
from storage.database import Database
from storage.records.articles import save_article, withdraw_article
from storage.search import folder
from storage.search.engine import SearchIndex

db = Database.open(config := load_config())
index = SearchIndex.open(db, config.data)
made = []
for turn in range(8):
    with db.write() as session:
        for number in range(50):
            url = f"https://warta.test/{turn}/{number}"
            saved = Article(canonical_url=url, url=url, site="warta", title="Berita", text=f"Isi {url}")
            save_article(session, saved)
            made.append(saved.id)
        if turn == 7:
            withdraw_article(session, made[150])
    if turn == 7:
        folder._finish = lambda writer: os._exit(0)
    index.catch_up()
"""


def test_what_is_withdrawn_after_a_kill_between_commit_and_merge_is_found_no_more(sqlite: Config) -> None:
    environ = {**os.environ, "PANTAU_DATA": str(sqlite.data), "PYTHONPATH": str(ROOT)}
    subprocess.run([sys.executable, "-c", MERGELESS], env=environ, cwd=ROOT, check=True)
    db = Database.open(sqlite)
    index = SearchIndex.open(db, sqlite.data)
    with db.write() as session:
        gone = Article(canonical_url="https://warta.test/3/1", title="Berita", text="Isi")
        withdraw_article(session, gone.id)
    index.catch_up()
    with db.read() as session:
        living = {found.id for found in iter_articles(session)}
    assert set(index.find_ids("")) == living
    assert len(living) == 398
    db.close()
