"""The switch between the languages of the interface."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import RedirectResponse

from pantau.translations import DEFAULT, LANGUAGES
from pantau.web import forms
from pantau.web.access import Visitor, needs, visitor_of
from pantau.web.context import Context, context
from pantau.web.links import local
from pantau.web.middleware import LANGUAGE_COOKIE, LANGUAGE_KEPT
from storage.records.accounts import set_language

router = APIRouter()


@router.post("/bahasa")
@needs("anyone")
def switch(
    request: Request,
    ctx: Annotated[Context, Depends(context)],
    visitor: Annotated[Visitor, Depends(visitor_of)],
    bahasa: Annotated[str, Form()],
    kembali: Annotated[str, Form()] = "/",
) -> RedirectResponse:
    """Speak the chosen language from now on, and go back to the page that was open."""
    answer = RedirectResponse(local(kembali), status_code=303)
    code = bahasa if bahasa in LANGUAGES else DEFAULT
    if visitor.id is not None:
        with ctx.db.write() as session:
            set_language(session, visitor.id, code)
    answer.set_cookie(
        LANGUAGE_COOKIE, code, max_age=LANGUAGE_KEPT, httponly=True, samesite="lax",
        secure=forms.is_secure(request, ctx.config),
    )  # fmt: skip
    return answer
