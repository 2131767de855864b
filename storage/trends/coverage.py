"""The denominators, from articles and runs: articles per outlet and day, and when an outlet was not to be read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from scraper.clock import local_day, now
from storage.records.tables import ArticleRow
from storage.records.tables_runs import RunRow
from storage.trends.outages import DAY, hours_down, midnight, outages

Key = tuple[str, date]
WORK = {
    "fetched": RunRow.fetched,
    "parsed": RunRow.stored + func.coalesce(RunRow.counts["same"].as_integer(), 0),
    "stored": RunRow.stored,
    "failed": RunRow.failed,
    "blocked": RunRow.blocked,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """The denominators of one source and local day."""

    source: str
    day: date
    published: int
    """Articles of that day of publication that are stored."""
    crawled: int
    """Articles that were first seen on that day, whenever they were published."""
    fetched: int
    parsed: int
    """Fetched pages in which an article was read: new ones, changed ones and those that were as before."""
    stored: int
    failed: int
    blocked: int
    outage_hours: float
    """Hours of the day in which the source was not read."""


def coverage(
    session: Session, *, since: date | None = None, until: date | None = None, at: datetime | None = None
) -> list[Coverage]:
    """Coverage by day and source; ``since`` and ``until`` are local days, both included.

    From a source's first run on it has every day up to the moment ``at`` (now, if not given), also those with nothing.
    """
    at = at or now()
    until = min(until or local_day(at), local_day(at))
    published = published_by_day(session, since=since, until=until)
    seen, work = _seen_by_day(session, since, until), _work_by_day(session, since, until)
    down = hours_down(outages(session, since=since, until=until, at=at), at=at)
    keys = {*published, *seen, *work, *_crawled_days(session, since, until)}
    rows = []
    for source, day in sorted(keys, key=lambda key: (key[1], key[0])):
        rows.append(
            Coverage(
                source=source,
                day=day,
                published=published.get((source, day), 0),
                crawled=seen.get((source, day), 0),
                **work.get((source, day), dict.fromkeys(WORK, 0)),
                outage_hours=round(down.get((source, day), 0.0), 2),
            )
        )
    return rows


def published_by_day(
    session: Session, *, since: date | None = None, until: date | None = None, source: str | None = None
) -> dict[Key, int]:
    """Source and local day -> articles published on it."""
    query = select(ArticleRow.site, ArticleRow.published_day, func.count())
    query = query.where(ArticleRow.published_day.is_not(None), ArticleRow.withdrawn_at.is_(None))
    if source is not None:
        query = query.where(ArticleRow.site == source)
    query = _between(query, ArticleRow.published_day, since, until)
    query = query.group_by(ArticleRow.site, ArticleRow.published_day)
    return {(site, day): count for site, day, count in session.execute(query)}


def _seen_by_day(session: Session, since: date | None, until: date) -> dict[Key, int]:
    """Source and local day -> articles first seen on it."""
    query = select(ArticleRow.site, ArticleRow.first_seen).where(ArticleRow.first_seen < midnight(until + DAY))
    if since is not None:
        query = query.where(ArticleRow.first_seen >= midnight(since))
    counts: dict[Key, int] = defaultdict(int)
    for site, moment in session.execute(query):
        counts[site, local_day(moment)] += 1
    return counts


def _work_by_day(session: Session, since: date | None, until: date) -> dict[Key, dict[str, int]]:
    """Source and local day -> what the runs of that day did."""
    sums = (func.sum(column) for column in WORK.values())
    query = _between(select(RunRow.source, RunRow.day, *sums), RunRow.day, since, until)
    query = query.group_by(RunRow.source, RunRow.day)
    return {(source, day): dict(zip(WORK, counts, strict=True)) for source, day, *counts in session.execute(query)}


def _crawled_days(session: Session, since: date | None, until: date) -> Iterator[Key]:
    """Every day of every source from its first run on."""
    for source, first in session.execute(select(RunRow.source, func.min(RunRow.day)).group_by(RunRow.source)):
        day = max(first, since) if since else first
        while day <= until:
            yield source, day
            day += DAY


def _between(query: Any, column: Any, since: date | None, until: date | None) -> Any:
    query = query.where(column >= since) if since else query
    return query.where(column <= until) if until else query
