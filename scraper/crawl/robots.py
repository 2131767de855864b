"""robots.txt, always obeyed: 4xx means no rules, a 5xx, a time-out or a torn answer means that nothing is fetched.

``Request-rate`` and ``Visit-time`` are not part of RFC 9309 and not followed. ``noarchive`` and ``noindex`` (meta or
``X-Robots-Tag``) speak to public search engines, of copies and hits that they show to everybody; what is kept here is a
working copy for one office, and every hit links to the outlet's page. So they change nothing.
"""

from __future__ import annotations

import asyncio
import logging
import time
from dataclasses import dataclass
from typing import Any, Self
from urllib.parse import urljoin, urlsplit

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest, StopDownload
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK
from scrapy.robotstxt import ProtegoRobotParser

from scraper.crawl.agent import NAME
from scraper.crawl.faults import BadAnswer
from scraper.crawl.host_guard import HostGuard
from scraper.crawl.pace import pace_of
from scraper.crawl.session import session_of

logger = logging.getLogger(__name__)

KEPT_SECONDS = 24 * 3600.0
MAX_BYTES = 512 * 1024
LONGEST_DELAY = 600.0
UNREACHABLE = "robots-unreachable"


class RobotsForbid(IgnoreRequest):
    """Raised by the middleware for what robots.txt forbids."""

    reason = "robots"


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
        return self.parser is None or self.parser.allowed(url, NAME)

    @property
    def delay(self) -> float:
        """Seconds that it asks for between two requests; 0 where it does not."""
        return (self.parser and self.parser.crawl_delay(NAME)) or 0.0

    @property
    def sitemaps(self) -> list[str]:
        """The sitemaps that it names, as written, each once."""
        return list(dict.fromkeys(self.parser.rp.sitemaps)) if self.parser else []


class RobotsMiddleware:
    """Downloader middleware that stands where Scrapy's own one does; it has no switch."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._known: dict[str, asyncio.Task[Rules | None]] = {}
        crawler.signals.connect(self._cut, signals.bytes_received)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Scrapy's way to build it; the spider must have a ``session`` and a ``guard``."""
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Let the request pass, or raise RobotsForbid, or BadAnswer where the rules are unknown.

        Where those of the source's own host are unknown, the run ends and the next one asks again.
        """
        if request.meta.get("robots"):
            return
        rules = await self._rules(request.url)
        if rules is None:
            guard: HostGuard = getattr(self._crawler.spider, "guard")  # noqa: B009  # any spider of ours has it
            if guard.is_home(request.url):
                session_of(self._crawler).end(UNREACHABLE)
            raise BadAnswer(UNREACHABLE, request.url)
        if not rules.allow(request.url):
            raise RobotsForbid(request.url)

    async def sitemaps(self, url: str) -> list[str]:
        """Addresses of the sitemaps that robots.txt of an address' origin names; none where it is unreachable.

        They may lie on other hosts: the host guard decides about them.
        """
        rules = await self._rules(url)
        return [urljoin(url, found) for found in rules.sitemaps] if rules else []

    async def _rules(self, url: str) -> Rules | None:
        origin = _origin(url)
        task = self._known.get(origin)
        if task is None or _is_old(task):
            task = self._known[origin] = asyncio.ensure_future(self._read(origin))
        return await asyncio.shield(task)

    async def _read(self, origin: str) -> Rules | None:
        request = Request(f"{origin}/robots.txt", meta={"robots": True}, callback=NO_CALLBACK, dont_filter=True)
        if self._crawler.engine is None:
            raise RuntimeError("a request before the engine started")
        try:
            response = await self._crawler.engine.download_async(request)
        except Exception as error:  # whatever the download raises, the rules are unknown
            logger.info("%s/robots.txt cannot be read: %r", origin, error)
            return None
        if (task := self._known.get(origin)) and response.url.endswith("/robots.txt"):
            self._known.setdefault(_origin(response.url), task)  # http led to https: no need to ask there again
        return self._understand(response)

    def _understand(self, response: Response) -> Rules | None:
        if 400 <= response.status < 500 and response.status != 429:
            return Rules(None, time.monotonic())
        if not 200 <= response.status < 300 or response.status == 206:
            return None
        rules = Rules.read(response.body)
        if rules.delay > LONGEST_DELAY:
            session_of(self._crawler).end("crawl-delay-too-long")
        pace = pace_of(self._crawler)
        pace.gap = max(pace.gap, rules.delay)
        return rules

    def _cut(self, data: bytes, request: Request, **_: Any) -> None:
        """Hang up on a robots.txt that does not end; what came counts."""
        if request.meta.get("robots"):
            request.meta["robots_bytes"] = request.meta.get("robots_bytes", 0) + len(data)
            if request.meta["robots_bytes"] > MAX_BYTES:
                raise StopDownload(fail=False)


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2].lower()}"


def _is_old(task: asyncio.Task[Rules | None]) -> bool:
    rules = task.result() if task.done() else None
    return rules is not None and time.monotonic() - rules.read_at > KEPT_SECONDS


async def sitemaps_of(crawler: Crawler, url: str) -> list[str]:
    """The sitemaps named by robots.txt of an address' origin; it is asked once in a run, whoever asks first."""
    robots = crawler.get_downloader_middleware(RobotsMiddleware)
    return await robots.sitemaps(url) if robots else []
