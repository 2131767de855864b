"""Extraction beside the reactor, so that a slow page never stalls other sites' clocks."""

from __future__ import annotations

import atexit
import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from scraper.crawl.workers import WorkerDied, WorkerPool, preload
from scraper.errors import ExtractionError
from scraper.items import Article
from scraper.page.rules import SiteRules

if TYPE_CHECKING:
    from scraper.page.parsed import ParsedPage

P = ParamSpec("P")
T = TypeVar("T")
SECONDS = 60.0
"""A page that takes longer is given up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageJob:
    """What a worker needs to read one article."""

    body: bytes
    url: str
    rules: SiteRules
    site: str
    fetched_at: datetime
    content_type: str | None = None
    canonical_url: str | None = None
    more_pages: tuple[bytes, ...] = ()


class ExtractionPool:
    """The processes that read pages: as many as there are cores, each replaced alone when a page hangs or kills it."""

    def __init__(self, workers: int | None = None) -> None:
        self._pool = WorkerPool(workers or os.cpu_count() or 1)

    def prepare(self, *modules: str) -> None:
        """Let the imports of the processes, more ``modules`` too, go on while the first lists are fetched."""
        preload("scraper.page.extract", *modules)

    async def extract(self, job: PageJob) -> Article:
        """The article on a page; raises ExtractionError, also where it hangs (``too-slow``) or kills (``crash``).

        ProfileError passes through.
        """
        return await self.run(job.url, read_article, job)

    async def run(self, url: str, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """What a function gives for the page at ``url``; raises what it raises, and as ``extract`` does."""
        try:
            return await self._pool.run(SECONDS, function, *args, **kwargs)
        except TimeoutError as error:
            raise ExtractionError("too-slow", f"{url} took more than {SECONDS:.0f} s to read") from error
        except WorkerDied as error:
            raise ExtractionError("crash", f"{url} brought a reading process down") from error

    def close(self) -> None:
        """End the processes."""
        self._pool.close()


POOL = ExtractionPool()
"""The pool of this process, shared by all sources."""
atexit.register(POOL.close)


def read_article(job: PageJob) -> Article:
    """Read one article, in the process that calls it."""
    from scraper.page.parsed import parse_page

    return article_from(parse_page(job.body, url=job.url, content_type=job.content_type), job)


def article_from(page: ParsedPage, job: PageJob) -> Article:
    """The article on a job's page, which is parsed already."""
    from scraper.page.extract import article_on

    return article_on(
        page,
        rules=job.rules,
        site=job.site,
        canonical_url=job.canonical_url,
        more_pages=job.more_pages,
        fetched_at=job.fetched_at,
    )
