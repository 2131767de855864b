"""procrastinate's queue in PostgreSQL: it hands jobs to workers on any number of machines.

What it queues is only the number of a job; the job itself is a row of ours, written in the same transaction.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, text
from sqlalchemy.orm import Session

from scraper.errors import ConfigError
from storage.engine import for_writing
from storage.records.jobs import Job

if TYPE_CHECKING:
    from procrastinate import App

TASK = "pantau.run_job"
_NOTED = text("SELECT obj_description(to_regclass('procrastinate_jobs'), 'pg_class')")


def make_app(db: Engine | None = None) -> App:
    """The library's door to the queue; with a database it can open connections of its own, as a worker needs.

    Raises ConfigError where the library is not installed.
    """
    _check_installed()
    from procrastinate import App, PsycopgConnector

    address = db.url.set(drivername="postgresql").render_as_string(hide_password=False) if db else ""
    return App(connector=PsycopgConnector(conninfo=address, kwargs={"application_name": "pantau"}))


def enqueue(session: Session, job: Job) -> None:
    """Queue a job in the transaction that writes its row; does nothing where the database is not PostgreSQL."""
    if session.get_bind().dialect.name != "postgresql":
        return
    session.flush()
    driver = session.connection().connection.driver_connection
    task = make_app().configure_task(TASK, lock=f"{job.name}:{job.key}", priority=job.priority, connection=driver)
    task.defer(job=job.id)


def upgrade_queue(engine: Engine) -> None:
    """Make the library's tables, or bring them to its installed version; does nothing but on PostgreSQL.

    The library keeps no version: the name of its last migration is noted as the comment of its table. Each is
    committed by itself, for some use what an earlier one added.
    """
    if engine.dialect.name != "postgresql":
        return
    _check_installed()
    migrations = _migrations()
    while True:
        with for_writing(engine).begin() as connection:
            if (noted := _noted(connection)) == migrations[-1].name:
                return
            step = next(path for path in migrations if path.name > noted) if noted else migrations[-1]
            script = step.read_text(encoding="utf-8") if noted else _whole()
            connection.connection.cursor().execute(script)  # a whole script, in which % is no parameter
            connection.execute(text(f"COMMENT ON TABLE procrastinate_jobs IS '{step.name}'"))


def _check_installed() -> None:
    try:
        import procrastinate  # noqa: F401  # only where the database is PostgreSQL
    except ModuleNotFoundError as error:
        raise ConfigError(
            f"jobs in PostgreSQL need a library that is not installed ({error}); run: pip install 'pantau[postgres]'"
        ) from error


def _noted(connection: Connection) -> str:
    """The last migration that was applied; empty where there are no tables."""
    return connection.execute(_NOTED).scalar() or ""


def _migrations() -> list[Path]:
    from procrastinate.schema import migrations_path

    return sorted(migrations_path.glob("*.sql"))


def _whole() -> str:
    from procrastinate.schema import SchemaManager

    return str(SchemaManager.get_schema())
