"""Written dates and times, Indonesian first: every shape that outlets use, read out of any string."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from functools import lru_cache

from scraper.clock import WIB

_MONTH_NAMES = (
    "januari|jan|january",
    "februari|pebruari|feb|peb|february",
    "maret|mar|march|mrt",
    "april|apr",
    "mei|may",
    "juni|jun|june",
    "juli|jul|july",
    "agustus|agu|ags|agt|agst|aug|august",
    "september|sep|sept",
    "oktober|okt|october|oct",
    "november|nopember|nov|nop",
    "desember|des|december|dec",
)
_DAY_NAMES = (
    "senin|sen|monday|mon",
    "selasa|sel|tuesday|tues?",
    "rabu|rab|wednesday|wed",
    "kamis|kam|thursday|thu(?:rs)?",
    "jum['’`]?at|jum|friday|fri",
    "sabtu|sab|saturday|sat",
    "minggu|min|mgg|ahad|sunday|sun",
)
_MONTHS = {name: number for number, names in enumerate(_MONTH_NAMES, 1) for name in names.split("|")}
_ZONES = {"wib": WIB, "wita": timezone(timedelta(hours=8)), "wit": timezone(timedelta(hours=9)), "gmt": UTC, "utc": UTC}

_DAY = rf"(?:(?P<weekday>{'|'.join(_DAY_NAMES)})\b\.?)"
_MONTH = rf"(?P<month>{'|'.join(sorted(_MONTHS, key=len, reverse=True))})"
_TIME = (
    r"(?:\s*(?:[,|•·/@–—-]|pukul|jam|at|on|\|)*\s*(?:pukul|jam|at)?\s*(?<![\d/])(?P<hour>[01]?\d|2[0-3])[:.](?P<minute>[0-5]\d)"
    r"(?:[:.](?P<second>[0-5]\d))?(?![\d/.%]|\s*(?:persen|juta|miliar|ribu))\s*(?P<half>[ap]\.?m\b\.?)?\s*\(?(?:(?P<zone>WIB|WITA|WIT|(?:GMT|UTC)(?:\s?[+-]\d{1,2}(?::?\d\d)?)?|[+-]\d{4})\b)?)?"
)
_SHAPES = tuple(
    re.compile(shape + _TIME, re.I)
    for shape in (
        rf"(?:{_DAY}\s*[,(/|]?\s*)?(?<![\d.])(?<!\d,)(?P<day>[0-3]?\d)(?:st|nd|rd|th)?[\s-]+{_MONTH}\.?[\s,-]+(?P<year>(?:19|20)\d\d)\b",
        rf"(?:{_DAY}\s*[,(/|]?\s*)?\b{_MONTH}\.?\s+(?P<day>[0-3]?\d)(?:st|nd|rd|th)?,?\s+(?P<year>(?:19|20)\d\d)\b",
        rf"(?:{_DAY}\s*[,|]?\s*\(?\s*)?(?<![\d/.-])(?P<day>[0-3]?\d)(?P<sep>[/-])(?P<num>[01]?\d)(?P=sep)(?P<year>(?:19|20)\d\d|\d\d)(?![\d/])\)?",
        rf"(?:{_DAY}\s*[,|]?\s*)?(?<![\d/.-])(?P<day>[0-3]?\d)\.(?P<num>[01]?\d)\.(?P<year>(?:19|20)\d\d)(?![\d/.])",
        r"(?<![\d/-])(?P<year>(?:19|20)\d\d)(?P<sep>[/-])(?P<num>[01]?\d)(?P=sep)(?P<day>[0-3]?\d)(?!\d)",
    )
)
_TIME_BEFORE = re.compile(
    r"(?<![\d.,:/])(?P<hour>[01]?\d|2[0-3])[:.](?P<minute>[0-5]\d)(?:[:.](?P<second>[0-5]\d))?\s*(?P<zone>WIB|WITA|WIT)?"
    r"\s*(?:[,|•·@–—-]\s*)?$",
    re.I,
)
"""A clock that stands before its day."""
_DIGIT = re.compile(r"\d")
_CACHED = 300
"""Characters; a byline is read for date, reporter and teasers."""
_ISO = re.compile(
    r"^\s*(?P<year>(?:19|20)\d\d)-(?P<num>[01]?\d)-(?P<day>[0-3]?\d)"
    r"(?:[T ]+(?P<hour>[012]?\d)(?P<colon>[:.-])(?P<minute>[0-5]\d)"
    r"(?:(?P=colon)(?P<second>[0-5]\d)(?:[.,]\d+)?)?\s*(?P<zone>Z|UTC|[+-]\d\d:?\d\d|[+-]\d\d)?)?",
    re.I,
)
_COMPACT = re.compile(r"^\s*(?P<year>20\d\d)(?P<num>[01]\d)(?P<day>[0-3]\d)(?:T?(?P<hour>[012]\d)(?P<minute>[0-5]\d))?")


@dataclass(frozen=True, slots=True)
class Moment:
    """A date, perhaps with its time, as it was written."""

    day: date
    hour: int | None
    """Hour and minute of the written clock; None where only the day is written."""
    minute: int | None
    second: int
    zone: timezone | None
    """The zone that was written, if any."""
    raw: str
    start: int
    """Where in the string it begins."""
    end: int
    weekday_fits: bool | None
    """Whether the weekday written beside it is right; None where none is written."""

    def value(self, *, local: timezone | None = WIB) -> datetime | date:
        """An aware time where time and zone are known (``local`` is the unwritten one), else the day."""
        zone = self.zone or local
        if self.hour is None or self.minute is None or zone is None:
            return self.day
        return datetime(self.day.year, self.day.month, self.day.day, self.hour, self.minute, self.second, tzinfo=zone)


def moments_in(text: str) -> list[Moment]:
    """Every written date in a string that exists in the calendar, in the order of the text, without overlaps."""
    if not _DIGIT.search(text):
        return []
    return list(_cached(text)) if len(text) <= _CACHED else _found(text)


@lru_cache(maxsize=2048)
def _cached(text: str) -> tuple[Moment, ...]:
    return tuple(_found(text))


def _found(text: str) -> list[Moment]:
    found: list[Moment] = sorted(_all(text), key=lambda moment: (moment.start, -moment.end))
    out: list[Moment] = []
    for moment in found:
        if not out or moment.start >= out[-1].end:
            out.append(moment)
    return out


def machine_moment(raw: str) -> Moment | None:
    """The date of a machine-readable value: ISO 8601 and its common mistakes, else any written shape.

    A false ``Z`` after a broken time (``2023-11-02T20-59-53Z``) is no zone.
    """
    match = _ISO.match(raw) or _COMPACT.match(raw)
    if match is None:
        return next(iter(moments_in(raw)), None)
    return _moment(match, raw)


def _all(text: str) -> Iterator[Moment]:
    for shape in _SHAPES:
        for match in shape.finditer(text):
            moment = _moment(match, text)
            if moment is not None:
                yield moment


def _moment(match: re.Match[str], text: str) -> Moment | None:
    parts = match.groupdict()
    before = _TIME_BEFORE.search(text[max(0, match.start() - 24) : match.start()]) if not parts.get("hour") else None
    if before:
        parts |= before.groupdict()
    try:
        day = date(_year(parts["year"]), _month(parts), int(parts["day"]))
    except ValueError:
        return None
    hour = _hour(parts)
    return Moment(
        day=day,
        hour=hour,
        minute=int(parts["minute"]) if hour is not None else None,
        second=int(parts.get("second") or 0),
        zone=_zone(parts),
        raw=match[0].strip(" ,|-–—"),
        start=match.start(),
        end=match.end(),
        weekday_fits=_weekday_fits(parts.get("weekday"), day),
    )


def _year(raw: str) -> int:
    return int(raw) + 2000 if len(raw) == 2 else int(raw)


def _month(parts: dict[str, str | None]) -> int:
    name = parts.get("month")
    return _MONTHS[name.lower()] if name else int(parts.get("num") or 0)


def _hour(parts: dict[str, str | None]) -> int | None:
    raw = parts.get("hour")
    if raw is None or int(raw) > 23:
        return None
    half = (parts.get("half") or "").lower()[:1]
    return int(raw) % 12 + (12 if half == "p" else 0) if half else int(raw)


def _zone(parts: dict[str, str | None]) -> timezone | None:
    raw = (parts.get("zone") or "").lower()
    if raw in _ZONES:
        return _ZONES[raw]
    if raw == "z":
        return UTC if parts.get("colon") == ":" else None
    offset = re.fullmatch(r"(?:(?:gmt|utc)\s?)?([+-])(0?\d|1[0-4]):?([0-5]\d)?", raw)
    if offset is None:
        return None
    span = timedelta(hours=int(offset[2]), minutes=int(offset[3] or 0))
    return timezone(-span if offset[1] == "-" else span)


def _weekday_fits(raw: str | None, day: date) -> bool | None:
    if not raw:
        return None
    return re.fullmatch(_DAY_NAMES[day.weekday()], raw, re.I) is not None
