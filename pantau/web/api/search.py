"""Search and what is counted over it: facets, trends, comparisons, movers, voices."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Literal

from fastapi import Depends, Query

from pantau.hit_rows import hit_row
from pantau.web.access import needs
from pantau.web.api import shapes
from pantau.web.api.asking import By, Facet, Limit, Q, narrowed
from pantau.web.api.routing import api_router
from pantau.web.context import Context, context
from scraper.clock import today
from storage.search.query import Query as SearchQuery
from storage.trends import questions
from storage.trends.points import trend_points
from storage.trends.spans import Span

router = api_router("Search")
Ctx = Annotated[Context, Depends(context)]
Narrowed = Annotated[SearchQuery, Depends(narrowed)]


@router.get("/search")
@needs("viewer")
def search(
    ctx: Ctx,
    query: Narrowed,
    limit: Limit = 20,
    offset: Annotated[int, Query(ge=0, le=10_000, description="Hits to skip; `after` is surer.")] = 0,
    after: Annotated[str | None, Query(max_length=200, description="`next` of the page before.")] = None,
    sort: Literal["relevance", "date"] = "relevance",
    group: Annotated[bool, Query(description="One hit a story.")] = True,
) -> shapes.Found:
    """Articles that a query finds, one a story. Pages join without gap or repeat while articles arrive."""
    ctx.index.catch_up()
    found = ctx.index.search(query, limit=limit, offset=offset, after=after, sort=sort, group=group, facets=())
    return shapes.Found(
        total=found.total,
        stories_about=found.stories,
        relaxed=found.relaxed,
        corrected=dict(found.corrected),
        behind=found.behind,
        hits=[shapes.Hit(**hit_row(hit)) for hit in found.hits],
        next=found.next,
    )


@router.get("/facets")
@needs("viewer")
def facets(ctx: Ctx, query: Narrowed, facet: Facet = "pejabat", limit: Limit = 20) -> shapes.Facets:
    """The most frequent values of a facet among the articles of a query."""
    ctx.index.catch_up()
    values = ctx.index.facet(query, facet, limit=limit)
    counted = [shapes.Counted.model_validate(value) for value in values]
    return shapes.Facets(facet=facet, total=ctx.index.count(query), values=counted)


@router.get("/trends")
@needs("viewer")
def trends(ctx: Ctx, query: Narrowed, by: By = "month") -> list[shapes.Point]:
    """The articles of a query over time, beside all that were crawled from the same outlets."""
    ctx.index.catch_up()
    points = trend_points(*ctx.index.periods(query, by=by), by=by)
    return [shapes.Point.model_validate(point) for point in points]


@router.get("/compare")
@needs("viewer")
def compare(
    ctx: Ctx,
    q: Annotated[list[str], Query(min_length=1, max_length=questions.MOST_COMPARED, examples=[["beras", "cabai"]])],
    by: By = "month",
) -> list[shapes.Trend]:
    """Up to five queries over the same periods, with their share of voice and their bursts."""
    ctx.index.catch_up()
    return [shapes.Trend.model_validate(one) for one in questions.compare(ctx.index, q, by=by)]


@router.get("/movers")
@needs("viewer")
def movers(
    ctx: Ctx,
    facet: Facet = "pejabat",
    q: Q = "",
    days: Annotated[int, Query(ge=1, le=366, description="Length of the span that ends yesterday.")] = 7,
    limit: Limit = 20,
) -> list[shapes.Mover]:
    """Values of a facet whose share changed most surely against the equal span before."""
    ctx.index.catch_up()
    last = today().date() - timedelta(days=1)
    found = questions.movers(ctx.index, facet, Span(last - timedelta(days=days - 1), last), query=q, limit=limit)
    return [shapes.Mover.model_validate(mover) for mover in found]


@router.get("/voices")
@needs("viewer")
def voices(ctx: Ctx, q: Q = "", limit: Limit = 20) -> list[shapes.Voice]:
    """Who is named and who speaks in the articles of a query, counted apart."""
    ctx.index.catch_up()
    return [shapes.Voice.model_validate(voice) for voice in questions.voices(ctx.index, q, limit=limit)]


@router.get("/together")
@needs("viewer")
def together(ctx: Ctx, q: Q = "", facet: Facet = "pejabat", limit: Limit = 20) -> list[shapes.Together]:
    """What the articles of a query name, beside how often it would be named by chance."""
    ctx.index.catch_up()
    found = questions.mentioned_together(ctx.index, q, facet, limit=limit)
    return [shapes.Together.model_validate(one) for one in found]


@router.get("/suggest")
@needs("viewer")
def suggest(
    ctx: Ctx, q: Annotated[str, Query(max_length=200, examples=["rah"])] = "", limit: Limit = 8
) -> list[shapes.Suggestion]:
    """Names of officials, programmes, places and outlets whose words begin as typed."""
    ctx.index.catch_up()
    return [shapes.Suggestion.model_validate(one) for one in ctx.index.suggest(q, limit=limit)]
