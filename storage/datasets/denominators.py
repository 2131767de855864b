"""What was crawled of each outlet and day, and when an outlet was not read: without it a trend is one of the crawl."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from storage.datasets.columns import Row, Table, batched, day, integer, moment, number, text
from storage.datasets.reading import local
from storage.datasets.snapshot import Snapshot
from storage.records.tables import ArticleRow
from storage.records.tables_runs import RunRow
from storage.trends.coverage import coverage
from storage.trends.outages import outages


def last_activity(session: Session) -> datetime | None:
    """The last moment of which the database knows anything; what came after it says nothing about the outlets."""
    asked = (func.max(RunRow.started_at), func.max(RunRow.finished_at), func.max(ArticleRow.first_seen))
    return max(filter(None, (session.scalar(select(latest)) for latest in asked)), default=None)


@batched
def _coverage(snapshot: Snapshot) -> Iterator[Row]:
    at = last_activity(snapshot.session)
    return (asdict(row) for row in coverage(snapshot.session, at=at)) if at else iter(())


@batched
def _outages(snapshot: Snapshot) -> Iterator[Row]:
    at = last_activity(snapshot.session)
    found = outages(snapshot.session, at=at) if at else []
    return (asdict(row) | {"start": local(row.start), "end": local(row.end)} for row in found)


COVERAGE = Table(
    name="coverage",
    id="Satu sumber pada satu hari, sampai pengambilan terakhir: penyebut untuk setiap hitungan",
    en="One source on one day, up to the last crawl: the denominators of every count",
    key=("source", "day"),
    read=_coverage,
    of_articles=False,
    columns=(
        text("source", "Nama sumber (articles.site)", "Name of the source (articles.site)"),
        day("day", "Hari (WIB)", "Local day (UTC+7)"),
        integer("published", "Berita tersimpan yang terbit pada hari itu", "Stored articles published on that day"),
        integer("crawled", "Berita yang pertama kali ditemukan pada hari itu", "Articles first seen on that day"),
        integer("fetched", "Halaman yang diambil", "Pages fetched"),
        integer(
            "parsed",
            "Halaman yang terbaca sebagai berita: baru, berubah, atau tetap sama",
            "Pages in which an article was read: new, changed or as before",
        ),
        integer("stored", "Berita yang disimpan: baru atau berubah", "Articles stored: new or changed"),
        integer("failed", "Permintaan yang gagal", "Requests that failed"),
        integer("blocked", "Permintaan yang ditolak situs", "Requests that the site refused"),
        number("outage_hours", "Jam sumber tidak terbaca pada hari itu", "Hours of the day without reading the source"),
    ),
)
OUTAGES = Table(
    name="outages",
    id="Satu masa ketika satu sumber tidak terbaca",
    en="One time in which one source was not read",
    key=("source", "start"),
    read=_outages,
    of_articles=False,
    columns=(
        text("source", "Nama sumber (articles.site)", "Name of the source (articles.site)"),
        moment("start", "Akhir pengambilan terakhir yang selesai", "End of the last crawl that finished"),
        moment("end", "Awal pengambilan berikutnya yang selesai; kosong selama berlangsung",
               "Start of the next crawl that finished; empty while it lasts"),
        text("reason", "Hasil pengambilan pertama yang gagal, atau no-run",
             "Outcome of the first crawl that failed, or no-run"),
    ),
)  # fmt: skip
