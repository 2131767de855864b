"""Archived pages read again, beside each other, by today's extraction; nothing is fetched."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from scraper.clock import now
from scraper.crawl.archive import read_pages
from scraper.crawl.extraction import ExtractionPool, PageJob
from scraper.errors import ExtractionError, InputError
from scraper.items import Article, PagePointer
from scraper.page.rules import SiteRules


@dataclass(frozen=True, slots=True, kw_only=True)
class Rereading:
    """A stored article, where its pages lie, and the rules of its site."""

    article: Article
    page: PagePointer
    rules: SiteRules


Reading = Article | ExtractionError | InputError
"""What a page says today, or why that cannot be told."""


def read_again(wanted: Sequence[Rereading], *, data: Path, pool: ExtractionPool, jobs: int) -> list[Reading]:
    """What the pages of each article say today, in order; ``jobs`` of them are read at the same time."""
    return asyncio.run(_read_all(wanted, data, pool, jobs))


async def _read_all(wanted: Sequence[Rereading], data: Path, pool: ExtractionPool, jobs: int) -> list[Reading]:
    turn = asyncio.Semaphore(jobs)  # a page's time counts from its turn, not from its place in the queue

    async def read(item: Rereading) -> Reading:
        async with turn:
            try:
                return await pool.extract(_job(item, data))
            except (ExtractionError, InputError) as error:
                return error

    return await asyncio.gather(*map(read, wanted))


def _job(item: Rereading, data: Path) -> PageJob:
    first, *later = read_pages(data, item.page)
    return PageJob(
        body=first.body,
        url=item.article.url or first.url,
        rules=item.rules,
        site=item.article.site,
        fetched_at=item.article.fetched_at or now(),
        content_type=first.content_type,
        canonical_url=item.article.canonical_url,
        more_pages=tuple(page.body for page in later),
    )
