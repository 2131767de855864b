"""Second looks at articles, what lists showed, and the mark of articles that their site removed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make both tables and the mark; articles stored before get their first look from the next crawl that sees them."""
    op.add_column("articles", sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True))
    op.create_table(
        "article_looks",
        sa.Column("article_id", sa.String(length=16), nullable=False),
        sa.Column("looks", sa.Integer(), nullable=False),
        sa.Column("gone", sa.Integer(), nullable=False),
        sa.Column("looked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("next_look_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("etag", sa.Text(), nullable=True),
        sa.Column("last_modified", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name=op.f("fk_article_looks_article_id_articles"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("article_id", name=op.f("pk_article_looks")),
    )
    op.create_index("ix_article_looks_next_look_at", "article_looks", ["next_look_at"], unique=False)
    op.create_table(
        "lists",
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("etag", sa.Text(), nullable=True),
        sa.Column("last_modified", sa.Text(), nullable=True),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("front", sa.JSON(), nullable=False),
        sa.Column("pulse", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("source", "url", name=op.f("pk_lists")),
    )


def downgrade() -> None:
    """Drop what was added."""
    op.drop_table("lists")
    op.drop_table("article_looks")
    op.drop_column("articles", "removed_at")
