"""What every request meets first: is it for us, in which language, and which headers does its answer carry.

Pages, files and errors alike; HEAD is answered as GET without a body. Plain
ASGI around the whole application, so that not even a failure of the framework goes out without them.
"""

from __future__ import annotations

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pantau.translations import use_language
from pantau.web.doors import host_name
from pantau.web.errors import wrong_name

LANGUAGE_COOKIE = "bahasa"
LANGUAGE_KEPT = 365 * 24 * 3600
"""Seconds."""
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cache-Control": "private, no-cache",
}
"""Set where an answer does not say otherwise. Not ``no-referrer``: browsers would then hide the Origin of our forms."""


class Envelope:
    """Wraps an application; see the module."""

    def __init__(self, app: ASGIApp, *, names: frozenset[str], secure: bool) -> None:
        """``names`` are the hosts that are answered; ``secure`` tells browsers to come by https only from now on."""
        self.app = app
        self.names = names
        self.headers = HEADERS | ({"Strict-Transport-Security": "max-age=31536000"} if secure else {})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        bare = scope["method"] == "HEAD"
        if bare:
            scope = {**scope, "method": "GET"}

        async def send_wrapped(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(raw=message["headers"])
                for name, value in self.headers.items():
                    headers.setdefault(name, value)
            elif bare and message["type"] == "http.response.body":
                message = {**message, "body": b""}
            await send(message)

        request = Request(scope)
        with use_language(request.cookies.get(LANGUAGE_COOKIE)):
            known = host_name(request.headers.get("host", "")) in self.names
            await (self.app if known else wrong_name(request))(scope, receive, send_wrapped)
