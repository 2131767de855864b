"""Quiet hours, who said what of an outlet, languages of mails, bounced ones, and what finds claims and candidates."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any

import sqlalchemy as sa
from alembic import op

from storage.records.figure_facts import figure_facts

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

SPOKEN = ("subscriptions", "saved_searches", "mailings")
FACTS = (("first_day", sa.Date), ("last_day", sa.Date), ("place_key", sa.Text), ("area", sa.Text))
SOME = (
    ("ix_figures_claimed", "figures", ["day"], "indicator IS NOT NULL"),
    ("ix_figures_place_key", "figures", ["place_key"], "area IS NULL"),
    ("ix_programs_unknown", "programs", ["program_key", "day", "article_id", "mentions"], "program_id IS NULL"),
    ("ix_people_unknown", "people", ["person_key", "day", "article_id", "mentions"], "person_id IS NULL AND official"),
)
"""Indexes of some rows."""
WHOLE = (
    ("ix_figures_indicator_day", "figures", ["indicator", "day"]),
    ("ix_figures_area_day", "figures", ["area", "day"]),
    ("ix_figures_first_day", "figures", ["first_day"]),
    ("ix_figures_person_key_day", "figures", ["person_key", "day"]),
    ("ix_quotes_person_key_day_article_id", "quotes", ["person_key", "day", "article_id"]),
    ("ix_programs_program_key_day_article_id", "programs", ["program_key", "day", "article_id"]),
    ("ix_people_person_key_name_article_id", "people", ["person_key", "name", "article_id"]),
    ("ix_programs_program_key_name_article_id", "programs", ["program_key", "name", "article_id"]),
)
REPLACED = (
    ("ix_figures_indicator", "figures", ["indicator"]),
    ("ix_figures_person_key", "figures", ["person_key"]),
    ("ix_quotes_person_key", "quotes", ["person_key"]),
    ("ix_people_person_key", "people", ["person_key"]),
    ("ix_programs_program_key", "programs", ["program_key"]),
)
DATED = ("figures", "people", "programs", "quotes")
BATCH = 500


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
    _find_claims()


def _find_claims() -> None:
    """Add what claims and candidates are found by."""
    for table in DATED:
        op.add_column(table, sa.Column("day", sa.Date(), server_default="0001-01-01", nullable=False))
        day = "SELECT published_day FROM articles WHERE articles.id = article_id"
        op.execute(f"UPDATE {table} SET day = coalesce(({day}), day)")
    for name, kind in FACTS:
        op.add_column("figures", sa.Column(name, kind(), nullable=True))
    _fill()
    for name, table, columns in WHOLE:
        op.create_index(name, table, columns, unique=False)
    for name, table, columns, rows in SOME:
        lite = sa.text(rows.replace("official", "official = 1"))  # SQLite has no truth values of its own
        op.create_index(name, table, columns, unique=False, sqlite_where=lite, postgresql_where=sa.text(rows))
    for name, table, _ in REPLACED:
        op.drop_index(name, table_name=table)


def _fill() -> None:
    """Say of the figures that are there what is stored beside new ones."""
    connection = op.get_bind()
    figures = sa.table(
        "figures", *map(sa.column, ("id", "article_id", "value", "base", "indicator", "period", "place"))
    )
    places = sa.table("places", *map(sa.column, ("id", "article_id", "surface", "code")))
    articles = sa.table("articles", sa.column("id"), sa.column("published_day", sa.Date))
    for ids in _batches(connection, figures):
        dated = connection.execute(sa.select(articles).where(articles.c.id.in_(ids)))
        days: dict[str, Any] = {key: day for key, day in dated}
        told = _by_article(connection, places, ids)
        made = [
            {"row": figure.id, **facts}
            for key, mine in _by_article(connection, figures, ids).items()
            for figure, facts in zip(mine, figure_facts(mine, told.get(key, []), days[key]), strict=True)
        ]
        target = sa.table("figures", sa.column("id"), *(sa.column(name, kind()) for name, kind in FACTS))
        values: dict[str, Any] = {name: sa.bindparam(name) for name, _ in FACTS}
        connection.execute(sa.update(target).where(target.c.id == sa.bindparam("row")).values(values), made)


def _batches(connection: sa.Connection, figures: Any) -> Iterator[list[str]]:
    """The ids of the articles that have figures."""
    last = ""
    query = sa.select(figures.c.article_id).distinct().order_by(figures.c.article_id).limit(BATCH)
    while ids := list(connection.scalars(query.where(figures.c.article_id > last))):
        yield ids
        last = ids[-1]


def _by_article(connection: sa.Connection, table: Any, ids: list[str]) -> dict[str, list[Any]]:
    query = sa.select(table).where(table.c.article_id.in_(ids)).order_by(table.c.article_id, table.c.id)
    return {key: list(rows) for key, rows in groupby(connection.execute(query), key=lambda row: row.article_id)}


def downgrade() -> None:
    """Drop what was added."""
    for name, table, columns in REPLACED:
        op.create_index(name, table, columns, unique=False)
    for name, table, *_ in (*SOME, *WHOLE):
        op.drop_index(name, table_name=table)
    for name, _ in reversed(FACTS):
        op.drop_column("figures", name)
    for table in reversed(DATED):
        op.drop_column(table, "day")
    op.drop_index("ix_deliveries_email", table_name="deliveries")
    op.drop_index("ix_deliveries_mark", table_name="deliveries")
    for name in ("gone", "mark"):
        op.drop_column("deliveries", name)
    for table in reversed(SPOKEN):
        op.drop_column(table, "language")
    op.drop_index(op.f("ix_outlet_changes_site"), table_name="outlet_changes")
    op.drop_table("outlet_changes")
    op.drop_column("saved_searches", "quiet")
