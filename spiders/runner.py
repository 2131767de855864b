"""Crawls sources side by side in one Scrapy process; once per Python process, for a reactor cannot start again."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from scrapy.crawler import AsyncCrawlerProcess, Crawler
from scrapy.settings import Settings

import scraper.crawl.download  # noqa: F401  # Scrapy would import it in the middle of its start, at five times the cost
from scraper.config import Config
from scraper.crawl.extraction import POOL
from scraper.crawl.report import TOTALS, RunReport
from scraper.crawl.session import CrawlSession, Progress
from scraper.crawl.workers import spare_collector
from spiders.base import SiteSpider


def crawl(
    sources: Iterable[type[SiteSpider]],
    *,
    config: Config,
    since: date | None = None,
    max_articles: int | None = None,
    progress: Progress | None = None,
) -> list[RunReport]:
    """Run all sources until they are done or Ctrl-C is pressed, which lets what is on its way come in.

    ``since`` walks lists back to that local day, ``max_articles`` limits each source. A source that fails is reported
    with its outcome; the others go on. A second Ctrl-C breaks off at once: the outcome is ``killed``.
    """
    POOL.prepare("spiders.articles.page_view")
    settings = Settings()
    settings.setmodule("scraper.settings", priority="project")
    settings.set("LOG_LEVEL", "WARNING", priority="cmdline")
    process = AsyncCrawlerProcess(settings)
    crawlers = [process.create_crawler(source) for source in sources]
    tasks = [
        process.crawl(crawler, since=since, max_articles=max_articles, config=config, progress=progress)
        for crawler in crawlers
    ]
    spare_collector()
    try:
        process.start()
    finally:
        POOL.close()
    for task in tasks:
        if task.done() and not task.cancelled():
            task.exception()  # the log has it; the report says "failed"
    return [report_of(crawler) for crawler in crawlers]


def report_of(crawler: Crawler) -> RunReport:
    """How a source's run went; one that never opened has failed, one that was broken off was killed."""
    session: CrawlSession | None = getattr(crawler.spider, "session", None)
    if session is not None and session.report is not None:
        return session.report
    name = crawler.spidercls.name
    if session is not None:
        return RunReport(source=name, outcome="killed", counts=session.counts.as_dict())
    return RunReport(source=name, outcome="failed", counts=dict.fromkeys(TOTALS, 0))
