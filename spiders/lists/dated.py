"""Lists with a day in their address: ``/indeks?date={date:%Y-%m-%d}`` has a page or a few for each day. No network."""

from __future__ import annotations

import re
from datetime import date
from urllib.parse import unquote

PLACE = re.compile(r"\{date:([^{}]+)\}")


def is_dated(address: str) -> bool:
    """Whether an address has a place for a day."""
    return PLACE.search(address) is not None


def on_day(address: str, day: date) -> str:
    """The address of one day's list."""
    return PLACE.sub(lambda place: day.strftime(place.group(1)), address)


def is_of_day(url: str, address: str, day: date) -> bool:
    """Whether ``url`` still names the day: every stamp that the address writes for it stands in it."""
    stamps = (day.strftime(form) for form in PLACE.findall(address))
    return all(stamp in unquote(url) for stamp in stamps)


def check_places(address: str) -> str | None:
    """What is wrong with the places of an address; None where nothing is."""
    forms = PLACE.findall(address)
    if len(re.findall(r"[{}]", address)) != 2 * len(forms):
        return "a place for the day is written {date:%Y-%m-%d}, with any form of strftime"
    days = (date(2026, 3, 4), date(2026, 3, 5), date(2026, 4, 4), date(2027, 3, 4))
    if forms and len({on_day(address, day) for day in days}) != len(days):
        return "the place for the day must write day, month and year, such as {date:%Y-%m-%d}"
    return None
