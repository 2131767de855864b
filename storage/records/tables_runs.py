"""Tables of work done: crawl runs, coverage by day, registries, subscriptions and deliveries."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import JSON, Date, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from storage.records.columns import Base, Moment


class RunRow(Base):
    """One crawl of one source, or one import."""

    __tablename__ = "runs"
    __table_args__ = (Index("ix_runs_source_started_at", "source", "started_at"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    source: Mapped[str] = mapped_column(Text)
    started_at: Mapped[datetime] = mapped_column(Moment)
    finished_at: Mapped[datetime | None] = mapped_column(Moment)
    outcome: Mapped[str | None] = mapped_column(Text)
    counts: Mapped[dict[str, int]] = mapped_column(JSON)


class CoverageRow(Base):
    """What was fetched from a source on a day: the denominator of every share."""

    __tablename__ = "coverage"

    source: Mapped[str] = mapped_column(Text, primary_key=True)
    day: Mapped[date] = mapped_column(Date, primary_key=True)
    fetched: Mapped[int] = mapped_column(Integer)
    stored: Mapped[int] = mapped_column(Integer)
    failed: Mapped[int] = mapped_column(Integer)
    blocked: Mapped[int] = mapped_column(Integer)


class RegistryRow(Base):
    """One row of a registry (persons, occupancies, ...); the local layer wins over the shipped one."""

    __tablename__ = "registry"
    __table_args__ = (Index("ix_registry_kind_layer", "kind", "layer"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    layer: Mapped[str] = mapped_column(String(10))
    kind: Mapped[str] = mapped_column(String(20))
    key: Mapped[str] = mapped_column(Text)
    values: Mapped[dict[str, str]] = mapped_column(JSON)


class SubscriptionRow(Base):
    """Who gets a digest; ``token`` unsubscribes without a login."""

    __tablename__ = "subscriptions"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    email: Mapped[str] = mapped_column(String(320), unique=True)
    query: Mapped[str] = mapped_column(Text)
    token: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime] = mapped_column(Moment)
    ended_at: Mapped[datetime | None] = mapped_column(Moment)


class DeliveryRow(Base):
    """One digest to one person: sent at most once."""

    __tablename__ = "deliveries"

    digest: Mapped[str] = mapped_column(String(100), primary_key=True)
    email: Mapped[str] = mapped_column(String(320), primary_key=True)
    state: Mapped[str] = mapped_column(String(10))
    attempted_at: Mapped[datetime] = mapped_column(Moment)
    error: Mapped[str | None] = mapped_column(Text)
