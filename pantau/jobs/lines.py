"""How a job tells its runner how far it is: a marked line of JSON on stderr, between lines meant for people."""

from __future__ import annotations

import json
import sys
import time
from dataclasses import dataclass

MARK = "@pantau "
EVERY = 1.0
"""Seconds between two lines of one kind of work; more would only be thrown away."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How far a job has come."""

    done: int | None = None
    total: int | None = None
    message: str = ""


def read_line(line: str) -> Standing | None:
    """What a marked line says; None for any other line."""
    if not line.startswith(MARK):
        return None
    try:
        values = json.loads(line.removeprefix(MARK))
        done, total = (None if values[name] is None else int(values[name]) for name in ("done", "total"))
        return Standing(done=done, total=total, message=str(values["message"]))
    except (ValueError, TypeError, KeyError):
        return None


class Teller:
    """Is told often how far this process is, and writes a line now and then."""

    def __init__(self) -> None:
        self._told = float("-inf")

    def tell(self, done: int | None, total: int | None, message: str) -> None:
        """Write a line, unless one was written a moment ago; the end is always told."""
        if time.monotonic() - self._told >= EVERY or done == total:
            self._told = time.monotonic()
            values = {"done": done, "total": total, "message": message}
            print(MARK + json.dumps(values), file=sys.stderr, flush=True)
