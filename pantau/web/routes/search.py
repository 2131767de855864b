"""Cari: hits with facets, snippets and the volume over time."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse

from pantau.translations import N_
from pantau.web.access import needs
from pantau.web.charts import volume_chart
from pantau.web.context import Context, context
from pantau.web.filters import FIELDS, PAGE_SIZE, SORTS, SearchState
from scraper.errors import QueryError

router = APIRouter()
FACET_TITLES = {
    "pejabat": N_("Pejabat"),
    "program": N_("Program"),
    "media": N_("Media"),
    "wilayah": N_("Wilayah"),
    "topik": N_("Topik"),
    "jenis": N_("Jenis"),
}


@router.get("/cari", response_class=HTMLResponse)
@needs("viewer")
def search_page(request: Request, ctx: Annotated[Context, Depends(context)]) -> HTMLResponse:
    """The search page; a query that cannot be read gets its reason and position, not an error page."""
    state = SearchState.read(request.query_params)
    ctx.index.catch_up()
    try:
        result = ctx.index.search(
            state.query,
            limit=PAGE_SIZE,
            offset=(state.page - 1) * PAGE_SIZE,
            sort=SORTS[state.sort],  # type: ignore[arg-type]
            facets=tuple(FIELDS),
        )
        points = ctx.index.volume(state.query, by=state.steps)  # type: ignore[arg-type]
    except QueryError as error:
        return ctx.page(
            "search.html",
            status=400,
            state=state,
            error=error,
            result=None,
            points=[],
            chart=None,
            facets=dict[str, Any](),
        )
    facets = {name: list(result.facets.get(name, ())) for name in FIELDS}
    return ctx.page(
        "search.html",
        state=state,
        error=None,
        result=result,
        points=points,
        chart=volume_chart(points, by=state.steps),
        facets=facets,
        facet_titles=FACET_TITLES,
        page_size=PAGE_SIZE,
    )
