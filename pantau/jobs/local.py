"""The queue of one machine: the table of jobs itself, looked at now and then."""

from __future__ import annotations

import asyncio

from pantau.jobs.runner import Runner

POLL = 1.0
"""Seconds between two looks for a job that waits."""


async def work(runner: Runner, *, at_once: int, stop: asyncio.Event) -> None:
    """Run jobs, so many side by side, until told to stop; then those that run are waited for."""
    stopped = asyncio.ensure_future(stop.wait())
    running: set[asyncio.Task[bool]] = set()
    while not stop.is_set():
        while len(running) < at_once and (job := await runner.claim_next()) is not None:
            running.add(asyncio.create_task(runner.run(job)))
        done, _ = await asyncio.wait({stopped, *running}, timeout=POLL, return_when=asyncio.FIRST_COMPLETED)
        running -= done
        for task in done - {stopped}:
            task.result()
    await asyncio.gather(*running)
