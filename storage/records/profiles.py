"""What is stored about one person or programme: offices, statements, figures, each with the article that says so."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from sqlalchemy import Select, exists, func, select
from sqlalchemy.orm import Session, aliased

from storage.records.keys import name_key
from storage.records.names import display_names
from storage.records.privacy import is_public
from storage.records.registry import registry_names, registry_rows
from storage.records.tables import ArticleRow
from storage.records.tables_tags import FigureRow, PersonRow, ProgramRow, QuoteRow

Kind = Literal["persons", "programmes"]
MANY = 2_000
"""Articles that are looked at for the wordings of an office: more tell nothing new."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Where:
    """The article that says something."""

    article_id: str
    title: str
    outlet: str
    published: date | None
    """Local day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """What a person said, directly or as reported."""

    text: str
    verb: str | None
    indirect: bool
    where: Where


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldFigure:
    """A figure as an article tells it."""

    surface: str
    measures: str | None
    period: str | None
    where: Where


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A term of office as the registry knows it; days as far as they are known."""

    office: str
    area: str
    start: str
    end: str
    acting: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """One person or programme across all articles."""

    key: str
    name: str
    registered: bool
    articles: int
    names: tuple[tuple[str, int], ...]
    """How articles word it, with the number of articles."""


def profile(session: Session, kind: Kind, key: str) -> Profile | None:
    """Who or what a key stands for; ``None`` where neither the registry nor any article knows it.

    A person to whom no article gives a public office, and whom no registry lists, is nobody whose sayings are gathered.
    """
    table, column = _table(kind)
    names, registered = display_names(session, kind, [key]), key in registry_names(session, kind=kind)
    if key not in names or (kind == "persons" and not registered and not _is_official(session, key)):
        return None
    counted = session.execute(
        select(table.name, func.count(table.article_id.distinct())).where(column == key).group_by(table.name)
    ).all()
    articles = session.execute(select(func.count(table.article_id.distinct())).where(column == key)).scalar_one()
    forms = tuple(sorted(((name, count) for name, count in counted), key=lambda form: (-form[1], form[0])))
    return Profile(key=key, name=names[key], registered=registered, articles=articles, names=forms)


def _is_official(session: Session, key: str) -> bool:
    query = select(PersonRow.id).where(PersonRow.person_key == key, is_public()).limit(1)
    return session.scalar(query) is not None


def keys_of(session: Session, kind: Kind, names: Iterable[str]) -> dict[str, str]:
    """Shown name -> key, for names as facets and search show them."""
    known = {name: key for key, name in registry_names(session, kind=kind).items()}
    return {name: known.get(name) or name_key(name) for name in names}


def statements(session: Session, key: str, *, limit: int = 20) -> list[Statement]:
    """What a person said, the newest first."""
    query = select(QuoteRow, *_WHERE).join(ArticleRow).where(QuoteRow.person_key == key)
    return [
        Statement(
            text=quote.surface.rstrip(" ,"), verb=quote.verb, indirect=quote.kind == "indirect", where=_where(rest)
        )
        for quote, *rest in session.execute(_newest(query, QuoteRow, limit))
    ]


def statement_count(session: Session, key: str) -> int:
    """How many articles hold a statement of a person."""
    query = select(func.count(QuoteRow.article_id.distinct())).where(QuoteRow.person_key == key)
    return session.execute(query).scalar_one()


def figures_beside(session: Session, key: str, *, limit: int = 20) -> list[ToldFigure]:
    """Figures with an indicator in the articles that name a programme, the newest first."""
    other = aliased(ProgramRow)
    again = exists().where(
        other.article_id == ProgramRow.article_id, other.program_key == key, other.id < ProgramRow.id
    )  # an article may have two names of one programme
    query = _figures().join(ProgramRow, ProgramRow.article_id == FigureRow.article_id)
    return _told(session, _newest(query.where(ProgramRow.program_key == key, ~again), ProgramRow, limit))


def figures_said(session: Session, key: str, *, limit: int = 20) -> list[ToldFigure]:
    """Figures with an indicator that a person gave, the newest first."""
    return _told(session, _newest(_figures().where(FigureRow.person_key == key), FigureRow, limit))


def offices_said(session: Session, key: str) -> list[tuple[str, int]]:
    """Offices that articles give a person, with the number of articles, the most frequent first."""
    rows = session.scalars(select(PersonRow.offices).where(PersonRow.person_key == key).limit(MANY))
    counts: dict[str, int] = {}
    for offices in rows:
        for office in set(offices):
            counts[office] = counts.get(office, 0) + 1
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))


def terms(session: Session, key: str) -> list[Term]:
    """A person's terms of office by the registry, the latest first."""
    places = registry_names(session, kind="places")
    rows = [row for row in registry_rows(session, only="occupancies")["occupancies"] if row.get("person_id") == key]
    found = [
        Term(
            office=row.get("office", ""),
            area=places.get(row.get("area_code", ""), row.get("area_code", "")),
            start=row.get("from", ""),
            end=row.get("to", ""),
            acting=row.get("acting", ""),
        )
        for row in rows
    ]
    return sorted(found, key=lambda term: term.start, reverse=True)


_WHERE = (ArticleRow.id, ArticleRow.title, ArticleRow.site, ArticleRow.published_day)


def _figures() -> Any:
    return (
        select(FigureRow, *_WHERE)
        .join(ArticleRow, ArticleRow.id == FigureRow.article_id)
        .where(FigureRow.indicator.is_not(None))
    )


def _told(session: Session, query: Any) -> list[ToldFigure]:
    return [
        ToldFigure(surface=row.surface, measures=row.measures, period=row.period, where=_where(rest))
        for row, *rest in session.execute(query)
    ]


def _newest(query: Any, dated: Any, limit: int) -> Select[Any]:
    """The newest by the day that stands in a table of tags, whose index has it."""
    live: Select[Any] = query.where(ArticleRow.withdrawn_at.is_(None))
    return live.order_by(dated.day.desc(), dated.article_id).limit(limit)


def _where(row: list[Any]) -> Where:
    article_id, title, outlet, day = row
    return Where(article_id=article_id, title=title, outlet=outlet, published=day)


def _table(kind: Kind) -> tuple[Any, Any]:
    return (PersonRow, PersonRow.person_key) if kind == "persons" else (ProgramRow, ProgramRow.program_key)
