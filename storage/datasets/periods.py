"""The days that a period of a figure covers."""

from __future__ import annotations

import calendar
import re
from datetime import date
from functools import lru_cache

_PERIOD = re.compile(r"(\d{4})(?:-(?:(\d{2})(?:-(\d{2}))?|Q([1-4])|S([12])))?")


@lru_cache(maxsize=4096)
def period_days(period: str | None) -> tuple[date | None, date | None]:
    """First and last day of YYYY, YYYY-MM, YYYY-MM-DD, YYYY-Qn, YYYY-Sn or START/END; ``None`` where it is none."""
    start, _, end = (period or "").partition("/")
    first, last = _days(start), _days(end or start)
    return (first[0] if first else None), (last[1] if last else None)


def _days(period: str) -> tuple[date, date] | None:
    found = _PERIOD.fullmatch(period)
    if found is None:
        return None
    year, month, day, quarter, half = (int(part) if part else 0 for part in found.groups())
    try:
        if day:
            return date(year, month, day), date(year, month, day)
        length = 3 if quarter else 6 if half else 1 if month else 12
        first = month or length * ((quarter or half or 1) - 1) + 1
        last = first + length - 1
        return date(year, first, 1), date(year, last, calendar.monthrange(year, last)[1])
    except ValueError:
        return None  # no such day
