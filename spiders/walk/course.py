"""The course of a run: what is asked after what. Each batch goes out when nothing of the one before is on its way."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from scraper.crawl.session import CrawlSession
from scraper.crawl.store import Reread
from spiders.lists.candidates import Candidate
from spiders.walk import rereads
from spiders.walk.frontier import Frontier
from spiders.walk.harvest import Harvest, was_worth_it
from spiders.walk.lists import Walk
from spiders.walk.lookout import Lookout
from spiders.walk.plan import WHOLE, Plan

OWED = 100
"""Articles of earlier runs that failed, asked again in one run."""
WAVE = 4
"""Front pages of listings asked together on a first crawl: where they bring nothing, no more are asked."""
AT_REST = 3
"""Requests that an ordinary run may send where nothing is new."""
PER_NEW = 2.5
"""And for each new article."""


@dataclass(frozen=True, slots=True)
class ListPageAsk:
    """The next page of a list is to be fetched."""

    walk: Walk
    url: str


Ask = ListPageAsk | Candidate | Reread
Batch = Sequence[Ask]


class Course:
    """The order of one run."""

    def __init__(
        self,
        session: CrawlSession,
        plan: Plan,
        *,
        frontier: Frontier,
        harvest: Harvest,
        lookout: Lookout,
        alone: bool,
        only_listed: bool,
    ) -> None:
        self._session = session
        self._plan = plan
        self._frontier = frontier
        self._harvest = harvest
        self._lookout = lookout
        self._only_listed = only_listed
        self._rereads = not alone
        """A run limited by its caller looks at new articles alone."""

    async def batches(self) -> AsyncIterator[Batch]:
        """All batches to the end of the run; some are empty."""
        yield self._frontier.owed(self._session.memory.owed, OWED)
        async for batch in self._lists():
            yield batch
            for following in self._rounds():
                yield following
        async for found in self._articles():
            yield found
        self._frontier.close()
        if self._rereads:
            limit = self._plan.limits.rereads
            yield await rereads.due(self._session, limit=limit, asked=self._frontier.new)

    def _lists(self) -> AsyncIterator[Batch]:
        if self._plan.explores:
            return self._explore()
        return self._look_for_news()

    async def _explore(self) -> AsyncIterator[Batch]:
        """Lists for machines, then the front pages of listings, then all that was left to follow."""
        lookout = self._lookout
        yield self._ask([walk for walk in lookout.now if walk.kind in WHOLE])
        self._frontier.open_fully()
        listings = iter([walk for walk in lookout.now if walk.kind not in WHOLE])
        lookout.holding = True
        while wave := list(islice(listings, WAVE)):
            yield self._ask(wave)
            if lookout.covers(wave):
                break
        lookout.holding, lookout.left = False, list(listings)
        for batch in self._rounds():
            yield batch
        yield self._probes()
        for batch in self._rounds():
            yield batch
        yield self._ask(lookout.take_left())

    async def _look_for_news(self) -> AsyncIterator[Batch]:
        """The lists chosen for this run; then others, as far as what was found pays for them."""
        lookout = self._lookout
        yield self._ask(lookout.now)
        if lookout.overflown:
            yield self._ask(lookout.take_later(len(lookout.later)))
        while lookout.later and (room := self._room()) > 0:
            yield self._ask(lookout.take_later(room))

    def _room(self) -> int:
        """How many lists more a run may ask for what it has found."""
        return max(AT_REST, int(PER_NEW * self._session.counts["new"])) - self._session.requests

    def _rounds(self) -> Iterator[Batch]:
        """The next page of each list that is worth it, again and again."""
        while asks := [ListPageAsk(walk, url) for walk, url in self._lookout.next_pages()]:
            yield asks

    def _probes(self) -> Batch:
        """The last page of each list that rests: where it holds something unseen, the list is followed on."""
        return [ListPageAsk(walk, url) for walk, url in self._lookout.probes()]

    def _ask(self, walks: Iterable[Walk]) -> Batch:
        return [ListPageAsk(walk, self._lookout.first_page(walk)) for walk in walks]

    async def _articles(self) -> AsyncIterator[Batch]:
        """What was held back, then what articles link to; then what stands on pages that nobody named."""
        async for batch in self._linked_articles():
            yield batch
        if self._plan.mode != "first" or self._only_listed or self._is_complete:
            return
        while strays := self._lookout.wander():
            yield self._ask(strays)
            for following in self._rounds():
                yield following
        async for batch in self._linked_articles():
            yield batch

    @property
    def _is_complete(self) -> bool:
        """Whether there are signs that everything is found: in archives, or by articles that link to nothing else."""
        return self._lookout.complete or self._harvest.vouches(discovered=self._session.counts["discovered"])

    async def _linked_articles(self) -> AsyncIterator[Batch]:
        counts = self._session.counts
        while held := self._frontier.release():
            yield held
        while found := self._harvest.batch(stored=counts["new"]):
            stored = counts["new"]
            fetch = (await self._frontier.admit(found)).fetch
            yield fetch
            while held := self._frontier.release():
                yield held
            if not was_worth_it(len(found), counts["new"] - stored):
                return
