"""Figures as articles state them, and the claims about indicators among them; none is merged with another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy.orm import Session

from scraper.items import FIGURE_FACTS
from storage.datasets.areas import bps_code
from storage.datasets.columns import Column, Row, Table, address, day, number, text, texts
from storage.datasets.periods import period_days
from storage.datasets.persons import SPEAKER_COLUMNS, People
from storage.datasets.reading import SpanIds, articles, batches, belonging
from storage.datasets.sentences import sentence_at
from storage.datasets.snapshot import Snapshot
from storage.datasets.spans import ARTICLE_ID, ID, OF_ARTICLE, SPAN_COLUMNS, located, span
from storage.records.tables import ArticleRow
from storage.records.tables_tags import FigureRow, PlaceRow

_ARTICLE = (
    ArticleRow.text, ArticleRow.tag_version, ArticleRow.site, ArticleRow.published_day, ArticleRow.kind,
    ArticleRow.tagged_kind, ArticleRow.url, ArticleRow.canonical_url,
)  # fmt: skip


def _figures(snapshot: Snapshot) -> Iterator[Row]:
    return (row for row, _ in _read(snapshot, where=None))


def _claims(snapshot: Snapshot) -> Iterator[Row]:
    for row, article in _read(snapshot, where=FigureRow.indicator.is_not(None)):
        row["figure_id"] = row.pop("id")
        yield row | {
            "outlet": article.site or None,
            "published_day": article.published_day,
            "article_kind": article.tagged_kind or article.kind,
            "url": article.url or article.canonical_url,
        }


def _read(snapshot: Snapshot, *, where: Any) -> Iterator[tuple[Row, Any]]:
    """Figures with the row of their article."""
    facts = [getattr(FigureRow, name) for name in FIGURE_FACTS]
    for ids in batches(snapshot):
        rows = belonging(snapshot.session, ids, FigureRow, *facts, FigureRow.flags, *located(FigureRow), where=where)
        found = articles(snapshot.session, list(rows), *_ARTICLE) if rows else {}
        people = People.read(snapshot.session, list(rows), private=snapshot.private)
        codes = _codes(snapshot.session, list(rows))
        for key in (key for key in ids if key in rows):
            names = SpanIds(key)
            for row in rows[key]:
                named = {"id": names.name(row.start, row.end), "article_id": key}
                yield named | _row(row, found[key], codes) | people.speaker(key, row.speaker), found[key]


def _row(row: Any, article: Any, codes: dict[tuple[str, str], str]) -> Row:
    code = codes.get((article.id, row.place)) if row.place else None
    start, end = period_days(row.period)
    return {
        "raw": row.surface,
        **{name: getattr(row, name) for name in FIGURE_FACTS},
        "period_start": start,
        "period_end": end,
        "area_code": code,
        "area_code_bps": bps_code(code),
        "flags": row.flags,
        "sentence": sentence_at(article.text, row.start, row.end),
        **span(row, article.tag_version),
    }


def _codes(session: Session, ids: Sequence[str]) -> dict[tuple[str, str], str]:
    """(article, place as it is written there) -> Kemendagri code."""
    rows = belonging(session, ids, PlaceRow, PlaceRow.surface, PlaceRow.code, where=PlaceRow.code.is_not(None))
    return {(row.article_id, row.surface): row.code for found in rows.values() for row in reversed(found)}


_FACTS: tuple[Column, ...] = (
    number("value", "Nilai, pengali sudah diterapkan; batas bawah bila rentang",
           "Value with its multipliers applied; the low end of a range"),
    number("value_max", "Batas atas rentang", "High end of a range"),
    text("unit", "Satuan: IDR, %, pp (persen poin), ha, IDR/kg, atau benda yang dihitung",
         "Unit: IDR, %, pp (percentage points), ha, IDR/kg, or the counted noun"),
    text("modifier", "Ketepatan: exact, approx (sekitar), min (sedikitnya), max (paling banyak)",
         "How exact: exact, approx, min (at least), max (at most)"),
    text("measures", "Yang diukur, menurut kata-kata berita", "What is measured, in the article's words"),
    text("indicator", "Kelompok indikator, misalnya inflasi, pad", "Group of the indicator, such as inflasi, pad"),
    text("direction", "Arah: up, down, flat", "Direction: up, down, flat"),
    number("base", "Nilai sebelumnya, dalam satuan yang sama", "The earlier level, in the same unit"),
    text("role", "target atau realisation", "target or realisation"),
    text("period", "Kurun: 2024, 2024-05, 2024-05-01, 2024-Q1, 2024-S1, atau AWAL/AKHIR",
         "Period: 2024, 2024-05, 2024-05-01, 2024-Q1, 2024-S1, or START/END"),
    day("period_start", "Hari pertama kurun", "First day of the period"),
    day("period_end", "Hari terakhir kurun", "Last day of the period"),
    text("place", "Tempat seperti tertulis", "Place as written"),
    text("area_code", "Kode wilayah Kemendagri dari tempat itu", "Kemendagri code of that place"),
    text("area_code_bps", "Kode wilayah BPS, bila padanannya diketahui", "BPS code, where it is known"),
    *SPEAKER_COLUMNS,
    text("raw", "Angka seperti tertulis", "The figure as written"),
    text("sentence", "Kalimat tempat angka itu tertulis, sebagai bukti", "The sentence around it, as evidence"),
    texts("flags", "Tanda keraguan, misalnya implausible-scale, points-not-percent",
          "Signs of doubt, such as implausible-scale, points-not-percent"),
)  # fmt: skip
_JOINS = OF_ARTICLE | {"speaker_key": ("people", "person_key")}
FIGURES = Table(
    name="figures",
    id="Satu angka di dalam satu berita",
    en="One figure in one article",
    key=("id",),
    references=_JOINS,
    rows=_figures,
    columns=(ID, ARTICLE_ID, *_FACTS, *SPAN_COLUMNS),
)
INDICATOR_CLAIMS = Table(
    name="indicator_claims",
    id="Satu angka tentang satu indikator: satu klaim; klaim yang bertentangan tetap berdampingan",
    en="One figure about an indicator: one claim; claims that contradict each other stay side by side",
    key=("figure_id",),
    references=_JOINS | {"figure_id": ("figures", "id")},
    rows=_claims,
    columns=(
        text("figure_id", "Kode angka (figures.id)", "The figure (figures.id)"),
        ARTICLE_ID,
        text("outlet", "Sumber yang memuatnya (articles.site)", "The source that ran it (articles.site)"),
        day("published_day", "Tanggal terbit (WIB)", "Local day of publication (UTC+7)"),
        text("article_kind", "Jenis berita (articles.kind)", "Kind of the article (articles.kind)"),
        *_FACTS,
        address("url", "Alamat berita", "Address of the article"),
        *SPAN_COLUMNS,
    ),
)
