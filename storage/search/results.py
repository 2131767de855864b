"""What a search gives: hits, counts of facets, and how far the index is behind."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from storage.search.snippets import Pieces

Sort = Literal["relevance", "date"]


@dataclass(frozen=True, slots=True)
class FacetCount:
    """One value of a facet and the number of articles that have it."""

    value: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchHit:
    """One article, standing for its story where stories are grouped."""

    id: str
    url: str
    title: str
    title_pieces: Pieces
    """The title, cut at its matches."""
    outlet: str
    published: datetime | date | None
    score: float
    partial: bool
    """True where some of the words are missing."""
    snippet: Pieces
    """Pieces of the raw text; true where the piece matches the query."""
    kind: str
    cluster: str
    others: int
    """How many other outlets ran the same story."""

    @property
    def snippet_text(self) -> str:
        """The snippet without marks."""
        return "".join(text for text, _ in self.snippet)


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchResult:
    """The answer to a query."""

    total: int
    """Articles with all words (with some where ``relaxed``), exact."""
    stories: int
    """Different stories among them, about; 0 where nobody asked for stories."""
    hits: tuple[SearchHit, ...]
    facets: Mapping[str, tuple[FacetCount, ...]]
    behind: int
    """Articles whose latest change is not in this answer."""
    relaxed: bool
    """True where no article has all words, so that those with some are counted."""
    corrected: Mapping[str, str]
    """Words that no article has -> the words that were searched for instead."""
    next: str | None
    """Cursor of the next page; ``None`` where this is the last one."""
