"""Tambah berita: by address, by pasted text, or by a saved file; print, broadcasts and social items by hand."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, cast

from fastapi import APIRouter, Depends, Form, UploadFile
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from pantau.jobs.submit import submit
from pantau.reasons import reason
from pantau.translations import gettext as _
from pantau.web.access import Visitor, needs, visitor_of
from pantau.web.context import Context, context
from pantau.web.fields import given_day
from pantau.web.labels import MEDIA
from pantau.web.refusals import THEIRS
from storage.records.by_hand import add_by_hand, make_article
from storage.records.job_history import list_jobs
from storage.records.outlets import Medium
from storage.records.processes import scheduler_runs

router = APIRouter()
SUFFIXES = (".html", ".htm", ".pdf", ".txt")
LARGEST = 20 * 1024 * 1024
"""Bytes of a saved file."""
FOLDER = "incoming"
JOBS = 5
Ctx = Annotated[Context, Depends(context)]
Asking = Annotated[Visitor, Depends(visitor_of)]
Line = Annotated[str, Form(max_length=2000)]


@router.get("/tambah", response_class=HTMLResponse)
@needs("editor")
def additions_page(ctx: Ctx) -> HTMLResponse:
    """The forms, and what became of the last addresses and files."""
    return _page(ctx)


@router.post("/tambah/alamat")
@needs("editor")
def add_address(ctx: Ctx, visitor: Asking, alamat: Line) -> Response:
    """Fetch one article by its address, if robots.txt allows; a job does it."""
    address = alamat.strip()
    if not address.startswith(("http://", "https://")):
        told = _("“%(address)s” bukan alamat web; tulis lengkap, misalnya https://www.kabar.example/")
        return _page(ctx, error=told % {"address": address})
    return _ask(ctx, visitor, address)


@router.post("/tambah/berkas")
@needs("editor")
def add_file(ctx: Ctx, visitor: Asking, berkas: UploadFile) -> Response:
    """Keep a saved page, PDF or text and read it as the crawl reads pages; a job does it."""
    suffix = Path(berkas.filename or "").suffix.lower()
    if suffix not in SUFFIXES:
        return _page(ctx, error=_("Berkas harus berupa %(kinds)s.") % {"kinds": ", ".join(SUFFIXES)})
    body = berkas.file.read(LARGEST + 1)
    if len(body) > LARGEST:
        return _page(ctx, error=_("Berkas lebih besar dari 20 MB; simpan halaman beritanya saja."))
    folder = ctx.config.data.resolve() / FOLDER
    path = folder / f"{secrets.token_hex(8)}{suffix}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path.write_bytes(body)
    except OSError as error:
        return _page(ctx, error=_("Berkas tidak dapat disimpan: %(reason)s") % {"reason": error.strerror or error})
    return _ask(ctx, visitor, str(path))


@router.post("/tambah/teks")
@needs("editor")
def add_text(
    ctx: Ctx,
    visitor: Asking,
    judul: Line,
    media: Line,
    teks: Annotated[str, Form(max_length=500_000)],
    jenis: Line = "online",
    tanggal: Line = "",
    alamat: Line = "",
    wartawan: Line = "",
    halaman: Line = "",
    acara: Line = "",
) -> Response:
    """Store a pasted or typed item at once and show it."""
    try:
        article = make_article(
            title=judul, text=teks, outlet=media, url=alamat, authors=[wartawan] if wartawan.strip() else (),
            published=given_day(tanggal),
        )  # fmt: skip
        with ctx.db.write() as session:
            added = add_by_hand(
                session, article, by=visitor.name or "web", medium=cast(Medium, jenis), page=halaman, programme=acara
            )
    except THEIRS as error:
        given = {
            "judul": judul, "media": media, "teks": teks, "jenis": jenis, "tanggal": tanggal, "alamat": alamat,
            "wartawan": wartawan, "halaman": halaman, "acara": acara,
        }  # fmt: skip
        return _page(ctx, error=reason(error), given=given)
    return RedirectResponse(f"/artikel/{added.article_id}", 303)


def _ask(ctx: Context, visitor: Visitor, key: str) -> Response:
    name = visitor.name or "web"
    submit(ctx.db, "import", key=key, options=("--by", name), asked_by=name)
    return RedirectResponse("/tambah#pekerjaan", 303)


def _page(ctx: Context, *, error: str = "", given: Mapping[str, str] | None = None) -> HTMLResponse:
    """The page; ``given`` is what was typed into the form that cannot be taken as it is."""
    with ctx.db.read() as session:
        jobs, scheduled = list_jobs(session, name="import", limit=JOBS), scheduler_runs(session)
    return ctx.page(
        "additions.html",
        status=400 if error else 200,
        error=error,
        media=MEDIA,
        jobs=jobs,
        scheduled=scheduled,
        given=given or {},
    )
