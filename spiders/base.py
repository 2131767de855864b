"""The base of every site: a profile in class attributes, and the walk from its lists to its articles."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from datetime import date
from typing import Any, ClassVar, Self

import scrapy
from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import DontCloseSpider
from scrapy.settings import BaseSettings

from scraper.config import Config
from scraper.crawl.host_guard import HostGuard
from scraper.crawl.session import CrawlSession, Progress
from scraper.errors import ConfigError, ProfileError
from scraper.page.rules import GENERIC, SiteRules
from spiders.lists.candidates import Keys
from spiders.lists.dated import is_dated
from spiders.profile import Expect, absolute, check_profile
from spiders.walk.plan import KINDS, Kind
from spiders.walk.site_walk import SiteFacts, SiteWalk

PROFILE_FIELDS = (
    "name", "title", "region", "tier", "start", "hosts", "feeds", "sitemaps", "posts", "listings", "only_listed",
    "article_url", "canonical", "rules", "whole_article", "expect", "delay", "evidence", "verified",
)  # fmt: skip


class SiteSpider(scrapy.Spider):
    """A news site. A profile sets the attributes below and nothing else; a base class without ``name`` is a family."""

    name: str
    """The source's name, the same as its file's."""
    title: ClassVar[str] = ""
    """The outlet as readers know it."""
    region: ClassVar[str] = ""
    """Kemendagri code of the area it writes about (``36.74``)."""
    tier: ClassVar[str] = ""
    """How near it is: ``local``, ``regional``, ``national`` or ``government``; empty where nobody said."""
    start: ClassVar[str] = ""  # type: ignore[assignment]  # the instance has Scrapy's method of this name
    """The site's front page; its host and port are the source's."""
    hosts: ClassVar[tuple[str, ...]] = ()
    """Other hosts of the same outlet, with the port where it is not the usual one."""
    feeds: ClassVar[tuple[str, ...]] = ()
    """RSS or Atom addresses; relative ones are seen from ``start``, here and in the next two."""
    sitemaps: ClassVar[tuple[str, ...]] = ()
    """Sitemaps or indexes of sitemaps, plain or gzip."""
    posts: ClassVar[tuple[str, ...]] = ()
    """WordPress REST addresses of posts (``/wp-json/wp/v2/posts``), asked only where robots.txt allows."""
    listings: ClassVar[tuple[str, ...]] = ()
    """Pages that list articles, the newest first; their following pages are found."""
    only_listed: ClassVar[bool] = False
    """Whether nothing but what its lists name belongs to it: a large outlet's pages for one region.

    Neither its front page nor the sitemaps of its robots.txt are asked then, and links of articles are not followed.
    """
    article_url: ClassVar[str] = ""
    """Regular expression found in every article's address; ``(?P<id>...)``, else its first number, is the id."""
    canonical: ClassVar[str] = ""
    """The key of an article, with ``{id}``: many addresses, one article."""
    rules: ClassVar[SiteRules] = GENERIC
    """Selectors, where the generic extraction does not do."""
    whole_article: ClassVar[str] = ""
    """Query that shows a long article on one page, such as ``page=all``."""
    expect: ClassVar[Expect] = Expect()
    delay: ClassVar[float | None] = None
    """Seconds between two requests; by default 3, and 0 on loopback."""
    evidence: ClassVar[str] = "none"
    """What the profile was written from: ``seen`` (a page of the site), ``reported`` (a named source), ``none``."""
    verified: ClassVar[str] = ""
    """Day on which ``pantau sources check`` last found it right at the live site (``2026-01-31``); empty for never."""

    session: CrawlSession

    def __init_subclass__(cls, **kwargs: Any) -> None:
        """Check the profile; raises ProfileError with the field that is wrong."""
        super().__init_subclass__(**kwargs)
        if getattr(cls, "name", None):
            owner = f"{cls.__module__}.{cls.__qualname__}"
            check_profile(owner, {field: getattr(cls, field) for field in PROFILE_FIELDS})
            try:
                cls.host_guard()
            except ValueError as error:
                raise ProfileError(f"{owner}: {error}") from error

    def __init__(
        self,
        *,
        since: date | str | None = None,
        max_articles: int | str | None = None,
        config: Config | None = None,
        progress: Progress | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.start = self._begin  # type: ignore[misc, assignment]
        self.guard = self.host_guard()
        self.keys = Keys(re.compile(self.article_url), self.canonical)
        self._since, self._max_articles = _day(since), _count(max_articles)
        self._config, self._progress = config, progress
        self._walk: SiteWalk | None = None
        self._stepping: asyncio.Task[None] | None = None

    @classmethod
    def host_guard(cls) -> HostGuard:
        """What belongs to this source."""
        return HostGuard(cls.start, cls.hosts)

    @classmethod
    def update_settings(cls, settings: BaseSettings) -> None:
        """Set the pace: the profile's, none on loopback."""
        super().update_settings(settings)
        loopback = cls.host_guard().on_loopback
        delay = cls.delay if cls.delay is not None else (0.0 if loopback else None)
        if delay is not None:
            settings.set("DOWNLOAD_DELAY", delay, priority="spider")
            settings.set("AUTOTHROTTLE_START_DELAY", delay, priority="spider")
        if loopback:
            settings.set("AUTOTHROTTLE_ENABLED", False, priority="spider")

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        """Scrapy's way to build it; opens the run."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        spider.session = CrawlSession.open(crawler, spider.name, config=spider._config, progress=spider._progress)
        crawler.signals.connect(spider._on_idle, signals.spider_idle)
        return spider

    def closed(self, reason: str) -> None:
        """Scrapy's last call: write down how the run went."""
        if self._walk is not None:
            self._walk.close()
        report = self.session.close(reason)
        self.logger.info("%s", report.as_row())

    async def _begin(self) -> AsyncIterator[Request]:
        self._walk = await SiteWalk.open(
            self.session, self._facts(), crawler=self.crawler, since=self._since, max_articles=self._max_articles
        )
        for request in await self._walk.step():
            yield request

    def _facts(self) -> SiteFacts:
        return SiteFacts(
            name=self.name,
            start=type(self).start,
            lists=self.lists(),
            only_listed=self.only_listed,
            keys=self.keys,
            guard=self.guard,
            rules=self.rules,
            whole_article=self.whole_article,
        )

    @classmethod
    def lists(cls) -> dict[str, Kind]:
        """Address -> kind of the lists that the profile names and of the front page, in the order to ask them."""
        front = (cls.start,) if cls.article_url and not cls.only_listed else ()
        named = {"posts": cls.posts, "feed": cls.feeds, "sitemap": cls.sitemaps, "listing": (*front, *cls.listings)}
        found = {url: kind for kind in KINDS for url in absolute(cls.start, named.get(kind, ()))}
        return {url: "dated" if is_dated(url) else kind for url, kind in found.items()}

    def _on_idle(self) -> None:
        """When nothing is on its way: find out what is asked next, or come to the end."""
        if self.session.ended or self._walk is None:
            return
        if self._stepping is None or self._stepping.done():
            self._stepping = asyncio.ensure_future(self._go_on(self._walk))
        raise DontCloseSpider

    async def _go_on(self, walk: SiteWalk) -> None:
        engine = self.crawler.engine
        try:
            requests = await walk.step()
        except Exception:
            self.logger.exception("%s: the crawl broke off", self.name)
            self.session.end("failed")
            return
        for request in requests:
            engine.crawl(request)
        if not requests and not self.session.ended:
            await engine.close_spider_async(reason="finished")


def _day(raw: date | str | None) -> date | None:
    """An option of ``scrapy crawl -a since=2026-01-31``."""
    try:
        return date.fromisoformat(raw) if isinstance(raw, str) else raw
    except ValueError as error:
        raise ConfigError(f"since={raw!r} is no date; write 2026-01-31") from error


def _count(raw: int | str | None) -> int | None:
    try:
        return int(raw) if raw is not None else None
    except ValueError as error:
        raise ConfigError(f"max_articles={raw!r} is no number") from error
