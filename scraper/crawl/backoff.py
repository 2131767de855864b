"""Stepping back when a site asks for it: a pause on 429 and 503, an end where it refuses or is silent."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Self

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response

from scraper.crawl.challenge import is_challenge
from scraper.crawl.faults import BadAnswer
from scraper.crawl.pace import pace_of
from scraper.crawl.session import session_of

WAIT = frozenset({429, 503})
FORBIDDEN = frozenset({401, 403, 451})
FORBIDDEN_IN_A_ROW = 3
TRIES = 2
"""Times that a page which was answered with "later" is asked again."""
LATER_IN_A_ROW = 4
"""So many pages answered with "later", and no other answer between them, are the whole site's answer."""
LONGEST_WAIT = 600.0
DEFAULT_WAIT = 30.0
LOST_IN_A_ROW = 10
LOST_SHARE = 0.1
"""So many pages lost in a row, and this share of those that came before, mean that the site is down."""
SILENCE = 600.0
"""Seconds of nothing but losses that mean the same."""


class BackoffMiddleware:
    """Downloader middleware outside of the retries: it sees how each request ended."""

    def __init__(self, crawler: Crawler, *, default_wait: float = DEFAULT_WAIT) -> None:
        self._crawler = crawler
        self._default_wait = default_wait
        self._later: set[str] = set()
        self._pauses = self._forbidden = self._lost = self._alive = 0
        self._alive_at = time.monotonic()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Scrapy's way to build it; ``BACKOFF_WAIT`` is the wait in seconds where a site names none."""
        middleware = cls(crawler, default_wait=crawler.settings.getfloat("BACKOFF_WAIT", DEFAULT_WAIT))
        crawler.signals.connect(middleware._knock, signals.spider_opened)
        return middleware

    def _knock(self) -> None:
        """After a run that was refused, one request goes ahead of all others."""
        pace_of(self._crawler).one_at_a_time = session_of(self._crawler).memory.blocked

    def process_response(self, request: Request, response: Response) -> Request | Response:
        """Try again after a pause; end the run where the site refuses again and again.

        Raises BadAnswer for a page that asks for a browser.
        """
        if request.meta.get("robots"):
            return response
        if is_challenge(response):
            self._refused("challenge")
            raise BadAnswer("challenge", request.url)
        if response.status in FORBIDDEN:
            self._refused(f"http-{response.status}")
        elif response.status in WAIT:
            return self._wait(request, response)
        elif response.status >= 500:
            self._lose()
        else:
            self._live(response)
        return response

    def process_exception(self, request: Request, exception: Exception) -> None:
        """Count a page that was lost for good; what we leave out ourselves says nothing about the site."""
        if not request.meta.get("robots") and not isinstance(exception, (IgnoreRequest, BadAnswer)):
            self._lose()

    def _wait(self, request: Request, response: Response) -> Request | Response:
        """Pause the source and ask again behind all others; a refusal during a pause belongs to the one before."""
        pace, session = pace_of(self._crawler), session_of(self._crawler)
        session.counts.add("blocked", f"http-{response.status}")
        self._later.add(request.url)
        self._pauses += not pace.paused
        wait = retry_after(response)
        if wait is None:
            wait = self._default_wait * min(4, 2 ** (self._pauses - 1))
        tries = request.meta.get("backoff_tries", 0) + 1
        last = tries > TRIES
        if wait > LONGEST_WAIT or len(self._later) >= LATER_IN_A_ROW or (last and not self._alive):
            session.end("rate-limited" if response.status == 429 else "unavailable")
        if last or session.ended:
            return response
        pace.pause(wait)
        again = request.replace(dont_filter=True, priority=request.priority - 1)
        again.meta["backoff_tries"] = tries
        return again

    def _refused(self, reason: str) -> None:
        """Count a refusal; the first is enough where the last run was refused, too."""
        session = session_of(self._crawler)
        session.counts.add("blocked", reason)
        self._forbidden += 1
        if self._forbidden >= FORBIDDEN_IN_A_ROW or pace_of(self._crawler).one_at_a_time:
            session.end("blocked")

    def _lose(self) -> None:
        """Count a page that did not come; a site that is down or hangs is left for the next run."""
        self._lost += 1
        silent = time.monotonic() - self._alive_at > SILENCE
        if self._lost >= max(LOST_IN_A_ROW, self._alive * LOST_SHARE) or (silent and self._lost > 1):
            session_of(self._crawler).end("unavailable")

    def _live(self, response: Response) -> None:
        """The site answers."""
        self._later.clear()
        self._pauses = self._lost = 0
        self._alive += 1
        self._alive_at = time.monotonic()
        if response.status < 400:
            self._forbidden = 0
            pace_of(self._crawler).one_at_a_time = False


def retry_after(response: Response) -> float | None:
    """Seconds that the ``Retry-After`` header asks for, 1 at least; None where it says nothing that can be read.

    A date is seen from the site's own clock, where it shows one.
    """
    raw = _header(response, "Retry-After")
    if raw.isascii() and raw.isdigit() and len(raw) < 10:
        return max(1.0, float(raw))
    moment = _moment(raw)
    if moment is None:
        return None
    return max(1.0, (moment - (_moment(_header(response, "Date")) or datetime.now(UTC))).total_seconds())


def _header(response: Response, name: str) -> str:
    return (response.headers.get(name) or b"").decode("latin-1").strip()


def _moment(raw: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(raw)
    except (ValueError, OverflowError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
