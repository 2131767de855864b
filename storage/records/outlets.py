"""What an office knows about outlets: label, tier, press status, area, medium; and all whose articles are stored."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, get_args

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from scraper.errors import InputError
from storage.records.cleaning import clean_string
from storage.records.tables import ArticleRow
from storage.records.tables_work import OutletRow

PressStatus = Literal["factual", "administrative", "registered", "none"]
"""Terverifikasi faktual, terverifikasi administrasi, berbadan hukum, belum."""
Medium = Literal["online", "print", "tv", "radio", "social"]
TIERS = (1, 2, 3)
FACTS = ("label", "tier", "press_status", "area", "medium", "note")


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
    articles: int
    """Stored articles of it that are not withdrawn."""


def save_outlet(session: Session, site: str, **facts: Any) -> Outlet:
    """Say ``label``, ``tier``, ``press_status``, ``area``, ``medium`` or ``note`` of an outlet; the others stay.

    ``None`` takes a fact back. Raises InputError for what is no fact of an outlet.
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
    for name, value in facts.items():
        setattr(row, name, _cleaned(value))
    session.add(row)
    session.flush()
    return _outlet(site, row, _counts(session).get(site, 0))


def get_outlet(session: Session, site: str) -> Outlet:
    """What is known of an outlet; of an unknown one its name."""
    query = select(func.count()).where(ArticleRow.site == site, ArticleRow.withdrawn_at.is_(None))
    return _outlet(site, session.get(OutletRow, site), session.execute(query).scalar_one())


def all_outlets(session: Session) -> list[Outlet]:
    """Every outlet of which articles are stored or something is known, by label."""
    counts, rows = _counts(session), {row.site: row for row in session.scalars(select(OutletRow))}
    found = [_outlet(site, rows.get(site), counts.get(site, 0)) for site in {*counts, *rows} if site]
    return sorted(found, key=lambda outlet: (outlet.label.casefold(), outlet.site))


def outlet_labels(session: Session) -> dict[str, str]:
    """Site -> label, for those that have one."""
    rows = session.execute(select(OutletRow.site, OutletRow.label).where(OutletRow.label.is_not(None)))
    return {site: str(label) for site, label in rows}


def _counts(session: Session) -> dict[str, int]:
    query = select(ArticleRow.site, func.count()).where(ArticleRow.withdrawn_at.is_(None)).group_by(ArticleRow.site)
    return {site: count for site, count in session.execute(query)}


def _check(facts: dict[str, Any], name: str, choices: tuple[Any, ...]) -> None:
    if name in facts and facts[name] not in choices:
        known = ", ".join(str(choice) for choice in choices if choice is not None)
        raise InputError(
            "%(facts)r is no %(value)s; choose %(known)s", facts=facts[name], value=name.replace("_", " "), known=known
        )


def _cleaned(value: Any) -> Any:
    return " ".join(clean_string(value).split()) or None if isinstance(value, str) else value


def _outlet(site: str, row: OutletRow | None, articles: int) -> Outlet:
    row = row or OutletRow(site=site, medium="online")
    values: dict[str, Any] = {"press_status": row.press_status, "medium": row.medium}
    return Outlet(
        site=site, label=row.label or site, tier=row.tier, area=row.area, note=row.note, articles=articles, **values
    )
