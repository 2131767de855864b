"""The tables that belong to no article: what was crawled of each outlet and day, and when an outlet was not read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from scraper.clock import WIB
from storage.datasets.columns import Row, Schema, day, integer, moment, number, text
from storage.trends.coverage import coverage
from storage.trends.outages import outages

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


@dataclass(frozen=True, slots=True, kw_only=True)
class Denominator(Schema):
    """One exportable table, with how the database becomes rows of it."""

    rows: Callable[[Session], Iterator[Row]]


def _coverage(session: Session) -> Iterator[Row]:
    return (asdict(row) for row in coverage(session))


def _outages(session: Session) -> Iterator[Row]:
    return (asdict(row) | {"start": row.start.astimezone(WIB), "end": _local(row.end)} for row in outages(session))


def _local(moment: datetime | None) -> datetime | None:
    return moment.astimezone(WIB) if moment else None


COVERAGE = Denominator(
    name="coverage",
    id="Satu sumber pada satu hari: penyebut untuk setiap hitungan",
    en="One source on one day: the denominators of every count",
    key=("source", "day"),
    rows=_coverage,
    columns=(
        text("source", "Nama sumber (articles.site)", "Name of the source (articles.site)"),
        day("day", "Hari setempat", "Local day"),
        integer("published", "Berita tersimpan yang terbit pada hari itu", "Stored articles published on that day"),
        integer("crawled", "Berita yang pertama kali ditemukan pada hari itu", "Articles first seen on that day"),
        integer("fetched", "Halaman yang diambil", "Pages fetched"),
        integer("stored", "Berita yang disimpan", "Articles stored"),
        integer("failed", "Permintaan yang gagal", "Requests that failed"),
        integer("blocked", "Permintaan yang ditolak situs", "Requests that the site refused"),
        number("outage_hours", "Jam sumber tidak terbaca pada hari itu", "Hours of the day without reading the source"),
    ),
)
OUTAGES = Denominator(
    name="outages",
    id="Satu masa ketika sumber tidak terbaca",
    en="One time in which a source was not read",
    key=("source", "start"),
    rows=_outages,
    columns=(
        text("source", "Nama sumber", "Name of the source"),
        moment("start", "Akhir pengambilan terakhir yang selesai", "End of the last crawl that finished"),
        moment("end", "Awal pengambilan berikutnya yang selesai; kosong selama berlangsung",
               "Start of the next crawl that finished; empty while it lasts"),
        text("reason", "Hasil pengambilan pertama yang gagal, atau no-run",
             "Outcome of the first that failed, or no-run"),
    ),
)  # fmt: skip
DENOMINATORS = {table.name: table for table in (COVERAGE, OUTAGES)}
"""Tables by name."""
