"""Same-story groups: near-duplicate candidates by MinHash, each checked exactly, named by the earliest."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta

from rensa import RMinHash, RMinHashLSH
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
PERMUTATIONS, BANDS, THRESHOLD = 128, 64, 0.25
"""The usual threshold of 0.5 loses half of the rewritten releases; candidates are checked exactly anyway."""
CONTAINED = 0.5
"""Share of the shorter text that stands in the longer one, for excerpts."""
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
    shingles = {row_id: _shingles(text) for row_id, text, _ in rows}
    groups = _Groups({row_id: (row_id if row_id in moving else cluster) for row_id, _, cluster in rows})
    for one, other in _pairs(shingles, moving, progress):
        groups.join(one, other)
    with db.write() as session:
        _store(session, groups.members(), fresh)
    return len(fresh)


def members(session: Session, cluster: str) -> list[StoredArticle]:
    """The articles of a story, the earliest first."""
    ids = session.scalars(select(ArticleRow.id).where(ArticleRow.cluster == cluster, ArticleRow.withdrawn_at.is_(None)))
    return sorted(iter_articles(session, ids=list(ids)), key=_age)


def same_story(one: Shingles, other: Shingles) -> bool:
    """Whether two texts share enough three-word stretches."""
    shared = len(one & other)
    shorter = min(len(one), len(other))
    return shorter > 0 and (shared / len(one | other) >= THRESHOLD or shared / shorter >= CONTAINED)


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


def _pairs(shingles: dict[str, Shingles], moving: set[str], progress: Progress | None) -> Iterable[tuple[str, str]]:
    names = sorted(shingles)
    hashes = [_minhash(shingles[name]) for name in names]
    lsh = RMinHashLSH(threshold=THRESHOLD, num_perm=PERMUTATIONS, num_bands=BANDS)
    for number, minhash in enumerate(hashes):
        lsh.insert(number, minhash)
    for number, name in enumerate(names):
        if progress:
            progress(number + 1, len(names))
        if name in moving:
            for other in lsh.query(hashes[number]):
                if other != number and same_story(shingles[name], shingles[names[other]]):
                    yield name, names[other]


def _minhash(shingles: Shingles) -> RMinHash:
    minhash = RMinHash(num_perm=PERMUTATIONS, seed=1)
    minhash.update(sorted(shingles))
    return minhash


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


def _neighbourhood(session: Session, moving: set[str]) -> list[tuple[str, str, str]]:
    """Id, text and story of every article near the moving ones in time; undated ones are near to all."""
    days: list[date | None] = []
    for part in chunks(sorted(moving)):
        days += session.scalars(select(ArticleRow.published_day).where(ArticleRow.id.in_(part)))
    query = select(ArticleRow.id, ArticleRow.text, ArticleRow.cluster).where(ArticleRow.withdrawn_at.is_(None))
    dated = [day for day in days if day]
    if dated and len(dated) == len(days):
        near = ArticleRow.published_day.between(min(dated) - WINDOW, max(dated) + WINDOW)
        query = query.where(or_(ArticleRow.published_day.is_(None), near))
    return [(row_id, text, cluster) for row_id, text, cluster in session.execute(query)]


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
