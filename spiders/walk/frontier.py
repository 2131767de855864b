"""Which of the found articles are fetched: each once, nothing that is stored, nothing older than wanted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from scraper.clock import today
from scraper.crawl.session import CrawlSession
from spiders.lists.candidates import Candidate
from spiders.walk.plan import Plan

FIRST_SHARE = 0.8
"""How much of a first crawl's articles the lists for machines may use up: other lists know some that these lack."""


@dataclass(frozen=True, slots=True)
class Admitted:
    """What became of the articles on one page of a list."""

    fetch: tuple[Candidate, ...]
    """To be asked for now."""
    unseen: frozenset[str]
    """Keys that this run had not seen before."""
    unknown: frozenset[str]
    """Those of them that are not stored."""


class Frontier:
    """The memory of one run."""

    def __init__(self, session: CrawlSession, plan: Plan, *, max_articles: int | None = None) -> None:
        self._session = session
        self._plan = plan
        self._max_articles = max_articles
        self._limit = plan.limits.articles
        self._share = FIRST_SHARE if plan.mode == "first" else 1.0
        self._seen: set[str] = set()
        self._reserve: list[Candidate] = []
        self._released = 0
        self.new: dict[str, Candidate] = {}
        """Key -> article that was not stored when this run found it."""

    async def admit(self, candidates: Iterable[Candidate]) -> Admitted:
        """Enter what the run has not seen."""
        unseen = {found.key: found for found in reversed(list(candidates)) if found.key not in self._seen}
        self._seen |= unseen.keys()
        known = await self._session.known(unseen)
        counts = self._session.counts
        counts.add("discovered", count=len(unseen))
        counts.add("known", count=len(known))
        unknown = [found for key, found in reversed(unseen.items()) if key not in known]
        self.new.update((found.key, found) for found in unknown)
        wanted = [found for found in unknown if not self._too_old(found)]
        room = 0 if self._max_articles is not None else max(0, int(self._limit * self._share) - self._released)
        self._reserve.extend(wanted[room:])
        keys = frozenset(found.key for found in unknown)
        return Admitted(self._release(wanted[:room]), frozenset(unseen), keys)

    def open_fully(self) -> None:
        """Let the run use up its whole limit from now on."""
        self._share = 1.0

    def owed(self, articles: dict[str, str], limit: int) -> tuple[Candidate, ...]:
        """Articles that an earlier run could not fetch, as candidates of this one."""
        chosen = [Candidate(url=url, key=key) for key, url in list(articles.items())[:limit] if key not in self._seen]
        self._seen.update(found.key for found in chosen)
        self._session.counts.add("discovered", count=len(chosen))
        if self._max_articles is not None:
            self._reserve.extend(chosen)
            return ()
        return self._release(chosen)

    def release(self) -> tuple[Candidate, ...]:
        """The newest of those held back that still fit under the limits; called when nothing is on its way."""
        counts = self._session.counts
        if self._max_articles is not None:
            room = self._max_articles - counts["new"] - counts["changed"] - counts["same"]
        else:
            room = self._limit - self._released
        self._reserve.sort(key=lambda found: found.when or today().date(), reverse=True)
        chosen, self._reserve = self._reserve[: max(0, room)], self._reserve[max(0, room) :]
        return self._release(chosen)

    def close(self) -> None:
        """Count what stays unasked for because of a limit."""
        self._session.counts.add("left", "limit", len(self._reserve))
        self._session.cut_short = self._max_articles is not None and bool(self._reserve)
        self._reserve = []

    def refuse(self, url: str, reason: str) -> None:
        """Count an address of a list that is no article of this source, once."""
        if url not in self._seen:
            self._seen.add(url)
            self._session.counts.add("discovered")
            self._session.counts.add("skipped", reason)

    def has_seen(self, key: str) -> bool:
        """Whether this run met the article already."""
        return key in self._seen

    @property
    def full(self) -> bool:
        """Whether as many articles are found as this run may fetch."""
        if self._max_articles is not None:
            return len(self._reserve) >= self._max_articles
        return self._released + len(self._reserve) >= self._limit

    def _release(self, candidates: Sequence[Candidate]) -> tuple[Candidate, ...]:
        self._released += len(candidates)
        for found in candidates:
            self._session.ledger.enter(found.key, found.url)
        return tuple(candidates)

    def _too_old(self, found: Candidate) -> bool:
        older = self._plan.is_older(found.when)
        if older:
            self._session.counts.add("skipped", "older")
        return older


def newest_first(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Dated ones by their day, the newest first; then the others in their order."""
    return sorted(candidates, key=lambda found: found.when or date.min, reverse=True)
