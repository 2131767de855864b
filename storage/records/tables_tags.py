"""Tables of tags: one row per person, programme, figure, quote, place, organisation and topic of an article."""

from __future__ import annotations

from sqlalchemy import JSON, Float, ForeignKey, Index, Integer, Text
from sqlalchemy.orm import Mapped, mapped_column

from storage.records.columns import Base


class OfArticle:
    """A row that belongs to an article's current text and goes with it."""

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    article_id: Mapped[str] = mapped_column(ForeignKey("articles.id", ondelete="CASCADE"), index=True)


class Located:
    """Where in the text a tag stands, who set it, and how sure it is."""

    start: Mapped[int] = mapped_column(Integer)
    end: Mapped[int] = mapped_column(Integer)
    surface: Mapped[str] = mapped_column(Text)
    source: Mapped[str] = mapped_column(Text)
    score: Mapped[float] = mapped_column(Float)


class PersonRow(OfArticle, Base):
    """One person in one article; ``person_key`` is the registry's id, else the normalised name.

    ``person_id`` is whom people say it is, where they decided that, else ``found_id``, which tagging found.
    """

    __tablename__ = "people"

    person_key: Mapped[str] = mapped_column(Text, index=True)
    key: Mapped[str] = mapped_column(Text)
    name: Mapped[str] = mapped_column(Text)
    person_id: Mapped[str | None] = mapped_column(Text)
    found_id: Mapped[str | None] = mapped_column(Text)
    official: Mapped[bool]
    offices: Mapped[list[str]] = mapped_column(JSON)
    in_title: Mapped[bool]
    mentions: Mapped[int] = mapped_column(Integer)


class ProgramRow(OfArticle, Base):
    """One programme in one article, its keys as those of a person."""

    __tablename__ = "programs"

    program_key: Mapped[str] = mapped_column(Text, index=True)
    name: Mapped[str] = mapped_column(Text)
    program_id: Mapped[str | None] = mapped_column(Text)
    found_id: Mapped[str | None] = mapped_column(Text)
    mentions: Mapped[int] = mapped_column(Integer)


class MentionRow(OfArticle, Located, Base):
    """A mention of a person or programme; ``owner`` is the person's key or the programme's name."""

    __tablename__ = "mentions"

    kind: Mapped[str] = mapped_column(Text)
    owner: Mapped[str] = mapped_column(Text)


class FigureRow(OfArticle, Located, Base):
    """A quantity as one article states it; figures of different articles are never merged."""

    __tablename__ = "figures"

    value: Mapped[float] = mapped_column(Float, index=True)
    value_max: Mapped[float | None] = mapped_column(Float)
    unit: Mapped[str] = mapped_column(Text, index=True)
    modifier: Mapped[str] = mapped_column(Text)
    measures: Mapped[str | None] = mapped_column(Text)
    period: Mapped[str | None] = mapped_column(Text)
    place: Mapped[str | None] = mapped_column(Text)
    speaker: Mapped[str | None] = mapped_column(Text)
    person_key: Mapped[str | None] = mapped_column(Text, index=True)
    flags: Mapped[list[str]] = mapped_column(JSON)
    indicator: Mapped[str | None] = mapped_column(Text, index=True)
    direction: Mapped[str | None] = mapped_column(Text)
    base: Mapped[float | None] = mapped_column(Float)
    role: Mapped[str | None] = mapped_column(Text)


class QuoteRow(OfArticle, Located, Base):
    """A statement; ``speaker`` is the person's key in the article, ``person_key`` the one across articles."""

    __tablename__ = "quotes"

    speaker: Mapped[str | None] = mapped_column(Text)
    person_key: Mapped[str | None] = mapped_column(Text, index=True)
    kind: Mapped[str] = mapped_column(Text)
    verb: Mapped[str | None] = mapped_column(Text)


class OfficeRow(OfArticle, Located, Base):
    """An office named without its holder; ``person_id`` is the holder by the registry on the article's day."""

    __tablename__ = "office_mentions"

    person_id: Mapped[str | None] = mapped_column(Text, index=True)
    found_id: Mapped[str | None] = mapped_column(Text)


class PlaceRow(OfArticle, Located, Base):
    """A place; ``place_key`` is the Kemendagri code, else the normalised name."""

    __tablename__ = "places"

    place_key: Mapped[str] = mapped_column(Text, index=True)
    code: Mapped[str | None] = mapped_column(Text)


class OrgRow(OfArticle, Located, Base):
    """An organisation named in a text."""

    __tablename__ = "orgs"

    org_key: Mapped[str] = mapped_column(Text, index=True)


class TopicRow(OfArticle, Base):
    """A topic of an article; position 0 is the main one."""

    __tablename__ = "topics"
    __table_args__ = (Index("ix_topics_topic_article_id", "topic", "article_id"),)

    position: Mapped[int] = mapped_column(Integer)
    topic: Mapped[str] = mapped_column(Text)


TAG_TABLES = (PersonRow, ProgramRow, MentionRow, FigureRow, QuoteRow, PlaceRow, OrgRow, TopicRow, OfficeRow)
"""All tables that are replaced whole when an article is tagged again."""
