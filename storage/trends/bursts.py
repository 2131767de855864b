"""Times in which much more was written of a thing than before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from datetime import date
from itertools import islice

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
    loud: set[int] = set()
    for at in range(1, len(known)):
        burst = _burst(known[at], [known[before] for before in _quiet(at, loud)], len(known))
        if burst is None:
            continue
        if at - 1 in loud:
            found[-1] = _joined(found[-1], burst)
        else:
            found.append(burst)
        loud.add(at)
    return found


def _quiet(at: int, loud: Set[int]) -> Iterator[int]:
    """The periods before one, the nearest first, without those of bursts, which would hide it."""
    return islice((before for before in range(at - 1, -1, -1) if before not in loud), BEFORE)


def _burst(point: TrendPoint, before: Sequence[TrendPoint], periods: int) -> Burst | None:
    crawled = sum(other.crawled_total for other in before)
    if not crawled or point.count < LEAST:
        return None
    seen = sum(other.count for other in before)
    expected = seen * point.crawled_total / crawled
    chance = binomial_above(point.count, point.count + seen, point.crawled_total / (point.crawled_total + crawled))
    if point.count < TIMES * expected or chance > CHANCE / periods:
        return None
    return Burst(point.start, point.start, point.count, round(expected, 2), chance)


def _joined(one: Burst, other: Burst) -> Burst:
    expected = round(one.expected + other.expected, 2)
    return Burst(one.start, other.end, one.count + other.count, expected, min(one.chance, other.chance))
