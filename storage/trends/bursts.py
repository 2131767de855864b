"""Times in which much more was written of a thing than before."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from storage.trends.exact import binomial_above
from storage.trends.points import TrendPoint

BEFORE = 28
"""Periods before one that it is compared with, at most."""
LEAST = 3
"""Articles of a burst at least."""
TIMES = 2.0
"""How many times as many articles as expected."""
CHANCE = 0.01
"""How probable it may be that any of the bursts shown is chance."""


@dataclass(frozen=True, slots=True)
class Burst:
    """Periods next to each other, each with many more articles than the time before let expect."""

    start: date
    end: date
    """First day of the last of the periods."""
    count: int
    expected: float
    """Articles that the time before lets expect, by what was crawled."""
    chance: float
    """How probable the strongest of the periods is by chance."""


def find_bursts(points: Sequence[TrendPoint]) -> list[Burst]:
    """The bursts of a trend, in order; periods in which nothing was crawled say nothing."""
    known = [point for point in points if point.crawled_total]
    found: list[Burst] = []
    before: deque[TrendPoint] = deque()
    loud, seen, crawled = -2, 0, 0
    for at, point in enumerate(known):
        count, of = point.count, point.crawled_total
        if count >= LEAST and crawled and count * crawled >= TIMES * seen * of:
            burst = _burst(point, seen, crawled, len(known))
            if burst is not None:  # what is loud is left out of the time before, which would hide the next burst
                found[-1:] = [_joined(found[-1], burst)] if loud == at - 1 else [*found[-1:], burst]
                loud = at
                continue
        before.append(point)
        seen += count
        crawled += of
        if len(before) > BEFORE:
            gone = before.popleft()
            seen -= gone.count
            crawled -= gone.crawled_total
    return found


def _burst(point: TrendPoint, seen: int, crawled: int, periods: int) -> Burst | None:
    """A period with many more articles than those seen and crawled in the time before let expect, unless by chance."""
    chance = binomial_above(point.count, point.count + seen, point.crawled_total / (point.crawled_total + crawled))
    if chance > CHANCE / periods:
        return None
    expected = seen * point.crawled_total / crawled
    return Burst(point.start, point.start, point.count, round(expected, 2), chance)


def _joined(one: Burst, other: Burst) -> Burst:
    expected = round(one.expected + other.expected, 2)
    return Burst(one.start, other.end, one.count + other.count, expected, min(one.chance, other.chance))
