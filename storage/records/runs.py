"""Crawl runs, one row each: what was found, fetched, stored and missed, and how it ended."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from scraper.clock import local_day, now
from scraper.errors import StorageError
from storage.records.tables import ArticleRow
from storage.records.tables_crawl import LookRow
from storage.records.tables_runs import RunRow

FINISHED = "finished"
KILLED = "killed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One crawl of one source; unfinished while ``outcome`` is null."""

    id: int
    source: str
    started_at: datetime
    finished_at: datetime | None
    outcome: str | None
    """``finished`` when all went well, ``killed`` where its process died, else a slug such as ``blocked``."""
    counts: Mapping[str, int]
    """As the crawl counted: totals, and reasons as ``skipped/<reason>``."""
    lease: str | None = None
    """Token by which others see whether its process lives."""


def start_run(session: Session, source: str, *, lease: str | None = None) -> int:
    """Open a run; gives its number. ``lease`` is the token by which others see that its process lives."""
    moment = now()
    row = RunRow(source=source, started_at=moment, day=local_day(moment), lease=lease, counts={})
    session.add(row)
    session.flush()
    return row.id


def finish_run(session: Session, run: int, *, counts: Mapping[str, int], outcome: str) -> str:
    """Close a run with whatever was counted; gives its source. Raises StorageError for a run that was never started."""
    row = session.get(RunRow, run)
    if row is None:
        raise StorageError(f"there is no run {run}; start it with start_run")
    _close(row, counts, outcome, now())
    session.flush()
    return row.source


def close_killed(session: Session, is_dead: Callable[[Run], bool]) -> list[Run]:
    """Close the open runs of which ``is_dead`` is true; gives them.

    What such a run stored is counted from the articles; its end is the last moment at which it wrote one.
    """
    closed = []
    for row in session.scalars(select(RunRow).where(RunRow.outcome.is_(None)).order_by(RunRow.id)):
        if is_dead(_run(row)):
            stored, last = _stored_since(session, row)
            _close(row, {"new": stored}, KILLED, last or row.started_at)
            closed.append(_run(row))
    return closed


def runs(session: Session, *, source: str | None = None, since: datetime | None = None, limit: int = 100) -> list[Run]:
    """Runs, the latest first."""
    query = select(RunRow).order_by(RunRow.id.desc()).limit(limit)
    if source is not None:
        query = query.where(RunRow.source == source)
    if since is not None:
        query = query.where(RunRow.started_at >= since)
    return [_run(row) for row in session.scalars(query)]


def last_runs(session: Session, *, outcome: str | None = None) -> dict[str, Run]:
    """Source -> its latest run; with ``outcome`` the latest that ended so."""
    latest = select(func.max(RunRow.id)).group_by(RunRow.source)
    if outcome is not None:
        latest = latest.where(RunRow.outcome == outcome)
    return {row.source: _run(row) for row in session.scalars(select(RunRow).where(RunRow.id.in_(latest)))}


def open_count(session: Session) -> int:
    """Runs that have no end yet."""
    return session.execute(select(func.count()).where(RunRow.outcome.is_(None))).scalar_one()


def _close(row: RunRow, counts: Mapping[str, int], outcome: str, moment: datetime) -> None:
    row.finished_at, row.outcome, row.counts = moment, outcome, dict(counts)
    row.discovered, row.known, row.requests = (counts.get(name, 0) for name in ("discovered", "known", "requests"))
    row.fetched, row.skipped, row.failed = (counts.get(name, 0) for name in ("fetched", "skipped", "failed"))
    row.blocked, row.bytes = counts.get("blocked", 0), counts.get("bytes", 0)
    row.stored = counts.get("new", 0) + counts.get("changed", 0)
    row.unchanged = counts.get("same", 0) + counts.get("unchanged", 0)
    row.seconds = counts.get("seconds") or round((moment - row.started_at).total_seconds())


def _stored_since(session: Session, row: RunRow) -> tuple[int, datetime | None]:
    """How many articles an unfinished run stored, and when it looked at the last one."""
    query = (
        select(func.count(), func.max(LookRow.looked_at))
        .select_from(ArticleRow)
        .join(LookRow, LookRow.article_id == ArticleRow.id)
        .where(ArticleRow.site == row.source, ArticleRow.first_seen >= row.started_at)
    )
    later = select(func.min(RunRow.started_at)).where(RunRow.source == row.source, RunRow.id > row.id)
    until = session.execute(later).scalar_one()
    if until is not None:
        query = query.where(ArticleRow.first_seen < until)
    stored, last = session.execute(query).one()
    return stored, last


def _run(row: RunRow) -> Run:
    return Run(
        id=row.id,
        source=row.source,
        started_at=row.started_at,
        finished_at=row.finished_at,
        outcome=row.outcome,
        counts=dict(row.counts),
        lease=row.lease,
    )
