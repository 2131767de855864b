"""Tables of the work on articles: jobs and who does them, corrections, assessments, candidates, releases, outlets."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Date, Float, ForeignKey, Index, Integer, String, Text, false
from sqlalchemy.orm import Mapped, mapped_column

from storage.records.columns import Base, Moment


class JobRow(Base):
    """One piece of long work: a ``pantau`` command run as a child process.

    ``state``: queued, running, done, failed, cancelled.
    """

    __tablename__ = "jobs"
    __table_args__ = (Index("ix_jobs_name_key_state", "name", "key", "state"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    name: Mapped[str] = mapped_column(String(50))
    key: Mapped[str] = mapped_column(Text)
    """What the job must have to itself (a source's name, the index); never two running ones of one name and key."""
    args: Mapped[list[str]] = mapped_column(JSON)
    state: Mapped[str] = mapped_column(String(10), index=True)
    priority: Mapped[int] = mapped_column(Integer, server_default="0")
    """Of those that wait the highest comes first."""
    asked_by: Mapped[str] = mapped_column(String(100))
    asked_at: Mapped[datetime] = mapped_column(Moment)
    due_at: Mapped[datetime | None] = mapped_column(Moment)
    """The planned time that this run answers; a run that was missed is caught up once."""
    started_at: Mapped[datetime | None] = mapped_column(Moment)
    finished_at: Mapped[datetime | None] = mapped_column(Moment)
    attempts: Mapped[int] = mapped_column(Integer, server_default="0")
    lease: Mapped[str | None] = mapped_column(String(32), index=True)
    """Token of the process that runs it."""
    stop_asked: Mapped[bool] = mapped_column(server_default=false())
    done: Mapped[int | None]
    total: Mapped[int | None]
    message: Mapped[str | None] = mapped_column(Text)
    """What it does now; at its end the last line that it said."""
    output: Mapped[str | None] = mapped_column(Text)
    """What it printed for programs, as far as it fits."""
    exit_code: Mapped[int | None]


class ProcessRow(Base):
    """A process that runs jobs. ``kind``: run (with the scheduler), worker, command (typed by hand)."""

    __tablename__ = "processes"

    token: Mapped[str] = mapped_column(String(32), primary_key=True)
    kind: Mapped[str] = mapped_column(String(10), index=True)
    host: Mapped[str] = mapped_column(String(255))
    pid: Mapped[int] = mapped_column(Integer)
    started_at: Mapped[datetime] = mapped_column(Moment)
    beat_at: Mapped[datetime] = mapped_column(Moment)
    """When it last said that it lives, by the database's clock."""
    left_at: Mapped[datetime | None] = mapped_column(Moment)
    """When it ended in order, or was found dead."""


class CorrectionRow(Base):
    """What a person changed about the tags of an article; wins over rules and models and survives re-tagging.

    Anchored by kind, quoted text, its neighbours and which of equal ones it is. ``action``: add, change, delete.
    """

    __tablename__ = "corrections"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    article_id: Mapped[str] = mapped_column(ForeignKey("articles.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    action: Mapped[str] = mapped_column(String(10))
    quoted: Mapped[str] = mapped_column(Text)
    before: Mapped[str] = mapped_column(Text)
    after: Mapped[str] = mapped_column(Text)
    occurrence: Mapped[int] = mapped_column(Integer)
    values: Mapped[dict[str, Any]] = mapped_column(JSON)
    was: Mapped[dict[str, Any]] = mapped_column(JSON)
    """What the tag said before, for the history."""
    made_by: Mapped[str] = mapped_column(String(100))
    made_at: Mapped[datetime] = mapped_column(Moment)
    undone_by: Mapped[str | None] = mapped_column(String(100))
    undone_at: Mapped[datetime | None] = mapped_column(Moment)
    misfit: Mapped[bool] = mapped_column(server_default=false(), index=True)
    """The text changed so that the anchor no longer stands in it: waits in the queue."""


class FoundTagsRow(Base):
    """The tags of an article as they were found, where the rows that readers count are corrected ones."""

    __tablename__ = "found_tags"

    article_id: Mapped[str] = mapped_column(ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True)
    tags: Mapped[dict[str, Any]] = mapped_column(JSON)


class AssessmentRow(Base):
    """How a person judged an article; the newest row counts, the older ones are the history."""

    __tablename__ = "assessments"
    __table_args__ = (Index("ix_assessments_article_id_id", "article_id", "id"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    article_id: Mapped[str] = mapped_column(ForeignKey("articles.id", ondelete="CASCADE"))
    tone_title: Mapped[str | None] = mapped_column(String(10))
    tone_body: Mapped[str | None] = mapped_column(String(10))
    follow_up: Mapped[str | None] = mapped_column(String(20))
    disposition: Mapped[str | None] = mapped_column(Text)
    note: Mapped[str | None] = mapped_column(Text)
    officer: Mapped[str] = mapped_column(String(100))
    made_at: Mapped[datetime] = mapped_column(Moment)


class CandidateRow(Base):
    """What a person decided of a key: who or which programme it means. ``state``: confirmed, merged, dismissed."""

    __tablename__ = "candidates"

    kind: Mapped[str] = mapped_column(String(20), primary_key=True)
    key: Mapped[str] = mapped_column(String(300), primary_key=True)
    """Key across articles: a registry's id, else a normalised name."""
    state: Mapped[str] = mapped_column(String(10), index=True)
    merged_into: Mapped[str | None] = mapped_column(Text)
    """The registry's id that it stands for from now on."""
    decided_by: Mapped[str] = mapped_column(String(100))
    decided_at: Mapped[datetime] = mapped_column(Moment)


class ReleaseRow(Base):
    """A press release that was pasted or crawled, whose pick-up is watched."""

    __tablename__ = "releases"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    title: Mapped[str] = mapped_column(Text)
    text: Mapped[str] = mapped_column(Text)
    agency: Mapped[str | None] = mapped_column(Text)
    released_at: Mapped[datetime | None] = mapped_column(Moment)
    released_day: Mapped[date | None] = mapped_column(Date)
    article_id: Mapped[str | None] = mapped_column(ForeignKey("articles.id", ondelete="SET NULL"))
    """The crawled release, where it was not pasted."""
    added_by: Mapped[str] = mapped_column(String(100))
    added_at: Mapped[datetime] = mapped_column(Moment)
    checked_change: Mapped[int] = mapped_column(Integer, server_default="0")
    """Change number up to which articles were compared with it."""


class PickupRow(Base):
    """An article that ran a release: how much of it survived, and what was changed."""

    __tablename__ = "pickups"

    release_id: Mapped[int] = mapped_column(ForeignKey("releases.id", ondelete="CASCADE"), primary_key=True)
    article_id: Mapped[str] = mapped_column(ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True, index=True)
    share: Mapped[float] = mapped_column(Float)
    """Share of the release's text that stands in the article, 0 to 1."""
    details: Mapped[dict[str, Any]] = mapped_column(JSON)
    """Surviving sentences, changed figures and quotes, added voices."""
    found_at: Mapped[datetime] = mapped_column(Moment)


class OutletRow(Base):
    """What an office knows about an outlet, beside what its crawl shows."""

    __tablename__ = "outlets"

    site: Mapped[str] = mapped_column(String(255), primary_key=True)
    label: Mapped[str | None] = mapped_column(Text)
    tier: Mapped[int | None]
    press_status: Mapped[str | None] = mapped_column(String(20))
    area: Mapped[str | None] = mapped_column(String(20))
    medium: Mapped[str] = mapped_column(String(10), server_default="online")
    note: Mapped[str | None] = mapped_column(Text)


class OutletChangeRow(Base):
    """What somebody said of an outlet: the facts that changed, before and after."""

    __tablename__ = "outlet_changes"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    site: Mapped[str] = mapped_column(String(255), index=True)
    was: Mapped[dict[str, Any]] = mapped_column(JSON)
    values: Mapped[dict[str, Any]] = mapped_column(JSON)
    made_by: Mapped[str] = mapped_column(String(100))
    made_at: Mapped[datetime] = mapped_column(Moment)
