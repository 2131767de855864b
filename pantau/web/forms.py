"""How we know that a write comes from a page of ours: its Origin, and a token that only our pages hold.

The token belongs to the cookie of the visit (a login's, or a random one before), so it needs no storage and ends with
it. Each page carries another one: a compressed page that never repeats its secret cannot be guessed at by its size.
"""

from __future__ import annotations

import hmac
import secrets
from urllib.parse import urlsplit

from starlette.requests import Request

from pantau.web.doors import host_name
from scraper.config import Config

VISIT_COOKIE = "pantau"
FIELD = "csrf"
HEADER = "X-CSRF-Token"
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})


def new_token(visit: str) -> str:
    """A token for one page of a visit."""
    nonce = secrets.token_urlsafe(12)
    return f"{nonce}.{_signature(visit, nonce)}"


def is_valid_token(visit: str, token: str) -> bool:
    """Whether a token was made for this visit."""
    nonce, _dot, signature = token.partition(".")
    return bool(visit and nonce) and hmac.compare_digest(signature.encode(), _signature(visit, nonce).encode())


def is_our_origin(request: Request, config: Config) -> bool:
    """Whether the page that sent the request is ours: its Origin is the address under which it reached us."""
    origin = request.headers.get("origin", "")
    return origin in {f"{request.url.scheme}://{request.url.netloc}", _public_origin(request, config)} - {""}


async def sent_token(request: Request) -> str:
    """The token of a request: its header, else the field of its form."""
    if token := request.headers.get(HEADER):
        return token
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind not in {"application/x-www-form-urlencoded", "multipart/form-data"}:
        return ""
    field = (await request.form()).get(FIELD)
    return field if isinstance(field, str) else ""


def is_secure(request: Request, config: Config) -> bool:
    """Whether the reader reached us by https, also where a proxy in front took it off."""
    return request.url.scheme == "https" or _public_origin(request, config).startswith("https:")


def _public_origin(request: Request, config: Config) -> str:
    """The origin that ``PANTAU_BASE_URL`` names, where the request came to its host."""
    public = urlsplit(config.base_url)
    return f"{public.scheme}://{public.netloc}" if public.hostname == host_name(request.url.netloc) else ""


def _signature(visit: str, nonce: str) -> str:
    return hmac.new(visit.encode(), nonce.encode(), "sha256").hexdigest()
