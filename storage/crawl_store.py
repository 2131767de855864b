"""What a crawl writes to: named in Scrapy's settings, so that spiders never import storage."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from scraper.config import Config
from scraper.items import Article, PagePointer
from storage.database import Database
from storage.records import runs
from storage.records.articles import Saved, known_urls, save_article


class CrawlStore:
    """The database as a crawl sees it; each article is committed by itself, so a killed crawl loses none."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @classmethod
    def open(cls, config: Config) -> CrawlStore:
        """Open the installation's database; raises StorageError as ``Database.open`` does."""
        return cls(Database.open(config))

    def known(self, canonical_urls: Iterable[str]) -> set[str]:
        """Those of the addresses that are stored already."""
        with self._database.read() as session:
            return known_urls(session, canonical_urls)

    def save(self, article: Article, page: PagePointer | None, aliases: Iterable[str]) -> Saved:
        """Store one article; tells whether it was new, changed or the same."""
        with self._database.write() as session:
            return save_article(session, article, page=page, aliases=aliases)

    def start_run(self, source: str) -> int:
        """Open a run of a source; gives its number."""
        with self._database.write() as session:
            return runs.start_run(session, source)

    def finish_run(self, run: int, counts: Mapping[str, int], outcome: str) -> None:
        """Close a run with what it fetched, stored and missed."""
        with self._database.write() as session:
            runs.finish_run(session, run, counts=counts, outcome=outcome)

    def close(self) -> None:
        """Give back the database connections."""
        self._database.close()
