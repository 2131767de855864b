"""The one place that asks for the time, so that ``PANTAU_NOW`` can fix it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

from scraper.config import fixed_now

WIB = timezone(timedelta(hours=7), "WIB")
"""Asia/Jakarta; western Indonesia has had no daylight saving since 1964, so a fixed offset is exact."""


def now() -> datetime:
    """The current time, aware, in UTC; ``PANTAU_NOW`` (ISO 8601) fixes it."""
    return (fixed_now() or datetime.now(UTC)).astimezone(UTC)


def today() -> datetime:
    """The current time in western Indonesia; its ``.date()`` is the local day."""
    return now().astimezone(WIB)


def local_day(value: datetime | date) -> date:
    """The day in western Indonesia."""
    return value.astimezone(WIB).date() if isinstance(value, datetime) else value
