"""Counts over everything that a query finds: facets, stories, and articles by period."""

from __future__ import annotations

from bisect import insort
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

import tantivy

from storage.search.fields import FACETS, TONES, UNDATED
from storage.search.matching import live, not_found
from storage.search.results import FacetCount
from storage.trends.points import Step
from storage.trends.tones import ToneCounts, ToneGroup

FACET_SIZE = 10
MOST_PERIODS: dict[Step, int] = {"day": 60_000, "week": 10_000, "month": 2_000}
"""More than any archive spans."""
MOST_OUTLETS = 5_000
MOST_VALUES = 20_000
"""Values of a facet that are counted one by one."""


def count_all(searcher: tantivy.Searcher, query: tantivy.Query) -> int:
    """All hits, which need not be scored for that; each article has a moment, if it is only UNDATED."""
    return int(searcher.aggregate(query, {"all": {"value_count": {"field": "moment"}}})["all"]["value"])


def count_facets(
    searcher: tantivy.Searcher, query: tantivy.Query, names: Collection[str], *, size: int = FACET_SIZE
) -> dict[str, tuple[FacetCount, ...]]:
    """The most frequent values of facets among the hits."""
    if not names:
        return {}
    wanted = {name: {"terms": {"field": FACETS[name], "size": size}} for name in names}
    found = searcher.aggregate(query, wanted)
    return {name: tuple(_counts(found[name])) for name in names}


def count_values(searcher: tantivy.Searcher, name: str) -> tuple[FacetCount, ...]:
    """The values of a facet in all articles, the most frequent first."""
    return count_facets(searcher, live(), [name], size=MOST_VALUES)[name]


def count_rest(
    searcher: tantivy.Searcher, query: tantivy.Query, everywhere: Mapping[str, Sequence[FacetCount]], *, size: int
) -> dict[str, tuple[FacetCount, ...]]:
    """What ``count_facets`` gives, from the values of all articles less those of the articles that are no hits.

    That is quicker where most articles are hits, and exact where no value is missing from ``everywhere``.
    """
    others = count_facets(searcher, not_found(query), everywhere, size=MOST_VALUES)
    return {name: _less(values, others[name], size=size) for name, values in everywhere.items()}


def count_periods(searcher: tantivy.Searcher, query: tantivy.Query, *, by: Step) -> dict[date, int]:
    """Dated hits by the first day of their local day, week or month."""
    found = searcher.aggregate(query, {"starts": {"terms": {"field": by, "size": MOST_PERIODS[by]}}})
    return {_day(bucket["key"]): bucket["doc_count"] for bucket in found["starts"]["buckets"] if bucket["key"]}


def count_tones(
    searcher: tantivy.Searcher, query: tantivy.Query, *, by: Step | None, outlets: bool
) -> Iterator[ToneGroup]:
    """How the hits were rated per outlet, per period (dated hits only), or both."""
    levels: list[tuple[str, int]] = [("outlet", MOST_OUTLETS)] if outlets or by is None else []
    levels += [(by, MOST_PERIODS[by])] if by else []
    asked: dict[str, Any] = {name: {"terms": {"field": name, "size": 3}} for name in TONES}
    for name, size in reversed(levels):
        asked = {"groups": {"terms": {"field": name, "size": size}, "aggs": asked}}
    for path, bucket in _leaves(searcher.aggregate(query, asked), [name for name, _ in levels], {}):
        start = path.get(by) if by else None
        if start is None or start != UNDATED:
            yield ToneGroup(
                outlet=path.get("outlet"),
                start=None if start is None else _day(start),
                title=_rated(bucket, "tone_title"),
                body=_rated(bucket, "tone_body"),
            )


def _leaves(found: Any, levels: list[str], path: dict[str, Any]) -> Iterator[tuple[dict[str, Any], Any]]:
    for bucket in found["groups"]["buckets"]:
        deeper = path | {levels[0]: bucket["key"]}
        if len(levels) > 1:
            yield from _leaves(bucket, levels[1:], deeper)
        else:
            yield deeper, bucket


def _rated(bucket: Any, name: str) -> ToneCounts:
    counts = {str(tone["key"]): int(tone["doc_count"]) for tone in bucket[name]["buckets"]}
    return ToneCounts(**counts, unrated=int(bucket["doc_count"]) - sum(counts.values()))


def count_stories(searcher: tantivy.Searcher, query: tantivy.Query, total: int) -> int:
    """Different stories among ``total`` hits, about."""
    return min(round(searcher.cardinality(query, "story_number")), total) if total else 0


def _counts(terms: dict[str, list[dict[str, int]]]) -> list[FacetCount]:
    counts = [FacetCount(str(bucket["key"]), int(bucket["doc_count"])) for bucket in terms["buckets"]]
    return sorted(counts, key=lambda item: (-item.count, item.value))


def _less(values: Sequence[FacetCount], others: Sequence[FacetCount], *, size: int) -> tuple[FacetCount, ...]:
    """The most frequent ones, looked for from the most frequent of all until no other can be among them."""
    gone = {item.value: item.count for item in others}
    best: list[tuple[int, str]] = []
    for item in values:
        if len(best) >= size and item.count < -best[size - 1][0]:
            break
        if count := item.count - gone.get(item.value, 0):
            insort(best, (-count, item.value))
    return tuple(FacetCount(value, -count) for count, value in best[:size])


@lru_cache(maxsize=50_000)
def _day(key: float) -> date:
    number = int(key)
    return date(number // 10_000, number // 100 % 100, number % 100)
