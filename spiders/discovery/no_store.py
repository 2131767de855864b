"""The store of a visit: a crawl's middlewares want one, and nothing that a visit sees is kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from scraper.config import Config
from scraper.crawl.store import CrawlStore, ListState, Looked, Reread, Saved, Validators
from scraper.items import Article, PagePointer


class NoStore:
    """Knows nothing and keeps nothing."""

    @classmethod
    def open(cls, config: Config) -> CrawlStore:
        """As the crawl opens its store."""
        return cls()

    def known(self, canonical_urls: Iterable[str]) -> set[str]:
        """Nothing is known."""
        return set()

    def save(
        self,
        article: Article,
        page: PagePointer | None,
        aliases: Iterable[str],
        *,
        validators: Validators = Validators(),  # noqa: B008  # as the protocol has it
    ) -> Saved:
        """Nothing is kept."""
        return "same"

    def due(self, source: str, *, limit: int) -> list[Reread]:
        """Nothing waits for another look."""
        return []

    def looked(self, key: str, outcome: Looked) -> None:
        """Nothing is written down."""

    def lists(self, source: str) -> dict[str, ListState]:
        """No list was seen."""
        return {}

    def save_lists(self, source: str, states: Iterable[ListState]) -> None:
        """Nothing is kept."""

    def start_run(self, source: str) -> int:
        """A visit is no run of a source."""
        return 0

    def finish_run(self, run: int, counts: Mapping[str, int], outcome: str) -> None:
        """Nothing is written down."""

    def close(self) -> None:
        """Nothing is open."""
