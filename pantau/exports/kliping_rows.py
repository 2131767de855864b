"""The columns of a kliping sheet, and what an article says in each."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from pantau import wording
from scraper.clock import WIB, local_day
from scraper.items import PersonTag, QuoteTag, Tags
from storage.datasets.articles import snippet
from storage.datasets.clips import Clip
from storage.datasets.masking import STAND_IN, names_in

MEDIA = {"online": "online", "print": "cetak", "tv": "TV", "radio": "radio", "social": "medsos"}
JUDGED = {
    "positive": "positif",
    "neutral": "netral",
    "negative": "negatif",
    "watch": "pantau",
    "clarify": "klarifikasi",
    "reply": "hak jawab",
    "done": "selesai",
}
"""Tones and follow-ups as press offices write them."""
AGENCY = re.compile(
    r"(Dinas|Badan (?!Pusat|Pemeriksa|Peny|Pengawas|Meteo|Narko|Amil|Pangan|Gizi)|Bagian|Biro|Inspektorat"
    r"|Sekretariat|Satuan Polisi|Satpol|Kecamatan|Kelurahan|RSUD|Puskesmas|Dis[a-z]{2,}|Bap[a-z]{2,}|BPBD"
    r"|BPKA?D|BKPSDM|Kesbangpol)\b"
)
"""How the names of a region's own agencies begin."""
TIMES = frozenset({"minute", "hour", "day", "week", "month", "year"})
SEVERAL = 3
"""Of what a text has much of, the first ones stand in the sheet."""
LONGEST_QUOTE = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One column: its heading, its width in characters, and its value for an article."""

    heading: str
    width: int
    value: Callable[[Clip], Any]
    style: str = "wrapped"


def _tags(clip: Clip) -> Tags:
    return clip.stored.tags or Tags()


def _day(clip: Clip) -> date | None:
    dated = clip.stored.article.published
    return local_day(dated.value) if dated else None


def _clock(clip: Clip) -> time | None:
    value = clip.stored.article.published.value if clip.stored.article.published else None
    return value.astimezone(WIB).time().replace(second=0, microsecond=0) if isinstance(value, datetime) else None


def _speakers(clip: Clip) -> list[PersonTag]:
    """Who says something in the article, in the order of speaking, and may be named."""
    named = (person for person in _tags(clip).people if clip.private or person.official or person.person_id)
    people = {person.key: person for person in named}
    keys = dict.fromkeys(quote.speaker for quote in _tags(clip).quotes)
    return [people[key] for key in keys if key in people]


def _key_quote(clip: Clip) -> str | None:
    """What the first official says in his or her own words, else the first direct speech."""
    direct = [quote for quote in _tags(clip).quotes if quote.kind == "direct"]
    officials = {person.key for person in _tags(clip).people if person.official}
    best = next((quote for quote in direct if quote.speaker in officials), direct[0] if direct else None)
    return _masked(clip, _quoted(best)) if best else None


def _masked(clip: Clip, text: str) -> str:
    """A text without the names of those who may not be named."""
    people: dict[bool, set[str]] = {True: set(), False: set()}
    for person in _tags(clip).people:
        shown = clip.private or person.official or person.person_id is not None
        people[shown] |= {person.name, *(mention.surface for mention in person.mentions)}
    pattern = names_in(people[False] - people[True])
    return pattern.sub(STAND_IN, text) if pattern is not None else text


def _quoted(quote: QuoteTag) -> str:
    said = " ".join(quote.surface.split()).rstrip(",")
    return f"“{said if len(said) <= LONGEST_QUOTE else said[:LONGEST_QUOTE].rsplit(' ', 1)[0] + ' …'}”"


def _areas(clip: Clip) -> str | None:
    """The regions and villages named, each in its fullest form."""
    fullest: dict[str, str] = {}
    for place in _tags(clip).places:
        if place.code and len(place.surface) > len(fullest.get(place.code, "")):
            fullest[place.code] = place.surface
    return _joined(fullest.values())


def _agencies(clip: Clip) -> Iterator[str]:
    return (org.surface for org in _tags(clip).orgs if AGENCY.match(org.surface))


def _figures(clip: Clip) -> Iterator[str]:
    """The figures that measure something, claims about an indicator first; how long a thing takes is none of them."""
    figures = [figure for figure in _tags(clip).figures if figure.measures and figure.unit not in TIMES]
    for figure in sorted(figures, key=lambda figure: figure.indicator is None):
        said = wording.figure_amount(figure)
        yield said if said.endswith(f" {figure.measures}") else f"{said} ({figure.measures})"


def _origin(clip: Clip) -> str:
    if clip.stored.kind == "advertorial":
        return "ADV"
    return "Rilis" if clip.stored.kind == "release" or clip.ran_release else "Organik"


def _judged(clip: Clip, fact: str) -> str | None:
    """What the office's newest judgement says; nothing where nobody has judged."""
    said: str | None = getattr(clip.assessment, fact, None)
    return JUDGED.get(said, said) if said else None


def _joined(values: Iterable[str], *, limit: int | None = SEVERAL) -> str | None:
    """Different values, one a line."""
    return "\n".join(list(dict.fromkeys(value for value in values if value))[:limit]) or None


FIELDS = (
    Field(heading="Tanggal tayang", width=10, value=_day),
    Field(heading="Jam", width=6, value=_clock),
    Field(heading="Media", width=13, value=lambda clip: clip.outlet),
    Field(heading="Jenis", width=7, value=lambda clip: MEDIA.get(clip.medium, clip.medium)),
    Field(heading="Tier", width=5, value=lambda clip: clip.tier),
    Field(heading="Wilayah", width=14, value=_areas),
    Field(heading="Kanal/rubrik", width=11, value=lambda clip: clip.stored.article.section),
    Field(heading="Halaman", width=8, value=lambda clip: clip.page),
    Field(heading="Judul", width=26, value=lambda clip: clip.stored.article.title),
    Field(heading="Ringkasan", width=40, value=lambda clip: snippet(_masked(clip, clip.stored.article.story))),
    Field(heading="Tautan", width=22, value=lambda clip: clip.stored.article.url or None, style="wrapped link"),
    Field(heading="Wartawan", width=12, value=lambda clip: _joined(clip.stored.article.authors, limit=None)),
    Field(heading="Narasumber", width=16, value=lambda clip: _joined(p.name for p in _speakers(clip))),
    Field(
        heading="Jabatan/Instansi",
        width=20,
        value=lambda clip: _joined(p.offices[0] for p in _speakers(clip) if p.offices),
    ),
    Field(heading="Kutipan kunci", width=30, value=_key_quote),
    Field(heading="OPD terkait", width=18, value=lambda clip: _joined(_agencies(clip))),
    Field(heading="Isu/Topik", width=12, value=lambda clip: _joined(map(wording.topic_label, _tags(clip).topics))),
    Field(heading="Program", width=16, value=lambda clip: _joined(item.name for item in _tags(clip).programs)),
    Field(heading="Angka kunci", width=24, value=lambda clip: _joined(_figures(clip))),
    Field(heading="Tone judul", width=7, value=lambda clip: _judged(clip, "tone_title")),
    Field(heading="Tone isi", width=7, value=lambda clip: _judged(clip, "tone_body")),
    Field(heading="Organik/ADV/Rilis", width=8, value=_origin),
    Field(heading="Ada foto", width=6, value=lambda clip: "ya" if clip.stored.article.image else "tidak"),
    Field(heading="Status tindak lanjut", width=10, value=lambda clip: _judged(clip, "follow_up")),
    Field(heading="Disposisi", width=12, value=lambda clip: _judged(clip, "disposition")),
    Field(heading="Catatan", width=12, value=lambda clip: _judged(clip, "note")),
    Field(heading="Petugas", width=9, value=lambda clip: _judged(clip, "officer")),
)
"""After the number of the row."""


def kliping_row(clip: Clip) -> list[Any]:
    """The values of ``FIELDS``."""
    return [item.value(clip) for item in FIELDS]


def days_told(days: Iterable[date]) -> str:
    """``3 MEI 2021`` or ``3 MEI 2021 – 9 MEI 2021``: the first and the last of the days; empty without any."""
    known = sorted(days)
    ends = dict.fromkeys(wording.full_date(day).upper() for day in known[:1] + known[-1:])
    return " – ".join(ends)
