"""Crawl runs and coverage: how many pages were fetched, stored, failed and blocked, per source and day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from scraper.clock import local_day, now
from scraper.errors import StorageError
from storage.records.tables_runs import CoverageRow, RunRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One crawl of one source; unfinished while ``outcome`` is null."""

    id: int
    source: str
    started_at: datetime
    finished_at: datetime | None
    outcome: str | None
    """``finished`` when all went well, else a slug such as ``blocked`` or ``failed``."""
    counts: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """The denominators of one source and local day."""

    source: str
    day: date
    fetched: int
    stored: int
    failed: int
    blocked: int


def start_run(session: Session, source: str) -> int:
    """Open a run; gives its number."""
    row = RunRow(source=source, started_at=now(), counts={})
    session.add(row)
    session.flush()
    return row.id


def finish_run(session: Session, run: int, *, counts: Mapping[str, int], outcome: str) -> None:
    """Close a run and add its counts to the coverage of the day it started.

    Known counts: ``fetched``, ``new``, ``changed``, ``same``, ``failed``, ``blocked``; others are kept with the run.
    """
    row = session.get(RunRow, run)
    if row is None:
        raise StorageError(f"there is no run {run}; start it with start_run")
    row.finished_at, row.outcome, row.counts = now(), outcome, dict(counts)
    stored = counts.get("stored", counts.get("new", 0) + counts.get("changed", 0))
    day = local_day(row.started_at)
    cover = session.get(CoverageRow, (row.source, day))
    if cover is None:
        cover = CoverageRow(source=row.source, day=day, fetched=0, stored=0, failed=0, blocked=0)
        session.add(cover)
    cover.fetched += counts.get("fetched", 0)
    cover.stored += stored
    cover.failed += counts.get("failed", 0)
    cover.blocked += counts.get("blocked", 0)


def runs(session: Session, *, source: str | None = None, since: datetime | None = None, limit: int = 100) -> list[Run]:
    """Runs, the latest first."""
    query = select(RunRow).order_by(RunRow.id.desc()).limit(limit)
    if source is not None:
        query = query.where(RunRow.source == source)
    if since is not None:
        query = query.where(RunRow.started_at >= since)
    return [_run(row) for row in session.scalars(query)]


def last_runs(session: Session) -> dict[str, Run]:
    """Source -> its latest run."""
    latest = select(func.max(RunRow.id)).group_by(RunRow.source)
    return {row.source: _run(row) for row in session.scalars(select(RunRow).where(RunRow.id.in_(latest)))}


def coverage(session: Session, *, since: date | None = None, until: date | None = None) -> list[Coverage]:
    """Coverage by day and source; ``since`` and ``until`` are local days, both included."""
    query = select(CoverageRow).order_by(CoverageRow.day, CoverageRow.source)
    if since is not None:
        query = query.where(CoverageRow.day >= since)
    if until is not None:
        query = query.where(CoverageRow.day <= until)
    return [
        Coverage(source=r.source, day=r.day, fetched=r.fetched, stored=r.stored, failed=r.failed, blocked=r.blocked)
        for r in session.scalars(query)
    ]


def _run(row: RunRow) -> Run:
    return Run(
        id=row.id,
        source=row.source,
        started_at=row.started_at,
        finished_at=row.finished_at,
        outcome=row.outcome,
        counts=dict(row.counts),
    )
