"""Which processes live: each holds a lock on a file of its own, and the system lets go when it dies."""

from __future__ import annotations

import fcntl
from datetime import datetime, timedelta
from pathlib import Path
from typing import Literal
from uuid import uuid4

from scraper.errors import StorageError

FOLDER = Path("running")
FORGOTTEN = timedelta(days=2)
"""A holder whose file is not here counts as dead after this: its folder was lost, or lies on another machine."""


class Lease:
    """Held until it is released or its process ends, however that happens."""

    def __init__(self, data: Path) -> None:
        """Take a new one below the data folder; raises StorageError where the disk refuses."""
        self.token = uuid4().hex
        self._path = _path(data, self.token)
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._file = self._path.open("xb")
            fcntl.flock(self._file, fcntl.LOCK_EX)
        except OSError as error:
            raise StorageError(f"{self._path} cannot be written ({error}); is the disk full?") from error

    def fileno(self) -> int:
        """The open file: a child process that is given it holds the lease too, until it ends."""
        return self._file.fileno()

    def release(self) -> None:
        """Let go when the work is done; safe to repeat."""
        self._path.unlink(missing_ok=True)
        self._file.close()

    def abandon(self) -> None:
        """Let go without a word, as a process does that is killed."""
        self._file.close()


def holder_state(data: Path, token: str | None) -> Literal["lives", "died", "elsewhere"]:
    """What this machine can tell of a holder; ``elsewhere`` where its file is not here, or not any more."""
    try:
        with _path(data, token or "none").open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except FileNotFoundError:
        return "elsewhere"
    except OSError:
        return "lives"
    return "died"


def holder_is_dead(data: Path, token: str | None, *, since: datetime, now: datetime) -> bool:
    """Whether nobody holds a lease (any more) that was taken at ``since``; never true of a process that lives."""
    state = holder_state(data, token)
    return state == "died" or (state == "elsewhere" and now - since > FORGOTTEN)


def forget(data: Path, token: str | None) -> None:
    """Remove the file of a dead holder."""
    _path(data, token or "none").unlink(missing_ok=True)


def _path(data: Path, token: str) -> Path:
    return data / FOLDER / f"{token}.lock"
