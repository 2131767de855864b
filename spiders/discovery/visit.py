"""A visit to one site: a few requests, one decided after the other, with the manners of every crawl. Once a process."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any, Self, TypeVar

import scrapy
from scrapy import Request, signals
from scrapy.crawler import AsyncCrawlerProcess, Crawler
from scrapy.settings import BaseSettings, Settings

from scraper.config import Config
from scraper.crawl.extraction import POOL
from scraper.crawl.host_guard import HostGuard
from scraper.crawl.session import CrawlSession
from scraper.errors import PantauError
from spiders.discovery.no_store import NoStore
from spiders.discovery.visitor import Told, Visitor

T = TypeVar("T")
Work = Callable[[Visitor], Awaitable[T]]
LAST_SECONDS = 20.0
"""For the work to find words for why a visit ended early."""


class VisitFailed(PantauError):
    """The visit itself broke; what a site does wrong is no failure of the visit."""


class VisitSpider(scrapy.Spider):
    """Runs one visit."""

    name = "visit"
    guard: HostGuard
    session: CrawlSession
    visitor: Visitor
    pace: float | None = None
    """Seconds between two requests where a profile states them."""

    def __init__(self, *, work: Work[Any], config: Config, budget: int, tell: Told | None = None) -> None:
        super().__init__()
        self._work, self._config, self._budget, self._tell = work, config, budget, tell
        self.result: Any = None
        self.error: Exception | None = None
        self._task: asyncio.Task[None] | None = None

    @classmethod
    def update_settings(cls, settings: BaseSettings) -> None:
        """The pace of a crawl: none on loopback."""
        super().update_settings(settings)
        settings.set("CRAWL_STORE", f"{NoStore.__module__}.{NoStore.__name__}", priority="spider")
        delay = cls.pace if cls.pace is not None else (0.0 if cls.guard.on_loopback else None)
        if delay is not None:
            settings.set("DOWNLOAD_DELAY", delay, priority="spider")
            settings.set("AUTOTHROTTLE_START_DELAY", delay, priority="spider")
        if cls.guard.on_loopback:
            settings.set("AUTOTHROTTLE_ENABLED", False, priority="spider")
            settings.set("HTTPPROXY_ENABLED", False, priority="spider")

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        """Scrapy's way to build it."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        spider.session = CrawlSession.open(crawler, spider.name, config=spider._config)
        spider.visitor = Visitor(crawler, guard=cls.guard, budget=spider._budget, tell=spider._tell)
        crawler.signals.connect(spider.finish, signals.spider_closed)
        crawler.signals.connect(spider.visitor.note_request, signals.request_reached_downloader)
        crawler.signals.connect(spider.visitor.note_response, signals.response_received)
        return spider

    async def start(self) -> AsyncIterator[Any]:
        """All of the visit happens here; nothing goes through the scheduler."""
        self._task = asyncio.ensure_future(self._visit())
        await asyncio.shield(self._task)
        nothing: tuple[Request, ...] = ()
        for request in nothing:
            yield request  # makes it the generator that Scrapy wants

    async def _visit(self) -> None:
        try:
            self.result = await self._work(self.visitor)
        except Exception as error:  # raised again where the caller stands
            self.error = error

    async def finish(self, reason: str) -> None:
        """Where the site ended the visit, let the work come to its own end: it knows why, and asks nothing more."""
        if self._task is None or self._task.done():
            return
        if reason == "shutdown":
            self._task.cancel()
        else:
            await asyncio.wait([self._task], timeout=LAST_SECONDS)

    def closed(self, reason: str) -> None:
        """Scrapy's last call."""
        self.session.close(reason)


def visit(
    start: str,
    work: Work[T],
    *,
    config: Config,
    budget: int,
    hosts: Iterable[str] = (),
    delay: float | None = None,
    tell: Told | None = None,
) -> T:
    """Run ``work`` with a visitor of the site at ``start``. Raises what ``work`` raises, and VisitFailed."""
    kind = type("Visit", (VisitSpider,), {"guard": HostGuard(start, hosts), "pace": delay})
    settings = Settings()
    settings.setmodule("scraper.settings", priority="project")
    settings.set("LOG_LEVEL", "ERROR", priority="cmdline")
    process = AsyncCrawlerProcess(settings)
    crawler = process.create_crawler(kind)
    with tempfile.TemporaryDirectory(prefix="pantau-visit-") as folder:
        private = replace(config, data=Path(folder))
        task = process.crawl(crawler, work=work, config=private, budget=budget, tell=tell)
        try:
            process.start()
        finally:
            POOL.close()
        if task.done() and not task.cancelled():
            task.exception()  # the log has it
    spider = crawler.spider
    if not isinstance(spider, VisitSpider):
        raise VisitFailed(f"the visit to {start} could not begin; see the log")
    if spider.error is not None:
        raise spider.error
    result: T = spider.result
    if result is None:
        raise VisitFailed(f"the visit to {start} was interrupted")
    return result
