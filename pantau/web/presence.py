"""Whether a scheduler runs beside the page, asked of the database now and then: every page says so where none does."""

from __future__ import annotations

import time
from dataclasses import dataclass

from storage.database import Database
from storage.records.processes import scheduler_runs

ASKED_EVERY = 30.0
"""Seconds."""


@dataclass(slots=True)
class Presence:
    """Shared by all requests of a process."""

    _asked_at: float = float("-inf")
    _runs: bool = True

    def scheduler_runs(self, db: Database) -> bool:
        """Whether one was heard of lately, as of half a minute ago at most."""
        if time.monotonic() - self._asked_at > ASKED_EVERY:
            with db.read() as session:
                self._runs = scheduler_runs(session)
            self._asked_at = time.monotonic()
        return self._runs
