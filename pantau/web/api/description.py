"""The interface described: as OpenAPI for programs, as a plain page for people. Nothing is loaded from elsewhere."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse

from pantau.web.access import needs
from pantau.web.api.reading import read_description
from pantau.web.api.routing import PREFIX
from pantau.web.context import Context, context

router = APIRouter()


@router.get(f"{PREFIX}/openapi.json", include_in_schema=False)
@needs("viewer")
def openapi(request: Request) -> dict[str, Any]:
    """The description as OpenAPI 3.1."""
    found: dict[str, Any] = request.app.openapi()
    return found


@router.get("/docs", response_class=HTMLResponse, include_in_schema=False)
@needs("viewer")
def docs(request: Request, ctx: Annotated[Context, Depends(context)]) -> HTMLResponse:
    """The same for people, each question with a form to try it."""
    return ctx.page("docs.html", groups=read_description(request.app.openapi()))
