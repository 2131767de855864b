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
from storage.records.stored import StoredArticle

PAID = {"advertorial": "ADV", "release": "Rilis"}
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
    value: Callable[[StoredArticle], Any]
    style: str = "wrapped"


def _tags(stored: StoredArticle) -> Tags:
    return stored.tags or Tags()


def _day(stored: StoredArticle) -> date | None:
    dated = stored.article.published
    return local_day(dated.value) if dated else None


def _clock(stored: StoredArticle) -> time | None:
    value = stored.article.published.value if stored.article.published else None
    return value.astimezone(WIB).time().replace(second=0, microsecond=0) if isinstance(value, datetime) else None


def _speakers(stored: StoredArticle) -> list[PersonTag]:
    """Who says something in the article, in the order of speaking."""
    people = {person.key: person for person in _tags(stored).people}
    keys = dict.fromkeys(quote.speaker for quote in _tags(stored).quotes)
    return [people[key] for key in keys if key in people]


def _key_quote(stored: StoredArticle) -> str | None:
    """What the first official says in his or her own words, else the first direct speech."""
    direct = [quote for quote in _tags(stored).quotes if quote.kind == "direct"]
    officials = {person.key for person in _tags(stored).people if person.official}
    best = next((quote for quote in direct if quote.speaker in officials), direct[0] if direct else None)
    return _quoted(best) if best else None


def _quoted(quote: QuoteTag) -> str:
    said = " ".join(quote.surface.split()).rstrip(",")
    return f"“{said if len(said) <= LONGEST_QUOTE else said[:LONGEST_QUOTE].rsplit(' ', 1)[0] + ' …'}”"


def _areas(stored: StoredArticle) -> str | None:
    """The regions and villages named, each in its fullest form."""
    fullest: dict[str, str] = {}
    for place in _tags(stored).places:
        if place.code and len(place.surface) > len(fullest.get(place.code, "")):
            fullest[place.code] = place.surface
    return _joined(fullest.values())


def _agencies(stored: StoredArticle) -> Iterator[str]:
    return (org.surface for org in _tags(stored).orgs if AGENCY.match(org.surface))


def _figures(stored: StoredArticle) -> Iterator[str]:
    """The figures that measure something, claims about an indicator first; how long a thing takes is none of them."""
    figures = [figure for figure in _tags(stored).figures if figure.measures and figure.unit not in TIMES]
    for figure in sorted(figures, key=lambda figure: figure.indicator is None):
        said = wording.figure_amount(figure)
        yield said if said.endswith(f" {figure.measures}") else f"{said} ({figure.measures})"


def _joined(values: Iterable[str], *, limit: int | None = SEVERAL) -> str | None:
    """Different values, one a line."""
    return "\n".join(list(dict.fromkeys(value for value in values if value))[:limit]) or None


FIELDS = (
    Field(heading="Tanggal tayang", width=10, value=_day),
    Field(heading="Jam", width=6, value=_clock),
    Field(heading="Media", width=13, value=lambda stored: stored.article.site),
    Field(heading="Jenis", width=7, value=lambda stored: "online"),
    Field(heading="Tier", width=5, value=lambda stored: None),
    Field(heading="Wilayah", width=14, value=_areas),
    Field(heading="Kanal/rubrik", width=11, value=lambda stored: stored.article.section),
    Field(heading="Halaman", width=8, value=lambda stored: None),
    Field(heading="Judul", width=26, value=lambda stored: stored.article.title),
    Field(heading="Ringkasan", width=40, value=lambda stored: snippet(stored.article.story)),
    Field(heading="Tautan", width=22, value=lambda stored: stored.article.url or None, style="wrapped link"),
    Field(heading="Wartawan", width=12, value=lambda stored: _joined(stored.article.authors, limit=None)),
    Field(heading="Narasumber", width=16, value=lambda stored: _joined(p.name for p in _speakers(stored))),
    Field(
        heading="Jabatan/Instansi",
        width=20,
        value=lambda stored: _joined(p.offices[0] for p in _speakers(stored) if p.offices),
    ),
    Field(heading="Kutipan kunci", width=30, value=_key_quote),
    Field(heading="OPD terkait", width=18, value=lambda stored: _joined(_agencies(stored))),
    Field(heading="Isu/Topik", width=12, value=lambda stored: _joined(map(wording.topic_label, _tags(stored).topics))),
    Field(heading="Program", width=16, value=lambda stored: _joined(item.name for item in _tags(stored).programs)),
    Field(heading="Angka kunci", width=24, value=lambda stored: _joined(_figures(stored))),
    Field(heading="Tone judul", width=7, value=lambda stored: None),
    Field(heading="Tone isi", width=7, value=lambda stored: None),
    Field(heading="Organik/ADV/Rilis", width=8, value=lambda stored: PAID.get(stored.kind, "Organik")),
    Field(heading="Ada foto", width=6, value=lambda stored: "ya" if stored.article.image else "tidak"),
    Field(heading="Status tindak lanjut", width=10, value=lambda stored: None),
    Field(heading="Disposisi", width=12, value=lambda stored: None),
    Field(heading="Catatan", width=12, value=lambda stored: None),
    Field(heading="Petugas", width=9, value=lambda stored: None),
)
"""After the number of the row."""


def kliping_row(stored: StoredArticle) -> list[Any]:
    """The values of ``FIELDS``."""
    return [item.value(stored) for item in FIELDS]
