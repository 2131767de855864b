"""The parameters that several questions share, with the examples of the description."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from fastapi import Query, Request
from pydantic import AfterValidator

from pantau.web.filters import SearchState
from scraper.errors import InputError
from storage.search.query import Query as SearchQuery
from storage.trends.spans import Span

EARLIEST, LATEST = date(1900, 1, 1), date(2999, 12, 31)
"""Days outside of these are mistakes, and the calendar ends not far beyond."""


def _plausible(day: date | None) -> date | None:
    if day is not None and not EARLIEST <= day <= LATEST:
        raise ValueError(f"{day} is not between {EARLIEST} and {LATEST}")
    return day


Q = Annotated[
    str, Query(max_length=1000, description="A query in the query language; nothing means all.", examples=["umkm"])
]
Limit = Annotated[int, Query(ge=1, le=100, description="At most so many.")]
By = Annotated[Literal["day", "week", "month"], Query(description="Length of a period.")]
Facet = Annotated[
    Literal["pejabat", "narasumber", "program", "media", "wilayah", "topik", "jenis", "kanal"],
    Query(description="The facet whose values are counted."),
]
_Day = Annotated[date | None, AfterValidator(_plausible)]
Since = Annotated[_Day, Query(description="First local day.", examples=["2026-03-01"])]
Until = Annotated[_Day, Query(description="Last local day, included.", examples=["2026-03-09"])]
_Judged = Annotated[str | None, Query(max_length=40)]
_Value = Annotated[list[str] | None, Query(max_length=20)]


def narrowed(
    request: Request,
    q: Q = "",
    pejabat: _Value = None,
    narasumber: _Value = None,
    program: _Value = None,
    media: _Value = None,
    wilayah: _Value = None,
    topik: _Value = None,
    jenis: _Value = None,
    kanal: _Value = None,
    tone: _Judged = None,
    tindak: _Judged = None,
    dari: _Judged = None,
    sampai: _Judged = None,
) -> SearchQuery:
    """The query with the filters of the search page, named as there. Raises QueryError."""
    return SearchState.read(request.query_params).query()


def span_of(since: date | None, until: date | None, *, last: date) -> Span | None:
    """The span of two days; ``None`` without a first one. Raises InputError where it ends before it starts."""
    if since is None:
        return None
    until = until or last
    if since > until:
        raise InputError("since=%(since)s is after until=%(until)s; swap them", since=since, until=until)
    return Span(since, until)
