"""From documents of the index to hits with their text: stories grouped, snippets cut from the raw text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import tantivy
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from storage.records.articles import iter_articles
from storage.records.tables import ArticleRow
from storage.search.results import SearchHit
from storage.search.snippets import snippet


@dataclass(frozen=True, slots=True)
class Picked:
    """A document that becomes a hit."""

    id: str
    score: float


def pick(searcher: tantivy.Searcher, hits: Sequence[tuple[Any, tantivy.DocAddress]], *, group: bool) -> list[Picked]:
    """The documents in order; with ``group`` only the first of each story."""
    picked, stories = [], set[str]()
    for score, address in hits:
        document = searcher.doc(address)
        cluster = str(document["cluster"][0])
        if group and cluster in stories:
            continue
        stories.add(cluster)
        picked.append(Picked(str(document["id"][0]), float(score)))
    return picked


def read_hits(session: Session, picked: Sequence[Picked], matches: frozenset[str]) -> Iterator[SearchHit]:
    """The hits with their text; an article that is gone since the last commit is left out."""
    scores = {item.id: item.score for item in picked}
    stored = list(iter_articles(session, ids=list(scores)))
    sizes = _story_sizes(session, {item.cluster for item in stored})
    for item in stored:
        yield SearchHit(
            id=item.id,
            url=item.article.url,
            title=item.article.title,
            outlet=item.article.site,
            published=item.article.published.value if item.article.published else None,
            score=scores[item.id],
            snippet=snippet(item.article.text, matches),
            kind=item.kind,
            cluster=item.cluster,
            others=sizes.get(item.cluster, 1) - 1,
        )


def _story_sizes(session: Session, clusters: set[str]) -> dict[str, int]:
    query = (
        select(ArticleRow.cluster, func.count())
        .where(ArticleRow.cluster.in_(clusters), ArticleRow.withdrawn_at.is_(None))
        .group_by(ArticleRow.cluster)
    )
    return {cluster: size for cluster, size in session.execute(query)}
