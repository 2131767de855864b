"""What alerts remember: how far each saved search was looked at, and which stories it has told already."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from sqlalchemy import ColumnElement, func, or_, select, update
from sqlalchemy.orm import Session

from scraper.clock import now
from storage.records.tables import ArticleRow
from storage.records.tables_people import AlertedStoryRow, DeliveryRow, SavedSearchRow

Rhythm = Literal["off", "now", "hourly", "daily"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """A saved search that mails something."""

    id: int
    name: str
    query: str
    email: str
    rhythm: Rhythm
    spike: bool
    """Whether it also tells when there is much more than usual."""
    since: datetime
    """When it was last looked at, else when it was saved."""
    change: int
    """Change number up to which articles were looked at; 0 where none were yet."""
    quiet: str | None
    """Hours without alerts, where they are not those of the office: see ``saved_searches``."""
    spiked_day: date | None
    """Last day of the latest burst that was told of."""
    language: str


def watches(session: Session) -> list[Watch]:
    """All searches that mail something, by address and name; those that were switched off begin anew when on again."""
    off = (SavedSearchRow.alert == "off", SavedSearchRow.alerted_change.is_not(None))
    session.execute(update(SavedSearchRow).where(*off).values(alerted_change=None, alerted_at=None))
    query = select(SavedSearchRow).where(or_(SavedSearchRow.alert != "off", SavedSearchRow.spike))
    rows = session.scalars(query.where(SavedSearchRow.email.is_not(None)))
    return sorted(map(_watch, rows), key=lambda watch: (watch.email, watch.name, watch.id))


def fresh_articles(
    session: Session, *, after: int, upto: int, seen_since: datetime, published_since: date
) -> list[str]:
    """Articles that changed after one change number, up to another, and are new: found and published lately."""
    day = ArticleRow.published_day
    query = select(ArticleRow.id).where(
        ArticleRow.change > after,
        ArticleRow.change <= upto,
        ArticleRow.withdrawn_at.is_(None),
        ArticleRow.first_seen >= seen_since,
        or_(day.is_(None), day >= published_since),
    )
    return list(session.scalars(query.order_by(ArticleRow.id)))


def told_stories(session: Session, search_id: int) -> set[str]:
    """The stories that a search has mailed, by the names that they have now: a story is named by its first article."""
    told = select(AlertedStoryRow.cluster).where(AlertedStoryRow.search_id == search_id)
    renamed = select(ArticleRow.cluster).where(ArticleRow.id.in_(told))
    return {*session.scalars(told), *session.scalars(renamed)}


def is_unchanged(session: Session, watch: Watch) -> bool:
    """Whether a search still stands as it was read: nobody looked meanwhile, switched it off, or deleted it."""
    row = session.get(SavedSearchRow, watch.id)
    return row is not None and _watch(row) == watch


def note_looked(session: Session, search_id: int, *, upto: int | None, spiked: date | None = None) -> None:
    """A search was looked at up to a change number; a burst up to a day was told of, or goes on."""
    row = session.get(SavedSearchRow, search_id)
    if row is None:
        return
    if upto is not None:
        row.alerted_change, row.alerted_at = upto, now()
    row.spiked_day = spiked or row.spiked_day


def note_told(session: Session, search_id: int, stories: Iterable[str]) -> None:
    """A search mails these stories now, and never again."""
    names = set(stories)
    known = set(session.scalars(select(AlertedStoryRow.cluster).where(AlertedStoryRow.search_id == search_id)))
    moment = now()
    for name in sorted(names - known):
        session.add(AlertedStoryRow(search_id=search_id, cluster=name, alerted_at=moment))


def has_alerts(session: Session, email: str) -> bool:
    """Whether any search mails something to an address."""
    return session.scalar(select(func.count()).select_from(SavedSearchRow).where(*_mails_to(email))) != 0


def switch_off(session: Session, email: str) -> None:
    """End all alerts to an address, also those that wait to be sent."""
    session.execute(update(SavedSearchRow).where(*_mails_to(email)).values(alert="off", spike=False))
    unsent = (DeliveryRow.email == email, DeliveryRow.state == "waiting", DeliveryRow.digest.startswith("alert-"))
    session.execute(update(DeliveryRow).where(*unsent).values(state="cancelled", attempted_at=now()))


def _mails_to(email: str) -> tuple[ColumnElement[bool], ...]:
    return SavedSearchRow.email == email, or_(SavedSearchRow.alert != "off", SavedSearchRow.spike)


def _watch(row: SavedSearchRow) -> Watch:
    return Watch(
        id=row.id,
        name=row.name,
        query=row.query,
        email=row.email or "",
        rhythm=row.alert,  # type: ignore[arg-type]  # written from a Rhythm
        spike=row.spike,
        since=row.alerted_at or row.created_at,
        change=row.alerted_change or 0,
        quiet=row.quiet,
        spiked_day=row.spiked_day,
        language=row.language,
    )
