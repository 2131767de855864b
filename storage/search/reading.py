"""What the index needs of stored articles, read in a few plain queries for many of them at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import chain
from typing import Any

from sqlalchemy import func
from sqlalchemy.orm import Session

from storage.datasets.reading import articles, as_read, belonging, strings
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


@dataclass(frozen=True, slots=True)
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
_ARTICLE = (
    ArticleRow.cluster,
    ArticleRow.canonical_url,
    ArticleRow.site,
    ArticleRow.title,
    ArticleRow.text,
    ArticleRow.section,
    _KIND,
    ArticleRow.published_day,
    ArticleRow.published_at,
    ArticleRow.withdrawn_at.is_not(None),
)
_PERSON = (
    PersonRow.name,
    PersonRow.key,
    PersonRow.person_key,
    PersonRow.person_id,
    PersonRow.official,
    as_read(PersonRow.offices),
)
_PROGRAM = (ProgramRow.name, ProgramRow.program_key, ProgramRow.program_id)
_WORDED = MentionRow.kind == "program"
_PLACE = (PlaceRow.surface, PlaceRow.code, PlaceRow.place_key)
_JUDGEMENT = (AssessmentRow.tone_title, AssessmentRow.tone_body, AssessmentRow.follow_up)


def read_indexed(session: Session, ids: Sequence[str]) -> Iterator[Indexed]:
    """The articles in the order of ``ids``; an unknown id is left out."""
    for part in chunks(ids):
        rows = articles(session, part, *_ARTICLE)
        found = {key: Indexed(*rows[key]) for key in part if key in rows}
        _add_tags(session, found, part)
        yield from found.values()


def _add_tags(session: Session, found: dict[str, Indexed], ids: Sequence[str]) -> None:
    for owner, _, name, key, *values, offices in _of(session, ids, PersonRow, *_PERSON):
        person_key, person_id, official = values
        found[owner].people.append(Person(name, key, person_key, person_id, official, strings(offices)))
    for owner, _, *values in _of(session, ids, ProgramRow, *_PROGRAM):
        found[owner].programs.append(Program(*values))
    for owner, _, name, surface in _of(session, ids, MentionRow, MentionRow.owner, MentionRow.surface, where=_WORDED):
        found[owner].surfaces[name].append(surface)
    for owner, _, *values in _of(session, ids, PlaceRow, *_PLACE):
        found[owner].places.append(Place(*values))
    for owner, _, topic in _of(session, ids, TopicRow, TopicRow.topic):
        found[owner].topics.append(topic)
    for owner, _, speaker in _of(session, ids, QuoteRow, QuoteRow.speaker):
        if speaker:
            found[owner].speakers.append(speaker)
    for owner, _, *values in _of(session, ids, AssessmentRow, *_JUDGEMENT):
        found[owner].judgements.append(Judgement(*values))


def _of(session: Session, ids: Sequence[str], table: Any, *columns: Any, where: Any = None) -> Iterator[Any]:
    """Rows of a table, each with its article and its own id before it, each article's in the order of saving."""
    return chain.from_iterable(belonging(session, ids, table, *columns, where=where).values())
