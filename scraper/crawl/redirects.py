"""Redirects: followed a few steps, never in a circle; where they may lead is the host guard's matter."""

from __future__ import annotations

from typing import Self
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.redirect import RedirectMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response

from scraper.crawl.faults import BadAnswer

MOVED = frozenset({301, 302, 303, 307, 308})


class GuardedRedirects(RedirectMiddleware):
    """Scrapy's middleware, with a reason for each way in which a redirect leads nowhere."""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Scrapy's way to build it; no request of ours tells where it comes from, and Scrapy would warn of that."""
        made = cls(crawler.settings)
        made.crawler = crawler
        return made

    def process_response(self, request: Request, response: Response) -> Request | Response:  # type: ignore[override]
        """The next request, or the answer where it is no redirect.

        Raises BadAnswer: ``bad-redirect`` (to no web address), ``redirect-loop``, ``downgrade``, ``redirects``.
        """
        if response.status not in MOVED:
            return response
        try:
            following = super().process_response(request, response)
        except IgnoreRequest as error:
            raise BadAnswer("redirects", request.url) from error
        except ValueError as error:
            raise BadAnswer("bad-redirect", request.url) from error
        if isinstance(following, Response):
            if _wants_it_as_it_is(request, response.status):
                return response
            raise BadAnswer("bad-redirect", request.url)
        if _only_scheme_differs(request.url, following.url):
            raise BadAnswer("downgrade", request.url)
        if following.url in (request.url, *request.meta.get("redirect_urls", ())):
            raise BadAnswer("redirect-loop", request.url)
        return following


def _wants_it_as_it_is(request: Request, status: int) -> bool:
    meta = request.meta
    return bool(
        meta.get("dont_redirect")
        or meta.get("handle_httpstatus_all")
        or status in meta.get("handle_httpstatus_list", ())
    )


def _only_scheme_differs(url: str, target: str) -> bool:
    """Whether a page under https says that it is to be had without only."""
    return url.startswith("https:") and urlsplit(url)._replace(scheme="http") == urlsplit(target)
