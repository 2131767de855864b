"""The page of Pengaturan; a section shows where the visitor's role may use it."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends
from fastapi.responses import HTMLResponse

from pantau.reasons import reason
from pantau.web.access import Visitor, needs, visitor_of
from pantau.web.context import Context, context
from scraper.followed import followed_sources
from storage.health.checks import last_checks
from storage.health.mail import mail_state
from storage.records.accounts import ROLES, accounts
from storage.records.job_history import list_jobs
from storage.records.logins import tokens
from storage.records.processes import scheduler_runs
from storage.records.runs import last_runs
from storage.records.saved_searches import saved_searches
from storage.records.subscriptions import subscribers

router = APIRouter()
JOBS = 12


@router.get("/pengaturan", response_class=HTMLResponse)
@needs("viewer")
def settings_page(
    ctx: Annotated[Context, Depends(context)], visitor: Annotated[Visitor, Depends(visitor_of)]
) -> HTMLResponse:
    """All settings that the visitor may see."""
    return show_settings(ctx, visitor)


def show_settings(ctx: Context, visitor: Visitor, *, status: int = 200, **told: Any) -> HTMLResponse:
    """The page; ``told`` is what a form has to say: ``error``, or a ``secret`` that is shown this once."""
    found, wrong = followed_sources(ctx.config.data, paused=True)
    is_admin = visitor.may("admin")
    with ctx.db.read() as session:
        known = {
            "tokens": tokens(session, visitor.id) if visitor.id is not None else [],
            "saved": saved_searches(session, owner=visitor.name),
            "runs": last_runs(session),
            "health": {health.source: health for health in last_checks(session)},
            "jobs": list_jobs(session, limit=JOBS),
            "scheduled": scheduler_runs(session),
            "readers": subscribers(session) if is_admin else [],
            "people": accounts(session) if is_admin else [],
            "mail": mail_state(session),
        }
    said = {"error": "", "secret": ""} | told
    answer = ctx.page(
        "settings.html",
        status=status,
        sources=found,
        broken=[reason(error) for error in wrong],
        roles=ROLES,
        mail_is_set=ctx.config.mail.is_set_up,
        **known,
        **said,
    )
    if said["secret"]:
        answer.headers["Cache-Control"] = "no-store"
    return answer
