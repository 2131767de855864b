"""How many articles fall into each day, week or month."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

Step = Literal["day", "week", "month"]


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """One period: where it starts, the hits in it, and all stored articles of it (the denominator)."""

    start: date
    count: int
    crawled_total: int

    @property
    def share(self) -> float | None:
        """The hits as a share of what was crawled; ``None`` for a gap, in which nothing was."""
        return self.count / self.crawled_total if self.crawled_total else None


def trend_points(
    hits: Mapping[date, int],
    totals: Mapping[date, int],
    *,
    by: Step,
    since: date | None = None,
    until: date | None = None,
) -> list[TrendPoint]:
    """From counts by day, week or month to periods without gaps, from the first hit to the last.

    ``since`` and ``until`` are days that the periods reach to, also where nothing was found there.
    """
    if not hits:
        return []
    counts, crawled = by_period(hits, by=by), by_period(totals, by=by)
    edges = [period_start(day, by=by) for day in (since, until) if day]
    points, start, last = [], min([*counts, *edges]), max([*counts, *edges])
    while start <= last:
        points.append(TrendPoint(start, counts[start], crawled[start]))
        start = next_period(start, by=by)
    return points


def period_start(day: date, *, by: Step) -> date:
    """The first day of the period that ``day`` lies in."""
    if by == "week":
        return day - timedelta(days=day.weekday())
    return day.replace(day=1) if by == "month" else day


def by_period(days: Mapping[date, int], *, by: Step) -> Counter[date]:
    """Counts by the first day of the period that each day lies in."""
    counts: Counter[date] = Counter()
    for day, count in days.items():
        counts[period_start(day, by=by)] += count
    return counts


def next_period(start: date, *, by: Step) -> date:
    """The first day of the period after one."""
    if by == "month":
        return (start + timedelta(days=31)).replace(day=1)
    return start + timedelta(days=7 if by == "week" else 1)
