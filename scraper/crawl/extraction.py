"""Extraction beside the reactor: a small pool of processes, so that a slow page never stalls other sites' clocks."""

from __future__ import annotations

import asyncio
import atexit
import multiprocessing
import os
import signal
import threading
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from datetime import datetime

from scraper.errors import ExtractionError
from scraper.items import Article
from scraper.page.rules import SiteRules

WORKERS = 2 if (os.cpu_count() or 1) > 2 else 1
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
    """The processes that read pages; started with the first page, replaced when one hangs or dies."""

    def __init__(self, workers: int = WORKERS) -> None:
        self._workers = workers
        self._pool: ProcessPoolExecutor | None = None

    async def extract(self, job: PageJob) -> Article:
        """The article on a page; raises ExtractionError, also where it hangs (``too-slow``) or kills (``crash``).

        ProfileError passes through.
        """
        for last in (False, True):
            pool = self._started()
            try:
                call: Future[Article] = pool.submit(_extract, job)
                return await asyncio.wait_for(asyncio.wrap_future(call), SECONDS)
            except TimeoutError as error:
                self._drop(pool)
                raise ExtractionError("too-slow", f"{job.url} took more than {SECONDS:.0f} s to read") from error
            except BrokenProcessPool as error:
                self._drop(pool)
                if last:
                    raise ExtractionError("crash", f"{job.url} brought a reading process down") from error
        raise ExtractionError("crash", f"{job.url} was not read")

    def close(self) -> None:
        """End the processes."""
        if self._pool is not None:
            self._drop(self._pool)

    def _started(self) -> ProcessPoolExecutor:
        if self._pool is None:
            context = multiprocessing.get_context("spawn")
            self._pool = ProcessPoolExecutor(self._workers, mp_context=context, initializer=_prepare)
        return self._pool

    def _drop(self, pool: ProcessPoolExecutor) -> None:
        if self._pool is pool:
            self._pool = None
        processes = list((pool._processes or {}).values())
        pool.shutdown(wait=False, cancel_futures=True)
        for process in processes:
            process.terminate()


POOL = ExtractionPool()
"""The pool of this process, shared by all sources."""
atexit.register(POOL.close)


def _prepare() -> None:
    """Leave Ctrl-C to the parent, and do not outlive it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _extract(job: PageJob) -> Article:
    from scraper.page.extract import extract_article

    return extract_article(
        job.body,
        url=job.url,
        rules=job.rules,
        content_type=job.content_type,
        site=job.site,
        canonical_url=job.canonical_url,
        more_pages=job.more_pages,
        fetched_at=job.fetched_at,
    )
