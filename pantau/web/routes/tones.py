"""How people rated the articles of a search: by outlet, by period; what nobody rated is counted apart."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse

from pantau.web.access import needs
from pantau.web.context import Context, context
from pantau.web.filters import STEPS, SearchState
from pantau.web.labels import headline
from pantau.web.results import trend_of
from pantau.wording import short_date
from storage.trends.tones import ToneGroup

router = APIRouter()
MOST_OUTLETS, MOST_PERIODS = 50, 60


@router.get("/cari/tone", response_class=HTMLResponse)
@needs("viewer")
def tone_page(request: Request, ctx: Annotated[Context, Depends(context)]) -> HTMLResponse:
    """The tables, alone for a page that asks for them or as a page of their own. Raises QueryError."""
    state = SearchState.read(request.query_params)
    ctx.index.catch_up()
    query = state.query()
    trend = trend_of(ctx.index, state, query)
    by_outlet = ctx.index.tones(query, outlets=True)
    by_period = ctx.index.tones(query, by=STEPS[trend.per])
    return ctx.page(
        "tone_tables.html" if request.headers.get("HX-Request") else "tone_page.html",
        state=state,
        headline=headline(state),
        whole=ctx.index.tones(query)[0],
        outlets=[(group.outlet, group) for group in sorted(by_outlet, key=_most_rated_first)[:MOST_OUTLETS]],
        periods=[(short_date(group.start), group) for group in reversed(by_period[-MOST_PERIODS:])],
        per=trend.per,
    )


def _most_rated_first(group: ToneGroup) -> tuple[int, str]:
    """Sorts those of which most was rated first."""
    return -(group.title.rated + group.body.rated), group.outlet or ""
