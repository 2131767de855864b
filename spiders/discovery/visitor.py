"""Asks a site for pages, each address once, within a budget, and remembers why something brought nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urldefrag, urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response, TextResponse

from scraper.crawl.host_guard import HostGuard
from scraper.crawl.robots import Rules
from scraper.crawl.session import session_of
from spiders.walk.failures import failure_reason, skip_reason

Told = Callable[[str], None]
"""Called with a line on what is being looked at."""


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
        return session_of(self._crawler).outcome or ""

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
