"""Which articles ran which releases: found as articles arrive, reported as the proof of publication."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, func, or_, select, update
from sqlalchemy.orm import Session

from scraper.clock import local_day, now
from storage.database import Database
from storage.records.changes import chunks, last_change
from storage.records.stored import dated_of
from storage.records.tables import ArticleRow
from storage.records.tables_tags import PersonRow, QuoteRow
from storage.records.tables_work import PickupRow, ReleaseRow
from storage.search.words import plain
from storage.stories.pickup import AFTER, BEFORE, Change, Survival, Words, may_have_run, survival
from storage.stories.releases import Release, follow_crawled, get_release
from storage.stories.texts import FEW

Progress = Callable[[int, int | None], None]
Span = tuple[date, date]
"""The first and the last day of which articles are compared with a release."""
READ = 500
"""Articles that are read at a time."""
UNDATED = timedelta(days=90)
"""How long before it was pasted a release without a date may have been run."""
OVERSHADOWED = 0.15
"""So much less of a release than of another one means that the article ran the other one."""
LEAST_SHARED = 4
"""Stretches that an article and a release share before they are compared word by word."""
MOST_SPANS = 200
"""With more releases all articles between the first and the last are compared."""
_COLUMNS = (ArticleRow.id, ArticleRow.site, ArticleRow.text, ArticleRow.published_at, ArticleRow.published_day)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pickup:
    """One article that ran a release."""

    article_id: str
    url: str
    title: str
    outlet: str
    published: datetime | date | None
    delay: timedelta | None
    """After the release; whole days where the minute of either is not known, ``None`` where a day is not."""
    survival: Survival


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Which outlets ran a release, when, and what they made of it."""

    release: Release
    sentences: tuple[str, ...]
    """Of the release; the numbers in ``Survival`` count them from 0."""
    pickups: tuple[Pickup, ...]
    """The earliest first."""

    @property
    def survived_in(self) -> tuple[int, ...]:
        """For each sentence the number of articles that kept it."""
        return tuple(sum(at in pickup.survival.kept for pickup in self.pickups) for at in range(len(self.sentences)))

    @property
    def never_kept(self) -> tuple[str, ...]:
        """Sentences that no article kept or reworded."""
        used = {at for pickup in self.pickups for at in (*pickup.survival.kept, *pickup.survival.reworded)}
        return tuple(sentence for at, sentence in enumerate(self.sentences) if at not in used and self.pickups)


def update_pickups(db: Database, *, progress: Progress | None = None) -> int:
    """Compare the releases with the articles that are new or changed since they were last compared.

    Crawled releases are watched by themselves. Gives the number of articles that were compared.
    """
    with db.write() as session:  # nobody else writes: no article comes between the two
        follow_crawled(session)
        target = last_change(session)
    with db.read() as session:
        groups = [(since, _Watched.read(session, since)) for since in _states(session, target)]
        waiting = [(watched, ids) for since, watched in groups for ids in [_near(session, since, watched)]]
    total, done = sum(len(ids) for _, ids in waiting), 0
    for watched, ids in waiting:
        for part in chunks(ids, READ):
            with db.read() as session:
                found = {row.id: watched.run_by(row) for row in _texts(session, part)}
            with db.write() as session:
                _store(session, watched, found)
            done += len(part)
            if progress:
                progress(done, total)
        with db.write() as session:
            _mark(session, watched, target)
    return done


def uncompared(session: Session, *, release_id: int | None = None) -> int:
    """How many articles wait to be compared with the releases, or with one of them; only looks."""
    query = select(ReleaseRow.checked_change, ReleaseRow.released_day, ReleaseRow.added_at)
    query = query.where(ReleaseRow.checked_change < last_change(session))
    if release_id is not None:
        query = query.where(ReleaseRow.id == release_id)
    spans: dict[int, list[Span]] = defaultdict(list)
    for since, day, added_at in session.execute(query):
        spans[since].append(_span(day, local_day(added_at)))
    if not spans:
        return 0
    waiting = or_(*(_waiting(since, of_these) for since, of_these in spans.items()))
    return session.scalar(select(func.count()).select_from(ArticleRow).where(waiting)) or 0


def pickup_report(session: Session, release_id: int) -> Report:
    """Who ran a release; raises StorageError for an unknown one."""
    release = get_release(session, release_id)
    words = Words(release.text)
    query = select(PickupRow, ArticleRow).join(ArticleRow, ArticleRow.id == PickupRow.article_id)
    rows = session.execute(query.where(PickupRow.release_id == release_id, ArticleRow.withdrawn_at.is_(None))).all()
    voices = _voices(session, [article.id for _, article in rows], words)
    pickups = [
        Pickup(
            article_id=article.id,
            url=article.url or article.canonical_url,
            title=article.title,
            outlet=article.site,
            published=dated_of(article.published_at, article.published_day),
            delay=delay_between(release.released, dated_of(article.published_at, article.published_day)),
            survival=replace(_survival(row), voices=voices.get(article.id, ())),
        )
        for row, article in rows
    ]
    pickups.sort(key=lambda one: (*_order(one.published), one.article_id))
    outlets = len({pickup.outlet for pickup in pickups})
    return Report(
        release=replace(release, articles=len(pickups), outlets=outlets),
        sentences=tuple(words.sentences),
        pickups=tuple(pickups),
    )


@dataclass(frozen=True, slots=True)
class _Watch:
    """One release as it is compared."""

    id: int
    article_id: str | None
    site: str | None
    day: date | None
    span: Span
    words: Words


@dataclass(frozen=True, slots=True)
class _Watched:
    """Releases that were compared with the same articles so far."""

    releases: tuple[_Watch, ...]
    holders: Mapping[tuple[str, ...], list[int]]
    """Stretch of words -> which of the releases have it."""

    @classmethod
    def read(cls, session: Session, since: int) -> _Watched:
        query = select(ReleaseRow, ArticleRow.site).outerjoin(ArticleRow, ArticleRow.id == ReleaseRow.article_id)
        rows = session.execute(query.where(ReleaseRow.checked_change == since).order_by(ReleaseRow.id))
        releases = tuple(_watch(row, site) for row, site in rows)
        holders: dict[tuple[str, ...], list[int]] = defaultdict(list)
        for number, release in enumerate(releases):
            for stretch in release.words.stretches:
                holders[stretch].append(number)
        return cls(releases, holders)

    def run_by(self, row: Any) -> dict[int, Survival]:
        """Release id -> what the article kept of it, for those that it ran."""
        article = Words(row.text)
        shared = Counter(number for stretch in article.stretches for number in self.holders.get(stretch, ()))
        found: list[tuple[_Watch, Survival]] = []
        for number in sorted(number for number, count in shared.items() if count >= LEAST_SHARED):
            release = self.releases[number]
            if (
                row.id == release.article_id
                or row.site == release.site
                or not may_have_run(release.day, row.published_day)
            ):
                continue
            apart = row.published_day - release.day if row.published_day and release.day else None
            if (kept := survival(release.words, article, apart=apart)) is not None:
                found.append((release, kept))
        found.sort(key=lambda pair: (-pair[1].share, pair[0].id))
        return {
            release.id: kept for at, (release, kept) in enumerate(found) if _own(release, kept, found[:at], article)
        }


def _own(release: _Watch, kept: Survival, better: Sequence[tuple[_Watch, Survival]], article: Words) -> bool:
    """Whether the article ran this release too, not only another one that says much the same."""
    for other, most in better:
        if most.share - kept.share < OVERSHADOWED:
            continue
        left = (release.words.stretches & article.stretches) - other.words.stretches
        if len(left) < FEW and not set(kept.quotes_kept) - set(most.quotes_kept):
            return False
    return True


def _watch(row: ReleaseRow, site: str | None) -> _Watch:
    day = row.released_day
    return _Watch(row.id, row.article_id, site, day, _span(day, local_day(row.added_at)), Words(row.text))


def _span(day: date | None, pasted: date) -> Span:
    return (day - BEFORE, day + AFTER) if day else (pasted - UNDATED, pasted + AFTER)


def _states(session: Session, target: int) -> list[int]:
    """The change numbers up to which releases were compared, of those that are behind."""
    query = select(ReleaseRow.checked_change).where(ReleaseRow.checked_change < target).distinct()
    return sorted(session.scalars(query))


def _near(session: Session, since: int, watched: _Watched) -> list[str]:
    waiting = _waiting(since, [release.span for release in watched.releases])
    return list(session.scalars(select(ArticleRow.id).where(waiting).order_by(ArticleRow.id)))


def _waiting(since: int, spans: Sequence[Span]) -> ColumnElement[bool]:
    """Articles changed since, of days in which one of the releases may have been run, or of no day."""
    day = ArticleRow.published_day
    whole = (min(first for first, _ in spans), max(last for _, last in spans))
    within = or_(*(day.between(*span) for span in (spans if len(spans) <= MOST_SPANS else [whole])))
    return and_(ArticleRow.change > since, ArticleRow.withdrawn_at.is_(None), or_(day.is_(None), within))


def _texts(session: Session, ids: Sequence[str]) -> Iterator[Any]:
    yield from session.execute(select(*_COLUMNS).where(ArticleRow.id.in_(ids)))


def _store(session: Session, watched: _Watched, found: Mapping[str, Mapping[int, Survival]]) -> None:
    """Put what the articles kept in place of what was known of them."""
    releases = [release.id for release in watched.releases]
    for part in chunks(releases):
        for ids in chunks(sorted(found)):
            session.execute(delete(PickupRow).where(PickupRow.release_id.in_(part), PickupRow.article_id.in_(ids)))
    living = set(session.scalars(select(ReleaseRow.id).where(ReleaseRow.id.in_(releases))))
    moment = now()
    session.add_all(
        PickupRow(release_id=release, article_id=article_id, share=kept.share, details=asdict(kept), found_at=moment)
        for article_id, by_release in found.items()
        for release, kept in by_release.items()
        if release in living
    )


def _mark(session: Session, watched: _Watched, target: int) -> None:
    for part in chunks([release.id for release in watched.releases]):
        session.execute(update(ReleaseRow).where(ReleaseRow.id.in_(part)).values(checked_change=target))


def _survival(row: PickupRow) -> Survival:
    lists: dict[str, Any] = {name: tuple(value) for name, value in row.details.items() if isinstance(value, list)}
    for name in ("quotes_changed", "figures_changed"):
        lists[name] = tuple(Change(**change) for change in lists[name])
    return Survival(**lists | {"share": row.share})


def _voices(session: Session, ids: Sequence[str], release: Words) -> dict[str, tuple[str, ...]]:
    """Article id -> who speaks in it and is not named in the release."""
    named = {word for row in release.rows for word in row}
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for part in chunks(sorted(ids)):
        query = (
            select(QuoteRow.article_id, PersonRow.name)
            .join(PersonRow, and_(PersonRow.article_id == QuoteRow.article_id, PersonRow.key == QuoteRow.speaker))
            .where(QuoteRow.article_id.in_(part))
            .order_by(QuoteRow.article_id, QuoteRow.start)
        )
        for article_id, name in session.execute(query):
            if not named & set(plain(name)):
                found[article_id][name] = None
    return {article_id: tuple(names) for article_id, names in found.items()}


def delay_between(released: datetime | date | None, published: datetime | date | None) -> timedelta | None:
    """From a release to an article; whole days where the minute of either is not known, ``None`` where a day is not."""
    if released is None or published is None:
        return None
    if isinstance(released, datetime) and isinstance(published, datetime):
        return published - released
    return local_day(published) - local_day(released)


def _order(published: datetime | date | None) -> tuple[date, float]:
    if published is None:
        return date.max, 0.0
    return local_day(published), published.timestamp() if isinstance(published, datetime) else 0.0
