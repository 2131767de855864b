"""What every request works with: the open database, the index and the templates."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from pantau import translations, wording
from pantau.web import files
from pantau.web.marking import LABELS
from pantau.web.navigation import is_current
from scraper.config import Config
from storage.database import Database
from storage.search.engine import SearchIndex


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
    environment.filters |= {
        "long_date": wording.long_date,
        "short_date": wording.short_date,
        "number": wording.number,
        "kind_label": wording.kind_label,
        "outcome_label": wording.outcome_label,
        "state_label": wording.state_label,
        "fact_labels": wording.fact_labels,
        "topic_label": wording.topic_label,
        "figure_amount": wording.figure_amount,
        "web_link": web_link,
    }
    environment.globals |= {
        "mark_labels": LABELS,
        "static": files.address,
        "language": translations.language,
        "languages": translations.LANGUAGES,
        "is_current": is_current,
    }
    return environment


def web_link(url: str | None) -> str:
    """The address if it is http or https, else nothing: a ``javascript:`` link from a page never gets through."""
    return url if url and url.lower().startswith(("http://", "https://")) else ""


@dataclass(frozen=True, slots=True)
class Context:
    """Opened once per process; each request works with a copy that knows the request."""

    config: Config
    db: Database
    index: SearchIndex
    environment: Environment
    request: Request | None = None

    @classmethod
    def open(cls, config: Config) -> Context:
        """Open the database and the index; raises StorageError."""
        db = Database.open(config)
        return cls(config, db, SearchIndex.open(db, config.data), templates())

    def page(self, name: str, *, status: int = 200, **values: Any) -> HTMLResponse:
        """A rendered page, with what its frame needs: the path asked for and the pages of the header."""
        if self.request is None:
            raise RuntimeError("a page answers a request; take the context from the dependency")
        frame = {
            "path": self.request.url.path,
            "address": local_address(self.request),
            "navigation": self.request.app.state.navigation,
        }
        return HTMLResponse(self.environment.get_template(name).render(frame | values), status_code=status)


def context(request: Request) -> Context:
    """FastAPI dependency: the context of this application and request."""
    opened: Context = request.app.state.context
    return replace(opened, request=request)


def local_address(request: Request) -> str:
    """Path and query of a request, as a link to come back to."""
    return request.url.path + (f"?{request.url.query}" if request.url.query else "")
