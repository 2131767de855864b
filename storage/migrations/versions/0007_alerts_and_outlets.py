"""When a saved search mails nothing, who said what of an outlet, languages of mails, and what finds a bounced one."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

SPOKEN = ("subscriptions", "saved_searches", "mailings")


def upgrade() -> None:
    """Add the columns, empty for the hours of the office, Indonesian for whoever was there before, and the table."""
    op.add_column("saved_searches", sa.Column("quiet", sa.String(length=11), nullable=True))
    op.create_table(
        "outlet_changes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("site", sa.String(length=255), nullable=False),
        sa.Column("was", sa.JSON(), nullable=False),
        sa.Column("values", sa.JSON(), nullable=False),
        sa.Column("made_by", sa.String(length=100), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outlet_changes")),
    )
    op.create_index(op.f("ix_outlet_changes_site"), "outlet_changes", ["site"], unique=False)
    for table in SPOKEN:
        op.add_column(table, sa.Column("language", sa.String(length=5), server_default="id", nullable=False))
    op.add_column("deliveries", sa.Column("mark", sa.String(length=32), nullable=True))
    op.add_column("deliveries", sa.Column("gone", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.create_index("ix_deliveries_mark", "deliveries", ["mark"], unique=True)
    op.create_index("ix_deliveries_email", "deliveries", ["email"], unique=False)


def downgrade() -> None:
    """Drop what was added."""
    op.drop_index("ix_deliveries_email", table_name="deliveries")
    op.drop_index("ix_deliveries_mark", table_name="deliveries")
    for name in ("gone", "mark"):
        op.drop_column("deliveries", name)
    for table in reversed(SPOKEN):
        op.drop_column(table, "language")
    op.drop_index(op.f("ix_outlet_changes_site"), table_name="outlet_changes")
    op.drop_table("outlet_changes")
    op.drop_column("saved_searches", "quiet")
