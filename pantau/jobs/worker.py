"""The queue of many machines: procrastinate in PostgreSQL hands out the numbers of jobs, one at a time of each key."""

from __future__ import annotations

import asyncio
import contextlib
from typing import Any

import structlog
from procrastinate import App, BaseRetryStrategy, RetryDecision, exceptions
from procrastinate.jobs import Job as Token

from pantau.jobs.runner import BEATS, Runner
from storage.records.jobs import OPEN
from storage.task_queue import TASK, make_app

RETRY = 5
"""Seconds until a job is offered again that could not run or was broken off."""
STALLED = 30.0
"""Seconds of silence after which a worker's jobs are offered to others; whether it lives is told by its lease."""
RESTART = 5.0
"""Seconds until the queue is opened again after the database was away."""


class OfferAgain(Exception):
    """The job still has to be run: by another process, or later."""


class Later(BaseRetryStrategy):
    """Offers again what asks for it, and nothing else: a job that failed is planned anew by the scheduler."""

    def get_retry_decision(self, *, exception: BaseException, job: Token) -> RetryDecision | None:
        """When to offer it again."""
        return RetryDecision(retry_in={"seconds": RETRY}) if isinstance(exception, OfferAgain) else None


async def work(runner: Runner, *, at_once: int, stop: asyncio.Event) -> None:
    """Run what the queue offers, so many side by side, until told to stop; then those that run are waited for."""
    log, app = structlog.get_logger("pantau.worker"), make_app(runner.db.engine)

    @app.task(name=TASK, retry=Later())
    async def run_job(job: int) -> None:
        await _run(runner, job)

    while not stop.is_set():
        try:
            async with app.open_async():
                await _serve(app, at_once=at_once, stalled=min(STALLED, runner.lost_after), stop=stop)
        except Exception as error:  # the driver's, its pool's, the library's own: the database may come back
            log.warning("the queue is away; trying again", error=str(error))
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), RESTART)


async def _serve(app: App, *, at_once: int, stalled: float, stop: asyncio.Event) -> None:
    working = asyncio.create_task(
        app.run_worker_async(
            concurrency=at_once, install_signal_handlers=False, delete_jobs="always",
            update_heartbeat_interval=stalled / BEATS, stalled_worker_timeout=stalled,
        )
    )  # fmt: skip
    helpers = [asyncio.create_task(stop.wait()), asyncio.create_task(_offer_stalled(app, stalled))]
    try:
        await asyncio.wait([working, *helpers], return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in (working, *helpers):
            task.cancel()
        await asyncio.gather(working, *helpers, return_exceptions=True)
    if not working.cancelled() and (error := working.exception()):
        raise error


async def _run(runner: Runner, job_id: int) -> None:
    """Run one job that the queue offers. Raises OfferAgain where it has to be offered once more."""
    job = await runner.claim(job_id)
    if job is None:
        if await runner.state_of(job_id) in OPEN:
            raise OfferAgain(f"job {job_id} or one of its key runs elsewhere")
        return
    if not await runner.run(job):
        raise OfferAgain(f"job {job_id} was broken off")


async def _offer_stalled(app: App, stalled: float) -> None:
    """Offer the jobs of silent workers to others; our own rows say which of them may run."""
    manager: Any = app.job_manager
    while True:
        for token in await manager.get_stalled_jobs(seconds_since_heartbeat=stalled):
            with contextlib.suppress(exceptions.ConnectorException):  # another worker was faster
                await manager.retry_job(token)
        await asyncio.sleep(stalled / BEATS)
