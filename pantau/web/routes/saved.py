"""Searches that a reader keeps, and forgets again."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Form
from fastapi.responses import RedirectResponse, Response

from pantau.web.access import Visitor, needs, visitor_of
from pantau.web.context import Context, context
from storage.records.saved_searches import delete_search, save_search

router = APIRouter()
Ctx = Annotated[Context, Depends(context)]
Who = Annotated[Visitor, Depends(visitor_of)]


@router.post("/pencarian")
@needs("viewer")
def keep_search(ctx: Ctx, who: Who, nama: Annotated[str, Form()], kueri: Annotated[str, Form()] = "") -> Response:
    """Keep a search under a name."""
    with ctx.db.write() as session:
        save_search(session, owner=who.name, name=nama, query=kueri)
    return RedirectResponse("/#tersimpan", 303)


@router.post("/pencarian/{number}/hapus")
@needs("viewer")
def forget_search(number: int, ctx: Ctx, who: Who) -> Response:
    """Forget a search of one's own."""
    with ctx.db.write() as session:
        delete_search(session, number, owner=who.name)
    return RedirectResponse("/#tersimpan", 303)
