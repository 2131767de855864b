"""What jobs have done: the list, what is due is told from, when each last succeeded, and how old rows go."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, case, delete, exists, func, or_, select, update
from sqlalchemy.orm import Session

from scraper.clock import now
from storage.records.jobs import ANSWERED, OPEN, Job, to_job
from storage.records.tables_work import JobRow

KEPT = 3
"""Successes of each name and key that are never removed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """What one kind of job (a name and key) did."""

    answered_due: datetime | None = None
    """The latest planned time up to now that a run answered; a wrong clock leaves some that are yet to come."""
    answered_at: datetime | None = None
    """When the latest run that came to an end was started."""
    succeeded_at: datetime | None = None
    """When the latest run that went well ended."""
    failures: int = 0
    """How often it failed since."""
    failed_at: datetime | None = None
    open: bool = False
    """Whether one waits or runs now."""
    last: int = 0
    """Number of the latest job."""


def past_jobs(session: Session, *, moment: datetime) -> dict[tuple[str, str], Past]:
    """(name, key) -> what happened until now."""
    answered = JobRow.state.in_(ANSWERED)
    columns = (
        func.max(_where(and_(answered, JobRow.due_at <= moment), JobRow.due_at)),
        func.max(_where(answered, func.coalesce(JobRow.started_at, JobRow.finished_at))),
        func.max(_where(JobRow.state == "done", JobRow.finished_at)),
        func.max(_where(JobRow.state.in_(OPEN), JobRow.id)),
        func.max(JobRow.id),
    )
    failures = _failures(session)
    found = {}
    for name, key, due, started, ended, waiting, last in session.execute(
        select(JobRow.name, JobRow.key, *columns).group_by(JobRow.name, JobRow.key)
    ):
        count, failed_at = failures.get((name, key), (0, None))
        found[name, key] = Past(
            answered_due=due, answered_at=started, succeeded_at=ended, failures=count, failed_at=failed_at,
            open=waiting is not None, last=last,
        )  # fmt: skip
    return found


def has_future(session: Session, moment: datetime) -> bool:
    """Whether a job was done, by its times, after now: the clock was wrong."""
    ahead = or_(JobRow.started_at > moment, JobRow.finished_at > moment)
    return bool(session.scalar(select(exists().where(ahead))))


def mend_future(session: Session, moment: datetime) -> None:
    """Move times of what was done to now where they are yet to come: else nothing would be due until then."""
    for column in (JobRow.started_at, JobRow.finished_at):
        session.execute(update(JobRow).where(column > moment).values({column: moment}))


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
    """Remove jobs that ended before a moment, but keep the last successes of each name and key; gives how many went.

    A few of them, because a clock that is wrong for a while makes everything look old.
    """
    age = func.row_number().over(partition_by=(JobRow.name, JobRow.key), order_by=JobRow.id.desc()).label("age")
    done = select(JobRow.id, age).where(JobRow.state == "done").subquery()
    kept = set(session.scalars(select(done.c.id).where(done.c.age <= KEPT)))
    old = select(JobRow.id).where(JobRow.state.not_in(OPEN), func.coalesce(JobRow.finished_at, now()) < before)
    going = [job_id for job_id in session.scalars(old) if job_id not in kept]
    for start in range(0, len(going), 500):
        session.execute(delete(JobRow).where(JobRow.id.in_(going[start : start + 500])))
    return len(going)


def _failures(session: Session) -> dict[tuple[str, str], tuple[int, datetime]]:
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
        .where(JobRow.state == "failed", JobRow.id > func.coalesce(last.c.id, 0))
        .group_by(JobRow.name, JobRow.key)
    )
    return {(name, key): (count, moment) for name, key, count, moment in session.execute(query) if moment is not None}


def _where(condition: ColumnElement[bool], value: Any) -> Any:
    return case((condition, value))
