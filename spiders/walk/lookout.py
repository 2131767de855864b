"""The lists of one run: which there are, what their pages bring, and which page of them is asked next."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from scraper.clock import now, today
from scraper.crawl.host_guard import HostGuard
from scraper.crawl.session import CrawlSession
from scraper.crawl.store import ListState, Validators
from scraper.urls import page_number
from spiders.lists.candidates import Candidate, Keys, local_day
from spiders.lists.dated import on_day
from spiders.lists.feeds import Entry
from spiders.lists.posts import posts_page
from spiders.walk.children import wanted_children
from spiders.walk.frontier import Admitted, Frontier, newest_first
from spiders.walk.keeping import moments, next_pulse, states_to_keep
from spiders.walk.lists import DayWalk, PageNews, Walk, page_of
from spiders.walk.pages import ListPage
from spiders.walk.plan import KINDS, WHOLE, Kind, Plan, choose
from spiders.walk.twins import Twins
from spiders.walk.wander import Wander

CHUNK = 50
"""A sitemap known from before is looked at in pieces of this size, the newest first."""
UNDATED = 20
"""Of one without dates so many unknown articles are taken from either end: the rest is the archive."""
COVERED_PROBES = 2
"""Ends of listings that are looked at to see whether archives for machines are complete."""
AT_ONCE = 2
"""Sitemaps below an index asked together."""
SITEMAP_DEPTH = 3
NO_PAGE = frozenset({"http-404", "http-410"})


class Lookout:
    """All lists of a run. ``lists`` are the source's own, ``states`` what earlier runs saw."""

    def __init__(
        self,
        session: CrawlSession,
        plan: Plan,
        *,
        lists: Mapping[str, Kind],
        states: Mapping[str, ListState],
        frontier: Frontier,
        keys: Keys,
        twins: Twins,
        guard: HostGuard,
        wander: Wander,
    ) -> None:
        self._session = session
        session.swept = plan.mode != "pulse"
        self._plan = plan
        self._lists = each_once(lists)
        self._frontier = frontier
        self._keys = keys
        self._twins = twins
        self._wander = wander
        self._guard = guard
        self._pages = 0
        self._asked: set[str] = set()
        """Pages of any list, as ``page_of`` tells them apart."""
        self._archived: set[str] = set()
        """Keys that archives for machines showed: a feed or a sitemap of the last days is none."""
        self._strays: list[Walk] = []
        self.left: list[Walk] = []
        """Listings that were not asked because archives seem to show everything."""
        self.states = dict(states)
        self.walks: dict[str, Walk] = {}
        """Those asked in this run."""
        self.disproved = False
        """True where a listing's end held what no archive for machines showed."""
        self.holding = False
        """True while no list is followed beyond its first page."""
        unread = session.memory.unread
        choice = choose(plan, self._lists, self.states, unread)
        self.now = [self._walk(url) for url in choice.now]
        self.later = list(choice.later)
        if not plan.explores:
            self.now += [self._rest(url, kind) for url, kind in unread.items() if url not in self.walks]

    def is_article(self, url: str) -> bool:
        """Whether an address looks like an article of the source."""
        return self._keys.is_article(url)

    def _walk(self, url: str, parent: Walk | None = None) -> Walk:
        kind = self._lists.get(url, "sitemap")
        state = self.states.get(url)
        if kind == "dated":
            walk: Walk = DayWalk(url=url, kind=kind, state=state, day=today().date())
        else:
            walk = Walk(url=url, kind=kind, state=state, parent=parent)
        self.walks[url] = walk
        return walk

    def _rest(self, url: str, kind: str) -> Walk:
        """The rest of a list, from a page that an earlier run could not read."""
        known: Kind = next((one for one in KINDS if one == kind), "listing")
        return self.walks.setdefault(url, Walk(url=url, kind=known, resumed=True))

    def take_later(self, count: int) -> list[Walk]:
        """So many of the lists that were not asked yet."""
        chosen, self.later = self.later[:count], self.later[count:]
        return [self._walk(url) for url in chosen]

    def wander(self) -> list[Walk]:
        """Pages that nobody named and that look like lists; judged by what the last ones brought."""
        for walk in self._strays:
            self._wander.judge(walk.stray, len(walk.fresh))
        chosen = [] if self._exhausted else self._wander.batch(was_asked=self._was_asked)
        self._strays = [Walk(url=url, kind="listing", stray=form) for form, url in chosen if url not in self.walks]
        self.walks.update((walk.url, walk) for walk in self._strays)
        return self._strays

    @property
    def complete(self) -> bool:
        """Whether archives for machines showed all that any listing has."""
        listings = [walk for walk in self.walks.values() if walk.kind == "listing" and walk.shown]
        return not self.disproved and all(self._archived.issuperset(walk.shown) for walk in listings)

    def take_left(self) -> list[Walk]:
        """Those after all, where archives turned out not to show everything."""
        left, self.left = (self.left, []) if self.disproved else ([], self.left)
        return left

    def first_page(self, walk: Walk) -> str:
        """Where a list begins."""
        if isinstance(walk, DayWalk):
            return on_day(walk.url, walk.day)
        if walk.kind == "posts":
            return posts_page(walk.url, 1, since=self._plan.since)
        return self._session.memory.moved.get(walk.url, walk.url)

    def conditions(self, walk: Walk, url: str) -> Validators:
        """What the site said of a list's state, where it may answer that nothing changed."""
        ordinary = self._plan.mode == "pulse" and walk.state is not None and not isinstance(walk, DayWalk)
        return walk.state.validators if ordinary and walk.state and walk.read == 0 else Validators()

    def note_address(self, walk: Walk, url: str) -> None:
        """A page of a list is asked, or answered under this address."""
        walk.pages.add(page_of(url))
        self._asked.add(page_of(url))

    def _was_asked(self, url: str) -> bool:
        """Whether any list of this run led to that page before."""
        return page_of(url) in self._asked

    def next_pages(self) -> list[tuple[Walk, str]]:
        """The page that each list on its way asks next; each is given once."""
        if self.holding:
            return []
        ready = [walk for walk in self.walks.values() if walk.waiting and not walk.rests]
        below = [walk for walk in ready if walk.parent and not walk.read]
        chosen = []
        for walk in ready:
            if walk in below[AT_ONCE:] and not self._exhausted:
                continue  # the newest of them may fill the run
            url, walk.waiting = walk.waiting, None
            if url and walk.still_young and not self._exhausted and not self._was_asked(url):
                chosen.append((walk, url))
                self._asked.add(page_of(url))
        return chosen

    def probes(self) -> Iterator[tuple[Walk, str]]:
        """The last page of each list that rests; of those that archives cover only a few, the longest."""
        resting = [walk for walk in self.walks.values() if walk.rests and walk.far and not self._was_asked(walk.far)]
        resting.sort(key=lambda walk: page_number(walk.far or ""), reverse=True)
        covered = [walk for walk in resting if walk.covered][:COVERED_PROBES]
        for walk in resting:
            if walk.far and (walk in covered or not walk.covered) and not self._exhausted:
                walk.rests, walk.probing = False, True
                yield walk, walk.far

    @property
    def _exhausted(self) -> bool:
        return self._pages >= self._plan.limits.all_pages or (self._plan.since is None and self._frontier.full)

    def covers(self, walks: Sequence[Walk]) -> bool:
        """Whether archives for machines showed all that these listings have on their first pages."""
        read = [walk for walk in walks if walk.shown]
        return self._plan.since is None and bool(read) and all(self._archived.issuperset(walk.shown) for walk in read)

    @property
    def overflown(self) -> bool:
        """Whether a list shows nothing any more of what it showed last time, so that some may have run through it."""
        asked = [walk for walk in self.walks.values() if walk.state and walk.state.front and walk.read]
        return any(not walk.met and any(key in self._frontier.new for key in walk.shown) for walk in asked)

    async def take(self, walk: Walk, page: ListPage) -> tuple[Candidate, ...]:
        """Enter what a page of a list brought; gives the articles to ask for now."""
        self._pages += 1
        self._session.counts.add("lists")
        candidates = self._candidates(walk, page.entries)
        admitted = await self._admit(walk, candidates)
        keys = tuple(dict.fromkeys(found.key for found in candidates))
        new = frozenset(key for key in keys if key in self._frontier.new)
        news = PageNews(keys=keys, unseen=admitted.unseen, unknown=admitted.unknown, new=new)
        covered = bool(keys) and self._archived.issuperset(keys)
        repeated = not walk.note(news)
        self._wander.note(page.links)
        walk.far = page.far or walk.far
        if walk.probing:
            self._resume(walk, news)
        else:
            following = page.following if page.following and not self._guard.refusal(page.following) else None
            following = following if walk.kind != "feed" or self._pages_feeds else None
            walk.follow(following, news, self._plan, repeated=repeated, covered=covered)
        if walk.kind == "posts" or (walk.kind == "sitemap" and not all(entry.published for entry in page.entries)):
            self._archived.update(keys)
        self._take_children(walk, page.children)
        self._session.tell()
        return admitted.fetch

    def _resume(self, walk: Walk, news: PageNews) -> None:
        """A list's last page was read: follow the list on where that held something unseen."""
        walk.probing, walk.barren = False, 0
        if not news.unseen:
            walk.waiting = None
        elif walk.covered:
            self.disproved = True
            for other in self.walks.values():
                other.rests, other.covered = other.rests and not other.covered, False

    @property
    def _pages_feeds(self) -> bool:
        """Whether the later pages of feeds are asked: for archives, and where there is no other list."""
        return self._plan.since is not None or set(self._lists.values()) <= {"feed"}

    def _candidates(self, walk: Walk, entries: Iterable[Entry]) -> list[Candidate]:
        """Entries that are articles of this source."""
        found = []
        for entry in entries:
            if self._guard.refusal(entry.url):
                if walk.kind in WHOLE:
                    self._frontier.refuse(entry.url, "offsite")
            elif self._keys.is_article(entry.url) or (walk.kind == "feed" and self._keys.may_lead_on(entry.url)):
                moment = entry.published.value if entry.published else entry.changed
                day = local_day(moment) if moment else None
                candidate = self._keys.candidate(entry.url, when=day, published=entry.published)
                candidate = self._twins.first(candidate)
                found.append(candidate)
                if entry.published:
                    self._session.memory.recent[candidate.key] = entry.published.value.isoformat()
            elif walk.kind in ("feed", "posts"):
                self._frontier.refuse(entry.url, "other-address")
        return newest_first(found) if walk.kind == "sitemap" else found

    async def _admit(self, walk: Walk, candidates: list[Candidate]) -> Admitted:
        if walk.kind != "sitemap" or self._plan.explores:
            return await self._frontier.admit(candidates)
        if any(found.when for found in candidates):
            return await self._admit_newest(candidates)
        keys = await self._session.known(found.key for found in candidates)
        unknown = [found for found in candidates if found.key not in keys]
        few = unknown if len(unknown) <= 2 * UNDATED else [*unknown[:UNDATED], *unknown[-UNDATED:]]
        return await self._frontier.admit([*few, *(found for found in candidates if found.key in keys)])

    async def _admit_newest(self, candidates: Sequence[Candidate]) -> Admitted:
        """A sitemap's newest entries, until a stretch of them is known."""
        parts: list[Admitted] = []
        for start in range(0, len(candidates), CHUNK):
            parts.append(await self._frontier.admit(candidates[start : start + CHUNK]))
            if not parts[-1].unknown and not self._plan.deep:
                break
        return Admitted(
            tuple(found for part in parts for found in part.fetch),
            frozenset[str]().union(*(part.unseen for part in parts)),
            frozenset[str]().union(*(part.unknown for part in parts)),
        )

    def _take_children(self, walk: Walk, children: Sequence[Entry]) -> None:
        """Put the sitemaps below an index on their way."""
        depth = sum(1 for _ in _ancestors(walk))
        if not children or depth >= SITEMAP_DEPTH:
            return
        allowed = [child for child in children if not self._guard.refusal(child.url)]
        last = walk.state
        wanted = wanted_children(allowed, plan=self._plan, state=last)
        walk.front = tuple(child.url for child in allowed)
        walk.met = True
        for url in wanted:
            if url not in self.walks:
                below = self._walk(url, walk)
                below.waiting = url

    def note_unchanged(self, walk: Walk) -> None:
        """The site says that a list is as it was."""
        self._pages += 1
        self._session.counts.add("lists", "unchanged")
        walk.unchanged = walk.met = True

    def note_failed(self, walk: Walk, url: str, reason: str, *, lasting: bool) -> None:
        """A page of a list brought nothing; ``lasting`` where it will not bring anything tomorrow either."""
        walk.probing = False
        if isinstance(walk, DayWalk) and lasting and reason in NO_PAGE:
            self._pages += 1
            self._session.counts.add("lists", "empty-day")
            walk.follow(None, PageNews(), self._plan, repeated=False, covered=False)
            return
        self._session.counts.add("lists_failed", reason)
        if walk.read == 0:
            walk.failed = "for-good" if lasting else "for-now"
        elif not lasting:
            walk.broken_off = url

    def close(self) -> None:
        """Hand over what the next run needs; called when the run has come to its end."""
        memory, walks, new = self._session.memory, list(self.walks.values()), self._frontier.new
        memory.unread = {walk.url: walk.kind for walk in walks if walk.failed == "for-now"}
        memory.twins.update(self._twins.everyone())
        memory.unread |= {walk.broken_off: walk.kind for walk in walks if walk.broken_off}
        pulse = next_pulse(
            walks, self._plan, before=self.states, dates=moments(memory.recent), new=new, swept=memory.swept
        )
        self._session.states = states_to_keep(
            walks, before=self.states, pulse=pulse, new=new, owed=memory.owed, now=now()
        )


def each_once(lists: Mapping[str, Kind]) -> dict[str, Kind]:
    """Lists without those that only name a session or a campaign beside the same page."""
    pages: dict[str, tuple[str, Kind]] = {}
    for url, kind in lists.items():
        pages.setdefault(page_of(url), (url, kind))
    return dict(pages.values())


def _ancestors(walk: Walk) -> Iterator[Walk]:
    parent: Walk | None = walk
    while parent is not None:
        yield parent
        parent = parent.parent
