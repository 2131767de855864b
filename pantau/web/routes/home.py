"""Beranda: what is new, and how the sources fare."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends
from fastapi.responses import HTMLResponse, PlainTextResponse

from pantau.web.access import needs
from pantau.web.context import Context, context
from pantau.web.results import stories_of
from storage.health.checks import last_checks
from storage.records.articles import counts_by_source
from storage.records.runs import last_runs

router = APIRouter()
NEWEST = 12


@router.get("/", response_class=HTMLResponse)
@needs("viewer")
def home(ctx: Annotated[Context, Depends(context)]) -> HTMLResponse:
    """The newest stories and the state of each source."""
    ctx.index.catch_up()
    result = ctx.index.search("", limit=NEWEST, sort="date")
    with ctx.db.read() as session:
        counts, runs = counts_by_source(session), last_runs(session)
        states = {health.source: health.state for health in last_checks(session)}
    return ctx.page(
        "home.html", result=result, stories=stories_of(ctx.db, result.hits), counts=counts, runs=runs, states=states
    )


@router.get("/healthz", response_class=PlainTextResponse)
@needs("anyone")
def healthz(ctx: Annotated[Context, Depends(context)]) -> str:
    """``ok`` where the database answers."""
    with ctx.db.read() as session:
        counts_by_source(session)
    return "ok\n"
