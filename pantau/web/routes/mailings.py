"""What mails lead to: ending and confirming a subscription without a login, and the digest before it is sent."""

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
from scraper.errors import DeliveryError, PantauError
from storage.records.accounts import find_account
from storage.records.leaving import Leaving, leave, what_ends
from storage.records.processes import scheduler_runs
from storage.records.subscriptions import bare_address, confirm, find_subscription

router = APIRouter()
Ctx = Annotated[Context, Depends(context)]
Asking = Annotated[Visitor, Depends(visitor_of)]
Words = Annotated[str, Query(max_length=2000)]
LONGEST = 100
"""Characters of a token."""
AS_MAIL = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'"
"""A mail has its style in it; it is shown alone, with nothing else of ours."""


@router.get("/berhenti/{token}", response_class=HTMLResponse)
@needs("anyone")
def leaving_page(ctx: Ctx, token: str) -> HTMLResponse:
    """Ask whether the subscription is to end: scanners follow links, so that looking alone must change nothing."""
    return _leaving(ctx, token, done=False)


@router.post("/berhenti/{token}", response_class=HTMLResponse)
@needs("anyone", from_outside=True)
def end(ctx: Ctx, token: str) -> HTMLResponse:
    """End it, from the page or by one click in a mail program (RFC 8058); safe to repeat."""
    if len(token) <= LONGEST:
        with ctx.db.write(only=("mail",)) as session:
            leave(session, token)
    return _leaving(ctx, token, done=True)


@router.get("/konfirmasi/{token}", response_class=HTMLResponse)
@needs("anyone")
def confirming_page(ctx: Ctx, token: str) -> HTMLResponse:
    """Ask once more, on a page that a scanner does not answer."""
    with ctx.db.read() as session:
        found = find_subscription(session, token=token[:LONGEST])
    known = found is not None and found.state in ("pending", "active")
    state = found.state if found is not None and known else ""
    return ctx.page("confirming.html", status=200 if known else 404, token=token, state=state, found=found)


@router.post("/konfirmasi/{token}", response_class=HTMLResponse)
@needs("anyone", from_outside=True)
def begin(ctx: Ctx, token: str) -> HTMLResponse:
    """Begin the subscription of an address whose owner was asked by mail."""
    with ctx.db.write(only=("mail",)) as session:
        found = confirm(session, token[:LONGEST])
    state = found.state if found else ""
    return ctx.page("confirming.html", status=200 if found else 404, token=token, state=state, found=found)


@router.get("/pengaturan/digest", response_class=HTMLResponse)
@needs("editor")
def preview_page(ctx: Ctx, visitor: Asking, q: Words = "", terkirim: Words = "") -> HTMLResponse:
    """The digest of the last seven days as text, and a form to get it by mail first."""
    return _preview(ctx, visitor, q, sent=terkirim)


@router.get("/pengaturan/digest/surel", response_class=HTMLResponse)
@needs("editor")
def preview_mail(ctx: Ctx, q: Words = "") -> HTMLResponse:
    """The digest as a mail program shows it."""
    try:
        digest = _digest(ctx, q)
    except PantauError as error:
        return ctx.page("error.html", status=400, title=_("Pratinjau digest"), message=reason(error), advice="")
    html = render_html(digest).replace(SLOT, EXAMPLE)
    if digest.count:
        html = html.replace(f"cid:{CHART}", _picture(digest))
    return HTMLResponse(html, headers={"Content-Security-Policy": AS_MAIL})


@router.post("/pengaturan/digest")
@needs("editor")
def send_to_me(
    ctx: Ctx,
    visitor: Asking,
    surel: Annotated[str, Form(max_length=400)],
    q: Annotated[str, Form(max_length=2000)] = "",
) -> Response:
    """Send the preview to one address."""
    try:
        if not ctx.config.mail.host or ctx.config.mail.sender is None:
            raise DeliveryError(_("Surel belum diatur: isi PANTAU_MAIL_HOST dan PANTAU_MAIL_SENDER."))
        address_preview(_desk(ctx), bare_address(surel), query=q.strip())
        submit(ctx.db, "digest", asked_by=visitor.name or "web")
    except PantauError as error:
        return _preview(ctx, visitor, q, error=reason(error))
    return RedirectResponse("/pengaturan/digest?terkirim=1", 303)


def _leaving(ctx: Context, token: str, *, done: bool) -> HTMLResponse:
    with ctx.db.read() as session:
        found = what_ends(session, token) if len(token) <= LONGEST else Leaving("nothing")
    return ctx.page(
        "leaving.html", status=404 if found.what == "nothing" and token != EXAMPLE else 200, token=token, found=found,
        done=done, example=token == EXAMPLE,
    )  # fmt: skip


def _preview(ctx: Context, visitor: Visitor, query: str, *, error: str = "", sent: str = "") -> HTMLResponse:
    digest = None
    try:
        digest = _digest(ctx, query)
    except PantauError as wrong:
        error = error or reason(wrong)
    with ctx.db.read() as session:
        account = find_account(session, visitor.name) if visitor.name else None
        scheduled = scheduler_runs(session)
    return ctx.page(
        "digest.html",
        status=400 if error else 200,
        q=query,
        error=error,
        sent=bool(sent),
        scheduled=scheduled,
        email=(account.email if account else None) or "",
        subject=subject(digest) if digest else "",
        text=render_text(digest).replace(SLOT, EXAMPLE) if digest else "",
        message=render_whatsapp(digest) if digest else "",
    )


def _digest(ctx: Context, query: str) -> Digest:
    return _desk(ctx).digest(query=query.strip())


def _desk(ctx: Context) -> Desk:
    ctx.index.catch_up()
    return Desk(ctx.db, ctx.index, ctx.config)


def _picture(digest: Digest) -> str:
    try:
        return f"data:image/png;base64,{b64encode(draw(days_chart(digest.days))).decode()}"
    except DeliveryError:
        return "data:,"
