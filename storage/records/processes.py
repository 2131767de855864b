"""The processes that run jobs, as rows: who is there, since when, and who has gone without a word."""

from __future__ import annotations

import os
import socket
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, cast

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from scraper.clock import now
from storage.records.columns import Moment
from storage.records.tables_work import ProcessRow

Kind = Literal["run", "worker", "command"]
"""``run`` has the scheduler, ``worker`` runs jobs only, ``command`` was typed by hand and runs one."""
SCHEDULER = "run"
SEEN_LATELY = timedelta(seconds=60)
"""A scheduler that was heard of so lately runs."""
FORGOTTEN = timedelta(days=2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Process:
    """One that has not left."""

    token: str
    kind: Kind
    host: str
    pid: int
    started_at: datetime
    silent_for: timedelta
    """Since its last word, by the database's clock."""


def enter(session: Session, token: str, kind: Kind) -> None:
    """Say that this process is there and that its jobs carry ``token``."""
    row = ProcessRow(token=token, kind=kind, host=socket.gethostname(), pid=os.getpid(), started_at=now())
    row.beat_at = func.now()
    session.add(row)
    session.flush()


def beat(session: Session, token: str) -> bool:
    """Say that this process still lives; False where others have taken it for dead.

    A start that lies ahead of now was noted by a wrong clock, and is moved to now.
    """
    row = session.get(ProcessRow, token)
    if row is None or row.left_at is not None:
        return False
    row.beat_at = func.now()
    row.started_at = min(row.started_at, now())
    return True


def leave(session: Session, token: str) -> None:
    """Say that this process ends, or was found dead."""
    if (row := session.get(ProcessRow, token)) is not None and row.left_at is None:
        row.left_at = now()


def processes(session: Session) -> list[Process]:
    """All that have not left, the oldest first."""
    clock = _clock(session)
    rows = session.scalars(select(ProcessRow).where(ProcessRow.left_at.is_(None)).order_by(ProcessRow.started_at))
    return [
        Process(
            token=row.token, kind=cast(Kind, row.kind), host=row.host, pid=row.pid, started_at=row.started_at,
            silent_for=clock - row.beat_at,
        )
        for row in rows
    ]  # fmt: skip


def scheduler_runs(session: Session) -> bool:
    """Whether a scheduler was heard of lately; without one nothing is crawled, tagged or sent by itself."""
    return any(process.kind == SCHEDULER and process.silent_for < SEEN_LATELY for process in processes(session))


def scheduled_since(session: Session) -> datetime | None:
    """When a scheduler first ran here; what was planned before that is not caught up."""
    return session.scalar(select(func.min(ProcessRow.started_at)).where(ProcessRow.kind == SCHEDULER))


def forget_processes(session: Session) -> None:
    """Remove the rows of those that left long ago, but keep the first scheduler's."""
    first = select(ProcessRow.token).where(ProcessRow.kind == SCHEDULER).order_by(ProcessRow.started_at).limit(1)
    kept = session.scalar(first) or ""
    session.execute(delete(ProcessRow).where(ProcessRow.left_at < now() - FORGOTTEN, ProcessRow.token != kept))


def _clock(session: Session) -> datetime:
    """The database's time: machines that share it may disagree about theirs."""
    return session.execute(select(func.now(type_=Moment))).scalar_one()
