"""Engines: how this project talks to SQLite and PostgreSQL, and which writers wait for each other.

On SQLite one transaction writes at a time. On PostgreSQL a writer is alone too, unless it names what it touches:
writers that name different things run side by side. Readers wait for nobody on either.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterable
from hashlib import blake2b
from typing import Any

from sqlalchemy import BigInteger, Connection, Engine, bindparam, create_engine, event, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError

from scraper.errors import ConfigError

BUSY_MS = 30_000
"""How long a writer waits for another one."""
SILENT_MS = 15_000
"""How long a writer on PostgreSQL may hold its locks without a word: a machine that was frozen, or cut off from the
network, in the middle of a transaction must not stop the others. Well below BUSY_MS, so that those who wait get on."""
_EVERYTHING = 5_072_617_462_115  # any number that is the same in every process
_IMPATIENT = f"set_config('idle_in_transaction_session_timeout', '{SILENT_MS}', true)"
_ALONE = text(f"SELECT {_IMPATIENT}, pg_advisory_xact_lock({_EVERYTHING})")
_BESIDE = text(f"SELECT {_IMPATIENT}, pg_advisory_xact_lock_shared({_EVERYTHING})")
_NAMED = text("SELECT pg_advisory_xact_lock(key) FROM unnest(:keys) AS key").bindparams(
    bindparam("keys", type_=ARRAY(BigInteger))
)


def make_engine(url: str) -> Engine:
    """An engine for the URL; on SQLite with WAL, foreign keys and explicit transactions.

    Raises ConfigError for a URL that SQLAlchemy does not understand.
    """
    try:
        engine = create_engine(make_url(url), pool_pre_ping=not url.startswith("sqlite"))
    except ModuleNotFoundError as error:
        raise ConfigError(
            f"PANTAU_DATABASE_URL needs a driver that is not installed ({error}); "
            "for PostgreSQL run: pip install 'pantau[postgres]'"
        ) from error
    except (ArgumentError, NoSuchModuleError) as error:
        raise ConfigError(
            f"PANTAU_DATABASE_URL={_shown(url)} is no database address ({error}); "
            "write e.g. sqlite:////path/pantau.db or postgresql://user:password@host/pantau"
        ) from error
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    elif engine.dialect.name == "postgresql":
        event.listen(engine, "connect", _prepare_postgresql)
        event.listen(engine, "begin", _begin_postgresql)
    return engine


def for_writing(engine: Engine, only: Iterable[str] | None = None) -> Engine:
    """The same engine; its transactions take the write lock at their start.

    ``only`` names what they touch: others that name nothing of it may write beside them, where the database can.
    """
    return engine.execution_options(pantau_writes=True, pantau_only=None if only is None else tuple(only))


def for_reading(engine: Engine) -> Engine:
    """The same engine; what its transactions see does not change while they last."""
    if engine.dialect.name != "postgresql":
        return engine
    return engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # the driver must not begin or commit by itself
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout={BUSY_MS}")
    _keep_a_log(cursor)
    for pragma in ("synchronous=NORMAL", "foreign_keys=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _keep_a_log(cursor: Any) -> None:
    """Switch to WAL; SQLite does not wait by itself where two processes open a new file at the same moment."""
    limit = time.monotonic() + BUSY_MS / 1000
    while True:
        try:
            cursor.execute("PRAGMA journal_mode=WAL")
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > limit:
                raise
            time.sleep(0.02)


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("pantau_writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _prepare_postgresql(connection: Any, _record: Any) -> None:
    from storage.plain_text import PlainText  # its driver is there only where it is used

    connection.adapters.register_dumper(str, PlainText)
    with connection.cursor() as cursor:
        cursor.execute(f"SET lock_timeout = {BUSY_MS}")
        cursor.execute("SET timezone = 'UTC'")
    connection.commit()


def _begin_postgresql(connection: Connection) -> None:
    options = connection.get_execution_options()
    if not options.get("pantau_writes", False):
        return
    only = options.get("pantau_only")
    connection.execute(_ALONE if only is None else _BESIDE)
    if only:
        connection.execute(_NAMED, {"keys": sorted({lock_number(name) for name in only})})


def lock_number(name: str) -> int:
    """A lock's number, the same in every process; two names that share one only wait for each other."""
    digest = blake2b(name.encode(errors="surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


def _shown(url: str) -> str:
    """A URL without its password, for messages."""
    head, at, tail = url.rpartition("@")
    scheme, separator, rest = head.partition("://")
    return repr(f"{scheme}{separator}{rest.partition(':')[0]}:***@{tail}" if at and ":" in rest else url)
