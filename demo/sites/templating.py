"""Renders the templates of the demo sites; whatever goes into them is escaped."""

from __future__ import annotations

from datetime import UTC, date, datetime
from email.utils import format_datetime
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from demo.date_tokens import MONTHS, WEEKDAYS
from demo.sites.pieces import slug_of

TEMPLATES = (Path(__file__).parent / "templates", Path(__file__).parent.parent / "styles" / "templates")


def render(template: str, **values: Any) -> str:
    """A template filled with values."""
    return _environment().get_template(template).render(**values)


def long_date(day: date, *, padded: bool = False) -> str:
    """``Kamis, 2 Mei 2024``, with ``padded`` ``Kamis, 02 Mei 2024``."""
    number = f"{day.day:02d}" if padded else str(day.day)
    return f"{WEEKDAYS[day.weekday()]}, {number} {MONTHS[day.month - 1]} {day.year}"


def label(slug: str) -> str:
    """``kota-tirtasari`` -> ``Kota Tirtasari``."""
    return slug.replace("-", " ").title()


def _rfc_date(moment: datetime) -> str:
    return format_datetime(moment.astimezone(UTC))


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    environment.filters |= {"long_date": long_date, "label": label, "rfc_date": _rfc_date, "slug": slug_of}
    return environment
