"""Tables of the crawl's memory: when each article's page is looked at again, and what each list showed last."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON, Boolean, ForeignKey, Integer, Text
from sqlalchemy.orm import Mapped, mapped_column

from storage.records.columns import Base, Moment


class LookRow(Base):
    """The looks at one article's page; apart from the article, because each look writes here and seldom there."""

    __tablename__ = "article_looks"

    article_id: Mapped[str] = mapped_column(ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True)
    looks: Mapped[int] = mapped_column(Integer)
    gone: Mapped[int] = mapped_column(Integer)
    looked_at: Mapped[datetime] = mapped_column(Moment)
    changed_at: Mapped[datetime | None] = mapped_column(Moment)
    next_look_at: Mapped[datetime | None] = mapped_column(Moment, index=True)
    etag: Mapped[str | None] = mapped_column(Text)
    last_modified: Mapped[str | None] = mapped_column(Text)


class ListRow(Base):
    """One list of a source (feed, sitemap, first page of a listing) as its last crawl saw it."""

    __tablename__ = "lists"

    source: Mapped[str] = mapped_column(Text, primary_key=True)
    url: Mapped[str] = mapped_column(Text, primary_key=True)
    etag: Mapped[str | None] = mapped_column(Text)
    last_modified: Mapped[str | None] = mapped_column(Text)
    seen_at: Mapped[datetime | None] = mapped_column(Moment)
    front: Mapped[list[str]] = mapped_column(JSON)
    pulse: Mapped[bool] = mapped_column(Boolean)
