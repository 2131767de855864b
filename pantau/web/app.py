"""The web application: routes, templates and what wraps every answer."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.metadata import version
from typing import Any

from fastapi import Depends, FastAPI
from fastapi.routing import iter_route_contexts
from starlette.middleware.gzip import GZipMiddleware
from starlette.types import ASGIApp

from pantau.web.access import enforce
from pantau.web.api import articles as api_articles
from pantau.web.api import description, figures, names
from pantau.web.api import outlets as api_outlets
from pantau.web.api import search as api_search
from pantau.web.context import Context
from pantau.web.doors import allowed_names
from pantau.web.errors import add_handlers
from pantau.web.files import Files
from pantau.web.middleware import Envelope
from pantau.web.navigation import navigation
from pantau.web.routes import (
    additions,
    archive,
    articles,
    correcting,
    digests,
    home,
    judging,
    language,
    ledger,
    login,
    login_elsewhere,
    mailings,
    operations,
    outlets,
    people,
    queue,
    releases,
    saved,
    search,
    search_files,
    tones,
)
from pantau.web.routes.settings import overview as settings
from pantau.web.routes.settings import people as settings_people
from pantau.web.routes.settings import sources as settings_sources
from scraper.config import Config
from scraper.errors import ConfigError

PAGES = (
    home, search, search_files, saved, tones, articles, judging, correcting, archive, people, ledger,
    releases, outlets, queue, additions, settings, settings_sources, settings_people, mailings, digests, login,
    login_elsewhere, language, description,
)  # fmt: skip
ANSWERS = (api_search, api_articles, names, figures, api_outlets)
"""The JSON interface."""
LARGEST = 30 * 1024 * 1024
"""Bytes of a request; a scanned page of a newspaper fits."""


ABOUT = "The news of a region and what it says: the same answers as the pages. See docs/api.md."


class Site(FastAPI):
    """The application inside its envelope, so that errors of the framework itself get it too."""

    def build_middleware_stack(self) -> ASGIApp:
        """The usual stack with the envelope around it."""
        config = self.state.context.config
        secure = config.base_url.startswith("https:")
        return Envelope(super().build_middleware_stack(), names=self.state.names, secure=secure)

    def openapi(self) -> dict[str, Any]:
        """The description of the JSON interface, with how a program logs in."""
        if not self.openapi_schema:
            schema = super().openapi()
            scheme = {"type": "http", "scheme": "bearer", "description": "A token of an account; see docs/api.md."}
            schema["components"]["securitySchemes"] = {"token": scheme}
            schema["security"] = [{"token": []}, {}]
            for operations in schema["paths"].values():
                for operation in operations.values():
                    operation["responses"].pop("422", None)  # what cannot be read is answered with 400, see errors.py
        return super().openapi()


def create_app(config: Config, *, bound: str = "", tag_version: str | None = None) -> FastAPI:
    """The application over the database and index of ``config``, served at the address ``bound``.

    ``tag_version`` is that of the tags that tagging gives now, by which ``/metrics`` counts what waits for it.

    Raises StorageError where they cannot be opened, ConfigError where a library of the settings is missing.
    """
    app = Site(
        title="Pantau", version=version("pantau"), description=ABOUT,
        docs_url=None, redoc_url=None, openapi_url=None, redirect_slashes=False,
        lifespan=_life, dependencies=[Depends(enforce)], max_body_size=LARGEST,
    )  # fmt: skip
    app.state.context = Context.open(config, tag_version=tag_version)
    app.state.provider = _provider(config)
    app.state.names = allowed_names(config, bound=bound)
    app.add_middleware(GZipMiddleware, minimum_size=800, compresslevel=6)
    operations.install(app)
    app.mount("/static", Files(), name="static")
    for module in PAGES:
        app.include_router(module.router, include_in_schema=False)
    for module in ANSWERS:
        app.include_router(module.router)
    add_handlers(app)
    app.state.navigation = navigation(route.path for route in iter_route_contexts(app.routes) if route.path)
    return app


def _provider(config: Config) -> object:
    """Whoever logs people in elsewhere, where the settings name one. Raises ConfigError without its library."""
    if config.oidc is None:
        return None
    try:
        from pantau.web.oidc import Provider
    except ImportError as error:
        raise ConfigError("PANTAU_OIDC_ISSUER needs authlib; pip install 'pantau[oidc]'") from error
    return Provider(settings=config.oidc)


@asynccontextmanager
async def _life(app: FastAPI) -> AsyncIterator[None]:
    yield
    app.state.context.db.close()
