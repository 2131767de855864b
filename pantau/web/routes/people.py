"""Pejabat and Program: who and what the news speaks of, and everything that is known of one of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Depends
from fastapi.responses import HTMLResponse

from pantau.translations import N_
from pantau.web.access import needs
from pantau.web.charts import volume_chart
from pantau.web.context import Context, context
from scraper.clock import today
from scraper.errors import QueryError
from storage.records import profiles
from storage.trends.questions import Together, first_mention, mentioned_together, movers, voices
from storage.trends.spans import Span

router = APIRouter()
LISTED = 60
BESIDE = 8
NEWEST = 8
DAYS = 7
FACETS = {"pejabat": N_("Pejabat"), "program": N_("Program"), "topik": N_("Topik"), "wilayah": N_("Wilayah")}


@dataclass(frozen=True, slots=True)
class Listing:
    """A page that lists names with their counts."""

    title: str
    base: str
    """Address of the page; each name has its own below it."""
    kind: profiles.Kind
    columns: tuple[str, ...]


OFFICIALS = Listing(N_("Pejabat"), "/pejabat", "persons", (N_("Disebut"), N_("Berbicara")))
PROGRAMMES = Listing(N_("Program"), "/program", "programmes", (N_("Berita"), N_("7 hari terakhir")))


@router.get("/pejabat", response_class=HTMLResponse)
@needs("viewer")
def people_page(ctx: Annotated[Context, Depends(context)], q: str = "") -> HTMLResponse:
    """All officials that the news names and lets speak, the most quoted first; or those of a search."""
    ctx.index.catch_up()
    try:
        found = voices(ctx.index, q, limit=LISTED)
    except QueryError as error:
        return _listing(ctx, OFFICIALS, (), asked=q, error=error)
    counts = [(voice.name, (voice.mentioned, voice.speaking)) for voice in found]
    return _listing(ctx, OFFICIALS, counts, asked=q)


@router.get("/program", response_class=HTMLResponse)
@needs("viewer")
def programmes_page(ctx: Annotated[Context, Depends(context)], q: str = "") -> HTMLResponse:
    """All programmes that the news names, with what it named of late."""
    ctx.index.catch_up()
    day = today().date()
    try:
        found = ctx.index.facet(q, "program", limit=LISTED)
        moved = movers(ctx.index, "program", Span(day - timedelta(days=DAYS - 1), day), query=q, limit=LISTED)
    except QueryError as error:
        return _listing(ctx, PROGRAMMES, (), asked=q, error=error)
    lately = {mover.value: mover.now for mover in moved}
    counts = [(item.value, (item.count, lately.get(item.value, 0))) for item in found]
    return _listing(ctx, PROGRAMMES, counts, asked=q)


@router.get("/pejabat/{key}", response_class=HTMLResponse)
@needs("viewer")
def person_page(key: str, ctx: Annotated[Context, Depends(context)]) -> HTMLResponse:
    """One official: offices over time, coverage, statements, figures, and what is named beside."""
    ctx.index.catch_up()
    with ctx.db.read() as session:
        found = profiles.profile(session, "persons", key)
        if found is None:
            return ctx.page("missing.html", status=404, asked=key)
        known: dict[str, Any] = {
            "terms": profiles.terms(session, key),
            "offices": profiles.offices_said(session, key)[:BESIDE],
            "statements": profiles.statements(session, key),
            "speaking": profiles.statement_count(session, key),
            "figures": profiles.figures_said(session, key),
        }
    return ctx.page("person.html", found=found, **known, **_coverage(ctx, found.name, filter_name="pejabat"))


@router.get("/program/{key}", response_class=HTMLResponse)
@needs("viewer")
def programme_page(key: str, ctx: Annotated[Context, Depends(context)]) -> HTMLResponse:
    """One programme's life: first mention, coverage, who speaks of it, its figures."""
    ctx.index.catch_up()
    with ctx.db.read() as session:
        found = profiles.profile(session, "programmes", key)
        if found is None:
            return ctx.page("missing.html", status=404, asked=key)
        figures = profiles.figures_beside(session, key)
    speakers = voices(ctx.index, _clause("program", found.name), limit=BESIDE)
    return ctx.page(
        "programme.html", found=found, figures=figures, speakers=speakers,
        **_coverage(ctx, found.name, filter_name="program"),
    )  # fmt: skip


def _listing(
    ctx: Context, listing: Listing, counts: Sequence[tuple[str, tuple[int, ...]]], *, asked: str, error: object = None
) -> HTMLResponse:
    with ctx.db.read() as session:
        keys = profiles.keys_of(session, listing.kind, [name for name, _ in counts])
    rows = [(name, keys[name], numbers) for name, numbers in counts]
    status = 400 if error else 200
    return ctx.page("listing.html", status=status, listing=listing, rows=rows, asked=asked, error=error)


def _coverage(ctx: Context, name: str, *, filter_name: str) -> dict[str, Any]:
    """What search knows of a name: volume, newest articles, what is named beside it more than chance explains."""
    query = _clause(filter_name, name)
    points = ctx.index.volume(query, by="month")
    return {
        "filter_name": filter_name,
        "points": points,
        "chart": volume_chart(points, by="month"),
        "first": first_mention(ctx.index, query),
        "newest": ctx.index.search(query, limit=NEWEST, sort="date", facets=("media",)),
        "beside": {facet: _beside(ctx, query, facet, name) for facet in FACETS},
        "facet_titles": FACETS,
    }


def _beside(ctx: Context, query: str, facet: str, name: str) -> list[Together]:
    """What the articles name more often than chance explains, but for the one that the page is about."""
    found = mentioned_together(ctx.index, query, facet, limit=BESIDE + 1)
    return [item for item in found if item.value != name][:BESIDE]


def _clause(name: str, value: str) -> str:
    """A filter of the query language; a quotation mark in a name would end it."""
    return f'{name}:"{value.replace(chr(34), " ")}"'
