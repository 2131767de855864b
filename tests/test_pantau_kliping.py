"""The kliping sheet as Excel opens it: its heading, its columns, real dates, links, and no formula."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import datetime, time
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from small_archive import HOSTILE, SEEN, TEXT, clip, day_only, tagged

from pantau.exports.as_kliping import HEAD, write_kliping
from pantau.exports.kliping_rows import FIELDS
from pantau.exports.manifest import Asked
from pantau.translations import use_language
from scraper.items import PersonTag, QuoteTag, Span, Tags
from storage.datasets.clips import Clip
from storage.records.assessments import Assessment

COLUMNS = (
    "No", "Tanggal tayang", "Jam", "Media", "Jenis", "Tier", "Wilayah", "Kanal/rubrik", "Halaman", "Judul", "Ringkasan",
    "Tautan", "Wartawan", "Narasumber", "Jabatan/Instansi", "Kutipan kunci", "OPD terkait", "Isu/Topik", "Program",
    "Angka kunci", "Tone judul", "Tone isi", "Organik/ADV/Rilis", "Ada foto", "Status tindak lanjut", "Disposisi",
    "Catatan", "Petugas",
)  # fmt: skip


def workbook(*articles: Clip) -> bytes:
    file, asked = io.BytesIO(), Asked(table="articles", format="kliping", heading="Pemerintah Kota Tirtasari")
    assert write_kliping(articles, file=file, asked=asked) == len(articles)
    return file.getvalue()


def sheet(*articles: Clip) -> Worksheet:
    return load_workbook(io.BytesIO(workbook(*articles))).worksheets[0]


def cells(*articles: Clip, row: int = 1) -> dict[str, Any]:
    values = next(sheet(*articles).iter_rows(min_row=HEAD + 1 + row, max_row=HEAD + 1 + row, values_only=True))
    return dict(zip(COLUMNS, values, strict=True))


def test_the_sheet_is_laid_out_for_reading_and_printing() -> None:
    page = sheet(clip(tagged(3)), clip(tagged(5)))
    assert page["A1"].value == "PEMERINTAH KOTA TIRTASARI"
    assert page["A2"].value == "REKAP PEMBERITAAN TANGGAL 3 MARET 2026 – 5 MARET 2026"
    assert tuple(cell.value for cell in page[HEAD + 1]) == COLUMNS
    assert page.freeze_panes == f"A{HEAD + 2}"
    assert (page.page_setup.orientation, page.page_setup.paperSize) == ("landscape", 9)
    assert page.print_title_rows == f"${HEAD + 1}:${HEAD + 1}"
    assert page.auto_filter.ref == "A4:AB6"
    assert page.cell(HEAD + 2, 10).alignment.wrap_text


def test_a_row_says_what_the_article_says() -> None:
    found = cells(clip(tagged(3)))
    assert found == {
        "No": 1, "Tanggal tayang": datetime(2026, 3, 3), "Jam": time(7, 30), "Media": "contoh", "Jenis": "online",
        "Tier": None, "Wilayah": "Kota Tirtasari", "Kanal/rubrik": "Ekonomi", "Halaman": None,
        "Judul": "Inflasi dan UMKM 3", "Ringkasan": " ".join(TEXT.split()), "Tautan": "https://contoh.test/berita/3",
        "Wartawan": "Ani\nBudi", "Narasumber": "Ratna Dewi", "Jabatan/Instansi": "Wali Kota Tirtasari",
        "Kutipan kunci": "“Harga beras turun ke Rp14.500 per kilogram”", "OPD terkait": "Dinas Koperasi",
        "Isu/Topik": "Harga\nUMKM", "Program": "Pasar Murah",
        "Angka kunci": "2,96% (Inflasi)\nRp14.500 per kg (Harga beras)", "Tone judul": None, "Tone isi": None,
        "Organik/ADV/Rilis": "Organik", "Ada foto": "ya", "Status tindak lanjut": None, "Disposisi": None,
        "Catatan": None, "Petugas": None,
    }  # fmt: skip


def test_the_link_can_be_clicked() -> None:
    cell = sheet(clip(tagged(3))).cell(HEAD + 2, COLUMNS.index("Tautan") + 1)
    assert cell.hyperlink.target == "https://contoh.test/berita/3"


@pytest.mark.parametrize(("kind", "label"), [("advertorial", "ADV"), ("release", "Rilis"), ("hoax", "Organik")])
def test_paid_items_are_marked(kind: Any, label: str) -> None:
    assert cells(clip(tagged(3, kind=kind)))["Organik/ADV/Rilis"] == label


def test_what_the_office_judged_and_knows_stands_in_its_columns() -> None:
    judged = Assessment(
        id=1, article_id="x", tone_title="negative", tone_body="neutral", follow_up="reply", disposition="Sekda",
        note="=1+1", officer="ani", made_at=SEEN,
    )  # fmt: skip
    known = replace(
        clip(tagged(3)), outlet="Contoh Pos", tier=2, medium="print", page="7", ran_release=True, assessment=judged
    )
    found = cells(known)
    names = ("Media", "Tier", "Jenis", "Halaman", "Organik/ADV/Rilis", "Tone judul", "Tone isi", "Status tindak lanjut")
    assert [found[name] for name in names] == [
        "Contoh Pos", 2, "cetak", "7", "Rilis", "negatif", "netral", "hak jawab"
    ]  # fmt: skip
    assert [found[name] for name in ("Disposisi", "Catatan", "Petugas")] == ["Sekda", "=1+1", "ani"]


def test_people_of_no_public_office_stay_unnamed_unless_asked_for() -> None:
    warga = PersonTag(key="yuyun", name="Yuyun", mentions=(Span(start=0, end=5, surface="Yuyun"),))
    tags = Tags(people=(warga,), quotes=(QuoteTag(start=0, end=5, surface="Yuyun", speaker="yuyun"),))
    assert cells(clip(tagged(3), tags=tags))["Narasumber"] is None
    assert cells(replace(clip(tagged(3), tags=tags), private=True))["Narasumber"] == "Yuyun"


def test_a_day_without_a_minute_has_no_time() -> None:
    found = cells(clip(day_only(3)))
    assert (found["Tanggal tayang"], found["Jam"]) == (datetime(2026, 2, 3), None)


def test_an_untagged_undated_article_leaves_cells_empty() -> None:
    bare = clip(tagged(3, published=None, image=None, url=None), tags=None)
    found = cells(bare)
    assert (found["Tanggal tayang"], found["Narasumber"], found["Tautan"], found["Ada foto"]) == (None,) * 3 + (
        "tidak",
    )
    assert sheet(bare)["A2"].value == "REKAP PEMBERITAAN TANGGAL –"


def test_no_article_is_an_empty_sheet_with_its_heading() -> None:
    assert tuple(cell.value for cell in sheet()[HEAD + 1]) == COLUMNS


def test_hostile_text_stays_text() -> None:
    rows = [clip(tagged(3, title=cell, authors=(cell,), section=cell)) for cell in HOSTILE]
    page = sheet(*rows)
    kinds = {cell.data_type for row in page.iter_rows(min_row=HEAD + 2) for cell in row if isinstance(cell.value, str)}
    assert kinds == {"s"}
    assert page.cell(HEAD + 2, 10).value == HOSTILE[0]


def test_a_long_quote_is_cut_at_a_word_and_an_address_of_another_kind_is_no_link() -> None:
    said = "kata " * 200
    tags = Tags(quotes=(QuoteTag(start=0, end=len(said), surface=said),))
    one = clip(tagged(3, text=said, url="javascript:alert(1)"), tags=tags)
    assert cells(one)["Kutipan kunci"].endswith("kata …”")
    assert sheet(one).cell(HEAD + 2, COLUMNS.index("Tautan") + 1).hyperlink is None


def test_the_same_articles_give_the_same_bytes() -> None:
    assert workbook(clip(tagged(3))) == workbook(clip(tagged(3)))
    assert len(FIELDS) == len(COLUMNS) - 1


def test_it_is_in_indonesian_whatever_the_reader_speaks() -> None:
    with use_language("en"):
        page = sheet(clip(tagged(3)))
    assert page["A2"].value == "REKAP PEMBERITAAN TANGGAL 3 MARET 2026"
    assert page.cell(HEAD + 2, COLUMNS.index("Isu/Topik") + 1).value == "Harga\nUMKM"
