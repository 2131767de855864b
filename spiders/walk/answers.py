"""What is asked of a site, and what becomes of its answers: pages of lists, articles, second looks, failures."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

from scrapy import Request
from scrapy.http import Response
from twisted.python.failure import Failure

from scraper.crawl.host_guard import HostGuard
from scraper.crawl.late_address import LATE
from scraper.crawl.pipeline import FetchedArticle
from scraper.crawl.session import CrawlSession, validators_of
from scraper.crawl.store import Reread, Validators
from scraper.errors import ProfileError
from spiders.articles.collect import ArticleReader, ArticleTask, raw_page
from spiders.articles.whole_view import PLAIN_MAY_DO
from spiders.lists.candidates import Candidate, local_day
from spiders.walk import rereads
from spiders.walk.course import Ask, ListPageAsk
from spiders.walk.failures import GONE, IN_CIRCLES, failure_reason, is_lasting, skip_reason, status_of
from spiders.walk.harvest import Harvest
from spiders.walk.lists import Walk
from spiders.walk.lookout import Lookout
from spiders.walk.pages import NoList, as_page, read_page
from spiders.walk.plan import Plan
from spiders.walk.twins import Twins

logger = logging.getLogger(__name__)

REMOVED = frozenset({"redirected", "soft-404", "not-found"})
"""Why a stored article's page holds none any more, where it was removed without saying so."""
BEGUN_FIRST = 1
"""The further pages of an article come before the next one: what they show is learned for those that follow."""
MOVED_FOR_GOOD = frozenset({301, 308})


class Answers:
    """Makes requests of what the course asks for, and Scrapy's callbacks of what comes back."""

    def __init__(
        self,
        session: CrawlSession,
        plan: Plan,
        *,
        lookout: Lookout,
        twins: Twins,
        harvest: Harvest,
        reader: ArticleReader,
        guard: HostGuard,
    ) -> None:
        self._session = session
        self._plan = plan
        self._lookout = lookout
        self._twins = twins
        self._harvest = harvest
        self._reader = reader
        self._guard = guard
        self._walks: dict[str, Walk] = {}
        """Article -> the list that a walk back found it on."""

    def request(self, ask: Ask) -> Request:
        """The request for one thing that the course asks for."""
        if isinstance(ask, ListPageAsk):
            self._lookout.note_address(ask.walk, ask.url)
            conditions = self._lookout.conditions(ask.walk, ask.url)
            return self._request(ask.url, self.list_page, conditions, walk=ask.walk)
        if isinstance(ask, Reread):
            task = ArticleTask(Candidate(url=ask.url, key=ask.key), reread=ask)
            return self._article_request(task, ask.validators)
        return self._article_request(ArticleTask(ask))

    def _article_request(self, task: ArticleTask, validators: Validators | None = None) -> Request:
        """For the whole article at once, where the site is known by then to show it so."""
        url = task.candidate.url

        async def late() -> str:
            address = await self._reader.address(url)
            task.asked_whole = address != url
            return address

        request = self._request(url, self.article, validators, task=task)
        request.meta[LATE] = late
        return request

    def _plainly(self, task: ArticleTask) -> Request:
        """For the plain address of an article whose whole view was not to be had."""
        task.begin_plainly()
        return self._request(task.candidate.url, self.article, task=task)

    def _request(self, url: str, callback: Any, validators: Validators | None = None, **kwargs: Any) -> Request:
        headers = rereads.conditions(validators) if validators else {}
        meta = {"handle_httpstatus_list": rereads.CONDITIONAL} if headers else {}
        return Request(
            url, callback=callback, errback=self.failed, headers=headers, meta=meta, cb_kwargs=kwargs, dont_filter=True
        )

    async def list_page(self, response: Response, walk: Walk) -> AsyncIterator[Request]:
        """A page of a list: its new articles are asked for at once, its next page by the course."""
        self._lookout.note_address(walk, response.url)
        if response.status == 304:
            self._lookout.note_unchanged(walk)
            return
        try:
            page = await read_page(walk, response, is_article=self._lookout.is_article)
        except NoList:
            self._lookout.note_failed(walk, response.url, "not-html", lasting=True)
            return
        if walk.read == 0:
            self._note_first(response, walk)
        fetch = await self._lookout.take(walk, page)
        for found in fetch:
            self._walks[found.key] = walk
            yield self.request(found)

    def _note_first(self, response: Response, walk: Walk) -> None:
        walk.validators = validators_of(raw_page(response).headers)
        meta = response.request.meta if response.request else {}
        reasons = meta.get("redirect_reasons") or ()
        if reasons and MOVED_FOR_GOOD.issuperset(reasons) and walk.kind in ("feed", "sitemap", "listing"):
            self._session.memory.moved[walk.url] = response.url

    async def article(self, response: Response, task: ArticleTask) -> AsyncIterator[Any]:
        """A page of an article; when none is missing it is read and handed to the pipeline."""
        if response.status == 304 and task.reread:
            await rereads.unchanged(self._session, task.reread)
            return
        response = as_page(response) or response
        is_first = not task.pages
        following = await self._reader.take(response, task)
        if is_first:
            self._session.counts.add("fetched")
            if task.first and task.first.view:
                self._harvest.note(task.first.view)
        async for result in self._go_on(following, task):
            yield result

    async def _go_on(self, following: str | None, task: ArticleTask) -> AsyncIterator[Any]:
        """Ask for the article's next page; when there is none, read what came."""
        while following and self._guard.refusal(following):
            following = self._reader.miss(task)
        if following:
            request = self._request(following, self.article, task=task)
            yield request.replace(priority=BEGUN_FIRST)
        elif (item := await self._read(task)) is not None:
            yield item
        elif task.asked_whole and task.refused in PLAIN_MAY_DO:
            yield self._plainly(task)

    async def _read(self, task: ArticleTask) -> FetchedArticle | None:
        """The item; None for what holds no article, was older than wanted or could not be read, which is counted."""
        key = task.candidate.key
        try:
            item = await self._reader.read(task)
        except Exception as error:
            self._session.settle(key, "failed", "extraction")
            if isinstance(error, ProfileError):
                self._session.end("failed")
            raise
        if item is None:
            if not (task.asked_whole and task.refused in PLAIN_MAY_DO):
                await self._refused(task)
            return None
        item.found_as = key
        item.aliases = sorted({*item.aliases, *self._twins.others(key)} - {item.article.canonical_url})
        if task.reread and item.article.canonical_url != key:
            aliases = sorted({*item.aliases, item.article.canonical_url} - {key})
            item.article, item.aliases = replace(item.article, canonical_url=key), aliases
        return item if task.reread or self._is_wanted(item) else None

    def _is_wanted(self, item: FetchedArticle) -> bool:
        """Whether an article is young enough; notes its day for its list and for the next runs."""
        published = item.article.published
        older = self._plan.is_older(local_day(published.value) if published else None)
        if walk := self._walks.pop(item.found_as, None):
            walk.note_older(older=older)
        if older:
            self._session.settle(item.found_as, "skipped", "older")
        elif published:
            self._session.memory.recent.setdefault(item.found_as, published.value.isoformat())
        return not older

    async def _refused(self, task: ArticleTask) -> None:
        """A page without an article: of a stored one it may tell that it was removed."""
        if task.reread is None:
            self._session.settle(task.candidate.key, "skipped", task.refused, for_good=True)
        elif task.refused in REMOVED:
            await rereads.gone(self._session, task.reread)
        else:
            await self._session.looked(task.reread.key, "unchanged")
            self._session.settle(task.reread.key, "skipped", task.refused)

    async def failed(self, failure: Failure) -> AsyncIterator[Any]:
        """An answer that is an error: counted with its reason; an article in parts is read as far as it came."""
        error: BaseException = failure.value or Exception()
        request: Request = failure.request  # type: ignore[attr-defined]
        walk, task = request.cb_kwargs.get("walk"), request.cb_kwargs.get("task")
        reason = skip_reason(error) or failure_reason(error)
        logger.info("%s brought nothing: %r", request.url, error)
        if reason == "run-ended":
            return  # what is still on its way is counted when the run closes
        if walk is not None:
            self._lookout.note_failed(walk, request.url, reason, lasting=is_lasting(error))
        elif task is not None and task.pages:
            self._session.counts.add("pages_missing", reason)
            async for result in self._go_on(self._reader.miss(task), task):
                yield result
        elif task is not None and task.asked_whole and reason in PLAIN_MAY_DO:
            yield self._plainly(task)
        elif task is not None:
            await self._without_article(task, error, reason)

    async def _without_article(self, task: ArticleTask, error: BaseException, reason: str) -> None:
        key = task.candidate.key
        if status_of(error) in GONE:
            if task.reread:
                await rereads.gone(self._session, task.reread)
            else:
                self._session.settle(key, "skipped", "gone", for_good=True)
        elif skip_reason(error):
            self._session.settle(key, "skipped", reason, for_good=reason != "robots" and task.reread is None)
        else:
            self._session.settle(key, "failed", reason, for_good=reason in IN_CIRCLES)
