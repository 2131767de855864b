"""One run of one source: its store, archive, memory and counts, opened and closed together."""

from __future__ import annotations

import asyncio
import functools
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, ParamSpec, TypeVar

from scrapy.crawler import Crawler

from scraper.config import Config, load_config
from scraper.crawl.archive import PageArchive, RawPage
from scraper.crawl.memory import CrawlMemory, Ending
from scraper.crawl.report import FINISHED, CrawlEvent, RunCounts, RunReport
from scraper.crawl.store import CrawlStore, Saved, open_store
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
        self.outcome: str | None = None
        self.cut_short = False
        """True where a limit of the caller left articles out."""
        self.report: RunReport | None = None
        self._progress = progress
        self._run = 0
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
        stored = await in_writer(self.store.known, keys)
        return stored | {key for key in keys if key in self.memory.skipped}

    async def keep(self, article: Article, pages: list[RawPage], aliases: list[str]) -> Saved:
        """Archive the pages, then store the row that points at them."""
        return await in_writer(self._keep, article, pages, aliases)

    def _keep(self, article: Article, pages: list[RawPage], aliases: list[str]) -> Saved:
        return self.store.save(article, self.archive.append(pages), aliases)

    def tell(self) -> None:
        """Show the counts to whoever watches."""
        if self._progress:
            self._progress(CrawlEvent(source=self.source, counts=self.counts.as_dict(), outcome=self.outcome))

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
        numbers = self.counts.as_dict()
        self.memory.end(self._ending())
        self.report = RunReport(source=self.source, outcome=self.outcome, counts=numbers)
        try:
            _WRITER.submit(self._finish, numbers).result()
        finally:
            self.tell()
        return self.report

    def _finish(self, numbers: dict[str, int]) -> None:
        try:
            self.archive.close()
            self.store.finish_run(self._run, numbers, self.outcome or FINISHED)
        finally:
            self.store.close()

    def _ending(self) -> Ending:
        if self.outcome != FINISHED or self.cut_short:
            return "broken"
        return "failures" if self.counts["failed"] or self.counts["blocked"] else "complete"

    def _outcome(self, reason: str) -> str:
        """How a run that nobody ended went: a site that only refused or failed did not finish."""
        if reason != "finished":
            return "stopped" if reason == "shutdown" else "failed"
        if self.counts["lists"]:
            return FINISHED
        if self.counts["blocked"]:
            return "blocked"
        return "unreachable" if self.counts["failed"] else "nothing-fetched"


def session_of(crawler: Crawler) -> CrawlSession:
    """The session of the spider that a crawler runs."""
    session: CrawlSession = getattr(crawler.spider, "session")  # noqa: B009  # any spider of ours has it
    return session


async def in_writer(work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Run blocking work in the one thread that writes."""
    call: Callable[[], Any] = functools.partial(work, *args, **kwargs)
    result: T = await asyncio.get_running_loop().run_in_executor(_WRITER, call)
    return result
