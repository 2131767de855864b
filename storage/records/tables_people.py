"""Tables of the people who use Pantau: accounts, sessions, tokens, saved searches, subscriptions and deliveries."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import JSON, Date, ForeignKey, Index, Integer, String, Text, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from storage.records.columns import Base, Moment


class UserRow(Base):
    """An account; ``role`` is viewer, editor or admin. A disabled one stays, so that its work keeps its name."""

    __tablename__ = "users"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    name: Mapped[str] = mapped_column(String(100), unique=True)
    email: Mapped[str | None] = mapped_column(String(320))
    role: Mapped[str] = mapped_column(String(10))
    password_hash: Mapped[str | None] = mapped_column(Text)
    subject: Mapped[str | None] = mapped_column(String(255), unique=True)
    """``issuer subject`` of an account that logs in by OIDC."""
    language: Mapped[str | None] = mapped_column(String(5))
    created_at: Mapped[datetime] = mapped_column(Moment)
    disabled_at: Mapped[datetime | None] = mapped_column(Moment)


class SessionRow(Base):
    """One login; the cookie holds a random value of which only the hash is here."""

    __tablename__ = "sessions"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    created_at: Mapped[datetime] = mapped_column(Moment)
    seen_at: Mapped[datetime] = mapped_column(Moment)
    expires_at: Mapped[datetime] = mapped_column(Moment)


class LoginFailureRow(Base):
    """A login that failed, by account name and address; many in a short time close the door for a while."""

    __tablename__ = "login_failures"
    __table_args__ = (Index("ix_login_failures_key_failed_at", "key", "failed_at"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    key: Mapped[str] = mapped_column(String(200))
    failed_at: Mapped[datetime] = mapped_column(Moment)


class ApiTokenRow(Base):
    """A token for programs, with the rights of its owner; only its hash is here."""

    __tablename__ = "api_tokens"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(100))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime] = mapped_column(Moment)
    used_at: Mapped[datetime | None] = mapped_column(Moment)
    revoked_at: Mapped[datetime | None] = mapped_column(Moment)


class SavedSearchRow(Base):
    """A query with a name; ``alert`` says how often its new stories are mailed: off, now, hourly, daily."""

    __tablename__ = "saved_searches"
    __table_args__ = (UniqueConstraint("owner", "name"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    owner: Mapped[str] = mapped_column(String(100))
    """Name of the account; empty on an installation without accounts."""
    name: Mapped[str] = mapped_column(String(200))
    query: Mapped[str] = mapped_column(Text)
    alert: Mapped[str] = mapped_column(String(10), server_default="off")
    spike: Mapped[bool] = mapped_column(server_default=false())
    email: Mapped[str | None] = mapped_column(String(320))
    created_at: Mapped[datetime] = mapped_column(Moment)
    alerted_at: Mapped[datetime | None] = mapped_column(Moment)
    alerted_change: Mapped[int | None]
    """Change number up to which stories were looked at."""
    spiked_day: Mapped[date | None] = mapped_column(Date)
    """Last day of the latest burst that was told of."""
    quiet: Mapped[str | None] = mapped_column(String(11))
    """Hours in which nothing is mailed, as ``21.00-06.00``; ``-`` for none, nothing for those of the office."""
    language: Mapped[str] = mapped_column(String(5), server_default="id")
    """Of its alerts."""


class AlertedStoryRow(Base):
    """A story (cluster) that a saved search has mailed already."""

    __tablename__ = "alerted_stories"

    search_id: Mapped[int] = mapped_column(ForeignKey("saved_searches.id", ondelete="CASCADE"), primary_key=True)
    cluster: Mapped[str] = mapped_column(String(16), primary_key=True)
    alerted_at: Mapped[datetime] = mapped_column(Moment)


class SubscriptionRow(Base):
    """Who gets a digest; ``token`` unsubscribes without a login. ``state``: pending, active, ended, bounced."""

    __tablename__ = "subscriptions"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    email: Mapped[str] = mapped_column(String(320), unique=True)
    query: Mapped[str] = mapped_column(Text)
    token: Mapped[str] = mapped_column(String(64), unique=True)
    state: Mapped[str] = mapped_column(String(10), server_default="active")
    added_by: Mapped[str | None] = mapped_column(String(100))
    created_at: Mapped[datetime] = mapped_column(Moment)
    confirmed_at: Mapped[datetime | None] = mapped_column(Moment)
    ended_at: Mapped[datetime | None] = mapped_column(Moment)
    bounces: Mapped[int] = mapped_column(Integer, server_default="0")
    """How many of the last mails to it were refused, or came back, one after the other."""
    language: Mapped[str] = mapped_column(String(5), server_default="id")


class MailingRow(Base):
    """One mail as it was built: every reader gets these bytes, whenever the sending is finished.

    ``kind``: digest, alert, confirm (asks whether a subscription is wanted) or notice (to the admins).
    """

    __tablename__ = "mailings"

    id: Mapped[str] = mapped_column(String(100), primary_key=True)
    kind: Mapped[str] = mapped_column(String(10))
    subject: Mapped[str] = mapped_column(Text)
    html: Mapped[str] = mapped_column(Text)
    text: Mapped[str] = mapped_column(Text)
    images: Mapped[dict[str, str]] = mapped_column(JSON)
    """Base64 of each picture by its content id."""
    built_at: Mapped[datetime] = mapped_column(Moment, index=True)
    expires_at: Mapped[datetime] = mapped_column(Moment)
    """What was not delivered by then is not sent any more."""
    language: Mapped[str] = mapped_column(String(5), server_default="id")


class DeliveryRow(Base):
    """One mailing to one person.

    ``state``: waiting, claimed (a sender has it), handing (the server is being given the text), sent, refused (for
    good), bounced (sent, and came back), unsure (the server's answer was lost twice), cancelled (the reader left
    before), expired.
    """

    __tablename__ = "deliveries"

    digest: Mapped[str] = mapped_column(String(100), primary_key=True)
    """The mailing."""
    email: Mapped[str] = mapped_column(String(320), primary_key=True, index=True)
    state: Mapped[str] = mapped_column(String(10), index=True)
    attempted_at: Mapped[datetime] = mapped_column(Moment)
    """When the state last changed; of what came back when it was sent."""
    error: Mapped[str | None] = mapped_column(Text)
    attempts: Mapped[int] = mapped_column(Integer, server_default="0")
    next_attempt_at: Mapped[datetime | None] = mapped_column(Moment, index=True)
    token: Mapped[str | None] = mapped_column(String(64), index=True)
    """Unsubscribes from what this mail belongs to."""
    lease: Mapped[str | None] = mapped_column(String(32))
    """The sender that claimed it."""
    lost: Mapped[int] = mapped_column(Integer, server_default="0")
    """How often the server's answer was lost after it had the text."""
    mark: Mapped[str | None] = mapped_column(String(32), unique=True, index=True)
    """Stands in the Message-ID and where bounces go; only who got the mail knows it, and nobody else can bounce it."""
    gone: Mapped[bool] = mapped_column(server_default=false())
    """Whether the answer was that there is no such address."""
