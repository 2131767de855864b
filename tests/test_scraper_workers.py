"""Processes beside the reactor: what a call may do to them, and what it may not."""

from __future__ import annotations

import asyncio
import os
import signal
import time
from collections.abc import Iterator
from typing import Any

import pytest

from scraper.crawl import workers
from scraper.crawl.workers import WorkerDied, WorkerPool
from scraper.errors import ExtractionError


@pytest.fixture
def pool() -> Iterator[WorkerPool]:
    pool = WorkerPool(2)
    yield pool
    pool.close()


def run(pool: WorkerPool, function: Any, *args: Any, seconds: float = 30.0) -> Any:
    return asyncio.run(pool.run(seconds, function, *args))


def refuse(reason: str) -> None:
    raise ExtractionError(reason, "no article")


def is_there(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def test_results_and_errors_come_back(pool: WorkerPool) -> None:
    assert run(pool, len, b"x" * 5_000_000) == 5_000_000
    assert run(pool, bytes, 5_000_000) == bytes(5_000_000)
    with pytest.raises(ZeroDivisionError):
        run(pool, divmod, 1, 0)
    with pytest.raises(RuntimeError, match="cannot be sent"):
        run(pool, open, os.devnull)


def test_processes_serve_call_after_call_and_loop_after_loop(pool: WorkerPool) -> None:
    first = run(pool, os.getpid)
    assert run(pool, os.getpid) == first != os.getpid()


def test_a_call_that_kills_takes_only_itself(pool: WorkerPool) -> None:
    async def both() -> list[Any]:
        slow = pool.run(30.0, time.sleep, 1.0)
        deadly = pool.run(30.0, os._exit, 1)
        return await asyncio.gather(slow, deadly, return_exceptions=True)

    slept, died = asyncio.run(both())
    assert slept is None
    assert isinstance(died, WorkerDied)
    assert run(pool, abs, -1) == 1


def test_a_process_that_died_in_between_costs_nothing(pool: WorkerPool) -> None:
    os.kill(run(pool, os.getpid), signal.SIGKILL)
    assert run(pool, abs, -1) == 1


def test_a_call_that_hangs_is_given_up(pool: WorkerPool) -> None:
    process = run(pool, os.getpid)
    with pytest.raises(TimeoutError):
        run(pool, time.sleep, 60, seconds=0.2)
    while is_there(process):
        time.sleep(0.01)
    assert run(pool, abs, -1) == 1


def test_no_more_calls_at_once_than_processes(pool: WorkerPool) -> None:
    async def many() -> list[int]:
        return await asyncio.gather(*(pool.run(30.0, os.getpid) for _ in range(20)))

    assert len(set(asyncio.run(many()))) <= 2


def test_a_process_that_has_grown_is_replaced(pool: WorkerPool) -> None:
    first = run(pool, os.getpid)
    assert run(pool, len, b"x" * ((workers.MAX_RSS_MB + 50) << 20)) > 0
    assert run(pool, os.getpid) != first
