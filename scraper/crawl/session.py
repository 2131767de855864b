"""One run of one source: its store, archive, memory and counts, opened and closed together."""

from __future__ import annotations

import asyncio
import functools
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, ParamSpec, TypeVar

from scrapy.crawler import Crawler

from scraper.config import Config, load_config
from scraper.crawl.archive import PageArchive, RawPage
from scraper.crawl.memory import CrawlMemory, Ending
from scraper.crawl.report import FINISHED, CrawlEvent, Ledger, RunCounts, RunReport
from scraper.crawl.report import Ending as ArticleEnding
from scraper.crawl.store import CrawlStore, ListState, Looked, Reread, Saved, Validators, open_store
from scraper.errors import StorageError
from scraper.items import Article

P = ParamSpec("P")
T = TypeVar("T")
Progress = Callable[[CrawlEvent], None]
_WRITER = ThreadPoolExecutor(max_workers=1, thread_name_prefix="crawl-store")
"""One thread writes for all sources of this process: the reactor never waits for the disk, writes never race."""


class CrawlSession:
    """What the spider, the middlewares and the pipeline of one run share."""

    def __init__(self, source: str, *, config: Config, store: CrawlStore, progress: Progress | None = None) -> None:
        self.source = source
        self.store = store
        self.memory = CrawlMemory(config.data, source)
        self.archive = PageArchive(config.data, source)
        self.counts = RunCounts()
        self.ledger = Ledger(self.counts)
        self.outcome: str | None = None
        self.cut_short = False
        """True where a limit of the caller left articles out."""
        self.swept = False
        """True where the run asks all lists."""
        self.states: list[ListState] = []
        """What the run saw of lists; kept with its end."""
        self.report: RunReport | None = None
        self._progress = progress
        self._run = 0
        self._started = time.monotonic()
        self._crawler: Crawler | None = None
        self._closing: asyncio.Task[None] | None = None

    @classmethod
    def open(
        cls, crawler: Crawler, source: str, *, config: Config | None = None, progress: Progress | None = None
    ) -> CrawlSession:
        """Open the store that the settings name and start the run. Raises ConfigError or StorageError."""
        config = config or load_config()
        store = open_store(crawler.settings["CRAWL_STORE"], config)
        session = cls(source, config=config, store=store, progress=progress)
        session._crawler = crawler
        session._run = store.start_run(source)
        session.memory.begin()
        return session

    async def known(self, keys: Iterable[str]) -> set[str]:
        """Those of the keys that need not be fetched: stored, or lately found to hold no article."""
        keys = list(keys)
        twins = self.memory.twins
        stored = await in_writer(self.store.known, {twins.get(key, key) for key in keys} | set(keys))
        return {key for key in keys if key in stored or twins.get(key) in stored or key in self.memory.skipped}

    async def lists(self) -> dict[str, ListState]:
        """Address -> what the last run saw of each list."""
        return await in_writer(self.store.lists, self.source)

    async def due(self, limit: int) -> list[Reread]:
        """Stored articles whose second look is due."""
        return await in_writer(functools.partial(self.store.due, self.source, limit=limit))

    async def looked(self, key: str, outcome: Looked) -> None:
        """Write down a second look that brought no text."""
        await in_writer(self.store.looked, key, outcome)

    async def keep(self, article: Article, pages: list[RawPage], aliases: list[str]) -> Saved:
        """Archive the pages, then store the row that points at them."""
        return await in_writer(self._keep, article, pages, aliases)

    def _keep(self, article: Article, pages: list[RawPage], aliases: list[str]) -> Saved:
        pointer = self.archive.append(pages)
        alone = len(pages) == 1  # the state of its first page says nothing of an article's others
        validators = validators_of(pages[0].headers) if alone else Validators()
        return self.store.save(article, pointer, aliases, validators=validators)

    def settle(self, key: str, ending: ArticleEnding, reason: str = "", *, for_good: bool = False) -> None:
        """Count how an article ended. What failed is owed to the next run; ``for_good``: not asked again for a week."""
        url = self.ledger.open.get(key)
        if not self.ledger.settle(key, ending, reason):
            return
        if for_good:
            self.memory.skip(key)
        elif ending in ("failed", "left") and url:
            self.memory.owe(key, url, failed=ending == "failed")
        else:
            self.memory.paid(key)
        self.tell()

    def tell(self) -> None:
        """Show the counts to whoever watches."""
        if self._progress:
            self._measure()
            outcome = self.report.outcome if self.report else None
            self._progress(CrawlEvent(source=self.source, counts=self.counts.as_dict(), outcome=outcome))

    @property
    def requests(self) -> int:
        """Requests sent so far, robots.txt, redirects and repetitions included."""
        return self._stat("downloader/request_count")

    @property
    def ended(self) -> bool:
        """True once nothing more may be asked of the site."""
        return self.outcome is not None

    def end(self, outcome: str) -> None:
        """End the run early; the first reason counts. What is on its way comes in, nothing more is sent."""
        if self.ended:
            return
        self.outcome = outcome
        engine = self._crawler.engine if self._crawler else None
        if engine is not None:
            self._closing = asyncio.ensure_future(engine.close_spider_async(reason=outcome))

    def close(self, reason: str) -> RunReport:
        """Write the run's numbers and close everything; ``reason`` is Scrapy's."""
        self.outcome = self.outcome or self._outcome(reason)
        for key in self.ledger.open:
            self.settle(key, "left", "run-ended")
        self._measure()
        numbers = self.counts.as_dict()
        try:
            _WRITER.submit(self._finish, numbers).result()
            self.memory.blocked = self.outcome == "blocked" or (self.memory.blocked and not self.counts["lists"])
            self.memory.end(self._ending(), swept=self.swept)
        except (StorageError, OSError):
            self.outcome = "storage-failed"
            raise
        finally:
            self.report = RunReport(source=self.source, outcome=self.outcome, counts=numbers)
            self.tell()
        return self.report

    def _finish(self, numbers: dict[str, int]) -> None:
        try:
            self.archive.close()
            if self._ending() == "complete":
                self.store.save_lists(self.source, self.states)
            self.store.finish_run(self._run, numbers, self.outcome or FINISHED)
        finally:
            self.store.close()

    def _ending(self) -> Ending:
        return "broken" if self.outcome != FINISHED or self.cut_short else "complete"

    def _outcome(self, reason: str) -> str:
        """How a run that nobody ended went: a site that only refused or failed did not finish."""
        if reason != "finished":
            return "stopped" if reason == "shutdown" else "failed"
        if self.counts["lists"]:
            return FINISHED
        if self.counts["blocked"] or self.counts["lists_failed/robots"]:
            return "blocked"
        return "unavailable" if self.counts["lists_failed"] else "failed"

    def _measure(self) -> None:
        self.counts.measure("requests", self.requests)
        self.counts.measure("bytes", self._stat("downloader/response_bytes"))
        self.counts.measure("seconds", round(time.monotonic() - self._started))

    def _stat(self, name: str) -> int:
        stats = self._crawler.stats if self._crawler else None
        return int(stats.get_value(name, 0)) if stats else 0


def validators_of(headers: Iterable[tuple[str, str]]) -> Validators:
    """What the headers of an answer say of the page's state."""
    named = {name.lower(): value for name, value in headers}
    return Validators(etag=named.get("etag"), last_modified=named.get("last-modified"))


def session_of(crawler: Crawler) -> CrawlSession:
    """The session of the spider that a crawler runs."""
    session: CrawlSession = getattr(crawler.spider, "session")  # noqa: B009  # any spider of ours has it
    return session


async def in_writer(work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Run blocking work in the one thread that writes."""
    call: Callable[[], Any] = functools.partial(work, *args, **kwargs)
    result: T = await asyncio.get_running_loop().run_in_executor(_WRITER, call)
    return result
