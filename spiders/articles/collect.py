"""From the answers of a site to one article: its pages gathered, read beside the reactor, keyed and dated."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field, replace

from scrapy.http import Response, TextResponse

from scraper.clock import now
from scraper.crawl.archive import RawPage
from scraper.crawl.extraction import POOL, PageJob
from scraper.crawl.pipeline import FetchedArticle
from scraper.crawl.store import Reread
from scraper.errors import ExtractionError, ProfileError
from scraper.items import PAGES_MISSING, Article
from scraper.page.rules import GENERIC, SiteRules
from scraper.urls import normalise_url, without_variants
from spiders.articles.page_plan import PagePlan, SiteHabits
from spiders.articles.page_view import PageView, Reading, read_first, read_later
from spiders.articles.whole_view import WholeView
from spiders.lists.candidates import Candidate, Keys

AHEAD = 2
"""So many answers of a site are held in memory before they are read."""


@dataclass(slots=True)
class ArticleTask:
    """One article on its way: where it was found, and its pages so far."""

    candidate: Candidate
    reread: Reread | None = None
    """Set where a stored article is looked at again."""
    pages: list[RawPage] = field(default_factory=list)
    plan: PagePlan | None = None
    """Where its further pages are; made from the first one."""
    asked_whole: bool = False
    """Whether the view of all its pages is asked before its plain address."""
    refused_whole: bool = False
    """Whether that view was not to be had."""
    addresses: list[str] = field(default_factory=list)
    """All that led to it: asked, redirected by, answered, with those of its further pages that belong to it."""
    first: Reading | None = None
    """What its first page holds, the whole article where there are no others; None after another took its place."""
    refused: str = ""
    """Why its page holds no article: a slug for counting."""

    def begin_plainly(self) -> None:
        """Begin anew with the plain address: the view of all pages brought no article."""
        self.asked_whole, self.refused_whole, self.refused = False, True, ""
        self.pages, self.plan, self.first, self.addresses = [], None, None, []


class ArticleReader:
    """Gathers the pages of an article and turns them into Scrapy's item."""

    def __init__(self, keys: Keys, *, site: str, rules: SiteRules = GENERIC, whole: str = "") -> None:
        self.keys = keys
        self.whole = WholeView(whole)
        self._site = site
        self._rules = rules
        self._habits = SiteHabits()
        self._reading: set[asyncio.Future[None]] = set()

    async def address(self, url: str) -> str:
        """The address to ask for an article now: whole where the site is known to show it so.

        Waits while ``AHEAD`` pages of the site are being read: what they show may change what is asked.
        """
        while len(self._reading) >= AHEAD:
            await asyncio.wait(self._reading, return_when=asyncio.FIRST_COMPLETED)
        return self.whole.address(url)

    async def take(self, response: Response, task: ArticleTask) -> str | None:
        """Add an answer to the article's pages; gives the address of the page that is still missing."""
        self._reading.add(read := asyncio.get_running_loop().create_future())
        try:
            return await self._take(response, task)
        finally:
            self._reading.discard(read)
            read.set_result(None)

    async def _take(self, response: Response, task: ArticleTask) -> str | None:
        page, is_page = raw_page(response), isinstance(response, TextResponse)
        ways = (*response.meta.get("redirect_urls", ()), response.url)
        if not task.pages:
            await self._take_first(task, page, ways)
        elif task.plan is None or not is_page or (view := await self._view(page, task.plan)) is None:
            return self.miss(task)
        else:
            verdict = task.plan.take(view)
            task.pages = [*(task.pages if verdict != "replace" else []), *([page] if verdict != "drop" else [])]
            task.addresses += ways if verdict != "drop" else ()
            task.first = task.first if verdict != "replace" else None
        following = task.plan.following if task.plan else None
        if task.plan and following is None:
            self.whole.note(task.pages[0].url, whole=task.asked_whole or task.plan.came_whole)
        return following

    async def _take_first(self, task: ArticleTask, page: RawPage, ways: Iterable[str]) -> None:
        task.pages.append(page)
        task.addresses += ways
        if task.refused_whole:
            self.whole.refuse()
        found = (task.candidate.url,)
        try:
            first = await POOL.run(page.url, read_first, self._job(task), address=page.url, found=found)
        except ExtractionError as error:
            first = Reading(error)
        task.first = first
        task.plan = PagePlan(first.view, habits=self._habits) if first.view else None

    async def _view(self, page: RawPage, plan: PagePlan) -> PageView | None:
        with suppress(ExtractionError):
            return await POOL.run(page.url, read_later, page, own=plan.own, number=plan.number)
        return None

    def miss(self, task: ArticleTask) -> str | None:
        """A further page of an article is not to be had; gives the address of the next one to ask for."""
        if task.plan is None:
            return None
        task.plan.miss()
        return task.plan.following

    async def read(self, task: ArticleTask) -> FetchedArticle | None:
        """The article with its pages; None for what holds none; the task then says why. ProfileError passes through."""
        first = task.pages[0]
        if not self.keys.is_article(first.url):
            task.refused = "redirected" if self.keys.is_article(task.candidate.url) else "other-address"
            return None
        article = await self._article(task)
        if isinstance(article, ProfileError):
            raise article
        if isinstance(article, ExtractionError):
            task.refused = article.reason
            return None
        article = self._keyed(article, first.url, task.candidate)
        if task.plan and task.plan.incomplete:
            article = replace(article, flags=(*article.flags, PAGES_MISSING))
        aliases = self._aliases(task) - {article.canonical_url}
        return FetchedArticle(article=article, pages=task.pages, aliases=sorted(aliases))

    async def _article(self, task: ArticleTask) -> Article | ExtractionError | ProfileError:
        """What its pages hold; the first one alone was read when it came."""
        if task.first and len(task.pages) == 1:
            return task.first.article
        try:
            return await POOL.extract(self._job(task))
        except ExtractionError as error:
            return error

    def _aliases(self, task: ArticleTask) -> set[str]:
        """The keys of all addresses that led to an article, by the site's rule and without."""
        found = (task.candidate.url, *task.addresses)
        return {task.candidate.key, *map(normalise_url, found), *map(self.keys.key, found)}

    def _job(self, task: ArticleTask) -> PageJob:
        first = task.pages[0]
        return PageJob(
            body=first.body,
            url=without_variants(first.url),
            rules=self._rules,
            site=self._site,
            fetched_at=now(),
            content_type=first.content_type,
            canonical_url=self.keys.by_rule(first.url) or self.keys.by_rule(task.candidate.url),
            more_pages=tuple(page.body for page in task.pages[1:]),
        )

    def _keyed(self, article: Article, url: str, candidate: Candidate) -> Article:
        """With a canonical link believed only where it names an article, and a feed's date where the page has none."""
        stated = article.canonical_url
        if not self.keys.by_rule(url) and not any(map(self.keys.is_article, (stated, f"{stated}/"))):
            article = replace(article, canonical_url=normalise_url(url))
        if article.published is None and candidate.published is not None:
            flags = tuple(flag for flag in article.flags if flag != "date-unknown")
            article = replace(article, published=candidate.published, flags=flags)
        return article


def raw_page(response: Response) -> RawPage:
    """A response as the archive keeps it."""
    headers = tuple(
        (name.decode("latin-1"), value.decode("latin-1"))
        for name, values in response.headers.items()
        for value in values
    )
    return RawPage(url=response.url, status=response.status, headers=headers, body=response.body)
