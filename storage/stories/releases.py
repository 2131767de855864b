"""Press releases that are watched: pasted ones, and those of the crawl."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from scraper.clock import local_day, now
from scraper.errors import ConflictError, InputError
from storage.records.changes import chunks
from storage.records.cleaning import clean_string
from storage.records.stored import dated_of
from storage.records.tables import ArticleRow
from storage.records.tables_work import PickupRow, ReleaseRow
from storage.search.words import plain

LEAST_WORDS = 15
"""A shorter text is no release: too much else would be like it."""
LONGEST = 100_000
"""Characters of a release."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """A press release that was pasted, or crawled from where an office publishes them."""

    id: int
    title: str
    text: str
    agency: str | None
    released: datetime | date | None
    """Local time where the minute is known, else the day."""
    article_id: str | None
    """The crawled article."""
    added_by: str
    added_at: datetime
    articles: int = 0
    """Articles that ran it."""
    outlets: int = 0
    compared: bool = True
    """Whether it was compared with the articles that were there when it came."""


def add_release(
    session: Session,
    *,
    text: str,
    by: str,
    title: str = "",
    agency: str | None = None,
    released: datetime | date | None = None,
) -> Release:
    """Watch a pasted release; ``update_pickups`` finds who ran it. Without a title its first line is the title.

    The same text a second time is the same release. Raises InputError for a text that is too short or too long.
    """
    text = clean_string(text).strip()
    first, _, rest = text.partition("\n")
    if not title.strip() and rest.strip() and len(first) <= 200:
        title, text = first, rest.strip()
    title = " ".join(clean_string(title).split()) or first[:200]
    if len(plain(text)) < LEAST_WORDS or len(text) > LONGEST:
        raise InputError(
            "a release has %(least_words)s words to %(longest)s letters; this has %(count)s words",
            least_words=LEAST_WORDS,
            longest=f"{LONGEST:,}",
            count=len(plain(text)),
        )
    same = session.scalars(select(ReleaseRow).where(ReleaseRow.text == text)).first()
    return _release(same or _add(session, title, text, agency=agency, released=released, by=by))


def get_release(session: Session, release_id: int) -> Release:
    """One release; raises ConflictError for an unknown one."""
    row = session.get(ReleaseRow, release_id)
    if row is None:
        raise ConflictError("there is no release %(release_id)s; see `pantau releases list`", release_id=release_id)
    return _release(row)


def releases(session: Session, *, limit: int | None = None, offset: int = 0) -> list[Release]:
    """All releases, the newest first, each with how many articles and outlets ran it."""
    counts = (func.count(PickupRow.article_id), func.count(ArticleRow.site.distinct()))
    query = (
        select(ReleaseRow, *counts)
        .outerjoin(PickupRow, PickupRow.release_id == ReleaseRow.id)
        .outerjoin(ArticleRow, ArticleRow.id == PickupRow.article_id)
        .group_by(ReleaseRow.id)
        .order_by(ReleaseRow.released_day.desc().nulls_first(), ReleaseRow.id.desc())
    )
    rows = session.execute(query.limit(limit).offset(offset))
    return [_release(row, articles=articles, outlets=outlets) for row, articles, outlets in rows]


def run_by(session: Session, article_ids: Sequence[str]) -> list[tuple[int, str, int, int]]:
    """Id, title, articles and outlets of the releases that the articles ran, those that most outlets ran first."""
    found: dict[int, tuple[str, set[str], set[str]]] = {}
    for part in chunks(list(article_ids)):
        query = (
            select(ReleaseRow.id, ReleaseRow.title, ArticleRow.id, ArticleRow.site)
            .join(PickupRow, PickupRow.release_id == ReleaseRow.id)
            .join(ArticleRow, ArticleRow.id == PickupRow.article_id)
            .where(ArticleRow.id.in_(part), ArticleRow.withdrawn_at.is_(None))
        )
        for release_id, title, article_id, outlet in session.execute(query):
            _title, articles, outlets = found.setdefault(release_id, (title, set(), set()))
            articles.add(article_id)
            outlets.add(outlet)
    rows = [(number, title, len(articles), len(outlets)) for number, (title, articles, outlets) in found.items()]
    return sorted(rows, key=lambda row: (-row[3], -row[2], row[0]))


def remove_release(session: Session, release_id: int) -> bool:
    """Watch a release no more and forget who ran it; ``False`` where there is none."""
    row = session.get(ReleaseRow, release_id)
    if row is None:
        return False
    session.delete(row)
    session.flush()
    return True


def follow_crawled(session: Session) -> int:
    """Watch the crawled articles that are releases, one of a story, by the text they have now; gives how many are new.

    Looks at what changed since the releases were last compared. One whose text was changed is compared anew.
    """
    kind = func.coalesce(ArticleRow.tagged_kind, ArticleRow.kind)
    living = (kind == "release", ArticleRow.withdrawn_at.is_(None))
    changed = select(ReleaseRow, ArticleRow).join(ArticleRow, ArticleRow.id == ReleaseRow.article_id)
    for release, article in session.execute(changed.where(*living, ArticleRow.text != ReleaseRow.text)).all():
        release.title, release.text, release.checked_change = article.title, article.text, 0
        session.execute(delete(PickupRow).where(PickupRow.release_id == release.id))
    session.flush()
    watched = select(ArticleRow.cluster).join(ReleaseRow, ReleaseRow.article_id == ArticleRow.id)
    since = session.scalar(select(func.max(ReleaseRow.checked_change))) or 0
    query = select(ArticleRow).where(ArticleRow.change > since, *living, ArticleRow.cluster.not_in(watched))
    stories: set[str] = set()
    for row in session.scalars(query.order_by(ArticleRow.published_day, ArticleRow.published_at, ArticleRow.id)).all():
        if row.cluster not in stories and len(plain(row.text)) >= LEAST_WORDS:
            stories.add(row.cluster)
            released = dated_of(row.published_at, row.published_day)
            _add(session, row.title, row.text, agency=row.site, released=released, by="", article_id=row.id)
    return len(stories)


def _add(
    session: Session,
    title: str,
    text: str,
    *,
    agency: str | None,
    released: datetime | date | None,
    by: str,
    article_id: str | None = None,
) -> ReleaseRow:
    row = ReleaseRow(
        title=title,
        text=text,
        agency=" ".join(clean_string(agency or "").split()) or None,
        released_at=released if isinstance(released, datetime) else None,
        released_day=local_day(released) if released else None,
        article_id=article_id,
        added_by=by,
        added_at=now(),
        checked_change=0,
    )
    session.add(row)
    session.flush()
    return row


def _release(row: ReleaseRow, *, articles: int = 0, outlets: int = 0) -> Release:
    return Release(
        id=row.id,
        title=row.title,
        text=row.text,
        agency=row.agency,
        released=dated_of(row.released_at, row.released_day),
        article_id=row.article_id,
        added_by=row.added_by,
        added_at=row.added_at,
        articles=articles,
        outlets=outlets,
        compared=row.checked_change > 0,
    )
