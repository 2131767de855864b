"""What mails lead to: ending and confirming a subscription without a login, in the language of its reader."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Form
from fastapi.responses import HTMLResponse

from pantau.mail.compose import EXAMPLE
from pantau.translations import LANGUAGES, language, use_language
from pantau.web.access import needs
from pantau.web.context import Context, context
from pantau.web.middleware import LANGUAGE_COOKIE
from storage.records.leaving import Leaving, leave, what_ends
from storage.records.subscriptions import Subscription, confirm, find_subscription

router = APIRouter()
Ctx = Annotated[Context, Depends(context)]
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
    """Ask once more, on a page that a scanner does not answer, and in which language the mails shall be."""
    with ctx.db.read() as session:
        found = find_subscription(session, token=token[:LONGEST])
    return _confirming(ctx, token, found if found is not None and found.state in ("pending", "active") else None)


@router.post("/konfirmasi/{token}", response_class=HTMLResponse)
@needs("anyone", from_outside=True)
def begin(ctx: Ctx, token: str, bahasa: Annotated[str, Form(max_length=10)] = "") -> HTMLResponse:
    """Begin the subscription of an address whose owner was asked by mail."""
    with ctx.db.write(only=("mail",)) as session:
        found = confirm(session, token[:LONGEST], language=bahasa if bahasa in LANGUAGES else None)
    return _confirming(ctx, token, found)


def _confirming(ctx: Context, token: str, found: Subscription | None) -> HTMLResponse:
    state = found.state if found else ""
    with use_language(_spoken(ctx, found.language if found else "")):
        return ctx.page("confirming.html", status=200 if found else 404, token=token, state=state, found=found)


def _leaving(ctx: Context, token: str, *, done: bool) -> HTMLResponse:
    with ctx.db.read() as session:
        found = what_ends(session, token) if len(token) <= LONGEST else Leaving("nothing")
    with use_language(_spoken(ctx, found.language)):
        return ctx.page(
            "leaving.html", status=404 if found.what == "nothing" and token != EXAMPLE else 200, token=token,
            found=found, done=done, example=token == EXAMPLE,
        )  # fmt: skip


def _spoken(ctx: Context, readers: str) -> str:
    """The language that was chosen on the page, else that of the reader's mails."""
    chosen = ctx.request is not None and LANGUAGE_COOKIE in ctx.request.cookies
    return language() if chosen or not readers else readers
