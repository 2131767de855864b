"""A search taken along: as a file, as a kliping on paper, as PDF."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import FileResponse, HTMLResponse, Response
from starlette.background import BackgroundTask

from pantau import wording
from pantau.exports.as_pdf import kliping_pdf
from pantau.exports.clippings import COLUMNS, EMPTY, WITH_LINK, Kliping, make_kliping, to_print
from pantau.translations import gettext as _
from pantau.translations import use_language
from pantau.web.access import Visitor, needs, visitor_of
from pantau.web.context import Context, context
from pantau.web.downloads import KINDS, make_file, make_package, remover
from pantau.web.filters import SORTS, SearchState
from pantau.web.labels import headline
from pantau.web.refusals import Refusal
from pantau.web.results import effective_query, stories_of
from pantau.web.troubles import troubles_text
from scraper.clock import today
from storage.datasets.clips import read_clips
from storage.datasets.snapshot import Snapshot, select_articles
from storage.records.candidates import troubled_sources
from storage.records.keys import name_key
from storage.search.query import Query

router = APIRouter()
MOST_CLIPPINGS = 100
"""Stories of one kliping; more is no clipping but an archive."""
Ctx = Annotated[Context, Depends(context)]


@router.get("/cari/unduh/{name}")
@needs("viewer")
def download(name: str, request: Request, ctx: Ctx) -> Response:
    """Exactly the articles of a search as one file."""
    state, kind = SearchState.read(request.query_params), KINDS.get(name)
    if kind is None:
        raise Refusal(404, _("Tidak ada berkas jenis %(name)s.") % {"name": name})
    ctx.index.catch_up()
    query = effective_query(ctx.index, state)
    count = ctx.index.count(query)
    if count > kind.most:
        reason = _("Pencarian ini memuat %(count)s berita; paling banyak %(most)s per berkas. Persempit dahulu.")
        raise Refusal(400, reason % {"count": wording.number(count), "most": wording.number(kind.most)})
    if kind.name == "zip":
        path = make_package(ctx.db, ctx.index, Query(replace(state, q=query.text).text, query.root))
    else:
        path = make_file(ctx.db, kind, ctx.index.find_ids(query), office=ctx.config.office)
    return FileResponse(
        path, media_type=kind.media_type, filename=file_name(state, kind.name), background=BackgroundTask(remover(path))
    )


@router.get("/cari/kliping", response_class=HTMLResponse)
@needs("viewer")
def kliping_page(request: Request, ctx: Ctx, who: Annotated[Visitor, Depends(visitor_of)]) -> HTMLResponse:
    """The kliping of a search as it will be printed, with what can be chosen about it."""
    state, params = SearchState.read(request.query_params), request.query_params
    kliping, more = _kliping(request, ctx, who, state)
    return ctx.page(
        "kliping.html", state=state, kliping=kliping, more=more, most=MOST_CLIPPINGS, columns=COLUMNS,
        with_link=WITH_LINK, empty=EMPTY, headline=headline(state), pdf_link=_pdf_link(request, state),
        office=params.get("kop", ctx.config.office), officer=params.get("petugas", who.name),
    )  # fmt: skip


@router.get("/cari/kliping.pdf")
@needs("viewer")
def kliping_file(request: Request, ctx: Ctx, who: Annotated[Visitor, Depends(visitor_of)]) -> Response:
    """The same as PDF."""
    state = SearchState.read(request.query_params)
    kliping, _more = _kliping(request, ctx, who, state)
    headers = {"Content-Disposition": f'attachment; filename="{file_name(state, "pdf")}"'}
    return Response(kliping_pdf(to_print(kliping)), media_type="application/pdf", headers=headers)


def file_name(state: SearchState, suffix: str) -> str:
    """``pantau-umkm-24-jam-terakhir-2026-03-02.xlsx``: plain letters, whatever was typed."""
    with use_language("id"):
        words = name_key(headline(state)).encode("ascii", "ignore").decode()[:60].strip("-")
    return f"pantau-{words or 'berita'}-{today():%Y-%m-%d}.{suffix}"


def _kliping(request: Request, ctx: Context, who: Visitor, state: SearchState) -> tuple[Kliping, bool]:
    """The kliping that the address asks for, and whether the search has more stories than it holds."""
    params = request.query_params
    ctx.index.catch_up()
    found = ctx.index.search(state.query(), limit=MOST_CLIPPINGS, sort=SORTS[state.sort], facets=())
    stories = stories_of(ctx.db, found.hits)
    with ctx.db.read() as session:
        snapshot = Snapshot(session=session, articles=select_articles(session, ids=[story.hit.id for story in stories]))
        clips = {clip.stored.id: clip for clip in read_clips(snapshot)}
        troubles = troubled_sources(session)
    with use_language("id"):
        made = make_kliping(
            [(clips[story.hit.id], story.outlets) for story in stories if story.hit.id in clips],
            subtitle=headline(state),
            office=params.get("kop", ctx.config.office)[:120],
            officer=params.get("petugas", who.name)[:80],
            form="blok" if params.get("bentuk") == "blok" else "tabel",
            notes=list(filter(None, [troubles_text(troubles)])),
        )
    return made, found.next is not None


def _pdf_link(request: Request, state: SearchState) -> str:
    extra: dict[str, Any] = {name: request.query_params.get(name) for name in ("kop", "petugas", "bentuk")}
    chosen = [(name, value) for name, value in extra.items() if value is not None]
    return state.link("/cari/kliping.pdf", more=chosen)
