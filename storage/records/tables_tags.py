"""Tables of tags: one row per person, programme, figure, quote, place, organisation and topic of an article."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import JSON, Date, Float, ForeignKey, Index, Integer, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.records.columns import Base

UNDATED = date.min
"""The day of what stands in an article without one: no day is before it."""


def _only_where(condition: str, sqlite: str = "") -> dict[str, Any]:
    """An index of some rows only; SQLite has no truth values of its own."""
    return {"sqlite_where": text(sqlite or condition), "postgresql_where": text(condition)}


_UNKNOWN = _only_where("person_id IS NULL AND official", "person_id IS NULL AND official = 1")


class Dated:
    """A row that has the local day of its article beside it, so that the latest ones are found by an index."""

    day: Mapped[date] = mapped_column(Date, server_default=UNDATED.isoformat())


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


class PersonRow(OfArticle, Dated, Base):
    """One person in one article; ``person_key`` is the registry's id, else the normalised name.

    ``person_id`` is whom people say it is, where they decided that, else ``found_id``, which tagging found.
    """

    __tablename__ = "people"
    __table_args__ = (
        Index("ix_people_person_key_name_article_id", "person_key", "name", "article_id"),
        Index("ix_people_unknown", "person_key", "day", "article_id", "mentions", **_UNKNOWN),
    )

    person_key: Mapped[str] = mapped_column(Text)
    key: Mapped[str] = mapped_column(Text)
    name: Mapped[str] = mapped_column(Text)
    person_id: Mapped[str | None] = mapped_column(Text)
    found_id: Mapped[str | None] = mapped_column(Text)
    official: Mapped[bool]
    offices: Mapped[list[str]] = mapped_column(JSON)
    in_title: Mapped[bool]
    mentions: Mapped[int] = mapped_column(Integer)


class ProgramRow(OfArticle, Dated, Base):
    """One programme in one article, its keys as those of a person."""

    __tablename__ = "programs"
    __table_args__ = (
        Index("ix_programs_program_key_name_article_id", "program_key", "name", "article_id"),
        Index("ix_programs_program_key_day_article_id", "program_key", "day", "article_id"),
        Index(
            "ix_programs_unknown", "program_key", "day", "article_id", "mentions", **_only_where("program_id IS NULL")
        ),
    )

    program_key: Mapped[str] = mapped_column(Text)
    name: Mapped[str] = mapped_column(Text)
    program_id: Mapped[str | None] = mapped_column(Text)
    found_id: Mapped[str | None] = mapped_column(Text)
    mentions: Mapped[int] = mapped_column(Integer)


class MentionRow(OfArticle, Located, Base):
    """A mention of a person or programme; ``owner`` is the person's key or the programme's name."""

    __tablename__ = "mentions"

    kind: Mapped[str] = mapped_column(Text)
    owner: Mapped[str] = mapped_column(Text)


class FigureRow(OfArticle, Dated, Located, Base):
    """A quantity as one article states it; figures of different articles are never merged.

    ``day`` and, from ``first_day`` on, the last columns are what ``figure_facts`` makes of the article.
    """

    __tablename__ = "figures"
    __table_args__ = (
        Index("ix_figures_claimed", "day", **_only_where("indicator IS NOT NULL")),
        Index("ix_figures_indicator_day", "indicator", "day"),
        Index("ix_figures_area_day", "area", "day"),
        Index("ix_figures_first_day", "first_day"),
        Index("ix_figures_person_key_day", "person_key", "day"),
        Index("ix_figures_place_key", "place_key", **_only_where("area IS NULL")),
    )

    value: Mapped[float] = mapped_column(Float, index=True)
    value_max: Mapped[float | None] = mapped_column(Float)
    unit: Mapped[str] = mapped_column(Text, index=True)
    modifier: Mapped[str] = mapped_column(Text)
    measures: Mapped[str | None] = mapped_column(Text)
    period: Mapped[str | None] = mapped_column(Text)
    place: Mapped[str | None] = mapped_column(Text)
    speaker: Mapped[str | None] = mapped_column(Text)
    person_key: Mapped[str | None] = mapped_column(Text)
    flags: Mapped[list[str]] = mapped_column(JSON)
    indicator: Mapped[str | None] = mapped_column(Text)
    direction: Mapped[str | None] = mapped_column(Text)
    base: Mapped[float | None] = mapped_column(Float)
    role: Mapped[str | None] = mapped_column(Text)
    first_day: Mapped[date | None] = mapped_column(Date)
    last_day: Mapped[date | None] = mapped_column(Date)
    """The days of the period, told or assumed; none for an earlier level."""
    place_key: Mapped[str | None] = mapped_column(Text)
    """Of what the text names, where that says where."""
    area: Mapped[str | None] = mapped_column(Text)
    """Code of that place by the tags of the article; of its only region where no place is named."""


class QuoteRow(OfArticle, Dated, Located, Base):
    """A statement; ``speaker`` is the person's key in the article, ``person_key`` the one across articles."""

    __tablename__ = "quotes"
    __table_args__ = (Index("ix_quotes_person_key_day_article_id", "person_key", "day", "article_id"),)

    speaker: Mapped[str | None] = mapped_column(Text)
    person_key: Mapped[str | None] = mapped_column(Text)
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
