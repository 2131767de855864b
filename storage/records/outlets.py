"""What an office knows about outlets: label, tier, press status, area, medium; each change is kept."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, get_args

from sqlalchemy import select
from sqlalchemy.orm import Session

from scraper.clock import now
from scraper.errors import ConflictError, InputError
from storage.records.cleaning import clean_string
from storage.records.tables_work import OutletChangeRow, OutletRow

PressStatus = Literal["factual", "administrative", "registered", "none"]
"""Terverifikasi faktual, terverifikasi administrasi, berbadan hukum, belum."""
Medium = Literal["online", "print", "tv", "radio", "social"]
TIERS = (1, 2, 3)
FACTS = ("label", "tier", "press_status", "area", "medium", "note")
LONGEST = 1000
"""Characters of a label, an area or a note."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlet:
    """One outlet."""

    site: str
    """Name of the source, or the host."""
    label: str
    """Its name for readers; ``site`` where nobody gave one."""
    tier: int | None
    """Weight as the office sees it; 1 is the highest."""
    press_status: PressStatus | None
    """What the press council says of it."""
    area: str | None
    """Code of the region that it writes about."""
    medium: Medium
    note: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OutletChange:
    """What somebody said of an outlet."""

    id: int
    was: dict[str, Any]
    """The facts that changed, as they were; ``None`` for one that nobody had said."""
    values: dict[str, Any]
    made_by: str
    made_at: datetime


def save_outlet(session: Session, site: str, *, by: str, **facts: Any) -> Outlet:
    """Say ``label``, ``tier``, ``press_status``, ``area``, ``medium`` or ``note`` of an outlet; the others stay.

    ``None`` takes a fact back. What changes is kept with ``by``. Raises InputError for what is no fact of an outlet.
    """
    site = clean_string(site).strip()
    if not site:
        raise InputError("an outlet needs the name of its source, or its host")
    if unknown := sorted(set(facts) - set(FACTS)):
        raise InputError("an outlet has no %(unknown)r; it has %(known)s", unknown=unknown[0], known=", ".join(FACTS))
    _check(facts, "tier", (*TIERS, None))
    _check(facts, "press_status", (*get_args(PressStatus), None))
    _check(facts, "medium", get_args(Medium))
    row = session.get(OutletRow, site) or OutletRow(site=site, medium="online")
    said = {name: _cleaned(value) for name, value in facts.items()}
    _keep_change(session, row, {name: value for name, value in said.items() if value != getattr(row, name)}, by=by)
    for name, value in said.items():
        setattr(row, name, value)
    session.add(row)
    session.flush()
    return _outlet(site, row)


def undo_outlet(session: Session, site: str, *, by: str) -> Outlet:
    """Say of an outlet what was said before its last change; doing it twice changes nothing. Raises ConflictError."""
    made = outlet_history(session, site, limit=1)
    if not made:
        raise ConflictError("nothing was said of %(site)r that could be taken back", site=site)
    return save_outlet(session, site, by=by, **made[0].was)


def outlet_history(session: Session, site: str, *, limit: int = 50) -> list[OutletChange]:
    """What was said of an outlet, the newest first."""
    query = select(OutletChangeRow).where(OutletChangeRow.site == site).order_by(OutletChangeRow.id.desc())
    return [
        OutletChange(id=row.id, was=row.was, values=row.values, made_by=row.made_by, made_at=row.made_at)
        for row in session.scalars(query.limit(limit))
    ]


def get_outlet(session: Session, site: str) -> Outlet:
    """What is known of an outlet; of an unknown one its name."""
    return _outlet(site, session.get(OutletRow, site))


def all_outlets(session: Session, *, named: Iterable[str] = ()) -> list[Outlet]:
    """Every outlet of which something is known, and those that are ``named`` besides, by label."""
    rows = {row.site: row for row in session.scalars(select(OutletRow))}
    found = [_outlet(site, rows.get(site)) for site in {*named, *rows} if site]
    return sorted(found, key=lambda outlet: (outlet.label.casefold(), outlet.site))


def outlet_labels(session: Session) -> dict[str, str]:
    """Site -> label, for those that have one."""
    rows = session.execute(select(OutletRow.site, OutletRow.label).where(OutletRow.label.is_not(None)))
    return {site: str(label) for site, label in rows}


def _keep_change(session: Session, row: OutletRow, values: dict[str, Any], *, by: str) -> None:
    if values:
        was = {name: getattr(row, name) for name in values}
        session.add(OutletChangeRow(site=row.site, was=was, values=values, made_by=by, made_at=now()))


def _check(facts: dict[str, Any], name: str, choices: tuple[Any, ...]) -> None:
    if name in facts and facts[name] not in choices:
        known = ", ".join(str(choice) for choice in choices if choice is not None)
        raise InputError(
            "%(value)r is no %(what)s of an outlet; choose %(known)s", value=facts[name], what=name, known=known
        )


def _cleaned(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    text = " ".join(clean_string(value).split())
    if len(text) > LONGEST:
        raise InputError(
            "a fact of an outlet has up to %(most)s letters; this has %(count)s", most=LONGEST, count=len(text)
        )
    return text or None


def _outlet(site: str, row: OutletRow | None) -> Outlet:
    row = row or OutletRow(site=site, medium="online")
    values: dict[str, Any] = {"press_status": row.press_status, "medium": row.medium}
    return Outlet(site=site, label=row.label or site, tier=row.tier, area=row.area, note=row.note, **values)
