"""Articles that other articles link to: they cost no page of a list, and some stand on no list at all."""

from __future__ import annotations

from scraper.crawl.host_guard import HostGuard
from spiders.articles.article_pages import is_page_of
from spiders.articles.page_view import PageView
from spiders.lists.candidates import Candidate, Keys
from spiders.walk.frontier import Frontier, newest_first
from spiders.walk.plan import Plan
from spiders.walk.twins import Twins
from spiders.walk.wander import Wander

BATCH = 100
BATCH_SINCE = 20
LATER = 5
"""An ordinary run takes so many at most, and never more than it found new ones: it must not walk into the archive."""
VOUCHING = 0.4
"""Articles that link to so large a share of all, and to no unknown one, show that the lists are complete."""
VOUCHERS = 25
"""Fewer articles say nothing: a chain of links breaks where one of them is gone."""
WORTH = 3
"""A batch goes on where one in so many brought something."""


class Harvest:
    """Collects links of article pages that are read anyway; none without ``keys``."""

    def __init__(
        self, frontier: Frontier, keys: Keys | None, twins: Twins, guard: HostGuard, plan: Plan, wander: Wander
    ) -> None:
        self._frontier = frontier
        self._keys = keys
        self._twins = twins
        self._guard = guard
        self._plan = plan
        self._wander = wander
        self._linked: set[str] = set()
        self._looked_at: set[str] = set()
        self._found: dict[str, Candidate] = {}
        self._taken = 0

    def note(self, page: PageView) -> None:
        """Keep the links of an article page that look like articles nobody has named yet."""
        keys = self._keys
        if keys is None or not keys.article_url.pattern:
            return
        self._wander.note(page.links)
        for url in page.links:
            if url in self._looked_at:
                continue
            if keys.is_article(url) and not self._guard.refusal(url):
                if is_page_of(url, page.own):
                    continue
                found = self._twins.first(keys.candidate(url))
                self._linked.add(found.key)
                if not self._frontier.has_seen(found.key):
                    self._found.setdefault(found.key, found)
            self._looked_at.add(url)

    def vouches(self, *, discovered: int) -> bool:
        """Whether articles link to many others, and all of these had been found on lists before."""
        known = discovered >= VOUCHERS and len(self._linked) >= VOUCHING * discovered
        return known and not self._taken

    def batch(self, *, stored: int) -> list[Candidate]:
        """The next ones to ask for; ``stored`` is how many articles the run has stored so far."""
        if not self._plan.explores:
            room = min(LATER, stored) - self._taken
        else:
            room = BATCH_SINCE if self._plan.since else BATCH
        waiting = newest_first(found for key, found in self._found.items() if not self._frontier.has_seen(key))
        chosen, rest = waiting[: max(0, room)], waiting[max(0, room) :]
        self._found = {found.key: found for found in rest}
        self._taken += len(chosen)
        return chosen


def was_worth_it(asked: int, stored: int) -> bool:
    """Whether enough of a batch was stored to ask for another."""
    return asked < WORTH or stored * WORTH >= asked
