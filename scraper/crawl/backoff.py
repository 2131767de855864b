"""Stepping back when a site asks for it: Retry-After on 429 and 503, and an end after repeated 403."""

from __future__ import annotations

import asyncio
import time
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response

from scraper.crawl.session import session_of

WAIT = frozenset({429, 503})
FORBIDDEN = frozenset({401, 403, 451})
FORBIDDEN_IN_A_ROW = 3
TRIES = 3
LONGEST_WAIT = 600.0
DEFAULT_WAIT = 30.0


class RunEnded(IgnoreRequest):
    """Raised for what is still queued when a run has ended."""

    reason = "run-ended"


class BackoffMiddleware:
    """Downloader middleware: a source that says "later" is left alone that long, one that says "never" is left."""

    def __init__(self, crawler: Crawler, *, default_wait: float = DEFAULT_WAIT) -> None:
        self._crawler = crawler
        self._default_wait = default_wait
        self._resume_at = 0.0
        self._forbidden = 0

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Scrapy's way to build it; ``BACKOFF_WAIT`` is the wait in seconds where a site names none."""
        return cls(crawler, default_wait=crawler.settings.getfloat("BACKOFF_WAIT", DEFAULT_WAIT))

    async def process_request(self, request: Request) -> None:
        """Hold every request of the source until its wait is over; a run that ended sends none."""
        while (left := self._resume_at - time.monotonic()) > 0 and not self._over:
            await asyncio.sleep(min(left, 1.0))
        if self._over:
            raise RunEnded(request.url)

    @property
    def _over(self) -> bool:
        return session_of(self._crawler).ended or not self._crawler.crawling

    async def process_response(self, request: Request, response: Response) -> Request | Response:
        """Try again after the wait; end the run where the wait is too long or access is refused again and again."""
        if request.meta.get("robots"):
            return response
        if response.status in WAIT:
            return self._wait(request, response)
        if response.status in FORBIDDEN:
            self._refused()
        elif response.status < 400:
            self._forbidden = 0
        return response

    def _wait(self, request: Request, response: Response) -> Request | Response:
        session = session_of(self._crawler)
        tries = request.meta.get("backoff_tries", 0) + 1
        wait = retry_after(response) or self._default_wait * 2 ** (tries - 1)
        session.counts.add("blocked", f"http-{response.status}")
        if wait > LONGEST_WAIT or tries > TRIES:
            session.end("rate-limited" if response.status == 429 else "unavailable")
            return response
        self._resume_at = max(self._resume_at, time.monotonic() + wait)
        again = request.replace(dont_filter=True, priority=request.priority + 1)
        again.meta["backoff_tries"] = tries
        return again

    def _refused(self) -> None:
        session = session_of(self._crawler)
        session.counts.add("blocked", "http-403")
        self._forbidden += 1
        if self._forbidden >= FORBIDDEN_IN_A_ROW:
            session.end("blocked")


def retry_after(response: Response) -> float | None:
    """Seconds that the ``Retry-After`` header asks for; None where it says nothing that can be read."""
    raw = (response.headers.get("Retry-After") or b"").decode("latin-1").strip()
    if raw.isascii() and raw.isdigit() and len(raw) < 10:
        return float(raw)
    try:
        moment = parsedate_to_datetime(raw)
    except ValueError:
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(0.0, (moment - datetime.now(UTC)).total_seconds())
