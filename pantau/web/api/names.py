"""Officials and programmes across all articles."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Depends

from pantau.web.access import needs
from pantau.web.api import shapes
from pantau.web.api.asking import Limit, Q
from pantau.web.api.routing import api_router
from pantau.web.context import Context, context
from pantau.web.refusals import Refusal
from storage.records import profiles
from storage.trends.points import TrendPoint
from storage.trends.questions import voices

router = api_router("Officials and programmes")
Ctx = Annotated[Context, Depends(context)]
MISSING: dict[int | str, dict[str, Any]] = {404: {"model": shapes.Problem}}
MOST_OFFICES = 20


@router.get("/people")
@needs("viewer")
def people(ctx: Ctx, q: Q = "", limit: Limit = 50) -> list[shapes.Named]:
    """Officials in the articles of a query: in how many they are named, in how many they speak."""
    ctx.index.catch_up()
    found = voices(ctx.index, q, limit=limit)
    with ctx.db.read() as session:
        keys = profiles.keys_of(session, "persons", [voice.name for voice in found])
    return [
        shapes.Named(key=keys[voice.name], name=voice.name, mentioned=voice.mentioned, speaking=voice.speaking)
        for voice in found
    ]


@router.get("/people/{key}", responses=MISSING)
@needs("viewer")
def person(key: str, ctx: Ctx, limit: Limit = 20) -> shapes.Person:
    """One person: offices over time, coverage, statements, figures."""
    ctx.index.catch_up()
    with ctx.db.read() as session:
        found = profiles.profile(session, "persons", key)
        if found is None:
            raise Refusal(404, f"no person {key}")
        return shapes.Person.model_validate(
            _common(found)
            | {
                "terms": profiles.terms(session, key),
                "offices": profiles.offices_said(session, key)[:MOST_OFFICES],
                "speaking": profiles.statement_count(session, key),
                "statements": profiles.statements(session, key, limit=limit),
                "figures": profiles.figures_said(session, key, limit=limit),
                "points": _points(ctx, "pejabat", found.name),
            }
        )


@router.get("/programmes")
@needs("viewer")
def programmes(ctx: Ctx, q: Q = "", limit: Limit = 50) -> list[shapes.Named]:
    """Programmes in the articles of a query."""
    ctx.index.catch_up()
    found = ctx.index.facet(q, "program", limit=limit)
    with ctx.db.read() as session:
        keys = profiles.keys_of(session, "programmes", [item.value for item in found])
    return [shapes.Named(key=keys[item.value], name=item.value, mentioned=item.count) for item in found]


@router.get("/programmes/{key}", responses=MISSING)
@needs("viewer")
def programme(key: str, ctx: Ctx, limit: Limit = 20) -> shapes.Programme:
    """One programme: coverage, who speaks of it, the figures beside it."""
    ctx.index.catch_up()
    with ctx.db.read() as session:
        found = profiles.profile(session, "programmes", key)
        if found is None:
            raise Refusal(404, f"no programme {key}")
        figures = profiles.figures_beside(session, key, limit=limit)
    speakers = voices(ctx.index, _clause("program", found.name), limit=limit)
    points = _points(ctx, "program", found.name)
    return shapes.Programme.model_validate(
        _common(found) | {"speakers": speakers, "figures": figures, "points": points}
    )


def _common(found: profiles.Profile) -> dict[str, object]:
    return {name: getattr(found, name) for name in ("key", "name", "registered", "articles", "names")}


def _points(ctx: Context, field: str, name: str) -> list[TrendPoint]:
    return ctx.index.volume(_clause(field, name), by="month")


def _clause(field: str, value: str) -> str:
    return f'{field}:"{value.replace(chr(34), " ")}"'
