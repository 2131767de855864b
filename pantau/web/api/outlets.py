"""Outlets: what each gives, how it fares, and the denominators of every share."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated

from fastapi import Depends, Query

from pantau.web.access import needs
from pantau.web.api import shapes
from pantau.web.api.asking import Since, Until, span_of
from pantau.web.api.routing import api_router
from pantau.web.context import Context, context
from pantau.web.refusals import Refusal
from scraper.clock import today
from scraper.errors import InputError
from storage.health.checks import SourceHealth, last_checks
from storage.trends.coverage import coverage as read_coverage
from storage.trends.spans import Span

router = api_router("Outlets")
Ctx = Annotated[Context, Depends(context)]
TOP = 20
LONGEST = 366
USUAL = 31
"""Days of coverage where nobody asks for others."""


@router.get("/outlets")
@needs("viewer")
def outlets(ctx: Ctx) -> list[shapes.Outlet]:
    """All outlets with their share of the articles and the health of their crawl."""
    ctx.index.catch_up()
    counts, health = _known(ctx)
    total = sum(counts.values()) or 1
    return [
        shapes.Outlet(name=name, articles=count, share=count / total, health=_health(health.get(name)))
        for name, count in counts.items()
    ]


@router.get("/outlets/{name}", responses={404: {"model": shapes.Problem}})
@needs("viewer")
def outlet(name: str, ctx: Ctx) -> shapes.OutletProfile:
    """One outlet: coverage over time, what it writes of, tones as people rated them, health."""
    ctx.index.catch_up()
    counts, health = _known(ctx)
    if name not in counts and name not in health:
        raise Refusal(404, f"no outlet {name}")
    query = f'media:"{name.replace(chr(34), " ")}"'
    tones = ctx.index.tones(query)[0]
    return shapes.OutletProfile(
        name=name,
        articles=counts.get(name, 0),
        share=counts.get(name, 0) / (sum(counts.values()) or 1),
        health=_health(health.get(name)),
        points=[shapes.Point.model_validate(point) for point in ctx.index.volume(query, by="month")],
        topics=_counted(ctx, query, "topik"),
        officials=_counted(ctx, query, "pejabat"),
        tone_title=shapes.Tones.model_validate(tones.title),
        tone_body=shapes.Tones.model_validate(tones.body),
    )


@router.get("/coverage")
@needs("viewer")
def coverage(
    ctx: Ctx,
    since: Since = None,
    until: Until = None,
    outlet: Annotated[str | None, Query(max_length=300)] = None,
) -> list[shapes.Coverage]:
    """The denominators by day and outlet: published, crawled, failed, hours of outage; a year at most."""
    span = _span(since, until, last=today().date())
    with ctx.db.read() as session:
        rows = read_coverage(session, since=span.start, until=span.end)
    return [shapes.Coverage.model_validate(row) for row in rows if outlet in (None, row.source)]


def _span(since: date | None, until: date | None, *, last: date) -> Span:
    begin = since or (until or last) - timedelta(days=USUAL - 1)
    span = span_of(begin, until, last=last) or Span(begin, last)
    if (span.end - span.start).days >= LONGEST:
        raise InputError(
            "%(start)s to %(end)s is more than %(longest)s days; ask for a year at a time",
            start=span.start,
            end=span.end,
            longest=LONGEST,
        )
    return span


def _known(ctx: Context) -> tuple[dict[str, int], dict[str, SourceHealth]]:
    with ctx.db.read() as session:
        return ctx.index.outlets(), {found.source: found for found in last_checks(session)}


def _health(found: SourceHealth | None) -> shapes.Health | None:
    return shapes.Health.model_validate(found) if found else None


def _counted(ctx: Context, query: str, facet: str) -> list[shapes.Counted]:
    return [shapes.Counted.model_validate(value) for value in ctx.index.facet(query, facet, limit=TOP)]
