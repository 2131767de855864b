"""The indicator ledger: figures as claims, and which of them contradict each other."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from typing import Annotated

from fastapi import Depends, Query

from pantau.web.access import needs
from pantau.web.api import figure_shapes as shapes
from pantau.web.api.asking import Limit, Q, Since, Until, span_of
from pantau.web.api.routing import api_router
from pantau.web.context import Context, context
from scraper.clock import today
from scraper.errors import InputError
from storage.records.names import person_keys
from storage.trends.claims import Asked, Claim, area_codes, claims, with_words
from storage.trends.ledger import read_ledger
from storage.trends.periods import read_period

router = api_router("Figures")
Ctx = Annotated[Context, Depends(context)]
Short = Query(max_length=200)


def asked_for(
    ctx: Ctx,
    q: Q = "",
    indicator: Annotated[str | None, Query(max_length=100, examples=["inflasi"])] = None,
    area: Annotated[str | None, Query(max_length=200, description="Code or full name of an area.")] = None,
    below: Annotated[bool, Query(description="Also places below the area.")] = False,
    period: Annotated[str | None, Query(max_length=40, examples=["2026-Q1"])] = None,
    outlet: Annotated[str | None, Short] = None,
    speaker: Annotated[str | None, Short] = None,
    role: Annotated[str | None, Short] = None,
    unit: Annotated[str | None, Short] = None,
    since: Since = None,
    until: Until = None,
) -> list[Claim]:
    """The claims that the parameters name, sorted. Raises InputError where they name nothing that narrows them."""
    if not any((q.strip(), indicator, speaker, since, period)):
        raise InputError("name an indicator, a speaker, a query (q), a period or the days (since) of the claims")
    ctx.index.catch_up()
    articles = ctx.index.find_ids(q) if q.strip() else None
    with ctx.db.read() as session:
        wanted = Asked(
            indicator=indicator, areas=area_codes(session, area) if area else None, below=below,
            period=read_period(period) if period else None, published=span_of(since, until, last=today().date()),
            outlet=outlet, speakers=person_keys(session, speaker) if speaker else None, role=role, unit=unit,
            articles=articles, sentences=False,
        )  # fmt: skip
        return claims(session, wanted)


Asks = Annotated[list[Claim], Depends(asked_for)]


@router.get("/figures")
@needs("viewer")
def figures(
    ctx: Ctx,
    found: Asks,
    limit: Limit = 50,
    after: Annotated[str | None, Query(max_length=200, description="`next` of the page before.")] = None,
) -> shapes.Claims:
    """Claims by day of publication, one a figure: what is how much, where and when, by whom, in which outlet."""
    begin = _begin(found, after)
    page = found[begin : begin + limit]
    more = page and begin + limit < len(found)
    with ctx.db.read() as session:
        page = with_words(session, page)
    return shapes.Claims(
        total=len(found),
        claims=[shapes.Claim.model_validate(claim) for claim in page],
        next=_cursor(page[-1]) if more else None,
    )


@router.get("/ledger")
@needs("viewer")
def ledger(ctx: Ctx, found: Asks) -> shapes.Ledger:
    """What the claims say of each other: conflicts side by side, revisions, what was reached of targets."""
    with ctx.db.read() as session:
        worded = {(claim.article_id, claim.start): claim for claim in with_words(session, read_ledger(found).told)}
    read = read_ledger([worded.get((claim.article_id, claim.start), claim) for claim in found])
    return shapes.Ledger.model_validate(
        {
            "total": len(read.claims),
            "conflicts": read.conflicts,
            "revisions": read.revisions,
            "progress": read.progress,
        }
    )


def _order(claim: Claim) -> tuple[bool, str, str, int]:
    day = claim.published.isoformat() if claim.published else ""
    return claim.published is None, day, claim.article_id, claim.start


def _cursor(claim: Claim) -> str:
    _undated, day, article_id, start = _order(claim)
    return base64.urlsafe_b64encode(f"{day or '-'} {article_id} {start}".encode()).decode()


def _begin(found: Sequence[Claim], after: str | None) -> int:
    """The place of the first claim behind a page's end. Raises InputError for what is no cursor."""
    if not after:
        return 0
    try:
        day, article_id, start = base64.urlsafe_b64decode(after.encode()).decode().split(" ")
        end = (day == "-", "" if day == "-" else day, article_id, int(start))
    except (binascii.Error, ValueError) as error:
        raise InputError("after=%(after)r is no cursor; take the value of `next`", after=after) from error
    return next((at for at, claim in enumerate(found) if _order(claim) > end), len(found))
