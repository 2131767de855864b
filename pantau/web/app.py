"""The web application: routes, templates and what wraps every answer."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from fastapi.routing import iter_route_contexts
from starlette.middleware.gzip import GZipMiddleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.types import ASGIApp

from pantau.web.context import Context
from pantau.web.files import Files
from pantau.web.middleware import Envelope
from pantau.web.navigation import navigation
from pantau.web.routes import api, articles, home, language, search
from scraper.config import Config

LOOPBACK_HOSTS = ["127.0.0.1", "localhost", "::1", "testserver"]
"""Only these names are answered: another site cannot reach us through a name of its own (DNS rebinding)."""
PAGES = (home, search, articles, language, api)


class Site(FastAPI):
    """The application inside its envelope, so that errors of the framework itself get it too."""

    def build_middleware_stack(self) -> ASGIApp:
        """The usual stack with the envelope around it."""
        return Envelope(super().build_middleware_stack())


def create_app(config: Config) -> FastAPI:
    """The application over the database and index of ``config``; raises StorageError where they cannot be opened."""
    app = Site(title="Pantau", docs_url=None, redoc_url=None, redirect_slashes=False, lifespan=_life)
    app.state.context = Context.open(config)
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=LOOPBACK_HOSTS)
    app.add_middleware(GZipMiddleware, minimum_size=800, compresslevel=6)
    app.mount("/static", Files(), name="static")
    for module in PAGES:
        app.include_router(module.router)
    app.state.navigation = navigation(route.path for route in iter_route_contexts(app.routes) if route.path)
    return app


@asynccontextmanager
async def _life(app: FastAPI) -> AsyncIterator[None]:
    yield
    app.state.context.db.close()
