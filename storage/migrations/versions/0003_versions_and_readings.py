"""Versions keep date, authors and what was changed; articles keep which extraction read them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

ADDED = ("published_at", "published_day", "authors", "editor", "changed", "cause")


def upgrade() -> None:
    """Add the columns; of versions that are there, nobody knows any more what else was changed."""
    op.add_column("articles", sa.Column("extraction", sa.String(length=16), nullable=True))
    op.create_index("ix_articles_extraction", "articles", ["extraction"], unique=False)
    with op.batch_alter_table("article_versions") as table:
        table.alter_column("text", existing_type=sa.Text(), nullable=True)
        table.add_column(sa.Column("published_at", sa.DateTime(timezone=True), nullable=True))
        table.add_column(sa.Column("published_day", sa.Date(), nullable=True))
        table.add_column(sa.Column("authors", sa.JSON(), nullable=False, server_default="[]"))
        table.add_column(sa.Column("editor", sa.Text(), nullable=True))
        table.add_column(sa.Column("changed", sa.JSON(), nullable=False, server_default='["text"]'))
        table.add_column(sa.Column("cause", sa.Text(), nullable=False, server_default="outlet"))


def downgrade() -> None:
    """Drop the columns; a version without a text of its own is dropped too."""
    op.execute("DELETE FROM article_versions WHERE text IS NULL")
    with op.batch_alter_table("article_versions") as table:
        for name in ADDED:
            table.drop_column(name)
        table.alter_column("text", existing_type=sa.Text(), nullable=False)
    op.drop_index("ix_articles_extraction", table_name="articles")
    op.drop_column("articles", "extraction")
