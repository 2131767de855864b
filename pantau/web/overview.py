"""What Beranda tells: the last days against the usual, what moved and why, new figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from pantau.figure_flags import is_doubtful
from scraper.clock import today
from storage.search.engine import SearchIndex
from storage.search.fields import FACETS
from storage.search.query import AllOf, Field, Query
from storage.search.results import SearchHit
from storage.trends.claims import Asked, Claim, claims
from storage.trends.novelty import known_values
from storage.trends.points import TrendPoint, trend_points
from storage.trends.questions import Mover, movers, within
from storage.trends.spans import Span

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

SHOWN_DAYS, WEEKS = 28, 8
"""Days of the chart; weeks whose same weekdays say what is usual."""
MOVING = ("pejabat", "program", "topik")
MOST_MOVERS, MOST_FIGURES, FIGURE_DAYS = 4, 6, 3
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """A name or topic whose share changed, with the articles that tell why."""

    mover: Mover
    why: tuple[SearchHit, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """The numbers of Beranda."""

    points: Sequence[TrendPoint]
    usual: Mapping[date, float]
    """Day -> what its weekday brought on average in the weeks before."""
    moved: Mapping[str, Sequence[Moved]]
    """Facet -> what moved most surely against the week before."""
    figures: Sequence[Claim]

    @property
    def now(self) -> TrendPoint | None:
        """Today, where anything is known of it."""
        return self.points[-1] if self.points else None


def overview(session: Session, index: SearchIndex) -> Overview:
    """Everything that Beranda says of the newest days, counted once a day and change."""
    day = today().date()
    return index.kept(("overview", day), lambda: _count(session, index, day))


def _count(session: Session, index: SearchIndex, day: date) -> Overview:
    hits, totals = index.periods("", by="day")
    week = Span(day - 6 * DAY, day)
    first = day - (SHOWN_DAYS - 1) * DAY
    near = {key: count for key, count in hits.items() if first <= key <= day}
    points = trend_points(near, totals, by="day", since=first, until=day)
    return Overview(
        points=points,
        usual={point.start: usual for point in points if (usual := usual_of(hits, point.start)) is not None},
        moved={facet: _moved(index, facet, week) for facet in MOVING},
        figures=_figures(session, index, Span(day - (FIGURE_DAYS - 1) * DAY, day)),
    )


def usual_of(counts: Mapping[date, int], day: date) -> float | None:
    """The mean of the same weekdays of the weeks before, from the first day on of which anything is known."""
    if not counts:
        return None
    first = min(counts)
    before = [counts.get(at, 0) for week in range(1, WEEKS + 1) if (at := day - week * 7 * DAY) >= first]
    return sum(before) / len(before) if before else None


def _moved(index: SearchIndex, facet: str, week: Span) -> list[Moved]:
    found = [mover for mover in movers(index, facet, week, limit=4 * MOST_MOVERS) if mover.now > mover.before]
    return [Moved(mover=mover, why=_why(index, facet, mover.value, week)) for mover in found[:MOST_MOVERS]]


def _why(index: SearchIndex, facet: str, value: str, week: Span) -> tuple[SearchHit, ...]:
    asked = Query(value, AllOf((Field(FACETS[facet], value, quoted=True),)))
    return index.search(within(asked, week), limit=2, sort="date", facets=()).hits


def _figures(session: Session, index: SearchIndex, span: Span) -> list[Claim]:
    """Figures that say what they measure and that no earlier article told; one a story."""
    ids = index.find_ids(within(Query("", AllOf(())), span))
    found = [claim for claim in claims(session, Asked(articles=ids, any_figure=True)) if claim.measures]
    said = known_values(session, {(claim.value, claim.unit) for claim in found}, before=span.start)
    chosen: dict[str, Claim] = {}
    for claim in sorted(found, key=lambda claim: (claim.speaker is None, is_doubtful(claim.flags), claim.article_id)):
        if (claim.value, claim.unit) not in said:
            chosen.setdefault(claim.cluster, claim)
    return list(chosen.values())[:MOST_FIGURES]
