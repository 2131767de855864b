"""Rilis: paste a release, watch which outlets run it, and the proof of publication."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Form
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from pantau.jobs.submit import submit
from pantau.reasons import reason
from pantau.web.access import Visitor, needs, visitor_of
from pantau.web.context import Context, context
from pantau.web.fields import RowNumber, given_day
from pantau.web.refusals import THEIRS
from scraper.errors import ConflictError
from storage.locks import exclusive
from storage.stories.pickups import pickup_report, uncompared, update_pickups
from storage.stories.releases import add_release, releases, remove_release

router = APIRouter()
PAGE = 30
LONGEST = 200_000
AT_ONCE = 2_000
"""So many articles are compared while whoever pasted a release waits (about a second); more are left to a job."""
Ctx = Annotated[Context, Depends(context)]


@router.get("/rilis", response_class=HTMLResponse)
@needs("viewer")
def releases_page(ctx: Ctx, hal: int = 1) -> HTMLResponse:
    """The releases that are watched, the newest first, and the form for another."""
    return _list(ctx, page=max(1, min(hal, 10_000)))


@router.post("/rilis")
@needs("editor")
def add(
    ctx: Ctx,
    visitor: Annotated[Visitor, Depends(visitor_of)],
    teks: Annotated[str, Form(max_length=LONGEST)],
    judul: Annotated[str, Form(max_length=1000)] = "",
    instansi: Annotated[str, Form(max_length=300)] = "",
    tanggal: Annotated[str, Form(max_length=10)] = "",
) -> Response:
    """Watch a pasted release and look for the articles that ran it."""
    try:
        day = given_day(tanggal)
        with ctx.db.write() as session:
            made = add_release(
                session, text=teks, title=judul, agency=instansi.strip() or None, released=day, by=visitor.name or "web"
            )
    except THEIRS as error:
        return _list(ctx, error=reason(error))
    _compare(ctx, visitor)
    return RedirectResponse(f"/rilis/{made.id}", 303)


@router.get("/rilis/{number}", response_class=HTMLResponse)
@needs("viewer")
def release_page(number: RowNumber, ctx: Ctx) -> HTMLResponse:
    """The proof of publication: each article with its delay, what survived and what was changed."""
    try:
        with ctx.db.read() as session:
            report, waiting = pickup_report(session, number), uncompared(session, release_id=number)
    except ConflictError:
        return ctx.page("missing.html", status=404, asked=str(number))
    return ctx.page("release.html", report=report, release=report.release, waiting=waiting)


@router.post("/rilis/{number}/hapus")
@needs("editor")
def remove(number: RowNumber, ctx: Ctx) -> RedirectResponse:
    """Watch a release no more; the articles stay."""
    with ctx.db.write() as session:
        remove_release(session, number)
    return RedirectResponse("/rilis", 303)


def _compare(ctx: Context, visitor: Visitor) -> None:
    """Look who ran what was pasted: at once where that is quick and nobody does it already, else by a job."""
    with ctx.db.read() as session:
        waiting = uncompared(session)
    if waiting > AT_ONCE:
        submit(ctx.db, "tag", asked_by=visitor.name or "web")
        return
    with exclusive(ctx.db, ctx.config.data, "stories") as free:
        if free:
            update_pickups(ctx.db)


def _list(ctx: Context, *, page: int = 1, error: str = "") -> HTMLResponse:
    with ctx.db.read() as session:
        found, waiting = releases(session, limit=PAGE + 1, offset=(page - 1) * PAGE), uncompared(session)
    return ctx.page(
        "releases.html", status=400 if error else 200, releases=found[:PAGE], more=len(found) > PAGE, page=page,
        waiting=waiting, error=error,
    )  # fmt: skip
