"""The web application: routes, templates and the security headers every answer carries."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path

from fastapi import FastAPI, Request, Response
from fastapi.staticfiles import StaticFiles
from starlette.middleware.trustedhost import TrustedHostMiddleware

from pantau.web.context import Context
from pantau.web.routes import api, articles, home, search
from scraper.config import Config

HERE = Path(__file__).parent
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}
LOOPBACK_HOSTS = ["127.0.0.1", "localhost", "::1", "testserver"]
"""Only these names are answered: another site cannot reach us through a name of its own (DNS rebinding)."""


def create_app(config: Config) -> FastAPI:
    """The application over the database and index of ``config``; raises StorageError where they cannot be opened."""
    app = FastAPI(title="Pantau", docs_url=None, redoc_url=None)
    app.state.context = Context.open(config)
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=LOOPBACK_HOSTS)
    app.middleware("http")(_add_headers)
    app.mount("/static", StaticFiles(directory=HERE / "static"), name="static")
    for module in (home, search, articles, api):
        app.include_router(module.router)
    return app


async def _add_headers(request: Request, call_next: Callable[[Request], Awaitable[Response]]) -> Response:
    response = await call_next(request)
    response.headers.update(HEADERS)
    return response
