"""Values of query fields that not every text is: dates, kinds, judgements, and titles, which need a word."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta

from scraper.clock import WIB, now, today
from scraper.errors import QueryError
from storage.search.words import plain

KINDS = {
    "berita": "news",
    "advertorial": "advertorial",
    "adv": "advertorial",
    "berbayar": "advertorial",
    "paid": "advertorial",
    "rilis": "release",
    "opini": "opinion",
    "foto": "photo",
    "video": "video",
    "hoaks": "hoax",
    "ralat": "correction",
    "koreksi": "correction",
} | {kind: kind for kind in ("news", "release", "opinion", "photo", "hoax", "correction")}

TONES = {"positif": "positive", "netral": "neutral", "negatif": "negative", "belum": "unrated"}
TONES |= {tone: tone for tone in ("positive", "neutral", "negative", "unrated")}
"""Of title or text; ``unrated`` where neither was rated."""
FOLLOW_UPS = {"pantau": "watch", "klarifikasi": "clarify", "hak-jawab": "reply", "selesai": "done"}
FOLLOW_UPS |= {status: status for status in ("watch", "clarify", "reply", "done")}
CHOICES = {"kind": ("jenis", KINDS), "tone": ("tone", TONES), "follow_up": ("status tindak lanjut", FOLLOW_UPS)}
"""Field -> what it is called, and its values in both languages -> the English ones."""

_ISO = re.compile(r"(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?")
_LOCAL = re.compile(r"(\d{1,2})[/-](\d{1,2})[/-](\d{4})")
_LAST = re.compile(r"(\d{1,4}) ?(jam|h|hari|d)")
"""The last hours, counted from now, or the last days, today included."""
_RELATIVE = {"kemarin": 1, "yesterday": 1, "hari-ini": 0, "today": 0}


def check_value(name: str, value: str, *, position: int) -> str:
    """The value as the index knows it; raises QueryError where it is none."""
    if name in ("after", "before"):
        return _moment(value) or _day(value, last=name == "before", position=position).isoformat()
    if name in CHOICES:
        label, choices = CHOICES[name]
        known = choices.get("-".join(value.casefold().split()))
        if known is None:
            raise QueryError(
                "%(label)s '%(value)s' tidak dikenal; pilih %(choices)s", position,
                label=label, value=value, choices=", ".join(list(choices)[:12]),
            )  # fmt: skip
        return known
    if name == "title" and not plain(value):
        raise QueryError("judul '%(value)s' tidak berisi kata; tulis misalnya judul:pasar", position, value=value)
    return value


def _moment(value: str) -> str | None:
    """The local time so many hours ago, to the minute, as ISO text; nothing where the value is no number of hours."""
    match = _LAST.fullmatch(value.strip().casefold())
    if match is None or match[2] not in ("jam", "h"):
        return None
    return (now() - timedelta(hours=int(match[1]))).astimezone(WIB).isoformat(timespec="minutes")


def _day(value: str, *, last: bool, position: int) -> date:
    text = value.strip().casefold()
    if text in _RELATIVE:
        return today().date() - timedelta(days=_RELATIVE[text])
    if match := _LAST.fullmatch(text):
        return today().date() - timedelta(days=max(int(match[1]), 1) - 1)
    try:
        if match := _LOCAL.fullmatch(text):
            return date(int(match[3]), int(match[2]), int(match[1]))
        if match := _ISO.fullmatch(text):
            return _filled(match, last=last)
    except ValueError as error:
        raise QueryError("tanggal '%(value)s' tidak ada di kalender", position, value=value) from error
    raise QueryError(
        "tanggal '%(value)s' tidak dikenal; tulis misalnya 2026-03-02, 2026-03 atau 2026", position, value=value
    )


def _filled(match: re.Match[str], *, last: bool) -> date:
    year = int(match[1])
    month = int(match[2] or (12 if last else 1))
    date(year, month, 1)  # a wrong month must not reach the calendar
    return date(year, month, int(match[3] or (calendar.monthrange(year, month)[1] if last else 1)))
