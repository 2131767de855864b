"""A few processes that run functions beside the reactor: one call at a time each, so that a bad page takes only itself.

They are forked from a server that has imported what they need, so that starting one costs little time and memory.
"""

from __future__ import annotations

import asyncio
import gc
import multiprocessing
import os
import pickle
import resource
import signal
import socket
import struct
import sys
import threading
from collections.abc import Callable
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerContext
from multiprocessing.process import BaseProcess
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")
CALLS = 1000
"""A process ends after so many calls, and another takes its place: what libraries leave behind goes with it."""
MAX_RSS_MB = 160
"""Or as soon as it has taken more memory."""
COLLECT_AFTER = 20_000
"""So many new objects between two looks of the garbage collector; Python's own number is 700."""
_LENGTH = struct.Struct("!i")
_CONTEXT: ForkServerContext = multiprocessing.get_context("forkserver")


class WorkerDied(Exception):
    """Raised for a call that brought its process down."""


class WorkerPool:
    """Runs picklable functions in processes, which are started when they are needed."""

    def __init__(self, workers: int, *, most_mb: int = MAX_RSS_MB) -> None:
        """``most_mb`` is the memory in MB after which a process is replaced."""
        self._size = workers
        self._most_mb = most_mb
        self._idle: list[_Worker] = []
        self._busy: set[_Worker] = set()
        self._gate: tuple[asyncio.AbstractEventLoop, asyncio.Semaphore] | None = None

    async def run(self, seconds: float, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """What the function gives or raises; WorkerDied where its process ends, TimeoutError after ``seconds``.

        The time counts from the call's turn.
        """
        async with self._turns():
            for last in (False, True):
                worker = await self._take()
                try:
                    return await asyncio.wait_for(worker.call(function, args, kwargs), seconds)
                except WorkerDied:
                    if last:
                        raise
                finally:
                    self._give(worker)
        raise WorkerDied

    def close(self) -> None:
        """End the processes."""
        for worker in (*self._idle, *self._busy):
            worker.end()
        self._idle.clear()

    def _turns(self) -> asyncio.Semaphore:
        """One place a process; the gate belongs to the loop that runs."""
        loop = asyncio.get_running_loop()
        if self._gate is None or self._gate[0] is not loop:
            self._gate = loop, asyncio.Semaphore(self._size)
        return self._gate[1]

    async def _take(self) -> _Worker:
        worker = self._idle.pop() if self._idle else await self._started()
        self._busy.add(worker)
        return worker

    async def _started(self) -> _Worker:
        return await asyncio.get_running_loop().run_in_executor(None, _Worker, self._most_mb)

    def _give(self, worker: _Worker) -> None:
        self._busy.discard(worker)
        if worker.spent:
            worker.end()
        else:
            self._idle.append(worker)


class _Worker:
    """One process and the socket to it."""

    def __init__(self, most_mb: int) -> None:
        ours, theirs = _CONTEXT.Pipe()
        self._process: BaseProcess = _CONTEXT.Process(target=_serve, args=(theirs, most_mb), daemon=True)
        self._process.start()
        theirs.close()
        self._socket = socket.socket(fileno=os.dup(ours.fileno()))
        ours.close()
        self._socket.setblocking(False)
        self.spent = True
        """True unless the process waits for the next call."""

    async def call(self, function: Callable[..., T], args: Any, kwargs: Any) -> T:
        self.spent = True
        loop = asyncio.get_running_loop()
        request = pickle.dumps((function, args, kwargs), protocol=pickle.HIGHEST_PROTOCOL)
        try:
            await loop.sock_sendall(self._socket, _LENGTH.pack(len(request)) + request)
            (length,) = _LENGTH.unpack(await self._receive(_LENGTH.size))
            good, value, self.spent = pickle.loads(await self._receive(length))
        except (OSError, EOFError) as error:
            raise WorkerDied(f"the process of {function.__qualname__} ended") from error
        if not good:
            raise value
        result: T = value
        return result

    def end(self) -> None:
        self._socket.close()
        self._process.kill()

    async def _receive(self, length: int) -> bytearray:
        received = bytearray(length)
        view, loop = memoryview(received), asyncio.get_running_loop()
        while view:
            count = await loop.sock_recv_into(self._socket, view)
            if count == 0:
                raise EOFError
            view = view[count:]
        return received


def preload(*modules: str) -> None:
    """Start the server that processes are forked from; it imports the modules while this process does other things."""
    from multiprocessing import forkserver

    _CONTEXT.set_forkserver_preload(["__main__", *modules])
    forkserver.ensure_running()


def spare_collector() -> None:
    """Let the garbage collector leave alone what is there now, and look at the rest less often.

    Pages are trees of many short-lived objects: at its usual pace it takes a twentieth of a crawl's time.
    """
    gc.freeze()
    gc.set_threshold(COLLECT_AFTER, 20, 20)


def _serve(pipe: Connection, most_mb: int) -> None:
    """The life of a process: call after call, until there is none or it has grown."""
    spare_collector()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's
    threading.Thread(target=_end_with_parent, daemon=True).start()
    for call in range(1, CALLS + 1):
        try:
            function, args, kwargs = pickle.loads(pipe.recv_bytes())
        except EOFError:
            return
        good, value = _outcome(function, args, kwargs)
        spent = call == CALLS or _rss_mb() > most_mb
        try:
            answer = pickle.dumps((good, value, spent), protocol=pickle.HIGHEST_PROTOCOL)
        except Exception as error:
            answer = pickle.dumps((False, RuntimeError(f"{value!r} cannot be sent: {error}"), spent))
        pipe.send_bytes(answer)
        if spent:
            return


def _outcome(function: Callable[..., Any], args: Any, kwargs: Any) -> tuple[bool, Any]:
    try:
        return True, function(*args, **kwargs)
    except Exception as error:
        return False, error


def _rss_mb() -> float:
    """The most memory that this process has had."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1 << 20 if sys.platform == "darwin" else 1 << 10)


def _end_with_parent() -> None:
    """A process that hangs must not outlive the crawl."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
