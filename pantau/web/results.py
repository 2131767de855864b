"""What the search page shows of one search: stories with their outlets, counts, and the chart over time."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from pantau.web.filters import FACETS, SORTS, STEPS, SearchState
from scraper.clock import local_day
from storage.database import Database
from storage.records.assessments import Assessment, latest_assessments
from storage.records.glances import Glance, glances
from storage.search.engine import SearchIndex
from storage.search.query import Query
from storage.search.results import FacetCount, SearchHit, SearchResult
from storage.stories.siblings import Sibling, siblings
from storage.trends.points import Step, TrendPoint, trend_points
from storage.trends.questions import Compared, compare

PAGE_SIZE = 20
MOST_POINTS = 400
"""Periods of a chart; more are taken together to longer ones."""
DAILY, WEEKLY = 62, 400
"""Up to so many days a chart is drawn by days, by weeks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """One hit with what stands beside it."""

    hit: SearchHit
    others: tuple[Sibling, ...]
    """The other articles of the story, the earliest first."""
    glance: Glance
    assessment: Assessment | None

    @property
    def outlets(self) -> tuple[str, ...]:
        """The other outlets that ran it."""
        return tuple(dict.fromkeys(item.outlet for item in self.others if item.outlet != self.hit.outlet))


@dataclass(frozen=True, slots=True, kw_only=True)
class Trend:
    """The articles of a search over time."""

    points: Sequence[TrendPoint]
    per: str
    """``hari``, ``pekan`` or ``bulan``."""

    @property
    def by(self) -> Step:
        """The same for storage."""
        return STEPS[self.per]

    @property
    def gaps(self) -> int:
        """Periods of which nothing at all was fetched."""
        return sum(not point.crawled_total for point in self.points)


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """Everything that the page says about a search."""

    found: SearchResult
    stories: tuple[Story, ...]
    trend: Trend
    compared: tuple[Compared, ...]
    """More than one query over the same periods; empty where nothing is compared."""

    @property
    def facets(self) -> Mapping[str, tuple[FacetCount, ...]]:
        """The values of each facet that say something: those of it that not every hit has, or several."""
        return {name: counts for name, counts in self.found.facets.items() if counts}


def look_up(db: Database, index: SearchIndex, state: SearchState) -> Results:
    """Ask everything that the page of a search shows. Raises QueryError."""
    found = index.search(
        state.query(), limit=PAGE_SIZE, after=state.after or None, sort=SORTS[state.sort], facets=FACETS
    )
    q = corrected_text(state.q, found.corrected)
    trend = trend_of(index, state, state.query(q))
    compared = compare(index, [state.query(text) for text in (q, *state.others)], by=trend.by) if state.others else []
    return Results(found=found, stories=stories_of(db, found.hits), trend=trend, compared=tuple(compared))


def effective_query(index: SearchIndex, state: SearchState) -> Query:
    """The query that a search answers: with the words put right that no article has. Raises QueryError."""
    found = index.search(state.query(), limit=1, facets=(), group=False)
    return state.query(corrected_text(state.q, found.corrected))


def stories_of(db: Database, hits: Sequence[SearchHit]) -> tuple[Story, ...]:
    """The hits with the other articles of their stories, their names and topics, and how people judged them."""
    ids = [hit.id for hit in hits]
    with db.read() as session:
        others = siblings(session, [hit.cluster for hit in hits])
        seen, judged = glances(session, ids), latest_assessments(session, ids)
    return tuple(
        Story(
            hit=hit,
            others=tuple(item for item in others.get(hit.cluster, ()) if item.id != hit.id),
            glance=seen[hit.id],
            assessment=judged.get(hit.id),
        )
        for hit in hits
    )


def trend_of(index: SearchIndex, state: SearchState, query: Query) -> Trend:
    """The articles over time, by the step of the address or by what the span asks for."""
    since, until = state.day("dari"), state.day("sampai")
    per = state.per or "bulan"
    hits, totals = index.periods(query, by=STEPS[per])
    if hits:
        wanted = _fitting(state.per, *_edges(hits, since, until))
        if wanted != per:
            per = wanted
            hits, totals = index.periods(query, by=STEPS[per])
    return Trend(points=trend_points(hits, totals, by=STEPS[per], since=since, until=until), per=per)


def corrected_text(q: str, corrected: Mapping[str, str]) -> str:
    """The typed text with the words that were searched for instead."""
    for wrong, right in corrected.items():
        q = re.sub(rf"(?<!\w){re.escape(wrong)}(?!\w)", right, q, flags=re.IGNORECASE)
    return q


def _edges(hits: Mapping[date, int], since: date | None, until: date | None) -> tuple[date, date]:
    days = [local_day(day) for day in (*hits, since, until) if day]
    return min(days), max(days)


def _fitting(asked: str, first: date, last: date) -> str:
    """The step that was asked for, or the one that fits the span; a longer one where there were too many periods."""
    days = (last - first).days + 1
    per = asked or ("hari" if days <= DAILY else "pekan" if days <= WEEKLY else "bulan")
    if per == "hari" and days > MOST_POINTS:
        per = "pekan"
    return "bulan" if per == "pekan" and days > 7 * MOST_POINTS else per
