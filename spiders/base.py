"""The base of every site: a profile in class attributes, and the walk from its lists to its articles."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Iterable, Sequence
from datetime import date
from typing import Any, ClassVar, Self

import scrapy
from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import DontCloseSpider
from scrapy.http import Response, TextResponse
from scrapy.settings import BaseSettings
from twisted.python.failure import Failure

from scraper.config import Config
from scraper.crawl.host_guard import HostGuard
from scraper.crawl.session import CrawlSession, Progress
from scraper.errors import ConfigError, ProfileError
from scraper.page.rules import GENERIC, SiteRules
from spiders.articles import ArticleReader, ArticleTask
from spiders.candidates import Candidate, Keys, local_day
from spiders.failures import GONE, failure_reason, skip_reason, status_of
from spiders.feeds import Entry, read_feed
from spiders.frontier import CHUNK, Frontier, Walk
from spiders.listings import links, next_page
from spiders.profile import Expect, absolute, check_profile
from spiders.sitemaps import read_sitemap

PROFILE_FIELDS = (
    "name", "title", "region", "tier", "start", "hosts", "feeds", "sitemaps", "posts", "listings", "article_url",
    "canonical", "rules", "whole_article", "expect", "delay", "evidence", "verified",
)  # fmt: skip
CHILD_SITEMAPS = 10
SITEMAP_DEPTH = 3


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
    frontier: Frontier
    reader: ArticleReader

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
        self._held: list[Request] = []
        """Next pages of lists on a walk back: asked once the articles before them told their dates."""

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
            settings.set("HTTPPROXY_ENABLED", False, priority="spider")

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        """Scrapy's way to build it; opens the run."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        spider.session = CrawlSession.open(crawler, spider.name, config=spider._config, progress=spider._progress)
        spider.frontier = Frontier(spider.session, since=spider._since, max_articles=spider._max_articles)
        spider.reader = ArticleReader(spider.session, spider.keys, site=spider.name, rules=spider.rules)
        crawler.signals.connect(spider._on_idle, signals.spider_idle)
        return spider

    def closed(self, reason: str) -> None:
        """Scrapy's last call: write down how the run went."""
        report = self.session.close(reason)
        self.logger.info("%s", report.as_row())

    async def _begin(self) -> AsyncIterator[Request]:
        for url in absolute(type(self).start, self.feeds):
            yield self._ask(url, self._parse_feed)
        for url in absolute(type(self).start, self.sitemaps):
            yield self._ask(url, self._parse_sitemap, depth=1)
        for url in absolute(type(self).start, self.listings):
            yield self._ask(url, self._parse_listing, walk=Walk())

    def _ask(self, url: str, callback: Any, **kwargs: Any) -> Request:
        return Request(url, callback=callback, errback=self._on_error, cb_kwargs=kwargs, dont_filter=True)

    async def _parse_feed(self, response: Response) -> AsyncIterator[Request]:
        entries = await asyncio.to_thread(read_feed, response.body, url=response.url)
        self.session.counts.add("lists")
        for request in await self._fetch(self._candidates(entries)):
            yield request

    async def _parse_sitemap(self, response: Response, depth: int) -> AsyncIterator[Request]:
        sitemap = await asyncio.to_thread(read_sitemap, response.body, url=response.url)
        self.session.counts.add("lists")
        candidates = self._candidates(sitemap.articles)
        dated = any(found.when for found in candidates)
        candidates.sort(key=lambda found: found.when or date.min, reverse=True)
        for start in range(0, len(candidates), CHUNK):
            chunk = candidates[start : start + CHUNK]
            for request in await self._fetch(chunk):
                yield request
            if dated and self.frontier.dated_list_ends(chunk):
                break
        if depth < SITEMAP_DEPTH:
            for url in self._children(sitemap.children):
                yield self._ask(url, self._parse_sitemap, depth=depth + 1)

    def _children(self, entries: Iterable[Entry]) -> list[str]:
        """Sitemaps below an index, those changed last first; all of them only when walking back to a date."""
        allowed = [entry for entry in entries if not self.guard.refusal(entry.url)]
        wanted = [e for e in allowed if not (e.changed and self.frontier.is_older(local_day(e.changed)))]
        wanted.sort(key=lambda entry: local_day(entry.changed) if entry.changed else date.min, reverse=True)
        return [entry.url for entry in (wanted if self._since else wanted[:CHILD_SITEMAPS])]

    async def _parse_listing(self, response: Response, walk: Walk) -> AsyncIterator[Request]:
        walk.seen |= {response.url, response.request.url if response.request else response.url}
        if not isinstance(response, TextResponse):
            self.session.counts.add("failed", "list-not-html")
            return
        self.session.counts.add("lists")
        page = response.selector
        urls = [url for url in links(page, response.url) if self.keys.is_article(url) and not self.guard.refusal(url)]
        candidates = [self.keys.candidate(url) for url in urls]
        for request in await self._fetch(candidates, walk=walk):
            yield request
        following = next_page(page, response.url, is_article=self.keys.is_article)
        following = None if following and self.guard.refusal(following) else following
        if following and self.frontier.go_on(walk, candidates, following):
            request = self._ask(following, self._parse_listing, walk=walk)
            if self._since is None:
                yield request
            else:
                self._held.append(request)

    def _candidates(self, entries: Iterable[Entry]) -> list[Candidate]:
        """Entries of a feed or sitemap that are articles of this source."""
        found = []
        for entry in entries:
            if self.guard.refusal(entry.url):
                self.session.counts.add("skipped", "offsite")
            elif self.keys.is_article(entry.url):
                moment = entry.published.value if entry.published else entry.changed
                day = local_day(moment) if moment else None
                found.append(self.keys.candidate(entry.url, when=day, published=entry.published))
        return found

    async def _fetch(self, candidates: Sequence[Candidate], walk: Walk | None = None) -> list[Request]:
        return [self._ask_article(found, walk) for found in await self.frontier.admit(candidates)]

    def _ask_article(self, candidate: Candidate, walk: Walk | None = None) -> Request:
        url = candidate.url
        if self.whole_article:
            url += ("&" if "?" in url else "?") + self.whole_article
        return self._ask(url, self._parse_article, task=ArticleTask(candidate, walk))

    async def _parse_article(self, response: Response, task: ArticleTask) -> AsyncIterator[Any]:
        if not task.pages:
            self.session.counts.add("fetched")
        async for result in self._go_on(self.reader.take(response, task), task):
            yield result

    async def _miss_page(self, failure: Failure) -> AsyncIterator[Any]:
        """A further page of an article brought nothing: the article is stored with those that came."""
        task: ArticleTask = failure.request.cb_kwargs["task"]  # type: ignore[attr-defined]
        self.session.counts.add("skipped", "page-missing")
        async for result in self._go_on(self.reader.miss(task), task):
            yield result

    async def _go_on(self, following: str | None, task: ArticleTask) -> AsyncIterator[Any]:
        """Ask for the article's next page; when there is none, read what came."""
        while following and self.guard.refusal(following):
            following = self.reader.miss(task)
        if following:
            request = self._ask(following, self._parse_article, task=task)
            yield request.replace(errback=self._miss_page)
            return
        item = await self.reader.read(task)
        if item is None:
            return
        published = item.article.published
        older = self.frontier.is_older(local_day(published.value) if published else None)
        if task.walk:
            task.walk.note(older=older)
        if older:
            self.session.counts.add("skipped", "older")
            return
        yield item

    def _on_error(self, failure: Failure) -> None:
        """Count what brought nothing."""
        error, request = failure.value or Exception(), failure.request  # type: ignore[attr-defined]
        task: ArticleTask | None = request.cb_kwargs.get("task")
        if (reason := skip_reason(error)) is not None:
            self.session.counts.add("skipped", reason)
        elif task and status_of(error) in GONE:
            self.session.counts.add("skipped", "gone")
            self.session.memory.skip(task.candidate.key)
        else:
            self.session.counts.add("failed", failure_reason(error))
            self.logger.info("%s brought nothing: %r", request.url, error)

    def _on_idle(self) -> None:
        """When nothing is on its way: go on with the lists, and under a limit fetch the newest of what was found."""
        if self.session.ended:
            return
        requests = [page for page in self._held if self.frontier.still_young(page.cb_kwargs["walk"])]
        self._held.clear()
        if not requests:
            requests = [self._ask_article(found) for found in self.frontier.release()]
        for request in requests:
            self.crawler.engine.crawl(request)
        if requests:
            raise DontCloseSpider


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
