"""Dates and periods in a text, each as ISO: ``2020``, ``2024-Q3``, ``2024-08-30``, ``2024-01/2024-03``."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

Grain = Literal["day", "month", "quarter", "semester", "year", "span"]

MONTHS = (
    "jan(?:uari)?", "feb(?:ruari)?|pebruari", "mar(?:et)?", "apr(?:il)?", "mei", "juni?", "juli?",
    "agustus|agust|agt|agu|ags", "sept?(?:ember)?", "okt(?:ober)?", "nov(?:ember)?|nop(?:ember)?", "des(?:ember)?",
)  # fmt: skip
MONTH = rf"(?:(?=[adfjmnops])(?:{'|'.join(MONTHS)})(?![\w])\.?)"
YEAR = r"(?:(?:19|20)\d\d(?![\w]|[.,]\d))"
TO = r"(?:\s*[-–—]\s*|\s+(?:hingga|sampai(?:\s+dengan)?|s\.?/?d\.?|dan|ke|menuju)\s+|\s*,\s*)"
STRICT_TO = r"(?:\s*[-–—/]\s*|\s+(?:hingga|sampai(?:\s+dengan)?|s\.?/?d\.?)\s+)"
DAY = r"(?:0?[1-9]|[12]\d|3[01])(?![\d])"
ORDINAL = r"(?:IV|I{1,3}|[1-4]|pertama|kedua|ketiga|keempat|satu|dua|tiga|empat)(?!\w)"
OF_YEAR = (
    r"(?:\s*[-/,]?\s*(?:di\s+|pada\s+)?(?:tahun\s+(?:anggaran\s+)?|TA\.?\s+)?"
    rf"(?P<y>{YEAR}|tahun (?:ini|lalu|kemarin|depan)))?"
)
PART = r"\b(?=[tksc])(?P<kind>triwulan|kuartal|tw|semester|caturwulan)\s*[-.]?\s*(?:ke[- ]?)?"
SLASHED = r"(?<![\d.,/-])(?P<d>\d{1,2})(?P<s>[/-])(?P<m>\d{1,2})(?P=s)(?P<y>(?:19|20)\d\d|\d\d)(?![\d/-])"
BUDGET = r"(?:tahun(?:\s+(?:anggaran|ajaran|buku|pelajaran|fiskal|pajak))?|TA|T\.A\.?|thn|th)"
UP_TO = re.compile(
    r"(?:hingga|sampai(?: dengan)?|s\.?/?d\.?)\s+(?:akhir\s+|dengan\s+|bulan\s+|pada\s+|per\s+)*$", re.IGNORECASE
)
MONTH_CUE = re.compile(
    r"(?:bulan|pada|hingga|per|per-|sepanjang|sejak|akhir|awal|periode|selama|tengah|posisi)\s*$", re.IGNORECASE
)
ORDINALS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "pertama": 1, "kedua": 2, "ketiga": 3, "keempat": 4,
            "satu": 1, "dua": 2, "tiga": 3, "empat": 4}  # fmt: skip
YEAR_SHIFT = {"ini": 0, "lalu": -1, "kemarin": -1, "depan": 1}


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of the text that tells a time; ``iso`` is None where the year stays unknown."""

    start: int
    end: int
    iso: str | None
    grain: Grain


def find_periods(
    text: str, *, published: date | None = None, within: Sequence[tuple[int, int]] | None = None
) -> list[Period]:
    """The dates and periods of ``text`` in reading order, without overlaps.

    ``published`` resolves ``tahun ini`` and dates without a year; without it these have no ``iso``. ``within`` are
    the stretches to look at, all of the text by default.
    """
    stretches = [(0, len(text))] if within is None else within
    found: list[Period] = []
    taken = bytearray(len(text))
    for pattern, read in PATTERNS:
        for match in (found for start, end in stretches for found in pattern.finditer(text, start, end)):
            if any(taken[match.start() : match.end()]):
                continue
            period = read(match, published)
            if period is None:
                continue
            found.append(period)
            taken[match.start() : match.end()] = b"\x01" * (match.end() - match.start())
    return sorted(found, key=lambda period: period.start)


def month_number(word: str) -> int:
    """1 to 12 for a month's name or short form."""
    low = word.lower().rstrip(".")
    return next(number for number, names in enumerate(MONTHS, 1) if re.fullmatch(names, low))


def _day_iso(year: int | None, month: int, day: int) -> str | None:
    if year is None or not 1 <= month <= 12 or not 1 <= day <= monthrange(year, month)[1]:
        return None
    return f"{year:04}-{month:02}-{day:02}"


def _year(text: str | None) -> int | None:
    if not text or not text.isdigit():
        return None
    return int(text) + 2000 if len(text) == 2 else int(text)


def _guess_year(month: int, day: int, published: date | None) -> int | None:
    """The year of a past date that names none."""
    if published is None or not 1 <= month <= 12:
        return None
    return published.year if (month, day) <= (published.month, published.day) else published.year - 1


def _relative_year(text: str | None, published: date | None) -> int | None:
    if text is None or text.isdigit():
        return _year(text)
    return published.year + YEAR_SHIFT[text.split()[-1].lower()] if published else None


def _read_days(match: re.Match[str], published: date | None) -> Period:
    """``20 Oktober hingga 8 November 2025``, ``22-28 Oktober 2025``."""
    last_month = month_number(match["m2"])
    first_month = month_number(match["m1"]) if match["m1"] else last_month
    year = _year(match["y"]) or _guess_year(last_month, int(match["d2"]), published)
    start = _day_iso(_year(match["y1"]) or year, first_month, int(match["d1"]))
    end = _day_iso(year, last_month, int(match["d2"]))
    return Period(match.start(), match.end(), f"{start}/{end}" if start and end else None, "span")


def _read_day(match: re.Match[str], published: date | None) -> Period:
    month, day = month_number(match["m"]), int(match["d"])
    iso = _day_iso(_year(match["y"]) or _guess_year(month, day, published), month, day)
    return Period(match.start(), match.end(), iso, "day")


def _read_numeric(match: re.Match[str], published: date | None) -> Period:
    month, day = int(match["m"]), int(match["d"])
    year = _year(match["y"]) if match["y"] else _guess_year(month, day, published)
    return Period(match.start(), match.end(), _day_iso(year, month, day), "day")


def _read_part(match: re.Match[str], published: date | None) -> Period:
    """A quarter or semester, with "hingga" the months up to its end."""
    word = match["n"].lower()
    number = ORDINALS.get(word) or int(word)
    half = match["kind"].lower().startswith("s")
    year = _relative_year(match["y"], published)
    if year is None or (half and number > 2):
        return Period(match.start(), match.end(), None, "semester" if half else "quarter")
    if UP_TO.search(match.string[max(0, match.start() - 30) : match.start()]) and number > 1:
        return Period(match.start(), match.end(), f"{year}-01/{year}-{number * (6 if half else 3):02}", "span")
    iso = f"{year}-S{number}" if half else f"{year}-Q{number}"
    return Period(match.start(), match.end(), iso, "semester" if half else "quarter")


def _read_months(match: re.Match[str], published: date | None) -> Period | None:
    if not match["y"] and match["c"].strip() in {",", "dan", "ke"}:
        return None
    first, last = month_number(match["m1"]), month_number(match["m2"])
    year = _relative_year(match["y"], published) or _guess_year(last, 1, published)
    start = _year(match["y1"]) or (year - 1 if year and first > last else year)
    iso = f"{start}-{first:02}/{year}-{last:02}" if year else None
    return Period(match.start(), match.end(), iso, "span")


def _read_month(match: re.Match[str], published: date | None) -> Period | None:
    before = match.string[max(0, match.start() - 30) : match.start()]
    if not match["y"] and (not MONTH_CUE.search(before) or match["m"].islower()):
        return None
    month = month_number(match["m"])
    year = _relative_year(match["y"], published) or _guess_year(month, 1, published)
    if year is None:
        return Period(match.start(), match.end(), None, "month")
    if UP_TO.search(before) and month > 1:
        return Period(match.start(), match.end(), f"{year}-01/{year}-{month:02}", "span")
    return Period(match.start(), match.end(), f"{year}-{month:02}", "month")


def _read_years(match: re.Match[str], _published: date | None) -> Period:
    start, end = match["y1"], match["y2"]
    end = start[:2] + end if len(end) == 2 else end
    return Period(match.start(), match.end(), f"{start}/{end}" if start < end else None, "span")


def _read_year(match: re.Match[str], _published: date | None) -> Period:
    return Period(match.start(), match.end(), match["y"], "year")


def _read_relative(match: re.Match[str], published: date | None) -> Period:
    shift = YEAR_SHIFT[match["shift"].lower()]
    if published is None:
        iso = None
    elif match["unit"].lower() == "tahun":
        iso = f"{published.year + shift}"
    else:
        months = published.year * 12 + published.month - 1 + shift
        iso = f"{months // 12:04}-{months % 12 + 1:02}"
    return Period(match.start(), match.end(), iso, "year" if match["unit"].lower() == "tahun" else "month")


def _read_today(match: re.Match[str], published: date | None) -> Period:
    return Period(match.start(), match.end(), published.isoformat() if published else None, "day")


Reader = Callable[[re.Match[str], date | None], Period | None]


def _patterns() -> Iterator[tuple[re.Pattern[str], Reader]]:
    day, month = rf"(?=\d)(?<![\d.,/-]){DAY}", MONTH
    budget = rf"(?=[t\d])(?:\b{BUDGET}\s+)?(?<![\w.,/-])"
    table: tuple[tuple[str, Reader], ...] = (
        (rf"(?P<d1>{day})(?:\s+(?P<m1>{month})(?:\s+(?P<y1>{YEAR}))?)?{TO}(?P<d2>{DAY})\s+(?P<m2>{month})(?:\s+(?P<y>{YEAR}))?",
         _read_days),
        (rf"(?P<d>{day})\s+(?P<m>{month})(?:\s*,?\s*(?P<y>{YEAR}))?", _read_day),
        (SLASHED, _read_numeric),
        (r"(?<=\()(?P<d>\d{1,2})/(?P<m>\d{1,2})(?P<y>)(?=\))", _read_numeric),
        (rf"{PART}(?P<n>{ORDINAL}){OF_YEAR}", _read_part),
        (rf"\b(?P<kind>Q|S)(?P<n>[1-4])[\s/-]+(?P<y>{YEAR})", _read_part),
        (rf"\b(?P<m1>{month})(?:\s+(?P<y1>{YEAR}))?(?P<c>{TO})(?:bulan\s+)?(?P<m2>{month}){OF_YEAR}", _read_months),
        (rf"\b(?P<m>{month}){OF_YEAR}", _read_month),
        (rf"{budget}(?P<y1>(?:19|20)\d\d){STRICT_TO}(?:{BUDGET}\s+)?(?P<y2>{YEAR}|\d\d(?![\w.,/]))", _read_years),
        (rf"\b(?=t){BUDGET}\s+(?P<y1>(?:19|20)\d\d)\s+dan\s+(?:{BUDGET}\s+)?(?P<y2>{YEAR})", _read_years),
        (rf"{budget}(?P<y>{YEAR})", _read_year),
        (r"\b(?P<unit>tahun|bulan) (?P<shift>ini|lalu|kemarin|depan)\b", _read_relative),
        (r"\bhari ini\b", _read_today),
    )  # fmt: skip
    for expression, read in table:
        flags = 0 if "(?P<kind>Q|S)" in expression else re.IGNORECASE
        yield re.compile(expression, flags), read


PATTERNS = tuple(_patterns())
