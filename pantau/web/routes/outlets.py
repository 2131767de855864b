"""Media: which outlets are read, how they fare, and what one of them covers."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends
from fastapi.responses import HTMLResponse

from pantau.web.access import needs
from pantau.web.charts import volume_chart
from pantau.web.context import Context, context
from pantau.web.routes.people import FACETS
from storage.health.checks import last_checks
from storage.records.runs import last_runs
from storage.records.runs import runs as latest_runs

router = APIRouter()
RUNS = 10
NEWEST = 8
TOP = 8


@router.get("/media", response_class=HTMLResponse)
@needs("viewer")
def outlets_page(ctx: Annotated[Context, Depends(context)]) -> HTMLResponse:
    """All outlets with their share of the articles, their last crawl and their state."""
    ctx.index.catch_up()
    counts = ctx.index.outlets()
    with ctx.db.read() as session:
        runs = last_runs(session)
        health = {found.source: found for found in last_checks(session)}
    return ctx.page("outlets.html", counts=counts, total=sum(counts.values()) or 1, runs=runs, health=health)


@router.get("/media/{name}", response_class=HTMLResponse)
@needs("viewer")
def outlet_page(name: str, ctx: Annotated[Context, Depends(context)]) -> HTMLResponse:
    """One outlet: coverage over time, what it writes of, tone as rated, health and latest crawls."""
    ctx.index.catch_up()
    counts = ctx.index.outlets()
    with ctx.db.read() as session:
        runs = latest_runs(session, source=name, limit=RUNS)
        health = next((found for found in last_checks(session) if found.source == name), None)
    if name not in counts and not runs:
        return ctx.page("missing.html", status=404, asked=name)
    query = f'media:"{name.replace(chr(34), " ")}"'
    points = ctx.index.volume(query, by="month")
    return ctx.page(
        "outlet.html", outlet=name, count=counts.get(name, 0), share=counts.get(name, 0) / (sum(counts.values()) or 1),
        runs=runs, health=health, points=points, chart=volume_chart(points, by="month"),
        newest=ctx.index.search(query, limit=NEWEST, sort="date"),
        facets={facet: ctx.index.facet(query, facet, limit=TOP) for facet in FACETS}, facet_titles=FACETS,
        tone=ctx.index.tones(query)[0],
    )  # fmt: skip
