"""The end of a crawl: an extracted article and its pages go to the archive, then to the store."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Self

from scrapy.crawler import Crawler
from scrapy.exceptions import DropItem

from scraper.crawl.archive import RawPage
from scraper.crawl.session import session_of
from scraper.errors import StorageError
from scraper.items import Article


@dataclass(kw_only=True)
class FetchedArticle:
    """Scrapy's item: an article with the pages it was read from."""

    article: Article = field(repr=False)
    pages: list[RawPage] = field(repr=False)
    """In order; the first is the article's own."""
    aliases: list[str]
    """Other keys under which it was found."""
    found_as: str = ""
    """The key under which the run asked for it, for the counting."""


class StorePipeline:
    """Scrapy pipeline that stores each article at once, so that a killed crawl loses none."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Scrapy's way to build it; the spider must have a ``session``."""
        return cls(crawler)

    async def process_item(self, item: FetchedArticle) -> FetchedArticle:
        """Keep the pages and the row; a refusal of the database drops the item and ends the run."""
        session = session_of(self._crawler)
        try:
            saved = await session.keep(item.article, item.pages, item.aliases)
        except StorageError as error:
            session.settle(item.found_as, "failed", "storage")
            session.end("storage-failed")
            raise DropItem(f"{item.article.canonical_url} is not stored: {error}") from error
        session.settle(item.found_as, saved)
        return item
