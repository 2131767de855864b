"""How fast a source is asked: the one gate before the network, for pages, lists, robots.txt, redirects and retries."""

from __future__ import annotations

import asyncio
import contextlib
import time
from typing import Self

from scrapy import Request
from scrapy.core.downloader import Downloader
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response

from scraper.crawl.session import session_of

SLOT = "source"
"""All hosts of a source share one of Scrapy's download slots, and so one delay."""
GLANCE = 1.0
"""Seconds between two looks at whether the run goes on at all."""


class RunEnded(IgnoreRequest):
    """Raised for what is still queued when a run has ended."""

    reason = "run-ended"


class PaceMiddleware:
    """Downloader middleware next to the network: a request waits here until it may be sent, and nothing overtakes it.

    Scrapy's own delay runs from request to request, and what waits for it cannot be called back; here a ``gap`` runs
    from the end of one answer to the next request, so that the site too sees it, and a ``pause`` stops all at once.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._gate = asyncio.Lock()
        self._changed = asyncio.Event()
        self._on_way: set[Request] = set()
        self._sent_at = self._answered_at = float("-inf")
        self._resume_at = float("-inf")
        self.gap = 0.0
        """Seconds that robots.txt wants between two requests; above 0, only one is on its way at a time."""
        self.one_at_a_time = False
        """True while it is not known whether the site lets us in."""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Scrapy's way to build it; the spider must have a ``session``."""
        return cls(crawler)

    def pause(self, seconds: float) -> None:
        """Send nothing for so long."""
        self._resume_at = max(self._resume_at, time.monotonic() + seconds)

    @property
    def paused(self) -> bool:
        """Whether the source is being left alone."""
        return time.monotonic() < self._resume_at

    async def process_request(self, request: Request) -> None:
        """Let the request through when its time has come; raises RunEnded where the run ends before."""
        request.meta[Downloader.DOWNLOAD_SLOT] = SLOT
        async with self._gate:
            while (left := self._left()) > 0:
                self._changed.clear()
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(self._changed.wait(), min(left, GLANCE))
            self._on_way.add(request)
            self._sent_at = time.monotonic()

    def process_response(self, request: Request, response: Response) -> Response:
        """Note that an answer came in."""
        self._arrived(request)
        return response

    def process_exception(self, request: Request, exception: Exception) -> None:
        """Note that no answer will come."""
        self._arrived(request)

    def _arrived(self, request: Request) -> None:
        if request in self._on_way:
            self._on_way.remove(request)
            self._answered_at = time.monotonic()
            self._changed.set()

    def _left(self) -> float:
        """Seconds until the next request may be sent, as far as can be told now."""
        if session_of(self._crawler).ended or not self._crawler.crawling:
            raise RunEnded("the run has ended")
        if self._on_way and (self.gap or self.one_at_a_time):
            return GLANCE
        opens_at = max(self._resume_at, self._sent_at + self._delay, self._answered_at + self.gap)
        return opens_at - time.monotonic()

    @property
    def _delay(self) -> float:
        """Scrapy's delay between two requests, which AutoThrottle moves."""
        if self._crawler.engine is None:
            raise RuntimeError("a request before the engine started")
        downloader = self._crawler.engine.downloader
        slot = downloader.slots.get(SLOT)
        return slot.delay if slot else downloader._delay


def pace_of(crawler: Crawler) -> PaceMiddleware:
    """The gate of a run."""
    pace = crawler.get_downloader_middleware(PaceMiddleware)
    if pace is None:
        raise RuntimeError("scraper.crawl.pace.PaceMiddleware is missing in DOWNLOADER_MIDDLEWARES")
    return pace
