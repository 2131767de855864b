"""Mentions of programmes and places, one row each."""

from __future__ import annotations

from collections.abc import Iterator

from storage.datasets.areas import bps_code
from storage.datasets.columns import Row, Table, text
from storage.datasets.reading import SpanIds, articles, batches, belonging
from storage.datasets.snapshot import Snapshot
from storage.datasets.spans import ARTICLE_ID, ID, OF_ARTICLE, SPAN_COLUMNS, located, span
from storage.records.tables import ArticleRow
from storage.records.tables_tags import MentionRow, PlaceRow, ProgramRow


def _programmes(snapshot: Snapshot) -> Iterator[Row]:
    for ids in batches(snapshot):
        tagged = articles(snapshot.session, ids, ArticleRow.tag_version)
        columns = (ProgramRow.name, ProgramRow.program_key, ProgramRow.program_id)
        heads = belonging(snapshot.session, ids, ProgramRow, *columns)
        of_programmes = MentionRow.kind == "program"
        rows = belonging(snapshot.session, ids, MentionRow, MentionRow.owner, *located(MentionRow), where=of_programmes)
        for key in ids:
            names, owners = SpanIds(key), {head.name: head for head in heads.get(key, ())}
            for row in rows.get(key, ()):
                owner = owners[row.owner]
                yield {
                    "id": names.name(row.start, row.end),
                    "article_id": key,
                    "programme_key": owner.program_key,
                    "programme_id": owner.program_id,
                    "name": owner.name,
                    "surface": row.surface,
                    **span(row, tagged[key].tag_version),
                }


def _places(snapshot: Snapshot) -> Iterator[Row]:
    for ids in batches(snapshot):
        tagged = articles(snapshot.session, ids, ArticleRow.tag_version)
        rows = belonging(snapshot.session, ids, PlaceRow, PlaceRow.place_key, PlaceRow.code, *located(PlaceRow))
        for key in ids:
            names = SpanIds(key)
            for row in rows.get(key, ()):
                yield {
                    "id": names.name(row.start, row.end),
                    "article_id": key,
                    "place_key": row.place_key,
                    "area_code": row.code,
                    "area_code_bps": bps_code(row.code),
                    "surface": row.surface,
                    **span(row, tagged[key].tag_version),
                }


PROGRAMME_MENTIONS = Table(
    name="programme_mentions",
    id="Satu penyebutan satu program di dalam satu berita",
    en="One mention of one programme in one article",
    key=("id",),
    references=OF_ARTICLE | {"programme_key": ("programmes", "programme_key")},
    rows=_programmes,
    columns=(
        ID,
        ARTICLE_ID,
        text("programme_key", "Kode program lintas berita (programmes.programme_key)",
             "The programme across articles (programmes.programme_key)"),
        text("programme_id", "Kode program di daftar program", "Id of the programme in the registry"),
        text("name", "Nama terlengkap di dalam berita", "Fullest name in the article"),
        text("surface", "Nama seperti tertulis", "Name as written"),
        *SPAN_COLUMNS,
    ),
)  # fmt: skip
PLACES = Table(
    name="places",
    id="Satu penyebutan satu tempat di dalam satu berita",
    en="One mention of one place in one article",
    key=("id",),
    references=OF_ARTICLE,
    rows=_places,
    columns=(
        ID,
        ARTICLE_ID,
        text("place_key", "Kode tempat lintas berita: kode Kemendagri, atau namanya",
             "The place across articles: its Kemendagri code, else its name"),
        text("area_code", "Kode wilayah Kemendagri, bila dikenali", "Kemendagri code, where it is recognised"),
        text("area_code_bps", "Kode wilayah BPS, bila padanannya diketahui", "BPS code, where it is known"),
        text("surface", "Nama seperti tertulis", "Name as written"),
        *SPAN_COLUMNS,
    ),
)  # fmt: skip
