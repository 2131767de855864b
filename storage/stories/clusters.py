"""Same-story groups: texts that share rare stretches of words, named by their earliest member."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select, update
from sqlalchemy.orm import Session

from storage.database import Database
from storage.records.articles import iter_articles
from storage.records.changes import chunks, touch
from storage.records.stored import StoredArticle
from storage.records.tables import ArticleRow
from storage.search.words import plain

Progress = Callable[[int, int | None], None]
Shingles = frozenset[str]
THRESHOLD = 0.25
"""Share of all stretches of two texts that stand in both."""
CONTAINED = 0.5
"""Share of the shorter text that stands in the longer one, for excerpts."""
REWRITTEN = 0.13
"""The same where both are of the same days: outlets keep little more than the quotes of a release."""
NEAR = timedelta(days=3)
COMMON = 40
"""A stretch that stands in more texts is a turn of phrase and tells nothing."""
WINDOW = timedelta(days=45)
"""Outlets that run one story do so within these days."""


def update_clusters(db: Database, *, progress: Progress | None = None) -> int:
    """Group the articles whose text is new since the last time; gives how many these were."""
    with db.read() as session:
        fresh = set(session.scalars(select(ArticleRow.id).where(_is_fresh())))
        if not fresh:
            return 0
        moving = _with_their_stories(session, fresh)
        rows = _neighbourhood(session, moving)
    texts = {row.id: _Text(_shingles(row.text), row.published_day) for row in rows}
    groups = _Groups({row.id: (row.id if row.id in moving else row.cluster) for row in rows})
    for one, other in _pairs(texts, moving, progress):
        groups.join(one, other)
    with db.write() as session:
        _store(session, groups.members(), fresh)
    return len(fresh)


def members(session: Session, cluster: str) -> list[StoredArticle]:
    """The articles of a story, the earliest first."""
    ids = session.scalars(select(ArticleRow.id).where(ArticleRow.cluster == cluster, ArticleRow.withdrawn_at.is_(None)))
    return sorted(iter_articles(session, ids=list(ids)), key=_age)


def same_story(shared: int, one: int, other: int, *, near: bool) -> bool:
    """Whether two texts with so many three-word stretches, so many of them shared, tell the same story.

    ``near``: both were published within a few days, so that a rewrite with little of the wording counts too.
    """
    shorter = min(one, other)
    contained = shared / shorter if shorter else 0.0
    return shared / max(one + other - shared, 1) >= THRESHOLD or contained >= (REWRITTEN if near else CONTAINED)


@dataclass(frozen=True, slots=True)
class _Text:
    shingles: Shingles
    day: date | None

    def is_story_of(self, other: _Text, shared: int) -> bool:
        near = self.day is not None and other.day is not None and abs(self.day - other.day) <= NEAR
        return same_story(shared, len(self.shingles), len(other.shingles), near=near)


class _Groups:
    """Union-find over articles; a story that is not touched stays together through its name."""

    def __init__(self, clusters: dict[str, str]) -> None:
        self._ids = tuple(clusters)
        self._parent = dict(clusters)

    def join(self, one: str, other: str) -> None:
        self._parent[self._root(one)] = self._root(other)

    def members(self) -> list[list[str]]:
        groups: dict[str, list[str]] = {}
        for row_id in self._ids:
            groups.setdefault(self._root(row_id), []).append(row_id)
        return list(groups.values())

    def _root(self, row_id: str) -> str:
        while self._parent.setdefault(row_id, row_id) != row_id:
            row_id = self._parent[row_id]
        return row_id


def _pairs(texts: dict[str, _Text], moving: set[str], progress: Progress | None) -> Iterable[tuple[str, str]]:
    """Pairs of one story, found over the rare stretches that two texts share."""
    index: dict[str, list[str]] = {}
    for row_id, text in texts.items():
        for shingle in text.shingles:
            index.setdefault(shingle, []).append(row_id)
    for number, row_id in enumerate(sorted(moving), 1):
        if progress:
            progress(number, len(moving))
        shared: Counter[str] = Counter()
        for shingle in texts[row_id].shingles:
            if len(index[shingle]) <= COMMON:
                shared.update(index[shingle])
        for other, count in shared.items():
            if other != row_id and texts[row_id].is_story_of(texts[other], count):
                yield row_id, other


def _shingles(text: str) -> Shingles:
    words = plain(text)
    return frozenset(" ".join(words[at : at + 3]) for at in range(max(len(words) - 2, 1))) if words else frozenset()


def _is_fresh() -> ColumnElement[bool]:
    grouped = or_(ArticleRow.clustered_hash.is_(None), ArticleRow.clustered_hash != ArticleRow.content_hash)
    return and_(ArticleRow.withdrawn_at.is_(None), grouped)


def _with_their_stories(session: Session, fresh: set[str]) -> set[str]:
    moving = set(fresh)
    for part in chunks(sorted(fresh)):
        clusters = select(ArticleRow.cluster).where(ArticleRow.id.in_(part))
        moving.update(session.scalars(select(ArticleRow.id).where(ArticleRow.cluster.in_(clusters))))
    return moving


def _neighbourhood(session: Session, moving: set[str]) -> Sequence[Any]:
    """Id, text, story and day of every article near the moving ones in time; undated ones are near to all."""
    days: list[date | None] = []
    for part in chunks(sorted(moving)):
        days += session.scalars(select(ArticleRow.published_day).where(ArticleRow.id.in_(part)))
    columns = (ArticleRow.id, ArticleRow.text, ArticleRow.cluster, ArticleRow.published_day)
    query = select(*columns).where(ArticleRow.withdrawn_at.is_(None))
    dated = [day for day in days if day]
    if dated and len(dated) == len(days):
        near = ArticleRow.published_day.between(min(dated) - WINDOW, max(dated) + WINDOW)
        query = query.where(or_(ArticleRow.published_day.is_(None), near))
    return session.execute(query).all()


def _store(session: Session, groups: list[list[str]], fresh: set[str]) -> None:
    for group in groups:
        rows = list(session.scalars(select(ArticleRow).where(ArticleRow.id.in_(group))))
        name = min(rows, key=lambda row: (str(row.published_day or "9"), str(row.published_at or "9"), row.id)).id
        moved = [row.id for row in rows if row.cluster != name]
        if moved:
            session.execute(update(ArticleRow).where(ArticleRow.id.in_(moved)).values(cluster=name))
            touch(session, group)
    for part in chunks(sorted(fresh)):
        session.execute(
            update(ArticleRow).where(ArticleRow.id.in_(part)).values(clustered_hash=ArticleRow.content_hash)
        )


def _age(stored: StoredArticle) -> tuple[str, str]:
    dated = stored.article.published
    return (str(dated.value) if dated else "9", stored.id)
