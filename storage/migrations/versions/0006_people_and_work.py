"""People and their work: accounts, saved searches, mailings, jobs, corrections, assessments, releases, outlets."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

FOUND = (
    ("people", "found_id", "person_id"),
    ("programs", "found_id", "program_id"),
    ("office_mentions", "found_id", "person_id"),
)
"""What tagging found, which until now was what readers see: table, new column, where it stands."""


def upgrade() -> None:
    """Add the tables, and to articles, subscriptions and deliveries what the new work needs to know."""
    _add_people()
    _add_work()
    _add_columns()


def downgrade() -> None:
    """Drop what was added."""
    _drop_columns()
    op.drop_index(op.f("ix_pickups_article_id"), table_name="pickups")
    op.drop_table("pickups")
    op.drop_index(op.f("ix_sessions_user_id"), table_name="sessions")
    op.drop_table("sessions")
    op.drop_table("releases")
    op.drop_table("found_tags")
    op.drop_index(op.f("ix_corrections_misfit"), table_name="corrections")
    op.drop_index(op.f("ix_corrections_article_id"), table_name="corrections")
    op.drop_table("corrections")
    op.drop_index("ix_assessments_article_id_id", table_name="assessments")
    op.drop_table("assessments")
    op.drop_index(op.f("ix_api_tokens_user_id"), table_name="api_tokens")
    op.drop_table("api_tokens")
    op.drop_table("alerted_stories")
    op.drop_table("users")
    op.drop_table("saved_searches")
    op.drop_table("outlets")
    op.drop_index(op.f("ix_mailings_built_at"), table_name="mailings")
    op.drop_table("mailings")
    op.drop_index("ix_login_failures_key_failed_at", table_name="login_failures")
    op.drop_table("login_failures")
    op.drop_index(op.f("ix_processes_kind"), table_name="processes")
    op.drop_table("processes")
    op.drop_index(op.f("ix_jobs_state"), table_name="jobs")
    op.drop_index(op.f("ix_jobs_lease"), table_name="jobs")
    op.drop_index("ix_jobs_name_key_state", table_name="jobs")
    op.drop_table("jobs")
    op.drop_index(op.f("ix_candidates_state"), table_name="candidates")
    op.drop_table("candidates")


def _drop_columns() -> None:
    op.drop_column("subscriptions", "bounces")
    op.drop_column("subscriptions", "confirmed_at")
    op.drop_column("subscriptions", "added_by")
    op.drop_column("subscriptions", "state")
    op.drop_index(op.f("ix_figures_value"), table_name="figures")
    op.drop_column("source_health", "told_since")
    for name in ("next_attempt_at", "token", "state"):
        op.drop_index(op.f(f"ix_deliveries_{name}"), table_name="deliveries")
    for name in ("lost", "lease", "token", "next_attempt_at", "attempts"):
        op.drop_column("deliveries", name)
    op.drop_column("articles", "broadcast")
    op.drop_column("articles", "printed_page")
    op.drop_column("articles", "medium")
    op.drop_column("articles", "added_by")
    op.drop_column("articles", "withdrawn_reason")
    for table, column, _ in FOUND:
        op.drop_column(table, column)
    op.drop_column("registry", "changed_at")
    op.drop_column("registry", "changed_by")


def _add_people() -> None:
    op.create_table(
        "login_failures",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("failed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_login_failures")),
    )
    op.create_index("ix_login_failures_key_failed_at", "login_failures", ["key", "failed_at"], unique=False)
    op.create_table(
        "mailings",
        sa.Column("id", sa.String(length=100), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("html", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("images", sa.JSON(), nullable=False),
        sa.Column("built_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mailings")),
    )
    op.create_index(op.f("ix_mailings_built_at"), "mailings", ["built_at"], unique=False)
    op.create_table(
        "saved_searches",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("owner", sa.String(length=100), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("query", sa.Text(), nullable=False),
        sa.Column("alert", sa.String(length=10), server_default="off", nullable=False),
        sa.Column("spike", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("email", sa.String(length=320), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("alerted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("alerted_change", sa.Integer(), nullable=True),
        sa.Column("spiked_day", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_searches")),
        sa.UniqueConstraint("owner", "name", name=op.f("uq_saved_searches_owner_name")),
    )
    op.create_table(
        "users",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("email", sa.String(length=320), nullable=True),
        sa.Column("role", sa.String(length=10), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=True),
        sa.Column("subject", sa.String(length=255), nullable=True),
        sa.Column("language", sa.String(length=5), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("disabled_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_users")),
        sa.UniqueConstraint("name", name=op.f("uq_users_name")),
        sa.UniqueConstraint("subject", name=op.f("uq_users_subject")),
    )
    op.create_table(
        "alerted_stories",
        sa.Column("search_id", sa.Integer(), nullable=False),
        sa.Column("cluster", sa.String(length=16), nullable=False),
        sa.Column("alerted_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["search_id"],
            ["saved_searches.id"],
            name=op.f("fk_alerted_stories_search_id_saved_searches"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("search_id", "cluster", name=op.f("pk_alerted_stories")),
    )
    op.create_table(
        "api_tokens",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_api_tokens_user_id_users"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_api_tokens")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_api_tokens_token_hash")),
    )
    op.create_index(op.f("ix_api_tokens_user_id"), "api_tokens", ["user_id"], unique=False)
    op.create_table(
        "sessions",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_sessions_user_id_users"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sessions")),
    )
    op.create_index(op.f("ix_sessions_user_id"), "sessions", ["user_id"], unique=False)


def _add_work() -> None:
    op.create_table(
        "candidates",
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("key", sa.String(length=300), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("merged_into", sa.Text(), nullable=True),
        sa.Column("decided_by", sa.String(length=100), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("kind", "key", name=op.f("pk_candidates")),
    )
    op.create_index(op.f("ix_candidates_state"), "candidates", ["state"], unique=False)
    op.create_table(
        "jobs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=50), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("args", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("priority", sa.Integer(), server_default="0", nullable=False),
        sa.Column("asked_by", sa.String(length=100), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("lease", sa.String(length=32), nullable=True),
        sa.Column("stop_asked", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=True),
        sa.Column("total", sa.Integer(), nullable=True),
        sa.Column("message", sa.Text(), nullable=True),
        sa.Column("output", sa.Text(), nullable=True),
        sa.Column("exit_code", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_jobs")),
    )
    op.create_index("ix_jobs_name_key_state", "jobs", ["name", "key", "state"], unique=False)
    op.create_index(op.f("ix_jobs_lease"), "jobs", ["lease"], unique=False)
    op.create_index(op.f("ix_jobs_state"), "jobs", ["state"], unique=False)
    op.create_table(
        "processes",
        sa.Column("token", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("host", sa.String(length=255), nullable=False),
        sa.Column("pid", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("beat_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("token", name=op.f("pk_processes")),
    )
    op.create_index(op.f("ix_processes_kind"), "processes", ["kind"], unique=False)
    op.create_table(
        "outlets",
        sa.Column("site", sa.String(length=255), nullable=False),
        sa.Column("label", sa.Text(), nullable=True),
        sa.Column("tier", sa.Integer(), nullable=True),
        sa.Column("press_status", sa.String(length=20), nullable=True),
        sa.Column("area", sa.String(length=20), nullable=True),
        sa.Column("medium", sa.String(length=10), server_default="online", nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("site", name=op.f("pk_outlets")),
    )
    op.create_table(
        "assessments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("article_id", sa.String(length=16), nullable=False),
        sa.Column("tone_title", sa.String(length=10), nullable=True),
        sa.Column("tone_body", sa.String(length=10), nullable=True),
        sa.Column("follow_up", sa.String(length=20), nullable=True),
        sa.Column("disposition", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("officer", sa.String(length=100), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name=op.f("fk_assessments_article_id_articles"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessments")),
    )
    op.create_index("ix_assessments_article_id_id", "assessments", ["article_id", "id"], unique=False)
    op.create_table(
        "corrections",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("article_id", sa.String(length=16), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("action", sa.String(length=10), nullable=False),
        sa.Column("quoted", sa.Text(), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("after", sa.Text(), nullable=False),
        sa.Column("occurrence", sa.Integer(), nullable=False),
        sa.Column("values", sa.JSON(), nullable=False),
        sa.Column("was", sa.JSON(), nullable=False),
        sa.Column("made_by", sa.String(length=100), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undone_by", sa.String(length=100), nullable=True),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("misfit", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name=op.f("fk_corrections_article_id_articles"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_corrections")),
    )
    op.create_index(op.f("ix_corrections_article_id"), "corrections", ["article_id"], unique=False)
    op.create_index(op.f("ix_corrections_misfit"), "corrections", ["misfit"], unique=False)
    op.create_table(
        "found_tags",
        sa.Column("article_id", sa.String(length=16), nullable=False),
        sa.Column("tags", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name=op.f("fk_found_tags_article_id_articles"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("article_id", name=op.f("pk_found_tags")),
    )
    op.create_table(
        "releases",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("agency", sa.Text(), nullable=True),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("released_day", sa.Date(), nullable=True),
        sa.Column("article_id", sa.String(length=16), nullable=True),
        sa.Column("added_by", sa.String(length=100), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("checked_change", sa.Integer(), server_default="0", nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name=op.f("fk_releases_article_id_articles"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_releases")),
    )
    op.create_table(
        "pickups",
        sa.Column("release_id", sa.Integer(), nullable=False),
        sa.Column("article_id", sa.String(length=16), nullable=False),
        sa.Column("share", sa.Float(), nullable=False),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.Column("found_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name=op.f("fk_pickups_article_id_articles"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["release_id"], ["releases.id"], name=op.f("fk_pickups_release_id_releases"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("release_id", "article_id", name=op.f("pk_pickups")),
    )
    op.create_index(op.f("ix_pickups_article_id"), "pickups", ["article_id"], unique=False)


def _add_columns() -> None:
    op.add_column("registry", sa.Column("changed_by", sa.String(length=100), nullable=True))
    op.add_column("registry", sa.Column("changed_at", sa.DateTime(timezone=True), nullable=True))
    for table, column, now in FOUND:
        op.add_column(table, sa.Column(column, sa.Text(), nullable=True))
        op.execute(f"UPDATE {table} SET {column} = {now}")
    op.add_column("articles", sa.Column("withdrawn_reason", sa.Text(), nullable=True))
    op.add_column("articles", sa.Column("added_by", sa.String(length=100), nullable=True))
    op.add_column("articles", sa.Column("medium", sa.String(length=10), server_default="online", nullable=False))
    op.add_column("articles", sa.Column("printed_page", sa.Text(), nullable=True))
    op.add_column("articles", sa.Column("broadcast", sa.Text(), nullable=True))
    op.add_column("deliveries", sa.Column("attempts", sa.Integer(), server_default="0", nullable=False))
    op.add_column("deliveries", sa.Column("next_attempt_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("subscriptions", sa.Column("state", sa.String(length=10), server_default="active", nullable=False))
    op.add_column("subscriptions", sa.Column("added_by", sa.String(length=100), nullable=True))
    op.add_column("subscriptions", sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("subscriptions", sa.Column("bounces", sa.Integer(), server_default="0", nullable=False))
    op.add_column("deliveries", sa.Column("token", sa.String(length=64), nullable=True))
    op.add_column("deliveries", sa.Column("lease", sa.String(length=32), nullable=True))
    op.add_column("deliveries", sa.Column("lost", sa.Integer(), server_default="0", nullable=False))
    for name in ("next_attempt_at", "token", "state"):
        op.create_index(op.f(f"ix_deliveries_{name}"), "deliveries", [name], unique=False)
    op.add_column("source_health", sa.Column("told_since", sa.DateTime(timezone=True), nullable=True))
    op.create_index(op.f("ix_figures_value"), "figures", ["value"], unique=False)
