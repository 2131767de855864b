"""Press releases that are watched, and the articles that ran them: the proof of publication in numbers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from sqlalchemy import func, or_, select, true

from storage.datasets.columns import Row, Table, batched, day, integer, moment, number, text
from storage.datasets.reading import local
from storage.datasets.snapshot import STREAM, Snapshot
from storage.records.stored import dated_of
from storage.records.tables import ArticleRow
from storage.records.tables_work import PickupRow, ReleaseRow
from storage.stories.pickup import Words
from storage.stories.pickups import delay_between

HOUR = timedelta(hours=1)


@batched
def _releases(snapshot: Snapshot) -> Iterator[Row]:
    ran = _ran(snapshot).group_by(PickupRow.release_id)
    counts = ran.with_only_columns(
        PickupRow.release_id, func.count().label("articles"), func.count(ArticleRow.site.distinct()).label("outlets")
    ).subquery()
    query = select(ReleaseRow, counts.c.articles, counts.c.outlets)
    query = query.outerjoin(counts, counts.c.release_id == ReleaseRow.id).order_by(ReleaseRow.id)
    its_own = snapshot.among(ReleaseRow.article_id)
    query = query.where(true() if snapshot.everything else or_(counts.c.articles.is_not(None), its_own))
    for release, articles, outlets in snapshot.session.execute(query):
        yield {
            "release_id": release.id,
            "title": release.title,
            "agency": release.agency,
            "released_day": release.released_day,
            "released_at": local(release.released_at),
            "article_id": release.article_id,
            "sentences": len(Words(release.text).sentences),
            "articles": articles or 0,
            "outlets": outlets or 0,
        }


@batched
def _pickups(snapshot: Snapshot) -> Iterator[Row]:
    facts = (ReleaseRow.released_at, ReleaseRow.released_day, ArticleRow.site, ArticleRow.published_at)
    query = _ran(snapshot).join(ReleaseRow, ReleaseRow.id == PickupRow.release_id)
    query = query.with_only_columns(PickupRow, ArticleRow.published_day, *facts)
    order = (ArticleRow.published_day, ArticleRow.published_at, PickupRow.article_id)
    query = query.order_by(PickupRow.release_id, ArticleRow.published_day.is_(None), *order)
    for row in snapshot.session.execute(query.execution_options(yield_per=STREAM)):
        yield _pickup(row)


def _pickup(row: Any) -> Row:
    kept: PickupRow = row.PickupRow
    published = dated_of(row.published_at, row.published_day)
    delay = delay_between(dated_of(row.released_at, row.released_day), published)
    to_minute = row.published_at is not None and row.released_at is not None
    parts = {name: len(kept.details[name]) for name in ("kept", "reworded", "dropped")}
    sentences = sum(parts.values())
    return {
        "release_id": kept.release_id,
        "article_id": kept.article_id,
        "outlet": row.site or None,
        "published_day": row.published_day,
        "delay_hours": None if delay is None else round(delay / HOUR, 2),
        "delay_precision": None if delay is None else "minute" if to_minute else "day",
        "share": kept.share,
        "sentences": sentences,
        **{f"sentences_{name}": count for name, count in parts.items()},
        "share_sentences": round(parts["kept"] / sentences, 4) if sentences else None,
        **{name: len(kept.details[name]) for name in ("quotes_kept", "quotes_changed", "quotes_dropped")},
        "figures_changed": len(kept.details["figures_changed"]),
    }


def _ran(snapshot: Snapshot) -> Any:
    """Pick-ups by wanted articles."""
    query = select(PickupRow).join(ArticleRow, ArticleRow.id == PickupRow.article_id)
    return query.where(ArticleRow.withdrawn_at.is_(None), snapshot.among(PickupRow.article_id))


RELEASES = Table(
    name="releases",
    id="Satu siaran pers yang dipantau; dengan pencarian hanya yang dimuat atau ditulis oleh berita ekspor ini",
    en="One press release that is watched; with a query only those that articles of this export ran or are",
    key=("release_id",),
    read=_releases,
    of_articles=False,
    columns=(
        integer("release_id", "Nomor rilis", "Number of the release"),
        text("title", "Judul", "Headline"),
        text("agency", "Instansi yang mengeluarkannya", "The agency that issued it"),
        day("released_day", "Tanggal rilis (WIB)", "Local day of its release (UTC+7)"),
        moment("released_at", "Waktu rilis (WIB); kosong bila jamnya tidak diketahui",
               "Moment of its release (UTC+7); empty where only the day is known"),
        text("article_id", "Kode berita rilis itu sendiri, bila diambil dari situs (articles.id)",
             "The crawled release itself, where it was not pasted (articles.id)"),
        integer("sentences", "Jumlah kalimat", "Number of sentences"),
        integer("articles", "Jumlah berita ekspor ini yang memuatnya", "Articles of this export that ran it"),
        integer("outlets", "Jumlah media ekspor ini yang memuatnya", "Outlets of this export that ran it"),
    ),
)  # fmt: skip
PICKUPS = Table(
    name="pickups",
    id="Satu berita yang memuat satu siaran pers",
    en="One article that ran one press release",
    key=("release_id", "article_id"),
    references={"release_id": ("releases", "release_id"), "article_id": ("articles", "id")},
    read=_pickups,
    of_articles=False,
    columns=(
        integer("release_id", "Nomor rilis (releases.release_id)", "The release (releases.release_id)"),
        text("article_id", "Kode berita (articles.id)", "The article (articles.id)"),
        text("outlet", "Sumber yang memuatnya (articles.site)", "The source that ran it (articles.site)"),
        day("published_day", "Tanggal terbit (WIB)", "Local day of publication (UTC+7)"),
        number("delay_hours", "Jam sejak rilis; minus bila terbit lebih dahulu",
               "Hours after the release; negative if before"),
        text("delay_precision", "Ketelitian selisih itu: minute, atau day (kelipatan 24 jam)",
             "How exact that is: minute, or day (multiples of 24 hours)"),
        number("share", "Bagian kata rilis yang tersisa, 0 sampai 1",
               "Share of the release's words that survived, 0 to 1"),
        integer("sentences", "Jumlah kalimat rilis", "Sentences of the release"),
        integer("sentences_kept", "Kalimat yang tersisa (hampir) kata demi kata",
                "Sentences that survived (nearly) word by word"),
        integer("sentences_reworded", "Kalimat yang diubah susunannya", "Sentences that were reworded"),
        integer("sentences_dropped", "Kalimat yang dibuang", "Sentences that were dropped"),
        number("share_sentences", "Bagian kalimat yang tersisa, 0 sampai 1",
               "Share of the sentences that survived, 0 to 1"),
        integer("quotes_kept", "Kutipan yang tersisa", "Quotes that survived"),
        integer("quotes_changed", "Kutipan yang diubah", "Quotes that were changed"),
        integer("quotes_dropped", "Kutipan yang dibuang", "Quotes that were dropped"),
        integer("figures_changed", "Angka yang berbeda dari rilis", "Figures that differ from the release"),
    ),
)  # fmt: skip
