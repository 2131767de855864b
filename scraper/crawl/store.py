"""What a crawl writes to: the one object between spiders and storage, named by the setting ``CRAWL_STORE``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pkgutil import resolve_name
from typing import Literal, Protocol

from scraper.config import Config
from scraper.errors import ConfigError
from scraper.items import Article, PagePointer

Saved = Literal["new", "changed", "same"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Validators:
    """What a site said of the state of a page: sent back, it answers 304 where nothing changed (RFC 9110, 13.1)."""

    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reread:
    """A stored article whose page is due for another look."""

    key: str
    """Canonical key."""
    url: str
    """Where to fetch it."""
    validators: Validators = Validators()


@dataclass(frozen=True, slots=True, kw_only=True)
class ListState:
    """What the last run saw of one list: a feed, a sitemap, or the first page of a listing."""

    url: str
    validators: Validators = Validators()
    seen_at: datetime | None = None
    front: tuple[str, ...] = ()
    """Keys of the articles that it showed, in its order."""
    pulse: bool = False
    """True for the few lists that together show every new article; where nothing is new, only these are asked."""


Looked = Literal["unchanged", "gone"]
"""How a second look at a stored article ended without a text: it is as it was, or it is not there any more."""


class CrawlStore(Protocol):
    """Storage as a crawl sees it. Calls come one at a time, but from another thread than the one that opened it."""

    def known(self, canonical_urls: Iterable[str]) -> set[str]:
        """Those of the addresses (keys or aliases) that are stored already."""
        ...

    def save(
        self,
        article: Article,
        page: PagePointer | None,
        aliases: Iterable[str],
        *,
        validators: Validators = Validators(),
    ) -> Saved:
        """Store one article with what its site said of the page's state, plan the next look, and commit."""
        ...

    def due(self, source: str, *, limit: int) -> list[Reread]:
        """Stored articles of a source whose next look is due now, the youngest first.

        A removed one is among them now and then, to see whether it came back.
        """
        ...

    def looked(self, key: str, outcome: Looked) -> None:
        """Write down a second look that brought no text and plan the next; twice gone marks the article removed."""
        ...

    def lists(self, source: str) -> dict[str, ListState]:
        """Address -> what the last run saw of each list of a source."""
        ...

    def save_lists(self, source: str, states: Iterable[ListState]) -> None:
        """Keep the state of lists; those not named stay as they are."""
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
        kind = resolve_name(path)
    except (ImportError, AttributeError, ValueError) as error:
        raise ConfigError(
            f"CRAWL_STORE={path!r} cannot be loaded ({error}); name a class with `open(config)`"
        ) from error
    store: CrawlStore = kind.open(config)
    return store
