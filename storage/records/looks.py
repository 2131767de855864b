"""Looks at stored articles: written down after each, planned anew, and who is due."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from scraper.clock import WIB, now
from scraper.crawl.store import Looked, Reread, Saved, Validators
from scraper.items import key_id
from storage.records.changes import touch
from storage.records.schedule import next_look, next_look_at_gone
from storage.records.tables import ArticleRow
from storage.records.tables_crawl import LookRow

REMOVED_AFTER = 2
"""Looks in a row that found the page gone before an article counts as removed."""


def note_saved(session: Session, row: ArticleRow, saved: Saved, validators: Validators) -> None:
    """Write down that an article's page was read, and plan the next look; a removed article is back."""
    look = None if saved == "new" else session.get(LookRow, row.id)
    moment = now()
    if look is None:
        look = LookRow(article_id=row.id, looks=0, gone=0, looked_at=moment)
        session.add(look)
    else:
        look.looks += 1
    if saved == "changed":
        look.changed_at = moment
    look.etag, look.last_modified = validators.etag, validators.last_modified
    _note_there(session, row, look, moment)


def note_looked(session: Session, key: str, outcome: Looked) -> None:
    """Write down a look that brought no text; an article that is not stored (any more) is passed over."""
    row = session.get(ArticleRow, key_id(key), with_for_update=True)
    look = session.get(LookRow, key_id(key))
    if row is None or look is None:
        return
    look.looks += 1
    if outcome == "unchanged":
        _note_there(session, row, look, now())
    else:
        _note_gone(session, row, look, now())


def due_looks(session: Session, source: str, *, limit: int) -> list[Reread]:
    """Articles of a source whose next look is due, the youngest first."""
    day = func.coalesce(ArticleRow.published_day, func.date(ArticleRow.first_seen))
    query = (
        select(ArticleRow.canonical_url, ArticleRow.url, LookRow.etag, LookRow.last_modified)
        .join(LookRow, LookRow.article_id == ArticleRow.id)
        .where(LookRow.next_look_at <= now(), ArticleRow.site == source, ArticleRow.withdrawn_at.is_(None))
        .where(ArticleRow.url.is_not(None))
        .order_by(day.desc(), ArticleRow.published_at.desc().nulls_last(), ArticleRow.id)
        .limit(limit)
    )
    return [
        Reread(key=key, url=url or key, validators=Validators(etag=etag, last_modified=last_modified))
        for key, url, etag, last_modified in session.execute(query)
    ]


def due_counts(session: Session) -> dict[str, int]:
    """Source -> number of its articles whose next look is due."""
    query = (
        select(ArticleRow.site, func.count())
        .join(LookRow, LookRow.article_id == ArticleRow.id)
        .where(LookRow.next_look_at <= now(), ArticleRow.withdrawn_at.is_(None))
        .group_by(ArticleRow.site)
    )
    return {site: count for site, count in session.execute(query)}


def _note_there(session: Session, row: ArticleRow, look: LookRow, moment: datetime) -> None:
    look.gone, look.looked_at = 0, moment
    look.next_look_at = next_look(
        now=moment,
        first_seen=row.first_seen,
        published=_published(row),
        changed_at=look.changed_at,
        looks=look.looks,
    )
    if row.removed_at is not None:
        row.removed_at = None
        touch(session, [row.id])


def _note_gone(session: Session, row: ArticleRow, look: LookRow, moment: datetime) -> None:
    look.gone, look.looked_at = look.gone + 1, moment
    look.next_look_at = next_look_at_gone(now=moment, times=look.gone)
    if look.gone >= REMOVED_AFTER and row.removed_at is None:
        row.removed_at = moment
        touch(session, [row.id])


def _published(row: ArticleRow) -> datetime | None:
    """The publication; a day without a time ends at midnight, so that an article never counts as older than it is."""
    if row.published_at is not None or row.published_day is None:
        return row.published_at
    return datetime.combine(row.published_day + timedelta(days=1), time(), tzinfo=WIB)
