"""The JSON interface: the same questions as the page, for programs."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, HTTPException, Query, Request
from fastapi.responses import JSONResponse

from pantau.hit_rows import hit_row
from pantau.web.access import needs
from pantau.web.context import Context, context
from scraper.errors import QueryError
from scraper.rows import to_row
from storage.records.articles import get_article

router = APIRouter(prefix="/api/v1")


@router.get("/search")
@needs("viewer")
def search(
    ctx: Annotated[Context, Depends(context)],
    q: str = "",
    limit: Annotated[int, Query(ge=1, le=100)] = 20,
    offset: Annotated[int, Query(ge=0, le=10_000)] = 0,
    after: Annotated[str | None, Query(max_length=200)] = None,
    sort: Annotated[str, Query(pattern="^(relevance|date)$")] = "relevance",
) -> JSONResponse:
    """Hits of a query as rows; 400 with message and position where the query cannot be read.

    ``next`` is what ``after`` takes for the following page: pages join even while articles arrive.
    """
    ctx.index.catch_up()
    try:
        result = ctx.index.search(
            q,
            limit=limit,
            offset=offset,
            after=after,
            sort=sort,  # type: ignore[arg-type]
            facets=(),
        )
    except QueryError as error:
        return JSONResponse({"error": str(error), "position": error.position}, status_code=400)
    rows: list[dict[str, Any]] = [hit_row(hit) for hit in result.hits]
    answer = {"total": result.total, "stories_about": result.stories, "behind": result.behind, "hits": rows}
    return JSONResponse(answer | {"corrected": dict(result.corrected), "next": result.next})


@router.get("/articles/{article_id}")
@needs("viewer")
def article(article_id: str, ctx: Annotated[Context, Depends(context)]) -> dict[str, Any]:
    """One article row with its text."""
    with ctx.db.read() as session:
        stored = get_article(session, article_id)
    if stored is None:
        raise HTTPException(404, f"no article {article_id}")
    return to_row(stored.article) | {"cluster": stored.cluster}


@router.get("/openapi.json", include_in_schema=False)
@needs("viewer")
def description(request: Request) -> dict[str, Any]:
    """This interface, described for programs."""
    found: dict[str, Any] = request.app.openapi()
    return found
