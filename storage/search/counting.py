"""Counts over everything that a query finds: facets, stories, and articles by period."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from functools import lru_cache

import tantivy

from storage.search.fields import FACETS, UNDATED
from storage.search.results import FacetCount
from storage.trends.points import Step

FACET_SIZE = 10
MOST_PERIODS: dict[Step, int] = {"day": 60_000, "week": 10_000, "month": 2_000}
"""More than any archive spans."""


def count_all(searcher: tantivy.Searcher, query: tantivy.Query) -> int:
    """All hits."""
    return int(searcher.search(query, 1).count)  # type: ignore[attr-defined]  # missing in tantivy's type stubs


def count_facets(
    searcher: tantivy.Searcher, query: tantivy.Query, names: Collection[str], *, size: int = FACET_SIZE
) -> dict[str, tuple[FacetCount, ...]]:
    """The most frequent values of facets among the hits."""
    if not names:
        return {}
    wanted = {name: {"terms": {"field": FACETS[name], "size": size}} for name in names}
    found = searcher.aggregate(query, wanted)
    return {name: tuple(_counts(found[name])) for name in names}


def count_periods(searcher: tantivy.Searcher, query: tantivy.Query, *, by: Step) -> dict[date, int]:
    """Dated hits by the first day of their local day, week or month."""
    found = searcher.aggregate(query, {"starts": {"terms": {"field": by, "size": MOST_PERIODS[by]}}})
    buckets = ((int(bucket["key"]), bucket["doc_count"]) for bucket in found["starts"]["buckets"])
    return {_day(number): count for number, count in buckets if number != UNDATED}


def count_stories(searcher: tantivy.Searcher, query: tantivy.Query, total: int) -> int:
    """Different stories among ``total`` hits, about."""
    return min(round(searcher.cardinality(query, "story_number")), total) if total else 0


def _counts(terms: dict[str, list[dict[str, int]]]) -> list[FacetCount]:
    counts = [FacetCount(str(bucket["key"]), int(bucket["doc_count"])) for bucket in terms["buckets"]]
    return sorted(counts, key=lambda item: (-item.count, item.value))


@lru_cache(maxsize=50_000)
def _day(number: int) -> date:
    return date(number // 10_000, number // 100 % 100, number % 100)
