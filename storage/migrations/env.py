"""What alembic runs: migrations over the connection that ``storage.schema`` hands in."""

from __future__ import annotations

from typing import Any, Literal

from alembic import context

from storage.records import tables, tables_crawl, tables_people, tables_runs, tables_tags, tables_work
from storage.records.columns import Base, Moment
from storage.schema import is_ours

# imported so that the metadata is complete
TABLES = (tables, tables_crawl, tables_tags, tables_runs, tables_people, tables_work)


def render_item(kind: str, item: Any, autogen_context: Any) -> str | Literal[False]:
    """Write our own column type as the plain type it stands on."""
    return "sa.DateTime(timezone=True)" if kind == "type" and isinstance(item, Moment) else False


def run() -> None:
    """Migrate inside the caller's transaction."""
    connection = context.config.attributes["connection"]
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=True,
        render_item=render_item,
        include_name=is_ours,
        transactional_ddl=False,
    )
    context.run_migrations()


run()
