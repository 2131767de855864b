"""The digest before it is sent, sent to one address first, and the digests that were built."""

from __future__ import annotations

from base64 import b64encode
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Query
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from pantau.digests.chart import days_chart
from pantau.digests.model import Digest
from pantau.digests.render import CHART, render_html, render_text, render_whatsapp, subject
from pantau.digests.sending import Desk, address_preview
from pantau.jobs.submit import submit
from pantau.mail.compose import EXAMPLE, SLOT
from pantau.pictures import draw
from pantau.reasons import reason
from pantau.translations import gettext as _
from pantau.web.access import Visitor, needs, visitor_of
from pantau.web.context import Context, context
from pantau.web.refusals import Refusal
from pantau.web.routes.mailings import AS_MAIL
from scraper.errors import DeliveryError, PantauError
from storage.records.accounts import find_account
from storage.records.mailings import editions, find_mailing
from storage.records.processes import scheduler_runs
from storage.records.subscriptions import bare_address

router = APIRouter(prefix="/pengaturan/digest")
Ctx = Annotated[Context, Depends(context)]
Asking = Annotated[Visitor, Depends(visitor_of)]
Words = Annotated[str, Query(max_length=2000)]
KEPT = 20
"""Digests that the page lists."""


@router.get("", response_class=HTMLResponse)
@needs("editor")
def preview_page(ctx: Ctx, visitor: Asking, q: Words = "", terkirim: Words = "") -> HTMLResponse:
    """The digest of the last seven days as text, and a form to get it by mail first."""
    return _preview(ctx, visitor, q, sent=terkirim)


@router.get("/surel", response_class=HTMLResponse)
@needs("editor")
def preview_mail(ctx: Ctx, q: Words = "") -> HTMLResponse:
    """The digest as a mail program shows it."""
    try:
        digest = _digest(ctx, q)
    except PantauError as error:
        return ctx.page("error.html", status=400, title=_("Pratinjau digest"), message=reason(error), advice="")
    pictures = {}
    if digest.count:
        try:
            pictures[CHART] = draw(days_chart(digest.days))
        except DeliveryError:
            pictures[CHART] = b""
    return _as_mail(render_html(digest), pictures)


@router.get("/edisi/{mailing_id}", response_class=HTMLResponse)
@needs("editor")
def edition(ctx: Ctx, mailing_id: str) -> HTMLResponse:
    """A digest as it was built once, sent or not."""
    with ctx.db.read() as session:
        found = find_mailing(session, mailing_id[:100])
    if found is None or found.kind != "digest":
        raise Refusal(404, _("Edisi ini tidak ada atau sudah tidak disimpan."))
    return _as_mail(found.html, dict(found.images))


@router.post("")
@needs("editor")
def send_to_me(
    ctx: Ctx,
    visitor: Asking,
    surel: Annotated[str, Form(max_length=400)],
    q: Annotated[str, Form(max_length=2000)] = "",
) -> Response:
    """Send the preview to one address, in the language of the page."""
    try:
        if not ctx.config.mail.is_set_up:
            raise DeliveryError(_("Surel belum diatur: isi PANTAU_MAIL_HOST dan PANTAU_MAIL_SENDER."))
        address_preview(_desk(ctx), bare_address(surel), query=q.strip())
        submit(ctx.db, "digest", asked_by=visitor.name or "web")
    except PantauError as error:
        return _preview(ctx, visitor, q, error=reason(error))
    return RedirectResponse("/pengaturan/digest?terkirim=1", 303)


def _preview(ctx: Context, visitor: Visitor, query: str, *, error: str = "", sent: str = "") -> HTMLResponse:
    digest = None
    try:
        digest = _digest(ctx, query)
    except PantauError as wrong:
        error = error or reason(wrong)
    with ctx.db.read() as session:
        account = find_account(session, visitor.name) if visitor.name else None
        scheduled, kept = scheduler_runs(session), editions(session, limit=KEPT)
    return ctx.page(
        "digest.html",
        status=400 if error else 200,
        q=query,
        error=error,
        sent=bool(sent),
        scheduled=scheduled,
        mail_is_set=ctx.config.mail.is_set_up,
        editions=kept,
        email=(account.email if account else None) or "",
        subject=subject(digest) if digest else "",
        text=render_text(digest).replace(SLOT, EXAMPLE) if digest else "",
        message=render_whatsapp(digest) if digest else "",
    )


def _as_mail(html: str, pictures: dict[str, bytes]) -> HTMLResponse:
    html = html.replace(SLOT, EXAMPLE)
    for name, png in pictures.items():
        shown = f"data:image/png;base64,{b64encode(png).decode()}" if png else "data:,"
        html = html.replace(f"cid:{name}", shown)
    return HTMLResponse(html, headers={"Content-Security-Policy": AS_MAIL})


def _digest(ctx: Context, query: str) -> Digest:
    return _desk(ctx).digest(query=query.strip())


def _desk(ctx: Context) -> Desk:
    ctx.index.catch_up()
    return Desk(ctx.db, ctx.index, ctx.config)
