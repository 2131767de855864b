"""Searches that a reader keeps: their page with its alerts and what a mail would say, and forgetting them."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Form
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from pantau import wording
from pantau.alerts.sending import preview_alert
from pantau.mail.compose import EXAMPLE, SLOT
from pantau.reasons import reason
from pantau.translations import DEFAULT, LANGUAGES, language
from pantau.translations import gettext as _
from pantau.web.access import Visitor, needs, visitor_of
from pantau.web.context import Context, context
from pantau.web.fields import RowNumber
from pantau.web.filters import SearchState
from pantau.web.labels import RHYTHMS
from pantau.web.refusals import THEIRS, Refusal
from pantau.web.routes.mailings import AS_MAIL
from scraper.errors import QueryError
from storage.records.accounts import find_account
from storage.records.mailings import Mailing
from storage.records.saved_searches import (
    NEVER_QUIET,
    SavedSearch,
    change_search,
    delete_search,
    get_search,
    save_search,
)

router = APIRouter(prefix="/pencarian")
Ctx = Annotated[Context, Depends(context)]
Who = Annotated[Visitor, Depends(visitor_of)]
Line = Annotated[str, Form(max_length=400)]
Query = Annotated[str, Form(max_length=4000)]


@router.post("")
@needs("viewer")
def keep_search(ctx: Ctx, who: Who, nama: Line, kueri: Query = "") -> Response:
    """Keep a search under a name, and ask whether it is to mail something."""
    with ctx.db.write() as session:
        kept = save_search(session, owner=who.name, name=nama, query=kueri, language=language())
    return RedirectResponse(f"/pencarian/{kept.id}", 303)


@router.get("/{number}", response_class=HTMLResponse)
@needs("viewer")
def search_page(number: RowNumber, ctx: Ctx, who: Who, disimpan: str = "") -> HTMLResponse:
    """One saved search: when it mails what to whom, and what that mail would say now."""
    return _page(ctx, who, number, saved=bool(disimpan))


@router.get("/{number}/surel", response_class=HTMLResponse)
@needs("viewer")
def alert_mail(number: RowNumber, ctx: Ctx, who: Who) -> HTMLResponse:
    """The alert as a mail program shows it."""
    ctx.index.catch_up()
    mail = preview_alert(ctx.db, ctx.index, ctx.config, _search(ctx, who, number))
    if mail is None:
        raise Refusal(404, _("Tidak ada cerita baru dalam 24 jam terakhir; tidak ada yang akan dikirim."))
    return HTMLResponse(mail.html.replace(SLOT, EXAMPLE), headers={"Content-Security-Policy": AS_MAIL})


@router.post("/{number}")
@needs("viewer")
def change(
    number: RowNumber,
    ctx: Ctx,
    who: Who,
    nama: Line,
    kueri: Query = "",
    kabar: Line = "off",
    lonjakan: Line = "",
    surel: Line = "",
    tenang: Line = "",
    jam: Line = "",
    bahasa: Line = DEFAULT,
) -> Response:
    """Say when a search mails what to whom; the form always says all of it."""
    _check_recipient(ctx, who, number, surel)
    quiet = {"kantor": None, "tidak": NEVER_QUIET}.get(tenang or "kantor", jam)
    try:
        with ctx.db.write() as session:
            change_search(
                session, number, owner=who.name, name=nama, query=kueri, alert=kabar, spike=bool(lonjakan),
                email=surel, quiet=quiet, language=bahasa if bahasa in LANGUAGES else DEFAULT,
            )  # fmt: skip
    except THEIRS as error:
        return _page(ctx, who, number, error=reason(error))
    return RedirectResponse(f"/pencarian/{number}?disimpan=1", 303)


@router.post("/{number}/hapus")
@needs("viewer")
def forget_search(number: RowNumber, ctx: Ctx, who: Who) -> Response:
    """Forget a search of one's own."""
    with ctx.db.write() as session:
        delete_search(session, number, owner=who.name)
    return RedirectResponse("/#tersimpan", 303)


def _check_recipient(ctx: Context, who: Visitor, number: int, email: str) -> None:
    """Raise Refusal where somebody who may only read sends mail to others than before and than themselves."""
    wanted = email.strip().lower()
    if not wanted or who.may("editor") or wanted in (_own_address(ctx, who), _search(ctx, who, number).email):
        return
    raise Refusal(403, _("Anda hanya dapat mengirim ke alamat surel akun Anda sendiri; mintalah editor."))


def _own_address(ctx: Context, who: Visitor) -> str:
    """The mail address of the reader's account; empty where there is none."""
    with ctx.db.read() as session:
        account = find_account(session, who.name) if who.name else None
    return (account.email if account else None) or ""


def _search(ctx: Context, who: Visitor, number: int) -> SavedSearch:
    with ctx.db.read() as session:
        return get_search(session, number, owner=who.name)


def _page(ctx: Context, who: Visitor, number: int, *, error: str = "", saved: bool = False) -> HTMLResponse:
    search, mail = _search(ctx, who, number), None
    ctx.index.catch_up()
    try:
        mail = preview_alert(ctx.db, ctx.index, ctx.config, search)
    except QueryError as wrong:
        error = error or reason(wrong)
    return ctx.page(
        "saved_search.html", status=400 if error else 200, search=search, error=error, saved=saved,
        link=SearchState(q=search.query, sort="tanggal").link(), rhythms=RHYTHMS, never_quiet=NEVER_QUIET,
        mail_is_set=ctx.config.mail.is_set_up, email=search.email or _own_address(ctx, who),
        office_hours=wording.hours(ctx.config.mail.quiet), mail=_as_text(mail),
    )  # fmt: skip


def _as_text(mail: Mailing | None) -> tuple[str, str] | None:
    """Subject and text of a mail, its link to unsubscribe being an example."""
    return (mail.subject, mail.text.replace(SLOT, EXAMPLE)) if mail else None
