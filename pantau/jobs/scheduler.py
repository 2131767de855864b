"""Asks for the jobs that are due. apscheduler only wakes it: what is due is told from the database, each time anew."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from pantau.jobs.due import Due, due_jobs
from pantau.jobs.rhythm import Rhythm
from pantau.jobs.submit import SCHEDULER, submit
from scraper.clock import now
from scraper.config import Config
from scraper.errors import PantauError
from scraper.followed import followed_sources
from storage.database import Database
from storage.health.checks import last_checks
from storage.presence import JOBS
from storage.records.deliveries import next_attempt
from storage.records.job_history import has_future, mend_future, past_jobs
from storage.records.processes import scheduled_since

WAKE = 15
"""Seconds between two looks at what is due."""
SOON = timedelta(seconds=2 * WAKE)


class Scheduler:
    """Wakes now and then and submits what is due; any number of them may do so side by side."""

    def __init__(self, db: Database, config: Config) -> None:
        """Raises ConfigError where a time in the settings cannot be read."""
        self._db, self._config = db, config
        self.rhythm = Rhythm.from_config(config, copies=db.engine.dialect.name == "sqlite")
        self._log = structlog.get_logger("pantau.scheduler")
        self._told: set[str] = set()
        self._waker = AsyncIOScheduler(timezone=UTC)

    def start(self) -> None:
        """Wake from now on, in the running event loop."""
        self._waker.add_job(
            self._wake, "interval", seconds=WAKE, id="due", coalesce=True, max_instances=1, misfire_grace_time=None,
            next_run_time=datetime.now(UTC),
        )  # fmt: skip
        self._waker.start()

    def stop(self) -> None:
        """Wake no more."""
        if self._waker.running:
            self._waker.shutdown(wait=False)

    def mend_clock(self) -> None:
        """Wake soon where the machine's clock was set back: the waker would sleep until the old time comes again."""
        job = self._waker.get_job("due")
        if job is not None and job.next_run_time is not None and job.next_run_time > datetime.now(UTC) + SOON:
            self._log.warning("the clock was set back")
            job.modify(next_run_time=datetime.now(UTC))

    def plan(self) -> list[Due]:
        """Once: submit what is due; gives it. Raises StorageError."""
        moment = now()
        self._mend_times(moment)
        with self._db.read() as session:
            past, since = past_jobs(session, moment=moment), scheduled_since(session)
            mail_at = next_attempt(session) if self._config.mail.is_set_up else None
            yields = {health.source: health.expected for health in last_checks(session)}
        sources = self._sources(yields)
        found = due_jobs(moment, past=past, rhythm=self.rhythm, sources=sources, since=since, mail_at=mail_at)
        for due in found:
            seen = past[due.name, due.key].last if (due.name, due.key) in past else 0
            job, new = submit(self._db, due.name, key=due.key, asked_by=SCHEDULER, due_at=due.at, seen=seen)
            if new:
                self._log.info("job planned", job=job.id, name=due.name, key=due.key)
        return found

    def _mend_times(self, moment: datetime) -> None:
        with self._db.read() as session:
            wrong = has_future(session, moment)
        if wrong:
            self._log.warning("jobs were done at times that are yet to come: the clock was wrong")
            with self._db.write(only=JOBS) as session:
                mend_future(session, moment)

    async def _wake(self) -> None:
        try:
            await asyncio.to_thread(self.plan)
        except PantauError as error:
            self._log.warning("nothing could be planned; trying again", error=str(error))
        except Exception:
            self._log.exception("planning failed; trying again")

    def _sources(self, yields: dict[str, float]) -> dict[str, timedelta]:
        found, wrong = followed_sources(self._config.data)
        for error in wrong:
            if str(error) not in self._told:
                self._told.add(str(error))
                self._log.error("a source cannot be crawled", error=str(error))
        return {
            source.name: source.every or self.rhythm.crawl_interval(yields.get(source.name, 0.0)) for source in found
        }
