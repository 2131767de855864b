"""Engines: how this project talks to SQLite and PostgreSQL."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError

from scraper.errors import ConfigError

BUSY_MS = 30_000
"""How long a writer waits for the other one on SQLite."""


def make_engine(url: str) -> Engine:
    """An engine for the URL; on SQLite with WAL, foreign keys and explicit transactions.

    Raises ConfigError for a URL that SQLAlchemy does not understand.
    """
    try:
        engine = create_engine(make_url(url), pool_pre_ping=not url.startswith("sqlite"))
    except (ArgumentError, NoSuchModuleError, ModuleNotFoundError) as error:
        raise ConfigError(
            f"PANTAU_DATABASE_URL={url!r} is no database address ({error}); write e.g. sqlite:////path/pantau.db"
        ) from error
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare)
        event.listen(engine, "begin", _begin)
    return engine


def for_writing(engine: Engine) -> Engine:
    """The same engine; its transactions take the write lock at their start."""
    return engine.execution_options(pantau_writes=True)


def _prepare(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # the driver must not begin or commit by itself
    cursor = connection.cursor()
    for pragma in (f"busy_timeout={BUSY_MS}", "journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("pantau_writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
