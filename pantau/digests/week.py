"""The articles of a digest: counted and linked by the very query that the search page answers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cached_property
from urllib.parse import urlencode

from starlette.datastructures import QueryParams

from pantau.web.filters import SearchState
from storage.search.engine import SearchIndex
from storage.search.results import FacetCount
from storage.trends.spans import Span

Filter = tuple[str, str]


class Week:
    """What a query finds in a span of days. Where a link is given a number, the number is what the link shows."""

    def __init__(self, index: SearchIndex, span: Span, *, query: str, base_url: str) -> None:
        self.span, self.query, self.base_url = span, query, base_url
        self._index = index

    @classmethod
    def of(cls, week: Week, *, query: str) -> Week:
        """The same under another query."""
        return cls(week._index, week.span, query=query, base_url=week.base_url)

    @cached_property
    def ids(self) -> list[str]:
        """The articles that have everything the query asks for, the newest first."""
        return self._index.complete_ids(self._state().query())

    @cached_property
    def before(self) -> Week:
        """The same question about the span before."""
        return Week(self._index, self.span.before(), query=self.query, base_url=self.base_url)

    @property
    def count(self) -> int:
        """Articles of the week."""
        return len(self.ids)

    def narrowed(self, *filters: Filter) -> int:
        """Articles that the filters leave; exactly what their link shows."""
        return self._index.count(self._state(*filters).query()) if self.ids else 0

    def narrowed_ids(self, *filters: Filter) -> list[str]:
        """The articles that the filters leave."""
        return self._index.complete_ids(self._state(*filters).query())

    def unrated(self) -> int:
        """Articles whose tone nobody rated."""
        return self.narrowed(("tone", "belum"))

    def facet(self, name: str, *, limit: int = 10) -> Sequence[FacetCount]:
        """The most frequent values among the articles of the week."""
        return self._index.facet(self._state().query(), name, limit=limit) if self.ids else ()

    def days(self) -> dict[date, int]:
        """Local day -> articles, for each day of the span."""
        hits, _everything = self._index.periods(self._state().query(), by="day") if self.ids else ({}, {})
        return {day: hits.get(day, 0) for day in self.span.days()}

    def link(self, *filters: Filter) -> str:
        """The address of the search page with this query, these days and the filters."""
        return f"{self.base_url}/cari?{urlencode(self._pairs(*filters))}"

    def download(self) -> str:
        """The address of the articles of the week as CSV."""
        return f"{self.base_url}/cari/unduh/csv?{urlencode(self._pairs())}"

    def article(self, article_id: str) -> str:
        """The address of our page of an article."""
        return f"{self.base_url}/artikel/{article_id}"

    def _pairs(self, *filters: Filter) -> list[Filter]:
        days = (("dari", self.span.start.isoformat()), ("sampai", self.span.end.isoformat()))
        return [("q", self.query), *days, *filters]

    def _state(self, *filters: Filter) -> SearchState:
        return SearchState.read(QueryParams(self._pairs(*filters)))
