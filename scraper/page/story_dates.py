"""Dates in a story's own text and in its address."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import datetime

from scraper.items import DatedBy
from scraper.page.dating import can_be, day_of
from scraper.page.moments import Moment, machine_moment, moments_in

_SPEECH = re.compile(
    r"\b(?:ujar|kata|tutur|ungkap|jelas|terang|papar|tegas|imbuh|tambah|sebut|ucap|pungkas)(?:nya|kan)?\b|\bmen\w+kan\b|\bketerangan"
    r"|\bkonfirmasi|\bditemui|\bdihubungi|\bdikutip|\brilis",
    re.I,
)
_QUOTED = re.compile(
    r"\b(?:(?:di)?(?:terbit|tayang)(?:kan)?|dimuat|diberitakan|pemberitaan|berjudul|edisi)\b[^.]{0,40}$", re.I
)
"""What stands before the date of another piece that the story speaks of."""
_COMING = re.compile(
    r"\b(?:akan|bakal|hingga|sampai(?: dengan)?|mulai|sebelum|paling lambat|rencana(?:nya)?|dijadwalkan|tenggat|batas"
    r"|berlaku|ditutup|dilanjutkan|berlangsung)\b[^.,;:\"”]{0,50}$",
    re.I,
)
"""What stands before the date of something that is to come."""
_URL_TIMED = re.compile(
    r"/((?:19|20)\d\d)/([01]\d)/([0-3]\d)/([0-2]\d)([0-5]\d)([0-5]\d)\d{0,4}(?:/|$)"
    r"|/(20\d\d)([01]\d)([0-3]\d)([0-2]\d)([0-5]\d)([0-5]\d)(?=\D|$)"
)
_URL_DAY = re.compile(r"/((?:19|20)\d\d)[/-]?([01]\d)[/-]?([0-3]\d)(?=\D|$)|[-_/](20\d\d)-([01]\d)-([0-3]\d)(?=\D|$)")
_NEAR = 60
_BEFORE = 160


def date_in_address(url: str, *, fetched_at: datetime | None = None) -> DatedBy | None:
    """The date that an address carries (``/2021/05/03/``, ``/2016/02/16/14115471/`` with its time)."""
    timed = _URL_TIMED.search(url)
    match = timed or _URL_DAY.search(url)
    if match is None:
        return None
    parts = [part for part in match.groups() if part]
    raw = "-".join(parts[:3]) + ("T" + ":".join(parts[3:6]) if timed else "")
    moment = machine_moment(raw)
    return can_be(moment, "url", fetched_at=fetched_at, raw=match[0].strip("/-_")) if moment else None


def date_in_body(body: Sequence[str], *, fetched_at: datetime | None = None) -> DatedBy | None:
    """The day that a story's own text names as that of its writing: ``Senin (3/5/2021)`` in dateline or attribution.

    A weekday that does not fit rules a date out, and so does a word that makes it the date of another piece.
    """
    weak: DatedBy | None = None
    for number, line, moment in _candidates(body):
        dated = can_be(moment, "body", fetched_at=fetched_at)
        if dated is None:
            continue
        day = DatedBy(value=day_of(dated.value), evidence="body", raw=dated.raw)
        opens = number == 0 and moment.start < _NEAR
        coming = _COMING.search(line[max(0, moment.start - _NEAR) : moment.start])
        if opens or (_SPEECH.search(line[max(0, moment.start - _BEFORE) : moment.end]) and not coming):
            return day
        weak = weak or (day if moment.weekday_fits and not coming else None)
    return weak


def _candidates(body: Sequence[str]) -> Iterator[tuple[int, str, Moment]]:
    for number, line in enumerate(body):
        for moment in moments_in(line):
            before = line[max(0, moment.start - _BEFORE) : moment.start]
            bracketed = "(" in moment.raw or before.endswith("(")
            leads = number == 0 and (moment.start < _NEAR or moment.weekday_fits is True)
            if moment.weekday_fits is not False and (bracketed or leads) and not _QUOTED.search(before):
                yield number, line, moment
