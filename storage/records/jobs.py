"""Jobs as rows: asked for, claimed by one process, reported on, ended. Two of one name and key never run at once."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Literal, cast

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import Session, aliased

from scraper.clock import now
from storage.records.tables_work import JobRow

State = Literal["queued", "running", "done", "failed", "cancelled"]
OPEN = ("queued", "running")
ANSWERED = ("done", "cancelled")
"""Ends after which a planned job is not planned again: somebody who cancels it does not want it at once again."""
ATTEMPTS = 3
"""A job whose process died is tried so often: it may be the job that kills it."""
MAX_OUTPUT = 64_000
"""Characters of its output that a job keeps."""
MAX_MESSAGE = 1_000
LOST = "the process that ran it died"


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One piece of work as it stands; the fields are those of the table."""

    id: int
    name: str
    key: str
    args: tuple[str, ...]
    state: State
    priority: int
    asked_by: str
    asked_at: datetime
    due_at: datetime | None
    started_at: datetime | None
    finished_at: datetime | None
    attempts: int
    lease: str | None
    stop_asked: bool
    done: int | None
    total: int | None
    message: str | None
    output: str | None
    exit_code: int | None


def submit(
    session: Session,
    *,
    name: str,
    asked_by: str,
    key: str = "",
    args: Sequence[str] = (),
    priority: int = 0,
    due_at: datetime | None = None,
    seen: int | None = None,
) -> tuple[Job, bool]:
    """Ask for a job; gives it, and False where the same one waits or runs already.

    Who plans by what it knows says so: ``seen`` is the number of the last job of this name and key that it knows. Where
    there is a later one, that did not fail, another planner was faster.
    """
    same = select(JobRow).where(JobRow.name == name, JobRow.key == key).order_by(JobRow.id)
    for row in session.scalars(same.where(JobRow.state.in_(OPEN))):
        if tuple(row.args) == tuple(args):
            return to_job(row), False
    if seen is not None:
        later = session.scalars(same.where(JobRow.id > seen, JobRow.state != "failed")).first()
        if later is not None:
            return to_job(later), False
    row = _new(name, key, args, asked_by)
    row.priority, row.due_at = priority, due_at
    session.add(row)
    session.flush()
    return to_job(row), True


def begin(session: Session, *, name: str, key: str, args: Sequence[str], asked_by: str, token: str) -> Job | None:
    """Run a job at once in the process that asks; None where another one of its name and key runs."""
    if session.scalar(select(exists().where(*_runs(name, key)))):
        return None
    row = _new(name, key, args, asked_by)
    _start(row, token)
    session.add(row)
    session.flush()
    return to_job(row)


def claim(session: Session, job_id: int, *, token: str) -> Job | None:
    """Take a waiting job; None where it waits no more, or another one of its name and key runs."""
    row = session.get(JobRow, job_id)
    if row is None or row.state != "queued" or session.scalar(select(exists().where(*_runs(row.name, row.key)))):
        return None
    _start(row, token)
    session.flush()
    return to_job(row)


def is_waiting(session: Session) -> bool:
    """Whether any job waits."""
    return bool(session.scalar(select(exists().where(JobRow.state == "queued"))))


def claim_next(session: Session, *, token: str) -> Job | None:
    """Take the first waiting job whose name and key nobody runs; None where there is none."""
    other = aliased(JobRow)
    runs = exists().where(other.name == JobRow.name, other.key == JobRow.key, other.state == "running")
    waiting = select(JobRow).where(JobRow.state == "queued", ~runs).order_by(JobRow.priority.desc(), JobRow.id).limit(1)
    row = session.scalars(waiting).first()
    if row is None:
        return None
    _start(row, token)
    session.flush()
    return to_job(row)


def report(session: Session, job_id: int, token: str, done: int | None, total: int | None, message: str) -> None:
    """Note how far a job has come."""
    if (row := _mine(session, job_id, token)) is not None:
        row.done, row.total, row.message = done, total, _stored(message, MAX_MESSAGE)


def finish(session: Session, job_id: int, *, token: str, exit_code: int, message: str = "", output: str = "") -> bool:
    """Write down how a job ended; False where it is no longer this process's."""
    row = _mine(session, job_id, token)
    if row is None:
        return False
    row.state = "cancelled" if row.stop_asked else "done" if exit_code == 0 else "failed"
    row.finished_at, row.lease, row.exit_code = now(), None, exit_code
    row.message = _stored(message, MAX_MESSAGE) or row.message
    row.output = _stored(output, MAX_OUTPUT) or None
    return True


def give_back(session: Session, job_id: int, *, token: str) -> bool:
    """Let a job that was broken off wait again, as if it had not begun; False where it is not this process's."""
    row = _mine(session, job_id, token)
    if row is None:
        return False
    row.attempts -= 1
    if row.stop_asked:
        _end(row, "cancelled", row.message)
    else:
        _wait_again(row)
    return True


def ask_to_stop(session: Session, job_id: int) -> Job | None:
    """Cancel a waiting job; tell the process of a running one to end it. None where there is no open job."""
    row = session.get(JobRow, job_id)
    if row is None or row.state not in OPEN:
        return None
    row.stop_asked = True
    if row.state == "queued":
        _end(row, "cancelled", row.message)
    session.flush()
    return to_job(row)


def asked_to_stop(session: Session, *, token: str) -> set[int]:
    """The jobs of a process that somebody wants to end."""
    query = select(JobRow.id).where(JobRow.lease == token, JobRow.stop_asked.is_(True), JobRow.state == "running")
    return set(session.scalars(query))


def held_only_by(session: Session, tokens: Collection[str]) -> bool:
    """Whether every running job belongs to one of these processes."""
    holders = set(session.scalars(select(JobRow.lease).where(JobRow.state == "running").distinct()))
    return holders <= set(tokens)


def release_lost(session: Session, *, living: Collection[str], no_retry: Collection[str] = ()) -> list[Job]:
    """Let the running jobs of all but the ``living`` processes wait again; gives them.

    They end as failed after ATTEMPTS, and at once where they were typed by hand (``no_retry``: those processes).
    """
    found = []
    for row in session.scalars(select(JobRow).where(JobRow.state == "running").order_by(JobRow.id)):
        if row.lease in living:
            continue
        if row.stop_asked:
            _end(row, "cancelled", row.message)
        elif row.attempts >= ATTEMPTS or row.lease in no_retry:
            _end(row, "failed", LOST)
        else:
            _wait_again(row)
        found.append(to_job(row))
    session.flush()
    return found


def to_job(row: JobRow) -> Job:
    """A row as others see it."""
    values = {field.name: getattr(row, field.name) for field in fields(Job)}
    return Job(**(values | {"args": tuple(row.args), "state": cast(State, row.state)}))


def _new(name: str, key: str, args: Iterable[str], asked_by: str) -> JobRow:
    return JobRow(
        name=name, key=key, args=list(args), state="queued", asked_by=asked_by, asked_at=now(), priority=0, attempts=0,
        stop_asked=False,
    )  # fmt: skip


def _runs(name: str, key: str) -> tuple[ColumnElement[bool], ...]:
    return (JobRow.name == name, JobRow.key == key, JobRow.state == "running")


def _mine(session: Session, job_id: int, token: str) -> JobRow | None:
    """The row of a job that this process still holds: others may have taken it for dead meanwhile."""
    row = session.get(JobRow, job_id)
    return row if row is not None and row.state == "running" and row.lease == token else None


def _start(row: JobRow, token: str) -> None:
    row.state, row.lease, row.started_at, row.attempts = "running", token, now(), row.attempts + 1
    row.finished_at = row.exit_code = row.done = row.total = row.message = row.output = None
    row.stop_asked = False


def _wait_again(row: JobRow) -> None:
    row.state, row.lease, row.started_at = "queued", None, None


def _end(row: JobRow, state: State, message: str | None) -> None:
    row.state, row.lease, row.finished_at, row.message = state, None, now(), message


def _stored(text: str, limit: int) -> str:
    """Text that any database takes, cut to what is kept."""
    kept = text if len(text) <= limit else text[: limit - 1] + "…"
    return kept.replace("\0", "").encode("utf-8", "replace").decode("utf-8")
