"""Figures as articles state them, and the claims about indicators among them; none is merged with another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from scraper.items import FIGURE_FACTS
from storage.datasets.areas import bps_code
from storage.datasets.columns import Column, Row, Table, address, batched, day, number, text, texts
from storage.datasets.masking import Hidden
from storage.datasets.money import currency_of, scale_of
from storage.datasets.periods import period_days
from storage.datasets.persons import SPEAKER_COLUMNS, People
from storage.datasets.reading import as_read, belonging, strings
from storage.datasets.sentences import sentence_at
from storage.datasets.snapshot import Snapshot
from storage.datasets.spans import ARTICLE_ID, ID, OF_ARTICLE, SPAN_COLUMNS, each_span
from storage.records.tables import ArticleRow
from storage.records.tables_tags import FigureRow, OrgRow, PlaceRow

_OF_CLAIM = (
    ArticleRow.site, ArticleRow.published_day, ArticleRow.kind, ArticleRow.tagged_kind, ArticleRow.url,
    ArticleRow.canonical_url,
)  # fmt: skip


@batched
def _figures(snapshot: Snapshot) -> Iterator[Row]:
    return (row for row, _ in _read(snapshot))


@batched
def _claims(snapshot: Snapshot) -> Iterator[Row]:
    for row, article in _read(snapshot, where=FigureRow.indicator.is_not(None), of_article=_OF_CLAIM):
        row["figure_id"] = row.pop("id")
        yield row | {
            "outlet": article.site or None,
            "published_day": article.published_day,
            "article_kind": article.tagged_kind or article.kind,
            "url": article.url or article.canonical_url,
        }


def _read(snapshot: Snapshot, *, where: Any = None, of_article: Sequence[Any] = ()) -> Iterator[tuple[Row, Any]]:
    """Figures with the row of their article."""
    columns = (*(getattr(FigureRow, name) for name in FIGURE_FACTS), as_read(FigureRow.flags))
    spans = each_span(
        snapshot, FigureRow, *columns, where=where, of_article=(ArticleRow.text, *of_article), beside=_Beside.read
    )
    for values, row, article, beside in spans:
        sentence = sentence_at(article.text, row.start, row.end)
        facts = dict(zip(FIGURE_FACTS, row[2:], strict=False)) | {"raw": row.surface, "flags": strings(row.flags)}
        yield values | facts | _derived(row) | beside.told(row, sentence), article


def _derived(row: Any) -> Row:
    """What follows from the words of a figure."""
    start, end = period_days(row.period)
    return {
        "currency": currency_of(row.unit),
        "scale": scale_of(row.surface),
        "period_start": start,
        "period_end": end,
    }


@dataclass(frozen=True, slots=True)
class _Beside:
    """What other tags of the articles tell of their figures."""

    people: People
    codes: dict[tuple[str, str], str]
    """(article, place as it is written there) -> Kemendagri code."""

    orgs: dict[str, list[str]]
    """Article -> the organisations that it names."""
    hidden: Hidden

    @classmethod
    def read(cls, snapshot: Snapshot, ids: Sequence[str]) -> _Beside:
        named = belonging(snapshot.session, ids, OrgRow, OrgRow.surface)
        orgs = {key: list(dict.fromkeys(row.surface for row in rows)) for key, rows in named.items()}
        return cls(People.read(snapshot, ids), _codes(snapshot.session, ids), orgs, Hidden.read(snapshot, ids))

    def told(self, row: Any, sentence: str) -> Row:
        """What they tell of a figure in a sentence."""
        code = self.codes.get((row.article_id, row.place)) if row.place else None
        return {
            "area_code": code,
            "area_code_bps": bps_code(code),
            "sentence": self.hidden.masked(row.article_id, sentence),
            "sentence_orgs": [org for org in self.orgs.get(row.article_id, ()) if org in sentence],
            **self.people.speaker(row.article_id, row.speaker),
        }


def _codes(session: Session, ids: Sequence[str]) -> dict[tuple[str, str], str]:
    rows = belonging(session, ids, PlaceRow, PlaceRow.surface, PlaceRow.code, where=PlaceRow.code.is_not(None))
    return {(row.article_id, row.surface): row.code for found in rows.values() for row in reversed(found)}


_FACTS: tuple[Column, ...] = (
    number("value", "Nilai, pengali sudah diterapkan; batas bawah bila rentang",
           "Value with its multipliers applied; the low end of a range"),
    number("value_max", "Batas atas rentang", "High end of a range"),
    text("unit", "Satuan: IDR, %, pp (persen poin), ha, IDR/kg, atau benda yang dihitung",
         "Unit: IDR, %, pp (percentage points), ha, IDR/kg, or the counted noun"),
    text("currency", "Mata uang (ISO 4217), bila angka itu uang", "Currency (ISO 4217), where the figure is money"),
    number("scale", "Pengali yang tertulis dan sudah diterapkan: 1000, 1e6, 1e9, 1e12; kosong bila tidak ada",
           "Multiplier as written, applied already: 1000, 1e6, 1e9, 1e12; empty if none"),
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
    day("period_end", "Hari terakhir kurun; keadaan per tanggal itu bila kurunnya satu hari",
        "Last day of the period; the day as of which it is told where the period is one day"),
    text("place", "Tempat seperti tertulis", "Place as written"),
    text("area_code", "Kode wilayah Kemendagri dari tempat itu", "Kemendagri code of that place"),
    text("area_code_bps", "Kode wilayah BPS, bila padanannya diketahui", "BPS code, where it is known"),
    *SPEAKER_COLUMNS,
    text("raw", "Angka seperti tertulis", "The figure as written"),
    text("sentence", "Kalimat tempat angka itu tertulis, sebagai bukti; nama orang tanpa jabatan publik diganti [nama]",
         "The sentence around it, as evidence; [nama] stands for people without a public office"),
    texts("sentence_orgs", "Lembaga yang disebut di kalimat itu: mungkin sumber angkanya",
          "Organisations named in that sentence: perhaps its source"),
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
    read=_figures,
    columns=(ID, ARTICLE_ID, *_FACTS, *SPAN_COLUMNS),
)
INDICATOR_CLAIMS = Table(
    name="indicator_claims",
    id="Satu angka tentang satu indikator: satu klaim; klaim yang bertentangan tetap berdampingan",
    en="One figure about an indicator: one claim; claims that contradict each other stay side by side",
    key=("figure_id",),
    references=_JOINS | {"figure_id": ("figures", "id")},
    read=_claims,
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
