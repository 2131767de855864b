"""What a reader sees instead of an answer: one page for every error, JSON for programs, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from pantau.reasons import reason
from pantau.translations import N_
from pantau.translations import gettext as _
from pantau.web.access import identify
from pantau.web.context import context
from pantau.web.doors import LOOPBACK_NAMES
from pantau.web.links import local_address
from pantau.web.refusals import Refusal
from scraper.errors import ConflictError, InputError, PantauError, QueryError

TITLES = {
    400: N_("Permintaan tidak dapat dibaca"),
    401: N_("Perlu masuk"),
    403: N_("Tidak diizinkan"),
    404: N_("Halaman tidak ditemukan"),
    405: N_("Cara ini tidak tersedia"),
    409: N_("Tidak cocok dengan yang tersimpan"),
    413: N_("Kiriman terlalu besar"),
    421: N_("Alamat ini tidak dilayani"),
    429: N_("Terlalu banyak percobaan"),
    500: N_("Terjadi kesalahan"),
    503: N_("Data sedang tidak dapat dibuka"),
}
ADVICE = {
    400: N_("Periksa alamat atau isian, lalu coba lagi."),
    403: N_("Jika menurut Anda ini keliru, hubungi admin Pantau di kantor Anda."),
    404: N_("Periksa tautannya, atau cari beritanya di atas."),
    405: N_("Kembali ke halaman sebelumnya dan pakai tombol di sana."),
    409: N_("Muat ulang halaman sebelumnya, lalu coba lagi dengan cara lain."),
    413: N_("Kirim berkas yang lebih kecil, satu per satu."),
    500: N_("Kesalahan ini tercatat di log Pantau. Coba lagi; jika terulang, beri tahu admin beserta waktunya."),
    503: N_("Coba lagi sebentar; jika terulang, beri tahu admin."),
}


def add_handlers(app: FastAPI) -> None:
    """Let every error of the application end here."""
    for kind in (Refusal, HTTPException, RequestValidationError, PantauError, Exception):
        app.add_exception_handler(kind, answer_error)


async def answer_error(request: Request, error: Exception) -> Response:
    """The page, redirect or JSON that tells of an error; never its traceback, which is in the log."""
    status, message, headers = _reading(error, for_programs=is_for_programs(request))
    await run_in_threadpool(_find_visitor, request)
    if is_for_programs(request):
        if status == 401:
            headers = {**headers, "WWW-Authenticate": "Bearer"}
        return JSONResponse(_as_json(error, status, message), status, headers)
    if status == 401:
        return _to_login(request, message)
    answer = context(request).page(
        "error.html", status=status, title=_(TITLES.get(status, TITLES[500])), message=message,
        advice=_(ADVICE[status]) if status in ADVICE else "",
    )  # fmt: skip
    answer.headers.update(headers)
    return answer


def wrong_name(request: Request) -> Response:
    """The answer to a request for a name that is not ours; plain, because that name has no files of ours."""
    names = ", ".join(sorted(LOOPBACK_NAMES))
    text = _("Pantau tidak melayani nama ini, hanya %(names)s dan nama di PANTAU_BASE_URL.") % {"names": names}
    return PlainTextResponse(f"{_(TITLES[421])}. {text}\n", 421)


def is_for_programs(request: Request) -> bool:
    """Whether the answer is read by a program: JSON instead of a page."""
    return request.url.path.startswith("/api/")


def _unreadable(error: RequestValidationError, *, for_programs: bool) -> str:
    """Which fields cannot be read; programs are told why in the words of the library that reads them."""
    found = [(".".join(map(str, field["loc"][1:])), field["msg"]) for field in error.errors()]
    if for_programs:
        return "; ".join(f"{name}: {why}" for name, why in found)
    names = ", ".join(dict.fromkeys(name for name, _why in found))
    return _("Tidak dapat dibaca atau tidak ada: %(names)s.") % {"names": names}


def _reading(error: Exception, *, for_programs: bool) -> tuple[int, str, Mapping[str, str]]:
    """Status, what to say beside the title, and headers of an error; programs are told in the words of the code."""
    match error:
        case Refusal():
            return error.status, error.message, error.headers
        case HTTPException():
            return error.status_code, "", error.headers or {}
        case RequestValidationError():
            return 400, _unreadable(error, for_programs=for_programs), {}
        case QueryError():
            return 400, reason(error), {}
        case PantauError():
            status = 400 if isinstance(error, InputError) else 409 if isinstance(error, ConflictError) else 503
            return status, str(error) if for_programs else reason(error), {}
        case _:
            return 500, "", {}


def _find_visitor(request: Request) -> None:
    """Know who asked also where no route was found, so that the page has the frame that its reader is used to."""
    if not hasattr(request.state, "visitor"):
        with suppress(Refusal, PantauError):
            request.state.visitor = identify(request, request.app.state.context.db)


def _as_json(error: Exception, status: int, message: str) -> dict[str, Any]:
    told: dict[str, Any] = {"error": message or HTTPStatus(status).phrase}
    if isinstance(error, QueryError):
        told["position"] = error.position
    return told


def _to_login(request: Request, message: str) -> Response:
    """To the login page and back; for a write, whose content would be lost on the way, a page that says so."""
    address = "/masuk?" + urlencode({"kembali": local_address(request)})
    if request.headers.get("HX-Request"):
        return Response(status_code=401, headers={"HX-Redirect": address})
    if request.method == "GET" and not request.headers.get("Authorization"):
        return RedirectResponse(address, 303)
    return context(request).page(
        "error.html", status=401, title=_(TITLES[401]), message=message, advice="", login=address
    )
