"""What stands in addresses and forms, as values that can be worked with."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import Path

from scraper.errors import InputError

MOST_ROWS = 2**31 - 1
"""The largest number of a row that every database knows."""
RowNumber = Annotated[int, Path(ge=1, le=MOST_ROWS)]
"""The number of a stored row in an address."""


def given_day(text: str) -> date | None:
    """The day of a date field, ``None`` for an empty one. Raises InputError for what is no day."""
    if not text.strip():
        return None
    try:
        return date.fromisoformat(text.strip())
    except ValueError as error:
        raise InputError("%(day)r is no day; choose one from the calendar, or write 2026-01-31", day=text) from error
