"""Runs show their totals as columns and whether their process lives; sources have a health."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

TOTALS = (
    "discovered", "known", "requests", "fetched", "stored", "unchanged", "skipped", "failed", "blocked", "seconds",
)  # fmt: skip
LOCAL = timezone(timedelta(hours=7))


def upgrade() -> None:
    """Add columns and table; the coverage of days is a sum over runs and articles from now on, no table."""
    op.add_column("runs", sa.Column("day", sa.Date(), nullable=True))
    op.add_column("runs", sa.Column("lease", sa.String(length=32), nullable=True))
    for name in TOTALS:
        op.add_column("runs", sa.Column(name, sa.Integer(), nullable=False, server_default="0"))
    op.add_column("runs", sa.Column("bytes", sa.BigInteger(), nullable=False, server_default="0"))
    _fill()
    with op.batch_alter_table("runs") as table:
        table.alter_column("day", existing_type=sa.Date(), nullable=False)
    op.create_index("ix_runs_day", "runs", ["day"], unique=False)
    op.drop_table("coverage")
    op.create_table(
        "source_health",
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("expected", sa.Float(), nullable=False),
        sa.Column("least", sa.Integer(), nullable=False),
        sa.Column("got", sa.Integer(), nullable=False),
        sa.Column("weekdays", sa.JSON(), nullable=False),
        sa.Column("stated_per_week", sa.Integer(), nullable=False),
        sa.Column("stated_dated", sa.Float(), nullable=False),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("source", name=op.f("pk_source_health")),
    )


def downgrade() -> None:
    """Drop what was added; coverage begins anew."""
    op.drop_table("source_health")
    op.create_table(
        "coverage",
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("fetched", "stored", "failed", "blocked")),
        sa.PrimaryKeyConstraint("source", "day", name=op.f("pk_coverage")),
    )
    op.drop_index("ix_runs_day", table_name="runs")
    for name in ("day", "lease", "bytes", *TOTALS):
        op.drop_column("runs", name)


def _fill() -> None:
    """Take the totals of the runs that are there from what they counted."""
    runs = sa.table(
        "runs",
        sa.column("id", sa.Integer),
        sa.column("started_at", sa.DateTime(timezone=True)),
        sa.column("finished_at", sa.DateTime(timezone=True)),
        sa.column("counts", sa.JSON),
        sa.column("day", sa.Date),
        *(sa.column(name, sa.Integer) for name in TOTALS),
    )
    connection = op.get_bind()
    columns = (runs.c.id, runs.c.started_at, runs.c.finished_at, runs.c.counts)
    for number, started, finished, counts in connection.execute(sa.select(*columns)).all():
        values = _totals(started, finished, counts or {})
        connection.execute(sa.update(runs).where(runs.c.id == number).values(**values))


def _totals(started: datetime, finished: datetime | None, counts: dict[str, int]) -> dict[str, Any]:
    aware = started if started.tzinfo else started.replace(tzinfo=UTC)
    return {
        **{name: counts.get(name, 0) for name in TOTALS},
        "day": aware.astimezone(LOCAL).date(),
        "stored": counts.get("new", 0) + counts.get("changed", 0),
        "unchanged": counts.get("same", 0),
        "seconds": round((finished - started).total_seconds()) if finished else 0,
    }
