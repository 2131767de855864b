"""From documents of the index to hits with their text: ranked, stories grouped, snippets cut from the raw text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session
from tantivy import DocAddress, Searcher
from tantivy import Query as IndexQuery

from scraper.items import story_of
from storage.datasets.reading import articles
from storage.records.changes import chunks
from storage.records.stored import dated_of
from storage.records.tables import ArticleRow
from storage.search.concepts import Concept
from storage.search.cursor import Cursor
from storage.search.results import SearchHit, Sort
from storage.search.snippets import Marker

FIRST = 60
"""Documents that are read from the index at first; then as many again as were read so far."""
_IDS: Any = bindparam("ids", expanding=True)
_A = ArticleRow.__table__.c
_SHOWN = (
    _A.url,
    _A.canonical_url,
    _A.title,
    _A.text,
    _A.dateline,
    _A.site,
    _A.published_at,
    _A.published_day,
    func.coalesce(_A.tagged_kind, _A.kind).label("kind"),
    _A.cluster,
)
_OUTLETS = select(_A.cluster, _A.site).where(_A.cluster.in_(_IDS), _A.withdrawn_at.is_(None)).distinct()


@dataclass(frozen=True, slots=True)
class Found:
    """An article as the index found it."""

    id: str
    story: str
    rank: float
    """Its score, or its moment in seconds where hits are ordered by date."""
    sort: Sort = "relevance"
    partial: bool = False


def ranking(
    searcher: Searcher, query: IndexQuery, *, sort: Sort, partial: bool = False, first: Any = None
) -> Iterator[Found]:
    """The hits of a query in order, read as far as they are wanted; ``first`` where the FIRST ones are known."""
    order = "moment" if sort == "date" else None
    offset, wanted = 0, FIRST
    while True:
        hits = first or searcher.search(query, wanted, count=False, offset=offset, order_by_field=order).hits
        first = None
        for rank, address in hits:
            yield Found(*read_keys(searcher, address), float(rank or 0), sort, partial)
        if len(hits) < wanted:
            return
        offset += wanted
        wanted = offset


def read_keys(searcher: Searcher, address: DocAddress) -> tuple[str, str]:
    """Id and story of a document."""
    document = searcher.doc(address)
    return str(document.get_first("id")), str(document.get_first("story"))


def page(
    found: Iterable[Found], *, limit: int, offset: int = 0, after: Cursor | None = None, group: bool
) -> tuple[list[Found], Cursor | None]:
    """One page and where it ends, if more follows; with ``group`` each story is there once, by its first hit."""
    firsts = _firsts(found, group=group)
    if after is not None:
        firsts = _following(firsts, after)
    picked = list(islice(firsts, offset, offset + limit + 1))
    last = picked[limit - 1] if len(picked) > limit else None
    return picked[:limit], Cursor(last.sort, last.partial, last.rank, last.id) if last else None


def read_hits(session: Session, found: Sequence[Found], concepts: Sequence[Concept]) -> tuple[SearchHit, ...]:
    """The hits with their text; an article that is gone since the last commit is left out."""
    rows = articles(session, [item.id for item in found], *_SHOWN)
    outlets, marker = _outlets(session, {row.cluster for row in rows.values()}), Marker(concepts)
    return tuple(_hit(rows[item.id], item, marker, outlets) for item in found if item.id in rows)


def _firsts(found: Iterable[Found], *, group: bool) -> Iterator[Found]:
    seen: set[str] = set()
    for item in found:
        key = item.story if group else item.id
        if key not in seen:
            seen.add(key)
            yield item


def _following(found: Iterator[Found], after: Cursor) -> Iterator[Found]:
    """What comes after the article of the cursor, or after its rank where it is no longer there."""
    passed: list[Found] = []
    for item in found:
        if item.id == after.id:
            yield from found
            return
        if after.ends_before(partial=item.partial, rank=item.rank):
            passed.append(item)
        if after.is_long_before(partial=item.partial, rank=item.rank):
            break
    yield from passed
    yield from found


def _hit(row: Any, found: Found, marker: Marker, outlets: Mapping[str, set[str]]) -> SearchHit:
    return SearchHit(
        id=found.id,
        url=row.url or row.canonical_url,
        title=row.title,
        title_pieces=marker.highlight(row.title),
        outlet=row.site,
        published=dated_of(row.published_at, row.published_day),
        score=found.rank if found.sort == "relevance" else 0.0,
        partial=found.partial,
        snippet=marker.snippet(story_of(row.text, row.dateline)),
        kind=row.kind,
        cluster=row.cluster,
        others=len(outlets.get(row.cluster, set()) - {row.site}),
    )


def _outlets(session: Session, clusters: set[str]) -> dict[str, set[str]]:
    outlets: dict[str, set[str]] = {}
    for part in chunks(sorted(clusters)):
        for cluster, site in session.connection().execute(_OUTLETS, {"ids": part}):
            outlets.setdefault(cluster, set()).add(site)
    return outlets
