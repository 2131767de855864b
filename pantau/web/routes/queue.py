"""Antrean: what waits for a person, each decided by one button: unknown officials and programmes, troubled sources."""

from __future__ import annotations

from typing import Annotated, cast

from fastapi import APIRouter, Depends, Form
from fastapi.responses import HTMLResponse, RedirectResponse

from pantau.translations import gettext as _
from pantau.web.access import Visitor, needs, visitor_of
from pantau.web.context import Context, context
from pantau.web.links import local
from pantau.web.refusals import Refusal
from storage.records.candidates import candidates, troubled_sources, waiting
from storage.records.corrections import misfits
from storage.records.decisions import Kind, decisions, dismiss
from storage.records.registry_edits import merge, register, take_back

router = APIRouter()
PAGE = 20
LATEST = 10
KINDS = {"pejabat": "person", "program": "program"}
DECISIONS = ("daftarkan", "gabung", "abaikan", "batalkan")


@router.get("/antrean", response_class=HTMLResponse)
@needs("editor")
def queue_page(ctx: Annotated[Context, Depends(context)], jenis: str = "pejabat", hal: int = 1) -> HTMLResponse:
    """Candidates with their evidence, those in most articles first, and what was decided last."""
    tab = jenis if jenis in KINDS else "pejabat"
    kind = cast(Kind, KINDS[tab])
    page = max(1, min(hal, 1000))
    with ctx.db.read() as session:
        return ctx.page(
            "queue.html",
            tab=tab,
            page=page,
            waiting=waiting(session),
            listed=candidates(session, kind, limit=PAGE + 1, offset=(page - 1) * PAGE),
            page_size=PAGE,
            decided=decisions(session, kind=kind)[:LATEST],
            sources=troubled_sources(session),
            misfits=misfits(session),
        )


@router.post("/antrean")
@needs("editor")
def decide_candidate(
    ctx: Annotated[Context, Depends(context)],
    visitor: Annotated[Visitor, Depends(visitor_of)],
    jenis: Annotated[str, Form(max_length=20)],
    kunci: Annotated[str, Form(max_length=300)],
    putusan: Annotated[str, Form(max_length=20)],
    ke: Annotated[str, Form(max_length=300)] = "",
    kembali: Annotated[str, Form(max_length=2000)] = "",
) -> RedirectResponse:
    """Carry out one decision; every one of them can be taken back."""
    if jenis not in KINDS or putusan not in DECISIONS:
        raise Refusal(400, _("Putusan ini tidak dikenal; muat ulang halaman antrean."))
    _carry_out(ctx, cast(Kind, KINDS[jenis]), kunci, putusan, into=ke, by=visitor.name)
    return RedirectResponse(local(kembali) if kembali else f"/antrean?jenis={jenis}", 303)


def _carry_out(ctx: Context, kind: Kind, key: str, decision: str, *, into: str, by: str) -> None:
    with ctx.db.write() as session:
        if decision == "daftarkan":
            register(session, kind, key, by=by)
        elif decision == "gabung":
            merge(session, kind, key, into=into, by=by)
        elif decision == "abaikan":
            dismiss(session, kind, key, by=by)
        else:
            take_back(session, kind, key, by=by)
