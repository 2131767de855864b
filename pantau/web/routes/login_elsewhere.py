"""Masuk by a login elsewhere (OpenID Connect), where the settings name a provider."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import RedirectResponse, Response

from pantau.translations import gettext as _
from pantau.web import forms
from pantau.web.access import needs
from pantau.web.context import Context, context, set_visit
from pantau.web.links import local
from pantau.web.refusals import Refusal
from pantau.web.routes.login import welcome
from storage.records.accounts import Account, account_of_subject, add_account, find_account
from storage.records.logins import open_session

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from pantau.web.oidc import Known, Provider

router = APIRouter()
Ctx = Annotated[Context, Depends(context)]
CALLBACK = "/masuk/luar/kembali"


@router.get("/masuk/luar")
@needs("anyone")
def leave(request: Request, ctx: Ctx, kembali: str = "/") -> Response:
    """Send the visit to the provider."""
    provider = _provider(request)
    known = request.cookies.get(forms.VISIT_COOKIE)
    visit = known or secrets.token_urlsafe(32)
    answer = RedirectResponse(provider.start(visit, callback=_callback(ctx), back=local(kembali)), 303)
    if known is None:
        set_visit(answer, visit, secure=forms.is_secure(request, ctx.config))
    return answer


@router.get(CALLBACK)
@needs("anyone")
def come_back(request: Request, ctx: Ctx, state: str = "", code: str = "", error: str = "") -> Response:
    """Log in whom the provider vouches for, if an account is theirs."""
    from pantau.web.oidc import came_from

    provider = _provider(request)
    visit = request.cookies.get(forms.VISIT_COOKIE, "")
    back = came_from(visit, state)
    if back is None:
        raise Refusal(
            400, _("Jawaban ini bukan untuk permintaan masuk dari peramban ini. Mulai lagi dari halaman masuk.")
        )
    if error or not code:
        raise Refusal(403, _("Masuk dibatalkan di %(label)s.") % {"label": provider.settings.label})
    known = provider.finish(visit, callback=_callback(ctx), code=code)
    with ctx.db.write() as session:
        account = _account(session, known, role=provider.settings.role)
        secret = open_session(session, account.id)
    return welcome(request, ctx, account, secret, back=local(back))


def _account(session: Session, known: Known, *, role: str) -> Account:
    """The account of somebody; a new one where the settings give strangers a role. Raises Refusal."""
    account = account_of_subject(session, known.subject, email=known.email)
    if account is None and role:
        name = known.name if find_account(session, known.name) is None else f"{known.name} ({secrets.token_hex(3)})"
        account = add_account(session, name, role=role, email=known.email, subject=known.subject)
    if account is None or account.disabled_at is not None:
        raise Refusal(
            403, _("Belum ada akun Pantau untuk Anda (%(name)s). Minta admin membuatnya.") % {"name": known.name}
        )
    return account


def _callback(ctx: Context) -> str:
    return ctx.config.base_url + CALLBACK


def _provider(request: Request) -> Provider:
    found: Provider | None = request.app.state.provider
    if found is None:
        raise Refusal(404, _("Masuk lewat penyedia luar tidak diatur di sini."))
    return found
