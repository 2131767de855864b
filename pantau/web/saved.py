"""Saved searches as the pages show them: each with what it found in the last days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pantau.web.filters import SearchState
from scraper.errors import QueryError
from storage.records.saved_searches import SavedSearch
from storage.search.engine import SearchIndex

LATELY = "7hari"


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """One saved search."""

    search: SavedSearch
    count: int | None
    """Articles of the last seven days; ``None`` where the query can no longer be read."""
    link: str


def with_counts(index: SearchIndex, searches: Sequence[SavedSearch]) -> list[Saved]:
    """The searches with their newest counts and the addresses of their pages."""
    return [
        Saved(search=search, count=_count(index, search.query), link=SearchState(q=search.query, sort="tanggal").link())
        for search in searches
    ]


def _count(index: SearchIndex, query: str) -> int | None:
    try:
        return index.count(SearchState(q=query, values=(("dari", LATELY),)).query())
    except QueryError:
        return None
