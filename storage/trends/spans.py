"""What a span of days held, beside the equal span before it: the numbers of the weekly digest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from scraper.clock import WIB
from storage.records.names import display_names
from storage.records.tables import ArticleRow
from storage.records.tables_tags import FigureRow, PersonRow, ProgramRow, QuoteRow


@dataclass(frozen=True, slots=True)
class Span:
    """Local days, both included."""

    start: date
    end: date

    def before(self) -> Span:
        """The span of equal length that ends the day before."""
        length = self.end - self.start + timedelta(days=1)
        return Span(self.start - length, self.end - length)

    def over(self) -> datetime:
        """The moment at which the span is over."""
        return _midnight(self.end + timedelta(days=1))


@dataclass(frozen=True, slots=True)
class Count:
    """A name with its articles now and in the span before."""

    name: str
    now: int
    previous: int


@dataclass(frozen=True, slots=True)
class PersonCount:
    """A person with the articles that name them and the statements that are theirs."""

    name: str
    articles: int
    statements: int


@dataclass(frozen=True, slots=True)
class StoryCount:
    """A story by its earliest article of the span."""

    article_id: str
    title: str
    articles: int
    outlets: int


@dataclass(frozen=True, slots=True)
class FigureClaim:
    """One figure as one article states it."""

    article_id: str
    outlet: str
    surface: str
    measures: str
    speaker: str | None


def article_count(session: Session, span: Span) -> int:
    """Articles published in the span."""
    return int(session.execute(_in(select(func.count()).select_from(ArticleRow), span)).scalar_one())


def undated_count(session: Session, span: Span | None = None) -> int:
    """Articles whose date is not known; those first seen in the span, or all."""
    query = select(func.count()).select_from(ArticleRow).where(ArticleRow.published_day.is_(None), _live())
    if span is not None:
        query = query.where(ArticleRow.first_seen >= _midnight(span.start), ArticleRow.first_seen < span.over())
    return session.execute(query).scalar_one()


def outlet_counts(session: Session, span: Span) -> list[Count]:
    """Articles by outlet, the most first; an outlet that fell silent is there with 0."""
    now, previous = (_counts(session, part, ArticleRow.site, None) for part in (span, span.before()))
    return _ranked({key: now.get(key, 0) for key in now | previous}, previous, limit=20)


def programme_counts(session: Session, span: Span, *, limit: int) -> list[Count]:
    """Articles by programme, whatever form of its name they use."""
    now, previous = (_counts(session, part, ProgramRow.program_key, ProgramRow) for part in (span, span.before()))
    top = _ranked(now, previous, limit=limit)
    names = display_names(session, "programmes", [item.name for item in top])
    return [Count(names.get(item.name, item.name), item.now, item.previous) for item in top]


def official_counts(session: Session, span: Span, *, limit: int) -> list[PersonCount]:
    """Officials by articles that name them, with their statements counted apart."""
    articles = func.count(PersonRow.article_id.distinct())
    people = _in(
        select(PersonRow.person_key, articles)
        .join(ArticleRow, ArticleRow.id == PersonRow.article_id)
        .where(PersonRow.official),
        span,
    ).group_by(PersonRow.person_key)
    top = session.execute(people.order_by(articles.desc(), PersonRow.person_key).limit(limit)).all()
    said = _in(
        select(QuoteRow.person_key, func.count())
        .join(ArticleRow, ArticleRow.id == QuoteRow.article_id)
        .where(QuoteRow.person_key.in_([key for key, _ in top])),
        span,
    ).group_by(QuoteRow.person_key)
    statements = {key: count for key, count in session.execute(said)}
    names = display_names(session, "persons", [key for key, _ in top])
    return [PersonCount(names.get(key, key), count, statements.get(key, 0)) for key, count in top]


def top_stories(session: Session, span: Span, *, limit: int) -> list[StoryCount]:
    """Stories by outlets, then articles."""
    outlets, articles = func.count(ArticleRow.site.distinct()), func.count()
    query = _in(select(ArticleRow.cluster, articles, outlets), span).group_by(ArticleRow.cluster)
    top = session.execute(query.order_by(outlets.desc(), articles.desc(), ArticleRow.cluster).limit(limit)).all()
    return [_story(session, span, cluster, many, places) for cluster, many, places in top]


def spoken_figures(session: Session, span: Span, *, limit: int) -> list[FigureClaim]:
    """New figures of the span that say what they measure: no earlier article has the same value and unit.

    What a clarification of a hoax quotes is no figure of anybody.

    At most one a story; first those with a speaker, then those without a doubt about them, then the latest.
    """
    query = _in(
        select(FigureRow, ArticleRow.cluster, ArticleRow.site, PersonRow.name)
        .join(ArticleRow, ArticleRow.id == FigureRow.article_id)
        .outerjoin(PersonRow, and_(PersonRow.article_id == FigureRow.article_id, PersonRow.key == FigureRow.speaker))
        .where(FigureRow.measures.is_not(None), ~_said_before(span), _kind() != "hoax"),
        span,
    ).order_by(PersonRow.name.is_(None), ArticleRow.published_day.desc(), FigureRow.id)
    claims: dict[str, FigureClaim] = {}
    for figure, cluster, outlet, speaker in sorted(session.execute(query), key=lambda row: _doubt(row[0], row[3])):
        claim = FigureClaim(figure.article_id, outlet, figure.surface, figure.measures or "", speaker)
        claims.setdefault(cluster, claim)
        if len(claims) == limit:
            break
    return list(claims.values())


def articles_of_kind(session: Session, span: Span, kinds: Sequence[str], *, limit: int) -> list[tuple[str, str, str]]:
    """Id, title and kind of the articles that are of one of the kinds, the newest first."""
    query = _in(select(ArticleRow.id, ArticleRow.title, _kind()).where(_kind().in_(kinds)), span)
    return [(i, t, k) for i, t, k in session.execute(query.order_by(ArticleRow.published_day.desc()).limit(limit))]


def _said_before(span: Span) -> ColumnElement[bool]:
    earlier, article = aliased(FigureRow), aliased(ArticleRow)
    same = and_(earlier.value == FigureRow.value, earlier.unit == FigureRow.unit)
    query = select(earlier.id).join(article, article.id == earlier.article_id)
    return query.where(same, article.published_day < span.start).exists()


def _doubt(figure: FigureRow, speaker: str | None) -> tuple[bool, bool]:
    return speaker is None, bool(figure.flags)


def _ranked(now: Mapping[str, int], previous: Mapping[str, int], *, limit: int) -> list[Count]:
    top = sorted(now, key=lambda key: (-now[key], key))[:limit]
    return [Count(key, now[key], previous.get(key, 0)) for key in top]


def _counts(session: Session, span: Span, name: InstrumentedAttribute[str], table: Any) -> dict[str, int]:
    query = select(name, func.count(ArticleRow.id.distinct())).select_from(ArticleRow)
    if table is not None:
        query = query.join(table, table.article_id == ArticleRow.id)
    return {key: count for key, count in session.execute(_in(query, span).group_by(name))}


def _story(session: Session, span: Span, cluster: str, articles: int, outlets: int) -> StoryCount:
    first = _in(select(ArticleRow.id, ArticleRow.title).where(ArticleRow.cluster == cluster), span)
    order = (ArticleRow.published_day, ArticleRow.published_at, ArticleRow.id)
    article_id, title = session.execute(first.order_by(*order).limit(1)).one()
    return StoryCount(article_id, title, articles, outlets)


def _in(query: Any, span: Span) -> Any:
    """The query over the living articles of the span; a Select of whatever columns."""
    return query.where(ArticleRow.published_day.between(span.start, span.end), _live())


def _kind() -> ColumnElement[str]:
    """What an article is: by its wording where tagging found that, else by its page."""
    return func.coalesce(ArticleRow.tagged_kind, ArticleRow.kind)


def _live() -> Any:
    return ArticleRow.withdrawn_at.is_(None)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=WIB)
