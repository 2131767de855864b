"""Which articles lack tags, saving tags, and what the tags of all articles add up to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, func, or_, select, update
from sqlalchemy.orm import Session

from scraper.clock import now
from scraper.items import Article, TaggedArticle
from storage.records.changes import chunks, touch
from storage.records.found_tags import active_corrections, write_tags
from storage.records.stored import to_article
from storage.records.tables import ArticleRow
from storage.records.tables_tags import TAG_TABLES, PersonRow, QuoteRow

OUTDATED = "~"


@dataclass(frozen=True, slots=True, kw_only=True)
class Appearance:
    """One person in one article, as the article words it."""

    article_id: str
    url: str
    title: str
    outlet: str
    published: date | None
    """Local day."""
    name: str
    offices: tuple[str, ...]
    official: bool
    in_title: bool
    mentions: int
    quotes: tuple[str, ...]
    """What the person says in it."""


def untagged_ids(session: Session, *, version: str) -> list[str]:
    """Ids of the articles without tags of this version, the newest first."""
    order = (ArticleRow.published_day.desc(), ArticleRow.id)
    return list(session.scalars(select(ArticleRow.id).where(_lacks(version)).order_by(*order)))


def articles_to_tag(session: Session, ids: Sequence[str]) -> list[Article]:
    """The articles of ``ids``, in their order, as far as they are there and not withdrawn; nothing else of them."""
    found: dict[str, Article] = {}
    for part in chunks(ids):
        rows = session.scalars(select(ArticleRow).where(ArticleRow.id.in_(part), ArticleRow.withdrawn_at.is_(None)))
        found |= {row.id: to_article(row) for row in rows}
    return [found[key] for key in ids if key in found]


def outdate_tags(session: Session, *, version: str, ids: Sequence[str] | None = None) -> int:
    """Let articles with tags of this version, or those of ``ids``, be tagged again; gives their number.

    Until then their tags stay as they are; their version says so by ``OUTDATED`` at its end.
    """
    change = update(ArticleRow).values(tag_version=version + OUTDATED).where(ArticleRow.tag_version == version)
    change = change.execution_options(synchronize_session=False)
    parts = [change] if ids is None else [change.where(ArticleRow.id.in_(part)) for part in chunks(ids)]
    return sum(session.connection().execute(part).rowcount for part in parts)


def untagged_count(session: Session, *, version: str | None) -> int:
    """How many articles lack tags of this version; without one, how many have no tags at all."""
    return session.execute(select(func.count()).select_from(ArticleRow).where(_lacks(version))).scalar_one()


def save_tags(session: Session, tagged: TaggedArticle) -> bool:
    """Replace all tags of the article, what people corrected on top.

    ``False`` where its text is no longer the one that was tagged.
    """
    row = session.get(ArticleRow, tagged.article.id)
    text_version = tagged.text_version or tagged.article.content_hash
    if row is None or row.withdrawn_at is not None or row.content_hash != text_version:
        return False
    row.tag_version, row.tagged_at = tagged.tag_version, now()
    write_tags(session, row, tagged.tags, corrections=active_corrections(session, [row.id]).get(row.id, []))
    touch(session, [row.id])
    return True


def tag_counts(session: Session) -> dict[str, int]:
    """Table name (``people``, ``figures``, ...) -> number of rows, and ``tagged`` -> number of tagged articles."""
    counts = {
        table.__tablename__: session.execute(select(func.count()).select_from(table)).scalar_one()
        for table in TAG_TABLES
    }
    tagged = select(func.count()).select_from(ArticleRow).where(ArticleRow.tag_version.is_not(None))
    return counts | {"tagged": session.execute(tagged).scalar_one()}


def people_of(session: Session, person_key: str, *, limit: int | None = None) -> list[Appearance]:
    """Every article that names a person (registry id, else normalised name), the newest first."""
    query = (
        select(PersonRow, ArticleRow)
        .join(ArticleRow, ArticleRow.id == PersonRow.article_id)
        .where(PersonRow.person_key == person_key)
        .order_by(ArticleRow.published_day.desc(), ArticleRow.id)
        .limit(limit)
    )
    found: dict[str, tuple[ArticleRow, list[PersonRow]]] = {}
    for person, article in session.execute(query):
        found.setdefault(article.id, (article, []))[1].append(person)
    said = _statements(session, person_key)
    return [_appearance(rows, article, said.get(article.id, [])) for article, rows in found.values()]


def _lacks(version: str | None) -> ColumnElement[bool]:
    none = ArticleRow.tag_version.is_(None)
    other = none if version is None else or_(none, ArticleRow.tag_version != version)
    return and_(ArticleRow.withdrawn_at.is_(None), other)


def _statements(session: Session, person_key: str) -> dict[str, list[str]]:
    said: dict[str, list[str]] = {}
    query = select(QuoteRow.article_id, QuoteRow.surface).where(
        QuoteRow.person_key == person_key, QuoteRow.kind == "direct"
    )
    for article_id, surface in session.execute(query.order_by(QuoteRow.id)):
        said.setdefault(article_id, []).append(surface)
    return said


def _appearance(people: list[PersonRow], row: ArticleRow, quotes: list[str]) -> Appearance:
    """What all names that the article has for one person say together."""
    return Appearance(
        article_id=row.id,
        url=row.url or row.canonical_url,
        title=row.title,
        outlet=row.site,
        published=row.published_day,
        name=people[0].name,
        offices=tuple(dict.fromkeys(office for person in people for office in person.offices)),
        official=any(person.official for person in people),
        in_title=any(person.in_title for person in people),
        mentions=sum(person.mentions for person in people),
        quotes=tuple(quotes),
    )
