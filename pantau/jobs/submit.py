"""Asking for a job: the one way for the scheduler, the page and the command line, on either database."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from pantau.jobs.catalogue import PEOPLE, command_of, kind_of
from scraper.errors import InputError
from storage.database import Database
from storage.presence import JOBS
from storage.records import jobs
from storage.records.jobs import Job
from storage.task_queue import enqueue

SCHEDULER = "scheduler"
"""Who asks for what is due."""


def submit(
    db: Database,
    name: str,
    *,
    asked_by: str,
    key: str = "",
    options: Sequence[str] = (),
    due_at: datetime | None = None,
    seen: int | None = None,
) -> tuple[Job, bool]:
    """Ask for a job; gives it, and False where the same one waits or runs already.

    ``key`` may be anybody's text; ``options`` are the command's own and never are. ``due_at`` and ``seen`` are for who
    plans by what it knows: the planned time, and the last job of this name and key that it knows. Raises InputError
    for a job that there is not, or a key where none belongs.
    """
    kind = kind_of(name)
    if kind.keyed != bool(key):
        wanted = "needs" if kind.keyed else "takes no"
        raise InputError(
            "the job %(name)r %(wanted)s key: it is `pantau %(names)s`",
            name=name,
            wanted=wanted,
            names=" ".join(command_of(name, "KEY", ())),
        )
    priority = kind.priority + (0 if asked_by == SCHEDULER else PEOPLE)
    with db.write(only=JOBS) as session:
        job, new = jobs.submit(
            session,
            name=name,
            key=key,
            args=options,
            asked_by=asked_by,
            priority=priority,
            due_at=due_at,
            seen=seen,
        )
        if new:
            enqueue(session, job)
    return job, new
