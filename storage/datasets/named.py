"""Mentions of programmes, places, organisations, and of offices without a name; one row each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from storage.datasets.areas import bps_code
from storage.datasets.columns import Row, Table, batched, text
from storage.datasets.reading import belonging
from storage.datasets.snapshot import Snapshot
from storage.datasets.spans import ARTICLE_ID, ID, OF_ARTICLE, SPAN_COLUMNS, each_span, nothing
from storage.records.tables_tags import MentionRow, OfficeRow, OrgRow, PlaceRow, ProgramRow


def _heads(snapshot: Snapshot, ids: Sequence[str]) -> dict[tuple[str, str], Any]:
    """(article, name in it) -> the programme."""
    columns = (ProgramRow.name, ProgramRow.program_key, ProgramRow.program_id)
    rows = belonging(snapshot.session, ids, ProgramRow, *columns)
    return {(head.article_id, head.name): head for found in rows.values() for head in found}


@batched
def _programmes(snapshot: Snapshot) -> Iterator[Row]:
    spans = each_span(snapshot, MentionRow, MentionRow.owner, where=MentionRow.kind == "program", beside=_heads)
    for values, row, _, heads in spans:
        owner = heads[row.article_id, row.owner]
        yield values | {
            "programme_key": owner.program_key,
            "programme_id": owner.program_id,
            "name": owner.name,
            "surface": row.surface,
        }


@batched
def _places(snapshot: Snapshot) -> Iterator[Row]:
    spans = each_span(snapshot, PlaceRow, PlaceRow.place_key, PlaceRow.code, beside=nothing)
    for values, row, _, _ in spans:
        yield values | {
            "place_key": row.place_key,
            "area_code": row.code,
            "area_code_bps": bps_code(row.code),
            "surface": row.surface,
        }


@batched
def _organisations(snapshot: Snapshot) -> Iterator[Row]:
    for values, row, _, _ in each_span(snapshot, OrgRow, OrgRow.org_key, beside=nothing):
        yield values | {"org_key": row.org_key, "surface": row.surface}


@batched
def _offices(snapshot: Snapshot) -> Iterator[Row]:
    for values, row, _, _ in each_span(snapshot, OfficeRow, OfficeRow.person_id, beside=nothing):
        yield values | {"person_id": row.person_id, "surface": row.surface}


PROGRAMME_MENTIONS = Table(
    name="programme_mentions",
    id="Satu penyebutan satu program di dalam satu berita",
    en="One mention of one programme in one article",
    key=("id",),
    references=OF_ARTICLE | {"programme_key": ("programmes", "programme_key")},
    read=_programmes,
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
    read=_places,
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
ORGANISATIONS = Table(
    name="organisations",
    id="Satu penyebutan satu lembaga di dalam satu berita: pemerintah, dinas, badan, perusahaan",
    en="One mention of one organisation in one article: a government, agency, body, company",
    key=("id",),
    references=OF_ARTICLE,
    read=_organisations,
    columns=(
        ID,
        ARTICLE_ID,
        text("org_key", "Kode lembaga lintas berita: namanya, diseragamkan",
             "The organisation across articles: its name, normalised"),
        text("surface", "Nama seperti tertulis", "Name as written"),
        *SPAN_COLUMNS,
    ),
)  # fmt: skip
OFFICES = Table(
    name="office_mentions",
    id="Satu penyebutan satu jabatan tanpa nama orangnya di dalam satu berita",
    en="One mention of one office without the name of its holder in one article",
    key=("id",),
    references=OF_ARTICLE,
    read=_offices,
    columns=(
        ID,
        ARTICLE_ID,
        text("person_id", "Kode pejabatnya pada tanggal terbit menurut daftar pejabat (occupancies.person_id)",
             "Its holder on the day of publication by the registry (occupancies.person_id)"),
        text("surface", "Jabatan seperti tertulis", "Office as written"),
        *SPAN_COLUMNS,
    ),
)  # fmt: skip
