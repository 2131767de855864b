"""A visit to one site: a few requests, one after another decided, with the manners of every crawl. Once a process."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Self, TypeVar
from urllib.parse import urldefrag, urlsplit

import scrapy
from scrapy import Request, signals
from scrapy.crawler import AsyncCrawlerProcess, Crawler
from scrapy.http import Response, TextResponse
from scrapy.settings import BaseSettings, Settings

from scraper.config import Config
from scraper.crawl.extraction import POOL
from scraper.crawl.host_guard import HostGuard
from scraper.crawl.robots import Rules
from scraper.crawl.session import CrawlSession
from scraper.crawl.store import ListState, Looked, Reread, Saved, Validators
from scraper.errors import PantauError
from scraper.items import Article, PagePointer
from spiders.failures import failure_reason, skip_reason

T = TypeVar("T")
Work = Callable[["Visitor"], Awaitable[T]]
Told = Callable[[str], None]
"""Called with a line on what is being looked at."""


LAST_SECONDS = 20.0
"""For the work to find words for why a visit ended early."""


class VisitFailed(PantauError):
    """The visit itself broke; what a site does wrong is no failure of the visit."""


class NoStore:
    """The store of a visit: it knows nothing and keeps nothing."""

    @classmethod
    def open(cls, config: Config) -> Self:
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


class Visitor:
    """Asks a site for pages, each address once, within a budget."""

    def __init__(self, crawler: Crawler, *, guard: HostGuard, budget: int, tell: Told | None = None) -> None:
        self._crawler = crawler
        self._answers: dict[str, Response | None] = {}
        self._tell = tell
        self.guard = guard
        self.left = budget
        """Requests that may still be made; robots.txt and steps of a redirect are not counted here."""
        self.requests = 0
        """Requests that reached the site, all of them counted."""
        self.robots = ""
        """The text of robots.txt, empty where there is none."""
        self.details: dict[str, str] = {}
        """Address -> the error's own words."""
        self.troubles: dict[str, str] = {}
        """Address -> slug of why it brought nothing: ``http-404``, ``robots``, ``timeout``, ``offsite``..."""
        self.pages: list[Response] = []
        """All answers with 200, in their order."""

    async def get(self, url: str) -> Response | None:
        """The answer; None where the site, its rules or the budget refuse it, and ``troubles`` says why."""
        url = urldefrag(url).url
        if url not in self._answers:
            self._answers[url] = await self._ask(url)
        return self._answers[url]

    async def html(self, url: str) -> TextResponse | None:
        """The answer where it is a page; None for anything else."""
        response = await self.get(url)
        return response if isinstance(response, TextResponse) else None

    async def _ask(self, url: str) -> Response | None:
        reason = self.guard.refusal(url) or ("budget" if self.left <= 0 else "") or self.ended
        if reason:
            self.troubles[url] = reason
            return None
        self.left -= 1
        if self._tell:
            self._tell(url)
        try:
            response: Response = await self._engine.download_async(Request(url, dont_filter=True))
        except Exception as error:  # whatever the download raises, this page is not there
            self.troubles[url] = skip_reason(error) or failure_reason(error)
            self.details[url] = str(error)
            return None
        if response.status != 200:
            self.troubles[url] = f"http-{response.status}"
            return None
        self.pages.append(response)
        return response

    @property
    def ended(self) -> str:
        """Why nothing more may be asked: ``blocked``, ``robots-unreachable``, ``rate-limited``; else empty."""
        spider = self._crawler.spider
        return spider.session.outcome or "" if isinstance(spider, VisitSpider) else ""

    @property
    def delay(self) -> float:
        """Seconds between two requests, as the site's rules and ours have it."""
        return max(float(self._engine.downloader._delay), self.rules.delay)

    @property
    def rules(self) -> Rules:
        """What robots.txt says."""
        return Rules.read(self.robots.encode())

    @property
    def _engine(self) -> Any:
        return self._crawler.engine

    def note_request(self, request: Request) -> None:
        """A request left for the site."""
        self.requests += 1

    def note_response(self, response: Response) -> None:
        """An answer came; that of robots.txt is kept."""
        if urlsplit(response.url).path == "/robots.txt" and response.status == 200:
            self.robots = response.body.decode("utf-8", "replace")


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
        settings.set("CRAWL_STORE", f"{__name__}.{NoStore.__name__}", priority="spider")
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
