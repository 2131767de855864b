"""Runs jobs as child processes and keeps their rows: how far they are, how they ended, that this process lives."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

import structlog

from pantau.jobs.catalogue import command_of, kind_of
from pantau.jobs.child import Cause, Child
from scraper.config import Config
from scraper.errors import PantauError, StorageError
from storage.database import Database
from storage.presence import JOBS, Presence, bury_dead
from storage.records import jobs
from storage.records.job_history import get_job
from storage.records.jobs import Job
from storage.records.processes import Kind

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

T = TypeVar("T")
TEND = 2.0
"""Seconds between two looks at who wants a job to end, and two reports of how far jobs are."""
BEATS = 6
"""How often this process says that it lives, in the time after which a silent one counts as dead."""
SILENT, SILENT_CHILD = 0.6, 0.75
"""Shares of that time after which jobs are ended because the others were told nothing: by this process, and by the
child itself where this process is frozen. Nothing may run twice."""
AGAIN = 2.0
"""Seconds until what the database refused is tried again."""
LAST_TRIES = 5
"""How often a stopping process tries."""
CAUSES: dict[Cause | None, str] = {"late": "it took too long and was ended"}


class Runner:
    """The jobs of this process. Its methods belong to one event loop; the database is asked in threads."""

    def __init__(self, db: Database, config: Config, kind: Kind) -> None:
        """Raises StorageError where disk or database refuse."""
        self.db, self._config, self._kind = db, config, kind
        self._presence = Presence(db, config.data, kind)
        self._children: dict[int, Child] = {}
        self._stopping = False
        self._heard, self._beat_at = _boottime(), 0.0
        self._log = structlog.get_logger("pantau.jobs")

    @property
    def token(self) -> str:
        """By which others see whose job it is."""
        return self._presence.token

    @property
    def shared(self) -> bool:
        """Whether other machines may run jobs of this database."""
        return self.db.engine.dialect.name == "postgresql"

    @property
    def lost_after(self) -> float:
        """Seconds of silence after which another machine counts as dead."""
        return self._config.work.jobs_lost_after.total_seconds()

    async def claim_next(self) -> Job | None:
        """Take the first job that may run; None where there is none."""
        if self._stopping or not await self._persist(jobs.is_waiting, reads=True):
            return None
        return await self._persist(lambda at: jobs.claim_next(at, token=self.token))

    async def claim(self, job_id: int) -> Job | None:
        """Take this job; None where it may not run now."""
        return None if self._stopping else await self._persist(lambda at: jobs.claim(at, job_id, token=self.token))

    async def run(self, job: Job) -> bool:
        """Run a claimed job to its end; False where it was broken off and waits again."""
        log = self._log.bind(job=job.id, name=job.name, key=job.key)
        started, token = time.monotonic(), self.token
        log.info("job started", asked_by=job.asked_by, attempt=job.attempts)
        try:
            kind, command = kind_of(job.name), command_of(job.name, job.key, job.args)
            lease = self._presence.lease.fileno()
            silence = SILENT_CHILD * self.lost_after if self.shared else None
            child = await Child.start(
                job.id, command, lease=lease, hear=lambda line: log.info("job says", line=line), silence=silence
            )
        except (OSError, PantauError) as error:  # no memory for a process; a job of another version of Pantau
            text = str(error)
            await self._persist(lambda at: jobs.finish(at, job.id, token=token, exit_code=127, message=text))
            log.error("job could not be started", error=text)
            return True
        self._children[job.id] = child
        if self._stopping:
            await child.end("stopped")
        code = await child.wait(kind.limit.total_seconds())
        del self._children[job.id]
        broken_off = child.cause in ("stopped", "lost")
        if broken_off:
            await self._persist(lambda at: jobs.give_back(at, job.id, token=token))
        else:
            await self._persist(lambda at: _finish(at, job, token, code, child))
        log.info(
            "job broken off" if broken_off else "job ended", code=code, seconds=round(time.monotonic() - started, 1)
        )
        return not broken_off

    async def state_of(self, job_id: int) -> str | None:
        """How a job stands; None where there is none of this number."""
        job = await self._persist(lambda at: get_job(at, job_id), reads=True)
        return job.state if job else None

    async def tend(self) -> None:
        """Once: report how far jobs are, end those that somebody wants to end, tell the others that this lives."""
        try:
            for job_id in await asyncio.to_thread(self._report):
                if (child := self._children.get(job_id)) and child.cause is None:
                    asyncio.get_running_loop().create_task(child.end("asked"))
            if time.monotonic() - self._beat_at >= self.lost_after / BEATS:
                await self._tell_others()
        except StorageError as error:
            self._log.warning("the database refuses; trying again", error=str(error))
        if self.shared and _boottime() - self._heard > SILENT * self.lost_after:
            await self._end_all("lost", grace=0)  # others may soon run them: nothing may run twice

    async def stop(self) -> None:
        """End all jobs, which wait again; nothing is started from now on."""
        self._stopping = True
        await self._end_all("stopped")

    async def leave(self) -> None:
        """Say that this process ends; the last call."""
        await asyncio.to_thread(self._presence.leave)

    def kill(self) -> None:
        """End all jobs at once, without waiting."""
        for child in self._children.values():
            child.kill("stopped")

    async def _tell_others(self) -> None:
        heard = _boottime()
        if await asyncio.to_thread(self._presence.beat):
            self._heard = heard
            for child in self._children.values():
                child.assure()
        else:
            self._log.warning("others took this process for dead; its jobs wait again")
            await self._end_all("lost", grace=0)
            self._presence.lease.release()
            self._presence = await asyncio.to_thread(Presence, self.db, self._config.data, self._kind)
            self._heard = heard
        lost_after = self._config.work.jobs_lost_after
        for job in await asyncio.to_thread(bury_dead, self.db, self._config.data, lost_after=lost_after):
            self._log.warning("the process of a job died", job=job.id, name=job.name, key=job.key, state=job.state)
        self._beat_at = time.monotonic()

    async def _end_all(self, cause: Cause, **how: float) -> None:
        await asyncio.gather(*(child.end(cause, **how) for child in list(self._children.values())))

    def _report(self) -> set[int]:
        """Write down how far jobs are; gives those that are to end."""
        told = {job_id: child.take_standing() for job_id, child in list(self._children.items())}
        if any(told.values()):
            with self.db.write(only=JOBS) as session:
                for job_id, said in told.items():
                    if said is not None:
                        jobs.report(session, job_id, self.token, said.done, said.total, said.message)
        with self.db.read() as session:
            return jobs.asked_to_stop(session, token=self.token) if told else set()

    async def _persist(self, act: Callable[[Session], T], *, reads: bool = False) -> T:
        """Ask the database until it answers: what ran must not be forgotten. Raises StorageError at a stop only."""
        tries = 0
        while True:
            try:
                return await asyncio.to_thread(self._ask, act, reads)
            except StorageError as error:
                tries += 1
                if self._stopping and tries >= LAST_TRIES:
                    raise
                self._log.warning("the database refuses; trying again", error=str(error))
                await asyncio.sleep(AGAIN)

    def _ask(self, act: Callable[[Session], T], reads: bool) -> T:
        with self.db.read() if reads else self.db.write(only=JOBS) as session:
            return act(session)


def _finish(session: Session, job: Job, token: str, code: int, child: Child) -> bool:
    if said := child.take_standing():
        jobs.report(session, job.id, token, said.done, said.total, said.message)
    message = CAUSES.get(child.cause) or child.message
    code = code or 1 if child.cause == "late" else code
    return jobs.finish(session, job.id, token=token, exit_code=code, message=message, output=child.output)


def _boottime() -> float:
    """Seconds that go on while the machine sleeps, and that no clock change moves."""
    return time.clock_gettime(getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC))
