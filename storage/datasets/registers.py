"""People, programmes and terms of office: one row each, with how often the articles of an export name them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Integer, case, cast, func, select

from storage.datasets.areas import bps_code
from storage.datasets.columns import Row, Table, batched, boolean, day, integer, text, texts
from storage.datasets.snapshot import STREAM, Snapshot, bytewise
from storage.records.privacy import is_public
from storage.records.registry import registry_rows
from storage.records.tables import ArticleRow
from storage.records.tables_tags import PersonRow, ProgramRow, QuoteRow


@batched
def _people(snapshot: Snapshot) -> Iterator[Row]:
    known = {row["person_id"]: row for row in registry_rows(snapshot.session, only="persons")["persons"]}
    for row in snapshot.session.execute(_people_query(snapshot).execution_options(yield_per=STREAM)):
        entry = known.get(row.person_id or "", {})
        yield row._asdict() | {
            "name": entry.get("name") or row.name,
            "aliases": _parts(entry.get("aliases")),
            "official": bool(row.official),
            "public_figure": entry.get("public_figure") == "1" if entry else None,
            "statements": row.statements or 0,
        }


def _people_query(snapshot: Snapshot) -> Any:
    shown = () if snapshot.private else (is_public(),)
    same = (PersonRow.article_id == QuoteRow.article_id) & (PersonRow.key == QuoteRow.speaker)
    said = select(PersonRow.person_key, func.count().label("statements")).join(QuoteRow, same)
    said = said.where(snapshot.among(PersonRow.article_id), *shown).group_by(PersonRow.person_key)
    statements = said.subquery()
    named = select(
        PersonRow.person_key,
        func.max(PersonRow.person_id).label("person_id"),
        func.min(bytewise(snapshot.session, PersonRow.name)).label("name"),
        func.max(cast(PersonRow.official, Integer)).label("official"),
        func.count(PersonRow.article_id.distinct()).label("articles"),
        func.sum(PersonRow.mentions).label("mentions"),
        func.count(case((PersonRow.in_title, PersonRow.article_id)).distinct()).label("titles"),
        func.max(statements.c.statements).label("statements"),
        func.min(ArticleRow.published_day).label("first_day"),
        func.max(ArticleRow.published_day).label("last_day"),
    )
    named = named.join(ArticleRow, ArticleRow.id == PersonRow.article_id)
    named = named.outerjoin(statements, statements.c.person_key == PersonRow.person_key)
    named = named.where(snapshot.among(PersonRow.article_id), *shown).group_by(PersonRow.person_key)
    return named.order_by(bytewise(snapshot.session, PersonRow.person_key))


@batched
def _programmes(snapshot: Snapshot) -> Iterator[Row]:
    known = {row["programme_id"]: row for row in registry_rows(snapshot.session, only="programmes")["programmes"]}
    named = select(
        ProgramRow.program_key.label("programme_key"),
        func.max(ProgramRow.program_id).label("programme_id"),
        func.min(bytewise(snapshot.session, ProgramRow.name)).label("name"),
        func.count(ProgramRow.article_id.distinct()).label("articles"),
        func.sum(ProgramRow.mentions).label("mentions"),
        func.min(ArticleRow.published_day).label("first_day"),
        func.max(ArticleRow.published_day).label("last_day"),
    ).join(ArticleRow, ArticleRow.id == ProgramRow.article_id)
    named = named.where(snapshot.among(ProgramRow.article_id)).group_by(ProgramRow.program_key)
    named = named.order_by(bytewise(snapshot.session, ProgramRow.program_key))
    for row in snapshot.session.execute(named.execution_options(yield_per=STREAM)):
        entry = known.get(row.programme_id or "", {})
        yield row._asdict() | {
            "name": entry.get("name") or row.name,
            "aliases": _parts(entry.get("aliases")),
            "owner": entry.get("owner") or None,
            "start": entry.get("from") or None,
            "end": entry.get("to") or None,
        }


@batched
def _occupancies(snapshot: Snapshot) -> Iterator[Row]:
    rows = registry_rows(snapshot.session)
    names = {row["person_id"]: row.get("name") for row in rows["persons"]}
    agencies = {row["agency_id"]: row.get("name") for row in rows["agencies"]}
    keyed = [{name: entry.get(name) or "" for name in _TERM} for entry in rows["occupancies"]]
    for entry in sorted(keyed, key=lambda entry: tuple(entry.values())):
        yield {
            "person_id": entry["person_id"],
            "name": names.get(entry["person_id"]),
            "office": entry["office"],
            "area_code": entry["area_code"] or None,
            "area_code_bps": bps_code(entry["area_code"]),
            "agency_id": entry["agency_id"] or None,
            "agency": agencies.get(entry["agency_id"]),
            "start": entry["from"] or None,
            "end": entry["to"] or None,
            "acting": entry["acting"] or None,
            "evidence": entry["source"] or None,
            "confidence": entry["confidence"] or None,
        }


_TERM = ("person_id", "office", "area_code", "agency_id", "from", "to", "acting", "source", "confidence")


def _parts(joined: str | None) -> list[str]:
    return [part for part in (joined or "").split("|") if part]


_DAYS = (
    day("first_day", "Tanggal terbit berita pertama yang menyebutnya", "Day of the first article that names it"),
    day("last_day", "Tanggal terbit berita terakhir yang menyebutnya", "Day of the last article that names it"),
)
PEOPLE = Table(
    name="people",
    id="Satu orang yang disebut di dalam berita ekspor ini",
    en="One person whom articles of this export name",
    key=("person_key",),
    read=_people,
    of_articles=False,
    columns=(
        text("person_key", "Kode orang: kode di daftar pejabat, atau namanya",
             "The person: the registry's id, else the name"),
        text("person_id", "Kode di daftar pejabat", "Id in the registry"),
        text("name", "Nama menurut daftar pejabat, atau menurut berita", "Name by the registry, else by the articles"),
        texts("aliases", "Nama lain menurut daftar pejabat", "Other names by the registry"),
        boolean("official", "Ada berita yang memberinya jabatan publik", "Some article gives a public office"),
        boolean("public_figure", "Tokoh publik menurut daftar pejabat; kosong bila tidak terdaftar",
                "A public figure by the registry; empty if not in it"),
        integer("articles", "Jumlah berita yang menyebutnya", "Articles that name the person"),
        integer("mentions", "Jumlah penyebutan", "Mentions"),
        integer("titles", "Jumlah berita yang menyebutnya di judul", "Articles that name the person in the headline"),
        integer("statements", "Jumlah pernyataannya", "Statements by the person"),
        *_DAYS,
    ),
)  # fmt: skip
PROGRAMMES = Table(
    name="programmes",
    id="Satu program yang disebut di dalam berita ekspor ini",
    en="One programme that articles of this export name",
    key=("programme_key",),
    read=_programmes,
    of_articles=False,
    columns=(
        text("programme_key", "Kode program: kode di daftar program, atau namanya",
             "The programme: the registry's id, else its name"),
        text("programme_id", "Kode di daftar program", "Id in the registry"),
        text("name", "Nama menurut daftar program, atau menurut berita", "Name by the registry, else by the articles"),
        texts("aliases", "Nama lain menurut daftar program", "Other names by the registry"),
        text("owner", "Pemilik program", "Who runs it"),
        text("start", "Mulai (tahun, bulan atau tanggal)", "Its start (a year, month or day)"),
        text("end", "Berakhir (tahun, bulan atau tanggal)", "Its end (a year, month or day)"),
        integer("articles", "Jumlah berita yang menyebutnya", "Articles that name it"),
        integer("mentions", "Jumlah penyebutan", "Mentions"),
        *_DAYS,
    ),
)  # fmt: skip
OCCUPANCIES = Table(
    name="occupancies",
    id="Satu masa jabatan satu orang menurut daftar pejabat",
    en="One term of one person in one office, by the registry",
    key=("person_id", "office", "area_code", "agency_id", "start"),
    read=_occupancies,
    of_articles=False,
    columns=(
        text("person_id", "Kode orang di daftar pejabat", "Id of the person in the registry"),
        text("name", "Nama orang itu", "Name of the person"),
        text("office", "Jabatan", "Office"),
        text("area_code", "Kode wilayah Kemendagri", "Kemendagri code of the area"),
        text("area_code_bps", "Kode wilayah BPS, bila padanannya diketahui", "BPS code, where it is known"),
        text("agency_id", "Kode instansi", "Id of the agency"),
        text("agency", "Nama instansi", "Name of the agency"),
        text("start", "Mulai menjabat (tahun, bulan atau tanggal)", "First day in office (a year, month or day)"),
        text("end", "Hari pertama tidak menjabat lagi; kosong bila masih atau tidak diketahui",
             "First day out of office; empty if still in it or unknown"),
        text("acting", "Penjabat sementara: pj, plt, plh, pjs", "Acting: pj, plt, plh, pjs"),
        text("evidence", "Sumber keterangan", "Where this is known from"),
        text("confidence", "Keyakinan: tinggi, sedang, rendah", "Confidence: tinggi, sedang, rendah (high to low)"),
    ),
)  # fmt: skip
