"""The switch between the languages of the interface."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form
from fastapi.responses import RedirectResponse

from pantau.translations import DEFAULT, LANGUAGES
from pantau.web.middleware import LANGUAGE_COOKIE

router = APIRouter()
YEAR = 365 * 24 * 3600


@router.post("/bahasa")
def switch(bahasa: Annotated[str, Form()], kembali: Annotated[str, Form()] = "/") -> RedirectResponse:
    """Speak the chosen language from now on, and go back to the page that was open."""
    answer = RedirectResponse(local(kembali), status_code=303)
    code = bahasa if bahasa in LANGUAGES else DEFAULT
    answer.set_cookie(LANGUAGE_COOKIE, code, max_age=YEAR, httponly=True, samesite="lax")
    return answer


def local(address: str) -> str:
    """The address where it is a path on this site, else the front page: nobody is sent elsewhere by a form."""
    plain = address.startswith("/") and not address.startswith(("//", "/\\")) and address.isprintable()
    return address if plain else "/"
