"""What a command does otherwise when it runs as a job: it tells how far it is, and never outlives its runner."""

from __future__ import annotations

import os
import signal
import threading

_running = False


def enter() -> None:
    """Run as a job from now on: standard input is a pipe that ends when the runner does, however that happens."""
    global _running
    _running = True
    threading.Thread(target=_end_with_runner, name="lifeline", daemon=True).start()


def is_job() -> bool:
    """Whether this command was started by a runner, which holds its name and key."""
    return _running


def _end_with_runner() -> None:
    """Wait for the end of the pipe, then end this process and all that it started."""
    while os.read(0, 1):
        pass
    if os.getpgrp() == os.getpid():
        os.killpg(os.getpid(), signal.SIGKILL)
    os._exit(1)
