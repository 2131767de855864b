"""Counts over everything that a query finds: facets, and articles by day."""

from __future__ import annotations

from datetime import date

import tantivy

from storage.search.fields import FACETS, UNDATED
from storage.search.results import FacetCount

FACET_SIZE = 10
MANY_DAYS = 60_000
"""More days than any archive spans."""


def count_facets(searcher: tantivy.Searcher, query: tantivy.Query) -> dict[str, tuple[FacetCount, ...]]:
    """The most frequent values of each facet among the hits."""
    wanted = {name: {"terms": {"field": field, "size": FACET_SIZE}} for name, field in FACETS.items()}
    found = searcher.aggregate(query, wanted)
    return {name: tuple(_counts(found[name])) for name in FACETS}


def count_days(searcher: tantivy.Searcher, query: tantivy.Query) -> dict[date, int]:
    """Dated hits by local day."""
    found = searcher.aggregate(query, {"days": {"terms": {"field": "day", "size": MANY_DAYS}}})
    return {
        _day(int(bucket["key"])): bucket["doc_count"] for bucket in found["days"]["buckets"] if bucket["key"] != UNDATED
    }


def _counts(terms: dict[str, list[dict[str, int]]]) -> list[FacetCount]:
    counts = [FacetCount(str(bucket["key"]), int(bucket["doc_count"])) for bucket in terms["buckets"]]
    return sorted(counts, key=lambda item: (-item.count, item.value))


def _day(number: int) -> date:
    return date(number // 10_000, number // 100 % 100, number % 100)
