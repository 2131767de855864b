"""What a search gives: hits, counts of facets, and how far the index is behind."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

Sort = Literal["relevance", "date"]
FacetName = Literal["pejabat", "program", "media", "wilayah", "topik", "jenis"]


@dataclass(frozen=True, slots=True)
class FacetCount:
    """One value of a facet and the number of articles that have it."""

    value: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchHit:
    """One article, standing for its story where stories are grouped."""

    id: str
    url: str | None
    title: str
    outlet: str
    published: datetime | date | None
    score: float
    snippet: tuple[tuple[str, bool], ...]
    """Pieces of the raw text; true where the piece matches the query."""
    kind: str
    cluster: str
    others: int
    """Further articles of the same story."""

    @property
    def snippet_text(self) -> str:
        """The snippet without marks."""
        return "".join(text for text, _ in self.snippet)


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchResult:
    """The answer to a query."""

    total: int
    """Matching articles, exact."""
    stories: int
    """Matching stories, approximate."""
    hits: tuple[SearchHit, ...]
    facets: Mapping[str, tuple[FacetCount, ...]]
    behind: int
    """Changes of the database that the index has not seen yet."""
    relaxed: bool
    """True where too few articles hold all words, so that some may be missing."""
