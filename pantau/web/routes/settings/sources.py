"""Forms of sources: add one by its address, pause, turn on, crawl now. Each is a job, so that the page never waits."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Form
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from pantau.jobs.submit import submit
from pantau.reasons import reason
from pantau.translations import gettext as _
from pantau.web.access import Visitor, needs, visitor_of
from pantau.web.context import Context, context
from pantau.web.fields import RowNumber
from pantau.web.probes import read_probe
from pantau.web.refusals import THEIRS
from pantau.web.routes.settings.overview import show_settings
from scraper.followed import followed_sources
from storage.records.job_history import get_job
from storage.records.processes import scheduler_runs

router = APIRouter()
ACTIONS = {"jeda": "pause", "nyalakan": "enable", "rayapi": "crawl", "periksa": "check", "hapus": "remove"}
HERE = "/pengaturan#sumber"


@router.post("/pengaturan/sumber")
@needs("admin")
def change_source(
    ctx: Annotated[Context, Depends(context)],
    visitor: Annotated[Visitor, Depends(visitor_of)],
    nama: Annotated[str, Form(max_length=200)],
    tindakan: Annotated[str, Form(max_length=20)],
) -> Response:
    """Pause, turn on, check or crawl a source that is followed."""
    known = {source.name for source in followed_sources(ctx.config.data, paused=True)[0]}
    if tindakan not in ACTIONS or nama not in known:
        return show_settings(ctx, visitor, status=400, error=_("Sumber atau tindakan ini tidak dikenal."))
    submit(ctx.db, ACTIONS[tindakan], key=nama, asked_by=visitor.name or "web")
    return RedirectResponse(HERE, 303)


@router.post("/pengaturan/sumber/baru")
@needs("admin")
def add_source(
    ctx: Annotated[Context, Depends(context)],
    visitor: Annotated[Visitor, Depends(visitor_of)],
    alamat: Annotated[str, Form(max_length=2000)],
) -> Response:
    """Look at a site by a job; what it finds is shown, and the source stays paused until somebody turns it on."""
    address = alamat.strip()
    if not address.startswith(("http://", "https://")):
        told = _("“%(address)s” bukan alamat web; tulis lengkap, misalnya https://www.kabar.example/") % {
            "address": address
        }
        return show_settings(ctx, visitor, status=400, error=told)
    try:
        job, _new = submit(ctx.db, "probe", key=address, asked_by=visitor.name or "web")
    except THEIRS as error:
        return show_settings(ctx, visitor, status=400, error=reason(error))
    return RedirectResponse(f"/pengaturan/sumber/{job.id}", 303)


@router.get("/pengaturan/sumber/{number}", response_class=HTMLResponse)
@needs("admin")
def found_source(ctx: Annotated[Context, Depends(context)], number: RowNumber) -> HTMLResponse:
    """What a look at a site found: the lists, articles with their dates, warnings; and the buttons to follow it."""
    with ctx.db.read() as session:
        job, scheduled = get_job(session, number), scheduler_runs(session)
    if job is None or job.name != "probe":
        return ctx.page("missing.html", status=404, asked=str(number))
    found = read_probe(job.output)
    source = next((one for one in followed_sources(ctx.config.data, paused=True)[0] if one.name == found.name), None)
    return ctx.page("found_source.html", job=job, found=found, source=source, scheduled=scheduled)
