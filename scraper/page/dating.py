"""What the search for a date looks at, and which dates can be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone

from scraper.clock import WIB
from scraper.items import DatedBy, DateSource
from scraper.page.layout import Layout
from scraper.page.moments import Moment
from scraper.page.structured import Structured

_FIRST_YEAR = 1995


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What the search for a date looks at."""

    data: Structured
    layout: Layout
    body: Sequence[str]
    addresses: Sequence[str] = ()
    """The page's URLs, the surest first."""
    language: str = "id"
    html: str = ""
    fetched_at: datetime | None = None
    pinned: Sequence[str] = ()
    """Strings that the site's own rules name as the date."""

    @property
    def local(self) -> timezone | None:
        """The zone of a clock without one: western Indonesia on Indonesian pages, unknown elsewhere."""
        return WIB if self.language in ("id", "ms") else None

    def dated(self, moment: Moment, source: DateSource, *, raw: str = "") -> DatedBy | None:
        """A date that can be: not before the web, not after the page was fetched."""
        return can_be(moment, source, local=self.local, fetched_at=self.fetched_at, raw=raw)


def can_be(
    moment: Moment,
    source: DateSource,
    *,
    local: timezone | None = WIB,
    fetched_at: datetime | None = None,
    raw: str = "",
) -> DatedBy | None:
    """A moment as a date with its evidence; None before the web and after ``fetched_at``."""
    value = moment.value(local=local)
    newest = (fetched_at or datetime(2100, 1, 1, tzinfo=UTC)).astimezone(WIB).date() + timedelta(days=1)
    if moment.day.year < _FIRST_YEAR or day_of(value) > newest:
        return None
    return DatedBy(value=value, evidence=source, raw=raw or moment.raw)


def day_of(value: datetime | date) -> date:
    """The day in western Indonesia."""
    return value.astimezone(WIB).date() if isinstance(value, datetime) else value
