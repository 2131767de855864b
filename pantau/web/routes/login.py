"""Masuk and keluar: a login is a row in the database, so that it can be ended at once."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import RedirectResponse, Response

from pantau.passwords import hash_password, matches, needs_renewal
from pantau.translations import gettext as _
from pantau.web import forms
from pantau.web.access import Visitor, needs, visitor_of
from pantau.web.context import Context, context, set_visit
from pantau.web.doors import peer
from pantau.web.links import local
from pantau.web.middleware import LANGUAGE_COOKIE, LANGUAGE_KEPT
from storage.records.accounts import Account, find_account, renew_hash, stored_password
from storage.records.logins import LONGEST, claim_attempt, close_session, forgive, open_session

router = APIRouter()


@router.get("/masuk")
@needs("anyone")
def login_page(
    ctx: Annotated[Context, Depends(context)],
    visitor: Annotated[Visitor, Depends(visitor_of)],
    kembali: str = "/",
) -> Response:
    """The form; who is in already goes on."""
    if visitor.role != "anyone":
        return RedirectResponse(local(kembali), 303)
    return _form(ctx, kembali)


@router.post("/masuk")
@needs("anyone")
def log_in(
    request: Request,
    ctx: Annotated[Context, Depends(context)],
    nama: Annotated[str, Form(max_length=200)] = "",
    sandi: Annotated[str, Form(max_length=2000)] = "",
    kembali: Annotated[str, Form(max_length=4000)] = "/",
) -> Response:
    """Log in, or show the form again with the reason; too many failures close the door for a while."""
    address = peer(request)
    with ctx.db.write() as session:
        closed = claim_attempt(session, name=nama, address=address)
        stored = stored_password(session, nama)
    if closed is not None:
        answer = _form(ctx, kembali, status=429, account=nama, error=too_many(closed))
        answer.headers["Retry-After"] = str(int(closed.total_seconds()) + 1)
        return answer
    if not matches(sandi, stored) or stored is None:
        told = _("Nama atau kata sandi tidak cocok.")
        return _form(ctx, kembali, status=401, account=nama, error=told)
    with ctx.db.write() as session:
        forgive(session, name=nama, address=address)
        account = find_account(session, nama)
        if account is None or account.disabled_at is not None:
            return RedirectResponse("/masuk", 303)
        if needs_renewal(stored):
            renew_hash(session, nama, hash_password(sandi))
        secret = open_session(session, account.id)
    return welcome(request, ctx, account, secret, back=local(kembali))


def too_many(closed: timedelta) -> str:
    """What is said where the door is closed for a while."""
    minutes = int(closed.total_seconds() // 60) + 1
    return _("Terlalu banyak percobaan gagal. Coba lagi dalam %(minutes)s menit.") % {"minutes": minutes}


def _form(ctx: Context, back: str, *, status: int = 200, account: str = "", error: str = "") -> Response:
    elsewhere = ctx.config.oidc.label if ctx.config.oidc else ""
    return ctx.page("login.html", status=status, back=local(back), account=account, error=error, elsewhere=elsewhere)


def welcome(request: Request, ctx: Context, account: Account, secret: str, *, back: str) -> Response:
    """The answer to a login: its cookie, the reader's language, and the page that was asked for."""
    answer = RedirectResponse(back, 303)
    secure = forms.is_secure(request, ctx.config)
    set_visit(answer, secret, secure=secure, max_age=int(LONGEST.total_seconds()))
    if account.language:
        answer.set_cookie(
            LANGUAGE_COOKIE, account.language, max_age=LANGUAGE_KEPT, httponly=True, samesite="lax", secure=secure
        )
    return answer


@router.post("/keluar")
@needs("anyone")
def log_out(request: Request, ctx: Annotated[Context, Depends(context)]) -> Response:
    """End this login; what the browser kept of it is forgotten."""
    with ctx.db.write() as session:
        close_session(session, request.cookies.get(forms.VISIT_COOKIE, ""))
    answer = RedirectResponse("/masuk", 303)
    answer.delete_cookie(forms.VISIT_COOKIE, httponly=True, samesite="lax")
    answer.headers["Clear-Site-Data"] = '"cache"'
    return answer
