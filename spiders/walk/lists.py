"""One list followed from page to page, and when it has been followed far enough. Pure: no network, no clock."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal

from scraper.clock import local_day
from scraper.crawl.store import ListState, Validators
from scraper.urls import normalise_url, page_number
from spiders.lists.dated import is_of_day, on_day
from spiders.walk.plan import Kind, Plan

BARREN = 2
"""Pages in a row without anything unseen let a list rest."""
BARREN_DAYS = 10
"""The same for a list by day: a small paper has days without news."""
FEW_DAYS = 4
"""Where it had news every day, or where archives for machines showed all that was on it; more after longer gaps."""
KNOWN_AFTER_BREAK = 10
"""Wholly known pages in a row that end a list when the last run broke off."""
OLDER = 5
"""Articles in a row older than wanted that end a walk back."""
OVERLAP = 0.25
"""Share of the last run's front that a page must show to have met it: one pinned article is not enough."""
FRONT = 100

Verdict = Literal["next", "rest", "end"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PageNews:
    """What one page of a list brought."""

    keys: tuple[str, ...] = ()
    """All articles on it, in its order."""
    unseen: frozenset[str] = frozenset()
    """Those that no list of this run had shown."""
    unknown: frozenset[str] = frozenset()
    """Those of the unseen that are not stored either."""
    new: frozenset[str] = frozenset()
    """All on it that were not stored when the run began, also where another list showed them first."""


@dataclass(slots=True, eq=False, kw_only=True)
class Walk:
    """A list on its way."""

    url: str
    """As the profile or an index names it; with a place for the day where it is a list by day."""
    kind: Kind
    state: ListState | None = None
    """What the last run saw of it."""
    parent: Walk | None = None
    pages: set[str] = field(default_factory=set)
    """What was asked, as ``page_of`` tells pages apart."""
    read: int = 0
    stray: str = ""
    """The shape of its address, where nobody named it and it only looks like a list."""
    shown: dict[str, None] = field(default_factory=dict)
    """Keys of all articles it showed, in its order."""
    front: tuple[str, ...] = ()
    """Keys on its first page; of an index its children."""
    fresh: dict[str, None] = field(default_factory=dict)
    """Those that it was the first to show and that were not stored."""
    validators: Validators = field(default_factory=Validators)
    waiting: str | None = None
    """The page that it would ask next."""
    far: str | None = None
    """Its last page, as far as its links tell."""
    rests: bool = False
    """True after pages without anything unseen: its end is looked at before it is given up."""
    covered: bool = False
    """True while archives for machines showed all that it showed."""
    probing: bool = False
    """True while its last page is on its way."""
    failed: Literal["", "for-now", "for-good"] = ""
    broken_off: str | None = None
    """A later page that could not be read for now."""
    resumed: bool = False
    """True for the rest of a list that an earlier run could not read."""
    unchanged: bool = False
    """True where it answered that nothing changed."""
    met: bool = False
    """True where it was followed down to what the last run saw."""
    barren: int = 0
    known_in_a_row: int = 0
    older_in_a_row: int = 0
    _seen_sets: set[frozenset[str]] = field(default_factory=set)

    def note(self, news: PageNews) -> bool:
        """Take in a page; False for one that only repeats an earlier page of this list."""
        keys = frozenset(news.keys)
        repeated = bool(keys) and keys in self._seen_sets
        self._seen_sets.add(keys)
        self.read += 1
        if self.read == 1:
            self.front = news.keys
        elif self.read == 2 and self.kind == "listing":
            self.front = tuple(key for key in self.front if key not in keys) or self.front
        self.shown.update(dict.fromkeys(news.keys))
        self.fresh.update(dict.fromkeys(key for key in news.keys if key in news.unknown))
        self.met = self.met or self._meets(keys, news)
        return not repeated

    def note_older(self, *, older: bool) -> None:
        """An article of the list was read; enough older ones in a row end the walk back."""
        self.older_in_a_row = self.older_in_a_row + 1 if older else 0

    @property
    def still_young(self) -> bool:
        """Whether a walk back has not yet passed the day wanted."""
        return self.older_in_a_row < OLDER

    def _meets(self, keys: frozenset[str], news: PageNews) -> bool:
        """Whether the page reaches what the last run saw."""
        last = self.state.front if self.state else ()
        if last:
            return len(keys.intersection(last)) >= max(1, OVERLAP * len(last))
        return False

    def follow(self, following: str | None, news: PageNews, plan: Plan, *, repeated: bool, covered: bool) -> None:
        """Settle which page is asked next, if any; ``covered``: archives for machines showed all on this one."""
        self.waiting = None
        if repeated or following is None or page_of(following) in self.pages or self.read >= plan.limits.pages:
            return
        self.covered = covered and not self.fresh
        verdict = self._verdict(news, plan)
        self.rests = verdict == "rest"
        if verdict != "end":
            self.waiting = following

    def _verdict(self, news: PageNews, plan: Plan) -> Verdict:
        if plan.mode == "since":
            self.barren = 0 if news.keys else self.barren + 1
            return "next" if self.barren <= BARREN else "end"
        if plan.mode == "first" or self.state is None:
            return self._explored(news.unseen if plan.mode == "first" else news.unknown)
        return self._caught_up(news, plan)

    def _explored(self, fresh: frozenset[str]) -> Verdict:
        self.barren = 0 if fresh else self.barren + 1
        return "next" if self.barren < (1 if self.covered else BARREN) else "rest"

    def _caught_up(self, news: PageNews, plan: Plan) -> Verdict:
        """For a list that the last run read: on until that is met."""
        known = bool(news.keys) and not news.new
        self.known_in_a_row = self.known_in_a_row + 1 if known else 0
        self.barren = 0 if news.new else self.barren + 1
        if self.met or self.known_in_a_row >= (KNOWN_AFTER_BREAK if plan.deep else 1):
            return "end"
        return "next" if self.barren <= BARREN or plan.deep else "end"


@dataclass(slots=True, eq=False, kw_only=True)
class DayWalk(Walk):
    """A list with a page for each day, walked from today back."""

    day: date
    """The day whose page is being read."""
    brought: bool = False
    """Whether that day brought anything unseen."""
    gap: int | None = None
    """The longest stretch of days that brought nothing between two that did; None where none has brought anything."""

    def follow(self, following: str | None, news: PageNews, plan: Plan, *, repeated: bool, covered: bool) -> None:
        """On to the day's next page while its pages bring something, then to the day before."""
        fresh = news.new if plan.mode != "first" and self.state else news.unseen
        self.brought = self.brought or bool(fresh)
        self.covered = not self.fresh and (covered or (self.covered and not news.keys))
        self.waiting = None
        if self.read >= plan.limits.pages:
            return
        if (
            fresh
            and not repeated
            and following
            and page_of(following) not in self.pages
            and is_of_day(following, self.url, self.day)
        ):
            self.waiting = following
        elif self._goes_back(plan):
            if self.brought:
                self.gap = max(self.gap or 0, self.barren)
            self.barren = 0 if self.brought else self.barren + 1
            self.day, self.brought = self.day - timedelta(days=1), False
            self.waiting = on_day(self.url, self.day)

    def _goes_back(self, plan: Plan) -> bool:
        if plan.since is not None:
            return self.day > plan.since
        if plan.mode != "first" and self.state is not None and self.state.seen_at is not None:
            return self.day > local_day(self.state.seen_at)
        if self.covered:
            patience = FEW_DAYS
        else:
            patience = BARREN_DAYS if self.gap is None else min(BARREN_DAYS, FEW_DAYS + 2 * self.gap)
        return self.brought or self.barren + 1 < patience


def page_of(url: str) -> str:
    """Which page of which list an address shows, whatever session or campaign it names beside."""
    return f"{normalise_url(url)} {page_number(url)}"


def saved_front(walk: Walk, new: Collection[str]) -> tuple[str, ...]:
    """The front to keep: without what surrounds the list, as far as the last front and the run's ``new`` ones tell."""
    last = walk.state.front if walk.state else ()
    if walk.read >= 2 or not last or walk.kind != "listing":
        return walk.front[:FRONT]
    told = {*last, *new}
    return tuple(key for key in walk.front if key in told)[:FRONT]
