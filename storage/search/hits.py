"""From documents of the index to hits with their text: stories grouped, snippets cut from the raw text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session
from tantivy import DocAddress, Searcher
from tantivy import Query as IndexQuery

from storage.records.articles import iter_articles
from storage.records.changes import chunks
from storage.records.stored import StoredArticle
from storage.records.tables import ArticleRow
from storage.search.concepts import Concept
from storage.search.matching import Compiled
from storage.search.results import SearchHit, Sort
from storage.search.snippets import highlight, snippet

CHUNK = 200
"""Documents that are read from the index at a time."""


@dataclass(frozen=True, slots=True)
class Found:
    """An article as the index found it."""

    id: str
    story: str
    score: float
    partial: bool = False


def listed(searcher: Searcher, compiled: Compiled, *, complete: int, sort: Sort) -> Iterator[Found]:
    """Hits in order: first those with all words, then, by relevance only, those with some of them."""
    by = sort if compiled.scored else "date"
    if complete or not compiled.several:
        yield from scan(searcher, compiled.complete, sort=by)
    if compiled.several and (by == "relevance" or not complete):
        rest = compiled.partial.and_must_not_match(compiled.complete) if complete else compiled.partial
        yield from scan(searcher, rest, sort=by, partial=True)


def scan(searcher: Searcher, query: IndexQuery, *, sort: Sort, partial: bool = False) -> Iterator[Found]:
    """All hits of a query, read as far as they are wanted."""
    order = "moment" if sort == "date" else None
    offset = 0
    while True:
        hits = searcher.search(query, CHUNK, count=False, offset=offset, order_by_field=order).hits
        for score, address in hits:
            article_id, story = read_keys(searcher, address)
            yield Found(article_id, story, 0.0 if order else float(score), partial)
        if len(hits) < CHUNK:
            return
        offset += CHUNK


def read_keys(searcher: Searcher, address: DocAddress) -> tuple[str, str]:
    """Id and story of a document."""
    document = searcher.doc(address)
    return str(document.get_first("id")), str(document.get_first("story"))


def page(found: Iterable[Found], *, limit: int, offset: int, group: bool) -> list[Found]:
    """One page; with ``group`` each story is there once, by its first hit."""
    seen: set[str] = set()
    picked: list[Found] = []
    for item in found:
        if len(picked) == limit:
            break
        key = item.story if group else item.id
        if key not in seen:
            seen.add(key)
            if len(seen) > offset:
                picked.append(item)
    return picked


def read_hits(session: Session, found: Sequence[Found], concepts: Sequence[Concept]) -> tuple[SearchHit, ...]:
    """The hits with their text; an article that is gone since the last commit is left out."""
    stored = {item.id: item for item in iter_articles(session, ids=[item.id for item in found])}
    outlets = _outlets(session, {item.cluster for item in stored.values()})
    return tuple(_hit(stored[item.id], item, concepts, outlets) for item in found if item.id in stored)


def _hit(
    stored: StoredArticle, found: Found, concepts: Sequence[Concept], outlets: Mapping[str, set[str]]
) -> SearchHit:
    article = stored.article
    return SearchHit(
        id=stored.id,
        url=article.url or article.canonical_url,
        title=article.title,
        title_pieces=highlight(article.title, concepts),
        outlet=article.site,
        published=article.published.value if article.published else None,
        score=found.score,
        partial=found.partial,
        snippet=snippet(article.story, concepts),
        kind=stored.kind,
        cluster=stored.cluster,
        others=len(outlets.get(stored.cluster, set()) - {article.site}),
    )


def _outlets(session: Session, clusters: set[str]) -> dict[str, set[str]]:
    outlets: dict[str, set[str]] = {}
    for part in chunks(sorted(clusters)):
        same = (ArticleRow.cluster.in_(part), ArticleRow.withdrawn_at.is_(None))
        for cluster, site in session.execute(select(ArticleRow.cluster, ArticleRow.site).where(*same).distinct()):
            outlets.setdefault(cluster, set()).add(site)
    return outlets
