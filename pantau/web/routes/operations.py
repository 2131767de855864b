"""What machines ask: is it well (``/healthz``), and in numbers how it fares (``/metrics``, for Prometheus)."""

from __future__ import annotations

import hmac
import time
from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, Depends, FastAPI, Request
from fastapi.responses import JSONResponse, Response
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Gauge, Histogram, generate_latest
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pantau.translations import gettext as _
from pantau.web.access import needs
from pantau.web.context import Context, context
from pantau.web.doors import is_local
from pantau.web.refusals import Refusal
from scraper.errors import StorageError
from storage.health.checks import last_checks
from storage.health.system import SystemState, system_state

router = APIRouter()
BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
"""Seconds."""


def install(app: FastAPI) -> None:
    """Add the routes, and measure from now on how long answers take."""
    app.state.durations = CollectorRegistry()
    names = ("method", "route", "status")
    durations = Histogram(
        "pantau_request_seconds", "How long answers take", names, buckets=BUCKETS, registry=app.state.durations
    )
    app.add_middleware(Timing, durations=durations)
    app.include_router(router, include_in_schema=False)


class Timing:
    """Measures each answer by its route, never by its address: that would be one series a search."""

    def __init__(self, app: ASGIApp, *, durations: Histogram) -> None:
        self._app, self._durations = app, durations

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and note how long it took."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started, status = time.perf_counter(), "500"

        async def note(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = str(message["status"])
            await send(message)

        try:
            await self._app(scope, receive, note)
        finally:
            route = getattr(scope.get("route"), "path", "other")
            self._durations.labels(scope["method"], route, status).observe(time.perf_counter() - started)


@router.get("/healthz")
@needs("anyone")
def healthz(ctx: Annotated[Context, Depends(context)]) -> JSONResponse:
    """``status`` is ``ok``, or ``failing`` with 503 where the database or the index does not answer."""
    checks = {"database": _check(lambda: _state(ctx)), "index": _check(ctx.index.behind)}
    well = all(said == "ok" for said in checks.values())
    return JSONResponse({"status": "ok" if well else "failing", "checks": checks}, status_code=200 if well else 503)


@router.get("/metrics")
@needs("anyone")
def metrics(request: Request, ctx: Annotated[Context, Depends(context)]) -> Response:
    """All numbers, for this machine and for who shows ``PANTAU_METRICS_TOKEN``."""
    _check_reader(request, ctx.config.work.metrics_token)
    body = generate_latest(_gauges(ctx)) + generate_latest(request.app.state.durations)
    return Response(body, media_type=CONTENT_TYPE_LATEST)


def _check_reader(request: Request, token: str) -> None:
    """Raise Refusal for a stranger."""
    shown = request.headers.get("authorization", "").removeprefix("Bearer ").encode()
    if not is_local(request) and not (token and hmac.compare_digest(shown, token.encode())):
        raise Refusal(403, _("Hanya untuk mesin ini, atau dengan token."))


def _check(look: Callable[[], object]) -> str:
    try:
        look()
    except (StorageError, OSError, ValueError):
        return "failing"
    return "ok"


def _state(ctx: Context) -> SystemState:
    with ctx.db.read() as session:
        return system_state(session, ctx.config.data, version=ctx.tag_version)


def _gauges(ctx: Context) -> CollectorRegistry:
    """The numbers as they are now."""
    registry, state = CollectorRegistry(), _state(ctx)
    with ctx.db.read() as session:
        sources = last_checks(session)
    plain = {
        "articles": ("Articles that are not withdrawn", state.articles),
        "articles_untagged": ("Articles without tags of the current version", state.untagged),
        "jobs_queued": ("Jobs that wait", state.queued),
        "jobs_running": ("Jobs that run", state.running),
        "queue_age_seconds": ("Time since the oldest waiting job was asked for", state.queue_age),
        "index_behind": ("Articles whose changes are not in the index", ctx.index.behind()),
        "scheduler_up": ("Whether a scheduler was heard of lately", int(state.scheduler)),
        "disk_free_bytes": ("Room in the data folder", state.disk_free),
        "mail_set_up": ("Whether a mail server and a sender are set", int(ctx.config.mail.is_set_up)),
        "mails_failed_lately": ("Mails of the last seven days that nobody got, or maybe not", state.mail.failed),
    }
    for name, (meaning, value) in plain.items():
        Gauge(f"pantau_{name}", meaning, registry=registry).set(value)
    _labelled(registry, "job_last_success_timestamp_seconds", "When a job last ended well", ("job",), {
        (name,): moment.timestamp() for name, moment in state.last_success.items()
    })  # fmt: skip
    _labelled(registry, "mails", "Mails by state", ("state",), {
        (name,): float(count) for name, count in state.mail.counts.items()
    })  # fmt: skip
    _labelled(registry, "source_state", "1 for the state of each source", ("source", "state"), {
        (source.source, source.state): 1.0 for source in sources
    })  # fmt: skip
    return registry


def _labelled(
    registry: CollectorRegistry, name: str, meaning: str, labels: tuple[str, ...], values: dict[Any, float]
) -> None:
    gauge = Gauge(f"pantau_{name}", meaning, labels, registry=registry)
    for key, value in values.items():
        gauge.labels(*key).set(value)
