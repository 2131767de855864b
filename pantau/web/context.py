"""What every request works with: the open database, the index and the templates."""

from __future__ import annotations

import secrets
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse, Response
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from markupsafe import Markup

from pantau import translations, wording
from pantau.web import files, forms
from pantau.web.access import visitor_of
from pantau.web.labels import PRESETS
from pantau.web.links import local_address
from pantau.web.navigation import is_current
from pantau.web.presence import Presence
from pantau.web.template_filters import FILTERS
from scraper.config import Config
from scraper.errors import PantauError
from storage.database import Database
from storage.search.engine import SearchIndex


@lru_cache
def templates() -> Environment:
    """The template environment; everything is escaped, and an unknown name is an error."""
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        extensions=["jinja2.ext.i18n"],
        autoescape=select_autoescape(default=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.install_gettext_callables(  # type: ignore[attr-defined]
        translations.gettext, translations.ngettext, newstyle=True
    )
    environment.filters |= FILTERS
    environment.globals |= {
        "presets": PRESETS,
        "topics": tuple(wording.TOPICS),
        "article_kinds": tuple(wording.KINDS),
        "static": files.address,
        "language": translations.language,
        "languages": translations.LANGUAGES,
        "is_current": is_current,
    }
    return environment


@dataclass(frozen=True, slots=True)
class Context:
    """Opened once per process; each request works with a copy that knows the request."""

    config: Config
    db: Database
    index: SearchIndex
    environment: Environment
    presence: Presence
    tag_version: str | None = None
    """Of the tags that tagging gives now, where who composes the application knows it."""
    request: Request | None = None

    @classmethod
    def open(cls, config: Config, *, tag_version: str | None = None) -> Context:
        """Open the database and the index; raises StorageError."""
        db = Database.open(config)
        return cls(config, db, SearchIndex.open(db, config.data), templates(), Presence(), tag_version)

    def page(self, name: str, *, status: int = 200, **values: Any) -> HTMLResponse:
        """A rendered page, with what its frame needs: who reads it, where it is, and the token of its forms."""
        if self.request is None:
            raise RuntimeError("a page answers a request; take the context from the dependency")
        known = self.request.cookies.get(forms.VISIT_COOKIE)
        visit = known or secrets.token_urlsafe(32)
        token = forms.new_token(visit)
        frame = {
            "path": self.request.url.path,
            "address": local_address(self.request),
            "navigation": self.request.app.state.navigation,
            "visitor": visitor_of(self.request),
            "alone": self._is_alone(),
            "csrf": token,
            "csrf_field": Markup('<input type="hidden" name="{}" value="{}">').format(forms.FIELD, token),
        }
        answer = HTMLResponse(self.environment.get_template(name).render(frame | values), status_code=status)
        if known is None:
            set_visit(answer, visit, secure=forms.is_secure(self.request, self.config))
        return answer

    def _is_alone(self) -> bool:
        """Whether the reader should know that no scheduler runs; an error page must not fail over it."""
        with suppress(PantauError):
            return not self.presence.scheduler_runs(self.db)
        return False


def set_visit(answer: Response, visit: str, *, secure: bool, max_age: int | None = None) -> None:
    """Give the browser the cookie of its visit; scripts never see it, other sites cannot send it with a form."""
    answer.set_cookie(forms.VISIT_COOKIE, visit, max_age=max_age, httponly=True, samesite="lax", secure=secure)


def context(request: Request) -> Context:
    """FastAPI dependency: the context of this application and request."""
    opened: Context = request.app.state.context
    return replace(opened, request=request)
