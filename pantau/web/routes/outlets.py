"""Media: which outlets are read, how they fare, what one of them covers, and what the office knows of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Depends, Form
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from pantau.web.access import Visitor, needs, visitor_of
from pantau.web.charts import volume_chart
from pantau.web.context import Context, context
from pantau.web.labels import MEDIA, OUTLET_FACTS, PRESS
from pantau.web.links import path_part
from pantau.web.routes.people import FACETS
from scraper.errors import InputError
from storage.health.checks import last_checks
from storage.records.outlets import TIERS, all_outlets, get_outlet, outlet_history, save_outlet, undo_outlet
from storage.records.runs import last_runs
from storage.records.runs import runs as latest_runs
from storage.trends.claims import area_codes

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

router = APIRouter()
RUNS = 10
NEWEST = 8
TOP = 8
Ctx = Annotated[Context, Depends(context)]
Who = Annotated[Visitor, Depends(visitor_of)]
Line = Annotated[str, Form(max_length=2000)]


@router.get("/media", response_class=HTMLResponse)
@needs("viewer")
def outlets_page(ctx: Ctx) -> HTMLResponse:
    """All outlets with their share of the articles, what the office knows, their last crawl and their state."""
    ctx.index.catch_up()
    counts = ctx.index.outlets()
    with ctx.db.read() as session:
        outlets, runs = all_outlets(session, named=counts), last_runs(session)
        health = {found.source: found for found in last_checks(session)}
    outlets.sort(key=lambda outlet: -counts.get(outlet.site, 0))
    return ctx.page(
        "outlets.html", outlets=outlets, counts=counts, total=sum(counts.values()) or 1, runs=runs, health=health,
        press=PRESS,
    )  # fmt: skip


@router.post("/media/{name:path}/urung")
@needs("editor")
def take_back(name: str, ctx: Ctx, who: Who) -> Response:
    """Say of an outlet what was said before the last change; once more brings that back."""
    with ctx.db.write() as session:
        undo_outlet(session, name, by=who.name)
    return RedirectResponse(f"/media/{path_part(name)}#keterangan", 303)


@router.post("/media/{name:path}")
@needs("editor")
def change_outlet(
    name: str,
    ctx: Ctx,
    who: Who,
    label: Line = "",
    tier: Line = "",
    status: Line = "",
    wilayah: Line = "",
    jenis: Line = "online",
    catatan: Line = "",
) -> Response:
    """Say what the office knows of an outlet; the form always says all of it."""
    with ctx.db.write() as session:
        save_outlet(
            session, name, by=who.name, label=label, tier=int(tier) if tier in map(str, TIERS) else tier or None,
            press_status=status or None, area=_area(session, wilayah.strip()), medium=jenis, note=catatan,
        )  # fmt: skip
    return RedirectResponse(f"/media/{path_part(name)}#keterangan", 303)


def _area(session: Session, text: str) -> str | None:
    """The code of an area by its code or name. Raises InputError for no area, and for a name that two have."""
    if not text:
        return None
    codes = area_codes(session, text)
    if len(codes) > 1:
        raise InputError("%(area)r is the name of %(codes)s; write the code", area=text, codes=", ".join(sorted(codes)))
    return next(iter(codes))


@router.get("/media/{name:path}", response_class=HTMLResponse)
@needs("viewer")
def outlet_page(name: str, ctx: Ctx) -> HTMLResponse:
    """One outlet: coverage over time, what it writes of, tone as rated, health and latest crawls."""
    ctx.index.catch_up()
    counts = ctx.index.outlets()
    with ctx.db.read() as session:
        runs = latest_runs(session, source=name, limit=RUNS)
        health = next((found for found in last_checks(session) if found.source == name), None)
        known, history = get_outlet(session, name), outlet_history(session, name)
    if name not in counts and not runs and not history:
        return ctx.page("missing.html", status=404, asked=name)
    query = f'media:"{name.replace(chr(34), " ")}"'
    points = ctx.index.volume(query, by="month")
    return ctx.page(
        "outlet.html", outlet=name, known=known, history=history, media=MEDIA, press=PRESS, tiers=TIERS,
        fact_titles=OUTLET_FACTS,
        count=counts.get(name, 0), share=counts.get(name, 0) / (sum(counts.values()) or 1),
        runs=runs, health=health, points=points, chart=volume_chart(points, by="month"),
        newest=ctx.index.search(query, limit=NEWEST, sort="date"),
        facets={facet: ctx.index.facet(query, facet, limit=TOP) for facet in FACETS}, facet_titles=FACETS,
        tone=ctx.index.tones(query)[0],
    )  # fmt: skip
