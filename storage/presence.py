"""This process as others see it, and which of the others live: by a lease on this machine, by a beat on others.

A lease is a locked file that the system frees when its holder and the children that were given it have ended: it is
never wrong. Whoever is on another machine counts as dead when nothing was heard of it for long.
"""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from sqlalchemy.orm import Session

from storage.database import Database
from storage.leases import Lease, forget, holder_state
from storage.records import jobs, processes
from storage.records.jobs import Job
from storage.records.processes import Kind, Process

JOBS = ("jobs",)
"""What writers of jobs and processes wait for each other by."""


class Presence:
    """Says that this process is there, from its making until :meth:`leave`."""

    def __init__(self, db: Database, data: Path, kind: Kind) -> None:
        """Raises StorageError where disk or database refuse."""
        self._db, self.lease = db, Lease(data)
        self.token = self.lease.token
        with db.write(only=JOBS) as session:
            processes.enter(session, self.token, kind)

    def beat(self) -> bool:
        """Say that this process lives; False where others have taken it for dead, and may run its jobs."""
        with self._db.write(only=JOBS) as session:
            return processes.beat(session, self.token)

    def leave(self) -> None:
        """Say that it ends."""
        with self._db.write(only=JOBS) as session:
            processes.leave(session, self.token)
        self.lease.release()


def bury_dead(db: Database, data: Path, *, lost_after: timedelta) -> list[Job]:
    """Note which processes died without a word and let their jobs wait again; gives those jobs."""
    with db.read() as session:
        known = processes.processes(session)
        dead = [process for process in known if not _lives(process, data, lost_after)]
        if not dead and jobs.held_only_by(session, {process.token for process in known}):
            return []
    with db.write(only=JOBS) as session:
        return _bury(session, data, lost_after)


def _bury(session: Session, data: Path, lost_after: timedelta) -> list[Job]:
    known = processes.processes(session)
    living = {process.token for process in known if _lives(process, data, lost_after)}
    typed = {process.token for process in known if process.kind == "command"}
    for process in known:
        if process.token not in living:
            processes.leave(session, process.token)
            forget(data, process.token)
    return jobs.release_lost(session, living=living, no_retry=typed)


def _lives(process: Process, data: Path, lost_after: timedelta) -> bool:
    state = holder_state(data, process.token)
    return state == "lives" or (state == "elsewhere" and process.silent_for < lost_after)
