"""What jobs have done: the list, what is due is told from, when each last succeeded, and how old rows go."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, case, delete, func, select
from sqlalchemy.orm import Session

from scraper.clock import now
from storage.records.jobs import ANSWERED, OPEN, Job, to_job
from storage.records.tables_work import JobRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """What one kind of job (a name and key) did up to a moment; what lies after it is not told."""

    answered_due: datetime | None = None
    """The latest planned time that a run answered."""
    answered_at: datetime | None = None
    """When the latest run that came to an end was started."""
    succeeded_at: datetime | None = None
    """When the latest run that went well ended."""
    failures: int = 0
    """How often it failed since."""
    failed_at: datetime | None = None
    open: bool = False
    """Whether one waits or runs now."""


def past_jobs(session: Session, *, until: datetime) -> dict[tuple[str, str], Past]:
    """(name, key) -> what happened up to a moment.

    A clock that was wrong leaves times that are yet to come: these are left out, else nothing would be due for long.
    """
    answered, taken_up = JobRow.state.in_(ANSWERED), func.coalesce(JobRow.started_at, JobRow.finished_at)
    columns = (
        func.max(_where(and_(answered, JobRow.due_at <= until), JobRow.due_at)),
        func.max(_where(and_(answered, taken_up <= until), taken_up)),
        func.max(_where(and_(JobRow.state == "done", JobRow.finished_at <= until), JobRow.finished_at)),
        func.max(_where(JobRow.state.in_(OPEN), JobRow.id)),
    )
    failures = _failures(session, until)
    found = {}
    for name, key, due, started, ended, waiting in session.execute(
        select(JobRow.name, JobRow.key, *columns).group_by(JobRow.name, JobRow.key)
    ):
        count, failed_at = failures.get((name, key), (0, None))
        found[name, key] = Past(
            answered_due=due, answered_at=started, succeeded_at=ended, failures=count, failed_at=failed_at,
            open=waiting is not None,
        )  # fmt: skip
    return found


def list_jobs(
    session: Session,
    *,
    states: tuple[str, ...] = (),
    name: str | None = None,
    key: str | None = None,
    limit: int = 50,
) -> list[Job]:
    """Jobs, the latest first."""
    query = select(JobRow).order_by(JobRow.id.desc()).limit(limit)
    if states:
        query = query.where(JobRow.state.in_(states))
    if name is not None:
        query = query.where(JobRow.name == name)
    if key is not None:
        query = query.where(JobRow.key == key)
    return [to_job(row) for row in session.scalars(query)]


def get_job(session: Session, job_id: int) -> Job | None:
    """One job; None where there is none of this number."""
    row = session.get(JobRow, job_id)
    return None if row is None else to_job(row)


def last_successes(session: Session) -> dict[str, datetime]:
    """Name -> when a job of this name last ended well."""
    query = select(JobRow.name, func.max(JobRow.finished_at)).where(JobRow.state == "done").group_by(JobRow.name)
    return {name: moment for name, moment in session.execute(query) if moment is not None}


def queue_state(session: Session) -> tuple[dict[str, int], datetime | None]:
    """State -> how many jobs, of those that wait or run; and since when the oldest one waits."""
    counts = dict.fromkeys(OPEN, 0)
    query = select(JobRow.state, func.count()).where(JobRow.state.in_(OPEN)).group_by(JobRow.state)
    counts |= {state: count for state, count in session.execute(query)}
    oldest = session.scalar(select(func.min(JobRow.asked_at)).where(JobRow.state == "queued"))
    return counts, oldest


def prune_jobs(session: Session, *, before: datetime) -> int:
    """Remove jobs that ended before a moment, but keep the last success of each name and key; gives how many went."""
    latest = select(func.max(JobRow.id)).where(JobRow.state == "done").group_by(JobRow.name, JobRow.key)
    kept = set(session.scalars(latest))
    old = select(JobRow.id).where(JobRow.state.not_in(OPEN), func.coalesce(JobRow.finished_at, now()) < before)
    going = [job_id for job_id in session.scalars(old) if job_id not in kept]
    for start in range(0, len(going), 500):
        session.execute(delete(JobRow).where(JobRow.id.in_(going[start : start + 500])))
    return len(going)


def _failures(session: Session, until: datetime) -> dict[tuple[str, str], tuple[int, datetime]]:
    """(name, key) -> how often it failed since it last came to an end, and when last."""
    last = (
        select(JobRow.name, JobRow.key, func.max(JobRow.id).label("id"))
        .where(JobRow.state.in_(ANSWERED))
        .group_by(JobRow.name, JobRow.key)
        .subquery()
    )
    query = (
        select(JobRow.name, JobRow.key, func.count(), func.max(JobRow.finished_at))
        .outerjoin(last, and_(last.c.name == JobRow.name, last.c.key == JobRow.key))
        .where(JobRow.state == "failed", JobRow.finished_at <= until, JobRow.id > func.coalesce(last.c.id, 0))
        .group_by(JobRow.name, JobRow.key)
    )
    return {(name, key): (count, moment) for name, key, count, moment in session.execute(query) if moment is not None}


def _where(condition: ColumnElement[bool], value: Any) -> Any:
    return case((condition, value))
