"""Which of the found addresses are fetched, in which order, and when a list has been followed far enough."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from scraper.clock import today
from scraper.crawl.session import CrawlSession
from spiders.candidates import Candidate

PAGES = 50
"""How far a list is followed on a run without a date."""
KNOWN_PAGES = {"complete": 1, "failures": 10, "broken": PAGES}
"""How many wholly known pages in a row end a list, by how the last run ended."""
EMPTY_PAGES = 3
"""A dated index may have days without news; so many in a row are its end."""
PAGES_SINCE = 2000
"""How far it is followed when walking back to a date."""
ARTICLES = 500
"""How many articles a run without a date fetches at most: a first look, not the archive."""
CHUNK = 50
"""A sitemap is looked at in pieces of this size, the newest first."""
OLDER_IN_A_ROW = 5


@dataclass(slots=True)
class Walk:
    """One list being followed from page to page."""

    seen: set[str] = field(default_factory=set)
    """Addresses of its pages."""
    older_in_a_row: int = 0
    known_in_a_row: int = 0
    empty_in_a_row: int = 0

    def note(self, *, older: bool) -> None:
        """An article of the list was read; enough older ones in a row end the walk back."""
        self.older_in_a_row = self.older_in_a_row + 1 if older else 0


class Frontier:
    """The memory of one run: each article once, nothing that is stored, nothing older than wanted."""

    def __init__(self, session: CrawlSession, *, since: date | None, max_articles: int | None) -> None:
        self._session = session
        self._since = since
        self._max_articles = max_articles
        self._seen: set[str] = set()
        self._known: set[str] = set()
        self._reserve: list[Candidate] = []
        self._released = 0

    async def admit(self, candidates: Iterable[Candidate]) -> list[Candidate]:
        """Those to fetch now, in the order given."""
        unseen = {found.key: found for found in reversed(list(candidates)) if found.key not in self._seen}
        self._seen |= unseen.keys()
        known = await self._session.known(unseen)
        self._known |= known
        counts = self._session.counts
        counts.add("discovered", count=len(unseen))
        counts.add("known", count=len(known))
        fresh = [found for key, found in reversed(unseen.items()) if key not in known and not self._too_old(found)]
        if self._max_articles is not None:
            self._reserve.extend(fresh)
            return []
        room = len(fresh) if self._since else max(0, ARTICLES - self._released)
        if len(fresh) > room:
            counts.add("skipped", "over-limit", len(fresh) - room)
        self._released += len(fresh[:room])
        return fresh[:room]

    def go_on(self, walk: Walk, candidates: Sequence[Candidate], page: str | None) -> bool:
        """Whether the list's next page is worth a request."""
        known = bool(candidates) and self.all_known(candidates)
        walk.empty_in_a_row = 0 if candidates else walk.empty_in_a_row + 1
        walk.known_in_a_row = walk.known_in_a_row + 1 if known else 0
        if page is None or page in walk.seen or walk.empty_in_a_row >= EMPTY_PAGES or self._full:
            return False
        if self._since:
            return len(walk.seen) < PAGES_SINCE and self.still_young(walk)
        return len(walk.seen) < PAGES and walk.known_in_a_row < KNOWN_PAGES[self._session.memory.last]

    def still_young(self, walk: Walk) -> bool:
        """Whether a list walked back has not yet passed the day wanted."""
        return walk.older_in_a_row < OLDER_IN_A_ROW

    def all_known(self, candidates: Sequence[Candidate]) -> bool:
        """Whether all of a stretch of a list was known before this run."""
        return all(found.key in self._known for found in candidates)

    def dated_list_ends(self, candidates: Sequence[Candidate]) -> bool:
        """Whether what follows in a list sorted by date was seen by the last run."""
        return self._since is None and self._session.memory.last == "complete" and self.all_known(candidates)

    def release(self) -> list[Candidate]:
        """The newest ones held back that still fit under the caller's limit; called when nothing is on its way."""
        if self._max_articles is None:
            return []
        counts = self._session.counts
        room = max(0, self._max_articles - counts["new"] - counts["changed"] - counts["same"])
        self._reserve.sort(key=lambda found: found.when or today().date(), reverse=True)
        chosen, self._reserve = self._reserve[:room], self._reserve[room:]
        self._session.cut_short = bool(self._reserve)
        return chosen

    def is_older(self, day: date | None) -> bool:
        """Whether a day lies before the one that the caller walks back to."""
        return self._since is not None and day is not None and day < self._since

    def _too_old(self, found: Candidate) -> bool:
        older = self.is_older(found.when)
        if older:
            self._session.counts.add("skipped", "older")
        return older

    @property
    def _full(self) -> bool:
        """Whether as many articles are found as this run may fetch."""
        if self._max_articles is not None:
            return len(self._reserve) >= self._max_articles
        return self._since is None and self._released >= ARTICLES
