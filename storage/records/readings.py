"""Articles whose archived page was read by another extraction than today's, and the write of a new reading."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from scraper.clock import WIB
from scraper.items import FETCH_FLAGS, Article, PagePointer
from storage.records.articles import update_row
from storage.records.changes import touch
from storage.records.cleaning import clean_article
from storage.records.stored import page_of, to_article, to_columns
from storage.records.tables import ArticleRow
from storage.records.versions import differing_facts

FROM_LISTS = ("feed", "given")
"""Evidence of dates that did not stand on the page: a new reading of it cannot find them."""
UNDATED = "date-unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Archived:
    """A stored article and where its raw page lies."""

    article: Article
    page: PagePointer


def archived_sites(session: Session) -> list[str]:
    """Names of the sources that have articles with an archived page."""
    return list(session.scalars(select(ArticleRow.site).where(ArticleRow.page_file.is_not(None)).distinct()))


def pageless_count(session: Session) -> int:
    """Articles without an archived page, which can only be fetched or imported again."""
    query = select(func.count()).where(ArticleRow.page_file.is_(None), ArticleRow.withdrawn_at.is_(None))
    return session.execute(query).scalar_one()


def outdated_ids(session: Session, versions: Mapping[str, str], *, since: date | None = None) -> list[str]:
    """Ids of the archived articles of the sources in ``versions`` that another extraction read, the newest first.

    ``since`` is a local day of publication, or of the first sight where no publication is known.
    """
    outdated = [
        and_(ArticleRow.site == site, or_(ArticleRow.extraction.is_(None), ArticleRow.extraction != version))
        for site, version in versions.items()
    ]
    query = select(ArticleRow.id).where(
        or_(False, *outdated), ArticleRow.page_file.is_not(None), ArticleRow.withdrawn_at.is_(None)
    )
    if since is not None:
        seen = and_(ArticleRow.published_day.is_(None), ArticleRow.first_seen >= datetime.combine(since, time(), WIB))
        query = query.where(or_(ArticleRow.published_day >= since, seen))
    return list(session.scalars(query.order_by(ArticleRow.published_day.desc().nulls_last(), ArticleRow.id)))


def archived(session: Session, ids: Sequence[str]) -> list[Archived]:
    """Those of the articles that have an archived page."""
    rows = session.scalars(select(ArticleRow).where(ArticleRow.id.in_(ids)).order_by(ArticleRow.id))
    pages = ((row, page_of(row)) for row in rows)
    return [Archived(article=to_article(row), page=page) for row, page in pages if page is not None]


def save_reading(session: Session, old: Archived, read: Article, *, dry_run: bool = False) -> list[str]:
    """Store what today's extraction reads from the page of ``old``; what it replaces is kept as a version.

    Gives the facts that changed, as ``differing_facts`` does. An article that was changed or withdrawn meanwhile stays
    as it is, as all do in a dry run.
    """
    row = session.get(ArticleRow, old.article.id)
    if row is None or row.withdrawn_at is not None or page_of(row) != old.page:
        return []
    article = _reading_of(to_article(row), read)
    facts = differing_facts(row, to_columns(article))
    if not dry_run:
        update_row(session, row, article, None, cause="reading")
        touch(session, [row.id] if facts else [])
    return facts


def _reading_of(stored: Article, read: Article) -> Article:
    """A new reading under the stored key and address, with what no page tells: a list's date, how it was fetched."""
    read = replace(
        clean_article(read),
        canonical_url=stored.canonical_url,
        url=stored.url,
        site=stored.site,
        title=read.title or stored.title,
        fetched_at=stored.fetched_at,
        flags=tuple(dict.fromkeys((*read.flags, *(flag for flag in stored.flags if flag in FETCH_FLAGS)))),
    )
    if read.published is not None or stored.published is None or stored.published.evidence not in FROM_LISTS:
        return read
    return replace(read, published=stored.published, flags=tuple(flag for flag in read.flags if flag != UNDATED))
