"""What a crawl writes to: the one object between spiders and storage, named by the setting ``CRAWL_STORE``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal, Protocol

from scrapy.utils.misc import load_object

from scraper.config import Config
from scraper.errors import ConfigError
from scraper.items import Article, PagePointer

Saved = Literal["new", "changed", "same"]


class CrawlStore(Protocol):
    """Storage as a crawl sees it. Calls come one at a time, but from another thread than the one that opened it."""

    def known(self, canonical_urls: Iterable[str]) -> set[str]:
        """Those of the addresses (keys or aliases) that are stored already."""
        ...

    def save(self, article: Article, page: PagePointer | None, aliases: Iterable[str]) -> Saved:
        """Store one article and commit it."""
        ...

    def start_run(self, source: str) -> int:
        """Open a run of a source; gives its number."""
        ...

    def finish_run(self, run: int, counts: Mapping[str, int], outcome: str) -> None:
        """Close a run with its counts."""
        ...

    def close(self) -> None:
        """Give back whatever is open."""
        ...


def open_store(path: str, config: Config) -> CrawlStore:
    """The store that a dotted name stands for. Raises ConfigError where there is none, StorageError as it does."""
    try:
        kind = load_object(path)
    except (ImportError, NameError, ValueError) as error:
        raise ConfigError(
            f"CRAWL_STORE={path!r} cannot be loaded ({error}); name a class with `open(config)`"
        ) from error
    store: CrawlStore = kind.open(config)
    return store
