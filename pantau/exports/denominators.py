"""The tables that belong to no article: what was crawled of each outlet and day, and when an outlet was not read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from typing import TYPE_CHECKING, Any

from scraper.clock import WIB
from storage.trends.coverage import Coverage, coverage
from storage.trends.outages import Outage, outages

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

Row = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Denominator:
    """One exportable table: its columns and how the database becomes rows of it."""

    columns: tuple[str, ...]
    rows: Callable[[Session], Iterator[Row]]


def _coverage(session: Session) -> Iterator[Row]:
    return (asdict(row) | {"day": row.day.isoformat()} for row in coverage(session))


def _outages(session: Session) -> Iterator[Row]:
    return (asdict(row) | {"start": _iso(row.start), "end": _iso(row.end)} for row in outages(session))


def _iso(moment: datetime | None) -> str | None:
    return moment.astimezone(WIB).isoformat(timespec="seconds") if moment else None


DENOMINATORS = {
    "coverage": Denominator(columns=tuple(field.name for field in fields(Coverage)), rows=_coverage),
    "outages": Denominator(columns=tuple(field.name for field in fields(Outage)), rows=_outages),
}
"""Tables by name; the fields of each row are those of its class."""
