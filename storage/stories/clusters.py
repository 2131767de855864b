"""Same-story groups, named by their earliest member, so that a rebuild gives the same ones."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select, update
from sqlalchemy.orm import Session

from storage.database import Database
from storage.records.articles import iter_articles
from storage.records.changes import chunks, touch
from storage.records.stored import StoredArticle
from storage.records.tables import ArticleRow
from storage.stories.texts import WINDOW, Candidates, StoryText, traits_of

Progress = Callable[[int, int | None], None]
BATCH = 5_000
"""New texts that are compared at a time; memory grows with it, the outcome does not change."""
READ = 500
"""Texts that are read from the database at a time."""


def update_clusters(db: Database, *, progress: Progress | None = None) -> int:
    """Group the articles whose text is new since the last time; gives how many these were."""
    with db.read() as session:
        fresh = list(session.scalars(select(ArticleRow.id).where(_is_fresh()).order_by(*_by_time())))
    for part in chunks(fresh, BATCH):
        with db.read() as session:
            moving = _with_their_stories(session, part)
            hashes = _hashes(session, part)
            links = list(_links(session, moving))
            clusters = _clusters(session, moving, links)
        with db.write() as session:
            _store(session, _joined(clusters, links))
            _remember(session, hashes)
        if progress:
            progress(fresh.index(part[-1]) + 1, len(fresh))
    return len(fresh)


def members(session: Session, cluster: str) -> list[StoredArticle]:
    """The articles of a story, the earliest first."""
    same = (ArticleRow.cluster == cluster, ArticleRow.withdrawn_at.is_(None))
    ids = session.scalars(select(ArticleRow.id).where(*same).order_by(*_by_time())).all()
    return list(iter_articles(session, ids=ids))


def _links(session: Session, moving: set[str]) -> Iterator[tuple[str, str]]:
    """Pairs of a moving text and any other one that tell the same story."""
    candidates = Candidates(_texts(session, _among(moving)))
    for text in _texts(session, [_near(session, moving)]):
        yield from ((text.id, other.id) for other in candidates.relatives(text))


def _texts(session: Session, queries: Iterable[Any]) -> Iterator[StoryText]:
    for query in queries:
        for rows in session.execute(query.execution_options(yield_per=READ)).partitions(READ):
            traits = traits_of([row.text for row in rows])
            for row, found in zip(rows, traits, strict=True):
                yield StoryText(row.id, row.site, row.published_day, *found)


def _among(ids: Iterable[str]) -> Iterator[Any]:
    for part in chunks(sorted(ids)):
        yield _columns().where(ArticleRow.id.in_(part))


def _near(session: Session, moving: set[str]) -> Any:
    """Every article near the moving ones in time; undated ones are near to all."""
    days: list[date | None] = []
    for part in chunks(sorted(moving)):
        days += session.scalars(select(ArticleRow.published_day).where(ArticleRow.id.in_(part)))
    dated = [day for day in days if day]
    if len(dated) < len(days):
        return _columns()
    inside = ArticleRow.published_day.between(min(dated) - WINDOW, max(dated) + WINDOW)
    return _columns().where(or_(ArticleRow.published_day.is_(None), inside))


def _columns() -> Any:
    columns = (ArticleRow.id, ArticleRow.site, ArticleRow.published_day, ArticleRow.text)
    return select(*columns).where(ArticleRow.withdrawn_at.is_(None))


def _with_their_stories(session: Session, fresh: Iterable[str]) -> set[str]:
    """The new texts, and what stood with the earlier text of one: it may have lost its link."""
    moving = set(fresh)
    for part in chunks(sorted(moving)):
        clusters = session.scalars(select(ArticleRow.cluster).where(ArticleRow.id.in_(part))).all()
        same = (ArticleRow.cluster.in_(clusters), ArticleRow.withdrawn_at.is_(None))
        moving.update(session.scalars(select(ArticleRow.id).where(*same)))
    return moving


def _clusters(session: Session, moving: set[str], links: list[tuple[str, str]]) -> dict[str, str]:
    """Article -> what it is joined through: moving ones stand alone, others stay with the whole of their story."""
    linked = {article_id for pair in links for article_id in pair} - moving
    found = {article_id: article_id for article_id in moving}
    for part in chunks(sorted(linked)):
        names = session.scalars(select(ArticleRow.cluster).where(ArticleRow.id.in_(part))).all()
        rows = session.execute(select(ArticleRow.id, ArticleRow.cluster).where(ArticleRow.cluster.in_(names)))
        found |= {article_id: cluster for article_id, cluster in rows if article_id not in moving}
    return found


def _joined(clusters: dict[str, str], links: list[tuple[str, str]]) -> list[list[str]]:
    parent: dict[str, str] = {}

    def root(name: str) -> str:
        while (above := parent.setdefault(name, name)) != name:
            parent[name] = parent.setdefault(above, above)
            name = above
        return name

    for article_id, name in clusters.items():
        parent[root(article_id)] = root(f"story {name}" if name != article_id else name)
        if name == article_id:
            parent[root(f"story {name}")] = root(name)
    for one, other in links:
        parent[root(one)] = root(other)
    groups: dict[str, list[str]] = {}
    for article_id in clusters:
        groups.setdefault(root(article_id), []).append(article_id)
    return list(groups.values())


def _store(session: Session, groups: list[list[str]]) -> None:
    rows = _rows(session, [article_id for group in groups for article_id in group])
    moved: dict[str, list[str]] = {}
    for group in groups:
        living = sorted((rows[article_id] for article_id in group if article_id in rows), key=_age)
        changed = [row.id for row in living if row.cluster != living[0].id]
        if changed:
            moved.setdefault(living[0].id, []).extend(changed)
    for name, ids in moved.items():
        for part in chunks(ids):
            session.execute(update(ArticleRow).where(ArticleRow.id.in_(part)).values(cluster=name))
        touch(session, ids)


def _rows(session: Session, ids: list[str]) -> dict[str, Any]:
    columns = (ArticleRow.id, ArticleRow.cluster, ArticleRow.published_day, ArticleRow.published_at)
    rows: dict[str, Any] = {}
    for part in chunks(ids):
        rows |= {row.id: row for row in session.execute(select(*columns).where(ArticleRow.id.in_(part)))}
    return rows


def _hashes(session: Session, ids: Iterable[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for part in chunks(sorted(ids)):
        rows = session.execute(select(ArticleRow.id, ArticleRow.content_hash).where(ArticleRow.id.in_(part)))
        found |= {article_id: content_hash for article_id, content_hash in rows}
    return found


def _remember(session: Session, hashes: dict[str, str]) -> None:
    """Note which text was grouped: one that was changed meanwhile is new again."""
    for article_id, content_hash in hashes.items():
        session.execute(
            update(ArticleRow).where(ArticleRow.id == article_id).values(clustered_hash=content_hash),
            execution_options={"synchronize_session": False},
        )


def _is_fresh() -> ColumnElement[bool]:
    grouped = or_(ArticleRow.clustered_hash.is_(None), ArticleRow.clustered_hash != ArticleRow.content_hash)
    return and_(ArticleRow.withdrawn_at.is_(None), grouped)


def _by_time() -> tuple[ColumnElement[Any], ...]:
    day: Any = ArticleRow.published_day
    return (day.is_(None), day, ArticleRow.published_at.is_(None), ArticleRow.published_at, ArticleRow.id)  # type: ignore[return-value]


def _age(row: Any) -> tuple[Any, ...]:
    """Earliest first; of one day those with a time first, undated ones last."""
    day, moment = row.published_day, row.published_at
    return (day is None, day or date.max, moment is None, moment.timestamp() if moment else 0.0, row.id)
