"""robots.txt, always obeyed: 4xx means no rules, a 5xx, a time-out or a reset means that nothing is fetched."""

from __future__ import annotations

import asyncio
import logging
import time
from dataclasses import dataclass
from typing import Self
from urllib.parse import urljoin, urlsplit

from scrapy import Request
from scrapy.core.engine import ExecutionEngine
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.extensions.throttle import AutoThrottle
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK
from scrapy.robotstxt import ProtegoRobotParser

from scraper.crawl.session import session_of

logger = logging.getLogger(__name__)

AGENT = "Pantau"
KEPT_SECONDS = 24 * 3600.0
MAX_BYTES = 512 * 1024
LONGEST_DELAY = 600.0
UNREACHABLE = "robots-unreachable"


class RobotsForbid(IgnoreRequest):
    """Raised by the middleware for what robots.txt forbids or leaves unknown; ``reason`` is the slug for counting."""

    def __init__(self, reason: str, url: str) -> None:
        super().__init__(f"{url} is not fetched: {reason}")
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Rules:
    """What one robots.txt says; ``parser`` is None where there is none."""

    parser: ProtegoRobotParser | None
    read_at: float

    @classmethod
    def read(cls, body: bytes) -> Self:
        """The rules in a file; what lies behind the first 512 kB is not looked at."""
        if len(body) > MAX_BYTES:
            body = body[:MAX_BYTES].rpartition(b"\n")[0]  # half a line would be another rule
        return cls(ProtegoRobotParser(body, None), time.monotonic())

    def allow(self, url: str) -> bool:
        """Whether this agent may fetch the address."""
        return self.parser is None or self.parser.allowed(url, AGENT)

    @property
    def delay(self) -> float:
        """Seconds that it asks for between two requests; 0 where it does not."""
        return (self.parser and self.parser.crawl_delay(AGENT)) or 0.0

    @property
    def sitemaps(self) -> list[str]:
        """The sitemaps that it names, as written, each once."""
        return list(dict.fromkeys(self.parser.rp.sitemaps)) if self.parser else []


class RobotsMiddleware:
    """Downloader middleware that stands where Scrapy's own one does; it has no switch."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._known: dict[str, asyncio.Task[Rules | None]] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Scrapy's way to build it; the spider must have a ``session``."""
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Let the request pass or raise RobotsForbid; an unreachable robots.txt ends the source's run."""
        if request.meta.get("robots"):
            return
        rules = await self._rules(request.url)
        if rules is None:
            session_of(self._crawler).end(UNREACHABLE)
            raise RobotsForbid(UNREACHABLE, request.url)
        if not rules.allow(request.url):
            raise RobotsForbid("robots", request.url)

    async def sitemaps(self, url: str) -> list[str]:
        """Addresses of the sitemaps that robots.txt of an address' origin names; none where it is unreachable.

        They may lie on other hosts: the host guard decides about them.
        """
        rules = await self._rules(url)
        return [urljoin(url, found) for found in rules.sitemaps] if rules else []

    @property
    def _engine(self) -> ExecutionEngine:
        if self._crawler.engine is None:
            raise RuntimeError("a request before the engine started")
        return self._crawler.engine

    async def _rules(self, url: str) -> Rules | None:
        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc}"
        task = self._known.get(origin)
        if task is None or _is_old(task):
            task = self._known[origin] = asyncio.ensure_future(self._read(origin))
        return await asyncio.shield(task)

    async def _read(self, origin: str) -> Rules | None:
        request = Request(f"{origin}/robots.txt", meta={"robots": True}, callback=NO_CALLBACK, dont_filter=True)
        try:
            response = await self._engine.download_async(request)
        except Exception as error:  # whatever the download raises, the rules are unknown
            logger.info("%s/robots.txt cannot be read: %r", origin, error)
            return None
        return self._understand(response)

    def _understand(self, response: Response) -> Rules | None:
        if 400 <= response.status < 500 and response.status != 429:
            return Rules(None, time.monotonic())
        if not 200 <= response.status < 300:
            return None
        rules = Rules.read(response.body)
        self._slow_down(rules.delay)
        return rules

    def _slow_down(self, delay: float) -> None:
        """Take the site's Crawl-delay where it is larger than ours; AutoThrottle may not go below it."""
        if delay > LONGEST_DELAY:
            session_of(self._crawler).end("crawl-delay-too-long")
            return
        downloader = self._engine.downloader
        downloader._delay = max(downloader._delay, delay)
        for slot in downloader.slots.values():
            slot.delay = max(slot.delay, delay)
        if throttle := self._crawler.get_extension(AutoThrottle):
            throttle.mindelay = max(throttle.mindelay, delay)
            throttle.maxdelay = max(throttle.maxdelay, delay)


def _is_old(task: asyncio.Task[Rules | None]) -> bool:
    rules = task.result() if task.done() else None
    return rules is not None and time.monotonic() - rules.read_at > KEPT_SECONDS


async def sitemaps_of(crawler: Crawler, url: str) -> list[str]:
    """The sitemaps named by robots.txt of an address' origin; it is asked once in a run, whoever asks first."""
    robots = crawler.get_downloader_middleware(RobotsMiddleware)
    return await robots.sitemaps(url) if robots else []
