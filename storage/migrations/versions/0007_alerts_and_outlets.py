"""When a saved search mails nothing, and who said what of an outlet."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column, empty for the hours of the office, and the table."""
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


def downgrade() -> None:
    """Drop what was added."""
    op.drop_index(op.f("ix_outlet_changes_site"), table_name="outlet_changes")
    op.drop_table("outlet_changes")
    op.drop_column("saved_searches", "quiet")
