"""Tables of work done: crawl runs, the health of sources, registries."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import JSON, BigInteger, Date, Float, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from storage.records.columns import Base, Moment


class RunRow(Base):
    """One crawl of one source; the totals are columns, so that anybody can sum them, ``counts`` has all reasons."""

    __tablename__ = "runs"
    __table_args__ = (Index("ix_runs_source_started_at", "source", "started_at"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    source: Mapped[str] = mapped_column(Text)
    started_at: Mapped[datetime] = mapped_column(Moment)
    finished_at: Mapped[datetime | None] = mapped_column(Moment)
    day: Mapped[date] = mapped_column(Date, index=True)
    outcome: Mapped[str | None] = mapped_column(Text)
    lease: Mapped[str | None] = mapped_column(String(32))
    discovered: Mapped[int] = mapped_column(Integer, default=0, server_default="0")
    known: Mapped[int] = mapped_column(Integer, default=0, server_default="0")
    requests: Mapped[int] = mapped_column(Integer, default=0, server_default="0")
    fetched: Mapped[int] = mapped_column(Integer, default=0, server_default="0")
    stored: Mapped[int] = mapped_column(Integer, default=0, server_default="0")
    unchanged: Mapped[int] = mapped_column(Integer, default=0, server_default="0")
    skipped: Mapped[int] = mapped_column(Integer, default=0, server_default="0")
    failed: Mapped[int] = mapped_column(Integer, default=0, server_default="0")
    blocked: Mapped[int] = mapped_column(Integer, default=0, server_default="0")
    bytes: Mapped[int] = mapped_column(BigInteger, default=0, server_default="0")
    seconds: Mapped[int] = mapped_column(Integer, default=0, server_default="0")
    counts: Mapped[dict[str, int]] = mapped_column(JSON)


class HealthRow(Base):
    """How a source fares, as its last check found it."""

    __tablename__ = "source_health"

    source: Mapped[str] = mapped_column(Text, primary_key=True)
    state: Mapped[str] = mapped_column(Text)
    since: Mapped[datetime] = mapped_column(Moment)
    reason: Mapped[str | None] = mapped_column(Text)
    expected: Mapped[float] = mapped_column(Float)
    least: Mapped[int] = mapped_column(Integer)
    got: Mapped[int] = mapped_column(Integer)
    weekdays: Mapped[list[float]] = mapped_column(JSON)
    stated_per_week: Mapped[int] = mapped_column(Integer)
    stated_dated: Mapped[float] = mapped_column(Float)
    checked_at: Mapped[datetime] = mapped_column(Moment)
    told_since: Mapped[datetime | None] = mapped_column(Moment)
    """``since`` of the trouble that admins were told of."""


class RegistryRow(Base):
    """One row of a registry (persons, occupancies, ...); the local layer wins over the shipped one."""

    __tablename__ = "registry"
    __table_args__ = (Index("ix_registry_kind_layer", "kind", "layer"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    layer: Mapped[str] = mapped_column(String(10))
    kind: Mapped[str] = mapped_column(String(20))
    key: Mapped[str] = mapped_column(Text)
    values: Mapped[dict[str, str]] = mapped_column(JSON)
    changed_by: Mapped[str | None] = mapped_column(String(100))
    changed_at: Mapped[datetime | None] = mapped_column(Moment)
