"""The health of each source: is it read, does it yield what it always did, and do its pages still look as they did?"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Literal, get_args

from sqlalchemy import select
from sqlalchemy.orm import Session

from scraper.clock import now
from storage.health.counted import Counted, Stated, count_source
from storage.health.drift import find_drift
from storage.records.runs import FINISHED, KILLED, Run, runs
from storage.records.tables_runs import HealthRow, RunRow
from storage.trends.outages import LONG_PAUSE, NO_RUN

State = Literal["silent", "blocked", "unreachable", "failing", "drifting", "stale", "never", "paused", "ok"]
STATES: tuple[State, ...] = get_args(State)
"""Worst first. ``failing``: our own side fails; ``stale``: nobody asked for days; ``never``: no run has ended yet."""
Verdict = tuple[State, datetime, str | None]
"""State, since when, and why."""
BLOCKED = frozenset({"blocked", "rate-limited"})
UNREACHABLE = frozenset({"unreachable", "robots-unreachable", "unavailable", "nothing-fetched", "crawl-delay-too-long"})
TELLS_NOTHING = frozenset({"stopped"})
"""Runs that a person ended say nothing about the source."""
KILLED_OFTEN = 3
"""So many killed runs in a row are no accident."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceHealth:
    """How a source fares."""

    source: str
    state: State
    since: datetime
    reason: str | None
    """A slug: a run's outcome, ``no-articles``, ``few-articles``, ``rules-disagree``, ``undated``, ``no-article``."""
    expected: float
    """Articles of the last seven days that its earlier weeks let expect."""
    least: int
    """Fewer than this are no chance any more."""
    got: int
    weekdays: tuple[float, ...]
    """Expected articles a day, Monday first."""
    checked_at: datetime


def check_sources(session: Session, stated: Mapping[str, Stated], paused: Collection[str] = ()) -> list[SourceHealth]:
    """Check every source that is followed (``stated``), paused, or was ever crawled; those in trouble come first."""
    names = {*stated, *paused, *session.scalars(select(RunRow.source).distinct())}
    found = [
        check_source(session, name, stated=stated.get(name), paused=name in paused or name not in stated)
        for name in sorted(names)
    ]
    return sorted(found, key=lambda health: (STATES.index(health.state), health.source))


def check_source(session: Session, source: str, *, stated: Stated | None = None, paused: bool = False) -> SourceHealth:
    """Look at a source's runs and articles and write down how it fares; ``None`` keeps what was stated before."""
    row = session.get(HealthRow, source)
    if stated is None:
        stated = Stated(per_week=row.stated_per_week, dated=row.stated_dated) if row else Stated()
    counted = count_source(session, source, stated)
    state, since, reason = ("paused", now(), None) if paused else _judge(session, source, stated, counted)
    if row and (row.state, row.reason) == (state, reason):
        since = row.since
    found = SourceHealth(
        source=source,
        state=state,
        since=since,
        reason=reason,
        expected=round(counted.expected, 1),
        least=counted.least,
        got=counted.got,
        weekdays=tuple(round(count, 2) for count in counted.week.weekdays),
        checked_at=now(),
    )
    session.merge(_row(found, stated))
    return found


def _row(found: SourceHealth, stated: Stated) -> HealthRow:
    values = {field.name: getattr(found, field.name) for field in fields(found)}
    values["weekdays"] = list(found.weekdays)
    return HealthRow(**values, stated_per_week=stated.per_week, stated_dated=stated.dated)


def _judge(session: Session, source: str, stated: Stated, counted: Counted) -> Verdict:
    latest = _telling(session, source)
    if not latest:
        return "never", now(), None
    last = latest[0]
    if last.outcome != FINISHED:
        since = next((run for run in latest if run.outcome == FINISHED), None)
        begun = since.finished_at if since and since.finished_at else latest[-1].started_at
        return _state_of(last.outcome), begun, last.outcome
    if now() - last.started_at > LONG_PAUSE:
        return "stale", last.finished_at or last.started_at, NO_RUN
    if counted.silent_since is not None:
        return "silent", counted.silent_since, "no-articles"
    if counted.few_since is not None:
        return "silent", counted.few_since, "few-articles"
    reason = find_drift(session, source, stated_dated=stated.dated)
    return ("drifting" if reason else "ok"), now(), reason


def _telling(session: Session, source: str) -> list[Run]:
    """The runs that say something about the source, the latest first."""
    ended = [run for run in runs(session, source=source) if run.outcome and run.outcome not in TELLS_NOTHING]
    killed = next((at for at, run in enumerate(ended) if run.outcome != KILLED), len(ended))
    return ended[killed:] if killed < KILLED_OFTEN else ended


def _state_of(outcome: str | None) -> State:
    if outcome in BLOCKED:
        return "blocked"
    return "unreachable" if outcome in UNREACHABLE else "failing"


def last_checks(session: Session) -> list[SourceHealth]:
    """How the sources fared at their last check, those in trouble first."""
    found = [_health(row) for row in session.scalars(select(HealthRow))]
    return sorted(found, key=lambda health: (STATES.index(health.state), health.source))


def _health(row: HealthRow) -> SourceHealth:
    values = {field.name: getattr(row, field.name) for field in fields(SourceHealth)}
    return SourceHealth(**values | {"weekdays": tuple(row.weekdays)})
