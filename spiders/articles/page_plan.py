"""Gathers the pages of one article with as few requests as can be: which to ask next, and whether an answer belongs."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Literal

from scraper.urls import normalise_url
from spiders.articles.article_pages import MAX_PAGES, Parts, guesses, is_page_of, renumbered
from spiders.articles.page_view import PageView

Verdict = Literal["add", "replace", "drop"]
"""What an answer is: the next page, the whole article, or nothing of it."""
WORTH_PRINT = 3
"""With fewer pages the print view saves no request."""
_ALIKE = 0.6
TRIES = 2
"""So often a guessed address may miss at a site before it is left."""


@dataclass(slots=True)
class SiteHabits:
    """What asking for further pages brought at one site during a run."""

    hits: Counter[int] = field(default_factory=Counter)
    """Guess -> how often it was right."""
    misses: Counter[int] = field(default_factory=Counter)
    parts: int = 0
    """Further pages that came."""
    repeats: int = 0
    """How often the second page was the first again."""

    @property
    def has_parts(self) -> bool:
        """Whether links to further pages are worth a request: a site may have all of an article on the first one."""
        return self.parts > 0 or self.repeats < TRIES

    def ways(self, count: int) -> list[int]:
        """Which of the guesses are worth a request, the best first."""
        open_ways = [way for way in range(count) if self.hits[way] or self.misses[way] < TRIES]
        return sorted(open_ways, key=lambda way: -self.hits[way])


@dataclass(frozen=True, slots=True)
class _Step:
    kind: Literal["whole", "print", "part", "guess"]
    url: str
    number: int = 2
    way: int = 0
    """Of a guess: which of them."""


class PagePlan:
    """The way from the first page of an article to its last, or to the one that has them all."""

    def __init__(self, first: PageView, *, habits: SiteHabits | None = None) -> None:
        self._first = first
        self._habits = habits or SiteHabits()
        self._parts = first.parts
        self._later = dict(self._parts.later)
        self._last = self._parts.last
        self._steps = self._all_at_once()
        self._seen = first.lines
        self._got, self._failed = {1}, set[int]()
        self._asked, self._ended, self._whole = 1, False, False
        self._step = self._next()

    @property
    def own(self) -> frozenset[str]:
        """The article's addresses without variants, as far as its first page tells."""
        return self._first.own

    @property
    def number(self) -> int:
        """Which page of the article ``following`` is asked for as."""
        return self._step.number if self._step else 1

    @property
    def following(self) -> str | None:
        """The address to ask for now; None when the article is as whole as it gets."""
        return self._step.url if self._step else None

    @property
    def incomplete(self) -> bool:
        """Whether a page that the article has is not to be had."""
        return bool(self._failed) or self._last > max(self._got)

    @property
    def came_whole(self) -> bool:
        """Whether one page that the first one named brought everything."""
        return self._whole

    def take(self, page: PageView) -> Verdict:
        """Judge the answer to ``following``: what shows nothing new, or belongs to another article, is dropped."""
        step, seen, lines = self._step, self._seen, page.lines
        if step is None:
            return "drop"
        self._seen = seen | lines
        ours = self._is_ours(step, page)
        fresh = ours and bool(lines - seen)
        if step.kind in ("whole", "print") and fresh and lines & seen:
            self._whole = step.kind == "whole"
            self._finish()
            return "replace" if step.kind == "whole" else "add"
        if step.kind in ("part", "guess") and fresh:
            self._add(step, page.parts)
            return "add"
        if step.kind == "part" and ours:
            self._repeats(step)
        elif step.kind == "part" and not is_page_of(step.url, self.own):
            self._later.pop(step.number)  # another article, which only looked like a page by its address
            self._last = max((1, *self._later))
            self._step = self._next()
        else:
            self.miss()
        return "drop"

    def _is_ours(self, step: _Step, page: PageView) -> bool:
        """Whether an answer is the article's: by its address, or by its title where that only may be a page's."""
        if is_page_of(page.url, self.own):
            return True
        first, second = self._first.words, page.words
        alike = len(first & second) >= _ALIKE * min(len(first), len(second))
        return normalise_url(page.url) == normalise_url(step.url) and (step.kind != "part" or alike)

    def _repeats(self, step: _Step) -> None:
        """The site shows an earlier page again: it does not know such pages, or the last one was the last."""
        is_end = len(self._got) > 1 and step.number == max(self._later) and step.number == max(self._got) + 1
        if is_end:
            self._last = min(self._last, max(self._got))
        else:
            self._failed.add(step.number)
            self._habits.repeats += step.number == 2
        self._ended, self._step = True, None

    def miss(self) -> None:
        """The page asked for is not to be had; others may be."""
        if self._step and self._step.kind == "part":
            self._failed.add(self._step.number)
        elif self._step and self._step.kind == "guess":
            self._habits.misses[self._step.way] += 1
        self._step = self._next()

    def _all_at_once(self) -> list[_Step]:
        if self._parts.whole:
            return [_Step("whole", self._parts.whole)]
        if self._parts.printed and self._last >= WORTH_PRINT:
            return [_Step("print", self._parts.printed)]
        return []

    def _next(self) -> _Step | None:
        if self._asked >= MAX_PAGES or self._ended:
            return None
        self._asked += 1
        if not self._steps and self._last > 1 and not self._later:
            self._later = {1: self._first.url}  # guessed once
            addresses = guesses(self._first.url)
            self._steps = [_Step("guess", addresses[way], way=way) for way in self._habits.ways(len(addresses))]
        if self._steps:
            return self._steps.pop(0)
        if not self._habits.has_parts:
            return None
        number = min((part for part in self._later if part not in self._got | self._failed), default=None)
        return _Step("part", self._later[number], number) if number else None

    def _add(self, step: _Step, parts: Parts) -> None:
        self._got.add(step.number)
        self._habits.parts += 1
        self._last = max(self._last, parts.last)
        if step.kind == "guess":
            self._habits.hits[step.way] += 1
            self._steps = []
            made = {part: renumbered(step.url, 2, part) for part in range(3, min(self._last, MAX_PAGES) + 1)}
            self._later |= {part: address for part, address in made.items() if address}
        self._later = parts.later | self._later
        self._step = self._next()

    def _finish(self) -> None:
        self._step, self._last = None, 1
        self._failed.clear()
