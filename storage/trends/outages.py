"""When a source was not read: derived from its runs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from scraper.clock import WIB, local_day, now
from storage.records.runs import FINISHED
from storage.records.tables_runs import RunRow

LONG_PAUSE = timedelta(days=3)
"""No run for so long is an outage of ours."""
NO_RUN = "no-run"
DAY = timedelta(days=1)
Turn = tuple[datetime, datetime, str]
"""Start, end and outcome of a run."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outage:
    """A time in which nothing of a source was read."""

    source: str
    start: datetime
    """The end of the last run that finished; the start of the first one where none ever did."""
    end: datetime | None
    """The start of the next run that finished; null while it lasts."""
    reason: str
    """Outcome of the first run that did not finish, or ``no-run``."""


def outages(
    session: Session,
    *,
    since: date | None = None,
    until: date | None = None,
    source: str | None = None,
    at: datetime | None = None,
) -> list[Outage]:
    """Outages that touch the local days, by source and start; one that lasts has no end.

    ``at`` is the moment from which is looked back: now, if not given.
    """
    at = at or now()
    found = [
        outage for name, turns in _turns(session, since, source).items() for outage in _outages_of(name, turns, at)
    ]
    first = midnight(since) if since else None
    last = midnight(until + DAY) if until else None
    return [
        outage
        for outage in found
        if not (first and outage.end and outage.end <= first) and not (last and outage.start >= last)
    ]


def hours_down(found: Sequence[Outage], *, at: datetime | None = None) -> dict[tuple[str, date], float]:
    """Hours of each source and local day that outages cover, one that lasts up to ``at`` (now, if not given)."""
    at = at or now()
    hours: dict[tuple[str, date], float] = defaultdict(float)
    for outage in found:
        end, day = outage.end or at, local_day(outage.start)
        while midnight(day) < end:
            held = min(end, midnight(day + DAY)) - max(outage.start, midnight(day))
            hours[outage.source, day] += held / timedelta(hours=1)
            day += DAY
    return hours


def midnight(day: date) -> datetime:
    """The moment at which a local day begins."""
    return datetime.combine(day, time(), WIB)


def _turns(session: Session, since: date | None, source: str | None) -> dict[str, list[Turn]]:
    """Source -> its closed runs in order, from the last that finished before ``since`` on."""
    query = select(RunRow.source, RunRow.started_at, RunRow.finished_at, RunRow.outcome)
    query = query.where(RunRow.outcome.is_not(None)).order_by(RunRow.source, RunRow.id)
    if source is not None:
        query = query.where(RunRow.source == source)
    if since is not None:
        before = select(RunRow.source, func.max(RunRow.id).label("id")).group_by(RunRow.source)
        before = before.where(RunRow.outcome == FINISHED, RunRow.day < since)
        known = before.subquery()
        query = query.outerjoin(known, known.c.source == RunRow.source)
        query = query.where(RunRow.id >= func.coalesce(known.c.id, 0))
    found: dict[str, list[Turn]] = defaultdict(list)
    for name, start, end, outcome in session.execute(query):
        found[name].append((start, end or start, outcome or FINISHED))
    return found


def _outages_of(source: str, turns: Sequence[Turn], moment: datetime) -> Iterator[Outage]:
    """Between two runs that finished nothing was read where others failed in between, or nobody asked for long."""
    read_until: datetime | None = None
    failed: Turn | None = None
    for turn in turns:
        start, end, outcome = turn
        if outcome != FINISHED:
            failed = failed or turn
            continue
        if failed or (read_until and start - read_until > LONG_PAUSE):
            reason = failed[2] if failed else NO_RUN
            yield Outage(source=source, start=read_until or turns[0][0], end=start, reason=reason)
        read_until, failed = end, None
    if failed or (read_until and moment - read_until > LONG_PAUSE):
        reason = failed[2] if failed else NO_RUN
        yield Outage(source=source, start=read_until or turns[0][0], end=None, reason=reason)
