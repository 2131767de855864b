"""The rivals of the crawl: a plain Scrapy spider that runs trafilatura with metadata, here or in other processes.

``python -m benchmarks.crawl_rivals plain|pool URLS OUT`` fetches the addresses that ``URLS`` holds one a line and
writes JSON lines to ``OUT``. It runs in a process of its own, for a reactor cannot start again.
"""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import AsyncIterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

import scrapy
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.http import Response
from trafilatura import bare_extraction

FIELDS = ("title", "author", "date", "text", "url")


def read(body: bytes, url: str) -> dict[str, Any] | None:
    """What trafilatura finds on a page, metadata included."""
    found = bare_extraction(body, url=url, with_metadata=True)
    return {name: getattr(found, name) for name in FIELDS} if found else None


class PlainSpider(scrapy.Spider):
    """Fetches and extracts one after the other, as most spiders do."""

    name = "plain"
    urls: tuple[str, ...] = ()
    """Set by :func:`main`."""

    async def start(self) -> AsyncIterator[scrapy.Request]:
        """Ask for every page."""
        for url in self.urls:
            yield scrapy.Request(url)

    async def parse(self, response: Response) -> AsyncIterator[dict[str, Any]]:
        """One row a page."""
        if row := await self.row(response):
            yield row

    async def row(self, response: Response) -> dict[str, Any] | None:
        """Extract in this process."""
        return read(response.body, response.url)


class PoolSpider(PlainSpider):
    """The same with extraction in as many processes as there are cores."""

    name = "pool"
    workers: ProcessPoolExecutor

    async def row(self, response: Response) -> dict[str, Any] | None:
        """Extract in a process of the pool."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self.workers, read, response.body, response.url)


def main() -> None:
    """Run one of the two."""
    kind, urls, out = sys.argv[1:]
    spider = PoolSpider if kind == "pool" else PlainSpider
    spider.urls = tuple(Path(urls).read_text(encoding="utf-8").split())
    settings = {
        "FEEDS": {out: {"format": "jsonlines"}},
        "HTTPPROXY_ENABLED": False,
        "LOG_LEVEL": "ERROR",
        "TELNETCONSOLE_ENABLED": False,
    }
    process = AsyncCrawlerProcess(settings)
    if spider is PoolSpider:
        PoolSpider.workers = ProcessPoolExecutor(os.cpu_count())
    process.crawl(spider)
    process.start()
    if spider is PoolSpider:
        PoolSpider.workers.shutdown()


if __name__ == "__main__":
    main()
