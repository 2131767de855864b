"""A lock by name that the system lets go when its holder dies: a file on one machine, PostgreSQL's own on many."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import text

from scraper.errors import StorageError
from storage.database import Database
from storage.engine import lock_number


@contextmanager
def exclusive(db: Database, data: Path, name: str) -> Iterator[bool]:
    """Hold a lock within the block; gives False, without waiting, where somebody else holds it.

    Raises StorageError where the disk refuses.
    """
    if db.engine.dialect.name == "postgresql":
        key = {"key": lock_number(f"exclusive {name}")}
        with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            taken = connection.execute(text("SELECT pg_try_advisory_lock(:key)"), key)
            free = bool(taken.scalar_one())
            try:
                yield free
            finally:
                if free:
                    connection.execute(text("SELECT pg_advisory_unlock(:key)"), key)
        return
    try:
        (data / "running").mkdir(parents=True, exist_ok=True)
        file = (data / "running" / f"{name}.lock").open("ab")
    except OSError as error:
        raise StorageError(f"{data / 'running'} cannot be written ({error}); is the disk full?") from error
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            yield False
        else:
            yield True
