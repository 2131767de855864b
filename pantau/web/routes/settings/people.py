"""Forms of people: readers of the digest, accounts with their roles, and the tokens of one's own programs."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import RedirectResponse, Response

from pantau.jobs.submit import submit
from pantau.mail.confirming import address_confirmation
from pantau.passwords import hash_password, matches
from pantau.reasons import reason
from pantau.translations import DEFAULT, LANGUAGES
from pantau.translations import gettext as _
from pantau.web.access import Visitor, needs, visitor_of
from pantau.web.context import Context, context
from pantau.web.doors import peer
from pantau.web.fields import MOST_ROWS
from pantau.web.refusals import THEIRS
from pantau.web.routes.login import too_many
from pantau.web.routes.settings.overview import show_settings
from storage.records.accounts import account_name, add_account, set_disabled, set_password, set_role, stored_password
from storage.records.logins import add_token, claim_attempt, forgive, revoke_token
from storage.records.subscriptions import Subscription, find_subscription, speak, subscribe, unsubscribe
from storage.search.query import parse_query

router = APIRouter()
Words = Annotated[str, Form(max_length=400)]
Ctx = Annotated[Context, Depends(context)]
Asking = Annotated[Visitor, Depends(visitor_of)]


@router.post("/pengaturan/pelanggan")
@needs("admin")
def change_reader(
    ctx: Ctx,
    visitor: Asking,
    surel: Words,
    kueri: Words = "",
    tindakan: Words = "tambah",
    bahasa: Words = DEFAULT,
    tanya: Words = "",
) -> Response:
    """Add a reader of the digest, at once or after asking; give one another language, or end a subscription."""
    spoken = bahasa if bahasa in LANGUAGES else DEFAULT
    if tanya and not ctx.config.mail.is_set_up:
        unset = _("Surel belum diatur: isi PANTAU_MAIL_HOST dan PANTAU_MAIL_SENDER.")
        return show_settings(ctx, visitor, status=400, error=unset)
    try:
        with ctx.db.write() as session:
            if tindakan == "akhiri":
                found = find_subscription(session, email=surel)
                if found is not None:
                    unsubscribe(session, found.token)
            elif tindakan == "bahasa":
                speak(session, surel, spoken)
            else:
                parse_query(kueri)
                by = None if tanya else visitor.name or "web"
                added = subscribe(session, surel, query=kueri.strip(), added_by=by, language=spoken)
        if tindakan == "tambah" and added.state == "pending":
            _ask(ctx, visitor, added)
    except THEIRS as error:
        return show_settings(ctx, visitor, status=400, error=reason(error))
    return RedirectResponse("/pengaturan#pelanggan", 303)


def _ask(ctx: Context, visitor: Visitor, added: Subscription) -> None:
    """Mail the owner of an address the question whether the digest is wanted."""
    address_confirmation(ctx.db, ctx.config, added)
    submit(ctx.db, "digest", asked_by=visitor.name or "web")


@router.post("/pengaturan/pengguna/baru")
@needs("admin")
def add_user(ctx: Ctx, visitor: Asking, nama: Words, peran: Words, sandi: Words = "", surel: Words = "") -> Response:
    """Make an account; from the first one on everybody logs in, so the first one is an admin."""
    is_first = visitor.id is None
    if is_first and not sandi:
        return show_settings(ctx, visitor, status=400, error=_("Akun pertama harus punya kata sandi."))
    try:
        name = account_name(nama)
        hashed = hash_password(sandi, name=name) if sandi else None
        with ctx.db.write() as session:
            add_account(session, name, role="admin" if is_first else peran, password_hash=hashed, email=surel)
    except THEIRS as error:
        return show_settings(ctx, visitor, status=400, error=reason(error))
    return RedirectResponse("/pengaturan#pengguna", 303)


@router.post("/pengaturan/pengguna")
@needs("admin")
def change_user(ctx: Ctx, visitor: Asking, nama: Words, tindakan: Words, peran: Words = "") -> Response:
    """Give an account another role, disable it or let it in again; its logins end at once."""
    try:
        with ctx.db.write() as session:
            if tindakan == "peran":
                set_role(session, nama, peran)
            else:
                set_disabled(session, nama, disabled=tindakan == "nonaktifkan")
    except THEIRS as error:
        return show_settings(ctx, visitor, status=400, error=reason(error))
    return RedirectResponse("/pengaturan#pengguna", 303)


@router.post("/pengaturan/sandi")
@needs("viewer")
def change_password(request: Request, ctx: Ctx, visitor: Asking, sandi: Words, lama: Words = "") -> Response:
    """Choose another password of one's own, with the one before; all logins of the account end.

    Guessing at the old one closes the door for a while, as it does at the login.
    """
    if visitor.id is None:
        return show_settings(ctx, visitor, status=400, error=_("Tanpa akun tidak ada kata sandi."))
    try:
        hashed = hash_password(sandi, name=visitor.name)
    except THEIRS as error:
        return show_settings(ctx, visitor, status=400, error=reason(error))
    address = peer(request)
    with ctx.db.write() as session:
        closed = claim_attempt(session, name=visitor.name, address=address)
        stored = stored_password(session, visitor.name)
    if closed is not None:
        return show_settings(ctx, visitor, status=429, error=too_many(closed))
    if stored is not None and not matches(lama, stored):
        return show_settings(ctx, visitor, status=400, error=_("Kata sandi lama tidak cocok."))
    with ctx.db.write() as session:
        set_password(session, visitor.name, hashed)
        forgive(session, name=visitor.name, address=address)
    return RedirectResponse("/masuk", 303)


@router.post("/pengaturan/token")
@needs("viewer")
def change_token(
    ctx: Ctx, visitor: Asking, nama: Words = "", cabut: Annotated[int, Form(ge=0, le=MOST_ROWS)] = 0
) -> Response:
    """Make a token, whose secret is shown this once, or revoke one."""
    if visitor.id is None:
        return show_settings(ctx, visitor, status=400, error=_("Token milik akun; buat akun dahulu."))
    try:
        with ctx.db.write() as session:
            if not cabut:
                secret = add_token(session, visitor.id, nama)
            else:
                revoke_token(session, visitor.id, cabut)
    except THEIRS as error:
        return show_settings(ctx, visitor, status=400, error=reason(error))
    return RedirectResponse("/pengaturan#token", 303) if cabut else show_settings(ctx, visitor, secret=secret)
