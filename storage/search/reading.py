"""What the index needs of stored articles, read in a few plain queries for many of them at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from operator import itemgetter
from typing import Any

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from storage.records.changes import chunks
from storage.records.tables import ArticleRow
from storage.records.tables_tags import MentionRow, PersonRow, PlaceRow, ProgramRow, QuoteRow, TopicRow
from storage.records.tables_work import AssessmentRow


@dataclass(frozen=True, slots=True)
class Person:
    """A person as an article names them."""

    name: str
    key: str
    """Key within the article."""
    person_key: str
    person_id: str | None
    official: bool
    offices: Sequence[str]


@dataclass(frozen=True, slots=True)
class Program:
    """A programme as an article names it."""

    name: str
    program_key: str
    program_id: str | None


@dataclass(frozen=True, slots=True)
class Place:
    """A place as an article names it."""

    surface: str
    code: str | None
    place_key: str


@dataclass(frozen=True, slots=True)
class Judgement:
    """How a person judged an article."""

    tone_title: str | None
    tone_body: str | None
    follow_up: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Indexed:
    """One article, with those of its tags that can be searched and counted."""

    id: str
    cluster: str
    url: str
    site: str
    title: str
    text: str
    section: str | None
    kind: str
    day: date | None
    """Local day of publication."""
    moment: datetime | None
    withdrawn: bool
    people: list[Person] = field(default_factory=list)
    programs: list[Program] = field(default_factory=list)
    surfaces: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    """Name of a programme -> how the text words it."""
    places: list[Place] = field(default_factory=list)
    topics: list[str] = field(default_factory=list)
    speakers: list[str] = field(default_factory=list)
    """Keys of the people who say something."""
    judgements: list[Judgement] = field(default_factory=list)
    """The newest last."""


_KIND = func.coalesce(ArticleRow.tagged_kind, ArticleRow.kind)
_ARTICLES = select(
    ArticleRow.id,
    ArticleRow.cluster,
    ArticleRow.canonical_url,
    ArticleRow.site,
    ArticleRow.title,
    ArticleRow.text,
    ArticleRow.section,
    _KIND,
    ArticleRow.published_day,
    ArticleRow.published_at,
    ArticleRow.withdrawn_at,
)


def read_indexed(session: Session, ids: Sequence[str]) -> Iterator[Indexed]:
    """The articles in the order of ``ids``; an unknown id is left out."""
    for part in chunks(ids):
        found = {item.id: item for item in _articles(session, part)}
        _add_tags(session, found, part)
        yield from (found[key] for key in part if key in found)


def _articles(session: Session, ids: Sequence[str]) -> Iterator[Indexed]:
    for row in session.execute(_ARTICLES.where(ArticleRow.id.in_(bindparam("ids", expanding=True))), {"ids": ids}):
        article_id, cluster, url, site, title, text, section, kind, day, moment, withdrawn = row
        yield Indexed(
            id=article_id,
            cluster=cluster,
            url=url,
            site=site,
            title=title,
            text=text,
            section=section,
            kind=kind,
            day=day,
            moment=moment,
            withdrawn=withdrawn is not None,
        )


def _add_tags(session: Session, found: dict[str, Indexed], ids: Sequence[str]) -> None:
    person = (PersonRow.name, PersonRow.key, PersonRow.person_key, PersonRow.person_id, PersonRow.official)
    for owner, *values in _of(session, ids, PersonRow, *person, PersonRow.offices):
        found[owner].people.append(Person(*values))
    for owner, *values in _of(session, ids, ProgramRow, ProgramRow.name, ProgramRow.program_key, ProgramRow.program_id):
        found[owner].programs.append(Program(*values))
    for owner, kind, name, surface in _of(
        session, ids, MentionRow, MentionRow.kind, MentionRow.owner, MentionRow.surface
    ):
        if kind == "program":
            found[owner].surfaces[name].append(surface)
    for owner, *values in _of(session, ids, PlaceRow, PlaceRow.surface, PlaceRow.code, PlaceRow.place_key):
        found[owner].places.append(Place(*values))
    for owner, topic in _of(session, ids, TopicRow, TopicRow.topic):
        found[owner].topics.append(topic)
    for owner, speaker in _of(session, ids, QuoteRow, QuoteRow.speaker):
        if speaker:
            found[owner].speakers.append(speaker)
    judged = (AssessmentRow.tone_title, AssessmentRow.tone_body, AssessmentRow.follow_up)
    for owner, *values in _of(session, ids, AssessmentRow, *judged):
        found[owner].judgements.append(Judgement(*values))


def _of(session: Session, ids: Sequence[str], table: Any, *columns: Any) -> Iterator[Any]:
    """The columns of a table's rows, each with its article before it, in the order in which they were saved.

    Sorted here: SQLite reads a whole table in its order rather than a few of its rows to sort them.
    """
    query = select(table.article_id, *columns, table.id).where(table.article_id.in_(bindparam("ids", expanding=True)))
    for row in sorted(session.execute(query, {"ids": ids}), key=itemgetter(-1)):
        yield row[:-1]
