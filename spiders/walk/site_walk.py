"""The walk over one site in one run: its parts put together, and the requests that go out next."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import date

from scrapy import Request
from scrapy.crawler import Crawler

from scraper.clock import now, today
from scraper.crawl.host_guard import HostGuard
from scraper.crawl.robots import sitemaps_of
from scraper.crawl.session import CrawlSession
from scraper.page.rules import SiteRules
from spiders.articles.collect import ArticleReader
from spiders.lists.candidates import Keys
from spiders.walk.answers import Answers
from spiders.walk.course import Batch, Course
from spiders.walk.frontier import Frontier
from spiders.walk.harvest import Harvest
from spiders.walk.lookout import Lookout
from spiders.walk.plan import Kind, make_plan
from spiders.walk.twins import Twins
from spiders.walk.wander import Wander


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteFacts:
    """What a walk needs to know of its site."""

    name: str
    start: str
    lists: dict[str, Kind]
    """Address -> kind, in the order to ask them."""
    only_listed: bool
    """Whether nothing else leads to its articles."""
    keys: Keys
    guard: HostGuard
    rules: SiteRules
    whole_article: str


class SiteWalk:
    """One run over one site. Made by :meth:`open` once the crawl has begun."""

    def __init__(self, course: Course, answers: Answers, lookout: Lookout, frontier: Frontier) -> None:
        self._batches: AsyncIterator[Batch] = course.batches()
        self._answers = answers
        self._lookout = lookout
        self._frontier = frontier
        self._done = False

    @classmethod
    async def open(
        cls, session: CrawlSession, site: SiteFacts, *, crawler: Crawler, since: date | None, max_articles: int | None
    ) -> SiteWalk:
        """Read what earlier runs left, and plan this one."""
        states = await session.lists()
        pulse = any(state.pulse for state in states.values())
        memory = session.memory
        plan = make_plan(since=since, swept=memory.swept, complete=memory.last == "complete", pulse=pulse, now=now())
        frontier = Frontier(session, plan, max_articles=max_articles)
        twins = Twins(site.keys)
        twins.remember([*memory.recent, *(key for state in states.values() for key in state.front)])
        wander = Wander(
            is_article=site.keys.is_article, is_ours=lambda url: not site.guard.refusal(url), today=today().date()
        )
        harvest = Harvest(frontier, None if site.only_listed else site.keys, twins, site.guard, plan, wander)
        lookout = Lookout(
            session,
            plan,
            lists=await _lists(site, crawler, pulse_alone=plan.mode == "pulse"),
            states=states,
            frontier=frontier,
            keys=site.keys,
            twins=twins,
            guard=site.guard,
            wander=wander,
        )
        course = Course(
            session, plan, frontier=frontier, harvest=harvest, lookout=lookout,
            alone=max_articles is not None, only_listed=site.only_listed,
        )  # fmt: skip
        reader = ArticleReader(site.keys, site=site.name, rules=site.rules, whole=site.whole_article)
        answers = Answers(session, plan, lookout=lookout, twins=twins, harvest=harvest, reader=reader, guard=site.guard)
        return cls(course, answers, lookout, frontier)

    async def step(self) -> list[Request]:
        """The requests to send now that nothing is on its way; none at the end of the run."""
        async for batch in self._batches:
            if batch:
                return [self._answers.request(ask) for ask in batch]
        self._done = True
        return []

    def close(self) -> None:
        """Count what was left out, and keep what the next run needs where this one came to its end."""
        self._frontier.close()
        if self._done:
            self._lookout.close()


async def _lists(site: SiteFacts, crawler: Crawler, *, pulse_alone: bool) -> dict[str, Kind]:
    """The lists of the profile, with the sitemaps that robots.txt names unless the run asks only the pulse."""
    lists = dict(site.lists)
    if not pulse_alone and not site.only_listed:
        for url in await sitemaps_of(crawler, site.start):
            if not site.guard.refusal(url):
                lists.setdefault(url, "sitemap")
    return lists
