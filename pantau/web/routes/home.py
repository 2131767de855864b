"""Beranda: what is new, how much against the usual, what moved and why, new figures, sources in trouble."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends
from fastapi.responses import HTMLResponse

from pantau.web.access import Visitor, needs, visitor_of
from pantau.web.charts import usual_chart
from pantau.web.context import Context, context
from pantau.web.overview import overview
from pantau.web.results import stories_of
from pantau.web.saved import with_counts
from scraper.clock import today
from scraper.followed import followed_sources
from storage.health.checks import last_checks
from storage.records.articles import has_articles
from storage.records.candidates import troubled_sources
from storage.records.runs import last_runs
from storage.records.saved_searches import saved_searches

router = APIRouter()
NEWEST = 8


@router.get("/", response_class=HTMLResponse)
@needs("viewer")
def home(ctx: Annotated[Context, Depends(context)], who: Annotated[Visitor, Depends(visitor_of)]) -> HTMLResponse:
    """The front page; of an office without articles, the way to the first ones."""
    ctx.index.catch_up()
    newest = ctx.index.search("", limit=NEWEST, sort="date", facets=())
    with ctx.db.read() as session:
        runs = last_runs(session)
        troubled = troubled_sources(session)
        states = {health.source: health.state for health in last_checks(session)}
        saved = saved_searches(session, owner=who.name)
        if not has_articles(session):
            sources = [source.name for source in followed_sources(ctx.config.data)[0]]
            return ctx.page("home_empty.html", sources=sources, runs=runs, troubled=troubled)
        seen = overview(session, ctx.index)
    return ctx.page(
        "home.html",
        newest=newest,
        stories=stories_of(ctx.db, newest.hits),
        day=today().date(),
        seen=seen,
        chart=usual_chart(seen.points, seen.usual),
        counts=ctx.index.outlets(),
        runs=runs,
        states=states,
        troubled=troubled,
        saved=with_counts(ctx.index, saved),
    )
