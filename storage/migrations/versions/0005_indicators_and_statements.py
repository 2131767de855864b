"""What a figure is a claim about and how it moved, reported statements with verb, offices named without a name."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

FIGURES = (("indicator", sa.Text), ("direction", sa.Text), ("base", sa.Float), ("role", sa.Text))


def upgrade() -> None:
    """Add the columns, empty until an article is tagged again, and the table."""
    for name, kind in FIGURES:
        op.add_column("figures", sa.Column(name, kind(), nullable=True))
    op.create_index("ix_figures_indicator", "figures", ["indicator"], unique=False)
    op.add_column("quotes", sa.Column("verb", sa.Text(), nullable=True))
    op.create_table(
        "office_mentions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("article_id", sa.String(length=16), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("surface", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("score", sa.Float(), nullable=False),
        sa.Column("person_id", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name=op.f("fk_office_mentions_article_id_articles"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_office_mentions")),
    )
    op.create_index("ix_office_mentions_article_id", "office_mentions", ["article_id"], unique=False)
    op.create_index("ix_office_mentions_person_id", "office_mentions", ["person_id"], unique=False)


def downgrade() -> None:
    """Drop what was added."""
    op.drop_table("office_mentions")
    op.drop_column("quotes", "verb")
    op.drop_index("ix_figures_indicator", table_name="figures")
    for name, _ in reversed(FIGURES):
        op.drop_column("figures", name)
