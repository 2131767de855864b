"""Puts a backup in the place of the database: tried under another name first, swapped in one step, the old one kept."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from uuid import uuid4

from sqlalchemy import text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError

from scraper.clock import now
from scraper.config import Config
from scraper.errors import StorageError
from storage import schema
from storage.database import Database
from storage.engine import make_engine

IN_USE = (
    "another process has {path} open; stop `pantau run`, `pantau serve` and every other command on it, then try again"
)


def restore(config: Config, backup: Path) -> Path | None:
    """Put a backup in the place of the installation's database; gives where the old one is kept, if there was one.

    The backup itself stays as it is. It is copied beside the database, brought to this version's schema and checked;
    only then the two are swapped, so that a failure or a crash leaves the database that was there. The copy gets a new
    name, by which search indexes notice that it is another database and are built anew.

    Raises StorageError where the backup is none or damaged, where another process has the database open, or where
    the database is not SQLite.
    """
    path = _database_file(config)
    if not backup.is_file():
        raise StorageError(f"{backup} is no file; name a backup that `pantau db backup` wrote")
    if path.exists() and backup.samefile(path):
        raise StorageError(f"{backup} is the database itself; name a backup of it")
    path.parent.mkdir(parents=True, exist_ok=True)
    trial = path.with_name(f"{path.name}.restoring")
    try:
        with _alone(path):
            _copy(backup, trial)
            _prove(trial, backup)
            kept = _keep(path, trial)
            trial.replace(path)
            _sync(path.parent)
    finally:
        for leftover in (trial, *(Path(f"{trial}{end}") for end in ("-wal", "-shm", "-journal"))):
            with suppress(OSError):
                leftover.unlink(missing_ok=True)
    return kept


def _database_file(config: Config) -> Path:
    url = make_url(config.database_url)
    if url.get_backend_name() != "sqlite" or not url.database:
        raise StorageError("only a SQLite database is restored by Pantau; for PostgreSQL see docs/postgresql.md")
    return Path(url.database)


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Nobody else has the database open or writes to it; what waits in its write-ahead log is in the file."""
    if not path.exists():
        yield
        return
    connection = sqlite3.connect(path, timeout=0, isolation_level=None)
    try:
        try:  # SQLite lets the log go only where no other connection, of any process, is open
            mode = connection.execute("PRAGMA journal_mode=DELETE").fetchone()[0]
            connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            raise StorageError(IN_USE.format(path=path)) from error
        except sqlite3.DatabaseError:
            mode = "delete"  # what is damaged may be replaced
        if mode != "delete":
            raise StorageError(IN_USE.format(path=path))
        yield
    finally:
        connection.close()


def _copy(backup: Path, trial: Path) -> None:
    try:
        source = sqlite3.connect(f"{backup.resolve().as_uri()}?mode=ro", uri=True)
        target = sqlite3.connect(trial)
        try:
            source.backup(target)
        finally:
            source.close()
            target.close()
    except sqlite3.Error as error:
        raise StorageError(f"{backup} is no backup that can be read ({error}); nothing was changed") from error


def _prove(trial: Path, backup: Path) -> None:
    """Check the copy, bring it to this version's schema, and give it a name of its own."""
    database = Database(make_engine(f"sqlite:///{trial}"))
    try:
        with database.engine.connect() as connection:
            version = schema.current(connection)
        if version is None or not schema.is_known(version):
            what = "no database of Pantau" if version is None else f"of a newer Pantau (schema {version})"
            raise StorageError(f"{backup} is {what}; nothing was changed")
        database.upgrade()
        if wrong := database.check():
            raise StorageError(f"{backup} is damaged ({wrong[0]}); nothing was changed")
        with database.engine.begin() as connection:
            connection.execute(text("UPDATE change_counter SET database = :name"), {"name": uuid4().hex})
    except SQLAlchemyError as error:
        raise StorageError(f"{backup} is damaged ({error}); nothing was changed") from error
    finally:
        database.close()
    with closing(sqlite3.connect(trial)) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")


def _keep(path: Path, trial: Path) -> Path | None:
    """Another name for the database that is replaced; it is never thrown away. The new one gets its rights."""
    if not path.exists():
        return None
    shutil.copymode(path, trial)
    kept = path.with_name(f"{path.stem}-before-restore-{now():%Y%m%dT%H%M%S}-{uuid4().hex[:4]}{path.suffix}")
    kept.hardlink_to(path)
    return kept


def _sync(folder: Path) -> None:
    """Make the swap outlive a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
