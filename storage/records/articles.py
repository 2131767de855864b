"""Save articles and read them back: one row per canonical key, earlier texts kept, a replay changes nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, delete, func, select
from sqlalchemy.orm import Session

from scraper.clock import local_day, now
from scraper.crawl.store import Saved
from scraper.items import Article, DatedBy, PagePointer, text_hash
from storage.records.addresses import addresses, remember
from storage.records.changes import chunks, touch
from storage.records.cleaning import clean_article, clean_string
from storage.records.found_tags import clear_tags, forget_corrections
from storage.records.stored import Cause, StoredArticle, page_of, to_article, to_columns
from storage.records.tables import ArticleRow, ArticleUrlRow, ArticleVersionRow
from storage.records.tables_work import PickupRow, ReleaseRow
from storage.records.tag_rows import read_tags
from storage.records.versions import changed_facts, differing_facts, keep_version, read_versions

KEPT_WHEN_MISSING = ("published", "modified", "authors", "editor", "tags", "section", "dateline", "image")
"""Facts that a later copy of the page may leave out without taking them back."""


def save_article(
    session: Session, article: Article, *, page: PagePointer | None = None, aliases: Iterable[str] = ()
) -> Saved:
    """Store an article under its canonical key and remember every address.

    A correction keeps what it replaces as a version; a changed text or day drops the tags that belonged to the old
    one. A fact that the new copy does not state stays. An article that was withdrawn stays withdrawn.
    """
    article = clean_article(article)
    return save_row(session, session.get(ArticleRow, article.id), article, page=page, aliases=aliases)[1]


def save_row(
    session: Session, row: ArticleRow | None, article: Article, *, page: PagePointer | None, aliases: Iterable[str] = ()
) -> tuple[ArticleRow, Saved]:
    """``save_article`` for a clean article whose stored row, or that there is none, is known; gives the row too."""
    outcome: Saved = "new"
    if row is None:
        row = _insert(session, article, page)
    elif row.withdrawn_at is not None:
        outcome = "same"
    else:
        outcome = update_row(session, row, _completed(article, to_article(row)), page, cause="outlet")
    remember(session, row.id, (article.canonical_url, article.url or "", *aliases))
    if outcome != "same":
        touch(session, [row.id])
    return row, outcome


def get_article(session: Session, article_id: str) -> StoredArticle | None:
    """The article with its tags, versions and addresses; ``None`` if there is none."""
    row = session.get(ArticleRow, article_id)
    return _stored(session, [row])[row.id] if row else None


def iter_articles(
    session: Session,
    *,
    ids: Iterable[str] | None = None,
    site: str | None = None,
    since: date | None = None,
    until: date | None = None,
    withdrawn: bool = False,
) -> Iterator[StoredArticle]:
    """Articles by publication day (undated ones first) and id, or in the order of ``ids``.

    ``since`` and ``until`` are local days, both included; withdrawn articles only with ``withdrawn=True``.
    """
    wanted = _conditions(site=site, since=since, until=until, withdrawn=withdrawn)
    if ids is not None:
        yield from _by_ids(session, list(ids), wanted)
        return
    keys = session.scalars(select(ArticleRow.id).where(*wanted).order_by(*_by_day())).all()
    yield from _by_ids(session, list(keys), [])


def article_ids(session: Session) -> list[str]:
    """Ids of all articles that are not withdrawn, by publication day (undated ones first) and id."""
    return list(session.scalars(select(ArticleRow.id).where(ArticleRow.withdrawn_at.is_(None)).order_by(*_by_day())))


def counts_by_source(session: Session) -> dict[str, int]:
    """Source name -> number of articles that are not withdrawn."""
    query = select(ArticleRow.site, func.count()).where(ArticleRow.withdrawn_at.is_(None)).group_by(ArticleRow.site)
    return {site: count for site, count in session.execute(query.order_by(ArticleRow.site))}


def has_articles(session: Session) -> bool:
    """Whether any article is there that is not withdrawn."""
    return session.scalar(select(ArticleRow.id).where(ArticleRow.withdrawn_at.is_(None)).limit(1)) is not None


def known_urls(session: Session, urls: Iterable[str]) -> set[str]:
    """Those of ``urls`` under which an article is stored."""
    known: set[str] = set()
    for part in chunks(sorted(set(urls))):
        known.update(session.scalars(select(ArticleUrlRow.url).where(ArticleUrlRow.url.in_(part))))
    return known


def withdraw_article(session: Session, article_id: str, *, reason: str | None = None) -> bool:
    """Drop text, earlier texts, tags and what was made of them for good; outlet, title, date and addresses stay.

    The archived page is pointed to no more. ``False`` if there is no such article.
    """
    row = session.get(ArticleRow, article_id)
    if row is None:
        return False
    row.text, row.withdrawn_at = "", row.withdrawn_at or now()
    row.content_hash, row.clustered_hash = text_hash(row.title, ""), None
    row.dateline = row.editor = row.image = None
    row.authors, row.outlet_tags, row.flags = [], [], []
    row.page_file = row.page_offset = row.page_length = None
    row.withdrawn_reason = clean_string(reason or "").strip() or row.withdrawn_reason
    clear_tags(session, row)
    forget_corrections(session, article_id)
    for table in (PickupRow, ReleaseRow):
        session.execute(delete(table).where(table.article_id == article_id))
    session.execute(delete(ArticleVersionRow).where(ArticleVersionRow.article_id == article_id))
    touch(session, [article_id])
    return True


def first_columns(article: Article) -> dict[str, Any]:
    """The columns of an article that is stored for the first time, but for where its page is kept."""
    return to_columns(article) | {
        "id": article.id,
        "canonical_url": article.canonical_url,
        "url": article.url,
        "fetched_at": article.fetched_at,
        "first_seen": article.fetched_at or now(),
        "extraction": article.extraction or None,
        "cluster": article.id,
        "change": 0,
    }


def _insert(session: Session, article: Article, page: PagePointer | None) -> ArticleRow:
    row = ArticleRow(**first_columns(article))
    _point(row, page)
    session.add(row)
    session.flush()
    return row


def update_row(session: Session, row: ArticleRow, article: Article, page: PagePointer | None, *, cause: Cause) -> Saved:
    """Bring a row to what ``article`` says, keeping a version where a reader sees the difference."""
    columns = to_columns(article)
    reader = article.extraction or row.extraction
    if not differing_facts(row, columns):
        if row.extraction != reader:
            row.extraction = reader
            _point(row, page)
            touch(session, [row.id])
        return "same"
    if changed := changed_facts(row, columns):
        if cause == "outlet" and row.extraction and row.extraction != reader:
            cause = "unclear"
        moment = now() if cause == "reading" else article.fetched_at or now()
        keep_version(session, row, changed=changed, cause=cause, replaced_at=moment)
    if row.content_hash != columns["content_hash"] or row.published_day != columns["published_day"]:
        clear_tags(session, row)
    for name, value in columns.items():
        setattr(row, name, value)
    row.fetched_at, row.extraction = article.fetched_at or row.fetched_at, reader
    _point(row, page)
    return "changed"


def _completed(article: Article, stored: Article) -> Article:
    """The new copy, with what only the stored one knows."""
    missing: dict[str, Any] = {name: getattr(stored, name) for name in KEPT_WHEN_MISSING if not getattr(article, name)}
    if _only_less_precise(article.published, stored.published):
        missing["published"] = stored.published
    return replace(article, site=article.site or stored.site, title=article.title or stored.title, **missing)


def _only_less_precise(new: DatedBy | None, old: DatedBy | None) -> bool:
    """True where the new date is the day of the old one, which has the minute too."""
    if new is None or old is None:
        return False
    return (new.precision, old.precision) == ("day", "minute") and new.value == local_day(old.value)


def _point(row: ArticleRow, page: PagePointer | None) -> None:
    if page is not None:
        row.page_file, row.page_offset, row.page_length = page.file, page.offset, page.length


def _conditions(
    *, site: str | None, since: date | None, until: date | None, withdrawn: bool
) -> list[ColumnElement[bool]]:
    wanted: list[ColumnElement[bool]] = [] if withdrawn else [ArticleRow.withdrawn_at.is_(None)]
    if site is not None:
        wanted.append(ArticleRow.site == site)
    if since is not None:
        wanted.append(ArticleRow.published_day >= since)
    if until is not None:
        wanted.append(ArticleRow.published_day <= until)
    return wanted


def _by_day() -> tuple[ColumnElement[Any], ...]:
    return (ArticleRow.published_day.is_not(None), ArticleRow.published_day, ArticleRow.published_at, ArticleRow.id)  # type: ignore[return-value]


def _by_ids(session: Session, ids: list[str], wanted: list[ColumnElement[bool]]) -> Iterator[StoredArticle]:
    for part in chunks(ids, 200):
        rows = session.scalars(select(ArticleRow).where(ArticleRow.id.in_(part), *wanted)).all()
        found = _stored(session, rows)
        yield from (found[key] for key in part if key in found)


def _stored(session: Session, rows: Sequence[ArticleRow]) -> dict[str, StoredArticle]:
    urls, versions, tags = addresses(session, rows), read_versions(session, rows), read_tags(session, rows)
    return {
        row.id: StoredArticle(
            id=row.id,
            article=to_article(row),
            kind=row.tagged_kind or row.kind,
            cluster=row.cluster,
            first_seen=row.first_seen,
            tags=tags.get(row.id),
            tag_version=row.tag_version,
            versions=versions[row.id],
            urls=urls[row.id],
            page=page_of(row),
            withdrawn_at=row.withdrawn_at,
            removed_at=row.removed_at,
            withdrawn_reason=row.withdrawn_reason,
            added_by=row.added_by,
            medium=row.medium,
            printed_page=row.printed_page,
            broadcast=row.broadcast,
            change=row.change,
        )
        for row in rows
    }
