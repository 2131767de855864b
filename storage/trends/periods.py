"""The ISO form of a figure's period as days, and what lies in what. Pure."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from functools import lru_cache

from scraper.errors import InputError
from storage.trends.spans import Span

_PERIOD = re.compile(r"(?P<year>\d{4})(?:-(?:(?P<month>\d\d)(?:-(?P<day>\d\d))?|Q(?P<quarter>[1-4])|S(?P<half>[12])))?")


@lru_cache(maxsize=10_000)
def period_days(period: str | None) -> Span | None:
    """The days of ``2026``, ``2026-03``, ``2026-03-02``, ``2026-Q1``, ``2026-S1`` or ``START/END``; else ``None``."""
    parts = [_days(part) for part in (period or "").split("/")]
    first, last = parts[0], parts[-1]
    if first is None or last is None or len(parts) > 2 or first.start > last.end:
        return None
    return Span(first.start, last.end)


def read_period(period: str) -> Span:
    """The days of a period that a person wrote; raises InputError where it is none."""
    found = period_days(period.strip().upper())
    if found is None:
        raise InputError(
            "%(period)r is no period; write 2026, 2026-03, 2026-Q1, 2026-S1 or 2026-01/2026-03", period=period
        )
    return found


def lies_in(inner: Span, outer: Span) -> bool:
    """Whether all days of one span are days of another."""
    return outer.start <= inner.start and inner.end <= outer.end


def _days(part: str) -> Span | None:
    match = _PERIOD.fullmatch(part)
    if match is None:
        return None
    year = int(match["year"])
    first, last = 1, 12
    for name, months in (("month", 1), ("quarter", 3), ("half", 6)):
        if match[name]:
            last = int(match[name]) * months
            first = last - months + 1
    try:
        if match["day"]:
            return Span(*(date(year, last, int(match["day"])),) * 2)
        return Span(date(year, first, 1), date(year, last, monthrange(year, last)[1]))
    except ValueError:
        return None
