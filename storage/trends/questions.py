"""Questions about many articles at once: compared, moved, mentioned together, first seen, who speaks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from scraper.errors import QueryError
from storage.search.engine import SearchIndex
from storage.search.fields import FACETS
from storage.search.query import AllOf, Field, Query, parse_query
from storage.search.results import SearchHit
from storage.trends.bursts import Burst, find_bursts
from storage.trends.exact import adjusted, rate_changed, together_above
from storage.trends.points import Step, TrendPoint, next_period
from storage.trends.spans import Span

MOST_COMPARED = 5
ALL_VALUES = 20_000
"""More values than a facet has in one span: counts that are compared must not be cut off."""
SIGNIFICANT = 0.05


@dataclass(frozen=True, slots=True)
class Compared:
    """One of several queries over the same periods."""

    query: str
    points: tuple[TrendPoint, ...]
    total: int
    share_of_voice: float
    """Its articles as a share of all articles of the compared queries together, 0 to 1."""
    bursts: tuple[Burst, ...]


@dataclass(frozen=True, slots=True)
class Mover:
    """A value of a facet whose share of the articles changed."""

    value: str
    now: int
    before: int
    chance: float
    """How probable such a change is by chance, allowing for the number of values looked at."""

    @property
    def is_significant(self) -> bool:
        """Whether chance hardly explains it."""
        return self.chance < SIGNIFICANT


@dataclass(frozen=True, slots=True)
class Together:
    """A value that is mentioned in the articles of a query."""

    value: str
    together: int
    """Articles of the query that have it."""
    alone: int
    """All articles that have it."""
    expected: float
    """Articles of both, had the two nothing to do with each other."""
    chance: float


@dataclass(frozen=True, slots=True)
class Voice:
    """A person in the articles of a query: mentions and statements are different things."""

    name: str
    mentioned: int
    """Articles that name them."""
    speaking: int
    """Articles in which they say something."""
    share_of_voice: float
    """Of all pairs of an article and a person who speaks in it, 0 to 1."""


def compare(index: SearchIndex, queries: Sequence[Query | str], *, by: Step = "day") -> list[Compared]:
    """Up to five queries over the same periods; raises QueryError for more."""
    if len(queries) > MOST_COMPARED:
        raise QueryError(
            "paling banyak %(most)s kueri dibandingkan, ini %(count)s", 0, most=MOST_COMPARED, count=len(queries)
        )
    found = [index.periods(query, by=by) for query in queries]
    days = [day for hits, _ in found for day in hits]
    crawled = [day for hits, everything in found if hits for day in everything]
    starts = _starts(min(crawled), max(days), by=by) if days and crawled else []
    shown = starts.index(min(days)) if starts else 0
    totals = [sum(hits.values()) for hits, _ in found]
    compared = []
    for query, (hits, everything), total in zip(queries, found, totals, strict=True):
        points = [TrendPoint(start, hits.get(start, 0), everything.get(start, 0)) for start in starts]
        share = round(total / (sum(totals) or 1), 4)
        text = query if isinstance(query, str) else query.text
        compared.append(Compared(text, tuple(points[shown:]), total, share, tuple(find_bursts(points))))
    return compared


def movers(index: SearchIndex, facet: str, span: Span, *, query: str = "", limit: int = 20) -> list[Mover]:
    """The values of a facet whose share changed most surely against the equal span before."""
    parsed, earlier = parse_query(query), span.before()
    now, before = (_counts(index, within(parsed, part), facet) for part in (span, earlier))
    now_of, before_of = (index.count(within(parse_query(""), part)) for part in (span, earlier))
    values = sorted(now.keys() | before.keys())
    chances = adjusted([rate_changed(now.get(v, 0), now_of, before.get(v, 0), before_of) for v in values])
    moved = [Mover(v, now.get(v, 0), before.get(v, 0), c) for v, c in zip(values, chances, strict=True)]
    return sorted(moved, key=lambda item: (item.chance, -abs(item.now - item.before), item.value))[:limit]


def mentioned_together(index: SearchIndex, query: str, facet: str, *, limit: int = 20) -> list[Together]:
    """The values of a facet that the articles of a query have more often than chance explains."""
    parsed = parse_query(query)
    inside, outside = _counts(index, parsed, facet), _everywhere(index, facet)
    of, all_of = index.count(parsed), index.count("")
    asked_for = any(isinstance(node, Field) and node.name == FACETS[facet] for node in parsed.root.children)
    found = [
        Together(value, count, outside[value], round(expected, 2), chance)
        for value, count in inside.items()
        for expected in (of * outside[value] / all_of,)
        if not (asked_for and count == of)  # what was asked for itself
        and count > expected
        and (chance := together_above(count, of, outside[value], all_of)) < SIGNIFICANT
    ]
    return sorted(found, key=lambda item: (item.chance, -item.together, item.value))[:limit]


def voices(index: SearchIndex, query: str, *, limit: int = 20) -> list[Voice]:
    """Who is named in the articles of a query, and who speaks in them."""
    parsed = parse_query(query)
    named, speaking = (_counts(index, parsed, facet) for facet in ("pejabat", "narasumber"))
    everything = sum(speaking.values()) or 1
    found = [
        Voice(name, max(named.get(name, 0), said), said, round(said / everything, 4))
        for name in named.keys() | speaking.keys()
        for said in (speaking.get(name, 0),)
    ]
    return sorted(found, key=lambda item: (-item.speaking, -item.mentioned, item.name))[:limit]


def first_mention(index: SearchIndex, query: str) -> SearchHit | None:
    """The earliest dated article of a query."""
    return index.earliest(parse_query(query))


def within(query: Query, span: Span) -> Query:
    """The query, restricted to local days."""
    days = (Field("after", span.start.isoformat()), Field("before", span.end.isoformat()))
    return Query(query.text, AllOf((*query.root.children, *days)))


def _counts(index: SearchIndex, query: Query, facet: str) -> dict[str, int]:
    return {item.value: item.count for item in index.facet(query, facet, limit=ALL_VALUES)}


def _everywhere(index: SearchIndex, facet: str) -> dict[str, int]:
    return index.kept(("everywhere", facet), lambda: _counts(index, parse_query(""), facet))


def _starts(first: date, last: date, *, by: Step) -> list[date]:
    """The first days of all periods from one to another."""
    if by == "day":
        return list(map(date.fromordinal, range(first.toordinal(), last.toordinal() + 1)))
    starts = [first]
    while starts[-1] < last:
        starts.append(next_period(starts[-1], by=by))
    return starts
