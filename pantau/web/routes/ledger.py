"""Angka: what was claimed of an indicator, by whom and where; what contradicts stands side by side, never averaged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Depends, Query
from fastapi.responses import HTMLResponse

from pantau.web.access import needs
from pantau.web.charts import claims_chart
from pantau.web.context import Context, context
from pantau.wording import FIGURE_ROLES, INDICATORS
from scraper.clock import today
from scraper.errors import PantauError
from storage.records.names import display_names, person_keys
from storage.trends.claims import Asked, Claim, area_codes, claims, has_older
from storage.trends.ledger import Ledger, read_ledger
from storage.trends.periods import read_period
from storage.trends.spans import Span

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

router = APIRouter()
SHOWN = 200
SHOWN_PAIRS = 50
"""Conflicts, revisions and targets that are shown, of each."""
CHARTED = 500
LOOKED_AT = 3_000
"""Claims that a page looks at, the latest published of those asked for: what takes about a fifth of a second."""
LATELY = 90
"""Days of publication that are looked at where nothing was asked for."""
Text = Annotated[str, Query(max_length=200)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What the address of the page asks for, as it was written."""

    indikator: str = ""
    wilayah: str = ""
    periode: str = ""
    media: str = ""
    narasumber: str = ""
    peran: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing was asked for that leaves few claims."""
        return not any((self.indikator, self.wilayah, self.periode, self.media, self.narasumber))


@router.get("/angka", response_class=HTMLResponse)
@needs("viewer")
def ledger_page(
    ctx: Annotated[Context, Depends(context)],
    indikator: Text = "",
    wilayah: Text = "",
    periode: Text = "",
    media: Text = "",
    narasumber: Text = "",
    peran: Text = "",
) -> HTMLResponse:
    """The ledger of claims: conflicts first, then targets, then every claim with its source."""
    asked = Filters(
        indikator=indikator if indikator in INDICATORS else "", wilayah=wilayah.strip(), periode=periode.strip(),
        media=media.strip(), narasumber=narasumber.strip(), peran=peran if peran in FIGURE_ROLES else "",
    )  # fmt: skip
    try:
        with ctx.db.read() as session:
            wanted = _wanted(session, asked)
            ledger, older = read_ledger(claims(session, wanted)), has_older(session, wanted)
            shown = ledger.claims[::-1][:SHOWN]
            speakers = display_names(session, "persons", sorted(_speakers(ledger, shown)))
    except PantauError as error:
        return ctx.page(
            "ledger.html", status=400, asked=asked, error=error, indicators=INDICATORS, roles=FIGURE_ROLES, ledger=None
        )
    charted = _of_one_unit(ledger.claims)[-CHARTED:] if asked.indikator else []
    return ctx.page(
        "ledger.html", asked=asked, error=None, indicators=INDICATORS, roles=FIGURE_ROLES, ledger=ledger, shown=shown,
        chart=claims_chart(charted) if len(charted) > 1 else None, lately=LATELY, pairs=SHOWN_PAIRS,
        looked_at=LOOKED_AT, older=older, speakers=speakers,
    )  # fmt: skip


def _wanted(session: Session, asked: Filters) -> Asked:
    """What storage is asked for; raises PantauError for a period or an area that cannot be read."""
    day = today().date()
    return Asked(
        indicator=asked.indikator or None,
        areas=area_codes(session, asked.wilayah) if asked.wilayah else None,
        period=read_period(asked.periode) if asked.periode else None,
        published=Span(day - timedelta(days=LATELY), day) if asked.is_empty else None,
        outlet=asked.media or None,
        speakers=person_keys(session, asked.narasumber) if asked.narasumber else None,
        role=asked.peran or None,
        newest=LOOKED_AT,
        sentences=False,
    )


def _speakers(ledger: Ledger, shown: Sequence[Claim]) -> set[str]:
    """Who says what the page shows."""
    told = replace(
        ledger,
        conflicts=ledger.conflicts[:SHOWN_PAIRS],
        revisions=ledger.revisions[:SHOWN_PAIRS],
        progress=ledger.progress[:SHOWN_PAIRS],
    ).told
    return {claim.speaker for claim in (*shown, *told) if claim.speaker}


def _of_one_unit(found: tuple[Claim, ...]) -> list[Claim]:
    """The dated claims in the unit that most of them have: two units on one axis would lie."""
    units = [claim.comparable_unit for claim in found]
    most = max(set(units), key=units.count, default="")
    return [claim for claim in found if claim.comparable_unit == most and claim.days is not None]
