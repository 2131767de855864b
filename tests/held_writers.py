"""Writers that are stopped half-way, so that two of them end in the order that a test wants."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from threading import Event

from scraper.items import Article
from storage.database import Database
from storage.records.articles import save_article
from storage.records.changes import number_changes

WAIT = 20.0
"""Seconds after which a test gives up on a thread."""
SHORT = 0.3


def make(name: str, *, site: str = "warta", text: str = "") -> Article:
    url = f"https://{site}.test/{name}"
    return Article(canonical_url=url, url=url, site=site, title=name, text=text or f"Isi {name} di {site}.")


class Held:
    """A writer that has stored its article and does not commit until it may."""

    def __init__(self, db: Database, article: Article, *, numbered: bool = False) -> None:
        self._wrote, self._may_commit = Event(), Event()
        self._pool = ThreadPoolExecutor(1)
        self._done = self._pool.submit(self._write, db, article, numbered)
        assert self._wrote.wait(WAIT)

    def commit(self) -> None:
        self._may_commit.set()
        self._done.result(WAIT)
        self._pool.shutdown()

    def _write(self, db: Database, article: Article, numbered: bool) -> None:
        with db.write(only=[article.site]) as session:
            save_article(session, article)
            if numbered:
                number_changes(session)
            self._wrote.set()
            assert self._may_commit.wait(WAIT)


@contextmanager
def writing(db: Database, article: Article) -> Iterator[Future[None]]:
    """Another writer that commits as soon as it can."""

    def write() -> None:
        with db.write(only=[article.site]) as session:
            save_article(session, article)

    with ThreadPoolExecutor(1) as pool:
        yield pool.submit(write)
