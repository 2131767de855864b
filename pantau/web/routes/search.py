"""Cari: stories with facets and snippets, the volume over time, queries compared, names offered while typing."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse

from pantau.translations import gettext as _
from pantau.web.access import needs
from pantau.web.charts import compare_chart, volume_chart
from pantau.web.context import Context, context
from pantau.web.downloads import KINDS
from pantau.web.filters import FACETS, SearchState
from pantau.web.labels import headline
from pantau.web.links import shared_address
from pantau.web.refusals import Refusal
from pantau.web.results import Results, look_up
from pantau.web.troubles import troubles_text
from pantau.web.typing_help import offers
from pantau.web.whatsapp import whatsapp_text
from scraper.errors import QueryError
from storage.health.checks import SourceHealth
from storage.records.articles import has_articles
from storage.records.candidates import troubled_sources
from storage.trends.bursts import find_bursts

router = APIRouter()
MOST_VALUES = 500


@router.get("/cari", response_class=HTMLResponse)
@needs("viewer")
def search_page(request: Request, ctx: Annotated[Context, Depends(context)]) -> HTMLResponse:
    """The search page; a query that cannot be read gets its reason and position, not an error page."""
    state = SearchState.read(request.query_params)
    ctx.index.catch_up()
    try:
        results = look_up(ctx.db, ctx.index, state)
    except QueryError as error:
        return ctx.page("search_error.html", status=400, state=state, error=error)
    with ctx.db.read() as session:
        troubled, bare = troubled_sources(session), not has_articles(session)
    share_link = shared_address(request, ctx.config.base_url, state.link())
    views = _views(state, results, troubled)
    return ctx.page(
        "search.html", state=state, results=results, troubled=troubled, bare=bare, share_link=share_link, **views
    )


@router.get("/cari/usul", response_class=HTMLResponse)
@needs("viewer")
def offer_names(ctx: Annotated[Context, Depends(context)], q: str = "") -> HTMLResponse:
    """What the box offers for the text typed so far."""
    return ctx.page("offers.html", offers=offers(ctx.index, q[:200]))


@router.get("/cari/nilai/{facet}", response_class=HTMLResponse)
@needs("viewer")
def all_values(facet: str, request: Request, ctx: Annotated[Context, Depends(context)]) -> HTMLResponse:
    """All values of one facet among the hits of a search."""
    state = SearchState.read(request.query_params)
    if facet not in FACETS:
        raise Refusal(404, _("Tidak ada saringan bernama %(name)s.") % {"name": facet})
    ctx.index.catch_up()
    values = ctx.index.facet(state.query(), facet, limit=MOST_VALUES)
    return ctx.page("facet.html", state=state, facet=facet, values=values, most=MOST_VALUES)


def _views(state: SearchState, results: Results, troubled: list[SourceHealth]) -> dict[str, Any]:
    trend, compared = results.trend, results.compared
    if compared:
        chart = compare_chart(compared, by=trend.by, share=state.share)
    else:
        chart = volume_chart(trend.points, by=trend.by, share=state.share)
    return {
        "headline": headline(state),
        "chart": chart,
        "bursts": find_bursts(trend.points),
        "downloads": KINDS.values(),
        "whatsapp": whatsapp_text(state, results.found, results.stories, troubles=troubles_text(troubled)),
    }
