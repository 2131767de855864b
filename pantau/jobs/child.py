"""One job's child process: started, listened to, ended with everything that it started itself."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import Callable, Sequence
from typing import Literal

from pantau.jobs.lines import Standing, read_line
from storage.records.jobs import MAX_OUTPUT

GRACE = 20.0
"""Seconds that a child has to end by itself when it is asked to."""
AFTERMATH = 5.0
"""Seconds for reading what an ended child has said."""
LONGEST_LINE = 10_000
Cause = Literal["asked", "stopped", "late", "lost"]
"""Why a child was ended: a person asked, this process stops, its time was over, its job is another process's now."""


class Child:
    """A ``pantau`` command that runs as a job."""

    def __init__(self, process: Process, hear: Callable[[str], None]) -> None:
        self._process, self._hear = process, hear
        self.cause: Cause | None = None
        self._standing: Standing | None = None
        self.message = ""
        """The last line that it wrote for people."""
        self._output = bytearray()

    @classmethod
    async def start(
        cls,
        number: int,
        command: Sequence[str],
        *,
        lease: int,
        hear: Callable[[str], None],
        silence: float | None = None,
    ) -> Child:
        """Start ``pantau COMMAND`` as job ``number``; what it says for people goes to ``hear``, line by line.

        It gets a process group of its own, the open file of its runner's ``lease``, which is held as long as one of
        the two lives, and a pipe that ends with its runner. Where ``silence`` is given it ends itself after so many
        seconds without :meth:`assure`. Raises OSError.
        """
        alert = () if silence is None else ("--silence", str(silence))
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "pantau", "--job", str(number), *alert, *command,
            stdin=PIPE, stdout=PIPE, stderr=PIPE, start_new_session=True, pass_fds=(lease,),
        )  # fmt: skip
        return cls(process, hear)

    @property
    def output(self) -> str:
        """What it printed for programs, as far as it is kept."""
        return self._output.decode("utf-8", "replace")

    def assure(self) -> None:
        """Tell it that its job is still this process's."""
        if self._process.stdin is not None and not self._process.stdin.is_closing():
            self._process.stdin.write(b".")

    async def wait(self, seconds: float) -> int:
        """Listen until it has ended, at the latest after so long; gives its exit code, negative for a signal."""
        listening = asyncio.gather(self._read_output(), self._read_lines())
        try:
            await asyncio.wait_for(self._process.wait(), seconds)
        except TimeoutError:
            await self.end("late")
        self._signal(signal.SIGKILL)  # what it left behind
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(listening, AFTERMATH)
        return await self._process.wait()

    async def end(self, cause: Cause, *, grace: float = GRACE) -> None:
        """Ask it to end, and make it end when it does not."""
        if self._process.returncode is not None:
            return
        self.cause = self.cause or cause
        with contextlib.suppress(ProcessLookupError):
            self._process.terminate()
        try:
            await asyncio.wait_for(self._process.wait(), grace)
        except TimeoutError:
            self._signal(signal.SIGKILL)
            await self._process.wait()

    def kill(self, cause: Cause) -> None:
        """End it at once."""
        self.cause = self.cause or cause
        self._signal(signal.SIGKILL)

    def take_standing(self) -> Standing | None:
        """How far it is, where it has told so since the last time."""
        standing, self._standing = self._standing, None
        return standing

    def _signal(self, number: signal.Signals) -> None:
        """To it and to all that it started."""
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, number)

    async def _read_output(self) -> None:
        while self._process.stdout is not None and (part := await self._process.stdout.read(1 << 16)):
            self._output += part[: max(0, 4 * MAX_OUTPUT - len(self._output))]

    async def _read_lines(self) -> None:
        rest = b""
        while self._process.stderr is not None and (part := await self._process.stderr.read(1 << 16)):
            *lines, rest = (rest + part).split(b"\n")
            for line in lines:
                self._take(line)
            if len(rest) > LONGEST_LINE:
                self._take(rest)
                rest = b""
        self._take(rest)

    def _take(self, raw: bytes) -> None:
        line = raw[:LONGEST_LINE].decode("utf-8", "replace").rstrip()
        if standing := read_line(line):
            self._standing = standing
        elif line:
            self.message = line
            self._hear(line)
