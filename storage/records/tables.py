"""Tables of articles: the current text, earlier versions, addresses, and the change counter."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import JSON, BigInteger, Date, ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from storage.records.columns import Base, Moment


class ArticleRow(Base):
    """One article with its current text; ``change`` tells readers such as the search index what is new."""

    __tablename__ = "articles"
    __table_args__ = (Index("ix_articles_site_published_day", "site", "published_day"),)

    id: Mapped[str] = mapped_column(String(16), primary_key=True)
    canonical_url: Mapped[str] = mapped_column(Text, unique=True)
    url: Mapped[str | None] = mapped_column(Text)
    site: Mapped[str] = mapped_column(Text)
    title: Mapped[str] = mapped_column(Text)
    text: Mapped[str] = mapped_column(Text)
    content_hash: Mapped[str] = mapped_column(String(64))
    published_at: Mapped[datetime | None] = mapped_column(Moment)
    published_day: Mapped[date | None] = mapped_column(Date, index=True)
    published_evidence: Mapped[str | None] = mapped_column(Text)
    published_raw: Mapped[str | None] = mapped_column(Text)
    modified: Mapped[datetime | None] = mapped_column(Moment)
    authors: Mapped[list[str]] = mapped_column(JSON)
    editor: Mapped[str | None] = mapped_column(Text)
    outlet_tags: Mapped[list[str]] = mapped_column(JSON)
    section: Mapped[str | None] = mapped_column(Text)
    dateline: Mapped[str | None] = mapped_column(Text)
    kind: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(Text)
    image: Mapped[str | None] = mapped_column(Text)
    extractor: Mapped[str] = mapped_column(Text)
    extraction: Mapped[str | None] = mapped_column(String(16), index=True)
    flags: Mapped[list[str]] = mapped_column(JSON)
    fetched_at: Mapped[datetime | None] = mapped_column(Moment)
    first_seen: Mapped[datetime] = mapped_column(Moment, index=True)
    page_file: Mapped[str | None] = mapped_column(Text)
    page_offset: Mapped[int | None] = mapped_column(BigInteger)
    page_length: Mapped[int | None] = mapped_column(BigInteger)
    cluster: Mapped[str] = mapped_column(String(16), index=True)
    clustered_hash: Mapped[str | None] = mapped_column(String(64), index=True)
    tag_version: Mapped[str | None] = mapped_column(Text, index=True)
    tagged_kind: Mapped[str | None] = mapped_column(Text)
    tagged_at: Mapped[datetime | None] = mapped_column(Moment)
    withdrawn_at: Mapped[datetime | None] = mapped_column(Moment)
    withdrawn_reason: Mapped[str | None] = mapped_column(Text)
    added_by: Mapped[str | None] = mapped_column(String(100))
    """Who put it in by hand; nothing for what was crawled or imported."""
    medium: Mapped[str] = mapped_column(String(10), server_default="online")
    """online, print, tv, radio or social."""
    printed_page: Mapped[str | None] = mapped_column(Text)
    broadcast: Mapped[str | None] = mapped_column(Text)
    """Programme of a broadcast item."""
    removed_at: Mapped[datetime | None] = mapped_column(Moment)
    change: Mapped[int] = mapped_column(BigInteger, index=True)


class ArticleVersionRow(Base):
    """What an article was before it was changed; without a text where that stayed as it was."""

    __tablename__ = "article_versions"
    __table_args__ = (Index("ix_article_versions_article_id", "article_id"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    article_id: Mapped[str] = mapped_column(ForeignKey("articles.id", ondelete="CASCADE"))
    content_hash: Mapped[str] = mapped_column(String(64))
    title: Mapped[str] = mapped_column(Text)
    text: Mapped[str | None] = mapped_column(Text)
    published_at: Mapped[datetime | None] = mapped_column(Moment)
    published_day: Mapped[date | None] = mapped_column(Date)
    authors: Mapped[list[str]] = mapped_column(JSON, server_default="[]")
    editor: Mapped[str | None] = mapped_column(Text)
    changed: Mapped[list[str]] = mapped_column(JSON, server_default='["text"]')
    cause: Mapped[str] = mapped_column(Text, server_default="outlet")
    replaced_at: Mapped[datetime] = mapped_column(Moment)


class ArticleUrlRow(Base):
    """Every address under which an article was seen."""

    __tablename__ = "article_urls"

    url: Mapped[str] = mapped_column(Text, primary_key=True)
    article_id: Mapped[str] = mapped_column(ForeignKey("articles.id", ondelete="CASCADE"), index=True)


class ChangeRow(Base):
    """The one-row counter of writes; ``database`` tells a restored or new database from the old one."""

    __tablename__ = "change_counter"

    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    value: Mapped[int] = mapped_column(BigInteger)
    database: Mapped[str] = mapped_column(String(32))
