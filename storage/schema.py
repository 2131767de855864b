"""The schema's version: which one the database has, which one the code wants, and the way from one to the other."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config as AlembicConfig
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect

FOLDER = Path(__file__).parent / "migrations"


def alembic_config(connection: Connection | None = None) -> AlembicConfig:
    """The configuration of alembic, without any file of its own."""
    config = AlembicConfig()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def head() -> str:
    """The schema version that this code wants."""
    return str(ScriptDirectory.from_config(alembic_config()).get_current_head())


def current(connection: Connection) -> str | None:
    """The schema version of the database; ``None`` where it was never set up."""
    return MigrationContext.configure(connection).get_current_revision()


def is_known(revision: str) -> bool:
    """True if this code has the migration; a newer Pantau may have left one that it has not."""
    return revision in {script.revision for script in ScriptDirectory.from_config(alembic_config()).walk_revisions()}


def is_empty(connection: Connection) -> bool:
    """True for a database without any table."""
    return not inspect(connection).get_table_names()


def is_ours(name: str | None, kind: str, _parents: object) -> bool:
    """Whether a table is of our schema, for comparisons: the queue's library keeps tables of its own beside it."""
    return kind != "table" or not (name or "").startswith("procrastinate_")


def upgrade(connection: Connection) -> None:
    """Bring the schema to the head, inside the connection's transaction."""
    command.upgrade(alembic_config(connection), "head")
