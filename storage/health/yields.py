"""What a source yields: articles by weekday, learned from the last weeks, and whether a count is too small. Pure."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import mean, median, variance

WEEKS = 8
"""How far back is learned."""
ENOUGH_WEEKS = 3
"""Before so many weeks are there, the profile's own word makes up for those that are missing."""
DOUBT = 0.001
"""A count is too small where a source that is well would have one so small with less than this probability."""
WINDOWS = (7, 14, 28)
"""Days over which a count is looked at, beside the time since the last article."""
MAX_SPREAD = 6.0
EVEN = 1 / 7
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Yield:
    """Articles that a source is expected to publish."""

    weekdays: tuple[float, ...] = (0.0,) * 7
    """A day's, Monday first."""
    spread: float = 1.0
    """Variance over mean of its weeks, at least 1: how much more a count varies than chance alone makes it."""
    weeks: int = 0
    """Weeks that it was learned from."""

    def expected(self, start: date, end: date, *, without: Collection[date] = ()) -> float:
        """Articles from the day ``start`` to the day before ``end``, ``without`` some days.

        Whole days only: no outlet writes at night, and at noon nobody knows how much a day will bring.
        """
        days = (start + at * DAY for at in range((end - start).days))
        return sum(self.weekdays[day.weekday()] for day in days if day not in without)

    def too_few(self, got: int, expected: float) -> bool:
        """Whether ``got`` articles are fewer than chance explains."""
        return poisson_tail(math.floor(got / self.spread), expected / self.spread) < DOUBT

    def least(self, expected: float) -> int:
        """The smallest number of articles that is not too few."""
        return next(got for got in range(math.ceil(expected) + 1) if not self.too_few(got, expected))


def learn(days: Mapping[date, int], *, until: date, stated: float = 0.0, broken: Collection[date] = ()) -> Yield:
    """The yield by the articles of the weeks before ``until``.

    A week counts from the first day with an article on, and not where two or more of its days are ``broken`` (nothing
    was crawled then). ``stated`` is the profile's word, articles a week; 0 says nothing.
    """
    weeks = _weeks(days, until=until, broken=set(broken))
    totals = [sum(week) for week in weeks]
    weekly = _weekly(totals, stated)
    shares = [(sum(week[at] for week in weeks) + EVEN) / (sum(totals) + 1) for at in range(7)]
    by_offset = [weekly * share for share in shares]
    first = until - timedelta(days=7)
    weekdays = tuple(by_offset[(weekday - first.weekday()) % 7] for weekday in range(7))
    return Yield(weekdays=weekdays, spread=_spread(totals), weeks=len(weeks))


def poisson_tail(got: int, expected: float) -> float:
    """The probability that a Poisson count with this mean is at most ``got``."""
    if expected <= 0:
        return 1.0
    logs = (count * math.log(expected) - expected - math.lgamma(count + 1) for count in range(got + 1))
    return min(1.0, sum(map(math.exp, logs)))


def _weeks(days: Mapping[date, int], *, until: date, broken: set[date]) -> list[list[int]]:
    """Whole weeks that end before ``until``, the latest first, each as seven counts."""
    first = min((day for day, count in days.items() if count), default=until)
    weeks = []
    for back in range(1, WEEKS + 1):
        week = [until + timedelta(days=at - 7 * back) for at in range(7)]
        if week[0] < first:
            break
        if sum(day in broken for day in week) < 2:
            weeks.append([days.get(day, 0) for day in week])
    return weeks


def _weekly(totals: list[int], stated: float) -> float:
    """The median, so that neither a burst nor a hole decides; the profile's word stands for weeks that are missing."""
    if len(totals) >= ENOUGH_WEEKS or not stated:
        return float(median(totals)) if totals else stated
    return (sum(totals) + stated * (ENOUGH_WEEKS - len(totals))) / ENOUGH_WEEKS


def _spread(totals: list[int]) -> float:
    if len(totals) < ENOUGH_WEEKS or not any(totals):
        return 1.0
    return min(MAX_SPREAD, max(1.0, variance(totals) / mean(totals)))
