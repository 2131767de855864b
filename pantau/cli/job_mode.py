"""What a command does otherwise when it runs as a job: it tells how far it is, and never outlives its runner."""

from __future__ import annotations

import os
import select
import signal
import threading

_running = False


def enter(silence: float | None) -> None:
    """Run as a job from now on.

    Standard input is a pipe from the runner: this command ends when the pipe does, however the runner ended, and after
    ``silence`` seconds without a word from it: another machine may soon run the job.
    """
    global _running
    _running = True
    threading.Thread(target=_end_with_runner, args=(silence,), name="lifeline", daemon=True).start()


def is_job() -> bool:
    """Whether this command was started by a runner, which holds its name and key."""
    return _running


def _end_with_runner(silence: float | None) -> None:
    """Wait for the end of the pipe or for silence, then end this process and all that it started."""
    while select.select([0], [], [], silence)[0] and os.read(0, 64):
        pass
    if os.getpgrp() == os.getpid():
        os.killpg(os.getpid(), signal.SIGKILL)
    os._exit(1)
