"""Renders the date tokens of the demo stories, so that their news is always as old as it should be."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from scraper.errors import InputError

WEEKDAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
MONTHS = (
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
)
ROMAN = ("I", "II", "III", "IV")
_TOKEN = re.compile(r"\{([^{}]*)\}")
_SHAPE = re.compile(r"([a-z_]+)(?::([+-]?\d+|[a-z]+))?")


def render_tokens(text: str, *, day: date) -> str:
    """``text`` with every ``{token}`` written out as seen from ``day``; the tokens stand in ``demo.story``.

    Raises InputError with the token that is unknown or has a wrong argument, and for a lone brace.
    """
    rendered = _TOKEN.sub(lambda match: _render(match[1], day), text)
    if "{" in rendered or "}" in rendered:
        raise InputError("a brace stands alone; tokens are written {name} or {name:argument}")
    return rendered


def _render(token: str, day: date) -> str:
    shape = _SHAPE.fullmatch(token)
    name, argument = (shape[1], shape[2] or "0") if shape else ("", "0")
    if name in _OF_DAY:
        return _OF_DAY[name](_moved_day(day, argument, token))
    if name in _OF_NUMBER and re.fullmatch(r"[+-]?\d+", argument):
        return _OF_NUMBER[name](day, int(argument))
    raise InputError(f"the token {{{token}}} is unknown; the list stands in demo/story.py")


def _moved_day(day: date, argument: str, token: str) -> date:
    if argument.capitalize() in WEEKDAYS:
        return day - timedelta(days=(day.weekday() - WEEKDAYS.index(argument.capitalize())) % 7)
    try:
        return day + timedelta(days=int(argument))
    except ValueError as error:
        raise InputError(f"{{{token}}} needs a number of days or a weekday such as 'minggu'") from error


def _period(day: date, number: int, *, months: int) -> tuple[int, int]:
    """Year and zero-based index of the period of ``months`` months that lies ``number`` periods away."""
    per_year = 12 // months
    return divmod(day.year * per_year + (day.month - 1) // months + number, per_year)


def _last_ended(day: date, quarter: int) -> tuple[int, int]:
    """Year and zero-based index of the latest quarter with this number that is over on ``day``."""
    if quarter not in (1, 2, 3, 4):
        raise InputError(f"quarter {quarter} does not exist; give 1 to 4")
    year, index = _period(day, -1, months=3)
    return (year if index >= quarter - 1 else year - 1), quarter - 1


def _month_year(day: date, number: int) -> str:
    year, index = _period(day, number, months=1)
    return f"{MONTHS[index]} {year}"


def _quarter_year(year: int, index: int) -> str:
    return f"triwulan {ROMAN[index]} {year}"


def _semester_year(year: int, index: int) -> str:
    return f"semester {ROMAN[index]} {year}"


_OF_DAY: dict[str, Callable[[date], str]] = {
    "hari": lambda day: WEEKDAYS[day.weekday()],
    "tgl": lambda day: f"{day.day}/{day.month}/{day.year}",
    "tgl_pendek": lambda day: f"{day.day}/{day.month}",
    "tanggal": lambda day: f"{day.day} {MONTHS[day.month - 1]} {day.year}",
    "tanggal_bulan": lambda day: f"{day.day} {MONTHS[day.month - 1]}",
    "hari_tgl": lambda day: f"{WEEKDAYS[day.weekday()]} ({day.day}/{day.month}/{day.year})",
    "hari_tanggal": lambda day: f"{WEEKDAYS[day.weekday()]}, {day.day} {MONTHS[day.month - 1]} {day.year}",
}
_OF_NUMBER: dict[str, Callable[[date, int], str]] = {
    "tahun": lambda day, number: str(day.year + number),
    "bulan": lambda day, number: MONTHS[_period(day, number, months=1)[1]],
    "bulan_tahun": _month_year,
    "tahun_bulan": lambda day, number: str(_period(day, number, months=1)[0]),
    "triwulan": lambda day, number: f"triwulan {ROMAN[_period(day, number, months=3)[1]]}",
    "triwulan_tahun": lambda day, number: _quarter_year(*_period(day, number, months=3)),
    "tahun_triwulan": lambda day, number: str(_period(day, number, months=3)[0]),
    "semester": lambda day, number: f"semester {ROMAN[_period(day, number, months=6)[1]]}",
    "semester_tahun": lambda day, number: _semester_year(*_period(day, number, months=6)),
    "tahun_semester": lambda day, number: str(_period(day, number, months=6)[0]),
    "triwulan_ke": lambda day, quarter: _quarter_year(*_last_ended(day, quarter)),
    "tahun_triwulan_ke": lambda day, quarter: str(_last_ended(day, quarter)[0]),
}
