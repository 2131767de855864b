"""What a run sets out to do: everything, a sweep of all lists, or only the few that show what is new. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Literal

from scraper.crawl.store import ListState

Mode = Literal["first", "since", "sweep", "pulse"]
Kind = Literal["feed", "sitemap", "posts", "listing", "dated"]
KINDS: tuple[Kind, ...] = ("posts", "feed", "sitemap", "listing", "dated")
"""In the order of a first crawl: lists that name many articles at once come first."""
WHOLE: frozenset[Kind] = frozenset({"posts", "feed", "sitemap"})
"""Lists for machines: no page of them is only furniture around a few links."""
SWEEP_EVERY = timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Where a run ends at the latest, whatever the site does."""

    articles: int = 1000
    """That it fetches: a first look, not the archive."""
    pages: int = 100
    """Of one list."""
    all_pages: int = 400
    """Of all lists together."""
    child_sitemaps: int = 10
    rereads: int = 50


WALK_BACK = Limits(articles=1_000_000, pages=2000, all_pages=20_000, child_sitemaps=10_000)
"""Limits of a run that walks archives back to a day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How a run goes."""

    mode: Mode
    since: date | None = None
    deep: bool = False
    """True after a run that broke off: a page of known articles does not end a list."""
    limits: Limits = field(default_factory=Limits)

    @property
    def explores(self) -> bool:
        """Whether it looks for everything there is, not only for what is new."""
        return self.mode in ("first", "since")

    def is_older(self, day: date | None) -> bool:
        """Whether a day lies before the one that the caller walks back to."""
        return self.since is not None and day is not None and day < self.since


def make_plan(*, since: date | None, swept: datetime | None, complete: bool, pulse: bool, now: datetime) -> Plan:
    """The plan from how earlier runs went: ``swept`` is the last one that asked all lists and came to its end.

    ``complete`` tells whether the very last one did, ``pulse`` whether it is known which lists show what is new.
    """
    if since is not None:
        return Plan(mode="since", since=since, limits=WALK_BACK)
    if swept is None:
        return Plan(mode="first")
    if complete and pulse and now - swept < SWEEP_EVERY:
        return Plan(mode="pulse")
    return Plan(mode="sweep", deep=not complete)


@dataclass(frozen=True, slots=True)
class Choice:
    """Lists for an ordinary run: those asked now, and those asked where there is room, the longest unseen first."""

    now: tuple[str, ...]
    later: tuple[str, ...]


def choose(plan: Plan, lists: Iterable[str], states: Mapping[str, ListState], unread: Iterable[str]) -> Choice:
    """Which of a source's lists a run asks: the pulse, new ones and those that failed; a sweep asks all.

    Lists that had nothing when they were last seen wait for the next sweep.
    """
    lists = list(lists)
    if plan.mode != "pulse":
        return Choice(tuple(lists), ())
    failed = set(unread)
    pulse = [url for url, state in states.items() if state.pulse]
    now = dict.fromkeys([*pulse, *(url for url in lists if url not in states or url in failed)])
    later = [url for url in lists if url not in now and (states[url].front or not states[url].seen_at)]
    later.sort(key=lambda url: seen.timestamp() if (seen := states[url].seen_at) else 0.0)
    return Choice(tuple(now), tuple(later))
