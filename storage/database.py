"""The door to the database: open, upgrade, read, write, back up, check."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from sqlalchemy import Engine, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from scraper.config import Config
from scraper.errors import StorageError
from storage import schema
from storage.engine import for_reading, for_writing, make_engine
from storage.records.changes import number_changes
from storage.records.registry import load_registry
from storage.task_queue import upgrade_queue


@dataclass(frozen=True, slots=True)
class Database:
    """One database; safe to share between threads, each of which opens its own sessions."""

    engine: Engine

    @classmethod
    def open(cls, config: Config, *, check: bool = True) -> Database:
        """Open the database of this installation; a missing or empty one is set up.

        ``check=False`` skips the comparison of schema versions, for ``pantau db upgrade``.
        Raises StorageError where it cannot be opened or its schema is older or newer than the code.
        """
        _make_folder(config)
        database = cls(make_engine(config.database_url))
        try:
            with _refusals(f"cannot open {_safe(database.engine)}; check that it is there, its rights and free space"):
                if database._is_empty():
                    database.upgrade()
                elif check:
                    database._compare()
        except StorageError:
            database.close()
            raise
        return database

    def upgrade(self, *, registry: Mapping[str, Sequence[Mapping[str, str]]] | None = None) -> str:
        """Bring the schema to this code's version, load the shipped registry rows; give the version."""
        with _refusals("the schema could not be upgraded; nothing was changed, see the cause"):
            with for_writing(self.engine).begin() as connection:
                schema.upgrade(connection)
            upgrade_queue(self.engine)
            if registry is not None:
                with self.write() as session:
                    load_registry(session, layer="shipped", rows=registry)
        return schema.head()

    @contextmanager
    def write(self, *, only: Iterable[str] | None = None) -> Iterator[Session]:
        """A transaction that may write: committed at the end, rolled back on any error.

        No other one writes meanwhile. With ``only``, names of all that is touched (sources, addresses), those that
        name nothing of it may, where the database can do that. Raises StorageError where the database refuses.
        """
        with (
            _refusals("the database refused the write; nothing was stored"),
            Session(for_writing(self.engine, only)) as session,
        ):
            yield session
            number_changes(session)
            session.commit()

    @contextmanager
    def erase(self) -> Iterator[Session]:
        """A write whose removed and replaced values are overwritten on the disk, where the database can do that."""
        if self.engine.dialect.name != "sqlite":
            with self.write() as session:
                yield session
            return
        with self.write() as session:
            session.connection().exec_driver_sql("PRAGMA secure_delete = ON")
            yield session
            session.flush()
            session.connection().exec_driver_sql("PRAGMA secure_delete = OFF")
        connection = self.engine.raw_connection()
        try:
            connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            connection.close()

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A view of the database as it is now, that later writes do not move."""
        with _refusals("the database could not be read"), Session(for_reading(self.engine), autoflush=False) as session:
            yield session

    def backup(self, path: Path) -> Path:
        """Copy a SQLite database while it is in use; the file is whole or not there, and none is overwritten."""
        if self.engine.dialect.name != "sqlite":
            raise StorageError(
                "only a SQLite database is copied by Pantau; for PostgreSQL use pg_dump, see docs/postgresql.md"
            )
        if path.exists():
            raise StorageError(f"{path} exists; name another file, so that no backup is lost")
        part = path.with_name(f"{path.name}.{uuid4().hex[:8]}.part")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with self.engine.connect() as connection, closing(sqlite3.connect(part)) as target:
                connection.connection.driver_connection.backup(target)  # type: ignore[union-attr]
            path.hardlink_to(part)  # unlike a rename it never replaces a file
        except (OSError, sqlite3.Error) as error:
            raise StorageError(f"{path} cannot be written ({error}); check free space, rights and name") from error
        finally:
            with suppress(OSError):
                part.unlink(missing_ok=True)
        return path

    def check(self) -> list[str]:
        """What is wrong with the database; an empty list when nothing is."""
        with self.engine.connect() as connection:
            found = schema.current(connection)
            wrong = [] if found == schema.head() else [f"schema is {found}, the code wants {schema.head()}"]
            if self.engine.dialect.name == "sqlite":
                rows = connection.execute(text("PRAGMA integrity_check")).scalars().all()
                wrong += [str(row) for row in rows if row != "ok"]
                broken = connection.execute(text("PRAGMA foreign_key_check")).all()
                wrong += [f"row {row[1]} of {row[0]} points to a missing row of {row[2]}" for row in broken]
        return wrong

    def close(self) -> None:
        """Give back all connections."""
        self.engine.dispose()

    def _is_empty(self) -> bool:
        with self.engine.connect() as connection:
            return schema.is_empty(connection)

    def _compare(self) -> None:
        with self.engine.connect() as connection:
            found, wanted = schema.current(connection), schema.head()
        if found == wanted:
            return
        if found is not None and not schema.is_known(found):
            raise StorageError(
                f"the database has schema {found}, newer than this Pantau ({wanted}); install the newer one"
            )
        raise StorageError(f"the database has schema {found}, this Pantau wants {wanted}; run: pantau db upgrade")


def _make_folder(config: Config) -> None:
    try:
        config.data.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StorageError(
            f"cannot make the folder {config.data} ({error}); set PANTAU_DATA to one that you own"
        ) from error


def _safe(engine: Engine) -> str:
    return engine.url.render_as_string(hide_password=True)


@contextmanager
def _refusals(message: str) -> Iterator[None]:
    try:
        yield
    except (SQLAlchemyError, UnicodeEncodeError) as error:
        raise StorageError(f"{message} ({_reason(error)})") from error


def _reason(error: Exception) -> str:
    return str(getattr(error, "orig", None) or error).splitlines()[0]
